"""Texts that name an agency by its own name, or a jail by a name that is declared: which agency, or which county.

What enters: the agencies in force on a day, and a text without its state. What leaves: the one agency of the state
whose name the text has, in any order and with short forms, or by the initials of a university or of a body of the
state; and the county of a jail known by its own name. Promise: of two agencies that fit, none is chosen.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

from ledger287.analysis.outcomes.landmarks.text import NUMBER, declared_words, words_of_text
from ledger287.core import declared
from ledger287.places.coverage.prisons import InForce

LEFT_OUT = frozenset({"of", "the", "and", "office", "department", "division", "at", "for", "county)", "police's"})
BY_NAME = ("state_agency", "campus", "constable", "county_police_or_jail", "regional", "airport_or_port", "prosecutor",
           "guard_or_other_state_body")  # fmt: skip
"""The kinds of agencies that are known by their names; sheriffs and cities' police are known by their place."""
LEAST_INITIALS = 3
JAIL = re.compile(r"\b(?:reg(?:ional)? jail|corr(?:ectional|ections)? (?:complex|center|ctr)|pre-?trial)\b")
"""How jails of a state that runs them all are named."""
COMPASS = {"southwest": "sw", "northwest": "nw", "southeast": "se", "northeast": "ne"}
Kind = Callable[[str, str, str], str]
"""A state, a county's code and words -> whether the words are a place in the county."""


def _plain(text: str, state_names: Iterable[tuple[str, str]] = ()) -> list[str]:
    """The words of a name for comparing: short forms written out, words of no weight left out."""
    short = declared_words().names_short
    words = words_of_text(text.casefold().replace("’", "'").replace("'s", ""))
    for code, name in state_names:
        if words[:1] == [code.casefold()]:
            words = [*name.casefold().split(), *words[1:]]
    written = " ".join(short.get(word, word) for word in words).split()
    return [word for word in written if word not in LEFT_OUT]


class NamedAgencies:
    """The agencies in force that are known by their names, ready for many texts."""

    def __init__(self, in_force: Iterable[InForce], states: Iterable[tuple[str, str]]) -> None:
        self.states = tuple(states)
        self.agencies = [one for one in in_force if one.jurisdiction.kind in BY_NAME]
        self.words = {one.jurisdiction.agency_id: frozenset(_plain(one.name)) for one in self.agencies}

    def agency(self, text: str, state: str | None, kind: Kind) -> InForce | None:
        """The one agency that a text names, in a state where one is known; ``kind`` says where a place is."""
        found = self._by_words(text, state, kind) or self._body_of_state(text, state)
        return found or self._by_initials(text, state, kind) or self._state_jail(text, state)

    def _state_jail(self, text: str, state: str | None) -> InForce | None:
        """The state's agency for corrections, where the jails are all the state's and the text names one."""
        if state not in declared_words().state_jails or not JAIL.search(text):
            return None
        found = [
            one
            for one in self.agencies
            if one.jurisdiction.kind == "state_agency"
            and one.jurisdiction.state == state
            and "correction" in one.name.casefold()
        ]
        return found[0] if len(found) == 1 else None

    @staticmethod
    def _near(one: InForce, words: list[str], kind: Kind) -> bool:
        """Whether words are a place in a county of the agency."""
        place = one.jurisdiction
        return any(kind(place.state, fips, " ".join(words)) == "within" for fips in place.counties)

    def _by_words(self, text: str, state: str | None, kind: Kind) -> InForce | None:
        """By all words of its name; a troop, a district or a place behind it changes nothing."""
        words = _plain(text, self.states)
        parts = declared_words().parts
        found: dict[str, InForce] = {}
        for cut in range(len(words), 1, -1):
            behind = words[cut:]
            weightless = all(word in parts or NUMBER.fullmatch(word) for word in behind)
            said = frozenset(words[:cut])
            for one in self.agencies:
                own = self.words[one.jurisdiction.agency_id]
                same = own == said or own | {"state"} == said | {"state"}
                if len(own) < 2 or not same or state not in (None, one.jurisdiction.state):
                    continue
                of_state = one.jurisdiction.kind == "state_agency" and behind[:1] and behind[0] in parts
                if weightless or of_state or self._near(one, behind, kind):
                    found[one.jurisdiction.agency_id] = one
            if found:
                break
        return next(iter(found.values())) if len(found) == 1 else None

    def _body_of_state(self, text: str, state: str | None) -> InForce | None:
        """A body of a state by initials or a name that is declared."""
        short = declared_words().names_short
        words = f"{' '.join(short.get(word, word) for word in words_of_text(text))} "
        for row in declared_words().state_bodies:
            if state in (None, row["state"]) and words.startswith(f"{row['says']} "):
                fitting = [
                    one
                    for one in self.agencies
                    if one.jurisdiction.state == row["state"] and row["has"] in one.name.casefold().replace("&", "and")
                ]
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _by_initials(self, text: str, state: str | None, kind: Kind) -> InForce | None:
        """A campus's police, or a regional authority, by the initials of its name, where the state is known."""
        words = _plain(text, self.states)
        if not words or len(words[0]) < LEAST_INITIALS:
            return None
        found = []
        for one in self.agencies:
            name = [word for word in words_of_text(one.name.casefold()) if word not in LEFT_OUT]
            campus = one.jurisdiction.kind == "campus"
            own = [word for word in name if not campus or word not in ("police", "department")]
            initials = "".join(COMPASS.get(word, word[0]) for word in own)
            body = words[1:2] == ["police"] or not campus
            behind = words[2 if campus else 1 :]
            known = one.jurisdiction.state == state or (state is None and self._near(one, behind, kind))
            if known and one.jurisdiction.kind in ("campus", "regional") and body and initials == words[0]:
                found.append(one)
        return found[0] if len(found) == 1 else None


@cache
def _jails() -> tuple[tuple[frozenset[str], str], ...]:
    return tuple(
        (frozenset(row["name"].split()), row["county_fips"]) for row in declared.rows("outcomes/jail_names.csv")
    )


def jail_by_name(text: str) -> str | None:
    """The county of a jail whose own name, as declared, a text has."""
    short = declared_words().short
    words = {short.get(word, word) for word in words_of_text(text)}
    found = {fips for name, fips in _jails() if name <= words}
    return next(iter(found)) if len(found) == 1 else None
