"""Rows that may be another case's: without a number, below a row with one, or with a number in other capitals.

What enters: the rows of a file in SQL. What leaves: a view of the rows that are kept, in which such a row marks the
case that it may belong to. It promises that an event which may be that case's is never taken for missing: its time is
unclear there. No time and no code of such a row is used there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ledger287.custody.batch.plans.plan import bit
from ledger287.custody.case.vocabulary import FURTHER
from ledger287.custody.intake.times.cell_sql import as_name

MARKED = "marked_events"
"""The events, as bits, that rows tell of which may be of the same case."""
MOST = 1_000
"""So many numbers in several spellings are reported."""
KEPT = "select * from named where left_out = ''"
OR_BLANK = f"{KEPT} or (left_out = 'no_case' and \"case\" is null)"
Run = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class KeptRows:
    """What the rows of a file are: lines of a log or cases, with these columns of times and of words."""

    log: bool
    times: Sequence[str]
    words: Sequence[str]

    def without_cells(self) -> str:
        """A line's event alone, at an unknown time: of which case its codes are is not known."""
        blank = [f"null as {as_name(name)}" for name in (*self.times, *self.words) if name not in ("case", "event")]
        return ", ".join([*blank, *(f"null as {as_name('t_' + name)}" for name in self.times)])

    def events(self) -> str:
        """The events that a row of a table tells of, as bits."""
        filled = {name: f"({as_name(name)} is not null or {as_name('t_' + name)} is not null)" for name in self.times}
        return " | ".join(f"{one}::int * {bit(FURTHER.get(name, name))}" for name, one in filled.items()) or "0"


def keep_rows(run_sql: Run, rows: KeptRows, *, unnumbered: bool) -> tuple[bool, list[tuple[int, str, str]]]:
    """Makes the view ``kept`` of the rows in ``named`` that are kept.

    Gives whether some are marked by others, and the numbers that differ in capitals only, each with its row.
    """
    alike = _alike(run_sql)
    query = KEPT
    if unnumbered:
        query = _with_lines_below(rows) if rows.log else _with_rows_below(rows)
    elif alike and not rows.log:
        query = f"select *, 0::bigint as {MARKED} from ({KEPT})"
    if alike:
        run_sql(f"create view kept_apart as {query}")
        query = _with_lines_alike(rows) if rows.log else _with_rows_alike(rows)
    run_sql(f"create view kept as {query}")
    return unnumbered or bool(alike), alike


def marked_events(seconds: dict[str, str]) -> str:
    """The events that other rows tell of and the row itself does not, as bits."""
    own = " + ".join(f"({second} is not null)::int * {bit(name)}" for name, second in seconds.items()) or "0"
    return f"(f.{MARKED} & ~({own}))"


def _alike(run_sql: Run) -> list[tuple[int, str, str]]:
    """Numbers that differ in capitals only; the table ``alike`` has each of them with each other."""
    # Most files write their numbers in capitals throughout, or without: one look at each says so.
    for other in ("upper", "lower"):
        if not run_sql(f'select 1 from named where "case" <> {other}("case") limit 1').fetchone():
            return []
    run_sql(
        f'create table alike as with every as (select "case" as number, min(row) as row from ({KEPT}) group by 1) '
        "select one.row, one.number, other.number as other from every one join every other "
        "on upper(one.number) = upper(other.number) and one.number <> other.number"
    )
    first = f"select * from alike where number > other order by row limit {MOST}"
    found: list[tuple[int, str, str]] = run_sql(first).fetchall()
    return found


def _with_lines_below(rows: KeptRows) -> str:
    """A line of a log without a number is an event at an unknown time of the case above it."""
    above = 'last_value("case" ignore nulls) over (order by row)'
    of_the_above = f"select * replace (case when left_out = 'no_case' then {above} end as \"case\") from ({OR_BLANK})"
    return (
        f"{KEPT} union all by name select * replace ({rows.without_cells()}) from ({of_the_above}) "
        "where left_out = 'no_case' and \"case\" is not null and event is not null"
    )


def _with_rows_below(rows: KeptRows) -> str:
    """Each row of a table with the events that rows without a number below it tell of."""
    grouped = f'(select *, count("case") over (order by row) as numbered from ({OR_BLANK}))'
    unnumbered = f"{grouped} where left_out = 'no_case'"
    below = f"(select numbered, bit_or({rows.events()})::bigint as events from {unnumbered} group by 1)"
    return (
        f"select kept.* exclude (numbered), coalesce(events, 0) as {MARKED} "
        f"from {grouped} kept left join {below} below using (numbered) where left_out = ''"
    )


def _with_lines_alike(rows: KeptRows) -> str:
    """Each line of a log is an event at an unknown time of the cases whose numbers differ in capitals only."""
    return (
        "select * from kept_apart union all by name "
        f'select kept.* replace ({rows.without_cells()}, other as "case") '
        'from kept_apart kept join alike on kept."case" = number where event is not null'
    )


def _with_rows_alike(rows: KeptRows) -> str:
    """Each row of a table with the events that rows of numbers tell of which differ in capitals only."""
    others = (
        f"(select other, bit_or({rows.events()})::bigint as events from kept_apart kept "
        'join alike on kept."case" = number group by 1)'
    )
    return (
        f"select kept.* replace ({MARKED} | coalesce(events, 0) as {MARKED}) "
        f'from kept_apart kept left join {others} others on kept."case" = other'
    )
