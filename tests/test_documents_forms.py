"""Forms derived from documents: what most print, wordings of several, places that are filled in. All synthetic."""

import pytest

from ledger287.sources.documents.versions.consensus import FormWords, form_of
from ledger287.sources.documents.versions.slips import is_slip
from ledger287.sources.documents.versions.words import plain_words

FORM = (
    "this memorandum of agreement constitutes an agreement between ice and the {name} pursuant to which ice delegates "
    "authority to trained personnel the agency shall report all claims to ice within {hours} of the claim and the "
    "parties agree to cooperate in any federal investigation of the program in the field office {own}"
)
USUAL = "one hour"
PLACES = ("alder", "birchtown", "cedarville", "dogwood", "elmhurst", "firbank", "gorseton", "hollyfield")


def derived(hours: dict[int, str], own: dict[int, str], states: str = "AABBCCDD") -> FormWords:
    """The form of eight documents, two of a state, with their own words in some places."""
    documents = [
        plain_words(
            FORM.format(name=f"{place} county sheriffs office", hours=hours.get(at, USUAL), own=own.get(at, ""))
        )
        for at, place in enumerate(PLACES)
    ]
    return form_of(documents, list(states), range(len(documents)), is_slip)


def test_what_one_document_alone_has_is_in_no_form() -> None:
    form = derived({}, {3: "and the sheriff shall be paid for each person who is held in custody"})
    assert " ".join(form.words).endswith("of the program in the field office")
    assert form.wordings == ()


def test_names_are_in_no_form_and_their_place_is_left_open() -> None:
    form = derived({}, {})
    words = " ".join(form.words)
    assert "between ice and the pursuant to" in words
    assert [form.words[first - 1 : last + 1] for first, last in form.filled] == [("the", "pursuant")]


@pytest.mark.parametrize(("having", "declared"), [({0, 2}, True), ({0, 1}, False), ({5}, False)])
def test_a_wording_is_the_forms_where_documents_of_two_states_have_it(having: set[int], declared: bool) -> None:
    form = derived(dict.fromkeys(having, "no case more than twenty four hours unless exigent circumstances"), {})
    assert "within one hour of the claim" in " ".join(form.words)
    assert bool(form.wordings) is declared
    if declared:
        (one,) = form.wordings
        assert {"exigent", "circumstances", "unless"} <= {*one.words}


def test_documents_of_one_state_do_not_decide_a_form_by_their_number() -> None:
    other = dict.fromkeys(range(5), "no case more than two days of receipt of notice")
    form = derived(other, {}, "AAAAABCD")
    assert "within one hour of the claim" in " ".join(form.words)
    assert [one for one in form.wordings if "receipt" in one.words]
