"""Passages that a text layer has elsewhere, and what was left out or put in at either place; versions named wrongly."""

import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.sources.documents.versions.aligning import align_texts
from ledger287.sources.documents.versions.clause_change import ClauseChange
from ledger287.sources.documents.versions.clauses import _words_by_hash as told
from ledger287.sources.documents.versions.clauses import compare_versions, version_named, versions
from ledger287.sources.documents.versions.moved import without_moved
from ledger287.sources.documents.versions.words import meant, plain_words

PASSAGE = "the supervisor reviews every arrest that the personnel of the agency make under this agreement"
OTHER = "each party pays the salaries and benefits of its own personnel and the costs of their travel"
SIGNED = "for the lea for ice name title date signature march 3 2025 acting director"


def change(before: str, after: str, page: int = 1) -> ClauseChange:
    kind = "changed" if before and after else "added" if after else "omitted"
    return ClauseChange(kind, "Authority", before, after, page, "", (), True)  # type: ignore[arg-type]


def seen(*changes: ClauseChange) -> list[tuple[str, str]]:
    return [(one.before, one.after) for one in without_moved(changes)]


def test_two_passages_that_changed_places_are_no_change() -> None:
    assert seen(change(PASSAGE, OTHER), change(OTHER, PASSAGE, 2)) == []


def test_a_sentence_left_out_where_a_passage_was_put_in_is_named() -> None:
    assert seen(change(PASSAGE, ""), change(OTHER, PASSAGE, 2)) == [(OTHER, "")]


def test_a_sentence_put_in_where_a_passage_was_left_out_is_named() -> None:
    assert seen(change(PASSAGE, OTHER), change("", PASSAGE, 2)) == [("", OTHER)]


def test_a_block_of_signatures_put_in_beside_is_no_change() -> None:
    assert seen(change(PASSAGE, SIGNED), change("", PASSAGE, 2)) == []


def words(printed: str) -> list[str]:
    return [told().get(mark, "unknown") for mark in version_named(printed).words]


@pytest.mark.parametrize("version", versions(), ids=lambda version: version.id)
def test_no_form_has_the_day_of_a_signature_within_its_clauses(version: object) -> None:
    said = words(version.id)  # type: ignore[attr-defined]
    months = [at for at, word in enumerate(said) if word in ("february", "march", "april", "june") and at]
    days = [at for at in months if said[at + 1].isdigit() and said[at + 2 : at + 3] == ["2025"]]
    assert [at for at in days if version.section_at(at) != "Signatures"] == []  # type: ignore[attr-defined]


def test_the_sentence_above_the_signatures_left_out_of_the_jail_form_is_found() -> None:
    said = words("JEM 02/15/2025")
    at = next(at for at in range(len(said)) if said[at : at + 3] == ["by", "signing", "this"])
    end = next(at for at in range(at, len(said)) if said[at - 3 : at] == ["allowed", "by", "law"])
    opening = "287(g) Jail Enforcement Model Revised 02/15/2025\n"
    stray = "March 5, 2025 Acting Director U.S. Immigration and Customs Enforcement"
    text = " ".join([*said[:at], SIGNED, *said[end:], stray])
    found = align_texts("", {1: opening + text}).changes
    assert [one for one in found if "accepts the terms" in one.before]


def test_the_forms_of_two_weeks_differ_by_no_word() -> None:
    done = CliRunner().invoke(app, ["diff-template", "02/12/2025", "02/14/2025", "--model", "Task Force Model"])
    assert done.exit_code == 0
    assert "0 differences of words" in done.stdout


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("XXX", "no model 'XXX' has a form that can be compared. Expected one of: JEM (Jail Enforcement Model)"),
        ("JEM", "no version '02/12/2025' of JEM; expected one of: JEM 02/15/2025, JEM 2020."),
    ],
)
def test_a_model_that_is_none_is_named_and_so_are_those_there_are(model: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        version_named("02/12/2025", model)
    assert says in str(refused.value)
    done = CliRunner().invoke(app, ["diff-template", "02/12/2025", "03/07/2025", "--model", model])
    assert isinstance(done.exception, Refused)


def test_a_folder_in_place_of_a_pdf_is_told(tmp_path: object) -> None:
    done = CliRunner().invoke(app, ["documents", "clauses", str(tmp_path)])
    assert isinstance(done.exception, Refused)
    assert "is a folder; give one PDF" in str(done.exception)


def test_words_with_an_o_for_each_blank_are_parted() -> None:
    assert meant("isoanoagreement") == ("is", "an", "agreement")
    assert meant("betweenoice") == ("between", "ice")
    assert meant("cooperation") == ("cooperation",)


def test_words_printed_letter_by_letter_are_put_together() -> None:
    assert plain_words("the alien will b e a r r e s t e d o n b e h a l f o f I C E b y the officer") == [
        "the", "alien", "will", "be", "arrested", "on", "behalf", "of", "ice", "by", "the", "officer",
    ]  # fmt: skip
    assert plain_words("appendix a b c d e f g") == ["appendix", "a", "b", "c", "d", "e", "f", "g"]


def test_the_form_of_january_has_custody_among_its_functions_as_that_of_march_has() -> None:
    january, march = version_named("2025-01", "TFM"), version_named("03/07/2025", "TFM")
    functions = [one for one in compare_versions(january, march) if "FUNCTIONS" in one.section]
    assert functions == []
    omitted = " ".join(one.before for one in compare_versions(january, march))
    assert "continue detaining the alien at the detention facility" in omitted
    assert "to the extent it operates a detention facility" in omitted
