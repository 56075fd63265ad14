"""Answers -> plain JSON values, under keys that are declared apart from the names of attributes.

What enters: an answer, of dataclasses, dictionaries and sequences. What leaves: what ``json`` can write. A key is a
promise, an attribute is not: one that is renamed keeps its key by ``field(metadata=key("old_name"))``.
"""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

KEY = "json_key"
PLAIN = (str, int, float, bool, type(None))
"""What JSON has as it is."""


def key(name: str) -> Mapping[str, str]:
    """The metadata of a field whose JSON key is not its attribute's name."""
    return {KEY: name}


def key_of(field: "Field[Any]") -> str:
    """The JSON key of a dataclass's field."""
    return str(field.metadata.get(KEY, field.name))


def as_json(answer: Any) -> Any:
    """An answer as plain JSON values: days as 2025-08-14, dates and times in ISO 8601 with their offset."""
    if type(answer) in PLAIN:
        return answer
    if is_dataclass(answer) and not isinstance(answer, type):
        return {key_of(field): as_json(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, dict):
        return {name: as_json(value) for name, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [as_json(value) for value in answer]
    if isinstance(answer, date | datetime):
        return answer.isoformat()
    if isinstance(answer, Decimal):
        return int(answer) if answer == answer.to_integral_value() else float(answer)
    return answer


class NotebookTable:
    """A dataclass that a notebook shows as a table of its fields; of a field with several values it shows how many."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        rows = ((key_of(field), getattr(self, field.name)) for field in fields(self))  # type: ignore[arg-type]
        cells = (f"<tr><th>{escape(name)}</th><td>{escape(_cell(value))}</td></tr>" for name, value in rows)
        return f"<table>{''.join(cells)}</table>"


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in value.items())
    if isinstance(value, tuple | list):
        return f"{len(value)}" if value else "none"
    if is_dataclass(value):
        parts = ((key_of(field), getattr(value, field.name)) for field in fields(value))
        return ", ".join(f"{name} {_cell(part)}" for name, part in parts if part is not None)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S %Z}".rstrip()
    return "" if value is None else str(value)
