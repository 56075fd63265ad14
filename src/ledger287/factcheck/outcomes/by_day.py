"""What is said of people held -> what the daily counts by facility give, where ICE's snapshots do not reach.

What enters: ``SaidFigure``, the article's days. What leaves: a count of a day that fits, or an answer for a state.
Promise: a daily count is named as such, with who compiled it; of a state no count by criminality is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ledger287.core.text import format_date
from ledger287.factcheck.extract.model import Claim, Days
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.outcomes.outcome_claims import SaidFigure
from ledger287.factcheck.verdicts.answers import Answer, Evidence, number
from ledger287.ledger.outcomes.daily import FILES, SOURCES, DayCount, day_counts
from ledger287.sources.outcomes.counts.facility_days import UWCHR

STORY = timedelta(days=35)
"""How long before a story its figure may be from."""
COUNTED = {"held": "everybody held at any time of the day", "midnight": "the count at midnight"}


@dataclass(frozen=True, slots=True)
class OfDay:
    """One value of one day: the number or share, in words, how it is counted, and by whom."""

    day: date
    value: float
    said: str
    counted: str
    source: str
    file: str


def fitting_day(said: SaidFigure, published: Days | None) -> OfDay | None:
    """The value of a daily count that a figure is right for, on the days meant: the last of them; None for none."""
    fitting = [one for one in _values(said, published) if said.figure.right_for(one.value)]
    return max(fitting, key=lambda one: (one.day, -abs(one.value - said.figure.value)), default=None)


def answer_by_day(said: SaidFigure, claim: Claim, meaning: str, published: Days | None) -> Answer:
    """The answer by the daily counts alone: of people held in a state, which they do not count by criminality, or on
    days without a snapshot."""
    place = name_of(said.state) if said.state else "people held by ICE"
    if said.state and (said.part or said.agency or said.share):
        why = f"no published count says what people held in {place} had done, or who arrested them."
        return Answer(claim, "cannot_tell", meaning, why, measure=claim.topic, settles="ICE's records by facility")
    values = list(_values(said, published))
    if not values:
        why = f"the daily counts of {place} do not cover the days of the sentence."
        return Answer(claim, "cannot_tell", meaning, why, measure=claim.topic, settles="a newer release of the counts")
    fit = fitting_day(said, published)
    best = fit or min(values, key=lambda one: (abs(one.value - said.figure.value), one.day))
    low, high = min(one.value for one in values), max(one.value for one in values)
    percent = "%" if said.share else ""
    spread = f"{number(low)}{percent}" + (f" to {number(high)}{percent}" if high > low else "")
    note = (f"on the days of the sentence the daily count is {spread}",) if len(values) > 1 else ()
    shown = (day_evidence(best, said),)
    if fit:
        return Answer(claim, "supported", meaning, f"the daily count gives {best.said}.", shown, measure=claim.topic,
                      right=(Days(best.day, best.day),), citations=(best.source,), notes=note)  # fmt: skip
    near = low * 0.9 <= said.figure.high and said.figure.low <= high * 1.1
    return Answer(claim, "cannot_tell" if near else "contradicted", meaning,
                  f"the daily count gives {spread} on the days of the sentence; it counts {best.counted}.", shown,
                  measure=claim.topic, citations=(best.source,), notes=note,
                  settles="ICE's own count of the state" if near else None)  # fmt: skip


def day_evidence(one: OfDay, said: SaidFigure, requires: str | None = None) -> Evidence:
    """A daily count as evidence."""
    difference = round(said.figure.value - one.value, 3)
    sentence = f"{one.said}: {one.source}"
    return Evidence("held_by_day", sentence, round(one.value, 3), difference, requires, one.day, one.file, None,
                    "facility by day, summed", ())  # fmt: skip


def _values(said: SaidFigure, published: Days | None) -> Iterator[OfDay]:
    for window in _windows(said, published):
        for one in day_counts(window.first, window.last, said.state):
            yield from _of(one, said)


def _windows(said: SaidFigure, published: Days | None) -> tuple[Days, ...]:
    windows = said.when.windows
    if not windows:
        return (Days(published.first - STORY, published.last),) if published else ()
    if published:
        windows = tuple(Days(one.first, min(one.last, published.last)) for one in windows)
    return tuple(one for one in windows if one.first <= one.last)


def _of(one: DayCount, said: SaidFigure) -> Iterator[OfDay]:
    """What one day gives: of everybody both ways of counting, of the convicted one."""
    day, where = format_date(one.day), f" in {name_of(said.state)}" if said.state else ""
    if said.agency or said.part not in (None, "convicted", "not_convicted"):
        return
    if said.part is None:
        if said.share:
            return
        for name in ("held", "midnight"):
            count = one.held if name == "held" else one.midnight
            if count is not None:
                counted = "one count a day" if one.source == UWCHR else COUNTED[name]
                text = f"{count:,} people held{where} on {day} ({counted})"
                yield OfDay(one.day, float(count), text, counted, SOURCES[one.source], FILES[one.source])
        return
    if one.convicted is None:
        return
    part = one.convicted if said.part == "convicted" else one.held - one.convicted
    percent = 100 * part / one.held
    what = "with" if said.part == "convicted" else "without"
    text = f"{part:,} of {one.held:,} people held{where} on {day} {what} a conviction ({percent:.1f}%)"
    value = percent if said.share else float(part)
    yield OfDay(one.day, value, text, COUNTED["held"], SOURCES[one.source], FILES[one.source])
