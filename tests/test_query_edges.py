"""Edges of what a ledger is asked: an empty name, a county's name, an agreement that pages and lists print."""

import pytest

import ledger287


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open()


def refused(atlas: ledger287.Atlas, query: str) -> str:
    with pytest.raises((ledger287.Refused, ledger287.QueryError)) as raised:
        atlas.agency(query)
    return str(raised.value)


def test_a_state_behind_a_comma_alone_is_no_name(atlas: ledger287.Atlas) -> None:
    assert refused(atlas, ", Florida").startswith("no agency ', Florida'. The closest names:\n")


def test_the_name_of_a_county_with_one_agency_leads_to_it(atlas: ledger287.Atlas) -> None:
    said = refused(atlas, "Acadia Parish")
    assert "1 agency of it is in the record." in said
    assert said.endswith("All that serve its people: near('Acadia Parish, LA')")


def test_the_name_of_counties_in_several_states_is_given_without_one(atlas: ledger287.Atlas) -> None:
    said = refused(atlas, "Jackson County")
    assert " agencies of it are in the record." in said
    assert said.endswith("All that serve its people: near('Jackson County')")


def test_what_pages_and_lists_print_is_shown_from_both(atlas: ledger287.Atlas) -> None:
    """A jail agreement of 2016 that was on ICE's pages then, and on its lists since 2021."""
    files = {one.first.file for one in atlas.source("ag-0fq63f1-jem-2016-06-08", field="signed")}
    assert files == {"ice-287g-page-20160820000823", "ParticipatingEntities-20210113002027.xlsx"}
