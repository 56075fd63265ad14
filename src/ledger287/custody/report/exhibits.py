"""One page per case, printable as one exhibit: its events, its clocks, what was missed, and the law that says so.

What enters: a connection with ``cases`` and ``findings``, and the record of the run. What leaves: one HTML file with a
page for each case that has a finding, the worst first, up to a number; every text in it is escaped.
"""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from ledger287.core.text import format_time, plural
from ledger287.custody.case.vocabulary import events, vocabulary
from ledger287.custody.report.page import STYLE, length_of, table_of

MOST = 200
CLOCKS = (
    ("flat_end", "48 hours after otherwise releasable"),
    ("regulation_end", "the regulation's ceiling (8 CFR 287.7(d))"),
    ("agreement_end", "the agreement, from when custody passed to ICE"),
    ("zero_end", "state law that allows no hold"),
    ("state_end", "state law's hours"),
    ("limit_end", "no later than (the earliest)"),
)
PRINT = "section { break-after: page; } section h2 { margin-top: 0; } footer { color: #5a6b76; font-size: .8rem; }"


def exhibits(
    connection: duckdb.DuckDBPyConnection, run: dict[str, Any], says: str, case: str | None = None
) -> str | None:
    """The pages of the cases with findings, or of one case with or without; None where there is none."""
    named = {row[0] for row in connection.execute("describe cases").fetchall()}
    kept = [event for event in events() if event in named]
    chosen = '(missed <> 0 or "open" <> 0)' if case is None else '"case" = ?'
    times = ["start", "left", *(name for name, _ in CLOCKS), *kept]
    columns = ", ".join(f'epoch("{name}")::bigint as "{name}"' for name in times)
    found = connection.execute(
        f'select "case", file, "row", agency, state, zone, models, hold, governing, over_seconds, {columns} from cases '
        f'where {chosen} order by over_seconds desc nulls last, "case" limit ?',
        [*([] if case is None else [case]), MOST],
    )
    names = [column[0] for column in found.description]
    cases = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    if not cases:
        return None
    parts = [_section(connection, case, kept, run, says) for case in cases]
    (many,) = connection.execute('select count(*) from cases where missed <> 0 or "open" <> 0').fetchone() or (0,)
    more = (
        f"<p class='quiet'>The {len(cases)} worst of {plural(many, 'case')} with a finding.</p>"
        if many > MOST and case is None
        else ""
    )
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Custody: cases</title><style>{STYLE}{PRINT}</style></head>"
        f"<body><main>{more}{''.join(parts)}</main></body></html>\n"
    )


def _section(
    connection: duckdb.DuckDBPyConnection, case: dict[str, Any], kept: Sequence[str], run: dict[str, Any], says: str
) -> str:
    says_of = {name: row["says"] for name, row in vocabulary()["events"].items()}
    known = sorted((case[event], event) for event in kept if case[event] is not None)
    happened = [(_local(at, case["zone"]), _utc(at), says_of[event]) for at, event in known]
    clocks = [(words, _local(case[name], case["zone"]), _utc(case[name])) for name, words in CLOCKS if case[name]]
    rows = connection.execute(
        "select says, verdict, seconds, settled_by, rule, citation, standing from findings where file = ? and row = ? "
        "order by verdict desc, duty",
        [case["file"], case["row"]],
    ).fetchall()
    findings = [
        ((says_, rule), verdict if verdict == "missed" else f"cannot tell; settled by {decided}", length_of(seconds),
         f"{citation} ({standing})")
        for says_, verdict, seconds, decided, rule, citation, standing in rows
    ]  # fmt: skip
    about = " · ".join(
        str(one) for one in (case["agency"], case["state"], f"models {case['models']}", case["hold"]) if one
    )
    sha = next((one["sha256"] for one in run["inputs"] if one["file"] == case["file"]), "")
    foot = f"{run['software']}, lawbook {run['lawbook']}; {case['file']} row {case['row']}, sha256 {sha}"
    return (
        f"<section><h2>Case {escape(str(case['case']))}</h2><p>{escape(about)}</p><h3>Events</h3>"
        + table_of(f"Events of case {case['case']}", ("time on the jail's clocks", "UTC", "event"), happened, wide=True)
        + "<h3>Clocks</h3>"
        + table_of(f"Clocks of case {case['case']}", ("clock", "ends, on the jail's clocks", "UTC"), clocks, wide=True)
        + "<h3>Findings</h3>"
        + table_of(f"Findings of case {case['case']}", ("what", "finding", "by", "law"), findings, wide=True)
        + f"<p class='note'>{escape(says)}</p><footer>{escape(foot)}</footer></section>"
    )


def _local(at: int | None, zone: str | None) -> str:
    return "" if at is None else format_time(datetime.fromtimestamp(at, ZoneInfo(zone or "UTC")))


def _utc(at: int | None) -> str:
    return "" if at is None else f"{datetime.fromtimestamp(at, ZoneInfo('UTC')):%Y-%m-%d %H:%M:%SZ}"
