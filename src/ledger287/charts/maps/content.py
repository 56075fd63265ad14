"""Agreements on a day, and where their agencies are -> what a map shows. Nothing is drawn here.

What enters: agreements as ``Ledger.as_of`` gives them, and jurisdictions (agency_id, kind, ground, counties).
What leaves: each county with its agencies, the agencies of a state as a whole, and those with no county that
can be drawn. Every agreement is in exactly one of the three, so they add up to the agreements on the day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from ledger287.places.gazetteer.shapes import drawn_as
from ledger287.places.jurisdictions.kinds import ground_of

JAIL_MODELS = ("JEM", "WSO")
MODELS = (*JAIL_MODELS, "TFM")

Category = Literal["both", "task", "jail"]
CATEGORIES: tuple[Category, ...] = ("both", "task", "jail")
Ground = Literal["state", "county", "local"]
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class MapAgency:
    """An agency on the map. ``codes`` are its counties as resolved, ``shapes`` those drawn for them.

    ``ground`` is ``state`` for an agency of the entire state, ``county`` for one that serves all of its
    county (a sheriff, a county's police or jail), ``local`` for one that serves a part of it.
    """

    agency_id: str
    name: str
    state: str
    kind: str | None
    ground: Ground
    codes: tuple[str, ...]
    shapes: tuple[str, ...]
    agreements: tuple[tuple[str, int], ...]

    @property
    def models(self) -> tuple[str, ...]:
        """The models it holds, in the order of MODELS."""
        return tuple(model for model, _ in self.agreements)

    @property
    def count(self) -> int:
        """Its agreements."""
        return sum(number for _, number in self.agreements)


@dataclass(frozen=True, slots=True)
class MapCounty:
    """A county in which at least one agency holds an agreement, county-wide agencies first."""

    fips: str
    agencies: tuple[MapAgency, ...]

    @property
    def category(self) -> Category:
        """What is in force there, by whomever."""
        return category_of(model for agency in self.agencies for model in agency.models)

    @property
    def local_only(self) -> bool:
        """Whether only agencies that serve a part of the county hold agreements."""
        return all(agency.ground == "local" for agency in self.agencies)

    @property
    def by_model(self) -> dict[str, int]:
        """Agreements by model; one of an agency with several counties counts in each of them."""
        found: Counter[str] = Counter()
        for agency in self.agencies:
            found.update(dict(agency.agreements))
        return {model: found[model] for model in MODELS}


@dataclass(frozen=True, slots=True)
class MapContent:
    """All that a map shows. ``changed`` are codes drawn as other ones, because the county changed."""

    counties: dict[str, MapCounty]
    statewide: dict[str, tuple[MapAgency, ...]]
    unplaced: tuple[MapAgency, ...]
    agencies: tuple[MapAgency, ...]
    changed: dict[str, tuple[str, ...]]

    @property
    def agreements(self) -> int:
        """All agreements, each once."""
        return sum(agency.count for agency in self.agencies)

    def by_category(self) -> dict[Category, int]:
        """Counties by what is in force there."""
        found = Counter(county.category for county in self.counties.values())
        return {category: found[category] for category in CATEGORIES}


def category_of(models: Iterable[str]) -> Category:
    """Task force, jail, or both."""
    held = set(models)
    if "TFM" not in held:
        return "jail"
    return "both" if held.intersection(JAIL_MODELS) else "task"


def content(agreements: pl.DataFrame, jurisdictions: pl.DataFrame) -> MapContent:
    """What the map of these agreements shows.

    ``jurisdictions`` has agency_id, kind, and ``counties`` (or ``county_fips``), the codes as a list or
    with ``;`` between; ``ground``, where it has it, says more than the kind does.
    """
    agencies = tuple(_agencies(agreements, _where(jurisdictions)))
    counties: dict[str, list[MapAgency]] = defaultdict(list)
    statewide: dict[str, list[MapAgency]] = defaultdict(list)
    for agency in agencies:
        if agency.ground == "state":
            statewide[agency.state].append(agency)
        for fips in agency.shapes:
            counties[fips].append(agency)
    return MapContent(
        {fips: MapCounty(fips, tuple(sorted(counties[fips], key=_widest))) for fips in sorted(counties)},
        {state: tuple(statewide[state]) for state in sorted(statewide)},
        tuple(agency for agency in agencies if agency.ground != "state" and not agency.shapes),
        agencies,
        {code: drawn_as(code) for agency in agencies for code in agency.codes if drawn_as(code) not in ((code,), ())},
    )


def _widest(agency: MapAgency) -> tuple[bool, str, str]:
    return agency.ground == "local", agency.name, agency.agency_id


def _where(jurisdictions: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["agency_id"]: row for row in jurisdictions.iter_rows(named=True)}


def _agencies(agreements: pl.DataFrame, where: dict[str, dict[str, Any]]) -> Iterable[MapAgency]:
    """Each agency of the agreements once, by state and name."""
    held: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for agency_id, name, state, model in agreements.select("agency_id", "agency", "state", "model").iter_rows():
        held[state, names.setdefault(agency_id, name), agency_id][model] += 1
    for (state, name, agency_id), models in sorted(held.items()):
        yield agency_on_map(agency_id, name, state, models, where.get(agency_id, {}))


def agency_on_map(
    agency_id: str, name: str, state: str, models: Mapping[str, int], place: Mapping[str, Any]
) -> MapAgency:
    """An agency with the ground it covers; ``place`` is its row of jurisdictions, empty where it has none."""
    kind = place.get("kind")
    ground = ground_on_map(kind, place.get("ground"))
    codes = () if ground == "state" else _codes(place)
    shapes = tuple(dict.fromkeys(shape for code in codes for shape in drawn_as(code)))
    counted = tuple((model, models[model]) for model in MODELS if models.get(model))
    return MapAgency(agency_id, name, state, kind, ground, codes, shapes, counted)


def ground_on_map(kind: str | None, ground: str | None) -> Ground:
    """The ground that an agency covers, as far as a map by county can show it."""
    found = ground or (ground_of(kind) if kind else "part")  # type: ignore[arg-type]
    return "state" if found == "state" else "county" if found == "county" else "local"


def _codes(place: Mapping[str, Any]) -> tuple[str, ...]:
    codes = place.get("counties", place.get("county_fips")) or ()
    return tuple(codes.split(SEPARATOR)) if isinstance(codes, str) else tuple(codes)
