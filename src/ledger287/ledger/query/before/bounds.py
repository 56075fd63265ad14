"""What is known of a day on which neither a list nor a page was published: bounds with their evidence.

A lower bound counts agencies with an agreement on the day by what was printed later: signed by then and listed after
it; or listed at the last page before and again at the next one. It is never a number between two others. What was
published of days nearby is given next to it, as it was published.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from ledger287.core.text import format_date, plural

if TYPE_CHECKING:
    from ledger287.ledger.query.before.past_tables import DatedRoster, PastTables
    from ledger287.sources.figures.model import PublishedFigure

PUBLISHED_SHOWN = 2
NEAR_DAYS = 62
"""A count of a day so near to another is shown with it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds on the agreements of a day.

    ``at_least`` is None where nothing known by then bears on the day; an agency counts once in it. ``by_signing``
    signed by the day and are on a later page or on the first list; ``by_document`` more signed by the day, by a
    document in ICE's index, and are on that list; ``by_survival`` more are on the page before and on that list, under
    a later day of signing. ``published`` are the counts published of the days nearest before and after.
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


def bounds_on(past: "PastTables", on: date, known_on: date | None) -> Bounds:
    """The bounds on a day, from what was known by the end of ``known_on``."""
    before = past.roster_of(min(on, past.pages_end), known_on)
    later = _later(past, on, known_on)
    published = _published(on, known_on)
    name = before.file if before else None
    if not later:
        return Bounds(on, None, 0, 0, 0, name, None, published, known_on)
    signed = {agency_id for _, rows in later for agency_id, day in rows if day is not None and day <= on}
    again = {agency_id for agency_id, _ in later[0][1]} - signed
    documents = set(_documents(past, on, known_on)) & again
    earlier = {agency_id for agency_id, _ in _signings(past, before)} if before else set()
    survived = (earlier & again) - documents
    at_least = len(signed) + len(documents) + len(survived)
    return Bounds(on, at_least, len(signed), len(documents), len(survived), name, later[0][0], published, known_on)


Signings = list[tuple[str, date | None]]
"""Agencies with the day of signing that a page prints."""


def _signings(past: "PastTables", one: "DatedRoster") -> Signings:
    found: Signings | None = past.kept.get(one.file)
    if found is None:
        found = past.kept[one.file] = list(past.rows_on(one).select("agency_id", "signed").iter_rows())
    return found


def _later(past: "PastTables", on: date, known_on: date | None) -> list[tuple[str, Signings]]:
    """The rosters and pages after a day that print days of signing, or else the first list; with their signings."""
    found = [
        (one.file, _signings(past, one))
        for one in past.rosters
        if one.as_of > on and (known_on is None or one.known_on <= known_on)
    ]
    found = [(name, rows) for name, rows in found if any(day for _, day in rows)]
    first = past.first_list
    if not found and (known_on is None or first.day <= known_on):
        rows = past.ledger.history.on_list(first.number).select("agency_id", "signed")
        found = [(first.file, list(rows.iter_rows()))]
    return found


def _documents(past: "PastTables", on: date, known_on: date | None) -> list[str]:
    """The agencies of which ICE's index has a document signed by a day."""
    found = past.attested.filter(pl.col("says") == "document", pl.col("signed") <= on)
    if known_on:
        found = found.filter(pl.col("known_on") <= known_on)
    return found["agency_id"].to_list()


def _published(on: date, known_on: date | None) -> "tuple[PublishedFigure, ...]":
    """The counts published of the days nearest before and after, as many of each."""
    counts = _counts(known_on)
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


def in_words(found: Bounds) -> str:
    """The bounds as a sentence."""
    counts_text = "; ".join(f"{one.said()} ({one.by})" for one in found.published)
    least = "how many is unknown"
    if found.at_least is not None:
        parts = [
            f"{found.by_signing} by the signing day",
            f"{found.by_document} by a document of that time" if found.by_document else "",
            f"{found.by_survival} on {found.before} and again on {found.after}" if found.by_survival else "",
        ]
        known = ", ".join(filter(None, parts))
        least = f"at least {plural(found.at_least, 'agreement')} ({known})"
    return (
        f"no list was published near {format_date(found.on)}; in force then: {least}. "
        f"Published counts: {counts_text or 'none near that day'}. "
        "ICE's pages and rosters in the record are of September 2007 to August 2017; by lists, "
        "the record begins on January 12, 2021."
    )
