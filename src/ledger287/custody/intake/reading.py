"""Opens the files of an audit: what each is, which column holds what, and what must not be there.

What enters: files (CSV, workbook, Parquet, JSON) that hold one row a case, or a log of events; what their user says of
them. What leaves: a ``Source`` each. It promises that no column that holds what names a person is read: such a table is
refused until the column is dropped by name. Everything that stops a file is told in one message.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, Field, Part, QueryError
from ledger287.custody.batch.plan import FIELDS, OFFICERS, PLACES, TIMES
from ledger287.custody.case.vocabulary import plain
from ledger287.custody.intake.files import Cells, TextForm, grid_of, kind_of, sheets, text_form
from ledger287.custody.intake.headings import LOOK_FOR, Shape, heading_row, held, shape_of, unique
from ledger287.custody.intake.maps import Map
from ledger287.custody.intake.moments import ORDERS, DayOrder, orders_of
from ledger287.custody.intake.problems import KINDS, Met
from ledger287.custody.intake.values import (
    identifies,
    is_blank,
    is_footer,
    looks_personal,
    names_in_heading,
    names_someone,
    personal_heading,
    shown,
)

LOOK_AT = 1000
"""How many rows of a file are looked at before it is read."""
LOG_TEXT = (
    "case", "event", "agency", "state", "zone", "form", "ground", "issued_by", "standing", "outcome", "model",
    "paid_detention", "officer",
)  # fmt: skip
CASE_TEXT = ("case", *PLACES, *OFFICERS, *FIELDS)
NUMBERED = (*OFFICERS, "officer")
FREE = ("case", "agency", "status_reference", "reference", *NUMBERED)
STARTS, ENDS = ("charges_cleared", "hold_started", "custody_passed_to_ice"), ("released", "ice_took_person")


@dataclass(frozen=True, slots=True)
class Told:
    """What a user says of the files: columns to leave unread, a map, and the order of day and month."""

    drop: tuple[str, ...] = ()
    map: Map | None = None
    dates: DayOrder | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file, understood. ``columns`` maps a heading to its field, for those that are read; ``pairs`` an event to the
    headings of its day and its time of day. ``heads`` are all headings; ``skip`` rows are above the first row of data.

    ``direct`` is True where the file is Parquet whose times are timestamps: it is read as it is.
    """

    path: Path
    kind: str
    shape: Shape
    columns: dict[str, str]
    direct: bool
    problems: tuple[Met, ...] = ()
    types: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, tuple[str, str]] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    skip: int = 1
    form: TextForm | None = None
    sheet: str | None = None
    dates: DayOrder | None = None
    map: Map | None = None
    notes: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the file has."""
        return frozenset(self.columns.values()) | frozenset(self.pairs)

    def head_of(self, name: str) -> str:
        """The heading of a field, or of the day of an event in two columns."""
        if name in self.pairs:
            return self.pairs[name][0]
        return next((head for head, other in self.columns.items() if other == name), name)

    def rows(self) -> Iterator[Cells]:
        """The rows of data, each with a cell for every heading, and more where a row has more."""
        width = len(self.heads)
        for cells in islice(grid_of(self.path, self.kind, self.form, self.sheet), self.skip, None):
            yield cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]


def open_all(paths: Sequence[Path], told: Told) -> list[Source]:
    """Every file as a source; what stops any of them is told together."""
    found: list[Source] = []
    refusals: list[Refused] = []
    for path in paths:
        try:
            found.append(open_source(path, told))
        except Refused as refused:
            refusals.append(refused)
    if refusals:
        raise one_refusal(refusals)
    return found


def one_refusal(refusals: Sequence[Refused]) -> Refused:
    """Several refusals as one, a line each."""
    unlike = list({str(refused): refused for refused in refusals}.values())
    if len(unlike) == 1:
        return unlike[0]
    parts = [part for refused in unlike for part in ("\n", *refused.parts)]
    return QueryError("several", *parts[1:])


def open_source(path: Path, told: Told | Sequence[str] = ()) -> Source:
    """One file, as a source. Raises Refused where it cannot be read, or holds what names a person."""
    told = told if isinstance(told, Told) else Told(tuple(told))
    kind = kind_of(path)
    types = _parquet_types(path) if kind == "parquet" else {}
    form = text_form(path) if kind == "csv" else None
    sheet, first, rows = first_rows(path, kind, form, told.map)
    if not any(cell.strip() for row in rows[first : first + 1] for cell in row):
        raise Refused(f"{path}: expected a heading row and rows of data, found no row.")
    heads = list(rows[first]) if kind == "parquet" else unique(rows[first])
    again = [cell.strip() for cell in rows[first]]
    rows = [row for row in rows[first + 1 :] if any(cell.strip() for cell in row) and not is_footer(row)]
    rows = [row for row in rows if [cell.strip() for cell in row] != again]
    reader = _Columns(path, heads, told)
    faults = reader.read()
    if not rows:
        raise Refused(f"{path}: expected rows of cases or events, found only a heading.")
    faults += _look(path, heads, rows, reader) + _enough(path, reader.shape, reader.fields)
    if faults:
        raise one_refusal(faults)
    source = Source(
        path,
        kind,
        reader.shape,
        reader.columns,
        kind == "parquet" and not reader.pairs and _times_are_times(reader.shape, reader.columns, types),
        tuple(reader.problems),
        types,
        reader.pairs,
        tuple(heads),
        first + 1,
        form,
        sheet,
        told.dates or (told.map.dates if told.map else None),
        told.map,
        tuple(_notes(path, first, form, sheet)),
    )
    return source if source.direct else _with_order(source, rows)


def _notes(path: Path, first: int, form: TextForm | None, sheet: str | None) -> Iterable[str]:
    if form and form.note:
        yield f"{path}: {form.note}."
    if sheet:
        yield f"{path}: sheet {sheet!r} was read."
    if first:
        yield f"{path}: the heading is line {first + 1}; what is above it was not read."


def first_rows(path: Path, kind: str, form: TextForm | None, given: Map | None) -> tuple[str | None, int, list[Cells]]:
    """The sheet that is read, where its heading is, and its first rows: the first sheet that has a known heading."""
    named = given.headings if given else ()
    if kind != "workbook":
        rows = list(islice(grid_of(path, kind, form), LOOK_FOR + LOOK_AT))
        return None, (heading_row(rows, named) if kind == "csv" else 0), rows
    names = sheets(path)
    if given and given.sheet:
        if given.sheet not in names:
            raise Refused(f"{path}: expected the sheet {given.sheet!r} that the map names, found {', '.join(names)}.")
        names = [given.sheet]
    best: tuple[int, str | None, int, list[Cells]] = (-1, None, 0, [])
    for name in names:
        rows = list(islice(grid_of(path, kind, sheet=name), LOOK_FOR + LOOK_AT))
        if not rows:
            continue
        first = heading_row(rows, named)
        score = sum(held(cell, "cases") is not None or held(cell, "log") is not None for cell in rows[first])
        score += 3 * sum(plain(cell) in {plain(one) for one in named} for cell in rows[first])
        if score > best[0]:
            best = (score, name, first, rows)
    return (best[1] if len(names) > 1 else None), best[2], best[3]


class _Columns:
    """Which heading is read as which field, by a map first and the vocabulary after it."""

    def __init__(self, path: Path, heads: list[str], told: Told) -> None:
        self.path, self.heads, self.told = path, heads, told
        self.columns: dict[str, str] = {}
        self.pairs: dict[str, tuple[str, str]] = {}
        self.problems: list[Met] = []
        self.dropped = {plain(name) for name in (*told.drop, *(told.map.drop if told.map else ()))}
        self.ignored = {plain(name) for name in (told.map.ignore if told.map else ())}
        kept = [head for head in heads if not self._is(head, self.dropped)]
        fields = set(told.map.columns) | set(told.map.pairs) if told.map else set()
        self.shape: Shape = "log" if {"at", "event"} <= fields else shape_of(kept)
        self.kept = kept

    @staticmethod
    def _is(head: str, names: set[str]) -> bool:
        return plain(head) in names or head.strip() in names

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.columns.values()) | frozenset(self.pairs)

    def read(self) -> list[Refused]:
        """Reads the headings; what stops the file is given back."""
        faults = self._by_map()
        used = {*self.columns, *(head for pair in self.pairs.values() for head in pair)}
        parts: dict[str, dict[str, str]] = {}
        for head in self.kept:
            if head in used:
                continue
            found = None if self._is(head, self.ignored) else held(head, self.shape)
            if found is None or found.field in self.fields:
                if found is not None and not self.told.map:
                    faults.append(self._both(head, found.field))
                    continue
                faults += self._unread(head)
                continue
            if found.part == "both":
                if found.field in self.fields:
                    faults.append(self._both(head, found.field))
                self.columns[head] = found.field
            elif found.part in (mine := parts.setdefault(found.field, {})):
                faults.append(self._both(head, found.field, mine[found.part]))
            else:
                mine[found.part] = head
        for name, mine in parts.items():
            if name in self.columns.values():
                faults += [self._both(head, name) for head in mine.values()]
            elif len(mine) == 2:
                self.pairs[name] = (mine["day"], mine["time"])
            else:
                self.columns[next(iter(mine.values()))] = name
        if not self.fields and not faults:
            listed = ", ".join("a value" if names_in_heading(head) else repr(head) for head in self.heads[:8])
            says = f"{self.path}: none of its headings is of a custody table: {listed}. docs/custody.md has an example "
            propose = Ask("custody map", (str(self.path),))
            faults.append(
                QueryError("unknown_headings", says, "of each input; ", propose, " proposes what each column is.")
            )
        return faults

    def _by_map(self) -> list[Refused]:
        given = self.told.map
        if given is None:
            return []
        by_name = {plain(head) or head: head for head in reversed(self.kept)}
        missing = []
        for name, heads in given.columns.items():
            here = next((by_name[plain(head) or head] for head in heads if (plain(head) or head) in by_name), None)
            if here is None:
                missing.append(heads[0])
            else:
                self.columns[here] = name
        for name, pair in given.pairs.items():
            both = [by_name.get(plain(head) or head) for head in pair]
            missing += [head for head, here in zip(pair, both, strict=True) if here is None]
            if both[0] and both[1]:
                self.pairs[name] = (both[0], both[1])
        if not self.fields:
            listed = ", ".join("a value" if names_in_heading(head) else repr(head) for head in self.heads[:8])
            return [Refused(f"{self.path}: none of its headings is in the map {given.name}: {listed}.")]
        for head in missing:
            self.problems.append(problem(self.path, 0, head, "unmapped_heading", found="no such heading"))
        return []

    def _unread(self, head: str) -> list[Refused]:
        """A heading that no field reads: ignored by the map, personal, or told as unknown."""
        if self._is(head, self.ignored):
            return []
        if word := personal_heading(head):
            return [personal(self.path, head, f"a heading with {word!r} in it")]
        if not re.fullmatch(r"column \d+", head):
            self.problems.append(problem(self.path, 0, head, "unknown_column", found=f"the heading {head!r}"))
        return []

    def _both(self, head: str, name: str, other: str | None = None) -> Refused:
        other = other or next((one for one, mine in self.columns.items() if mine == name), None)
        other = other or next(iter(self.pairs.get(name, ())), head)
        says = f"{self.path}: {head!r} and {other!r} both hold {name}. Leave one out with "
        return QueryError("column_twice", says, Field("drop", repr(head)), ".")


def problem(path: Path, row: int, column: str, kind: str, *, found: str = "", case: str | None = None) -> Met:
    said = KINDS[kind]
    return Met(str(path), row, column or said.column, case, kind, said.expected, found or said.found, said.remedy)


def _parquet_types(path: Path) -> dict[str, str]:
    import duckdb

    try:
        rows = duckdb.connect().execute("describe select * from read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise Refused(f"{path}: this Parquet file cannot be read: {str(error).splitlines()[0]}") from None
    return {row[0]: row[1] for row in rows}


def _times_are_times(shape: Shape, columns: dict[str, str], types: dict[str, str]) -> bool:
    wanted = ("at",) if shape == "log" else TIMES
    return all(types[head].startswith("TIMESTAMP") for head, name in columns.items() if name in wanted)


def _enough(path: Path, shape: Shape, fields: frozenset[str]) -> list[Refused]:
    if not fields:
        return []
    faults: list[Refused] = []
    if "case" not in fields:
        faults.append(Refused(f"{path}: expected a column with the case's number (case), found none."))
    if shape == "cases" and not (set(STARTS) & fields and set(ENDS) & fields):
        pair = f"expected a column of {' or '.join(STARTS)}, and one of {' or '.join(ENDS)}; found neither pair."
        propose = Ask("custody map", (str(path),))
        faults.append(QueryError("no_hold", f"{path}: {pair} ", propose, " proposes which column is which."))
    return faults


def personal(path: Path, head: str, why: str) -> Refused:
    named = not names_in_heading(head)
    says = (
        f"{path}: column {repr(head) if named else shown(head)} was not read: it has {why}. An audit needs no names, "
    )
    parts: list[Part] = [says, "birth dates, nationalities or A-numbers. Leave it out of the file, "]
    if not named:
        return Refused(*parts, "and give the file a heading row if it has none.")
    return QueryError("personal", *parts, "or say ", Field("drop", repr(head)), ".")


def _look(path: Path, heads: list[str], rows: list[Cells], reader: _Columns) -> list[Refused]:
    """Looks at the first rows: columns that no field reads, and those that hold free text."""
    faults: list[Refused] = []
    year = datetime.now(UTC).year
    paired = {head for pair in reader.pairs.values() for head in pair}
    for place, head in enumerate(heads):
        if head not in reader.kept or head in paired:
            continue
        name = reader.columns.get(head)
        if name is not None and name not in FREE:
            continue
        if name is None and personal_heading(head) and not reader._is(head, reader.ignored):
            continue  # its heading was refused already
        values = [row[place].strip() for row in rows[:LOOK_AT] if place < len(row)]
        if name is None or name in NUMBERED:
            found = looks_personal(values, year)
        else:
            look = names_someone if name == "case" else identifies
            found = next((found for value in values if (found := look(value))), None)
        if found:
            faults.append(personal(path, head, f"values that look like {found}"))
    return faults


def _with_order(source: Source, rows: list[Cells]) -> Source:
    """A source with the order in which it writes day and month, as its own days settle it; asked where none does."""
    if source.dates is not None:
        return source
    places = [place for place, head in enumerate(source.heads) if _of_time(source, head)]
    orders, doubt = orders_in(rows, places)
    if not orders and doubt:
        orders, doubt = orders_in(source.rows(), places)
    if len(orders) == 1:
        return _ordered(source, next(iter(orders)))
    if not doubt and not orders:
        return source
    if orders:
        one, two = (orders[order] for order in ORDERS)
        found = f"days that can only be read month first ({one}) and day first ({two})"
    else:
        found = f"{doubt}, and no day past the 12th that would show it"
    says = f"{source.path}: are its days written month first (3/1 is March 1) or day first? Found {found}. Say "
    first, second = (Field("dates", order) for order in ORDERS)
    raise QueryError("day_order", says, first, " or ", second, ".", choices=ORDERS)


def _of_time(source: Source, head: str) -> bool:
    return source.columns.get(head) in (*TIMES, "at") or any(head == day for day, _ in source.pairs.values())


def orders_in(rows: Iterable[Cells], places: Sequence[int]) -> tuple[dict[DayOrder, str], str | None]:
    """The orders that some day settles, each with the first text that does; and a text that leaves it open."""
    settled: dict[DayOrder, str] = {}
    doubt = None
    for row in rows:
        for place in places:
            cell = row[place].strip() if place < len(row) else ""
            if is_blank(cell):
                continue
            found = orders_of(cell)
            if len(found) == 1:
                settled.setdefault(next(iter(found)), cell)
            elif found and doubt is None:
                doubt = cell
        if len(settled) == 2:
            break
    return settled, doubt


def _ordered(source: Source, order: DayOrder) -> Source:
    from dataclasses import replace

    note = f"{source.path}: its days are written {order.replace('-', ' ')}, as the file itself shows."
    return replace(source, dates=order, notes=(*source.notes, note))
