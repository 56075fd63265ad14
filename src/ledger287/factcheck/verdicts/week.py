"""A story's "now" is its own day: a figure that only an earlier list of the week before has was true on other days.

What enters: a case whose plain reading is right somewhere in the week up to the story's day. What leaves: "true on
these days" with the days and the figure of the story's own day, or None where its own day has the figure too. So too
for a time that is given by its edge: "the start of the year" is its first days before it is its first two weeks.
Promise: a story is held to the list in force as its day began, those published on it, and one replaced only the day
before (declared/factcheck/windows.yml, docs/decisions/0013-now.md); a stated day is not touched.
"""

from dataclasses import replace
from datetime import timedelta

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.measures.evaluating import COMPARING, points
from ledger287.factcheck.measures.measures import Point, Reading
from ledger287.factcheck.measures.readings import HAPPENING, before, rules
from ledger287.factcheck.verdicts.answering import on_other_days, right_days
from ledger287.factcheck.verdicts.answers import Answer, evidence, sentence
from ledger287.factcheck.verdicts.case import ClaimCase, is_later


def on_an_earlier_list(case: ClaimCase) -> Answer | None:
    """The answer on a figure of "now" that the lists of the story's own day do not have any more."""
    own = on_the_day(case, case.plain)
    if own is None or case.when.wide or not own or _fits(case, case.plain, own):
        return None
    right = right_days(case.plain, case.figure, case.index) or _listed(case, case.fitting)
    then = case.when if case.claim.when.windows else replace(case.when, said="the article's day")
    return on_other_days(case.claim, case.figure, then, case.plain, own, right, case.meaning, case.index)


AT_MOST = ("upto", "most", "below")
"""Rules of figures that nothing passes: as many as, no more than, fewer than."""


def on_two_lists(case: ClaimCase) -> Answer | None:
    """Two places compared on one day, or a number that is not passed: right on a list of it that another replaced."""
    day = not case.claim.when.windows or (len(case.when.windows) == 1 and case.when.windows[0].length == 1)
    bounded = case.figure.rule in AT_MOST and case.plain.measure.evaluator == "on_list"
    compared = bounded or case.plain.measure.evaluator.startswith("gap")
    if not compared or case.when.wide or not day or case.published is None:
        return None
    newest, old = case.found[-1], case.fitting[-1]
    if case.published.length != 1 or case.figure.right_for(newest.value) or not (newest.listed and old.listed):
        return None
    shown = (evidence(case.plain, old, case.figure.value), evidence(case.plain, newest, case.figure.value))
    reason = f"right by the list of {brief(old.listed.day)}; by the newest of that day, {sentence(case.plain, newest)}."
    return Answer(case.claim, "cannot_tell", case.meaning, reason, shown, measure=case.plain.measure.id,
                  settles="which of the two lists is meant")  # fmt: skip


def requiring_the_list(case: ClaimCase, reading: Reading, good: list[Point]) -> Reading:
    """A rarer reading that only an earlier list of the week makes right, which then says by which list."""
    own = on_the_day(case, reading)
    if own is None or _fits(case, reading, own) or good[-1].listed is None:
        return reading
    return replace(reading, requires=f"{reading.requires}, and by the list of {brief(good[-1].listed.day)}")


def on_the_day(case: ClaimCase, reading: Reading) -> list[Point] | None:
    """What a reading gives on the story's own day; None where its time is not "now"."""
    if reading.measure.evaluator in HAPPENING:
        return None
    if AGO.search(case.claim.when.said) and not case.when.wide:
        return _near_its_middle(case, reading)
    if EDGE_SAID.search(case.claim.when.said) and not case.when.wide:
        return _at_its_edge(case, reading)
    if case.published is None or case.published.length != 1:
        return None
    if case.claim.when.windows and reading.measure.evaluator not in COMPARING:
        return None
    day, week = case.published.first, timedelta(days=rules()["now"]["days"])
    first = day - timedelta(days=rules()["now"]["own_days"])
    own = tuple(
        Days(first, one.last) if one.first == day - week and one.last == day else one for one in reading.windows
    )
    return points(replace(reading, windows=own), case.index) if own != reading.windows else None


AGO = when_needed(r"(?i)\bago\b")
EDGE = timedelta(days=7)
"""How far from the middle of a time that is given roughly (six months ago) a figure is that fits only at its edge."""


EDGE_SAID = when_needed(r"(?i)\b(?P<first>start|beginning)\b|\bend\b")
AT_EDGE = timedelta(days=1)
"""How far from the first day of a time that begins (the start of the year), or from the last of one that ends."""


def _at_its_edge(case: ClaimCase, reading: Reading) -> list[Point] | None:
    """What a reading gives as a time begins or ends; None where the time is no longer than that."""
    if len(reading.windows) != 1 or reading.windows[0].length <= AT_EDGE.days + 1:
        return None
    window, said = reading.windows[0], EDGE_SAID.search(case.claim.when.said)
    first = said is not None and said["first"] is not None
    edge = Days(window.first, window.first + AT_EDGE) if first else Days(window.last - AT_EDGE, window.last)
    return points(replace(reading, windows=(edge,)), case.index)


def _near_its_middle(case: ClaimCase, reading: Reading) -> list[Point] | None:
    """What a reading gives near the day that "six months ago" comes to; None where the time is no longer than that."""
    if len(reading.windows) != 1 or reading.windows[0].length <= 2 * EDGE.days + 1:
        return None
    window = reading.windows[0]
    middle = window.first + (window.last - window.first) / 2
    return points(replace(reading, windows=(Days(middle - EDGE, middle + EDGE),)), case.index)


def _fits(case: ClaimCase, reading: Reading, own: list[Point]) -> bool:
    return any(not is_later(reading, point) for point in case.good(own))


def _listed(case: ClaimCase, fitting: list[Point]) -> tuple[Days, ...]:
    """The days of the lists that make a comparison right, of which the record keeps no series."""
    found = []
    for day in sorted({point.listed.day for point in fitting if point.listed}):
        later = [one for one in case.index.days if one > day]
        found.append(Days(day, max(day, before(later[0])) if later else day))
    return tuple(found)
