"""Rows -> CSV as polars writes it, without a table: for small tables, where making one costs more than writing it.

What enters: names of columns and rows of plain values. What leaves: the bytes of ``polars.DataFrame.write_csv``:
nothing for no value, ``""`` for an empty text, days in ISO 8601, ``true`` and ``false``.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

QUOTED = (",", '"', "\n", "\r")


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A complete file."""
    return "".join((csv_line(columns), *map(csv_line, rows))).encode()


def csv_line(values: Iterable[Any]) -> str:
    """One row, with the end of its line."""
    return ",".join(map(_cell, values)) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value
    elif isinstance(value, int) or type(value) is date:
        return str(value)
    else:
        raise TypeError(f"CSV: expected a text, a whole number, a day or a truth value, found {type(value).__name__}")
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if not text or any(mark in text for mark in QUOTED) else text
