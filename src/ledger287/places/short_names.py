"""A city's name as people shorten it -> the cities meant: initials (KC, SF), or the beginning of the name (San Fran).

What enters: a text and, if known, a state. What leaves: departments of large cities, the largest first. The module
promises that only a city of so many people is meant by its initials or its beginning, and that all that fit are given.
"""

from collections.abc import Iterable

from ledger287.places.gazetteer.geography import Department, Geography, bare_department
from ledger287.places.gazetteer.naming import key, words

LARGE = 50_000
"""People of a city that may be meant by its initials, or by the beginning of its name."""
SHORTEST_BEGINNING = 5
"""Letters of a beginning: fewer begin too many names."""


def cities_meant(text: str, state: str | None, geography: Geography) -> tuple[Department, ...]:
    """The large cities that a text is short for: by their initials, else by how their names begin; or none."""
    letters = key(text)
    large = [row for row in _cities(state, geography) if (row.population or 0) >= LARGE]
    found = [row for row in large if len(letters) > 1 and letters == _initials(row)]
    if not found and len(letters) >= SHORTEST_BEGINNING:
        found = [row for row in large if key(bare_department(row.name)).startswith(letters)]
    return tuple(sorted(found, key=lambda row: (-(row.population or 0), row.state, row.name)))


def _cities(state: str | None, geography: Geography) -> Iterable[Department]:
    for (code, _), rows in geography.city_departments.items():
        if state in (None, code):
            yield from rows


def _initials(row: Department) -> str:
    """The first letters of a name of two words or more."""
    name = words(bare_department(row.name))
    return "".join(word[0] for word in name) if len(name) > 1 else ""
