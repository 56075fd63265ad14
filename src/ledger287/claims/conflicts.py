"""Statements of one text that cannot both hold.

What enters: the answers of a text. What leaves: pairs with the reason. Promise: only what the text itself
says is compared, not the record; figures with hedges conflict only where no value fits both.
"""

from collections.abc import Sequence
from datetime import date

from ledger287.claims.answers import Answer, Conflict, told
from ledger287.claims.model import Claim

APART = 60
"""Days between two datings of one figure from which they are two."""
STANDING = ("agreements", "partnerships", "agencies", "states", "counties", "sheriffs", "police")


def conflicts(answers: Sequence[Answer]) -> tuple[Conflict, ...]:
    """Every pair of statements that cannot both hold, each once."""
    counts = [
        (place, answer.claim)
        for place, answer in enumerate(answers, 1)
        if answer.claim.shape == "count" and answer.claim.figure
    ]
    found = [*_backwards(counts), *_two_dates(counts), *_two_figures(counts)]
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


def _two_figures(counts: Sequence[tuple[int, Claim]]) -> list[Conflict]:
    """Two figures for one thing on one day, both of the whole country or of the same states."""
    found = []
    for at, (place, one) in enumerate(counts):
        for other_place, other in counts[at + 1 :]:
            a, b = one.figure, other.figure
            same = (
                one.unit == other.unit
                and one.model == other.model
                and one.where == other.where
                and one.when.windows == other.when.windows
            )
            plain = not (
                one.pending
                or other.pending
                or one.note
                or other.note
                or one.role
                or other.role
                or one.whole
                or other.whole
                or one.qualified
                or other.qualified
            )
            if (
                same
                and plain
                and a
                and b
                and one.where.known
                and one.unit in STANDING
                and (a.high < b.low or b.high < a.low)
            ):
                found.append(
                    Conflict(place, other_place, f"{a.said} and {b.said} {one.unit} cannot both be right for one day")
                )
    return found
