"""Coverage: bounds in their order, nobody counted twice, and never less for a further agreement."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger287
from ledger287.analysis.answers.shares import shares
from ledger287.api import Atlas
from ledger287.places.coverage.people import Bounds, cover, covered, total
from ledger287.places.coverage.prisons import InForce, holds_people_only
from ledger287.places.coverage.shares import Ground, allot
from ledger287.places.gazetteer.geography import County, geography
from ledger287.places.jurisdictions.deciding import Jurisdiction

NEWEST = date(2026, 5, 8)
DAYS = [date(2021, 6, 1), date(2025, 3, 3), date(2025, 9, 1), date(2026, 1, 26), NEWEST]


@cache
def atlas() -> Atlas:
    return ledger287.open(today=lambda: NEWEST)


@cache
def everyone() -> tuple[Jurisdiction, ...]:
    return tuple(atlas().jurisdiction_of.values())


some = st.lists(st.integers(0, 1500), max_size=80, unique=True)


def bounds_of(numbers: list[int]) -> dict[str, Bounds]:
    return cover((everyone()[number % len(everyone())] for number in numbers), geography().counties)


# -- laws ------------------------------------------------------------------------------------------


@given(some)
@settings(deadline=None)
def test_bounds_stand_in_order_in_every_county(numbers: list[int]) -> None:
    for fips, one in bounds_of(numbers).items():
        assert 0 <= one.lower <= one.upper <= one.in_counties == (geography().counties[fips].population or 0)


@given(some, st.integers(0, 1500))
@settings(deadline=None)
def test_a_further_agreement_never_lowers_a_bound(numbers: list[int], further: int) -> None:
    before, after = bounds_of(numbers), bounds_of([*numbers, further])
    for fips, one in before.items():
        assert after[fips].lower >= one.lower and after[fips].upper >= one.upper


@given(some, st.randoms())
@settings(deadline=None)
def test_neither_order_nor_repetition_matters(numbers: list[int], chance: object) -> None:
    again = [*numbers, *numbers]
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert bounds_of(again) == bounds_of(numbers)


@given(
    st.lists(st.sampled_from(sorted(geography().counties)), min_size=1, max_size=5, unique=True),
    st.integers(0, 10_000_000),
)
def test_residents_are_allotted_once_and_fit(counties: list[str], residents: int) -> None:
    people = {fips: one.population for fips, one in geography().counties.items() if one.population is not None}
    found = allot(Ground(tuple(counties), residents), people)
    assert sum(found.values()) <= residents
    assert all(0 <= number <= people[fips] for fips, number in found.items())


# -- synthetic counties ------------------------------------------------------------------------------


def county(fips: str, people: int | None, in_cities: int) -> County:
    return County(fips, f"Made-up {fips}", "FL", (people,) * 4, in_cities, None, None, (), None, None)


COUNTIES = {one.fips: one for one in (county("12901", 1000, 600), county("12902", 500, 0), county("12903", None, 0))}


def agency(number: int, kind: str, ground: str, counties: tuple[str, ...], people: int | None = None) -> Jurisdiction:
    return Jurisdiction(f"ag-{number}", "FL", kind, ground, counties, ori=f"FL{number}", population_served=people)  # type: ignore[arg-type]


CITY = agency(1, "municipal_police", "residents", ("12901",), 250)
OTHER_CITY = agency(2, "municipal_police", "residents", ("12901",), 350)
SHERIFF = agency(3, "county_sheriff", "county", ("12901",), 400)


@pytest.mark.parametrize(
    ("agencies", "lower", "upper"),
    [
        ([], 0, 0),
        ([CITY], 250, 250),
        ([SHERIFF], 400, 1000),
        ([SHERIFF, CITY], 650, 1000),
        ([SHERIFF, CITY, OTHER_CITY], 1000, 1000),
        ([CITY, replace(CITY, agency_id="ag-same-police")], 250, 250),
        ([agency(4, "regional", "county", ("12901", "12902"))], 900, 1500),
        ([agency(5, "municipal_police", "residents", ("12901",), None)], 0, 0),
        ([agency(6, "constable", "part", ("12901",))], 0, 0),
        ([agency(7, "municipal_police", "residents", ("12902",), 700)], 500, 500),
        ([agency(8, "county_sheriff", "county", ("12903",))], 0, 0),
        ([agency(9, "state_agency", "state", ())], 0, 0),
        # a sheriff who is also a city's police: the city's residents are not taken off
        ([replace(SHERIFF, roster_type="City", population_served=600)], 1000, 1000),
    ],
)
def test_bounds(agencies: list[Jurisdiction], lower: int, upper: int) -> None:
    found = total(cover(agencies, COUNTIES).values())
    assert (found.lower, found.upper) == (lower, upper)


# -- the record ------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_states_add_up_to_the_nation(day: date) -> None:
    found = atlas().coverage(day)
    assert found.people == total(one.people for one in found.by_state)
    assert found.jail == total(one.jail for one in found.by_state)
    assert found.streets == found.by_model.get("TFM", Bounds(0, 0, 0, 0))
    assert max(one.lower for one in found.by_model.values()) <= found.people.lower <= found.people.upper
    assert found.people.upper <= found.with_statewide <= found.population
    for one in found.by_state:
        if one.population is not None:
            assert 0 <= one.people.lower <= one.people.upper <= one.people.in_counties <= one.population


@pytest.mark.parametrize("state", ["FL", "TX", "PA", "GU"])
def test_a_states_own_answer_is_its_line(state: str) -> None:
    whole = {one.state: one for one in atlas().coverage(NEWEST).by_state}[state]
    alone = atlas().coverage(NEWEST, state=state)
    assert alone.people == whole.people and alone.by_state == (whole,)
    assert bool(alone.statewide) == whole.statewide


@pytest.mark.parametrize("model", ["JEM", "WSO", "TFM"])
def test_a_models_own_answer_is_its_line(model: str) -> None:
    assert atlas().coverage(NEWEST, model=model).people == atlas().coverage(NEWEST).by_model[model]


def test_later_lists_change_no_earlier_answer() -> None:
    earlier = atlas().coverage(date(2025, 9, 1))
    known = atlas().coverage(NEWEST, known_on=date(2025, 9, 1))
    assert (known.people, known.statewide, known.by_state) == (earlier.people, earlier.statewide, earlier.by_state)


def test_figures_to_check_against() -> None:
    """See docs/places.md: what a peer and an institute counted, and why ours differ."""
    florida = atlas().coverage(date(2026, 1, 26), state="FL").people
    # The FBI's figures of all participants add up to 20,179,845; what exceeds a county's residents is cut off.
    assert 19_800_000 < florida.lower < 20_179_845
    autumn = atlas().coverage(date(2025, 11, 15), model="TFM")
    assert abs(autumn.with_statewide / autumn.population - 0.41) < 0.01
    assert abs(autumn.with_statewide / 142_000_000 - 1) < 0.04


def test_every_agency_is_counted_statewide_or_named() -> None:
    found = atlas().coverage(NEWEST)
    named = {one.agency_id for one in found.uncounted}
    for one in atlas().in_force(NEWEST):
        its = one.jurisdiction
        counted = (its.ground == "county" and its.counties) or (its.ground == "residents" and its.population_served)
        assert its.ground == "state" or bool(counted) != (its.agency_id in named), one
    assert {one.kind for one in found.uncounted if one.why.startswith("a state's prison")} == {"state_agency"}


def test_unknown_populations_are_told() -> None:
    statewide = {one.state: one for one in atlas().coverage(NEWEST).statewide}
    assert (statewide["GU"].population, statewide["MP"].population) == (153_836, 47_329)
    assert atlas().coverage(NEWEST, state="GU").population == 153_836
    nation = atlas().coverage(NEWEST)
    assert nation.population == 334_914_895, "territories are left out of the nation's figure"
    assert nation.with_statewide < nation.population


def test_the_lower_bound_is_the_fbis_figure_and_never_more_than_the_county() -> None:
    """Counties whose cities lie in others too: the sheriff's own people, not what a subtraction leaves."""
    by = cover((one.jurisdiction for one in atlas().in_force(NEWEST)), geography().counties)
    assert {fips: by[fips].lower for fips in ("48121", "40017", "48085")} == {
        "48121": 159_476,
        "40017": 7_511,
        "48085": 95_732,
    }
    assert all(one.lower <= one.upper <= one.in_counties for one in by.values())


def test_las_vegas_police_run_the_countys_jail() -> None:
    by = cover((one.jurisdiction for one in atlas().in_force(NEWEST)), geography().counties)
    assert by["32003"].upper == geography().counties["32003"].population
    assert 1_500_000 < by["32003"].lower < by["32003"].upper


def test_a_prison_department_covers_nobody() -> None:
    found = atlas().coverage(NEWEST)
    massachusetts = next(one for one in found.statewide if one.state == "MA")
    assert massachusetts.prisons == massachusetts.agencies == ("Massachusetts Department of Corrections",)
    assert not massachusetts.covering and found.with_statewide == 142_215_676
    assert "Massachusetts Department of Corrections" in {one.name for one in found.uncounted}
    assert "Massachusetts Department of Corrections" in {one.name for one in atlas().near("Boston, MA").statewide}


@pytest.mark.parametrize(
    ("name", "models", "only"),
    [
        ("Ohio Department of Rehabilitation and Correction", ("TFM",), True),
        ("Texas Department of Criminal Justice", ("JEM",), True),
        ("Rhode Island DOC", ("WSO",), True),
        ("Virginia DOC Law Enforcement Services", ("TFM",), True),
        ("Louisiana Department of Public Safety & Corrections", ("JEM", "WSO"), True),
        ("Louisiana Department of Public Safety & Corrections", ("JEM", "TFM"), False),
        ("Texas Department of Public Safety", ("JEM",), False),
        ("Florida Department of Law Enforcement", ("TFM",), False),
    ],
)
def test_which_departments_of_a_state_hold_people_only(name: str, models: tuple[str, ...], only: bool) -> None:
    one = next(each for each in atlas().in_force(NEWEST) if each.jurisdiction.ground == "state")
    assert holds_people_only(InForce(one.jurisdiction, name, models)) is only


def test_police_and_prisons_in_one_count_by_what_the_agreements_are_for() -> None:
    louisiana = atlas().coverage(NEWEST, state="LA")
    assert "Louisiana Department of Public Safety & Corrections" in {one.name for one in louisiana.uncounted}
    assert louisiana.statewide[0].covering, "the state police have their own"
    jail = atlas().coverage(NEWEST, state="LA", model="JEM")
    assert not jail.statewide[0].covering and jail.with_statewide == jail.people.upper


def test_every_answer_has_the_same_statewide_agencies() -> None:
    """Prison departments among them: a coverage, the shares and a search near a place count alike."""
    found = {one.state: one.agencies for one in atlas().coverage(NEWEST).statewide}
    rows = {row["state"]: row["statewide"] for row in shares(atlas(), NEWEST).rows}
    assert all(rows[state] for state in ("MA", "AZ", "AK", "LA", "FL"))
    near = {
        state: tuple(sorted(one.name for one in atlas().near(place, on=NEWEST).statewide))
        for state, place in (("FL", "Naples, FL"), ("MA", "Boston, MA"), ("AZ", "Phoenix, AZ"))
    }
    assert near == {state: found[state] for state in near} and len(near["FL"]) == 12
    assert {state for state, its in rows.items() if its} - {"US"} == found.keys() & rows.keys()


def test_a_city_in_several_counties_is_split() -> None:
    shares = geography().shares
    missouri = next(
        shares[ori] for ori, row in geography().departments.items() if row.name == "Kansas City" and row.state == "MO"
    )
    assert len(missouri) >= 3
    assert missouri["29095"] == max(missouri.values())


def test_every_agency_is_resolved() -> None:
    from ledger287.places.jurisdictions.deciding import resolve_all
    from ledger287.places.jurisdictions.of_record import facts_of

    assert len(resolve_all(facts_of(atlas().stored), geography())) == len(everyone())


def test_the_agencies_of_a_day_are_those_of_its_status() -> None:
    for day in DAYS:
        assert len(atlas().in_force(day)) == atlas().status(day).agencies
    assert covered((), geography(), None)["people"] == Bounds(0, 0, 0, 0)
