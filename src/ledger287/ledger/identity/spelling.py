"""Whether two spellings name one agency, by their words alone; doubtful pairs are left to a person.

What enters: two names as printed, in one state. What leaves: ``same``, ``different`` or ``near`` (so
alike that a person should look). The rule is careful on one side: it may leave one agency under two
ids, which an identity decision corrects, but should never put two agencies under one.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from ledger287.core import declared

Likeness = Literal["same", "different", "near"]

SHORTEST_WORD_WITH_A_SLIP = 5
"""A word shorter than this is never taken for a misprint of another."""
NEAR = 92
"""Similarity of the words in alphabetical order (0 to 100) from which two names are shown to a person."""


@cache
def _state_name(state: str) -> tuple[str, ...]:
    codes = declared.states() + declared.territories()
    return tuple(next(code.name for code in codes if code.code == state).lower().split())


@cache
def plain(name: str) -> str:
    """A name without case, accents, apostrophes and punctuation; the key of the trivial variants."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    text = text if text.strip() else name
    text = re.sub(r"['’‘`´]", "", text.casefold()).replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", text))


def _body_word(word: str, places: frozenset[str]) -> str:
    """A misprint of one of the words for bodies of police, as that word; any other word as it is."""
    bodies: list[str] = declared.name_words()["body_words"]
    if len(word) < SHORTEST_WORD_WITH_A_SLIP or word in bodies or word in places:
        return word
    slack = 2 if len(word) >= 8 else 1
    near = [body for body in bodies if OSA.distance(word, body, score_cutoff=slack) <= slack]
    return near[0] if len(near) == 1 else word


@cache
def words_that_tell(state: str, name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others, abbreviations written out, in their order."""
    rules = declared.name_words()
    short = rules["abbreviations"]
    text = unicodedata.normalize("NFKC", name).replace("’", "'")
    text = re.sub(r"\bP\.\s?D\.", "PD", re.sub(r"\bS\.\s?O\.", "SO", text))
    places = declared.place_words().get(state, frozenset())
    words = " ".join(short.get(word) or _body_word(word, places) for word in plain(text).split()).split()
    if len(words) > 2 and words[-1] == state.lower():
        words = words[:-1]
    if len(words) > 2 and words[0] in rules["leading_fillers"] and words[1] == "of":
        words = words[2:]
    dropped = set(rules["fillers"])
    if "sheriff" in words:
        dropped |= set(rules["fillers_beside_sheriff"])
    remaining = [word for word in words if word not in dropped]
    home = _state_name(state)
    local = {"county", "city", "university", "college", "sheriff", "police"}
    rest = remaining[len(home) :]
    named_after_state = tuple(remaining[: len(home)]) == home and not local & set(remaining)
    if named_after_state and set(rest) & set(rules["state_agency_words"]):
        remaining = rest
    return tuple(remaining)


@dataclass(frozen=True, slots=True)
class _Told:
    """A name as it is compared: worked out once for each, since each new name is compared with all of its state."""

    plain: str
    words: tuple[str, ...]
    in_order: str
    joined: str
    different: frozenset[str]


@cache
def _told(state: str, name: str) -> _Told:
    words = words_that_tell(state, name)
    return _Told(plain(name), words, " ".join(sorted(words)), "".join(words), frozenset(words))


def likeness(state: str, one: str, other: str) -> Likeness:
    """Whether two spellings within one state name one agency."""
    first, second = _told(state, one), _told(state, other)
    if first.plain == second.plain:
        return "same"
    if first.words and first.in_order == second.in_order:
        return "same"
    if len(first.joined) > 5 and first.joined == second.joined:
        return "same"
    if _one_slip_apart(state, first, second):
        return "same"
    if (
        first.plain in second.plain
        or second.plain in first.plain
        or ratio(first.in_order, second.in_order, score_cutoff=NEAR) >= NEAR
    ):
        return "near"
    return "different"


def _one_slip_apart(state: str, first: _Told, second: _Told) -> bool:
    """Whether the names differ in one word only, by a slip of one letter (two in a long word)."""
    if len(first.words) != len(second.words):
        return False
    left, right = first.different - second.different, second.different - first.different
    if len(left) != 1 or len(right) != 1:
        return False
    (one,), (other,) = left, right
    if any(map(str.isdigit, one + other)) or min(len(one), len(other)) < SHORTEST_WORD_WITH_A_SLIP:
        return False
    slack = 2 if min(len(one), len(other)) >= 9 else 1
    if OSA.distance(one, other, score_cutoff=slack) > slack:
        return False
    places = declared.place_words().get(state, frozenset())
    return not (one in places and other in places)
