"""Places as people type them: without a comma, by ZIP code, by a name that several places have."""

from datetime import date

import pytest

import ledger287
from commands import run_command
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.places.atlas import Atlas
from ledger287.places.postal import AddressZip, zip_of_address

DAY = date(2026, 5, 8)


@pytest.fixture(scope="module")
def book() -> Atlas:
    return ledger287.open()


def here(book: Atlas, place: str) -> set[str]:
    return {one.agency_id for one in book.near(place, on=DAY).here}


def test_all_places_of_one_name_are_shown(book: Atlas) -> None:
    found = book.near("Mahoning Township, PA", on=DAY)
    assert {"Lawrence County", "Montour County", "Carbon County", "Armstrong County"} == set(found.county_names)
    names = {one.name for one in found.here}
    assert {"Mahoning Township Police Department", "Mahoning TWP Police Department - Montour"} <= names
    assert "all are shown" in (found.spot.note or "")


def test_a_qualified_name_is_one_of_them(book: Atlas) -> None:
    for county in ("Lawrence County", "Montour County"):
        found = book.near(f"Mahoning Township, {county}, PA", on=DAY)
        assert found.county_names == (county,)
        assert any(one.kind == "municipal_police" for one in found.here)


def test_what_a_note_offers_is_accepted(book: Atlas) -> None:
    for place in ("Mahoning Township, PA", "Springfield Township, PA", "Franklin Township, PA", "Pinehurst, TX"):
        note = book.near(place, on=DAY).spot.note or ""
        for offered in note.split('"')[1::2]:
            assert len(book.near(offered, on=DAY).county_names) == 1, offered


@pytest.mark.parametrize(
    ("text", "county", "place"),
    [
        ("10001", "New York County", "New York"),
        ("34102", "Collier County", "Naples"),
        ("34102-1234", "Collier County", "Naples"),
        ("Naples FL", "Collier County", "Naples"),
        ("naples florida", "Collier County", "Naples"),
        ("Portland ME", "Cumberland County", "Portland"),
        ("Washington DC", "District of Columbia", "Washington"),
        ("Collier County FL", "Collier County", None),
        ("OKC", "Oklahoma County", "Oklahoma City"),
        ("KCMO", "Jackson County", "Kansas City"),
        ("KC, KS", "Wyandotte County", "Kansas City"),
        ("San Fran", "San Francisco County", "San Francisco"),
        ("SF, CA", "San Francisco County", "San Francisco"),
        ("N.O.", "Orleans Parish", "New Orleans"),
        ("Princess Anne County, VA", "Virginia Beach city", "Virginia Beach"),
        ("Ormsby County, NV", "Carson City", "Carson City"),
        ("Utqiagvik, AK", "North Slope Borough", "Barrow"),
    ],
)
def test_ways_to_type_a_place(book: Atlas, text: str, county: str, place: str | None) -> None:
    found = book.near(text, on=DAY)
    assert county in found.county_names
    assert found.spot.place == place


def test_a_zip_code_that_is_a_countys_code_too_says_so(book: Atlas) -> None:
    found = book.near("10001", on=DAY)
    assert "Kent County, DE" in (found.spot.note or "")
    assert book.near("FIPS 10001", on=DAY).county_names == ("Kent County",)


def test_a_name_that_ends_in_a_states_is_no_state(book: Atlas) -> None:
    with pytest.raises(ledger287.Refused, match="Port Washington, NY"):
        book.near("Port Washington", on=DAY)


def test_municipal_agencies_are_found_by_their_place(book: Atlas) -> None:
    """Every one of the roster's; and of those that it lacks, by the name of their own."""
    agencies = [one for one in book.in_force(DAY) if one.jurisdiction.kind == "municipal_police"]
    assert len(agencies) > 500
    missed = []
    for one in agencies:
        its = one.jurisdiction
        place = its.place or its.roster_name
        if place and its.agency_id not in here(book, f"{place}, {its.state}"):
            missed.append(one.name)
    assert missed == []


def test_a_place_is_found_by_the_printed_name_of_its_department(book: Atlas) -> None:
    found = book.near("Pittsburgh, NH", on=DAY)
    assert (found.spot.place, found.county_names) == ("Pittsburg", ("Coos County",))
    assert "Pittsburgh Police Department" in {one.name for one in found.here}
    assert "as Pittsburgh Police Department is printed" in (found.spot.note or "")
    with pytest.raises(ledger287.Refused, match="no place or county 'Pittsburgh' in VT"):
        book.near("Pittsburgh, VT", on=DAY)
    with pytest.raises(ledger287.Refused, match="no place or county 'Pittsburgh' in NH"):
        book.near("Pittsburgh, NH", on=date(2025, 1, 2))


@pytest.mark.parametrize(("asked", "first"), [
    ("San Juan PR", "San Juan, PR on May 8, 2026"),  # its county is not known, and no empty parentheses say so
    ("Ft. Worth, Tx.", "Fort Worth, TX ("),
    ("Washington, D.C.", "Washington, DC (District of Columbia)"),
])  # fmt: skip
def test_a_place_as_newspapers_print_it(asked: str, first: str) -> None:
    assert run_command("near", asked, "--on", "2026-05-08").stdout.startswith(first)


def test_initials_of_several_large_cities_are_offered_with_their_states(book: Atlas) -> None:
    with pytest.raises(ledger287.Refused, match='"Kansas City, MO", "Kansas City, KS"') as raised:
        book.near("KC", on=DAY)
    for offered in str(raised.value).split('"')[1::2]:
        assert book.near(offered, on=DAY).spot.place == "Kansas City"
    with pytest.raises(ledger287.Refused, match="no place or county 'QX'"):
        book.near("QX", on=DAY)


def test_every_former_or_short_name_leads_to_a_place(book: Atlas) -> None:
    for row in declared.rows("places/aliases.csv"):
        said = row["said"] if "," in row["said"] else f"{row['said']}, {row['state']}"
        found = book.near(said, on=DAY)
        assert found.spot.state == row["state"] and found.county_names, row
        assert row["why"] in (found.spot.note or "")


def test_a_zip_code_counts_only_its_countys_agencies_as_here(book: Atlas) -> None:
    """34112 has Naples in its mail, and is outside the city."""
    for code in ("34112", "34102"):
        found = book.near(code, on=DAY)
        assert {one.name for one in found.here} == {"Collier County Sheriff's Office"}
        assert [one.name for one in found.perhaps] == ["Naples Police Department"]
        assert "its post office is Naples" in (found.spot.note or "")
    assert all(one.ground == "county" or one.kind == "prosecutor" for one in book.near("33602", on=DAY).here)
    said = run_command("near", "34112", "--on", "2026-05-08").stdout
    assert said.startswith("ZIP code 34112, FL (Collier County)")
    assert "1 agency perhaps, for who lives within the city of Naples" in said
    named = book.near("Naples, FL", on=DAY)
    assert named.perhaps == () and "Naples Police Department" in {one.name for one in named.here}


@pytest.mark.parametrize(
    ("zip_code", "says", "state"),
    [
        ("00601", "of Adjuntas, where its post office is", "PR"),
        ("00927", "of San Juan", "PR"),
        ("34106", "only for PO boxes; what follows is of Naples", "FL"),
        ("96910", "Guam", "GU"),
    ],
)
def test_a_zip_code_without_a_county_says_why_and_answers_for_its_post_office(
    book: Atlas, zip_code: str, says: str, state: str
) -> None:
    found = book.near(zip_code, on=DAY)
    assert (found.spot.zip, found.spot.state) == (zip_code, state)
    assert says in (found.spot.note or "")


@pytest.mark.parametrize(
    ("zip_code", "why"), [("09010", "of military mail"), ("96940", "names no place"), ("99999", "no ZIP code 99999")]
)
def test_a_zip_code_of_no_place_gives_its_own_reason(book: Atlas, zip_code: str, why: str) -> None:
    with pytest.raises(ledger287.Refused, match=why):
        book.near(zip_code, on=DAY)


def test_no_zip_code_of_the_table_is_said_to_be_none(book: Atlas) -> None:
    """Of every kind and state in which the table has one without a county, two are looked up."""
    asked: dict[tuple[str, str], list[str]] = {}
    for code, (state, _, kind) in book.geography.zips_apart.items():
        asked.setdefault((state, kind), []).append(code)
    for codes in asked.values():
        for code in (codes[0], codes[-1]):
            try:
                book.near(code, on=DAY)
            except ledger287.Refused as refused:
                assert "no ZIP code" not in str(refused), code


@pytest.mark.parametrize(
    "place", ["34112", "34112-1234", "34106", "12021", "FIPS 12021", "Naples, FL", "Collier County, FL"]
)
def test_a_place_of_another_state_than_the_one_given_is_refused(book: Atlas, place: str) -> None:
    assert book.near(place, on=DAY, state="FL").spot.state == "FL"
    with pytest.raises(ledger287.QueryError, match="is in FL, not in TX"):
        book.near(place, on=DAY, state="TX")


@pytest.mark.parametrize("text", ["34112-1234", "34112 1234", "341121234"])
def test_nine_digits_are_a_zip_code_too(book: Atlas, text: str) -> None:
    assert book.near(text, on=DAY).spot.zip == "34112"


def test_a_territory_is_no_unknown_place(book: Atlas) -> None:
    for text in ("PR", "Puerto Rico"):
        with pytest.raises(ledger287.QueryError, match="is a state or territory"):
            book.near(text, on=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Naples, FL 34102",
        "123 Main St, Naples FL 34102-1234",
        "123 Main St, Naples, Florida 34102, USA",
        "10001 Tamiami Trail N, Naples, FL 34102",
        "ZIP code 34102",
        "código postal: 34102",
    ],
)
def test_the_zip_code_of_an_address_is_read(book: Atlas, text: str) -> None:
    found = book.near(text, on=DAY)
    assert found.spot.zip == "34102"
    assert found.county_names == ("Collier County",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5 Main St, Naples, TX 34102", "ZIP code 34102 is in FL, not in TX."),
        ("4102", "a ZIP code has 5 digits (04102 is in Cumberland County, ME)"),
        ("1299", "a ZIP code has 5 digits"),
        ("Naples, FL 341021", "34102"),
    ],
)
def test_a_number_that_is_no_zip_code_of_its_place_is_refused(book: Atlas, text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        book.near(text, on=DAY)
    assert says in str(refused.value)


def test_a_house_number_and_a_county_code_are_no_zip_codes(book: Atlas) -> None:
    assert book.near("12345 Main St, Naples, FL", on=DAY).spot.zip is None
    assert book.near("FIPS 12021", on=DAY).county_names == ("Collier County",)
    assert zip_of_address("county code: 12021") is None
    assert zip_of_address("34102") is None
    assert zip_of_address("Washington, DC 20500-0003") == AddressZip("20500", "Washington, DC")
