"""The facts that the record has of an agency -> its jurisdiction: kind, counties, place, people, and how each is known.

A pure function of the facts, the tables and the committed decisions. What cannot be determined is left empty, and
``evidence`` says why: nothing is guessed, and no agency is dropped. The county that ICE printed is kept with the
resolved one, and ``problem`` reports a contradiction between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.places.gazetteer.geography import Department, Geography, bare_department
from ledger287.places.gazetteer.naming import key
from ledger287.places.jurisdictions.counties import codes, printed_county
from ledger287.places.jurisdictions.kinds import KINDS, GroundKind, Kind, ground_of, rule_of
from ledger287.places.jurisdictions.match import Confidence, How, NameMatch
from ledger287.places.jurisdictions.matching import search


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record says of an agency, from which its jurisdiction is derived; newest first."""

    agency_id: str
    state: str
    names: tuple[str, ...]
    type: str | None
    counties_printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Where an agency has its duty, and whom it serves.

    ``counties`` are the codes of the counties that it is an agency of, the main one first, empty for a
    statewide agency; ``reaches`` are further ones into which its city or town extends. ``ground`` says how
    its people are counted: state, county, residents, or part (of a county; no figure is available).
    """

    agency_id: str
    state: str
    kind: Kind
    ground: GroundKind
    counties: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    place: str | None = None
    ori: str | None = None
    roster_name: str | None = None
    roster_type: str | None = None
    population_served: int | None = None
    officers: int | None = None
    figures_year: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    kind_by: How = "none"
    county_by: How = "none"
    ori_by: How = "none"
    evidence: str = ""
    confidence: Confidence = "low"
    county_printed: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceDecision:
    """A committed decision on one field of one agency's jurisdiction."""

    agency_id: str
    field: str
    value: str
    reason: str
    source: str


Decisions = Mapping[str, tuple[PlaceDecision, ...]]
NO_DECISIONS: Decisions = {}
JUDGED_FIELDS = ("kind", "ground", "county", "reaches", "ori", "place")


@cache
def committed_decisions() -> Decisions:
    """The committed decisions, by agency."""
    found: dict[str, list[PlaceDecision]] = defaultdict(list)
    for row in declared.rows("places/decisions.csv"):
        if row["field"] not in JUDGED_FIELDS:
            raise Refused(f"places/decisions.csv: no field {row['field']!r}; expected {JUDGED_FIELDS}.")
        found[row["agency_id"]].append(PlaceDecision(**row))
    return {agency_id: tuple(made) for agency_id, made in found.items()}


def resolve_all(
    facts: Iterable[Facts], geography: Geography, decisions: Decisions | None = None
) -> tuple[Jurisdiction, ...]:
    """The jurisdiction of each agency, in the order given; by the committed decisions unless others are given."""
    made = committed_decisions() if decisions is None else decisions
    return tuple(resolve(one, geography, made.get(one.agency_id, ())) for one in facts)


def resolve(facts: Facts, geography: Geography, decisions: Iterable[PlaceDecision] = ()) -> Jurisdiction:
    """The jurisdiction of one agency: by the rules, then by what was judged of it."""
    judged = {made.field: made for made in decisions}
    rule, name = rule_of(facts.names, geography.states[facts.state].name, facts.type)
    kind, ground, kind_by = rule.kind, rule.ground, "rule"
    if kind == "campus" and _is_a_city(facts, name, geography):
        kind, ground = "municipal_police", ground_of("municipal_police")
    if "kind" in judged:
        kind = _kind(judged["kind"].value)
        ground, kind_by = ground_of(kind), "judgement"
    found = search(facts.state, kind, (name, *facts.names), facts.counties_printed, geography)
    if kind == "regional" and ground == "residents" and len({*found.counties, *found.reaches}) == 1:
        kind = "municipal_police"  # joint police of municipalities of one county
    elif kind == "municipal_police" and len(found.counties) > 1:
        kind = "regional"
    whole = Jurisdiction(
        facts.agency_id,
        facts.state,
        kind,
        ground,
        kind_by=kind_by,  # type: ignore[arg-type]
        county_printed=facts.counties_printed[0] if facts.counties_printed else None,
    )
    return _finished(_judged(_with(whole, found, geography), judged, geography), geography)


def _is_a_city(facts: Facts, name: str, geography: Geography) -> bool:
    """Whether a name that sounds like a campus is that of a city: State College, College Station."""
    town = search(facts.state, "municipal_police", (name,), facts.counties_printed, geography)
    return town.department is not None and key(town.base) == key(bare_department(town.department.name))


def _kind(text: str) -> Kind:
    for kind in KINDS:
        if kind == text:
            return kind
    raise Refused(f"places/decisions.csv: no kind {text!r}. Expected one of: {', '.join(KINDS)}.")


def _with(whole: Jurisdiction, found: NameMatch, geography: Geography) -> Jurisdiction:
    """A jurisdiction with what was found in the tables."""
    counties, by = found.counties, found.county_by
    alone = geography.counties_of[whole.state]
    if len(alone) == 1 and not counties:  # Guam, the District of Columbia
        counties, by = (alone[0].fips,), "rule"
    elif whole.ground == "state":
        counties, by = (), "none"
    place = found.place
    made = replace(
        whole,
        counties=counties,
        reaches=found.reaches,
        place=place.name if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        county_by=by,
        evidence=found.evidence,
        confidence=found.confidence,
        problem=found.problem,
    )
    return _with_department(made, found.department, found.ori_by)


def _with_department(whole: Jurisdiction, department: Department | None, by: How) -> Jurisdiction:
    if department is None:
        return whole
    return replace(
        whole,
        ori=department.ori,
        roster_name=department.name,
        roster_type=department.type,
        population_served=department.population,
        officers=department.officers,
        figures_year=department.year,
        ori_by=by,
    )


def _judged(whole: Jurisdiction, judged: Mapping[str, PlaceDecision], geography: Geography) -> Jurisdiction:
    """A jurisdiction with the decisions in place of what the rules found; ``-`` in a decision means none."""
    for name, made in judged.items():
        value = "" if made.value == "-" else made.value
        if name == "county":
            whole = replace(whole, counties=tuple(filter(None, value.split(";"))), county_by="judgement")
            whole = replace(whole, reaches=tuple(fips for fips in whole.reaches if fips not in whole.counties))
        elif name == "reaches":
            whole = replace(whole, reaches=tuple(filter(None, value.split(";"))))
        elif name == "place":
            whole = replace(whole, place=value or None)
        elif name == "ground":
            whole = replace(whole, ground=value)  # type: ignore[arg-type]
        elif name == "ori":
            whole = replace(whole, ori=None, roster_name=None, roster_type=None, population_served=None, officers=None)
            whole = replace(whole, figures_year=None, ori_by="judgement")
            whole = _with_department(whole, geography.departments[value] if value else None, "judgement")
        whole = replace(whole, evidence=f"{whole.evidence}; decided: {name}: {made.reason}".strip("; "))
    if judged and whole.confidence == "low":
        whole = replace(whole, confidence="medium")
    return whole


def _finished(whole: Jurisdiction, geography: Geography) -> Jurisdiction:
    """The point, where no place gave one, and the contradiction with ICE's county, if there is one."""
    if whole.latitude is None and whole.counties:
        county = geography.every_county[whole.counties[0]]
        whole = replace(whole, latitude=county.latitude, longitude=county.longitude)
    printed = printed_county(whole.state, whole.county_printed, geography)
    mine = {*whole.counties, *whole.reaches}
    if whole.county_printed and printed is None and not whole.problem:
        return replace(whole, problem=f"ICE prints {whole.county_printed!r}, which is not a county of {whole.state}")
    if printed and mine and not mine & set(codes(printed)) and not whole.problem:
        named = ", ".join(geography.every_county[fips].name for fips in whole.counties)
        return replace(whole, problem=f"ICE prints {whole.county_printed}; the agency is of {named}")
    if printed and whole.counties and not {*whole.counties} & {*codes(printed)} and not whole.problem:
        named = ", ".join(geography.every_county[fips].name for fips in whole.counties)
        says = f"ICE prints {whole.county_printed}; the agency is mainly of {named}, and reaches into the one printed"
        return replace(whole, problem=says)
    return whole


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An agency of which something is not known, and why."""

    agency_id: str
    missing: tuple[str, ...]
    why: str = field(default="")


def unmatched(jurisdictions: Iterable[Jurisdiction]) -> tuple[Unmatched, ...]:
    """The agencies without kind, county or ORI; statewide ones need no county."""
    found = []
    for one in jurisdictions:
        missing = [
            name
            for name, lacks in (
                ("kind", one.kind == "other"),
                ("county", not one.counties and one.ground != "state"),
                ("ori", one.ori is None),
            )
            if lacks
        ]
        if missing:
            found.append(Unmatched(one.agency_id, tuple(missing), one.evidence))
    return tuple(found)
