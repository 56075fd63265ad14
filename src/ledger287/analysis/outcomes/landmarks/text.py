"""An apprehension site's text -> its name of a place, the body it names, and the state it says.

What enters: a text as officers type it. What leaves: the text in one case without a program, the state at its end, and
its parts by the words of declared/outcomes/landmarks.yml. Promise: parts with words that are not known say so
(``sure``), and a text that names no body has none.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from ledger287.core import declared

SPELLED_COUNTY = re.compile(r"\b(county|couty|cnty|parish)(jail|sheriff)", re.IGNORECASE)
STATE_AT_END = re.compile(r"^(.+?)[ ,]+([a-z]{2}) state$")
WORD_TOO = ("co", "in", "or", "la", "de")
"""Codes that are words of names too: without a comma before them, or "state" behind them, they are no state."""
LONG_TO_CORRECT = 5
"""A word of a body this long, or longer, may have one letter wrong, or be cut off at the end of a text."""
NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?|[a-z]")
ADDRESS = re.compile(r"\b\d+(?:st|nd|rd|th)?(?: [a-z]+){0,2}? (?:street|st|avenue|ave|road|rd|blvd|drive|dr|lane|ln)\b")
"""A street, which changes nothing: names of places in it say nothing."""
Body = Literal["sheriff", "police", "jail", "corrections", "unsaid"]
Where = Literal["within", "elsewhere", "unknown"]
Place = Callable[[str, str], Where]
"""Whether a text is the name of a place in the county of a name, of a place of the state elsewhere, or not known."""


@dataclass(frozen=True, slots=True)
class LandmarkWords:
    """The declared words, each by what it says of a place."""

    elsewhere: re.Pattern[str]
    programs: tuple[str, ...]
    sheriff: frozenset[str]
    police: frozenset[str]
    jail: frozenset[str]
    corrections: frozenset[str]
    county: frozenset[str]
    city: frozenset[str]
    jails_of_others: frozenset[str]
    jails_of_sheriffs: frozenset[str]
    state_jails: frozenset[str]
    sheriffs_by_initials: Mapping[str, str]
    of_prisons: frozenset[str]
    of_companies: frozenset[str]
    filling: frozenset[str]
    parts: frozenset[str]
    short: Mapping[str, str]
    places_short: Mapping[str, str]
    names_short: Mapping[str, str]
    state_bodies: tuple[Mapping[str, str], ...]


@cache
def declared_words() -> LandmarkWords:
    """The words of declared/outcomes/landmarks.yml."""
    data: dict[str, Any] = declared.declared_yaml("outcomes/landmarks.yml")
    short: dict[str, str] = data["short"]
    return LandmarkWords(
        re.compile(rf"(?<![a-z0-9])(?:{'|'.join(re.escape(str(word)) for word in data['elsewhere'])})(?![a-z0-9])"),
        tuple(sorted((str(word) for word in data["programs"]), key=len, reverse=True)),
        frozenset(_long(text, short) for text in data["sheriff"]),
        frozenset(_long(text, short) for text in data["police"]),
        frozenset(_long(text, short) for text in data["jail"]),
        frozenset(_long(text, short) for text in data["corrections"]),
        frozenset(data["county_words"]),
        frozenset(data["city_words"]),
        frozenset(data["jails_of_others"]) | frozenset(data["jails_of_others_counties"]),
        frozenset(data["jails_of_sheriffs_counties"]),
        frozenset(data["state_jails"]),
        data["sheriffs_by_initials"],
        frozenset(data["of_prisons"]),
        frozenset(data["of_companies"]),
        frozenset(data["filling"]),
        frozenset(data["parts"]),
        short,
        data["places_short"],
        data["names_short"],
        tuple(data["state_bodies"]),
    )


def _long(text: str, short: Mapping[str, str]) -> str:
    return " ".join(short.get(word, word) for word in text.split())


@dataclass(frozen=True, slots=True)
class ParsedLandmark:
    """A text taken apart: the name of a place, what body it is of, and what kind of place the text says it is."""

    name: str
    of: Literal["county", "city", "unsaid"]
    body: Body
    like_a_prison: bool = False
    sure: bool = True
    tail: str = ""


def flat(text: str) -> str:
    """One case, single spaces, no program before the name and nothing in brackets."""
    plain = " ".join(text.replace("’", "'").casefold().split())
    plain = SPELLED_COUNTY.sub(r"\1 \2", plain.strip(" ()."))
    for program in declared_words().programs:
        if plain.startswith(program) and (tail := plain[len(program) :])[:1] in ("", " ", "-", ":", ","):
            plain = tail.strip(" -:,")
            break
    return re.sub(r"\s*\([^)]*\)", "", plain).strip()


@cache
def _states() -> dict[str, str]:
    known = (*declared.states(), *declared.territories())
    return {one.code.casefold(): one.code for one in known} | {one.name.casefold(): one.code for one in known}


def state_of(text: str) -> tuple[str, str | None]:
    """The text without the state at its end, and the state: ``, al``, ``, al state``, ``, alabama``."""
    head, comma, tail = text.rpartition(",")
    tail = tail.strip().removesuffix(" state").strip(" .")
    if comma and tail in _states():
        return head.strip(" ,"), _states()[tail]
    if (said := STATE_AT_END.match(text)) and said.group(2) in _states():
        return said.group(1).strip(" ,"), _states()[said.group(2)]
    words = text.removesuffix(" state").split()
    if len(words) > 2 and words[-1] in _states() and len(words[-1]) == 2 and words[-1] not in WORD_TOO:
        return " ".join(words[:-1]).strip(" ,-"), _states()[words[-1]]
    return text.strip(" ,"), None


def words_of_text(text: str) -> list[str]:
    """The words of a text, without marks."""
    return re.sub(r"[^a-z0-9' ]", " ", text.replace("&", " and ").replace(".", "")).split()


def county_cut(text: str) -> tuple[str, list[str]] | None:
    """The name before a word for county, and the words behind it; None where a text has no such word."""
    words = words_of_text(text)
    place = next((at for at, word in enumerate(words) if at and word in declared_words().county), None)
    return None if place is None else (" ".join(words[:place]), words[place + 1 :])


def names_elsewhere(text: str) -> bool:
    """Whether a text names a general area, or a place of no local agency; a county's own prison is none."""
    known = declared_words()
    words = text.split()
    at = next((n for n, word in enumerate(words) if n and word.strip(".,") in known.county), None)
    if at is not None:
        behind = " ".join(words[at + 1 :])
        long = _long(re.sub(r"[^a-z0-9' ]", " ", behind), known.short)
        for phrase in sorted((*known.corrections, "metro", "constable"), key=len, reverse=True):
            if long == phrase or long.startswith(f"{phrase} "):
                text = " ".join((*words[: at + 1], long[len(phrase) :]))
                break
    return known.elsewhere.search(ADDRESS.sub(" ", text)) is not None


def parse(text: str, is_place: Place) -> ParsedLandmark | None:
    """The name and the body of a text; None where it names neither a jail, a sheriff nor a police department."""
    words = words_of_text(text)
    known = declared_words()
    cut_at = county_cut(text)
    if cut_at is not None:
        name, rest = cut_at
        found = _of_county(rest, lambda tail: is_place(tail, name))
        if found is not None:
            return ParsedLandmark(name, "county", found[0], sure=found[1], tail=found[2])
        if any(is_place(" ".join(rest[:cut]), name) == "elsewhere" for cut in range(1, len(rest) + 1)):
            return None
    if words[:2] in (["city", "of"], ["town", "of"], ["village", "of"]):
        words = words[2:]
    for cut in range(1, len(words)):
        body = _body(" ".join(_corrected(words[cut:])))
        if body is None or body in ("unsaid", "corrections"):
            continue
        like = body == "jail" and not known.of_prisons.isdisjoint(words[cut:])
        own = words[:cut]
        if len(own) > 1 and own[-1] in known.city:
            return ParsedLandmark(" ".join(own[:-1]), "city", body, like)
        return ParsedLandmark(" ".join(own), "unsaid", body, like)
    return None


@cache
def _vocabulary() -> frozenset[str]:
    known = declared_words()
    phrases = known.jail | known.sheriff | known.police | known.corrections
    return frozenset(word for phrase in phrases for word in phrase.split() if len(word) >= LONG_TO_CORRECT)


def _corrected(words: list[str]) -> list[str]:
    """Words with those of bodies that have one letter wrong, or that are cut off at the end, as they are meant."""
    known, fixed = _vocabulary(), []
    for at, word in enumerate(words):
        near = []
        if len(word) >= LONG_TO_CORRECT - 1 and word not in known and word not in declared_words().short:
            near = [one for one in known if Levenshtein.distance(word, one, score_cutoff=1) <= 1 and len(word) > 4]
            if at == len(words) - 1 and not near:
                near = [one for one in known if one.startswith(word)]
        fixed.append(near[0] if len(near) == 1 else word)
    return fixed


def _of_county(rest: list[str], is_place: Callable[[str], Where]) -> tuple[Body, bool, str] | None:
    """Which body the words after a county have, whether the others change nothing, and those behind it.

    None where there is none, or where another place of the state is named than the county's.
    """
    words = _corrected(rest)
    if body := _body(" ".join(words)):
        return body, True, ""
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            part = _body(" ".join(words[at : at + size]))
            if part is None or part == "unsaid":
                continue
            before, behind = rest[:at], rest[at + size :]
            kinds = [_kind(before, is_place), _kind(behind, is_place)]
            if "elsewhere" in kinds:
                return None
            return part, "unknown" not in kinds, " ".join(behind)
    return None


def _kind(words: list[str], is_place: Callable[[str], Where]) -> Where:
    """What words around a body are: of no weight or a place of the county, a place elsewhere, or not known."""
    known = declared_words()
    own = {"ctr": "center", "fac": "facility", "cntr": "center"}
    left = [word for word in words if own.get(word, word) not in known.filling]
    has_part = any(word in known.parts for word in left)
    left = [word for word in left if not (word in known.parts or (has_part and NUMBER.fullmatch(word)))]
    if not left or left[0].isdigit():  # a house number: names of places behind it say nothing
        return "within"
    kinds = [is_place(" ".join(left[:cut])) for cut in range(len(left), 0, -1)]
    if kinds[0] != "unknown":
        return kinds[0]
    return "elsewhere" if "elsewhere" in kinds and "within" not in kinds else "unknown"


def _body(rest: str) -> Body | None:
    """Which body the words after a name are: all of them must be known."""
    known = declared_words()
    rest = _long(rest, known.short)
    if not rest:
        return "unsaid"
    if rest in known.sheriff:
        return "sheriff"
    if rest in known.police:
        return "police"
    if rest in known.jail:
        return "jail"
    if rest in known.corrections:
        return "corrections"
    for beginning in sorted(known.sheriff, key=len, reverse=True):
        tail = rest.removeprefix(beginning + " ")
        if tail != rest and (tail in known.jail or tail in ("office", "department", "dept", "office jail")):
            return "sheriff"
    for beginning in known.police:
        if rest.startswith(beginning + " ") and rest[len(beginning) + 1 :] in known.jail | {"dept", "department"}:
            return "police"
    return None
