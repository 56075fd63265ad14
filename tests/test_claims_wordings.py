"""Declared forms of plainer words, datelines, days a year ago, and clauses whose subject is nobody of public life.

The sentences are synthetic. Each form is tried with a right and a wrong figure and with a word that no form knows; of
the last none may come out supported or contradicted.
"""

import re
from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.rewording.wordings import forms

FIRM = {"supported": "+", "supported_if": "+", "arithmetic_holds": "+", "contradicted": "-", "was_true": "-",
        "became_true": "-", "arithmetic_fails": "-"}  # fmt: skip


def marks(checker: Checker, text: str, day: str) -> str:
    """The verdicts on a text in the order of its claims: + for, - against, ? neither."""
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    return "".join(FIRM.get(one.verdict, "?") for one in found)


WORDED = [
    ("2026-03-04", "Georgia’s 57 agreements break down this way: 14 for jail enforcement, 23 for warrant service and "
     "20 for task forces.", "++++"),
    ("2026-03-04", "Georgia’s 57 agreements break down this way: 14 for jail enforcement, 23 for warrant service and "
     "30 for task forces.", "+++-"),
    ("2026-04-03", "About 215 agencies have signed at least two kinds of agreement, and about 40 have collected the "
     "full "
     "set.", "++"),
    ("2026-04-03", "About 215 agencies have signed at least two kinds of agreement, and about 60 have collected the "
     "full "
     "set.", "+-"),
    ("2026-05-07", "More than half of Arkansas’ 75 sheriffs, 41 to be precise, are enrolled.", "++"),
    ("2026-05-07", "More than half of Arkansas’ 75 sheriffs, 51 to be precise, are enrolled.", "+-"),
    ("2025-09-29", "Sheriff’s offices account for more than 500 of the 858 agencies, or about 6 in 10.", "+++"),
    ("2025-09-29", "Sheriff’s offices account for more than 500 of the 858 agencies, or about 8 in 10.", "++-"),
    ("2026-01-25", "ICE struck two agreements from its list in the past week and added none, leaving the total at "
     "1,314.",
     "+++"),
    ("2026-01-25", "ICE struck two agreements from its list in the past week and added none, leaving the total at "
     "1,414.",
     "++-"),
    ("2026-04-28", "Florida’s slice of the national total has shrunk from about half in mid-March of last year to "
     "about "
     "a fifth.", "++"),
    ("2026-04-28", "Florida’s slice of the national total has shrunk from about half in mid-March of last year to "
     "about "
     "a third.", "+-"),
    ("2026-03-02", "Ohio agencies have 19 agreements with ICE, one fewer than Indiana’s and 12 more than Michigan’s.",
     "+++"),
    ("2026-03-02", "Ohio agencies have 19 agreements with ICE, one fewer than Indiana’s and five more than "
     "Michigan’s.",
     "++-"),
    ("2026-01-05", "Texas added 100 agreements between Labor Day and New Year’s Eve, more than any other state, going "
     "from 159 to 259.", "+++"),
    ("2025-06-10", "The Niagara County sheriff signed two agreements on consecutive days, May 7 and 8.", "+"),
    ("2025-06-10", "The Niagara County sheriff signed two agreements on consecutive days, May 27 and 28.", "-"),
    ("2025-09-02", "Waupaca County, Wisconsin, which joined on April 2, was off ICE’s list by Aug. 12.", "++"),
    ("2025-09-02", "Waupaca County, Wisconsin, which joined on May 2, was off ICE’s list by Aug. 12.", "-+"),
    ("2025-10-21", "SALT LAKE CITY — Neither Salt Lake County’s sheriff nor Salt Lake City’s police are in the "
     "program, but the "
     "sheriff in Utah County signed a pair of agreements July 24.", "+++"),
]  # fmt: skip

FURTHER = [
    ("2026-05-05", "April was the program’s busiest month of the year, with more than 150 signings.", "++"),
    ("2026-05-05", "April was the program’s busiest month of the year, with more than 250 signings.", "+-"),
    ("2026-05-05", "March was the program’s busiest month of the year.", "-"),
    ("2026-05-05", "More agreements were signed in April than in any other month this year.", "+"),
    ("2026-05-05", "More agreements were signed in March than in any other month this year.", "-"),
    ("2026-05-05", "April may be the program’s busiest month of the year.", ""),
    ("2026-03-25", "The number of agreements in Louisiana has not changed since New Year’s Day.", "+"),
    ("2026-03-25", "The number of agreements in Texas has not changed since New Year’s Day.", "-"),
    ("2026-03-31", "Utah hasn’t gained or lost an agreement since November.", "+"),
    ("2026-03-31", "Texas hasn’t gained or lost an agreement since November.", "-"),
    ("2026-03-31", "Utah hasn’t reportedly gained or lost an agreement since November.", ""),
    ("2024-10-15", "Not one new agreement has been signed since Biden’s inauguration.", "+"),
    ("2025-10-15", "Not one new agreement has been signed since Biden’s inauguration.", "?"),
    ("2026-05-08", "New Hampshire accounts for 15 of New England’s 16 agreements.", "++"),
    ("2026-05-08", "New Hampshire accounts for 12 of New England’s 16 agreements.", "-+"),
    ("2024-11-20", "As mentioned on the agency’s website, ICE has 135 agreements with agencies in 21 states.", "++"),
    ("2024-11-20", "As mentioned on the agency’s website, ICE has 145 agreements with agencies in 21 states.", "-+"),
    ("2024-11-20", "As imagined on the agency’s website, ICE has 135 agreements with agencies in 21 states.", "??"),
    ("2025-03-10", "The Tampa Police Department in Florida signed an agreement on Feb. 28, and the mayor said "
     "residents support the officers.", "+"),
    ("2025-03-10", "The Tampa Police Department in Florida signed an agreement on March 3, and the mayor said "
     "residents support the officers.", "-"),
    ("2025-03-10", "The Tampa Police Department in Florida signed an agreement on Feb. 28, but the mayor tore it up.",
     "?"),
    ("2025-03-10", "The Tampa Police Department in Florida signed an agreement on Feb. 28, and pigs fly.", "?"),
    ("2025-03-10", "The Tampa Police Department in Florida signed an agreement on Feb. 28, and the sheriff withdrew "
     "from it.", "??"),
    ("2025-03-10", "The Tampa Police Department in Florida has an agreement, and the mayor has vetoed the contract.",
     "?"),
    ("2025-03-10", "The Tampa Police Department in Florida has an agreement, and the mayor said it was forged.", "?"),
    ("2025-09-02", "Waupaca County, Wisconsin, which never joined on April 2, was off ICE’s list by Aug. 12.", "??"),
    ("2026-01-12", "Arizona has nine agencies in the program, and just one of them, the Yuma County Sheriff’s Office, "
     "can fly.", "???"),
    ("2026-05-05", "April was hardly the program’s busiest month of the year.", ""),
    ("2026-05-05", "April was the program’s busiest month of the year in Texas.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), FURTHER)
def test_further_forms_right_false_and_hostile(checker: Checker, day: str, text: str, expected: str) -> None:
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert marks(checker, text, day) == expected or (
        not expected and not set(marks(checker, text, day)) & {"+", "-"}
    ), [(one.claim.span, one.verdict, one.reason) for one in found]


@pytest.mark.parametrize(("day", "text", "expected"), WORDED)
def test_a_form_says_what_the_plain_words_say(checker: Checker, day: str, text: str, expected: str) -> None:
    found = checker.check_text(text, published=date.fromisoformat(day)).answers
    assert marks(checker, text, day) == expected, [(one.claim.span, one.verdict, one.reason) for one in found]
    for one in found:
        if one.claim.figure:
            span = one.claim.figure.span
            assert text[span.start : span.end].strip() == one.claim.figure.said.strip()


@pytest.mark.parametrize(("day", "text", "expected"), WORDED)
@pytest.mark.parametrize("word", ["allegedly", "barely", "hypothetical"])
def test_a_word_that_no_form_knows_withholds(checker: Checker, day: str, text: str, expected: str, word: str) -> None:
    verb = re.search(r"\b(?:break|have|are|account|struck|has|added|signed|was)\b", text)
    assert verb is not None
    hostile = f"{text[: verb.start()]}{word} {text[verb.start() :]}"
    found = marks(checker, hostile, day)
    assert found.count("+") + found.count("-") < len(expected)


DATELINED = [
    ("2025-11-17", "MEMPHIS, Tenn. — The Shelby County sheriff signed on Nov. 4.", "+"),
    ("2025-11-17", "MEMPHIS, Tenn. — The Shelby County sheriff signed on Nov. 14.", "-"),
    ("2025-11-17", "MEMPHIS — The Shelby County sheriff signed on Nov. 4.", "+"),
    ("2025-11-17", "WASHINGTON — The Shelby County sheriff signed on Nov. 4.", "?"),
    ("2025-11-17", "SPRINGFIELD — The Shelby County sheriff signed on Nov. 4.", "?"),
    ("2025-11-17", "The Shelby County sheriff signed on Nov. 4.", "?"),
    ("2025-05-30", "WELLS, Maine — Police here signed an agreement on April 2.", "+"),
    ("2025-05-30", "WELLS, Maine — Police here signed an agreement on April 12.", "-"),
    ("2026-02-10", "In Georgia, Fulton and Hall counties have agreements.", "-+"),
    ("2025-05-06", "Fairfax County has no agreement.", "+"),
    ("2025-07-10", "Spartanburg County, South Carolina, signed a jail agreement on April 2.", "?"),
]


@pytest.mark.parametrize(("day", "text", "expected"), DATELINED)
def test_a_dateline_is_where_a_county_is(checker: Checker, day: str, text: str, expected: str) -> None:
    assert marks(checker, text, day) == expected


TIMES = [
    ("2026-04-03", "Kentucky has 42 agreements, more than five times as many as it had a year ago today.", "++"),
    ("2026-04-03", "Kentucky has 42 agreements, more than six times as many as it had a year ago today.", "+-"),
    ("2026-05-08", "Thirty-two Louisiana agencies now participate, up from two at this time last year.", "++"),
    ("2026-05-08", "Thirty-two Louisiana agencies now participate, up from eight at this time last year.", "+-"),
    ("2026-05-05", "ICE signed more than 170 agreements in April. Last August, by comparison, there were more than "
     "120.",
     "+-"),
    ("2026-05-05", "ICE signed more than 170 agreements in April. Last August, by comparison, there were more than "
     "80.",
     "++"),
    ("2026-01-16", "ICE’s agreements reached 39 states by the new year.", "+"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), TIMES)
def test_a_year_ago_today_is_that_day(checker: Checker, day: str, text: str, expected: str) -> None:
    assert marks(checker, text, day) == expected


CLAUSES = [
    "and pigs will fly", "as the law of gravity demands", "though every sheriff must first approve his",
    "and the moon is made of cheese", "and black is white", "and Elvis lives", "and unicorns guard the border",
    "though ICE must first countersign", "as the governor’s horoscope predicts", "and the pope is Methodist",
    "and money grows on trees", "and the earth is flat", "and my uncle is a teapot", "and water runs uphill",
    "while the governor’s pants are on fire", "because the mapmaker sneezed", "though the ink has yet to dry",
    "as a fortune cookie predicted", "and cows jump over the moon", "as the party line demands", "and I am the Queen",
    "and fish ride bicycles", "while frogs wear crowns", "though clocks melt", "and dragons pay taxes",
    "as tea leaves foretold", "because the tooth fairy counted", "and stones weep", "yet shadows sing",
]  # fmt: skip


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("figure", ["344", "351"])
def test_a_clause_of_nobody_in_public_life_withholds(checker: Checker, clause: str, figure: str) -> None:
    found = marks(checker, f"Florida has {figure} agreements, {clause}.", "2026-03-18")
    assert not set(found) & {"+", "-"}


@pytest.mark.parametrize("who", ["a notorious fabulist", "a convicted swindler", "a serial exaggerator", "a satirist"])
@pytest.mark.parametrize("figure", ["344", "351"])
def test_a_speaker_who_is_no_witness_withholds(checker: Checker, who: str, figure: str) -> None:
    for text in (f"Bob Smith, {who}, says Florida has {figure} agreements.",
                 f"Florida has {figure} agreements, Bob Smith, {who}, says."):  # fmt: skip
        assert not set(marks(checker, text, "2026-03-18")) & {"+", "-"}
    plain = marks(checker, f"Bob Smith, a Republican from Ocala, says Florida has {figure} agreements.", "2026-03-18")
    assert plain == {"344": "+", "351": "-"}[figure]


def test_every_form_has_its_word_and_its_groups() -> None:
    for form in forms():
        assert all(word == word.lower() for word in form.has)
        for said in (form.said, *form.also):
            for group in re.findall(r"\{(\w+)", said):
                assert group in form.pattern.pattern, (form.pattern.pattern, group)


NATURAL = [
    ("Only two states, Texas and Florida, have more than 300 agreements.", "+"),
    ("Three states — Texas, Florida and Ohio — have more than 90 agreements.", "-"),
    ("Missouri’s 98 agreements make it the third-busiest state, behind Texas and Florida.", "++"),
    ("Missouri’s 98 agreements make it the second-busiest state in the program.", "-+"),
    (
        "There are 1,783 agreements, more than 13 times the 135 that existed when Donald Trump returned to office.",
        "+++",
    ),
    ("There are 1,783 agreements, more than 15 times the 140 in place when Donald Trump returned to office.", "+--"),
    ("Texas began Trump’s second term with 26 agreements and ended the year with 259, a tenfold increase.", "+++"),
    ("Texas began Trump’s second term with 26 agreements and ended the year with 300.", "+-"),
    ("About 185 agencies in Texas run task forces under the program.", "+"),
    ("Fewer than 40 agencies in Texas run task forces.", "-"),
    ("West Virginia’s 36 agreements are all but one with the task force model.", "++"),
    ("Colorado has a single partner left, the Teller County Sheriff’s Office.", "++"),
    ("Maryland has a single partner left, the Garrett County Sheriff’s Office.", "-+"),
    ("21 percent of the agreements are with agencies in Texas and 45 percent are in Florida.", "+-"),
    ("Nationally, 21 percent of the agreements were with agencies in Texas, and 19 percent were in Florida.", "++"),
    ("Texas went from 26 agreements in January 2025 to 259 in December 2025, a fivefold increase.", "++-"),
]


@pytest.mark.parametrize(("text", "expected"), NATURAL)
def test_what_papers_write_is_read_in_plainer_words(checker: Checker, text: str, expected: str) -> None:
    assert marks(checker, text, "2026-05-08") == expected


def test_a_multiple_follows_from_the_counts_of_its_own_state(checker: Checker) -> None:
    text = (
        "Texas went from 26 agreements in January to 259 in December, a {} increase, while Florida went from 48 to 339."
    )
    for said, verdict in (("tenfold", "arithmetic_holds"), ("sevenfold", "arithmetic_fails")):
        found = checker.check_text(text.format(said), published=date(2025, 12, 31)).answers
        assert [one.verdict for one in found if one.claim.shape == "multiple"] == [verdict]
