"""The charts of an audit's report: what was missed by duty, month and agency, how long holds lasted, and how late.

What enters: a connection with the cases, the summary and the findings. What leaves: SVG texts of bars, each with its
number, so that the picture needs no scale to be read. They are drawn here: bar charts are no reason for a library.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import duckdb

from ledger287.custody.report.words import ENGLISH, ReportLanguage

INK, PALE, TEXT, QUIET = "#2f4858", "#a9bcc7", "#1c2a33", "#5a6b76"
WIDTH, STEP, BAR, SIZE = 760, 27, 17, 13.5
LETTER = 0.6
"""The width of a letter as a part of the size, on average; wide enough for the widest labels here."""
MOST_BARS = 24
HELD = ((12, "up to 12 hours"), (24, "12 to 24 hours"), (48, "24 to 48 hours"), (72, "48 to 72 hours"),
        (168, "3 to 7 days"), (None, "over a week"))  # fmt: skip
OVER = ((1, "up to 1 hour"), (6, "1 to 6 hours"), (24, "6 to 24 hours"), (72, "1 to 3 days"), (168, "3 to 7 days"),
        (None, "over a week"))  # fmt: skip
"""Bands of hours, each to its last hour, included."""
Bar = tuple[str, int, int]
"""A label, how many were missed, and how many are unknown."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the name of its file, its title, what it counts, and its picture."""

    name: str
    title: str
    says: str
    svg: str


def charts(connection: duckdb.DuckDBPyConnection, say: ReportLanguage = ENGLISH) -> tuple[Chart, ...]:
    """The charts; none where there is nothing to draw."""

    def rows(query: str) -> list[Bar]:
        found = connection.execute(query).fetchall()
        return [(str(label), int(missed), int(open_)) for label, missed, open_ in found]

    by_duty = rows(
        "select replace(duty, '_', ' '), sum(missed), sum(cannot_tell) from summary group by duty "
        "order by 2 desc, 3 desc, 1"
    )
    by_duty = [(say(label), missed, open_) for label, missed, open_ in by_duty]
    by_month = rows(
        "select month, sum(missed), 0 from summary "
        f"where month is not null and duty = 'over_limit' group by month order by month desc limit {MOST_BARS}"
    )
    first: Callable[[str], date] = lambda month: date(int(month) // 100, int(month) % 100, 1)  # noqa: E731
    by_month = [(say.month(first(month)), missed, open_) for month, missed, open_ in by_month]
    by_agency = rows(
        "select agency, sum(missed) as most, 0 from summary where agency is not null and duty = 'over_limit' "
        "group by agency having most > 0 order by most desc, agency limit 12"
    )
    held = _banded(
        connection, HELD, "(epoch(\"left\") - epoch(start)) / 3600 as h from cases where hold = 'held for ICE'", say
    )
    over = _banded(
        connection, OVER, "seconds / 3600 as h from findings where duty = 'over_limit' and verdict = 'missed'", say
    )
    drawn = (
        ("by-duty", "Findings by duty", "Cases; one case may miss several duties.", by_duty),
        ("hours-held", "How long holds lasted", "Cases held for ICE, from when otherwise releasable.", held),
        ("hours-over", "How long past the earliest limit", "Cases held past it.", over),
        (
            "by-month",
            "Held past the earliest limit, by month",
            "Cases, by the month of the hold's start.",
            by_month[::-1],
        ),
        ("by-agency", "Held past the earliest limit, by agency", "Cases; the agencies with most.", by_agency),
    )
    return tuple(
        Chart(name, say(title), say(says), bars(say(title), found, say)) for name, title, says, found in drawn if found
    )


def _banded(
    connection: duckdb.DuckDBPyConnection, bands: Sequence[tuple[int | None, str]], source: str, say: ReportLanguage
) -> list[Bar]:
    """How many lie in each band, the empty ones too; nothing where all are empty."""
    ends = " ".join(f"when h <= {end} then {place}" for place, (end, _) in enumerate(bands) if end is not None)
    query = f"select case {ends} else {len(bands) - 1} end as band, count(*) from (select {source}) group by band"
    found = dict(connection.execute(query).fetchall())
    return [(say(label), found.get(place, 0), 0) for place, (_, label) in enumerate(bands)] if found else []


def bars(title: str, rows: Sequence[Bar], say: ReportLanguage = ENGLISH) -> str:
    """Bars of two parts, one row per label, with their numbers next to them; a legend where both parts are used."""
    most = max(missed + open_ for _, missed, open_ in rows) or 1
    left = max(len(_cut(label)) for label, _, _ in rows) * SIZE * LETTER + 18
    room = WIDTH - left - 130
    two = any(open_ for _, _, open_ in rows)
    top = STEP + 4 if two else 0
    parts = _legend(left, say) if two else []
    for place, (label, missed, open_) in enumerate(rows):
        y = top + place * STEP
        dark, light = missed / most * room, open_ / most * room
        number = f"{missed:,}" + (f" + {open_:,}" if open_ else "")
        parts += [
            _text(left - 10, y, _cut(label), "end"),
            _rect(left, y, max(dark, 1.5 if missed else 0), INK),
            _rect(left + dark, y, max(light, 1.5 if open_ else 0), PALE),
            _text(left + max(dark + light, 1.5) + 7, y, number, "start", QUIET),
        ]
    height = top + len(rows) * STEP
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' "
        f"font-family='system-ui, \"Segoe UI\", Helvetica, Arial, sans-serif' font-size='{SIZE}'>"
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _cut(label: str) -> str:
    return label if len(label) <= 44 else label[:43] + "…"


def _legend(left: float, say: ReportLanguage) -> list[str]:
    """What the two shades of a bar stand for."""
    second = left + 38 + len(say("missed")) * SIZE * LETTER
    return [
        _rect(left, 0, 14, INK),
        _text(left + 20, 0, say("missed"), "start"),
        _rect(second, 0, 14, PALE),
        _text(second + 20, 0, say("cannot tell"), "start"),
    ]


def _rect(x: float, y: float, width: float, fill: str) -> str:
    inset = (STEP - BAR) / 2
    return f"<rect x='{x:.1f}' y='{y + inset:.1f}' width='{width:.1f}' height='{BAR}' fill='{fill}'/>"


def _text(x: float, y: float, words: str, anchor: str, fill: str = TEXT) -> str:
    return f"<text x='{x:.1f}' y='{y + STEP * 0.67:.1f}' text-anchor='{anchor}' fill='{fill}'>{escape(words)}</text>"
