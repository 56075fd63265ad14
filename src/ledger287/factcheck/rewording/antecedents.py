"""Which agency a sentence of a story speaks of that names none: "It is a task force agreement", "The sheriff joined".

What enters: the sentences of a text in their order. What leaves: for one that leans on the sentence before, the opening
that names the agency. Promise: only where the sentence right before names one agency and no other, of the kind that is
meant; quoted sentences lean on nothing; a word that no form names stays where it is.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import grouped_words, when_needed, with_words
from ledger287.factcheck.parse.datelines import Dateline
from ledger287.factcheck.parse.names.county_names import states_of_county
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.named.phrases import name_pattern, named_in, named_matches, office_of, states


@dataclass(frozen=True, slots=True)
class LeaningForm:
    """An opening that leans on an agency: of which kind, its pattern, what it says, what it says in addition, and
    whether it names the agency itself."""

    of: str
    pattern: re.Pattern[str]
    said: str
    also: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a sentence leaves to the ones before it: its words for it, what they say, what it says in addition, and the
    agency; none where it is the state."""

    opening: re.Match[str]
    said: str
    also: tuple[str, ...] = ()
    agency: str | None = None


@cache
def form_macros() -> dict[str, str]:
    """The words that forms share, by their names (declared/factcheck/wordings.yml)."""
    return grouped_words(declared.declared_yaml("factcheck/wordings.yml")["macros"], {"STATE": f"(?:{states()})"})


@cache
def leaning_forms() -> tuple[LeaningForm, ...]:
    """The declared forms, with their macros put in."""
    macros = grouped_words(_data()["macros"], {**form_macros(), "NAME": name_pattern()})
    return tuple(
        LeaningForm(
            row.get("of", "any"),
            when_needed(with_words(row["form"], macros)),
            row["said"],
            tuple(row.get("also", ())),
            "(?P<n>" in row["form"],
        )
        for row in _data()["forms"]
    )


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = declared.declared_yaml("factcheck/antecedents.yml")
    return found


@cache
def _firm() -> re.Pattern[str]:
    return when_needed(_data()["firm"])


@cache
def _barred() -> re.Pattern[str]:
    return when_needed(_data()["barred"])


@cache
def _the_state() -> re.Pattern[str]:
    """``The state had 97``: no office of it, and nothing that is only by its name (the state law)."""
    named = "|".join(_data()["of_a_state"])
    return when_needed(rf"\b[Tt]he (?:whole |entire )?state(?P<of>[’']s)?\b(?! (?:{named})\b)(?=[ ,.;])")


SHORT = when_needed(r"^[Tt]he (?P<name>.+?) (?:County|Parish|Police)\b")
OPENS = ("It", "This", "That", "The ", "His ", "Her ", "Their ")
"""How a sentence opens that may lean on an agency."""


class Antecedents:
    """The agency that the sentence before names, kept from sentence to sentence."""

    def __init__(self, dateline: Dateline | None, *, several: bool) -> None:
        self.several = several
        self.home = self.state = dateline.state if dateline else None
        self.states: set[str] = {self.home} if self.home else set()
        self.agencies: tuple[str, ...] = ()
        self.kinds: dict[str, str] = {}

    def leaning(self, parsed: Parsed) -> Leaning | None:
        """What a sentence leaves to the ones before it; what it names itself is kept for the next one."""
        found = None if parsed.sentence.quoted else self._leaning(parsed.sentence.text, parsed)
        self._hear(parsed, found)
        return found

    def _leaning(self, text: str, parsed: Parsed) -> Leaning | None:
        own = _states(parsed)
        alone = " only " in text
        placed = _the_state().search(text) if (self.several or alone) and self.is_plain_state() else None
        if placed and (parsed.amounts or alone) and self.state not in own:
            return Leaning(placed, f"{_named(self.state)}{placed['of'] or ''}")
        state = _named(own[0] if len(own) == 1 else self.state or self.home)
        leans = len(self.agencies) == 1 and text.startswith(OPENS)
        for form in leaning_forms():
            found = form.pattern.match(text) if leans or form.named else None
            agency = self._meant(found, form, state) if found else None
            if found and agency:
                here = agency.removesuffix(f" in {state}") if form.named and own else agency
                also = tuple(one.replace("{A}", agency) for one in form.also)
                return Leaning(found, form.said.replace("{A}", here), also, agency)
        return None

    def places_of_counties(self, text: str, parsed: Parsed) -> list[tuple[int, str]]:
        """Where the state is left out behind a county of a name that several have, in a text that names several."""
        if not self.several or parsed.sentence.quoted or _states(parsed) or not self.is_plain_state():
            return []
        found = []
        for one in named_matches(text):
            named = [f"{name} {word}" for name in _counties(one) for word in ("County", "Parish")]
            shared = [name for name in named if len(states_of_county(name)) > 1]
            if shared and all(self.state in states_of_county(name) for name in shared):
                found.append((one.end(), f"in {_named(self.state)}"))
        return found

    def is_plain_state(self) -> bool:
        """Whether "the state" can only be the one that was named last: that of the dateline, or the only one so far."""
        return self.state is not None and (self.state == self.home or len(self.states) == 1)

    def _meant(self, found: re.Match[str], form: LeaningForm, state: str | None) -> str | None:
        """The agency of a form: the one before it, or the county or town of the bare name in it."""
        if form.named:
            name = re.sub(r" (?:County|Parish)$", "", found["n"])
            prefers = {"sheriff": "county", "any": self.kinds.get(name, "")}.get(form.of, form.of)
            if name != found["n"]:
                prefers = "county"
            office = office_of(name, state, prefers)
            agency = _full(office, state) if office else None
        else:
            agency = self.agencies[0]
        return agency if agency and form.of in ("any", _kind(agency)) else None

    def _hear(self, parsed: Parsed, leaning: Leaning | None) -> None:
        """Keep what the next sentence may lean on: the agencies of this one, by their names with their state."""
        if parsed.sentence.quoted:
            return  # what somebody says between: the next sentence leans on what is before it
        text, codes = parsed.sentence.text, _states(parsed)
        self.states.update(codes)
        if len(codes) == 1 or (codes and parsed.tokens[0].kind == "PLACE"):
            self.state = codes[0] if len(codes) == 1 else None
        state = _named(self.state)
        named = [_full(one.name, state) for one in named_in(text, state)]
        if subject := leaning and leaning.agency:
            named = [subject, *(one for one in named if _short(one) != _short(subject))]
        for one in named:
            self.kinds[_short(one)] = {"sheriff": "county"}.get(_kind(one), _kind(one))
        firm = _firm().search(text) and not _barred().search(text)
        self.agencies = tuple(dict.fromkeys(named)) if firm else ()


def _states(parsed: Parsed) -> list[str]:
    """The states that a sentence names, in their order."""
    return list(dict.fromkeys(one.value for one in parsed.tokens if one.kind == "PLACE"))


def _short(agency: str) -> str:
    """The name of an agency's county or town."""
    found = SHORT.match(agency)
    return found["name"] if found else agency


def _counties(one: re.Match[str]) -> list[str]:
    """The bare names of the counties of an agency's name."""
    said = one["county"] or one["counties"] or one["sheriffs"] or ""
    return [re.sub(r"[’']s?$", "", name.strip()) for name in re.split(r",? and |,? or |, ", said) if name.strip()]


def _full(name: str, state: str | None) -> str:
    """An agency's name as the subject of a sentence, with its state where its name has none."""
    said = f"{name[:1].upper()}{name[1:]}"
    return f"{said} in {state}" if state and state not in said else said


def _kind(agency: str) -> str:
    return "sheriff" if "heriff" in agency else "police" if "Police Department" in agency else "other"


@cache
def _named(code: str | None) -> str | None:
    return next((one.name for one in declared.states() if one.code == code), None)
