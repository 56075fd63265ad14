"""What a person types for an agency -> agencies by their initials, and names that are near enough to be offered.

``FHP`` is Florida's Division of Highway Patrol: the words of a name, or of the part of it after a comma or a dash,
small words left out, with or without ``County``; of a statewide agency with the state's own initials in front, with or
without a ``Department`` or ``Office`` at the end; or a part that is printed as initials (``/ THP``). All that fit are
found, in each state as the question for that state alone finds them. Where a larger department elsewhere has the same
initials and no list has it, not even misprinted, it is named. Promise: a name is offered only where most of its
letters, or a word of it, are as typed; where nothing is near, nothing is offered.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby

from rapidfuzz import fuzz, process

from ledger287.core import declared
from ledger287.ledger.identity.spelling import likeness, plain

INITIALS = re.compile(r"[A-Za-z](?:[.&]?[A-Za-z]){1,6}\.?")
SMALL = frozenset({"of", "the", "and", "for", "in", "at", "a", "s"})
PART = re.compile(r",|\s[-–]\s|\(|\)|/")
PRINTED = re.compile(r"[A-Z]{3,7}")
"""A part of a name that is initials."""
LAST_WORDS = frozenset({"department", "office", "departments", "offices"})
"""Words at the end of a statewide agency's name that its initials may leave out."""
SHORT_NAME = 3
"""Words of a name that is too short to leave one out."""
DIVISION = "division of "
NEAR_NAME, NEAR_WORD = 80, 80
"""How alike two names, and two words, must be (0 to 100) for one to be offered for the other."""
SHORTEST_WORD = 4
"""A shorter word is too easily like another."""
LOCAL = frozenset({"county", "parish", "city", "town", "township", "village", "borough", "sheriff", "sheriffs"})
"""Words of the name of an agency that is not statewide."""
COMMON = frozenset({"police", "dept", "pd", "so", "agency", "constable", "marshal", "jail", "law", "enforcement"})
"""Other words that very many agencies have in their names, and that name none of them."""
LOCAL_ENDINGS = ("police department", "police dept", "pd", "police")

Row = tuple[str, str, str]
Way = Callable[[str, str], frozenset[str]]


def read_initials(query: str) -> str | None:
    """The initials that a query may be: ``FHP``, ``F.H.P.``; None where it is longer, or has several words."""
    text = query.strip()
    return re.sub(r"[.&]", "", text).lower() if INITIALS.fullmatch(text) else None


def with_initials(initials: str, rows: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """Agency -> its state and the name that has these initials, all that fit; where none of a state does, those in
    whose name words in a row that begin alike count once.
    """
    found: dict[str, tuple[str, str]] = {}
    for way in WAYS:
        before = {state for state, _ in found.values()}
        for agency_id, state, name in rows:
            if agency_id not in found and state not in before and initials in way(state, name):
                found[agency_id] = state, " ".join(name.split())
    return found


def every_initials(rows: Sequence[Row]) -> dict[str, list[str]]:
    """All initials of some names -> the agencies that each finds, as ``with_initials`` finds them."""
    best: dict[str, dict[str, tuple[int, dict[str, None]]]] = {}
    for rank, way in enumerate(WAYS):
        for agency_id, state, name in rows:
            for initials in way(state, name):
                first, found = best.setdefault(initials, {}).setdefault(state, (rank, {}))
                if first == rank:
                    found.setdefault(agency_id)
    return {initials: [one for _, found in states.values() for one in found] for initials, states in best.items()}


def own_initials(state: str, name: str) -> frozenset[str]:
    """The initials of a name, with and without ``County``."""
    del state
    return _initials(_words(plain(name)))


@cache
def other_initials(state: str, name: str) -> frozenset[str]:
    """Those of a part of it, without ``Division of``, and with the state's name taken off or put in front."""
    home = _state_name(state)
    local = _is_local(name, home)
    found: set[str] = set()
    for part in (name, *PART.split(name)):
        words = _words(plain(part).removeprefix(DIVISION))
        if PRINTED.fullmatch(part.strip()):
            found.add(part.strip().lower())
        bare = words[len(home) :] if words[: len(home)] == home else words
        found |= _initials(words)
        if not local:
            found |= _initials(bare) | _initials([*home, *bare]) | _initials([*home[:1], *bare])
            if len(words) > SHORT_NAME and words[-1] in LAST_WORDS:
                found |= _initials(words[:-1])
    return frozenset(found)


def _is_local(name: str, home: list[str]) -> bool:
    """Whether a name is that of a city's or county's agency, which nobody calls by its state's initials."""
    said = plain(name)
    if LOCAL & set(said.split()):
        return True
    return said.endswith(LOCAL_ENDINGS) and said.split()[: len(home)] != home


def larger_elsewhere(initials: str, rows: Sequence[Row]) -> tuple[str, str] | None:
    """State and name of the largest local department with these initials in the FBI's roster, where no name of its
    state is that name or a misprint of it; None where one is, or where no department of size has them.
    """
    largest = _largest().get(initials)
    if largest is None:
        return None
    state, name = largest
    return (
        None if any(where == state and likeness(state, name, other) == "same" for _, where, other in rows) else largest
    )


def large_initials() -> tuple[str, ...]:
    """The initials of every large local department."""
    return tuple(_largest())


@cache
def _largest() -> dict[str, tuple[str, str]]:
    """Initials -> state and name of the largest local department that has them."""
    rows = sorted(declared.rows("places/large_departments.csv"), key=lambda row: int(row["officers"]))
    return {way: (row["state"], row["name"]) for row in rows for way in own_initials(row["state"], row["name"])}


@cache
def joined_initials(state: str, name: str) -> frozenset[str]:
    """Those in which a letter that follows itself is left out: Florida Fish and Wildlife Conservation Commission is
    FWC.
    """
    found = own_initials(state, name) | other_initials(state, name)
    return frozenset(joined for each in found if len(joined := "".join(letter for letter, _ in groupby(each))) > 2)


@cache
def _as_read(state: str, name: str) -> frozenset[str]:
    return own_initials(state, name) | other_initials(state, name)


WAYS: tuple[Way, ...] = (_as_read, joined_initials)


def _initials(words: Sequence[str]) -> frozenset[str]:
    ways = (words, [word for word in words if word != "county"])
    return frozenset("".join(word[0] for word in kept) for kept in ways if len(kept) > 1)


def _words(text: str) -> list[str]:
    short = declared.name_words()["abbreviations"]
    written = " ".join(short.get(word, word) if len(word) == 2 else word for word in text.split())
    return [word for word in written.split() if word not in SMALL]


@cache
def _state_name(state: str) -> list[str]:
    return next(
        (plain(one.name).split() for one in declared.states() + declared.territories() if one.code == state), []
    )


def near_names(query: str, rows: Sequence[Row], most: int) -> list[Row]:
    """Names near a query: first those that have all of its words, then those alike.

    Alike are the words that name an agency, not those of its kind: Cisco Police is not near Chicago Police. None where
    none is, nor of words that only say what kind of agency is meant (sheriff, police department).
    """
    wanted = plain(query)
    telling = naming_words(wanted)
    if not telling:
        return []
    names = [plain(name) for *_, name in rows]
    own = [" ".join(naming_words(name)) for name in names]
    begins = len(wanted) >= SHORTEST_WORD
    having = [
        place
        for place, name in enumerate(names)
        if {*telling} <= set(name.split()) or (begins and name.startswith(wanted))
    ]
    ranked = sorted(having, key=lambda place: (not {*wanted.split()} <= set(names[place].split()), len(names[place])))
    said = " ".join(telling)
    alike = process.extract(said, own, limit=8 * most, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_NAME)
    ranked += sorted((place for *_, place in alike), key=lambda place: -fuzz.token_sort_ratio(wanted, names[place]))
    near = _with_near_words({*telling}, names)
    ranked += sorted(near, key=lambda place: -fuzz.token_sort_ratio(wanted, names[place]))
    found: dict[str, Row] = {}
    for place in ranked:
        found.setdefault(rows[place][0], rows[place])
    return list(found.values())[:most]


def naming_words(name: str) -> list[str]:
    """The words of a plain name that say which agency it is, not of which kind."""
    return [word for word in name.split() if word not in LOCAL | LAST_WORDS | SMALL | COMMON]


def _with_near_words(words: set[str], names: Sequence[str]) -> Iterator[int]:
    """Places of names that have each long word of a query, nearly so spelled."""
    long = [word for word in sorted(words) if len(word) >= SHORTEST_WORD]
    every = sorted({word for name in names for word in name.split() if len(word) >= SHORTEST_WORD})
    near = [
        {each for each, *_ in process.extract(word, every, scorer=fuzz.ratio, score_cutoff=NEAR_WORD, limit=50)}
        for word in long
    ]
    if not near:
        return
    for place, name in enumerate(names):
        held = set(name.split())
        if all(held & each for each in near):
            yield place
