"""A claim that a text makes twice is answered once: the second points to the first.

What enters: the answers of a text, in its order. What leaves: the same, each repetition with the number of the first.
Promise: two claims are one only where all that they say is equal, and their verdicts are.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.verdicts.answers import Answer


def repeated(answers: Sequence[Answer]) -> list[Answer]:
    """The same claim again points to the first answer."""
    seen: dict[object, int] = {}
    found = []
    for place, answer in enumerate(answers, 1):
        claim = answer.claim
        value = claim.figure.value if claim.figure else claim.topic or claim.agencies or claim.span
        key = (
            claim.shape,
            value,
            claim.unit,
            claim.model,
            claim.where.states,
            claim.when.windows,
            claim.pending,
            answer.verdict,
            claim.sense,
            claim.kind,
            claim.rank,
        )
        if claim.shape in ("growth", "multiple") and answer.verdict.startswith("arithmetic"):
            key = (claim.shape, value, answer.verdict)  # type: ignore[assignment]
        first = seen.setdefault(key, place)
        found.append(replace(answer, same_as=first) if first != place else answer)
    return found
