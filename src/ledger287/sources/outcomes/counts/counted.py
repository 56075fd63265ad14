"""Published files of counts, and files with rows of persons that are counted on reading -> frames of counts.

Each reader takes a path and gives a frame of counts. A file that has a row for each person (detainers) is counted
by DuckDB while it is read; no row of it is kept. Small cells are withheld before anything is written: a count under
``SMALLEST`` in a facility and month is None, and where one withheld month alone could be computed from its year, the
next smallest month of that facility and year is withheld with it.
"""

from pathlib import Path
from typing import Any

import polars as pl

SMALLEST = 5
NOT_SAID = "not said"


def _query(sql: str, **names: Any) -> pl.DataFrame:
    import duckdb  # an extra, which only these files need

    with duckdb.connect() as connection:
        return pl.DataFrame(connection.sql(sql, params=names).to_arrow_table())


def detainers_by_reason(path: Path) -> pl.DataFrame:
    """Detainers by month and reason lifted, for the state as one: month, reason, detainers."""
    return _query(
        """select date_trunc('month', try_cast(date as timestamp))::date as month,
                  coalesce(nullif(trim(lift_reason), ''), $none) as reason, count(*)::integer as detainers
           from read_csv($path, all_varchar = true) group by all order by all""",
        path=str(path),
        none=NOT_SAID,
    )


def detainers_by_facility(path: Path) -> pl.DataFrame:
    """Detainers by facility and month, small cells withheld: facility, city, month, detainers, taken, withheld.

    ``taken`` is how many were booked into detention; it is None wherever it, or the rest, is small.
    """
    counted = _query(
        """select trim(det_facility) as facility, trim(city) as city,
                  date_trunc('month', try_cast(date as timestamp))::date as month,
                  count(*)::integer as detainers,
                  count(*) filter (where lift_reason = 'Booked into Detention')::integer as taken
           from read_csv($path, all_varchar = true) group by all order by all""",
        path=str(path),
    )
    return withheld(counted)


def facility_years(path: Path) -> pl.DataFrame:
    """Detainers by facility and year, small ones withheld: facility, city, year, detainers, taken."""
    counted = _query(
        """select trim(det_facility) as facility, trim(city) as city,
                  year(try_cast(date as timestamp))::integer as year, count(*)::integer as detainers,
                  count(*) filter (where lift_reason = 'Booked into Detention')::integer as taken
           from read_csv($path, all_varchar = true) group by all order by all""",
        path=str(path),
    )
    return counted.with_columns(
        taken=pl.when((pl.col("taken") >= SMALLEST) & (pl.col("detainers") - pl.col("taken") >= SMALLEST)).then(
            "taken"
        ),
        detainers=pl.when(pl.col("detainers") >= SMALLEST).then("detainers"),
    )


def withheld(counted: pl.DataFrame) -> pl.DataFrame:
    """A frame of facility-months with small cells withheld, and one more where a single one could be computed."""
    year = pl.col("month").dt.year()
    ranked = counted.with_columns(year.alias("year"), small=pl.col("detainers") < SMALLEST).with_columns(
        smalls=pl.col("small").sum().over("facility", "city", "year"),
        rank=pl.struct(pl.col("small").not_(), "detainers", "month").rank("ordinal").over("facility", "city", "year"),
    )
    hide = pl.col("small") | ((pl.col("smalls") == 1) & (pl.col("rank") == 2))
    return ranked.select(
        "facility",
        "city",
        "month",
        detainers=pl.when(~hide).then("detainers"),
        taken=pl.when(~hide & (pl.col("taken") >= SMALLEST) & (pl.col("detainers") - pl.col("taken") >= SMALLEST)).then(
            "taken"
        ),
        withheld=hide,
    )


def daily_arrests(folder: Path) -> pl.DataFrame:
    """Daily arrests of the states that one compilation covers, long: day, state, arrests."""
    frame = pl.read_csv(folder / "daily_arrests.csv", infer_schema_length=0, null_values="NA")
    states = [name for name in frame.columns if name not in ("", "apprehension_date")]
    return (
        frame.select(
            pl.col("apprehension_date").str.to_date().alias("day"), *(pl.col(name).cast(pl.Int32) for name in states)
        )
        .unpivot(index="day", variable_name="state", value_name="arrests")
        .drop_nulls("arrests")
        .with_columns(pl.col("state").str.to_titlecase())
        .sort("state", "day")
    )


def arrests_by_state(path: Path, state: str = "state", arrests: str = "arrests") -> pl.DataFrame:
    """One compilation of arrests by state: state as printed in one case, arrests, and the row it is in."""
    frame = pl.read_csv(path, infer_schema_length=0).with_row_index("row", offset=2)
    return frame.select(
        pl.col(state).str.strip_chars().str.to_titlecase().str.replace(" Of ", " of ").alias("state"),
        pl.col(arrests).str.replace_all(",", "").cast(pl.Int64, strict=False).alias("arrests"),
        pl.col("row").cast(pl.Int32),
    )


def posted_arrests(path: Path) -> pl.DataFrame:
    """ICE's daily posts of January 2025: day, arrests, detainers, source, row."""
    frame = pl.read_csv(path, infer_schema_length=0).with_row_index("row", offset=2)
    filled = frame.with_columns(
        source=pl.when(pl.col("source").str.starts_with("same")).then(None).otherwise(pl.col("source")).forward_fill()
    )
    return filled.select(
        pl.col("date").str.to_date().alias("day"),
        pl.col("arrests").cast(pl.Int32),
        pl.col("detainers").cast(pl.Int32),
        "source",
        pl.col("row").cast(pl.Int32),
    )
