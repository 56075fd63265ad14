"""What a map shows -> SVG. The same content gives the same bytes; nothing outside the file is needed.

Every county is a separate path with its code as its id; those with an agreement say in a title who
holds it. A state's own outline marks agencies that are of the state and not of a county.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import atan2, cos, degrees, radians, sin

from ledger287.charts.maps.content import CATEGORIES, Category, MapContent, MapCounty
from ledger287.charts.maps.inside import area, roomiest
from ledger287.charts.maps.wording import EDGE_SAID, LOCAL_SAID, MapWords, label_of, states_counted
from ledger287.charts.theme import FAMILY, LIGHT, Palette, text_width, wrapped
from ledger287.core import declared
from ledger287.core.text import plural
from ledger287.places.gazetteer.projection import BOXES, placement
from ledger287.places.gazetteer.shapes import QUANTUM, Point, shapes

WIDTH, MARGIN = 1120, 40
ROOM = WIDTH - 2 * MARGIN
NATION = (-58.0, 8.0, 1020.0, 692.0)
"""Left, top, width and height of the part of the sheet that the national map shows."""
TALLEST = 760.0
OF_COUNTIES = re.compile(r" (County|Parish|Municipio|Municipality|City and Borough|Borough|Census Area)$")
LEAST_EDGED = 60.0
"""Islands smaller than this, in square units of the picture, get no edge: it would hide them."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of the sheet that is drawn: its least x and y, its size in the picture, and the scale.

    ``turn`` is by how many degrees the sheet is turned first, so that a single state is upright.
    """

    turn: float
    scale: float
    x: float
    y: float
    width: float
    height: float
    codes: tuple[str, ...]
    states: tuple[str, ...]
    nation: bool

    def turned(self, ring: Sequence[Point]) -> list[tuple[float, float]]:
        """The points of a ring, turned, in steps."""
        if not self.turn:
            return [(x, y) for x, y in ring]
        across, down = cos(radians(self.turn)), sin(radians(self.turn))
        return [(x * across - y * down, x * down + y * across) for x, y in ring]


def view_of(state: str | None) -> View:
    """The entire sheet, or one state as large as fits."""
    drawn = shapes()
    if state is None:
        states = tuple(sorted({shape.state for shape in drawn.counties.values()}))
        return _fitted(View(0.0, 1.0, *NATION, tuple(drawn.counties), states, True))
    codes = drawn.of_state(state)
    view = View(_tilt(codes), 1.0, 0.0, 0.0, 0.0, 0.0, codes, (state,), False)
    points = [point for fips in codes for ring in drawn.rings(fips) for point in view.turned(ring)]
    across, down = [x * QUANTUM for x, _ in points], [y * QUANTUM for _, y in points]
    x, y = min(across), min(down)
    return _fitted(replace(view, x=x, y=y, width=max(across) - x, height=max(down) - y))


def _fitted(view: View) -> View:
    scale = min(ROOM / view.width, TALLEST / view.height)
    return replace(view, scale=scale, width=scale * view.width, height=scale * view.height)


def _tilt(codes: Sequence[str]) -> float:
    """By how many degrees north leans to the left in the middle of some counties, as the sheet has them."""
    x0, y0, x1, y1 = shapes().box(codes)
    sheet = placement(codes[0])
    longitude, latitude = sheet.ground((x0 + x1) / 2 * QUANTUM, (y0 + y1) / 2 * QUANTUM)
    (ax, ay), (bx, by) = sheet.place(longitude, latitude), sheet.place(longitude, latitude + 0.5)
    return round(degrees(atan2(ax - bx, ay - by)), 2)


def svg(shown: MapContent, said: MapWords, state: str | None, palette: Palette = LIGHT) -> str:
    """The map as an SVG file."""
    view = view_of(state)
    head, end = _head(shown, said, view, palette)
    left, top = MARGIN + (ROOM - view.width) / 2, end + 20
    foot, height = _foot(said, palette, top + view.height + 36)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-labelledby="title desc" '
        f'font-family="{FAMILY}" fill="{palette.ink}">',
        f'<title id="title">{escape(said.title)}</title>',
        f'<desc id="desc">{escape(_described(shown, said))}</desc>',
        _definitions(shown, view, palette),
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="{palette.paper}"/>',
        *head,
        f'<g transform="translate({left:.1f} {top:.1f})">',
        f'<g transform="{_transform(view)}" stroke-linejoin="round">',
        *_counties(shown, said, view, palette),
        *_borders(view, palette),
        *_edges(shown, said, view, palette),
        "</g>",
        *(_insets(said, view, palette) if view.nation else _names(shown, view, palette)),
        "</g>",
        *foot,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _transform(view: View) -> str:
    moved = f"scale({view.scale * QUANTUM:.6f}) translate({-view.x / QUANTUM:.0f} {-view.y / QUANTUM:.0f})"
    return f"{moved} rotate({view.turn:g})" if view.turn else moved


def _described(shown: MapContent, said: MapWords) -> str:
    counted = ", ".join(
        said.say(f"{label_of(category, said.model)} in {plural(number, 'county', 'counties')}")
        for category, number in shown.by_category().items()
    )
    return f"{said.day}. {said.counts}. {counted}. {' '.join(said.notes)} {said.source}"


# -- the head of the picture -----------------------------------------------------------------------


def line_of_text(x: float, y: float, text: str, size: float, fill: str = "", bold: bool = False) -> str:
    """One line of text."""
    fill_attribute = f' fill="{fill}"' if fill else ""
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight}{fill_attribute}>{escape(text)}</text>'


def _head(shown: MapContent, said: MapWords, view: View, palette: Palette) -> tuple[list[str], float]:
    """Title, day, counts and legend; and where they end."""
    parts = [line_of_text(MARGIN, 62, said.title, 30, bold=True)]
    parts.append(line_of_text(MARGIN, 90, f"{said.day}: {said.counts}", 16))
    y = 90.0
    for text in wrapped(said.models, 14, ROOM):
        y += 22
        parts.append(line_of_text(MARGIN, y, text, 14, palette.quiet))
    legend, y = _legend(shown, said, view, palette, y + 30)
    return [*parts, '<g id="legend">', *legend, "</g>"], y


def _legend(shown: MapContent, said: MapWords, view: View, palette: Palette, y: float) -> tuple[list[str], float]:
    def counties(number: int) -> str:
        return said.say(plural(number, "county", "counties"))

    parts: list[str] = []
    x = float(MARGIN)
    entries: list[tuple[str, str, str]] = [
        (
            f'fill="{color(category, palette)}"',
            said.say(label_of(category, said.model)),
            said.say(plural(number, "county", "counties")),
        )
        for category, number in shown.by_category().items()
        if number
    ]
    empty = len(view.codes) - len(shown.counties)
    if empty:
        entries.append((f'fill="{palette.land}"', said.say("None"), counties(empty)))
    local = sum(county.local_only for county in shown.counties.values())
    rows = [entries, []]
    if local:
        most = next(c for c in CATEGORIES if any(k.local_only and k.category == c for k in shown.counties.values()))
        rows[1].append((f'fill="url(#key-{most})"', said.say(LOCAL_SAID), counties(local)))
    if shown.statewide:
        edge = f'fill="{palette.land}" stroke="{palette.edge}" stroke-width="2"'
        rows[1].append((edge, said.say(EDGE_SAID), said.say(states_counted(shown.statewide)) if view.nation else ""))
    for row in rows:
        if not row:
            continue
        x = float(MARGIN)
        for fill, label, count in row:
            bold = row is entries
            wide = 30 + text_width(label, 14, bold) + (8 + text_width(count, 14) if count else 0)
            if x + wide > WIDTH - MARGIN and x > MARGIN:
                x, y = float(MARGIN), y + 26
            parts.append(f'<rect x="{x:g}" y="{y - 12:g}" width="22" height="14" {fill}/>')
            parts.append(line_of_text(x + 30, y, label, 14, bold=bold))
            if count:
                parts.append(line_of_text(x + 38 + text_width(label, 14, bold), y, count, 14, palette.quiet))
            x = round(x + wide + 28, 1)
        y += 26
    return parts, y - 26


# -- the map ---------------------------------------------------------------------------------------


def color(category: Category, palette: Palette) -> str:
    """The fill of a category."""
    return {"both": palette.both, "task": palette.task, "jail": palette.jail}[category]


def _stripes(name: str, fill: str, palette: Palette, unit: float) -> str:
    """Stripes rising to the right, 3.2 of the picture's units apart."""
    wide = 3.2 / unit
    return (
        f'<pattern id="{name}" width="{wide:.1f}" height="{wide:.1f}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{wide:.1f}" height="{wide:.1f}" fill="{palette.land}"/>'
        f'<rect width="{wide * 0.55:.1f}" height="{wide:.1f}" fill="{fill}"/></pattern>'
    )


def _definitions(shown: MapContent, view: View, palette: Palette) -> str:
    unit = view.scale * QUANTUM
    parts = [_stripes(f"local-{c}", color(c, palette), palette, unit) for c in CATEGORIES]
    parts += [_stripes(f"key-{c}", color(c, palette), palette, 1) for c in CATEGORIES]
    for state in view.states:
        if state in shown.statewide:
            rings = shapes().outline(state)
            least = min(LEAST_EDGED / unit**2, max(abs(area(ring)) for ring in rings))
            edged = "".join(path(ring) for ring in rings if abs(area(ring)) >= least)
            parts.append(
                f'<path id="outline-{state}" d="{edged}"/>'
                f'<clipPath id="within-{state}"><use href="#outline-{state}"/></clipPath>'
            )
    return f"<defs>{''.join(parts)}</defs>"


def path(points: Sequence[Point], closed: bool = True) -> str:
    """Points as a path with relative steps."""
    x, y = points[0]
    steps = [f"M{x} {y}"]
    word = "l"
    for next_x, next_y in points[1:]:
        dx, dy = next_x - x, next_y - y
        steps.append(f"{word}{dx}{'' if dy < 0 else ' '}{dy}")
        x, y, word = next_x, next_y, " "
    return "".join(steps).replace(" -", "-") + ("z" if closed else "")


def _counties(shown: MapContent, said: MapWords, view: View, palette: Palette) -> Iterable[str]:
    """Counties in groups by their fill, those without an agreement first."""
    groups: dict[str, list[str]] = {palette.land: []}
    for category in CATEGORIES[::-1]:
        groups[f"url(#local-{category})"] = []
        groups[color(category, palette)] = []
    for fips in view.codes:
        county = shown.counties.get(fips)
        fill = palette.land
        if county:
            fill = f"url(#local-{county.category})" if county.local_only else color(county.category, palette)
        outline = "".join(path(ring) for ring in shapes().rings(fips))
        inside = f"<title>{escape(county_title(fips, county, said))}</title>" if county else ""
        groups[fill].append(
            f'<path id="c{fips}" d="{outline}">{inside}</path>' if county else f'<path id="c{fips}" d="{outline}"/>'
        )
    thin = (0.5 if view.nation else 1) / view.scale / QUANTUM
    yield f'<g id="counties" stroke="{palette.line}" stroke-width="{thin:.1f}">'
    for fill, paths in groups.items():
        if paths:
            yield f'<g fill="{fill}">'
            yield from paths
            yield "</g>"
    yield "</g>"


def county_title(fips: str, county: MapCounty, said: MapWords) -> str:
    """Who holds what in a county, in words."""
    shape = shapes().counties[fips]
    held = "; ".join(f"{agency.name}: {', '.join(agency.models)}" for agency in county.agencies)
    name = said.say_county(shape.name)
    return f"{name[:1].upper()}{name[1:]}, {said.say(declared.state_names()[shape.state])}. {held}"


def _borders(view: View, palette: Palette) -> Iterable[str]:
    if view.nation:
        lines = "".join(path(points, closed=False) for points in shapes().borders())
        wide = 0.9 / view.scale / QUANTUM
        yield f'<path id="borders" d="{lines}" fill="none" stroke="{palette.border}" stroke-width="{wide:.1f}"/>'


def _edges(shown: MapContent, said: MapWords, view: View, palette: Palette) -> Iterable[str]:
    """The inner edge of each state whose own agencies hold an agreement."""
    wide = (1.15 if view.nation else 1.8) / view.scale / QUANTUM
    yield f'<g id="edges" fill="none" stroke="{palette.edge}">'
    for state in view.states:
        if state in shown.statewide:
            held = "; ".join(f"{agency.name}: {', '.join(agency.models)}" for agency in shown.statewide[state])
            called = said.say(declared.state_names()[state])
            yield (
                f'<g clip-path="url(#within-{state})"><title>{escape(f"{called}. {held}")}</title>'
                f'<use href="#outline-{state}" stroke="{palette.line}" stroke-width="{wide * 4:.1f}"/>'
                f'<use href="#outline-{state}" stroke-width="{wide * 2:.1f}"/></g>'
            )
    yield "</g>"


def _insets(said: MapWords, view: View, palette: Palette) -> Iterable[str]:
    """The frames and names of the territories."""
    names = declared.state_names()
    yield f'<g id="insets" fill="none" stroke="{palette.border}" stroke-width="0.8">'
    for box in BOXES:
        x, y = (box.x - view.x) * view.scale, (box.y - view.y) * view.scale
        wide, tall = view.scale * box.width, view.scale * box.height
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
    yield "</g>"
    for box in BOXES:
        x, y = (box.x - view.x) * view.scale, (box.y - view.y) * view.scale
        yield line_of_text(
            round(x + 6, 1), round(y + 14, 1), said.say(SHORT.get(box.state, names[box.state])), 11, palette.quiet
        )


SHORT = {"MP": "N. Mariana Islands", "VI": "US Virgin Is."}


def _names(shown: MapContent, view: View, palette: Palette) -> Iterable[str]:
    """The names of a state's counties and how many agreements are in force there, where both fit."""
    unit = view.scale * QUANTUM
    yield '<g id="names" text-anchor="middle">'
    for fips in view.codes:
        ground = max(shapes().counties[fips].polygons, key=lambda polygon: abs(area(shapes().ring(polygon[0]))))
        rings = [view.turned(shapes().ring(ring)) for ring in ground]
        name = OF_COUNTIES.sub("", shapes().counties[fips].name)
        county = shown.counties.get(fips)
        for size in (11.0, 9.5, 8.5):
            tall = size * (1.1 if county else 0.5) / unit
            x, y, wide = roomiest(rings, tall)
            if wide * unit > text_width(name, size) + 5:
                break
        else:
            continue
        at_x, at_y = (x * QUANTUM - view.x) * view.scale, (y * QUANTUM - view.y) * view.scale
        ink = palette.paper if county and county.category == "both" and not county.local_only else palette.ink
        halo = f' stroke="{palette.land}" stroke-width="3" paint-order="stroke"' if county and county.local_only else ""
        for text, weight, down in _label(name, county):
            yield (
                f'<text x="{at_x:.1f}" y="{at_y + down * size:.1f}" font-size="{size:g}"{weight} fill="{ink}"{halo}>'
                f"{escape(text)}</text>"
            )
    yield "</g>"


def _label(name: str, county: MapCounty | None) -> list[tuple[str, str, float]]:
    if county is None:
        return [(name, "", 0.35)]
    return [(name, "", -0.2), (f"{sum(county.by_model.values())}", ' font-weight="700"', 0.95)]


def _foot(said: MapWords, palette: Palette, y: float) -> tuple[list[str], float]:
    """Notes and source; and where they end."""
    parts = ['<g id="notes">']
    for note in (*said.notes, said.source):
        for text in wrapped(note, 12, ROOM):
            parts.append(line_of_text(MARGIN, round(y, 1), text, 12, palette.quiet))
            y += 17
        y += 5
    return [*parts, "</g>"], y + 12
