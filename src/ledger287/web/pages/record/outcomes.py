"""Outcomes: people held on a day and since 2019, people identified and removed under 287(g), and what a state's
published counts show. Counts only, each with its workbook and cell; every page says what it cannot show.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from ledger287.analysis.outcomes import facilities
from ledger287.analysis.outcomes.panels.county_sites import arrests_in_counties
from ledger287.analysis.outcomes.population import monthly, population_of_counties
from ledger287.charts.series.standalone import as_link, standalone
from ledger287.charts.series.steps import Event, Series, marked, month_ends, series_svg
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.ledger.outcomes import added_places, daily, flows, held, identified
from ledger287.sources.outcomes.counts.facility_days import RELEASES
from ledger287.web.edition.edition import Edition
from ledger287.web.render import languages
from ledger287.web.render.languages import N_
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Missing, Query

PARTS = (("none", N_("Neither")), ("pending", N_("Charges pending")), ("convicted", N_("Convicted")))
SNAPSHOTS_SHOWN = 15
LONGEST_GAP, HELD_FOR = 60, 31
"""Days after which a snapshot without a next one is no longer drawn, and for how long it then is."""
WIDE, NARROW = (1080, 340), (350, 260)


def make(edition: Edition, query: Query) -> Page:
    """People held: the snapshot that answers for the day, and every snapshot up to it."""
    del edition
    until = min(query.on, query.known_on or query.on)
    known = tuple(one for one in held.series(last=until) if _known(one, query))
    latest = known[-1] if known else None
    answer = {
        "on": query.on,
        "known_on": query.known_on,
        "snapshot": held.snapshot_answer(latest) if latest else None,
        "days_before": (query.on - latest.as_of).days if latest else None,
        "snapshots": [held.snapshot_answer(one) for one in known],
        "mismatches": held.mismatches(known),
        "added": added_places.of_nation(),
    }
    shown = {
        "told": answer,
        "latest": latest,
        "shares": held.shares(latest) if latest else {},
        "charts": _charts(_by_criminality(known, query), query, N_("People held by ICE, by criminality")),
        "recent": [(one, held.shares(one)) for one in reversed(known[-SNAPSHOTS_SHOWN:])],
        "count": len(known),
        "parts": PARTS,
        "states": [one.code for one in declared.states()],
    }
    return Page(answer, table=lambda: _table(known), shown=shown)


def _known(one: held.HeldSnapshot, query: Query) -> bool:
    return query.known_on is None or (one.published or one.as_of) <= query.known_on


def _table(known: tuple[held.HeldSnapshot, ...]) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for one in known:
        row: dict[str, Any] = {"as_of": one.as_of, "file": one.file, "sha256": one.sha256, "sheet": one.sheet}
        for key, number in one.numbers.items():
            row[key.replace("/", "_")] = number
            row[f"{key.replace('/', '_')}_cell"] = one.cells.get(key)
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def _by_criminality(known: tuple[held.HeldSnapshot, ...], query: Query) -> Series | None:
    words = languages.translations(query.lang)
    if len(known) < 2:
        return None
    days: list[date] = []
    counts: dict[str, list[int]] = {name: [] for name, _ in PARTS}
    for one, after in zip(known, (*known[1:], None), strict=True):
        days.append(one.as_of)
        for name, numbers in counts.items():
            numbers.append(one.number(name) or 0)
        if after and (after.as_of - one.as_of).days > LONGEST_GAP:
            days.append(one.as_of + timedelta(days=HELD_FOR))
            for numbers in counts.values():
                numbers.append(0)
    labels = {name: words.gettext(said) for name, said in PARTS}
    return Series(tuple(days), counts, labels, days[-1] + timedelta(days=HELD_FOR))


def _charts(
    series: Series | None, query: Query, title: str, source: str | None = None, place: str = ""
) -> Mapping[str, Any] | None:
    """The chart for wide and narrow screens, as a file and as values; a change of release within it is marked.

    Without a source it is of snapshots, and nothing stands for the days on which none is known.
    """
    if series is None or not any(series.totals):
        return None
    gettext = languages.translations(query.lang).gettext
    said = gettext(title)
    days = RELEASES if source else ()
    events = [Event(date.fromisoformat(day), gettext(N_("new release of the records"))) for day in days]
    wide = series_svg(series, events, said, *WIDE)
    named = f"{said}: {place}" if place else said
    return {
        "wide": wide,
        "narrow": series_svg(series, events, said, *NARROW),
        "counts": [(code, name, series.counts[code][-1]) for code, name in series.labels.items()],
        "months": [one for one in month_ends(series) if source or any(one[1])],
        "marked": [(event.day, event.says) for event in marked(series, events)],
        "file": as_link(standalone(wide, named, source or held.PUBLISHER, *WIDE)),
        "title": named,
        "source": source or held.PUBLISHER,
        "values": series.frame,
    }


def make_identified(edition: Edition, query: Query) -> Page:
    """People identified and removed under 287(g), fiscal years 2006 to 2013, by agency."""
    del query
    answer = identified.identified_answer()
    table = pl.DataFrame(
        [
            {
                "printed": row["printed"],
                "agency": row["name"],
                "state": row["state"],
                "agency_id": row["agency_id"],
                "fiscal_year": year["fiscal_year"],
                "identified": year["identified"],
                "removed": year["removed"],
                "identified_cell": year["cells"]["identified"],
                "removed_cell": year["cells"]["removed"],
            }
            for row in answer["rows"]
            for year in row["years"]
        ],
        infer_schema_length=None,
    )
    rows = sorted(answer["rows"], key=lambda row: (-row["identified"], row["name"]))
    known = {row["agency_id"] for row in rows if row["agency_id"] in edition.indexes.agencies}
    return Page(answer, table=table, shown={"told": answer, "rows": rows, "linked": known})


def make_state(edition: Edition, query: Query, state: str) -> Page:
    """What the published counts show of one state: arrests, people held, detainers, people identified."""
    try:
        code = flows.state_code(state)
    except Refused as refused:
        raise Missing(*refused.parts) from None
    found = facilities.state_answer(code)
    arrests = flows.arrests_by_state(code)
    people = tuple(one for one in identified.agencies() if one.state == code)
    detainers = flows.detainers(code) if code in ("PA", "MN") else None
    days = found["days"]
    sources = {source: days.filter(pl.col("source") == source).sort("day") for source in daily.SOURCES}
    last = {source: frame.row(-1, named=True) for source, frame in sources.items() if frame.height}
    answer = {
        "state": code,
        "arrests": arrests,
        "held_last": {source: {"day": row["day"], "held": row["held"]} for source, row in last.items()},
        "facilities": found["facilities"],
        "identified": identified.identified_answer(code) if people else None,
        "detainers": {key: value for key, value in detainers.items() if key not in ("facility_years", "days")}
        if detainers
        else None,
        "note": found["note"],
        "added": added_places.of_state(code),
    }
    shown = {
        "told": answer,
        "code": code,
        "name": edition.state_names[code],
        "charts": [
            (
                daily.SOURCES[source],
                _charts(
                    _monthly(frame),
                    query,
                    N_("People held in the state, by month"),
                    daily.SOURCES[source],
                    edition.state_names[code],
                ),
            )
            for source, frame in sources.items()
        ],
        "people": people,
        "facilities": [row for row in found["facilities"] if row["code"] in facilities.shown_codes()],
        "linked": {one.agency_id for one in people if one.agency_id in edition.indexes.agencies},
    }
    return Page(answer, table=days, shown=shown)


def _monthly(frame: pl.DataFrame) -> Series | None:
    if frame.height < 2:
        return None
    months = monthly(frame, None, None, small=False)
    days: tuple[date, ...] = tuple(months["month"].to_list())
    return Series(days, {"held": [round(number) for number in months["held"]]}, {"held": ""}) if len(days) > 1 else None


def make_facility(edition: Edition, query: Query, code: str) -> Page:
    """People held in one facility by month, from each source, and how ICE's averages compare."""
    try:
        found = facilities.facility_answer(code)
    except Refused as refused:
        raise Missing(*refused.parts) from None
    months = pl.DataFrame(found["months"], infer_schema_length=None)
    charts = []
    for source, says in daily.SOURCES.items():
        rows = [row for row in found["months"] if row["source"] == source]
        days = tuple(row["month"] for row in rows)
        held_by_month = {"held": [round(row["held"]) for row in rows]}
        series = Series(days, held_by_month, {"held": ""}) if len(days) > 1 else None
        name = found["name"] or found["code"]
        charts.append((says, _charts(series, query, N_("People held in the facility, by month"), says, name)))
    shown = {
        "told": found,
        "charts": charts,
        "intervals": found["intervals"][-SNAPSHOTS_SHOWN:],
        "state_page": found["state"] in {one.code for one in declared.states()},
        "county": edition.atlas.geography.every_county.get(found["county_fips"] or ""),
        "shown_added": _stays(found["added"]),
    }
    return Page(found, table=months, shown=shown)


def make_county(edition: Edition, query: Query, fips: str) -> Page:
    """People held in the facilities of one county by month, from each source; a small month is withheld."""
    county = edition.atlas.geography.every_county.get(fips)
    if county is None:
        raise Missing(f"no county has the code {fips}.")
    found = population_of_counties((fips,), county.name, county.state)
    found |= {"added_arrests": arrests_in_counties((fips,))}
    charts = []
    for source, says in daily.SOURCES.items():
        rows = [row for row in found["months"] if row["source"] == source]
        days = tuple(row["month"] for row in rows)
        counts = {"held": [round(row["held"] or 0) for row in rows]}
        series = Series(days, counts, {"held": ""}) if len(days) > 1 else None
        charts.append((says, _charts(series, query, N_("People held in the county, by month"), says, county.name)))
    table = pl.DataFrame(
        found["days"], schema={"source": pl.String, "day": pl.Date, "held": pl.Int32, "withheld": pl.Boolean}
    )
    shown = {
        "told": found,
        "charts": charts,
        "fips": fips,
        "name": county.name,
        "state": county.state,
        "state_name": edition.state_names[county.state],
        "facilities": [row for row in facilities.of_county(fips) if row["code"] in facilities.shown_codes()],
        "state_page": county.state in {one.code for one in declared.states()},
        "shown_added": _added_of_county(found),
    }
    return Page(found, table=table, shown=shown)


def _stays(counts: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What a section on added counts shows where only stays are known; nothing where they have no month."""
    return {"arrests": None, "detainers": None, "detentions": counts} if counts and counts["months"] else None


def _added_of_county(found: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a county's section on added counts shows: arrests at its sites, and people held in its facilities."""
    stays, arrests = _stays(found["added"]), found["added_arrests"]
    return {**(stays or {"detainers": None, "detentions": None}), "arrests": arrests} if stays or arrests else None


def every_county(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the pages of counties with a facility that holds many."""
    del edition
    return ({"fips": fips} for fips in facilities.shown_counties())


def every_facility(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the pages of facilities that hold many."""
    del edition
    return ({"code": code} for code in facilities.shown_codes())


def every_state(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the states' pages."""
    del edition
    return ({"state": one.code} for one in declared.states())


PLACE: dict[str, Any] = {"table": True, "timed": False, "compact": True, "long_data": True}
"""What the pages of a place are: its series are long, and the same on any day."""
KINDS = (
    PageKind("outcomes_identified", "/outcomes/identified", make_identified, once, table=True, timed=False),
    PageKind("outcomes_state", "/outcomes/state/{state}", make_state, every_state, **PLACE),
    PageKind("outcomes_county", "/outcomes/county/{fips}", make_county, every_county, **PLACE),
    PageKind("outcomes_facility", "/outcomes/facility/{code}", make_facility, every_facility, **PLACE),
    PageKind("outcomes", "/outcomes", make, once, table=True),
)
