"""Counties named without the word: in Miami-Dade; Broward has nine; in Philadelphia.

What enters: a sentence's text. What leaves: stretches of it with the full name of the county that they name. Promise:
only a name that one county of the country has and no town, or a declared city that is a county, is taken; and only
where it is a place that something is counted in.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from ledger287.core import declared

PART = r"[A-Z][\w’'-]*[a-z]"
IN = re.compile(rf"\b[Ii]n (?P<name>{PART}(?: {PART}){{0,2}})")
OWNING = re.compile(
    rf"(?:^|(?<=[,;—] )|(?<=\b(?:and|but) )|(?<=\bwhile ))(?P<name>{PART}(?: {PART}){{0,2}})"
    r"(?= (?:alone |now |already |currently )?(?:has|had|counts)\b)"
)
WORDS = (" County", " Parish")
LEAST = 6
"""Letters that such a name has at least: Will and Rich are people too."""
PARTED = re.compile(r"(?! ?(?:[’']s?\b|-|County|Parish|[Cc]ity|[Ss]heriff|[Pp]olice|[A-Z][a-z]|\(?[A-Z]{2}\b))")
"""What does not follow the name of a county: the rest of a longer name."""


@cache
def counties_alone() -> dict[str, str]:
    """The names that stand for one county without the word, and the full name of each."""
    from ledger287.places.gazetteer.geography import geography
    from ledger287.places.gazetteer.naming import key

    named: dict[str, list[str]] = defaultdict(list)
    for county in geography().counties.values():
        if county.name.endswith(WORDS):
            named[county.name.removesuffix(WORDS[0]).removesuffix(WORDS[1])].append(county.name)
    others = {name for _, name in geography().places}
    others |= {key(code.name) for code in declared.states() + declared.territories()}
    found = {
        bare: full[0]
        for bare, full in named.items()
        if len(full) == 1 and len(bare) >= LEAST and key(bare) not in others
    }
    return found | {row["city"]: row["county"] for row in declared.declared_yaml("factcheck/city_counties.yml")}


@cache
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
            full = counties_alone().get(name)
            if full and PARTED.match(text, start + len(name)):
                yield start, start + len(name), full
