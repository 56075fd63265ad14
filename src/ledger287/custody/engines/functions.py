"""Small tables of DuckDB as functions of their keys.

What enters: a table in a connection, and its keys. What leaves: a macro ``NAME_at`` that gives the line of a key as a
struct, from a variable that holds every line. DuckDB writes the rows of a query with a join in their order with one
thread only; a macro leaves the query without one, and all threads write.
"""

from collections.abc import Callable
from typing import Any

from ledger287.custody.columns.matching import Keys

APART = " || chr(31) || "
"""Between the words of a key."""
MOST = 20_000
"""Tables of more lines are joined: a variable would keep every line of them in the plan of the query."""

Run = Callable[[str], Any]


def made_function(run: Run, name: str, keys: Keys) -> bool:
    """Make the macro; False where a table has no line or too many."""
    if not 0 < run(f"select count(*) from {name}").fetchone()[0] <= MOST:
        return False
    columns = [row[0] for row in run(f"describe {name}").fetchall()]
    fields = ", ".join(f'"{one}": "{one}"' for one in columns if one not in (*keys.words, keys.day))
    word = APART.join(f'"{one}"' for one in keys.words)
    lines = f"(select {word} as word, * from {name})"
    run(f"create or replace type {name}_word as enum (select distinct word from {lines} order by word)")
    given = [f"of_{one}" for one in keys.words]
    place = f"(enum_code(try_cast({APART.join(given)} as {name}_word)) + 1)"
    rows, found, order = lines, f"{{{fields}}}", "word"
    line = f"getvariable('{name}')[{place}]"
    if keys.day:
        order = f"word, {keys.day}"
        place = _place_of_day(run, lines, keys.day, place)
        line = f"case when of_at is not null then getvariable('{name}')[{place}] end"
    elif keys.span:
        rows, found = f"(select word, list({found} order by since) as spans from {lines} group by word)", "spans"
        line = f"list_filter({line}, lambda one: of_at >= one.since and of_at < one.until)[1]"
    run(f"set variable {name} = (select list({found} order by {order}) from {rows})")
    given += ["of_at"] if keys.day or keys.span else []
    run(f"create or replace macro {name}_at({', '.join(given)}) as {line}")
    return True


def _place_of_day(run: Run, lines: str, day: str, place: str) -> str:
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
    low_, high_, shift = (f"{part}[{place}]" for part in parts)
    return f"case when of_at between {low_} and {high_} then of_at + {shift} end"
