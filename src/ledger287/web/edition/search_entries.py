"""What there is to find: each state, county, agency and city by its names, and the letters of a name.

What enters: an edition. What leaves: entries, and ``letters``, by which names and what is typed are compared.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Literal

from ledger287.core import declared
from ledger287.places.gazetteer.geography import Geography, other_cities
from ledger287.places.gazetteer.naming import COUNTY_WORDS
from ledger287.web.edition.edition import Edition
from ledger287.web.render import languages
from ledger287.web.server.query import LANGUAGES

Kind = Literal["state", "county", "agency", "city"]
KINDS: tuple[Kind, ...] = ("state", "county", "agency", "city")
LONGEST = 100
"""Characters of a query that are read."""

WORDS, DROPPED = re.compile(r"[a-z0-9]+"), re.compile(r"['’‘`´.]")
SINGLE = re.compile(r"\b[dols]\b")
APART = re.compile(r"(?<=\b[dol]) (?=[a-z])|(?<=[a-z]) (?=s\b)")
"""A blank where an apostrophe belongs: after d, o and l, and before s."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that can be found. ``id`` is what its page's URL takes; of a city, that of its county or state.

    ``county`` is the name of a city's county; ``also`` are other names that lead to it, as they are shown;
    ``weight`` puts the one first that holds more.
    """

    kind: Kind
    id: str
    name: str
    state: str
    county: str | None = None
    also: tuple[str, ...] = ()
    weight: int = 0
    residents: int = 0

    @property
    def path(self) -> str:
        """Its page's URL in English."""
        return path_of(self.kind, self.id)


def path_of(kind: str, id: str) -> str:
    """The URL of what was found; a city has that of its county, or of its state where the county is not known."""
    where = kind if kind != "city" else "county" if id.isdigit() else "state"
    return f"/{where}/{id}"


def letters(text: str) -> str:
    """A name without case, accents, apostrophes and marks, its words apart by one space.

    A blank in the place of an apostrophe is none: Coeur D Alene is Coeur d'Alene.
    """
    flat = text[:LONGEST].lower()
    if not flat.isascii():
        flat = unicodedata.normalize("NFKD", flat)
        flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    words = " ".join(WORDS.findall(DROPPED.sub("", flat.replace("&", " and "))))
    return APART.sub("", words) if SINGLE.search(words) else words


SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
FULL = {short: full for full, short in SHORT.items()}


def ways(name: str) -> tuple[str, ...]:
    """The ways in which people write a name: with St. and Ft. or in full."""
    words = name.split()
    if not any(word in SHORT or word in FULL for word in words):
        return (name,)
    short = " ".join(SHORT.get(word, word) for word in words)
    full = " ".join(FULL.get(word, word) for word in words)
    return tuple(dict.fromkeys((name, short, full)))


@cache
def written(name: str) -> tuple[str, ...]:
    """The ways in which people write a name of the record or the gazetteer; names are the same in each edition."""
    return ways(letters(name))


def entries(edition: Edition) -> Iterator[SearchEntry]:
    """Everything that can be found: each state, county, agency and city."""
    for code in edition.states:
        name = edition.state_names[code]
        yield SearchEntry("state", code, name, code, None, (code, *named(name).values()), 9)
    yield from _counties(edition)
    yield from _agencies(edition)
    yield from _cities(edition)


def named(state: str) -> dict[str, str]:
    """The name of a state in each language that has another one for it."""
    names = {lang: languages.translations(lang).gettext(state) for lang in LANGUAGES}
    return {lang: name for lang, name in names.items() if name != state}


def _counties(edition: Edition) -> Iterator[SearchEntry]:
    for fips, county in edition.atlas.geography.every_county.items():
        plain = letters(county.name)
        bare = next((plain.removesuffix(f" {word}") for word in COUNTY_WORDS if plain.endswith(f" {word}")), None)
        yield SearchEntry(
            "county", fips, county.name, county.state, None, (bare,) if bare else (), 0 if county.now else 5
        )


def _agencies(edition: Edition) -> Iterator[SearchEntry]:
    names = edition.atlas.table("names").select("agency_id", "name_printed").unique(maintain_order=True)
    spelled: dict[str, list[str]] = defaultdict(list)
    called = declared.display_names()
    for agency_id, name in names.iter_rows():
        spelled[agency_id].append(" ".join(name.split()))
    agencies = edition.atlas.table("agencies").sort("agency_id")
    for agency_id, printed, state, last in agencies.select("agency_id", "name", "state", "last_list").iter_rows():
        name = called.get(agency_id, printed)
        also = tuple(dict.fromkeys(other for other in spelled[agency_id] if letters(other) != letters(name)))
        yield SearchEntry("agency", agency_id, " ".join(name.split()), state, None, also, last)
    for agency_id, then in sorted(edition.then.items()):
        if agency_id not in spelled:
            yield SearchEntry("agency", agency_id, " ".join(then["name"].split()), then["state"])


def _cities(edition: Edition) -> Iterator[SearchEntry]:
    """Every city, first of its name those with an agency of the record."""
    ours = {(one.state, letters(one.place)) for one in edition.atlas.jurisdiction_of.values() if one.place}
    for city in _every_city(edition.atlas.geography):
        yield replace(city, weight=1) if (city.state, written(city.name)[0]) in ours else city


@cache
def _every_city(geography: Geography) -> tuple[SearchEntry, ...]:
    """Places of the gazetteer, and the cities that it lacks: every one that ``near`` answers."""
    residents: dict[tuple[str, str], int] = {}
    for (state, _), rows in geography.city_departments.items():
        for row in rows:
            name = letters(row.name.removesuffix(" Police Department"))
            residents[state, name] = max(residents.get((state, name), 0), row.population or 0)
    seen: set[tuple[str, str, str]] = set()
    found: list[SearchEntry] = []
    listed = ((one.name, one.state, one.county) for places in geography.places.values() for one in places)
    for name, state, fips in chain(listed, other_cities(geography)):
        county = geography.every_county.get(fips or "")
        id = (county.now or (county.fips,))[0] if county else state
        its = geography.counties[id].name if county else None
        at = state, written(name)[0]
        if (*at, id) not in seen:
            seen.add((*at, id))
            found.append(SearchEntry("city", id, name, state, its, residents=residents.get(at, 0)))
    return tuple(found)


def named_agencies(every: Iterable[SearchEntry]) -> list[tuple[str, str, str]]:
    """Each agency by each of its names, as rows of an id, a state and a name."""
    return [(one.id, one.state, name) for one in every if one.kind == "agency" for name in (one.name, *one.also)]
