"""Claims that no list holds: answered by pages, rosters and dated figures, and "as stated" is never "supported"."""

from datetime import date

import pytest

from ledger287.core.problem import Refused
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.measures.figures import figures_for
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.stating import patterns
from ledger287.sources.figures.reading import figures, read_figures


def first(checker: Checker, text: str, published: date | None = date(2025, 8, 29)) -> Answer:
    answers = checker.check_text(text, published=published).answers
    assert answers, text
    return answers[0]


STATED = [
    ("There were 35 agreements when Trump took office in 2017.", "GAO"),
    ("More than $500 million from the One Big Beautiful Bill will go to 287(g) partnerships.", "DHS"),
    ("ICE has around 6,000 deportation agents nationwide.", "DHS"),
    ("Roughly 14 million undocumented people live in the U.S. illegally.", "Washington Examiner"),
    (
        "State troopers have encountered roughly 3,600 migrants at traffic stops and turned them over.",
        "a Florida official",
    ),
    ("Two Justice Department investigations found a pattern of violations.", "DOJ"),
    ("In August 2012, 64 agreements were in force.", "DHS OIG"),
    ("In 2018 there were 76 agencies in the program.", "DHS OIG"),
    ("The goal of 1 million arrests drives the program.", "Washington Examiner"),
    ("About 14 million immigrants lack legal status.", "Washington Examiner"),
    ("Florida Highway Patrol troopers handed over more than 3,600 immigrants to ICE.", "a Florida official"),
    ("The administration wants to deport one million people a year.", "news reports"),
    ("The goal is one million arrests in a year.", "Washington Examiner"),
    ("Trump's goal is a million deportations annually.", "news reports"),
    ("ICE would have to deport more than 2,700 people a day.", "news reports"),
    ("More than $500 million will go to the 287(g) program.", "DHS"),
    ("When Donald Trump was inaugurated in January 2017, just 35 agencies had 287(g) agreements.", "GAO"),
    ("When Trump took office for the first time, 35 agencies had 287(g) agreements.", "GAO"),
    ("DHS promised over $500 million for 287(g) partners.", "DHS"),
]


@pytest.mark.parametrize(("text", "by"), STATED, ids=lambda value: value[:40])
def test_what_only_a_source_says_is_as_stated(checker: Checker, text: str, by: str) -> None:
    answer = first(checker, text)
    assert answer.verdict == "as_stated"
    assert answer.reason.startswith(f"as stated by {by} on ")
    assert answer.citations and answer.settles


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Collier County joined the 287(g) program in 2007.", "supported"),
        ("Collier County left the 287(g) program in 2011.", "contradicted"),
        ("The Maricopa County Sheriff's Office held a 287(g) agreement in 2010.", "supported"),
        ("The Maricopa County Sheriff's Office held a 287(g) agreement in 2016.", "cannot_tell"),
        ("Maricopa County lost its agreement in 2011.", "cannot_tell"),
        ("Loudoun County left the 287(g) program in August 2012.", "cannot_tell"),
        ("Frederick County, Maryland, signed a 287(g) agreement in 2008.", "supported"),
    ],
)
def test_agencies_before_the_lists_are_answered_by_pages(checker: Checker, text: str, verdict: str) -> None:
    answer = first(checker, text)
    assert answer.verdict == verdict
    assert answer.reason.startswith("by ICE's pages: ") and answer.evidence
    assert bool(answer.settles) == (verdict == "cannot_tell")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Collier County has had a 287(g) agreement since 2007.", "not_in_record"),
        ("Frederick County, Maryland, has been in the 287(g) program since 2008.", "not_in_record"),
        ("Frederick County, Maryland, has been in the 287(g) program since 2005.", "cannot_tell"),
    ],
)
def test_a_beginning_before_the_lists_is_answered_by_pages_and_lists(checker: Checker, text: str, verdict: str) -> None:
    answer = first(checker, text)
    assert answer.verdict == verdict
    assert answer.reason.startswith("by ICE's pages and lists: ") and answer.evidence
    unlisted = "there is no page and no list" in " ".join(answer.notes)
    assert unlisted == (verdict == "not_in_record")
    ended = first(checker, "Frederick County, Maryland, has been in the 287(g) program since 2008.", date(2026, 4, 1))
    assert ended.verdict == "was_true" and "no longer on February 17, 2026" in ended.reason


def test_a_member_that_the_newest_list_lacks_is_not_judged_by_the_list_before(checker: Checker) -> None:
    answer = first(checker, "Alamance County had been in the 287(g) program since 2007.")
    assert answer.verdict == "cannot_tell" and "the newest by the story's day" in answer.reason


def test_each_figure_of_one_sentence_is_answered(checker: Checker) -> None:
    text = "With the goal of 1 million arrests and roughly 14 million illegal immigrants living here, it takes years."
    answers = checker.check_text(text, published=date(2025, 8, 29)).answers
    assert [one.claim.topic for one in answers if one.verdict == "as_stated"] == [
        "goal-of-arrests",
        "people-without-status",
    ]


def test_sources_that_differ_are_all_shown(checker: Checker) -> None:
    answer = first(checker, "There were 35 agreements when Trump took office in 2017.")
    assert any("36 agencies, DHS OIG" in note for note in answer.notes)
    assert {one.value for one in answer.evidence} == {34, 35, 36}


def test_what_a_page_gives_is_supported(checker: Checker) -> None:
    assert first(checker, "On August 1, 2017, 58 agreements were in force.").verdict == "supported"
    assert first(checker, "In 2016, the program had just 34 agreements.").verdict == "supported"


def test_what_no_page_or_source_gives(checker: Checker) -> None:
    wrong = first(checker, "In August 2012, 300 agreements were in force.")
    assert wrong.verdict == "contradicted"
    assert "64 to 68" in wrong.reason
    before = first(checker, "In 1998, 12 agreements were in force.")
    assert before.verdict == "not_in_record"


def test_the_most_that_ice_posted_for_a_day(checker: Checker) -> None:
    text = "The highest daily total that ICE has posted since Trump took office was 1,100."
    answer = first(checker, text, date(2025, 3, 5))
    assert answer.verdict == "contradicted"
    assert "1,179 arrests on January 27, 2025" in answer.reason
    assert answer.evidence[0].value == 1179 and any(one.value == 956 for one in answer.evidence)
    right = first(checker, "The highest single day total of arrests was 1,179.", date(2025, 3, 5))
    assert right.verdict == "as_stated"


def test_the_most_before_a_year_is_of_pages_and_lists(checker: Checker) -> None:
    answer = first(checker, "Before 2025 the most agreements ever in force was 150.")
    assert answer.evidence[0].value == 150
    assert answer.verdict in ("supported", "figure_fits")
    of_law = first(checker, "Before 2025, the most 287(g) agreements was 150.")
    figure = of_law.claim.figure
    assert figure is not None
    assert (figure.value, of_law.claim.topic) == (150, "most-before"), "287 is the section"
    assert first(checker, "Before 2025 the most agreements ever in force was 400.").verdict in (
        "contradicted",
        "cannot_tell",
    )


def test_more_than_is_not_right_of_every_larger_figure(checker: Checker) -> None:
    answer = first(checker, "More than $2 million from the One Big Beautiful Bill goes to 287(g).")
    assert answer.verdict == "cannot_tell"
    assert "no source in the record states this figure" in answer.reason


def test_what_changes_by_the_month_needs_a_day(checker: Checker) -> None:
    text = "ICE holds 70,766 people in detention under the 287(g) program."
    assert first(checker, text, date(2026, 2, 1)).verdict == "as_stated"
    assert first(checker, text, date(2024, 2, 1)).verdict != "as_stated"


def test_figures_for_puts_what_fits_and_what_is_near_first() -> None:
    found = figures_for(["arrests"], ["ICE arrests in a day"], when=date(2025, 1, 26))
    assert found[0].id == "arrests-2025-01-26"
    assert all(one.known_on <= date(2025, 1, 26) for one in found)


def test_every_declared_claim_has_figures() -> None:
    subjects, ids = {one.subject for one in figures()}, {one.id for one in figures()}
    for kind in patterns():
        assert set(kind.subjects) <= subjects, kind.id
        assert set(kind.figures) <= ids, kind.id
        assert kind.subjects or kind.figures


def test_a_figure_with_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match=r"own\.yml: .*month must be"):
        read_figures({"own.yml": "- {id: x, as_of: 2025-13-01}\n"})


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (
            "The Maricopa County Sheriff's Office in Arizona has had a 287(g) agreement since 2007.",
            "was_true",
            "signed February 7, 2007",
        ),
        (
            "The Davidson County Sheriff's Office in Tennessee has had a 287(g) agreement since 2007.",
            "was_true",
            "no longer on January 18, 2013",
        ),
        ("The Farmers Branch Police Department has had a 287(g) agreement since 2008.", "was_true", "July 8, 2008"),
        (
            "The Maricopa County Sheriff's Office has had a 287(g) agreement since 2005.",
            "cannot_tell",
            "February 7, 2007",
        ),
    ],
)
def test_a_beginning_of_an_agency_that_only_the_pages_have(
    checker: Checker, text: str, verdict: str, said: str
) -> None:
    answer = first(checker, text)
    assert answer.verdict == verdict and said in answer.reason, answer.reason
    assert "no list since January 12, 2021 has the agency" in answer.notes or verdict == "cannot_tell"


OIG, DOJ, GAO = "DHS OIG", "DOJ", "GAO"
FOUND = [
    ("In 2010 the inspector general found that many people met through 287(g) had minor or traffic offenses.", OIG),
    ("A 2010 watchdog report found that just 9% of those sampled in 287(g) had the most serious offenses.", OIG),
    ("A pair of inspector general reports in 2010 said most people in 287(g) had committed traffic offenses.", OIG),
    ("Congress gave half a billion dollars for 287(g) partnerships.", "DHS"),
    ("Some 500 million dollars of the One Big Beautiful Bill will go to 287(g) partners.", "DHS"),
    ("The Justice Department twice found that agencies with 287(g) agreements discriminated against Latinos.", DOJ),
    ("The Justice Department found in 2011 that Maricopa County's 287(g) sheriff engaged in racial profiling.", DOJ),
    ("The GAO found in 2009 that ICE lacked controls over the 287(g) program.", GAO),
    ("ICE ended its 287(g) task force agreements at the end of 2012.", "ICE"),
]
NOT_FOUND = [
    "A 2010 watchdog report found that 90% of those identified in 287(g) were violent felons.",
    "The inspector general issued five reports on 287(g) in 2010.",
    "The inspector general found in 2013 that most people met through 287(g) had minor offenses.",
    "The act gives five billion dollars to the 287(g) program.",
    "The Justice Department has three times found that 287(g) agencies discriminated against Latinos.",
    "The Justice Department found in 2015 that Maricopa County's 287(g) sheriff engaged in racial profiling.",
    "The Justice Department found in 2012 that Collier County's 287(g) sheriff discriminated against Latinos.",
    "ICE ended its 287(g) task force agreements at the end of 2010.",
    "The GAO found in 2014 that ICE lacked controls over the 287(g) program.",
    "ICE arrested 2,400 people in a single day in January 2025, as it grew 287(g).",
]


@pytest.mark.parametrize(("text", "by"), FOUND, ids=lambda value: value[:40])
def test_findings_and_sums_in_words_are_as_stated(checker: Checker, text: str, by: str) -> None:
    answers = checker.check_text(text, published=date(2025, 8, 29)).answers
    assert [one.verdict for one in answers] == ["as_stated"], [one.reason for one in answers]
    assert answers[0].reason.startswith(f"as stated by {by} on ")


@pytest.mark.parametrize("text", NOT_FOUND, ids=lambda value: value[:40])
def test_what_no_source_found_is_not_stated(checker: Checker, text: str) -> None:
    answers = checker.check_text(text, published=date(2025, 8, 29)).answers
    assert answers and {one.verdict for one in answers} == {"cannot_tell"}, [one.reason for one in answers]
    assert any("Other sources state: " in one.reason for one in answers)


@pytest.mark.parametrize(
    "text",
    [
        "The Justice Department never found a pattern of discrimination by a 287(g) agency.",
        "The inspector general found in 2010 that few people met through 287(g) had minor offenses.",
        "The first 287(g) agreement was signed with Texas in 2002.",
        "287(g) task forces were not ended in 2012.",
    ],
)
def test_the_contrary_of_a_finding_has_no_support(checker: Checker, text: str) -> None:
    for answer in checker.check_text(text, published=date(2025, 8, 29)).answers:
        assert answer.verdict not in ("as_stated", "supported") and answer.law_holds is not True, answer.reason


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Before 2025, the program peaked at 150 agreements.", "supported"),
        ("The most agreements ever before 2025 was 150.", "supported"),
        ("Before 2009, the most agreements was 41.", "supported"),
        ("Before 2025, the program peaked at 90 agreements.", "contradicted"),
        ("Before 2025, the most agreements in force was 152.", "cannot_tell"),
    ],
)
def test_the_most_before_a_year_is_answered(checker: Checker, text: str, verdict: str) -> None:
    assert first(checker, text).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "Before 2025, Florida's most agreements was 150.",
        "Before 2025, the most agreements in the South was 150.",
        "Before 2025, the most agreements that sheriffs held was 150.",
        "Before 2025, the most agreements signed in a year was 150.",
        "Before 2025, the most jail agreements was 150.",
    ],
)
def test_the_most_of_a_part_is_not_that_of_all(checker: Checker, text: str) -> None:
    verdicts = {one.verdict for one in checker.check_text(text, published=date(2025, 8, 29)).answers}
    assert not verdicts & {"supported", "figure_fits"}
