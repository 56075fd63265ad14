"""The page of an audit's report: one HTML file that needs no other file.

What enters: the summary, its charts, and the lines that it shows. What leaves: HTML; every text in it is escaped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from ledger287.custody.report.charts import Chart
from ledger287.custody.report.words import ENGLISH, ReportLanguage

if TYPE_CHECKING:
    from ledger287.custody.report.tables.summary import Summary

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1c2a33; background: #fff;
  max-width: 64rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1, h2 { line-height: 1.2; } h1 { margin-bottom: .4rem; } h2 { margin: 2.6rem 0 .4rem; font-size: 1.3rem; }
p.lead { font-size: 1.15rem; margin: .4rem 0 1.2rem; } p.quiet, small, .code { color: #5a6b76; }
p.quiet { margin: 0 0 .7rem; font-size: .9rem; } footer { overflow-wrap: anywhere; }
table { border-collapse: collapse; font-size: .9rem; } table.wide { width: 100%; }
th, td { text-align: left; padding: .3rem 1.1rem .3rem 0; border-bottom: 1px solid #dbe2e6; vertical-align: top; }
th { font-weight: 600; vertical-align: bottom; } tbody th { font-weight: inherit; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } td.n { white-space: nowrap; }
td:nth-child(2):last-child { overflow-wrap: anywhere; }
td.w, th.w { white-space: nowrap; } tr > :last-child { padding-right: 0; }
.code { font-size: .82rem; display: block; }
.note { background: #eef3f6; padding: .7rem 1rem; margin: 1rem 0; }
nav ul { columns: 2; padding-left: 1.1rem; margin: 1.2rem 0; font-size: .9rem; }
nav a { display: inline-block; padding: .2rem 0; } a { color: #1f4e6b; }
.scroll { overflow-x: auto; } figure { margin: .4rem 0 0; } svg { max-width: 100%; height: auto; }
@media print { nav { display: none; } body { margin: 0; max-width: none; } figure, tr { break-inside: avoid; } }
"""
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an audit's rows the page shows: lines of the summary, the longest holds over, the rules cited."""

    lines: Sequence[Sequence[Any]]
    longest: Sequence[Sequence[Any]]
    rules: Sequence[Sequence[Any]]
    open: Sequence[Sequence[Any]] = ()


def page(summary: "Summary", charts: Sequence[Chart], shown: Shown, say: ReportLanguage = ENGLISH) -> str:
    """The report as a page."""
    made_up = (
        f"<p class='note'><strong>{escape(say('Synthetic data.'))}</strong> "
        f"{escape(say('Every case in this audit is synthetic.'))}</p>"
        if summary.made_up
        else ""
    )
    parts = [
        ("audit", say("The audit"), _facts(summary, say)),
        *(
            [("open", say("Open on {when}", when=summary.as_of), _open(summary, shown.open, say))]
            if summary.as_of
            else []
        ),
        ("duties", say("By duty"), _duties(summary, say)),
        *(
            (f"chart-{chart.name}", chart.title, f"{_quiet(chart.says)}<figure>{chart.svg}</figure>")
            for chart in charts
        ),
        ("longest", say("Longest past the earliest limit"), _longest(shown.longest, say)),
        ("lines", say("By agency, month and rule"), _lines(shown.lines, say)),
        ("rules", say("The rules behind the findings"), _rules(shown.rules, say)),
        ("not-audited", say("Not audited"), _not_audited(summary, say)),
        ("problems", say("Problems in the files"), _problems(summary, say)),
    ]
    links = "".join(f"<li><a href='#{id_}'>{escape(title)}</a></li>" for id_, title, _ in parts)
    sections = "".join(
        f"<section id='{id_}' aria-labelledby='{id_}-title'><h2 id='{id_}-title'>{escape(title)}</h2>{body}</section>"
        for id_, title, body in parts
    )
    title = escape(say("Custody audit"))
    span = f"<p class='note'>{escape(say(summary.span_says))}</p>" if summary.span_says else ""
    return (
        f"<!doctype html><html lang='{say.lang}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{title}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{title}</h1><p class='lead'>{escape(_lead(summary, say))}</p>{made_up}"
        f"<p class='note'>{escape(say(summary.says))}</p></header>"
        f"<nav aria-label='{escape(say('On this page'), quote=True)}'><ul>{links}</ul></nav>"
        f"<main>{sections}{span}</main></body></html>\n"
    )


def _quiet(text: str) -> str:
    return f"<p class='quiet'>{escape(text)}</p>"


def _lead(summary: "Summary", say: ReportLanguage) -> str:
    over = next((one.missed for one in summary.duties if one.duty == "over_limit"), 0)
    parts = [
        say.many(summary.cases, "1 case", "{many} cases"),
        say("{many} recorded as held for ICE", many=f"{summary.held:,}"),
    ]
    if summary.perhaps_held:
        parts.append(say("{many} kept past release with no hold recorded", many=f"{summary.perhaps_held:,}"))
    found = say(
        "{over} past the earliest limit that applied, {many} with a finding of any kind.",
        over=f"{over:,}",
        many=f"{summary.with_findings:,}",
    )
    return f"{', '.join(parts)}: {found}"


def _facts(summary: "Summary", say: ReportLanguage) -> str:
    software = say(
        "{software}, lawbook {lawbook}", software=summary.run["software"], lawbook=str(summary.run["lawbook"])
    )
    facts = (
        (say("files"), ", ".join(summary.files)),
        *([(say("roster"), summary.roster)] if summary.roster else []),
        *((say("rule given"), one) for one in summary.rules_given),
        *((say("how it was read"), say(one)) for one in summary.notes),
        (say("cases"), f"{summary.cases:,}"),
        (say("held for ICE"), f"{summary.held:,}"),
        (say("kept past release, no hold recorded"), f"{summary.perhaps_held:,}"),
        (say("no end recorded"), f"{summary.not_ended:,}"),
        (say("hold unknown"), f"{summary.cannot_tell:,}"),
        (say("cases with a finding"), f"{summary.with_findings:,}"),
        (say("software and lawbook"), software),
        *([(say("run at"), summary.run["run_at"])] if summary.run.get("run_at") else []),
        *((say("sha256 of {file}", file=one["file"]), one["sha256"]) for one in summary.run["inputs"]),
    )
    return table_of(say("The audit"), ("", ""), facts)


def _open(summary: "Summary", rows: Sequence[Sequence[Any]], say: ReportLanguage) -> str:
    if not rows:
        return f"<p>{escape(say('No case was open.'))}</p>"
    counts = ", ".join(f"{many:,} {say(status)}" for status, many in summary.open_cases.items())
    cells = [
        (*row[:3], say(row[3]), "" if row[4] is None else length_of(float(row[4]) * 3600), say(row[5] or ""), *row[6:])
        for row in rows
    ]
    head = ("case", "agency", "state", "status", "time left", "by which clock", "held since", "no later than")
    says = say(
        "{counts}; all of them are in open_cases.csv. An end grants no authority to hold until then.", counts=counts
    )
    return _quiet(says) + table_of(
        say("Open cases"), tuple(map(say, head)), cells, numbers=(4,), whole=(0, 6, 7), wide=True
    )


def _duties(summary: "Summary", say: ReportLanguage) -> str:
    head = ("what was found", "missed", "cannot tell", "in all", "median", "longest")
    rows = [
        (
            (say(one.says), one.duty),
            f"{one.missed:,}",
            f"{one.cannot_tell:,}",
            *(_hours(h) for h in (one.hours, one.median_hours, one.longest_hours)),
        )
        for one in summary.duties
    ]
    if not rows:
        return f"<p>{escape(say('Nothing was found.'))}</p>"
    says = say("Hours are those past the limit or the deadline; for a condition, those held without it.")
    return _quiet(says) + table_of(say("By duty"), tuple(map(say, head)), rows, numbers=range(1, 6), wide=True)


def _longest(rows: Sequence[Sequence[Any]], say: ReportLanguage) -> str:
    if not rows:
        return f"<p>{escape(say('None.'))}</p>"
    head = ("case", "agency", "otherwise releasable", "no later than", "left", "by which clock", "over")
    cells = [(*row[:2], *((row[place] or "", row[place + 3] or "") for place in (2, 3, 4)), say(row[8] or ""),
              _hours(row[9])) for row in rows]  # fmt: skip
    says = say(
        "The {many} longest, times of the jail's clocks with UTC below; every case is in cases.parquet.",
        many=str(len(rows)),
    )
    return _quiet(says) + table_of(
        say("Longest past the earliest limit"),
        tuple(map(say, head)),
        cells,
        numbers=(6,),
        whole=(0, 2, 3, 4),
        wide=True,
    )


def _lines(lines: Sequence[Sequence[Any]], say: ReportLanguage) -> str:
    head = ("agency", "month", "duty and rule", "cases", "missed", "cannot tell", "hours", "median", "longest")
    rows = [
        (
            ", ".join(str(cell) for cell in line[:2] if cell is not None),
            f"{line[2] // 100}-{line[2] % 100:02}" if line[2] else "",
            (say(line[3].replace("_", " ")), line[4]),
            *(f"{cell:,}" for cell in line[5:8]),
            *map(_hours, line[8:]),
        )
        for line in lines
    ]
    says = say("The {many} lines with most missed; all of them are in summary.csv.", many=str(MOST_LINES))
    return (_quiet(says) if len(rows) >= MOST_LINES else "") + table_of(
        say("By agency, month and rule"), tuple(map(say, head)), rows, numbers=range(3, 9), whole=(1,), wide=True
    )


def _rules(rules: Sequence[Sequence[Any]], say: ReportLanguage) -> str:
    if not rules:
        return f"<p>{escape(say('None.'))}</p>"
    rows = [
        (rule, say(citation), say(standing), str(until), f"{many:,}") for rule, citation, standing, until, many in rules
    ]
    says = say("For what each says: ledger287 rules ID. Standing is that of the source that was read.")
    head = ("rule", "citation", "standing", "checked until", "findings")
    return _quiet(says) + table_of(
        say("The rules behind the findings"), tuple(map(say, head)), rows, numbers=(4,), wide=True
    )


def _not_audited(summary: "Summary", say: ReportLanguage) -> str:
    if not summary.not_audited:
        return f"<p>{escape(say('Every duty was audited.'))}</p>"
    rows = [((say(one["says"]), one["duty"]), ", ".join(one["missing_columns"])) for one in summary.not_audited]
    says = say("These duties were not checked: the files do not have the columns.")
    return _quiet(says) + table_of(say("Not audited"), (say("duty"), say("missing columns")), rows, wide=True)


def _problems(summary: "Summary", say: ReportLanguage) -> str:
    if not summary.problems:
        return f"<p>{escape(say('None.'))}</p>"
    rows = [(kind.replace("_", " "), f"{many:,}") for kind, many in sorted(summary.problems.items())]
    return table_of(say("Problems in the files"), (say("problem"), say("how many")), rows, numbers=(1,)) + _quiet(
        say("Each with its file, row and column: problems.csv.")
    )


def _hours(value: Any) -> str:
    return "" if value is None else length_of(float(value) * 3600)


def length_of(seconds: float | None) -> str:
    """How long, in hours, and under an hour in minutes."""
    if seconds is None:
        return ""
    return f"{round(seconds / 60):,} min" if abs(seconds) < 3600 else f"{seconds / 3600:,.1f} h"


Cell = str | tuple[str, str]
"""A text, or one with a smaller one below it."""


def table_of(
    label: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Any]],
    numbers: Collection[int] = (),
    whole: Collection[int] = (),
    *,
    wide: bool = False,
) -> str:
    """A table with its label; columns of numbers are aligned right, and those of ``whole`` are not broken into lines.

    A reader reaches it by keyboard, to scroll it, and hears the first cell of a row as the row's heading.
    """
    kinds = dict.fromkeys(whole, " class=w") | dict.fromkeys(numbers, " class=n")

    def cell(content: Any) -> str:
        if isinstance(content, tuple):
            return f"{escape(content[0])} <span class='code'>{escape(content[1])}</span>"
        return escape(str(content if content is not None else ""))

    def cells(row: Sequence[Any], *, heads: bool) -> str:
        tags = ["th scope=col" if heads else "td" if place else "th scope=row" for place in range(len(row))]
        return "".join(
            f"<{tag}{kinds.get(place, '')}>{cell(content)}</{tag[:2]}>"
            for place, (tag, content) in enumerate(zip(tags, row, strict=True))
        )

    body = "".join(f"<tr>{cells(row, heads=False)}</tr>" for row in rows)
    top = f"<thead><tr>{cells(head, heads=True)}</tr></thead>" if any(head) else ""
    table = f"<table{' class=wide' if wide else ''}>{top}<tbody>{body}</tbody></table>"
    return f"<div class='scroll' role='region' tabindex='0' aria-label='{escape(label, quote=True)}'>{table}</div>"
