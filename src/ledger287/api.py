"""The public Python API, whole.

>>> import ledger287
>>> ledger = ledger287.open()
>>> ledger.status(on=date(2025, 8, 14)).agreements
895
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.foundation.problems import Problem, Refused
from ledger287.foundation.spans import day_of
from ledger287.places.atlas import Atlas
from ledger287.record.answers import AgencyAnswer, SourceAnswer, Status
from ledger287.record.ledger import Ledger
from ledger287.record.store import open_record

if TYPE_CHECKING:
    from ledger287.charts.map import MapAnswer

RECORD_VARIABLE = "LEDGER287_RECORD"


def eastern_today() -> date:
    """The calendar day in US Eastern time, by this machine's clock."""
    return day_of(datetime.now(UTC))


def open(record: str | Path | None = None, *, today: Callable[[], date] = eastern_today) -> Atlas:
    """Open a record: a folder that ``ledger287 build`` wrote, else $LEDGER287_RECORD, else the shipped one.

    ``today`` gives the day that answers are asked for when no ``on`` is given. Raises Refused when the
    folder holds no record.
    """
    place = record or os.environ.get(RECORD_VARIABLE) or None
    return Atlas(open_record(Path(place) if place else None), today)


def draw_map(
    ledger: Atlas,
    out: str | Path,
    on: date | None = None,
    *,
    known_on: date | None = None,
    state: str | None = None,
    model: str | None = None,
) -> "MapAnswer":
    """Draw the agreements in force on a day by county, as SVG, PNG, HTML or GeoJSON by the file's ending."""
    from ledger287.charts.map import draw_map as draw

    return draw(ledger, out, on, known_on=known_on, state=state, model=model)


__all__ = [
    "AgencyAnswer",
    "Atlas",
    "Ledger",
    "Problem",
    "Refused",
    "SourceAnswer",
    "Status",
    "draw_map",
    "eastern_today",
    "open",
]
