"""Counties named without the word: in Miami-Dade; Broward has nine; in Philadelphia.

What enters: a sentence's text. What leaves: stretches of it with the full name of the county that they name. Promise:
only a name that one county of the country has and no town, or a declared city that is a county, is taken; and only
where it is a place that something is counted in.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.dates import MONTHS

PART = r"[A-Z][\w’'-]*[a-z]"
IN = when_needed(rf"\b[Ii]n (?P<name>{PART}(?: {PART}){{0,2}})")
OWNING = when_needed(
    rf"(?:^|(?<=[,;—] )|(?<=\b(?:and|but) )|(?<=\bwhile ))(?P<name>{PART}(?: {PART}){{0,2}})"
    r"(?= (?:alone |now |already |currently )?(?:has|had|counts)\b)"
)
WORDS = (" County", " Parish")
LEAST = 6
"""Letters that such a name has at least: Will and Rich are people too."""
PARTED = when_needed(r"(?! ?(?:[’']s?\b|-|County|Parish|[Cc]ity|[Ss]heriff|[Pp]olice|[A-Z][a-z]|\(?[A-Z]{2}\b))")
"""What does not follow the name of a county: the rest of a longer name."""


@cache
def counties_once() -> dict[str, str]:
    """The names without the word that one county alone has, and the full name of each."""
    from ledger287.places.gazetteer.geography import geography

    named: dict[str, list[str]] = defaultdict(list)
    for county in geography().counties.values():
        if county.name.endswith(WORDS):
            named[county.name.removesuffix(WORDS[0]).removesuffix(WORDS[1])].append(county.name)
    return {bare: full[0] for bare, full in named.items() if len(full) == 1 and len(bare) >= LEAST}


@cache
def towns() -> frozenset[str]:
    """The names of towns, of any state."""
    from ledger287.places.gazetteer.geography import geography

    return frozenset(name for _, name in geography().places)


@cache
def cities() -> dict[str, str]:
    """The declared cities that are a county, and its full name."""
    return {row["city"]: row["county"] for row in declared.declared_yaml("factcheck/city_counties.yml")}


@cache
def known() -> frozenset[str]:
    """What is often named behind "in" and is no county alone: states and months."""
    states = (code.name for code in declared.states() + declared.territories())
    return frozenset((*states, *(month.capitalize() for month in MONTHS)))


@lru_cache(4096)
def county_alone(name: str) -> str | None:
    """The full name of the county that a name stands for without the word, or None."""
    from ledger287.places.gazetteer.naming import key

    if name in known():
        return None
    if name in cities():
        return cities()[name]
    full = counties_once().get(name)
    return full if full and key(name) not in towns() else None


@lru_cache(1024)
def states_of_county(name: str) -> tuple[str, ...]:
    """The states that have a county of that full name."""
    from ledger287.places.gazetteer.geography import geography

    low = name.lower()
    return tuple(sorted(one.state for one in geography().counties.values() if one.name.lower() == low))


def county_names(text: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that name a county without the word: begin, end, and its full name."""
    for pattern in (IN, OWNING):
        for found in pattern.finditer(text):
            name, start = found["name"], found.start("name")
            full = county_alone(name) if PARTED.match(text, start + len(name)) else None
            if full:
                yield start, start + len(name), full
