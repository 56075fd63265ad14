"""What the rules promise of every answer: no unverified rule decides, nothing grants authority, nothing is left out.

Agencies, functions, days and settings are drawn at random from the record that ships; officers are synthetic.
"""

import dataclasses
import doctest
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import ledger287
from drawing import draws
from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.core.jsonable import as_json
from ledger287.core.problem import Refused
from ledger287.law.agreements.functions import functions, read_function
from ledger287.law.agreements.held import index
from ledger287.law.authority import statelaw
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import value_holds
from ledger287.law.officers.roster import Officer, standing_of

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "rules.md"
LEDGER = ledger287.open()
AGENCIES = sorted(LEDGER.table("agencies")["agency_id"].to_list())
STATES = [code.code for code in declared.states() + declared.territories()]
VERDICTS = {"listed in the agreement", "not listed", "barred by state law", "cannot tell"}
CURRY = "Curry County Sheriff's Office"

agencies = st.sampled_from(AGENCIES)
asked = st.sampled_from(sorted(functions()))
days = st.dates(date(2020, 6, 1), date(2026, 12, 31))
places = st.sampled_from([None, "jail", "field"])
instants = st.datetimes(datetime(1985, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


# -- unverified rules, and authority -------------------------------------------------------------------------


@settings(max_examples=draws(300, 100), deadline=None)
@given(
    state=st.sampled_from(STATES),
    kind=st.sampled_from([None, "county", "municipality", "state"]),
    function=asked,
    signed=st.none() | st.dates(date(2005, 1, 1), date(2026, 5, 31)),
    at=instants,
)
def test_an_unverified_law_bears_as_open_at_any_instant(
    state: str, kind: str | None, function: str, signed: date | None, at: datetime
) -> None:
    for law in statelaw.laws(shipped(), state, kind, function, signed, at):
        if law.provision.standing == "unverified" and not law.provision.bears_on_holds:
            assert law.bears == "open"


@settings(max_examples=draws(150, 60), deadline=None)
@given(agency=agencies, function=asked, on=days, setting=places)
def test_without_the_unverified_laws_the_verdict_is_the_same(
    agency: str, function: str, on: date, setting: str | None
) -> None:
    def verdicts() -> list[str]:
        answer = ledger287.authority(LEDGER, function, agency, on=on, setting=setting)
        return [answer.finding.verdict, *(under.finding.verdict for under in answer.agreements)]

    every = statelaw.laws
    told = verdicts()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            statelaw,
            "laws",
            lambda *a: tuple(
                law for law in every(*a) if law.provision.standing != "unverified" or law.provision.bears_on_holds
            ),
        )
        assert verdicts() == told


@settings(max_examples=draws(150, 60), deadline=None)
@given(agency=agencies, function=asked, on=days, setting=places)
def test_every_answer_says_that_it_grants_no_authority(
    agency: str, function: str, on: date, setting: str | None
) -> None:
    answer = ledger287.authority(LEDGER, function, agency, on=on, setting=setting)
    assert "grants no authority" in answer.says
    assert answer.finding.verdict in VERDICTS
    assert answer.finding.reasons
    assert answer.finding.citations
    if answer.finding.verdict == "cannot tell":
        assert answer.finding.open_questions, "what would settle it is said"
    if on > date(2026, 5, 31):
        assert "outside of the span" in " ".join(answer.finding.open_questions)
    for under in answer.agreements:
        if under.finding.verdict == "listed in the agreement":
            assert under.in_force.startswith("in force")
            assert under.limits
            assert under.clause is not None
        decided_by = [each for each in under.finding.citations if each.rule != "ina-287-g-1"]
        if under.finding.verdict == "barred by state law":
            assert any(each.standing != "unverified" for each in decided_by)


def test_no_unverified_clause_or_condition_stands_in_the_rules() -> None:
    assert not [entry.id for entry in shipped().provisions if entry.clause and entry.standing == "unverified"]
    whole = dict.fromkeys(("eligibility_attested", "trained", "certified", "authorised"), date(2025, 3, 1))
    for model in ("JEM", "WSO", "TFM"):
        for day in (date(2025, 2, 1), date(2025, 4, 1), date(2030, 1, 1)):
            for officer in (
                Officer("MADE-UP-1", "Made Up", model, **whole),
                Officer("MADE-UP-1", "Made Up", model),
                Officer("MADE-UP-1", "Made Up", model, revoked=date(2025, 3, 2)),
                Officer("MADE-UP-1", "Made Up", model, **whole, under_complaint=True),
            ):
                assert all(each.standing != "unverified" for each in standing_of(officer, day, shipped()).citations)


def test_an_unverified_value_never_decides() -> None:
    at = datetime(2026, 5, 31, 17, tzinfo=UTC)
    for entry in shipped().provisions:
        for each in entry.parameters:
            if value_holds(each, entry, at):
                found = shipped().parameter(entry.id, each.name, at)
                assert found.decides is (found.parameter.standing != "unverified")
                assert entry.standing != "unverified" or not found.decides


# -- what an agreement must set out --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "state", "found"),
    [
        ("Hamilton County Sheriff's Office", "IN", ["stated", "not stated", "in general terms"]),
        ("Freeborn County Sheriff's Office", "MN", ["stated", "not stated", "in general terms"]),
        ("Georgia Department of Public Safety", "GA", ["stated", "stated", "in general terms"]),
        ("Cecil County Sheriff's Office", "MD", ["stated", "not stated", "in general terms"]),
    ],
)
def test_what_the_statute_asks_an_agreement_to_state(agency: str, state: str, found: list[str]) -> None:
    answer = ledger287.authority(LEDGER, "serve i-200", agency, state=state, on=date(2025, 8, 14))
    under = answer.agreements[0]
    assert [each.found for each in under.set_out] == found
    assert [each.asks.split()[-1] for each in under.set_out] == ["officer", "authority", "officer"]
    told = " | ".join(under.finding.open_questions)
    if "no text was read" in found:
        assert "1357(g)(5)" not in told
    else:
        assert "8 U.S.C. 1357(g)(5) requires more than" in told
        assert "no authority that decides whether this suffices was found" in told
        assert "ina-287-g-5" in {each.rule for each in under.finding.citations}


# -- the record, as it was known -----------------------------------------------------------------------------


@pytest.mark.parametrize("on", [date(2021, 6, 15), date(2024, 10, 20), date(2025, 5, 22), date(2025, 11, 2)], ids=str)
def test_what_was_known_on_a_day_is_what_the_record_says_of_it(on: date) -> None:
    """An agreement was in force by the lists of the day exactly where the record has it as of that day."""
    there = set(LEDGER.as_of(on)["agreement_id"].to_list())
    found = index(LEDGER)
    held = [each for agency in AGENCIES for each in found.held(agency, on, on)]
    assert {each.agreement_id for each in held if each.standing == "in force"} == there
    assert len(there) > 60


@settings(max_examples=draws(60, 25), deadline=None)
@given(agency=agencies, function=asked, on=st.dates(date(2021, 6, 1), date(2026, 5, 8)))
def test_no_list_after_the_last_changes_what_is_known_on_its_day(agency: str, function: str, on: date) -> None:
    whole = ledger287.authority(LEDGER, function, agency, on=on)
    assert ledger287.authority(LEDGER, function, agency, on=on, known_on=date(2026, 5, 8)) == whole


# -- the same at every door ----------------------------------------------------------------------------------


@settings(max_examples=draws(40, 20), deadline=None)
@given(agency=agencies, on=days, setting=places)
def test_the_table_is_every_answer(agency: str, on: date, setting: str | None) -> None:
    table = ledger287.authority_table(LEDGER, agency, on=on, setting=setting)
    single = [ledger287.authority(LEDGER, function, agency, on=on, setting=setting) for function in functions()]
    assert list(table.answers) == single
    assert "grants no authority" in table.says


def test_python_and_the_command_line_answer_alike() -> None:
    day = date(2026, 5, 20)
    for words, answer in (
        (["rules", "--on", "2026-05-20", "--state", "NM"], ledger287.rules_on(day, "New Mexico")),
        (["rules", "nm-hb-9", "--on", "2026-05-20"], ledger287.rule_on("nm-hb-9", day)),
        (["rules", "--diff", "2026-05-19", "2026-05-20"], ledger287.changes_of_law(day - timedelta(days=1), day)),
        (
            ["authority", "hold", "--agency", CURRY, "--state", "NM", "--on", "2026-05-20", "--setting", "jail"],
            ledger287.authority(LEDGER, "hold", CURRY, state="NM", on=day, setting="jail"),
        ),
    ):
        done = CliRunner().invoke(app, [*words, "--json"])
        assert json.loads(done.stdout) == as_json(answer)


def names_of(answer: Any) -> set[str]:
    """The keys of an answer's JSON, nested ones too; those of `counts` are data."""
    if isinstance(answer, list):
        return set().union(*map(names_of, answer)) if answer else set()
    if not isinstance(answer, dict):
        return set()
    return set(answer).union(*(names_of(value) for key, value in answer.items() if key != "counts"))


def test_the_page_gives_every_key() -> None:
    text = PAGE.read_text(encoding="utf-8").split("## JSON")[1].split("\n## ")[0]
    promised = {
        name: set(re.findall(r"`(\w+)`", entry))
        for name, entry in re.findall(r"(?ms)^- `(\w+)`:(.*?)(?=^- `|\Z)", text)
    }
    day = date(2026, 5, 20)
    officer = Officer("MADE-UP-1", CURRY, "WSO")
    rules = as_json(ledger287.rules_on(day)), as_json(ledger287.rule_on("nm-hb-9", day))
    changes = as_json(ledger287.changes_of_law(date(2026, 1, 1), day))
    answer = ledger287.authority(LEDGER, "hold", CURRY, state="NM", on=day, officer=officer)
    assert names_of([*rules, changes]) - {"state"} == promised["rules"] - {"state"}
    of_officers = promised["roster"]
    assert names_of(as_json(answer)) - of_officers <= promised["authority"]
    assert promised["authority"] <= names_of(as_json(answer))
    assert names_of(as_json(ledger287.roster([officer], day))) - promised["authority"] <= of_officers


def test_the_pages_python_is_true() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried >= 10
    assert failed == 0


def test_the_rules_name_no_file_that_does_not_ship() -> None:
    folders = [REPOSITORY / "src" / "ledger287" / "law", REPOSITORY / "src" / "ledger287" / "declared" / "law"]
    files = [PAGE, *(path for folder in folders for path in folder.rglob("*.*"))]
    assert len(files) > 25
    assert [path.name for path in files if b"LAW.md" in path.read_bytes()] == []


# -- wrong usage, and beyond what was checked --------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("interrogate", "interrogate"),
        ("serve a warrant of arrest", "serve-arrest-warrant"),
        ("Serve a Warrant of Removal", "serve-removal-warrant"),
        ("arrest without warrant", "arrest-without-warrant"),
        ("issue detainers", "issue-detainer"),
        ("prepare charging documents", "prepare-charging-documents"),
        ("take oaths", "take-oaths"),
        ("detain & transport", "detain-and-transport"),
        ("hold", "hold"),
    ],
)
def test_functions_by_the_words_people_use(phrase: str, key: str) -> None:
    assert read_function(phrase) == key


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("interogate", "Did you mean: interrogate?"),
        ("serve a warrant", "Did you mean: serve-arrest-warrant, serve-removal-warrant"),
        ("deport", "'deport'. Expected one of: interrogate"),
        ("", "Expected one of"),
    ],
)
def test_no_function_is_guessed(phrase: str, told: str) -> None:
    with pytest.raises(Refused, match=re.escape(told)):
        read_function(phrase)


@pytest.mark.parametrize(
    ("agency", "state", "told"),
    [
        ("", None, "no agency was named"),
        ("  ", "NM", "no agency was named"),
        (CURRY, "XX", "no state or territory 'XX'"),
        (CURRY, "New Mexcio", "Did you mean: New Mexico (NM)"),
        (CURRY, "TX", "no agency"),
        ("ag-zdhb1de", "TX", "is Curry County Sheriff's Office, NM, not in TX"),
        ("Curry County Sherif Dpt", "NM", "The closest names"),
        ("Made Up Sherif Dept", "NM", "no agency 'Made Up Sherif Dept' in NM, and no name is near"),
    ],
)
def test_an_agency_that_is_not_meant_is_refused(agency: str, state: str | None, told: str) -> None:
    with pytest.raises(Refused, match=re.escape(told)):
        ledger287.authority(LEDGER, "hold", agency, state=state, on=date(2026, 5, 19))


def test_a_state_by_its_name() -> None:
    by_name = ledger287.authority(LEDGER, "hold", CURRY, state="New Mexico", on=date(2026, 5, 19))
    assert by_name == ledger287.authority(LEDGER, "hold", CURRY, state="nm", on=date(2026, 5, 19))


def test_a_day_outside_the_checked_span_is_answered_and_said() -> None:
    inside, outside = date(2026, 5, 31), date(2026, 6, 1)
    for answer in (ledger287.rules_on, lambda day: ledger287.rule_on("nm-hb-9", day)):
        assert answer(inside).open_questions == ()
        assert "ends on May 31, 2026" in answer(outside).open_questions[0]
    assert "outside of the span" in ledger287.changes_of_law(inside, outside).open_questions[0]
    text = CliRunner().invoke(app, ["rules", "--on", "2026-11-21", "--state", "KS"]).output
    assert "outside of the span that the rules were checked for" in text


def test_a_rule_says_when_it_was_last_checked() -> None:
    day = date(2026, 5, 1)
    old = ledger287.rule_on("training-jem", day).rule
    assert (old.checked_until, old.checked) == (date(2021, 8, 31), False)
    assert ledger287.rule_on("NM-HB-9", day).rule.last_checked == date(2026, 11, 21)
    assert "last checked Nov 21, 2026, for law made until Aug 31, 2021" in text_of("training-jem")
    assert "never checked against a source" in text_of("riverside")
    assert len({entry.checked_until for entry in shipped().provisions}) > 3


def text_of(rule: str) -> str:
    return " ".join(CliRunner().invoke(app, ["rules", rule, "--on", "2026-05-01"]).output.split())


def test_a_rule_asked_for_with_a_state_says_whether_it_reaches_there() -> None:
    day = date(2026, 5, 20)
    assert ledger287.rule_on("nm-hb-9", day).reaches is None
    assert [ledger287.rule_on("nm-hb-9", day, place).reaches for place in ("NM", "Texas")] == [True, False]
    assert ledger287.rule_on("ina-287-g-1", day, "TX").reaches is True
    text = CliRunner().invoke(app, ["rules", "nm-hb-9", "--on", "2026-05-20", "--state", "TX"]).output
    assert "NM, not in TX" in text


def test_a_citation_finds_its_rule() -> None:
    with pytest.raises(Refused, match="The closest ids: ina-287-g-5"):
        ledger287.rule_on("1357(g)(5)", date(2026, 5, 1))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rules", "nm-hb-9", "--state", "New Mexcio"], "Did you mean: New Mexico (NM)"),
        (["rules", "nm-hb-9", "--diff", "2026-05-19", "2026-05-20"], "leave out ID"),
        (["rules", "--diff", "2026-05-19", "20.5.2026"], "--diff: expected a day such as 2025-08-14"),
    ],
)
def test_rules_asked_wrongly(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    from ledger287.cli.common import run_safely

    assert run_safely(lambda: app(words, standalone_mode=False)) == 2
    assert told in " ".join(capsys.readouterr().err.split())


# -- rosters -------------------------------------------------------------------------------------------------

HEADING = "officer_id,agency,model,eligibility_attested,trained,certified,authorised"
GOOD = f"MADE-UP-1,{CURRY},WSO,yes,2025-06-01,2025-06-02,2025-06-03"


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "officers.csv"
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def test_officers_of_other_agencies_and_models_are_told(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        HEADING,
        GOOD,
        GOOD.replace("MADE-UP-1", "MADE-UP-2").replace("WSO", "TFM"),
        GOOD.replace("MADE-UP-1", "MADE-UP-3").replace("Curry", "Currry"),
        GOOD.replace("MADE-UP-1", "MADE-UP-4").replace("2025-06-01", "6/1/2025"),
    )
    answer = ledger287.authority(LEDGER, "hold", CURRY, state="NM", on=date(2026, 5, 19), officer=path)
    assert [each.officer_id for each in answer.officers] == ["MADE-UP-1", "MADE-UP-2"]
    assert answer.officers[0].entry.trained == date(2025, 6, 1)
    assert "the record has no TFM agreement of the agency in force on May 19, 2026" in answer.officers[1].reasons
    assert "no TFM" not in " ".join(answer.officers[0].reasons)
    assert [left[:9] for left in answer.left_out] == ["MADE-UP-3", "officers."]
    words = ["authority", "hold", "--agency", CURRY, "--state", "NM", "--on", "2026-05-19", "--officer", str(path)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "nominated no entry, eligibility attested yes, trained Jun 1, 2025, certified Jun 2, 2025" in done.output
    assert 'MADE-UP-3 (WSO): the roster names "Currry County Sheriff\'s Office"' in done.output


def test_an_agency_that_the_record_does_not_have_is_a_problem(tmp_path: Path) -> None:
    other = GOOD.replace("MADE-UP-1", "MADE-UP-2").replace("Curry", "Currry")
    path = written(tmp_path, HEADING, GOOD, other, other.replace("MADE-UP-2", "MADE-UP-3"))
    done = CliRunner().invoke(app, ["roster", str(path), "--on", "2026-03-01", "--json"])
    answer = json.loads(done.stdout)
    assert done.exit_code == 1
    assert answer["roster"]["officers"] == 3
    assert [(each["kind"], each["row"], each["column"]) for each in answer["problems"]] == [("unknown_agency", 3, "B")]
    assert f"{CURRY}, NM (ag-zdhb1de)" in answer["problems"][0]["remedy"]


def test_a_row_with_cells_too_many_is_a_problem(tmp_path: Path) -> None:
    officers, problems = ledger287.read_roster(written(tmp_path, HEADING, GOOD + ",more", GOOD))
    assert len(officers) == 1
    assert [(each.kind, each.row) for each in problems] == [("unknown_column", 2)]


def test_semicolons_tabs_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    plain = ledger287.read_roster(written(tmp_path, HEADING, GOOD))
    for mark in (";", "\t"):
        lines = [line.replace(",", mark) for line in (HEADING, GOOD)]
        assert ledger287.read_roster(written(tmp_path, *lines, encoding="utf-8-sig")) == plain


def test_a_blank_column_is_no_problem_and_no_is_an_answer(tmp_path: Path) -> None:
    lines = [HEADING + ",,remarks,", GOOD.replace(",yes,", ",no,") + ",,,"]
    officers, problems = ledger287.read_roster(written(tmp_path, *lines))
    assert problems == ()
    assert officers[0].eligibility_attested is False
    standing = ledger287.roster(officers, date(2026, 3, 1)).standings[0]
    assert (standing.standing, standing.missing[0]) == ("incomplete", "eligibility_attested")
    assert standing.reasons[0].startswith("the roster says no for eligibility attested")


@pytest.mark.parametrize(
    ("lines", "encoding", "told"),
    [
        ([HEADING, GOOD.replace("Curry", "Curré")], "latin-1", "expected text in UTF-8"),
        ([HEADING + ",model", GOOD + ",WSO"], "utf-8", "found 'model' twice"),
        (["id,unit", "1,x"], "utf-8", "found: 'id', 'unit'"),
    ],
)
def test_a_roster_that_cannot_be_used(lines: list[str], encoding: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=re.escape(told)):
        ledger287.read_roster(written(tmp_path, *lines, encoding=encoding))


def test_a_name_far_down_is_refused_too(tmp_path: Path) -> None:
    rows = [GOOD.replace("MADE-UP-1", f"MADE-UP-{number}") for number in range(500)]
    rows.append(GOOD.replace("MADE-UP-1", "Jane Madeup"))
    with pytest.raises(Refused, match="a person's name"):
        ledger287.read_roster(written(tmp_path, HEADING, *rows))


def test_an_answer_is_frozen() -> None:
    answer = ledger287.authority(LEDGER, "hold", CURRY, state="NM", on=date(2026, 5, 19))
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.says = "It grants authority."  # type: ignore[misc]
