"""Phrases that name agencies, alone or in a list: the sheriffs of Hall and Polk counties; police in Ada.

What enters: some text and the state that is meant. What leaves: each agency by a name that the record's names are
looked up by, with its place in the text. Promise: a stretch that has anything but names and the words for their offices
is none; a bare name is a county's or a city's police only where the state has just one of the two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed


@cache
def data() -> dict[str, Any]:
    """The declared words of clauses on named agencies."""
    found: dict[str, Any] = declared.declared_yaml("factcheck/named_clauses.yml")
    return found


@cache
def states() -> str:
    """The names of all states, as alternatives of a pattern."""
    return "|".join(re.escape(one.name) for one in sorted(declared.states(), key=lambda one: -len(one.name)))


def _barred() -> str:
    return "|".join(data()["not_names"])


CAP = r"(?:St\. )?[A-Z][a-z’'][\w’'-]*(?: (?:of |du |la |de )?[A-Z][a-z][\w’'-]*){0,2}?"
"""A name of up to three words."""
STATEWIDE = (
    r"(?:[Ss]tate [Pp]olice|[Ss]tate [Pp]atrol|[Hh]ighway [Pp]atrol|[Ss]tate [Hh]ighway [Pp]atrol|[Nn]ational [Gg]uard|"
    r"[Ss]tate [Gg]uard|[Aa]ttorney [Gg]eneral|[Ss]tate [Aa]uditor|[Ss]tate [Ff]ire [Mm]arshal|[Ff]ire [Mm]arshal|"
    r"[Dd]epartment of [A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+)*|(?:[A-Z][a-z]+ ){1,3}(?:Commission|Bureau|Division|"
    r"Authority)(?: of [A-Z][a-z]+)?|Bureau of [A-Z][a-z]+)"
)
"""Offices of an entire state."""
JOINT = when_needed(r"(?:,? and |,? or |, )(?:the )?")


def name_pattern() -> str:
    """A name that is none of the words that open a sentence with a capital."""
    return rf"(?!(?:{_barred()})\b)(?:{CAP})"


@cache
def item() -> re.Pattern[str]:
    """One name with its office, or several that share the word for it."""
    name = name_pattern()
    each = rf"{name}(?:[’']s)?"
    several = rf"{each}(?:, {each})*(?:,? (?:and|or) {each})"
    some = rf"{each}(?:, {each})*(?:,? (?:and|or) {each})?"
    office = (
        r"(?: (?:[Ss]heriff(?:[’']s?)?(?: (?:[Oo]ffice|[Dd]epartment))?(?:[’']s)?|jail|prison|detention "
        r"center)(?!\w))?"
    )
    return when_needed(
        rf"(?:[Tt]he |neighboring |nearby )?(?:"
        rf"(?:sheriffs?|jails?) (?:of|in) (?P<sheriffs>{some}) [Cc]ount(?:ies|y)"
        rf"|(?:[Tt]own |[Cc]ity )?(?:police(?: (?:departments?|forces?))?|departments?) (?:of|in) (?P<towns>{some})"
        rf"|(?:village|town|city|borough) of (?P<town>{name})"
        rf"|(?P<counties>{several}) [Cc]ounties(?:[’']s?| sheriffs)?"
        rf"|(?P<county>{name}) (?P<parish>County|Parish)(?:[’']s)?{office}"
        rf"|(?P<forces>{several}) police(?: (?:departments|forces))?"
        rf"|(?P<police>{name})(?:[’']s)? (?:[Pp]olice(?: [Dd]epartment)?|police force)"
        rf"|(?:(?P<own>{states()}|[Ii]ts)(?:[’']s)? )?(?P<statewide>{STATEWIDE})(?:[’']s office)?"
        rf"|(?P<bare>{name})(?:[’']s)?"
        rf")"
    )


@dataclass(frozen=True, slots=True)
class Party:
    """An agency as a text names it: the name to look up, and its place in the text."""

    name: str
    start: int
    end: int


def parties(text: str, start: int, end: int, state: str | None, prefers: str = "") -> list[Party]:
    """The agencies of a stretch that is a list of names; none where it is anything else. ``prefers``: whether a bare
    name that a county and a city have is that of a "county" or of "police"."""
    if not prefers:
        prefers = _kind_of_list(text, start, end, state)
    found: list[Party] = []
    at = start
    while at < end:
        one = next((match for match in _items(text, at, end)), None)
        if one is None:
            return []
        made = list(_named(one, state, prefers))
        if not made:
            return []
        found += made
        at = one.end()
        joint = JOINT.match(text, at, end) if at < end else None
        if at < end and joint is None:
            return []
        at = joint.end() if joint else at
    return found


def named_in(text: str, state: str | None) -> list[Party]:
    """The agencies that a text names with the word for their office, or as a county, in their order."""
    return [party for one in named_matches(text) for party in _named(one, state, "")]


def named_matches(text: str) -> Iterator[re.Match[str]]:
    """The stretches of a text that name agencies with the word for their office, or as a county."""
    if not OFFICE.search(text):
        return iter(())
    return (one for one in item().finditer(text) if not one["bare"])


OFFICE = when_needed(
    r"[Cc]ount(?:y|ies)\b|Parish|[Pp]olice|[Ss]heriff|[Dd]epartments?\b|[Jj]ails?\b|[Pp]atrol|[Gg]uard\b|"
    r"[Aa]ttorney [Gg]eneral|[Aa]uditor|[Mm]arshal|Commission|Bureau|Division|Authority|"
    r"(?:[Vv]illage|[Tt]own|[Cc]ity|[Bb]orough) of"
)
"""A word that each name with its office has."""


def _kind_of_list(text: str, start: int, end: int, state: str | None) -> str:
    """The kind of the bare names of a list that can be of one kind alone: St. Louis and Kansas City are cities."""
    bare = [one for one in item().finditer(text, start, end) if one["bare"]]
    kinds = {made for one in bare for name, _ in _each(one, "bare") if (made := office_of(name, state, ""))}
    if not kinds or len(bare) < 2:
        return ""
    counties = all(one.endswith("Office") for one in kinds)
    return "county" if counties else "police" if all(one.endswith("Department") for one in kinds) else ""


def _items(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The item that begins at a place and is followed by the end of the stretch or by another item."""
    for stop in [end, *(one.start() for one in reversed(list(JOINT.finditer(text, start, end))))]:
        found = item().fullmatch(text, start, stop)
        if found:
            yield found


def _named(one: re.Match[str], state: str | None, prefers: str) -> Iterator[Party]:
    """The agencies of one item."""
    for group in ("sheriffs", "counties", "county"):
        if one[group]:
            word = one["parish"] if group == "county" else "County"
            found = [Party(f"the {name} {word} Sheriff's Office", *place) for name, place in _each(one, group)]
            yield from found if len(found) > 1 else (Party(found[0].name, *_printed(one)),)
            return
    for group in ("towns", "town", "police", "forces"):
        if one[group]:
            yield from (Party(f"the {name} Police Department", *place) for name, place in _each(one, group))
            return
    if one["statewide"]:
        state = one["own"] if one["own"] and one["own"].lower() != "its" else state
        if state:
            said = " ".join(word if word == "of" else word[:1].upper() + word[1:] for word in one["statewide"].split())
            said = said.replace("Attorney General", "Attorney General's Office")
            said = "State Fire Marshal" if said == "Fire Marshal" else said
            yield Party(f"the {state} {said}", *one.span("statewide"))
        return
    for name, place in _each(one, "bare"):
        meant = office_of(name, state, prefers)
        if meant:
            yield Party(meant, *place)


def _printed(one: re.Match[str]) -> tuple[int, int]:
    """An item as printed, without the article."""
    return one.start() + (4 if one[0].lower().startswith("the ") else 0), one.end()


def _each(one: re.Match[str], group: str) -> Iterator[tuple[str, tuple[int, int]]]:
    text, at, end = one.string, one.start(group), one.end(group)
    while at < end:
        joint = JOINT.search(text, at, end)
        stop = joint.start() if joint else end
        yield re.sub(r"[’']s?$", "", text[at:stop]), (at, stop)
        at = joint.end() if joint else end


@cache
def office_of(name: str, state: str | None, prefers: str) -> str | None:
    """The office of a bare name: a county's sheriff or a city's police, where the state has just one of the two."""
    from ledger287.places.gazetteer.geography import geography
    from ledger287.places.gazetteer.naming import key

    code = next((one.code for one in declared.states() if one.name == state), None)
    if code is None or (prefers != "county" and any(one.name == name for one in declared.states())):
        return None
    county = geography().county_named(code, f"{name} County") is not None
    town = bool(geography().city_departments.get((code, key(name))))
    if county == town and not (county and prefers):
        return None
    return (
        f"the {name} County sheriff"
        if (county and prefers != "police") or not town
        else f"the {name} Police Department"
    )
