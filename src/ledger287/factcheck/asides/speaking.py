"""Who says so, as a subject or a frame of any shape: A review by a statewide news site found that …

What enters: a parsed sentence. What leaves: the stretches that only say whose the figures are. Promise: each is a noun
phrase of declared words, names and places (declared/factcheck/asides_sources.yml) with a declared head and a verb that
says that it is so. A place in it is left out only where the sentence says behind it where it counts; a day is never
left out, nor is a word that could deny, doubt or wish.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.asides.barring import Aside, words_of
from ledger287.factcheck.asides.closing import words as closing
from ledger287.factcheck.asides.lists import source_words
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.parse.dates import MONTHS, WEEKDAYS
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

SOURCE = "who says so"
"""What such a stretch is in the account of a claim."""
MOST = 26
"""Tokens of the longest source."""
PUTTING = ("put", "puts")
NUMBERS = ("the number", "the total", "the count", "the figure", "the tally")
"""Behind "puts": puts the number of agreements at 958."""
NAMING = ("ICE", "PROGRAM")
FIGURES = ("NUM", "HEDGE", "FRACTION", "PCT", "TIMESWORD")
WHERE = ("PLACE", "NATION", "STATEWIDE", "SAMEPLACE")
OPENED_BY = ("and", "but", "while", ";")
BARE = ("officials", "reporters", "journalists", "researchers", "analysts", "scholars", "records", "data", "auditors",
        "investigators", "lawyers", "attorneys", "advocates")  # fmt: skip
"""Heads that need no article before them."""


def speaking(parsed: Parsed) -> Iterator[Aside]:
    """The sources of a sentence, and the frames that name one."""
    tokens = parsed.tokens
    said = {one.text.lower() for one in tokens}
    if said & (source_words("verbs") | source_words("counting") | source_words("counted") | source_words("tracing")):
        for start in _starts(tokens):
            yield from _subject(tokens, start)
    yield from _frame(tokens)


def _starts(tokens: Sequence[Token]) -> Iterator[int]:
    """Where a subject may begin: at the head of the sentence, behind a time there, or in a clause behind a mark."""
    yield 0
    for at, token in enumerate(tokens[:-2]):
        if at < 2 and token.kind == "WHEN":
            yield at + 1 + (tokens[at + 1].text == ",")
        elif token.text.lower() in OPENED_BY and at and (token.text == ";" or tokens[at - 1].text in (",", ";")):
            yield at + 1


def _subject(tokens: Sequence[Token], start: int) -> Iterator[Aside]:
    """``A review by a statewide news site found that``, and ``An institute counts``."""
    verb = _verb(tokens, start)
    if verb is None or not _is_source(tokens[start:verb]):
        return
    low = tokens[verb].text.lower()
    said = [one.text.lower() for one in tokens[verb + 1 : verb + 3]]
    if _is_placed(tokens, start, verb) and not _says_where(tokens[verb + 1 :]):
        return
    traced = said[:1] == ["how"] and low in source_words("tracing")
    if traced or (said[:1] == ["that"] and low in source_words("verbs")):
        yield Aside(start, verb + 2, role=SOURCE)
    elif low in source_words("verbs") and _opens_what_is_said(tokens, verb + 1):
        if not _is_read_anyway(tokens[start:verb]):
            yield Aside(start, verb + 1, role=SOURCE)
    elif _is_read_anyway(tokens[start:verb]):
        return
    elif low in PUTTING:
        if low != "put" or _is_dated(tokens):
            yield Aside(start, verb, role=SOURCE)
    elif low in source_words("counting") or (low in source_words("counted") and _is_dated(tokens)):
        yield Aside(start, verb + (low not in source_words("kept")), role=SOURCE)


def _is_read_anyway(said: Sequence[Token]) -> bool:
    """Whether a short source is read where it is: ICE's list shows 895 agreements."""
    return all(one.kind in NAMING or set(words_of(one)) <= neutral("sources") | neutral("anywhere") for one in said)


def _is_placed(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a source has a place that is no part of a name."""
    return any(tokens[at].kind in WHERE and not _is_in_name(tokens, at) for at in range(start, end))


def _verb(tokens: Sequence[Token], start: int) -> int | None:
    """Where the verb of a source is: before "that", or before the number that it counts."""
    for at in range(start + 1, min(start + MOST, len(tokens) - 1)):
        low, after = tokens[at].text.lower(), tokens[at + 1]
        if tokens[at].kind in FIGURES or tokens[at].text in (";", ":", ".", "“", "”", '"'):
            return None
        if low in source_words("tracing") and after.text.lower() == "how":
            return at
        if low in source_words("verbs") and (after.text.lower() == "that" or _opens_what_is_said(tokens, at + 1)):
            return at
        if low in PUTTING and " ".join(one.text.lower() for one in tokens[at + 1 : at + 3]) in NUMBERS:
            return at
        counting = low in source_words("counting") or low in source_words("counted")
        if counting and (after.kind in FIGURES or after.text.lower() in ("a total of", "some", "just", "only")):
            return at
    return None


def _opens_what_is_said(tokens: Sequence[Token], at: int) -> bool:
    """Whether a subject and a verb follow at once, without "that": says Tennessee now has 32 agreements."""
    subject, behind = tokens[at], tokens[at + 1 : at + 5]
    if subject.kind not in ("PLACE", "ICE") or subject.text.endswith(("'s", "’s")):
        return False
    return any(one.text.lower() in ("has", "had", "holds", "now has", "lists", "counts") for one in behind[:2])


def _is_source(said: Sequence[Token]) -> bool:
    """Whether some words are a noun phrase with a declared head, and each of them is declared, a name or a place."""
    words = [one for one in said if one.kind != "MARK"]
    if not words or any(one.kind == "MARK" and one.text not in (",", "(", ")", "—", "–") for one in said):
        return False
    marks = [one.text for one in said if one.kind == "MARK"]
    if marks and said[-1].kind != "MARK":
        return False
    group = _group(said)
    head = words_of(group[-1])[-1] if group and words_of(group[-1]) else ""
    opened = _is_determined(group[0]) or head in BARE
    if not opened or head not in source_words("heads"):
        return False
    return all(_is_of_source(said, at) for at in range(len(said)))


def _group(said: Sequence[Token]) -> Sequence[Token]:
    """The words of a noun phrase up to its head: before the first word that joins more to it, or a mark."""
    for at, one in enumerate(said):
        low = one.text.lower()
        based = low == "based" and [each.text.lower() for each in said[at + 1 : at + 2]] not in (["in"], ["on"], ["at"])
        joins = low in source_words("links") and low not in source_words("modifiers") and not based
        if at and (one.kind == "MARK" or joins):
            return said[:at]
    return said


def _is_determined(token: Token) -> bool:
    low = token.text.lower()
    articles = ("a", "an", "the", "one", "our", "its", "their", "this", "another")
    return low in articles or token.kind == "ICE" or token.text.endswith(("'s", "’s", "s'", "s’"))


def _is_of_source(said: Sequence[Token], at: int) -> bool:
    """Whether a word may be of a source: a mark, a declared word, a name or a place; never a place behind "of"."""
    token = said[at]
    if token.kind == "MARK" or token.kind in NAMING:
        return True
    if token.kind in WHERE:
        behind = [one.text.lower() for one in said[max(at - 2, 0) : at]]
        return "of" not in behind or _is_in_name(said, at) or _is_modifier(said, at)
    if token.kind in (*FIGURES, "MODEL", "PENDING", "LEAVE", "RANK", "NAME", "MONEY", "OUTSIDE"):
        return False
    low = token.text.lower()
    if token.kind == "WHEN":
        return low.split()[-1] in WEEKDAYS or low in ("this week", "today")
    known = source_words("heads") | source_words("modifiers") | source_words("links")
    if low in known or set(words_of(token)) <= known:
        return True
    if at > 0 and token.kind == "WORD" and token.text[:1].isupper() and low not in MONTHS:
        return True
    return _is_of_any_maker(said, at)


def _is_of_any_maker(said: Sequence[Token], at: int) -> bool:
    """Whether a word only says more of who made a work, before its head or behind "by", "from", "of" or "at".

    Behind "on" or "about" it would say what the work is on; no word of it takes back what the work says.
    """
    token, links = said[at], [one.text.lower() for one in said[:at] if one.text.lower() in source_words("links")]
    plain = token.kind in ("WORD", "FILL", "OTHER") and token.text.replace("-", "").isalpha()
    if not plain and not token.text.endswith(("'s", "’s")):
        return False
    if {word for one in said for word in words_of(one)} & RECORDS:
        return False  # a novelist's list; by the old list
    return not (links and links[-1] not in MAKING) and not set(words_of(token)) & taking_back()


MAKING = ("by", "from", "of", "at", "and")
"""Link who made a work to it."""


@cache
def taking_back() -> frozenset[str]:
    """Words of the closed classes that take back, deny, wish for, or compare."""
    known = source_words("heads") | source_words("modifiers")
    barred = {str(one) for name in BARRED for one in declared.declared_yaml("factcheck/apart.yml")[name]}
    return frozenset((barred | closing("denying") | closing("comparing") | closing("timing")) - known)


BARRED = ("truth", "ended", "exceptions", "unsaid", "negations", "pointing")


def _is_in_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a place is a part of a name: the Texas Tribune, the University of Iowa."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    behind = [one.text for one in tokens[max(at - 2, 0) : at]]
    of_name = len(behind) == 2 and behind[1] == "of" and behind[0][:1].isupper()
    return of_name or (after is not None and after.kind == "WORD" and after.text[:1].isupper())


def _is_modifier(said: Sequence[Token], at: int) -> bool:
    """Whether a place tells where somebody is: the count of an Ohio watchdog group; not an analysis of Ohio records."""
    if not at or said[at - 1].text.lower() not in ("a", "an", "the"):
        return False
    behind = said[at + 1 : at + 5]
    head = next((k for k, one in enumerate(behind) if one.text.lower() in source_words("heads") - RECORDS), None)
    return head is not None and all(one.text.lower() in source_words("modifiers") for one in behind[:head])


RECORDS = frozenset(["records", "data", "list", "lists", "roster", "spreadsheet", "spreadsheets", "page", "pages"])


def _says_where(behind: Sequence[Token]) -> bool:
    """Whether what a source says has a place of its own, or counts states."""
    for at, one in enumerate(behind):
        if one.kind in WHERE:
            return True
        if one.kind == "UNIT" and one.value == "states" and at and behind[at - 1].kind == "NUM":
            return True
    return False


def _is_dated(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a time, so that who counted in the past did so then."""
    return any(one.kind == "WHEN" for one in tokens)


def _frame(tokens: Sequence[Token]) -> Iterator[Aside]:
    """``By the tally of the Marlow Institute, …``; ``In its latest report, …``: up to the first comma."""
    if len(tokens) < 5 or tokens[0].text.lower() not in source_words("frames"):
        return
    cut = next((at for at, one in enumerate(tokens[:MOST]) if one.text == ","), 0)
    if cut < 3 or cut + 2 > len(tokens) or any(one.kind == "WHEN" for one in tokens[1:cut]):
        return
    if _is_source(tokens[1:cut]) and (not _is_placed(tokens, 1, cut) or _says_where(tokens[cut + 1 :])):
        yield Aside(0, cut + 1, role=SOURCE)
