"""The clauses of a sentence on named agencies, taken out of it and said again, each character with its place.

What enters: a sentence as it reads now, with the sentences before it. What leaves: what is left of it, and the
sentences that say its clauses. Promise: the state is that of the sentence, else the one that the sentence before
names, else that of the dateline; where two may be meant, none is put in.
"""

import re
from collections.abc import Sequence

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.datelines import Dateline
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.named.clauses import clauses
from ledger287.factcheck.rewording.named.saying import Piece, Setting

COUNTIES = when_needed(r"(?i)\bcount(?:y|ies)\b|\bsheriffs?\b")
CITIES = when_needed(r"(?i)\b(?:cit(?:y|ies)|towns?|villages?|police|municipal(?:ities)?)\b")
LEAST_WORDS = 3
"""Words of a stretch that still says something."""
Made = tuple[str, tuple[int, ...]]
"""A text, and the place of each of its characters."""


def in_clauses(
    now: Made, parsed: Parsed, before: Sequence[Parsed], dateline: Dateline | None
) -> tuple[Made | None, list[Made]]:
    """What is left of a sentence without its clauses on named agencies, and the sentences for these; None where it has
    none."""
    text, _ = now
    if parsed.sentence.quoted:
        return None, []
    setting = _setting(parsed, before, dateline)
    found = clauses(text, setting)
    if not found:
        return None, []
    others = [spoken(now, pieces) for one in found for pieces in one.sentences]
    pieces: list[Piece] = []
    at = 0
    for one in found:
        pieces.append((None, at, one.start))
        at = one.end
    pieces.append((None, at, len(text)))
    rest = spoken(now, _joined(text, [piece for piece in pieces if piece[1] < piece[2]]))
    left = _tidied(rest)
    if left is None:
        return others[0], others[1:]
    return left, others


def _joined(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The stretches that are left, without the second of two marks that come together."""
    found: list[Piece] = []
    for said, start, end in pieces:
        doubled = bool(found) and text[found[-1][2] - 2 : found[-1][2]].rstrip().endswith((",", ";"))
        found.append((said, start + (doubled and text[start] in ",;"), end))
    return found


def spoken(now: Made, pieces: Sequence[Piece]) -> Made:
    """A text made of pieces, each character with its place."""
    text: list[str] = []
    places: list[int] = []
    for said, start, end in pieces:
        stretch = now[1][start:end]
        if said is None:
            text.append(now[0][start:end])
            places += stretch
            continue
        text.append(said)
        places += _placed(said, now[0][start:end], stretch)
    return "".join(text), tuple(places)


def _placed(said: str, printed: str, stretch: Sequence[int]) -> list[int]:
    """The places of words that are put in for a stretch: those of the printed words where they are within them."""
    at = said.find(printed)
    if at < 0:
        words = re.match(r"[\w.’'-]+(?: [A-Z][\w.’'-]*)*", printed)
        printed = words[0] if words else ""
        at = said.find(printed) if printed else -1
    if at < 0:
        last = len(stretch) - 1
        return [stretch[min(place, last)] for place in range(len(said) - 1)] + [stretch[-1]]
    end = at + len(printed)
    return [
        stretch[min(max(place - at, 0), len(stretch) - 1)] if place < end else stretch[-1] for place in range(len(said))
    ]


OPENING = when_needed(r"^(?:[,;] ?)?(?:(?:and|but|while|though|although|whereas|as|which|who|where) )?")
SAYING = when_needed(
    r"^, (?:according to|said|says|(?:ICE|the|he|she)\b.* (?:said|says|shows?|indicates?|indicated)\b)"
)
"""Behind a clause, only who says so."""


def _tidied(rest: Made) -> Made | None:
    """What is left, without the mark and the word that joined it; None where that says nothing."""
    text, places = rest
    opened = OPENING.match(text)
    start = opened.end() if opened else 0
    left = text[start:].strip()
    if len(re.findall(r"\w+", left)) < LEAST_WORDS or SAYING.match(text):
        return None
    end = len(text.rstrip())
    return text[start:end], places[start:end]


BACK = 3
"""Sentences of one paragraph in which the place that is meant may be named."""


def _setting(parsed: Parsed, before: Sequence[Parsed], dateline: Dateline | None) -> Setting:
    codes: list[str] = []
    for one in (parsed, *reversed(before[-BACK:])):
        codes = list(_states(one))
        if codes:
            break
    code = codes[0] if len(codes) == 1 else dateline.state if dateline and not codes else None
    state = next((one.name for one in declared.states() if one.code == code), None)
    around = " ".join(one.sentence.text for one in (*before[-1:], parsed))
    counties, cities = bool(COUNTIES.search(around)), bool(CITIES.search(around))
    prefers = "county" if counties and not cities else "police" if cities and not counties else ""
    offset = parsed.sentence.span.start
    days = tuple(
        (one.span.start - offset, one.span.end - offset) for one in parsed.tokens if one.kind == "WHEN" and one.dated
    )
    return Setting(state, prefers, days)


def _states(parsed: Parsed) -> dict[str, None]:
    """The states that a sentence names; Kansas City is none."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    places = (one for one in parsed.tokens if one.kind == "PLACE")
    return dict.fromkeys(one.value for one in places if not text.startswith(" City", one.span.end - offset))
