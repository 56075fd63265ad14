"""A table -> the bytes of a file: CSV, a workbook, JSON, Parquet, or GeoJSON where rows have a place.

Promises: equal tables give equal bytes. In CSV a text cell that a spreadsheet would run as a formula (it begins with
=, +, -, @, a tab or a carriage return) gets an apostrophe in front, and the number of such cells is returned, so that
whoever writes the file can say so. The other formats hold every value as it is: none of them runs a text.
"""

import io
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ledger287.core.query_error import QueryError, QueryField
from ledger287.ledger.store.folder import Stored
from ledger287.ledger.store.formats import WRITERS, TableSource
from ledger287.ledger.store.tables import RecordTable

FORMATS = ("csv", "xlsx", "json", "parquet")
WITH_PLACES = (*FORMATS, "geojson")
BINARY = frozenset({"xlsx", "parquet"})
EXTENSIONS = {"csv": ("csv", "txt"), "geojson": ("geojson", "json")}
"""Extensions that a file of a format may have, where it is not the format's name alone."""
MARK = b"\xef\xbb\xbf"
"""The byte-order mark by which Excel knows UTF-8."""
FORMULA = r"^[=+\-@\t\r]"


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A file's bytes, and in how many cells a formula was guarded."""

    data: bytes
    guarded: int = 0


def read_format(text: str | None, name: str | None, formats: Sequence[str] = FORMATS) -> str:
    """The format that is named, else that of a file's extension, else CSV.

    Raises QueryError for any other, and for a format that is not that of the file's extension.
    """
    extension = Path(name).suffix.removeprefix(".").lower() if name else ""
    found = (text or extension or "csv").lower()
    if found not in formats:
        raise QueryError(
            "no_such_format",
            f"no format {found!r}. Expected one of: {', '.join(formats)}; say which with ",
            QueryField("format"),
            ".",
            choices=formats,
        )
    offered = extension in formats
    if extension and extension not in EXTENSIONS.get(found, (found,)):
        raise QueryError(
            "two_forms",
            f"{name} ends in .{extension}, and ",
            QueryField("format", found),
            f" writes {found}: name a file that ends in .{found}",
            *((", or leave out ", QueryField("format"), " to write what the name says.") if offered else (".",)),
            fields=("format", "out"),
        )
    return found


def table_bytes(
    table: RecordTable, frame: pl.DataFrame, format: str, stored: Stored, *, bom: bool = False
) -> WrittenTable:
    """A declared table in one format; ``bom`` puts a byte-order mark before CSV."""
    frame = frame.select(*table.schema).cast(pl.Schema(table.schema))
    if format == "geojson":
        return WrittenTable(_geojson(table, frame))
    guarded = 0
    if format == "csv":
        frame, guarded = guard(frame)
    data = _parquet(frame) if format == "parquet" else b""
    with tempfile.TemporaryDirectory(prefix="ledger287-table-") as folder:
        part, *_ = WRITERS[format]([TableSource(table, data, frame)], Path(folder), stored)
        found = (Path(folder) / part.path).read_bytes()
    return WrittenTable(MARK + found if bom and format == "csv" else found, guarded)


def frame_csv(frame: pl.DataFrame, *, bom: bool = False) -> WrittenTable:
    """Any frame as CSV, guarded."""
    frame, guarded = guard(frame)
    stamps = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime)]
    frame = frame.with_columns(pl.col(stamps).dt.to_string("%Y-%m-%dT%H:%M:%S%.fZ")) if stamps else frame
    return WrittenTable((MARK if bom else b"") + frame.write_csv(line_terminator="\r\n").encode(), guarded)


def guard(frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The frame with an apostrophe before each text that a spreadsheet would run, and how many there were."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if not texts:
        return frame, 0
    found = frame.select(pl.col(texts).str.contains(FORMULA).sum()).row(0)
    guarded = sum(each or 0 for each in found)
    runs = pl.col(texts).str.contains(FORMULA)
    return (frame.with_columns(pl.when(runs).then("'" + pl.col(texts)).otherwise(pl.col(texts)).name.keep()), guarded)


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=12, statistics=True)
    return buffer.getvalue()


def _geojson(table: RecordTable, frame: pl.DataFrame) -> bytes:
    """A point a row; a row without a place has no geometry, as RFC 7946 (section 3.2) has it."""
    days = [column.name for column in table.columns if column.type == "date"]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lines = []
    for row in frame.with_columns(pl.col(days).dt.to_string("%Y-%m-%d")).iter_rows(named=True):
        latitude, longitude = row.pop("latitude"), row.pop("longitude")
        known = latitude is not None and longitude is not None
        point = {"type": "Point", "coordinates": [longitude, latitude]} if known else None
        lines.append(encode({"type": "Feature", "geometry": point, "properties": row}))
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()
