"""The register of sources, locators and kinds of problem: what a source must say, and what an error says back."""

import ast
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest

import ledger287
from ledger287.core import declared
from ledger287.core.locator import Box, Cell, DataRow, DocumentPage, Locator, Url, as_json
from ledger287.core.problem import Problem, declare_kinds, declared_kinds
from ledger287.core.source import RegisterError, read_sources, source, sources

PACKAGE = Path(ledger287.__file__).parent
SHA = "ab" * 32
GOOD = {
    "id": "gao-count",
    "title": "a count",
    "publisher": "GAO",
    "kind": "ice_lists",
    "reader": "sources.ice_lists.reading",
    "as_of": date(2017, 1, 31),
    "basis": "as printed",
    "grade": "primary",
    "unit": "agreements",
    "terms": "public domain",
}


def test_the_declared_register_is_valid_and_names_what_each_source_is() -> None:
    known = sources()
    assert {"ice-participating-lists", "fbi-agencies", "census-county-population"} <= known.keys()
    assert source("ice-participating-lists").grade == "list"
    assert source("census-county-population").outranks(source("gazetteer-places"))
    assert not source("gazetteer-places").outranks(source("gazetteer-places"))
    assert str(source("census-county-population")).startswith("U.S. Census Bureau, county resident population")


def test_every_reader_of_a_kind_has_its_folder() -> None:
    for one in sources().values():
        if one.reader.startswith("sources."):
            assert (PACKAGE / "sources" / one.kind).is_dir(), one


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"grade": "best"}, "expected grade to be one of list, primary, secondary, typed, found 'best'"),
        ({"grade": None}, "found nothing"),
        ({"as_of": "July 2023"}, "found 'July 2023'. Write 2023-07-01."),
        ({"publisher": " "}, "expected publisher to be the body that published it"),
        ({"kind": "figures"}, "found figures and sources.ice_lists.reading"),
        ({"reader": "sources.ice_lists.nobody"}, "which is not a module"),
        ({"reader": "nowhere.at_all"}, "which is not a module"),
        ({"id": "GAO count"}, "found 'GAO count'"),
        ({"licence": "PD"}, "found licence. Remove it, or correct its spelling"),
        ({"files": [{"file": "a.csv", "sha256": "abc"}]}, "found 'abc'. Write what sha256sum prints."),
        ({"files": [{"file": "a.csv"}]}, "Write both."),
        ({"files": "a.csv"}, "expected files to be a list of file and sha256"),
    ],
)
def test_a_wrong_entry_is_named_with_what_to_write(change: dict[str, object], says: str) -> None:
    with pytest.raises(RegisterError) as raised:
        read_sources([GOOD | change])
    assert says in str(raised.value)
    assert str(change.get("id", "gao-count")) in str(raised.value)


def test_all_faults_are_reported_at_once() -> None:
    missing = {key: value for key, value in GOOD.items() if key not in ("terms", "unit")}
    with pytest.raises(RegisterError) as raised:
        read_sources([missing, "gao", GOOD | {"id": "other"}, GOOD | {"id": "other"}])
    assert len(raised.value.faults) == 4
    assert "expected an id that is used once, found other twice" in str(raised.value)
    with pytest.raises(RegisterError, match="expected a list of sources"):
        read_sources({"gao-count": GOOD})


LOCATORS: list[tuple[Locator, str, dict[str, object]]] = [
    (
        Cell("a.xlsx", SHA, "Sheet1", 12, "F"),
        "a.xlsx [Sheet1] F12 sha256 abababababab",
        {"kind": "cell", "column": "F"},
    ),
    (DocumentPage("a.pdf", SHA, 3), "a.pdf page 3 sha256 abababababab", {"kind": "page", "page": 3, "box": None}),
    (
        DocumentPage("a.pdf", SHA, 3, Box(72, 90.5, 300, 110)),
        "a.pdf page 3 at (72, 90.5)-(300, 110) sha256 abababababab",
        {"kind": "page", "box": [72, 90.5, 300, 110]},
    ),
    (DataRow("a.csv", SHA, 7, "value"), "a.csv row 7 value sha256 abababababab", {"kind": "row", "row": 7}),
    (DataRow("a.csv", SHA, 7), "a.csv row 7 sha256 abababababab", {"kind": "row", "column": None}),
    (Url("https://example.org/a"), "https://example.org/a", {"kind": "url", "sha256": None, "fetched_at": None}),
    (
        Url("https://example.org/a", SHA, datetime(2026, 5, 8, tzinfo=UTC)),
        "https://example.org/a fetched 2026-05-08 sha256 abababababab",
        {"fetched_at": "2026-05-08T00:00:00+00:00"},
    ),
]


@pytest.mark.parametrize(("locator", "text", "keys"), LOCATORS, ids=[text for _, text, _ in LOCATORS])
def test_a_locator_reads_well_and_has_its_keys(locator: Locator, text: str, keys: dict[str, object]) -> None:
    assert str(locator) == text
    assert keys.items() <= as_json(locator).items()


def test_an_impossible_locator_is_refused() -> None:
    with pytest.raises(ValueError, match="page counted from 1"):
        DocumentPage("a.pdf", SHA, 0)
    with pytest.raises(ValueError, match="row counted from 1"):
        DataRow("a.csv", SHA, 0)
    with pytest.raises(ValueError, match="right and bottom"):
        Box(10, 10, 5, 20)


@pytest.mark.parametrize(
    ("where", "place"),
    [
        (LOCATORS[0][0], "a.xlsx [Sheet1] F12"),
        (LOCATORS[1][0], "a.pdf page 3"),
        (LOCATORS[3][0], "a.csv row 7 column value"),
        (LOCATORS[4][0], "a.csv row 7"),
        (LOCATORS[5][0], "https://example.org/a"),
    ],
)
def test_a_problem_says_where_it_is_whatever_the_source(where: Locator, place: str) -> None:
    problem = Problem.at(where, "unreadable_day", expected="a date", found="'soon'", remedy="Correct it.")
    assert str(problem) == f"{place}: expected a date; found 'soon'. Correct it."


def test_kinds_of_problem_belong_to_the_layer_that_raises_them() -> None:
    assert declare_kinds("tests.layer", {"odd_page": "A page that is odd."}) == {"odd_page": "A page that is odd."}
    assert declared_kinds()["tests.layer"] == {"odd_page": "A page that is odd."}
    with pytest.raises(ValueError, match="declared before"):
        declare_kinds("tests.layer", {"even_page": "A page that is even."})
    with pytest.raises(ValueError, match="lower case"):
        declare_kinds("tests.other", {"Odd page": ""})


LAYERS = {
    "sources": "sources.ice_lists",
    "sources/outcomes": "sources.outcomes",
    "sources/documents": "sources.documents",
    "ledger": "ledger.fold",
    "law": "law.officers",
}


@pytest.fixture(autouse=True)
def loaded() -> None:
    """A layer declares its kinds when it is loaded."""
    for layer in LAYERS.values():
        import_module(f"ledger287.{layer}")


def test_every_kind_that_the_code_raises_is_declared_by_its_layer() -> None:
    """The first text given to Problem, report or problem is a kind of the layer's own declaration."""
    undeclared = []
    for folder, layer in LAYERS.items():
        for path in (PACKAGE / folder).rglob("*.py"):
            if folder == "sources" and {"outcomes", "documents"} & set(path.parts):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    if node.func.id not in ("Problem", "problem", "report"):
                        continue
                    place = 0 if node.func.id == "Problem" else 1
                    kinds = [a for a in node.args[place : place + 1] if isinstance(a, ast.Constant)]
                    texts = [a.value for a in kinds if isinstance(a.value, str)]
                    undeclared += [(path.name, text) for text in texts if text not in declared_kinds()[layer]]
    assert not undeclared


def test_every_kind_in_the_shipped_record_is_declared() -> None:
    known = set().union(*declared_kinds().values())
    assert set(ledger287.open().table("problems")["kind"].to_list()) <= known


def test_the_register_is_plain_yaml() -> None:
    text = (PACKAGE / "declared" / "sources.yml").read_text(encoding="utf-8")
    assert isinstance(declared.read_yaml(text), list)
