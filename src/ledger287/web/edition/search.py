"""What a visitor types -> agencies, counties, states and cities, the likeliest first.

What enters: an edition. What leaves: a ``Finder``, built once, that answers in a few milliseconds. Ranks: the exact
name, a name that begins with the text, a name in which each typed word begins a word, then near spellings. A ZIP code
finds its counties, that of most of its people first. A state behind a name narrows it: ``naples fl``. A state is found
by its name in every language of the site, and kinds of agencies and places by Spanish words too.

The script (static/script/21-search.js) has the same rule for the letters of a name, and the same first three ranks.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Indel

from ledger287.ledger.query.named.initials import larger_elsewhere, naming_words, read_initials, with_initials
from ledger287.ledger.query.named.near_words import Words, spelled
from ledger287.ledger.query.named.spanish_names import in_english
from ledger287.ledger.query.named.state_agencies import meant_by
from ledger287.places.postal import AddressZip, zip_of_address
from ledger287.places.unlisted import named as agency_named
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.search_entries import (
    KINDS,
    SearchEntry,
    entries,
    letters,
    named,
    named_agencies,
    ways,
    written,
)

RANKS = ("exact", "prefix", "words", "near")
NEAR = 0.78
"""How alike two names must be, from 0 to 1, for one to be offered for the other."""
NEAR_RANK = 3
NEAR_MOST = 6
"""Of each length, so many near names are offered."""
PLACES = {"City": "city", "County": "county"}
"""What is found in place of an agency that no list has."""
FEW = 2
"""Fewer found than this, and near spellings are looked for too."""
CODE = 5
"""Digits of a ZIP code, and of a county's code."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, how well it fits, and the other name that led to it, if it was one."""

    entry: SearchEntry
    rank: int
    by: str | None


def code_of(query: str) -> str:
    """The five digits of a search for a ZIP code, also as "ZIP code 34112" and "código postal 34112"; else what is
    typed first.
    """
    if address := zip_of_address(query):
        return address.code
    wanted = letters(query)
    return (in_english(wanted, {}) or (wanted,))[0][:CODE]


class Finder:
    """Finds. Names are kept sorted, so that those with one beginning lie together."""

    def __init__(self, edition: Edition) -> None:
        self.every = tuple(sorted(entries(edition), key=_standing))
        names: list[tuple[str, int]] = []
        self.of_entry: list[str] = []
        words: dict[str, array[int]] = defaultdict(lambda: array("I"))
        lengths: dict[int, dict[str, int]] = defaultdict(dict)
        for place, entry in enumerate(self.every):
            own = list(dict.fromkeys(way for name in (entry.name, *entry.also) for way in written(name)))
            self.of_entry.append("".join(f" {name}" for name in own) + " ")
            for name in own:
                names.append((name, place))
                lengths[len(name)].setdefault(name, place)
                for word in name.split():
                    if not (its := words[word]) or its[-1] != place:
                        its.append(place)
        self.of_places = {word for word, its in words.items() if any(self.every[at].kind != "agency" for at in its)}
        names.sort()
        self.names, self.place_of = [name for name, _ in names], array("I", (place for _, place in names))
        self.zips, self.across = edition.atlas.geography.zips, edition.atlas.geography.zips_across
        self.counties = {one.id: place for place, one in enumerate(self.every) if one.kind == "county"}
        self.apart = edition.atlas.geography.zips_apart
        self.agencies = {one.id: place for place, one in enumerate(self.every) if one.kind == "agency"}
        self.naming: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self.every):
            if entry.kind == "agency":
                self.naming[" ".join(naming_words(letters(entry.name)))].append(place)
        self.words = sorted(words)
        self.having = dict(words)
        self.spelling = Words({word: len(its) for word, its in words.items()})
        self.by_length = {size: (list(its), array("I", its.values())) for size, its in lengths.items()}
        self.state_of = {letters(name): code for code, name in edition.state_names.items()}
        for code, name in edition.state_names.items():
            self.state_of |= {letters(other): code for other in (code, *named(name).values())}

    def find(self, query: str, most: int = 10) -> list[Hit]:
        """The likeliest entries for what was typed, each once."""
        if address := zip_of_address(query):
            coded = {place: rank for rank, place in self._coded(address.code) if not self._by_own_code(place, address)}
            if coded:
                first = nsmallest(most, coded, key=lambda place: (coded[place], place))
                return [self._hit(place, coded[place], "", ()) for place in first]
            query = address.before or query
        wanted = letters(query)
        if not wanted:
            return []
        spanish, first_kind = self.spanish(wanted)
        best: dict[int, tuple[int, str]] = {}
        for rank, place in self._coded(spanish or wanted):
            best[place] = rank, ""
        texts = list(dict.fromkeys(filter(None, (wanted, self.spelled(wanted), spanish))))
        readings = [(text, None) for text in texts] + [each for text in texts for each in self._with_state(text)]
        for way in (self._beginning, self._worded):
            if len(best) >= most and not first_kind:
                break
            for text, state in readings:
                for place, rank, by in way(text):
                    if (state is None or self.every[place].state == state) and rank < best.get(place, (9, ""))[0]:
                        best[place] = rank, by
        if all(self.every[place].kind == "agency" for place in best):
            best = self._with_initials(query) | best
        enough = 1 if any(agency_named(text) for text, _ in readings) else FEW
        exact = any(rank == 0 for rank, _ in best.values())
        known = any(meant_by(text, None) for text in (query, *texts))
        if len(best) < enough and len(wanted) > 3 and not (exact or known):
            last, of_state = readings[-1]
            if one_word := " " not in last:
                self._add_near(last, of_state, best)
            corrected = [] if best else self._add_corrected(readings, best)
            if not best and not one_word:
                self._add_near(last, of_state, best)
            readings += corrected
        meant_in = (query, self.spelled(wanted), spanish, *(() if best else map(self.spelling.corrected, texts)))
        best = self._of_state(meant_in, best)
        best = self._places_of(readings, best) | best
        first = nsmallest(most, best, key=lambda place: (best[place][0], self.every[place].kind != first_kind, place))
        return [self._hit(place, *best[place], [text for text, _ in readings]) for place in first]

    def spanish(self, wanted: str) -> tuple[str, str]:
        """A Spanish search in English, and the kind to be shown first."""
        usual = in_english(wanted, self.state_of) or in_english(self.spelled(wanted), self.state_of)
        if usual is None:
            return "", ""
        text, state, kind = usual
        return f"{text} {state.lower()}".rstrip(), kind

    def spelled(self, text: str) -> str:
        """What was typed, with the words for kinds of agencies as they are spelled."""
        return spelled(text, self.of_places)

    def _by_own_code(self, place: int, address: AddressZip) -> bool:
        """Whether an entry has these digits only as its own code, as counties have one, and not as a ZIP code."""
        fips = self.every[place].id
        return fips == address.code and self.zips.get(address.code, ("", fips))[1] != fips

    def _coded(self, wanted: str) -> Iterator[tuple[int, int]]:
        """The county of most people of a ZIP code, the others that parts of it are in, and the one that has these
        digits as its own code; of one without a county (PO boxes, Puerto Rico) the city of its post office.
        """
        code = wanted.partition(" ")[0]
        if len(code) == CODE and code.isdigit():
            main = self.zips[code][1] if code in self.zips else ""
            for rank, fips in (
                (int(bool(main)), code),
                *((1, other) for other in self.across.get(code, ())),
                (0, main),
            ):
                if fips in self.counties:
                    yield rank, self.counties[fips]
            state, city, _ = self.apart.get(code, ("", "", ""))
            for place, rank, _ in self._beginning(letters(city)) if city else ():
                if not rank and self.every[place].state == state and self.every[place].kind == "city":
                    yield rank, place

    def _with_initials(self, query: str) -> dict[int, tuple[int, str]]:
        """The agencies that are known by these letters: FHP, F.D.L.E. Where a larger department has them, as LAPD is
        that of Los Angeles, others with the same letters are near at most.
        """
        initials = read_initials(query) or ""
        rows = named_agencies(self.every) if initials else []
        found = with_initials(initials, rows)
        rank = 3 if larger_elsewhere(initials, rows) else 2
        return {self.agencies[id]: (rank, "") for id in found}

    def _places_of(
        self, readings: Sequence[tuple[str, str | None]], best: dict[int, tuple[int, str]]
    ) -> dict[int, tuple[int, str]]:
        """Of a police department or sheriff that is not found by its name: the cities or counties of that name."""
        own = {" ".join(naming_words(letters(self.every[at].name))) for at in best if self.every[at].kind == "agency"}
        found: dict[int, tuple[int, str]] = {}
        for text, state in readings:
            meant = agency_named(text)
            if meant is None or own & {" ".join(naming_words(way)) for way in ways(meant.place)}:
                continue
            kind = PLACES[meant.kind]
            for name in dict.fromkeys((meant.place, meant.place.removesuffix(" city"))):
                for place, rank, _ in self._beginning(name):
                    one = self.every[place]
                    if rank == 0 and one.kind == kind and state in (None, one.state):
                        found[place] = NEAR_RANK, ""
        return found

    def _of_state(self, ways: Sequence[str], best: dict[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
        """What was found, with the agencies of a state that people call so: Texas DPS. Where no list has the one that
        is meant, no other agency takes its place.
        """
        meant = next(filter(None, (meant_by(way, None) for way in ways)), ())
        ids = {agency_id for one in meant for agency_id in one.record} & self.agencies.keys()
        if meant and not ids:
            best = {at: how for at, how in best.items() if self.every[at].kind != "agency" or not how[0]}
        return best | {self.agencies[one]: (0, "") for one in ids if best.get(self.agencies[one], (9, ""))[0] > 2}

    def _with_state(self, wanted: str) -> Iterator[tuple[str, str | None]]:
        """A query that ends in a state -> the text before it, and the state."""
        parts = wanted.split()
        for place in range(max(1, len(parts) - 3), len(parts)):
            code = self.state_of.get(" ".join(parts[place:]))
            if code:
                yield " ".join(parts[:place]), code

    def _beginning(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Entries with a name that is the text or begins so, as (place, rank, that name)."""
        for at in range(bisect_left(self.names, text), len(self.names)):
            name, place = self.names[at], self.place_of[at]
            if not name.startswith(text):
                break
            yield place, 0 if name == text else 1, name

    def _worded(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Entries of which each word of the text begins a word; is one, where the text says which kind of agency."""
        if len(text) > 1:
            whole = {*naming_words(text)} if agency_named(text) else set()
            longest, *others = sorted(text.split(), key=lambda word: (word in whole, len(word)), reverse=True)
            parts = [f" {word} " if word in whole else f" {word}" for word in (longest, *others)]
            for place in self._with_word(longest):
                if all(part in self.of_entry[place] for part in parts):
                    yield place, 2, ""

    def _with_word(self, beginning: str) -> set[int]:
        """Entries with a word that begins so."""
        found: set[int] = set()
        for at in range(bisect_left(self.words, beginning), len(self.words)):
            if not self.words[at].startswith(beginning):
                break
            found.update(self.having[self.words[at]])
        return found

    def _add_near(self, text: str, state: str | None, best: dict[int, tuple[int, str]]) -> None:
        """Names nearly so spelled, among those of about the same length; of an agency, the words that name it."""
        meant = agency_named(text)
        if meant:
            self._add_alike(" ".join(naming_words(text)), meant.kind, state, best)
        room = max(2, len(text) // 5)
        for size in range(len(text) - room, len(text) + room + 1):
            names, places = self.by_length.get(size, ((), ()))
            for name, score, at in process.extract(
                text, names, scorer=Indel.normalized_similarity, score_cutoff=NEAR, limit=NEAR_MOST
            ):
                for place in [places[at], *(place for place, rank, _ in self._beginning(name) if rank == 0)]:
                    fits = place not in best and state in (None, self.every[place].state)
                    if fits and not (meant and self.every[place].kind == "agency"):
                        best[place] = NEAR_RANK + int(100 * (1 - score)), name

    def _add_alike(self, name: str, kind: str, state: str | None, best: dict[int, tuple[int, str]]) -> None:
        """Agencies of a kind, or of one that is not said, whose naming words are nearly these."""
        alike = process.extract(
            name, self.naming.keys(), scorer=Indel.normalized_similarity, score_cutoff=NEAR, limit=NEAR_MOST
        )
        for found, score, _ in alike:
            for place in self.naming[found]:
                its = agency_named(letters(self.every[place].name))
                if state in (None, self.every[place].state) and (its is None or its.kind == kind):
                    best[place] = NEAR_RANK + int(100 * (1 - score)), ""

    def _add_corrected(
        self, readings: Sequence[tuple[str, str | None]], best: dict[int, tuple[int, str]]
    ) -> list[tuple[str, str | None]]:
        """Those with each word as names spell it, where a few letters of a word are wrong; and these readings."""
        found: list[tuple[str, str | None]] = []
        for text, state in readings:
            fixed = self.spelling.corrected(text)
            if fixed != text:
                found.append((fixed, state))
                for place, _, by in self._worded(fixed):
                    if state in (None, self.every[place].state):
                        best.setdefault(place, (NEAR_RANK, by))
        return found

    def _hit(self, place: int, rank: int, by: str, typed: Sequence[str]) -> Hit:
        """What is shown of an entry: the other name that led to it only where its own would not have."""
        entry = self.every[place]
        own = written(entry.name)
        if not by or by in own or (rank == 1 and any(name.startswith(text) for name in own for text in typed)):
            return Hit(entry, min(rank, NEAR_RANK), None)
        return Hit(entry, min(rank, NEAR_RANK), next((each for each in entry.also if by in written(each)), None))


def _standing(one: SearchEntry) -> tuple[Any, ...]:
    """Which of two entries that fit alike comes first."""
    return KINDS.index(one.kind), -one.weight, -one.residents, one.name, one.state, one.id


def finder(edition: Edition) -> Finder:
    """The finder of an edition, built when it is first used."""
    found: Finder | None = edition.kept.get("finder")
    if found is None:
        found = edition.kept["finder"] = Finder(edition)
    return found


def as_row(hit: Hit) -> dict[str, Any]:
    """A hit as ``.json`` gives it."""
    entry = hit.entry
    return {
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.name,
        "named": named(entry.name) if entry.kind == "state" else {},
        "state": entry.state,
        "county": entry.county,
        "path": entry.path,
        "fits": RANKS[hit.rank],
        "printed_as": hit.by if entry.kind == "agency" else None,
    }
