"""Opens the files of an audit: what each is, which column holds what, and what must not be there.

What enters: files (CSV, workbook, Parquet, JSON) that hold one row per case, or a log of events; what their user says
of them. What leaves: one ``ExportFile`` per file. It promises that no column that identifies a person is read: such a
table is refused until the column is dropped by name. Everything that stops a file is reported in one message.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, QueryError, QueryField
from ledger287.custody.batch.plans.plan import FIELDS, OFFICERS, PLACES, TIMES
from ledger287.custody.case.vocabulary import plain
from ledger287.custody.intake.alike import plain_ones, schema_of
from ledger287.custody.intake.columns.assigning import Columns, Stated, personal, refuse_headless, refuse_unknown_drops
from ledger287.custody.intake.columns.headings import LOOK_FOR, Shape, heading_row, held, two_lines, unique
from ledger287.custody.intake.columns.maps import Map
from ledger287.custody.intake.files import Cells, TextForm, grid_of, kind_of, peeking, sheets, text_form
from ledger287.custody.intake.guessing import HALVES, guessed, times_in
from ledger287.custody.intake.named_numbers import counted, names_in, places_of
from ledger287.custody.intake.places.inputs import keys_of, keys_unread, one_refusal
from ledger287.custody.intake.places.remote import FetchedObject
from ledger287.custody.intake.problems import CaseProblem
from ledger287.custody.intake.times.moments import ORDERS, DayOrder, Moment, orders_of, read_moment
from ledger287.custody.intake.times.values import (
    first_who,
    is_blank,
    is_footer,
    looks_personal,
    personal_heading,
    quoted,
)

NO_COPIES: Mapping[Path, FetchedObject] = MappingProxyType({})
LOOK_AT = 1000
"""How many rows of a file are looked at before it is read."""
LOG_TEXT = (
    "case", "event", "agency", "state", "zone", "form", "ground", "issued_by", "standing", "outcome", "model",
    "paid_detention", "hold_for", "officer",
)  # fmt: skip
CASE_TEXT = ("case", *PLACES, *OFFICERS, *FIELDS)
NUMBERED = (*OFFICERS, "officer")
FREE = ("case", "agency", "status_reference", "reference", *NUMBERED)
OF_A_HOLD = (
    "charges_cleared", "detainer_received", "warrant_received", "hold_started", "custody_passed_to_ice", "released",
    "ice_took_person", "contract_began", "detainer_cancelled",
)  # fmt: skip
"""The events from whose times it is known whether and how long a person was held."""
STARTS, ENDS = ("charges_cleared", "hold_started", "custody_passed_to_ice"), ("released", "ice_took_person")


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file, understood. ``columns`` maps a heading to its field, for those that are read; ``pairs`` an event to the
    headings of its day and its time of day. ``heads`` are all headings; ``skip`` rows are above the first row of data.

    ``direct`` is True where the file is Parquet whose times are timestamps: it is read as it is. ``keys`` are the
    fields that the names of its folders give, as ``state=TX``. ``uri`` is that of an object of a store, of which
    ``path`` is a copy, and ``seen`` the one by which a cluster's machines read it.
    """

    path: Path
    kind: str
    shape: Shape
    columns: dict[str, str]
    direct: bool
    problems: tuple[CaseProblem, ...] = ()
    types: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, tuple[str, str]] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    skip: int = 1
    form: TextForm | None = None
    sheet: str | None = None
    dates: DayOrder | None = None
    map: Map | None = None
    notes: tuple[str, ...] = ()
    keys: dict[str, str | None] = field(default_factory=dict)
    uri: str = ""
    seen: str = ""

    @property
    def name(self) -> str:
        """The name by which the file is reported: its path, or its URI where ``path`` is a copy of an object."""
        return self.uri or str(self.path)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the file has, those among them that its folders give."""
        return frozenset(self.columns.values()) | frozenset(self.pairs) | frozenset(self.keys)

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


Opened = tuple[ExportFile, bool, list[Refused]]
"""A file as a source, whether its times are of the jail's own clocks, and what stops it."""


def open_all(
    paths: Sequence[Path], stated: Stated, copies: Mapping[Path, FetchedObject] = NO_COPIES
) -> list[ExportFile]:
    """Every file as a source; what stops any of them is reported together. ``copies`` are objects of a store."""
    found: list[ExportFile] = []
    refusals: list[Refused] = []
    unplaced: list[Path] = []
    opener = _Opener(paths, stated, copies)
    for path in paths:
        try:
            source, local, faults = opener.opened(path)
        except Refused as refused:
            refusals.append(refused)
            continue
        unplaced += [path] if local and not stated.zoned and "zone" not in source.fields else []
        refusals += faults
        found.append(source)
    if len(found) == len(paths):
        try:
            refuse_unknown_drops(
                stated.drop, (*(head for source in found for head in source.heads), *stated.other_heads)
            )
        except Refused as refused:
            refusals.append(refused)
    refusals += map(no_zone, unplaced)
    if refusals:
        raise one_refusal(refusals)
    return found


class _Opener:
    """Opens files, Parquet files of one schema by the first of them: only what is in doubt is looked at by itself."""

    def __init__(self, paths: Sequence[Path], stated: Stated, copies: Mapping[Path, FetchedObject]) -> None:
        self.stated, self.copies = stated, copies
        self.schemas = {path: schema_of(path) for path in paths} if len(paths) > 1 else {}
        self.groups: dict[Any, list[Path]] = {}
        for path, schema in self.schemas.items():
            self.groups.setdefault(schema, []).append(path)
        self.firsts: dict[Any, tuple[ExportFile, bool]] = {}
        self.plain: set[Path] = set()

    def opened(self, path: Path) -> Opened:
        """A file as a source, whether its times are of the jail's own clocks, and what stops it."""
        schema, copy = self.schemas.get(path), self.copies.get(path)
        if path in self.plain:
            first, local = self.firsts[schema]
            return _like(first, path, copy), local, []
        source, local, faults = _opened(path, self.stated, copy)
        if schema is not None and schema not in self.firsts and source.direct and not faults:
            self.firsts[schema] = source, local
            others = [one for one in self.groups[schema] if one != path]
            kept = Columns(source.name, list(source.heads), self.stated).kept
            free = [head for head in kept if source.columns.get(head) in FREE]
            unread = [head for head in kept if head not in source.columns]
            most = LOOK_FOR + LOOK_AT
            self.plain |= plain_ones(others, source.head_of("case"), free, unread, most) if others else set()
        return source, local, faults


def _like(first: ExportFile, path: Path, copy: FetchedObject | None) -> ExportFile:
    """A file of the first one's schema, with its own name, folders and problems."""
    name = copy.uri if copy else str(path)
    own = set(first.columns.values())
    return replace(
        first,
        path=path,
        problems=tuple(replace(one, file=name) for one in first.problems),
        notes=tuple(_of_folders(Path(name), first.shape)),
        keys={key: value for key, value in keys_of(Path(name), first.shape).items() if key not in own},
        uri=copy.uri if copy else "",
        seen=copy.seen if copy else "",
    )


def open_source(path: Path, stated: Stated | Sequence[str] = ()) -> ExportFile:
    """One file, as a source. Raises Refused where it cannot be read, or holds what names a person."""
    source, _, faults = _opened(path, stated if isinstance(stated, Stated) else Stated(tuple(stated)))
    if faults:
        raise one_refusal(faults)
    return source


def _opened(path: Path, stated: Stated, copy: FetchedObject | None = None) -> Opened:
    """One file as a source, whether its times are of the jail's own clocks, and what stops it."""
    name = copy.uri if copy else str(path)
    kind = kind_of(path)
    types = _parquet_types(path) if kind == "parquet" else {}
    form = text_form(path) if kind == "csv" else None
    sheet, first, rows, in_two = first_rows(path, kind, form, stated.map)
    if not any(cell.strip() for row in rows[first : first + 1] for cell in row):
        raise Refused(f"{path}: expected a heading row and rows of data, found no row.")
    heads = list(rows[first]) if kind == "parquet" else unique(rows[first])
    again = [cell.strip() for cell in rows[first]]
    rows = [row for row in rows[first + 1 :] if any(cell.strip() for cell in row) and not is_footer(row)]
    rows = [row for row in rows if row[0].strip() != again[0] or [cell.strip() for cell in row] != again]
    if stated.map is None:
        refuse_headless(name, heads, rows)
    reader = Columns(name, heads, stated)
    faults = reader.read()
    reader.settle(rows)
    if not rows:
        raise Refused(f"{path}: expected rows of cases or events, found only a heading.")
    faults += _look(name, heads, rows, reader) + _enough(name, reader.shape, reader.fields)
    faults += [] if faults else _asked_about(name, heads, rows, reader)
    source = ExportFile(
        path,
        kind,
        reader.shape,
        reader.columns,
        kind == "parquet"
        and not reader.pairs
        and not (stated.map and stated.map.values)
        and _times_are_times(reader.shape, reader.columns, types),
        tuple(reader.problems),
        types,
        reader.pairs,
        tuple(heads),
        first + 1,
        form,
        sheet,
        stated.dates or (stated.map.dates if stated.map else None),
        stated.map,
        (*_notes(name, first, form, sheet, in_two=in_two), *_of_folders(Path(name), reader.shape)),
        {key: value for key, value in keys_of(Path(name), reader.shape).items() if key not in reader.fields},
        copy.uri if copy else "",
        copy.seen if copy else "",
    )
    if not source.direct and reader.fields:
        try:
            source = _with_order(source, rows)
        except Refused as refused:
            faults.append(refused)
    return source, bool(reader.fields) and _has_local_times(source, rows), faults


def _has_local_times(source: ExportFile, rows: list[Cells]) -> bool:
    """Whether a file gives times of the jail's own clocks, by its types, or by the first times in its first rows."""
    if source.direct:
        return any(
            "TIME ZONE" not in source.types[head] for head, name in source.columns.items() if name in (*TIMES, "at")
        )
    places = [place for place, head in enumerate(source.heads) if _of_time(source, head)]
    return bool(source.pairs) or local_in(rows, places)


def local_in(rows: Iterable[Cells], places: Sequence[int]) -> bool:
    """Whether the first time in some columns that can be read is one of the jail's own clocks, without an offset."""
    for row in rows:
        for place in places:
            cell = row[place].strip() if place < len(row) else ""
            for found in () if is_blank(cell) else (read_moment(cell, order) for order in ORDERS):
                if isinstance(found, Moment):
                    return found.local
    return False


def no_zone(path: Path) -> Refused:
    """What is said where no time of a file can be placed."""
    zone = QueryField("zone", "America/Chicago")
    return QueryError("no_time_zone", f"{path}: its times have no time zone. Name the jail's: ", zone, ".")


def _notes(path: str, first: int, form: TextForm | None, sheet: str | None, *, in_two: bool) -> Iterable[str]:
    if form and form.note:
        yield f"{path}: {form.note}."
    if sheet:
        yield f"{path}: sheet {sheet!r} was read."
    if in_two:
        above = "; what is above them was not read" if first > 1 else ""
        yield f"{path}: the heading is lines {first} and {first + 1}{above}."
    elif first:
        yield f"{path}: the heading is line {first + 1}; what is above it was not read."


def _of_folders(path: Path, shape: Shape) -> Iterable[str]:
    """What is said of a folder such as ``county=``, whose key no field reads; the same for all files in it."""
    for key in keys_unread(path, shape):
        yield f"folders named {key}= were not read as a column; no field of an audit has this name."


def first_rows(
    path: Path, kind: str, form: TextForm | None, given: Map | None
) -> tuple[str | None, int, list[Cells], bool]:
    """The sheet that is read, where its heading is, its first rows, and whether the heading is of two lines, which are
    then joined in the second: of several sheets the first that has a known heading."""
    named = given.headings if given else ()
    if kind != "workbook":
        rows = list(islice(grid_of(path, kind, form, most=LOOK_FOR + LOOK_AT), LOOK_FOR + LOOK_AT))
        return None, *(_headed(rows, named) if kind == "csv" else (0, rows, False))
    names = sheets(path)
    if given and given.sheet:
        if given.sheet not in names:
            raise Refused(f"{path}: expected the sheet {given.sheet!r} that the map names, found {', '.join(names)}.")
        names = [given.sheet]
    best: tuple[int, str | None, int, list[Cells], bool] = (-1, None, 0, [], False)
    for name in names:
        rows = list(islice(grid_of(path, kind, sheet=name), LOOK_FOR + LOOK_AT))
        if not rows:
            continue
        first, rows, in_two = _headed(rows, named)
        score = sum(held(cell, "cases") is not None or held(cell, "log") is not None for cell in rows[first])
        score += 3 * sum(plain(cell) in {plain(one) for one in named} for cell in rows[first])
        if score > best[0]:
            best = (score, name, first, rows, in_two)
    return (best[1] if len(names) > 1 else None), *best[2:]


def _headed(rows: list[Cells], named: Sequence[str]) -> tuple[int, list[Cells], bool]:
    """Where the heading is, and the rows; a heading of two lines is joined in the second of them."""
    first = heading_row(rows, named)
    both = two_lines(rows, first, named) if rows else None
    if both is None:
        return first, rows, False
    return both[0], [*rows[: both[0]], both[1], *rows[both[0] + 1 :]], True


def _parquet_types(path: Path) -> dict[str, str]:
    """The columns of a Parquet file with their types, as DuckDB names them; files of one schema are described once."""
    import duckdb

    schema = schema_of(path)  # where it is none, the engine says below what is wrong with the file
    if schema is not None and schema in _described:
        return dict(_described[schema])
    try:
        rows = (
            peeking()
            .execute("describe select * from read_parquet(?, hive_partitioning = false)", [str(path)])
            .fetchall()
        )
    except duckdb.Error as error:
        raise Refused(f"{path}: this Parquet file cannot be read: {str(error).splitlines()[0]}") from None
    types = {row[0]: row[1] for row in rows}
    if schema is not None:
        _described.clear()
        _described[schema] = types
    return dict(types)


_described: dict[Any, dict[str, str]] = {}
"""The schema of the last Parquet file, with the types of its columns."""


def _times_are_times(shape: Shape, columns: dict[str, str], types: dict[str, str]) -> bool:
    wanted = ("at",) if shape == "log" else TIMES
    return all(types[head].startswith("TIMESTAMP") for head, name in columns.items() if name in wanted)


def _enough(path: str, shape: Shape, fields: frozenset[str]) -> list[Refused]:
    if not fields:
        return []
    faults: list[Refused] = []
    if "case" not in fields:
        faults.append(Refused(f"{path}: expected a column with the case's number (case), found none."))
    if shape == "cases" and not (set(STARTS) & fields and set(ENDS) & fields):
        pair = f"expected a column of {' or '.join(STARTS)}, and one of {' or '.join(ENDS)}; found neither pair."
        propose = Ask("custody map", (path,))
        faults.append(QueryError("no_hold", f"{path}: {pair} ", propose, " proposes which column is which."))
    return faults


def _asked_about(path: str, heads: list[str], rows: list[Cells], reader: Columns) -> list[Refused]:
    """Columns that no field reads and that have times, or look like those of a hold: none vanishes for its heading."""
    faults: list[Refused] = []
    paired = {head for pair in reader.pairs.values() for head in pair}
    for place, head in enumerate(heads):
        if head not in reader.kept or head in reader.columns or head in paired or reader.named(head, reader.ignored):
            continue
        values = [row[place].strip() for row in rows[:LOOK_AT] if place < len(row)]
        has = times_in(values)
        if reader.shape == "log" and has != HALVES:
            continue
        name, _ = guessed(head, values, reader.shape, set(reader.fields)) or ("", "")
        # Where the start or the end of a hold is read already, another time is reported as not read.
        asks = has == HALVES or (has and not ("charges_cleared" in reader.fields and {*ENDS} & reader.fields))
        looks = f"looks like {name}" if name in OF_A_HOLD and has != HALVES else f"has {has}" if asks else ""
        if looks:
            says = f"{path}: column {quoted(head)} {looks}, and is not read. "
            propose, drop = Ask("custody map", (path,)), QueryField("drop", quoted(head))
            more = " proposes how to read it; if it is something else, say "
            faults.append(QueryError("looks_like_a_time", says, propose, more, drop, "."))
    return faults


def _look(path: str, heads: list[str], rows: list[Cells], reader: Columns) -> list[Refused]:
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
        if name is None and personal_heading(head) and not reader.named(head, reader.ignored):
            continue  # its heading was refused already
        values = [row[place].strip() for row in rows[:LOOK_AT] if place < len(row)]
        if name is None or name in NUMBERED:
            found = looks_personal(values, year)
        else:
            found = first_who(values, anywhere=name == "case")
            if name == "case":
                found = found or names_in(counted(values), lambda: places_of(heads, reader.columns, rows))
        if found:
            faults.append(personal(path, head, f"values that look like {found}", name or ""))
    return faults


def _with_order(source: ExportFile, rows: list[Cells]) -> ExportFile:
    """A source with the order in which it writes day and month, as its own days show it; refused where none does."""
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
    first, second = (QueryField("dates", order) for order in ORDERS)
    raise QueryError("day_order", says, first, " or ", second, ".", choices=ORDERS)


def _of_time(source: ExportFile, head: str) -> bool:
    return source.columns.get(head) in (*TIMES, "at") or any(head == day for day, _ in source.pairs.values())


def orders_in(rows: Iterable[Cells], places: Sequence[int]) -> tuple[dict[DayOrder, str], str | None]:
    """The orders that some day settles, each with the first text that does; and a text that leaves it open."""
    certain: dict[DayOrder, str] = {}
    doubt = None
    for row in rows:
        for place in places:
            cell = row[place].strip() if place < len(row) else ""
            if is_blank(cell):
                continue
            found = orders_of(cell)
            if len(found) == 1:
                certain.setdefault(next(iter(found)), cell)
            elif found and doubt is None:
                doubt = cell
        if len(certain) == 2:
            break
    return certain, doubt


def _ordered(source: ExportFile, order: DayOrder) -> ExportFile:
    note = f"{source.name}: its days are written {order.replace('-', ' ')}, as the file itself shows."
    return replace(source, dates=order, notes=(*source.notes, note))
