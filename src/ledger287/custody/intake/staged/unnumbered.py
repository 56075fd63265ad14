"""Rows without a case number below a row with one: some reports print a number once, over the lines that belong to it.

What enters: the rows of a file in SQL. What leaves: SQL of the rows that are kept, in which a row without a number
leaves its mark on the case above it. It promises that an event which may be that case's is never taken for missing:
its time is unclear there. No time and no code of such a row is used.
"""

from collections.abc import Sequence

from ledger287.custody.batch.plans.plan import bit
from ledger287.custody.case.vocabulary import FURTHER
from ledger287.custody.intake.times.cell_sql import as_name

BELOW = "said_below"
"""The events, as bits, that rows without a number below a row tell of."""


def with_lines_below(times: Sequence[str], words: Sequence[str]) -> str:
    """The kept lines of a log; one without a number is an event at an unknown time of the case above it.

    Its codes are not used: of which case they are is not known.
    """
    blank = [f"null as {as_name(name)}" for name in (*times, *words) if name not in ("case", "event")]
    blank += [f"null as {as_name('t_' + name)}" for name in times]
    above = 'last_value("case" ignore nulls) over (order by row)'
    return (
        f"select * from named where left_out = '' union all by name select * replace ({', '.join(blank)}) from "
        f"(select * replace (case when left_out = 'no_case' then {above} end as \"case\") "
        "from (select * from named where left_out = '' or (left_out = 'no_case' and \"case\" is null))) "
        "where left_out = 'no_case' and \"case\" is not null and event is not null"
    )


def with_rows_below(times: Sequence[str]) -> str:
    """The kept rows of a table, each with the events that rows without a number below it tell of."""
    filled = {name: f"({as_name(name)} is not null or {as_name('t_' + name)} is not null)" for name in times}
    told = " | ".join(f"{one}::int * {bit(FURTHER.get(name, name))}" for name, one in filled.items())
    grouped = (
        '(select *, count("case") over (order by row) as numbered from named '
        "where left_out = '' or (left_out = 'no_case' and \"case\" is null))"
    )
    below = f"(select numbered, bit_or({told or '0'}) as told from {grouped} where left_out = 'no_case' group by 1)"
    return (
        f"select kept.* exclude (numbered), coalesce(told, 0)::bigint as {BELOW} "
        f"from {grouped} kept left join {below} below using (numbered) where left_out = ''"
    )


def told_below(seconds: dict[str, str]) -> str:
    """The events that rows below tell of and the row itself does not, as bits."""
    own = " + ".join(f"({second} is not null)::int * {bit(name)}" for name, second in seconds.items()) or "0"
    return f"(f.{BELOW} & ~({own}))"
