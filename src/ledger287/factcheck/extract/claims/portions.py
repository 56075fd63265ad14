"""A part and the total: 14 of the 88 counties.

What enters: one such amount with the sentence around it. What leaves: the claim on the part and the one on the total.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.attaching import of_the_state
from ledger287.factcheck.extract.amounts.doubts import ALL_OF_THEM, BODIES, takes_part
from ledger287.factcheck.extract.amounts.surroundings import Surroundings
from ledger287.factcheck.extract.amounts.units import unit_around
from ledger287.factcheck.extract.claims.counts import count_of
from ledger287.factcheck.extract.claims.making import claim_of, other_claim
from ledger287.factcheck.extract.model import Claim, SetAgainst, When, Where
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed

OPENS_TOTAL = when_needed(
    r"(?i)\b(?:most|none|all|half|some|few|many|several|majority|bulk|share|any|part|third|quarter|percent|%) of "
    r"(?:the |its |their |(?:[\w.]+ ){0,2}[\w.]+[’']s? )?$"
)
CLOSES_TOTAL = when_needed(
    r"(?: under 287\(g\))?(?: (?:in|across) (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)?)? "
    r"(?:is|are|was|were|follow|follows|use|fall|falls)\b"
)


def totals_of_words(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """The claims; a total without the model that a part of it has: most of Iowa's nine are jail agreements."""
    text, start = parsed.sentence.text, parsed.sentence.span.start

    def is_total(one: Claim) -> bool:
        behind = text[one.span.end - start :]
        counts = one.shape == "count" and bool(one.model) and one.figure is not None and one.figure.value > 0
        return counts and bool(OPENS_TOTAL.search(text[: one.span.start - start]) and CLOSES_TOTAL.match(behind))

    return [replace(one, model=None) if is_total(one) else one for one in claims]


def portion_claims(here: Surroundings) -> Iterator[Claim]:
    amount, whole = here.amount, here.amount.whole
    if whole is None:
        return
    noun, other = amount.noun, whole.noun
    if (noun and noun.other) or (other and other.other):
        yield other_claim(here, (noun and noun.other) or (other and other.other) or "other")
        return
    unit = (noun and noun.unit) or (other and other.unit) or unit_around(here)
    whole_unit = (other and other.unit) or unit
    if unit is None:
        return
    where = here.where()
    if whole_unit == "counties" or (whole_unit in ("sheriffs", "agencies") and other is None):
        yield replace(count_of(here, amount.figure, unit), terms=SetAgainst(whole=whole.figure))
        if whole_unit == "counties":
            yield replace(claim_of(here, "total", whole.figure, "counties"), where=where)
        return
    if unit == "states" and whole.figure.value == declared.states_alone():
        yield count_of(here, amount.figure, unit)
        return
    part = replace(count_of(here, amount.figure, unit), terms=SetAgainst(whole=whole.figure))
    if [token.text.lower() for token in here.ahead(2)] == ["all", "but"] and whole.figure.rule == "exact":
        rest = whole.figure.value - amount.figure.value
        left = replace(amount.figure, value=rest, low=rest, high=rest, said=f"all but {amount.figure.said}")
        part = replace(part, figure=left, sense="all_but")
    if amount.figure.value > 1 or amount.figure.said.strip().isdigit():
        yield part
    total = count_of(here, whole.figure, whole_unit or unit)
    if total.shape in ("left", "signed"):  # what happened, happened to the part
        total = replace(total, shape="count", when=total.when if total.shape == "left" else When())
    yield replace(
        total.worded(
            unsure=ALL_OF_THEM
            if whole_unit in BODIES and not takes_part(here)
            else DAY_OF_TOTAL
            if part.shape in ("left", "signed")
            else None
        ),
        where=where_of_whole(here, part.where),
        span=whole.figure.span,
        pending="PENDING" in kinds_of(here, whole),
        model=model_of_whole(here, part.model),
    )


DAY_OF_TOTAL = "of which day the total is, is not said"


def model_of_whole(here: Surroundings, model: str | None) -> str | None:
    """A model after the total belongs to it only in a clause of it: the 140 agencies with task force agreements."""
    whole, after = here.amount.whole, here.after(2)
    if whole and whole.noun and whole.noun.model:
        return whole.noun.model
    own = bool(after) and (
        after[0].text.lower() in ("that", "which", "who", "with")
        or after[0].kind == "SIGN"
        or (after[0].text.lower() == "under" and after[-1].kind != "PROGRAM")
    )
    return model if own and not _is_of_part(here, after[0].text.lower()) else None


VERBS = ("have", "has", "had", "are", "were", "is", "was", "hold", "holds", "held", "use", "run", "operate", "follow")


def _is_of_part(here: Surroundings, opener: str) -> bool:
    """Whether the model behind the total is said of the part: 30 of the 39 states with agreements have jail ones."""
    following = here.parsed.between(here.amount.last + 1, here.end())
    at = next((place for place, token in enumerate(following) if token.kind == "MODEL"), None)
    verbs = [token for token in following[1:at] if token.text.lower() in VERBS]
    return at is not None and len(verbs) > (1 if opener in ("that", "which", "who") else 0)


def kinds_of(here: Surroundings, amount: Amount) -> set[str]:
    return {token.kind for token in here.parsed.between(amount.first, amount.last + 1)}


def where_of_whole(here: Surroundings, part: Where) -> Where:
    tokens = here.parsed.tokens
    before = [
        place
        for place in range(1, here.amount.first)
        if tokens[place].kind == "PLACE" and tokens[place - 1].kind == "IN"
    ]
    behind = [token.kind for token in here.after(2)] == ["IN", "PLACE"]
    if (
        before
        or behind
        or of_the_state(here.amount)
        or not part.states
        or any(token.value in part.states for token in here.amount.whose)
    ):
        return part
    return Where((), True)
