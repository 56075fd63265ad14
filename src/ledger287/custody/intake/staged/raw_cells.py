"""The cells of a file as texts in DuckDB, each row with its number, before any of them is read.

What enters: an ``ExportFile`` that is not direct. What leaves: a query for its cells, ``c0``, ``c1`` and so on; for a
file that DuckDB does not read by itself, its rows are written as Parquet first.
"""

import codecs
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ledger287.custody.intake.columns.halves import joined_sql
from ledger287.custody.intake.opening.opened_files import ExportFile
from ledger287.custody.intake.times.cell_sql import as_name, as_text

BATCH = 50_000
ODD = pa.schema([("word", pa.string()), ("seconds", pa.int64()), ("local", pa.bool_()), ("why", pa.string())])
"""Texts of times in odd forms, with what each is read as, or why it is not."""


def query_of(source: ExportFile, out: Path) -> str | None:
    """A query for the cells of a file that DuckDB reads by itself; None where it does not."""
    if source.kind == "parquet":
        cells = ", ".join(f"{as_name(head)}::varchar as c{place}" for place, head in enumerate(source.heads))
        return (
            f"select file_row_number + 1 as row, {cells} from read_parquet({as_text(source.path)}, "
            "file_row_number = true, hive_partitioning = false)"
        )
    form = source.form
    if source.kind != "csv" or form is None or form.formulas or source.skip > 1:
        return None
    path = source.path
    if form.encoding not in ("utf-8", "utf-8-sig"):
        path = out.with_suffix(".txt")
        errors = "replace" if form.encoding == "cp1252" else "strict"
        with (
            codecs.open(str(source.path), encoding=form.encoding, errors=errors) as old,
            path.open("w", encoding="utf-8", newline="") as new,
        ):
            shutil.copyfileobj(old, new, 1 << 20)
    columns = ", ".join(f"'c{place}': 'varchar'" for place in range(len(source.heads)))
    joined = ", ".join(f"{sql} as c{place}" for place, sql in sorted(joined_sql(source.joins).items()))
    cells = f"* replace ({joined})" if joined else "*"
    return (
        f"select row_number() over () as row, {cells} from read_csv({as_text(path)}, header = true, "
        f"auto_detect = false, delim = {as_text(form.delimiter)}, quote = '\"', escape = '\"', "
        f"max_line_size = 16777216, columns = {{{columns}}})"
    )


def written_query(source: ExportFile, out: Path, ragged: Callable[[int, int], None]) -> str:
    """A query for the cells of any file, which are written first; ``ragged`` is called with each row that has more."""
    width = len(source.heads)
    schema = pa.schema([("row", pa.int64()), *((f"c{place}", pa.string()) for place in range(width))])
    path = out.with_suffix(".cells")
    with pq.ParquetWriter(path, schema) as writer:
        batch: list[list[Any]] = []
        for number, cells in enumerate(source.rows(), 1):
            if more := sum(bool(cell.strip()) for cell in cells[width:]):
                ragged(number, more)
            batch.append([number, *cells[:width]])
            if len(batch) >= BATCH:
                writer.write_table(table_of(batch, schema))
                batch = []
        writer.write_table(table_of(batch, schema))
    return f"select * from read_parquet({as_text(path)})"


def table_of(rows: list[list[Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of a schema."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)], schema=schema)
