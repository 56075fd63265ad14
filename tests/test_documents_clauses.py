"""Versions of forms compared, and documents aligned to them: one word changed is found, slips of OCR are not."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from documents_making import agreement, pdf
from ledger287.cli.main import app
from ledger287.law.agreements.documents import differences, same_agency
from ledger287.sources.documents.pages.page import ReadPage, Word
from ledger287.sources.documents.versions.addenda import addenda_of, own_pages
from ledger287.sources.documents.versions.aligning import align_texts
from ledger287.sources.documents.versions.clauses import _words_by_hash as told
from ledger287.sources.documents.versions.clauses import (
    addendum_forms,
    align,
    alignment,
    compare_versions,
    version_named,
    versions,
)
from ledger287.sources.documents.versions.places import boxes_of_words
from ledger287.sources.documents.versions.slips import turns


def text_of(printed: str, model: str) -> str:
    """The words of a version, as far as they are words of the forms."""
    return " ".join(told().get(mark, "unknown") for mark in version_named(printed, model).words)


def diff(*arguments: str) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(app, ["diff-template", *arguments, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.exit_code == 0 else {}


def test_a_version_is_itself() -> None:
    for version in versions():
        assert compare_versions(version, version) == ()
        assert len(version.words) > 2500


def test_jail_forms_differ_by_the_steering_committee_and_the_three_year_review() -> None:
    code, answer = diff("2020", "02/15/2025", "--model", "JEM")
    assert code == 0
    gone = " ".join(change["before"] for change in answer["changes"])
    come = " ".join(change["after"] for change in answer["changes"] if change["kind"] == "added")
    assert "steering committee" in gone
    assert "internal review of this moa every three years" in come


@pytest.mark.parametrize(("one", "other"), [("TFM 02/12/2025", "TFM 03/07/2025"), ("WSO 02/14/2025", "WSO 02/15/2025")])
def test_what_is_filled_in_below_the_signatures_is_no_difference_of_forms(one: str, other: str) -> None:
    _, answer = diff(one, other)
    assert [change["section"] for change in answer["changes"] if change["section"] == "Signatures"] == []
    assert not any("term" in change["bears_on"] for change in answer["changes"])


@pytest.mark.parametrize("version", versions(), ids=lambda version: version.id)
def test_signatures_are_between_the_sentence_above_them_and_the_appendix(version: Any) -> None:
    words = [told().get(mark, "unknown") for mark in version.words]
    law = next(at for at in range(words.index("signing"), len(words)) if words[at - 3 : at] == ["allowed", "by", "law"])
    assert version.section_at(law - 1) != "Signatures"
    assert version.section_at(words.index("appendix", law)) != "Signatures"
    assert all(version.section_at(at) == "Signatures" for at in range(law, words.index("appendix", law)))


@pytest.mark.parametrize("model", ["TFM", "WSO", "JEM"])
def test_one_planted_word_is_found(model: str) -> None:
    version = next(one for one in versions() if one.model == model and "/" in one.printed)
    words = text_of(version.printed, model).split()
    places = [at for at, word in enumerate(words) if word == "shall"][::5]
    assert places
    for place in places:
        planted = [*words[:place], "may", *words[place + 1 :]]
        changes = align(version, {1: " ".join(planted)})
        assert any("shall" in change.before.split() and "may" in change.after.split() for change in changes)


def test_slips_of_ocr_and_names_are_not_changes() -> None:
    version = version_named("02/15/2025", "WSO")
    text = text_of("02/15/2025", "WSO")
    slipped = text.replace("perform", "perfonn").replace("of the", "ofthe").replace("immigration", "immlgration")
    slipped = slipped.replace("hereinafter", "Example County hereinafter")
    assert align(version, {1: slipped}, ["Example County Sheriff's Office"]) == ()


@pytest.mark.parametrize("said", ["2025-03-07", "3/7/2025", "March 7, 2025", "TFM 2025-03-07", "tfm 03/07/2025"])
def test_a_version_is_named_by_its_date_however_it_is_written(said: str) -> None:
    assert version_named(said).id == "TFM 03/07/2025"


@pytest.mark.parametrize("said", ["2020", "JEM 2020", "TFM 2025-01"])
def test_a_version_without_a_date_is_named_as_it_is(said: str) -> None:
    assert version_named(said).printed == said.rsplit(maxsplit=1)[-1]


def test_version_of_two_models_asks_for_the_model() -> None:
    assert diff("02/15/2025", "02/14/2025")[0] != 0


def test_document_on_the_wrong_row_is_found_and_a_spelling_is_not() -> None:
    others = ["Pima County Sheriff's Office", "Pinal County Sheriff's Office"]
    row = ("WSO", "Pinal County Sheriff's Office", None)
    wrong = differences("a.pdf", None, ("WSO", "Pima County Sheriff's Office", None, "unread"), row, others)
    assert [one.about for one in wrong] == ["agency"]
    right = differences("a.pdf", None, ("WSO", "PINAL COUNTY SHERIFF DEPT.", None, "unread"), row, others)
    assert right == ()


def test_document_of_an_agency_whose_name_holds_anothers_is_found() -> None:
    row = ("TFM", "Melbourne Beach Police Department", None)
    found = differences("a.pdf", None, ("TFM", "Melbourne Police Department", None, "unread"), row, [
        "Melbourne Police Department",
    ])  # fmt: skip
    assert [one.about for one in found] == ["agency"]


def test_document_of_another_body_of_the_same_state_is_on_the_wrong_row() -> None:
    row = ("TFM", "Utah Department of Public Safety", None)
    others = ["Utah Department of Corrections", "Utah County Sheriff's Office"]
    found = differences("a.pdf", None, ("TFM", "Utah Department of Corrections", None, "unread"), row, others)
    assert [one.about for one in found] == ["agency"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("St. Johns County Sheriff's Office", "Saint Johns County Sheriff's Office", True),
        ("Ft. Myers PD", "Fort Myers Police Department", True),
        ("Lake County Sheriff's Office", "Lake City Police Department", False),
        ("Bay County Sheriff's Office", "Clay County Sheriff's Office", False),
        ("Elm County Constable Precinct 2", "Elm County Constable Precinct 3", False),
        ("Elm County Constable, Pct. 2", "Elm County Constable Precinct 2", True),
        ("Iowa Department of Public Safety", "Kansas Bureau of Investigation", False),
        ("Utah Department of Corrections", "Utah Department of Public Safety", False),
        ("Utah Department of Correction", "Department of Corrections, Utah", True),
        ("Florida Department of Law Enforcement", "Florida Department of Corrections", False),
        ("Iowa State Patrol", "Iowa Department of Public Safety", True),
        ("Louisiana Department of Public Safety and Corrections", "Louisiana Department of Corrections", True),
        ("Washington County Sheriff's Office", "Washington County Department of Corrections", False),
        ("Virginia Beach Police Department", "Virginia Beach Department of Public Safety", True),
    ],
)
def test_names_of_agencies(one: str, other: str, same: bool) -> None:
    assert same_agency(one, other) is same


def page_of(*said: str) -> ReadPage:
    """A page with one line of words under the other, ten points wide and high each."""
    words = [
        Word(text, (10.0 * across, 20.0 * down, 10.0 * across + 9, 20.0 * down + 10), False)
        for down, line in enumerate(said)
        for across, text in enumerate(line.split())
    ]
    return ReadPage(1, 600, 800, "text", tuple(words))


def test_place_of_a_change_is_the_lines_that_say_it() -> None:
    page = page_of("The LEA may hold a person", "for no more than 24", "hours after release. The LEA", "may end it.")
    assert boxes_of_words(page, "a person for no more than", "24 hours") == [(38, 18, 51, 32), (-2, 38, 11, 52)]
    assert boxes_of_words(page, "hours after release the lea", "") == [(-2, 38, 51, 52)]
    assert boxes_of_words(page, "words that are on another page", "than these") == []


def test_clauses_are_read_in_a_process_of_their_own_and_drawn(tmp_path: Path) -> None:
    path, picture = tmp_path / "agreement.pdf", tmp_path / "place.png"
    path.write_bytes(pdf(agreement(), extra=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"))
    arguments = ["documents", "clauses", str(path), "--picture", str(picture), "--json"]
    done = CliRunner().invoke(app, arguments)
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["version"]) == (1, "03/07/2025")
    assert [one["kind"] for one in answer["problems"]] == ["active_content"]
    assert "replaced" not in done.stderr
    assert f"{picture}: replaced the file that was there" in CliRunner().invoke(app, arguments).stderr
    assert answer["changes"] and picture.read_bytes().startswith(b"\x89PNG")


def test_a_paper_with_few_of_its_forms_words_is_not_read_as_omitting_the_rest(tmp_path: Path) -> None:
    lines = ["Agenda of a council", "Memorandum of Agreement under 287(g), Task Force Model", "Sheriff to sign"]
    (tmp_path / "agenda.pdf").write_bytes(pdf([[(72.0, 80.0 + 20 * n, line) for n, line in enumerate(lines)]]))
    result = CliRunner().invoke(app, ["documents", "clauses", str(tmp_path / "agenda.pdf"), "--json"])
    assert result.exit_code == 1
    assert [problem["kind"] for problem in json.loads(result.stdout)["problems"]] == ["not_an_agreement"]


@pytest.mark.parametrize(
    ("put", "named"),
    [
        ("ay", ("shall", "ay", False)),
        ("m ay", ("shall", "may", True)),
        ("shafl", None),
        ("sha1l", None),
        ("sh all", None),
        ("mav", ("shall", "mav", False)),
    ],
)
def test_a_weighty_word_read_as_most_of_another_is_named_as_a_doubt(
    put: str, named: tuple[str, str, bool] | None
) -> None:
    version = version_named("03/07/2025", "TFM")
    words = text_of("03/07/2025", "TFM").split()
    place = [at for at, word in enumerate(words) if word == "shall"][4]
    known = align(version, {1: " ".join(words)})
    told_of = [
        one for one in align(version, {1: " ".join((*words[:place], put, *words[place + 1 :]))}) if one not in known
    ]
    assert [(change.before, change.after, change.sure) for change in told_of] == ([named] if named else [])


@pytest.mark.parametrize("version", [one for one in versions() if "/" in one.printed], ids=lambda version: version.id)
def test_another_number_of_hours_or_days_is_a_change_and_a_misread_one_is_not(version: Any) -> None:
    words = text_of(version.printed, version.model).split()
    places = [at for at, word in enumerate(words[:-1]) if word.isdigit() and words[at + 1] in ("hours", "days", "day")]
    assert places
    known = align(version, {1: " ".join(words)})
    for place in places:
        number = str(int(words[place]) + 24)
        for put, named in ((number, True), ("4b", False), (words[place] + "l", False)):
            text = " ".join((*words[:place], put, *words[place + 1 :]))
            new = [one for one in align(version, {1: text}) if one not in known]
            assert [(one.before, one.after, one.sure) for one in new] == ([(words[place], put, True)] if named else [])


@pytest.mark.parametrize("version", versions(), ids=lambda version: version.id)
def test_numbers_of_laws_and_years_are_shown_as_they_are(version: Any) -> None:
    words = text_of(version.printed, version.model).split()
    assert {"287", "1357", "2671"} <= {*words}
    place = words.index("2671")
    [change] = align(version, {1: " ".join((*words[:place], "shall", "unless", *words[place + 1 :]))})
    assert "2671" in change.before.split()


def test_another_number_of_hours_of_custody_bears_on_the_hold() -> None:
    words = text_of("02/15/2025", "WSO").split()
    place = next(at for at, word in enumerate(words) if word == "48" and words[at + 1] == "hours")
    (change,) = align(version_named("02/15/2025", "WSO"), {1: " ".join((*words[:place], "72", *words[place + 1 :]))})
    assert "hold" in change.bears_on


FILLED_IN = "date april 7 2025 signature name pat example title chief of police agency example city police department"


@pytest.mark.parametrize("version", versions(), ids=lambda version: version.id)
@pytest.mark.parametrize(
    ("put", "named"),
    [(FILLED_IN, False), ("this agreement shall end unless the board approves funds for training", True)],
)
def test_what_is_filled_in_below_the_signatures_is_no_change_and_a_condition_is(
    version: Any, put: str, named: bool
) -> None:
    words = text_of(version.printed, version.model).split()
    law = next(at for at in range(words.index("signing"), len(words)) if words[at - 3 : at] == ["allowed", "by", "law"])
    known = align(version, {1: " ".join(words)})
    new = [one for one in align(version, {1: " ".join((*words[:law], put, *words[law:]))}) if one not in known]
    assert bool(new) is named


def test_words_that_readers_ran_together_or_parted_are_no_change() -> None:
    version = version_named("03/07/2025", "TFM")
    text = text_of("03/07/2025", "TFM")
    assert align(version, {1: text}) == ()
    for form, read in (
        ("of this moa", "ofthis moa"), ("chief information", "chieflnformation"), ("standards", "st and ards"),
        ("termination", "tennination"), ("performance", "perfonnance"), ("lea personnel", "leapersonnel"),
    ):  # fmt: skip
        assert form in text
        assert align(version, {1: text.replace(form, read)}) == ()


def test_another_wording_of_the_same_form_is_no_change_and_a_word_in_it_is() -> None:
    version = version_named("2020", "JEM")
    text = text_of("2020", "JEM")
    review = "local field office ice reserves the right to conduct an internal review of this moa every three years"
    later = text.replace("law enforcement activities and their jurisdictions and", "law enforcement activities within "
                         "their respective jurisdictions").replace("local field office", review, 1)  # fmt: skip
    place = text.index("local field office", text.index("effective date"))
    later = text[:place] + review + text[place + len("local field office") :]
    assert align(version, {1: later}) == ()
    (change,) = align(version, {1: later.replace("reserves the right", "shall not have the right")})
    assert "shall" in change.after.split()


def test_the_same_agency_is_filled_in_where_a_form_leaves_its_place_open() -> None:
    version = version_named("2019-20", "WSO")
    text = text_of("2019-20", "WSO")
    place = text.index("chief counsel at") + len("chief counsel at")
    filled = f"{text[:place]} 12 example street suite 4 exampletown zz 12345 {text[place:]}"
    assert align(version, {1: filled}) == ()
    bound = f"{text[:place]} 12 example street unless the sheriff shall object {text[place:]}"
    assert align(version, {1: bound}) != ()


def test_a_passage_in_another_place_is_no_change_and_a_word_in_it_is() -> None:
    version = version_named("03/07/2025", "TFM")
    words = text_of("03/07/2025", "TFM").split()
    begin = next(at for at in range(900, 2000) if words[at] == "shall") - 10
    passage, rest = words[begin : begin + 60], [*words[:begin], *words[begin + 60 :]]
    moved = [*rest[: begin + 50], *passage, *rest[begin + 50 :]]
    assert align(version, {1: " ".join(moved)}) == ()
    other = ["may" if word == "shall" else word for word in passage]
    changes = align(version, {1: " ".join([*rest[: begin + 50], *other, *rest[begin + 50 :]])})
    assert [(change.before, change.after) for change in changes if "shall" in change.before.split()]


def test_addenda_are_no_part_of_a_form() -> None:
    pages = {1: "This form.", 2: "ADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT\nThe LEA shall not hold anybody."}
    assert own_pages(pages) == {1: "This form.", 2: ""}


def addendum(old: str = "", new: str = "") -> dict[int, str]:
    """An agreement of 2020 with an addendum, in which some words are others."""
    (form,) = addendum_forms()
    said = " ".join(told().get(mark, "unknown") for mark in form.words)
    assert old in said
    heading, rest = said[:43].upper(), said[43:].replace(old, new)
    signed = "Date: June 9, 2020\nJ. Q. Sample\nSheriff\nExample County Sheriff's Office"
    title = "This Memorandum of Agreement (MOA) 287(g) Jail Enforcement Model."
    return {1: f"{title} {text_of('2020', 'JEM')}", 2: f"{heading}\n{rest}\n{signed}"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("three years", "five years"),
        ("shall be added", "may be added"),
        ("remain in full force", "no longer remain in full force"),
        ("upon signature by", "thirty days after signature by"),
    ],
)
def test_a_word_changed_in_an_addendum_is_shown(old: str, new: str) -> None:
    assert [one for one in align_texts("a.pdf", addendum()).changes if one.section == "ADDENDUM"] == []
    (change,) = [one for one in align_texts("a.pdf", addendum(old, new)).changes if one.section == "ADDENDUM"]
    assert change.page == 2 and {*change.after.split()} & {*new.split()}


def test_an_addendum_of_no_known_form_says_that_it_was_not_compared() -> None:
    pages = {**addendum(), 2: "ADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT\nThe LEA shall not hold anybody at all."}
    (problem,) = align_texts("a.pdf", pages).problems
    assert (problem.kind, problem.row) == ("addendum_not_compared", 2)
    assert align_texts("a.pdf", addendum()).problems == ()


def test_the_pages_of_an_addendum_go_to_its_signatures() -> None:
    signed = "By signing this addendum, each party represents it is fully authorized to enter into this addendum."
    pages = {1: "The form.\nADDENDUM TO MODIFY MEMORANDUM OF AGREEMENT\nOne.", 2: "Two.", 3: signed, 4: "A letter."}
    (found,) = addenda_of(pages)
    assert list(found) == [1, 2, 3] and found[1].startswith("ADDENDUM")
    assert own_pages(pages) == {1: "The form.\n", 4: "A letter."}


TURNED = (
    ("shall not be construed", "shall be construed", "not"),
    ("shall be", "shall not be", "not"),
    ("will be", "will never be", "never"),
    ("only", "", "only"),
    ("all complaints", "some complaints", "some"),
    ("48 hours", "72 hours", "72"),
    ("shall not be disclosed", "shall now be disclosed", "now"),
    ("at least", "at most", "most"),
    ("unless", "if", "if"),
    ("only", "mainly", "mainly"),
    ("approved by", "denied by", "denied"),
    ("shall", "might", "might"),
)


@pytest.mark.parametrize(("old", "new", "word"), TURNED)
def test_a_word_that_turns_a_clause_is_shown_put_in_or_left_out(old: str, new: str, word: str) -> None:
    shown = 0
    for version in versions():
        text = text_of(version.printed, version.model)
        if f" {old} " in text:
            changes = align(version, {1: text.replace(f" {old} ", f" {new} ", 1)}, ["Example County Sheriff's Office"])
            assert any(word in f"{one.before} {one.after}".split() for one in changes), version.id
            shown += 1
    assert shown


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("complaint shall", "complaintlshall"),  # run together
        ("must", "dlu8t"),  # letters that make no word
        ("shall", "si au"),
        ("will", "wi ii"),
        ("not", "net"),
        ("ill", "will"),
        ("june", "march"),  # filled in
        ("county", "department"),
    ],
)
def test_what_is_read_for_a_weighty_word_or_filled_in_turns_nothing(before: str, after: str) -> None:
    assert not turns(before.split(), after.split())


def test_a_page_without_text_leaves_its_words_unread_and_not_omitted() -> None:
    version = version_named("03/07/2025", "TFM")
    words = text_of("03/07/2025", "TFM").split()
    pages = {1: " ".join(words[:1000]), 3: " ".join(words[1400:])}
    found = alignment(version, pages)
    assert found.changes == ()
    assert [len(one.before.split()) >= 400 for one in found.unread] == [True]
    joined = alignment(version, {1: pages[1], 2: pages[3]})
    assert [one.kind for one in joined.changes] == ["omitted"]
