"""Passages that a text layer has in another place than the page: left out here and put in there is no change.

What enters: the places in which a document differs. What leaves: the same without the pairs that are one passage; what
differs within such a passage remains. The module promises that a passage is only taken for another where most of its
words are the same.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.sources.documents.versions.clause_change import ClauseChange, Kind
from ledger287.sources.documents.versions.effects import effect_of
from ledger287.sources.documents.versions.slips import fills, is_slip

LONG = 8
"""The fewest words of a passage."""
SAME = 0.8
"""The share of its words that must be the same in the other place."""
AROUND = 120
"""How far before and behind, in words of the form, a passage can be that a text layer has twice."""


def without_moved(changes: Sequence[ClauseChange]) -> tuple[ClauseChange, ...]:
    """Changes without the passages that are left out in one place and put in in another."""
    found = list(changes)
    for gone in changes:
        before = gone.before.split()
        if len(before) < LONG:
            continue
        for come in found:
            after = come.after.split()
            if come is gone or len(after) < LONG or gone not in found:
                continue
            if (rest := _within(before, after, come.before.split())) is None:
                continue
            place = found.index(gone)
            found = [one for one in found if one is not gone and one is not come]
            found[place:place] = [_part(gone, come, old, new) for old, new in rest]
            break
    return tuple(found)


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
        if step.tag != "equal" and not is_slip(old, new) and not (not old and fills(instead, new)):
            rest.append((old, new))
    return rest


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
