"""Why a figure that is wrong as it was read may yet be right: what its sentence says that is not understood.

What enters: one amount with the sentence around it. What leaves: a reason for doubt, or None. Promise: a figure in
doubt is never called contradicted; a figure of those that did something else than take part is never judged.
"""

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.surroundings import PLACES, Surroundings
from ledger287.factcheck.parse.contests import TURNED
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.parse.tokens import POSSESSIVE

KINDS = ("sheriffs", "police", "constables", "campuses", "state_agencies", "county_agencies")
BODIES = (*KINDS, "agencies", "police_and_sheriffs")
CHOOSING = ("next", "top", "first", "last", "other", "remaining", "same", "following", "biggest", "largest", "leading")
PASSED = (
    *("IN", "PLACE", "NATION", "STATEWIDE", "SAMEPLACE", "WHEN"),
    *("PROGRAM", "FILL", "UNIT", "NAME", "MODEL", "HEDGE"),
)
AUXILIARIES = (
    *("have", "has", "had", "having", "are", "were", "is", "was", "be", "been", "being", "that", "which", "who"),
    *("also", "now", "already", "currently", "still", "recently", "each", "together", "all", "the", "a", "an", "not"),
    *("so", "far", "alone", "there", "as", "well", "since", "then", "only", "formally", "jointly", "apiece"),
)
ALL_OF_THEM = "the sentence may count all of them, whether or not they take part"
EACH_OR_ALL = "whether each of the states has so many, or all of them together, is not plain"
YEAR = when_needed(r"^(?:\S+ )?20[0-4]\d$")
YEAR_OR_COUNT = "the number may be a year"
DAY_OF_SIGNING = "on which day these were signed is not plain"
NOT_OF_ALL = "they are said to be of one place, or of a few, which is not named"
PART_OR_ALL = "whether the earlier number is of the part before it or of all was not understood"
NO_SUBJECT = "which of the figures before it the share is of was not understood"
WHICH_MODEL = "whether the rank is by all agreements or by those of one model is not plain"
WITHHELD = (EACH_OR_ALL, WHICH_MODEL, YEAR_OR_COUNT, DAY_OF_SIGNING, NOT_OF_ALL, PART_OR_ALL, NO_SUBJECT, TURNED)
"""What is in doubt so much that not even a figure that fits is called right."""
PART_OF = "the figure is the total of which another is a part, and the sentence does not plainly name it"


def _understood() -> frozenset[str]:
    """The words after a count that say no more than that it exists."""
    return words("verbs") | words("partaking")


def doubt_of(here: Surroundings, unit: str) -> str | None:
    """The first reason for doubt that is found."""
    if here.amount.unsure:
        return here.amount.unsure
    if YEAR.search(here.amount.figure.said) and not here.amount.role:
        return YEAR_OR_COUNT
    ahead = [token.text.lower() for token in here.ahead(2)]
    if ahead[-1:] and ahead[-1] in CHOOSING:
        return f'"{ahead[-1]}" picks out some of them'
    if ahead == ["out", "of"] and here.amount.kind == "counted" and here.number:
        return PART_OF
    if unit in BODIES and is_possessed(here) and is_divided(here) and not takes_part(here):
        return ALL_OF_THEM
    predicate = None if unit == "applications" or here.pending(unit) else predicate_of(here)
    known = predicate is None or predicate.kind != "WORD" or predicate.text.lower() in _understood()
    return None if known or predicate is None else f'"{predicate.text}" is said of them, and was not understood'


def is_possessed(here: Surroundings) -> bool:
    """Whether the number comes after an owner: Ohio's 88 counties, the nation's 18,000 agencies."""
    first = here.amount.first
    return first > 0 and POSSESSIVE.search(here.parsed.tokens[first - 1].text) is not None


def is_of_state_itself(parsed: Parsed) -> bool:
    """Whether a sentence of its own says how many counties there are: the state has 254 counties."""
    tokens = [token for token in parsed.tokens if token.kind not in ("MARK", "NUM", "HEDGE")]
    named = [token for token in tokens if token.kind in ("PLACE", "STATEWIDE", "SAMEPLACE")]
    if not named or sum(token.kind == "PLACE" for token in named) > 1 or len(parsed.amounts) > 1:
        return False
    return all(token in named or token.value == "counties" or token.text.lower() in OF_STATE_ITSELF for token in tokens)


OF_STATE_ITSELF = frozenset(
    ["has", "have", "had", "the", "state", "of", "there", "are", "were", "in", "is", "made", "up", "divided", "into",
     "home", "to", "a", "total", "a total of", "all", "in all", "counts", "number", "contains", "comprises",
     "it", "its"]
)  # fmt: skip
"""Words of a sentence that says how many counties a state has."""


def is_divided(here: Surroundings) -> bool:
    """Whether a part of the number is meant: none of Colorado's 64 sheriffs."""
    return any(token.text.lower() == "of" for token in here.ahead(4))


def takes_part(here: Surroundings) -> bool:
    """Whether the noun, or what follows it, says that they take part."""
    said = set(here.amount.noun.words if here.amount.noun else ())
    after = here.after(4)
    opens = after[0].text.lower() if after else ""
    inside = opens in ("in", "on", "under") and any(token.kind == "PROGRAM" for token in after)
    clause = opens in ("with", "that", "which", "who", "enrolled", "participating")
    return inside or clause or bool(said & {"participating", "partnering", "cooperating", "deputized", "approved"})


def predicate_of(here: Surroundings) -> Token | None:
    """The first word behind the amount that says something of what is counted; none past its clause."""
    for token in here.parsed.between(here.amount.last + 1, here.end()):
        if token.kind == "MARK" or token.text.lower() in ("and", "but", "while", "or"):
            return None
        if token.kind not in PASSED and token.text.lower() not in AUXILIARIES:
            return token
    return None


def stays_out(here: Surroundings, unit: str) -> bool:
    """Whether those counted are said to have declined, or to be thinking about it."""
    predicate = predicate_of(here) if unit in (*BODIES, *PLACES) else None
    return predicate is not None and predicate.text.lower() in words("declining")
