"""The names and printed counties of an agency -> the county meant.

A name that has a county's full name is ``exact``; a misprint, a former county, or a county that only ICE prints is a
``rule``. For a former county that was split, no county is given.
"""

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from ledger287.places.gazetteer.geography import County, Geography
from ledger287.places.gazetteer.naming import COUNTY_WORDS, county_key, key, words
from ledger287.places.jurisdictions.kinds import name_words
from ledger287.places.jurisdictions.match import How

NEAR = 88.0
"""Two names of counties this alike (in percent) are a misprint of one another, where no other is so near."""


def printed_county(state: str, printed: str | None, geography: Geography) -> County | None:
    """The county that ICE printed: by its name, else the only one with a similar name."""
    if not printed:
        return None
    return geography.county_named(state, printed) or near_county(state, printed, geography)


def codes(county: County | None) -> tuple[str, ...]:
    """The codes of a county, or of those that replaced it."""
    return (county.now or (county.fips,)) if county else ()


def near_county(state: str, name: str, geography: Geography) -> County | None:
    """The only county of a state whose name is a misprint of this one; None where there are none or several."""
    wanted = county_key(name)
    near = [
        county
        for county in geography.counties_of[state]
        if len(wanted) > 3 and ratio(wanted, county_key(county.name)) >= NEAR
    ]
    return near[0] if len(near) == 1 else None


def county_of(
    state: str, names: Sequence[str], printed: Sequence[str], geography: Geography, tail: str
) -> tuple[County | None, How, str]:
    """The county of today that a name names, else the one ICE printed; none where a former one was split."""
    county, by, evidence = _county_named(state, names, printed, geography, tail)
    if county is None or not county.now:
        return county, by, evidence
    if len(county.now) > 1:
        return None, "none", f"{evidence}, now {' or '.join(county.now)}; which one is unknown"
    return geography.counties[county.now[0]], "rule", f"{evidence}, now {county.now[0]}"


def _county_named(
    state: str, names: Sequence[str], printed: Sequence[str], geography: Geography, tail: str
) -> tuple[County | None, How, str]:
    """The county that a name gives: the full name, or the part before ``tail``; else the one ICE printed."""
    by_ice = next(filter(None, (printed_county(state, text, geography) for text in printed)), None)
    for name in names:
        if county := geography.county_within(state, name):
            return county, "exact", f"{name!r} names {county.name}"
    for name in names:
        before = _before(name, tail)
        if not before:
            continue
        if " ".join(words(name)).startswith("city of ") and (own := geography.county_named(state, f"{before} city")):
            return own, "exact", f"{name!r} names {own.name}"
        if city := geography.consolidated.get((state, key(before))):
            county = geography.every_county[city]
            return county, "exact", f"{before!r} is consolidated with, or is, {county.name}"
        named = geography.county_named(state, before)
        if named:
            return named, "exact", f"{name!r} names {named.name}"
        if by_ice and ratio(county_key(before), county_key(by_ice.name)) >= NEAR - 8:
            return by_ice, "rule", f"{before!r} is nearly {by_ice.name}, which ICE prints"
        if near := near_county(state, before, geography):
            return near, "rule", f"{before!r} is nearly {near.name} and no other county"
    if by_ice:
        return by_ice, "rule", f"ICE prints {by_ice.name}; the name names no county"
    return None, "none", "neither the name nor ICE names a county"


def _before(name: str, tail: str) -> str:
    """The words before the first that begins with ``tail``, without those that say what a county is."""
    found: list[str] = []
    for word in words(name):
        if word.startswith(tail):
            break
        found.append(word)
    plain = " ".join(found)
    for word in COUNTY_WORDS:
        plain = plain.removesuffix(f" {word}")
    return name_words().leading.sub("", plain)


def counties_named(state: str, name: str, geography: Geography) -> tuple[str, ...]:
    """The counties whose names make up the beginning of a name, if several: Sarasota Manatee Airport Authority."""
    found: list[str] = []
    rest = list(words(name))
    while rest:
        for length in (3, 2, 1):
            county = geography.county_named(state, " ".join(rest[:length])) if len(rest) >= length else None
            if county:
                found.append(county.fips)
                rest = rest[length:]
                break
        else:
            if rest[0] not in ("and", "county", "counties"):
                break
            rest = rest[1:]
    return tuple(dict.fromkeys(found)) if len(set(found)) > 1 else ()
