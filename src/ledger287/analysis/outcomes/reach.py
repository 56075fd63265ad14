"""How many days of a month a source of people held reaches: what the mean of that month is divided by.

What enters: months by source, and two days if a part of them is meant. What leaves: the same with ``reached``. A day
without a row is one on which nobody was held, so days are counted by the source's first and last, never by rows.
"""

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from ledger287.ledger.outcomes import store


@cache
def reaches(_: Path) -> dict[str, tuple[date, date]]:
    """Source -> its first day and its last."""
    days = store.table("nation_days").group_by(pl.col("source").cast(pl.String))
    return {
        source: (first, last) for source, first, last in days.agg(a=pl.col("day").min(), b=pl.col("day").max()).rows()
    }


def with_reached(months: pl.LazyFrame, first: date | None = None, last: date | None = None) -> pl.LazyFrame:
    """Months by ``source`` (text) with ``reached``: the days of the month that the source reaches, within two days."""
    known = reaches(store.folder())
    spans = pl.LazyFrame(
        {
            "source": list(known),
            "begin": [max(begin, first or date.min) for begin, _ in known.values()],
            "end": [min(end, last or date.max) for _, end in known.values()],
        }
    )
    till = pl.min_horizontal(pl.col("month").dt.month_end(), pl.col("end"))
    reached = (till - pl.max_horizontal(pl.col("month"), pl.col("begin"))).dt.total_days() + 1
    return months.join(spans, on="source", maintain_order="left").with_columns(reached=reached).drop("begin", "end")
