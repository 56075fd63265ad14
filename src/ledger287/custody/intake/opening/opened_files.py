"""Opens the files of an audit: what each is, which column holds what, and what must not be there.

What enters: files (CSV, workbook, Parquet, JSON) that hold one row per case, or a log of events; what their user says
of them. What leaves: one ``ExportFile`` per file. It promises that no column that identifies a person is read: such a
table is refused until the column is dropped by name. Everything that stops a file is reported in one message.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.case.vocabulary import FURTHER
from ledger287.custody.intake.columns.assigning import Columns, Stated, refuse_headless, refuse_unknown_drops
from ledger287.custody.intake.columns.halves import Joins, joins_of, with_joins
from ledger287.custody.intake.columns.headings import LOOK_FOR, Shape, unique
from ledger287.custody.intake.columns.maps import Map
from ledger287.custody.intake.fields import FREE, TIMED
from ledger287.custody.intake.files import Cells, TextForm, grid_of, kind_of, peeking, text_form
from ledger287.custody.intake.opening.alike import days_in, plain_ones, schema_of, with_other_grounds
from ledger287.custody.intake.opening.first_rows import LOOK_AT, first_rows, heads_again
from ledger287.custody.intake.opening.looking import asked_about, asked_of_hours, enough, look
from ledger287.custody.intake.opening.sheets import FurtherSheet, notes_on_sheets, other_sheets
from ledger287.custody.intake.people.number_words import is_placeholder
from ledger287.custody.intake.places.inputs import keys_of, keys_unread, one_refusal
from ledger287.custody.intake.places.remote import FetchedObject
from ledger287.custody.intake.problems import CaseProblem
from ledger287.custody.intake.times.moments import ORDERS, DayOrder
from ledger287.custody.intake.times.orders import local_in, orders_in
from ledger287.custody.intake.times.values import is_footer

NO_COPIES: Mapping[Path, FetchedObject] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file, understood. ``columns`` maps a heading to its field, for those that are read; ``pairs`` an event to the
    headings of its day and its time of day. ``heads`` are all headings; ``skip`` rows are above the first row of data.

    ``direct`` is True where the file is Parquet whose times are timestamps: it is read as it is. ``keys`` are the
    fields that the names of its folders give, as ``state=TX``. ``uri`` is that of an object of a store, of which
    ``path`` is a copy, and ``seen`` the one by which a cluster's machines read it. ``joins`` are columns that are read
    with another, ``further`` the sheets of the same headings whose rows come after those of ``sheet``; ``lines`` are
    those of a heading in two lines.
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
    joins: Joins = field(default_factory=Joins)
    further: tuple[FurtherSheet, ...] = ()
    lines: tuple[Cells, ...] = ()

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
        own = islice(grid_of(self.path, self.kind, self.form, self.sheet), self.skip, None)
        for cells in chain(own, *(one.rows(self.path) for one in self.further)):
            filled = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
            yield with_joins(filled, self.joins) if self.joins.places else filled


Opened = tuple[ExportFile, bool, list[Refused]]
"""A file as a source, whether its times are of the jail's own clocks, and what stops it."""


def open_all(
    paths: Sequence[Path], stated: Stated, copies: Mapping[Path, FetchedObject] = NO_COPIES
) -> list[ExportFile]:
    """Every file as a source; what stops any of them is reported together. ``copies`` are objects of a store."""
    found: list[ExportFile] = []
    refusals: list[Refused] = []
    unplaced: list[Path] = []
    stopped: list[list[Refused]] = []
    opener = _Opener(paths, stated, copies)
    for path in paths:
        try:
            source, local, faults = opener.opened(path)
        except Refused as refused:
            refusals.append(refused)
            continue
        unplaced += [path] if local and not stated.zoned and "zone" not in source.fields else []
        stopped.append(faults)
        found.append(source)
    found, settled = ordered_alike(found, stopped)
    refusals += settled
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


class OrderOpen(QueryError):
    """No day of a file shows in which order it writes day and month."""


def ordered_alike(
    sources: Sequence[ExportFile], stopped: Sequence[list[Refused]]
) -> tuple[list[ExportFile], list[Refused]]:
    """Files that leave their order of day and month open, read as those of the same headings that show one order."""
    shown: dict[tuple[str, ...], dict[DayOrder, str]] = {}
    for source in sources:
        if source.dates:
            shown.setdefault(source.heads, {}).setdefault(source.dates, source.name)
    found, left = [], []
    for source, faults in zip(sources, stopped, strict=True):
        orders = shown.get(source.heads, {})
        others = [fault for fault in faults if not isinstance(fault, OrderOpen)]
        if len(orders) == 1 and len(others) < len(faults):
            ((order, other),) = orders.items()
            says = (
                f"{source.name}: its days are read {order.replace('-', ' ')}, as {other} with the same headings shows."
            )
            found.append(replace(source, dates=order, notes=(*source.notes, says)))
            left += others
        else:
            found.append(source)
            left += faults
    return found, left


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
            times = [head for head, name in source.columns.items() if name in TIMED]
            case = source.head_of("case")
            self.plain |= plain_ones(others, case, free, unread, times, most) if others else set()
            if self.plain and source.shape == "log":
                self.plain -= with_other_grounds(others, source.head_of("event"))
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
    sheet, first, rows, lines = first_rows(path, kind, form, stated.map)
    if not any(cell.strip() for row in rows[first : first + 1] for cell in row):
        raise Refused(f"{path}: expected a heading row and rows of data, found no row.")
    heads = list(rows[first]) if kind == "parquet" else unique(rows[first])
    again = [cell.strip() for cell in rows[first]]
    others = other_sheets(path, sheet, heads, stated.map)
    rows = [*rows[first + 1 :], *(row for one in others.further for row in one.first)]
    rows = [row for row in rows if any(cell.strip() for cell in row) and not is_footer(row)]
    rows = [row for row in rows if row[0].strip() != again[0] or [cell.strip() for cell in row] != again]
    rows = heads_again(rows, lines)
    if stated.map is None:
        refuse_headless(name, heads, rows)
    left_out = {head for head in heads if Columns.named(head, stated.unread)}
    joins = joins_of(heads, rows, left_out) if kind != "parquet" else Joins()
    rows = [with_joins(row, joins) for row in rows] if joins.places else rows
    reader = Columns(name, heads, stated, [heads[place] for place in joins.places])
    faults = [*others.faults, *reader.read()]
    reader.settle(rows)
    if not rows:
        raise Refused(f"{path}: expected rows of cases or events, found only a heading.")
    faults += look(name, heads, rows, reader)
    faults += enough(name, reader.shape, reader.fields) + ([] if faults else asked_about(name, heads, rows, reader))
    source = ExportFile(
        path,
        kind,
        reader.shape,
        reader.columns,
        kind == "parquet"
        and not reader.pairs
        and not (stated.map and stated.map.values)
        and not {*FURTHER} & reader.fields
        and _times_are_times(reader.shape, reader.columns, types)
        and not _numberless(heads, reader.columns, rows)
        and not (
            reader.shape == "log"
            and with_other_grounds([path], next(head for head, one in reader.columns.items() if one == "event"))
        )
        and not days_in(path, [head for head, one in reader.columns.items() if one in TIMED], heads, rows),
        tuple(reader.problems),
        types,
        reader.pairs,
        tuple(heads),
        first + 1,
        form,
        sheet,
        stated.dates or (stated.map.dates if stated.map else None),
        stated.map,
        (
            *_notes(name, first, form, in_two=bool(lines)),
            *notes_on_sheets(name, sheet, first + 1, others, path),
            *_of_folders(Path(name), reader.shape),
        ),
        {key: value for key, value in keys_of(Path(name), reader.shape).items() if key not in reader.fields},
        copy.uri if copy else "",
        copy.seen if copy else "",
        joins,
        others.further,
        lines,
    )
    if not source.direct and reader.fields:
        try:
            faults += asked_of_hours(name, kind, reader, rows, source.rows)
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


def _numberless(heads: list[str], columns: Mapping[str, str], rows: list[Cells]) -> bool:
    """Whether a case number is words in place of one: such a row is left out where cells are staged."""
    place = next((place for place, head in enumerate(heads) if columns.get(head) == "case"), None)
    return place is not None and any(place < len(row) and is_placeholder(row[place].strip()) for row in rows)


def no_zone(path: Path) -> Refused:
    """What is said where no time of a file can be placed."""
    zone = QueryField("zone", "America/Chicago")
    return QueryError("no_time_zone", f"{path}: its times have no time zone. Name the jail's: ", zone, ".")


def _notes(path: str, first: int, form: TextForm | None, *, in_two: bool) -> Iterable[str]:
    if form and form.note:
        yield f"{path}: {form.note}."
    if in_two:
        above = "; what is above them was not read" if first > 1 else ""
        yield f"{path}: the heading is lines {first} and {first + 1}{above}."
    elif first:
        yield f"{path}: the heading is line {first + 1}; what is above it was not read."


def _of_folders(path: Path, shape: Shape) -> Iterable[str]:
    """What is said of a folder such as ``county=``, whose key no field reads; the same for all files in it."""
    for key in keys_unread(path, shape):
        yield f"folders named {key}= were not read as a column; no field of an audit has this name."


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
    kind = QueryError if orders else OrderOpen
    raise kind("day_order", says, first, " or ", second, ".", choices=ORDERS)


def _of_time(source: ExportFile, head: str) -> bool:
    return source.columns.get(head) in TIMED or any(head == day for day, _ in source.pairs.values())


def _ordered(source: ExportFile, order: DayOrder) -> ExportFile:
    note = f"{source.name}: its days are written {order.replace('-', ' ')}, as the file itself shows."
    return replace(source, dates=order, notes=(*source.notes, note))
