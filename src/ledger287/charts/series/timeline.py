"""Agreements through time -> one bar per agreement, in shares of a width that is not known here.

Every position is a share of the width, so that a bar fits any screen and no word is stretched. Colors are classes of
the page around it. The words next to the bars say the same, so that a reader who cannot see the picture loses nothing.
"""

from dataclasses import dataclass
from datetime import date

TALL = 12
AXIS = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """An agreement: its days on the lists, and whether it is on the newest. ``spans`` are from day to day."""

    agreement_id: str
    agency_id: str
    agency: str
    model: str
    signed: date | None
    first_day: date
    last_day: date
    listed: bool
    spans: tuple[tuple[date, date], ...]


def bar_svg(bar: Bar, first: date, last: date) -> str:
    """The bar of an agreement between two days, with the years behind it and a mark where it was signed."""
    parts = [f'<line x1="{at}%" x2="{at}%" y1="0" y2="{TALL}"/>' for _, at in _years(first, last)]
    for start, end in bar.spans:
        left, right = _share(start, first, last), _share(end, first, last)
        parts.append(f'<rect class="m-{bar.model}" x="{left}%" width="{max(right - left, 0.3):.2f}%" height="{TALL}"/>')
    if bar.signed and first <= bar.signed <= last:
        parts.append(f'<rect class="signed" x="{_share(bar.signed, first, last)}%" width="2" height="{TALL}"/>')
    return f'<svg class="bar" width="100%" height="{TALL}" aria-hidden="true">{"".join(parts)}</svg>'


def axis_svg(first: date, last: date) -> str:
    """The years above the bars."""
    marks = [(str(first.year), 0.0), *_years(first, last)]
    ends = [at for _, at in marks[1:]] + [100.0]
    said = "".join(
        f'<text x="{at}%" dx="{3 if at else 0}" y="15">{year}</text>'
        for (year, at), end in zip(marks, ends, strict=True)
        if end - at > 5
    )
    return f'<svg class="axis" width="100%" height="{AXIS}" aria-hidden="true">{said}</svg>'


def _years(first: date, last: date) -> list[tuple[str, float]]:
    """The years that begin between two days, and where."""
    return [(str(year), _share(date(year, 1, 1), first, last)) for year in range(first.year + 1, last.year + 1)]


def _share(day: date, first: date, last: date) -> float:
    """The position of a day, in percent of the width."""
    whole = max(1, (last - first).days)
    return round(100 * min(max((day - first).days, 0), whole) / whole, 2)
