"""Agreements in force by county and month, with what published counts say of the county: a table, never a cause.

What enters: a record, and the first and last month. What leaves: one row per county and month in which an agreement was
in force or people were held, with a codebook. Local agencies are counted in the counties of their jurisdiction;
statewide ones in none. People held are the means at midnight of facilities whose county is known. What is not known
is null, never 0. ``RULES`` are three ways to count agreements: they show how far an answer rests on the choice.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from ledger287.analysis.outcomes.panels import sites
from ledger287.analysis.outcomes.reach import with_reached
from ledger287.core.problem import Refused
from ledger287.ledger.outcomes import added, identified, store
from ledger287.places.atlas import Atlas
from ledger287.places.jurisdictions.deciding import Jurisdiction

Progress = Callable[[int, int], None]
MODELS = ("JEM", "WSO", "TFM")
STATEWIDE = ("state_agency", "guard_or_other_state_body")
LONGEST_MONTHS = 120
CODEBOOK = {
    "county_fips": "code of the county (Census Bureau)",
    "county": "name of the county",
    "state": "postal code of the state",
    "month": "first day of the month",
    "jem, wso, tfm": "agreements of local agencies in force at the end of the month, by model; before January 2021, "
    "when the lists begin, those of ICE's newest page or roster by then: null where it prints no model, and from "
    "September 2017 to December 2020, when there is none",
    "hyb": "agreements for jail and task force in one, as the inspector general's table of October 2009 has them; "
    "ICE's pages print those as jem; null outside the months of pages and rosters",
    "page_days": "days from that page or roster to the end of the month; null where lists answer, or nothing does",
    "agencies": "local agencies with an agreement in force at the end of the month",
    "agreements_end": "agreements in force at the end of the month: the sum of jem, wso, tfm and hyb",
    "agreements_any_day": "agreements in force on any day of the month; this and the next two are null before January "
    "2021: pages are months apart",
    "agreements_all_days": "agreements in force on every day of the month",
    "days": "days of the month on which a local agency had an agreement in force; a list holds until the next",
    "population": "residents of the county, July 1, 2023 (Census Bureau); null where unavailable",
    "detained_midnight": "mean number of people at midnight in facilities of the county (Deportation Data Project); "
    "null where the month is outside October 2022 to March 2026 or no facility of the county is known",
    "detained_convicted": "mean number of those held who had a conviction (same source)",
    "detained_any_time": "mean number of people there at any time of a day (same source)",
    "detained_listed": "detained_midnight in facilities that are on ICE's own list alone (same source)",
    "detained_added": "mean number of people at midnight in facilities of the county, by the file of stays that was "
    "added (outcomes add); null where none was added or it does not reach the month",
    "identified, removed": "people whom the county's agencies identified and had removed in the fiscal year of the "
    "month (ICE, fiscal years 2006 to 2013); null in other years",
    **sites.CODEBOOK,
}
OF_PAGES = ("hyb", "page_days")
COUNTED = ("jem", "wso", "tfm", "agencies", "agreements_end", "agreements_any_day", "agreements_all_days", "days")
COUNTY = re.compile(r"^(.+?) County\b")
DETAINED = ("detained_midnight", "detained_convicted", "detained_any_time", "detained_listed")
RULES = ("at the end of the month", "on any day of the month", "on every day of the month")


def county_panel(
    ledger: Atlas, first: date, last: date, progress: Progress | None = None, arrested: sites.Sites | None = None
) -> pl.DataFrame:
    """The panel of the months from one day's to another's. Raises Refused for no or too many months."""
    months = months_between(first, last)
    force = in_force(ledger, months, of_counties, progress)
    held = _detained()
    new = added.held_by_county()
    arrested = arrested or sites.sites_of(ledger, months)
    people_of = identified_by_county(ledger)[0]
    then = before_lists(ledger, [month for month in months if month < ledger.history.days[0].replace(day=1)])
    keys = set(force) | set(then.cells) | {key for key in held if months[0] <= key[1] <= months[-1]}
    keys |= {key for key in new if months[0] <= key[1] <= months[-1]}
    keys |= set(arrested.cells) if arrested else set()
    keys |= {(fips, month) for fips, year in people_of for month in months if fiscal_year(month) == year}
    listed_from = ledger.history.days[0].replace(day=1)
    counties = ledger.geography.every_county
    covered = set(store.table("facilities").drop_nulls("county_fips")["county_fips"].to_list())
    source = store.table("nation_days").filter(pl.col("source") == "ddp")["day"]
    since, until = source.min(), source.max()
    rows: list[dict[str, Any]] = []
    for fips, month in sorted(keys):
        county = counties.get(fips)
        counts = force.get((fips, month))
        known = fips in covered and _within(month, since, until)
        people = held.get((fips, month), (0.0,) * len(DETAINED)) if known else (None,) * len(DETAINED)
        found, removed = people_of.get((fips, fiscal_year(month)), (None, None))
        rows.append(
            {
                "county_fips": fips,
                "county": county.name if county else None,
                "state": county.state if county else None,
                "month": month,
                **(agreements(counts) if month >= listed_from else then.counted(fips, month)),
                **(dict.fromkeys(OF_PAGES) if month >= listed_from else {}),
                "population": county.population if county else None,
                **dict(zip(DETAINED, people, strict=True)),
                "detained_added": new.get((fips, month)),
                "identified": found,
                "removed": removed,
                **(arrested.columns(fips, month) if arrested else dict.fromkeys(sites.COLUMNS)),
            }
        )
    schema = {"county_fips": pl.String, "month": pl.Date, "identified": pl.Int32, "removed": pl.Int32,
              **dict.fromkeys(sites.COLUMNS, pl.Int32), **dict.fromkeys(("detained_added", *DETAINED), pl.Float64),
              **dict.fromkeys((*COUNTED, *OF_PAGES), pl.Int64)}  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema)


def agreements(counts: dict[str, Any] | None) -> dict[str, int]:
    """The columns of agreements of one row; 0 where none was in force."""
    if counts is None:
        return dict.fromkeys(COUNTED, 0)
    numbers = (
        *(counts["end"][model] for model in MODELS),
        len(counts["agencies"]),
        sum(counts["end"].values()),
        len(counts["any"]),
        len(counts["all"] or ()),
        counts["days"],
    )
    return dict(zip(COUNTED, numbers, strict=True))


@dataclass(frozen=True, slots=True)
class Then:
    """Agreements by county and month before the lists, by ICE's pages; ``ages`` has the months that a page answers."""

    cells: Mapping[tuple[str, date], tuple[Counter[str], int]]
    ages: Mapping[date, int]
    unmodeled: frozenset[date]

    def counted(self, fips: str, month: date) -> dict[str, int | None]:
        """The columns of one row; null where no page answers, or where it prints no model."""
        row: dict[str, int | None] = dict.fromkeys((*COUNTED, *OF_PAGES))
        if month not in self.ages:
            return row
        models, agencies = self.cells.get((fips, month), (Counter(), 0))
        row |= {"agencies": agencies, "agreements_end": models.total(), "page_days": self.ages[month]}
        if month not in self.unmodeled:
            row |= {name: models[name.upper()] for name in ("jem", "wso", "tfm", "hyb")}
        return row


def before_lists(ledger: Atlas, months: list[date]) -> Then:
    """The local agencies' agreements at the end of months before the lists, by the newest page or roster by then."""
    cells: dict[tuple[str, date], tuple[Counter[str], int]] = {}
    ages: dict[date, int] = {}
    unmodeled: set[date] = set()
    places = {**ledger.jurisdiction_then, **ledger.jurisdiction_of}
    for month in months if ledger.past is not None else ():
        end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        try:
            status, rows = ledger.status(end), ledger.as_of(end)
        except Refused:
            continue
        if status.list is None:
            continue
        ages[month] = status.list.age_days
        if not status.by_model:
            unmodeled.add(month)
        held: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for agency, model in rows.select("agency_id", "model").iter_rows():
            place = places.get(agency)
            if place is not None and place.kind not in STATEWIDE:
                for fips in place.counties:
                    held[fips].append((agency, model or ""))
        for fips, found in held.items():
            cells[fips, month] = (Counter(model for _, model in found), len({agency for agency, _ in found}))
    return Then(cells, ages, frozenset(unmodeled))


def fiscal_year(month: date) -> int:
    """The fiscal year that a month is in."""
    return month.year + (month.month >= 10)


def identified_by_county(ledger: Atlas) -> tuple[dict[tuple[str, int], tuple[int | None, int | None]], list[str]]:
    """By county and fiscal year: people identified and removed by its agencies; and the names of no county."""
    found: dict[tuple[str, int], tuple[int | None, int | None]] = {}
    left: list[str] = []
    for one in identified.agencies():
        fips = _county_of(ledger, one)
        if fips is None:
            left.append(one.printed)
            continue
        for year, pair in one.years.items():
            if pair != (None, None):
                before = found.get((fips, year), (None, None))
                found[fips, year] = (_sum(before[0], pair[0]), _sum(before[1], pair[1]))
    return found, left


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


def _county_of(ledger: Atlas, one: identified.IdentifiedAgency) -> str | None:
    """The county of an agency: of its jurisdiction, else the one that its name has; a statewide agency has none."""
    place = ledger.jurisdiction_of.get(one.agency_id) if one.agency_id else None
    if place:
        return place.counties[0] if place.counties and place.kind not in STATEWIDE else None
    named = COUNTY.match(one.name)
    county = ledger.geography.county_named(one.state, f"{named.group(1)} County") if named else None
    return county.fips if county else None


def _within(month: date, since: Any, until: Any) -> bool:
    return bool(since <= month <= until)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from one day's to another's. Raises Refused for none or too many."""
    months: list[date] = []
    month = first.replace(day=1)
    while month <= last and len(months) <= LONGEST_MONTHS:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    if not months or len(months) > LONGEST_MONTHS:
        raise Refused(
            f"from {first} to {last}: expected 1 to {LONGEST_MONTHS} months. Name a first day before the last."
        )
    return months


def of_counties(place: Jurisdiction) -> Sequence[str]:
    """The counties that an agency counts in: those of its jurisdiction; none where it is statewide."""
    return () if place.kind in STATEWIDE else place.counties


def in_force(
    ledger: Atlas, months: list[date], where: Callable[[Jurisdiction], Sequence[str]], progress: Progress | None
) -> dict[tuple[str, date], dict[str, Any]]:
    """By place and month: agreements at its end, on any and on all days with a list, and days with one in force."""
    end = (months[-1] + timedelta(days=32)).replace(day=1)
    lists = sorted(set(ledger.history.days))
    days = [day for day in lists if months[0] <= day < end]
    earlier = [day for day in lists if day < months[0]]
    days = earlier[-1:] + days
    if not days:
        return {}
    found: dict[tuple[str, date], dict[str, Any]] = defaultdict(
        lambda: {"end": Counter(), "agencies": set(), "any": set(), "all": None, "days": 0}
    )
    places = ledger.jurisdiction_of
    until = [*days[1:], min(end, ledger.today() + timedelta(days=1))]
    for done, (day, following) in enumerate(zip(days, until, strict=True), 1):
        if progress:
            progress(done, len(days))
        counties: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        rows = ledger.as_of(day).select("agreement_id", "agency_id", "model").iter_rows()
        for agreement, agency, model in rows:
            for fips in where(places[agency]):
                counties[fips].append((agreement, agency, model))
        for month in months:
            ending = (month + timedelta(days=32)).replace(day=1)
            start, stop = max(day, month), min(following, ending)
            if start >= stop:
                continue
            seen = set(found) if day >= month else set()
            for fips, held in counties.items():
                cell = found[fips, month]
                ids = {agreement for agreement, *_ in held}
                cell["any"] |= ids
                cell["all"] = cell["all"] & ids if cell["all"] is not None else ids if start == month else set()
                cell["days"] += (stop - start).days
                cell["end"] = Counter(model for *_, model in held)
                cell["agencies"] = {agency for _, agency, _ in held}
            for fips, other in [key for key in seen if key[1] == month and key[0] not in counties]:
                found[fips, other] |= {"end": Counter(), "agencies": set(), "all": set()}
    return dict(found)


def _detained() -> dict[tuple[str, date], tuple[float, ...]]:
    """By county and month: the means of people in its facilities, in the order of ``DETAINED``."""
    months = store.table("facility_months").with_columns(pl.col("source", "code").cast(pl.String))
    counties = store.table("facilities").select("code", "county_fips", "on_ice_list").drop_nulls()
    listed = pl.col("midnight").filter(pl.col("on_ice_list"))
    sums = (pl.col("midnight"), pl.col("convicted"), pl.col("held"), listed)
    days = pl.col("reached").first()
    frame = (
        with_reached(months.filter(pl.col("source") == "ddp").lazy())
        .collect()
        .join(counties, on="code")
        .group_by("county_fips", "month")
        .agg((one.sum() / days).round(2).alias(name) for name, one in zip(DETAINED, sums, strict=True))
    )
    return {(fips, month): tuple(people) for fips, month, *people in frame.iter_rows()}
