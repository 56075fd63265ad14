"""What an answer says is what was counted: its place, its day of leaving, which way it went, whose number it is."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Answer


def answers(checker: Checker, day: str, text: str) -> list[Answer]:
    return list(checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers)


MARCH = "2026-03-10"
TOLD = (
    # a county's number is shown with the county
    ("York County, Pennsylvania, counts five agencies with 287(g) agreements.", "York County, Pennsylvania"),
    ("York County in Pennsylvania has five agencies with 287(g) agreements.", "York County, Pennsylvania"),
    # who left, from which list to which
    ("The Bucks County Sheriff's Office in Pennsylvania left the 287(g) program.", "not on the next, of Jan 15, 2026"),
    ("The Smith County Sheriff's Office in Texas has all three types of 287(g) agreement.", "under all three models"),
    # a change, or a difference, that went the other way
    ("The number of 287(g) agreements dropped between March 2025 and February 2026.", "grew by 9"),
    ("Georgia has more 287(g) agreements than Tennessee.", "10 fewer agreements than Tennessee"),
    ("As many as 1,500 agencies hold 287(g) agreements.", "as many as 1,500 agencies"),
    (
        "The Bucks County Sheriff's Office in Pennsylvania was never in the 287(g) program.",
        "signed TFM on May 13, 2025",
    ),
)


@pytest.mark.parametrize(("text", "words"), TOLD, ids=[text[:45] for text, _ in TOLD])
def test_an_answer_names_what_was_counted(checker: Checker, text: str, words: str) -> None:
    one = answers(checker, MARCH, text)[0]
    shown = " | ".join((one.meaning, one.reason, *(each.sentence for each in one.evidence)))
    assert words in shown, shown
    assert " -" not in shown and "by some" not in shown, shown


DECIDED = (
    (MARCH, "No sheriff in Texas has left the 287(g) program.", "cannot_tell"),  # some ended one of two agreements
    (MARCH, "No agency in Wyoming has withdrawn from the 287(g) program since 2025.", "supported"),
    (MARCH, "Five agencies in Florida have ended their 287(g) agreements since January 2025.", "supported_if"),
    (MARCH, "Florida's 67 counties each have at least one 287(g) agreement.", "supported"),
    (MARCH, "More agencies in Tennessee than in Georgia have signed 287(g) agreements.", "supported"),
    (MARCH, "There are fewer 287(g) agreements in Georgia than in Tennessee.", "supported"),
    ("2025-05-05", "Delaware has a single agreement under 287(g).", "supported"),
    (MARCH, "Delaware does not have a single agreement under 287(g).", "supported"),
    ("2025-09-15", "The warrant and jail agreements under 287(g) total 500.", "supported"),
    ("2025-09-15", "ICE has 629 jail and task force agreements under 287(g).", "supported"),
    ("2025-09-15", "In Texas, 134 agencies hold one or more 287(g) agreements.", "supported"),
    ("2025-09-15", "In Texas, 134 agencies hold two or three 287(g) agreements.", "figure_fits"),
    # a time that goes on after the story, and what only later lists tell
    ("2025-09-10", "ICE counted 1,035 287(g) agreements in September 2025.", "cannot_tell"),
    ("2025-03-10", "ICE signed 157 287(g) agreements in February 2025.", "cannot_tell"),
    ("2025-03-10", "ICE signed 156 287(g) agreements in February 2025.", "supported"),
    # states taken for agencies
    ("2024-11-29", "Twenty-one agencies took part in the 287(g) program in 2024.", "contradicted"),
    # both ends of a stretch are as long as they are named
    (MARCH, "The number of 287(g) agreements grew by 667% between January and October 2025.", "supported"),
    (MARCH, "Between January and October 2025, the number of 287(g) agreements grew by 712%.", "supported"),
    (MARCH, "Between January and October 2025, the number of 287(g) agreements grew by 900%.", "contradicted"),
    (MARCH, "The number of 287(g) agreements grew by 1,139 last year.", "supported"),
    (MARCH, "The number of 287(g) agreements grew by 900 last year.", "contradicted"),
    # all of them in one place; kinds of agency; who says so; what is said behind a semicolon
    (MARCH, "Sixty-seven sheriff's offices, all of them in Florida, have signed on to 287(g).", "supported"),
    (MARCH, "Sheriff's offices outnumber municipal police departments in the 287(g) program.", "supported"),
    (MARCH, "Municipal police departments outnumber sheriff's offices in the 287(g) program.", "contradicted"),
    (MARCH, "Gov. Alex Example told reporters that Texas has 320 287(g) agreements.", "supported"),
    (MARCH, "Of the total, 880 agreements under 287(g) were of the task force model.", "supported"),
    (MARCH, "Texas has 320 287(g) agreements; residents marched through Dallas.", "supported"),
    (MARCH, "Texas has 320 287(g) agreements; that is a myth.", "figure_fits"),
    (MARCH, "Texas has 320 287(g) agreements; only some are active.", "figure_fits"),
    (MARCH, "Texas had 320 287(g) agreements; years ago, critics say.", "figure_fits"),
    (MARCH, "Texas has 320 287(g) agreements, but residents fear the police.", "supported"),
    (MARCH, "Texas has 320 287(g) agreements, but mostly on paper.", "figure_fits"),
    (MARCH, "Texas has 320 287(g) agreements, but unsigned by anybody.", "figure_fits"),
    (MARCH, "Nobody warned that Texas has 320 287(g) agreements.", "figure_fits"),
    # a day later; the spring before; an administration that did it
    ("2026-05-08", "The count of 287(g) agreements stood at 1,784 on May 7 and at 1,783 a day later.", "supported"),
    (MARCH, "The Polk Police Department in Ohio has a 287(g) agreement a day later.", "cannot_tell"),
    # where an agency is; a state's office in small letters; one of those counted; has since left
    (MARCH, "The Kane County sheriff in southern Utah signed a warrant service officer agreement on July 24, 2025.",
     "supported"),
    (MARCH, "Denton County in Texas runs the jail enforcement model, while neighboring Kaufman County has no 287(g) "
     "agreement.", "supported"),
    (MARCH, "Hialeah, just outside Miami, joined the 287(g) program in 2025.", "supported"),
    (MARCH, "Eleven agencies in southern Utah have 287(g) agreements.", "cannot_tell"),
    (MARCH, "Guam's attorney general signed a task force agreement on Sept. 22, 2025.", "supported"),
    (MARCH, "Guam's attorney general signed a jail enforcement agreement on Sept. 22, 2025.", "contradicted"),
    (MARCH, "Nebraska's prison system signed under the jail enforcement model on Oct. 15, 2025.", "supported"),
    (MARCH, "Brown County, Nebraska, has since disappeared from the list.", "supported"),
    # towns of which there are several
    (MARCH, "Jackson police joined the 287(g) program in July 2025.", "cannot_tell"),
    (MARCH, "Jackson police joined the 287(g) program in January 2026.", "cannot_tell"),
    (MARCH, "The Springfield Police Department has a 287(g) agreement.", "cannot_tell"),
    (MARCH, "The Springfield Police Department in Florida has a 287(g) agreement.", "supported"),
    (MARCH, "Orlando police joined the 287(g) program in July 2025.", "contradicted"),
    (MARCH, "The Las Vegas Metropolitan Police Department joined the 287(g) program in June 2025.", "supported"),
    # what might have been done, behind a place
    (MARCH, "The Garrett County Sheriff's Office in Maryland could have signed a 287(g) agreement.", "not_in_record"),
    (MARCH, "The Garrett County Sheriff's Office in Maryland nearly signed a 287(g) agreement.", "cannot_tell"),
    (MARCH, "The Garrett County Sheriff's Office in Maryland has yet to sign a 287(g) agreement.", "contradicted"),
    # what was signed on a day is not what had been signed by then
    (MARCH, "ICE signed 87 agreements under 287(g) on Feb. 26, 2025.", "supported"),
    (MARCH, "ICE signed 239 agreements under 287(g) on Feb. 26, 2025.", "cannot_tell"),
    (MARCH, "ICE signed 60 agreements under 287(g) on Feb. 26, 2025.", "contradicted"),
    (MARCH, "By Feb. 26, 2025, ICE had signed 239 agreements under 287(g).", "supported"),
    (MARCH, "Yesterday, Texas agencies signed 320 287(g) agreements.", "cannot_tell"),
    # a year is no count; more than several is no place of one of them
    (MARCH, "Of the 2025 agreements in 287(g), most were task force agreements.", "cannot_tell"),
    (MARCH, "Only Florida has more 287(g) agreements than Texas and Georgia combined.", "cannot_tell"),
    (MARCH, "Only Florida has more 287(g) agreements than Texas.", "supported"),
    # a share of the place's own agreements; since a month is since any day of it; two that are named, not all
    (MARCH, "The share of Pennsylvania's 287(g) agreements under the task force model is 94%.", "cannot_tell"),
    (MARCH, "The number of 287(g) agreements grew by about 50% since September 2025.", "supported"),
    (MARCH, "The number of 287(g) agreements grew by about 90% since September 2025.", "contradicted"),
    (MARCH, "Two Minnesota counties, Cass and Itasca, have task force agreements under 287(g).", "cannot_tell"),
    # one that left between the last list of a month and the next
    (MARCH, "Two 287(g) agreements ended in Missouri in November 2025.", "cannot_tell"),
    (MARCH, "Five 287(g) agreements ended in Missouri in November 2025.", "contradicted"),
    # an agreement that was lost
    (MARCH, "Frederick County in Maryland lost its 287(g) agreement in February 2026.", "supported"),
    (MARCH, "Frederick County in Maryland lost its 287(g) agreement in December 2025.", "contradicted"),
    (MARCH, "Garrett County in Maryland lost its 287(g) agreement.", "contradicted"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text", "verdict"), DECIDED, ids=[text[:45] for _, text, _ in DECIDED])
def test_a_kind_of_statement_is_answered(checker: Checker, day: str, text: str, verdict: str) -> None:
    found = answers(checker, day, text)
    assert [one.verdict for one in found][:1] == [verdict], [(one.verdict, one.reason) for one in found]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        # the model behind a total is said of the part
        ("Thirty of the 39 states with 287(g) agreements have jail agreements.", ["supported", "supported"]),
        ("In Texas, 48 of the 250 agencies with 287(g) agreements have jail agreements.", ["supported", "supported"]),
        # what happened, happened to the part, not to the total
        ("Six of Maryland's nine 287(g) agreements ended in February 2026.", ["supported", "supported"]),
        ("Five of Texas' 320 287(g) agreements were signed in March 2026.", ["cannot_tell", "supported"]),
        # which way a figure went from another
        ("Virginia has 27 287(g) agreements, down from 33 in September 2025.", ["supported", "supported"]),
        ("Virginia has 27 287(g) agreements, up from 33 in September 2025.", ["cannot_tell", "cannot_tell"]),
        ("Texas has 320 287(g) agreements, down from 172 in September 2025.", ["cannot_tell", "cannot_tell"]),
        # a figure that another is compared with is of its own time, and is no bound of it
        ("Virginia has 27 287(g) agreements, fewer than the 33 it had in September 2025.", ["supported", "supported"]),
        ("Texas has 320 287(g) agreements, fewer than the 172 it had in September 2025.", ["cannot_tell"] * 2),
    ],
)
def test_two_figures_of_a_sentence_keep_what_is_theirs(checker: Checker, text: str, verdicts: list[str]) -> None:
    checked = checker.check(read_article(text.encode(), "synthetic", month_or_day(MARCH)))
    assert [one.verdict for one in checked.answers] == verdicts and not checked.conflicts


def test_each_figure_of_a_series_of_signings_was_signed(checker: Checker) -> None:
    text = "In Florida, ICE signed 20 agreements under 287(g) on Feb. 26 and 344 a week later."
    assert answers(checker, MARCH, text)[1].verdict == "cannot_tell"


@pytest.mark.parametrize(
    "text",
    [
        "Frederick County's 287(g) program began in 2008.",
        "The jail has had a 287(g) program, which began in 2008.",
        "The number of 287(g) agreements passed 1,500 in 2026.",
        "The 287(g) task force program was launched in Texas in 2025.",
        "Texas lawmakers passed a bill requiring 287(g) agreements in 2025.",
        "The 287(g) program was relaunched in 2025.",
        "The 287(g) agreement was established in 2019 in Garrett County.",
    ],
)
def test_what_began_in_one_place_is_not_the_law_of_1996(checker: Checker, text: str) -> None:
    law = [one for one in answers(checker, MARCH, text) if one.verdict == "law"]
    assert not [one for one in law if one.claim.topic != "state-law-for"]
    assert not [one for one in law if one.law_holds is not None], "a state's own law is shown, and not judged"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("La cifra del programa 287(g) en el país llegó a 1.504.", "“1.504” (its point may be a decimal sign)"),
        ("Otras seis agencias de Nebraska tienen acuerdos 287(g).", "“Otras”"),
        ("Ninguna agencia de Wyoming tiene un acuerdo 287(g).", "reading gives Ninguna."),
    ],
)
def test_a_reason_quotes_the_words_of_a_spanish_story(checker: Checker, text: str, words: str) -> None:
    reason = answers(checker, MARCH, text)[0].reason
    assert words in reason and "doubtful" not in reason, reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Up to 300 287(g) agreements are in force in Texas.", "not on the article's day, when the record gives 320."),
        ("About 59% of 287(g) agreements are task force agreements.", "the record gives 58.5%."),
        ("ICE signed 87 agreements under 287(g) on Feb. 26, 2025.", "signed nationwide on Feb 26, 2025"),
        ("Only Florida and Texas have more than 300 287(g) agreements.", "each: Florida and Texas"),
        (
            "In Texas are 15% of all task force agreements under 287(g).",
            "15% of all agreements under the Task Force Model were in Texas",
        ),
    ],
)
def test_an_answer_gives_the_days_own_number_with_its_unit(checker: Checker, text: str, words: str) -> None:
    one = answers(checker, MARCH, text)[0]
    assert words in f"{one.meaning} | {one.reason}", (one.meaning, one.reason)


def test_states_taken_for_agencies_are_named(checker: Checker) -> None:
    one = answers(checker, "2024-11-29", "Twenty-one agencies took part in the 287(g) program in 2024.")[0]
    assert "counting states, not agencies" in one.reason


def test_a_list_of_small_numbers_makes_no_claim(checker: Checker) -> None:
    found = answers(checker, "2025-08-20", "In Florida, 67 sheriffs have signed one, two or three 287(g) agreements.")
    assert [one.claim.figure and one.claim.figure.said for one in found] == ["67"]
    assert found[0].verdict == "supported"


def test_an_adjective_with_most_is_no_claim(checker: Checker) -> None:
    assert not answers(checker, MARCH, "The jail model is the most intensive kind of 287(g) agreement.")


def test_who_is_said_to_lead_leads_once(checker: Checker) -> None:
    found = answers(checker, MARCH, "Florida tops the list with 344 287(g) agreements, more than any other state.")
    assert [one.claim.shape for one in found] == ["rank", "count"]
    text = "Florida tops the list of participating states, followed by Texas and Pennsylvania."
    found = answers(checker, MARCH, text)
    assert [one.verdict for one in found] == ["supported"] * 3
    assert [one.claim.figure and one.claim.figure.value for one in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Opponents say Texas has 320 287(g) agreements.", "Opponents"),
        ("Texas has 320 287(g) agreements, Sheriff Alex Example said Tuesday.", "Sheriff Alex Example"),
        ("According to opponents, Texas has 320 287(g) agreements.", "opponents"),
        ("According to ICE data, Texas has 320 287(g) agreements.", None),
        ("“Texas has 320 287(g) agreements”, according to the list.", None),
        ("“Hay 320 acuerdos 287(g) en Texas”, dijo el alguacil.", "el alguacil"),
        ("«Hay 320 acuerdos 287(g) en Texas», según la lista de ICE.", None),
    ],
)
def test_who_says_so_is_named_in_the_words_of_the_story(checker: Checker, text: str, speaker: str | None) -> None:
    assert answers(checker, MARCH, text)[0].claim.wording.speaker == speaker


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Florida has more than 300 287(g) agreements.", "more than 300 agreements were in force in Florida"),
        ("Florida has nearly 350 287(g) agreements.", "nearly 350 agreements were in force in Florida"),
        ("No agencies left the 287(g) program in 2025.", "no agencies left the program nationwide"),
    ],
)
def test_what_is_meant_has_the_figure_with_its_hedge(checker: Checker, text: str, meaning: str) -> None:
    assert answers(checker, MARCH, text)[0].meaning.startswith(meaning)


@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [
        ("1,372 in January 2026", "135 in January 2025", "dated Feb 1, 2025, before the earlier one, Jan 1, 2026"),
        ("135 in January 2025", "1,372 in January 2026", None),
    ],
)
def test_a_figure_that_is_reached_before_its_start_is_a_conflict(
    checker: Checker, first: str, then: str, reason: str | None
) -> None:
    text = f"The number of 287(g) agreements nationwide went from {first} to {then}."
    found = checker.check_text(text, published=month_or_day(MARCH)).conflicts
    assert [reason in one.reason for one in found] == [True] if reason else not found


@pytest.mark.parametrize(
    ("years", "verdict", "words"),
    [("11", "figure_fits", "at 1,000,000 a year is 11 years"), ("5", "cannot_tell", "a year is 11 years, not 5")],
)
def test_how_long_a_total_takes_at_a_rate_is_worked_out(checker: Checker, years: str, verdict: str, words: str) -> None:
    text = f"At 1 million removals a year, 11 million removals take {years} years."
    one = answers(checker, MARCH, text)[-1]
    assert one.verdict == verdict and words in one.reason, (one.verdict, one.reason)


def test_a_figure_that_is_the_records_own_is_not_said_to_be_rounded(checker: Checker) -> None:
    one = answers(checker, MARCH, "Texas has 320 287(g) agreements.")[0]
    assert one.verdict == "supported" and not any("to the precision" in note for note in one.notes), one.notes
