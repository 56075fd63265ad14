"""Days that an export wrote as times: every one of them at midnight. The day alone is known, and nothing is its time.

What enters: SQL for the seconds of each column of times, or of the times of a log. What leaves: SQL that says of which
events a file has times at midnight only, and the SQL of those times without them. A few times of an event may all be
at midnight by chance, unless no time in the file is of another hour.
"""

from collections.abc import Mapping, Sequence

from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.times.cell_sql import as_name, as_text


def at_midnight(seconds: Mapping[str, str], joins: Sequence[str], log: bool) -> str:
    """A query for the events whose times are all at midnight, each with its column and how many times it has."""
    if log:
        ((name, at),) = seconds.items()
        counted = (
            f"select e.event as what, {as_text(name)} as name, count({at}) as many, "
            f"count_if({at} % 86400 <> 0) as others from fast f {' '.join(joins)} group by 1"
        )
    else:  # counted in one reading of the file, however many columns it has
        names, times = ", ".join(map(as_text, seconds)), list(seconds.values())
        many = ", ".join(f"count({at})" for at in times)
        others = ", ".join(f"count_if({at} % 86400 <> 0)" for at in times)
        counted = (
            f"select unnest([{names}]) as what, what as name, unnest(many) as many, unnest(others) as others "
            f"from (select [{many}] as many, [{others}] as others from fast f {' '.join(joins)})"
        )
    return (
        f"select what, name, many from (select *, sum(others) over () as of_all from ({counted}) where many > 0) "
        f"where others = 0 and (of_all = 0 or many >= {int(vocabulary()['spans']['times_at_midnight'])}) order by what"
    )


def without_times(seconds: Mapping[str, str], days: Sequence[str], log: bool) -> dict[str, str]:
    """The times that are no times, as none."""
    if not days:
        return {}
    if log:
        named = ", ".join(map(as_text, days))
        return {"at": f"case when e.event in ({named}) then null else {seconds['at']} end"}
    return dict.fromkeys(days, "null::bigint")


def has_time(name: str, day_only: bool) -> str:
    """Whether a cell of a time has something in it; of a time in a common form the text is not kept."""
    text = f"f.{as_name(name)} is not null"
    return f"({text} or f.{as_name('t_' + name)} is not null)" if day_only else text
