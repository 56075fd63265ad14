"""Every provision's case worked out a second time, without a look at the first, and compared with what the code says.

``tests/law/second-working.yml`` has the second answers and, under ``differences``, each one in which they differed
from the first, with what was kept and why. A difference that is not written down there fails, and so does one that is
written down and is none.
"""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.custody.case.hold_law import law
from ledger287.custody.clock.answer import clock_answer
from ledger287.custody.clock.asking import case_of
from ledger287.law.agreements.table import functions_table
from ledger287.law.clocks.calendar import holidays
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import Provision
from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on
from ledger287.law.lawbook.zones import read_zones

FILE = Path(__file__).parent / "law" / "second-working.yml"


@cache
def second() -> dict[str, Any]:
    found: dict[str, Any] = declared.read_yaml(FILE.read_text(encoding="utf-8"))
    return found


def kept(about: str) -> dict[str, str] | None:
    """The difference on one answer in which the first working was kept."""
    return next((one for one in second()["differences"] if one["about"] == about and one["kept"] == "first"), None)


def differs(about: str, answer: object, found: object) -> list[str]:
    """Nothing where both agree; else the difference, unless it was settled for the first with these very values."""
    settled = kept(about)
    if answer == found:
        return [f"{about}: written down as a difference, and is none"] if settled else []
    if settled and (settled["second"], settled["first"]) == (str(answer), str(found)):
        return []
    return [f"{about}: second {answer}, first {found}"]


def test_differences_are_settled_with_a_reason() -> None:
    told = second()["differences"]
    assert len({(one["about"], one["kept"]) for one in told}) == len(told)
    assert {one["kept"] for one in told} == {"first", "second"}
    assert all(one["why"].strip() and one["second"] != one["first"] for one in told)


def days_of(entry: Provision) -> dict[str, date | None]:
    """The first day on which a rule may be law, the first on which it surely is, and its last."""
    gap = entry.unsettled if entry.unsettled and entry.unsettled.reaches == "all" else None
    sure = entry.dates.effective or (gap.until if gap else None)
    ended = entry.dates.ended
    return {
        "first": gap.since if gap else entry.dates.effective,
        "sure": sure,
        "last": ended - timedelta(days=1) if ended else None,
    }


def test_every_provision_was_worked_out_twice() -> None:
    worked = set(second()["provisions"])
    known = {entry.id for entry in shipped().provisions if not entry.id.endswith("-holds-not-checked")}
    assert worked == known


def test_the_second_working_of_every_provision() -> None:
    found = []
    for id, answer in second()["provisions"].items():
        entry = shipped().provision(id)
        for name, day in days_of(entry).items():
            if name in answer:
                found += differs(f"{id}: {name}", answer[name], day)
        if "standing" in answer:
            read = "verified" if entry.standing == "primary" else entry.standing
            found += differs(f"{id}: standing", answer["standing"], read)
        values = [each.value for each in entry.parameters]
        lacking = [number for number in answer.get("numbers", ()) if number not in values]
        found += [f"{id}: no value {number} among {values}" for number in lacking]
        found += [f"{id}: says nothing of {words!r}" for words in answer.get("says", ()) if words not in entry.says]
    assert found == []


def test_the_second_working_of_the_states() -> None:
    found = []
    for row in second()["states"]:
        (one,) = jurisdictions_on(row["on"], row["state"]).jurisdictions
        about = f"{row['state']} {row['on']}"
        found += differs(f"{about}: holds", row["holds"], one.holds.does)
        found += differs(f"{about}: a_hold_is", row["a_hold_is"], one.a_hold_is)
        if "agreements" in row:
            found += differs(f"{about}: agreements", row["agreements"], one.agreements.does)
    assert found == []


def test_the_second_working_of_the_functions() -> None:
    found = []
    for one in functions_table().listings:
        answer = second()["functions"][one.model][one.function]
        shown = "no time stated" if one.listed and one.time_stated is False else one.listed
        found += differs(f"{one.version} {one.function}", answer, shown)
    assert found == []


@pytest.mark.parametrize("row", second()["clocks"], ids=lambda row: str(row["name"]))
def test_the_second_working_of_the_clocks(row: dict[str, Any]) -> None:
    asked = {"charges_cleared": "releasable", "detainer_received": "received", "custody_passed_to_ice": "passed",
             "released": "left", "citizenship_claimed": "claimed", "complaint_filed": "complaint"}  # fmt: skip
    times = {event: row.get(name) for event, name in asked.items()}
    case = case_of("synthetic", times, row["zone"], row["state"], row["form"], row.get("model"))
    answer = clock_answer(case, law())
    shown = {one.clock: one.end for one in answer.clocks if one.end}
    assert f"{answer.no_later_than:%Y-%m-%d %H:%M}" == row["end"]
    if "regulation" in row:
        assert f"{shown['48 hours without weekends and holidays']:%Y-%m-%d %H:%M}" == row["regulation"]
    if "state_end" in row:
        ends = [f"{one.end:%Y-%m-%d %H:%M}" for one in answer.clocks if one.clock == "state law" and one.end]
        assert row["state_end"] in ends
    due = {one.duty: f"{one.due:%Y-%m-%d %H:%M}" for one in answer.deadlines}
    assert row.get("due", {}).items() <= due.items()


def test_the_second_working_of_the_holidays() -> None:
    book = holidays(shipped())
    for day in second()["holidays"]["yes"]:
        assert day in book.of(day.year), day
    for day in second()["holidays"]["no"]:
        assert day not in book.of(day.year) and not book.perhaps(day), day
    for day in second()["holidays"]["perhaps"]:
        assert book.perhaps(day), day


# -- the same states as holds, through the audit, from the first to the last minute of each day ---------------

SPANS = (("00:00", "06:00"), ("18:00", "23:59"))


def test_an_audit_finds_the_states_as_the_table_does_at_both_ends_of_each_day(tmp_path: Path) -> None:
    """A hold in the first hours of a day, one in its last, and one until midnight of the next, by the jail's clocks."""
    rows = ["case,state,zone,detainer_form,charges_cleared,hold_started,released"]
    wanted = {}
    for number, row in enumerate(second()["states"]):
        state, day = row["state"], row["on"]
        (one,) = jurisdictions_on(day, state).jurisdictions
        spans = [*((f"{day} {start}", f"{day} {end}") for start, end in SPANS)]
        spans.append((f"{day} 23:00", f"{day + timedelta(days=1)} 00:00"))
        for place, (start, end) in enumerate(spans):
            name = f"synthetic-{number}-{place}"
            wanted[name] = one.a_hold_is if one.a_hold_is in ("missed", "cannot tell") else None
            rows.append(f"{name},{state},{read_zones()[state].key},I-247A,{start},{start},{end}")
    file = tmp_path / "cases.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["custody", "audit", str(file), "--out", str(tmp_path / "out")])
    assert result.exit_code in (0, 1), result.output
    found = dict(
        duckdb.execute(
            "select \"case\", verdict from read_parquet(?) where duty = 'state_forbids'",
            [str(tmp_path / "out" / "findings.parquet")],
        ).fetchall()
    )
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("state", "zone", "day"),
    [
        ("WA", "America/Los_Angeles", date(2019, 5, 21)),
        ("IL", "America/Chicago", date(2017, 8, 28)),
        ("OR", "America/Los_Angeles", date(2021, 7, 19)),
        ("CA", "America/Los_Angeles", date(2018, 1, 1)),
        ("CO", "America/Denver", date(2019, 5, 28)),
    ],
)
def test_a_hold_into_the_first_day_of_a_bar_had_to_end_at_its_midnight(state: str, zone: str, day: date) -> None:
    """The bar ends a hold that is under way at local midnight; one that ended at that very time it does not touch."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    began = f"{day - timedelta(days=1)} 18:00"
    for left, ends in (("00:00", False), ("00:01", True)):
        times = {"charges_cleared": began, "released": f"{day} {left}"}
        answer = clock_answer(case_of("synthetic", times, zone, state, "I-247A", None), law())
        assert (answer.no_later_than == midnight) is ends
        assert (answer.governing == "state law") is ends
