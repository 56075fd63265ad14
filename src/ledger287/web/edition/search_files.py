"""An edition -> the files of a search without a server.

What leaves: ``index_json``, the entries that ``edition.search`` finds among and their words by language;
``places_json``, the smaller cities and places; and ``zips_json``, the counties of each ZIP code.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from ledger287.ledger.query.named.initials import every_initials, large_initials, larger_elsewhere
from ledger287.ledger.query.named.near_words import kind_words
from ledger287.ledger.query.named.spanish_names import kinds
from ledger287.ledger.query.named.state_agencies import state_agencies
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.search import finder
from ledger287.web.edition.search_entries import KINDS, SearchEntry, named, named_agencies
from ledger287.web.render import languages
from ledger287.web.server.query import LANGUAGES

LARGE_CITY = 10_000
"""Residents from which a city without an agency on the lists is in the first file."""
APART = "|"
"""Between the names of places of one county."""


def index_json(edition: Edition) -> bytes:
    """The entries for a search without a server, in their order of weight, and its words by language, as compact JSON.

    All states, counties and agencies with every spelling; of the cities those with an agency that was ever on a list,
    and those with a police department for 10,000 people or more (the others are in ``places_json``). Each is
    [kind, id, name, state, other names]; an id of an agency has no ``ag-``, and one of a county is a number. A state's
    other name is the Spanish one, where it differs. ``initials`` has the rows that letters such as FHP find;
    ``larger`` the departments with initials such as LAPD that no list has, by name and state.
    """
    chosen = [one for one in finder(edition).every if not _small(one)]
    states = sorted({one.state for one in chosen})
    rows = [[KINDS.index(one.kind), _short(one), one.name, states.index(one.state), *_others(one)] for one in chosen]
    all_ = {
        "words": {lang: _words(languages.translations(lang).gettext) for lang in LANGUAGES},
        "spanish": kinds(),
        "kinds": kind_words(),
        "states": states,
        "names": [edition.state_names[code] for code in states],
        "rows": rows,
        "initials": _initials(chosen),
        "larger": _larger(chosen),
    }
    return (json.dumps(all_, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def places_json(edition: Edition) -> bytes:
    """The cities and places that ``index_json`` has not, read where it finds little: county or state -> their names."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in filter(_small, finder(edition).every):
        found[one.id].append(one.name)
    joined = {id: APART.join(names) for id, names in sorted(found.items())}
    return (json.dumps(joined, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _small(one: SearchEntry) -> bool:
    return one.kind == "city" and not one.weight and one.residents < LARGE_CITY


def zips_json(edition: Edition) -> bytes:
    """ZIP codes for a search without a server: county -> those of most of whose people it is the county (``of``), and
    those of which it has a part (``also``), as compact JSON.
    """
    geography = edition.atlas.geography
    of: dict[str, list[str]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    for code, (_, fips, _) in sorted(geography.zips.items()):
        of[fips].append(code)
        for other in geography.zips_across.get(code, ()):
            also[other].append(code)
    both = {"of": of, "also": also}
    joined = {name: {fips: " ".join(codes) for fips, codes in sorted(its.items())} for name, its in both.items()}
    return (json.dumps(joined, separators=(",", ":")) + "\n").encode()


def _words(gettext: Callable[[str], str]) -> dict[str, str]:
    """The words of the list of suggestions, which pages of a server have as attributes of the box."""
    return {
        "state": gettext("state"),
        "county": gettext("county"),
        "agency": gettext("agency"),
        "city": gettext("city or place"),
        "none": gettext("Nothing was found."),
        "printed": gettext("once printed as"),
        "label": gettext("Suggestions"),
    }


def _initials(chosen: Sequence[SearchEntry]) -> dict[str, list[int]]:
    """Initials -> the rows of the agencies that they find; none where a larger department elsewhere has them."""
    rows = named_agencies(chosen)
    places = {one.id: place for place, one in enumerate(chosen) if one.kind == "agency"}
    found = {
        initials: {places[id] for id in ids}
        for initials, ids in every_initials(rows).items()
        if len(initials) > 2 and not larger_elsewhere(initials, rows)
    }
    for one in state_agencies():
        for way in one.ways:
            if " " not in way and (its := {places[id] for id in one.record if id in places}):
                found.setdefault(way, set()).update(its)
    return {initials: sorted(its) for initials, its in sorted(found.items())}


def _larger(chosen: Sequence[SearchEntry]) -> dict[str, tuple[str, str]]:
    """Initials -> name and state of the largest department that has them, where no list or page has it."""
    rows = named_agencies(chosen)
    found = {initials: larger_elsewhere(initials, rows) for initials in large_initials()}
    return {initials: (one[1], one[0]) for initials, one in sorted(found.items()) if one}


def _short(one: SearchEntry) -> str | int:
    if one.kind == "agency":
        return one.id.removeprefix("ag-")
    return int(one.id) if one.id.isdigit() else one.id


def _others(one: SearchEntry) -> Iterable[str]:
    """Other names; that of a county and a state's code the script makes itself."""
    return one.also if one.kind == "agency" else named(one.name).values() if one.kind == "state" else ()
