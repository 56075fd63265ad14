"""What is known of a day on which neither a list nor a page was published: bounds with their evidence.

A lower bound counts agencies with an agreement on the day by what was printed later: signed by then and listed after
it; or listed at the last page before and again at the next one. It is never a number between two others. What was
published of days nearby is given next to it, as it was published, of the nation.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from ledger287.core.text import format_date, plural
from ledger287.sources.ice_rosters.words import ended_model

if TYPE_CHECKING:
    from ledger287.ledger.query.before.past_tables import DatedRoster, PastTables
    from ledger287.sources.figures.model import PublishedFigure

PUBLISHED_SHOWN = 2
NEAR_DAYS = 62
"""A count of a day so near to another is shown with it."""


@dataclass(frozen=True, slots=True)
class Among:
    """Of which agreements bounds are: of a state, under a model, of some agencies; nothing named is the nation."""

    state: str | None = None
    model: str | None = None
    agencies: Collection[str] | None = None

    def __bool__(self) -> bool:
        return self != NATION

    def of(self, rows: "Signings") -> "Signings":
        """Those of the rows that are wanted."""
        if not self:
            return rows
        return [
            row
            for row in rows
            if self.state in (None, row[2])
            and self.model in (None, row[3])
            and (self.agencies is None or row[0] in self.agencies)
        ]


NATION = Among()


@dataclass(frozen=True, slots=True)
class DayBounds:
    """Bounds on the agreements of a day.

    ``at_least`` is None where nothing known by then bears on the day; an agency counts once in it. ``by_signing``
    signed by the day and are on a later page or on the first list; ``by_document`` more signed by the day, by a
    document in ICE's index, and are on that list; ``by_survival`` more are on the page before and on that list, under
    a later day of signing. ``published`` are the counts published of the days nearest before and after, up to the first
    list: counts of the nation, whatever the bounds are of.
    """

    on: date
    at_least: int | None
    by_signing: int
    by_document: int
    by_survival: int
    before: str | None
    after: str | None
    published: "tuple[PublishedFigure, ...]"
    known_on: date | None = None


def bounds_on(past: "PastTables", on: date, known_on: date | None, among: Among = NATION) -> DayBounds:
    """The bounds on a day, from what was known by the end of ``known_on``."""
    before = past.roster_of(min(on, past.pages_end), known_on)
    later = [(name, among.of(rows)) for name, rows in _later(past, on, known_on)]
    published = _published(past, on, known_on)
    name = before.file if before else None
    if not later:
        return DayBounds(on, None, 0, 0, 0, name, None, published, known_on)
    signed = {agency_id for _, rows in later for agency_id, day, _, _ in rows if day is not None and day <= on}
    again = {row[0] for row in later[0][1]} - signed
    documents = {row[0] for row in among.of(_documents(past, on, known_on))} & again
    earlier = {row[0] for row in among.of(_signings(past, before))} if before else set()
    survived = (earlier & again) - documents
    at_least = len(signed) + len(documents) + len(survived)
    return DayBounds(on, at_least, len(signed), len(documents), len(survived), name, later[0][0], published, known_on)


Signings = list[tuple[str, date | None, str, str | None]]
"""Agencies with the day of signing that a page prints, their state and the model."""
SIGNINGS = ("agency_id", "signed", "state", "model")


def _signings(past: "PastTables", one: "DatedRoster") -> Signings:
    found: Signings | None = past.kept.get(one.file)
    if found is None:
        found = past.kept[one.file] = list(past.rows_on(one).select(SIGNINGS).iter_rows())
    return found


def _later(past: "PastTables", on: date, known_on: date | None) -> list[tuple[str, Signings]]:
    """The rosters and pages after a day that print days of signing, or else the first list; with their signings."""
    found = [
        (one.file, _signings(past, one))
        for one in past.rosters
        if one.as_of > on and (known_on is None or one.known_on <= known_on)
    ]
    found = [(name, rows) for name, rows in found if any(row[1] for row in rows)]
    first = past.first_list
    if not found and (known_on is None or first.day <= known_on):
        found = [(first.file, list(past.ledger.history.on_list(first.number).select(SIGNINGS).iter_rows()))]
    return found


def _documents(past: "PastTables", on: date, known_on: date | None) -> Signings:
    """The agencies of which ICE's index has a document signed by a day."""
    found = past.attested.filter(pl.col("says") == "document", pl.col("signed") <= on)
    if known_on:
        found = found.filter(pl.col("known_on") <= known_on)
    return list(found.select(SIGNINGS).iter_rows())


def _published(past: "PastTables", on: date, known_on: date | None) -> "tuple[PublishedFigure, ...]":
    """The counts published of the days nearest before and after, as many of each; from the first list on, lists say."""
    counts = [one for one in _counts(known_on) if one.as_of <= past.first_list.day]
    before = [one for one in counts if one.as_of <= on][-PUBLISHED_SHOWN:]
    return (*before, *[one for one in counts if one.as_of > on][:PUBLISHED_SHOWN])


def published_near(on: date, known_on: date | None) -> "tuple[PublishedFigure, ...]":
    """The counts published of days near a day."""
    return tuple(one for one in _counts(known_on) if abs((one.as_of - on).days) <= NEAR_DAYS)


def _counts(known_on: date | None) -> "list[PublishedFigure]":
    """The counts published of a day; one of a year, whose day is not given, is near to no day."""
    from ledger287.sources.figures.reading import figures

    counts = [one for one in figures() if one.subject == "287(g) agreements in force" and one.since is None]
    return [one for one in counts if known_on is None or one.known_on <= known_on]


def in_words(found: DayBounds, among: Among = NATION) -> str:
    """The bounds as a sentence."""
    counts_text = "; ".join(f"{one.said()} ({one.by})" for one in found.published)
    least = "how many is unknown"
    ended = ended_model(among.model)
    if ended and ended.ended and found.on > ended.ended:
        least = f"none, as it ended on {format_date(ended.ended)}"
    elif found.at_least == 0:
        least = "none is known, and none is ruled out"
    elif found.at_least is not None:
        known = ", ".join(_known(found))
        least = f"at least {plural(found.at_least, 'agreement')}" + (f" ({known})" if known else "")
    where = f" in {among.state}" if among.state else ""
    where += f" under the {among.model}" if among.model else ""
    return (
        f"no list was published near {format_date(found.on)}; in force then{where}: {least}. "
        f"Published counts{', nationwide' if among else ''}: {counts_text or 'none near that day'}. "
        "ICE's pages and rosters in the record are of September 2007 to August 2017; by lists, "
        "the record begins on January 12, 2021."
    )


def _known(found: DayBounds) -> Iterator[str]:
    """How the agreements of a lower bound are known."""
    if found.by_signing:
        yield f"{found.by_signing} by the signing day"
    if found.by_document:
        yield f"{found.by_document} by a document of that time"
    if found.by_survival:
        yield f"{found.by_survival} on {found.before} and again on {found.after}"
