"""Types of answers -> JSON Schema (2020-12), as OpenAPI 3.1 takes it.

Answers are dataclasses and typed dictionaries; their schemas are derived from their annotations, so that neither can be
changed without the other. Each key is required and no other is allowed; a test checks real answers against them.
"""

import inspect
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from ledger287.analysis.answers.columns import IN_FORCE
from ledger287.core.jsonable import key_of
from ledger287.ledger.query.answers import ListRef
from ledger287.ledger.query.before.bounds import DayBounds
from ledger287.ledger.query.before.past import PastListRef
from ledger287.ledger.store.tables import TABLES
from ledger287.places.jurisdictions.deciding import Jurisdiction
from ledger287.places.jurisdictions.tables import JURISDICTIONS
from ledger287.places.spots import Spot
from ledger287.sources.figures.model import PublishedFigure

Schema = dict[str, Any]
PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    type(None): {"type": "null"},
    Any: {},
}
SHOWN = 2
"""Entries of an array that an example shows."""
NAMES = {one.__name__: one for one in (Spot, Jurisdiction, ListRef, PastListRef, DayBounds, PublishedFigure)}
"""Types that answers name without loading them."""


def schema_of(kind: Any, found: dict[str, Schema]) -> Schema:
    """The schema of a type. Those of dataclasses and typed dictionaries are put into ``found``, by name."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (Union, types.UnionType):
        return _any_of([schema_of(each, found) for each in inner])
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(inner[1], found)}
    if origin is tuple and inner[-1] is not Ellipsis:
        each = [schema_of(one, found) for one in inner]
        return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}
    if origin in (tuple, list):
        return {"type": "array", "items": schema_of(inner[0], found)}
    if is_dataclass(kind) or is_typeddict(kind):
        return _named(kind, found)
    raise TypeError(f"no schema for {kind!r}")


def _named(kind: Any, found: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in found:
        found[name] = {}
        hints = get_type_hints(kind, localns=NAMES)
        keys = (
            {field.name: key_of(field) for field in fields(kind)} if is_dataclass(kind) else {one: one for one in hints}
        )
        about = _about() if is_typeddict(kind) else {}
        properties = {key: _with_description(schema_of(hints[one], found), about.get(key)) for one, key in keys.items()}
        found[name] = {
            "type": "object",
            "title": name,
            "description": _docstring(kind),
            "properties": properties,
            "required": list(keys.values()),
            "additionalProperties": False,
        }
    return {"$ref": f"#/components/schemas/{name}"}


def _docstring(kind: Any) -> str:
    """The first paragraph of a type's docstring."""
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


def _with_description(schema: Schema, about: str | None) -> Schema:
    return {**schema, "description": about} if about and "$ref" not in schema else schema


def _any_of(schemas: list[Schema]) -> Schema:
    plain = [each for each in schemas if set(each) <= {"type", "format"}]
    if len(plain) == len(schemas):
        kinds = list(dict.fromkeys(each["type"] for each in schemas))
        formats = {each["format"] for each in schemas if "format" in each}
        if len(formats) <= 1 and not (formats and len(kinds) > 2):
            return {"type": kinds if len(kinds) > 1 else kinds[0], **({"format": formats.pop()} if formats else {})}
    return {"anyOf": schemas}


def shortened(answer: Any) -> Any:
    """An answer with its arrays cut, which the same schema describes."""
    if isinstance(answer, dict):
        return {key: shortened(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [shortened(value) for value in answer[:SHOWN]]
    return answer


@cache
def _about() -> dict[str, str]:
    """What columns of the record mean, by name; the first table that has one tells it."""
    texts: dict[str, str] = {}
    for table in (*TABLES, JURISDICTIONS, IN_FORCE):
        for column in table.columns:
            texts.setdefault(column.name, column.about)
    return texts
