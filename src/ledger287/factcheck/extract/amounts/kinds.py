"""Agreements counted by the kind of agency that has them: municipal police account for 123 of the 558 agreements.

What enters: a parsed sentence and its claims. What leaves: the claims, those of one kind of agency with that kind.
Promise:
the kind is right before the verb, and the verb right before the figure.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.extract.amounts.doubts import KINDS
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

VERBS = ("hold", "holds", "have", "has", "account", "accounts", "make", "makes", "represent", "represents", "held",
         "had", "accounted", "made", "with")  # fmt: skip
BETWEEN = ("now", "currently", "for", "up", "alone", "also", "together", "already")
HELD_BY = ("held", "with", "by", "are", "were", "is", "belong", "to", "local", "county")


def by_kind(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with the kind of agency whose agreements each counts."""
    if not any(token.kind == "UNIT" and token.value in KINDS for token in parsed.tokens):
        return list(claims)
    return [_of_kind(parsed, claim, list(claims[:at])) for at, claim in enumerate(claims)]


def _of_kind(parsed: Parsed, claim: Claim, earlier: Sequence[Claim]) -> Claim:
    if (
        claim.figure is None
        or claim.kind
        or claim.sense not in ("", "of_place")
        or claim.pending
        or claim.shape not in ("count", "share")
    ):
        return claim
    kind = _kind_before(parsed, claim)
    behind = _kind_behind(parsed, claim) if kind is None and claim.shape == "share" else None
    if behind and claim.unit in ("agreements", "partnerships") and not claim.model:
        return replace(claim.worded(unsure=None), unit="agreements", kind=behind, sense="")
    if kind is None:
        return claim
    of_agreements = claim.unit in ("agreements", "partnerships")
    again = claim.unit in ("agencies", *KINDS) and claim.shape == "count" and _has_no_noun(parsed, claim)
    if of_agreements or (again and any(one.unit == "agreements" for one in earlier)):
        return replace(claim.worded(unsure=None, distinct=True), unit="agreements", kind=kind, sense="")
    return claim


def _kind_before(parsed: Parsed, claim: Claim) -> str | None:
    """The kind right before the verb of a figure."""
    before = [token for token in parsed.tokens if token.span.end <= claim.span.start]
    said: list[Token] = []
    while before and (before[-1].text.lower() in (*VERBS, *BETWEEN) or before[-1].kind in ("WHEN", "HEDGE")):
        said.append(before.pop())
    verb = any(token.text.lower() in VERBS for token in said)
    while verb and before and before[-1].kind in ("PLACE", "NATION", "STATEWIDE", "IN"):
        before.pop()
    if not verb or not before or before[-1].kind != "UNIT" or before[-1].value not in KINDS:
        return None
    lead = before[-2] if len(before) > 1 else None
    alone = lead is None or lead.kind in ("MARK", "WHEN", "FILL") or lead.text.lower() in ("and", "while", "but", "the")
    joined = lead is not None and lead.text.lower() == "and" and len(before) > 2 and before[-3].kind == "UNIT"
    return before[-1].value if alone and not joined else None


def _kind_behind(parsed: Parsed, claim: Claim) -> str | None:
    """The kind that closes a share: a third of Florida's agreements are with sheriff's offices."""
    after = [token for token in parsed.tokens if token.span.start >= claim.span.end]
    verb = next((at for at, token in enumerate(after) if token.text.lower() in ("are", "were", "is", "belong")), None)
    if verb is None:
        return None
    said = [token for token in after[verb + 1 :] if token.text.lower() not in HELD_BY]
    closed = len(said) == 1 or (len(said) > 1 and said[1].kind in ("MARK", "WHEN"))
    return said[0].value if said and closed and said[0].kind == "UNIT" and said[0].value in KINDS else None


def _has_no_noun(parsed: Parsed, claim: Claim) -> bool:
    within = [one for one in parsed.tokens if claim.span.start <= one.span.start < claim.span.end]
    return not any(one.kind == "UNIT" for one in within)
