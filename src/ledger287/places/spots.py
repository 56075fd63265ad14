"""What a person types for a place -> the counties and the place meant.

``City, ST`` (or ``City ST``), ``City, County, ST``, ``County, ST``, a ZIP code, a county's name alone where only one
state has it, or a county's code (``FIPS 12021``). Several places of one name are shown together. A code or county
that changed leads to what took its place, with a note. What is unknown is refused with the closest names.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, QueryError, QueryField, as_text
from ledger287.ledger.query.parameters import read_state
from ledger287.places.gazetteer.division_names import Division
from ledger287.places.gazetteer.geography import County, Geography, Place, bare_department
from ledger287.places.gazetteer.naming import county_key, is_county_name, key
from ledger287.places.postal import names_of_states, too_short, zip_of_address
from ledger287.places.short_names import cities_meant

OFFERED = 5
INSTEAD = 'Type a place such as "Naples, FL".'
POLICE = re.compile(r"\s+(?:police|marshal|department of public safety).*$", re.IGNORECASE)
WORD_OF_A_CITY = re.compile(r"\s+(?:city|town|village|borough)$", re.IGNORECASE)
CODE = re.compile(r"(?:(?:fips|county)(?: code)?:? *)?(\d{1,5})", re.IGNORECASE)
"""A county's code. Five digits alone are a ZIP code first."""
NUMBERS = re.compile(r"\d+[- ]\d*|\d{6,}")
ZIP = re.compile(r"(\d{5})(?:[- ]?\d{4})?")


@dataclass(frozen=True, slots=True)
class Spot:
    """A county, or a place in its county (or counties, where these changed), as meant by a question."""

    name: str
    state: str
    counties: tuple[str, ...]
    place: str | None
    latitude: float | None
    longitude: float | None
    note: str | None
    also_in: tuple[str, ...] = ()
    """Of a ZIP code: the codes of other counties that parts of it are in."""
    zip: str | None = None
    """The ZIP code, where one was typed; ``place`` is then the city of its post office, which may not hold it."""


def read_county(text: str, geography: Geography) -> Spot:
    """A county by its code, or by name and state. Raises Refused with the closest ones."""
    text = as_text(text, "county", "12021").strip()
    if text.isdigit():
        return _by_code(text, geography)
    found = read_spot(text, None, geography)
    if found.place:
        county = found.counties[0]
        raise QueryError(
            "not_a_county", f"{text!r} is a place in {county}, not a county. Type: ", QueryField("county", county)
        )
    return found


def read_spot(text: str, state: str | None, geography: Geography) -> Spot:
    """The place or county that a text means. Raises Refused: none (with the closest), or several."""
    text = " ".join(text.split())
    address = zip_of_address(text)
    if coded := _coded(address.code if address else text, geography):
        if address and (other := address.other_state((*coded.counties, *coded.also_in), geography)):
            raise Refused(f"ZIP code {address.code} is in {coded.state}, not in {other}. {INSTEAD}")
        if state not in (None, coded.state):
            says = (f"{text} is in {coded.state}, not in {state}; leave out ", QueryField("state"), ".")
            raise QueryError("two_states", *says, fields=("place", "state"))
        return coded
    if meant := geography.aliases.get(key(text if state is None else f"{text}, {state}")):
        return replace(_in_state(meant.place, None, meant.state, geography), note=f"{text}: {meant.why}")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise Refused('no place given. Type a place such as "Naples, FL", a county or its code.')
    parts, state = _with_its_state(parts, state)
    within = parts[1] if len(parts) > 1 else None
    if state is None:
        return _without_comma(parts[0], geography)
    return _in_state(parts[0], within, state, geography)


def _with_its_state(parts: list[str], state: str | None) -> tuple[list[str], str | None]:
    """The parts of a text without the state at its end, and the state meant. Raises Refused where two differ."""
    if len(parts) == 1:
        return parts, state
    if state is None:
        return parts[:-1], read_state(parts[-1])
    try:
        said = read_state(parts[-1])
    except Refused:
        return parts, state
    if said != state:
        says = (f"{', '.join(parts)!r} is in {said}, not in {state}; leave out ", QueryField("state"), ".")
        raise QueryError("two_states", *says, fields=("place", "state"))
    return parts[:-1], state


def _coded(text: str, geography: Geography) -> Spot | None:
    """What a ZIP code or a county's code means; None for any other text. Raises Refused for an unknown code."""
    if zip_code := ZIP.fullmatch(text):
        code = zip_code.group(1)
        if found := geography.zips.get(code):
            return _of_zip(code, *found, geography)
        if code not in geography.every_county:
            return _of_zip_apart(code, geography)
    elif NUMBERS.fullmatch(text):
        raise Refused(f"{text!r}: expected a ZIP code of five or nine digits (33602 or 33602-1234). {INSTEAD}")
    found_code = CODE.fullmatch(text)
    return _by_code(found_code.group(1), geography) if found_code else None


def _of_zip_apart(code: str, geography: Geography) -> Spot:
    """The city of a ZIP code that has no county of the record: one of PO boxes, or of Puerto Rico."""
    state, city, kind = geography.zips_apart.get(code, ("", "", ""))
    if kind == "military":
        raise Refused(f"ZIP code {code} is of military mail, which is in no county. {INSTEAD}")
    if not kind:
        raise Refused(f"no ZIP code {code} in the table of 2022, and no county with that code. {INSTEAD}")
    if not city or state not in geography.states:
        raise Refused(f"ZIP code {code} is only for PO boxes, and the table of 2022 names no place for it. {INSTEAD}")
    why = "is only for PO boxes" if kind == "po box" else "is in no county of this record"
    try:
        spot = _in_state(city, None, state, geography)
    except Refused:
        raise Refused(f"ZIP code {code} {why}; its post office is {city}, {state}. {INSTEAD}") from None
    note = f"ZIP code {code} {why}; what follows is of {city}, where its post office is"
    return replace(spot, place=spot.place or city, note=f"{note}; {spot.note}" if spot.note else note, zip=code)


def _without_comma(text: str, geography: Geography) -> Spot:
    """A place whose state follows without a comma (Naples FL, Washington DC); else a place by its name alone."""
    said, names = text.split(), names_of_states(geography)
    for count in (1, 2, 3):
        name, code = " ".join(said[:-count]), names.get(" ".join(said[-count:]).casefold())
        if not name or code is None or text.casefold() in names:
            continue
        try:
            return _in_state(name, None, code, geography)
        except Refused as refused:
            try:
                return _anywhere(text, geography)
            except Refused as anywhere:
                raise (refused if len(said[-1]) == len("FL") else anywhere) from None
    return _anywhere(text, geography)


def _of_zip(code: str, state: str, fips: str, city: str | None, geography: Geography) -> Spot:
    """The county of a ZIP code, and the city of its post office."""
    county = geography.every_county[fips]
    note = f"ZIP code {code}: {county.name}, the county of most of its people"
    also = geography.zips_across.get(code, ())
    if also:
        note += f"; parts of it are in {_listed(also, state, geography)} (Census Bureau, 2010)"
    if city:
        note += f"; its post office is {city}, and whether a home is within the limits of a city no ZIP code says"
    if (other := geography.every_county.get(code)) is not None:
        note += f"; for {other.name}, {other.state}, which has that code, type: FIPS {code}"
    at = next((p for p in geography.places.get((state, key(city or "")), ()) if p.county == fips), None)
    latitude, longitude = (at.latitude, at.longitude) if at else (county.latitude, county.longitude)
    return Spot(city or county.name, state, county.now or (fips,), city, latitude, longitude, note, also, code)


def _listed(counties: Sequence[str], state: str, geography: Geography) -> str:
    """Names of counties in one sentence, with the state where it is another one."""
    every = [geography.every_county[fips] for fips in counties]
    names = [one.name if one.state == state else f"{one.name}, {one.state}" for one in every]
    return " and ".join(([", ".join(names[:-1])] if names[:-1] else []) + names[-1:])


def _by_code(code: str, geography: Geography) -> Spot:
    county = geography.every_county.get(code) or geography.every_county.get(code.zfill(5))
    if county:
        return _spot_of(county, geography)
    codes = {f"{fips} {one.name}, {one.state}": fips for fips, one in geography.counties.items()}
    same = [label for label, fips in codes.items() if fips[:2] == code.zfill(5)[:2]]
    if not same:
        raise Refused(f"no county has the code {code!r}, and none is near; expected five digits. {INSTEAD}")
    near = process.extract(code, same, limit=OFFERED, processor=lambda label: label[:5])
    closest = "\n  ".join(label for label, *_ in near)
    raise Refused(f"no county has the code {code!r}{too_short(code, geography)}. The closest:\n  {closest}")


def _spot_of(county: County, geography: Geography) -> Spot:
    if not county.now:
        return Spot(county.name, county.state, (county.fips,), None, county.latitude, county.longitude, county.note)
    named = ", ".join(f"{fips} {geography.counties[fips].name}" for fips in county.now)
    note = f"{county.fips} {county.name} is now {named} (since {county.since}): {county.note}"
    first = geography.counties[county.now[0]]
    return Spot(county.name, county.state, county.now, None, first.latitude, first.longitude, note)


def _anywhere(name: str, geography: Geography) -> Spot:
    """A county by its name alone, where one state has it; else a place, where one has it."""
    for one in geography.states.values():
        if (
            name.casefold() in (one.code.casefold(), one.name.casefold())
            and not is_county_name(name)
            and not (one.territory and geography.county_named(one.code, name))
        ):
            instead = Ask("status", fields=(QueryField("state", one.code),))
            raise QueryError(
                "place_is_a_state",
                f"{name!r} is a state or territory. For all of it type: ",
                instead,
                fields=("place",),
            )
    counties = [found for code in geography.states if (found := geography.county_named(code, name))]
    if not is_county_name(name):
        wanted = key(name)
        places = [place for (_, way), found in geography.places.items() if way == wanted for place in found]
        meant = [_spot_of(one, geography) for one in counties] + [_spot_at(place, geography) for place in places]
    else:
        meant = [_spot_of(one, geography) for one in counties]
    if len(meant) == 1:
        return meant[0]
    wider = (
        []
        if is_county_name(name) and meant
        else [code for code in geography.states if (code, key(name)) in geography.divisions]
    )
    states = sorted({*(spot.state for spot in meant), *wider})
    if len(states) == 1:
        return _in_state(name, None, states[0], geography)
    if states:
        named = ", ".join(f'"{name}, {state}"' for state in states)
        raise Refused(f"{name!r} is in {len(states)} states. Say in which state: {named}.")
    return _short(name, None, geography)


def _in_state(name: str, within: str | None, state: str, geography: Geography) -> Spot:
    wanted = None
    county = geography.county_named(state, name)
    if is_county_name(name) and county:
        return _spot_of(county, geography)
    places = geography.places.get((state, key(name)), [])
    if within:
        wanted = geography.county_named(state, within)
        if wanted is None:
            return _in_state(within, None, state, geography)  # refuses, with the closest counties
        places = [place for place in places if place.county == wanted.fips]
    divisions = _divisions(name, state, bool(places), geography)
    if wanted:
        divisions = [one for one in divisions if wanted.fips in one.counties]
    distinct = {place.county: place for place in places}
    theirs = {fips for one in divisions for fips in one.counties}
    for row in geography.city_departments.get((state, key(name)), ()) if (distinct or theirs) and not within else ():
        county_of = geography.every_county.get(row.counties[0]) if row.counties else None
        if county_of and county_of.latitude and county_of.longitude and not {*row.counties} & {*distinct, *theirs}:
            distinct[county_of.fips] = Place(
                bare_department(row.name), state, county_of.fips, county_of.latitude, county_of.longitude
            )
    if divisions:
        named = {wanted.fips} if wanted else theirs
        return _spot_of_divisions(divisions, sorted({*named, *filter(None, distinct)}), geography, distinct)
    chief = None if within else _chief(state, name, list(distinct.values()), geography)
    if chief:
        return _spot_at(chief, geography, [place for place in distinct.values() if place is not chief])
    if len(distinct) > 1:
        return _together(distinct, geography)
    if distinct:
        return _spot_at(next(iter(distinct.values())), geography)
    if county and not within:
        return _spot_of(county, geography)
    departments = [] if within else geography.city_departments.get((state, key(name)), [])
    for department in departments[:1]:
        return Spot(department.name, state, department.counties, department.name, None, None, None)
    return _short(name, state, geography)


def _short(name: str, state: str | None, geography: Geography) -> Spot:
    """The one large city that a name is short for. Raises Refused: several, or none (with the closest names)."""
    meant = cities_meant(name, state, geography)
    called = [bare_department(row.name) for row in meant]
    if len(meant) > 1:
        labels = ", ".join(f'"{city}, {row.state}"' for city, row in zip(called, meant, strict=True))
        raise Refused(f"{name!r} may be short for {len(meant)} cities. Say which: {labels}.")
    if meant:
        spot = _in_state(called[0], None, meant[0].state, geography)
        note = f"{name}: taken as short for {called[0]}, {meant[0].state}"
        return replace(spot, note=f"{note}; {spot.note}" if spot.note else note)
    where = f" in {state}" if state else ""
    raise Refused(f"no place or county {name!r}{where}{_offered(name, state, geography)}")


def _divisions(name: str, state: str, in_gazetteer: bool, geography: Geography) -> list[Division]:
    """Census's places of a name: those named in full (Mahoning Township); of a bare name where no other source has it.

    Of a bare name a city, town or borough before a township.
    """
    found = geography.divisions.get((state, key(name)), ())
    in_full = [one for one in found if one.word and key(name) != key(one.name)]
    if in_full or in_gazetteer:
        return in_full
    return [one for one in found if "township" not in one.word] or list(found)


def _spot_of_divisions(
    divisions: Sequence[Division], counties: Sequence[str], geography: Geography, places: Mapping[str | None, Place]
) -> Spot:
    """One spot of all places of a name; ``places`` are those of the gazetteer, which know where they are."""
    first = divisions[0]
    name = first.called
    at = next(iter(places.values()), None)
    county = geography.every_county.get(counties[0]) if counties else None
    latitude, longitude = (at.latitude, at.longitude) if at else (None, None)
    if county and latitude is None:
        latitude, longitude = county.latitude, county.longitude
    note = None if counties else "its county is unknown, so that only statewide agencies are listed"
    if len(counties) > 1:
        note = _several(name, first.state, counties, geography)
    return Spot(name, first.state, tuple(counties), name, latitude, longitude, note)


def _together(places: Mapping[str | None, Place], geography: Geography) -> Spot:
    """One spot of several places of one name."""
    first = next(iter(places.values()))
    counties = sorted(fips for fips in places if fips)
    note = _several(first.name, first.state, counties, geography)
    return Spot(first.name, first.state, tuple(counties), first.name, first.latitude, first.longitude, note)


def _several(name: str, state: str, counties: Sequence[str], geography: Geography) -> str:
    names = [geography.every_county[fips].name for fips in counties]
    return (
        f"{len(counties)} counties of {state} have a place of this name, and all are shown: {', '.join(names)}. "
        f'For one of them type, for example: "{name}, {names[0]}, {state}"'
    )


def _offers(places: Mapping[str | None, Place], geography: Geography) -> str:
    return ", ".join(
        f'"{place.name}, {geography.every_county[fips].name}, {place.state}"' for fips, place in places.items() if fips
    )


def _chief(state: str, name: str, places: Sequence[Place], geography: Geography) -> Place | None:
    """Of several places with one name, the city: the one that is its own county, or has the only police of that name.

    The gazetteer has postal places: Richmond in two counties as well as the city of Richmond.
    """
    if len(places) < 2:
        return None
    own = geography.consolidated.get((state, key(name)))
    city = geography.county_named(state, f"{name} city")
    if city and key(city.name) == key(f"{name} city"):
        own = own or city.fips
    rows = geography.city_departments.get((state, key(name)), [])
    mains = {own} if own else {row.counties[0] for row in rows if row.counties}
    chief = [place for place in places if place.county in mains]
    return chief[0] if len(mains) == len(chief) == 1 else None


def _spot_at(place: Place, geography: Geography, others: Sequence[Place] = ()) -> Spot:
    """A place, with all counties over which its city extends, and a note on what else has its name."""
    county = geography.every_county.get(place.county or "")
    counties = (county.now or (county.fips,)) if county else ()
    for row in geography.city_departments.get((place.state, key(place.name)), ()):
        if row.counties[:1] == counties:
            counties = row.counties
    note = _spot_of(county, geography).note if county and county.now else None
    if others:
        note = f"also named so: {_offers({other.county: other for other in others}, geography)}"
    elif not counties:
        note = "its county is unknown, so that only statewide agencies are listed"
    return Spot(place.name, place.state, counties, place.name, place.latitude, place.longitude, note)


ALIKE = 70
"""How alike, of 100, a name must be for it to be offered."""


def _offered(name: str, state: str | None, geography: Geography) -> str:
    """The end of a refusal: the closest names, or that none is near."""
    near = _closest(name, state, geography)
    return ". The closest:\n  " + "\n  ".join(near) if near else ", and no name is near."


def _closest(name: str, state: str | None, geography: Geography) -> list[str]:
    """The closest names of places and counties, of a state or of all."""
    wanted = key(name)
    labels: dict[str, str] = {}
    for (code, way), found in geography.places.items():
        if state in (None, code):
            labels.setdefault(f"{found[0].name}, {code}", way)
    for (code, way), rows in geography.city_departments.items():
        if state in (None, code):
            labels.setdefault(f"{rows[0].name}, {code}", way)
    for county in geography.counties.values():
        if state in (None, county.state):
            labels[f"{county.name}, {county.state}"] = (
                key(county.name) if is_county_name(name) else county_key(county.name)
            )
    near = process.extract(wanted, labels, limit=OFFERED, scorer=ratio, score_cutoff=ALIKE)
    return [label for *_, label in near]
