"""``import ledger287`` is the Python door: complete, forgiving about days, readable."""

import inspect
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import ledger287
from ledger287 import api
from ledger287.core.query_error import Refused


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open(today=lambda: date(2026, 5, 8))


def test_dir_lists_all_that_a_user_calls_and_each_explains_itself() -> None:
    assert set(api.__all__) <= set(dir(ledger287))
    assert {"open", "build", "check", "authority", "export", "roster"} <= set(api.__all__)
    for name in api.__all__:
        found = getattr(ledger287, name)
        assert inspect.getdoc(found), name
    with pytest.raises(AttributeError, match=r"see ledger287\.api"):
        _ = ledger287.nothing_such


def test_the_package_is_typed() -> None:
    assert files("ledger287").joinpath("py.typed").is_file()


def test_days_may_be_text(atlas: ledger287.Atlas) -> None:
    assert atlas.status("2025-08-14") == atlas.status(date(2025, 8, 14))
    assert atlas.status(" 2025-08-14", known_on="2025-08-01") == atlas.status(
        date(2025, 8, 14), known_on=date(2025, 8, 1)
    )
    assert atlas.as_of("2025-08-14").equals(atlas.as_of(date(2025, 8, 14)))
    assert atlas.changes("2026-05-01", "2026-05-07").equals(atlas.changes(date(2026, 5, 1), date(2026, 5, 7)))
    assert atlas.near("Naples, FL", on="2025-08-14").on == date(2025, 8, 14)
    assert ledger287.rules_on("2026-05-08", "NM") == ledger287.rules_on(date(2026, 5, 8), "NM")
    asked = ("serve-arrest-warrant", "Collier County Sheriff's Office")
    assert ledger287.authority(atlas, *asked, state="FL", on="2025-08-14") == ledger287.authority(
        atlas, *asked, state="FL", on=date(2025, 8, 14)
    )


@pytest.mark.parametrize("wrong", ["August 14", "2025-13-01", 20250814, datetime(2025, 8, 14, 12)])
def test_a_wrong_day_says_what_to_give(atlas: ledger287.Atlas, wrong: object) -> None:
    for ask in (atlas.status, atlas.coverage):
        with pytest.raises(ledger287.QueryError) as raised:
            ask(known_on=wrong)  # type: ignore[arg-type]
        said = str(raised.value)
        assert said == f"known_on=: expected a day such as '2025-08-14' or date(2025, 8, 14), found {wrong!r}."
        assert raised.value.code == "not_a_day"
        assert raised.value.fields == ("known_on",)


def test_a_day_of_no_calendar_in_use_and_another_engine_are_refused(atlas: ledger287.Atlas) -> None:
    with pytest.raises(
        ledger287.QueryError, match="on=: expected a day from 1900-01-01 to 2199-12-31, found 9999-12-31"
    ):
        atlas.status("9999-12-31")
    for day in ("2025-08-14", "2012-08-01"):
        with pytest.raises(ledger287.Refused, match=r"no engine 'spark' gives this table\. Expected one of: polars"):
            atlas.as_of(day, engine="spark")  # type: ignore[call-overload]


def test_a_day_that_is_needed_is_asked_for() -> None:
    with pytest.raises(ledger287.QueryError, match="since=: expected a day such as '2025-08-14', found none"):
        ledger287.open().changes(None)  # type: ignore[arg-type]


def test_a_ledger_and_its_answers_are_readable(atlas: ledger287.Atlas) -> None:
    assert repr(atlas) == ("<Atlas of 1,172 lists, Jan 12, 2021 to May 8, 2026: 1,889 agreements of 1,571 agencies>")
    status = atlas.status("2025-08-14")
    shown = status._repr_html_()
    assert shown.startswith("<table><tr><th>on</th><td>2025-08-14</td></tr>")
    assert "<th>agreements</th><td>895</td>" in shown
    assert "<td>file participatingAgencies08142025pm.xlsx, published_at 2025-08-14 21:00:00 UTC, " in shown
    assert status.to_polars()["agreements"].to_list() == [895]
    agency = atlas.agency("Okaloosa County Corrections")
    assert "&#x27;" in agency._repr_html_() or "'" not in agency.name
    assert agency.to_polars().height == 1


def test_a_story_is_checked_from_text_or_a_file(tmp_path: Path, atlas: ledger287.Atlas) -> None:
    story = "By August 14, 2025, 895 agreements were in force under section 287(g), 317 of them in Florida."
    file = tmp_path / "story.txt"
    file.write_text(story, encoding="utf-8")
    found = ledger287.check(story, published="2025-08-20", ledger=atlas)
    again = ledger287.check(file, published=date(2025, 8, 20), ledger=atlas)
    assert [answer.verdict for answer in found.answers] == [answer.verdict for answer in again.answers]
    assert found.answers
    with pytest.raises(Refused, match=r"cannot be read"):
        ledger287.check(tmp_path / "nowhere.txt", ledger=atlas)


def test_a_record_is_exported_and_a_build_of_nothing_is_refused(tmp_path: Path, atlas: ledger287.Atlas) -> None:
    done = ledger287.export(atlas, tmp_path / "out", "csv")
    assert (tmp_path / "out" / "datapackage.json").is_file()
    assert done.format == "csv"
    with pytest.raises(ledger287.Refused):
        ledger287.build(tmp_path / "nowhere", tmp_path / "record")


five: Any = 5
text: Any = "2026-05-08"
WRONG: dict[str, Callable[[Any], object]] = {
    "open, record": lambda atlas: ledger287.open(five),
    "agreements, ledger": lambda atlas: ledger287.agreements(text),
    "agreements, state": lambda atlas: ledger287.agreements(atlas, state=five),
    "answer, frob": lambda atlas: ledger287.answer("ranks", atlas, frob="x"),
    "authority, function": lambda atlas: ledger287.authority(atlas, five, "Collier County Sheriff"),
    "authority, agency": lambda atlas: ledger287.authority(atlas, "serve-arrest-warrant", five),
    "authority, ledger": lambda atlas: ledger287.authority(text, "serve-arrest-warrant", "Collier County Sheriff"),
    "build, lists": lambda atlas: ledger287.build(five, "record"),
    "build, out": lambda atlas: ledger287.build("lists", five),
    "clauses_of, file": lambda atlas: ledger287.clauses_of(five),
    "custody_audit, files": lambda atlas: ledger287.custody_audit(five),
    "custody_audit, out": lambda atlas: ledger287.custody_audit("cases.csv", five),
    "custody_clock, releasable": lambda atlas: ledger287.custody_clock(five),
    "custody_map, file": lambda atlas: ledger287.custody_map(five),
    "custody_verify, report": lambda atlas: ledger287.custody_verify(five),
    "open_lawbook, rules": lambda atlas: ledger287.open_lawbook(five),
    "read_documents, folder": lambda atlas: ledger287.read_documents(five),
    "check, story": lambda atlas: ledger287.check(five, ledger=atlas),
    "check, ledger": lambda atlas: ledger287.check("It had 895 agreements.", ledger=text),
    "disagreements, ledger": lambda atlas: ledger287.disagreements(five),
    "draw_map, out": lambda atlas: ledger287.draw_map(atlas, five),
    "export, folder": lambda atlas: ledger287.export(atlas, five),
    "landmark, text": lambda atlas: ledger287.landmark(atlas, five),
    "people_held_in, place": lambda atlas: ledger287.people_held_in(five),
    "people_identified, agency": lambda atlas: ledger287.people_identified(five),
    "read_detention_statistics, file": lambda atlas: ledger287.read_detention_statistics(five),
    "read_roster, file": lambda atlas: ledger287.read_roster(five),
    "roster, officers": lambda atlas: ledger287.roster(text),
    "rule_on, rule": lambda atlas: ledger287.rule_on(five, "2026-05-08"),
    "rules_on, state": lambda atlas: ledger287.rules_on("2026-05-08", five),
    "timeline, ledger": lambda atlas: ledger287.timeline(five),
    "status, model": lambda atlas: atlas.status(model=five),
    "agency, agency": lambda atlas: atlas.agency(five),
    "near, place": lambda atlas: atlas.near(five),
    "source, agreement_id": lambda atlas: atlas.source(five),
    "list_rows, file": lambda atlas: atlas.list_rows(five),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_type_says_what_to_give(atlas: ledger287.Atlas, case: str) -> None:
    field = case.split(", ")[1]
    with pytest.raises(ledger287.QueryError, match=f"^{field}=: .*[Ee]xpected ") as raised:
        WRONG[case](atlas)
    assert raised.value.fields == (field,)


def test_an_unknown_table_a_missing_file_and_a_time_without_a_time_zone_are_refused(
    atlas: ledger287.Atlas, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=r"no table 'nope'. Expected one of: agencies, agreements"):
        atlas.table("nope")
    with pytest.raises(Refused, match=r"cannot be read .*Name a workbook"):
        ledger287.read_detention_statistics(tmp_path / "nowhere.xlsx")
    asked = ("serve-arrest-warrant", "Collier County Sheriff's Office")
    with pytest.raises(Refused, match="with its time zone"):
        ledger287.authority(atlas, *asked, state="FL", on="2026-05-08T10:00")
    at = ledger287.authority(atlas, *asked, state="FL", on="2026-05-08T10:00-04:00")
    assert at.finding == ledger287.authority(atlas, *asked, state="FL", on="2026-05-08").finding
    with pytest.raises(ledger287.QueryError, match=r"build\('LISTS_DIR', out='nowhere'\)"):
        ledger287.open("nowhere")


SYNTHETIC = """case,facility,hold_began,released,detainer_form
SYN-1,,2025-07-03T10:00-05:00,2025-07-05T09:00-05:00,I-247A
SYN-2,,2025-07-03T10:00-05:00,2025-07-06T10:00-05:00,I-247A
"""


def test_one_hold_and_an_export_are_answered(atlas: ledger287.Atlas, tmp_path: Path) -> None:
    hold = ledger287.custody_clock("2025-07-03 10:00", zone="America/Chicago", form="I-247A", state="TX")
    assert hold.says.startswith("No later than Sat, Jul 5, 2025, 10:00 CDT.")
    at = datetime(2025, 7, 3, 15, tzinfo=UTC)
    again = ledger287.custody_clock(at, zone="America/Chicago", form="I-247A", state="TX")
    assert [one.end for one in again.clocks] == [one.end for one in hold.clocks]
    export = tmp_path / "synthetic.csv"
    export.write_text(SYNTHETIC, encoding="utf-8")
    found = ledger287.custody_audit(export, tmp_path / "report", zone="America/Chicago", state="TX", ledger=atlas)
    assert (found.cases, found.held) == (2, 2)
    assert {duty.duty: duty.missed for duty in found.duties}["over_limit"] == 1
    assert (tmp_path / "report" / "findings.csv").is_file()
    assert ledger287.custody_verify(tmp_path / "report", ledger=atlas).same
    assert "hold_began" in ledger287.custody_map(export).yaml
    with pytest.raises(ledger287.QueryError, match="releasable=: expected a time such as"):
        ledger287.custody_clock("yesterday", zone="America/Chicago")


RULES = """provisions:
  - id: tx-synthetic-act
    kind: state_law
    citation: A synthetic act, for this test
"""


def test_every_checker_answers_with_a_finding(atlas: ledger287.Atlas) -> None:
    story = "On August 14, 2025, 317 agreements were in Florida. ICE held 70,766 people on January 25, 2026."
    checked = ledger287.check(story, published="2026-03-01", ledger=atlas)
    found = [one.finding for one in checked.answers]
    assert [one.verdict for one in found] == ["supported", "supported"]
    listed, held = (one.evidence[0] for one in found)
    assert str(listed).startswith("participatingAgencies08142025")
    assert (held.column, held.row) == ("F", 20)  # type: ignore[union-attr]
    authority = ledger287.authority(atlas, "hold", "Curry County Sheriff's Office", state="NM", on="2026-05-20").finding
    assert type(authority) is type(found[0])


def test_two_lawbooks_answer_in_one_program(tmp_path: Path) -> None:
    shipped = ledger287.open_lawbook()
    texts = [ledger287.rules_on("2026-05-20", "NM", lawbook).rules for lawbook in (None, shipped)]
    assert texts[0] == texts[1]
    (tmp_path / "rules.yml").write_text(RULES, encoding="utf-8")
    with pytest.raises(Refused, match="tx-synthetic-act"):
        ledger287.open_lawbook(tmp_path / "rules.yml")


def test_forms_and_documents_are_compared(atlas: ledger287.Atlas, tmp_path: Path) -> None:
    assert ledger287.changes_of_form("2019-20", "02/14/2025", "WSO")
    assert ledger287.changes_of_form("02/12/2025", "03/07/2025", "TFM") == ()
    assert ledger287.compare_documents(atlas).compared > 0
    with pytest.raises(ledger287.Refused):
        ledger287.read_documents(tmp_path / "nowhere")
    with pytest.raises(Refused, match="give the PDF of an agreement"):
        ledger287.clauses_of(tmp_path / "nowhere.pdf")


def test_one_kind_may_be_given_as_text(atlas: ledger287.Atlas) -> None:
    assert ledger287.timeline(atlas, state="FL", kinds="law") == ledger287.timeline(atlas, state="FL", kinds=["law"])
    assert atlas.changes("2026-05-01", "2026-05-08", kinds="signed").equals(
        atlas.changes("2026-05-01", "2026-05-08", kinds=["signed"])
    )


def test_names_for_the_package_itself_are_not_shown() -> None:
    shown = {name for name in dir(ledger287) if not name.startswith("__")}
    assert shown == {*api.__all__, "api"}
    assert [*api.__all__, "__version__"] == ledger287.__all__
    assert all(hasattr(ledger287, name) for name in ledger287.__all__)


def test_a_misspelled_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'opne'. Did you mean 'open'\?"):
        ledger287.opne  # noqa: B018


def test_type_checkers_see_every_name() -> None:
    source = (Path(ledger287.__file__)).read_text(encoding="utf-8")
    assert set(re.findall(r"import (\w+) as \1\n", source)) == set(api.__all__)


def test_answers_are_tables_in_a_notebook(atlas: ledger287.Atlas) -> None:
    near = atlas.near("Naples, FL", on="2026-05-08")
    assert near._repr_html_().startswith("<table><tr><th>on</th><td>2026-05-08</td></tr>")
    for answer in (
        atlas.coverage("2026-05-08", state="VT"),
        ledger287.rules_on("2026-05-08", "VT"),
        ledger287.people_held("2026-05-08"),
        ledger287.people_identified("Collier County Sheriff"),
        ledger287.functions_table(),
        ledger287.roster(()),
    ):
        assert answer._repr_html_().count("<tr>") > 1


def test_the_rows_of_a_list_are_those_of_that_list(atlas: ledger287.Atlas) -> None:
    """By its name, its name without the extension, and the start of its hash; every row as the list says it has."""
    lists = atlas.lists().filter(pl.col("kind") == "participating")
    for one in (lists.row(0, named=True), lists.row(-1, named=True)):
        rows = atlas.list_rows(one["file"])
        assert rows.height == one["rows"]
        assert rows.equals(atlas.list_rows(one["file"].removesuffix(".xlsx")))
        assert rows.equals(atlas.list_rows(one["sha256"][:12].upper()))
    assert not atlas.list_rows(lists["file"][0]).equals(atlas.list_rows(lists["file"][-1]))
    with pytest.raises(Refused, match="no list"):
        atlas.list_rows(lists["sha256"][0][:7])


def test_sql_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Refused, match=r"pip install 'ledger287\[custody\]'"):
        ledger287.open().as_of("2025-08-14", engine="duckdb")
