"""What closes a sentence and speaks of somebody else: a clause of its own, or how a figure came about.

What enters: the tokens behind a mark, up to the end of the sentence. What leaves: whether they bear on no figure before
them. Promise: the words are open, the classes that can change what was said before are closed
(declared/factcheck/clauses.yml): a subject that was counted, denial, doubt, ends, exclusion, condition, another time,
counting, and pronouns that point back; with one of these the stretch bears on the figure (docs/decisions/0015).
"""

from collections.abc import Sequence
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.coverage.lists import neutral, spanish
from ledger287.factcheck.parse.model import Token

FIGURED = ("NUM", "MONEY", "FRACTION", "TIMESWORD", "PCT", "POINTS", "RANK", "PENDING", "MODEL", "LEAVE", "PER",
           "NAME", "PLACE", "SAMEPLACE", "RANGE", "HEDGEAFTER")  # fmt: skip
"""Kinds of token that such a stretch does not have."""
COUNTED = ("agreements", "partnerships", "agencies", "applications", "states", "counties")
LEAST, MOST = 4, 40


@cache
def words(name: str) -> frozenset[str]:
    """One of the declared lists; the words that deny are those of Spanish as well."""
    found = frozenset(str(one) for one in declared.declared_yaml("factcheck/clauses.yml")[name])
    return found | spanish() if name == "denying" else found


def low_of(token: Token) -> str:
    """The word of a token in lower case."""
    return token.text.lower().replace("’", "'")


def _parts(token: Token) -> list[str]:
    low = low_of(token)
    return [word for part in low.split() for word in part.removesuffix("'s").removesuffix("'").split("-")]


def speaks_of_another(rest: Sequence[Token]) -> bool:
    """Whether a stretch behind a mark is a clause with a subject of its own, or one that says how things went."""
    rest = rest[:-1] if rest and rest[-1].text in (".", "!") else rest
    if not LEAST <= len(rest) <= MOST or any(one.text in ("“", "”", '"', "?", ":", ";", "(", ")") for one in rest):
        return False
    if is_commanded(rest):
        return True
    opener = _opener(rest)
    body = _without_idioms(rest[opener:])
    if not body:
        return False
    if _is_of_them(body):
        return True
    if not opener:
        return _is_course(body) and is_free(body)
    if low_of(rest[0]) == "as" and low_of(body[0]).split()[0] in ("nobody", "no", "none"):
        return False  # as nobody in the legislature ordered
    return _has_subject(body) and has_actor(body) and _has_verb(body[1:]) and is_free(body)


def is_another_statement(rest: Sequence[Token]) -> bool:
    """Whether what follows a semicolon is a statement without a figure that takes nothing of the one before it back."""
    rest = rest[:-1] if rest and rest[-1].text in (".", "!") else rest
    if not LEAST <= len(rest) <= MOST or any(one.text in ("“", "”", '"', "?", ":", ";", "(", ")") for one in rest):
        return False
    if low_of(rest[0]).split()[0] in words("taking_back") or not _has_verb(rest[1:]):
        return False
    said = {word for one in rest for word in _parts(one)}
    if said & (words("denying") | words("comparing") | words("timing") | words("taking_away")):
        return False
    if any(one.kind in FIGURED and not _is_no_figure(rest, at) for at, one in enumerate(rest)):
        return False
    signs = any(one.kind in ("SIGN", "TOPIC", "LEAVE", "PROGRAM") for one in rest)
    return not signs and not (said & words("negations") and said & words("undone_with"))


def trails_a_deed(rest: Sequence[Token], *, deed: bool = False) -> bool:
    """Whether what follows a comma says what an agreement comes to, or of which sort it is: so it stops at the jail.

    ``deed``: behind what an agency that is named did, where it may also be said after what, or when.
    """
    rest = rest[:-1] if rest and rest[-1].text in (".", "!") else rest
    if not 2 <= len(rest) <= MOST or any(one.text in ("“", "”", '"', "?", ":", ";", "(", ")") for one in rest):
        return False
    low = " ".join(low_of(one) for one in rest)
    openers = words("trailing_deeds") | (words("around_deeds") if deed else frozenset())
    opener = next((one for one in openers if low.startswith(f"{one} ") or low == one), None)
    if opener is None:
        return False
    body = rest[len(opener.split()) :]
    said = {word for one in body for word in _parts(one)} - {"used"}
    barred = words("denying") | (words("negations") - {"yet", "few"}) | words("taking_away") | words("ordering")
    if said & (barred - {"no"}) or ("no" in said and said & words("undone_with")):
        return False
    spared = [
        low_of(one).endswith(("'s", "s'")) or _is_year_of_law(body, at) or (deed and _is_of_thing(body, at))
        for at, one in enumerate(body)
    ]
    if any(one.kind in FIGURED and not (spared[at] or _is_no_figure(body, at)) for at, one in enumerate(body)):
        return False
    return not any(one.kind in ("SIGN", "LEAVE", "PROGRAM") for one in body)


def _is_of_thing(body: Sequence[Token], at: int) -> bool:
    """Whether a number counts a thing of its own, which is none of the program: spent 40 minutes explaining."""
    after = body[at + 1] if at + 1 < len(body) else None
    counts = body[at].kind == "NUM" and after is not None and after.kind in ("WORD", "OTHER", "DURATION")
    return counts or body[at].kind in ("MONEY", "DURATION")


def _is_year_of_law(body: Sequence[Token], at: int) -> bool:
    """Whether a number is a year in which a model came or went: dropped in 2012."""
    return body[at].kind == "NUM" and at > 0 and low_of(body[at - 1]) == "in" and 1990 < (body[at].number or 0) < 2060


NAMED_GROUP = 6
"""So many words the noun group of a subject may have."""


def has_actor(body: Sequence[Token]) -> bool:
    """Whether the subject of a clause is somebody or something of public life (declared): the governor, local sheriffs.

    Pigs that fly, or the moon, say that a figure is no truer than the clause is.
    """
    for at, token in enumerate(body[:NAMED_GROUP]):
        low = low_of(token)
        whose = low.endswith(("'s", "s'"))
        actor = low in words("actors") or low.split()[-1] in words("actors") or token.kind == "ICE"
        if actor and not whose and at + 1 < len(body) and _goes_with_subject(body[at + 1]):
            return True
        capital = token.text[:1].isupper() and (at > 0 and low_of(body[at - 1]).split()[-1] in words("actors"))
        known = set(low.split()) <= words("actor_modifiers") | words("actors")
        if not (capital or known or whose or token.text == "."):
            return False
    return False


def _opener(rest: Sequence[Token]) -> int:
    """How many tokens open a clause of its own."""
    low = low_of(rest[0])
    if f"{low} {low_of(rest[1])}" in words("closing_joining"):
        return 2
    return int(low in words("closing_joining"))


def _without_idioms(body: Sequence[Token]) -> Sequence[Token]:
    """A stretch without a declared phrase whose words mean nothing by themselves: the end of it."""
    said = [low_of(one) for one in body]
    for phrase in (one.split() for one in sorted(words("idioms"))):
        for at in range(1, len(said) - len(phrase) + 1):
            if said[at : at + len(phrase)] == phrase:
                return [*body[:at], *body[at + len(phrase) :]]
    return body


BEHIND_SUBJECT = frozenset(
    ["who", "in", "from", "at", "on", "for", "across", "around", "here", "there", "outside", "near", "with", "to",
     "also", "now", "still", "never", "already", "and", "or", "alike", "everywhere", "statewide", "nationwide", "both",
     "all"]
)  # fmt: skip
"""Words that may be between a subject and its verb."""


def _goes_with_subject(token: Token) -> bool:
    """Whether what follows a noun is its verb, or goes with it: a name, a place, an adverb; not another noun."""
    low = low_of(token)
    head = low.split()[0]
    verb = head in words("verbs") or head in VERBS or head.endswith(("n't", "'ll", "'s", "'ve", "'d"))
    ending = token.kind == "WORD" and low.endswith(("ed", "es", "s", "ly")) and not low.endswith("ss")
    spanish = low.endswith(("ó", "aron", "ieron", "aba", "aban", "ado", "ido")) and token.kind == "WORD"
    kinds = token.kind in ("SIGN", "TOPIC", "MARK", "PLACE", "WHEN", "RISE", "FALL")
    return verb or ending or spanish or kinds or head in BEHIND_SUBJECT or token.text[:1].isupper()


PART_OF = ("none", "some", "many", "several", "few", "most", "all", "each", "neither", "a few")


def _is_of_them(body: Sequence[Token]) -> bool:
    """``…, and none of them requires a vote``: what those counted demand or allow, which takes none of them away."""
    said = [low_of(one) for one in body]
    start = 1 if said[0] == "a" and said[1:2] == ["few"] else 0
    if said[start] not in PART_OF or said[start + 1 : start + 2] != ["of"] or len(said) < start + 6:
        return False
    at = start + 3 + (said[start + 3] in ("do", "does", "did", "will", "have", "has", "can", "would"))
    if said[start + 2] not in ("them", "which", "these", "those") or said[at] not in words("presupposing"):
        return False
    return is_free(body[at + 1 :])


def is_commanded(rest: Sequence[Token]) -> bool:
    """``…, as state law demands``: who ordered what is counted, and nothing more."""
    said = [low_of(one) for one in rest if one.kind != "MARK"]
    if said[0] != "as" or not 3 <= len(said) <= 8 or said[-1] not in words("commanded"):
        return False
    between = {word for one in rest[1:-1] for word in _parts(one)}
    if not set(_parts(rest[len(said) - 2])) & words("commanders"):
        return False  # as the law of gravity demands
    return not between & (words("denying") | words("negations")) and low_of(rest[1]) not in words("no_subject")


def _is_course(body: Sequence[Token]) -> bool:
    """``…, a pace no other state can match``: a noun of the course of things, and what is said of it."""
    named = low_of(body[0]) in ("a", "an", "the") and low_of(body[1]) in words("closing_nouns")
    modal = {"would", "will", "could", "may", "might", "should", "must", "for", "from"} & {low_of(one) for one in body}
    return named and not modal and not any(one.kind in ("WHEN", "DURATION") for one in body)


def _has_subject(body: Sequence[Token]) -> bool:
    """Whether a clause opens with a subject that is not what was counted, nor a word that points at it."""
    first = low_of(body[0])
    head = first.split()[0]
    if first in words("no_subject") or head in words("no_subject") or first.endswith(("ly", "ing", "ed")):
        return False
    if body[0].kind in (*FIGURED, "SIGN", "TOPIC", "WHEN", "HEDGE", "MARK", "NATION", "STATEWIDE", "DURATION"):
        return False
    determined = first in ("the", "a", "an", "his", "her", "their", "its", "our", "my", "no", "every")
    subject = body[1] if determined and len(body) > 1 else body[0]
    named = subject.kind == "UNIT" and subject.value in COUNTED
    return not named and low_of(subject) not in words("no_subject")


VERBS = ("has", "have", "had", "is", "are", "was", "were", "will", "would", "can", "could", "may", "might", "must",
         "should", "do", "does", "did", "says", "said", "wants", "want")  # fmt: skip


def _has_verb(rest: Sequence[Token]) -> bool:
    """Whether a verb follows the subject: a finite one, or a word that ends as one."""
    verbs = words("verbs") | set(VERBS)
    lows = [low_of(one) for one in rest]
    return any(
        low.split()[0] in verbs
        or rest[at].kind in ("SIGN", "TOPIC")
        or (rest[at].kind == "WORD" and low.endswith(("ed", "es", "s")) and not low.endswith(("'s", "ss")))
        for at, low in enumerate(lows)
    )


def _is_denied_by_saying(said: Sequence[str]) -> bool:
    """Whether somebody says or swears what follows with a negation: officials say the ink never dried."""
    spoken = words("musing") | neutral("attributing")
    first = next((at for at, word in enumerate(said) if word in spoken), len(said))
    return any(word in words("negations") for word in said[first:])


def is_free(body: Sequence[Token]) -> bool:
    """Whether no word of a stretch belongs to a class that can change what was said before it."""
    said = [word for one in body for word in _parts(one)]
    if set(said) & (words("denying") | words("timing") | words("comparing")) or any(
        word.endswith("n't") for word in said
    ):
        return False
    negated = bool(set(said) & words("negations"))
    signs = any(one.kind == "SIGN" and low_of(one) != "more" for one in body)
    if negated and (signs or set(said) & words("undone_with") or _is_denied_by_saying(said)):
        return False
    if said and said[-1] in words("negations"):
        return False  # and its sheriff swears he did not
    for at, token in enumerate(body):
        before = body[at - 1] if at else None
        low = low_of(token)
        if token.kind in FIGURED and not _is_no_figure(body, at):
            return False
        if token.kind == "UNIT" and token.value in COUNTED and not _is_adjective(body, at):
            return False
        if low == "more" and (before is None or low_of(before) in words("saying_more")):
            return False
        if low in words("objects") and not is_complementizer(body, at):
            return False
    return True


def _is_adjective(body: Sequence[Token], at: int) -> bool:
    """Whether a word for a state or an agency only describes what follows, or is one: state law, the agency."""
    token, after = body[at], body[at + 1] if at + 1 < len(body) else None
    if low_of(token) in ("state", "county", "states", "counties", "state's", "county's"):
        return True
    return low_of(token) in ("agency", "agency's") and after is not None and after.kind != "MARK"


def _is_no_figure(body: Sequence[Token], at: int) -> bool:
    """Whether a word of a figured kind is none here: "sign one", "no sheriff", "they" of somebody named before."""
    low = low_of(body[at])
    before = body[at - 1] if at else None
    if low == "no":
        return at + 1 < len(body) and body[at + 1].kind in ("WORD", "UNIT", "OTHER")
    if low == "one" and before is not None:
        return before.kind == "SIGN" or low_of(before) in ("no", "have", "has", "having", "had", "get", "of", "every")
    if low in ("they", "their", "there"):
        own = [one for one in body[:at] if low_of(one).endswith("s") and one.kind in ("WORD", "UNIT", "OTHER")]
        return bool(own)
    return False


def is_complementizer(body: Sequence[Token], at: int) -> bool:
    """Whether "that" opens what somebody says or a relative clause, and does not point back; "no other", "any"."""
    low, before = low_of(body[at]), body[at - 1] if at else None
    after = body[at + 1] if at + 1 < len(body) else None
    if after is None or after.kind == "MARK":
        return False
    if low == "that":
        return low_of(after) not in ("is", "was", "isn't", "wasn't", "has", "up", "one", "many", "as")
    if low == "either":
        return after.kind == "WORD"
    if low in ("other", "any", "some", "most", "many", "several", "all", "both", "few"):
        noun = after.kind == "WORD" and low_of(after) not in ("of", "have", "has", "are", "were", "is", "was", "say")
        followed = noun and low_of(after).endswith("s")
        place = low_of(after) in (
            "state",
            "place",
            "county",
            "states",
            "counties",
            "sheriff",
            "sheriffs",
            "chief",
            "city",
        )
        return (followed or place) and (before is None or before.kind != "SIGN")
    return False


def ends_as_speech(body: Sequence[Token]) -> bool:
    """Whether a stretch closes with what somebody thinks or hopes of what is said elsewhere: the mayor guesses."""
    last = low_of(body[-1]) if body else ""
    return last in words("musing") or last in words("objects")
