"""The names and printed counties of a city's or town's police -> its department, place and county.

First the FBI's roster by the exact name, then by the ways in which a list may write it; the county that ICE prints
decides between several, and no row is taken where another place with that name fits the county better. Then the
gazetteer, then ICE's county alone.
"""

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from ledger287.places.gazetteer.geography import Department, Geography, bare_department
from ledger287.places.gazetteer.naming import key, words
from ledger287.places.jurisdictions.counties import codes, printed_county
from ledger287.places.jurisdictions.kinds import name_words
from ledger287.places.jurisdictions.match import NameMatch

NEAR_TOWN = 93.0
"""Two names of towns this alike (in percent) are a misprint of one another, where no place has exactly that name."""


def base_names(name: str) -> list[str]:
    """The place that a police department's name names, in the ways that a list may write it, likeliest first."""
    known = name_words()
    plain = " ".join(words(name))
    base = known.leading.sub("", known.police.sub("", plain)).strip() or plain
    found = [base, *(base.removesuffix(f" {tail}") for tail in known.tails)]
    found += [f"{base} {tail}" for tail in ("city", "borough", "village", "town")]
    if base.endswith(" village"):
        found.append(f"village of {base.removesuffix(' village')}")
    return list(dict.fromkeys(found))


def town(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
    """A city's or town's police: its row of the roster, else its place in the gazetteer, else ICE's county."""
    by_ice = [fips for text in printed for fips in codes(printed_county(state, text, geography))]
    bases = list(dict.fromkeys(base for name in names for base in base_names(name)))
    for row in geography.departments_of[state]["County"]:
        if any(key(row.name) == key(name) for name in names):
            return as_found(row, "roster: County {name}", [row.name], geography)
    rows = _rows_of(state, names, bases, geography)
    chosen, why = _choose(rows, by_ice, bases, state, geography)
    if chosen:
        return as_found(chosen, why, bases, geography)
    return _by_gazetteer(state, bases, by_ice, why, geography)


def _rows_of(state: str, names: Sequence[str], bases: Sequence[str], geography: Geography) -> list[list[Department]]:
    """The roster's rows of cities with that name, by how near it is: the exact name, then each way to write it."""
    ways = [*(key(bare_department(" ".join(name.split()))) for name in names), *map(key, bases)]
    found = [rows for way in dict.fromkeys(ways) if (rows := geography.city_departments.get((state, way), []))]
    if found or (state, key(bases[0])) in geography.places:
        return found
    near = [
        row
        for (where, way), rows in geography.city_departments.items()
        if where == state and ratio(key(bases[0]), way) >= NEAR_TOWN
        for row in rows
    ]
    return [near] if len(near) == 1 else []


def _choose(
    tiers: Sequence[Sequence[Department]], by_ice: Sequence[str], bases: Sequence[str], state: str, geography: Geography
) -> tuple[Department | None, str]:
    """The row in ICE's county, else the only one with the name, unless another place of that name fits ICE's."""
    for rows in tiers:
        there = [row for row in rows if set(row.counties) & set(by_ice)]
        if len(there) == 1:
            return there[0], "roster: City {name}, in the county that ICE prints"
        if len(there) > 1:
            return None, f"the roster has {len(there)} with that name in that county"
    if not tiers:
        return None, "no such city in the roster"
    first = list(tiers[0])
    if by_ice:
        if not any(key(bare_department(row.name)) == key(bases[0]) for row in first):
            return None, "no city of exactly that name in the roster"
        others = [place for base in bases for place in geography.places.get((state, key(base)), ())]
        if any(place.county in by_ice for place in others) or not any(
            place.county in row.counties for row in first for place in others
        ):
            return None, "the roster has that name only in another county"
        return (first[0], "roster: City {name}, the only one in the state") if len(first) == 1 else (None, "several")
    if len(first) == 1:
        return first[0], "roster: City {name}, the only one in the state; ICE prints no county"
    return None, f"the roster has {len(first)} with that name, and ICE prints no county"


def as_found(row: Department, why: str, bases: Sequence[str], geography: Geography) -> NameMatch:
    places = [p for base in bases for p in geography.places.get((row.state, key(base)), ()) if p.county in row.counties]
    exact = key(bare_department(row.name)) == key(bases[0])
    return NameMatch(
        row.counties[:1],
        row.counties[1:],
        row,
        places[0] if places else None,
        "exact" if exact else "rule",
        "exact" if exact else "rule",
        why.format(name=row.name),
        "high" if exact or "in the county" in why else "medium",
        base=bases[0],
    )


def _by_gazetteer(state: str, bases: Sequence[str], by_ice: Sequence[str], why: str, geography: Geography) -> NameMatch:
    places = [place for place in geography.places.get((state, key(bases[0])), ()) if place.county]
    if any(geography.every_county[str(place.county)].now for place in places):
        return NameMatch(
            evidence=f"{why}; gazetteer: {places[0].name}, in a former county; which one it is now is unknown"
        )
    there = [place for place in places if place.county in by_ice]
    for place in there[:1]:
        evidence = f"{why}; gazetteer: {place.name}, in the county that ICE prints"
        return NameMatch((str(place.county),), place=place, county_by="exact", evidence=evidence, confidence="high")
    if len(set(by_ice)) == 1:
        evidence = f"{why}; the county is the one that ICE prints"
        return NameMatch(tuple(by_ice[:1]), county_by="rule", evidence=evidence, confidence="medium")
    if len({place.county for place in places}) == 1 and "has" not in why:
        evidence = f"{why}; gazetteer: {places[0].name}, the only one in the state"
        return NameMatch(
            (str(places[0].county),), place=places[0], county_by="rule", evidence=evidence, confidence="medium"
        )
    county = geography.county_named(state, bases[0])
    if county and not county.now and not by_ice:
        evidence = f"{why}; {county.name} has the name"
        return NameMatch((county.fips,), county_by="rule", evidence=evidence, confidence="medium")
    return NameMatch(evidence=f"{why}; ICE prints {'several counties' if by_ice else 'no county'}")
