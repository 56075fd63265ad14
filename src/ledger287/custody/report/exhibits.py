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

from ledger287.custody.batch.written import LOST
from ledger287.custody.case.vocabulary import codes, events, vocabulary
from ledger287.custody.report.report_page import STYLE, length_of, table_of
from ledger287.custody.report.words import ENGLISH, ReportLanguage

MOST = 200
NO_BREAK = "\u00a0"
CLOCKS = (
    ("flat_end", "48 hours after otherwise releasable"),
    ("regulation_end", "the regulation's ceiling (8 CFR 287.7(d))"),
    ("agreement_end", "the agreement, from when custody passed to ICE"),
    ("zero_end", "state law that allows no hold"),
    ("state_end", "state law's hours"),
    ("limit_end", "no later than (the earliest)"),
)
PRINT = (
    "section { break-after: page; } section h2 { margin-top: 0; } footer { color: #5a6b76; font-size: .8rem; } "
    "@media screen { section + section { margin-top: 4rem; } }"
)


def exhibits(
    connection: duckdb.DuckDBPyConnection,
    run: dict[str, Any],
    says: str,
    case: str | None = None,
    say: ReportLanguage = ENGLISH,
) -> str | None:
    """The pages of the cases with findings, or of one case with or without; None where there is none."""
    named = {row[0] for row in connection.execute("describe cases").fetchall()}
    kept = [event for event in events() if event in named]
    chosen = '(missed <> 0 or "open" <> 0)' if case is None else '"case" = ?'
    times = ["start", "left", *(name for name, _ in CLOCKS), *kept]
    columns = ", ".join(f'epoch("{name}")::bigint as "{name}"' for name in times)
    found = connection.execute(
        'select "case", file, "row", agency, state, zone, models, hold, detainer_form, governing, over_seconds, '
        f"{columns} from cases "
        f'where {chosen} order by over_seconds desc nulls last, "case" limit ?',
        [*([] if case is None else [case]), MOST],
    )
    names = [column[0] for column in found.description]
    cases = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    if not cases:
        return None
    parts = [_section(connection, case, kept, run, say(says), say, f"case-{n}") for n, case in enumerate(cases, 1)]
    feet = "".join(_foot_of_pages(str(case["case"]), f"case-{n}", say) for n, case in enumerate(cases, 1))
    (many,) = connection.execute('select count(*) from cases where missed <> 0 or "open" <> 0').fetchone() or (0,)
    worst = say("The {most} worst of {many} cases with a finding.", most=str(MOST), many=f"{many:,}")
    more = f"<p class='quiet'>{escape(worst)}</p>" if many > MOST and case is None else ""
    return (
        f"<!doctype html><html lang='{say.lang}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(say('Custody: cases'))}</title><style>{STYLE}{PRINT}{feet}</style></head>"
        f"<body><main>{more}{''.join(parts)}</main></body></html>\n"
    )


def _section(
    connection: duckdb.DuckDBPyConnection,
    case: dict[str, Any],
    kept: Sequence[str],
    run: dict[str, Any],
    says: str,
    say: ReportLanguage,
    place: str,
) -> str:
    says_of = {name: row["says"] for name, row in vocabulary()["events"].items()}
    known = sorted((case[event], event) for event in kept if case[event] is not None)
    happened = [(_local(at, case["zone"], say), _utc(at), say(says_of[event])) for at, event in known]
    clocks = [
        (say(words), _local(case[name], case["zone"], say), _utc(case[name])) for name, words in CLOCKS if case[name]
    ]
    rows = connection.execute(
        "select says, verdict, seconds, settled_by, rule, citation, standing from findings where file = ? and row = ? "
        "order by verdict desc, duty",
        [case["file"], case["row"]],
    ).fetchall()
    findings = [
        (
            (say(says_), rule),
            say("missed") if verdict == "missed" else say("cannot tell; settled by {what}", what=say(decided)),
            length_of(seconds).replace(" ", NO_BREAK),
            f"{say(citation)} ({say(standing)})",
        )
        for says_, verdict, seconds, decided, rule, citation, standing in rows
    ]  # fmt: skip
    about = " · ".join(
        str(one)
        for one in (
            case["agency"],
            case["state"],
            say("models {models}", models=str(case["models"])),
            say(case["hold"]),
            _form(case["detainer_form"], say),
        )
        if one
    )
    sha = next((one["sha256"] for one in run["inputs"] if one["file"] == case["file"]), "")
    foot = say(
        "{software}, lawbook {lawbook}; {file} row {row}, sha256 {sha}",
        software=run["software"],
        lawbook=str(run["lawbook"]),
        file=case["file"],
        row=str(case["row"]),
        sha=sha,
    )
    if run.get("run_at"):
        foot += "; " + say("run at {at}", at=str(run["run_at"]))
    if roster := run.get("asked", {}).get("roster"):
        of_roster = next((one["sha256"] for one in run["inputs"] if one["file"] == roster), "")
        foot += "; " + say("officers by {file}, sha256 {sha}", file=str(roster), sha=of_roster)
    number = str(case["case"])

    def heads(*words: str) -> tuple[str, ...]:
        return tuple(map(say, words))

    return (
        f"<section id='{place}'><h2>{escape(say('Case {case}', case=number))}</h2><p>{escape(about)}</p>"
        f"<h3>{escape(say('Events'))}</h3>"
        + table_of(
            say("Events of case {case}", case=number),
            heads("time on the jail's clocks", "UTC", "event"),
            happened,
            wide=True,
        )
        + f"<h3>{escape(say('Clocks'))}</h3>"
        + table_of(
            say("Clocks of case {case}", case=number),
            heads("clock", "ends, on the jail's clocks", "UTC"),
            clocks,
            wide=True,
        )
        + f"<h3>{escape(say('Findings'))}</h3>"
        + table_of(
            say("Findings of case {case}", case=number), heads("what", "finding", "by", "law"), findings, wide=True
        )
        + f"<p class='note'>{escape(says)}</p><footer>{escape(foot)}</footer></section>"
    )


def _foot_of_pages(number: str, place: str, say: ReportLanguage) -> str:
    """The foot of each printed page of a case, so that a single sheet can be placed."""
    said = "".join(
        one if one.isalnum() and one.isascii() else f"\\{ord(one):x} " for one in say("Case {case}", case=number)
    )
    left = f'@bottom-left {{ content: "{said}"; font: .7rem sans-serif; }}'
    right = '@bottom-right { content: counter(page) " / " counter(pages); font: .7rem sans-serif; }'
    return f"#{place} {{ page: {place}; }} @page {place} {{ {left} {right} }} "


def _form(word: str | None, say: ReportLanguage) -> str:
    """The form of the detainer, as the record gives it."""
    if word in codes("detainer_form"):
        return say("detainer on Form {form}", form=str(word))
    return say("the detainer's form: several, or not understood") if word == LOST else ""


def _local(at: int | None, zone: str | None, say: ReportLanguage) -> str:
    try:
        return "" if at is None else say.time(datetime.fromtimestamp(at, ZoneInfo(zone or "UTC")))
    except OverflowError:  # databases write the first or the last day there is, where they have none
        return ""


def _utc(at: int | None) -> str:
    return "" if at is None else f"{datetime.fromtimestamp(at, ZoneInfo('UTC')):%Y-%m-%d %H:%M:%SZ}"
