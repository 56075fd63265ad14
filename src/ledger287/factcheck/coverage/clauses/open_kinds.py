"""The kinds of pieces next to a claim's clause, and whether one of a kind can bear on the claim.

What enters: ``Around``, and a piece of it. What leaves: whether it can bear on the claim. Promise: its words may be any
but those of the closed classes that reach over its boundary (declared/factcheck/open_words.yml, apart.yml).
"""

from collections.abc import Sequence
from functools import cache

from ledger287.factcheck.asides.closing import is_complementizer, low_of
from ledger287.factcheck.asides.closing import words as closing
from ledger287.factcheck.asides.lists import source_words
from ledger287.factcheck.asides.lists import words as of_asides
from ledger287.factcheck.coverage.clauses.around import NAMED, NUMBERED, OF_PROGRAM, STATED, Around, words
from ledger287.factcheck.coverage.clauses.bearing import (
    CONDITIONS,
    TIMED,
    UNREAL,
    apart_words,
    has_stray_place,
    is_harmless,
    is_nominal,
    points_back,
    takes_back,
)
from ledger287.factcheck.coverage.clauses.pieces import COMPLEMENT, COORDINATE, PARTITIVE, RELATIVE
from ledger287.factcheck.coverage.clauses.verbs import forms, is_assertive
from ledger287.factcheck.coverage.stretches.beyond import said_in
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.model import Token


def is_beyond(around: Around, at: int, passed: set[int]) -> bool:
    """Whether a piece cannot bear on the claim, by its kind and the closed classes of words."""
    piece, body = around.pieces[at], around.body(at)
    if not is_harmless(body) or _takes_up(around, at) or (around.past and said_in(body) & apart_words("eras")):
        return False
    if _is_lead(around, at, passed):
        return True
    if piece.opener in CONDITIONS:
        return False
    if _is_before_own_relative(around, at):
        return not said_in(body) & apart_words("unsaid") or not is_speech(around, at)
    if piece.verb is None and not is_speech(around, at):
        return _is_phrase_beyond(around, at, passed)
    if piece.opener in TIMED and not (around.claim.when.windows and around.claim.when.stated):
        return False
    if is_speech(around, at):
        return _is_said_so(around, at)
    if piece.opener == COMPLEMENT:
        plain = not takes_back(body) and not points_back(body) and not said_in(body) & (closing("denying") | DIFFERENT)
        return at - 1 in passed and plain
    if piece.opener in (*RELATIVE, "where", PARTITIVE):
        return _is_relative_beyond(around, at, passed)
    subject = _subject_of(around, at)
    if subject is None:
        return piece.opener in COORDINATE and not takes_back(body) and not _counts(body)
    return _is_clause_beyond(around, at, subject)


DIFFERENT = frozenset(["fewer", "less", "more", "different", "differently", "otherwise", "fixed", "changed"])


def _is_lead(around: Around, at: int, passed: set[int]) -> bool:
    """Whether a piece is the first word or the subject of one that is passed over: even though …; the judge, who …"""
    body = around.body(at)
    if at + 1 in passed and len(body) == 1 and low_of(body[0]) in ("even", "just", "and", "but"):
        return True
    if around.pieces[at].verb is not None or any(one.kind in OF_PROGRAM for one in body):
        return False
    behind = at + 1
    while behind < len(around.pieces) and around.pieces[behind].opener in RELATIVE:
        behind += 1
    return behind in passed and is_speech(around, behind) and begins_with_verb(around, behind)


def _is_before_own_relative(around: Around, at: int) -> bool:
    """Whether a claim is all of a relative clause behind a mark, on a name in this piece: …, Florida, which has 317."""
    behind = at + 1
    if behind not in around.own or around.pieces[behind].opener not in ("which", "where", "whose"):
        return False
    name = around.before(behind)
    return around.is_marked(behind) and around.own == {behind} and name is not None and name.kind in NAMED


def _ends_with(around: Around, at: int, mark: str) -> bool:
    stop = around.pieces[at].stop
    return stop < len(around.tokens) and around.tokens[stop].text == mark


def _takes_up(around: Around, at: int) -> bool:
    """Whether a piece undoes what a pronoun in it points at, or says of agreements that they are no more."""
    body = around.body(at)
    said = said_in(body)
    undone = said & (apart_words("ended") | closing("denying")) - apart_words("ordinary")
    if undone and any(one.kind in OF_PROGRAM and _is_counted(one, around.claim) for one in body):
        return True
    adverse = (
        around.pieces[at].opener in ("but", "yet", "though", "although", "") and around.pieces[at].verb is not None
    )
    if not (adverse or undone):
        return False
    for here, one in enumerate(body):
        low = low_of(one)
        if low in ("it", "them", "those", "these", "this", "that", "itself", "themselves", "lot", "such", "same"):
            opens = here == 0 and low == around.pieces[at].opener
            behind = here > 0 and low_of(body[here - 1]).split()[-1] in words("behind") | apart_words("stances")
            followed = low in ("this", "those", "these", "that", "such", "same") and is_complementizer(body, here)
            if not (opens or behind or followed or _is_complement(body, here)):
                return True
    return False


def _is_counted(token: Token, claim: Claim) -> bool:
    """Whether a word may be of what was counted: agreements, the unit of the claim, signing."""
    return token.kind != "UNIT" or token.value in ("agreements", "partnerships", claim.unit)


def _is_complement(body: Sequence[Token], at: int) -> bool:
    """Whether "that" opens what somebody says, or a relative clause of a word that it is behind."""
    return low_of(body[at]) == "that" and at > 0 and at + 1 < len(body) and low_of(body[at + 1]) not in ("is", "was")


def _is_phrase_beyond(around: Around, at: int, passed: set[int]) -> bool:
    """Whether a piece without a verb describes a name, names members, or is in the background."""
    body, first = around.body(at), low_of(around.body(at)[0]).split()[0]
    said = said_in(body)
    if at - 1 in passed and around.pieces[at - 1].verb is not None and is_speech(around, at - 1):
        return not any(one.kind in STATED for one in body)
    if at == 0 and at not in around.own and around.is_closed(at):
        if _ends_with(around, at, ":"):
            return len(body) <= MOST_HEADLINE and is_background(around, body)
        return (first not in words("scopes") or _opens_adjunct(body)) and is_background(around, body)
    if not around.is_marked(at):
        return False
    lows = " ".join(low_of(one) for one in body)
    if any(lows.startswith(f"{one} ") or lows.endswith(f" {one}") for one in words("members")):
        named = any(one.kind in NAMED or one.text[:1].isupper() for one in body)
        numbered = any(one.kind in ("NUM", "FRACTION", "PCT") for one in body)
        return named and not numbered and not said & apart_words("ended")
    before = around.before(at)
    if before is not None and before.kind in NAMED and first in words("descriptions"):
        denied = said & (words("denied_descriptions") | _operators() | apart_words("negations") | apart_words("ended"))
        telling = before.kind == "PLACE" and said & words("parts_of_places")
        return not denied and not telling and around.is_closed(at) and not any(one.kind in OF_PROGRAM for one in body)
    caused = first.endswith("ed") and len(body) > 2 and low_of(body[1]) == "by" and body[0].kind == "WORD"
    return (caused or first in words("background") or _opens_adjunct(body)) and is_background(around, body)


def _opens_adjunct(body: Sequence[Token]) -> bool:
    """Whether a phrase says why, for whom or in spite of what something is so: because of a state law."""
    said = " ".join(low_of(one) for one in body)
    return any(said.startswith(f"{one} ") for one in words("adjuncts"))


MOST_HEADLINE = 8
"""Words of the longest heading before a colon."""


def _is_name(token: Token) -> bool:
    return token.kind in NAMED or (token.kind == "WORD" and token.text[:1].isupper())


def is_background(around: Around, body: Sequence[Token]) -> bool:
    """Whether a phrase says neither when, where nor of which model something is, nor that it is otherwise."""
    if around.past or any(
        one.kind in (*STATED, "PLACE", "SIGN") or (one.kind == "UNIT" and _is_counted(one, around.claim))
        for one in body
    ):
        return False
    said = said_in(body)
    if said & (closing("denying") | UNREAL | apart_words("ended") | words("denied_descriptions") | _operators()):
        return False
    return not low_of(body[0]).endswith("ing")


def _is_relative_beyond(around: Around, at: int, passed: set[int]) -> bool:
    """Whether a relative clause is of something that was not counted, and says nothing of what was."""
    body, before, opener = around.body(at), around.before(at), around.pieces[at].opener
    said = said_in(body)
    if before is None or opener == PARTITIVE or _counts(body) or takes_back(body):
        return False
    named = opener in RELATIVE and around.is_marked(at) and around.is_closed(at) and before.kind in NAMED
    apart = named and not any(one.kind in OF_PROGRAM for one in body)
    operators = _operators() - words("of_relatives") if apart else _operators()
    if said & (closing("denying") | operators | apart_words("speaking_of")):
        return False
    if any(one.kind in ("LEAVE", "PENDING", "MODEL") for one in body):
        return False
    if has_stray_place(body):
        return False
    if at - 1 in passed:
        return True
    kinds = opener == "which" and (before.kind in ("MODEL", "PROGRAM") or _is_of_model(around, at))
    if not around.is_marked(at) or (before.kind in OF_PROGRAM and not kinds) or before.kind in NUMBERED:
        return False
    return kinds or _is_name(before) or opener == "where"


def _is_of_model(around: Around, at: int) -> bool:
    """Whether a relative clause is of agreements of a model, and says of no signing and no time when: what they are."""
    tokens, behind = around.tokens, around.pieces[at].first - 1
    while behind > 0 and tokens[behind].kind == "MARK":
        behind -= 1
    if behind < 1 or tokens[behind].kind != "UNIT" or tokens[behind - 1].kind != "MODEL":
        return False
    return not any(one.kind in ("SIGN", "WHEN", "PLACE", *NUMBERED) for one in around.body(at))


@cache
def _operators() -> frozenset[str]:
    """Words of the closed classes that bear on a figure from within an aside, but those of who is in a place."""
    return of_asides("forbidden") - of_asides("of_where") - of_asides("of_name")


def _counts(body: Sequence[Token]) -> bool:
    """Whether a number of a piece may be of what the program has: a word for that, or none, is behind it."""
    for at, one in enumerate(body):
        if one.kind in NUMBERED:
            behind = body[at + 1 : at + 4]
            noun = behind and behind[0].kind in ("WORD", "OTHER") and low_of(behind[0]) not in ("of", "in", "and", "or")
            if not noun or any(each.kind == "UNIT" for each in behind):
                return True
    return False


def is_speech(around: Around, at: int) -> bool:
    """Whether a piece says that somebody says so; "noted", which may be a noun, only before "that"."""
    piece = around.pieces[at]
    if piece.verb is not None:
        return is_assertive(around.tokens[piece.verb])
    says = at + 1 < len(around.pieces) and around.pieces[at + 1].opener == COMPLEMENT
    return says and is_assertive(around.tokens[piece.first])


def begins_with_verb(around: Around, at: int) -> bool:
    return around.pieces[at].is_predicate or around.pieces[at].verb is None


def _is_said_so(around: Around, at: int) -> bool:
    """Whether a piece only says that somebody says so: as a fact, without a number or time of its own."""
    body, subject = around.body(at), _subject_of(around, at) or ()
    untimed = not any(one.kind in (*STATED, "PLACE") and one.span.start in around.unread for one in body)
    if around.pieces[at].opener in ("but", "yet", "though", "although"):
        return False  # but the mayor says otherwise
    barred = apart_words("unsaid") | apart_words("ended") | closing("musing")
    if (
        said_in(body) & barred
        or said_in(subject) & apart_words("ended")
        or not untimed
        or not subject
        or is_nominal(subject)
    ):
        return False
    return low_of(subject[0]).split()[0] not in words("nobody") and _is_speaker(subject)


def _is_speaker(subject: Sequence[Token]) -> bool:
    """Whether a subject is somebody by name, or a declared noun for a work or for those of public life."""
    nouns = apart_words("works") | source_words("heads") | closing("actors") | apart_words("subjects")
    if len(subject) == 1 and low_of(subject[0]) in ("he", "she", "they", "we"):
        return True
    head, place = _head(subject)
    named = head.kind in ("ICE", "NAME") or (place > 0 and head.text[:1].isupper())
    return (named and not low_of(head).endswith(("'s", "s'"))) or low_of(head).split()[-1] in nouns


def _head(subject: Sequence[Token]) -> tuple[Token, int]:
    """The head of a noun phrase, before what is joined to it, and its place."""
    stop = next((at for at, one in enumerate(subject) if at and low_of(one) in LINKS), len(subject))
    return subject[stop - 1], stop - 1


def _subject_of(around: Around, at: int) -> Sequence[Token] | None:
    """The subject of a piece: before its verb, or the pieces before it that wait for one; None where it is shared."""
    piece = around.pieces[at]
    if not piece.is_predicate and piece.verb is not None:
        return around.tokens[piece.first + bool(piece.opener and piece.opener != COMPLEMENT) : piece.verb]
    if piece.opener in COORDINATE:
        return None
    first = at - 1
    while first > 0 and first not in around.own and around.pieces[first].opener in RELATIVE:
        first -= 1
    if first < 0 or first in around.own:
        return None
    return around.body(first)


def _is_clause_beyond(around: Around, at: int, subject: Sequence[Token]) -> bool:
    """Whether a clause has somebody or something for its subject that is not what was counted."""
    piece, tokens, body = around.pieces[at], around.tokens, around.body(at)
    if said_in(subject) & {"which", "whom", "whose"}:
        return False
    numbered = subject and subject[0].kind in ("HEDGE", "NUM") and not any(one.kind == "UNIT" for one in subject)
    if piece.verb is None or not subject or is_nominal(subject) or (points_back(body) and not numbered):
        return False
    said = said_in(body)
    ordinary = frozenset() if piece.opener in ("as", "because") else apart_words("ordinary")
    denying = closing("denying") - ordinary - apart_words("stances") | closing("musing")
    if any(one.kind == "SIGN" for one in body) and any(one.kind == "PLACE" for one in subject):
        return False
    leads = at < min(around.own)
    if leads and (said & _operators() or (piece.opener in ("while", "as") and around.past)):
        return False
    if (
        said & (denying | WAYWARD)
        or _counts(body)
        or said & {"fewer", "less", "more"} & {low_of(one) for one in body[-2:]}
    ):
        return False
    if any(one.kind in OF_PROGRAM for one in subject) and not _is_name(subject[0]):
        return False
    opener = piece.opener or _joined_by(around, at)
    tied = _is_tie(tokens, piece.verb, piece.stop)
    if _ends_with(around, at, ":"):
        return not tied and not said & UNREAL and (_is_known(subject) or _is_somebody(subject))
    return _is_known(subject) or (opener in words("weak_openers") and _is_somebody(subject) and not tied)


WAYWARD = frozenset(["different", "differently", "otherwise", "half", "dozens", "most", "itself", "themselves"])
"""Words of a clause that say it is not so, or that point at a part of what was counted."""


def _joined_by(around: Around, at: int) -> str:
    """The word that joins the claim's clause to the one before it."""
    behind = at + 1
    return around.pieces[behind].opener if behind < len(around.pieces) and behind in around.own else ""


def _is_tie(tokens: Sequence[Token], verb: int, stop: int) -> bool:
    """Whether a verb says what something is or has, and so may be a manner of speaking; not: has threatened."""
    low = low_of(tokens[verb]).split()[0]
    behind = low_of(tokens[verb + 1]) if verb + 1 < stop else ""
    done = low in ("has", "have", "had") and (behind.endswith(("ed", "en")) or behind in forms("irregular"))
    return low in words("ties") and not done


def _is_known(subject: Sequence[Token]) -> bool:
    """Whether a subject is a name, a person, or a declared noun of public life."""
    nouns = (closing("actors") - {"i", "you"}) | apart_words("subjects")
    if len(subject) == 1 and low_of(subject[0]) in ("he", "she"):
        return True
    head, place = _head(subject)
    named = head.kind in (*NAMED, "OTHER") or (place > 0 and head.text[:1].isupper())
    return (named and not low_of(head).endswith(("'s", "s'"))) or low_of(head).split()[-1] in nouns


LINKS = frozenset(["of", "in", "from", "at", "for", "by", "with", "on", "across", "near", "outside", "and", "or", "to"])
"""Join further words to the head of a noun phrase."""


def _is_somebody(subject: Sequence[Token]) -> bool:
    """Whether a subject is a noun phrase of somebody or something in particular, or of people who do something."""
    low = low_of(subject[0]).split()[0]
    determined = low in words("determiners") or subject[0].kind in ("NUM", "HEDGE") or low.endswith(("'s", "s'"))
    people = any(low_of(subject[-1]).endswith(one) for one in words("people"))
    return determined or people or any(low_of(one) == "of" for one in subject[1:])
