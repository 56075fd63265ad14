"""The different words in some columns of a table, found in one pass.

What enters: a table on an engine. What leaves: every word of each column, without blanks that hold nothing.
"""

from collections.abc import Sequence

from ledger287.custody.engines.engine import Engine
from ledger287.custody.relations.table import Table

AT_ONCE = 50_000
"""So many different rows of words are surveyed in one pass; where there are more, each column has its own."""


def surveyed(engine: Engine, table: Table, names: Sequence[str]) -> dict[str, set[str]]:
    """Every word in each of some columns."""
    if not names:
        return {}
    rows = engine.answer(table.select(*names).distinct().limit(AT_ONCE)).to_pylist()
    if len(rows) == AT_ONCE:
        return {name: distinct(engine, table, name, blank=True) for name in names}
    return {name: {row[name] for row in rows if row[name] is not None} for name in names}


def distinct(engine: Engine, table: Table, column: str, *, blank: bool = False) -> set[str]:
    """Every word in a column; an empty one only where ``blank`` says so."""
    found = engine.answer(table.select(column).distinct()).column(column).to_pylist()
    return {word for word in found if word or (blank and word is not None)}
