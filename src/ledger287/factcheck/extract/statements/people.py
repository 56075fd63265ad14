"""Figures on the people who live where agreements are in force, compared with the bounds that the room of places gives.

What enters: a claim of people or of a share of the population. What leaves: notes with the bounds of the day that is
meant. Promise: such a figure is never judged, because what counts as covered is not settled: the notes give the least,
the most, and what entire counties and entire states would make.
"""

from datetime import date

from ledger287.core.patterns import when_needed
from ledger287.core.problem import Refused
from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Claim, Days
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import moment

LIVING = when_needed(r"(?i)\b(?:live[sd]?|living|residents?|reside|population|home to)\b")


def coverage_notes(claim: Claim, sentence: str, published: Days | None, index: Index) -> tuple[str, ...]:
    """The bounds for a figure on residents; none for figures on other people."""
    if claim.unit not in ("people", "percent") or not LIVING.search(sentence) or len(claim.where.states) > 1:
        return ()
    if claim.unit == "people" and (claim.figure is None or claim.figure.value < 10_000):
        return ()
    when = moment(claim, published, index)
    if when.outside or when.wide:
        return ()
    return _notes(min(when.windows[-1].last, index.days[-1]), claim.where.states[:1], claim.model, index)


def _notes(day: date, states: tuple[str, ...], model: str | None, index: Index) -> tuple[str, ...]:
    from ledger287.places.atlas import Atlas

    key = ("coverage", day, states, model)
    if key not in index.kept:
        try:
            found = Atlas(index.ledger.stored, lambda: day).coverage(
                day, state=states[0] if states else None, model=model
            )
        except Refused:
            return ()
        people = found.people
        index.kept[key] = (
            f"residents by the record on {brief(day)}: at least {people.lower:,} and at most {people.upper:,} of "
            f"{found.population:,} ({_percent(people.lower, found.population)} to "
            f"{_percent(people.upper, found.population)}) live where a local agency has an agreement; "
            f"{people.in_counties:,} ({_percent(people.in_counties, found.population)}) in counties that have any; "
            f"{found.with_statewide:,} ({_percent(found.with_statewide, found.population)}) counting all people of the "
            "states that have a statewide agency which is no prison department",
        )
    notes: tuple[str, ...] = index.kept[key]
    return notes


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "no share"
