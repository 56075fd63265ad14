"""Events of a row that some cell says happened, and of which the row has no time: their time is unclear.

What enters: the rows of a table of cases, and the fields that it has. What leaves: the same rows, with such an event
among those whose time is unclear and a problem of the row; and what is said of a table without a column for the time.
"""

from collections.abc import Iterable

from ledger287.core.text import listed
from ledger287.custody.batch.plans.plan import bit
from ledger287.custody.case.vocabulary import Companion, companions, nothing_words, vocabulary
from ledger287.custody.columns.words import any_of, both, flag, int_of, total
from ledger287.custody.relations.column import Column, cases
from ledger287.custody.relations.table import Table


def with_untimed(table: Table, fields: frozenset[str]) -> Table:
    """The rows, with the events that have no time though a cell says that they happened.

    ``table`` has every event as seconds, and ``unclear`` and ``problems`` as bits; ``fields`` are those of its files.
    """
    parts, with_problem = [], []
    for one in companions():
        cells = [cell for cell in one.cells if cell in fields]
        timed = _timed(one, fields)
        if cells and (timed or one.no_column):
            parts.append(_lost(table, one, cells))
            with_problem += [one.event] if timed else []
    if not parts:
        return table
    # Hardly a row has one: what is said of it is worked out for those only.
    table = table.mutate(untimed=total(parts))
    says = total(flag((table.untimed & bit(event)) != 0, f"{event}_untimed") for event in with_problem)
    problems = table.problems + cases((table.untimed == 0, int_of(0)), otherwise=says)
    return table.mutate(unclear=table.unclear + table.untimed, problems=problems).drop("untimed")


def _lost(table: Table, one: Companion, cells: list[str]) -> Column:
    """The bit of an event that has no time though one of the cells says that it happened, else 0."""
    every = (one.event, *one.instead)
    said = any_of(_says_so(table[cell]) for cell in cells)
    return cases(
        (any_of(table[event].notnull() for event in every), int_of(0)),
        (both(*(table[cell].isnull() for cell in cells)), int_of(0)),
        (((table.unclear & sum(map(bit, every))) == 0) & said, int_of(bit(one.event))),
        otherwise=int_of(0),
    )


def notes_on_untimed(name: str, fields: frozenset[str], part: str = "column") -> Iterable[str]:
    """What is said of a file that has such cells and no column, or of a log no line, for their time."""
    for one in companions():
        cells = [cell for cell in one.cells if cell in fields]
        if cells and one.no_column and not _timed(one, fields):
            yield (
                f"{name}: no {part} gives the time of {one.event}; where {listed(cells, 'or')} says that there was "
                "one, what rests on its time is answered as cannot tell."
            )


def says_held(fields: frozenset[str], asked: Iterable[str]) -> bool:
    """Whether a table without the events ``asked`` has cells that say that one of them happened."""
    return any(one.event in asked and one.no_column and fields & {*one.cells} for one in companions())


def _timed(one: Companion, fields: frozenset[str]) -> bool:
    return bool(fields & {one.event, *one.instead})


def _says_so(cell: Column) -> Column:
    """Whether a cell says that its event happened; one that is not understood may say so."""
    no: list[str] = ["", *vocabulary()["no_event"], *nothing_words()]
    return cell.notnull() & ~cell.isin(no)
