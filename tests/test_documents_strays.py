"""Pages of another document among an agreement's own, and the model by the words of each page: all synthetic."""

from pathlib import Path

import pytest

from documents_making import Line, agreement, pdf, written
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.identity import by_phrases, model_of
from ledger287.sources.documents.fields.parties.pages_of_others import pages_of_others
from ledger287.sources.documents.fields.strays import strays_of
from ledger287.sources.documents.reading import read_document
from ledger287.sources.documents.reading_texts import read_texts
from ledger287.sources.documents.versions.clauses import _words_by_hash as told
from ledger287.sources.documents.versions.clauses import version_named, versions
from ledger287.sources.documents.versions.page_models import models_of_pages

OWN, OTHER = "Example County Sheriff's Office", "Sample City Police Department"
PAGE = 400
"""So many words are on a page."""


def pages_of(printed: str, model: str) -> dict[int, str]:
    """The words of a version on pages, as far as they are words of the forms."""
    words = [told().get(mark, "unknown") for mark in version_named(printed, model).words]
    return {1 + at // PAGE: " ".join(words[at : at + PAGE]) for at in range(0, len(words), PAGE)}


def read(folder: Path, pages: list[list[Line]]) -> Document:
    return read_document(written(folder, "one.pdf", pdf(pages)))


def kinds(one: Document) -> list[str]:
    return [problem.kind for problem in one.problems]


# -- the model ---------------------------------------------------------------------------------------------------


def test_every_page_of_a_form_is_of_its_model() -> None:
    for version in versions():
        assert set(models_of_pages(pages_of(version.printed, version.model)).values()) == {version.model}


@pytest.mark.parametrize("model", ["WSO", "JEM"])
def test_without_the_page_that_names_it_the_model_is_read_by_the_words_of_the_others(model: str) -> None:
    behind = {number: text for number, text in pages_of("02/15/2025", model).items() if number > 1}
    behind = {number: text for number, text in behind.items() if by_phrases({number: text}).value is None}
    assert (model_of(behind).value, model_of(behind).certainty) == (model, "read")
    two = dict(list(behind.items())[:2])
    assert model_of(two).value is None


def test_a_first_page_of_another_model_makes_the_model_a_doubt() -> None:
    first = pages_of("02/15/2025", "WSO")[1] + " Warrant Service Officer Program"
    found = model_of({**pages_of("02/15/2025", "JEM"), 1: first})
    assert (found.value, found.certainty) == ("JEM", "doubt")
    assert [
        (one.page, one.found) for one in strays_of(Field(OWN, "read"), pages_of("02/15/2025", "JEM") | {1: first}, 7)
    ] == [(1, "one of a WSO form")]


def test_an_agreement_has_no_stray_pages_of_its_own() -> None:
    for version in versions():
        assert strays_of(Field(OWN, "read"), pages_of(version.printed, version.model), 7) == ()


# -- the agency --------------------------------------------------------------------------------------------------


def with_feet(names: list[str]) -> dict[int, str]:
    return {number: f"The officers of the agency are trained by ICE.\n{name}" for number, name in enumerate(names, 1)}


@pytest.mark.parametrize(
    ("names", "pages"),
    [
        ([OWN] * 4 + [OTHER] + [OWN] * 4, {5: OTHER}),
        ([OWN] * 9, {}),
        ([OWN] * 4 + [""] * 2 + [OWN] * 3, {}),  # a page without a foot
        ([OWN] * 2 + [OTHER] * 7, {}),  # not the name that the pages repeat
        ([OWN] * 4 + [f"For the {OTHER}:"] + [OWN] * 4, {5: OTHER}),  # whom points of contact are for
        ([OWN] * 4 + ["Example County Board of Commissioners"] + [OWN] * 4, {}),  # the same place's
    ],
)
def test_a_page_with_another_agency_at_its_foot_is_named(names: list[str], pages: dict[int, str]) -> None:
    assert pages_of_others(Field(OWN, "read"), with_feet(names)) == pages


def test_a_page_of_the_same_form_that_names_another_agency_is_a_stray_one() -> None:
    own = {number: f"{text}\n{OWN}" for number, text in pages_of("03/07/2025", "TFM").items()}
    assert strays_of(Field(OWN, "read"), own, 9) == ()
    other = {**own, 3: own[3].replace(OWN, OTHER)}
    [stray] = strays_of(Field(OWN, "read"), other, 9)
    assert (stray.page, stray.found) == (3, f"one that names {OTHER}")
    assert strays_of(Field(OWN, "read"), {**own, 3: f"The board met.\n{OTHER}"}, 9) == ()  # minutes, no page of a form


def test_signatures_of_another_agency_by_the_foot_of_their_page_are_doubts(tmp_path: Path) -> None:
    """The block has no place for the agency: only the foot of the page names it."""
    own, other = agreement(OWN), agreement("Walton County Sheriff's Office")
    foot = [line for line in other[8] if not line[2].startswith("Agency:")]
    found = read(tmp_path, [*own[:8], foot])
    assert kinds(found) == ["signed_by_another"]
    assert (found.ice_signed.certainty, found.agency_signed.certainty) == ("doubt", "doubt")
    plain = read(tmp_path, [*own[:8], [line for line in own[8] if not line[2].startswith("Agency:")]])
    assert (kinds(plain), plain.ice_signed.certainty) == ([], "read")


def test_a_sheriffs_signatures_are_not_a_state_bodys() -> None:
    state = agreement("Georgia Department of Corrections")
    texts = ["\n".join(line[2] for line in page) for page in state]
    assert read_texts("", "", texts).signers.another is None
    another = read_texts(
        "", "", [*texts[:8], texts[8].replace("Georgia Department of Corrections", "Walton County Sheriff's Office")]
    )
    assert another.signers.another == ("Walton County Sheriff's Office", 9)


# -- their order -------------------------------------------------------------------------------------------------


def test_a_page_of_signatures_before_the_opening_is_of_the_same_agreement(tmp_path: Path) -> None:
    pages = agreement(OWN)
    found = read(tmp_path, [pages[8], *pages[:8]])
    assert (kinds(found), found.also) == (["signatures_first"], ())
    assert (found.model.value, found.agency.value) == ("TFM", OWN)
    assert (found.ice_signed.value, found.ice_signed.certainty) == ("2025-03-10", "read")
