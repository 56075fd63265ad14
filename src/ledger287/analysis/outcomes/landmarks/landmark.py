"""An apprehension site or a facility's name, as typed -> its agency, or its county, or ``cannot tell``.

What enters: a text such as ``CAP - LEE COUNTY JAIL, AL STATE``, a state where the text names none, and a day. What
leaves: ``this agency`` where one agency with an agreement in force on the day is meant and no other could be; ``this
county`` where a county is; ``cannot tell`` otherwise. Promises: nothing is guessed. A general area, a federal place, a
city and a county with the same name, a similar name, or a place name that a state has twice gives ``cannot tell``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Protocol
from weakref import WeakKeyDictionary

import polars as pl
from rapidfuzz.distance import Levenshtein

from ledger287.analysis.outcomes.deriving.facility_tables import words_of
from ledger287.analysis.outcomes.landmarks.ground import ground_of
from ledger287.analysis.outcomes.landmarks.named import NamedAgencies, jail_by_name
from ledger287.analysis.outcomes.landmarks.text import (
    ParsedLandmark,
    Where,
    declared_words,
    flat,
    names_elsewhere,
    parse,
    state_of,
)
from ledger287.core.jsonable import NotebookTable
from ledger287.core.query_error import QueryError, as_text
from ledger287.ledger.outcomes import store
from ledger287.ledger.outcomes.flows import state_code
from ledger287.places.atlas import Atlas
from ledger287.places.coverage.prisons import InForce
from ledger287.places.gazetteer.geography import County, Geography
from ledger287.places.gazetteer.naming import county_key, key

Verdict = Literal["this agency", "this county", "cannot tell"]
EXAMPLE = "CAP - LEE COUNTY JAIL, AL STATE"
CONTRACT = ("DIGSA", "CDF", "SPC", "FAMILY", "USMS CDF")
"""What ICE's tables call facilities that are dedicated to it, or that a company runs under a federal contract."""
TYPED_LENGTH = 7
"""A county's name this long, or longer, may have one letter wrong; shorter ones are too near to others."""


@dataclass(frozen=True, slots=True)
class LandmarkAnswer(NotebookTable):
    """What a text names on a day; ``agency_id`` only with ``this agency``, the county with it too where known.

    ``cannot_tell_after``: the day of the newest list, where the day is after it.
    """

    text: str
    on: date
    verdict: Verdict
    why: str
    state: str | None
    county_fips: str | None
    county: str | None
    agency_id: str | None
    agency: str | None
    cannot_tell_after: date | None = None


class Places(Protocol):
    """Counties and places, with the agencies that have an agreement on a day: an atlas, or part of one."""

    @property
    def geography(self) -> Geography:
        """Counties and places."""

    def today(self) -> date:
        """The day of a question that names none."""

    def in_force(self, on: date, /) -> Sequence[InForce]:
        """The agencies with an agreement on a day."""


def landmark_of(ledger: Atlas, text: str, on: date | None = None, state: str | None = None) -> LandmarkAnswer:
    """What one text names on a day; ``state`` by code or name. Raises QueryError for a text without a letter."""
    text = as_text(text, "text", EXAMPLE)
    if not any(letter.isalpha() for letter in text):
        expected = f"no site: expected the name of a site or a facility such as {EXAMPLE!r}, found {text!r}."
        raise QueryError("no_text", expected, fields=("text",))
    matcher = _matcher(ledger, on or ledger.today())
    answer = matcher.match(text, state_code(state) if state else None)
    return replace(answer, cannot_tell_after=ledger.cannot_tell_after(matcher.on, None))


_last: "WeakKeyDictionary[Atlas, Matcher]" = WeakKeyDictionary()
"""The matcher of the last day that was requested, while its ledger is in use."""


def _matcher(ledger: Atlas, on: date) -> "Matcher":
    found = _last.get(ledger)
    if found is None or found.on != on:
        found = _last[ledger] = Matcher(ledger, on)
    return found


class Matcher:
    """The agencies in force on a day, ready for many texts."""

    def __init__(self, ledger: Places, on: date | None = None) -> None:
        self.on = on or ledger.today()
        self.geography: Geography = ledger.geography
        self.ground = ground_of(ledger.geography)
        self.by_county: dict[str, list[InForce]] = {}
        self.by_place: dict[tuple[str, str], list[InForce]] = {}
        in_force = ledger.in_force(self.on)
        self.named = NamedAgencies(in_force, [(one.code, one.name) for one in self.geography.states.values()])
        for one in in_force:
            place = one.jurisdiction
            if place.kind in ("county_sheriff", "county_police_or_jail") and len(place.counties) == 1:
                self.by_county.setdefault(place.counties[0], []).append(one)
            if place.kind == "municipal_police" and (name := place.place or place.roster_name):
                self.by_place.setdefault((place.state, key(name)), []).append(one)

    def match(self, text: str, state: str | None = None) -> LandmarkAnswer:
        """What one text names."""
        plain = flat(text)
        rest, said = state_of(plain)
        if state and said and said != state:
            return self._cannot(text, f"the text says {said}, and {state} was given", state)
        where = said or state
        named = self.named.agency(rest, where, self.ground.kind)
        if named is not None:
            return self._named(text, named)
        fips = jail_by_name(rest)
        if fips is not None and where in (None, self.geography.every_county[fips].state):
            return self._jail(text, self.geography.every_county[fips], rest)
        sheriff = self._by_initials(rest, where)
        if sheriff is not None:
            return self._placed(
                text, self.geography.every_county[sheriff.jurisdiction.counties[0]], "it names the sheriff", sheriff
            )
        if not rest or names_elsewhere(rest):
            return self._cannot(text, "it names a general area, or a place of no local agency", where)
        where = where or self.ground.state_of(rest)
        parsed = parse(rest, lambda tail, name: self._kind(where, tail, name))
        if parsed is None:
            return self._cannot(text, "it names no jail, sheriff or police department of a county or city", where)
        if where is None:
            where = self._only_state(parsed)
            if where is None:
                return self._cannot(text, "it names no state, and the name is in several or none", None)
        if parsed.like_a_prison and parsed.of == "unsaid":
            return self._cannot(text, "a state prison may have that name: it does not say county", where)
        if parsed.of == "city" or (parsed.of == "unsaid" and parsed.body == "police"):
            return self._city(text, where, parsed)
        return self._county(text, where, parsed, rest)

    def _jail(self, text: str, county: County, rest: str) -> LandmarkAnswer:
        """A jail that is known by its own name."""
        why, agency = self._of_county(county, ParsedLandmark(county.name, "county", "jail"), rest)
        return self._placed(text, county, why if agency else "it names a jail that is known", agency)

    def _by_initials(self, rest: str, where: str | None) -> InForce | None:
        """A sheriff with an agreement whose initials, as declared, a text begins with."""
        fips = declared_words().sheriffs_by_initials.get(rest.split(maxsplit=1)[0] if rest else "")
        if fips is None or where not in (None, self.geography.every_county[fips].state):
            return None
        sheriffs = [one for one in self.by_county.get(fips, ()) if one.jurisdiction.kind == "county_sheriff"]
        return sheriffs[0] if len(sheriffs) == 1 else None

    def _named(self, text: str, agency: InForce) -> LandmarkAnswer:
        counties = agency.jurisdiction.counties
        county = self.geography.every_county.get(counties[0]) if len(counties) == 1 else None
        return self._placed(text, county, "it has the name of the agency", agency)

    # -- counties ----------------------------------------------------------------------------------

    def _kind(self, state: str | None, tail: str, name: str) -> Where:
        """Whether a text is a place in the county of a name, or elsewhere in the state."""
        county = self._county_named(state, name)[0] if state else None
        return self.ground.kind(state, county.fips, tail) if state and county else "unknown"

    def _county(self, text: str, state: str, parsed: ParsedLandmark, rest: str) -> LandmarkAnswer:
        county, typed = self._county_named(state, parsed.name)
        if county is None:
            return self._cannot(text, f"{state} has no county of that name, or several near it", state)
        if parsed.of == "unsaid" and parsed.body != "sheriff":
            elsewhere = {place.county for place in self.geography.places.get((state, key(parsed.name)), ())}
            if elsewhere - {county.fips}:
                return self._cannot(text, "a county and a place elsewhere in the state have that name", state)
            return self._placed(text, county, "the name is that of the county; it does not say whose jail", None)
        if typed:
            return self._placed(text, county, f"read as {county.name}, with one letter wrong", None)
        if parsed.body == "jail" and words_of(rest) in _run_by_companies(store.folder()).get(state, frozenset()):
            return self._placed(text, county, "it names a facility that a company runs under a federal contract", None)
        if not parsed.sure:
            return self._placed(text, county, "it names the county, with words that are not known", None)
        return self._placed(text, county, *self._of_county(county, parsed, rest))

    def _county_named(self, state: str, name: str) -> tuple[County | None, bool]:
        """The county, and whether its name has a letter wrong."""
        found = self.geography.county_named(state, f"{name} County")
        if found and county_key(found.name).removesuffix("city") in (key(name), county_key(name)):
            return self._today(found), False
        wanted = key(name)
        if len(wanted) < TYPED_LENGTH or self.geography.places.get((state, wanted)):
            return None, False
        near = [
            (Levenshtein.distance(wanted, county_key(one.name), score_cutoff=2), one)
            for one in self.geography.counties_of.get(state, ())
        ]
        close = [one for distance, one in near if distance <= 2]
        if len(close) == 1 and Levenshtein.distance(wanted, county_key(close[0].name)) == 1:
            return close[0], True
        return None, False

    def _today(self, county: County) -> County | None:
        return county if not county.now else None

    def _of_county(self, county: County, parsed: ParsedLandmark, rest: str) -> tuple[str, InForce | None]:
        """Why, and the one agency of the county with an agreement that the text means, if one is."""
        held = self.by_county.get(county.fips, [])
        sheriffs = [one for one in held if one.jurisdiction.kind == "county_sheriff"]
        others = [one for one in held if one.jurisdiction.kind != "county_sheriff"]
        if parsed.body == "sheriff":
            if len(sheriffs) == 1:
                return "it names the sheriff", sheriffs[0]
            return "it names the sheriff, who had no agreement on the day", None
        if parsed.body == "police":
            police = [one for one in others if "police" in one.name.casefold()]
            if len(police) == 1:
                return "it names the county's police", police[0]
            return "it names the county's police, which had no agreement on the day", None
        jailers = [
            one for one in others if not {"police", "sheriff"} & set(re.findall("police|sheriff", flat(one.name)))
        ]
        run_by_others = declared_words().jails_of_others
        alone = parsed.body == "corrections" or not sheriffs or county.fips in run_by_others
        if len(jailers) == 1 and alone and "constable" not in rest:
            return "it names the county's jail, and one agency of the county that runs jails has an agreement", jailers[
                0
            ]
        if parsed.body == "corrections":
            return "it names a body of the county that another than the sheriff may run", None
        by_others = county.state in run_by_others and county.fips not in declared_words().jails_of_sheriffs
        if by_others or county.fips in run_by_others:
            return "it names the county's jail, which another body than the sheriff may run", None
        others = [one for one in others if "police" not in one.name.casefold()]
        if len(sheriffs) == 1 and not others and parsed.body == "jail":
            return (
                "it names the county's jail, and the sheriff is the one agency of the county with an agreement",
                sheriffs[0],
            )
        if held and parsed.body == "jail":
            return "it names the county's jail, and several agencies of the county had an agreement", None
        return "it names the county; none of its own agencies had an agreement on the day, or none is meant", None

    # -- cities ------------------------------------------------------------------------------------

    def _city(self, text: str, state: str, parsed: ParsedLandmark) -> LandmarkAnswer:
        said = parsed.name.removesuffix(f" {self.geography.states[state].name.casefold()}")
        full = self.ground.places(state, f"{said} city") if parsed.of == "city" else []
        plain = self.ground.places(state, said)
        if full and plain and parsed.of == "city" and set(full) != set(plain):
            return self._cannot(text, "two places of the state fit the name", state)
        places = full or plain
        name = f"{said} city" if full and not plain else said
        if not places or () in places or len({*map(frozenset, places)}) > 1:
            return self._cannot(text, f"{state} has no place of that name, or several", state)
        counties = places[0]
        agencies = self.by_place.get((state, key(name)), [])
        if len(agencies) == 1:
            place = agencies[0].jurisdiction
            if not {*counties} & {*place.counties, *place.reaches}:
                return self._cannot(text, "the police of that name are of another county than the city", state)
            own = self.geography.every_county.get(place.counties[0] if place.counties else counties[0])
            return self._placed(text, own, "it names the city's police or jail", agencies[0])
        if len(counties) > 1:
            return self._cannot(
                text, "it names a city in several counties whose police had no agreement on the day", state
            )
        county = self.geography.every_county.get(counties[0])
        if county is None:
            return self._cannot(text, "the place's county is not known", state)
        return self._placed(text, county, "it names a city whose police had no agreement on the day", None)

    # -- answers -----------------------------------------------------------------------------------

    def _only_state(self, parsed: ParsedLandmark) -> str | None:
        """The one state that has a county, or a city with police, of the name; else None."""
        wanted = key(parsed.name)
        if parsed.of == "city" or (parsed.of == "unsaid" and parsed.body == "police"):
            return self.ground.only_state_of_place(wanted)
        states = {one.state for one in self.geography.counties.values() if county_key(one.name) == wanted}
        if parsed.of != "county" and parsed.body != "sheriff" and self.ground.is_any_place(wanted):
            return None
        return next(iter(states)) if len(states) == 1 else None

    def _placed(self, text: str, county: County | None, why: str, agency: InForce | None) -> LandmarkAnswer:
        verdict: Verdict = "this agency" if agency else "this county"
        state = agency.jurisdiction.state if agency else county.state if county else None
        return LandmarkAnswer(
            text,
            self.on,
            verdict,
            why,
            state,
            county.fips if county else None,
            county.name if county else None,
            agency.jurisdiction.agency_id if agency else None,
            agency.name if agency else None,
        )

    def _cannot(self, text: str, why: str, state: str | None) -> LandmarkAnswer:
        return LandmarkAnswer(text, self.on, "cannot tell", why, state, None, None, None, None)


@cache
def _run_by_companies(_: Path) -> dict[str, frozenset[str]]:
    """By state: the words of facilities with a county in their name that a company runs under a federal contract."""
    found: dict[str, set[str]] = {}
    for text in declared_words().of_companies:
        name, state = text.rsplit(", ", 1)
        found.setdefault(state, set()).add(words_of(name))
    printed = store.table("facility_averages").select(pl.col("name", "state", "type").cast(pl.String)).unique()
    for name, state, _ in printed.filter(pl.col("type").is_in(CONTRACT)).iter_rows():
        words = words_of(name)
        if {"CO", "PARISH"} & set(words.split()) and not {"JAIL", "SHERIFF"} & set(words.split()):
            found.setdefault(state, set()).add(words)
    return {state: frozenset(names) for state, names in found.items()}
