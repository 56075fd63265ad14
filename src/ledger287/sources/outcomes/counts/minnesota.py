"""Minnesota's published counts -> detainers by day, by month and by facility and reason, and arrests by kind.

What enters: the folder of one compilation's tables. What leaves: frames of counts. The table by facility prints no
days: its window ends on the last day of the counts by day, and begins on the day from which they have its sum. Promise:
of a facility, a count under ``SMALLEST`` is None, and so is the next smallest where a hidden one could be computed.
"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.sources.outcomes.counts.counted import SMALLEST

REASONS = {
    "Booked into Detention": "taken",
    "Detainer Declined by LEA": "declined",
    "No longer in State, Local, or Federal Custody": "gone",
    "other": "other",
    "NA": "not_said",
}
"""The reasons that the table by facility prints -> the columns here."""


def by_month(folder: Path) -> pl.DataFrame:
    """Detainers by month, as published: month, detainers."""
    frame = pl.read_csv(folder / "mn_detainers_by_month.csv", infer_schema_length=0)
    return frame.select(
        month=pl.col("month_year").str.strip_chars().add("-01").str.to_date(), detainers=pl.col("count").cast(pl.Int32)
    )


def by_day(folder: Path) -> pl.DataFrame:
    """Detainers by day, as published: day, detainers."""
    frame = pl.read_csv(folder / "mn_detainers_over_time.csv", infer_schema_length=0)
    return frame.select(
        day=pl.col("detainer_prepare_date").str.to_date(), detainers=pl.col("count").cast(pl.Int32)
    ).sort("day")


def arrest_kinds(folder: Path) -> pl.DataFrame:
    """Arrests by day as the compilation has their kind: day, targeted, collateral."""
    frame = pl.read_csv(folder / "mn_collateral.csv", infer_schema_length=0)
    return frame.select(
        day=pl.col("apprehension_date").str.to_date(),
        targeted=pl.col("Targeted").cast(pl.Int32),
        collateral=pl.col("Collateral").cast(pl.Int32),
    ).sort("day")


def by_facility(folder: Path) -> pl.DataFrame:
    """Detainers of some months by facility and why they were lifted, small cells withheld; with the days they cover."""
    frame = pl.read_csv(folder / "surge_detainers_by_liftreason.csv", infer_schema_length=0, null_values=[])
    numbers = [pl.col(name).replace("NA", "0").cast(pl.Int32).alias(column) for name, column in REASONS.items()]
    counted = frame.select(
        pl.col("detention_facility").str.strip_chars().alias("facility"),
        pl.col("total").cast(pl.Int32).alias("detainers"),
        *numbers,
    )
    first, through = window(by_day(folder), int(counted["detainers"].sum()))
    shown = [_withheld(row) for row in counted.iter_rows(named=True)]
    return pl.DataFrame(shown, schema=counted.schema).with_columns(
        first=pl.lit(first, pl.Date), through=pl.lit(through, pl.Date)
    )


def reasons(folder: Path) -> pl.DataFrame:
    """The same detainers of the state as one, by why they were lifted: reason, detainers."""
    frame = pl.read_csv(folder / "surge_detainers_by_liftreason.csv", infer_schema_length=0, null_values=[])
    sums = {name: int(frame[name].replace("NA", "0").cast(pl.Int32).sum()) for name in REASONS}
    says = {"NA": "not said", "other": "Other"}
    rows = [{"reason": says.get(name, name), "detainers": number} for name, number in sums.items()]
    return pl.DataFrame(rows).sort("detainers", descending=True)


def window(days: pl.DataFrame, total: int) -> tuple[date | None, date | None]:
    """The days up to the last that have a sum; None where none, or more than one first day, does."""
    sums = days.sort("day", descending=True).with_columns(so_far=pl.col("detainers").cum_sum())
    fitting = sums.filter((pl.col("so_far") == total) & (pl.col("detainers") > 0))
    return (fitting["day"][0], days["day"].max()) if fitting.height == 1 else (None, None)  # type: ignore[return-value]


def _withheld(row: dict[str, Any]) -> dict[str, Any]:
    """A facility's counts without those under 5, nor one from which a hidden one could be computed."""
    cells = sorted((number, name) for name, number in row.items() if name in REASONS.values() and number > 0)
    if row["detainers"] < SMALLEST:
        return {"facility": row["facility"], **dict.fromkeys(name for name in row if name != "facility")}
    hidden = {name for number, name in cells if number < SMALLEST}
    for _, name in cells:
        if not hidden or (len(hidden) > 1 and sum(row[one] for one in hidden) >= SMALLEST):
            break
        hidden.add(name)
    return {name: None if name in hidden else value for name, value in row.items()}
