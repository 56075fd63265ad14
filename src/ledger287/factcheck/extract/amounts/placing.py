"""Places of claims that only the sentence as a whole settles: all but some states; two counts of one place.

What enters: a parsed sentence and the claims of its figures. What leaves: the claims, with such places. Promise: a
place is moved only where the words between the two figures say no more than that the one holds the other.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from ledger287.core import declared
from ledger287.factcheck.extract.amounts.doubts import BODIES, EACH_OR_ALL
from ledger287.factcheck.extract.amounts.surroundings import PLACES
from ledger287.factcheck.extract.model import Claim, Figure, Span, Where
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

HOLDING = (
    "hold",
    "holds",
    "held",
    "have",
    "has",
    "had",
    "with",
    "signed",
    "that",
    "which",
    "together",
    "a",
    "total",
    "of",
)
BOUNDS = ("over", "least", "below", "most")
MOST_OF_ONE = 500
"""More agreements than any one state has had: so many are those of all of them together."""


def placed(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with the places that they share, or that are left out."""
    return _with_territories(parsed, _apart(parsed, _each_or_all(parsed, _shared(parsed, list(claims)))))


def _between(parsed: Parsed, one: Claim, other: Claim) -> Sequence[Token]:
    return [token for token in parsed.tokens if one.span.end <= token.span.start and token.span.end <= other.span.start]


def _shared(parsed: Parsed, claims: list[Claim]) -> list[Claim]:
    """``37 agencies hold 33 agreements in South Carolina``: both are counts of that state."""
    for at in range(len(claims) - 1):
        one, other = claims[at], claims[at + 1]
        bodies = one.unit in BODIES and other.unit == "agreements" and one.shape == other.shape == "count"
        if not bodies or one.where.states or one.where.said == "the nation" or not other.where.states:
            continue
        between = _between(parsed, one, other)
        if all(token.text.lower() in HOLDING for token in between) and len(between) <= 4:
            claims[at] = replace(one, where=other.where)
    return claims


def _each_or_all(parsed: Parsed, claims: list[Claim]) -> list[Claim]:
    """``Nine states with more than 40 agreements``: not each of them, nor all together, is taken for granted."""
    for at in range(len(claims) - 1):
        one, other = claims[at], claims[at + 1]
        states = one.unit == "states" and other.unit not in PLACES and one.shape == other.shape == "count"
        if not states or not (other.figure and other.figure.rule in BOUNDS and other.figure.value < MOST_OF_ONE):
            continue
        between = [token.text.lower() for token in _between(parsed, one, other)]
        if set(between) & {"have", "has", "had", "with"} and not set(between) & {",", "and", "combined"}:
            claims[at] = one.worded(unsure=one.wording.unsure or EACH_OR_ALL)
            claims[at + 1] = other.worded(unsure=other.wording.unsure or EACH_OR_ALL)
    return claims


TERRITORIES = frozenset(code.code for code in declared.territories())
JOINING = ("and", "plus", "as", "well", "along", "with", "the", "territory", "of", "territories", "us", "u.s")
"""What may be between a number of states and a territory named with it."""


def _with_territories(parsed: Parsed, claims: list[Claim]) -> list[Claim]:
    """``39 states and Guam``: the states are counted, and the territory has an agreement, which is a claim as well."""
    found: list[Claim] = []
    for claim in claims:
        found.append(claim)
        if claim.unit != "states" or claim.shape != "count":
            continue
        named: list[Token] = []
        for token in (one for one in parsed.tokens if one.span.start >= claim.span.end):
            if token.kind == "PLACE" and token.value in TERRITORIES:
                named.append(token)
            elif not (token.text in (",", "+", "&") or token.text.lower() in JOINING or token.kind == "UNIT"):
                break
        for token in named:
            figure = Figure(1.0, 1.0, math.inf, "least", token.span, token.text)
            found.append(
                replace(
                    claim.worded(spelled=True, unsure=None, qualified=None),
                    unit="agreements",
                    figure=figure,
                    where=Where((token.value,), True, token.text),
                    terms=None,
                    span=Span(claim.span.end, token.span.end),
                )
            )
    return found


def _apart(parsed: Parsed, claims: list[Claim]) -> list[Claim]:
    """``Outside Florida and Texas, 880 agreements``: of every other state and territory."""
    for place, token in enumerate(parsed.tokens):
        if token.kind != "OUTSIDE" or token.value != "apart":
            continue
        named: list[Token] = []
        for one in parsed.tokens[place + 1 :]:
            if one.kind == "PLACE":
                named.append(one)
            elif not named or not (one.text == "," or one.text.lower() == "and"):
                break
        if not named:
            continue
        joined = [
            one.text.lower() for one in parsed.tokens if named[0].span.end <= one.span.start < named[-1].span.start
        ]
        if len(named) > 1 and not {"and", "or"} & set(joined):
            named = named[:1]  # outside Florida, Texas has the most
        left_out = tuple(dict.fromkeys(one.value for one in named))
        every = [code.code for code in declared.states() + declared.territories()]
        rest = Where(tuple(code for code in every if code not in left_out), True, token.text, outside=left_out)
        opens = place == 0 or parsed.tokens[place - 1].text in (",", ";", "But", "And")
        behind = [at for at, one in enumerate(claims) if one.span.end <= token.span.start]
        mine = range(len(claims)) if opens and not behind else behind[-1:]
        others = [one for one in parsed.tokens if one.kind == "PLACE" and one.value not in left_out]
        if opens and any(one.span.start > token.span.start for one in others):
            continue  # outside Florida, Texas has the most: a state among the rest is meant
        for at in mine:
            claims[at] = _left_out(claims[at], rest)
    return claims


def _left_out(claim: Claim, rest: Where) -> Claim:
    counted = claim.shape in ("count", "signed") and claim.unit not in ("states", "territories")
    elsewhere = claim.where.states and not set(claim.where.states) <= set(rest.outside)
    if not counted or elsewhere or claim.where.counties:
        return claim
    return replace(
        claim.worded(named=(), qualified=None if claim.wording.qualified == "outside" else claim.wording.qualified),
        where=rest,
    )
