"""Census's places and subdivisions by state and name, with or without the word for their kind, in little memory.

What enters: the rows of the table of divisions. What leaves: a mapping of state and key of a name to the places of that
name, in the order of the table. Only bare names are kept as keys; "mahoningtownship" and "townofclay" are taken apart
at each look. A server holds this as long as it runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from sys import intern

from ledger287.places.gazetteer.naming import key

WORDS_THAT_STAY = ("township", "charter township", "village")
"""Words after a place's name that tell it from another place of that name, or are part of what it is called."""


@dataclass(frozen=True, slots=True)
class Division:
    """A place or county subdivision by Census: its name, and the word that says what it is (city, township)."""

    name: str
    word: str
    state: str
    counties: tuple[str, ...]

    @property
    def called(self) -> str:
        """Its name as people say it: with its word where that tells it from another place (Mahoning Township)."""
        stays = self.word in WORDS_THAT_STAY and not self.name.casefold().endswith(f" {self.word}")
        return f"{self.name} {self.word.title()}" if stays else self.name


class DivisionNames(Mapping[tuple[str, str], tuple[Division, ...]]):
    """State and key of a name, with and without the word for its kind -> the Census places with that name."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str | None]]) -> None:
        self._rows: dict[str, list[Division]] = {}
        self._bare: dict[str, dict[str, int | tuple[int, ...]]] = {}
        self._words: dict[str, dict[str, str]] = {}
        where: dict[str | None, tuple[str, ...]] = {None: (), "": ()}
        for state, name, word, counties in rows:
            if counties not in where:
                where[counties] = tuple(map(intern, (counties or "").split(";")))
            its, bare = self._rows.setdefault(intern(state), []), self._bare.setdefault(state, {})
            own, way = len(its), key(name)
            its.append(Division(name, intern(word), intern(state), where[counties]))
            others = bare.get(way)
            bare[way] = own if others is None else (*(others if isinstance(others, tuple) else (others,)), own)
            if word:
                self._words.setdefault(state, {})[intern(word)] = key(word)

    def __getitem__(self, at: tuple[str, str]) -> tuple[Division, ...]:
        state, way = at
        rows = self._rows.get(state, [])
        found = set(self._of(state, way))
        for word, said in self._words.get(state, {}).items():
            for bare in _without(way, said):
                found.update(place for place in self._of(state, bare) if rows[place].word == word)
        if not found:
            raise KeyError(at)
        return tuple(rows[place] for place in sorted(found))

    def _of(self, state: str, bare: str) -> tuple[int, ...]:
        places = self._bare.get(state, {}).get(bare, ())
        return places if isinstance(places, tuple) else (places,)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        ways: dict[tuple[str, str], None] = {}
        for one in chain.from_iterable(self._rows.values()):
            said = key(one.word)
            for way in (key(one.name), key(one.name) + said, f"{said}of{key(one.name)}" if said else key(one.name)):
                ways[one.state, way] = None
        return iter(ways)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _without(way: str, word: str) -> Iterator[str]:
    """A key without the key of a word behind it, and without that word and "of" in front."""
    if way.endswith(word):
        yield way.removesuffix(word)
    if way.startswith(f"{word}of"):
        yield way.removeprefix(f"{word}of")
