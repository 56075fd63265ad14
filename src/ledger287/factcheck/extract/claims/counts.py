"""Amounts that count: how many there were on a day, came, left or are pending.

What enters: one amount with the sentence around it. What leaves: its claims. Promise: a number that
counts nothing of the record is no claim on it; a figure to come, or of those who stay out, is kept as a claim on
something else.
"""

from collections.abc import Iterator
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.clauses_on_names import clauses_on_names
from ledger287.factcheck.extract.amounts.doubts import (
    BODIES,
    DAY_OF_SIGNING,
    NOT_OF_ALL,
    is_of_state_itself,
    is_possessed,
    stays_out,
)
from ledger287.factcheck.extract.amounts.surroundings import PLACES, Surroundings
from ledger287.factcheck.extract.amounts.units import has_other_noun, is_of_unclear, kind_of_them, unit_of
from ledger287.factcheck.extract.claims.comparing import change_of, comparison
from ledger287.factcheck.extract.claims.making import claim_of, other_claim
from ledger287.factcheck.extract.model import Claim, Figure, PerTime, Sense, Shape, When

FORBIDDING = when_needed(
    r"(?i)\b(?:prohibit|ban(?:s|ned)?\b|forbid|outlaw|bar(?:s|red)?\b|restrict|require|mandat)"
    r"|\b(?:have|has|with|passed|enacted|adopted)\b.{0,30}\b(?:laws?(?! enforcement)|polic(?:y|ies)|statutes?|bans?)\b"
)
YEARS = range(1980, 2060)
"""Whole numbers that are taken for years where no plural follows them."""
COUNTED = (*BODIES, *PLACES, "agreements", "partnerships", "applications")
"""Units that the record counts."""
NOT_HELD = ("people", "arrests", "officers", "training", "money")
"""Units of things that the record does not hold."""


def counted_claims(here: Surroundings) -> Iterator[Claim]:
    noun = here.amount.noun
    if noun and noun.other:
        yield rate_of(here) or other_claim(here, noun.other)
        return
    if is_of_unclear(here):
        yield other_claim(here, "number")
        return
    other_nouns = [token for token in here.after(2) if token.kind == "OTHER"]
    if noun is None and other_nouns and has_other_noun(here):
        yield rate_of(here) or other_claim(here, other_nouns[0].value)
        return
    if here.is_duration():
        yield from lasting_claims(here)
        return
    rate = rate_of(here)
    if rate:
        yield rate
        return
    them = here.of_them()
    unit = kind_of_them(here) or (them.unit if them and not (noun and noun.unit) else unit_of(here))
    unit = unit or ("agreements" if is_of_total(here) else None)
    if unit is None or is_idle(here, unit):
        return
    if here.is_foretold():
        yield other_claim(here, "to come" if unit in COUNTED else unit)
        return
    if unit in NOT_HELD or (stays_out(here, unit) and not here.pending(unit)):
        yield other_claim(here, unit)
        return
    figure = here.amount.figure
    compared = comparison(here, unit) or change_of(here, unit)
    if compared:
        yield compared
    elif is_whole_of_places(here, unit):
        yield claim_of(here, "total", figure, "counties")
    elif unit == "counties" and not each_has(here) and (is_possessed(here) or is_of_place_itself(here)):
        yield claim_of(here, "total", figure, unit)
    elif unit == "states" and is_forbidding(here):
        yield replace(other_claim(here, "law"), unit="law")
    else:
        yield from claims_of_count(here, figure, unit, them)


def is_of_total(here: Surroundings) -> bool:
    """Whether a bare number is that of a model, of all agreements: of the total, 844 are under the task force model."""
    said = " ".join(token.text.lower() for token in here.ahead(4) if token.kind != "MARK")
    opens = said in ("of the total", "of that total", "out of the total", "of the agreements") and not here.earlier
    models = {token.value for token in here.after(12) if token.kind == "MODEL"}
    return opens and here.amount.noun is None and len(models) == 1


def is_idle(here: Surroundings, unit: str) -> bool:
    """Whether the number counts nothing here: one as a pronoun, the states named behind it, "no" of an agency."""
    figure, noun = here.amount.figure, here.amount.noun
    if is_year(here):
        return True
    if figure.value == 3 and noun is None and [one.text.lower() for one in here.ahead(1)] == ["of"] and (
        figure.said.lower() == "the three" and "MODEL" in here.parsed.kinds()
    ):  # fmt: skip
        return True  # the most far-reaching of the three
    if unit == "states" and is_place_in_order(here):
        return True
    if noun is None and here.earlier and [one.text.lower() for one in here.ahead(2)] == ["all", "but"]:
        return True  # all but two of them: read as those that are left
    if figure.value == 1 and (figure.rule != "exact" or [one.text.lower() for one in here.ahead(1)] == ["not"]):
        return True
    last = next((one for one in reversed(here.parsed.amounts[: here.number])), None)
    if unit in PLACES and last is not None and is_of_one_place(replace(here, number=here.number - 1, amount=last)):
        return True  # 85 of them in one county
    if figure.value == 1 and figure.rule == "exact" and not figure.said.strip().isdigit():
        return not (noun and noun.unit) and not here.is_each() and not one_by_model(here)
    if figure.value == 0:
        named = any(token.kind == "NAME" for token in here.parsed.tokens[: here.amount.first])
        named = named and here.amount.role != "from"
        return named or any(claim.sense == "without" for claim in here.earlier)
    return unit in PLACES and enumerates(here, figure)


AMONG_THE_MOST = when_needed(
    r"\b(?:among|one of) the (?:two|three|four|five|six|seven|eight|nine|ten|\d+) states (?:with|that have|having) the "
    r"(?:most|fewest)\b"
)


def is_place_in_order(here: Surroundings) -> bool:
    """Whether a number is the last place that is meant: among the three states with the most."""
    found = AMONG_THE_MOST.search(here.parsed.sentence.text)
    at = here.amount.figure.span.start - here.parsed.sentence.span.start
    return found is not None and found.start() <= at < found.end()


def one_by_model(here: Surroundings) -> bool:
    """Whether "one" counts by model in a list of such counts: eight under the jail model and one with a task
    force."""
    after = [token.kind for token in here.after(4)]
    counted = [one for one in here.earlier if one.model and one.shape == "count"]
    return "MODEL" in after and bool(counted) and not {"NUM", "PLACE", "NAME"} & set(after)


def is_year(here: Surroundings) -> bool:
    """Whether a bare number is a year before a noun that is not counted: 2025 state law."""
    said, noun = here.amount.figure.said.strip(), here.amount.noun
    if not said.isdigit() or int(said) not in YEARS:
        return False
    last = noun.words[-1] if noun and noun.words else ""
    return noun is None or not last.endswith("s") or not (noun.unit or noun.other)


def _time_of(them: Claim, here: Surroundings) -> When:
    """The time of what "of them" refers to; none where that is in a clause of its own on a name, with its own time."""
    tokens, first = here.parsed.tokens, here.amount.first
    apart = (
        tokens[start].span.start < them.span.start < tokens[end - 1].span.end and not start < first < end
        for start, end in clauses_on_names(tokens)
    )
    return When() if any(apart) else them.when


def claims_of_count(here: Surroundings, figure: Figure, unit: str, them: Claim | None) -> Iterator[Claim]:
    """The count; for "each" one of every place named; with what "of them" refers to."""
    claim = count_of(here, figure, unit)
    if unit in ("states", "counties") and here.is_lacking() and not claim.whole:
        claim = replace(claim, shape="count", sense="without")
    if here.is_denied():
        claim = replace(claim, sense="denied")
    claim = gain_of(here, claim)
    if claim.shape == "count" and claim.is_plain and here.amount.role == "to":
        claim = replace(claim, sense=movement_of(here))
    if them and is_of_one_place(here):
        claim = claim.worded(unsure=claim.wording.unsure or NOT_OF_ALL)
    if them:
        claim = replace(
            claim,
            pending=claim.pending or them.pending,
            model=claim.model or them.model,
            when=claim.when if claim.when.windows else _time_of(them, here),
            where=claim.where if claim.where.states else them.where,
        )
        if them.shape in ("signed", "left") and claim.shape == "count":
            claim = replace(claim, shape=them.shape, when=them.when)
    if here.is_each() and len(claim.where.states) > 1:
        yield from (replace(claim, where=replace(claim.where, states=(state,))) for state in claim.where.states)
    else:
        yield claim


ONE_PLACE = when_needed(
    r"(?i)^ ?of (?:them|which|those|these|whom)(?: (?:are|were|is|was))? (?:all )?(?:with)?in "
    r"(?:just |only )?(?:one|a single|the same|two|three|a handful of|a few) (?:\w+ )?"
    r"(?:count(?:y|ies)|cit(?:y|ies)|towns?|states?|regions?|metro areas?|districts?|judicial circuits?)\b"
)


def is_of_one_place(here: Surroundings) -> bool:
    """Whether a part is said to be within one place that has no name: 85 of them in one county."""
    start = here.amount.figure.span.end - here.parsed.sentence.span.start
    return bool(ONE_PLACE.match(here.parsed.sentence.text[start:].lstrip()))


def each_has(here: Surroundings) -> bool:
    """Whether all of the places are said to have one: Florida's 67 counties each have an agreement."""
    after = [token.text.lower() for token in here.after(3)]
    return after[:2] in (["each", "have"], ["each", "has"], ["all", "have"], ["each", "had"], ["each", "hold"])


def movement_of(here: Surroundings) -> Sense:
    """Which way a figure is said to have come, where the sentence does not say from where: has soared to 740."""
    if any(one.role == "from" for one in here.parsed.amounts):
        return ""
    kinds = {token.kind for token in here.ahead(4)}
    return "rose" if "RISE" in kinds else "fell" if "FALL" in kinds else ""


def gain_of(here: Surroundings, claim: Claim) -> Claim:
    """``Texas has added 58 since May; Florida has added 12``: of the same time; unsure where there is none."""
    if claim.shape != "count":
        return claim
    between = here.parsed.between(here.start(), here.amount.first)
    level = all(token.kind in ("WHEN", "MARK", "IN", "HEDGE") or token.text.lower() == "and" for token in between)
    parallel = level and here.amount.noun is None and claim.when.period and bool(here.earlier)
    if parallel and here.earlier[-1].shape == "signed":
        return replace(claim, shape="signed")
    joined = between[-1:] and between[-1].text.lower() in ("and", "then", "but", ",", ";")
    dated = joined and here.amount.noun is None and claim.when.stated and bool(here.earlier)
    if dated and here.earlier[-1].shape == "signed":
        plain = _is_one_day(claim.when) or (claim.when.period and here.amount.role == "from")  # up from 124 in March
        return replace(claim.worded(unsure=None if plain else DAY_OF_SIGNING), shape="signed")
    if not any(token.text.lower() == "added" for token in here.ahead(2)):
        return claim
    before = [one for one in here.earlier if one.shape in ("signed", "change") and one.when.windows]
    if before:
        last = before[-1]
        return replace(claim, shape=last.shape, when=last.when, sense=last.sense, kind=last.kind)
    return claim.worded(unsure='"added" refers to a time, which is not stated')


def _is_one_day(when: When) -> bool:
    """Whether the time is one day of the calendar: on Feb. 26, and not on Friday, or a week later."""
    return len(when.windows) == 1 and when.windows[0].length == 1


def enumerates(here: Surroundings, figure: Figure) -> bool:
    """Whether the states counted are named just behind: five states (Florida, Texas, …)."""
    named = 0
    for token in here.parsed.between(here.amount.last + 1, here.end()):
        if token.kind == "PLACE":
            named += 1
        elif not (token.kind == "MARK" and token.text not in ".;") and token.text.lower() not in (
            "and",
            "as",
            "well",
        ):
            break
    return named > 0 and named == figure.value


def is_of_place_itself(here: Surroundings) -> bool:
    """Whether a number of counties is what a state has, said in passing: Georgia, which has 159 counties, has …"""
    ahead = [token.text.lower() for token in here.ahead(2)]
    after = here.after(1)
    if is_of_state_itself(here.parsed):
        return True
    return ahead in (["which", "has"], ["with", "its"], ["has", "a total of"]) and (
        not after or after[0].kind == "MARK"
    )


def is_whole_of_places(here: Surroundings, unit: str) -> bool:
    """Whether a sentence opens with the total that the next figure is a part of: of 88 counties, nine …"""
    opens = here.number == 0 and here.parsed.tokens[0].text.lower() == "of" and here.amount.first <= 2
    return opens and unit == "counties" and len(here.parsed.amounts) > 1


def count_of(here: Surroundings, figure: Figure, unit: str) -> Claim:
    pending = here.pending(unit)
    when = here.when()
    event = here.event(unit, when)
    unit = "agreements" if unit == "applications" else unit
    if unit in ("agreements", "partnerships") and pending == "pending":
        unit = "agreements"
    shape: Shape = "count"
    if event == "leave":
        shape = "left"
    elif event == "sign" and not pending:
        shape = "signed"
    elif when.since and here.amount.role != "from":
        when = When()
    claim = claim_of(here, shape, figure, unit, when=when)
    if shape == "signed" and when.stated and not (when.period or when.since) and not _is_one_day(when):
        claim = claim.worded(unsure=DAY_OF_SIGNING)
    sense: Sense = "pending_or_signed" if pending == "either" else ""
    return replace(claim, pending=pending == "pending", sense=sense)


def rate_of(here: Surroundings) -> Claim | None:
    """A number with "a day" or "a year" behind it, of what is not said or not of the record."""
    after = here.parsed.between(here.amount.last + 1, here.amount.last + 7)
    for place, token in enumerate(after):
        if token.kind == "PER" and place and after[place - 1].text.lower() in ("than", "over", "under"):
            return None
        if token.kind == "PER" and place <= 4:
            noun = here.amount.noun
            return replace(other_claim(here, (noun and noun.other) or "rate"), terms=PerTime(per=token.value))
        if token.kind in ("NUM", "UNIT", "MARK"):
            return None
    return None


def lasting_claims(here: Surroundings) -> Iterator[Claim]:
    """A number of years next to a total and a rate, as in "four years will not be enough"."""
    unit = here.parsed.tokens[here.amount.last + 1]
    large = [one for one in here.parsed.amounts if one is not here.amount and one.figure.value >= 1000]
    if unit.text.lower() in ("years", "year") and len(large) >= 2:
        spoken = {token.text.lower() for token in here.parsed.tokens}
        short: Sense = "not enough" if {"not", "enough"} <= spoken or {"not", "sufficient"} <= spoken else ""
        yield replace(other_claim(here, "duration"), terms=PerTime(per="year"), sense=short)


def is_forbidding(here: Surroundings) -> bool:
    """Whether states are counted for their laws on such agreements, not for taking part."""
    end = here.parsed.tokens[here.amount.last].span.end - here.parsed.sentence.span.start
    return bool(FORBIDDING.search(here.parsed.sentence.text[end : end + 90]))
