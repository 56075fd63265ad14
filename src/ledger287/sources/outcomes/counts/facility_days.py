"""Files of people held by facility and day -> one frame of facility-days, whichever project published them.

What enters: the Deportation Data Project's parquet, or the count that the University of Washington's Center for Human
Rights made of ICE's records. What leaves: code, day, held (at any time of the day), midnight (at the count at
midnight), convicted; None where the file has no such column. Each row is already a count: no persons are in it.
"""

from pathlib import Path

import polars as pl

DDP = "ddp"
UWCHR = "uwchr"
RELEASES = {"2013-10-01": "a new release of the older count", "2023-10-01": "a new release of the newer count"}


def ddp_days(path: Path) -> pl.DataFrame:
    """The Deportation Data Project's file. Days with nobody held are left out, as the other source leaves them."""
    frame = pl.scan_parquet(path).select(
        pl.col("detention_facility_code").alias("code"),
        pl.col("date").alias("day"),
        pl.col("n_detained").alias("held"),
        pl.col("n_detained_at_midnight").alias("midnight"),
        pl.col("n_detained_convicted_criminal").alias("convicted"),
        pl.col("detention_facility").alias("name"),
    )
    return frame.filter(pl.col("held") > 0).collect()


def uwchr_days(path: Path) -> pl.DataFrame:
    """The University of Washington's file, which has one count a facility and day."""
    frame = pl.read_csv(path, separator="|", schema_overrides={"date": pl.Date})
    return frame.select(
        pl.col("detention_facility_code").alias("code"),
        pl.col("date").alias("day"),
        pl.col("n").cast(pl.Int32).alias("held"),
        midnight=pl.lit(None, pl.Int32),
        convicted=pl.lit(None, pl.Int32),
        name=pl.lit(None, pl.String),
    )
