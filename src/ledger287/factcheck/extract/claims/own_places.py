"""Counts that are of a place or a model named next to them, where the clause before has another one.

What enters: a parsed sentence and its claims. What leaves: the claims; "behind Texas with 50" counts in Texas, and
"four sheriffs — Kane, Beaver, … — have task force agreements" counts those of that model. Promise: only a number right
behind a place that is compared with, or names between two dashes right behind what is counted; whether a number of
another place is of the model of the clause before it is not plain where it says what it counts.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.extract.model import Claim, Where
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

COMPARED = ("than", "behind", "trailing", "trails", "trail", "after", "ahead", "follows", "following", "beat", "beats",
            "passed", "overtook", "leads", "outpaces", "topping")  # fmt: skip
"""Right before a place: another one is set against it."""
JOINED = ("with", "at", "with its", "and its")
OF_ITS_MODEL = "whether it is of the model of the clause before it is not plain"
DASHES = ("—", "–")


def of_their_own(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those of a place of their own with it, and those with names between dashes with the model behind."""
    return [_with_model(parsed, _placed(parsed, one)) for one in claims]


def _placed(parsed: Parsed, claim: Claim) -> Claim:
    if claim.shape != "count" or claim.figure is None:
        return claim
    tokens = parsed.tokens
    at = next((at for at, one in enumerate(tokens) if one.span.end > claim.figure.span.start), 0)
    place = _compared_with(tokens, at)
    if place is None:
        return claim
    there = place.value in claim.where.states
    made = claim if there else replace(claim, where=Where((place.value,), True, place.text))
    named = [one for one in tokens if one.kind == "MODEL" and place.span.end <= one.span.start < claim.span.end + 1]
    noun = any(one.kind == "UNIT" and claim.figure.span.end <= one.span.start < claim.span.end for one in tokens)
    return made.worded(unsure=made.wording.unsure or OF_ITS_MODEL) if claim.model and noun and not named else made


def _compared_with(tokens: Sequence[Token], at: int) -> Token | None:
    """The place right before a number, and set against another: behind Texas with 50; than Texas, at 50."""
    if at < 3 or tokens[at - 1].text.lower() not in JOINED:
        return None
    place = at - 2 - (tokens[at - 2].text == ",")
    if place < 1 or tokens[place].kind != "PLACE":
        return None
    before = " ".join(one.text.lower() for one in tokens[max(place - 2, 0) : place]).split()
    pair = " ".join(before[-2:])
    return tokens[place] if before[-1] in COMPARED or pair in ("ahead of", "followed by") else None


def _with_model(parsed: Parsed, claim: Claim) -> Claim:
    """A count with the model that its verb has behind names between dashes."""
    if claim.shape != "count" or claim.figure is None or claim.model is not None:
        return claim
    tokens = parsed.tokens
    first = next((at for at, one in enumerate(tokens) if one.span.start >= claim.span.end), None)
    if first is None or tokens[first].text not in DASHES:
        return claim
    last = next((at for at in range(first + 1, len(tokens)) if tokens[at].text in DASHES), None)
    if last is None:
        return claim
    behind = [one for one in tokens[last + 1 : last + 6] if one.kind != "FILL"]
    held = bool(behind) and behind[0].text.lower() in HAVING
    models = {one.value for one in behind if one.kind == "MODEL"}
    return replace(claim, model=models.pop()) if held and len(models) == 1 else claim


HAVING = ("have", "has", "hold", "holds", "signed", "had", "held")
