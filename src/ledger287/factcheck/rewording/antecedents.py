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
from ledger287.core.patterns import when_needed, with_words
from ledger287.factcheck.parse.datelines import Dateline
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.named.phrases import name_pattern, named_in, office_of, states


@dataclass(frozen=True, slots=True)
class LeaningForm:
    """An opening that leans on an agency: of which kind, its pattern, what it says, what it says in addition, and
    whether it names the agency itself."""

    of: str
    pattern: re.Pattern[str]
    said: str
    also: tuple[str, ...]
    named: bool


@cache
def leaning_forms() -> tuple[LeaningForm, ...]:
    """The declared forms, with their macros put in."""
    data = _data()
    macros = {"NAME": name_pattern(), "STATE": f"(?:{states()})"}
    for name, pattern in data["macros"].items():
        macros[name] = f"(?:{with_words(pattern, macros)})"
    return tuple(
        LeaningForm(
            row.get("of", "any"),
            when_needed(with_words(row["form"], macros)),
            row["said"],
            tuple(row.get("also", ())),
            "(?P<n>" in row["form"],
        )
        for row in data["forms"]
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


SHORT = when_needed(r"^The (?P<name>.+?) (?P<of>County|Parish|Police)\b")
OPENS = ("It", "This", "That", "The ", "His ", "Her ", "Their ")
"""How a sentence opens that may lean on an agency."""


class Antecedents:
    """The agency that the sentence before names, kept from sentence to sentence."""

    def __init__(self, dateline: Dateline | None) -> None:
        self.state = dateline.state if dateline else None
        self.agencies: tuple[str, ...] = ()
        self.kinds: dict[str, str] = {}

    def leaning(self, text: str, parsed: Parsed) -> tuple[re.Match[str], str, list[str]] | None:
        """The opening of a sentence that leans on the agency before it, what it says, and what it says in addition."""
        if parsed.sentence.quoted:
            return None
        leans = len(self.agencies) == 1 and text.startswith(OPENS)
        for form in leaning_forms():
            if not (leans or form.named):
                continue
            found = form.pattern.match(text)
            agency = self._meant(found, form) if found else None
            if found and agency:
                return found, form.said.replace("{A}", agency), [one.replace("{A}", agency) for one in form.also]
        return None

    def _meant(self, found: re.Match[str], form: LeaningForm) -> str | None:
        """The agency of a form: the one before it, or the county or town of the bare name in it."""
        state = _named(self.state)
        if form.named:
            name = found["n"]
            prefers = {"sheriff": "county"}.get(form.of, form.of) if form.of != "any" else ""
            office = office_of(name, state, prefers or self.kinds.get(name, ""))
            agency = _full(office, state) if office else None
        else:
            agency = self.agencies[0]
        return agency if agency and form.of in ("any", _kind(agency)) else None

    def heard(self, text: str, parsed: Parsed) -> None:
        """What the next sentence may lean on: the agencies of this one, by their names with their state."""
        if parsed.sentence.quoted:
            self.agencies = ()
            return
        codes = list(dict.fromkeys(one.value for one in parsed.tokens if one.kind == "PLACE"))
        if codes:
            self.state = codes[0] if len(codes) == 1 else None
        state = _named(self.state)
        named = tuple(dict.fromkeys(_full(one.name, state) for one in named_in(text, state)))
        for one in named:
            short = SHORT.match(one)
            if short:
                self.kinds[short["name"]] = "county" if short["of"] != "Police" else "police"
        firm = _firm().search(text) and not _barred().search(text)
        self.agencies = named if firm else ()


def _full(name: str, state: str | None) -> str:
    """An agency's name as the subject of a sentence, with its state where its name has none."""
    said = f"{name[:1].upper()}{name[1:]}"
    return f"{said} in {state}" if state and state not in said else said


def _kind(agency: str) -> str:
    return "sheriff" if "heriff" in agency else "police" if "Police Department" in agency else "other"


@cache
def _named(code: str | None) -> str | None:
    return next((one.name for one in declared.states() if one.code == code), None)
