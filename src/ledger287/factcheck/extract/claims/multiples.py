"""Multiples: tripled, twice as many as, a sixfold increase.

What enters: one multiple with the sentence around it. What leaves: a multiple over time, or a comparison of two states.
"""

from collections.abc import Iterator
from dataclasses import replace

from ledger287.factcheck.extract.amounts.surroundings import PLACES, Surroundings
from ledger287.factcheck.extract.amounts.units import tallied, unit_around
from ledger287.factcheck.extract.claims.comparing import comparison
from ledger287.factcheck.extract.claims.making import claim_of
from ledger287.factcheck.extract.model import Claim

COUNTS = {"count", "tally", "roster", "list", "ranks"}
"""Say of a place or the program that so many take part, by agreements or by agencies."""


def multiple_claims(here: Surroundings) -> Iterator[Claim]:
    kinds = here.parsed.kinds()
    text = here.amount.figure.said.lower()
    program = "PROGRAM" in kinds or any(token.text.lower() == "program" for token in here.parsed.tokens)
    counted = bool(COUNTS & {token.text.lower() for token in here.ahead(4)})
    if not ("twice" in text or "times" in text or program or counted or kinds & {"UNIT", "RISE"}):
        return
    unit = unit_apposed(here) or unit_around(here) or tallied(here) or ("partnerships" if counted else None)
    compared = comparison(here, unit or "agreements")
    if compared:
        yield compared
    elif unit or program:
        claim = claim_of(here, "multiple", here.amount.figure, unit or "agreements")
        start = count_before(here, claim)
        if start:
            yield replace(claim.compared(base=start), when=replace(claim.when, period=True))
        else:
            yield replace(claim, sense="than") if is_of_a_time(here) else claim


def count_before(here: Surroundings, claim: Claim) -> Claim | None:
    """``17 in February and twice as many by May``: what was counted first, of another day, is what grew."""
    after = [token.text.lower() for token in here.after(5)]
    many = next((at for at, word in enumerate(after) if word.split()[-1] == "many"), None)
    if "many" in here.amount.figure.said.lower().split():
        many = -1
    if many is None or many > 1 or not claim.when.windows or claim.when.since:
        return None
    following = here.parsed.between(here.amount.last + 2 + many, here.amount.last + 3 + many)
    counts = [one for one in here.earlier if one.shape == "count" and one.unit == claim.unit and one.when.windows]
    if not counts or not following or following[0].kind != "WHEN":
        return None
    start = counts[-1]
    earlier = max(one.last for one in start.when.windows) < min(one.first for one in claim.when.windows)
    return start.worded(role="from") if earlier else None


def unit_apposed(here: Surroundings) -> str | None:
    """``895 agreements with agencies in 40 states, a sixfold increase``: of what the sentence counts first."""
    ahead = [token.text.lower() for token in here.ahead(3)]
    apposed = "," in ahead and ahead[-1:] in ([","], ["a"], ["an"], ["nearly"], ["about"])
    counts = [one.unit for one in here.earlier if one.shape in ("count", "signed") and one.unit not in PLACES]
    return counts[0] if apposed and counts else None


def is_of_a_time(here: Surroundings) -> bool:
    """Whether the multiple is of the figure of a time: triple the number in January, twice as many as in May."""
    near = here.parsed.between(here.amount.last + 1, here.amount.last + 6)
    after = [word for token in near for word in token.text.lower().split()]
    of_those = "that" in after[:2] and bool({"there", "it", "they", "had"} & set(after[1:4]))
    return bool(OF_A_TIME & set(after[:4])) or of_those


OF_A_TIME = {"number", "figure", "total", "count", "level", "what", "many", "those", "ones"}
"""Behind a multiple, what was counted at another time."""
