"""Stages the rows of a file that is not Parquet of times: cell by cell as Parquet, so that one expression audits all.

What enters: an ``ExportFile`` that is not direct. What leaves: a Parquet file of the same rows with times as seconds,
and each problem with its row and column. Common forms of times are read by DuckDB, and only a cell in another form by
``moments``, once for each different text. A row that cannot be placed (no case, no such event) is left out and
reported; a line of totals and a repeated heading are left out and noted.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ledger287.core.problem import Refused
from ledger287.core.text import plural
from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.case.event_words import (
    UNREAD,
    event_named,
    is_of_nothing,
    keeps_otherwise,
    not_of_an_audit,
    unread,
)
from ledger287.custody.case.vocabulary import FURTHER, plain, vocabulary
from ledger287.custody.duties.table import PROBLEM
from ledger287.custody.intake.fields import CASE_TEXT, FEW_BYTES, FURTHER_TEXT, FURTHER_TIMES, LOG_TEXT
from ledger287.custody.intake.opening.opened_files import ExportFile
from ledger287.custody.intake.people.named_numbers import is_no_number
from ledger287.custody.intake.people.staged import refuse_people_staged
from ledger287.custody.intake.problems import CaseProblem, problem
from ledger287.custody.intake.staged.further import forms_sql, unread_cells
from ledger287.custody.intake.staged.further import together as one_detainer
from ledger287.custody.intake.staged.other_grounds import kept_on
from ledger287.custody.intake.staged.raw_cells import ODD, query_of, table_of, written_query
from ledger287.custody.intake.staged.refused_rows import refuse_rows
from ledger287.custody.intake.staged.unnumbered import KeptRows, keep_rows, marked_events
from ledger287.custody.intake.times.cell_sql import (
    JOIN,
    as_name,
    as_text,
    common_time,
    is_foot,
    translated,
    without_blanks,
)
from ledger287.custody.intake.times.midnights import at_midnight, has_time, without_times
from ledger287.custody.intake.times.moments import WHY, Moment, is_coarse, join_moment, read_moment
from ledger287.custody.intake.times.values import cell_shown, quoted

MOST_TOLD = 10_000
"""The number of problems of each kind that are reported with their cell; all of them are counted."""
AT_ONCE = 200_000
"""So many different texts in odd forms are read at once."""
_NUMBERS = itertools.count(1)


@dataclass(slots=True)
class Staged:
    """What staging a file met: problems, how many of each kind, and whether any time was the jail's own."""

    path: Path
    problems: list[CaseProblem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    local: bool = False
    notes: list[str] = field(default_factory=list)

    def keep(self, source: ExportFile, row: int, column: str, kind: str, found: str, case: str | None) -> None:
        """Keep a problem of a cell."""
        if self.counts.get(kind, 0) < MOST_TOLD:
            self.problems.append(problem(source.name, row, column, kind, found=found, case=case))
        self.counts[kind] = self.counts.get(kind, 0) + 1


def stage(source: ExportFile, out: Path, run_on: duckdb.DuckDBPyConnection | None = None) -> Staged:
    """Write a source's rows to ``out``. Raises Refused where a value names a person, or no row is left.

    ``run_on`` is a connection that is open already: to open one takes longer than to read a small file.
    """
    connection = run_on.cursor() if run_on else duckdb.connect()
    (in_order,) = connection.execute("select current_setting('preserve_insertion_order')").fetchone() or (True,)
    name = f"staging_{next(_NUMBERS)}"
    try:
        connection.execute(f"set TimeZone = 'UTC'; set preserve_insertion_order = true; attach ':memory:' as {name}")
        if not run_on:
            connection.execute(f"set temp_directory = {as_text(out.parent / 'spill')}; set memory_limit = '2GB'")
        connection.execute(f"use {name}")
        return _Stager(source, out, connection, name).run()
    finally:
        connection.execute(f"use memory; detach {name}; set preserve_insertion_order = {in_order}")
        connection.close()


class _Stager:
    """One file on its way: its cells as ``cells``, its named columns as ``named``, its times as ``timed``."""

    def __init__(self, source: ExportFile, out: Path, connection: duckdb.DuckDBPyConnection, database: str) -> None:
        self.source, self.out, self.run_sql = source, out, connection.execute
        self.connection, self.database, self.staged = connection, database, Staged(out)
        self.few = source.path.stat().st_size <= FEW_BYTES
        if self.few:
            self.run_sql("pragma disable_optimizer")
        self.place = {head: number for number, head in enumerate(source.heads)}
        log = source.shape == "log"
        own = source.fields - set(source.keys)  # what folders give is added to the staged rows
        self.times = tuple(name for name in (("at",) if log else (*TIMES, *FURTHER_TIMES)) if name in own)
        self.words = tuple(name for name in (LOG_TEXT if log else (*CASE_TEXT, *FURTHER_TEXT)) if name in own)

    def run(self) -> Staged:
        self._cells()
        refuse_people_staged(self.source, self.words, self.run_sql)
        refuse_rows(self.source, self.run_sql)
        self._left_out()
        self._odd_times()
        self._write()
        if not self.staged.rows:
            raise Refused(f"{self.source.path}: expected rows of cases or events, found none that can be read.")
        return self.staged

    # -- cells -------------------------------------------------------------------------------------------------

    def _cells(self) -> None:
        """The cells as texts, with the number of each row; a text file by DuckDB, where it is regular."""
        if query := query_of(self.source, self.out):
            try:
                self._read(query)
                return
            except duckdb.Error as error:  # rows that are not all as wide as the heading, for one
                if "interrupt" in str(error).lower():
                    raise KeyboardInterrupt from None
                if self.source.kind == "parquet" or "space" in str(error).lower():
                    raise
        met: Callable[[int, int], None] = lambda row, many: self.staged.keep(  # noqa: E731
            self.source, row, "", "ragged_row", f"{many} more", None
        )
        self._read(written_query(self.source, self.out, met))

    def _read(self, query: str) -> None:
        self.run_sql(f"create or replace view cells as {query}")
        self._named()
        self._times_read()

    def _named(self) -> None:
        """The cells by their fields, trimmed, a word for nothing as none."""
        cell = {place: f"c{place}" for place in range(len(self.source.heads))}
        parts = ["row"]
        for head, name in self.source.columns.items():
            if name in self.times:
                parts.append(f"{cell[self.place[head]]} as {as_name(name)}")  # read as it is, where that can be
            elif name in self.words:
                parts.append(f"{without_blanks(cell[self.place[head]], FURTHER.get(name, name))} as {as_name(name)}")
        for name, (day, time) in self.source.pairs.items():
            one, two = (without_blanks(cell[self.place[head]], name) for head in (day, time))
            joined = f"coalesce({one}, '') || '{JOIN}' || coalesce({two}, '')"
            parts.append(f"nullif({joined}, '{JOIN}') as {as_name(name)}")
        width = len(self.source.heads)
        filled = " + ".join(f"(c{place} is not null and c{place} <> '')::int" for place in range(width))
        first = "coalesce(" + ", ".join(f"nullif(trim(c{place}), '')" for place in range(width)) + ")"
        first = f"case when {filled} <= 3 then {first} end"
        cells = ", ".join(f"c{place}" for place in range(width))
        every = f"case when {filled} <= 3 then concat_ws(chr(10), {cells}) end"
        self.run_sql(
            f"create or replace view cells_named as select {', '.join(parts)}, {filled} as filled, {first} as first, "
            f"{every} as every, {self._is_heading()} as heading, "
            f"c{self.place[self.source.head_of('case')]} as case_cell from cells"
        )

    def _is_heading(self) -> str:
        """Whether a row is one of the lines of a heading in two lines, in SQL."""
        width = len(self.source.heads)
        lines = [chr(10).join([*line, *[""] * (width - len(line))][:width]) for line in self.source.lines]
        cells = ", ".join(f"trim(coalesce(c{place}, ''))" for place in range(width))
        return f"concat_ws(chr(10), {cells}) in ({', '.join(map(as_text, lines))})" if lines else "false"

    def _times_read(self) -> None:
        """Every column once, with the times in common forms read; the text of a time is kept where it is in no such.

        A cell in a common form needs no trimming: only the others are trimmed, and looked at once more.
        """
        dates, paired = self.source.dates, self.source.pairs
        timed = {name: as_name(f"t_{name}") for name in self.times}
        read = [f"{common_time(as_name(name), dates, name in paired)} as {time}" for name, time in timed.items()]
        trimmed, again, odd = [], [], []
        for name, time in timed.items():
            text = as_name(name)
            if name not in paired:
                left = without_blanks(text, FURTHER.get(name, name))
                trimmed.append(f"case when {time} is null then {left} end as {text}")
                again.append(
                    f"case when {time} is null then {common_time(text, dates, False)} else {time} end as {time}"
                )
            odd.append(f"case when {time} is null then {text} end as {text}")
        query = f"select *{''.join(', ' + one for one in read)} from cells_named"
        if self.few:
            # Of few rows each is trimmed first: to plan two looks at a cell takes longer than to trim all.
            first = [f"{without_blanks(as_name(name), FURTHER.get(name, name))} as {as_name(name)}"
                     for name in timed if name not in paired]  # fmt: skip
            cells = f"(select * replace ({', '.join(first)}) from cells_named)" if first else "cells_named"
            query, trimmed, again = query.replace("cells_named", cells), [], []
        for replaced in (trimmed, again, odd):
            query = f"select * replace ({', '.join(replaced)}) from ({query})" if replaced else query
        self.run_sql(f"create or replace table named as select *, {self._why_left_out()} as left_out from ({query})")

    # -- rows --------------------------------------------------------------------------------------------------

    def _why_left_out(self) -> str:
        """Why a row is left out, in SQL: it holds nothing, is a line of totals or the heading again, or has no case."""
        page = as_text(vocabulary()["page_lines"])  # a count under a column of times is no time
        nothing = (
            f"({as_name(name)} is null or regexp_matches({as_name(name)}, '^[0-9][0-9,.]{{0,8}}{JOIN}?$') "
            f"or regexp_matches(lower({as_name(name)}), {page})) "
            f"and {as_name('t_' + name)} is null"
            for name in self.times
        )
        none = " and ".join(nothing) or "true"
        head = self.source.head_of("case").strip().lower()
        again = f"heading or (length(case_cell) <= {len(head) + 2} and lower(trim(case_cell)) = {as_text(head)})"
        case = as_name("case")
        return (
            f"case when filled = 0 then 'empty' when ({none}) and {is_foot()} then 'total' when {again} then 'heading' "
            f"when {case} is null or {is_no_number(case)} then 'no_case' else '' end"
        )

    def _left_out(self) -> None:
        """Tells of the rows that are left out."""
        counts = dict(self.run_sql("select left_out, count(*) from named where left_out <> '' group by 1").fetchall())
        path = self.source.name
        if many := counts.get("total"):
            lines = "line" if many == 1 else "lines"
            self.staged.notes.append(f"{path}: {many:,} {lines} of totals or notes not read.")
        if many := counts.get("heading"):
            often = "once" if many == 1 else f"{many:,} times"
            self.staged.notes.append(f"{path}: the heading comes again {often}; it was not read as a row.")
        self._of_which_case(counts.get("no_case", 0))
        if self.source.shape == "log":
            self._log_events()

    def _of_which_case(self, unnumbered: int) -> None:
        """Keeps the rows with a number, and tells of those of which it is not known whose they are."""
        head = self.source.head_of("case")
        if unnumbered:
            lost = f"select row, \"case\" from named where left_out = 'no_case' limit {MOST_TOLD}"
            for row, said in self.run_sql(lost).fetchall():
                self.staged.keep(self.source, row, head, "no_case", quoted(said) if said else "a blank", None)
            self.staged.counts["no_case"] = unnumbered
        rows = KeptRows(self.source.shape == "log", self.times, self.words)
        self.marked, alike = keep_rows(self.run_sql, rows, unnumbered=unnumbered > 0)
        for row, one, other in alike:
            self.staged.keep(self.source, row, head, "numbers_alike", f"{quoted(one)} and {quoted(other)}", one)

    def _log_events(self) -> None:
        """The words of a log's events as events; a row with another word is left out and reported."""
        words = [row[0] for row in self.run_sql("select distinct event from kept where event is not null").fetchall()]
        given = self.source.map.values.get("event", {}) if self.source.map else {}
        meant = {word: given.get(plain(word), word) for word in words}
        of_nothing = {word for word in words if event_named(meant[word]) is None and is_of_nothing(meant[word])}
        known = {
            word: event_named(means) or (None if word in of_nothing else unread(means)) for word, means in meant.items()
        }
        nothing = [word in of_nothing for word in known]
        others = [event_named(meant[word]) is None and keeps_otherwise(meant[word]) for word in known]
        self.others = any(others)
        columns = {"word": list(known), "event": list(known.values()), "nothing": nothing, "other": others}
        self._register("events", columns, ("varchar", "varchar", "boolean", "boolean"))
        (many,) = self.run_sql(
            "select count(*) from kept k join events e on k.event = e.word where e.nothing"
        ).fetchone() or (0,)
        if many:
            self.staged.notes.append(not_of_an_audit(self.source.name, many, sorted(of_nothing)))
        lost = self.run_sql(
            'select k.row, k.event, k."case" from kept k left join events e on k.event = e.word '
            f"where (e.event is null or e.event like '{UNREAD}%') and not coalesce(e.nothing, false) order by k.row"
        ).fetchall()
        head = self.source.head_of("event")
        for row, word, case in lost:
            self.staged.keep(self.source, row, head, "unknown_event", cell_shown(word or ""), case)

    # -- times -------------------------------------------------------------------------------------------------

    def _odd_times(self) -> None:
        """Reads the texts that no known form fits, each once; what is not a time is reported with its cell."""
        dates = self.source.dates
        self.run_sql(
            "create view fast as select * exclude (filled, first, every, heading, case_cell, left_out) from kept"
        )
        lost = ", ".join(f"case when {as_name('t_' + name)} is null then {as_name(name)} end" for name in self.times)
        self.run_sql("create table odd (word varchar, seconds bigint, local boolean, why varchar)")
        if not lost:
            return
        found = self.run_sql(
            f"select distinct word from (select unnest([{lost}]) as word from fast) where word is not null"
        )
        coarse = 0
        while rows := found.fetchmany(AT_ONCE):
            lines: list[list[Any]] = []
            for (word,) in rows:
                day, joined, time = word.partition(JOIN)
                moment = join_moment(day, time, dates) if joined else read_moment(word, dates)
                if isinstance(moment, Moment):
                    coarse += is_coarse(time if joined else word)
                    lines.append([word, moment.seconds, moment.local, None])
                else:
                    lines.append([word, None, None, moment])
            table = table_of(lines, ODD)
            cursor = self.connection.cursor()
            cursor.register("odd_rows", table)
            cursor.execute(f"insert into {self.database}.odd select * from odd_rows")
            cursor.close()
        if coarse:
            self.staged.notes.append(
                f"{self.source.name}: {plural(coarse, 'time')} written as the number of a day with four digits or "
                "fewer behind the point, which cannot show the second: the nearest minute was read where it fits."
            )
        self._tell_unreadable()

    def _tell_unreadable(self) -> None:
        (lost,) = self.run_sql("select count(*) from odd where why is not null").fetchone() or (0,)
        if not lost:
            return
        for name in self.times:
            head = self.source.head_of(name)
            rows = self.run_sql(
                'select f.row, f."case", o.word, o.why, count(*) over () from fast f '
                f"join odd o on f.{as_name(name)} = o.word "
                f"where f.{as_name('t_' + name)} is null and o.why is not null order by f.row limit {MOST_TOLD}"
            ).fetchall()
            for row, case, word, why, _ in rows:
                found = f"{cell_shown(word.replace(JOIN, ' ').strip())}{WHY.get(why, '')}"
                self.staged.keep(self.source, row, head, "unreadable_time", found, case)
            if rows and rows[0][4] > len(rows):
                self.staged.counts["unreadable_time"] += rows[0][4] - len(rows)

    # -- written -----------------------------------------------------------------------------------------------

    def _write(self) -> None:
        log = self.source.shape == "log"
        joins, parts = [], ["f.row"]
        seconds, local = {}, {}
        (odd,) = self.run_sql("select count(*) from odd").fetchone() or (0,)
        for place, name in enumerate(self.times):
            time, text = f"f.{as_name('t_' + name)}", f"f.{as_name(name)}"
            if odd:
                joins.append(f"left join odd o{place} on {time} is null and {text} = o{place}.word")
                seconds[name] = f"coalesce({time} // 2, o{place}.seconds)"
                local[name] = f"coalesce({time} % 2 = 1, o{place}.local, false)"
            else:
                seconds[name], local[name] = f"{time} // 2", f"coalesce({time} % 2 = 1, false)"
        if log:
            joins.append("join events e on f.event = e.word and (e.event is not null or e.other)")
        seconds |= without_times(seconds, days := self._days_only(seconds, joins), log)
        given = self.source.map.values if self.source.map else {}
        for name in LOG_TEXT if log else CASE_TEXT:
            if name == "event":
                parts += ["e.event as event", *(["e.other as other"] if self.others else [])]
                continue
            mine = [one for one in self.words if FURTHER.get(one, one) == name]
            cells = [translated(f"f.{as_name(one)}", given.get(name, {})) for one in mine]
            cell = forms_sql(cells) if len(cells) > 1 else "".join(cells) or "null::varchar"
            parts.append(f"{cell} as {as_name(name)}")
        if log:
            at = seconds.get("at", "null::bigint")
            parts += [f"{at} as at", f"{local.get('at', 'false')} as local"]
        else:
            lost = {name: f"({has_time(name, name in days)} and {seconds[name]} is null)" for name in self.times}
            wrong = f"({' or '.join(lost.values()) or 'false'})::int * {PROBLEM['unreadable_time']}"
            seconds, local, lost = one_detainer(seconds, local, lost)
            parts += [f"{seconds.get(name, 'null::bigint')} as {as_name(name)}" for name in TIMES]
            unclear, own = unread_cells(lost), unread_cells(local)
            unclear = f"({unclear}) | {marked_events(seconds)}" if self.marked else unclear
            parts += [f"({unclear})::bigint as unclear", f"({own})::bigint as local", f"({wrong})::bigint as problems"]
        query = f"select {', '.join(parts)} from fast f {' '.join(joins)}"
        query = kept_on(query) if log and self.others else query
        self.run_sql(f"copy ({query}) to {as_text(self.out)} (format parquet, compression lz4_raw)")
        found = self.run_sql(
            f"select count(*), coalesce(bool_or(local{'' if log else ' <> 0'}), false) "
            f"from read_parquet({as_text(self.out)})"
        ).fetchone() or (0, False)
        self.staged.rows, self.staged.local = found[0], found[1]
        self.out.with_suffix(".cells").unlink(missing_ok=True)
        self.out.with_suffix(".txt").unlink(missing_ok=True)

    def _days_only(self, seconds: dict[str, str], joins: list[str]) -> list[str]:
        """The events of which the file has days only (``midnights``); each is reported."""
        found = self.run_sql(at_midnight(seconds, joins, self.source.shape == "log")).fetchall() if seconds else []
        for what, name, many in found:
            head, text = self.source.head_of(name), f"{plural(many, 'time')} of {what}, all at midnight"
            self.staged.keep(self.source, 0, head, "midnight_only", text, None)
        return [what for what, *_ in found]

    def _register(self, name: str, columns: dict[str, list[Any]], kinds: Sequence[str]) -> None:
        typed = ", ".join(f"{column} {kind}" for column, kind in zip(columns, kinds, strict=True))
        self.run_sql(f"create table {name} ({typed})")
        rows = list(zip(*columns.values(), strict=True))
        if rows:
            marks = ", ".join("?" * len(columns))
            self.connection.executemany(f"insert into {name} values ({marks})", rows)
