"""Names of places behind a county's name: in that county, elsewhere in the state, or not known; and the state they say.

What enters: the geography. What leaves: the counties of places of a name, by Census where it has the place, else by the
gazetteer. Promise: a place in several counties is in each of them, and a name of two places has both.
"""

from collections import defaultdict
from functools import cache, cached_property

from rapidfuzz.distance import Levenshtein

from ledger287.analysis.outcomes.landmarks.text import Where, county_cut, declared_words
from ledger287.places.gazetteer.geography import County, Geography
from ledger287.places.gazetteer.naming import county_key, key

CUT_OFF = 6
"""Letters of a place's name from which it may be cut off at the end of a text."""


class LandmarkGround:
    """The places of every state by name and by county."""

    def __init__(self, geography: Geography) -> None:
        self.geography = geography

    def places(self, state: str, name: str) -> list[tuple[str, ...]]:
        """The counties of each place of a name."""
        wanted = key(_written(name))
        known = [one.counties for one in self.geography.divisions.get((state, wanted), ())]
        if known:
            return known
        return [(one.county,) if one.county else () for one in self.geography.places.get((state, wanted), ())]

    def kind(self, state: str, fips: str, tail: str) -> Where:
        """Whether a text is the name of a place that is, at least in part, in a county; it may be cut off."""
        written = _written(tail)
        if not written:
            return "unknown"
        head, _, last = written.rpartition(" ")
        if head and last.upper() == state:
            written = head
        rows = self.geography.places.get((state, key(written)), ())
        counties = {fips for place in self.places(state, written) for fips in place} | {one.county for one in rows}
        if fips in counties:
            return "within"
        if counties - {None}:
            return "elsewhere"
        cut = key(written)
        if len(cut) >= CUT_OFF and any(name.startswith(cut) for name in self._names_of.get(fips, ())):
            return "within"
        if len(cut) > CUT_OFF and any(
            Levenshtein.distance(cut, name, score_cutoff=1) <= 1 for name in self._names_of.get(fips, ())
        ):
            return "within"
        return "unknown"

    def state_of(self, text: str) -> str | None:
        """The one state whose county of the name that a text begins with has the place that it ends with."""
        cut = county_cut(text)
        if cut is None:
            return None
        name, rest = cut
        longest: dict[str, int] = {}
        for county in self._counties_of_name.get(county_key(name), ()):
            for size in range(min(len(rest), 4), 0, -1):
                if self.kind(county.state, county.fips, " ".join(rest[-size:])) == "within":
                    longest[county.state] = size
                    break
        best = [state for state, size in longest.items() if size == max(longest.values())]
        return best[0] if len(best) == 1 else None

    def only_state_of_place(self, wanted: str) -> str | None:
        """The one state that has a place of a name; None where several or none have."""
        states = self._states_of_place.get(wanted, set())
        return next(iter(states)) if len(states) == 1 else None

    def is_any_place(self, wanted: str) -> bool:
        """Whether any state has a place of a name."""
        return wanted in self._states_of_place

    @cached_property
    def _counties_of_name(self) -> dict[str, list[County]]:
        found: dict[str, list[County]] = defaultdict(list)
        for county in self.geography.counties.values():
            found[county_key(county.name)].append(county)
        return found

    @cached_property
    def _names_of(self) -> dict[str, set[str]]:
        """County -> the keys of its places."""
        found: dict[str, set[str]] = defaultdict(set)
        for (_, name), divisions in self.geography.divisions.items():
            for one in divisions:
                for fips in one.counties:
                    found[fips].add(name)
        for (_, name), places in self.geography.places.items():
            for place in places:
                if place.county:
                    found[place.county].add(name)
        return found

    @cached_property
    def _states_of_place(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for state, name in (*self.geography.divisions, *self.geography.places):
            found[name].add(state)
        return found


def _written(text: str) -> str:
    short = declared_words().places_short
    return " ".join(short.get(word, word) for word in text.split())


@cache
def ground_of(geography: Geography) -> LandmarkGround:
    """The places of a geography, made once."""
    return LandmarkGround(geography)
