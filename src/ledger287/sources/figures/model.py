"""A dated figure: subject, value with unit and precision, as-of or period, who says so, source, grade, place.

A figure is a statement, never a fact on its own: figures that differ are all kept. An event (a finding, a ruling, an
order) is one with a day and no value.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ledger287.core.text import format_date

GRADES = ("list", "primary", "secondary", "typed")
PRECISIONS = ("exact", "about", "at least", "more than", "at most", "approximate day")
SAYS = {"exact": "", "about": "about ", "at least": "at least ", "more than": "more than ", "at most": "at most "}


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure or event. ``value`` and ``high`` bound it where a range is stated; ``by`` is who says so.

    ``as_of`` is its day, or the last day of its period, which then begins at ``since``; ``known_on`` is the day from
    which it was known, its own day where the source does not give another. ``parts`` are what the same
    source gives within it, such as the models. ``agencies`` are the agencies that it bears on.
    """

    id: str
    kind: str
    subject: str
    value: Decimal | None
    high: Decimal | None
    unit: str | None
    precision: str
    as_of: date
    since: date | None
    by: str
    publisher: str
    source: str
    url: str | None
    grade: str
    locator: str
    says: str
    state: str | None = None
    agencies: tuple[str, ...] = ()
    parts: dict[str, int] = field(default_factory=dict)
    same_as: str | None = None
    note: str | None = None
    known_on: date = date.min

    @property
    def is_event(self) -> bool:
        """Whether it has a day and no value."""
        return self.value is None

    def amount(self) -> str:
        """The value as people write it: ``about 6,000 people``, ``$45,000,000,000``; empty for an event."""
        if self.value is None:
            return ""
        number = written(self.value) + (f" to {written(self.high)}" if self.high is not None else "")
        lead = SAYS.get(self.precision, "")
        if self.unit == "USD":
            return f"{lead}${number}"
        if self.unit and self.unit.startswith("USD "):
            return f"{lead}${number} {self.unit.removeprefix('USD ')}"
        if self.unit == "percent":
            return f"{lead}{number}%"
        return f"{lead}{number} {self.unit.removesuffix('s') if number == '1' and self.unit else self.unit}"

    def said(self) -> str:
        """The value with its day, for people: ``150 agreements on September 1, 2020``."""
        day = format_date(self.as_of)
        return f"{self.amount()} on {day}" if self.value is not None else f"{self.says} ({day})"


def written(value: Decimal) -> str:
    """A number as people write it."""
    return f"{value:,.2f}" if value != value.to_integral_value() else f"{int(value):,}"
