"""The tokens and amounts of a sentence -> claims in the closed vocabulary.

What enters: one sentence, and what the text before it has settled. What leaves: its claims, each with
figure, unit, place, time and model as written. Promise: a number whose unit the sentence does not give
is no claim; a word that narrows what is counted and is not understood is kept as ``qualified``.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ledger287.factcheck.extract.amounts.doubts import BODIES
from ledger287.factcheck.extract.amounts.kinds import by_kind
from ledger287.factcheck.extract.amounts.links import tied
from ledger287.factcheck.extract.amounts.placing import placed
from ledger287.factcheck.extract.amounts.surroundings import Surroundings
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.claims.counts import counted_claims, is_place_in_order
from ledger287.factcheck.extract.claims.making import other_claim
from ledger287.factcheck.extract.claims.multiples import multiple_claims
from ledger287.factcheck.extract.claims.own_places import of_their_own
from ledger287.factcheck.extract.claims.portions import portion_claims, totals_of_words
from ledger287.factcheck.extract.claims.shares import percent_claims, share_of
from ledger287.factcheck.extract.claims.subjects import of_subject
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.contests import is_elsewhere, owned
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed

NO_OTHER = "whether these have other models as well is not plain"


def claims_in(parsed: Parsed, behind: Background) -> list[Claim]:
    """The claims of one sentence, in the order of their figures."""
    if not parsed.amounts:
        return []
    parsed = _without_field(parsed)
    parsed = replace(parsed, amounts=owned(parsed.tokens, _apart(parsed)))
    spots = times(parsed.tokens, parsed.amounts, behind)
    found: list[Claim] = []
    for number, amount in enumerate(parsed.amounts):
        found += claims_of(Surroundings(parsed, number, amount, spots, behind, found))
    found = [_alone(claim) for claim in placed(parsed, tied(found, behind.published))]
    found = of_their_own(parsed, by_kind(parsed, of_subject(parsed, totals_of_words(parsed, found))))
    return distinguished(found)


def _alone(claim: Claim) -> Claim:
    """A model "and no other" is said of agencies; of agreements it is the model alone, of places it is not plain."""
    if claim.model is None or not claim.model.startswith("=") or (claim.unit in BODIES and claim.shape == "count"):
        return claim
    plain = replace(claim, model=claim.model.removeprefix("="))
    return (
        plain if claim.unit in ("agreements", "partnerships") else plain.worded(unsure=claim.wording.unsure or NO_OTHER)
    )


def _without_field(parsed: Parsed) -> Parsed:
    """``ranks second in the country, with 259``: the country is whom a state is ranked among, not where it counts."""
    tokens = [
        replace(token, kind="WORD") if token.kind == "NATION" and at and parsed.tokens[at - 1].kind == "RANK" else token
        for at, token in enumerate(parsed.tokens)
    ]
    return replace(parsed, tokens=type(parsed.tokens)(tokens))


NEXT_TO = 12
"""Characters between two counts that are next to each other: 40 agreements held by 31 agencies."""


def distinguished(claims: list[Claim]) -> list[Claim]:
    """Where one sentence counts agencies and agreements of one place, neither may be taken for the other."""

    def key(one: Claim) -> object:
        return one.where.states, one.where.counties, one.model, one.when.windows

    counts = [one for one in claims if one.shape == "count" and not one.pending]
    agencies = {key(one) for one in counts if one.unit in BODIES}
    agreements = {key(one) for one in counts if one.unit == "agreements"}
    both = agencies & agreements
    next_to = {
        id(one)
        for first, second in pairwise(counts)
        if (first.unit == "agreements") != (second.unit == "agreements")
        and {first.unit, second.unit} <= {*BODIES, "agreements"}
        and (first.where, first.model) == (second.where, second.model)
        and 0 <= second.span.start - first.span.end <= NEXT_TO
        for one in (first, second)
    }
    return [
        one.worded(distinct=True)
        if one in counts and (key(one) in both or id(one) in next_to) and one.unit in (*BODIES, "agreements")
        else one
        for one in claims
    ]


def _apart(parsed: Parsed) -> tuple[Amount, ...]:
    """``486 police departments, compared with 731 sheriffs``: two counts of one day, no rise from one to the other."""
    found = list(parsed.amounts)
    for at in range(1, len(found)):
        before, amount = found[at - 1], found[at]
        units = [one.noun.unit if one.noun else None for one in (before, amount)]
        link = parsed.tokens[amount.first].text.lower()
        apart = None not in units and len(set(units)) > 1
        if (
            amount.role == "from"
            and link.startswith(("compared", "versus", "against"))
            and (apart or _of_models(parsed, before, amount) or is_elsewhere(parsed.tokens, amount))
        ):
            found[at] = replace(amount, role="", first=amount.first + 1)
        elif _is_further_start(parsed, before, amount):
            found[at] = replace(amount, role="from")
    return tuple(found)


def _is_further_start(parsed: Parsed, before: Amount, amount: Amount) -> bool:
    """``79, up from 25 on Jan. 1 and nine last October``: nine is a second number that 79 is compared with."""
    if before.role != "from" or amount.role or amount.noun or amount.kind != "counted":
        return False
    between = parsed.between(before.last + 1, amount.first)
    after = parsed.between(amount.last + 1, amount.last + 4)
    joined = bool(between) and between[-1].text.lower() in ("and", ",")
    return joined and all(any(one.kind == "WHEN" for one in tokens) for tokens in (between, after))


def _of_models(parsed: Parsed, before: Amount, amount: Amount) -> bool:
    """Whether two amounts side by side are of two models: 797 task force agreements, compared with 153 for jails."""
    own = [one.value for one in parsed.between(before.first, amount.first) if one.kind == "MODEL"]
    after = parsed.between(amount.last + 1, amount.last + 5)
    other = [one.value for one in after if one.kind == "MODEL"]
    noun = amount.noun.model if amount.noun else None
    return len(set(own)) == 1 and bool(other or noun) and own[0] not in (*other, noun)


def claims_of(here: Surroundings) -> Iterator[Claim]:
    kind = here.amount.kind
    if is_place_in_order(here):
        return
    if kind == "percent":
        yield from percent_claims(here)
    elif kind == "points":
        yield other_claim(here, "percentage points")
    elif kind == "ratio":
        yield share_of(here)
    elif kind == "multiple":
        yield from multiple_claims(here)
    elif kind == "money":
        yield other_claim(here, "money")
    elif kind == "portion":
        yield from portion_claims(here)
    else:
        yield from counted_claims(here)
