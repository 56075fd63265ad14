"""An officer's authority on the day of service and of the hold, by a roster; and rules that a user gives.

Every officer, agency, case and rule here is synthetic.
"""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from drawing import draws
from ledger287.cli.main import app as commands
from ledger287.core.problem import Refused
from ledger287.custody.batch.plans.officers import AUTHORISED, CODES, NOT_AUTHORISED, roster_of
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import in_one_step, run
from ledger287.custody.report.report import write_report
from ledger287.custody.report.tables.summary import Summary
from ledger287.law.clocks.calendar import instant, zone
from ledger287.law.lawbook.book import shipped
from ledger287.law.officers.roster import Officer, standing_of
from ledger287.law.officers.roster_file import read_roster

JAIL = "Synthetic Brak County Jail"
DAYS = st.none() | st.dates(date(2023, 1, 1), date(2026, 12, 31))
OFFICERS = st.builds(
    Officer,
    st.just("7"),
    st.just(JAIL),
    st.sampled_from(["JEM", "WSO", "TFM"]),
    nominated=DAYS,
    eligibility_attested=DAYS | st.just(True),
    trained=DAYS,
    certified=DAYS,
    authorised=DAYS,
    authorised_until=DAYS | st.just(date(9999, 12, 31)),
    revoked=DAYS,
    under_complaint=DAYS | st.just(True),
)


@settings(max_examples=draws(60, 25), deadline=None)
@given(OFFICERS)
def test_the_standing_of_every_day_is_the_rosters(officer: Officer) -> None:
    """From the first to the last second of each local day around every given day, and of two years after it."""
    roster, where = roster_of([officer], shipped()), zone("America/Chicago")
    told = {day for field in fields(officer) if isinstance(day := getattr(officer, field.name), date)}
    near = {day + timedelta(days=shift) for day in told if day.year < 9999 for shift in (-1, 0, 1, 2, 729, 730, 731)}
    for day in sorted(near | {date(2022, 12, 1), date(2029, 6, 1)}):
        first, following = where.midnight(day), where.midnight(day + timedelta(days=1))
        assert first is not None and following is not None
        wanted = CODES[standing_of(officer, day, shipped()).standing]
        for at in (first, following - 1):
            assert roster.standing(JAIL, "7", at, "America/Chicago") == wanted, (day, wanted)
            assert roster.standing(JAIL, "7", at, None) in (wanted, -1)


def test_one_current_row_is_enough_and_a_missing_entry_is_not_guessed() -> None:
    whole: dict[str, Any] = {"eligibility_attested": True, "trained": date(2025, 1, 1), "certified": date(2025, 1, 1)}
    current = Officer("7", JAIL, "WSO", authorised=date(2025, 2, 1), **whole)
    revoked = Officer("7", JAIL, "JEM", authorised=date(2025, 2, 1), revoked=date(2025, 3, 1), **whole)
    blank = Officer("7", JAIL, "WSO")
    at = instant(datetime(2025, 6, 1, 12, tzinfo=UTC))
    for rows, standing in (([current, revoked], AUTHORISED), ([revoked], NOT_AUTHORISED), ([revoked, blank], -1)):
        assert roster_of(rows, shipped()).standing(JAIL, "7", at, "America/New_York") == standing
    roster = roster_of([current], shipped())
    assert roster.standing("SYNTHETIC BRAK County Jail", "7", at, None) == AUTHORISED
    assert roster.standing(None, "7", at, None) == AUTHORISED
    assert roster.standing("Synthetic Dorv County Jail", "7", at, None) == -1
    assert roster.standing(JAIL, None, at, None) == 0


# -- files -----------------------------------------------------------------------------------------------------

ROSTER = f"""officer id,agency,model,eligibility attested,trained,certified,authorised,revoked
synthetic-7,{JAIL},WSO,yes,2025-01-01,2025-01-02,2025-02-01,
synthetic-8,{JAIL},WSO,yes,2025-01-01,2025-01-02,2025-02-01,2025-08-12
synthetic-9,{JAIL},WSO,yes,soon,2025-01-02,2025-02-01,
"""
HEAD = "case,agency,state,charges_cleared,hold_started,served_on_person,ice_took_person,served_by,held_by"
TIMES = "2025-08-12 00:30,2025-08-12 00:30,2025-08-11 23:30,2025-08-13 10:00"
CASES = f"""{HEAD}
synthetic-1,{JAIL},TX,{TIMES},synthetic-7,synthetic-7
synthetic-2,{JAIL},TX,{TIMES},synthetic-8,
synthetic-3,{JAIL},TX,{TIMES},,synthetic-8
synthetic-4,{JAIL},TX,{TIMES},synthetic-77,synthetic-7
synthetic-5,{JAIL},TX,{TIMES},,
"""


def audited(tmp_path: Path, text: str, **asked: Any) -> tuple[Summary, dict[str, str], list[tuple[Any, ...]]]:
    """The summary, the verdict on the officer by case, and the problems of an audit of a CSV."""
    file, out = tmp_path / "cases.csv", tmp_path / "out"
    file.write_text(text, encoding="utf-8")
    options = {"zone": "America/Chicago", "threads": 2, **asked}
    found = in_one_step(out, lambda work: write_report(run([file], work, Options(**options)), work))
    rows = duckdb.execute(
        "select \"case\", verdict from read_parquet(?) where duty = 'officer_without_authority'",
        [str(out / "findings.parquet")],
    ).fetchall()
    met = duckdb.execute(
        'select kind, row, "column", "case" from read_parquet(?) order by all', [str(out / "problems.parquet")]
    ).fetchall()
    return found, dict(rows), met


def roster_file(tmp_path: Path, text: str = ROSTER) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_an_officer_without_authority_is_found_by_the_day_of_the_deed(tmp_path: Path) -> None:
    """Officer 8 was revoked on 12 August: service half an hour before midnight was valid, the hold after it not."""
    found, verdicts, met = audited(tmp_path, CASES, roster=roster_file(tmp_path))
    assert verdicts == {"synthetic-3": "missed", "synthetic-4": "cannot tell"}
    assert ("unknown_officer", 4, "served_by", "synthetic-4") in met
    assert [one[:3] for one in met if one[0] == "unreadable_day"] == [("unreadable_day", 4, "E")]
    assert found.problems["unknown_officer"] == 1
    assert "officer_without_authority" not in {one["duty"] for one in found.not_audited}
    assert "roster.csv" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("model", "verdict"), [("WSO", None), ("JEM", "missed"), ("TFM", "missed"), ("none", "missed"), (None, None)]
)
def test_an_officer_of_a_model_that_the_agency_has_not(tmp_path: Path, model: str | None, verdict: str | None) -> None:
    """A warrant service officer has no authority where the agency has no such agreement; unknown models excuse."""
    text = f"{HEAD}\nsynthetic-1,{JAIL},TX,{TIMES},synthetic-7,synthetic-7\n"
    _, verdicts, _ = audited(tmp_path, text, roster=roster_file(tmp_path), model=model)
    assert verdicts.get("synthetic-1") == verdict


def test_deeds_without_an_officers_number_are_told(tmp_path: Path) -> None:
    found, _, _ = audited(tmp_path, CASES, roster=roster_file(tmp_path))
    assert any("2 services name no officer" in note for note in found.notes)
    assert any("2 holds name no officer" in note for note in found.notes)


def test_days_in_the_wrong_order_are_told_and_a_refresher_is_kept(tmp_path: Path) -> None:
    file = roster_file(
        tmp_path,
        "officer id,agency,model,trained,certified,authorized,expires,last refresher\n"
        f"synthetic-1,{JAIL},WSO,2025-01-01,2025-01-02,2025-02-01,2027-01-31,2026-01-15\n"
        f"synthetic-2,{JAIL},WSO,2025-01-01,2024-01-02,2025-02-01,,\n"
        f"synthetic-3,{JAIL},WSO,2025-01-01,2025-01-02,2025-02-01,2024-01-31,\n",
    )
    officers, problems = read_roster(file)
    assert [(one.officer_id, one.refresher) for one in officers] == [("synthetic-1", date(2026, 1, 15))]
    assert [(one.kind, one.row, one.column) for one in problems] == [
        ("days_out_of_order", 3, "E"),
        ("days_out_of_order", 4, "G"),
    ]
    assert "certified not before trained" in problems[0].expected
    assert problems[1].found == "authorized until 2024-01-31, authorized 2025-02-01"


def test_without_a_roster_nothing_is_asked_of_officers(tmp_path: Path) -> None:
    found, verdicts, met = audited(tmp_path, CASES)
    assert (verdicts, met) == ({}, [])
    (lacking,) = (one for one in found.not_audited if one["duty"] == "officer_without_authority")
    assert "--roster" in lacking["missing_columns"][0]


def test_in_a_log_the_officer_is_the_one_of_the_line(tmp_path: Path) -> None:
    text = (
        "case,event,at,officer\n"
        "synthetic-1,charges_cleared,2025-08-12 00:30,\n"
        "synthetic-1,served_on_person,2025-08-11 23:30,synthetic-8\n"
        "synthetic-1,hold_started,2025-08-12 00:30,synthetic-7\n"
        "synthetic-1,released,2025-08-12 10:30,synthetic-8\n"
        "synthetic-2,served_on_person,2025-08-12 00:10,synthetic-8\n"
        "synthetic-2,hold_started,2025-08-12 00:30,\n"
        "synthetic-2,released,2025-08-12 10:30,\n"
    )
    _, verdicts, _ = audited(tmp_path, text, roster=roster_file(tmp_path))
    assert verdicts == {"synthetic-2": "missed"}


@pytest.mark.parametrize(
    ("text", "roster", "said"),
    [
        ("case,charges_cleared,released\nmade-1,2025-08-12 10:00,2025-08-12 11:00\n", ROSTER, "column of officers"),
        (CASES, "officer id,model\n7,WSO\n", "no column for agency"),
        (CASES, ROSTER.replace("synthetic-7", "Doe Jane"), "looks like a person's name"),
        (CASES.replace("synthetic-77", "Jane Doe"), ROSTER, None),
        (CASES.replace("synthetic-77", "A123456789"), ROSTER, "A-number"),
    ],
)
def test_what_a_roster_cannot_be_used_for(tmp_path: Path, text: str, roster: str, said: str | None) -> None:
    if said is None:
        # One name among numbers is a number that the roster does not have; a column of them is refused, below.
        assert audited(tmp_path, text, roster=roster_file(tmp_path, roster))[1]["synthetic-4"] == "cannot tell"
        text = text.replace("synthetic-7", "Jane Roe").replace("synthetic-8", "John Roe")
        said = "people's names"
    with pytest.raises(Refused, match=said):
        audited(tmp_path, text, roster=roster_file(tmp_path, roster))


# -- rules that a user gives -----------------------------------------------------------------------------------

MARYLAND = """
provisions:
  - id: made-up-md-act
    says: Made up - the act as somebody read it allows no hold on a civil detainer.
    kind: state_law
    citation: Made-up Md. Act
    standing: primary
    checked_until: 2026-05-31
    last_checked: 2026-05-31
    territory: [MD]
    source: made up
    dates: {effective: 2026-02-17}
    parameters:
      - {name: hold_hours, value: 0, unit: hours}
"""
HELD = """case,state,charges_cleared,hold_started,released
synthetic-1,MD,2026-03-03 10:00,2026-03-03 10:00,2026-03-03 20:00
"""


def forbidden(tmp_path: Path) -> list[tuple[str, str, str]]:
    return duckdb.execute(
        "select verdict, rule, citation from read_parquet(?) where duty = 'state_forbids'",
        [str(tmp_path / "out" / "findings.parquet")],
    ).fetchall()


def test_a_rule_that_is_given_decides_and_is_named(tmp_path: Path) -> None:
    """Maryland's act is known by an account only, and so decides nothing; who read it can say more."""
    before = len(shipped().provisions)
    audited(tmp_path, HELD, zone="America/New_York")
    assert [row[:2] for row in forbidden(tmp_path)] == [("cannot tell", "md-sb-245-holds")]
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "md.yml").write_text(MARYLAND, encoding="utf-8")
    found, _, _ = audited(tmp_path, HELD, zone="America/New_York", rules=rules)
    assert forbidden(tmp_path) == [("missed", "made-up-md-act", "Made-up Md. Act")]
    assert len(found.rules_given) == 1
    assert "made-up-md-act, in addition to the shipped rules" in found.rules_given[0]
    assert "made-up-md-act" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert len(shipped().provisions) == before
    audited(tmp_path, HELD, zone="America/New_York")
    assert [row[:2] for row in forbidden(tmp_path)] == [("cannot tell", "md-sb-245-holds")]


def test_a_rule_that_is_given_replaces_the_shipped_one_of_its_id(tmp_path: Path) -> None:
    file = tmp_path / "md.yml"
    file.write_text(MARYLAND.replace("made-up-md-act", "md-sb-245"), encoding="utf-8")
    found, _, _ = audited(tmp_path, HELD, zone="America/New_York", rules=file)
    assert forbidden(tmp_path) == [("missed", "md-sb-245", "Made-up Md. Act")]
    assert "in place of the shipped rule" in found.rules_given[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("provisions: [", "expected YAML"),
        ("rules: []\n", "expected `provisions`"),
        (MARYLAND.replace("primary", "certain"), "md.yml: made-up-md-act: standing: expected one of"),
        (MARYLAND + "    surprise: 1\n", "surprise: expected no such key"),
        (MARYLAND + MARYLAND.split("provisions:\n")[1], "is in .* too; keep one"),
        (None, "no such file or folder"),
        ("", "expected `provisions`"),
    ],
)
def test_a_rule_that_is_not_understood_is_refused(tmp_path: Path, content: str | None, said: str) -> None:
    file = tmp_path / "md.yml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=said):
        audited(tmp_path, HELD, zone="America/New_York", rules=file)
    assert not (tmp_path / "out").exists()


def test_a_roster_that_is_not_there_is_named_before_the_cases_columns(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "case,state,booked,detainer_received,charges_cleared,released\n"
        "synthetic-1,TX,2025-02-27 13:05,2025-02-28 09:00,2025-03-01 09:00,2025-03-03 10:00\n",
        encoding="utf-8",
    )
    words = ["custody", "audit", str(cases), "--zone", "America/Chicago", "--out", str(tmp_path / "report")]
    done = CliRunner().invoke(commands, [*words, "--roster", str(tmp_path / "no.csv")])
    assert isinstance(done.exception, Refused)
    assert "no.csv: no such file" in str(done.exception)
