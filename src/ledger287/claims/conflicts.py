"""Statements of one text that cannot both hold.

What enters: the answers of a text. What leaves: pairs with the reason. Promise: only what the text itself
says is compared, not the record; figures with hedges conflict only where no value fits both.
"""

from collections.abc import Sequence
from datetime import date

from ledger287.claims.answers import Answer, Conflict, told
from ledger287.claims.answers import place as place_of
from ledger287.claims.model import Claim
from ledger287.claims.readings import name_of

APART = 60
"""Days between two datings of one figure from which they are two."""
STANDING = ("agreements", "partnerships", "agencies", "states", "counties", "sheriffs", "police", "state_agencies",
            "constables", "campuses")  # fmt: skip


def conflicts(answers: Sequence[Answer]) -> tuple[Conflict, ...]:
    """Every pair of statements that cannot both hold, each once."""
    counts = [
        (place, answer.claim)
        for place, answer in enumerate(answers, 1)
        if answer.claim.shape == "count" and answer.claim.figure
    ]
    found = [*_backwards(counts), *_two_dates(counts), *_too_many(counts), *_two_leaders(answers)]
    seen: set[tuple[int, int]] = set()
    kept = []
    for one in found:
        if (one.one, one.other) not in seen:
            seen.add((one.one, one.other))
            kept.append(one)
    return tuple(kept)


def _backwards(counts: Sequence[tuple[int, Claim]]) -> list[Conflict]:
    """A rise "from A at one time" to a figure that the same sentence dates before it."""
    found = []
    for place, goal in counts:
        for other, start in counts:
            same = goal.sentence == start.sentence and start.role == "from" and goal.role != "from"
            if (
                same
                and goal.when.windows
                and start.when.windows
                and goal.when.windows[0].last < start.when.windows[0].first
                and goal.unit in STANDING
            ):
                reason = (
                    f"the figure risen to is dated {told(goal.when.windows[0].last)}, before the one risen "
                    f"from, {told(start.when.windows[0].first)}"
                )
                found.append(Conflict(min(place, other), max(place, other), reason))
    return found[:1]


def _no_earlier(claim: Claim, counts: Sequence[tuple[int, Claim]]) -> date | None:
    """The day before which an undated figure cannot be: that of what the text says it is up from."""
    if claim.when.windows:
        return None
    after = [
        other
        for _, other in counts
        if other.role == "from" and 0 <= other.span.start - claim.span.start < 400 and other.when.windows
    ]
    return after[0].when.windows[0].first if after else None


def _two_dates(counts: Sequence[tuple[int, Claim]]) -> list[Conflict]:
    """One figure dated to two times."""
    found = []
    for at, (place, one) in enumerate(counts):
        for other_place, other in counts[at + 1 :]:
            if not _same_figure(one, other) or one.sentence == other.sentence:
                continue
            for (a_place, a), (b_place, b) in (
                ((place, one), (other_place, other)),
                ((other_place, other), (place, one)),
            ):
                dated = b.when.windows[0].first if b.when.windows else _no_earlier(b, counts)
                if a.when.windows and dated and (dated - a.when.windows[0].last).days > APART:
                    since = "of" if b.when.windows else "after"
                    found.append(
                        Conflict(
                            min(a_place, b_place),
                            max(a_place, b_place),
                            f"one dates {a.figure.said if a.figure else ''} to {told(a.when.windows[0].last)}, "
                            f"the other to a time {since} {told(dated)}",
                        )
                    )
                    break
    return found


def _same_figure(one: Claim, other: Claim) -> bool:
    return bool(
        one.figure and other.figure and one.figure.value == other.figure.value and one.figure.value >= 10
        and one.figure.rule == other.figure.rule and one.unit == other.unit and one.where.states == other.where.states
        and one.model == other.model and "from" not in (one.role, other.role)
    )  # fmt: skip


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
    """A part that outnumbers its whole: of the same days, a place within the other, a model or kind within all."""
    plain = [(place, claim) for place, claim in counts if _is_plain(claim)]
    found = []
    for place, part in plain:
        for other_place, whole in plain:
            a, b = part.figure, whole.figure
            if place == other_place or not a or not b or not _is_within(part, whole) or a.low <= b.high:
                continue
            if _same_thing(part, whole):
                reason = f"{a.said} and {b.said} {part.unit} cannot both be right for one day"
            else:
                reason = f"{a.said} {_told(part)} are more than {b.said} {_told(whole)}, of which they are a part"
            found.append(Conflict(min(place, other_place), max(place, other_place), reason))
    return found


def _is_plain(claim: Claim) -> bool:
    odd = claim.pending or claim.note or claim.role or claim.whole or claim.qualified or claim.vague
    return not odd and claim.where.known and claim.unit in STANDING


def _is_within(part: Claim, whole: Claim) -> bool:
    same_unit = part.unit == whole.unit or whole.unit in WITHIN.get(part.unit, ())
    placed = not whole.where.states or (bool(part.where.states) and set(part.where.states) <= set(whole.where.states))
    return same_unit and placed and whole.model in (None, part.model) and part.when.windows == whole.when.windows


def _same_thing(one: Claim, other: Claim) -> bool:
    return (one.unit, one.model, one.where.states) == (other.unit, other.model, other.where.states)


def _told(claim: Claim) -> str:
    model = f" under {claim.model}" if claim.model else ""
    return f"{claim.unit.replace('_', ' ')}{model} {place_of(claim.where.states)}"


def _two_leaders(answers: Sequence[Answer]) -> list[Conflict]:
    """Two states that cannot both come first: the same thing ranked, on the same days."""
    ranked = [
        (place, answer.claim)
        for place, answer in enumerate(answers, 1)
        if answer.claim.shape == "rank" and answer.claim.figure and len(answer.claim.where.states) == 1
    ]
    found = []
    for at, (place, one) in enumerate(ranked):
        for other_place, other in ranked[at + 1 :]:
            same = (one.unit, one.model, one.note, one.figure and one.figure.value, one.when.windows) == (
                other.unit, other.model, other.note, other.figure and other.figure.value, other.when.windows
            )  # fmt: skip
            if same and one.where.states != other.where.states:
                names = " and ".join(name_of(claim.where.states[0]) for claim in (one, other))
                reason = f"{names} cannot both hold the same place, unless they are level"
                found.append(Conflict(place, other_place, reason))
    return found
