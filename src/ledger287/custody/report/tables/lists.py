"""The lists of a report: rates per hold, cases still open at a time, and what to work on, case by case.

What enters: a connection with ``cases`` and ``findings``. What leaves: tables of the same names as their files. Times
are given twice: as the jail's own clocks showed them, with their offset, and in UTC.
"""

from pathlib import Path

import duckdb

from ledger287.custody.duties.table import HELD, HOLDS, NO_HOLD, NOT_ENDED, PERHAPS, UNTOLD

DUE, OVERDUE, NO_END = "due", "overdue", "no end known"


def local(column: str, zone: str = "zone") -> str:
    """A time as the clocks of a row's time zone showed it, with its offset, in SQL; in UTC where the zone is blank."""
    shown = f"timezone({zone}, {column})"
    away = f"(epoch({shown}) - epoch({column}))::bigint"
    sign = f"case when {away} < 0 then '-' else '+' end"
    offset = f"printf('%s%02d:%02d', {sign}, abs({away}) // 3600, abs({away}) % 3600 // 60)"
    there = f"strftime({shown}, '%Y-%m-%d %H:%M:%S') || {offset}"
    return f"case when {column} is null then null when {zone} is null then {utc(column)} else {there} end"


def utc(column: str) -> str:
    """A time in UTC, as a text, in SQL."""
    return f"strftime({column}, '%Y-%m-%d %H:%M:%SZ')"


def make_rates(connection: duckdb.DuckDBPyConnection) -> None:
    """By agency, month and duty: the holds, those missed, those unknown, and how many of 100 holds were missed."""
    holds = ", ".join(f"'{HOLDS[kind]}'" for kind in (HELD, PERHAPS, NOT_ENDED))
    connection.execute(
        f"""create table rates as
        with held as (
            select agency, state, month, count(*) filter (hold in ({holds})) as holds, count(*) as cases
            from cases group by all)
        select *, case when holds > 0 then round(100.0 * missed / holds, 2) end as missed_of_100_holds from (
            select h.agency, h.state, h.month, f.duty, f.rule, h.cases, h.holds,
                count(*) filter (f.verdict = 'missed') as missed,
                count(*) filter (f.verdict = 'cannot tell') as cannot_tell
            from held h join findings f on f.agency is not distinct from h.agency
                and f.state is not distinct from h.state and f.month is not distinct from h.month
            group by all)
        order by all"""
    )


def make_open_cases(connection: duckdb.DuckDBPyConnection, as_of: int) -> None:
    """The cases that were open at a time: held, and not yet left; due, overdue, or with no end that is known.

    No end is known of a person who was moved to another place with no end recorded, nor of a hold that is "cannot tell"
    and that no recorded end closed by then: neither is called overdue, and neither is left out.
    """
    at = f"to_timestamp({as_of})"
    hours = f"round((epoch(limit_end) - {as_of}) / 3600.0, 2)"
    ends = ("released", "ice_took_person", "contract_began")
    unended = " and ".join(f"coalesce({end} > {at}, true)" for end in ends)
    first = "coalesce(start, charges_cleared, hold_started, detainer_received, warrant_received, booked)"
    moved = f'("left" is null and coalesce(transferred <= {at}, false))'
    unknown = f"(hold = '{HOLDS[UNTOLD]}' and \"left\" is null)"
    connection.execute(
        f"""create table open_cases as
        with opened as (
            select *, case when {moved} or {unknown} or limit_end is null then '{NO_END}'
                when limit_end < {at} then '{OVERDUE}' else '{DUE}' end as status
            from cases
            where (hold <> '{HOLDS[NO_HOLD]}' and start <= {at}
                    and ("left" > {at} or ("left" is null and hold = '{HOLDS[NOT_ENDED]}')))
                or ({unknown} and {unended} and coalesce({first} <= {at}, true)))
        select "case", agency, state, status,
            case when status <> '{NO_END}' then {hours} end as hours_left, governing,
            {local("start")} as held_since, {local("limit_end")} as no_later_than,
            {utc("limit_end")} as no_later_than_utc, file, row, hold, {local("transferred")} as transferred
        from opened
        order by hours_left nulls last, "case", file, row"""
    )


def rows_in(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows a table has."""
    (many,) = connection.execute(f"select count(*) from {table}").fetchone() or (0,)
    return int(many)


def write_list(connection: duckdb.DuckDBPyConnection, table: str, out: Path, most: int, many: int) -> None:
    """A list of so many rows as CSV and JSON; past ``most`` of them as CSV in parts, in a folder of its name."""
    if many <= most:
        for suffix, options in (("csv", "header"), ("json", "format json, array true")):
            connection.execute(f"copy {table} to '{quoted(out / f'{table}.{suffix}')}' ({options})")
    else:
        write_parts(connection, f"from {table}", out / f"{table}-csv", "32MB")


def write_parts(connection: duckdb.DuckDBPyConnection, query: str, folder: Path, size: str) -> None:
    """Rows as CSV in parts of about a size, by one thread: several would give each part the rows that they come to."""
    (threads,) = connection.execute("select current_setting('threads')").fetchone() or (1,)
    connection.execute("set threads = 1")
    try:
        connection.execute(f"copy ({query}) to '{quoted(folder)}' (format csv, header, file_size_bytes '{size}')")
    finally:
        connection.execute(f"set threads = {threads}")


def quoted(path: Path) -> str:
    """A path within a text of SQL."""
    return str(path).replace("'", "''")
