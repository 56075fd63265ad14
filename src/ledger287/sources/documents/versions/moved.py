"""Passages that a text layer has in another place than the page: left out here and put in there is no change.

What enters: the places in which a document differs. What leaves: the same without the pairs that are one passage; what
differs within such a passage remains. The module promises that a passage is only taken for another where most of its
words are the same.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.sources.documents.versions.clause_change import ClauseChange, Kind
from ledger287.sources.documents.versions.effects import effect_of
from ledger287.sources.documents.versions.slips import fills, is_signature, is_slip

LONG = 8
"""The fewest words of a passage."""
SAME = 0.8
"""The share of its words that must be the same in the other place."""
AROUND = 120
"""How far before and behind, in words of the form, a passage can be that a text layer has twice."""


def without_moved(changes: Sequence[ClauseChange]) -> tuple[ClauseChange, ...]:
    """Changes without the passages that are left out in one place and put in in another."""
    found = list(changes)
    waiting = [*changes]
    while waiting:
        gone = waiting.pop(0)
        before = gone.before.split()
        if len(before) < LONG:
            continue
        for come in found:
            after = come.after.split()
            if come is gone or len(after) < LONG or not _is_among(gone, found):
                continue
            if (rest := _within(before, after, come.before.split())) is None:
                continue
            place = next(at for at, one in enumerate(found) if one is gone)
            found = [one for one in found if one is not gone and one is not come]
            instead = [one for one in _instead(gone, come) if not _is_elsewhere(one, changes)]
            found[place:place] = [*instead, *(_part(gone, come, old, new) for old, new in rest)]
            waiting += instead
            break
    return tuple(found)


def _is_among(one: ClauseChange, found: Sequence[ClauseChange]) -> bool:
    return any(other is one for other in found)


def _is_elsewhere(one: ClauseChange, changes: Sequence[ClauseChange]) -> bool:
    """Whether what a change leaves out is put in in another place, and what it puts in is left out in another."""
    gone = not one.before or any(f" {one.before} " in f" {other.after} " for other in changes)
    come = not one.after or any(f" {one.after} " in f" {other.before} " for other in changes)
    return gone and (come or fills([], one.after.split()))


def _within(before: list[str], after: list[str], instead: list[str]) -> list[tuple[list[str], list[str]]] | None:
    """What differs within a passage; None where it is not the same passage."""
    from rapidfuzz.distance import Levenshtein

    steps = list(Levenshtein.opcodes(before, after))
    same = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
    if same < SAME * len(before):
        return None
    rest = []
    for step in steps:
        old, new = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        filled = not old and (fills(instead, new) or is_signature(old, new))
        if step.tag != "equal" and not is_slip(old, new) and not filled:
            rest.append((old, new))
    return rest


def _instead(gone: ClauseChange, come: ClauseChange) -> list[ClauseChange]:
    """What is left out where a moved passage is put in, and what is put in where it is left out: changes of their own.

    A passage that changed places with another is in none of them.
    """
    old, new = come.before.split(), gone.after.split()
    if not old and not new:
        return []
    rest = _within(old, new, []) if old else None
    pairs = [(old, new)] if rest is None else rest
    return [
        replace(_part(come, gone, one, other), page=come.page if old else gone.page)
        for one, other in pairs
        if not is_slip(one, other) and not fills(one, other) and not is_signature([], other)
    ]


def _part(gone: ClauseChange, come: ClauseChange, old: list[str], new: list[str]) -> ClauseChange:
    """What differs within a passage that is in another place, as a change of its own."""
    kind: Kind = "changed" if old and new else "added" if new else "omitted"
    effect = effect_of(kind, gone.section, old, new)
    return replace(gone, kind=kind, before=" ".join(old), after=" ".join(new), page=come.page, context="",
                   bears_on=effect.bears_on, sure=effect.sure)  # fmt: skip


def is_repeated(said: Sequence[str], first: int, come: Sequence[str]) -> bool:
    """Whether words that are put in are the form's own near them: a text layer that has lines twice."""
    from rapidfuzz.distance import Levenshtein

    if len(come) < LONG:
        return False
    near = said[max(0, first - AROUND) : first + AROUND]
    blocks = Levenshtein.opcodes(come, near)
    kept = [step for step in blocks if step.tag == "equal"]
    same = sum(step.src_end - step.src_start for step in kept)
    spread = kept[-1].dest_end - kept[0].dest_start if kept else 0
    return same >= SAME * len(come) and spread <= SPREAD * len(come)


SPREAD = 1.5
"""The words that are the same must be together: those of a sentence, not the common words of a page."""


def is_nearby(gone: Sequence[str], said: Sequence[str], first: int, words: Sequence[str], start: int) -> bool:
    """Whether words that are left out are in the document a few lines on: a text layer that has lines in another order.

    ``said`` are the form's words, ``words`` the document's; of the place, the first of each.
    """
    if not SHORT <= len(gone) < LONG:
        return False
    wanted, there = list(gone), words[max(0, start - LINES) : start + LINES]
    form = said[max(0, first - LINES) : first + LINES]
    return _times(wanted, there) >= max(1, _times(wanted, form))


SHORT, LINES = 4, 60
"""The fewest words of such a line, which is shorter than a passage, and how many words away it is at most."""


def _times(wanted: list[str], words: Sequence[str]) -> int:
    return sum(list(words[at : at + len(wanted)]) == wanted for at in range(len(words) - len(wanted) + 1))
