"""Columns that are read with another: AM and PM next to their times, and whether there was an event next to its time.

What enters: headings and first rows. What leaves: which column goes with which, and rows with both in one cell. A
column of halves without such a neighbor is not joined: it is an open question, as a column that no field reads.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger287.custody.case.vocabulary import events, vocabulary
from ledger287.custody.intake.columns.guessing import are_halves
from ledger287.custody.intake.columns.headings import held
from ledger287.custody.intake.times.cell_sql import as_text
from ledger287.custody.intake.times.values import is_blank

_TWELVE = re.compile(r"(?:.*[ T])?(?:0?[1-9]|1[0-2])(?::\d\d(?::\d\d)?|\d\d)")
"""A time on a clock of twelve hours, without its half."""


def halves_of(heads: Sequence[str], rows: Sequence[Sequence[str]], left_out: set[str]) -> dict[int, int]:
    """The places of times whose halves are in a column next to them -> the place of that column."""
    found: dict[int, int] = {}
    for place, head in enumerate(heads):
        if head in left_out or not are_halves(_column(rows, place)):
            continue
        for near in (place - 1, place + 1):
            values = [value for value in _column(rows, near) if not is_blank(value)] if 0 <= near < len(heads) else []
            if values and near not in found and all(map(_TWELVE.fullmatch, values)):
                found[near] = place
                break
    return found


@dataclass(frozen=True, slots=True)
class Joins:
    """The places of times, with the place of the half of the day, or of the yes and no, that goes with each."""

    halves: Mapping[int, int] = field(default_factory=dict)
    flags: Mapping[int, int] = field(default_factory=dict)

    @property
    def places(self) -> list[int]:
        """The places of the columns that are read with another."""
        return [*self.halves.values(), *self.flags.values()]


def joins_of(heads: Sequence[str], rows: Sequence[Sequence[str]], left_out: set[str]) -> Joins:
    """Which columns are read with another."""
    return Joins(halves_of(heads, rows, left_out), flags_of(heads, rows, left_out))


def flags_of(heads: Sequence[str], rows: Sequence[Sequence[str]], left_out: set[str]) -> dict[int, int]:
    """The places of an event's times, or days -> the place of a column that says only whether there was the event."""
    by_event: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        found = None if head in left_out else held(head, "cases")
        if found and found.field in events() and found.part != "time":
            by_event.setdefault(found.field, []).append(place)
    flags: dict[int, int] = {}
    for places in by_event.values():
        said = [place for place in places if _says_whether(_column(rows, place))]
        timed = [place for place in places if place not in said]
        flags |= {timed[0]: said[0]} if len(said) == len(timed) == 1 else {}
    return flags


def _says_whether(values: Sequence[str]) -> bool:
    given = {value.lower() for value in values if not is_blank(value)}
    return bool(given) and given <= {*_yes(), *map(str.lower, vocabulary()["no_event"])}


def _yes() -> list[str]:
    return [str(word) for word in vocabulary()["yes_event"]]


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if place < len(row)]


def with_joins(cells: Sequence[str], joins: Joins) -> list[str]:
    """A row whose times have their halves, and where an event without a time is said to have been."""
    joined = list(cells)
    width = len(joined)
    for time, half in joins.halves.items():
        if max(time, half) < width and joined[time].strip() and _is_half(joined[half]):
            joined[time] = f"{joined[time].strip()} {joined[half].strip()}"
    for time, flag in joins.flags.items():
        if max(time, flag) < width and is_blank(joined[time].strip()) and joined[flag].strip().lower() in _yes():
            joined[time] = joined[flag]
    return joined


def joined_sql(joins: Joins) -> dict[int, str]:
    """The cells that have another with them, in SQL, by their places."""
    found = {time: half_sql(f"c{time}", f"c{half}") for time, half in joins.halves.items()}
    blanks = ", ".join(as_text(str(word).lower()) for word in ("", *vocabulary()["blanks"]))
    yes = ", ".join(map(as_text, _yes()))
    for time, flag in joins.flags.items():
        cell = found.get(time, f"c{time}")
        blank = f"lower(trim(coalesce(c{time}, ''))) in ({blanks})"
        found[time] = f"case when {blank} and lower(trim(c{flag})) in ({yes}) then c{flag} else {cell} end"
    return found


def _is_half(cell: str) -> bool:
    return cell.strip().lower() in vocabulary()["halves_of_day"]


def half_sql(time: str, half: str) -> str:
    """A cell of a time with its half, in SQL."""
    words = ", ".join(map(as_text, vocabulary()["halves_of_day"]))
    both = f"lower(trim({half})) in ({words}) and trim({time}) <> ''"
    return f"case when {both} then trim({time}) || ' ' || trim({half}) else {time} end"
