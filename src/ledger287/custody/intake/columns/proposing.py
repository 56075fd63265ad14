"""Proposes which column of a jail's file is which field, from headings and values, for a person to check.

What enters: a file that may have any headings. What leaves: a ``Proposal``: a map, why each column is read so, the
first rows as they would be read, and what an audit would still lack. A column that holds what names a person is to be
dropped, and none of its values is shown.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import starmap
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.custody.batch.plans.plan import OFFICERS
from ledger287.custody.case.event_words import event_named, is_of_nothing, names_ice
from ledger287.custody.case.vocabulary import FURTHER, code_fields, code_named, plain, spellings
from ledger287.custody.intake.columns.assigning import by_values, refuse_headless
from ledger287.custody.intake.columns.grounds import kept_until
from ledger287.custody.intake.columns.guessing import (
    DAYS,
    TIMES,
    TIMES_OF_DAY,
    guessed,
    headings_read,
    times_in,
    unread_days,
)
from ledger287.custody.intake.columns.halves import joins_of, with_joins
from ledger287.custody.intake.columns.headings import Shape, held, shape_of, unique
from ledger287.custody.intake.columns.maps import Map, as_yaml
from ledger287.custody.intake.fields import ENDS, STARTS, TIMED
from ledger287.custody.intake.files import Cells, kind_of, text_form
from ledger287.custody.intake.opening.first_rows import LOOK_AT, first_rows, heads_again
from ledger287.custody.intake.opening.sheets import other_sheets
from ledger287.custody.intake.people.file_names import refuse_named_files
from ledger287.custody.intake.people.named_columns import names_in_column
from ledger287.custody.intake.people.named_numbers import FilePlaces, counted, names_in, places_of
from ledger287.custody.intake.people.unread_columns import people_in
from ledger287.custody.intake.places.inputs import local_path, remote
from ledger287.custody.intake.places.object_store import store_of
from ledger287.custody.intake.places.remote import in_words, local_files
from ledger287.custody.intake.times.hours import half_unknown, places_of_hours
from ledger287.custody.intake.times.moments import MIDNIGHT, DayOrder, Moment, join_moment, read_moment
from ledger287.custody.intake.times.orders import local_in, orders_in
from ledger287.custody.intake.times.values import (
    cell_shown,
    is_blank,
    is_footer,
    looks_personal,
    names_in_number,
    names_someone,
    personal_heading,
    quoted,
    shown,
)

ROWS = 10


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """One column: its heading as it may be shown, the field it is proposed for, and why; blank for none."""

    heading: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word for an event in a log, as it may be shown; in how many rows it is; its event, blank where none is read."""

    word: str
    rows: int
    event: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A map that is proposed, with its columns, the first rows as they would be read, and what is still open.

    ``needed`` is what an audit must be given in addition to the map, where the map does not say it. ``words`` are those
    for events in the first rows of a log, with what each is read as, the most frequent first.
    """

    file: str
    shape: Shape
    heading_line: int
    columns: tuple[ProposedColumn, ...]
    rows: tuple[dict[str, str], ...]
    open: tuple[str, ...]
    yaml: str
    needed: tuple[str, ...] = ()
    words: tuple[ReadWord, ...] = ()


UNDECLARED = ("released_to", "officer", *OFFICERS, "status_reference", "reference")
"""Fields of no declared words: a row that is shown has their words by their form, since one may be a person's."""
A_WORD = re.compile(r"[^\W\d_]{4,}")
"""A word that is longer than the letters of a number."""
A_LETTER = re.compile(r"[^\W\d_]")
WORDS_OF_LOG: Mapping[str, Sequence[Callable[[], Mapping[str, str]]]] = {
    "form": (partial(spellings, "detainer_form"), partial(spellings, "warrant_form")),
    "ground": (partial(spellings, "detainer_ground"),),
    "issued_by": (partial(spellings, "detainer_issued_by"),),
    "standing": (partial(spellings, "officer_standing"),),
    "outcome": (partial(spellings, "status_outcome"),),
}
"""The columns of a log that hold words of the vocabulary, each with those words."""
NO_ZONE = "zone: these times have no time zone; name the jail's in the map (zone: America/Chicago), or to the audit"


def proposed(name: str | Path, dates: DayOrder | None = None) -> Proposal:
    """The map that is proposed for a file, or for an object of a store by its URI. Raises Refused."""
    refuse_named_files([str(name)])
    if not remote(str(name)):
        return propose(Path(local_path(str(name))), dates)
    with tempfile.TemporaryDirectory(prefix="ledger287-") as folder:
        paths, copies = local_files([name], Path(folder), store_of)
        if len(paths) > 1:
            raise Refused(f"{name}: expected one file to propose a map for, found {len(paths):,} of that name.")
        try:
            return replace(propose(paths[0], dates), file=copies[paths[0]].uri)
        except Refused as refused:
            raise in_words(refused, copies) from None


def propose(path: Path, dates: DayOrder | None = None) -> Proposal:
    """The map that is proposed for a file. Raises Refused where the file cannot be read at all."""
    kind = kind_of(path)
    form = text_form(path) if kind == "csv" else None
    sheet, first, rows, lines = first_rows(path, kind, form, None)
    if len(rows) <= first + 1:
        raise Refused(f"{path}: expected a heading row and rows of data, found no rows.")
    heads = unique(rows[first])
    body = [[*row, *[""] * (len(heads) - len(row))] for row in rows[first + 1 :] if any(cell.strip() for cell in row)]
    body = [row for row in body if not is_footer(row) and row[: len(heads)] != rows[first]]
    body = heads_again(body, lines)
    refuse_headless(str(path), heads, body[:LOOK_AT])
    joins = joins_of(heads, body[:LOOK_AT], set())
    body = [with_joins(row, joins) for row in body]
    values = {head: [row[place].strip() for row in body[:LOOK_AT]] for place, head in enumerate(heads)}
    owners = {heads[place]: heads[time] for one in (joins.halves, joins.flags) for time, place in one.items()}
    own = {head: cells for head, cells in values.items() if head not in owners}
    columns, pairs, dropped, ignored, why = _assigned([*own], own)
    why |= {head: f"read with {quoted(time)}" for head, time in owners.items()}
    read = headings_read(columns, pairs)
    later = {head: kept_until(head, heads, body[:LOOK_AT], columns, pairs) for head in ignored}
    days = {head: unread_days(head, values[head], read, later=later[head]) for head in ignored}
    asked = {head: has for head in ignored if (has := times_in(values[head]) or days[head])}
    ignored = [head for head in ignored if head not in asked]
    why |= {head: f"it has {has}, and its heading is not known: see what is open" for head, has in asked.items()}
    singles = {name: (head,) for head, name in columns.items()}
    others = other_sheets(path, sheet, heads, None)
    places = [place for place, head in enumerate(heads) if _timed(columns.get(head), head, pairs)]
    certain_order, doubt = orders_in(body, places)
    order = dates or (next(iter(certain_order)) if len(certain_order) == 1 else None)
    shape: Shape = "log" if {"at", "event"} <= {*columns.values(), *pairs} else "cases"
    found = Map(
        path.name,
        singles,
        pairs,
        tuple(dropped),
        tuple(ignored),
        order,
        None if others.further else sheet,
        about=f"Map of {path.name}.",
    )
    shown_rows = tuple(_read_row(row, heads, found) for row in body[:ROWS])
    fields = {*columns.values(), *pairs}
    local = "zone" not in fields and (bool(pairs) or local_in(body, places))
    half = half_unknown(body, places_of_hours(heads, columns, pairs), kind)
    lacking = (
        *map(str, others.faults),
        *_lacking(shape, fields, doubt if order is None else None),
        *([f"hours: of 24 hours, or of 12 hours without AM and PM? There are {half}"] if half else []),
        *starmap(_asks, asked.items()),
    )
    notes = {name: why[head] for head, name in columns.items() if why[head] != DECLARED}
    return Proposal(
        str(path),
        shape,
        first + 1,
        tuple(_columns(heads, columns, pairs, why)),
        shown_rows,
        lacking,
        as_yaml(found, notes, zone_needed=local, half_days=bool(half)),
        (NO_ZONE,) if local else (),
        _words_read(values[singles["event"][0]]) if shape == "log" and "event" in singles else (),
    )


NO_EVENT = "no event of an audit"
"""What is said of a log's word that is of the jail's other business."""


def _words_read(cells: Sequence[str]) -> tuple[ReadWord, ...]:
    """Each word for an event, and what it is read as. Words that are read alike are shown each by itself."""
    words = Counter(cell for cell in cells if not is_blank(cell))
    found: dict[tuple[str, str], int] = Counter()
    for word, many in words.most_common():
        event = event_named(word) or (NO_EVENT if is_of_nothing(word) else "")
        found[quoted(word) if event else cell_shown(word), event] += many
    return tuple(ReadWord(word, many, event) for (word, event), many in found.items())


DECLARED = "its heading is a declared one"
PERSON = "it holds what names a person: dropped, and not read"
NOTHING = "no field of an audit: not read"


def _assigned(
    heads: Sequence[str], values: Mapping[str, list[str]]
) -> tuple[dict[str, str], dict[str, tuple[str, str]], list[str], list[str], dict[str, str]]:
    """The field of each heading: by its words, by likeness, by its values; what is dropped and what is ignored."""
    shape = shape_of(heads)
    columns: dict[str, str] = {}
    parts: dict[str, dict[str, str]] = {}
    dropped, why = [], {}
    year = datetime.now(UTC).year
    fields = {head: found.field for head in heads if (found := held(head, shape))}
    own_places = partial(places_of, heads, fields, list(zip(*values.values(), strict=True)))
    for head in sorted(heads, key=lambda one: (meaning := held(one, shape)) is not None and meaning.soft):
        found = held(head, shape)
        nameless = found is None and not personal_heading(head) and not looks_personal(values[head], year)
        nameless = nameless and not people_in(values[head], own_places)
        case = found is not None and found.field == "case"
        if (found is None and not nameless) or (
            case and (any(map(names_in_number, values[head])) or _named(values[head], own_places))
        ):
            dropped.append(head)
            why[head] = PERSON
        elif found is not None and found.field not in columns.values():
            why[head] = DECLARED
            if found.part == "both":
                columns[head] = by_values(head, found.field, values[head]) or found.field
            else:
                parts.setdefault(found.field, {}).setdefault(found.part, head)
    pairs: dict[str, tuple[str, str]] = {}
    for name, mine in parts.items():
        if len(mine) == 2 and name not in columns.values():
            pairs[name] = (mine["day"], mine["time"])
        elif name not in columns.values():
            columns[next(iter(mine.values()))] = name
    taken = {*columns, *dropped, *(head for pair in pairs.values() for head in pair)}
    for head in heads:
        if head not in taken and (guess := guessed(head, values[head], shape, {*columns.values(), *pairs})):
            columns[head], why[head] = guess
            taken.add(head)
    ignored = [head for head in heads if head not in taken]
    return columns, pairs, dropped, ignored, why | dict.fromkeys(ignored, NOTHING)


def _named(values: Sequence[str], places: Callable[[], FilePlaces]) -> str | None:
    return names_in(counted(values), places) or names_in_column(values, places)


def _timed(name: str | None, head: str, pairs: Mapping[str, tuple[str, str]]) -> bool:
    return name in TIMED or any(head == day for day, _ in pairs.values())


def _read_row(row: Cells, heads: Sequence[str], found: Map) -> dict[str, str]:
    """One row by field, as an audit would read it."""
    cells = dict(zip(heads, (cell.strip() for cell in row), strict=False))
    read: dict[str, str] = {}
    for name, (head, *_) in found.columns.items():
        cell = cells.get(head, "")
        if is_blank(cell):
            continue
        if name in TIMED:
            read[name] = _moment(read_moment(cell, found.dates), cell)
        elif (base := FURTHER.get(name, name)) in code_fields():
            read[name] = code_named(base, cell) or f"not understood: {cell_shown(cell)}"
        else:
            if name == "event":
                nothing = NO_EVENT if is_of_nothing(cell) else f"not understood: {cell_shown(cell)}"
                read[name] = cell if event_named(cell) else nothing
                continue
            if name in WORDS_OF_LOG and not any(plain(cell) in words() for words in WORDS_OF_LOG[name]):
                read[name] = f"not understood: {cell_shown(cell)}"
                continue
            if name in UNDECLARED and (A_WORD.search(cell) or not re.search(r"\d", cell)):
                read[name] = cell_shown(cell) if names_ice(cell) else shown(A_LETTER.sub("x", cell))
                continue
            named = (names_in_number if name == "case" else names_someone)(cell)
            read[name] = cell if named is None or name in ("agency", "event", "state") else shown(cell)
    for name, (day, time) in found.pairs.items():
        one, two = cells.get(day, ""), cells.get(time, "")
        one, two = ("" if is_blank(cell) else cell for cell in (one, two))
        if one or two:
            read[name] = _moment(join_moment(one, two, found.dates), f"{one} {two}".strip())
    return read


def _moment(found: object, cell: str) -> str:
    if isinstance(found, Moment):
        at = MIDNIGHT + timedelta(seconds=found.seconds)
        return f"{at:%Y-%m-%d %H:%M}{f':{at:%S}' if at.second else ''}{'' if found.local else ' UTC'}"
    return f"{str(found).replace('_', ' ')}: {cell_shown(cell)}"


def _asks(head: str, has: str) -> str:
    """The question that is open of a column with times that no field reads."""
    remedy = {
        TIMES: "name its field in the map",
        DAYS: "name its field in the map, with the column of its times of day as {day: HEADING, time: HEADING}",
        TIMES_OF_DAY: "name its field and the column of its days in the map, as {day: HEADING, time: HEADING}",
    }.get(has, "join it with its time in one column")
    return (
        f"{quoted(head)}: this column has {has} and is not read; {remedy}, or add it under ignore if it is of nothing"
    )


def _lacking(shape: Shape, fields: set[str], doubt: str | None) -> tuple[str, ...]:
    found = []
    if "case" not in fields:
        found.append("case: no column was found that holds a case's own number")
    if shape == "cases":
        for names, says in ((STARTS, "when a hold began"), (ENDS, "when the person left")):
            if not fields & set(names):
                found.append(f"{' or '.join(names)}: no column was found for {says}")
    if doubt:
        found.append(f"dates: month-first or day-first? {doubt} may be either, and no day past the 12th shows which")
    return tuple(found)


def _columns(
    heads: Iterable[str], columns: Mapping[str, str], pairs: Mapping[str, tuple[str, str]], why: Mapping[str, str]
) -> Iterable[ProposedColumn]:
    halves = {day: f"{name} (day)" for name, (day, _) in pairs.items()}
    halves |= {time: f"{name} (time)" for name, (_, time) in pairs.items()}
    for head in heads:
        yield ProposedColumn(head, columns.get(head) or halves.get(head, ""), why[head])
