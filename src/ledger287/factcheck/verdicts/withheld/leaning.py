"""A figure that leans on the sentences before it is of what they name: nobody is accused by one of several.

What enters: the answers of a text, its sentences as parsed, its days and the index. What leaves: the answers, those
withheld whose place, unit, model or time is not stated in their own sentence, and that are right of another one which
the sentences before name ("Iowa has 2 agreements, while Ohio has 5. A year ago it had 1"), or that may be a sum with
what was named before ("Together with Ohio, that makes 7"), whether right of the one or wrong. Promise: what a sentence
states itself is never exchanged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Claim, Days, When, Where
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.ellipses import DATED, HOLDING, IN_FORCE, TAKING
from ledger287.factcheck.verdicts.answers import WHICH_SCOPE, Answer
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import FIRM, NOT_THEN

BEFORE = 3
"""So many sentences before one may be what it leans on."""
MOST = 60
"""So many readings of one claim are tried."""
UNITS = ("agreements", "agencies", "sheriffs", "police", "counties", "states", "partnerships")
SUM = when_needed(
    r"(?i)\b(?:together|along|combined|counting|adding|added to|plus|with)\b.*\b(?:that|it|this|which) "
    r"(?:makes|made|brings|comes to|gives|adds up to)\b"
)
"""Together with Ohio, that makes 7."""
JOINED = when_needed(
    r"(?i)^\W*(?:together|along|combined|jointly|added|counting|adding|including|plus|with)\b(?P<with>[^,;]*),? "
    r"(?:it|they|that|this|the (?:state|two|pair|total|sum)|has|have|had|holds?|adds?(?: up)?|totals?|sums?|counts?)\b"
)
"""Together with Ohio, the state has 7: what is named in the opening is one of two."""


def on_what_came_before(
    answers: Sequence[Answer], parsed: Sequence[Parsed], published: Days | None, index: Index
) -> list[Answer]:
    """The answers, without accusations that rest on one of several things which the sentences before name."""
    places = {one.sentence.span: place for place, one in enumerate(parsed)}
    return [_held(one, parsed, places.get(one.claim.sentence), published, index) for one in answers]


def _held(answer: Answer, parsed: Sequence[Parsed], at: int | None, published: Days | None, index: Index) -> Answer:
    claim = answer.claim
    if at is None or at == 0 or claim.figure is None:
        return answer
    if answer.verdict in (*NOT_THEN, *FIRM) and _is_joined(claim, parsed[at]):
        return _withheld(answer, "the figure may be a sum with one that was named before.")
    if answer.verdict not in NOT_THEN:
        return answer
    if claim.shape not in ("count", "signed", "left", "share", "rank"):
        return answer
    if _is_unnamed(claim, parsed, at):
        return _withheld(replace(answer, claim=claim.worded(vague="what it counts")),
                         "what the number counts is not named in its sentence or right before it.")  # fmt: skip
    if SUM.search(parsed[at].sentence.text):
        return _withheld(answer, "the figure may be a sum with one that was named before.")
    before = parsed[max(at - BEFORE, 0) : at]
    for other in islice(_variants(claim, parsed[at], before), MOST):
        found = judge(other, published, index)
        if found.verdict == "supported":
            return _withheld(answer, f"the sentence may mean that {found.meaning}, and {found.reason}")
    return answer


def _is_unnamed(claim: Claim, parsed: Sequence[Parsed], at: int) -> bool:
    """Whether a bare number is behind a sentence that does not name what it is held to count: Courts heard challenges.
    Texas had three. Florida had one.
    """
    if claim.shape != "count" or not _is_bare(parsed[at]):
        return False
    before = next((one for one in reversed(parsed[:at]) if not _is_bare(one)), None)
    named = {one.noun.unit for one in before.amounts if one.noun} if before else set()
    return not named & {*UNITS} - {"counties", "states"}


def _is_bare(parsed: Parsed) -> bool:
    """Whether a sentence has numbers, and neither a noun for any of them nor words that name the program behind one."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    behind = [text[one.figure.span.end - offset :] for one in parsed.amounts]
    if any(words.match(one) for one in behind for words in (HOLDING, TAKING, IN_FORCE, DATED)):
        return False  # in Ohio, 12 are in force
    counted = [one for one in parsed.amounts if one.kind == "counted"]
    nouns = any(one.noun is not None and (one.noun.unit or one.noun.other) for one in parsed.amounts)
    return bool(counted) and not nouns and not any(token.kind == "UNIT" for token in parsed.tokens)


def _is_joined(claim: Claim, here: Parsed) -> bool:
    """Whether the place of a figure is only the one that its sentence opens with, next to what was named before."""
    found = JOINED.match(here.sentence.text)
    if found is None:
        return False
    end = here.sentence.span.start + found.end("with")
    opened = {token.value for token in here.tokens if token.kind == "PLACE" and token.span.end <= end}
    return bool(claim.where.states) and set(claim.where.states) <= opened


def _withheld(answer: Answer, reason: str) -> Answer:
    return replace(answer, verdict="cannot_tell", reason=f"{reason} As it was read: {answer.reason}", right=(),
                   settles=WHICH_SCOPE)  # fmt: skip


def _variants(claim: Claim, here: Parsed, before: Sequence[Parsed]) -> Iterator[Claim]:
    """The claim with what its own sentence does not state taken from the sentences before it, or left out."""
    own = {token.value for token in here.tokens if token.kind == "PLACE"}
    nation = any(token.kind == "NATION" for token in here.tokens)
    stated = (claim.where.states and set(claim.where.states) <= own) or claim.where.counties or nation
    units = {token.value for token in here.tokens if token.kind == "UNIT"}
    modeled = any(token.kind == "MODEL" for token in here.tokens)
    wheres = [claim.where] if stated else [claim.where, *_places(before)]
    counted = [claim.unit] if claim.unit in units else [claim.unit, *_units(before)]
    models = [claim.model] if modeled or claim.model is None else [claim.model, None]
    times = [claim.when] if any(token.kind == "WHEN" for token in here.tokens) else [claim.when, When()]
    for where, unit, model, when in product(wheres, counted, models, times):
        kind = claim.kind if unit == claim.unit else None
        other = replace(claim, where=where, unit=unit, model=model, when=when, kind=kind)
        if other != claim:
            yield other


def _places(before: Sequence[Parsed]) -> list[Where]:
    """The places of the sentences before, each, those of one sentence together, and the nation."""
    found: list[Where] = [Where((), True)]
    for one in reversed(before):
        named = tuple(dict.fromkeys(token.value for token in one.tokens if token.kind == "PLACE"))
        found += [Where((state,), True, state) for state in named]
        found += [Where(named, True, "")] if len(named) > 1 else []
    return list(dict.fromkeys(found))


def _units(before: Sequence[Parsed]) -> list[str]:
    """What the sentences before count."""
    said = (token.value for one in reversed(before) for token in one.tokens if token.kind == "UNIT")
    return list(dict.fromkeys(one for one in (*said, "agreements") if one in UNITS))
