"""Two sets of agreements, or the rows of two lists -> what is only in one, or says something else in the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from ledger287.ledger.query.indexes import LedgerIndexes
from ledger287.ledger.query.lookup import FIELDS

What = Literal["only_a", "only_b", "changed"]
WHATS: tuple[What, ...] = ("changed", "only_a", "only_b")
VALUES = ("agency", "county", "type", "signed", "moa", "addendum")
"""What an agreement states in addition to its agency and model."""


@dataclass(frozen=True, slots=True)
class DifferingCell:
    """One field that differs: as printed where rows are compared, and as read."""

    field: str
    a: str | None
    b: str | None
    read_a: str | None = None
    read_b: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One agreement, or one row, that is not the same on both sides. ``row_a`` and ``row_b`` are of the sheets."""

    what: What
    agency_id: str | None
    agency: str | None
    state: str | None
    model: str | None
    agreement_id: str | None = None
    signed: str | None = None
    row_a: int | None = None
    row_b: int | None = None
    cells: tuple[DifferingCell, ...] = ()


def of_agreements(a: pl.DataFrame, b: pl.DataFrame) -> list[Difference]:
    """How the agreements of one day differ from those of another, both as ``Ledger.as_of`` gives them."""
    first, second = _by_id(a), _by_id(b)
    found = []
    for what, mine, others in (("only_a", first, second), ("only_b", second, first)):
        found += [_alone(what, row) for key, row in mine.items() if key not in others]  # type: ignore[arg-type]
    for key, row in second.items():
        before = first.get(key)
        if before:
            cells = tuple(
                DifferingCell(field, _text(before[field]), _text(row[field]))
                for field in VALUES
                if before[field] != row[field]
            )
            if cells:
                found.append(_with(_alone("changed", row), cells))
    return sorted(found, key=order)


def without(found: Sequence[Difference], fields: Sequence[str]) -> list[Difference]:
    """The differences without these fields, and without those that differ in nothing else."""
    left = [replace(one, cells=tuple(cell for cell in one.cells if cell.field not in fields)) for one in found]
    return [one for one in left if one.cells or one.what != "changed"]


def _by_id(rows: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["agreement_id"]: row for row in rows.iter_rows(named=True)}


def _alone(what: What, row: Mapping[str, Any]) -> Difference:
    return Difference(
        what, row["agency_id"], row["agency"], row["state"], row["model"], row["agreement_id"], _text(row["signed"])
    )


def _with(one: Difference, cells: tuple[DifferingCell, ...]) -> Difference:
    return Difference(
        one.what, one.agency_id, one.agency, one.state, one.model, one.agreement_id, one.signed, cells=cells
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def order(one: Difference) -> tuple[int, str, str, str]:
    """Changed ones first, then those of one side only, by state and agency."""
    return (WHATS.index(one.what), one.state or "", one.agency or "", one.model or "")


# -- two lists -----------------------------------------------------------------------------------------


def of_lists(held: LedgerIndexes, a: int, b: int) -> list[Difference]:
    """How the rows of one list differ from those of another, as printed and as read."""
    first, second = held.rows_of(a), held.rows_of(b)
    only_a, only_b = _left_over(first, second), _left_over(second, first)
    ways: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for row, number in only_b:
        for key in _keys(held, b, number):
            ways.setdefault(key, []).append((row, number))
    found, taken = [], set()
    for row, number in only_a:
        way = next((w for key in _keys(held, a, number) for w in ways.get(key, ()) if w not in taken), None)
        if way is None:
            found.append(_row("only_a", held, a, row, number))
        else:
            taken.add(way)
            found.append(_pair(held, (a, row, number), (b, *way)))
    found += [_row("only_b", held, b, row, number) for row, number in only_b if (row, number) not in taken]
    return sorted(found, key=order)


def _left_over(rows: Sequence[tuple[int, int]], others: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rows that the other side does not print alike, each of its rows answering for one."""
    there: dict[int, int] = {}
    for _, number in others:
        there[number] = there.get(number, 0) + 1
    found = []
    for row, number in rows:
        if there.get(number):
            there[number] -= 1
        else:
            found.append((row, number))
    return found


def _keys(held: LedgerIndexes, entry: int, number: int) -> tuple[tuple[Any, ...], ...]:
    """By what a row is found again on another list: its agreement; else its agency and model."""
    agreement = held.agreement(entry, number)
    cells = held.print(number)
    loose = (cells["agency_id"], cells["model"])
    return ((agreement,), loose) if agreement else (loose,)


def _row(what: What, held: LedgerIndexes, entry: int, row: int, number: int) -> Difference:
    cells = held.print(number)
    name = " ".join((cells["agency_printed"] or "").split())
    return Difference(
        what,
        cells["agency_id"],
        name or None,
        cells["state"],
        cells["model"],
        held.agreement(entry, number),
        _text(cells["signed"]),
        row if what == "only_a" else None,
        row if what != "only_a" else None,
    )


def _pair(held: LedgerIndexes, a: tuple[int, int, int], b: tuple[int, int, int]) -> Difference:
    before, after = held.print(a[2]), held.print(b[2])
    cells = []
    for field in FIELDS:
        link = f"{field}_link"
        one = before.get(link) or before[f"{field}_printed"]
        other = after.get(link) or after[f"{field}_printed"]
        if (before[f"{field}_printed"], before.get(link)) != (after[f"{field}_printed"], after.get(link)):
            read = (None, None) if field == "agency" else (_text(before[field]), _text(after[field]))
            cells.append(DifferingCell(field, held.with_stamp(one, a[0]), held.with_stamp(other, b[0]), *read))
    found = _row("changed", held, b[0], b[1], b[2])
    return Difference(
        "changed",
        found.agency_id,
        found.agency,
        found.state,
        found.model,
        found.agreement_id,
        found.signed,
        a[1],
        b[1],
        tuple(cells),
    )


def table_of(differences: Sequence[Difference]) -> pl.DataFrame:
    """Differences as a table: one row each, one for each field that changed."""
    columns = ("what", "agency_id", "agency", "state", "model", "agreement_id", "signed", "row_a", "row_b")
    rows = [
        {
            **{column: getattr(one, column) for column in columns},
            "field": cell.field or None,
            "a": cell.a,
            "b": cell.b,
            "read_a": cell.read_a,
            "read_b": cell.read_b,
        }
        for one in differences
        for cell in one.cells or (DifferingCell("", None, None),)
    ]
    texts = dict.fromkeys((*columns, "field", "a", "b", "read_a", "read_b"), pl.String)
    return pl.DataFrame(rows, schema={**texts, "row_a": pl.Int32, "row_b": pl.Int32})
