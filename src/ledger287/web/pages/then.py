"""Pages of a day before ICE's lists (2002 to 2020): what a page or roster of that time gives, or bounds, with gaps
marked.

What enters: an edition, a day before the first list, and a state or none. What leaves: a page in place of the nation's,
the map's or the state's. Promise: nothing is drawn that no page of the time has; no county and no number between two
others is invented; counts that others published for days nearby are next to it, each with its source.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from ledger287.ledger.query.answers import Status
from ledger287.ledger.query.before.past import OnlyBounds, Past, PastListRef
from ledger287.sources.figures.model import PublishedFigure
from ledger287.web.edition.edition import Edition
from ledger287.web.pages.record.timeline import size_since_2002
from ledger287.web.render.page import Page
from ledger287.web.server.asked import Asked

TEMPLATE = "then"
COLUMNS = ("state", "agency_id", "agency", "model", "signed")


def is_before_lists(edition: Edition, asked: Asked) -> bool:
    """Whether a day is before the first list, in a record that is joined to its past."""
    return edition.atlas.past is not None and min(asked.on, asked.known_on or asked.on) < edition.lists.begins


def then_page(edition: Edition, asked: Asked, state: str | None = None) -> Page:
    """The page of such a day, of the nation or of one state."""
    atlas, past = edition.atlas, edition.atlas.past
    if past is None:
        raise ValueError("a record without its past has no such page")
    status: Status | None = None
    bounds, says = None, ""
    rows = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    try:
        status = atlas.status(asked.on, known_on=asked.known_on, state=state)
        rows = _rows(atlas.as_of(asked.on, known_on=asked.known_on), state)
    except OnlyBounds as only:
        bounds, says = only.bounds, str(only)
    later = _signed_by_then(edition, asked, state) if bounds and (asked.known_on is None) else ()
    answer = {"on": asked.on, "known_on": asked.known_on, "state": state, "status": status, "bounds": bounds,
              "rows": rows.to_dicts()}  # fmt: skip
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
        "by_state": sorted((status.by_state if status else {}).items(), key=lambda pair: (-pair[1], pair[0])),
        "published": bounds.published if bounds else _published(status),
        "chart": None if state else size_since_2002(edition, asked),
        "linked": edition.indexes.agencies,
        **_neighbors(past, asked.on),
    }
    return Page(answer, table=rows, shown=shown, template=TEMPLATE)


def _published(status: Status | None) -> tuple[PublishedFigure, ...]:
    """The counts that others published of days near a page or roster."""
    return status.list.published if status and isinstance(status.list, PastListRef) else ()


def _rows(frame: pl.DataFrame, state: str | None) -> pl.DataFrame:
    rows = frame.filter(pl.col("state") == state) if state else frame
    return rows.select(name for name in COLUMNS if name in rows.columns).sort("state", "agency", "model")


def _signed_by_then(edition: Edition, asked: Asked, state: str | None) -> tuple[Mapping[str, Any], ...]:
    """The agreements of a state on the first list that were signed by the day."""
    if state is None:
        return ()
    first = edition.atlas.as_of(edition.lists.begins)
    rows = first.filter((pl.col("state") == state) & (pl.col("signed") <= asked.on)).sort("agency", "model")
    return tuple(rows.select(name for name in COLUMNS if name in rows.columns).iter_rows(named=True))


def _neighbors(past: Past, on: date) -> Mapping[str, date | None]:
    """The days of the page or roster before, and of the next one or the first list."""
    days = sorted({one.as_of for one in past.rosters})
    earlier = [day for day in days if day < on]
    later = [day for day in [*days, past.first_list.day] if day > on]
    return {"earlier": earlier[-1] if earlier else None, "later": later[0] if later else None}
