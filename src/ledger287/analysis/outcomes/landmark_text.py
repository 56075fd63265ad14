"""An apprehension site's text -> its name of a place, the body it names, and the state it says.

What enters: a text as officers type it. What leaves: the text in one case without a program, the state at its end, and
its parts by the words of declared/outcomes/landmarks.yml. Promise: a text whose words are not all known has no parts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import yaml

from ledger287.core import declared

SPELLED_COUNTY = re.compile(r"\b(county|couty|cnty|parish)(jail|sheriff)", re.IGNORECASE)
STATE_AT_END = re.compile(r"^(.+?)[ ,]+([a-z]{2}) state$")
WORD_TOO = ("co", "in", "or", "la", "de")
"""Codes that are words of names too: without a comma before them, or "state" behind them, they are no state."""
Body = Literal["sheriff", "police", "jail", "unsaid"]
Place = Callable[[str, str], bool]
"""Whether a text is the name of a place in the county of a name."""


@dataclass(frozen=True, slots=True)
class Words:
    """The declared words, each by what it says of a place."""

    elsewhere: re.Pattern[str]
    programs: tuple[str, ...]
    sheriff: frozenset[str]
    police: frozenset[str]
    jail: frozenset[str]
    county: frozenset[str]
    city: frozenset[str]
    jails_of_others: frozenset[str]
    of_prisons: frozenset[str]
    of_companies: frozenset[str]
    filling: frozenset[str]
    short: Mapping[str, str]


@cache
def declared_words() -> Words:
    """The words of declared/outcomes/landmarks.yml."""
    data: dict[str, Any] = yaml.safe_load(declared.text("outcomes/landmarks.yml"))
    short: dict[str, str] = data["short"]
    return Words(
        re.compile(rf"(?<![a-z0-9])(?:{'|'.join(re.escape(str(word)) for word in data['elsewhere'])})(?![a-z0-9])"),
        tuple(sorted((str(word) for word in data["programs"]), key=len, reverse=True)),
        frozenset(_long(text, short) for text in data["sheriff"]),
        frozenset(_long(text, short) for text in data["police"]),
        frozenset(_long(text, short) for text in data["jail"]),
        frozenset(data["county_words"]),
        frozenset(data["city_words"]),
        frozenset(data["jails_of_others"]) | frozenset(data["jails_of_others_counties"]),
        frozenset(data["of_prisons"]),
        frozenset(data["of_companies"]),
        frozenset(data["filling"]),
        short,
    )


def _long(text: str, short: Mapping[str, str]) -> str:
    return " ".join(short.get(word, word) for word in text.split())


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text taken apart: the name of a place, what body it is of, and what kind of place the text says it is."""

    name: str
    of: Literal["county", "city", "unsaid"]
    body: Body
    like_a_prison: bool = False


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


def parse(text: str, is_place: Place) -> Parsed | None:
    """The name and the body of a text; None where it names neither a jail, a sheriff nor a police department."""
    words = re.sub(r"[^a-z0-9' ]", " ", text.replace("&", " and ").replace(".", "")).split()
    known = declared_words()
    place = next((at for at, word in enumerate(words) if at and word in known.county), None)
    if place is not None:
        name = " ".join(words[:place])
        if body := _body_of_county(words[place + 1 :], lambda tail: is_place(tail, name)):
            return Parsed(name, "county", body)
    if words[:2] in (["city", "of"], ["town", "of"], ["village", "of"]):
        words = words[2:]
    for cut in range(1, len(words)):
        body = _body(" ".join(words[cut:]))
        if body is None or body == "unsaid":
            continue
        like = body == "jail" and not known.of_prisons.isdisjoint(words[cut:])
        own = words[:cut]
        if len(own) > 1 and own[-1] in known.city:
            return Parsed(" ".join(own[:-1]), "city", body, like)
        return Parsed(" ".join(own), "unsaid", body, like)
    return None


def _body_of_county(rest: list[str], is_place: Callable[[str], bool]) -> Body | None:
    """Which body the words after a county are, with a place of the county before or behind it, or filling words."""
    if body := _body(" ".join(rest)):
        return body
    for cut in range(1, len(rest)):
        for own, other in ((rest[:cut], rest[cut:]), (rest[cut:], rest[:cut])):
            body = _body(" ".join(own))
            if body not in (None, "unsaid") and _adds_nothing(other, is_place):
                return body
            if body == "jail" or own[0] in declared_words().jail:
                inner = [word for word in own if word not in declared_words().filling]
                if inner and _body(" ".join(inner)) == "jail" and _adds_nothing(other, is_place):
                    return "jail"
    return None


def _adds_nothing(words: list[str], is_place: Callable[[str], bool]) -> bool:
    left = [word for word in words if word not in declared_words().filling]
    return not left or is_place(" ".join(words))


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
    for beginning in sorted(known.sheriff, key=len, reverse=True):
        tail = rest.removeprefix(beginning + " ")
        if tail != rest and (tail in known.jail or tail in ("office", "department", "dept", "office jail")):
            return "sheriff"
    for beginning in known.police:
        if rest.startswith(beginning + " ") and rest[len(beginning) + 1 :] in known.jail | {"dept", "department"}:
            return "police"
    return None
