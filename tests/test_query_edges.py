"""Edges of questions to a ledger: an empty name, a county's name, an agreement that pages and lists print."""

from datetime import date

import polars as pl
import pytest

import ledger287
from ledger287.ledger.query.before.bounds import DayBounds
from ledger287.ledger.query.before.past import OnlyBounds
from ledger287.ledger.query.indexes import indexes_of
from ledger287.ledger.query.named.initials import with_initials
from ledger287.places.atlas import BoundedStatus


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


@pytest.mark.parametrize(
    ("typed", "place"), [("acadia parish", "Acadia Parish, LA"), ("jackson county", "jackson county")]
)
def test_one_county_is_named_as_it_is_printed_and_several_as_typed(
    atlas: ledger287.Atlas, typed: str, place: str
) -> None:
    assert refused(atlas, typed).endswith(f"All that serve its people: near('{place}')")


def test_what_pages_and_lists_print_is_shown_from_both(atlas: ledger287.Atlas) -> None:
    """A jail agreement of 2016 that was on ICE's pages then, and on its lists since 2021."""
    files = {one.first.file for one in atlas.source("ag-0fq63f1-jem-2016-06-08", field="signed")}
    assert files == {"ice-287g-page-20160820000823", "ParticipatingEntities-20210113002027.xlsx"}


def test_a_row_leads_to_its_agreement_on_the_first_list_and_on_the_last(atlas: ledger287.Atlas) -> None:
    found = indexes_of(atlas)
    runs = atlas.table("history").filter(pl.col("first_list") < pl.col("last_list"))
    several = runs.filter(pl.col("print").is_duplicated()).head(20)
    columns = ("print", "first_list", "last_list", "agreement_id")
    for number, first, last, agreement in pl.concat([runs.head(20), several]).select(columns).iter_rows():
        for entry in found.accepted & {first, last}:
            assert found.agreement(entry, number) == agreement, (entry, number)


def test_a_county_agency_is_not_found_by_its_states_initial_in_front() -> None:
    rows = [("a", "FL", "Collier County Sheriff's Office"), ("b", "FL", "Florida Highway Patrol")]
    assert with_initials("ccso", rows).keys() == {"a"}
    assert with_initials("fccso", rows) == with_initials("fcso", rows) == {}
    assert with_initials("fhp", rows).keys() == {"b"}


def test_initials_leave_out_county_and_count_once_what_begins_alike_where_no_other_has_them() -> None:
    """Names made for this test; those in whose name words in a row begin alike give way to any other of their state."""
    rows = [
        ("a", "FL", "Synthetic County Sheriff's Office"),
        ("b", "FL", "Synthetic Fish and Forest Wildlife Commission"),
        ("c", "TX", "Small Forest Wardens Corps"),
    ]
    assert with_initials("sso", rows) == with_initials("scso", rows) == {"a": ("FL", rows[0][2])}
    assert with_initials("sffwc", rows).keys() == {"b"}
    assert with_initials("sfwc", rows).keys() == {"b", "c"}
    assert with_initials("sfwc", [*rows, ("d", "FL", "Small Farm Water Commission")]).keys() == {"c", "d"}


def bounds(atlas: ledger287.Atlas, day: str) -> DayBounds:
    found = atlas.status_or_bounds(day)
    assert isinstance(found, BoundedStatus)
    return found.bounds


@pytest.mark.parametrize(
    ("day", "near"),
    [
        ("2018-12-01", ["2017-08-01", "2018-03-25", "2020-09-01"]),
        ("2018-03-25", ["2017-08-01", "2018-03-25", "2020-09-01"]),
        ("2018-03-24", ["2017-07-31", "2017-08-01", "2018-03-25", "2020-09-01"]),
    ],
)
def test_bounds_show_the_two_counts_published_nearest_before_and_after(
    atlas: ledger287.Atlas, day: str, near: list[str]
) -> None:
    found = atlas.status_or_bounds(day)
    published = found.bounds.published if isinstance(found, BoundedStatus) else ()
    assert [one.as_of.isoformat() for one in published] == near


def test_a_signing_counts_from_its_own_day_on(atlas: ledger287.Atlas) -> None:
    """Between the last page and the first list, at least those were in force that the list prints as signed by then."""
    first = ledger287.agreements(on="2021-01-13").select("agency_id", "signed")
    for day in (
        "2019-08-05",
        "2020-01-07",
        "2020-06-07",
        "2020-06-08",
        "2020-06-15",
        "2020-06-16",
        "2020-12-22",
        "2020-12-23",
    ):
        signed = first.filter(pl.col("signed") <= date.fromisoformat(day))["agency_id"].n_unique()
        assert bounds(atlas, day).by_signing == signed, day


def test_the_parts_of_a_bound_add_up(atlas: ledger287.Atlas) -> None:
    before, after = bounds(atlas, "2020-06-15"), bounds(atlas, "2020-06-16")
    assert (before.by_signing, before.by_document, before.by_survival, before.at_least) == (127, 5, 1, 133)
    assert (after.by_signing, after.by_document, after.by_survival, after.at_least) == (129, 3, 1, 133)


def test_an_agencys_name_has_single_spaces_and_its_cell_is_as_printed(atlas: ledger287.Atlas) -> None:
    first = atlas.source("ag-qj9d3p1-tfm-2025-03-07", field="agency")[0]
    assert first.value == "South Carolina Law Enforcement Division"
    assert first.printed == "South Carolina  Law Enforcement Division"


def test_a_list_is_found_by_eight_signs_of_its_sha256(atlas: ledger287.Atlas) -> None:
    newest = atlas.status("2026-05-08").list
    assert newest is not None
    assert atlas.list_rows(newest.sha256[:8]).equals(atlas.list_rows(newest.file))
    with pytest.raises(ledger287.Refused, match="no list"):
        atlas.list_rows(newest.sha256[:7])


def test_a_name_that_pages_and_lists_print_has_the_rows_of_both(atlas: ledger287.Atlas) -> None:
    sheriff = "Collier County Sheriff's Office"
    now, then = (atlas.agency(sheriff, state="FL", known_on=day).names for day in (None, "2018-01-01"))
    lists = atlas.table("names").filter(name_printed=sheriff)["rows"].sum()
    assert [one.rows for one in now] == [lists + then[0].rows]
    assert (then[0].rows > 0) and (now[0].first_day, now[0].last_day) == (then[0].first_day, date(2026, 5, 8))


def test_a_day_between_pages_and_lists_says_how_each_agreement_of_its_bound_is_known(atlas: ledger287.Atlas) -> None:
    with pytest.raises(OnlyBounds, match=r"in force then: at least 58 agreements") as raised:
        atlas.status("2018-05-10")
    found = raised.value.bounds
    assert (found.by_signing, found.by_document, found.by_survival, found.at_least) == (4, 33, 21, 58)
    assert "(4 by the signing day, 33 by a document of that time, 21 on ice-287g-page-" in str(raised.value)


def test_a_day_before_the_program_names_its_first_agreement_and_its_first_list(atlas: ledger287.Atlas) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.status("2001-01-01")
    says = "the first agreement was signed on July 2, 2002; by lists, the record begins on January 12, 2021."
    assert str(raised.value) == f"no list was published by January 1, 2001; {says}"


def test_a_state_that_is_none_is_answered_with_the_nearest(atlas: ledger287.Atlas) -> None:
    with pytest.raises(ledger287.Refused, match=r"^no state .* 'Califronia'\. Did you mean: California \(CA\)\?$"):
        atlas.status("2025-01-08", state="Califronia")
    with pytest.raises(ledger287.Refused, match=r"^no state .* 'Zzyzx'\. Type its code or name\.$"):
        atlas.status("2025-01-08", state="Zzyzx")


def test_pending_agreements_are_those_of_one_list(atlas: ledger287.Atlas) -> None:
    """The newest of the day, and no earlier one: agencies leave these lists when they sign."""
    on = atlas.status("2025-08-14")
    assert on.pending == 44 and on.pending_list is not None
    pending = atlas.lists().filter(kind="pending").filter(pl.col("file") == on.pending_list.file)
    assert pending["rows"].item() >= 44


def test_where_a_document_is_linked_is_the_link_not_the_text_over_it(atlas: ledger287.Atlas) -> None:
    found = atlas.source("ag-8zwthaz-wso-2025-02-26", field="moa")
    assert found[0].printed is not None and found[0].printed.strip() == "link pending"
    assert (found[-1].printed or "").startswith("https://www.ice.gov/doclib/287gMOA/okaloosa")


def test_a_name_that_begins_so_is_the_only_one_of_its_state_where_one_is_given(atlas: ledger287.Atlas) -> None:
    for state, where in ((None, ""), ("FL", " in FL")):
        note = atlas.agency("Pinellas County Sher", state=state).note
        assert note is not None and note.endswith(f"the only one{where} in the record whose name begins so")


def test_agencies_of_a_name_in_other_states_are_shown_by_state(atlas: ledger287.Atlas) -> None:
    with pytest.raises(ledger287.Refused) as raised:
        atlas.agency("Jackson County Sheriff's Office", state="CA")
    shown = str(raised.value).split("it is in another state:\n")[1].split("\nThe closest")[0]
    states = [line.split("  (")[0].rsplit(", ", 1)[1] for line in shown.splitlines()]
    assert len(states) > 3 and states == sorted(states)
