"""Small tables by key: each row of a table with the one line of a small table that matches it.

What enters: a table, a small table, and what each key is in the table. What leaves: the table with the columns of the
matching line under a prefix, unknown where none matches. It promises the same rows by either way: a join, or the
functions ``NAME_word`` and ``NAME_at`` of an engine that keeps the lines in memory. A join makes DuckDB write its rows
in order with one thread only; a function does not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ledger287.custody.relations.column import Column, called, literal, null
from ledger287.custody.relations.table import Table

SINCE, UNTIL = "since", "until"


@dataclass(frozen=True, slots=True)
class Keys:
    """By what the lines of a small table are found: ``words``, and a ``day``, or a ``span`` from since until."""

    words: tuple[str, ...]
    day: str = ""
    span: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that only finds a line."""
        return (*self.words, *([self.day] if self.day else ()), *((SINCE, UNTIL) if self.span else ()))


KEYS: Mapping[str, Keys] = {
    "clocks": Keys(("zone",), day="day"),
    "complaints": Keys(("zone",), day="day"),
    "models": Keys(("agency", "state"), span=True),
    "officers": Keys(("agency", "officer", "zone"), span=True),
}
"""The small tables of an audit, by their names in an engine."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A small table under a name of ``KEYS``, and whether the engine gives its lines by a function."""

    name: str
    table: Table
    by_function: bool = False


def lines_of(tables: Mapping[str, Table], by_function: Collection[str]) -> dict[str, Lines]:
    """The small tables among those of a query."""
    return {name: Lines(name, tables[name], name in by_function) for name in KEYS if name in tables}


def matched(table: Table, lines: Lines, prefix: str, words: Mapping[str, Column], at: Column | None = None) -> Table:
    """The table with the values of the line that its words, and its day or time, match; each under the prefix.

    ``PREFIXlisted`` says whether there is such a line.
    """
    keys = KEYS[lines.name]
    values = [name for name in lines.table.columns if name not in keys.all]
    if lines.by_function:
        line, word = f"{prefix}line", f"{prefix}word"
        table = table.mutate(**{word: called(f"{lines.name}_word", [words[name] for name in keys.words], "int64")})
        given = [table[word]] if at is None else [table[word], at]
        table = table.mutate(**{line: called(f"{lines.name}_at", given)})
        found = {f"{prefix}{name}": table[line].field(name, lines.table[name].kind) for name in values}
        return table.mutate(**{f"{prefix}listed": table[line].notnull()}, **found).drop(line, word)
    of = lines.table.rename({f"{prefix}{name}": name for name in lines.table.columns})
    same = [words[name] == of[f"{prefix}{name}"] for name in keys.words]
    if keys.day:
        same.append(of[f"{prefix}{keys.day}"] == at)
    if keys.span:
        same += [of[f"{prefix}{SINCE}"] <= at, of[f"{prefix}{UNTIL}"] > at]
    if any(one.blank for one in same):
        nothing = {f"{prefix}{name}": null(kind) for name, kind in lines.table.kinds.items() if name in values}
        return table.mutate(**{f"{prefix}listed": literal(False)}, **nothing)
    joined = table.left_join(of, same)
    listed = joined[f"{prefix}{keys.words[0]}"].notnull()
    return joined.mutate(**{f"{prefix}listed": listed}).drop(*(f"{prefix}{name}" for name in keys.all))
