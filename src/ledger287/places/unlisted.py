"""The departments that a name means by the FBI's roster, and that no list or page of the record has.

What enters: the record's agencies and names, a text and, if known, a state. What leaves: departments, the largest
first, so that a question for Chicago's police is answered with "on no list" and never with another agency. A text means
one only where it says which kind (police department, sheriff) and gives the name of the city or county in full.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask
from ledger287.core.text import plural
from ledger287.ledger.identity.spelling import plain, words_that_tell
from ledger287.ledger.query.answers import AgencyAnswer
from ledger287.ledger.query.named.initials import naming_words
from ledger287.ledger.query.named.near_words import Words
from ledger287.ledger.query.named.other_wordings import corrected, in_usual_words, words_of
from ledger287.ledger.query.named.state_agencies import states_said
from ledger287.places.gazetteer.geography import Department, Geography, bare_department
from ledger287.places.gazetteer.naming import county_key, key
from ledger287.places.jurisdictions.deciding import Jurisdiction

POLICE = re.compile(
    r"(?:(?:city|town|village|borough|township) of )?(?P<name>.+?)"
    r" (?:police department|police dept|police|pd|department of police)"
)
SHERIFF = re.compile(
    r"(?P<name>.+?)(?P<county> county| parish)? (?:sheriffs?|so)(?: office| department| dept)?(?: of)?"
    r"|(?:sheriffs?|sheriffs? (?:office|department) of)(?: the)? (?P<of>.+?)(?: county| parish)"
)
CITY = " city"


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A department that is on no list or page, by the name that it is called by; ``place`` is its city or county."""

    name: str
    state: str
    officers: int
    kind: str
    place: str
    counties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedDepartment:
    """What a text for an agency says: its kind, ``City`` or ``County`` as the roster has it, and the place's name."""

    kind: str
    place: str


def named(text: str) -> NamedDepartment | None:
    """The kind and place that a plain text names; None where it names no kind, or no place."""
    if found := SHERIFF.fullmatch(text):
        return NamedDepartment("County", found["name"] or found["of"])
    if found := POLICE.fullmatch(text):
        return NamedDepartment("City", found["name"])
    return None


class RosterNames:
    """The roster's cities and counties by name, next to the agencies of a record."""

    def __init__(self, geography: Geography, listed: Iterable[Jurisdiction], names: Iterable[tuple[str, str]]) -> None:
        """``listed`` are the record's agencies, ``names`` each state and name that is printed of one."""
        self.geography, self.listed = geography, tuple(listed)
        self.names: dict[str, set[str]] = defaultdict(set)
        for state, name in names:
            self.names[state].add(name)

    def unlisted(self, text: str, state: str | None = None) -> tuple[Unlisted, ...]:
        """The departments meant that the record has not, the largest first; none where the text names none."""
        found: dict[str, Department] = {}
        usual, its = in_usual_words(text) or (text, None)
        for said, within in states_said(usual, state or its):
            meant = named(said)
            for department in self._meant(meant, within) if meant else ():
                found.setdefault(department.ori, department)
        missing = [
            Unlisted(called, one.state, one.officers, one.type, _place(one), one.counties)
            for one in found.values()
            if one.ori not in self._listed
            for called in [self._called(one)]
            if not self._policed_by_county(one)
            and tuple(sorted(words_that_tell(one.state, called))) not in self._distinct_words(one.state)
        ]
        return tuple(sorted(missing, key=lambda one: (-one.officers, one.state, one.name)))

    def corrected(self, text: str) -> str | None:
        """A text with each misspelled word as the record's and the roster's names have it; None where none is."""
        return corrected(text, self._words)

    @cached_property
    def _words(self) -> Words:
        names = (
            one.name for types in self.geography.departments_of.values() for every in types.values() for one in every
        )
        return words_of((*names, *(name for its in self.names.values() for name in its)))

    def _meant(self, meant: NamedDepartment, state: str | None) -> Iterator[Department]:
        ways = {key(meant.place), key(meant.place.removesuffix(CITY))}
        if meant.kind == "County":
            ways.add(county_key(meant.place))
        for way, code in product(sorted(ways), [state] if state else self.geography.states):
            yield from self.geography.city_departments.get((code, way), ()) if meant.kind == "City" else ()
            yield from self._counties.get((meant.kind, code, way), ())

    @cached_property
    def _counties(self) -> dict[tuple[str, str, str], list[Department]]:
        """Type, state and key of the name -> the departments of counties; a county's police is as a city's."""
        found: dict[tuple[str, str, str], list[Department]] = defaultdict(list)
        for state, types in self.geography.departments_of.items():
            for one in types["County"]:
                found["City" if "Police" in one.name else "County", state, key(_place(one))].append(one)
        return found

    def _called(self, one: Department) -> str:
        """The name that people call it by; the roster's own where that says what it is."""
        bare = one.name.partition(",")[0].strip()
        if bare != _place(one):
            return bare
        if one.type == "City":
            return f"{bare} Police Department"
        county = self.geography.every_county[one.counties[0]].name if one.counties else f"{bare} County"
        return f"{county if county_key(county) == key(bare) else bare} Sheriff's Office"

    def _policed_by_county(self, one: Department) -> bool:
        """Whether it is a city that is its county, and the record has the county's sheriff or police."""
        county = self.geography.consolidated.get((one.state, key(_place(one))))
        every = self.listed if county and one.type == "City" else ()
        return any(its.ground == "county" and county in its.counties and its.ori for its in every)

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The roster's rows that are agencies of the lists and pages."""
        return frozenset(one.ori for one in self.listed if one.ori)

    def _distinct_words(self, state: str) -> set[tuple[str, ...]]:
        """The words that tell each name of a state's agencies in the record."""
        return {tuple(sorted(words_that_tell(state, name))) for name in self.names[state]}


def _place(one: Department) -> str:
    return bare_department(one.name)


NAMED = 3
"""So many departments that are on no list are named, the largest."""


def on_no_list(query: str, missing: Sequence[Unlisted], near: Refused) -> Refused:
    """Who has the name and no agreement on any list, what to ask of the place, and its other names.

    ``near`` is the refusal of the record, which has those names; only names with all words of the query are repeated.
    """
    place = missing[0].counties[0] if missing[0].counties else ""
    ask = ("\nWho has agreements in the county of the first: ", Ask("near", (f"FIPS {place}",))) if place else ()
    names = "".join(part for part in near.parts[1:] if isinstance(part, str))
    own = {*naming_words(plain(query))}
    same = [line for line in names.splitlines() if line.startswith("  ") and own <= {*plain(line).split()}]
    offered = ("\nAgencies with these words in their names:\n" + "\n".join(same),) if same else ()
    return Refused(f"no agency {query!r} on any list or page of this record: {_missing(missing)}.", *ask, *offered)


def also_called(answer: AgencyAnswer, missing: Sequence[Unlisted]) -> str | None:
    """The note of an answer, with the departments of the same name that are on no list."""
    if not missing:
        return answer.note
    has = "has" if len(missing) == 1 else "have"
    also = f"{_missing(missing)}, {has} this name too, and {'is' if len(missing) == 1 else 'are'} on no list or page"
    return f"{answer.note}; {also}" if answer.note else also


def _missing(missing: Sequence[Unlisted]) -> str:
    shown = "; ".join(f"{one.name}, {one.state} ({plural(one.officers, 'officer')})" for one in missing[:NAMED])
    return shown + (f"; and {len(missing) - NAMED} more of the FBI's roster" if len(missing) > NAMED else "")
