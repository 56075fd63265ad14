"""The page of an audit's report: one HTML file that needs no other file.

What enters: the summary, its charts, and the lines that it shows. What leaves: HTML; every text in it is escaped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from ledger287.core.text import plural
from ledger287.custody.report.charts import Chart

if TYPE_CHECKING:
    from ledger287.custody.report.summary import Summary

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
td.w, th.w { white-space: nowrap; } tr > :last-child { padding-right: 0; }
.code { font-size: .82rem; display: block; }
.note { background: #eef3f6; padding: .7rem 1rem; margin: 1rem 0; }
.scroll { overflow-x: auto; } figure { margin: .4rem 0 0; } svg { max-width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; } figure, tr { break-inside: avoid; } }
"""
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an audit's rows the page shows: lines of the summary, the longest holds over, the rules cited."""

    lines: Sequence[Sequence[Any]]
    longest: Sequence[Sequence[Any]]
    rules: Sequence[Sequence[Any]]
    open: Sequence[Sequence[Any]] = ()


def page(summary: "Summary", charts: Sequence[Chart], shown: Shown) -> str:
    """The report as a page."""
    made_up = (
        "<p class='note'><strong>Synthetic data.</strong> Every case in this audit is synthetic.</p>"
        if summary.made_up
        else ""
    )
    parts = [
        f"<p class='lead'>{escape(_lead(summary))}</p>{made_up}<p class='note'>{escape(summary.says)}</p>",
        _facts(summary),
        *([f"<h2>Open on {escape(summary.as_of)}</h2>" + _open(summary, shown.open)] if summary.as_of else []),
        "<h2>By duty</h2>" + _duties(summary),
        *(
            f"<h2>{escape(chart.title)}</h2><p class='quiet'>{escape(chart.says)}</p><figure>{chart.svg}</figure>"
            for chart in charts
        ),
        "<h2>Longest past the earliest limit</h2>" + _longest(shown.longest),
        "<h2>By agency, month and rule</h2>" + _lines(shown.lines),
        "<h2>The rules behind the findings</h2>" + _rules(shown.rules),
        "<h2>Not audited</h2>" + _not_audited(summary),
        "<h2>Problems in the files</h2>" + _problems(summary),
        *([f"<p class='note'>{escape(summary.span_says)}</p>"] if summary.span_says else []),
    ]
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>Custody audit</title><style>{STYLE}</style></head>"
        f"<body><main><h1>Custody audit</h1>{''.join(parts)}</main></body></html>\n"
    )


def _lead(summary: "Summary") -> str:
    over = next((one.missed for one in summary.duties if one.duty == "over_limit"), 0)
    kept = f", {summary.perhaps_held:,} kept past release with no hold recorded" if summary.perhaps_held else ""
    return (
        f"{plural(summary.cases, 'case')}, {summary.held:,} held for ICE{kept}: {over:,} past the earliest limit that "
        f"applied, {summary.with_findings:,} with a finding of any kind."
    )


def _facts(summary: "Summary") -> str:
    facts = (
        ("files", ", ".join(summary.files)),
        *([("roster", summary.roster)] if summary.roster else []),
        *(("rule given", one) for one in summary.rules_given),
        *(("how it was read", one) for one in summary.notes),
        ("cases", f"{summary.cases:,}"),
        ("held for ICE", f"{summary.held:,}"),
        ("kept past release, no hold recorded", f"{summary.perhaps_held:,}"),
        ("no end recorded", f"{summary.not_ended:,}"),
        ("hold unknown", f"{summary.cannot_tell:,}"),
        ("cases with a finding", f"{summary.with_findings:,}"),
        ("software and lawbook", f"{summary.run['software']}, lawbook {summary.run['lawbook']}"),
        *([("run at", summary.run["run_at"])] if summary.run.get("run_at") else []),
        *((f"sha256 of {one['file']}", one["sha256"]) for one in summary.run["inputs"]),
    )
    return table_of("The audit", ("", ""), facts)


def _open(summary: "Summary", rows: Sequence[Sequence[Any]]) -> str:
    if not rows:
        return "<p>No case was open.</p>"
    counts = ", ".join(f"{many:,} {status}" for status, many in summary.open_cases.items())
    cells = [(*row[:4], "" if row[4] is None else length_of(float(row[4]) * 3600), *row[5:]) for row in rows]
    head = ("case", "agency", "state", "status", "time left", "by which clock", "held since", "no later than")
    says = f"{counts}; all of them are in open_cases.csv. An end grants no authority to hold until then."
    return f"<p class='quiet'>{escape(says)}</p>" + table_of(
        "Open cases", head, cells, numbers=(4,), whole=(0, 6, 7), wide=True
    )


def _duties(summary: "Summary") -> str:
    head = ("what was found", "missed", "cannot tell", "in all", "median", "longest")
    rows = [
        (
            (one.says, one.duty),
            f"{one.missed:,}",
            f"{one.cannot_tell:,}",
            *(_hours(h) for h in (one.hours, one.median_hours, one.longest_hours)),
        )
        for one in summary.duties
    ]
    if not rows:
        return "<p>Nothing was found.</p>"
    says = "Hours are those past the limit or the deadline; for a condition, those held without it."
    return f"<p class='quiet'>{says}</p>" + table_of("By duty", head, rows, numbers=range(1, 6), wide=True)


def _longest(rows: Sequence[Sequence[Any]]) -> str:
    if not rows:
        return "<p>None.</p>"
    head = ("case", "agency", "otherwise releasable", "no later than", "left", "by which clock", "over")
    cells = [(*row[:2], *((row[place] or "", row[place + 3] or "") for place in (2, 3, 4)), row[8], _hours(row[9]))
             for row in rows]  # fmt: skip
    says = f"The {len(rows)} longest, times of the jail's clocks with UTC below; every case is in cases.parquet."
    return f"<p class='quiet'>{says}</p>" + table_of(
        "Longest past the earliest limit", head, cells, numbers=(6,), whole=(0, 2, 3, 4), wide=True
    )


def _lines(lines: Sequence[Sequence[Any]]) -> str:
    head = ("agency", "month", "duty and rule", "cases", "missed", "cannot tell", "hours", "median", "longest")
    rows = [
        (
            ", ".join(str(cell) for cell in line[:2] if cell is not None),
            f"{line[2] // 100}-{line[2] % 100:02}" if line[2] else "",
            (line[3].replace("_", " "), line[4]),
            *(f"{cell:,}" for cell in line[5:8]),
            *map(_hours, line[8:]),
        )
        for line in lines
    ]
    says = (
        f"The {MOST_LINES} lines with most missed; all of them are in summary.csv." if len(rows) >= MOST_LINES else ""
    )
    return (f"<p class='quiet'>{says}</p>" if says else "") + table_of(
        "By agency, month and rule", head, rows, numbers=range(3, 9), whole=(1,), wide=True
    )


def _rules(rules: Sequence[Sequence[Any]]) -> str:
    if not rules:
        return "<p>None.</p>"
    rows = [(rule, citation, standing, str(until), f"{many:,}") for rule, citation, standing, until, many in rules]
    says = "For what each says: ledger287 rules ID. Standing is that of the source that was read."
    head = ("rule", "citation", "standing", "checked until", "findings")
    return f"<p class='quiet'>{says}</p>" + table_of(
        "The rules behind the findings", head, rows, numbers=(4,), wide=True
    )


def _not_audited(summary: "Summary") -> str:
    if not summary.not_audited:
        return "<p>Every duty was audited.</p>"
    rows = [((one["says"], one["duty"]), ", ".join(one["missing_columns"])) for one in summary.not_audited]
    says = "These duties were not checked: the files do not have the columns."
    return f"<p class='quiet'>{says}</p>" + table_of("Not audited", ("duty", "missing columns"), rows, wide=True)


def _problems(summary: "Summary") -> str:
    if not summary.problems:
        return "<p>None.</p>"
    rows = [(kind.replace("_", " "), f"{many:,}") for kind, many in sorted(summary.problems.items())]
    return (
        table_of("Problems in the files", ("problem", "how many"), rows, numbers=(1,))
        + "<p class='quiet'>Each with its file, row and column: problems.csv.</p>"
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
