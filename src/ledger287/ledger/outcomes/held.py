"""People held on a day, by criminality and arresting agency: from ICE's snapshots, with the cell of each number.

What enters: a day. What leaves: the snapshot of that day, or the latest before it, said as such. Between snapshots
nothing is interpolated. Where several workbooks print one day, the one published last answers, and the others are
named with what differs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ledger287.core.jsonable import NotebookTable
from ledger287.core.locator import Cell
from ledger287.core.problem import Refused
from ledger287.ledger.outcomes import store
from ledger287.sources.outcomes.held import AGENCIES, CRIMINALITY

PUBLISHER = "ICE detention statistics"


@dataclass(frozen=True, slots=True)
class HeldSnapshot:
    """The people held on one day, as one workbook prints them; ``numbers`` and ``cells`` by "row/column"."""

    as_of: date
    basis: str
    why: str
    fiscal_year: int | None
    file: str
    sha256: str
    published: date | None
    sheet: str
    numbers: dict[str, int]
    cells: dict[str, str]
    also_in: tuple[str, ...]
    differs: tuple[str, ...]

    def number(self, row: str, column: str = "total") -> int | None:
        """A number of the table: row total, convicted, pending or none; column total, ICE or CBP."""
        return self.numbers.get(f"{row}/{column}")

    def cell(self, row: str, column: str = "total") -> Cell | None:
        """Where a number is printed."""
        place = self.cells.get(f"{row}/{column}")
        if place is None:
            return None
        letters, digits = place.rstrip("0123456789"), place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return Cell(self.file, self.sha256, self.sheet, int(digits), letters)


@dataclass(frozen=True, slots=True)
class HeldAnswer(NotebookTable):
    """Who was held on a day: the snapshot that answers, how many days before the day it is, and the next one."""

    asked: date
    snapshot: HeldSnapshot
    days_before: int
    next: date | None


def snapshots() -> tuple[HeldSnapshot, ...]:
    """Every snapshot of the record, one a day, oldest first."""
    return _snapshots(store.folder())


@cache
def _snapshots(_: Path) -> tuple[HeldSnapshot, ...]:
    rows = store.table("held").filter(store.table("held")["as_of"].is_not_null()).to_dicts()
    days: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        days.setdefault(row["as_of"], []).append(row)
    return tuple(_snapshot(days[day]) for day in sorted(days))


def _snapshot(rows: list[dict[str, Any]]) -> HeldSnapshot:
    rows = sorted(rows, key=lambda row: (row["published"] or date.min, row["file"]))
    chosen, others = rows[-1], rows[:-1]
    keys = [(row, column) for row in ("total", *CRIMINALITY) for column in ("total", *AGENCIES)]
    numbers = {f"{row}/{column}": chosen[f"{row}_{column}"] for row, column in keys}
    differs = [
        f"{other['file']} prints {other[f'{row}_{column}']:,} for {row}/{column}"
        for other in others
        for row, column in keys
        if other[f"{row}_{column}"] not in (None, chosen[f"{row}_{column}"])
    ]
    return HeldSnapshot(
        chosen["as_of"],
        chosen["basis"],
        chosen["why"],
        chosen["fiscal_year"],
        chosen["file"],
        chosen["sha256"],
        chosen["published"],
        chosen["sheet"],
        {key: number for key, number in numbers.items() if number is not None},
        {f"{row}/{column}": cell for row, column in keys if (cell := chosen[f"{row}_{column}_cell"])},
        tuple(other["file"] for other in others),
        tuple(differs),
    )


def held_on(day: date) -> HeldAnswer:
    """Who was held on a day. Raises Refused for a day before the first snapshot."""
    known = snapshots()
    before = [one for one in known if one.as_of <= day]
    if not before:
        raise Refused(f"{day}: no snapshot that early. The first is of {known[0].as_of}; name that day or a later one.")
    after = next((one.as_of for one in known if one.as_of > day), None)
    return HeldAnswer(day, before[-1], (day - before[-1].as_of).days, after)


def series(first: date | None = None, last: date | None = None) -> tuple[HeldSnapshot, ...]:
    """The snapshots from one day to another. Raises Refused where the first is after the last."""
    if first and last and first > last:
        raise Refused(f"from {first} to {last}: the first day is after the last; swap them.")
    return tuple(one for one in snapshots() if (first or date.min) <= one.as_of <= (last or date.max))


def shares(one: HeldSnapshot) -> dict[str, float | None]:
    """The share of each part in all held: convicted, pending, none, ICE, CBP, and ``not_convicted``."""
    total = one.number("total")
    parts = {name: one.number(name) for name in CRIMINALITY} | {name: one.number("total", name) for name in AGENCIES}
    pending, none = parts["pending"], parts["none"]
    parts["not_convicted"] = pending + none if pending is not None and none is not None else None
    return {name: round(number / total, 6) if total and number is not None else None for name, number in parts.items()}


def snapshot_answer(one: HeldSnapshot) -> dict[str, Any]:
    """A snapshot under the keys that ``outcomes read`` gives, with where it is from."""
    return {
        "as_of": one.as_of,
        "as_of_basis": {"basis": one.basis, "why": one.why},
        "held": {
            "total": one.number("total"),
            "by_criminality": {name: one.number(name) for name in CRIMINALITY},
            "by_arresting_agency": {name: one.number("total", name) for name in AGENCIES},
            "by_criminality_and_agency": {
                name: {agency: one.number(name, agency) for agency in AGENCIES} for name in CRIMINALITY
            },
            "shares": shares(one),
            "cells": {key: f"{one.sheet}!{cell}" for key, cell in sorted(one.cells.items())},
        },
        "fiscal_year": one.fiscal_year,
        "file": one.file,
        "sha256": one.sha256,
        "published": one.published,
        "also_in": list(one.also_in),
        "differs": list(one.differs),
        "source": PUBLISHER,
    }


def held_answer(answer: HeldAnswer) -> dict[str, Any]:
    """The answer on a day."""
    return {
        "asked": answer.asked,
        **snapshot_answer(answer.snapshot),
        "days_before": answer.days_before,
        "next": answer.next,
        "mismatches": mismatches([answer.snapshot]),
    }


def mismatches(known: Iterable[HeldSnapshot]) -> list[str]:
    """Every sum of parts that is not its total, in words; none where all add up."""
    found = []
    for one in known:
        sums = [
            (column, "criminality", one.number("total", column), [one.number(row, column) for row in CRIMINALITY])
            for column in ("total", *AGENCIES)
        ] + [
            (row, "arresting agency", one.number(row), [one.number(row, agency) for agency in AGENCIES])
            for row in ("total", *CRIMINALITY)
        ]
        for name, by, total, parts in sums:
            if None not in parts and total is not None and sum(part or 0 for part in parts) != total:
                found.append(f"{one.as_of} {name}: {sum(part or 0 for part in parts):,} by {by}, {total:,} in all")
    return found
