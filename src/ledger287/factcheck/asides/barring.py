"""What an aside is, which words are in none, and how the declared phrases that open one are found.

What enters: some tokens of a sentence. What leaves: whether none of them can bear on a figure. Promise: a figure, a
place that is counted, the program's own words and the declared operators (declared/factcheck/asides.yml) bar a stretch.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.lists import opening_with, words
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

NEVER = ("NUM", "MONEY", "FRACTION", "TIMESWORD", "PCT", "POINTS", "RANK", "PENDING", "MODEL", "PROGRAM", "TOPIC",
         "SIGN", "LEAVE", "EVERY", "PER", "UNIT", "NAME", "PLACE", "SAMEPLACE", "STATEWIDE", "OUTSIDE", "ICE", "NATION",
         "FROM", "TO", "RANGE", "DURATION", "HEDGEAFTER")  # fmt: skip
"""Kinds of token that are in no aside: figures, places that are counted, the program's own words."""
YEAR = when_needed(r"1[789]\d\d|20\d\d")
MOST_WORDS = 30
INHABITANTS, MANY = ("people", "residents", "inhabitants", "souls"), 1000
"""How many live in a place, which is no count of the program."""


@dataclass(frozen=True, slots=True)
class Aside:
    """The tokens of an aside, its marks included: the first, and the one behind the last; what stays of a mark; and
    what it was read as, where that is not an aside in general.
    """

    first: int
    end: int
    keep: str = ""
    role: str = ""


def found_at(parsed: Parsed, found: re.Match[str], group: str | int = 0) -> tuple[int, int]:
    """The place of the first token of what was found in a sentence's text, and of the first one behind it."""
    starts = [one.span.start - parsed.sentence.span.start for one in parsed.tokens]
    return bisect_left(starts, found.start(group)), bisect_left(starts, found.end(group))


def end_of(tokens: Sequence[Token]) -> int:
    """Where the sentence closes: at its last mark, or behind its last token."""
    return len(tokens) - 1 if tokens[-1].text in (".", "!") else len(tokens)


def opening(tokens: Sequence[Token], at: int, name: str) -> int:
    """How many tokens of a declared phrase begin here; none of them where no phrase does."""
    first = tokens[at].text.lower().split() if at < len(tokens) else []
    phrases = opening_with(name).get(first[0], ()) if first else ()
    if not phrases:
        return 0
    said = " ".join(token.text.lower() for token in tokens[at : at + 6])
    for phrase in phrases:
        whole = " ".join(phrase)
        if said.startswith(f"{whole} ") or said == whole:
            taken, length = 0, 0
            while length < len(whole):
                length += len(tokens[at + taken].text) + (taken > 0)
                taken += 1
            return taken if length == len(whole) else 0
    return 0


def words_of(token: Token) -> list[str]:
    low = token.text.lower().replace("’", "'")
    return low.replace("'s", "").replace("s'", "s").replace("-", " ").split()


def says_nothing(
    tokens: Sequence[Token], head: Token | None = None, *, where: bool = False, who: bool = False, under: bool = False
) -> bool:
    """Whether no word can bear on a figure; behind a proper name, years and words that speak of it are allowed."""
    said = [token for token in tokens if token.kind != "MARK"]
    if not said or said[-1].text.lower() in words("closing") | words("orders"):
        return False
    allowed = words("of_name") if head else frozenset()
    allowed |= words("of_under") if under else frozenset()
    allowed |= words("of_where") if where else words("of_who") if who and head else frozenset()
    if where and head:
        said = [
            one for at, one in enumerate(said) if not (one.kind == "ICE" and at and said[at - 1].text.lower() in WITH)
        ]
    return is_free(said, head, allowed)


WITH = ("with", "for", "to", "by", "from", "help", "helping", "the")
"""Before ICE, in what is so in a place: where a law requires sheriffs to work with ICE."""


def is_free(said: Sequence[Token], head: Token | None, allowed: frozenset[str]) -> bool:
    """Whether none of some words can bear on a figure."""
    said = without_attitudes(said) if head else said
    many = {at for at, one in enumerate(said[:-1]) if one.kind == "NUM" and said[at + 1].text.lower() in INHABITANTS}
    for at, token in enumerate(said):
        if head and ((at in many and (token.number or 0) >= MANY) or token.text.lower() in ("years", "miles")):
            continue
        following = said[at + 1].text.lower() if at + 1 < len(said) else ""
        listed = head is not None and set(words_of(token)) <= allowed
        if not listed and _is_barred(token, head):
            return False
        for word in words_of(token):
            if head and head.kind in ("MODEL", "PROGRAM") and word in words("of_model_never"):
                return False
            one_of = word == "one" and head is not None and following.startswith("of")
            if word in words("forbidden") and word not in allowed and not one_of:
                return False
        if token.text.lower().replace("’", "'").endswith("n't"):
            return False
    return True


MODIFIERS = ("the", "this", "such", "federal", "immigration", "ice's", "ice", "its", "his", "her")


def without_attitudes(said: Sequence[Token]) -> list[Token]:
    """The words without what somebody thinks of the program: has championed the program."""
    kept: list[Token] = []
    at = 0
    while at < len(said):
        kept.append(said[at])
        if said[at].text.lower() in words("attitudes"):
            end = at + 1
            while end < len(said) and said[end].text.lower() in MODIFIERS:
                end += 1
            if end < len(said) and (said[end].kind == "PROGRAM" or said[end].text.lower() in words("attitude_objects")):
                at = end
        at += 1
    return kept


def _is_barred(token: Token, head: Token | None) -> bool:
    """Whether a kind of token is in no aside, or not in one behind such a name."""
    if head and (token.kind == "WHEN" or (token.kind == "NUM" and YEAR.fullmatch(token.text))):
        return False
    if head and head.kind == "MODEL" and (token.kind == "LEAVE" or token.text.endswith("administration")):
        return False
    if token.kind == "UNIT":
        return token.text.lower() not in ("state", "county", "counties", "county's", "state's")
    if token.kind == "STATEWIDE":
        return head is None
    return token.kind in NEVER or (token.kind in ("WHEN", "RISE", "FALL", "HEDGE") and not head)
