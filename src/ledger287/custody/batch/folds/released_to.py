"""A release whose row says that it was to ICE: ICE took the person then, as a column of its own would say.

What enters: a table of cases with a column of whom a person was released to. What leaves: the same table, with the time
of such a release as that of ICE taking the person, and a note of how many there are. The words of others stay unread.
"""

from collections.abc import Sequence

from ledger287.core.text import plural
from ledger287.custody.batch.plans.plan import bit
from ledger287.custody.batch.surveying import distinct
from ledger287.custody.case.event_words import names_ice
from ledger287.custody.columns.words import int_of
from ledger287.custody.engines.engine import Engine
from ledger287.custody.relations.column import cases, null
from ledger287.custody.relations.table import Table

COLUMN = "released_to"
TAKEN, LEFT = "ice_took_person", "released"


def to_ice(engine: Engine, table: Table) -> list[str]:
    """The words of the column that name ICE."""
    return sorted(word for word in distinct(engine, table, COLUMN) if names_ice(word))


def with_taken(table: Table, words: Sequence[str]) -> Table:
    """The releases to ICE as times at which ICE took the person; ``local`` says of both whose clocks they are by."""
    if not words or table[LEFT].blank:
        return table
    clear = (table.unclear & bit(TAKEN)) == 0
    mine = (table[COLUMN].isin(words) & table[TAKEN].isnull() & table[LEFT].notnull() & clear).fill_null(False)
    local = mine & ((table.local & bit(LEFT)) != 0)
    own = table.local & int_of(bit(TAKEN))
    return table.mutate(
        **{
            TAKEN: cases((mine, table[LEFT]), otherwise=table[TAKEN]),
            LEFT: cases((mine, null("int64")), otherwise=table[LEFT]),
            "local": table.local + cases((local & (own == 0), int_of(bit(TAKEN))), otherwise=int_of(0)),
        }
    )


def note(engine: Engine, table: Table, name: str, words: Sequence[str]) -> tuple[str, ...]:
    """What is said of the releases to ICE."""
    if not words:
        return ()
    mine = table.filter(table[COLUMN].isin(words) & table[LEFT].notnull())
    many = engine.answer(mine.aggregate(many=mine.count())).column("many")[0].as_py()
    read = "is read" if many == 1 else "are read"
    return (f"{name}: {plural(many, 'release')} to ICE, as {COLUMN} says, {read} as {TAKEN}.",) if many else ()
