"""A log as a jail keeps it: papers that come twice, answers that change, and a person who is booked again."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import Audited, run
from ledger287.custody.duties.table import problems_named

LOG = "case,event,at,form,outcome"
HOLD = (
    "booked 06-01 08:00",
    "detainer_received 06-02 08:00 I-247A",
    "served_on_person 06-02 09:00 I-247A",
    "charges_cleared 06-03 08:00",
    "hold_started 06-03 08:00",
    "ice_notified 06-03 08:10",
    "released 06-04 08:00",
)


def lines(case: str, *events: str) -> list[str]:
    """Lines of a log from ``event MM-DD HH:MM FORM``; an outcome is written with a sign of equality before it."""
    found = []
    for event in events:
        name, day, time, *code = event.split(" ")
        form = "".join(code) if code and not code[0].startswith("=") else ""
        outcome = code[0].removeprefix("=") if code and code[0].startswith("=") else ""
        found.append(f"{case},{name},2025-{day} {time},{form},{outcome}")
    return found


def without(*names: str) -> tuple[str, ...]:
    """The lines of the hold but those of some events."""
    return tuple(one for one in HOLD if not one.startswith(names))


SECOND = (
    "detainer_received 06-19 08:00 I-247A",
    "booked 06-20 08:00",
    "served_on_person 06-20 09:00 I-247A",
    "charges_cleared 06-21 08:00",
    "hold_started 06-21 08:00",
    "ice_notified 06-21 08:10",
    "ice_took_person 06-24 08:00",
)
TWO = ("warrant_received 06-02 08:00 I-200", "warrant_received 06-02 08:30 I-205")
LONG = (*without("released"), "released 06-12 08:00")
"""A hold of nine days, too long for any form."""
DAYS = (*without("released"), "released 06-06 08:00")
"""A hold from a Tuesday to the Friday: 72 hours without a weekend."""
WEEKEND = (*(one.replace(" 06-03 ", " 06-06 ") for one in without("released")), "released 06-09 08:00")
"""A hold from a Friday to the Monday after it: 72 hours by the flat clock, 24 without the weekend."""

CASES: dict[str, tuple[str, ...]] = {
    "two-stays": (*HOLD, *SECOND),
    "two-bookings": (*HOLD, "booked 06-01 09:30"),
    "untold-time": (*HOLD, "booked 06-20 08:00", "charges_cleared 06-21 08:00"),
    "warrant-served": (
        *without("served", "ice_notified"),
        "warrant_received 06-02 08:00 I-200",
        "served_on_person 06-03 07:30 I-200",
    ),
    "both-served": (*HOLD, "served_on_person 06-03 07:30 I-200"),
    "renewed-before": (*HOLD, "detainer_cancelled 06-02 10:00", "detainer_received 06-02 12:00 I-247A"),
    "renewed-during": (*HOLD, "detainer_cancelled 06-03 10:00", "detainer_received 06-03 12:00 I-247A"),
    "cancelled": (*HOLD, "detainer_cancelled 06-03 10:00"),
    "form-again": (*HOLD, "detainer_received 06-02 10:00 I-247A"),
    "older-form-short": (*HOLD, "detainer_received 06-02 10:00 I-247"),
    "older-form-long": (*LONG, "detainer_received 06-02 10:00 I-247"),
    "older-form-weekend": (*WEEKEND, "detainer_received 06-02 10:00 I-247"),
    "older-form-unserved": (*without("served"), "detainer_received 06-02 10:00 I-247"),
    "notice-form-too": (*HOLD, "detainer_received 06-02 10:00 I-247G"),
    "notice-form-long": (*LONG, "detainer_received 06-02 10:00 I-247G"),
    "forms-of-one-rule": (
        *without("detainer", "served"),
        "detainer_received 06-02 08:00 I-247D",
        "detainer_received 06-02 10:00 I-247X",
    ),
    "form-and-a-word": (*HOLD, "detainer_received 06-02 10:00 I-999"),
    "three-forms-days": (*DAYS, "detainer_received 06-02 10:00 I-247D", "detainer_received 06-02 11:00 I-247"),
    "two-forms-at-once": (*HOLD, "detainer_received 06-02 08:00 I-247D"),
    "one-form-twice": (*HOLD, "detainer_received 06-02 08:00 I-247A"),
    "two-warrants-at-once": (*HOLD, TWO[0], TWO[1].replace("08:30", "08:00")),
    "two-warrants-served-at-once": (*HOLD, "served_on_person 06-03 07:30 I-200", "served_on_person 06-03 07:30 I-205"),
    "one-warrant-twice": (*HOLD, TWO[0], TWO[0]),
    "barred-civil": (*HOLD, *TWO),
    "barred-judge": (*HOLD, *TWO, "warrant_received 06-02 09:00 judicial"),
}
ANSWERS = (
    (("=pending 06-03 09:00", "=us_citizen 06-03 12:00"), "missed"),
    (("=us_citizen 06-03 12:00", "=us_citizen 06-05 12:00"), "missed"),
    (("=us_citizen 06-03 12:00", "=detainer 06-03 15:00"), "cannot tell"),
    (("=no_action 06-02 12:00", "=detainer 06-02 15:00"), None),
    (("=detainer 06-02 12:00", "=no_action 06-03 15:00"), "cannot tell"),
    (("=us_citizen 06-04 09:00", "=pending 06-02 15:00"), None),
    (("=perhaps 06-03 15:00",), "cannot tell"),
)


@dataclass(frozen=True)
class Found:
    """The cases of the one log: each with the verdicts on its duties, and with its problems."""

    verdicts: dict[str, dict[str, str]]
    problems: dict[str, tuple[str, ...]]
    done: Audited


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Every case above in one log, audited once; the state of those that are barred is Illinois."""
    folder = tmp_path_factory.mktemp("log")
    file, work = folder / "log.csv", folder / "work"
    rows = [f"{LOG},state"]
    for case, events in CASES.items():
        rows += [f"{row},{'IL' if case.startswith('barred') else 'TX'}" for row in lines(case, *events)]
    for place, (answers, _) in enumerate(ANSWERS):
        answered = [f"status_answered {answer.split(' ', 1)[1]} {answer.split(' ')[0]}" for answer in answers]
        rows += [f"{row},TX" for row in lines(f"answers-{place}", *HOLD, *answered)]
    rows.append("untold-time,interpreter_offered,soon,,,TX")
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    work.mkdir()
    done = run([file], work, Options(zone="America/Chicago", model="WSO"))
    cases = duckdb.execute('select "case", problems from read_parquet(?)', [str(done.cases)]).fetchall()
    verdicts: dict[str, dict[str, str]] = {case: {} for case, _ in cases}
    query = 'select "case", duty, verdict from read_parquet(?)'
    for case, duty, verdict in duckdb.execute(query, [str(done.findings)]).fetchall():
        verdicts[case][duty] = verdict
    return Found(verdicts, {case: problems_named(mask) for case, mask in cases}, done)


def test_a_person_who_is_released_and_booked_again_has_two_stays(found: Found) -> None:
    """The first hold is of 24 hours, the second of 72: only the second is too long."""
    one, two = found.verdicts["two-stays"], found.verdicts["two-stays (stay 2)"]
    assert "over_limit" not in one and two["over_limit"] == "missed"
    assert "no_detainer" not in two
    assert not found.problems["two-stays"] and not found.problems["two-stays (stay 2)"]
    assert any("with more than one booking" in note for note in found.done.notes)


@pytest.mark.parametrize("case", ["two-bookings", "untold-time"])
def test_two_bookings_without_an_end_or_with_a_time_that_cannot_be_read_are_not_parted(found: Found, case: str) -> None:
    assert case in found.verdicts and f"{case} (stay 2)" not in found.verdicts


def test_a_table_with_a_row_for_each_stay(tmp_path: Path) -> None:
    file, work = tmp_path / "table.csv", tmp_path / "work"
    file.write_text(
        "case,booked,detainer_received,charges_cleared,hold_started,released\n"
        "synthetic-1,2025-06-01 08:00,2025-06-02 08:00,2025-06-03 08:00,2025-06-03 08:00,2025-06-04 08:00\n"
        "synthetic-2,2025-06-01 08:00,2025-06-02 08:00,2025-06-03 08:00,2025-06-03 08:00,2025-06-04 08:00\n"
        "synthetic-1,2025-06-20 08:00,2025-06-20 10:00,2025-06-21 08:00,2025-06-21 08:00,2025-06-24 08:00\n"
        "synthetic-2,2025-06-01 08:00,2025-06-02 08:00,2025-06-03 08:00,2025-06-03 08:00,2025-06-05 08:00\n",
        encoding="utf-8",
    )
    work.mkdir()
    done = run([file], work, Options(zone="America/Chicago", state="TX"))
    rows = duckdb.execute(
        'select "case", row, missed & 1 from read_parquet(?) order by 2', [str(done.cases)]
    ).fetchall()
    assert rows == [("synthetic-1", 1, 0), ("synthetic-1 (stay 2)", 3, 1)]
    assert done.counts == {"duplicate_case": 2}
    assert {met.row for met in done.problems} == {2, 4}


@pytest.mark.parametrize("place", range(len(ANSWERS)))
def test_of_several_answers_the_one_that_counts(found: Found, place: int) -> None:
    """The hold is from 08:00 on June 3 to 08:00 on June 4; what ICE answered is only carried."""
    assert found.verdicts[f"answers-{place}"].get("held_despite_answer") == ANSWERS[place][1]
    assert "contradictory_event" not in found.problems[f"answers-{place}"]


def test_a_warrant_that_is_named_when_it_is_served_was_served(found: Found) -> None:
    """The copy of Form I-247A is another paper: it was never served here, and ICE was not notified of the warrant's."""
    one, two = found.verdicts["warrant-served"], found.verdicts["both-served"]
    assert one["not_served"] == one["notice_missing_on_service"] == "missed"
    assert "not_served" not in two


def test_two_civil_warrants_are_no_contradiction_and_a_judges_counts(found: Found) -> None:
    assert found.verdicts["barred-civil"]["state_forbids"] == "missed"
    assert "state_forbids" not in found.verdicts["barred-judge"]
    assert not found.problems["barred-civil"] and not found.problems["barred-judge"]


def test_a_detainer_that_was_cancelled_and_came_again(found: Found) -> None:
    """Before the hold it is a new detainer; while the hold ran it is unknown which one it rested on."""
    cases = ("renewed-before", "renewed-during", "cancelled")
    verdicts = [found.verdicts[case].get("held_after_cancelled") for case in cases]
    assert verdicts == [None, "cannot tell", "missed"]


ASKS = ("over_limit", "exceeds_request", "form_no_hold", "not_served")


@pytest.mark.parametrize(
    ("case", "wanted"),
    [
        ("form-again", (None, None, None, None)),
        ("older-form-short", (None, None, None, None)),
        ("older-form-long", ("missed", "missed", None, None)),
        ("older-form-weekend", ("cannot tell", "cannot tell", None, None)),
        ("older-form-unserved", (None, None, None, "cannot tell")),
        ("notice-form-too", ("cannot tell", None, "cannot tell", None)),
        ("notice-form-long", ("missed", "cannot tell", "cannot tell", None)),
        ("forms-of-one-rule", (None, None, None, None)),
        ("three-forms-days", ("missed", "missed", None, None)),
    ],
)
def test_detainers_on_different_forms_are_decided_where_every_reading_agrees(
    found: Found, case: str, wanted: tuple[str | None, ...]
) -> None:
    """Which of them the hold rested on is not known; what holds on each of them is decided, the rest is open."""
    assert tuple(found.verdicts[case].get(duty) for duty in ASKS) == wanted
    assert "unknown_detainer_form" not in found.problems[case]


def test_a_form_that_is_not_understood_leaves_the_others_open(found: Found) -> None:
    assert found.verdicts["form-and-a-word"]["form_no_hold"] == "cannot tell"
    assert "unknown_detainer_form" in found.problems["form-and-a-word"]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("two-forms-at-once", False),
        ("one-form-twice", True),
        ("two-warrants-at-once", False),
        ("two-warrants-served-at-once", False),
        ("one-warrant-twice", True),
    ],
)
def test_papers_on_different_forms_that_come_together_are_not_repeated(found: Found, case: str, told: bool) -> None:
    assert ("repeated_event" in found.problems[case]) == told
