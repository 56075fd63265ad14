"""Statements of one text that cannot both hold.

What enters: the answers of a text. What leaves: pairs with the reason. Promise: only what the text itself says is
compared, not the record, but that one number at two times is no conflict where the record has it at both; figures
with hedges conflict only where no value fits both; a statement whose sentence was not read completely conflicts with
none, nor does a total with a part of the same sentence, where a place or a day that was not understood is likelier
than a slip of the writer.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, product

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.verdicts.answers import WHICH_SCOPE, Answer, Conflict
from ledger287.factcheck.verdicts.answers import place as place_of

APART = 60
"""Days between two datings of one figure from which they are two."""
STANDING = ("agreements", "partnerships", "agencies", "states", "counties", "sheriffs", "police", "state_agencies",
            "constables", "campuses")  # fmt: skip


def conflicts(answers: Sequence[Answer]) -> tuple[Conflict, ...]:
    """Every pair of statements that cannot both hold, each once."""
    counts = [
        (place, answer.claim)
        for place, answer in enumerate(answers, 1)
        if answer.claim.shape == "count"
        and answer.claim.figure
        and answer.account.whole
        and answer.settles != WHICH_SCOPE
        and not _is_no_total(answer)
    ]
    stood = {place for place, answer in enumerate(answers, 1) if answer.verdict == "supported"}
    twice = [one for one in _two_dates(counts) if not {one.one, one.other} <= stood]
    past = {place for place, answer in enumerate(answers, 1) if _is_past(answer)}
    found = [*_backwards(counts), *twice, *_too_many(counts), *_two_leaders(answers)]
    found = [one for one in found if (one.one in past) == (one.other in past)]
    seen: set[tuple[int, int]] = set()
    kept = []
    for one in found:
        if (one.one, one.other) not in seen:
            seen.add((one.one, one.other))
            kept.append(one)
    return tuple(kept)


HAD = ("had", "held", "counted", "listed", "were", "was")


def _is_past(answer: Answer) -> bool:
    """Whether a count is of a time that is not stated, and past: Texas had 77."""
    said = [part.said.lower().split()[0] for part in answer.account.parts if part.said.split()]
    return not answer.claim.when.windows and any(one in HAD for one in said)


EACH = when_needed(r"\b(?:each|apiece|or more|or fewer|at least|more than|fewer than)\b")
"""Words of a sentence that counts places by how many they have: twelve states have 20 or more."""
THEM = ("them", "those", "these", "of them", "of those", "of these")
OF_THEM = 4
"""Letters between a number and "them" of which it is: 42 of them."""
CHANGING = ("added", "gained", "lost", "dropped", "grew", "rose", "fell", "picked up", "shed")


def _is_no_total(answer: Answer) -> bool:
    """Whether a count is in a sentence of what came or went ("Georgia added 21 since December, and Texas 121"), or
    of places by how many they have, or is a part of what was counted before.
    """
    said = [part.said.lower() for part in answer.account.parts if part.said.split()]
    end = answer.claim.figure.span.end if answer.claim.figure else 0
    if any(0 < part.span.start - end <= OF_THEM and part.said.lower() in THEM for part in answer.account.parts):
        return True
    by_size = answer.claim.unit in ("states", "counties", "agencies") and any(map(EACH.search, said))
    return by_size or any(one.split()[0] in CHANGING for one in said)


def _backwards(counts: Sequence[tuple[int, Claim]]) -> list[Conflict]:
    """A rise "from A at one time" to a figure that the same sentence dates before it."""
    sentences: dict[Span, list[tuple[int, Claim]]] = defaultdict(list)
    for place, claim in counts:
        if claim.when.windows:
            sentences[claim.sentence].append((place, claim))
    for near in sentences.values():
        goals = [(place, one) for place, one in near if one.wording.role == "to" and one.unit in STANDING]
        starts = [(place, one) for place, one in near if one.wording.role == "from"]
        for (place, goal), (other, start) in product(goals, starts):
            if goal.when.windows[0].last < start.when.windows[0].first:
                reason = (
                    f"the later figure is dated {brief(goal.when.windows[0].last)}, before the earlier one, "
                    f"{brief(start.when.windows[0].first)}"
                )
                return [Conflict(min(place, other), max(place, other), reason)]
    return []


@dataclass(frozen=True, slots=True)
class _Dating:
    """A figure with the days that the text gives it: not before ``first``, and of ``last`` where it is dated."""

    place: int
    claim: Claim
    first: date | None
    last: date | None


def _datings(counts: Sequence[tuple[int, Claim]]) -> Iterator[_Dating]:
    """Every figure with its days; an undated one cannot be of before what the text says just behind it is up from."""
    origins = [
        (one.span.start, one.when.windows[0].first)
        for _, one in counts
        if one.wording.role == "from" and one.when.windows
    ]
    origins.sort()
    spots = [spot for spot, _ in origins]
    for place, claim in counts:
        if claim.when.windows:
            yield _Dating(place, claim, claim.when.windows[0].first, claim.when.windows[0].last)
            continue
        at = bisect_left(spots, claim.span.start)
        near = at < len(spots) and spots[at] - claim.span.start < 400
        yield _Dating(place, claim, origins[at][1] if near else None, None)


def _two_dates(counts: Sequence[tuple[int, Claim]]) -> list[Conflict]:
    """One figure dated to two times: each date compared with the earliest and the latest before it."""
    found = []
    earliest: dict[object, _Dating] = {}
    latest: dict[object, _Dating] = {}
    for sentence in _by_sentence(_datings(counts)):
        for one in sentence:
            key = _same(one.claim)
            for early, late in ((earliest.get(key), one), (one, latest.get(key))):
                if early and late and early.last and late.first and (late.first - early.last).days > APART:
                    found.append(_dated_twice(early, late))
                    break
        for one in sentence:
            key = _same(one.claim)
            if key and one.last and (key not in earliest or one.last < (earliest[key].last or one.last)):
                earliest[key] = one
            if key and one.first and (key not in latest or one.first > (latest[key].first or one.first)):
                latest[key] = one
    return found


def _by_sentence(datings: Iterable[_Dating]) -> Iterator[list[_Dating]]:
    for _, group in groupby(datings, key=lambda one: one.claim.sentence):
        yield list(group)


def _dated_twice(early: _Dating, late: _Dating) -> Conflict:
    said = early.claim.figure.said if early.claim.figure else ""
    one, other = brief(early.last or date.min), brief(late.first or date.max)
    since = "of" if late.last else "after"
    return Conflict(
        min(early.place, late.place),
        max(early.place, late.place),
        f"one dates {said} to {one}, the other to a time {since} {other}",
    )


def _same(claim: Claim) -> object:
    """What two statements of one figure have in common; None for those that are too small, or a beginning."""
    figure = claim.figure
    if figure is None or figure.value < 10 or claim.wording.role == "from":
        return None
    return figure.value, figure.rule, claim.unit, claim.where.states, claim.model


WITHIN = {
    "agencies": ("agreements", "partnerships"),
    "partnerships": ("agreements",),
    "agreements": ("partnerships",),
    "sheriffs": ("agencies", "agreements", "partnerships"),
    "police": ("agencies", "agreements", "partnerships"),
    "constables": ("agencies", "agreements"),
    "campuses": ("agencies", "agreements"),
    "state_agencies": ("agencies", "agreements"),
    "states": ("agencies", "agreements", "partnerships"),
}
"""What a unit cannot outnumber on one day: each agency has an agreement, each state an agency."""


def _too_many(counts: Sequence[tuple[int, Claim]]) -> list[Conflict]:
    """A part that exceeds its total: of the same days, a place within the other, a model or kind within all.

    Of the figures of one thing and days the greatest is compared with the smallest of each total.
    """
    days: dict[object, dict[object, list[tuple[int, Claim]]]] = defaultdict(lambda: defaultdict(list))
    for place, claim in counts:
        if _is_plain(claim):
            days[claim.when.windows][claim.unit, claim.where.states, claim.model].append((place, claim))
    found = []
    for things in days.values():
        parts = [max(same, key=lambda one: _bounds(one[1])[0]) for same in things.values()]
        wholes = [min(same, key=lambda one: _bounds(one[1])[1]) for same in things.values()]
        for (place, part), (other, whole) in product(parts, wholes):
            a, b = part.figure, whole.figure
            if place == other or not a or not b or not _is_within(part, whole) or a.low <= b.high:
                continue
            if part.sentence == whole.sentence:  # hardly anybody is at odds with himself within one sentence
                continue
            if _same_thing(part, whole):
                reason = f"{a.said} and {b.said} {part.unit} cannot both be right for one day"
            else:
                reason = f"{a.said} {_worded(part)} are more than {b.said} {_worded(whole)}, of which they are a part"
            found.append(Conflict(min(place, other), max(place, other), reason))
    return found


def _bounds(claim: Claim) -> tuple[float, float]:
    return (claim.figure.low, claim.figure.high) if claim.figure else (0.0, 0.0)


def _is_plain(claim: Claim) -> bool:
    odd = (
        claim.pending
        or claim.sense
        or claim.kind
        or claim.wording.role
        or claim.whole
        or claim.wording.qualified
        or claim.wording.vague
        or claim.wording.unsure
        or claim.where.outside  # all but eight of the 1,274 are outside Minnesota
    )
    return not odd and claim.where.known and claim.unit in STANDING


def _is_within(part: Claim, whole: Claim) -> bool:
    same_unit = part.unit == whole.unit or whole.unit in WITHIN.get(part.unit, ())
    placed = not whole.where.states or (bool(part.where.states) and set(part.where.states) <= set(whole.where.states))
    return same_unit and placed and whole.model in (None, part.model) and part.when.windows == whole.when.windows


def _same_thing(one: Claim, other: Claim) -> bool:
    return (one.unit, one.model, one.where.states) == (other.unit, other.model, other.where.states)


def _worded(claim: Claim) -> str:
    model = f" under {claim.model}" if claim.model else ""
    return f"{claim.unit.replace('_', ' ')}{model} {place_of(claim.where.states)}"


def _two_leaders(answers: Sequence[Answer]) -> list[Conflict]:
    """Two states that cannot both come first: the same thing ranked, on the same days."""
    ranked = [
        (place, answer.claim)
        for place, answer in enumerate(answers, 1)
        if answer.claim.shape == "rank"
        and answer.account.whole
        and answer.claim.figure
        and len(answer.claim.where.states) == 1
    ]
    found = []
    seen: dict[object, dict[tuple[str, ...], int]] = defaultdict(dict)
    for place, one in ranked:
        key = (one.unit, one.model, one.sense, one.kind, one.figure and one.figure.value, one.when.windows)
        for states, other in seen[key].items():
            if states != one.where.states and one.where.states not in seen[key]:
                names = " and ".join(name_of(state) for state in (states[0], one.where.states[0]))
                reason = f"{names} cannot both hold the same place, unless they are tied"
                found.append(Conflict(other, place, reason))
        seen[key].setdefault(one.where.states, place)
    return found
