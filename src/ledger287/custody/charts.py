"""The charts of an audit's report: what was missed by duty and by month, and how long past the limit.

What enters: a connection with the summary and findings. What leaves: SVG texts of bars, each with its number, so that
the picture needs no scale to be read. They are drawn here: three bar charts are no reason for a library.
"""

from html import escape
from typing import Any

import duckdb

INK, PALE, TEXT = "#2f4858", "#9fb4c0", "#1c2a33"
LABEL, WIDTH, STEP = 230, 640, 26
BANDS = (
    "case when seconds < 3600 then '0under 1 hour' when seconds < 6 * 3600 then '11 to 6 hours' "
    "when seconds < 24 * 3600 then '26 to 24 hours' when seconds < 72 * 3600 then '31 to 3 days' "
    "when seconds < 7 * 86400 then '43 to 7 days' else '5a week or more' end"
)


def charts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The charts by title; none where there is nothing to draw."""
    by_duty = _rows(
        connection,
        "select replace(duty, '_', ' '), sum(missed), sum(cannot_tell) from summary group by duty "
        "order by 2 desc, 3 desc, 1",
    )
    by_month = _rows(
        connection,
        "select month // 100 || '-' || lpad((month % 100)::varchar, 2, '0') as named, sum(missed), 0 from summary "
        "where month is not null and duty = 'over_limit' group by named order by named desc limit 24",
    )
    bands = _rows(
        connection,
        f"select {BANDS} as band, count(*), 0 from findings where duty = 'over_limit' and verdict = 'missed' "
        "group by band order by band",
    )
    titled = {
        "Cases by duty (dark: missed; light: cannot tell)": by_duty,
        "Held past the earliest limit, by month": by_month[::-1],
        "How long past the earliest limit": [(band[1:], missed, open_) for band, missed, open_ in bands],
    }
    return {title: bars(title, rows) for title, rows in titled.items() if rows}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, int, int]]:
    return [(str(label), int(missed), int(open_)) for label, missed, open_ in connection.execute(query).fetchall()]


def bars(title: str, rows: list[tuple[str, int, int]]) -> str:
    """Bars of two parts, one row a label, with their numbers beside them."""
    most = max((missed + open_ for _, missed, open_ in rows), default=1) or 1
    room = WIDTH - LABEL - 120
    parts = []
    for place, (label, missed, open_) in enumerate(rows):
        top = place * STEP
        dark, light = missed / most * room, open_ / most * room
        number = f"{missed:,}" + (f" + {open_:,}" if open_ else "")
        parts += [
            _text(LABEL - 8, top, label, "end"),
            f"<rect x='{LABEL}' y='{top + 4}' width='{dark:.1f}' height='{STEP - 8}' fill='{INK}'/>",
            f"<rect x='{LABEL + dark:.1f}' y='{top + 4}' width='{light:.1f}' height='{STEP - 8}' fill='{PALE}'/>",
            _text(LABEL + dark + light + 6, top, number, "start"),
        ]
    size = f"viewBox='0 0 {WIDTH} {len(rows) * STEP}' width='{WIDTH}'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-label='{escape(title)}' {size}>{''.join(parts)}</svg>"
    )


def _text(x: float, top: int, words: Any, anchor: str) -> str:
    return (
        f"<text x='{x:.1f}' y='{top + STEP * 0.68:.1f}' text-anchor='{anchor}' font-size='13' fill='{TEXT}' "
        f"font-family='system-ui, sans-serif'>{escape(str(words))}</text>"
    )
