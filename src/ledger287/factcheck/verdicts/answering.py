"""What a verdict says: reasons, evidence, the days on which a figure was right."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Claim, Days, Figure
from ledger287.factcheck.measures.evaluating import everywhere
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.measures import Point, Reading
from ledger287.factcheck.measures.readings import ANOTHER_THING, ClaimDays, before, readings, rules
from ledger287.factcheck.parse.numbers import is_to_ten
from ledger287.factcheck.verdicts.answers import Answer, Evidence, evidence, given, number, sentence
from ledger287.factcheck.verdicts.withheld.abstaining import closest_of, point_to_show

SOME_DAYS = "right on some of the days that the sentence covers; the list named is one of them"


def supported(
    claim: Claim,
    figure: Figure,
    plain: Reading,
    fitting: list[Point],
    found: list[Point],
    meaning: str,
    right: tuple[Days, ...],
) -> Answer:
    coarse = coarsely(claim, figure, fitting)
    if coarse:
        answer = on_condition(claim, figure, replace(plain, requires=coarse), fitting[-1], found, plain, meaning)
        return replace(answer, reason=f"right {coarse}: the record gives {fitting[-1].value:,.2f}%.")
    point = fitting[-1]
    shown = evidence(plain, point, figure.value)
    notes = []
    if figure.rule in ("over", "least") and point.value >= 1.5 * figure.value:
        notes.append(f"true, but far more: {number(point.value)}")
    if figure.rule in ("exact",) and abs(point.value - figure.value) >= 0.5 and plain.measure.evaluator == "on_list":
        notes.append(f"to the precision of {figure.said}: the record gives {number(point.value)}")
    if len(fitting) < len(found) and plain.measure.evaluator == "on_list" and right:
        notes.append(SOME_DAYS)
    return Answer(
        claim,
        "supported",
        meaning,
        f"the record gives {given(plain, point.value)}.",
        (shown,),
        right=right[:6],
        measure=plain.measure.id,
        notes=tuple(notes),
    )


def coarsely(claim: Claim, figure: Figure, fitting: Sequence[Point]) -> str | None:
    """What a percentage that is not the true one rounded has to be: cut off, or rounded to ten."""
    if claim.shape not in ("share", "growth") or figure.rule != "exact" or not PERCENT.search(figure.said):
        return None
    to_ten = is_to_ten(figure.value, figure.said)
    step = 0.5 if to_ten else figure.value - figure.low
    if any(abs(point.value - figure.value) <= step for point in fitting):
        return None
    return "with the percentage rounded to ten" if to_ten else "with the percentage cut off, not rounded"


PERCENT = when_needed(r"(?i)%|\bper\s?cent\b")


def cut_off(figure: Figure, value: float) -> list[str]:
    """Whether a percentage was cut off where rounding gives another."""
    if figure.rule == "exact" and round(value) != figure.value and int(value) == figure.value:
        return [f"{value:.1f}%, cut off; rounded it is {round(value)}%"]
    return []


def on_condition(
    claim: Claim, figure: Figure, reading: Reading, point: Point, found: list[Point], plain: Reading, meaning: str
) -> Answer:
    closest = point_to_show(plain, found, figure)
    shown = (evidence(reading, point, figure.value), evidence(plain, closest, figure.value))
    return Answer(
        claim,
        "supported_if",
        meaning,
        f"right {reading.requires}: {given(reading, point.value)}; as written the record gives "
        f"{given(plain, closest.value)}.",
        shown,
        requires=reading.requires,
        measure=plain.measure.id,
    )


def on_other_days(
    claim: Claim,
    figure: Figure,
    when: ClaimDays,
    plain: Reading,
    found: list[Point],
    right: tuple[Days, ...],
    meaning: str,
    index: Index,
) -> Answer:
    point = next((point for point in everywhere(plain, index) if figure.right_for(point.value)), found[-1])
    shown = [evidence(plain, point, figure.value)]
    after = all(days.first > when.windows[-1].last for days in right)
    meant_ = claim.when.windows if claim.when.stated else ()
    within = any(one.first <= days.last and days.first <= one.last for one in meant_ for days in right)
    if after and within and not when.wide:
        closest = closest_of(found, figure)
        shown.append(evidence(plain, closest, figure.value))
        reason = (
            f"the time that is meant goes on after the story's day: the record gives {number(closest.value)} by then, "
            f"and {figure.said} on {right[0]}, by a list published after the story."
        )
        return Answer(claim, "cannot_tell", meaning, reason, tuple(shown), right=right, measure=plain.measure.id,
                      settles="what ICE had made public by the story's day")  # fmt: skip
    told_days = "; ".join(str(days) for days in right[:6]) + ("; and others" if len(right) > 6 else "")
    if when.wide:
        notes = tuple(_elsewise(claim, figure, when, index))
        return Answer(
            claim,
            "was_true",
            meaning,
            f"the day is not certain; right on {told_days}.",
            tuple(shown),
            right=right,
            notes=notes,
            measure=plain.measure.id,
        )
    closest = found[-1] if when.said == "the article's day" else point_to_show(plain, found, figure)
    shown.append(evidence(plain, closest, figure.value))
    near = claim.shape == "share" and abs(closest.value - figure.value) <= NEAR_POINTS
    if after and not near and _is_long_after(claim, when, right):
        return Answer(
            claim,
            "contradicted",
            meaning,
            f"{_gave(plain, closest)} {_then(when)}; the figure is right only later, on {told_days}.",
            tuple(shown),
            right=right,
            measure=plain.measure.id,
        )
    return Answer(
        claim,
        "became_true" if after else "was_true",
        meaning,
        f"right on {told_days}, not {_then(when)}, when {_gave(plain, closest)}.",
        tuple(shown),
        right=right,
        measure=plain.measure.id,
    )


LONG_AFTER = 7
"""Days behind the day that is meant, within which a list may have been known in another way than by its day here."""


NEAR_POINTS = 5
"""Points of a hundred by which a share said in words (four in five) may be off without being called wrong."""


def _is_long_after(claim: Claim, when: ClaimDays, right: tuple[Days, ...]) -> bool:
    """Whether a figure was not right before a list that was published long after the time that is meant.

    The end of a longer time is less sharp: half its length more is left open.
    """
    meant = when.windows[-1]
    first = min(days.first for days in right)
    stated = claim.when.windows if claim.when.stated else ()
    longest = max((one.length for one in stated), default=1)
    return not claim.when.since and not claim.pending and (first - meant.last).days > max(LONG_AFTER, longest // 2)


def _gave(plain: Reading, closest: Point) -> str:
    """What the record gave; of a difference that was the other way round, its sentence."""
    return f"the record gives {given(plain, closest.value)}" if closest.value >= 0 else sentence(plain, closest)


def _elsewise(claim: Claim, figure: Figure, when: ClaimDays, index: Index) -> Iterator[str]:
    """For a figure without a day: the days on which another common reading gives it."""
    for reading in readings(claim, when, None, index)[1:]:
        right = (
            right_days(reading, figure, index) if reading.rank <= 2 and reading.requires and figure.value >= 20 else ()
        )
        if 0 < len(right) <= 3:
            yield f"{reading.requires}: right on {'; '.join(str(days) for days in right)}"


def _then(when: ClaimDays) -> str:
    return "on the article's day" if when.said == "the article's day" else f"then ({when.said})"


def contradicted(
    claim: Claim,
    figure: Figure,
    when: ClaimDays,
    outcomes: Sequence[tuple[Reading, list[Point]]],
    meaning: str,
    index: Index,
) -> Answer:
    plain, found = outcomes[0]
    closest = point_to_show(plain, found, figure)
    gap = figure.value - closest.value
    near: list[Evidence] = []
    ranked = sorted(
        (
            (abs(closest_of(values, figure).value - figure.value), reading.rank, reading, closest_of(values, figure))
            for reading, values in outcomes[1:]
            if values
        ),
        key=lambda row: row[:2],
    )
    for _, _, reading, point in ranked:
        one = evidence(reading, point, figure.value)
        if len(near) < rules()["neighbours"]["count"] and all(one.value != other.value for other in near):
            near.append(one)
    same = next((reading for reading, values in outcomes if reading.rank == ANOTHER_THING
                 and any(point.value == figure.value for point in values)), None)  # fmt: skip
    other = f" It is right {same.requires}." if same else ""
    side = "above" if gap > 0 else "below"
    amount = number(abs(round(gap, 1)))
    reason = (
        f"the record gives {given(plain, closest.value)}; the figure is {amount} {side} it, and no admissible "
        f"reading gives {figure.said}.{other}"
    )
    turned = plain.measure.evaluator in ("growth", "change", "difference") or plain.measure.evaluator.startswith("gap")
    if closest.value < 0 and turned:
        reason = (
            f"it is the other way round: {sentence(plain, closest)}, and no admissible reading gives {figure.said}."
        )
    notes = tuple(_between_lists(figure, [reading for reading, _ in outcomes], when, index))
    return Answer(
        claim,
        "contradicted",
        meaning,
        reason,
        (evidence(plain, closest, figure.value),),
        tuple(near),
        notes=notes,
        measure=plain.measure.id,
    )


def _between_lists(figure: Figure, tried: Sequence[Reading], when: ClaimDays, index: Index) -> Iterator[str]:
    """A reading that passes the figure from the last list of the days meant to the next list after them."""
    for reading in tried:
        if reading.measure.evaluator != "on_list" or not when.windows:
            continue
        values = everywhere(reading, index)
        last = index.window(when.windows[-1].first, when.windows[-1].last)[-1]
        if last + 1 < len(values) and values[last].value < figure.low <= figure.high < values[last + 1].value:
            one, other = sentence(reading, values[last]), values[last + 1]
            day = index.days[last + 1]
            yield f"between two lists: {one}, and {number(other.value)} on the next list, of {brief(day)}"


def right_days(reading: Reading, figure: Figure, index: Index) -> tuple[Days, ...]:
    """The stretches of days on which a reading gives the figure; each ends on the day before the next list."""
    key = ("right", reading.measure.id, reading.scope, figure.low, figure.high)
    if key not in index.kept:
        index.kept[key] = _right_days(reading, figure, index)
    found: tuple[Days, ...] = index.kept[key]
    return found


def _right_days(reading: Reading, figure: Figure, index: Index) -> tuple[Days, ...]:
    pending = reading.measure.evaluator in ("on_pending_list", "pending_share")
    lists = index.pending_lists if pending else index.lists
    good = [point.place for point in everywhere(reading, index) if figure.right_for(point.value)]
    found: list[Days] = []
    for _, group in groupby(enumerate(good), key=lambda pair: pair[1] - pair[0]):
        places = [place for _, place in group]
        first, last = lists[places[0]].day, lists[places[-1]].day
        if places[-1] + 1 < len(lists):
            last = max(last, before(lists[places[-1] + 1].day))
        if found and (first - found[-1].last).days <= 1:
            found[-1] = Days(found[-1].first, max(last, found[-1].last))
        else:
            found.append(Days(first, max(first, last)))
    return tuple(found)
