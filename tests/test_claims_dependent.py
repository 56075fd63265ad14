"""A count is supported only with what its sentence says further of what it counts: members, a part, a rank in time."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

SEPTEMBER, JANUARY, MAY = date(2025, 9, 12), date(2026, 1, 15), date(2026, 5, 8)


def verdicts(checker: Checker, text: str, day: date) -> dict[str, str]:
    return {one["said"]: one["verdict"] for one in checker.check_text(text, published=day).as_json()["claims"]}


@pytest.mark.parametrize(("text", "day", "said", "words"), [
    ("Ohio had nine agreements on Sept. 12, 2025, including those of Butler and Franklin counties.", SEPTEMBER,
     "nine agreements", "including those of Butler and Franklin counties"),
    ("New Hampshire had 15 agreements on May 8, 2026, including those of the Manchester, Nashua and Concord police "
     "departments.", MAY, "15 agreements", "Manchester"),
    ("North Carolina had 30 agreements on May 8, 2026, including 12 in South Carolina.", MAY, "30 agreements",
     "including 12 in South Carolina"),
    ("In April 2026, agencies signed 179 agreements, according to ICE's list, including 90 in Texas.", MAY,
     "179 agreements", "including 90 in Texas"),
    ("Ohio had 21 agreements on May 8, 2026, the oldest dating to 2008.", MAY, "21 agreements", "the oldest"),
    ("ICE had 1,783 agreements on May 8, 2026, the fewest since the president took office.", MAY, "1,783 agreements",
     "the fewest since the president took office"),
    ("Texas had 380 agreements on May 8, 2026, the first in Galveston in 1999.", MAY, "380 agreements", "the first"),
    ("New Hampshire had 12 agreements on Sept. 12, 2025, half of which were signed in 2020.", SEPTEMBER,
     "12 agreements", "half of which were signed in 2020"),
    ("Maryland had two agreements on May 8, 2026, both with city police departments.", MAY, "two agreements",
     "both with city police departments"),
    ("Two agencies in New Mexico had an agreement on May 8, 2026, both of them city police departments in the "
     "state's rural east, ICE's list shows.", MAY, "Two agencies", "both of them"),
    ("Texas had 380 agreements on May 8, 2026, the biggest haul of the spring.", MAY, "380 agreements",
     "the biggest haul of the spring"),
    ("Ohio had 21 agreements on May 8, 2026, said the sheriff, the first Republican in that office.", MAY,
     "21 agreements", "the first Republican in that office"),  # of a person: more is withheld than need be
    ("Ohio had 21 agreements on May 8, 2026, all with county sheriffs.", MAY, "21 agreements", "all with"),
])  # fmt: skip
def test_what_was_not_compared_keeps_the_count_from_support(
    checker: Checker, text: str, day: date, said: str, words: str
) -> None:
    answer = next(one for one in checker.check_text(text, published=day).as_json()["claims"] if one["said"] == said)
    assert answer["verdict"] == "figure_fits"
    assert words in answer["reason"]


@pytest.mark.parametrize(("text", "day", "said"), [
    ("ICE had 1,783 agreements on May 8, 2026, the most recent list shows.", MAY, "1,783 agreements"),
    ("ICE had 1,783 agreements on May 8, 2026, its latest list shows.", MAY, "1,783 agreements"),
    ("Florida had 346 agreements on May 8, 2026, and Texas had 380.", MAY, "346 agreements"),
    ("Texas had 380 agreements on May 8, 2026, the most of any state.", MAY, "380 agreements"),
])  # fmt: skip
def test_what_was_compared_or_is_no_such_statement_leaves_it(checker: Checker, text: str, day: date, said: str) -> None:
    found = verdicts(checker, text, day)
    assert found[said] == "supported"


@pytest.mark.parametrize(("text", "day", "said"), [
    ("On Jan. 15, 2026, Florida had 340 agreements and Texas 265, so the two states together held 605 of the "
     "1,316 nationwide, according to the federal immigration agency's list.", JANUARY,
     ("the two states", "605 of the 1,316")),
    ("Texas had 380 agreements on May 8, 2026, Florida 346, and the two states account for 726 of the 1,783 in the "
     "country.", MAY, ("the two states", "726 of the 1,783")),
    ("Texas, with 380 agreements, and Florida, with 346, accounted for 726 of the 1,783 on ICE's list of May 8, 2026.",
     MAY, ("726 of the 1,783",)),
    ("Georgia had 64 agreements on May 8, 2026 and Oklahoma also had 64, so the two states were tied.", MAY,
     ("the two states",)),
])  # fmt: skip
def test_states_named_before_are_not_counted_and_a_sum_of_them_is_not_the_last_ones(
    checker: Checker, text: str, day: date, said: tuple[str, ...]
) -> None:
    found = verdicts(checker, text, day)
    assert {one: found[one] for one in said} == dict.fromkeys(said, "cannot_tell")
    assert "contradicted" not in found.values()


def test_a_states_own_number_of_the_nations_is_contradicted_all_the_same(checker: Checker) -> None:
    found = verdicts(checker, "On May 8, 2026, Florida accounted for 726 of the 1,783 agreements.", MAY)
    assert "contradicted" in [verdict for said, verdict in found.items() if said.startswith("726")]


@pytest.mark.parametrize("text", [
    "Kenosha County Sheriff James Zoerner, whose signature was found to be invalid, signed a jail enforcement "
    "agreement on Jan. 7, 2026.",
    "Kenosha County Sheriff James Zoerner signed a jail enforcement agreement on Jan. 7, 2026, backdating it by "
    "three months.",
    "ICE had 1,783 agreements on May 8, 2026, though officials say the ink never dried.",
    "ICE had 1,783 agreements on May 8, 2026, because the clerk typed an extra digit.",
    "Kenosha County Sheriff James Zoerner signed a jail enforcement agreement on Jan. 7, 2026, and its sheriff swears "
    "he did not.",
    "The number of agreements in Pennsylvania rose to 89 on May 8, 2026, after ICE redefined the word to take in "
    "letters of support.",
])  # fmt: skip
def test_what_voids_or_dates_otherwise_is_not_passed_over(checker: Checker, text: str) -> None:
    assert "supported" not in verdicts(checker, text, MAY).values()


@pytest.mark.parametrize("text", [
    "Ohio has seven agreements, and Iowa, its neighbor, 22.",
    "ICE had 1,783 agreements on May 8, 2026, the fewest since the president took office.",
    "Florida had 346 agreements on May 8, 2026, more than any state but Texas, which had 380.",
])  # fmt: skip
def test_each_word_is_read_or_said_to_be_unread(checker: Checker, text: str) -> None:
    for one in checker.check_text(text, published=MAY).as_json()["claims"]:
        spans = [part["span"] for part in (*one["read"], *one["unread"])]
        at = 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word)
            bare = start + len(word) - len(word.lstrip("“(,"))
            assert any(first <= bare < last for first, last in spans), (one["said"], word)


@pytest.mark.parametrize("text", [
    "In Texas, 300 agencies participate, 65% of them sheriff's offices.",
    "In Texas, 300 agencies participate. About two-thirds of them are sheriff's offices.",
    "Ohio has 17 agencies in the program, fewer than a quarter of them sheriff's offices.",
    "Florida has 282 agencies in the program, under half of them police departments.",
    "Local police departments in 39 states have signed 287(g) agreements.",
    "Sheriffs in 37 states have signed 287(g) agreements.",
    "Constables in 206 Texas counties have signed 287(g) agreements.",
    "Sheriffs in 919 counties have signed 287(g) agreements.",
    "The Tarrant County Sheriff's Office, which holds a jail agreement, was joined in October by Bexar County.",
    "Florida's state police agency signed in July 2002 and Alabama's 14 months later; by September 2007 the number had "
    "reached 28.",
])  # fmt: skip
def test_what_may_be_of_a_kind_or_of_another_is_neither_supported_nor_contradicted(checker: Checker, text: str) -> None:
    claims = checker.check_text(text, published=MAY).as_json()["claims"]
    open_ = [one for one in claims if "leaves open" in one["reason"]]
    assert open_
    assert not [one for one in claims if one["verdict"] == "contradicted"]


@pytest.mark.parametrize(("text", "said"), [
    ("North Carolina has 30 agreements. The Mecklenburg County Sheriff's Office holds a 287(g) agreement.",
     "Mecklenburg County Sheriff's Office"),
])  # fmt: skip
def test_an_agency_of_another_state_does_not_answer_for_the_one_told_of(checker: Checker, text: str, said: str) -> None:
    assert verdicts(checker, text, MAY)[said] == "cannot_tell"


def test_a_county_is_found_whose_sheriff_is_named_without_the_word(checker: Checker) -> None:
    assert verdicts(checker, "Miami-Dade County has a 287(g) agreement.", MAY) == {"Miami-Dade County": "supported"}


def test_a_name_with_its_state_is_found_next_to_another_state(checker: Checker) -> None:
    text = "Wisconsin has 23 agreements, and the Virginia State Police had one until February."
    reasons = [one["reason"] for one in checker.check_text(text, published=MAY).as_json()["claims"]]
    assert not [one for one in reasons if "no agency named Virginia State Police" in one]


@pytest.mark.parametrize("verb", ["deny", "dispute"])
def test_no_figure_fits_what_is_denied(checker: Checker, verb: str) -> None:
    found = verdicts(checker, f"Critics {verb} that Missouri has 98 agreements.", MAY)
    assert "figure_fits" not in found.values() and "supported" not in found.values()
