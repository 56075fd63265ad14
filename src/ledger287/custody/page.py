"""The page of an audit's report: one HTML file that needs nothing beside it.

What enters: the summary, its charts and its lines. What leaves: HTML; every text in it is escaped.
"""

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger287.custody.report import Summary

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1c2a33; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  background: #fff; }
h1, h2 { line-height: 1.2; } table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid #d5dde2; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.note { background: #eef3f6; padding: 0.6rem 1rem; }
.scroll { overflow-x: auto; } svg { max-width: 100%; height: auto; }
"""


def page(summary: "Summary", charts: dict[str, str], lines: list[tuple[Any, ...]]) -> str:
    """The report as a page."""
    made_up = (
        "<p class='note'><strong>Made up.</strong> Every case in this audit is made up.</p>" if summary.made_up else ""
    )
    parts = [
        f"<p class='note'>{escape(summary.says)}</p>{made_up}",
        _facts(summary),
        "<h2>By duty</h2>" + _duties(summary),
        *(f"<h2>{escape(title)}</h2><figure>{drawn}</figure>" for title, drawn in charts.items()),
        "<h2>By agency, month and rule</h2>" + _lines(lines),
        "<h2>Not audited</h2>" + _not_audited(summary),
        "<h2>Problems in the files</h2>" + _problems(summary),
    ]
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>Custody audit</title><style>{STYLE}</style></head>"
        f"<body><h1>Custody audit</h1>{''.join(parts)}</body></html>\n"
    )


def _facts(summary: "Summary") -> str:
    facts = (
        ("files", ", ".join(summary.files)),
        *([("roster", summary.roster)] if summary.roster else []),
        *(("rule given", one) for one in summary.rules_given),
        ("cases", f"{summary.cases:,}"),
        ("held for ICE", f"{summary.held:,}"),
        ("kept past release, hold not recorded", f"{summary.perhaps_held:,}"),
        ("no end recorded", f"{summary.not_ended:,}"),
        ("cannot tell", f"{summary.cannot_tell:,}"),
        ("cases with a finding", f"{summary.with_findings:,}"),
    )
    return _table(("", ""), [(name, value) for name, value in facts], numbers=())


def _duties(summary: "Summary") -> str:
    head = ("duty", "what was found", "missed", "cannot tell", "hours", "median", "longest")
    rows = [
        (
            one.duty,
            one.says,
            f"{one.missed:,}",
            f"{one.cannot_tell:,}",
            *(_hours(h) for h in (one.hours, one.median_hours, one.longest_hours)),
        )
        for one in summary.duties
    ]
    return _table(head, rows, numbers=range(2, 7)) if rows else "<p>Nothing was found.</p>"


def _lines(lines: list[tuple[Any, ...]]) -> str:
    head = ("agency", "state", "month", "duty", "rule", "cases", "missed", "cannot tell", "hours", "median", "longest")
    rows = [
        (
            *(("" if cell is None else str(cell)) for cell in line[:5]),
            *(f"{cell:,}" for cell in line[5:8]),
            *map(_hours, line[8:]),
        )
        for line in lines
    ]
    return _table(head, rows, numbers=range(5, 11)) + "<p>The 200 with most missed; all of them are in summary.csv.</p>"


def _not_audited(summary: "Summary") -> str:
    if not summary.not_audited:
        return "<p>Every duty was audited.</p>"
    rows = [(one["duty"], one["says"], ", ".join(one["missing_columns"])) for one in summary.not_audited]
    return "<p>These duties were neither kept nor missed: the files lack the columns.</p>" + _table(
        ("duty", "what it asks", "columns that are missing"), rows, numbers=()
    )


def _problems(summary: "Summary") -> str:
    if not summary.problems:
        return "<p>None.</p>"
    rows = [(kind.replace("_", " "), f"{many:,}") for kind, many in sorted(summary.problems.items())]
    return (
        _table(("problem", "how many"), rows, numbers=(1,)) + "<p>Each with its file, row and column: problems.csv.</p>"
    )


def _hours(value: Any) -> str:
    return "" if value is None else f"{value:,.1f}"


def _table(head: tuple[str, ...], rows: Any, numbers: Any) -> str:
    def cells(row: Any, tag: str) -> str:
        return "".join(
            f"<{tag}{' class=n' if place in numbers else ''}>{escape(str(cell))}</{tag}>"
            for place, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    top = f"<thead><tr>{cells(head, 'th')}</tr></thead>" if any(head) else ""
    return f"<div class='scroll'><table>{top}<tbody>{body}</tbody></table></div>"
