"""Percentages and portions of a total: shares of agreements, and growth.

What enters: one percentage or portion with the sentence around it. What leaves: a share or a growth. Promise: of
what the share is follows from the sentence; where it does not, the claim says so.
"""

from collections.abc import Iterator
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.doubts import BODIES, KINDS
from ledger287.factcheck.extract.amounts.surroundings import PLACES, Surroundings
from ledger287.factcheck.extract.amounts.units import kind_of_share, unit_around, unit_of_share
from ledger287.factcheck.extract.claims.making import claim_of, other_claim
from ledger287.factcheck.extract.model import Claim, Sense, When
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.numbers import hedges
from ledger287.factcheck.parse.tokens import POSSESSIVE

NO_PART = "it was not understood which part of the place's own total the share is"


def percent_claims(here: Surroundings) -> Iterator[Claim]:
    kinds = {token.kind for token in here.near(4)}
    direct = {token.kind for token in here.parsed.between(here.amount.last + 1, here.amount.last + 3)}
    ahead = [token.text.lower() for token in here.ahead(2)]
    moved = ahead[-1:] in (["up"], ["down"]) and not set(ahead) & words("sharing")
    if direct & {"RISE", "FALL"} or moved or (kinds & {"RISE", "FALL"} and not here.is_share()):
        falling = ("FALL" in kinds and "RISE" not in kinds) or ahead[-1:] == ["down"]
        claim = claim_of(here, "growth", here.amount.figure, unit_around(here) or "agreements")
        yield claim.compared(falls=falling)
    elif here.is_share() or is_other_end(here):
        yield share_of(here)
    else:
        yield other_claim(here, "percent")


def is_other_end(here: Surroundings) -> bool:
    """Whether a percentage is what a share before it came from or went to: 12%, down from 44%."""
    role = here.amount.role
    return bool(role) and any(claim.shape == "share" and claim.wording.role != role for claim in here.earlier)


def share_of(here: Surroundings) -> Claim:
    claim = claim_of(here, "share", here.amount.figure, unit_of_share(here), where_subject=True)
    if claim.unit in KINDS and is_predicate(here):
        return replace(claim, unit="agencies", kind=claim.unit, sense="")
    if here.amount.figure.said.lower() in hedges()["portions"]:
        return share_of_last(here, claim)
    models = {token.value for token in here.parsed.tokens if token.kind == "MODEL"}
    if not claim.model and not claim.where.states and len(models) == 1:
        claim = replace(claim, model=models.pop())
    if here.restates() and here.earlier:
        part = next((one for one in reversed(here.earlier) if one.whole), here.earlier[-1])
        return replace(claim, model=part.model, where=part.where, when=part.when)
    if here.pending(claim.unit):
        return replace(claim, pending=True)
    if is_of_place_by_model(here, claim):
        return replace(claim, sense="of_place")
    if claim.model and claim.where.states and (turned := SHARE_OF.search(text_before(here))):
        own = POSSESSIVE.search(turned["owner"]) is not None
        return replace(claim, sense="of_place") if own else claim.worded(unsure=NO_PART)
    if is_of_own(here, claim.unit) and claim.where.states:
        only = models.pop() if len(models) == 1 else None
        return replace(claim.worded(unsure=None if only else NO_PART), model=only, sense="of_place" if only else "")
    if is_of_places_bodies(here):
        return claim.worded(unsure=NO_PART)
    after = here.parsed.between(here.amount.last + 1, here.end())
    kind = kind_of_share(here)
    if kind and claim.unit in ("agencies", "partnerships"):
        return replace(claim, kind=kind, sense="")
    signed = any(
        token.kind == "SIGN" and token.text.lower() in ("signed", "added", "approved", "joined", "sign")
        for token in after
    )
    since = here.spots.since
    if signed and since and not (claim.when.period or claim.when.since) and _is_now(claim.when):
        return replace(claim, when=since, sense="signed")
    if signed and claim.when.windows and (claim.when.period or claim.when.since):
        return replace(claim, sense="signed")
    return claim


SHARE_OF = when_needed(
    r"(?i)\b(?:share|percentage|proportion|portion) of (?:all |the )*(?P<owner>[\w’']+(?: [\w’']+)?)"
)
"""A share that is named before its figure: the share of Ohio's agreements under the jail model is 10%."""


def text_before(here: Surroundings) -> str:
    """What the sentence says before the amount."""
    first = here.parsed.tokens[here.amount.first].span.start - here.parsed.sentence.span.start
    return here.parsed.sentence.text[:first]


def share_of_last(here: Surroundings, claim: Claim) -> Claim:
    """``148 agreements, almost all under the jail model``: the share by that model of what was just counted."""
    counted = [one for one in here.earlier if one.shape in ("count", "signed") and one.unit not in PLACES]
    if not counted or not claim.model or counted[-1].shape == "signed":
        return claim.worded(unsure=NO_PART)
    last = counted[-1]
    if here.amount.figure.said.lower() == "both" and not (last.figure and last.figure.value == 2):
        return claim.worded(unsure=NO_PART)
    sense: Sense = "of_place" if last.where.states else ""
    return replace(claim, unit=last.unit, where=last.where, when=last.when, sense=sense)


def is_of_own(here: Surroundings, unit: str) -> bool:
    """Whether a share is of one place's own: four in five of Missouri's 96 agreements."""
    after = here.after(4)
    owner = next((token for token in after if token.kind in ("PLACE", "STATEWIDE")), None)
    opens = bool(after) and after[0].text.lower() == "of"
    return opens and owner is not None and bool(POSSESSIVE.search(owner.text)) and unit not in PLACES


OF_ALL = ("of", "the", "all")


def is_of_places_bodies(here: Surroundings) -> bool:
    """Whether a share is of all who might sign in one place: three in four Texas sheriffs have signed up."""
    end = here.amount.figure.span.end
    behind = [one for one in here.parsed.tokens if one.span.start >= end and one.text.lower() not in OF_ALL]
    unit = next((one for one in behind[1:] if one.kind != "FILL"), None)
    return bool(behind) and behind[0].kind == "PLACE" and unit is not None and unit.value in BODIES


def is_predicate(here: Surroundings) -> bool:
    """Whether a kind of agency is what the share is said to be: 60 percent are sheriff's offices."""
    after = here.after(1)
    return bool(after) and after[0].text.lower() in ("are", "were", "is", "being")


def is_of_place_by_model(here: Surroundings, claim: Claim) -> bool:
    """Whether a share is of a state's own agreements: nine in 10 Ohio agreements use the task force model."""
    tokens = here.parsed.between(here.amount.first, here.end())
    model = next((at for at, token in enumerate(tokens) if token.kind == "MODEL"), None)
    unit = next((at for at, token in enumerate(tokens) if token.kind == "UNIT"), None)
    if (
        claim.unit not in ("agreements", "partnerships")
        or model is None
        or unit is None
        or unit > model
        or not claim.where.states
        or not claim.model
    ):
        return False
    verb = any(token.text.lower() in words("verbs") for token in tokens[unit:model])
    return verb and not any(token.kind == "PLACE" for token in tokens[model:])


def _is_now(when: When) -> bool:
    """Whether a time is the story's own: today's agreements."""
    return not when.windows or when.said.lower().startswith(("today", "now", "current"))
