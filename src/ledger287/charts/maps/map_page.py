"""A record's growth -> one HTML page: the map with its months, models and agencies; nothing else is requested.

What enters: what a map shows on the day, and the months before it. What leaves: a page that holds its own shapes, data,
style and script. Its policy lets only that one style and that one script run, by their digests, and lets nothing be
fetched. Where scripts are off, the figures by state can still be read.
"""

import json
from base64 import b64encode
from collections import Counter, defaultdict
from dataclasses import asdict
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.charts.maps.content import MODELS, MapContent, agency_on_map
from ledger287.charts.maps.map_words import map_words
from ledger287.charts.maps.svg import NATION, SHORT
from ledger287.charts.maps.wording import MapWords
from ledger287.charts.series.growth import Frame, Growth, ModelRun
from ledger287.charts.theme import DARK, FAMILY, LIGHT, Palette
from ledger287.core import declared
from ledger287.ledger.query.answers import Status
from ledger287.places.gazetteer.projection import BOXES
from ledger287.places.gazetteer.shapes import ALPHABET, QUANTUM, shapes
from ledger287.places.gazetteer.shapes import text as shapes_text

PARTS = Path(__file__).parent / "page"
GROUNDS = ("state", "county", "local")


def page(shown: MapContent, said: MapWords, status: Status, grown: Growth, jurisdictions: pl.DataFrame) -> str:
    """The page. ``grown`` has all models, ``status`` the one that is shown first."""
    style = _style()
    script = (PARTS / "page.js").read_text(encoding="utf-8").strip()
    filled = {
        "title": escape(said.title),
        "day": escape(said.day),
        "counts": escape(said.counts),
        "models": escape(said.models),
        "everywhere": "All states",
        "table": _table(shown),
        "notes": "\n".join(f"<p>{escape(note)}</p>" for note in (*said.notes, said.source)),
        "style_hash": _digest(style),
        "script_hash": _digest(script),
        "style": style,
        "script": script,
        "data": _data(said, status, grown, jurisdictions),
    }
    text = (PARTS / "page.html").read_text(encoding="utf-8")
    pieces = text.split("{")
    return pieces[0] + "".join(filled[name] + rest for name, _, rest in (piece.partition("}") for piece in pieces[1:]))


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _style() -> str:
    text = "\n".join((PARTS / name).read_text(encoding="utf-8").strip() for name in ("page.css", "map.css"))
    text = text.replace("{{light}}", "{" + _variables(LIGHT) + "}").replace("{{dark}}", "{" + _variables(DARK) + "}")
    return text.replace("{family}", ",".join(f'"{name}"' if " " in name else name for name in FAMILY.split(", ")))


def _variables(palette: Palette) -> str:
    return ";".join(f"--{name}:{value}" for name, value in asdict(palette).items())


def _table(shown: MapContent) -> str:
    """The figures by state as rows of a table."""
    agreements: dict[str, Counter[str]] = defaultdict(Counter)
    for agency in shown.agencies:
        agreements[agency.state].update(dict(agency.agreements))
    counties = Counter(shapes().counties[fips].state for fips in shown.counties)
    names = declared.state_names()
    rows = []
    for state in sorted(agreements, key=names.__getitem__):
        held = agreements[state]
        numbers = [counties[state], *(held[model] for model in MODELS), sum(held.values())]
        wide = "; ".join(agency.name for agency in shown.statewide.get(state, ()))
        cells = "".join(f"<td>{number:,}</td>" for number in numbers) + f"<td>{escape(wide)}</td>"
        rows.append(f'<tr><th scope="row">{escape(names[state])}</th>{cells}</tr>')
    return "\n".join(rows)


def _data(said: MapWords, status: Status, grown: Growth, jurisdictions: pl.DataFrame) -> str:
    """All that the script needs, as JSON that is safe within a page."""
    data: dict[str, Any] = {"day": said.day, "model": status.model, "state": status.state}
    data |= map_data(grown, jurisdictions, status.state)
    data["words"] = map_words(data["kinds"])
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'{text[:-1]},"shapes":{shapes_text()}}}'


def map_data(
    grown: Growth,
    jurisdictions: pl.DataFrame,
    state: str | None = None,
    *,
    daily: bool = False,
) -> dict[str, Any]:
    """What the script draws, but the shapes and the words: frames, and agencies with their runs.

    ``daily`` says that each frame is the day of a list; the map then goes by day, else by frame.
    """
    where = {row["agency_id"]: row for row in jurisdictions.iter_rows(named=True)}
    places = {fips: place for place, fips in enumerate(shapes().counties)}
    names = declared.state_names()
    kinds: list[str] = []
    agencies = []
    for agency_id, (name, its_state) in sorted(grown.names.items(), key=lambda item: (item[1][1], item[1][0], item[0])):
        if state and its_state != state:
            continue
        agency = agency_on_map(agency_id, name, its_state, Counter(), where.get(agency_id, {}))
        kind = (agency.kind or "").replace("_", " ")
        if kind not in kinds:
            kinds.append(kind)
        runs = [number for run in grown.runs[agency_id] for number in _numbers(run)]
        drawn = [places[fips] for fips in agency.shapes]
        agencies.append([name, its_state, GROUNDS.index(agency.ground), kinds.index(kind), drawn, runs])
    return {
        "daily": daily,
        "frames": [_frame(frame, daily) for frame in grown.frames],
        "names": names,
        "territories": [code.code for code in declared.territories()],
        "states": {fips[:2]: shape.state for fips, shape in shapes().counties.items()},
        "kinds": kinds,
        "agencies": agencies,
        "quantum": QUANTUM,
        "alphabet": ALPHABET,
        "nation": [NATION[0], NATION[1], NATION[0] + NATION[2], NATION[1] + NATION[3]],
        "boxes": [[b.state, b.x, b.y, b.width, b.height, SHORT.get(b.state, names[b.state])] for b in BOXES],
    }


def _frame(frame: Frame, daily: bool) -> list[str] | str:
    """A frame as the script reads it: its day, and that of its list where it may be another."""
    day = frame.day.isoformat()
    return day if daily else [day, frame.list_day.isoformat()]


def _numbers(run: ModelRun) -> tuple[int, int, int, int]:
    return MODELS.index(run.model), run.first, run.last, run.count
