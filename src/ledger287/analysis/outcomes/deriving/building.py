"""The published files of a folder -> the tables on outcomes that ship, and a report of what was met.

What enters: the folder ``outcomes`` of the inputs, and the ZIP codes of counties next to it. What leaves: Parquet
tables in ``shipped``, with ``report.json``: counts, checks and problems. The same files give the same bytes. Run as
``python -m ledger287.analysis.outcomes.deriving.building ../shared`` (``make outcomes``).
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.deriving import detention_tables, facility_tables
from ledger287.core.problem import Problem
from ledger287.ledger.outcomes.store import SHIPPED
from ledger287.sources.outcomes.counts import counted, minnesota
from ledger287.sources.outcomes.counts.facility_days import DDP, UWCHR, ddp_days, uwchr_days
from ledger287.sources.outcomes.counts.identified import read_identified
from ledger287.sources.outcomes.folder import read_folder

FILES = {
    "ddp": "ddp_facilities_daily_population_20221001_20260310.parquet",
    "uwchr": "uwchr_headcount_by_facility_day_fy12_24.csv.gz",
    "listed": "ice_facilities_20260720_from_biweekly.json",
    "identified": "identified_removed_fy2006_2013.csv",
    "detainers": "pa_detainers_2007_2013.csv.gz",
    "arrests_a": "arrests_by_state_ccij_20250120_20260806.csv",
    "arrests_b": "arrests_by_state_ddp_20250101_20260731.csv",
    "posted": "ice_posted_daily_arrests_jan2025.csv",
}


def build(shared: Path, out: Path = SHIPPED) -> dict[str, Any]:
    """Derive every table and write it; returns the report, which is written too."""
    folder = shared / "outcomes"
    tables: dict[str, pl.DataFrame] = {}
    problems: list[Problem] = []
    report: dict[str, Any] = {}
    _detention(folder, tables, problems, report)
    _facilities(shared, tables, report)
    _counts(folder, tables, problems, report)
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(out / f"{name}.parquet", compression="zstd", compression_level=19, statistics=False)
    report["rows"] = {name: frame.height for name, frame in sorted(tables.items())}
    report["problems"] = [asdict(problem) for problem in problems]
    (out / "report.json").write_text(
        json.dumps(report, indent=1, default=str, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return report


def _detention(folder: Path, tables: dict[str, pl.DataFrame], problems: list[Problem], report: dict[str, Any]) -> None:
    files, repeated = read_folder(folder / "ice_detention_stats", _progress)
    problems += repeated
    problems += [problem for one in files for problem in one.book.problems]
    tables["held"] = detention_tables.held_table(files)
    tables["values"] = detention_tables.values_table(files)
    tables["facility_averages"] = detention_tables.facility_averages_table(files)
    report["workbooks"] = {
        "read": len(files),
        "numbers": sum(one.book.numbers for one in files),
        "in_tables": sum(one.book.numbers_in_tables for one in files),
        "in_sentences": sum(one.book.numbers_in_words for one in files),
        "unplaced": sum(one.book.numbers_unplaced for one in files),
        "days_not_told": sum(one.book.as_of.day is None for one in files),
    }


def _facilities(shared: Path, tables: dict[str, pl.DataFrame], report: dict[str, Any]) -> None:
    folder = shared / "outcomes"
    newer, older = ddp_days(folder / FILES["ddp"]), uwchr_days(folder / FILES["uwchr"])
    days = [(DDP, newer), (UWCHR, older)]
    facilities = facility_tables.facilities_table(
        pl.concat([newer, older]),
        folder / FILES["listed"],
        tables["facility_averages"],
        shared / "geography" / "zip_to_county_2022.csv.gz",
    )
    tables["facilities"] = facilities
    tables["facility_months"] = facility_tables.facility_months_table(days)
    tables["state_days"] = facility_tables.place_days_table(days, facilities, "state")
    tables["county_days"] = facility_tables.place_days_table(days, facilities, "county_fips")
    tables["nation_days"] = facility_tables.nation_days_table(days)
    tables["overlap"] = facility_tables.overlap_table(newer, older)
    tables["releases"] = facility_tables.releases_table(newer, older)
    tables["intervals"] = facility_tables.intervals_table(tables["facility_averages"], facilities, newer)
    placed = newer.join(facilities.select("code", "state", "county_fips"), on="code")
    total = float(placed["held"].sum())
    report["facilities"] = {
        "codes": facilities.height,
        "people_days_with_state": round(float(placed.drop_nulls("state")["held"].sum()) / total, 4),
        "people_days_with_county": round(float(placed.drop_nulls("county_fips")["held"].sum()) / total, 4),
    }


def _counts(folder: Path, tables: dict[str, pl.DataFrame], problems: list[Problem], report: dict[str, Any]) -> None:
    rows, row_problems = read_identified((folder / FILES["identified"]).read_bytes(), FILES["identified"])
    problems += row_problems
    tables["identified"] = pl.DataFrame([asdict(row) for row in rows])
    detainers = folder / FILES["detainers"]
    tables["detainers_by_reason"] = counted.detainers_by_reason(detainers)
    tables["detainers_by_facility"] = counted.detainers_by_facility(detainers)
    tables["detainers_by_facility_year"] = counted.facility_years(detainers)
    states = folder / "minnesota_and_states"
    tables["detainers_minnesota"] = minnesota.by_month(states)
    tables["detainers_minnesota_days"] = minnesota.by_day(states)
    tables["detainers_minnesota_jails"] = minnesota.by_facility(states)
    tables["detainers_minnesota_reasons"] = minnesota.reasons(states)
    tables["arrests_minnesota_kinds"] = minnesota.arrest_kinds(states)
    tables["arrests_daily"] = counted.daily_arrests(states)
    tables["arrests_posted"] = counted.posted_arrests(folder / FILES["posted"])
    first, second = (counted.arrests_by_state(folder / FILES[name]) for name in ("arrests_a", "arrests_b"))
    tables["arrests_by_state"] = first.join(second, on="state", how="full", coalesce=True, suffix="_b").sort("state")
    report["identified"] = {
        "identified": int(tables["identified"]["identified"].sum()),
        "removed": int(tables["identified"]["removed"].sum()),
    }


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  workbooks {done}/{total}" + ("\n" if done == total else ""))


if __name__ == "__main__":
    made = build(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
    sys.stdout.write(json.dumps({key: value for key, value in made.items() if key != "problems"}, indent=1) + "\n")
