"""An audit's report in Spanish: its headings, navigation, verdicts and duties; the data files remain the same.

Every case is synthetic.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ledger287.cli.custody.group import words_of
from ledger287.cli.main import app
from ledger287.core.query_error import QueryError
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.report.auditing import audit_into
from ledger287.custody.report.words import ReportLanguage
from ledger287.custody.testing.simulate import write


class Page(HTMLParser):
    """What a reader of the page hears: its language, landmarks, links, headings and tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("spanish") / "cases.csv"
    write(file, 300, 4)
    return file


def test_the_report_is_in_spanish_and_the_data_is_the_same(tmp_path: Path, data: Path) -> None:
    done = CliRunner().invoke(app, ["custody", "audit", str(data), "--lang", "es", "--out", str(tmp_path / "es")])
    assert done.exit_code in (0, 1), done.output
    assert audit_into([data], tmp_path / "en", Options(), None).cases == 300
    page = (tmp_path / "es" / "report.html").read_text(encoding="utf-8")
    for words in (
        "<html lang='es'>",
        "<h1>Auditoría de custodia</h1>",
        "Por obligación",
        "retención más allá del primer límite aplicable",
        "incumplida",
        "no se puede saber",
        "En esta página",
        "Esto no es asesoría legal.",
    ):
        assert words in page, words
    assert not re.search(r">(?:missed|cannot tell|agency|rule|Not audited|None\.)<", page)
    exhibits = (tmp_path / "es" / "exhibits.html").read_text(encoding="utf-8")
    assert all(words in exhibits for words in ("<html lang='es'>", "Hallazgos del caso", "ICE se llevó a la persona"))
    for name in ("findings.csv", "summary.csv", "cases.json", "worklist.csv"):
        assert (tmp_path / "es" / name).read_bytes() == (tmp_path / "en" / name).read_bytes()
    out = tmp_path / "one.html"
    case = re.search(r"Caso (synthetic-\d+)", exhibits)
    assert case
    args = ["custody", "exhibit", str(tmp_path / "es"), case[1], "--out", str(out), "--lang", "es"]
    assert CliRunner().invoke(app, args).exit_code == 0
    assert f"Caso {case[1]}" in out.read_text(encoding="utf-8")


def test_everything_that_the_report_says_is_translated(tmp_path: Path, data: Path) -> None:
    spanish, lacking = words_of("es"), set()

    def translated(text: str) -> str | None:
        found = spanish.translated(text)
        if text and found is None:
            lacking.add(text)
        return found

    audit_into([data], tmp_path / "r", Options(words=ReportLanguage("es", translated), as_of="2025-08-09 09:00Z"), None)
    assert not {one for one in lacking if re.search("[a-z]{4}", one)}, "a citation is the same in every language"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_reader_without_a_mouse_or_a_screen_finds_its_way(tmp_path: Path, data: Path, lang: str) -> None:
    audit_into([data], tmp_path / "r", Options(words=words_of(lang)), None)
    page = Page((tmp_path / "r" / "report.html").read_text(encoding="utf-8"))
    assert [len(page.of(tag)) for tag in ("header", "nav", "main", "h1")] == [1, 1, 1, 1]
    links = [str(one["href"]).removeprefix("#") for one in page.of("a")]
    assert links and {*links} <= {one.get("id") for one in page.of("section")}
    regions = [one for one in page.of("div") if one.get("role") == "region"]
    assert len(regions) == len(page.of("table")) and all(one["tabindex"] == "0" for one in regions)
    assert all(one.get("scope") in ("col", "row") for one in page.of("th"))


def test_another_language_is_refused() -> None:
    with pytest.raises(QueryError, match="expected en or es, found 'fr'"):
        words_of("fr")
