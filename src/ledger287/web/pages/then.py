"""Pages of a day before ICE's lists (2002 to 2020): what a page or roster of that time gives, or bounds, with gaps
marked.

What enters: an edition, a day before the first list, and a state, counties or a model, or none of them. What leaves: a
page in place of the nation's, the map's, the state's, the county's or the model's. Promise: nothing is drawn that no
page of the time has; no number between two others is invented; an agency is in the county where the record places it,
as the pages of that time print none; counts that others published for days nearby are next to it, each with its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from ledger287.ledger.query.answers import Status
from ledger287.ledger.query.before.bounds import Among, DayBounds, bounds_on, in_words
from ledger287.ledger.query.before.past import OnlyBounds, Past, PastListRef
from ledger287.ledger.query.parameters import note_of_model
from ledger287.sources.figures.model import PublishedFigure
from ledger287.web.edition.edition import Edition
from ledger287.web.pages.record.timeline import size_since_2002
from ledger287.web.render.page import Page
from ledger287.web.server.query import Query

TEMPLATE = "then"
COLUMNS = ("state", "agency_id", "agency", "model", "signed")


def is_before_lists(edition: Edition, query: Query) -> bool:
    """Whether a day is before the first list, in a record that is joined to its past."""
    return edition.atlas.past is not None and min(query.on, query.known_on or query.on) < edition.lists.begins


@dataclass(frozen=True, slots=True)
class PastSubject:
    """What such a page is about: a state, counties with their name, or a model; nothing named is the nation."""

    state: str | None = None
    counties: tuple[str, ...] = ()
    name: str = ""
    model: str | None = None


NATION = PastSubject()


def then_page(edition: Edition, query: Query, part: PastSubject = NATION) -> Page:
    """The page of such a day, of the nation, a state, a county or a model."""
    state = part.state
    atlas, past = edition.atlas, edition.atlas.past
    if past is None:
        raise ValueError("a record without its past has no such page")
    status: Status | None = None
    bounds, says = None, ""
    rows = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    try:
        status = atlas.status(query.on, known_on=query.known_on, state=state)
        rows = _rows(edition, atlas.as_of(query.on, known_on=query.known_on), part)
    except OnlyBounds as only:
        bounds, says = _bounds(edition, only, part)
    later = _signed_by_then(edition, query, part) if bounds and (query.known_on is None) else ()
    note = note_of_model(part.model, query.known_on)
    answer = {"on": query.on, "known_on": query.known_on, "state": state, "status": status, "bounds": bounds,
              "rows": rows.to_dicts(), "counties": part.counties, "model": part.model, "model_note": note}  # fmt: skip
    shown = {
        "told": answer,
        "status": status,
        "bounds": bounds,
        "says": says,
        "rows": rows.to_dicts(),
        "signed_then": later,
        "names_of_states": edition.state_names,
        "state_code": state,
        "state_name": edition.state_names[state] if state else None,
        "part": part,
        "note": note,
        "counted": _counted(rows, status) if status else None,
        "by_state": sorted((status.by_state if status else {}).items(), key=lambda pair: (-pair[1], pair[0])),
        "published": bounds.published if bounds else _published(status),
        "chart": None if part != NATION else size_since_2002(edition, query),
        "linked": edition.indexes.agencies,
        **_neighbors(past, query.on),
    }
    return Page(answer, table=rows, shown=shown, template=TEMPLATE)


def _bounds(edition: Edition, only: OnlyBounds, part: PastSubject) -> tuple[DayBounds, str]:
    """The bounds of the nation or a part of it, and what they say."""
    past = edition.atlas.past
    if past is None or part == NATION:
        return only.bounds, str(only)
    agencies = _agencies_in(edition, part.counties) if part.counties else None
    found = bounds_on(past, only.bounds.on, only.bounds.known_on, Among(part.state, part.model, agencies))
    where = ", ".join(filter(None, (part.name, part.state)))
    return found, in_words(found, Among(where or None, part.model))


def _published(status: Status | None) -> tuple[PublishedFigure, ...]:
    """The counts that others published of days near a page or roster."""
    return status.list.published if status and isinstance(status.list, PastListRef) else ()


def _counted(rows: pl.DataFrame, status: Status) -> dict[str, Any]:
    """The rows, states and models of a page of that time, as far as it is shown; no models where it prints none."""
    models = {model: (rows["model"] == model).sum() for model in status.by_model} if "model" in rows.columns else {}
    return {"rows": rows.height, "states": rows["state"].n_unique(), "by_model": models}


def _rows(edition: Edition, frame: pl.DataFrame, part: PastSubject) -> pl.DataFrame:
    rows = frame.filter(pl.col("state") == part.state) if part.state else frame
    if part.counties:
        rows = rows.filter(pl.col("agency_id").is_in(_agencies_in(edition, part.counties)))
    if part.model:
        rows = rows.filter(pl.col("model") == part.model) if "model" in rows.columns else rows.clear()
    return rows.select(name for name in COLUMNS if name in rows.columns).sort("state", "agency", "model")


def _agencies_in(edition: Edition, counties: tuple[str, ...]) -> list[str]:
    """The local agencies whose ground reaches into counties, as the record places them."""
    atlas, mine = edition.atlas, set(counties)
    placed = {**atlas.jurisdiction_then, **atlas.jurisdiction_of}
    return [id_ for id_, place in placed.items() if mine & {*place.counties, *place.reaches}]


def _signed_by_then(edition: Edition, query: Query, part: PastSubject) -> tuple[Mapping[str, Any], ...]:
    """The agreements of a state, county or model on the first list that were signed by the day."""
    if part == NATION:
        return ()
    rows = _rows(edition, edition.atlas.as_of(edition.lists.begins).filter(pl.col("signed") <= query.on), part)
    return tuple(rows.iter_rows(named=True))


def _neighbors(past: Past, on: date) -> Mapping[str, date | None]:
    """The days of the page or roster before, and of the next one or the first list."""
    days = sorted({one.as_of for one in past.rosters})
    earlier = [day for day in days if day < on]
    later = [day for day in [*days, past.first_list.day] if day > on]
    return {"earlier": earlier[-1] if earlier else None, "later": later[0] if later else None}
