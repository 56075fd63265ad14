"""Arrests of an added file at apprehension sites that name a county -> that county's months and sites.

What enters: a county's codes. What leaves: the arrests, without rows flagged as duplicates, by month and by site, with
the file and its window; None where no file of arrests with sites was added, or no site names the county. Promises: a
month under 5 is withheld, and a site under 5 is in a sum of others; an answer needs places alone, never a record of
agreements, so that it says where somebody was arrested and not by whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.landmarks.landmark import Matcher
from ledger287.ledger.outcomes import added, store
from ledger287.ledger.outcomes.small import small_withheld
from ledger287.places.coverage.prisons import InForce
from ledger287.places.gazetteer.geography import Geography, geography
from ledger287.sources.outcomes.counts.counted import NOT_SAID, SMALLEST
from ledger287.sources.outcomes.counts.rare import RARE

SAYS = (
    "Arrests in the file that was added, not flagged as duplicates, at sites that name the county or an agency of it. "
    "They are a lower bound, because most sites are general areas; where somebody was arrested does not say by whom."
)


@dataclass(frozen=True, slots=True)
class SiteGround:
    """Places without any agreement: what a site names does not depend on who has one."""

    geography: Geography

    def today(self) -> date:
        """Any day: nobody has an agreement on it."""
        return date.max

    def in_force(self, _: date) -> Sequence[InForce]:
        """Nobody."""
        return ()


def arrests_in_counties(codes: Sequence[str]) -> dict[str, Any] | None:
    """Arrests at sites that name a county (its code, or those that replaced it), by month and by site."""
    frame = added.arrests_by_site()
    known = _by_county(store.folder(), store.version()) if frame is not None else {}
    found = [known[code] for code in codes if code in known]
    if frame is None or not found:
        return None
    own = pl.concat(found)
    count = pl.col("arrests").sum()
    months = own.group_by("month").agg(count).sort("month")
    counts = {"months": months.to_dicts(), "total": int(own["arrests"].sum())}
    by_site = own.group_by("site").agg(count).sort(["arrests", "site"], descending=[True, False])
    about = added.about("arrests", frame) | {"says": SAYS}
    return {**about, **(small_withheld(counts, "arrests") or {}), "sites": _with_others(by_site.to_dicts())}


def _with_others(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sites by their arrests; those under 5 as one row without a name, of 5 or more, or withheld."""
    shown = [row for row in rows if row["arrests"] >= SMALLEST]
    few = [row for row in rows if row["arrests"] < SMALLEST]
    while few and shown and sum(row["arrests"] for row in few) < SMALLEST:
        few.append(shown.pop())
    others = sum(row["arrests"] for row in few)
    return shown + ([{"site": None, "arrests": others if others >= SMALLEST else None}] if few else [])


@cache
def _by_county(_: Path, version: str) -> dict[str, pl.DataFrame]:
    """County -> its sites' arrests by month. A site is read once, for all months."""
    del version
    frame = added.arrests_by_site()
    if frame is None:
        return {}
    named = frame.filter(~pl.col("site").is_in([RARE, NOT_SAID]) & (pl.col("arrests") > 0))
    matcher = Matcher(SiteGround(geography()))
    keys = named.select("site", "state").unique(maintain_order=True)
    fips = [matcher.match(site, state).county_fips for site, state in keys.iter_rows()]
    placed = keys.with_columns(county_fips=pl.Series(fips, dtype=pl.String)).drop_nulls("county_fips")
    joined = named.join(placed, on=["site", "state"], nulls_equal=True)
    parts = joined.select("county_fips", "site", "month", "arrests").partition_by("county_fips", as_dict=True)
    return {str(key[0]): part for key, part in parts.items()}
