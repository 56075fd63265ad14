"""What an answer names at its edges: cells, pages, days, unread words, the clause of a word, the story's own times.

Sentences are synthetic; numbers are those of the record that ships.
"""

from datetime import date

import pytest

from ledger287.core.locator import Cell
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.withheld import unsettled

MAY, SUMMER, FALL = date(2026, 5, 8), date(2025, 8, 14), date(2025, 8, 29)


def answer(checker: Checker, text: str, day: date | None = MAY, said: str = "") -> Answer:
    """The first answer to a text, or that on some of its words."""
    checked = checker.check_text(text, published=day)
    return next(
        one for one in checked.answers if said in checked.article.text[one.claim.span.start : one.claim.span.end]
    )


# -- evidence ------------------------------------------------------------------------------------------


def test_a_cell_is_named_by_its_sheet_column_and_row(checker: Checker) -> None:
    found = answer(checker, "About 74% of people held by ICE had no conviction.", date(2026, 2, 10))
    cells = [where for where in found.finding.evidence if isinstance(where, Cell)]
    printed = [one.rpartition("!") for one in found.evidence[0].cells]
    assert len(cells) >= len(printed) == 3
    for cell, (sheet, _, place) in zip(cells, printed, strict=False):
        assert cell.sheet == sheet
        assert f"{cell.column}{cell.row}" == place


@pytest.mark.parametrize(
    ("said", "page", "days"),
    [("68", "January 20, 2012", 4), ("64", "October 7, 2012", 1)],
)
def test_the_first_page_that_gives_a_figure_is_named(checker: Checker, said: str, page: str, days: int) -> None:
    found = answer(checker, f"In 2012, there were {said} agreements in force.")
    assert found.verdict == "supported"
    assert found.reason == f"ICE's page of {page} gives it."
    assert len(found.right) == days


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "On February 15, 2012, there were 68 287(g) agreements.",
            "the pages and sources near that time give 68 to 72; none of that time gives the figure.",
        ),
        (
            "On September 15, 2012, there were 66 287(g) agreements.",
            "the pages and sources near that time give 64 to 68; none gives the figure.",
        ),
    ],
)
def test_a_figure_of_another_day_is_told_apart_from_one_of_no_day(checker: Checker, text: str, reason: str) -> None:
    found = answer(checker, text)
    assert (found.verdict, found.reason) == ("cannot_tell", reason)


def test_growth_without_an_end_is_right_up_to_the_newest_list(checker: Checker) -> None:
    text = "Texas has more than twice as many 287(g) agreements as on January 20, 2025."
    checked = checker.check_text(text, published=None)
    found = checked.answers[0]
    assert found.reason == "the end day is not stated; right up to the day of the list named."
    assert found.evidence[0].day == checked.record_last


def test_states_are_in_the_order_of_the_sentence(checker: Checker) -> None:
    # their order once hung on how Python hashes text, which differs from one run to the next
    text = "The Louisiana Military Department in Virginia signed a 287(g) agreement in May 2025."
    assert answer(checker, text, date(2025, 11, 3)).claim.where.states == ("LA", "VA")


# -- values of nought and below -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("In Nevada, the number of 287(g) agreements grew 50% since March 2026.", "grew by 0.0% in Nevada"),
        ("Nevada gained 3 287(g) agreements since March 2026.", "grew by 0 in Nevada"),
        ("In Texas, the number of 287(g) agreements fell 50% since February 2026.", "grew by 19.9% in Texas"),
        ("The number of 287(g) agreements in Maryland grew 50% since February 2026.", "fell by 33.3% in Maryland"),
        ("Kansas has 5 more 287(g) agreements than Georgia.", "Kansas had 30 fewer agreements than Georgia"),
        ("Kentucky has 3 more 287(g) agreements than Kansas.", "Kentucky had 8 more agreements than Kansas"),
    ],
)
def test_what_did_not_change_did_not_fall_and_what_fell_is_told_so(checker: Checker, text: str, sentence: str) -> None:
    found = answer(checker, text)
    assert sentence in found.evidence[-1].sentence
    turned = found.evidence[-1].value < 0 and found.verdict == "contradicted"
    assert found.reason.startswith("it is the other way round") == turned


@pytest.mark.parametrize(
    ("start", "verdict"),
    [
        ("ICE had 1,000 agreements", "figure_fits"),
        ("A total of 1,000 agreements were in force", "figure_fits"),
        ("ICE has 1,000 agreements", "supported"),
    ],
)
def test_a_count_of_the_past_may_be_of_the_time_of_who_speaks(checker: Checker, start: str, verdict: str) -> None:
    found = answer(checker, f"{start}, said Ann Doe, who ran Homeland Security at the time.", date(2025, 9, 15))
    assert found.verdict == verdict


@pytest.mark.parametrize("place", ["2nd", "3rd", "11th", "12th", "13th", "21st", "22nd", "23rd", "24th"])
def test_a_place_is_written_as_it_is_said(checker: Checker, place: str) -> None:
    found = answer(checker, f"Ohio ranks {place} among the states by 287(g) agreements.")
    assert found.meaning.startswith(f"Ohio ranked {place} by agreements")


def test_a_figure_between_two_lists_names_the_next_one(checker: Checker) -> None:
    found = answer(checker, "ICE has 1,010 287(g) agreements.", date(2025, 9, 23))
    assert found.notes[0] == (
        "between two lists: 1,000 agreements were in force nationwide on Sep 23, 2025, and 1,035 on the next list, "
        "of Sep 24, 2025"
    )


# -- words ------------------------------------------------------------------------------------------------

COLORS = ["green", "purple", "yellow", "orange", "blue", "violet", "crimson", "scarlet", "magenta", "teal"]


@pytest.mark.parametrize(("count", "more"), [(7, ""), (8, ""), (9, " and 1 more"), (10, " and 2 more")])
def test_eight_words_that_were_not_read_are_named_and_the_others_counted(
    checker: Checker, count: int, more: str
) -> None:
    found = answer(checker, f"Texas has 380 287(g) agreements {' '.join(COLORS[:count])}.")
    named = ", ".join(f"“{word}”" for word in COLORS[: min(count, 8)])
    assert found.reason == f"the figure fits (the record gives 380); not checked in the sentence: {named}{more}."


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("ICE hardly has around 6,000 deportation agents nationwide.", "cannot_tell"),
        ("ICE has around 6,000 deportation agents nationwide hardly.", "cannot_tell"),
        ("Hardly news, ICE has around 6,000 deportation agents nationwide.", "as_stated"),
        ("ICE has around 6,000 deportation agents nationwide, hardly enough.", "as_stated"),
        ("ICE has around 6,000 deportation agents nationwide, critics say, hardly enough.", "as_stated"),
        ("That is hardly news: ICE has around 6,000 deportation agents nationwide.", "as_stated"),
        ("That is hardly news; ICE has around 6,000 deportation agents nationwide.", "as_stated"),
        ("ICE hardly, by one report, has around 6,000 deportation agents nationwide.", "cannot_tell"),
    ],
)
def test_a_word_of_denial_counts_in_its_own_clause(checker: Checker, text: str, verdict: str) -> None:
    assert answer(checker, text, FALL, "6,000").verdict == verdict


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("En 1990 había 30 acuerdos 287(g).", "En 1990 is not in the record:"),
        ("En junio de 1995 había 30 acuerdos 287(g).", "En junio de 1995 is not in the record:"),
    ],
)
def test_a_time_in_a_reason_is_in_the_words_of_the_story(checker: Checker, text: str, frame: str) -> None:
    assert answer(checker, text).reason.startswith(frame)


# -- arithmetic ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said", "notes"),
    [
        ("Texas with 380 and Florida with 346 287(g) agreements make up 41% of the 1,783 agreements.", "41%", 1),
        ("Texas with 380 and Florida with 346 287(g) agreements make up 51% of the 1,783 agreements.", "51%", 1),
        ("Texas has 380 287(g) agreements, 21% of the 1,783 agreements.", "21%", 0),
    ],
)
def test_figures_that_were_added_up_are_told_so(checker: Checker, text: str, said: str, notes: int) -> None:
    found = answer(checker, text, MAY, said)
    assert sum(note == "the share is of the figures of these states added up" for note in found.notes) == notes


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("The number of 287(g) agreements grew 60%, from 1,000 to 1,609.", ("60.9%, cut off; rounded it is 61%",)),
        ("The number of 287(g) agreements grew 61%, from 200 to 321.", ()),
        ("The number of 287(g) agreements grew 59%, from 1,000 to 1,590.", ()),
    ],
)
def test_a_percentage_that_was_cut_off_is_told_so(checker: Checker, text: str, notes: tuple[str, ...]) -> None:
    assert answer(checker, text).notes == notes


def test_only_an_exact_end_that_the_text_gives_elsewhere_is_calculated_with(checker: Checker) -> None:
    start = "The number of 287(g) agreements grew 50%, from 100 to more than 140."
    exact = answer(checker, f"{start} Then 150 287(g) agreements were in force.")
    about = answer(checker, f"{start} About 150 287(g) agreements were in force.")
    assert "which the text gives elsewhere, is 50.0%" in exact.reason
    assert "elsewhere" not in about.reason
    assert about.notes == ("from 100 to 140 is 40.0 %, from figures that are not exact.",)


@pytest.mark.parametrize(
    ("total", "verdict", "reason"),
    [
        ("895 agreements in force and 43 applications, for a total of 938", "arithmetic_holds", "895 + 43 is 938."),
        (
            "800 agreements in force and 43 applications, for a total of 843 agreements",
            "cannot_tell",
            "800 + 43 is 843; whether each of these is right cannot be said.",
        ),
    ],
)
def test_a_total_of_different_things_is_their_sum(checker: Checker, total: str, verdict: str, reason: str) -> None:
    found = answer(checker, f"ICE has {total}.", SUMMER, "a total")
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_total_that_is_right_is_not_calculated_with(checker: Checker) -> None:
    found = answer(
        checker, "With 1,000 agreements and 783 agencies, ICE has a total of 1,783 agreements.", said="total"
    )
    assert (found.verdict, found.reason) == ("supported", "the record gives 1,783.")


# -- constructions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("On March 31, 2025, up from 135, there were 1,604 287(g) agreements.", "cannot_tell"),
        ("The program grew. On March 31, 2025, up from 135, there were 1,604 287(g) agreements.", "cannot_tell"),
        (
            "ICE has had the program for many years. On March 31, 2025, there were 1,604 287(g) agreements, but now "
            "there are 1,783.",
            "contradicted",
        ),
        (
            "ICE has had the program for many years. There were 1,604 287(g) agreements on March 31, 2025, up from "
            "135.",
            "contradicted",
        ),
        (
            "ICE has had the program for many years. On March 31, 2025, ICE had 1,604 agreements, against 135 in "
            "January.",
            "contradicted",
        ),
    ],
)
def test_only_what_is_between_a_time_and_its_figure_leaves_it_open(checker: Checker, text: str, verdict: str) -> None:
    assert answer(checker, text, said="1,604").verdict == verdict


def test_a_construction_needs_as_many_states_before_as_it_declares(checker: Checker) -> None:
    unsettled.constructions.cache_clear()  # so that the declared rows are read in this test
    unsettled._able.cache_clear()
    assert {one.states_before for one in unsettled.constructions()} == {0, 2}
    open_ = answer(checker, "ICE had 135 287(g) agreements the whole of 2025.", MAY, "135")
    assert open_.verdict == "cannot_tell"
