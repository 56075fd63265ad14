"""A ledger, a day and a file's name -> a map in that file: SVG, PNG, HTML or GeoJSON, by the file extension.

The file is written under a temporary name and renamed when it is complete. The answer says what was drawn; its
agreements in counties, of entire states, and not placed add up to those of ``Ledger.status`` for the same question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ledger287.charts.maps.content import MapAgency, MapContent, content
from ledger287.charts.maps.geojson import geojson
from ledger287.charts.maps.map_page import page
from ledger287.charts.maps.svg import svg
from ledger287.charts.maps.wording import words
from ledger287.charts.raster import png
from ledger287.charts.series.growth import growth
from ledger287.core.jsonable import NotebookTable
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.swapping import write_file
from ledger287.ledger.query.answers import ListRef, Status
from ledger287.places.atlas import Atlas

FORMATS = ("svg", "png", "html", "geojson")


@dataclass(frozen=True, slots=True)
class MapAnswer(NotebookTable):
    """A map that was drawn: the question, the list it rests on, and what is on it.

    ``counties`` counts counties by what is in force there (``both`` jail and task force models, ``task``,
    ``jail``), ``local_only`` those of them where only agencies of a part of the county hold agreements.
    ``in_counties``, ``statewide`` and ``unplaced`` are agreements, and add up to ``agreements``;
    ``changed`` are codes of counties drawn as others, because the county changed. ``cannot_tell_after`` is
    the day of the newest list, where the day of the question is after it.
    """

    path: str
    format: str
    bytes: int
    on: date
    list: ListRef | None
    agreements: int
    agencies: int
    counties: dict[str, int]
    local_only: int
    in_counties: int
    statewide: int
    statewide_by_state: dict[str, tuple[str, ...]]
    unplaced: int
    unplaced_agencies: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    known_on: date | None
    state: str | None
    model: str | None
    cannot_tell_after: date | None = None


@dataclass(frozen=True, slots=True)
class _Drawing:
    """All that the writers of the formats draw from."""

    ledger: Atlas
    status: Status
    shown: MapContent
    jurisdictions: pl.DataFrame


def draw_map(
    ledger: Atlas,
    out: str | Path,
    on: date | None = None,
    *,
    known_on: date | None = None,
    state: str | None = None,
    model: str | None = None,
) -> MapAnswer:
    """Draw the agreements in force on a day by county. Raises Refused on an unknown extension, day, state or model."""
    path = Path(out)
    write = WRITERS[_format(path)]
    _writable(path)
    status = ledger.status(on, known_on=known_on, state=state, model=model)
    rows = ledger.as_of(status.on, known_on=known_on)
    if status.state:
        rows = rows.filter(pl.col("state") == status.state)
    if status.model:
        rows = rows.filter(pl.col("model") == status.model)
    jurisdictions = ledger.jurisdictions()
    drawing = _Drawing(ledger, status, content(rows, jurisdictions), jurisdictions)
    made = write(drawing)
    _put(path, made)
    return _answer(path, len(made), drawing)


def _format(path: Path) -> str:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        found = f"ends in .{ending}" if ending else "has no file extension"
        says = f"{path} {found}; a map is written as one of {known}. Name it "
        raise QueryError("unknown_extension", says, QueryField("out", f"{path.stem or 'map'}.svg"), choices=FORMATS)
    return ending


def _writable(path: Path) -> None:
    if path.is_dir():
        raise Refused(f"{path} is a folder; name a file to write.")
    if not path.parent.is_dir():
        raise Refused(f"the folder {path.parent} is not there; make it first, or name another.")


def _put(path: Path, made: bytes) -> None:
    try:
        write_file(path, made)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}.") from None


def _svg(drawing: _Drawing) -> str:
    return svg(drawing.shown, words(drawing.status, drawing.shown), drawing.status.state)


def _page(drawing: _Drawing) -> str:
    status = drawing.status
    grown = growth(drawing.ledger, status.on, status.known_on)
    return page(drawing.shown, words(status, drawing.shown), status, grown, drawing.jurisdictions)


WRITERS: dict[str, Callable[[_Drawing], bytes]] = {
    "svg": lambda drawing: _svg(drawing).encode(),
    "png": lambda drawing: png(_svg(drawing)),
    "html": lambda drawing: _page(drawing).encode(),
    "geojson": lambda drawing: geojson(drawing.shown, drawing.status).encode(),
}


def _answer(path: Path, size: int, drawing: _Drawing) -> MapAnswer:
    status, shown = drawing.status, drawing.shown
    unplaced = _agreements(shown.unplaced)
    statewide = sum(_agreements(group) for group in shown.statewide.values())
    return MapAnswer(
        path=str(path),
        format=_format(path),
        bytes=size,
        on=status.on,
        list=status.list,
        agreements=status.agreements,
        agencies=status.agencies,
        counties={str(category): number for category, number in shown.by_category().items()},
        local_only=sum(county.local_only for county in shown.counties.values()),
        in_counties=shown.agreements - statewide - unplaced,
        statewide=statewide,
        statewide_by_state={state: tuple(one.name for one in group) for state, group in shown.statewide.items()},
        unplaced=unplaced,
        unplaced_agencies=tuple(f"{agency.name}, {agency.state}" for agency in shown.unplaced),
        changed=shown.changed,
        known_on=status.known_on,
        state=status.state,
        model=status.model,
        cannot_tell_after=status.cannot_tell_after,
    )


def _agreements(agencies: tuple[MapAgency, ...]) -> int:
    return sum(agency.count for agency in agencies)
