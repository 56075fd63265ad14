"""Rows -> a Parquet file in groups of a fixed number of rows; the groups of an earlier file are copied as they are.

What enters: a table, and a file that begins with the same rows, or none. What leaves: the bytes of one ordinary Parquet
file. Promise: a file that was grown has the bytes of one written at once, since each group is written on its own and
its bytes depend on its rows alone. polars writes each group; this module joins them, and writes the footer again
(Thrift's compact protocol) with each group's place. Indexes of pages are left out, since a group has one page a column.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

MAGIC = b"PAR1"
TRUE, FALSE, BYTE, SHORT, INT, LONG, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12
ROWS, GROUPS, WRITER = 3, 4, 6
"""Fields of the footer."""
COLUMNS, GROUP_ROWS, GROUP_OFFSET, ORDINAL = 1, 3, 5, 7
"""Fields of a group of rows."""
CHUNK_OFFSET, CHUNK, INDEXES = 2, 3, (4, 5, 6, 7)
"""Fields of a column's part in a group."""
CHUNK_OFFSETS, DICTIONARY_OFFSET, DATA_OFFSET, BLOOM_FILTER = (9, 10, 11), 11, 9, (14, 15)
"""Fields of its description."""

Struct = list[tuple[int, int, Any]]
"""Number, type and value of each field."""


class NotGroups(ValueError):
    """A file that is not of groups of rows as this module writes them."""


@dataclass(frozen=True, slots=True)
class RowGroups:
    """RowGroups of rows: their bytes, and a footer that describes these alone."""

    data: bytes
    footer: Struct

    @property
    def rows(self) -> int:
        """How many rows they have."""
        return int(_value(self.footer, ROWS))

    @property
    def of_this_writer(self) -> bool:
        """Whether the version of polars that is here wrote them; another one may write other bytes."""
        return bool(_value(self.footer, WRITER) == _writer())

    def first(self, size: int, most: int) -> "RowGroups | None":
        """The groups of ``size`` rows with which these begin, of at most ``most`` rows; None where there is none.

        Raises NotGroups where these are other groups.
        """
        every = _value(self.footer, GROUPS)[1]
        counts = [_value(group, GROUP_ROWS) for group in every]
        if any(count != size for count in counts[:-1]):
            raise NotGroups(f"groups of {size} rows were expected")
        wanted = min(most // size, sum(count == size for count in counts))
        if not wanted:
            return None
        end = _start(every[wanted]) - len(MAGIC) if wanted < len(every) else len(self.data)
        return RowGroups(self.data[:end], _with(self.footer, {ROWS: wanted * size, GROUPS: (STRUCT, every[:wanted])}))


def encode_groups(table: pl.DataFrame, size: int | None, effort: int, earlier: RowGroups | None = None) -> bytes:
    """A Parquet file of the earlier groups and of a table in groups of ``size`` rows, or in those of polars' choice."""
    if size is None:
        return _encoded_alone(table, effort)
    starts = range(0, table.height, size) if table.height or earlier else (0,)
    made = [groups_of(_encoded_alone(table.slice(start, size), effort, size)) for start in starts]
    return _file(_joined([*([earlier] if earlier else ()), *made]))


def one_file(files: Sequence[bytes]) -> bytes:
    """The groups of several files with the same columns in one file. Raises NotGroups."""
    return _file(_joined([groups_of(file) for file in files]))


def _encoded_alone(table: pl.DataFrame, effort: int, size: int | None = None) -> bytes:
    buffer = io.BytesIO()
    table.rechunk().write_parquet(
        buffer, compression="zstd", compression_level=effort, statistics=True, row_group_size=size
    )
    return buffer.getvalue()


@cache
def _writer() -> bytes:
    """As what polars signs the files that it writes."""
    return bytes(_value(groups_of(_encoded_alone(pl.DataFrame({"any": [0]}), 1)).footer, WRITER))


def groups_of(file: bytes) -> RowGroups:
    """The groups of a file, without what is between them and the footer. Raises NotGroups."""
    if len(file) < 12 or file[:4] != MAGIC or file[-4:] != MAGIC:
        raise NotGroups("not a Parquet file")
    end = len(file) - 8 - int.from_bytes(file[-8:-4], "little")
    try:
        footer: Struct = _Reading(file, end).value(STRUCT)
        groups = _value(footer, GROUPS)[1]
    except (IndexError, LookupError, TypeError) as error:
        raise NotGroups(f"a footer that cannot be read ({error})") from None
    indexes = [
        value
        for group in groups
        for column in _value(group, COLUMNS)[1]
        for field, _, value in column
        if field in (INDEXES[0], INDEXES[2])
    ]
    return RowGroups(file[len(MAGIC) : min([end, *indexes])], footer)


def _joined(parts: list[RowGroups]) -> RowGroups:
    groups: list[Struct] = []
    before = 0
    for part in parts:
        groups += [_moved(group, before, len(groups) + n) for n, group in enumerate(_value(part.footer, GROUPS)[1])]
        before += len(part.data)
    footer = _with(parts[0].footer, {ROWS: sum(part.rows for part in parts), GROUPS: (STRUCT, groups)})
    return RowGroups(b"".join(part.data for part in parts), footer)


def _file(groups: RowGroups) -> bytes:
    footer = b"".join(_struct(groups.footer))
    return b"".join((MAGIC, groups.data, footer, len(footer).to_bytes(4, "little"), MAGIC))


def _start(group: Struct) -> int:
    description = _value(_value(group, COLUMNS)[1][0], CHUNK)
    offsets = [value for field, _, value in description if field in (DATA_OFFSET, DICTIONARY_OFFSET)]
    return int(min(offsets))


def _moved(group: Struct, by: int, ordinal: int) -> Struct:
    """A group's description with its place in the new file."""
    columns = [
        _shifted(
            _with(column, {CHUNK: _shifted(_value(column, CHUNK), CHUNK_OFFSETS, by, BLOOM_FILTER)}),
            (CHUNK_OFFSET,),
            by,
            INDEXES,
        )
        for column in _value(group, COLUMNS)[1]
    ]
    return _shifted(_with(group, {COLUMNS: (STRUCT, columns), ORDINAL: ordinal}), (GROUP_OFFSET,), by)


def _shifted(struct: Struct, offsets: tuple[int, ...], by: int, without: tuple[int, ...] = ()) -> Struct:
    return [
        (field, kind, value + by if field in offsets else value)
        for field, kind, value in struct
        if field not in without
    ]


def _value(struct: Struct, wanted: int) -> Any:
    for field, _, value in struct:
        if field == wanted:
            return value
    raise LookupError(f"no field {wanted}")


def _with(struct: Struct, values: dict[int, Any]) -> Struct:
    return [(field, kind, values.get(field, value)) for field, kind, value in struct]


class _Reading:
    """Values of Thrift's compact protocol, one after another."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _number(self) -> int:
        found = shift = 0
        while True:
            byte = self._byte()
            found |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return found

    def _signed(self) -> int:
        number = self._number()
        return (number >> 1) ^ -(number & 1)

    def _bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def value(self, kind: int) -> Any:
        """The next value, of a type."""
        if kind in (TRUE, FALSE):
            return kind == TRUE
        if kind in (SHORT, INT, LONG):
            return self._signed()
        if kind in (BYTE, DOUBLE):
            return self._bytes(1 if kind == BYTE else 8)
        if kind == BINARY:
            return self._bytes(self._number())
        if kind in (LIST, SET):
            heading = self._byte()
            count = self._number() if heading >> 4 == 15 else heading >> 4
            of = heading & 15
            return of, [self._bytes(1) if of in (TRUE, FALSE) else self.value(of) for _ in range(count)]
        if kind == STRUCT:
            return list(self._fields())
        raise NotGroups(f"a footer with a value of type {kind}")

    def _fields(self) -> Iterator[tuple[int, int, Any]]:
        field = 0
        while heading := self._byte():
            field = field + (heading >> 4) if heading >> 4 else self._signed()
            yield field, heading & 15, self.value(heading & 15)


def _struct(struct: Struct) -> Iterator[bytes]:
    before = 0
    for field, kind, value in struct:
        step = field - before
        yield bytes((step << 4 | kind,)) if 0 < step < 16 else bytes((kind,)) + _signed(field)
        before = field
        yield from _encoded(kind, value)
    yield b"\0"


def _encoded(kind: int, value: Any) -> Iterator[bytes]:
    if kind in (SHORT, INT, LONG):
        yield _signed(value)
    elif kind in (BYTE, DOUBLE):
        yield value
    elif kind == BINARY:
        yield _number(len(value)) + value
    elif kind in (LIST, SET):
        of, every = value
        yield bytes((len(every) << 4 | of,)) if len(every) < 15 else bytes((0xF0 | of,)) + _number(len(every))
        for one in every:
            yield from (one,) if of in (TRUE, FALSE) else _encoded(of, one)
    elif kind == STRUCT:
        yield from _struct(value)


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


def _signed(value: int) -> bytes:
    return _number(value << 1 if value >= 0 else (-value << 1) - 1)
