"""Arrests of an added file by apprehension site -> counts by county and month, with what could not be matched.

What enters: a record, the months, and the counts by site of the file of arrests that was added. What leaves: arrests
at sites that name a county, or an agency with an agreement in force at the end of the month, under three rules for
duplicates; the match rate; and every site of five or more arrests that was not matched, with the reason. Promises: a
site that cannot be matched counts in no county; a site and an arrest say where somebody was arrested, never by whom.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.landmarks.landmark import LandmarkAnswer, Matcher
from ledger287.ledger.outcomes import added
from ledger287.places.atlas import Atlas
from ledger287.sources.outcomes.counts.counted import NOT_SAID, SMALLEST
from ledger287.sources.outcomes.counts.rare import RARE

DUPLICATES = {
    "arrests": "without the rows that the publisher flags as duplicates",
    "rows": "every row",
    "once_a_day": "one a person, site and day",
}
AGREEMENTS = {
    "agreements_end": "at the end of the month",
    "agreements_any_day": "on any day of the month",
    "agreements_all_days": "on every day of the month",
}
WITHOUT = {RARE: "a text of fewer than 5 rows is not kept", NOT_SAID: "the row names no site"}
COLUMNS = ("arrests", "arrests_every_row", "arrests_once_a_day", "arrests_at_agency", "arrests_days")
CODEBOOK = {
    "arrests": "arrests at apprehension sites that name the county, or an agency of it, in the file of arrests that "
    "was added (outcomes add), without rows flagged as duplicates; a lower bound, because most sites are general "
    "areas. Null where no file was added, it does not reach the month, or there are fewer than 5",
    "arrests_every_row": "the same with every row of the file",
    "arrests_once_a_day": "the same with one arrest a person, site and day; null where the file sets no persons apart",
    "arrests_at_agency": "those of arrests at a site that names one agency with an agreement in force at the end of "
    "the month; not arrests by that agency. Null where they, or the rest, are fewer than 5",
    "arrests_days": "days of the month on which the file has an arrest anywhere; null where it has none",
}


@dataclass(frozen=True, slots=True)
class Sites:
    """The counts of a file by county and month, what the file counts in all, and the sites that are in no county."""

    cells: Mapping[tuple[str, date], Mapping[str, int | None]]
    days: Mapping[date, int]
    totals: Mapping[str, int | None]
    matched: Mapping[str, int]
    unmatched: tuple[dict[str, Any], ...]
    sites: int

    def columns(self, fips: str, month: date) -> dict[str, int | None]:
        """The columns of one row of the panel, with counts under 5 withheld."""
        cell = self.cells.get((fips, month), {})
        shown = {name: _shown(cell.get(name)) for name in (*DUPLICATES, "at_agency")}
        rest = (cell.get("arrests") or 0) - (cell.get("at_agency") or 0)
        hidden = 0 < rest < SMALLEST
        numbers = (shown["arrests"], shown["rows"], shown["once_a_day"], None if hidden else shown["at_agency"])
        return dict(zip(COLUMNS, (*numbers, self.days.get(month)), strict=True))


def _shown(number: int | None) -> int | None:
    return number if number is not None and number >= SMALLEST else None


def sites_of(ledger: Atlas, months: list[date]) -> Sites | None:
    """The added file's arrests by county in some months; None where no file of arrests with sites was added."""
    frame = added.arrests_by_site()
    if frame is None or not (frame["site"] != NOT_SAID).any():
        return None
    frame = frame.filter(pl.col("month").is_in(months))
    cells: dict[tuple[str, date], dict[str, int | None]] = defaultdict(dict)
    matched = {"this agency": 0, "this county": 0}
    left: dict[tuple[str, str, str], int] = defaultdict(int)
    for (month,), part in frame.group_by("month", maintain_order=True):
        matcher = _matcher(ledger, month)
        for site, printed, state, *counts in part.select("site", "printed", "state", *DUPLICATES).iter_rows():
            answer = None if site in WITHOUT else matcher.match(site, state)
            fips = answer.county_fips if answer else None
            if answer is None or fips is None:
                left[site, printed, WITHOUT.get(site) or _why(answer)] += counts[0]
                continue
            matched[answer.verdict] += counts[0]
            cell = cells[fips, month]
            for name, number in zip(DUPLICATES, counts, strict=True):
                cell[name] = None if number is None else (cell.get(name) or 0) + number
            if answer.verdict == "this agency":
                cell["at_agency"] = (cell.get("at_agency") or 0) + counts[0]
    days = added.arrests_days()
    totals = {name: None if frame[name].null_count() else int(frame[name].sum()) for name in DUPLICATES}
    keys = frame.select("site", "state").n_unique()
    return Sites(dict(cells), {day: n for day, n in days.items() if day in months}, totals, matched, _rows(left), keys)


def _why(answer: LandmarkAnswer | None) -> str:
    return answer.why if answer else ""


def _matcher(ledger: Atlas, month: date) -> Matcher:
    """The agencies at the end of a month; before the lists, and after today, those of the nearest day they answer."""
    end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Matcher(ledger, max(min(end, ledger.today()), ledger.history.days[0]))


def _rows(left: Mapping[tuple[str, str, str], int]) -> tuple[dict[str, Any], ...]:
    """What was not matched, the most arrests first; a site of fewer than 5 arrests is not named."""
    rows = [
        {"site": site, "state": None if state == NOT_SAID else state, "arrests": arrests, "why": why}
        for (site, state, why), arrests in left.items()
        if arrests >= SMALLEST
    ]
    return tuple(sorted(rows, key=lambda row: (-row["arrests"], row["site"], row["state"] or "")))


def join_of(sites: Sites) -> dict[str, Any]:
    """The match rate of sites to counties and agencies, and what was not matched."""
    total, matched = sites.totals["arrests"] or 0, sum(sites.matched.values())
    return {
        "arrests": total,
        "matched": matched,
        "rate": round(matched / total, 4) if total else None,
        "at_an_agency_with_an_agreement": sites.matched["this agency"],
        "sites": sites.sites,
        "unmatched_under_5": total - matched - sum(row["arrests"] for row in sites.unmatched),
        "unmatched": list(sites.unmatched),
    }


def arrests_answer(sites: Sites, panel: pl.DataFrame) -> dict[str, Any]:
    """The file, its window, and how the share in counties with an agreement moves under each pair of rules."""
    return {
        "file": added.file_of("arrests"),
        "first_month": min(sites.days, default=None),
        "last_month": max(sites.days, default=None),
        "rules": _rules(sites, panel),
        "cannot_show": "An arrest in a county with an agreement need not have been made under it, or by its agency.",
    }


def _rules(sites: Sites, panel: pl.DataFrame) -> list[dict[str, Any]]:
    """Three rules for duplicates with three windows for agreements: shares of what was matched, and bounds of all."""
    names = list(AGREEMENTS)
    known = panel.drop_nulls(names).select("county_fips", "month", *names).iter_rows()
    inside = {(fips, month): [count > 0 for count in counts] for fips, month, *counts in known}
    rows: list[dict[str, Any]] = []
    for name, says in DUPLICATES.items():
        total = sites.totals[name]
        if total is None:
            continue
        cells = [(inside[key], cell.get(name) or 0) for key, cell in sites.cells.items() if key in inside]
        matched = sum(number for _, number in cells)
        for at, rule in enumerate(AGREEMENTS.values()):
            own = sum(number for within, number in cells if within[at])
            rows.append(
                {
                    "duplicates": says,
                    "agreements": rule,
                    "arrests": total,
                    "matched": matched,
                    "with_an_agreement": own,
                    "share_of_matched": round(own / matched, 4) if matched else None,
                    "share_of_all_at_least": round(own / total, 4) if total else None,
                    "share_of_all_at_most": round((own + total - matched) / total, 4) if total else None,
                }
            )
    return rows
