"""ICE's averages of intervals against the daily counts: how many fit, within what bounds, and why the rest do not.

What enters: the shipped tables ``intervals`` and ``releases``. What leaves: the shares of facility-intervals within
three bounds, and each interval outside of rounding by one cause, with its size. Promise: a cause says how the two
sources differ, as far as their numbers show it; why ICE's workbook counts somebody whom the release does not have, or
the other way, is not in either.
"""

from typing import Any

import polars as pl

from ledger287.ledger.outcomes import store

NATION = 30
"""An interval with so many facilities that were measured says something of all of them together."""
WHOLE = 1e-3
"""A difference so near to a whole number of people, apart from rounding, is one of people counted on every day."""
CAUSES = {
    "workbook": "two intervals in a row are outside in opposite directions and fit together: the figure of the "
    "workbook between them differs",
    "whole_people": "the average is a whole number of people from the count at midnight: one source counts them on "
    "every day of the interval, and the other does not",
    "more_in_most": "more than everybody held at any time, in a facility where most intervals are so",
    "more": "more than everybody held at any time, in other facilities",
    "fewer": "fewer than at midnight",
}


def intervals_compared() -> dict[str, Any]:
    """How ICE's averages of intervals compare with the daily counts, within what bounds, and where they do not.

    Three bounds, each wider: rounding alone, around the span from the count at midnight to everybody held at any time
    of a day; one person more; and what two releases of ICE's own records differ by (``releases``), which is measured
    without the averages.
    """
    intervals, release = store.table("intervals"), store.table("releases").row(0, named=True)
    measured = intervals.drop_nulls("midnight").filter("possible")
    out = pl.max_horizontal(pl.col("midnight") - pl.col("average"), pl.col("average") - pl.col("held"), 0.0)
    bound = 1 + release["share"] * pl.col("midnight")
    judged = measured.with_columns(
        out=out, exact=out <= pl.col("room"), one=out <= 1, fits=out <= pl.max_horizontal(bound, pl.col("room"))
    )
    nation = judged.group_by("first", "through").agg(pl.col("average", "midnight", "held").sum(), pl.len())
    nation = nation.filter(pl.col("len") >= NATION)
    between = (pl.col("average") >= pl.col("midnight")) & (pl.col("average") <= pl.col("held"))
    by_code = judged.group_by("code").agg(pl.len().alias("intervals"), outside=(~pl.col("fits")).sum())
    otherwise = by_code.filter(pl.col("outside") * 2 > pl.col("intervals")).sort("outside", "code", descending=True)
    share = judged.select(pl.col("exact", "one", "fits").mean()).row(0, named=True)
    return {
        "all": intervals.height,
        "impossible": intervals.filter(~pl.col("possible")).height,
        "measured": measured.height,
        "between_midnight_and_held": round(share["exact"], 4),
        "within_one_person": round(share["one"], 4),
        "within_releases": round(share["fits"], 4),
        "release_share": round(release["share"], 4),
        "facilities": by_code.height,
        "facilities_outside": by_code.filter(pl.col("outside") > 0).height,
        "counted_otherwise": [row["code"] for row in otherwise.iter_rows(named=True)],
        "nationwide": {"intervals": nation.height, "between": nation.filter(between).height},
        "outside_by_cause": _by_cause(judged),
    }


def _by_cause(judged: pl.DataFrame) -> list[dict[str, Any]]:
    """The intervals outside of rounding alone, each with one cause, in the order of ``CAUSES``."""
    outside = _with_causes(judged).filter(~pl.col("exact"))
    days = float(judged.select((pl.col("midnight") * pl.col("length")).sum()).item())
    rows: list[dict[str, Any]] = []
    for cause, says in CAUSES.items():
        own = outside.filter(pl.col("cause") == cause)
        people = float(own.select((pl.col("out") * pl.col("length")).sum()).item())
        rows.append(
            {
                "cause": cause,
                "says": says,
                "intervals": own.height,
                "share_of_measured": round(own.height / judged.height, 4),
                "facilities": own["code"].n_unique(),
                "median_people_outside": round(float(own.select(pl.col("out").median()).item() or 0), 2),
                "share_of_people_days": round(people / days, 5),
            }
        )
    return rows


def _with_causes(judged: pl.DataFrame) -> pl.DataFrame:
    """Each interval with the cause that it has where it is outside."""
    more, fewer = pl.col("average") > pl.col("held"), pl.col("average") < pl.col("midnight")
    gap = pl.col("average") - pl.col("midnight")
    whole = ((gap - gap.round()).abs() <= 3 * pl.col("room") + WHOLE) & (gap.round() != 0)
    frame = judged.sort("code", "through").with_columns(
        most=(more & ~pl.col("exact")).mean().over("code") > 0.5, slip=_fits_with(1) | _fits_with(-1)
    )
    return frame.with_columns(
        cause=pl.when(pl.col("slip")).then(pl.lit("workbook"))
        .when(whole).then(pl.lit("whole_people"))
        .when(fewer).then(pl.lit("fewer"))
        .when(pl.col("most")).then(pl.lit("more_in_most"))
        .otherwise(pl.lit("more"))
    )  # fmt: skip


def _fits_with(step: int) -> pl.Expr:
    """Whether an interval and the one after it (or before it) are outside in opposite directions and fit together."""
    other = {name: pl.col(name).shift(-step).over("code") for name in ("average", "midnight", "held", "length", "room")}
    days = pl.col("length") + other["length"]
    both = {
        name: (pl.col(name) * pl.col("length") + other[name] * other["length"]) / days
        for name in ("average", "midnight", "held", "room")
    }
    adjoin = (
        pl.col("through") + pl.duration(days=1) == pl.col("first").shift(-1).over("code")
        if step == 1
        else pl.col("through").shift(1).over("code") + pl.duration(days=1) == pl.col("first")
    )
    opposite = ((pl.col("average") > pl.col("held")) & (other["average"] < other["midnight"])) | (
        (pl.col("average") < pl.col("midnight")) & (other["average"] > other["held"])
    )
    fits = (both["average"] >= both["midnight"] - both["room"]) & (both["average"] <= both["held"] + both["room"])
    return (adjoin & opposite & fits).fill_null(value=False)
