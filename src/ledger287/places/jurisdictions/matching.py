"""The names and printed counties of an agency of one kind -> what the tables hold of it.

Every search returns a ``NameMatch``; it names its evidence, and is empty where more than one answer is
possible. ``exact`` means that the names compare equal, ``rule`` that a rule led there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ledger287.places.gazetteer.geography import County, Department, Geography, bare_department
from ledger287.places.gazetteer.naming import county_key, key, words
from ledger287.places.jurisdictions.counties import codes, counties_named, county_of, printed_county
from ledger287.places.jurisdictions.kinds import Kind, name_words
from ledger287.places.jurisdictions.match import Confidence, NameMatch, Search
from ledger287.places.jurisdictions.towns import as_found, base_names, town


def search(state: str, kind: Kind, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
    """Look an agency up in the way of its kind."""
    return SEARCHES[kind](state, names, printed, geography)


# -- counties --------------------------------------------------------------------------------------


def _sheriff(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
    county, by, evidence = county_of(state, names, printed, geography, "sher")
    if county is None:
        return NameMatch(evidence=evidence)
    found = NameMatch((county.fips,), county_by=by, evidence=evidence, confidence="high" if by == "exact" else "medium")
    rows = [row for row in geography.departments_of[state]["County"] if row.counties == (county.fips,)]
    named = [row for row in rows if county_key(_without_sheriff(row.name)) in _own_keys(county, geography)]
    named = named or [row for row in geography.departments_of[state]["City"] if _is_city_sheriff(row, county)]
    if len(named) != 1:
        why = f"the roster has {len(named) or 'no'} such sheriff" + ("s" if len(named) > 1 else "")
        return replace(found, evidence=f"{evidence}; {why}")
    return replace(found, department=named[0], ori_by="exact", evidence=f"{evidence}; roster: County {named[0].name}")


def _without_sheriff(name: str) -> str:
    return name.removesuffix("'s Office").removesuffix(" Sheriff").removesuffix(" Sheriff Department")


def _own_keys(county: County, geography: Geography) -> set[str]:
    """The keys under which the roster may name a county's sheriff: the county's, and its consolidated city's."""
    cities = {
        city for (state, city), fips in geography.consolidated.items() if fips == county.fips and state == county.state
    }
    return {county_key(county.name), *cities}


def _is_city_sheriff(row: Department, county: County) -> bool:
    return row.counties == (county.fips,) and key(row.name) == key(f"{county.name} Sheriff")


def _of_county(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
    """Agencies of a county other than the sheriff; the roster is matched where it has exactly that name."""
    county, by, evidence = county_of(state, names, printed, geography, "co")
    if county is None:
        return NameMatch(evidence=evidence)
    confidence: Confidence = "high" if by == "exact" else "medium"
    found = NameMatch((county.fips,), county_by=by, evidence=evidence, confidence=confidence)
    whole = {key(name) for name in names}
    cities = {key(base_names(name)[0]) for name in names}  # of consolidated city-counties
    wanted = {"County": whole, "Other": whole, "City": cities}
    rows = [
        row
        for kind, keys in wanted.items()
        for row in geography.departments_of[state][kind]
        if county.fips in row.counties and key(row.name) in keys
    ]
    if len(rows) != 1:
        return replace(found, evidence=f"{evidence}; not in the roster under its own name")
    return replace(found, department=rows[0], ori_by="exact", evidence=f"{evidence}; roster: {rows[0].name}")


def _constable(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
    """Constables: the roster omits precincts and lists no township's constable, so an ORI cannot be determined."""
    county, by, evidence = county_of(state, names, printed, geography, "constable")
    why = "constables' ORIs are unknown: the roster leaves out their precincts"
    if county is None:
        return NameMatch(evidence=f"{evidence}; {why}")
    confidence: Confidence = "high" if by == "exact" else "medium"
    return NameMatch((county.fips,), county_by=by, evidence=f"{evidence}; {why}", confidence=confidence)


# -- other bodies ----------------------------------------------------------------------------------


def _over_counties(look: Search) -> Search:
    """A search for bodies that may be named after all their counties."""

    def also(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
        found = look(state, names, printed, geography)
        named = next(filter(None, (counties_named(state, name, geography) for name in names)), ())
        if not named:
            return found
        main = found.counties[0] if found.counties and found.counties[0] in named else named[0]
        counties = (main, *(fips for fips in named if fips != main))
        evidence = f"{found.evidence}; named after {len(named)} counties"
        return replace(found, counties=counties, reaches=(), county_by="exact", evidence=evidence, confidence="high")

    return also


def _regional(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
    """Joint police: the row with that name, else the only one whose name differs only in the name of its county."""
    found = town(state, names, printed, geography)
    if found.department:
        return found
    by_ice = {fips for text in printed for fips in codes(printed_county(state, text, geography))}
    wanted = {frozenset(base_names(name)[0].split()) for name in names}
    near = [
        row
        for row in geography.departments_of[state]["City"]
        if _distinctive_words(row, geography) in wanted and (not by_ice or by_ice & set(row.counties))
    ]
    if len(near) == 1:
        why = "roster: City {name}, the only one with that name apart from its county's name"
        return replace(as_found(near[0], why, [base_names(names[0])[0]], geography), confidence="medium")
    return found


def _distinctive_words(row: Department, geography: Geography) -> frozenset[str]:
    """The words of a row's name without those of its county's."""
    counties = {word for fips in row.counties for word in words(geography.every_county[fips].name)}
    return frozenset(words(bare_department(row.name))) - counties


def _institution(*types: str) -> Search:
    """A search among rows of some types for one whose name is the agency's without the words for police."""

    def look(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
        wanted = {_institution_key(name) for name in names}
        rows = [row for kind in types for row in geography.departments_of[state][kind] if row.counties]
        named = [row for row in rows if _institution_key(row.name) in wanted]
        if named:
            main = max(named, key=lambda row: (row.year, row.officers))
            branches = "; the largest of its rows, the others are branches" if len(named) > 1 else ""
            evidence = f"roster: {main.type} {main.name}{branches}"
            return NameMatch(main.counties[:1], main.counties[1:], main, None, "exact", "exact", evidence, "high")
        county, by, evidence = county_of(state, names, printed, geography, "police")
        if county is None:
            return NameMatch(evidence=f"no such name in the roster; {evidence}")
        return NameMatch((county.fips,), county_by=by, evidence=f"not in the roster; {evidence}", confidence="medium")

    return look


def _institution_key(name: str) -> str:
    plain = " ".join(words(name))
    return "".join(
        sorted(word for word in name_words().campus.sub(" ", plain).split() if word not in ("of", "the", "at"))
    )


def _state_body(state: str, names: Sequence[str], _: Sequence[str], geography: Geography) -> NameMatch:
    """A statewide body: the row with its name apart from the state's; of many rows, that of the entire force."""
    own = set(words(geography.states[state].name)) | name_words().state
    wanted = [_state_key(part, own) for name in names for part in (name, *_segments(name))]
    rows = [row for kind in ("State Police", "Other State Agency") for row in geography.departments_of[state][kind]]
    for body in dict.fromkeys(filter(None, wanted)):
        named = [row for row in rows if _state_key(row.name, own) == body]
        whole = [row for row in named if not row.counties or row.ori.endswith("0000")] or named
        if len(whole) == 1:
            evidence = f"statewide by its name; roster: {whole[0].type} {whole[0].name}"
            return NameMatch(department=whole[0], ori_by="exact", evidence=evidence, confidence="high")
        if whole:
            return NameMatch(
                evidence=f"statewide by its name; the roster has {len(whole)} such rows", confidence="high"
            )
    return NameMatch(evidence="statewide by its name; not in the roster", confidence="high")


def _segments(name: str) -> Iterable[str]:
    return [part for part in name.replace(" - ", "|").replace("- ", "|").split("|") if part != name]


def _state_key(name: str, own: set[str]) -> frozenset[str]:
    return frozenset(word for word in words(name) if word not in own)


def _nothing(state: str, names: Sequence[str], printed: Sequence[str], geography: Geography) -> NameMatch:
    county, by, evidence = county_of(state, names, printed, geography, "police")
    return NameMatch((county.fips,), county_by=by, evidence=evidence) if county else NameMatch(evidence=evidence)


SEARCHES: dict[Kind, Search] = {
    "state_agency": _state_body,
    "guard_or_other_state_body": lambda *_: NameMatch(evidence="statewide by its name", confidence="high"),
    "county_sheriff": _sheriff,
    "county_police_or_jail": _of_county,
    "municipal_police": town,
    "campus": _institution("University or College", "Other"),
    "airport_or_port": _over_counties(_institution("Other", "Other State Agency")),
    "constable": _constable,
    "prosecutor": _of_county,
    "regional": _over_counties(_regional),
    "tribal": _institution("Tribal"),
    "other": _nothing,
}
