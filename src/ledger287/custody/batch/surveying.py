"""The different words in some columns of a table, found in one pass.

What enters: a table on an engine. What leaves: every word of each column, without blanks that hold nothing.
"""

from collections.abc import Sequence

from ledger287.custody.engines.engine import Engine
from ledger287.custody.relations.table import Table
from ledger287.custody.relations.wording import every_word


def surveyed(engine: Engine, table: Table, names: Sequence[str]) -> dict[str, set[str]]:
    """Every word in each of some columns."""
    if not names:
        return {}
    row = engine.answer(table.aggregate(**{name: every_word(table[name]) for name in names})).to_pylist()[0]
    return {name: {word for word in row[name] or () if word is not None} for name in names}


def distinct(engine: Engine, table: Table, column: str, *, blank: bool = False) -> set[str]:
    """Every word in a column; an empty one only where ``blank`` says so."""
    found = engine.answer(table.select(column).distinct()).column(column).to_pylist()
    return {word for word in found if word or (blank and word is not None)}
