"""The worklist of a report: one row per case with a finding, worst first, in memory that does not grow with the cases.

What enters: a connection with ``cases`` and ``findings``. What leaves: a view ``worklist``. The duties of a case are in
its masks, and few masks differ: their words are found once for each, and the rows that are sorted are short, so that
an engine can sort them on disk. Only what the law leaves open is read from the findings.
"""

import duckdb

from ledger287.custody.duties.open_reasons import calendar_says
from ledger287.custody.duties.table import BIT, DUTIES
from ledger287.custody.report.tables.lists import local

BY_LAW = ("state_forbids", "exceeds_state")
"""The duties that the law itself may leave open (``open_reasons.opened_by_law``)."""
MASKS = ("missed", "open", "by_calendar", "by_law")


def make_worklist(connection: duckdb.DuckDBPyConnection, few: int) -> int:
    """What was missed, what is unknown and what would decide it, case by case; how many rows that is.

    Up to so ``few`` rows are worked out once, and more of them each time they are read.
    """
    (many, open_law) = connection.execute(
        'select count(*), count(*) filter (by_law <> 0) from cases where missed <> 0 or "open" <> 0'
    ).fetchone() or (0, 0)
    _words_of_masks(connection)
    law = ", ".join(f"{duty}_law" for duty in BY_LAW) if open_law else "null"
    joined = "".join(_by_law(duty) for duty in BY_LAW) if open_law else ""
    same = " and ".join(f'c."{name}" = m."{name}"' for name in MASKS)
    connection.execute(
        f"""create view worklist_order as
        select c."case", c.agency, c.state, c.zone, c.start, c."left", c.over_seconds // 60 as minutes_over,
            m.place, [{law}] as law, c.file, c.row
        from cases c join masks m on {same}{joined}
        order by minutes_over desc nulls last, c."case", c.file, c.row"""
    )
    says = "getvariable('masks')[place]"
    every = f"list_concat({says}.settled_by, list_filter(law, lambda one: one is not null))"
    settled = f"array_to_string(list_sort(list_distinct({every})), '; ')"
    connection.execute(
        f"""create {"table" if many <= few else "view"} worklist as
        select "case", agency, state, {local("start")} as held_since, {local('"left"')} as "left", minutes_over,
            {says}.missed as missed, {says}.cannot_tell as cannot_tell, nullif({settled}, '') as settled_by, file, row
        from worklist_order"""
    )
    return int(many)


def _words_of_masks(connection: duckdb.DuckDBPyConnection) -> None:
    """The words of each combination of masks that occurs, in a variable by its place."""
    columns = ", ".join(f'"{name}"' for name in MASKS)
    connection.execute(
        f"create table masks as select {columns}, row_number() over (order by {columns})::int as place "
        f'from (select distinct {columns} from cases where missed <> 0 or "open" <> 0)'
    )
    rows = connection.execute(f"select {columns} from masks order by place").fetchall()
    connection.execute(f"set variable masks = [{', '.join(_line(*row) for row in rows)}]")


def _line(missed: int, open_: int, by_calendar: int, by_law: int) -> str:
    """The words of one combination of masks, as a struct; without what the law leaves open."""
    unknown = [duty for duty in DUTIES if BIT[duty.id] & open_ & ~missed]
    settled = {
        calendar_says() if BIT[duty.id] & by_calendar else duty.settled_by
        for duty in unknown
        if BIT[duty.id] & (by_calendar | ~by_law)
    }
    known = "; ".join(sorted(duty.id for duty in DUTIES if BIT[duty.id] & missed))
    open_duties = "; ".join(sorted(duty.id for duty in unknown))
    listed = f"[{', '.join(map(_text, sorted(settled)))}]::varchar[]"
    return f"{{missed: {_text(known)}, cannot_tell: {_text(open_duties)}, settled_by: {listed}}}"


def _by_law(duty: str) -> str:
    """What the law leaves open of a duty, joined to the cases of which it does."""
    return (
        f" left join (select file, row, settled_by as {duty}_law from findings where duty = '{duty}' "
        f"and verdict = 'cannot tell') {duty} on {duty}.file = c.file and {duty}.row = c.row "
        f"and c.by_law & {BIT[duty]} <> 0 and c.by_calendar & {BIT[duty]} = 0"
    )


def _text(words: str) -> str:
    return "null::varchar" if not words else "'" + words.replace("'", "''") + "'"
