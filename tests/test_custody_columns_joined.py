"""Cells of one case in several columns: AM and PM, a second detainer; and days that Parquet holds as times."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ledger287.api import custody_audit, custody_map

ASKED: dict[str, Any] = {"zone": "America/Chicago", "state": "TX", "model": "WSO"}
HALVES = (
    "Booking #,Booked,Detainer Received,Detainer Form,Releasable Date,Releasable Time,AM/PM,"
    "Released Date,Released Time,A/P\n"
    "25-1,06/14/2025 22:10,06/15/2025 09:00,I-247A,06/16/2025,1:00,PM,06/18/2025,1:30,PM\n"
    "25-2,06/14/2025 22:10,06/15/2025 09:00,I-247A,06/16/2025,12:15,AM,06/18/2025,12:10,AM\n"
)
TWO = (
    "Booking #,Booked,Detainer 1 Received,Detainer 1 Form,Detainer 2 Received,Detainer 2 Form,Detainer Lifted,"
    "Releasable,Released\n"
    # The first paper that came counts, whichever column it is in.
    "25-1,06/14/2025 22:10,06/15/2025 09:00,I-247A,06/15/2025 08:00,I-247A,,06/16/2025 13:00,06/18/2025 14:00\n"
    # The second column alone is filled: there was a detainer.
    "25-2,06/14/2025 22:10,,,06/15/2025 08:00,I-247A,,06/16/2025 13:00,06/18/2025 14:00\n"
    # Two forms: one asks for 48 hours and the other for none.
    "25-3,06/14/2025 22:10,06/15/2025 09:00,I-247A,06/15/2025 10:00,I-247G,,06/16/2025 13:00,06/17/2025 13:00\n"
    # Canceled, and come again before the hold.
    "25-4,06/14/2025 22:10,06/15/2025 09:00,I-247A,06/16/2025 10:00,I-247A,06/15/2025 12:00,06/16/2025 13:00,"
    "06/17/2025 13:00\n"
    "25-5,06/14/2025 22:10,06/15/2025 09:00,I-247A,,,06/15/2025 12:00,06/16/2025 13:00,06/17/2025 13:00\n"
)


def audited(file: Path, text: str | None = None, **asked: Any) -> tuple[Any, dict[str, dict[str, Any]]]:
    if text is not None:
        file.write_text(text, encoding="utf-8")
    out = file.parent / "out"
    done = custody_audit(file, out, **ASKED | asked)
    query = 'select "case", epoch(start) as start, epoch("left") as "left" from read_parquet(?)'
    cursor = duckdb.execute(query, [str(out / "cases.parquet")])
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    found: dict[str, dict[str, Any]] = {row["case"]: row | {"duties": {}} for row in rows}
    query = 'select "case", duty, verdict from read_parquet(?)'
    for case, duty, verdict in duckdb.execute(query, [str(out / "findings.parquet")]).fetchall():
        found[case]["duties"][duty] = verdict
    return done, found


@pytest.mark.parametrize("mapped", [False, True])
def test_a_column_of_am_and_pm_is_read_with_its_time(tmp_path: Path, mapped: bool) -> None:
    """From 1:00 PM to 1:30 PM two days later: 48.5 hours; from 12:15 AM to 12:10 AM: five minutes less than 48."""
    file = tmp_path / "halves.csv"
    file.write_text(HALVES, encoding="utf-8")
    asked: dict[str, Any] = {}
    if mapped:
        proposal = custody_map(file)
        assert not proposal.open
        (tmp_path / "jail.yml").write_text(proposal.yaml, encoding="utf-8")
        asked["map"] = str(tmp_path / "jail.yml")
    done, found = audited(file, **asked)
    assert not done.problems
    assert {case: (row["left"] - row["start"]) / 3600 for case, row in found.items()} == {
        "25-1": 48.5,
        "25-2": pytest.approx(47 + 55 / 60),
    }


def test_a_second_detainer_in_columns_of_its_own(tmp_path: Path) -> None:
    done, found = audited(tmp_path / "two.csv", TWO)
    assert not done.problems
    duties = {case: row["duties"] for case, row in found.items()}
    assert duties["25-1"]["over_limit"] == "missed" and "form_no_hold" not in duties["25-1"]
    assert duties["25-2"]["over_limit"] == "missed" and "no_detainer" not in duties["25-2"]
    assert duties["25-3"]["form_no_hold"] == "cannot tell"
    assert "held_after_cancelled" not in duties["25-4"]
    assert duties["25-5"]["held_after_cancelled"] == "cannot tell"
    first = duckdb.execute(
        "select epoch(detainer_received) from read_parquet(?) where \"case\" = '25-1'",
        [str(tmp_path / "out/cases.parquet")],
    ).fetchone()
    assert first == (datetime(2025, 6, 15, 13, tzinfo=UTC).timestamp(),)


def day(number: int, hour: int) -> datetime:
    return datetime(2025, 6, number, hour)


@pytest.mark.parametrize("many", [1, 3])
def test_parquet_times_that_are_all_at_midnight_are_days(tmp_path: Path, many: int) -> None:
    """The release is known by its day only: how long the person was held is "cannot tell", in each of several files."""
    for place in range(many):
        at = {
            "booked": [day(1, 9)] * 4,
            "detainer_received": [day(2, 10)] * 4,
            "charges_cleared": [day(3, 11)] * 4,
            "released": [day(number, 0) for number in (4, 7, 8, 9)],
        }
        times = {name: pa.array(one, pa.timestamp("us")) for name, one in at.items()}
        numbers = [f"made-up-{place}-{number}" for number in range(4)]
        pq.write_table(pa.table({"case": numbers, **times}), tmp_path / f"{place}.parquet")
    done = custody_audit([tmp_path / f"{place}.parquet" for place in range(many)], tmp_path / "out", **ASKED)
    assert done.problems["midnight_only"] == many
    verdicts = duckdb.execute(
        "select verdict, count(*) from read_parquet(?) where duty = 'over_limit' group by 1",
        [str(tmp_path / "out/findings.parquet")],
    ).fetchall()
    assert verdicts == [("cannot tell", 4 * many)]


def test_numbers_of_days_too_short_for_a_second_are_noted(tmp_path: Path) -> None:
    head = "Booking #,Detainer Received,Detainer Form,Releasable,Released\n"
    done, _ = audited(tmp_path / "short.csv", f"{head}1,45823.375,I-247A,45824.5417,45826.75\n")
    assert any("cannot show the second" in note for note in done.notes)
    done, found = audited(tmp_path / "long.csv", f"{head}1,45823.375,I-247A,45824.54168981,45826.75\n")
    assert not any("cannot show the second" in note for note in done.notes)
    assert found["1"]["start"] == datetime(2025, 6, 16, 18, 0, 2, tzinfo=UTC).timestamp()


def test_times_of_day_that_no_field_reads_are_open_in_a_map(tmp_path: Path) -> None:
    file = tmp_path / "van.csv"
    file.write_text(
        "Booking #,Detainer Received,Releasable,Released,Van Left,Pod\n"
        "1,06/15/2025 09:00,06/16/2025 13:00,06/18/2025 14:00,13:45,101\n",
        encoding="utf-8",
    )
    assert [one.split(":")[0] for one in custody_map(file).open] == ["'Van Left'"]
