"""Ordinary turns of news prose around a figure or a named agency, true and false ones (synthetic; persons invented)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger287
from ledger287.core import declared
from ledger287.factcheck.checking import Checker

SPRING, FALL, WINTER = date(2025, 6, 12), date(2025, 9, 18), date(2025, 12, 31)
TRUE = [
    # what all agreements are for
    (FALL, "In Georgia, 30 agencies have signed up to help ICE with deportations."),
    (FALL, "In Georgia, 30 agencies take part in a program that pairs local officers with federal agents."),
    (FALL, "In Georgia, 30 agencies have agreements with ICE that let their officers act as immigration agents."),
    # where the program comes from
    (SPRING, "The 287(g) program, created by Congress in 1996, now has 697 agreements."),
    (SPRING, "Nearly 700 agreements have been signed under the program, which takes its name from a 1996 law."),
    # growth over a year, and since a day that is named in two ways
    (WINTER, "The number of Texas sheriff's offices with agreements rose from 26 to 164 over the course of 2025."),
    (date(2025, 2, 28), "ICE listed 239 agreements on Friday, up from 135 when Donald Trump was sworn in last month."),
    (date(2025, 11, 14), "Participation in the program has mushroomed from 135 agreements in January to 1,166."),
    # shares in other words
    (date(2025, 12, 3), "Florida has 337 agreements with 274 agencies, or more than a quarter of the nation's total."),
    (date(2025, 12, 3), "Florida has 274 agencies in the program, which equals more than a quarter of all of them."),
    (date(2025, 12, 3), "En Florida hay 337 acuerdos, lo que equivale a más de una cuarta parte del total del país."),
    (date(2025, 3, 31), "En total, 332 agencias de 37 estados colaboran con el ICE en el marco del programa."),
    # who became the 20th
    (date(2025, 5, 13), "Union County Sheriff's Office became the 20th agency in North Carolina to join the federal "
     "program."),
    # names of persons with initials
    (date(2025, 4, 5), "Butler County, Ohio, Sheriff's Office signed a task force agreement on Wednesday."),
    (date(2025, 4, 5), "HAMILTON, Ohio — Butler County Sheriff Roy K. Doe signed a task force agreement on Wednesday."),
    (date(2025, 4, 5), "HAMILTON, Ohio — Butler County Sheriff R. K. Doe Jr. signed a task force agreement this week."),
    # several towns
    (date(2025, 3, 10), "CONCORD, N.H. — Police in Gorham, Colebrook and Ossipee have signed agreements with ICE."),
]  # fmt: skip
FALSE = [
    (FALL, "In Georgia, 36 agencies have signed up to help ICE with deportations."),
    (SPRING, "The 287(g) program, created by Congress in 1996, now has 797 agreements."),
    (WINTER, "The number of Texas sheriff's offices with agreements rose from 36 to 164 over the course of 2025."),
    (date(2025, 4, 5), "HAMILTON, Ohio — Butler County Sheriff Roy K. Doe signed a task force agreement on Dec. 3."),
]
LEFT_OPEN = [
    # what one model alone is for may say which agreements are meant
    (FALL, "In Georgia, 30 agencies have agreements with ICE that let their officers patrol for immigrants."),
    (FALL, "In Georgia, 30 agencies have agreements with ICE that let jailers question inmates in other counties."),
    (FALL, "Georgia has 33 agreements that let officers question people in jails."),
    (FALL, "Georgia has 33 agreements that allow deputies to serve warrants."),
    (FALL, "Georgia has 33 agreements that let officers make arrests on the street."),
    (FALL, "In Georgia, 30 agencies have signed up to help ICE only in jails."),
    (FALL, "In Georgia, 30 agencies have signed up to help ICE, but none of them ever did."),
    # a name that the list misspells (it has Pittsburgh)
    (date(2025, 3, 10), "CONCORD, N.H. — The Pittsburg Police Department has signed an agreement with ICE."),
    # another day than that of its signing
    (date(2025, 5, 13), "Union County Sheriff's Office became the 20th agency in North Carolina to join on May 3."),
]


def firm(checker: Checker, day: date, text: str) -> list[str]:
    """The verdicts on what a text counts and on the agencies that it names."""
    found = checker.check_text(text, published=day).answers
    return [one.verdict for one in found if one.claim.shape not in ("law", "other", "total")]


@pytest.mark.parametrize(("day", "text"), TRUE)
def test_what_is_so_is_supported(checker: Checker, day: date, text: str) -> None:
    verdicts = firm(checker, day, text)
    assert verdicts and set(verdicts) == {"supported"}


@pytest.mark.parametrize(("day", "text"), FALSE)
def test_what_is_not_so_is_contradicted(checker: Checker, day: date, text: str) -> None:
    assert "contradicted" in firm(checker, day, text)


@pytest.mark.parametrize(("day", "text"), LEFT_OPEN)
def test_what_may_say_more_is_left_open(checker: Checker, day: date, text: str) -> None:
    assert not set(firm(checker, day, text)) & {"supported", "contradicted", "was_true"}


THRICE = [
    ("Oklahoma suma 64 acuerdos 287(g), el triple de los que tenía en septiembre.", "supported"),
    ("Oklahoma suma 64 acuerdos 287(g), 53 de ellos de fuerza de tarea, el triple de los que había en septiembre.",
     "supported"),
    ("Oklahoma suma 64 acuerdos 287(g), el doble de los que tenía en septiembre.", "contradicted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict"), THRICE)
def test_a_multiple_of_those_of_then_is_from_then_to_now(checker: Checker, text: str, verdict: str) -> None:
    found = checker.check_text(text, published=date(2026, 5, 8)).answers
    assert [one.verdict for one in found if one.claim.shape == "multiple"] == [verdict]


STATE_NAMES = {one.code: one.name for one in declared.states()}
OF_SHERIFF = [
    "The {place} Sheriff's Office in {state} has a 287(g) agreement.",
    "{place} deputies in {state} work under a 287(g) agreement.",
    "The sheriff of {place} in {state} has a 287(g) agreement.",
    "In {state}, the {place} sheriff takes part in the 287(g) program.",
]
OF_POLICE = [
    "The {place} Police Department in {state} has a 287(g) agreement.",
    "{place} police in {state} have a 287(g) agreement.",
    "Police in {place}, {state}, have signed a 287(g) agreement.",
    "La policía de {place}, en {state}, tiene un acuerdo 287(g).",
]
ROSTERED = [
    (agency, state, name, kind)
    for agency, state, name, kind in ledger287.open()
    .jurisdictions()
    .select("agency_id", "state", "roster_name", "kind")
    .iter_rows()
    if name and state in STATE_NAMES and kind in ("county_sheriff", "municipal_police")
]


@settings(max_examples=60, deadline=None)
@given(row=st.sampled_from(ROSTERED), form=st.integers(0, 3))
def test_no_listed_agency_is_said_to_have_none_by_its_name_on_the_fbis_roster(
    checker: Checker, row: tuple[str, str, str, str], form: int
) -> None:
    """By the name that its place has, and not the one that a list gives it: Pittsburg, N.H., is Pittsburgh there."""
    agency, state, name, kind = row
    run = max((one for one in checker.index.runs if one.agency_id == agency), key=lambda one: one.last)
    county = kind == "county_sheriff" and not ("County" in name or "Parish" in name)
    text = (OF_SHERIFF if kind == "county_sheriff" else OF_POLICE)[form].format(
        place=f"{name} County" if county else name, state=STATE_NAMES[state]
    )
    found = checker.check_text(text, published=checker.index.days[run.last]).answers
    assert not any(one.verdict in ("contradicted", "was_true", "became_true") for one in found), text


POLICE_OF = [
    "Clearwater police in Florida have a 287(g) agreement.",
    "The city of Clearwater, Florida, has a 287(g) agreement with ICE.",
]


@pytest.mark.parametrize("text", POLICE_OF)
def test_the_police_of_a_town_in_its_state_are_found(checker: Checker, text: str) -> None:
    assert firm(checker, date(2026, 3, 28), text) == ["supported"]


def test_a_number_of_police_is_no_town(checker: Checker) -> None:
    found = checker.check_text("Fifty-two city police in Texas have 287(g) agreements.", published=date(2026, 3, 28))
    assert [(one.claim.shape, one.verdict) for one in found.answers] == [("count", "supported")]


def test_more_than_none_denies_nothing(checker: Checker) -> None:
    found = checker.check_text("More than 0 agencies left the program in 2025.", published=date(2026, 1, 10)).answers
    assert [one.verdict for one in found] == ["figure_fits"]


@pytest.mark.parametrize("ended", ["The county chose Plan B.", "Voters passed Measure C.", "It runs on Route F."])
def test_a_letter_that_is_no_initial_ends_a_sentence(checker: Checker, ended: str) -> None:
    found = checker.check_text(f"{ended} Georgia has 33 agreements with ICE.", published=FALL).answers
    assert [one.verdict for one in found if one.claim.shape == "count"] == ["supported"]


AT_ITS_END = [
    ("Texas went from 26 agreements to 380 over the course of 2025.", "was_true", "contradicted", "became_true"),
    ("Texas went from 26 agreements to 259 over the course of 2025.", "supported"),
]


@pytest.mark.parametrize(("text", "v"), [(one[0], one[1:]) for one in AT_ITS_END])
def test_a_growth_over_a_year_ends_with_that_year(checker: Checker, text: str, v: tuple[str, ...]) -> None:
    found = checker.check_text(text, published=date(2026, 5, 8)).answers
    assert found[-1].verdict in v


def test_a_wrong_place_in_an_order_on_the_right_day_supports_nothing(checker: Checker) -> None:
    text = (
        "The Kenosha County Sheriff's Office became the 20th agency in Wisconsin to join the program on Jan. 7, 2026."
    )
    assert "supported" not in firm(checker, date(2026, 5, 8), text)


def test_another_year_of_its_making_is_not_passed_over(checker: Checker) -> None:
    assert "supported" not in firm(checker, FALL, "The 287(g) program, created in 1998, has 1,000 agreements.")
