"""What a finding that is open hangs on, in every surface: a day of the calendar, the law itself, or a missing fact.

Every case here is synthetic.
"""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.custody.case.hold_law import law
from ledger287.custody.clock.answer import clock_answer
from ledger287.custody.clock.asking import case_of
from ledger287.custody.duties.open_reasons import calendar_says
from ledger287.custody.duties.table import DUTIES
from ledger287.law.authority.statelaw import laws
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import begins
from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on
from ledger287.web.forms.holding import hold_answer

FACTS = {duty.settled_by for duty in DUTIES}
CLOCKS = ("over_limit", "exceeds_request", "exceeds_regulation")
RUNNER = CliRunner()


def clock(start: str, left: str) -> tuple[str, ...]:
    times = {"detainer_received": start, "charges_cleared": start, "released": left}
    return clock_answer(case_of("synthetic", times, "America/Chicago", "TX", "I-247"), law()).cannot_tell


def audited(folder: Path, rows: list[str], columns: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(case, duty) -> verdict, and what would settle it."""
    file, out = folder / "cases.csv", folder / "out"
    file.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    result = RUNNER.invoke(app, ["custody", "audit", str(file), "--out", str(out)])
    assert result.exit_code in (0, 1), result.output
    query = 'select "case", duty, verdict, settled_by from read_parquet(?)'
    return {(case, duty): (verdict, by) for case, duty, verdict, by in
            duckdb.execute(query, [str(out / "findings.parquet")]).fetchall()}  # fmt: skip


COLUMNS = "case,state,zone,detainer_form,detainer_received,charges_cleared,hold_started,released"


# -- days that are perhaps holidays --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "left", "day"),
    [
        ("2021-01-15 10:00", "2021-01-21 09:00", "Inauguration Day (Jan 20, 2021)"),
        ("2013-01-17 10:00", "2013-01-22 11:00", None),
        ("2025-12-22 10:00", "2025-12-26 09:00", "the closure by executive order (Dec 24, 2025)"),
        ("2025-12-22 10:00", "2025-12-29 09:00", "the closure by executive order (Dec 24, 2025) or the closure by "
         "executive order (Dec 26, 2025)"),
    ],
)  # fmt: skip
def test_where_a_day_decides_the_day_is_what_is_open(start: str, left: str, day: str | None) -> None:
    said = {line.split(": ", 1)[0]: line.split("settled by ", 1)[1] for line in clock(start, left)}
    for duty in CLOCKS:
        if day is None:
            assert said.get(duty) not in FACTS or duty not in said
        else:
            assert said[duty] == calendar_says(day)


def test_the_page_and_the_api_say_the_same_as_the_clock() -> None:
    given = {"state": "TX", "zone": "America/Chicago", "detainer_form": "I-247", "charges_cleared": "2021-01-15 10:00",
             "detainer_received": "2021-01-15 10:00", "hold_started": "2021-01-15 10:00",
             "released": "2021-01-21 09:00"}  # fmt: skip
    found = {one.duty: one.settled_by for one in hold_answer(given).duties if one.verdict == "cannot tell"}
    assert {found[duty] for duty in CLOCKS} == {calendar_says("Inauguration Day (Jan 20, 2021)")}


def test_an_audit_names_the_day_or_the_law_and_sends_nobody_for_facts_that_were_given(tmp_path: Path) -> None:
    began = "2025-06-02 10:00,2025-06-02 10:00,2025-06-02 10:00,2025-06-03 09:00"
    rows = [
        "k-1,TX,America/Chicago,I-247,2021-01-15 10:00,2021-01-15 10:00,2021-01-15 10:00,2021-01-21 09:00",
        f"k-2,AL,America/Chicago,I-247A,{began}",
        f"k-3,NJ,America/New_York,I-247A,{began}",
    ]
    found = audited(tmp_path, rows, COLUMNS)
    assert {found["k-1", duty] for duty in CLOCKS} == {("cannot tell", calendar_says())}
    assert found["k-2", "state_forbids"][1].endswith("was not checked here: Alabama, law on holds (not checked)")
    assert found["k-3", "state_forbids"][1].endswith("N.J. Attorney General Directive 2018-6")


ORDER = next(duty.settled_by for duty in DUTIES if duty.id == "no_judges_order")


# -- an order of a judge -------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["", ",judge_ordered"])
def test_without_a_field_for_the_order_a_hold_in_north_carolina_is_open(tmp_path: Path, column: str) -> None:
    holds = {"needed": ("NC", "2025-06-02"), "before": ("NC", "2024-11-30"), "elsewhere": ("TX", "2025-06-02")}
    rows = [
        f"{name},{state},America/New_York,I-247A,{day} 10:00,{day} 10:00,{day} 10:00,{day} 22:00{',' if column else ''}"
        for name, (state, day) in holds.items()
    ]
    found = audited(tmp_path, rows, COLUMNS + column)
    verdicts = {name: found.get((name, "no_judges_order")) for name in holds}
    assert (verdicts["before"], verdicts["elsewhere"]) == (None, None)
    if column:
        assert verdicts["needed"] and verdicts["needed"][0] == "missed"
    else:
        assert verdicts["needed"] == ("cannot tell", ORDER)


def test_the_form_without_the_order_is_open_too() -> None:
    given = {"state": "NC", "detainer_form": "I-247A", "charges_cleared": "2025-06-02 10:00",
             "detainer_received": "2025-06-02 09:00", "hold_started": "2025-06-02 10:00",
             "released": "2025-06-03 09:00"}  # fmt: skip
    found = {one.duty: one.verdict for one in hold_answer(given).duties}
    assert found["no_judges_order"] == "cannot tell"
    ordered = {one.duty: one.verdict for one in hold_answer({**given, "judge_ordered": "2025-06-02 09:30"}).duties}
    assert "no_judges_order" not in ordered


def test_the_table_and_authority_say_that_north_carolina_needs_an_order() -> None:
    for day, needs in ((date(2024, 11, 30), False), (date(2024, 12, 1), True), (date(2025, 10, 1), True)):
        (one,) = jurisdictions_on(day, "NC").jurisdictions
        assert (one.a_hold_is == "needs a judge's order") is needs
        at = begins(day, ("NC",))
        bears = {each.provision.id: each.bears for each in laws(shipped(), "NC", "county", "hold", None, at)}
        assert (bears.get("nc-hold") == "undecided") is needs


# -- the table -----------------------------------------------------------------------------------------------


def test_a_bar_in_doubt_is_dated_by_its_own_day() -> None:
    (one,) = jurisdictions_on(date(2026, 5, 20), "DC").jurisdictions
    holds = one.holds
    assert (holds.since, holds.perhaps_since, holds.doubtful_since) == (
        date(2022, 1, 1), date(2020, 1, 1), date(2025, 10, 1)
    )  # fmt: skip
    (before,) = jurisdictions_on(date(2025, 9, 30), "DC").jurisdictions
    assert (before.holds.since, before.holds.doubtful_since) == (date(2022, 1, 1), None)
    shown = RUNNER.invoke(
        app, ["rules", "--table", "--on", "2026-05-20", "--state", "DC"], env={"COLUMNS": "200"}
    ).output
    assert "Jan 1, 2022 (Jan 1, 2020?); in doubt from Oct 1, 2025" in " ".join(shown.split())


def test_every_rule_that_continues_another_is_of_the_same_state_and_later() -> None:
    book = shipped()
    for entry in book.provisions:
        if entry.continues:
            before = book.provision(entry.continues)
            assert before.territory == entry.territory
            assert entry.unsettled and before.dates.ended == entry.unsettled.since


@pytest.mark.parametrize(("day", "does", "standing"), [(date(2026, 2, 16), "not checked", "unverified"),
                                                       (date(2026, 2, 17), "silent", "secondary")])  # fmt: skip
def test_maryland_bars_agreements_and_is_silent_on_holds(day: date, does: str, standing: str) -> None:
    (one,) = jurisdictions_on(day, "MD").jurisdictions
    assert (one.holds.does, one.holds.standing, one.a_hold_is) == (does, standing, "cannot tell")
    assert one.agreements.does == ("bars agreements" if does == "silent" else "none encoded")


def test_silence_that_was_read_leaves_a_hold_clean_and_an_account_of_it_does_not(tmp_path: Path) -> None:
    file = tmp_path / "own.yml"
    rule = ("provisions:\n  - {id: synthetic-md-act, says: A synthetic act is silent on holds., kind: state_law, "
            "territory: [MD], citation: Synthetic Md. Act 1, standing: STANDING, checked_until: 2026-05-31, "
            "last_checked: 2026-05-31, source: synthetic, dates: {effective: 2026-02-17}, "
            "state_law: {effect: silent}}\n")  # fmt: skip
    for standing, found in (("verified", "not barred"), ("secondary", "cannot tell")):
        file.write_text(rule.replace("synthetic-md-act", "md-sb-245-holds").replace("STANDING", standing))
        asked = ["rules", "--table", "--on", "2026-05-20", "--state", "MD", "--json", "--rules", str(file)]
        told = RUNNER.invoke(app, asked)
        assert json.loads(told.stdout)["jurisdictions"][0]["a_hold_is"] == found


def test_every_jurisdiction_has_a_state_standing_and_day_on_holds() -> None:
    for one in ledger287.jurisdictions_on(date(2026, 5, 20)).jurisdictions:
        assert one.holds.does in ("bars holds", "limits holds", "must honor", "silent", "not checked")
        assert one.holds.standing and one.holds.checked_until
        assert one.holds.since or one.holds.does == "not checked"


def test_no_agreement_is_affirmed_before_a_signature_that_its_own_document_has() -> None:
    """ICE's list prints Feb 19, 2025 for Owyhee County; its documents have ICE's signature of Mar 7, 2025."""
    record = ledger287.open(today=lambda: date(2026, 5, 8))
    before = ledger287.authority(record, "hold", "Owyhee County Sheriff's Office", on=date(2025, 3, 1))
    assert before.finding.verdict == "cannot tell"
    tfm = before.agreements[0]
    assert tfm.finding.reasons[0] == (
        "whether the TFM agreement was in force is unknown: its own document, which was read, was signed by ICE on "
        "Mar 7, 2025 only, after Mar 1, 2025; by the lists signed Feb 19, 2025; on the list of Mar 1, 2025"
    )
    assert any("the day from which it applied" in question for question in before.finding.open_questions)
    after = ledger287.authority(record, "hold", "Owyhee County Sheriff's Office", on=date(2025, 3, 8))
    assert after.finding.verdict == "listed in the agreement"
