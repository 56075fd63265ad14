"""Whether a named agency holds an agreement now: by the newest list of the story's day, not by any of the week before.

What enters: claims of shape ``holds`` that state no day or one day, and the answer by the newest list. What leaves: the
answer; "cannot tell" with both lists where an earlier one of the same days still had what the newest one has not.
Promise: a list that is named for what is held has the row.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Claim, Days, When
from ledger287.factcheck.extract.statements.named.signing import enough_models
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.measures.readings import moment, rules
from ledger287.factcheck.verdicts.answers import Answer, Evidence

if TYPE_CHECKING:
    from ledger287.ledger.query.history import ListedRun


def is_of_now(claim: Claim, windows: Sequence[Days]) -> bool:
    """Whether the days of a claim are a story's now, or one day, of which the newest list tells."""
    if len(windows) != 1:
        return False
    stated = bool(claim.when.windows) and not claim.when.since
    return windows[0].length <= (1 if stated else rules()["now"]["days"] + 1)


def last_with(claim: Claim, runs: "Sequence[ListedRun]", places: Sequence[int]) -> int:
    """The last of some lists that has what a claim says is held; the last of all where none has."""
    if not places:
        return -1
    there = [min(run.last, places[-1]) for run in runs if under(claim.model, run.model)] if claim.sense == "" else []
    return max(there, default=places[-1])


def held_before(answer: Answer, published: Days | None, index: Index) -> Answer:
    """An answer that an agency does not hold now what an earlier list of the same days still has: with both lists."""
    claim = answer.claim
    if claim.sense or answer.verdict not in ("contradicted", "was_true") or not answer.measure.startswith("holds"):
        return answer
    asked = replace(claim, when=When()) if claim.when.since else claim
    windows = moment(asked, published, index).windows
    if not is_of_now(claim, windows):
        return answer
    places = index.window(windows[0].first, windows[0].last)
    earlier = next((place for place in reversed(places[:-1]) if _holds(claim, place, index)), None)
    if earlier is None:
        return answer
    old, new = index.lists[earlier], index.lists[places[-1]]
    reason = (
        f"the list of {brief(old.day)} still has what is said to be held, and the newest by the story's day, of "
        f"{brief(new.day)}, has not."
    )
    names = ", ".join(index.agencies[agency][0] for agency in claim.agencies)
    shown = Evidence("holds", f"{names}: on the list", 1.0, None, None, old.day, old.file, old.sha256)
    return replace(answer, verdict="cannot_tell", reason=reason, evidence=(shown, *answer.evidence), right=(),
                   settles="which of the two lists is meant")  # fmt: skip


def _holds(claim: Claim, place: int, index: Index) -> bool:
    """Whether an agency has on one list what a claim says."""
    for agency in claim.agencies:
        models = {run.model for run in index.runs if run.agency_id == agency and run.first <= place <= run.last}
        meant = [model for model in models if under(claim.model, model)]
        alone = claim.model is None or not claim.model.startswith("=") or len(meant) == len(models)
        if alone and enough_models(claim, models if claim.under else meant):
            return True
    return False
