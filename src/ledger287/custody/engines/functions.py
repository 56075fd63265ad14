"""Small tables of DuckDB as functions of their keys.

What enters: a table in a connection, and its keys. What leaves: a macro ``NAME_word`` that gives a number for the words
of a key, and ``NAME_at`` that gives the line of that number, and of a day or time, as a struct, from variables. DuckDB
writes the rows of a query with a join in their order with one thread only; a macro leaves the query without one, and
all threads write.
"""

from collections.abc import Callable
from typing import Any

from ledger287.custody.columns.matching import Keys

APART = " || chr(31) || "
"""Between the words of a key."""
MOST, MOST_DAYS = 20_000, 100_000
"""Tables of more lines are joined: each line of a variable is put into every block of rows that reads it. Of a table of
days that is a number only: the values, which many days have alike, are kept once."""

Run = Callable[[str], Any]


def made_function(run: Run, name: str, keys: Keys) -> bool:
    """Make the macros; False where a table has no line or too many."""
    if not 0 < run(f"select count(*) from {name}").fetchone()[0] <= (MOST_DAYS if keys.day else MOST):
        return False
    columns = [row[0] for row in run(f"describe {name}").fetchall()]
    fields = ", ".join(f'"{one}": "{one}"' for one in columns if one not in (*keys.words, keys.day))
    word = APART.join(f'"{one}"' for one in keys.words)
    lines = f"(select {word} as word, {{{fields}}} as line, * from {name})"
    run(f"create or replace type {name}_word as enum (select distinct word from {lines} order by word)")
    given = [f"of_{one}" for one in keys.words]
    place = f"(enum_code(try_cast({APART.join(given)} as {name}_word)) + 1)"
    run(f"create or replace macro {name}_word({', '.join(given)}) as {place}")
    if keys.day:
        _set_days(run, name, lines, keys.day)
        place = _place_of_day(run, lines, keys.day)
        found = f"getvariable('{name}_kinds')[getvariable('{name}')[{place}]]"
        line = f"case when of_at is not null then {found} end"
    else:
        rows = f"(select word, list(line order by since) as spans from {lines} group by word)"
        run(f"set variable {name} = (select list(spans order by word) from {rows})")
        line = f"list_filter(getvariable('{name}')[of_word], lambda one: of_at >= one.since and of_at < one.until)[1]"
    run(f"create or replace macro {name}_at(of_word, of_at) as {line}")
    return True


def _set_days(run: Run, name: str, lines: str, day: str) -> None:
    """The lines of a table of days as two variables: those that differ, and of each word and day which one it has."""
    differing = f"(select distinct line as kind from {lines})"
    kinds = f"(select kind, row_number() over (order by kind) as place from {differing})"
    run(f"set variable {name}_kinds = (select list(kind order by place) from {kinds})")
    joined = f"{lines} lines join {kinds} kinds on line = kind"
    run(f"set variable {name} = (select list(place::int order by word, {day}) from {joined})")


def _place_of_day(run: Run, lines: str, day: str) -> str:
    """Where the line of a word and a day is in the list of all, whose days follow one another."""
    every = f"select min({day}), max({day}), count(*) from {lines} group by word order by word"
    parts: tuple[list[int], list[int], list[int]] = ([], [], [])
    begun = 0
    for low, high, many in run(every).fetchall():
        if high - low + 1 != many:
            raise ValueError("expected days that follow one another")
        for part, value in zip(parts, (low, high, begun + 1 - low), strict=True):
            part.append(value)
        begun += many
    low_, high_, shift = (f"{part}[of_word]" for part in parts)
    if len({*parts[0]}) == len({*parts[1]}) == 1:
        low, high = parts[0][0], parts[1][0]
        low_, high_, shift = str(low), str(high), f"(of_word - 1) * {high - low + 1} + {1 - low}"
    return f"case when of_at between {low_} and {high_} then of_at + {shift} end"
