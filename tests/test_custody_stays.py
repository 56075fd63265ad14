"""A log as a jail keeps it: papers that come twice, answers that change, and a person who is booked again."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from ledger287.custody.batch.plan import Asked
from ledger287.custody.batch.run import run

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


def audited(tmp_path: Path, rows: list[str], **asked: Any) -> tuple[dict[str, dict[str, Any]], Any]:
    """Each case's duties with their verdicts, and the audit."""
    import duckdb

    file, work = tmp_path / "log.csv", tmp_path / "work"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    work.mkdir()
    done = run([file], work, Asked(**{"zone": "America/Chicago", "state": "TX", "model": "WSO", **asked}))
    found: dict[str, dict[str, Any]] = {
        case: {} for (case,) in duckdb.execute('select "case" from read_parquet(?)', [str(done.cases)]).fetchall()
    }
    query = 'select "case", duty, verdict from read_parquet(?)'
    for case, duty, verdict in duckdb.execute(query, [str(done.findings)]).fetchall():
        found[case][duty] = verdict
    return found, done


def test_a_person_who_is_released_and_booked_again_has_two_stays(tmp_path: Path) -> None:
    """The first hold is of 24 hours, the second of 72: only the second is too long."""
    second = (
        "detainer_received 06-19 08:00 I-247A",
        "booked 06-20 08:00",
        "served_on_person 06-20 09:00 I-247A",
        "charges_cleared 06-21 08:00",
        "hold_started 06-21 08:00",
        "ice_notified 06-21 08:10",
        "ice_took_person 06-24 08:00",
    )
    found, done = audited(tmp_path, [LOG, *lines("synthetic-1", *HOLD, *second)])
    assert set(found) == {"synthetic-1", "synthetic-1 (stay 2)"}
    assert "over_limit" not in found["synthetic-1"]
    assert found["synthetic-1 (stay 2)"]["over_limit"] == "missed"
    assert "no_detainer" not in found["synthetic-1 (stay 2)"]
    assert not done.counts
    assert any("1 case with more than one booking" in note for note in done.notes)


def test_two_bookings_without_an_end_between_them_contradict_each_other(tmp_path: Path) -> None:
    found, _ = audited(tmp_path, [LOG, *lines("synthetic-1", *HOLD, "booked 06-01 09:30")])
    assert set(found) == {"synthetic-1"}


def test_a_case_with_a_time_that_cannot_be_read_is_not_parted(tmp_path: Path) -> None:
    rows = [LOG, *lines("synthetic-1", *HOLD, "booked 06-20 08:00", "charges_cleared 06-21 08:00")]
    found, _ = audited(tmp_path, [*rows, "synthetic-1,interpreter_offered,soon,,"])
    assert set(found) == {"synthetic-1"}


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
    done = run([file], work, Asked(zone="America/Chicago", state="TX"))
    import duckdb

    rows = duckdb.execute(
        'select "case", row, missed & 1 from read_parquet(?) order by 2', [str(done.cases)]
    ).fetchall()
    assert rows == [("synthetic-1", 1, 0), ("synthetic-1 (stay 2)", 3, 1)]
    assert done.counts == {"duplicate_case": 2}
    assert {met.row for met in done.problems} == {2, 4}


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (("=pending 06-03 09:00", "=us_citizen 06-03 12:00"), "missed"),
        (("=us_citizen 06-03 12:00", "=us_citizen 06-05 12:00"), "missed"),
        (("=us_citizen 06-03 12:00", "=detainer 06-03 15:00"), "cannot tell"),
        (("=no_action 06-02 12:00", "=detainer 06-02 15:00"), None),
        (("=detainer 06-02 12:00", "=no_action 06-03 15:00"), "cannot tell"),
        (("=us_citizen 06-04 09:00", "=pending 06-02 15:00"), None),
        (("=perhaps 06-03 15:00",), "cannot tell"),
    ],
)
def test_of_several_answers_the_one_that_counts(tmp_path: Path, answers: tuple[str, ...], verdict: str | None) -> None:
    """The hold is from 08:00 on June 3 to 08:00 on June 4; what ICE answered is only carried."""
    events = [f"status_answered {' '.join(answer.split(' ')[1:])} {answer.split(' ')[0]}" for answer in answers]
    found, done = audited(tmp_path, [LOG, *lines("synthetic-1", *HOLD, *events)])
    assert found["synthetic-1"].get("held_despite_answer") == verdict
    assert "contradictory_event" not in done.counts


def test_a_warrant_that_is_named_when_it_is_served_was_served(tmp_path: Path) -> None:
    """The copy of Form I-247A is another paper: it was never served here, and ICE was not notified of the warrant's."""
    events = [one for one in HOLD if not one.startswith(("served", "ice_notified"))]
    rows = lines("synthetic-1", *events, "warrant_received 06-02 08:00 I-200", "served_on_person 06-03 07:30 I-200")
    rows += lines("synthetic-2", *HOLD[:-2], "served_on_person 06-03 07:30 I-200", HOLD[-1])
    found, _ = audited(tmp_path, [LOG, *rows])
    assert found["synthetic-1"]["not_served"] == found["synthetic-1"]["notice_missing_on_service"] == "missed"
    assert "not_served" not in found["synthetic-2"]
    with (tmp_path / "log.csv").open() as file:
        assert sum(row["event"] == "served_on_person" for row in csv.DictReader(file)) == 3


def test_two_civil_warrants_are_no_contradiction_and_a_judges_counts(tmp_path: Path) -> None:
    two = ("warrant_received 06-02 08:00 I-200", "warrant_received 06-02 08:30 I-205")
    rows = [LOG, *lines("synthetic-1", *HOLD, *two)]
    rows += lines("synthetic-2", *HOLD, *two, "warrant_received 06-02 09:00 judicial")
    found, done = audited(tmp_path, rows, state="IL")
    assert found["synthetic-1"]["state_forbids"] == "missed"
    assert "state_forbids" not in found["synthetic-2"]
    assert not done.counts


def test_a_detainer_that_was_cancelled_and_came_again(tmp_path: Path) -> None:
    """Before the hold it is a new detainer; while the hold ran it is unknown which one it rested on."""
    before = ("detainer_cancelled 06-02 10:00", "detainer_received 06-02 12:00 I-247A")
    during = ("detainer_cancelled 06-03 10:00", "detainer_received 06-03 12:00 I-247A")
    rows = [LOG, *lines("synthetic-1", *HOLD, *before), *lines("synthetic-2", *HOLD, *during)]
    rows += lines("synthetic-3", *HOLD, "detainer_cancelled 06-03 10:00")
    found, _ = audited(tmp_path, rows)
    verdicts: dict[str, str | None] = defaultdict(lambda: None)
    verdicts |= {case: duties.get("held_after_cancelled") for case, duties in found.items()}
    assert (verdicts["synthetic-1"], verdicts["synthetic-2"], verdicts["synthetic-3"]) == (
        None,
        "cannot tell",
        "missed",
    )
