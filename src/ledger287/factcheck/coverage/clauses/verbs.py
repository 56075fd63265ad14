"""Which words of a sentence are finite verbs: by their declared forms, and by what is before them.

What enters: the tokens of a sentence. What leaves: whether one of them is a finite verb, or says that somebody says so.
Promise: the verbs are declared (declared/factcheck/verbs.yml); a word that is as often a noun is a verb only behind a
subject.
"""

from collections.abc import Sequence
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.parse.model import Token

DETERMINERS = frozenset(
    ["a", "an", "the", "its", "their", "his", "her", "our", "my", "your", "this", "these", "those", "no", "every",
     "each", "any", "some", "of", "in", "on", "at", "by", "for", "from", "with", "under", "over", "into", "about",
     "between", "through", "to", "than", "as", "like", "own", "be", "been", "being", "inside", "outside", "within",
     "without", "during", "among", "across", "against", "along", "around", "behind", "below", "beyond", "despite",
     "near", "onto", "per", "toward", "towards", "upon", "via", "new", "other", "such", "many", "few", "several"]
)  # fmt: skip
"""Words behind which no finite verb is: a noun or an infinitive follows."""
PRONOUNS = frozenset(["it", "they", "he", "she", "we", "i", "you", "who", "which", "that", "there", "nobody", "none"])
ADVERBS = frozenset(
    ["also", "now", "still", "already", "then", "later", "never", "ever", "once", "again", "only", "even", "alone",
     "alike", "soon", "since", "just", "both", "all", "each"]
)  # fmt: skip
"""Words between a subject and its verb."""
VERBAL = ("SIGN", "TOPIC", "RISE", "FALL", "LEAVE")
"""Kinds of token whose words are verbs of the program, in their finite forms."""
NO_VERBS = ("NUM", "MONEY", "FRACTION", "PCT", "WHEN", "PLACE", "NAME", "MODEL", "HEDGE", "UNIT", "MARK", "ICE",
            "PROGRAM", "PENDING", "DURATION")  # fmt: skip
NOT_FINITE = ("ing", "ly", "new", "more", "additional")


@cache
def forms(name: str) -> frozenset[str]:
    """The finite forms of a declared class of verbs."""
    found = [str(one) for one in declared.declared_yaml("factcheck/verbs.yml")[name]]
    if name in ("auxiliaries", "irregular", "assertive"):
        return frozenset(found)
    return frozenset(form for one in found for form in (one, _third(one), _past(one)))


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb[-1] == "y" and verb[-2] not in "aeiou" else verb + "s"


DOUBLED = frozenset(
    ["stop", "drop", "plan", "admit", "commit", "permit", "refer", "occur", "prefer", "ban", "map", "spot", "scrap",
     "slip", "skip", "flag", "transfer", "submit", "star", "bar", "confer", "compel", "step", "stem", "lag", "cap",
     "tap", "control", "patrol", "propel"]
)  # fmt: skip
"""Verbs whose last letter is doubled in the past."""


def _past(verb: str) -> str:
    if verb in DOUBLED:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb[-1] == "y" and verb[-2] not in "aeiou" else verb + "ed"


def is_finite(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether a token is a finite verb; ``first`` is where its part of the sentence begins."""
    token, low = tokens[at], low_of(tokens[at])
    head = low.split()[0]
    before = low_of(tokens[at - 1]).split() if at > first else []
    if head in forms("auxiliaries") or head.endswith("n't"):
        return before[-1:] != ["to"]
    if token.kind in NO_VERBS or not token.text[:1].islower() or (before and before[-1] in DETERMINERS):
        return False
    if before and before[-1].endswith(("'s", "s'")) and not low.endswith("ed"):
        return False
    if token.kind in VERBAL:
        return not head.endswith(NOT_FINITE)
    if head in forms("irregular") or head in forms("regular"):
        return True
    if head in forms("nominal"):
        return _is_behind_subject(tokens, at, first)
    return token.kind == "WORD" and _is_past_form(tokens, at, first)


def _is_past_form(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether a word of no list is a verb in the past: it ends as one, between a noun and its object."""
    low = low_of(tokens[at])
    if not low.endswith("ed") or len(low) < LEAST_PAST or at <= first or at + 1 >= len(tokens):
        return False
    before, behind = tokens[at - 1], low_of(tokens[at + 1]).split()[0]
    noun = before.kind in ("WORD", "UNIT", "OTHER", "PLACE", "NAME", "ICE", "PROGRAM") and low_of(before) not in ADVERBS
    opens = behind in DETERMINERS or behind in ("to", "that", "it", "them", "him", "her", "us")
    opens = opens or tokens[at + 1].kind in ("PLACE", "NAME", "ICE", "NUM")
    return noun and opens and behind not in ("by", "in", "on", "at", "for", "of", "with", "under", "as")


LEAST_PAST = 5
"""Letters of the shortest such word."""


def _is_behind_subject(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether what is before a word that may be a noun is a subject in its own number: Texas leads; sheriffs lead."""
    low, subject = low_of(tokens[at]), at - 1
    while subject >= first and (low_of(tokens[subject]) in ADVERBS or low_of(tokens[subject]).endswith("ly")):
        subject -= 1
    if subject < first:
        return _goes_on(tokens, at, first)
    if low.endswith("ed"):
        return True
    before = tokens[subject]
    said = low_of(before)
    if said in PRONOUNS:
        return True
    if before.kind in ("PLACE", "NAME", "ICE"):
        return low.endswith("s")
    if subject > first and low_of(tokens[subject - 1]).split()[-1] == "to":
        return False
    if is_finite(tokens, subject, first) or said in forms("irregular") or said in forms("regular"):
        return False
    plural = said.endswith("s") and not said.endswith(("ss", "'s"))
    return low.endswith("s") != plural and before.kind in ("WORD", "UNIT", "PROGRAM", "OTHER", "FILL")


def _goes_on(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether a word behind "and" is a verb like the one before: ICE lists 895 agreements and hopes for more."""
    if at != first or not first or low_of(tokens[first - 1]) not in ("and", "but") or at + 1 >= len(tokens):
        return False
    before = any(low_of(one).endswith("s") and low_of(one) in forms("nominal") | forms("regular") | THIRD
                 for one in tokens[: first - 1])  # fmt: skip
    behind = low_of(tokens[at + 1]).split()[0]
    return low_of(tokens[at]).endswith("s") and before and (behind in DETERMINERS or behind == "to")


THIRD = frozenset(["has", "is", "says", "does"])


def is_assertive(token: Token) -> bool:
    """Whether somebody who does this says that what is next to it is so."""
    return low_of(token).split()[0] in forms("assertive")
