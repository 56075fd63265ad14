"""Which line of a log a problem of a case is of.

What enters: a connection, and the lines of the cases that have problems. What leaves: a table ``own_lines`` with a line
for each case and kind of problem, where one can be named: the last line of the event, or with the word, that it is of.
"""

import shutil
from collections.abc import Iterable, Sequence

import duckdb

from ledger287.custody.batch.folds.log_words import FLAGS, OF_EVENT, OF_OFFICER, WORDS
from ledger287.custody.batch.log_lines import LogLines
from ledger287.custody.case.event_words import UNREAD
from ledger287.custody.case.vocabulary import DOUBT, companions, orders, spellings

ENDS = ("released", "ice_took_person")
OF_EVENTS: dict[str, tuple[str, ...]] = {
    "left_before_hold": ENDS,
    "ends_differ": ENDS,
    "contract_denied": ("contract_began",),
    "status_outcome_blank": ("status_answered",),
    "form_out_of_use": ("detainer_received",),
} | {f"{order.after}_before_{order.before}": (order.after,) for order in orders()}
"""The events on whose lines a kind of problem is seen."""


def make_own_lines(connection: duckdb.DuckDBPyConnection, lines: Sequence[LogLines]) -> None:
    """The table ``own_lines``: case, kind, file and row, and the rows of a repeated or contradictory event as words."""
    connection.execute('create table own_lines ("case" varchar, kind varchar, file varchar, row bigint, said varchar)')
    for one in lines:
        connection.execute("set variable log_files = ?", [list(one.files)])
        every = one.path / "*.parquet" if one.path.is_dir() else one.path
        source = str(every).replace("'", "''")
        connection.execute(
            f"""create or replace temp table log_lines as
            select * exclude (row), row % {PACK} as row, getvariable('log_files')[row // {PACK} + 1] as file,
                count(*) over same as times, min("at") over same as low, max("at") over same as high,
                string_agg((row % {PACK})::varchar, ', ') over same as of_rows
            from read_parquet('{source}') window same as (partition by "case", event order by row
                rows between unbounded preceding and unbounded following)"""
        )
        for kind, test, first in _tests():
            connection.execute(
                f"""insert into own_lines
                select "case", '{kind}', max_by(file, ({first}, row)), max_by(row, ({first}, row)),
                    {SAID.get(kind, "null")}
                from log_lines where {test} group by "case" """
            )
        shutil.rmtree(one.path) if one.path.is_dir() else one.path.unlink()


PACK = 2**40
SAID = {
    "contradictory_event": "string_agg(distinct event || ' in rows ' || of_rows, '; ')",
    "repeated_event": "string_agg(distinct event || ' in rows ' || of_rows, '; ')",
}


def _tests() -> Iterable[tuple[str, str, str]]:
    """Each kind of problem, which lines show it, and which of them are looked at first, in SQL."""
    for kind, events in OF_EVENTS.items():
        yield kind, f"event in ({', '.join(map(repr, events))})", "true"
    for flag in FLAGS:
        yield flag, flag, "true"
    known = f"event not like '{UNREAD}%'"  # a line whose word was not read is of no event that can be said twice
    yield "contradictory_event", f"times > 1 and low <> high and {known}", "true"
    yield "repeated_event", f"times > 1 and low = high and {known}", "true"
    for name, (column, only) in OF_EVENT.items():
        own = "true" if only is None else f"event = '{only}'"
        yield f"unknown_{name}", f"{own} and \"{column}\" <> ''", _unknown(name, column)
    for place in ("state", "zone"):
        yield f"unknown_{place}", f"{place} <> ''", "true"
    for column, events in OF_OFFICER.values():
        yield "unknown_officer", f"\"{column}\" <> '' and event in ({', '.join(map(repr, events))})", "true"
    for one in companions():
        cells = {WORDS[cell][0] for cell in one.cells if cell in WORDS}
        yield f"{one.event}_untimed", " or ".join(f"\"{cell}\" <> ''" for cell in sorted(cells)), "true"


def _unknown(name: str, column: str) -> str:
    """Whether a cell is no code of its column, in SQL; the words are compared as ``vocabulary.plain`` does."""
    words = ", ".join(f"'{word}'" for word in spellings(name))
    doubt = f"contains(\"{column}\", '{DOUBT}')"
    return f"{doubt} or trim(regexp_replace(lower(\"{column}\"), '[^a-z0-9]+', ' ', 'g')) not in ({words})"
