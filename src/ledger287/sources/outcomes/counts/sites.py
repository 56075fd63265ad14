"""Arrests by apprehension site and month, under three rules for duplicates; no row or identifier leaves the engine.

What enters: an engine with the view ``counted_rows`` of a file of arrests. What leaves: by site, state and month every
row (``rows``), those that the publisher does not flag (``arrests``), and one a person and day (``once_a_day``, null
where the file has no column that sets persons apart); and the days of each month on which the file has an arrest.
Promise: an identifier is compared while rows are counted, within one site and day, and written nowhere.
"""

import polars as pl

from ledger287.sources.outcomes.counts.engine import Counting
from ledger287.sources.outcomes.counts.rare import rare_as_one


def sites_by_month(engine: Counting, not_said: str) -> pl.DataFrame:
    """Counts by site, state and month, with texts of few rows as one."""
    counts = engine.frame(
        """select site, state, date_trunc('month', day)::date as month, count(*)::integer as rows,
                  count(*) filter (where not flagged)::integer as arrests
           from counted_rows where day is not null group by all order by all"""
    )
    known = engine.frame(f"select count(*) > 0 as known from counted_rows where person <> '{not_said}'").item()
    if not known:
        few = rare_as_one(counts, ("site", "state"), ("rows", "arrests"))
        return few.with_columns(once_a_day=pl.lit(None, pl.Int32))
    once = (pl.col("rows") - pl.col("again").fill_null(0)).cast(pl.Int32)
    joined = counts.join(_repeats(engine, not_said), on=["site", "state", "month"], how="left")
    counted = joined.with_columns(once_a_day=once).drop("again")
    return rare_as_one(counted, ("site", "state"), ("rows", "arrests", "once_a_day"))


def _repeats(engine: Counting, not_said: str) -> pl.DataFrame:
    """By site, state and month: rows of a person who has another row of the same site and day, but the first."""
    mark = engine.mark("site, state, person, day")
    engine.run(
        f"create view marked_rows as select site, state, date_trunc('month', day)::date as month, {mark} as mark"
        f" from counted_rows where day is not null and person <> '{not_said}'"
    )
    engine.run("create view repeated_marks as select mark from marked_rows group by mark having count(*) > 1")
    return engine.frame(
        """select site, state, month, (count(*) - count(distinct marked_rows.mark))::integer as again
           from marked_rows join repeated_marks on marked_rows.mark = repeated_marks.mark
           group by all order by all"""
    )


def days_reached(engine: Counting) -> pl.DataFrame:
    """By month: the days on which the file has any arrest, which says how much of a month it reaches."""
    return engine.frame(
        """select date_trunc('month', day)::date as month, count(distinct day)::integer as days
           from counted_rows where day is not null group by all order by all"""
    )
