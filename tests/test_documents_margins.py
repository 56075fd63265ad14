"""What readers of pictures lose: a letter or a word at the margin, and the first page. All is synthetic."""

from pathlib import Path

import pytest

from documents_making import Line, agreement, pdf, written
from ledger287.sources.documents.fields.parties.agency import agency_of
from ledger287.sources.documents.reading import read_document


def feet(*names: str) -> dict[int, str]:
    return {number: f"Officers shall keep records of the program.\n{name}" for number, name in enumerate(names, 1)}


@pytest.mark.parametrize("cut", ["edar Bluff Police Department", "Bluff Police Department"])
def test_a_name_that_two_feet_have_with_its_beginning_keeps_it(cut: str) -> None:
    agency, _ = agency_of(feet(cut, cut, cut, *["Cedar Bluff Police Department"] * 2), {})
    assert agency.value == "Cedar Bluff Police Department"


def test_a_name_without_its_first_letter_is_a_doubt() -> None:
    agency, _ = agency_of(feet(*["edar Bluff Police Department"] * 6), {})
    assert agency.certainty == "doubt"


def test_a_shorter_name_is_not_made_longer_by_one_page() -> None:
    agency, _ = agency_of(feet(*["Bluff Police Department"] * 5, "Cedar Bluff Police Department"), {})
    assert agency.value == "Bluff Police Department"


def test_signatures_are_found_where_only_a_later_page_names_the_agreement(tmp_path: Path) -> None:
    pages = agreement(agency_day="03/08/2025")
    letter: list[Line] = [(60, 100, "The officers of the county and of the state shall keep records of the program.")]
    named: list[Line] = [
        (60, 100, "This Memorandum of Agreement is between ICE and the Example County Sheriff's Office, and the"),
        (60, 114, "287(g) Task Force Model is carried out in the implementation and administration of this MOA."),
    ]
    found = read_document(written(tmp_path, "one.pdf", pdf([letter, *pages[1:], named])))
    assert (found.ice_signed.value, found.agency_signed.value) == ("2025-03-10", "2025-03-08")


SENTENCE = "memorandum of agreement of homeland Security (DHS), and the {}, pursuant to which ICE delegates"


@pytest.mark.parametrize(
    ("printed", "elsewhere", "name"),
    [
        ("Wlnker County Sheriff's Office", "Winker County, Exampleville", "Winker County Sheriff's Office"),
        ("Oakton Ciy Police Department", "The CltyOf OaktonClty agrees", "Oakton City Police Department"),
    ],
)
def test_a_name_with_a_slip_is_spelled_as_another_place_has_it(printed: str, elsewhere: str, name: str) -> None:
    agency, _ = agency_of({1: SENTENCE.format(printed), 5: f"{elsewhere}.\n{elsewhere}."}, {})
    assert (agency.value, agency.certainty) == (name, "read")


@pytest.mark.parametrize(
    "elsewhere", ["Wicker County, Exampleville", "Nothing else is here", "Winkers of another place"]
)
def test_a_name_that_no_other_place_has_is_not_spelled_otherwise(elsewhere: str) -> None:
    agency, _ = agency_of({1: SENTENCE.format("Wlnker County Sheriff's Offlce"), 5: elsewhere}, {})
    assert "Winker" not in (agency.value or "")
    assert agency.certainty != "read"


@pytest.mark.parametrize(
    ("printed", "state"),
    [("Exampleton, Ml 49201", "MI"), ("Exampleton, lN 46001", "IN"), ("Exampleton, QQ 46001", None)],
)
def test_a_states_code_in_an_address_is_read_with_slips_taken_back(printed: str, state: str | None) -> None:
    assert agency_of({1: f"For the LEA: Example County Jail\n{printed}"}, {})[1].value == state


@pytest.mark.parametrize(
    "opening", ["Memorandum ofAgreement (MOA) constitutes", "Memorand1.nn of Agreernent (MOA) constitutes"]
)
def test_a_second_agreement_is_found_where_its_opening_has_slips(tmp_path: Path, opening: str) -> None:
    second = agreement("Sample City Police Department", ice_day="April 2, 2025", agency_day="03/28/2025")
    first_line = [
        (left, top, text.replace("Memorandum of Agreement (MOA) constitutes", opening)) for left, top, text in second[0]
    ]
    assert first_line != second[0]
    pages = [*agreement(agency_day="03/08/2025"), first_line, *second[1:]]
    found = read_document(written(tmp_path, "two.pdf", pdf(pages)))
    (other,) = found.also
    assert (found.agency.value, other.agency.value) == (
        "Example County Sheriff's Office",
        "Sample City Police Department",
    )
    assert (other.agency_signed.value, other.ice_signed.value) == ("2025-03-28", "2025-04-02")


OAKTON, BIRCH = "Oakton Police Department", "Birch County Sheriff's Office"


@pytest.mark.parametrize("which", ["the foot of the pages", "the opening"])
def test_a_name_left_over_from_another_agency_is_a_doubt(tmp_path: Path, which: str) -> None:
    pages = agreement(OAKTON, agency_day="03/09/2025")
    if which == "the opening":
        left = [[(x, y, text.replace(OAKTON, BIRCH) if y < 200 else text) for x, y, text in pages[0]], *pages[1:]]
    else:
        left = [[(x, y, text.replace(OAKTON, BIRCH) if y == 740 else text) for x, y, text in page] for page in pages]
    found = read_document(written(tmp_path, "left.pdf", pdf(left)))
    assert found.agency.certainty == "doubt"
    assert "another body's name is printed too" in found.agency.why
