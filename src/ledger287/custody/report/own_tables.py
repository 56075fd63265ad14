"""Whether the files of a report are those that its input gives: its tables by their rows, its pages by their bytes.

What enters: the folder of a report, and one with the report that was made again. What leaves: the names of the files
that differ or are missing. It promises that a row that was changed, added or removed in any table is seen.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from ledger287.custody.engines.engine import MEMORY
from ledger287.custody.report.record import fingerprint

RECORD = "audit.json"
CSV = "read_csv('{}', all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"
READ = {".parquet": "read_parquet('{}')", ".csv": CSV, ".json": "read_json_auto('{}')"}
PAGES = (".html", ".svg")
OF_THE_RUN = ("files", "notes", "problems_shown", "run", "roster")
"""What of ``audit.json`` names where files are, or how it was run, and says nothing of what was found."""


def tables_that_differ(report: Path, again: Path, *, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The tables of a report whose rows are not those of the report made again; ``without`` some columns."""
    connection = duckdb.connect()
    try:
        connection.execute(f"set memory_limit = '{MEMORY}'; set TimeZone = 'UTC'")
        connection.execute(f"set temp_directory = '{_quoted(again / 'spill')}'")
        names = [entry.name for entry in sorted(again.iterdir()) if _suffix(entry) in READ and entry.name != RECORD]
        return tuple(
            name
            for name in names
            if _rows(connection, report / name, without) != _rows(connection, again / name, without)
        )
    finally:
        connection.close()


def totals_differ(report: Path, again: Path) -> bool:
    """Whether the totals in a report's ``audit.json`` are other ones."""
    then, now = _totals(report), _totals(again)
    return any(then.get(name) != value for name, value in now.items())


def pages_that_differ(report: Path, again: Path) -> tuple[str, ...]:
    """The pages and charts of a report that are not, byte by byte, those of the report made again."""
    names = [entry.name for entry in sorted(again.iterdir()) if entry.suffix in PAGES]
    return tuple(name for name in names if _bytes(report / name) != _bytes(again / name))


def _suffix(entry: Path) -> str:
    """How a table's name ends; of a folder with parts, how theirs do."""
    if entry.is_dir():
        return ".csv" if entry.name.endswith("-csv") else ".parquet" if entry.name.endswith(".parquet") else ""
    return entry.suffix


def _rows(connection: duckdb.DuckDBPyConnection, path: Path, without: Sequence[str]) -> str | None:
    """A number over the rows of a table, in any order; None where it is missing or cannot be read."""
    suffix = _suffix(path)
    if not path.exists():
        return None
    every = path / f"*{suffix}" if path.is_dir() else path
    try:
        connection.execute(f"create or replace temp view looked_at as from {READ[suffix].format(_quoted(every))}")
        return fingerprint(connection, "looked_at", without)
    except duckdb.Error:
        return None


def _totals(report: Path) -> dict[str, Any]:
    try:
        found = json.loads((report / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: value for name, value in found.items() if name not in OF_THE_RUN}


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
