"""Counting with Spark gives the counts of DuckDB, file by file and day by day; what neither believes is reported."""

import importlib.util
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from custody_making import BRIEF_JAVA
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.core.process.spark import EngineStopped
from ledger287.sources.outcomes.counts import person_files, spark
from ledger287.sources.outcomes.counts.person_files import Counted, count_file

NEEDS = [
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None, reason="PySpark is not installed (pip install 'ledger287[spark]')"
    ),
    pytest.mark.skipif(shutil.which("java") is None, reason="PySpark needs Java, which is not here"),
    pytest.mark.slow,
]
DAYS = [
    "2025-03-01", "2025-3-1", "2025/03/01", "2025-03-01 23:59:59", "2025-03-01T23:59:59Z", "2025-03-01 10:15",
    "2025-03-01 23:00:00-05", "2025-03-01 10:15:00.123", "3/1/2025", "03/01/2025 13:05", "03/01/2025 13:05:06",
    "3/1/2025 1:05:06 PM", "3/1/2025 1:05 PM", "3/1/25", "3/1/25 10:00", "1/5/95", " 2025-03-01 ", "\u00a03/1/2025",
    "2025", "2025-03", "20250301", "45717", "2025-02-30", "2/30/2025", "13/1/2025", "2025-03-01 25:00:00",
    "2025-03-01 junk", "junk", "", None, "5025-03-01", "3/1/5025", "0025-03-01", "1950-03-01", "2027-01-01",
    "2025-03-01 10", "3/1/2025 14:05 PM", "2025-03-01 10:15:00 UTC", "March 1, 2025",
]  # fmt: skip
METHODS = ("Located", 'CAP, "local"', "two\nlines", "Ca\u00f1on")
TEXTS = {"apprehension_date": pl.String}
UNTIL = date(2026, 6, 30)


@pytest.fixture(scope="module", autouse=True)
def brief_java() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name, value in BRIEF_JAVA.items():
            patched.setenv(name, value)
        yield


def synthetic_arrests() -> pl.DataFrame:
    """Arrests that nobody made, with days as anybody may write them."""
    count = 20 * len(DAYS)
    return pl.DataFrame(
        {
            "apprehension_date": [DAYS[n % len(DAYS)] for n in range(count)],
            "apprehension_state": [("TEXAS", "OHIO ", None, "\u00a0Guam")[n % 4] for n in range(count)],
            "apprehension_method": [
                ("Located", 'CAP, "local"', "two\nlines", "Ca\u00f1on")[n % 4] for n in range(count)
            ],
            "apprehension_criminality": ["1 Convicted Criminal" if n % 5 else "" for n in range(count)],
            "duplicate_likely": [(True, False, None)[n % 3] for n in range(count)],
        }
    )


def synthetic_stays() -> pl.DataFrame:
    """Stays of nobody: some without an end, some that end before they begin, some in a year that cannot be."""
    start = datetime(2025, 12, 1, 22, tzinfo=UTC)
    ends = [None, timedelta(days=3), timedelta(days=40), timedelta(days=-2), timedelta(days=365 * 3000)]
    count = 400
    return pl.DataFrame(
        {
            "detention_facility_code": [f"SYN{n % 7}TX" for n in range(count)],
            "book_in_date_time": [start + timedelta(hours=5 * n) for n in range(count)],
            "book_out_date_time": [
                None if (gap := ends[n % 5]) is None else start + timedelta(hours=5 * n) + gap for n in range(count)
            ],
            "likely_duplicate": [("no", "yes", None)[n % 3] for n in range(count)],
        }
    )


def synthetic_detainers() -> pl.DataFrame:
    """Detainers of nobody."""
    return pl.DataFrame(
        {
            "Detainer Prepare Date": [f"{1 + n % 12}/{1 + n % 28}/2025" for n in range(300)],
            "Facility State": ["PA" if n % 3 else "Ohio" for n in range(300)],
            "Detention Facility": [f"SYNTHETIC JAIL {n % 4}" for n in range(300)],
            "Detainer Lift Reason": ["Booked into Detention" if n % 2 else None for n in range(300)],
        }
    )


def written(folder: Path) -> list[Path]:
    """The synthetic files in every form that can be counted."""
    arrests = synthetic_arrests()
    arrests.write_parquet(folder / "arrests.parquet")
    arrests.write_csv(folder / "arrests.csv")
    (folder / "latin.csv").write_bytes(arrests.write_csv().replace("Guam", "Guam\u00e9").encode("latin-1"))
    synthetic_stays().write_parquet(folder / "stays.parquet")
    synthetic_detainers().write_csv(folder / "detainers.tsv", separator="\t")
    synthetic_detainers().write_excel(folder / "detainers.xlsx", position=(4, 0))
    parts = folder / "parts [1]"
    parts.mkdir()
    (parts / "_SUCCESS").touch()
    for number in range(3):
        synthetic_stays()[number::3].write_parquet(parts / f"part-{number}.parquet")
    return sorted(folder.iterdir())


def test_days_are_read_or_reported_and_never_another_year(tmp_path: Path) -> None:
    pl.DataFrame({"apprehension_date": DAYS, "apprehension_state": "TX"}).write_parquet(tmp_path / "days.parquet")
    counted = count_file(tmp_path / "days.parquet", until=UNTIL)
    months = counted.tables["added_arrests_by_state"]
    assert dict(months.select("month", "rows").iter_rows()) == {date(2025, 3, 1): 18, date(1995, 1, 1): 1}
    assert counted.without_day == len(DAYS) - 19


def test_a_row_whose_flag_is_blank_is_counted(tmp_path: Path) -> None:
    frame = pl.DataFrame({"apprehension_date": ["2025-03-01"] * 3, "apprehension_state": "TX",
                          "duplicate_likely": [True, None, False]})  # fmt: skip
    frame.write_parquet(tmp_path / "flags.parquet")
    counted = count_file(tmp_path / "flags.parquet")
    assert counted.flagged == 1 and counted.tables["added_arrests_by_state"]["arrests"].to_list() == [2]


def test_a_time_in_utc_has_the_day_that_is_written_whatever_the_clock_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        day = datetime(2025, 3, 1, 2, tzinfo=UTC)
        frame = pl.DataFrame({"apprehension_date": [day] * 9, "apprehension_state": "TX"})
        frame.write_parquet(tmp_path / "utc.parquet")
        months = count_file(tmp_path / "utc.parquet").tables["added_arrests_by_state"]["month"].to_list()
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    assert months == [date(2025, 3, 1)]


def test_stays_that_cannot_be_are_counted_as_said_and_reported(tmp_path: Path) -> None:
    synthetic_stays().write_parquet(tmp_path / "stays.parquet")
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["outcomes", "add", str(tmp_path / "stays.parquet"), "--out", str(out), "--json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (answer["counts"]["without_end"], answer["counts"]["ended_before"]) == (80, 80)
    assert {"unreadable_day", "ended_before"} <= {one["kind"] for one in answer["problems"]}
    months = pl.read_parquet(out / "added_facility_months.parquet")
    assert months.filter((pl.col("midnight") < 0) | (pl.col("month") > date(2026, 3, 1))).is_empty()


def test_a_folder_of_parts_is_one_file(tmp_path: Path) -> None:
    written(tmp_path)
    whole, parts = count_file(tmp_path / "stays.parquet"), count_file(tmp_path / "parts [1]")
    assert parts.rows == 400 and all(parts.tables[name].equals(frame) for name, frame in whole.tables.items())
    (tmp_path / "parts [1]" / "notes.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(Refused, match="expected a folder of"):
        count_file(tmp_path / "parts [1]")


def test_an_engine_that_is_not_known_is_refused_with_the_choices(tmp_path: Path) -> None:
    synthetic_stays().write_parquet(tmp_path / "stays.parquet")
    command = ["outcomes", "add", str(tmp_path / "stays.parquet"), "--out", str(tmp_path / "out"), "--engine", "flink"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code != 0 and "expected duckdb or spark" in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_spark_that_breaks_down_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: Any, **more: Any) -> Any:
        raise EngineStopped("Spark did not start at spark://nowhere:7077.")

    monkeypatch.setattr(spark, "session", stopped)
    synthetic_stays().write_parquet(tmp_path / "stays.parquet")
    command = ["outcomes", "add", str(tmp_path / "stays.parquet"), "--out", str(tmp_path / "out"), "--engine", "spark"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 3 and "the engine stopped" in result.output
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def one_session() -> Iterator[None]:
    """One session for every file: a JVM a file would take most of the time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(spark.SparkCounting, "close", lambda self: None)
        yield
        if (session := _active()) is not None:
            session.stop()


def _active() -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.getActiveSession()


def same(one: Counted, other: Counted) -> None:
    for name in ("kind", "rows", "flagged", "without_day", "without_end", "ended_before", "missing"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.tables.keys() == other.tables.keys()
    for name, frame in one.tables.items():
        assert frame.schema == other.tables[name].schema
        assert frame.equals(other.tables[name]), name


@pytest.mark.usefixtures("one_session")
class TestSpark:
    pytestmark = NEEDS

    def test_every_file_counts_as_with_duckdb(self, tmp_path: Path) -> None:
        for path in written(tmp_path):
            same(count_file(path, until=UNTIL), count_file(path, "spark", until=UNTIL))

    def test_every_day_is_read_alike(self, tmp_path: Path) -> None:
        for number, day in enumerate(DAYS):
            state = f"day {number}"
            frame = pl.DataFrame({"apprehension_date": [day], "apprehension_state": [state]}, schema_overrides=TEXTS)
            frame.write_parquet(tmp_path / f"part-{number}.parquet")
        same(count_file(tmp_path, until=UNTIL), count_file(tmp_path, "spark", until=UNTIL))

    def test_the_command_writes_the_same_bytes(self, tmp_path: Path) -> None:
        synthetic_stays().write_parquet(tmp_path / "stays.parquet")
        for engine in person_files.ENGINES:
            command = ["outcomes", "add", str(tmp_path / "stays.parquet"), "--out", str(tmp_path / engine)]
            CliRunner().invoke(app, [*command, "--engine", engine])
        made = sorted(path.name for path in (tmp_path / "duckdb").iterdir())
        assert "added_facility_months.parquet" in made and made == sorted(
            path.name for path in (tmp_path / "spark").iterdir()
        )
        for name in made:
            assert (tmp_path / "duckdb" / name).read_bytes() == (tmp_path / "spark" / name).read_bytes(), name

    def test_a_file_that_breaks_is_refused_in_words(self, tmp_path: Path) -> None:
        (tmp_path / "cut.csv").write_text("apprehension_date,apprehension_state\n2025-03-01,TX\n" * 1, encoding="utf-8")
        with (tmp_path / "cut.csv").open("a", encoding="utf-8") as file:
            file.writelines("2025-03-01,TX\n" * 30_000)
            file.write("2025-03-01,TX,more,and more\n")
        for engine in person_files.ENGINES:
            with pytest.raises(Refused, match="line 30003: expected 2 fields, as its headings have; found 4"):
                count_file(tmp_path / "cut.csv", engine)
