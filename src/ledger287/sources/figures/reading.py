"""The declared figures -> checked figures, or a refusal that says where and what.

What enters: every file of declared/figures but its vocabulary. What leaves: all figures, by day and id. It promises
that each has a day, a source and a place, that its unit is of its kind, and that no id is used twice.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.sources.figures.fields import Once, check_fields
from ledger287.sources.figures.model import GRADES, PRECISIONS, PublishedFigure

VOCABULARY = ("kinds.yml",)


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """The kinds of figures: their names and units."""
    data: dict[str, dict[str, Any]] = declared.declared_yaml("figures/kinds.yml")
    return data


@cache
def figures() -> tuple[PublishedFigure, ...]:
    """Every declared figure, by day and id. Raises Refused where one is wrong."""
    folder = files("ledger287").joinpath("declared", "figures")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yml") and one.name not in VOCABULARY)
    texts = {f"declared/figures/{name}": declared.text(f"figures/{name}") for name in names}
    return read_figures(texts)


def _where(text: str, error: Exception) -> str:
    """The line of the first day that is none, where that is what YAML could not read; YAML itself does not say it."""
    if isinstance(error, yaml.YAMLError):
        return ""
    for number, line in enumerate(text.splitlines(), 1):
        for day in re.findall(r"\b\d{4}-\d{2}-\d{2}\b", line):
            try:
                date.fromisoformat(day)
            except ValueError:
                return f", line {number}: {day}"
    return ""


def read_figures(texts: dict[str, str]) -> tuple[PublishedFigure, ...]:
    """The figures of some files, given as name to text. Raises Refused where one is wrong."""
    found: dict[str, PublishedFigure] = {}
    places: dict[str, str] = {}
    for name, text in texts.items():
        try:
            data = yaml.load(text, Once) or []
        except (yaml.YAMLError, ValueError) as error:  # a day such as 2025-13-01 is a ValueError
            raise Refused(f"{name}: not YAML ({' '.join(str(error).split())}){_where(text, error)}.") from None
        if not isinstance(data, list):
            raise Refused(f"{name}: expected a list of figures, one on a line that begins with '- '.")
        for number, row in enumerate(data, 1):
            one = _figure(name, number, row)
            if one.id in found:
                raise Refused(f"{name} entry {number}: the id {one.id!r} is used already, in {places[one.id]}.")
            found[one.id], places[one.id] = one, f"{name} entry {number}"
    for one in found.values():
        if one.same_as and one.same_as not in found:
            raise Refused(f"{places[one.id]} ({one.id}): same_as names {one.same_as!r}, which is no figure.")
        if one.same_as and found[one.same_as].same_as:
            raise Refused(
                f"{places[one.id]} ({one.id}): same_as names {one.same_as!r}, which is itself the same as "
                f"{found[one.same_as].same_as!r}. Name the first of them."
            )
    return tuple(sorted(found.values(), key=lambda one: (one.as_of, one.id)))


def _figure(name: str, number: int, row: Any) -> PublishedFigure:
    where = f"{name} entry {number}"
    if not isinstance(row, dict):
        raise Refused(f"{where}: expected a figure with its fields, found {row!r}.")
    where += f" ({row['id']})" if row.get("id") else ""
    check_fields(where, row)
    if row["kind"] not in kinds():
        raise Refused(f"{where}: no kind {row['kind']!r}. Expected one of: {', '.join(kinds())}.")
    if row["grade"] not in GRADES:
        raise Refused(f"{where}: no grade {row['grade']!r}. Expected one of: {', '.join(GRADES)}.")
    precision = row.get("precision", "exact")
    as_of = _day(where, row, "as_of")
    since = _day(where, row, "since") if row.get("since") else None
    if since and since > as_of:
        raise Refused(f"{where}: the period begins (since {since}) after it ends (as_of {as_of}).")
    if precision not in PRECISIONS:
        raise Refused(f"{where}: no precision {precision!r}. Expected one of: {', '.join(PRECISIONS)}.")
    value, high, unit = _value(where, row)
    return PublishedFigure(
        row["id"],
        row["kind"],
        row["subject"],
        value,
        high,
        unit,
        precision,
        as_of,
        since,
        row["by"],
        str(row.get("publisher", row["by"])),
        row["source"],
        row.get("url"),
        row["grade"],
        row["locator"],
        row["says"],
        row.get("state"),
        tuple(row.get("agencies", ())),
        dict(row.get("parts", {})),
        row.get("same_as"),
        row.get("note"),
        _day(where, row, "known_on") if row.get("known_on") else as_of,
    )


def _value(where: str, row: dict[str, Any]) -> tuple[Decimal | None, Decimal | None, str | None]:
    units = kinds()[row["kind"]]["units"]
    if not units:
        if "value" in row or "unit" in row:
            raise Refused(f"{where}: a {row['kind']} is an event and has no value. Take value and unit out.")
        return None, None, None
    if row.get("unit") not in units:
        raise Refused(f"{where}: the unit {row.get('unit')!r} is none of {row['kind']}: {', '.join(units)}.")
    try:
        value = Decimal(str(row.get("value")))
        high = Decimal(str(row["high"])) if "high" in row else None
    except InvalidOperation:
        raise Refused(f"{where}: expected a number as value, found {row.get('value')!r}.") from None
    if not all(one.is_finite() and one >= 0 for one in (value, high or value)):
        raise Refused(f"{where}: expected a number of 0 or more as value, found {row.get('value')!r}.")
    if high is not None and high < value:
        raise Refused(f"{where}: high ({high}) is below value ({value}).")
    return value, high, row["unit"]


def _day(where: str, row: dict[str, Any], field: str) -> date:
    day = row[field]
    if not isinstance(day, date) or isinstance(day, datetime):
        raise Refused(f"{where}: {field} should be a day such as 2012-08-01, found {day!r}.")
    return day
