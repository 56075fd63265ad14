"""The grammar of sentences: what is parsed completely, what it means, and what makes a parse fail.

Synthetic sentences of May 8, 2026; what is right is counted from the record here, by the index that answers use.
"""

from datetime import date
from itertools import product

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Claim, Days, Span
from ledger287.factcheck.grammar.grammar_answers import read
from ledger287.factcheck.measures.index import Scope
from ledger287.factcheck.parse.parsing import parse
from ledger287.factcheck.text.sentences import Sentence

DAY = date(2026, 5, 8)


def meanings(text: str, home: str | None = None) -> list[tuple[Claim, ...]]:
    sentence = Sentence(Span(0, len(text)), text, None, False, 0)
    return read(parse(sentence), Background(Days(DAY, DAY), (2021, 2026), home=home))


def counted(checker: Checker, unit: str, scope: Scope, day: date = DAY) -> int:
    return checker.index.series(unit, scope)[checker.index.window(day, day)[-1]]


def verdicts(checker: Checker, text: str) -> dict[float, str]:
    answers = checker.check_text(text, published=DAY).answers
    return {round(one.claim.figure.value, 2): one.verdict for one in answers if one.claim.figure}


READ = [
    ("Texas has {} agreements under 287(g).", "agreements", Scope(("TX",))),
    ("There are {} 287(g) agreements in Texas.", "agreements", Scope(("TX",))),
    ("In Texas, {} 287(g) agreements are in force.", "agreements", Scope(("TX",))),
    ("Of the 1,783 287(g) agreements, {} are with sheriffs.", "agreements", Scope((), None, "sheriffs")),
    ("Of Kansas' 34 287(g) agreements, {} are with sheriffs.", "agreements", Scope(("KS",), None, "sheriffs")),
    ("Florida had 346 287(g) agreements on May 8 and Texas {}.", "agreements", Scope(("TX",))),
    ("ICE had signed 1,783 287(g) agreements with {} agencies.", "agencies", Scope()),
    ("Florida has 346 287(g) agreements, {} of them under the task force model.", "agreements", Scope(("FL",), "TFM")),
]


@pytest.mark.parametrize(("text", "unit", "scope"), READ, ids=lambda value: str(value)[:50])
def test_a_number_is_right_of_what_its_sentence_says_and_wrong_elsewhere(
    checker: Checker, text: str, unit: str, scope: Scope
) -> None:
    right = counted(checker, unit, scope)
    assert meanings(text.format(f"{right:,}")), "not parsed"
    assert verdicts(checker, text.format(f"{right:,}"))[right] == "supported"
    wrong = right // 3 + 5
    assert verdicts(checker, text.format(f"{wrong:,}"))[wrong] not in ("supported", "supported_if")


def test_a_share_of_a_states_own_is_of_that_state(checker: Checker) -> None:
    own, all_ = counted(checker, "agreements", Scope(("FL",), "TFM")), counted(checker, "agreements", Scope(("FL",)))
    share = round(100 * own / all_)
    for text in (
        "In Florida, task force agreements make up {}% of the 287(g) agreements.",
        f"Florida has {all_} 287(g) agreements, {{}}% of them under the task force model.",
        "{}% of Florida's 287(g) agreements are under the task force model.",
    ):
        assert verdicts(checker, text.format(share))[share] == "supported", text
        assert verdicts(checker, text.format(share - 30))[share - 30] == "contradicted", text


def test_what_a_series_leaves_out_is_taken_from_the_part_before_it(checker: Checker) -> None:
    text = "Texas signed {} 287(g) agreements this year and Florida {}."
    days = Days(date(2026, 1, 1), DAY)
    texas, florida = (checker.index.signed(days.first, days.last, Scope((state,))) for state in ("TX", "FL"))
    assert verdicts(checker, text.format(texas, florida)) == {texas: "supported", florida: "supported"}
    other = florida + 40
    assert verdicts(checker, text.format(texas, other))[other] == "contradicted"


SUBJECTS = ("Texas has {} {}", "There are {} {} in Texas", "In Texas, {} {} are in force", "Texas counts {} {}",
            "ICE lists {} {} in Texas", "{} {} are in place in Texas", "Texas is home to {} {}")  # fmt: skip
THINGS = ("287(g) agreements", "agreements under 287(g)", "287(g) agreements with ICE", "active 287(g) agreements")
CLOSES = ("", ", according to ICE", ", ICE data show", " as of May 8", ", federal records show")


def test_every_wording_of_one_measure_has_one_verdict(checker: Checker) -> None:
    right = counted(checker, "agreements", Scope(("TX",)))
    for subject, thing, close in product(SUBJECTS, THINGS, CLOSES):
        for value, verdict in ((right, "supported"), (right + 60, "contradicted")):
            text = subject.format(value, thing) + close + "."
            claims = meanings(text)
            assert claims, f"not parsed: {text}"
            assert {(one.where.states, one.model, one.shape) for way in claims for one in way} == {
                (("TX",), None, "count")
            }
            if close in CLOSES[:2] and thing == THINGS[0]:
                assert verdicts(checker, text)[value] == verdict, text


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("Texas has {} 287(g) agreements.", "Texas does not have {} 287(g) agreements."),
        ("Texas has {} 287(g) agreements.", "Texas never had {} 287(g) agreements."),
        ("Texas has {} 287(g) agreements.", "Georgia has {} 287(g) agreements."),
        ("Texas has {} 287(g) agreements.", "Texas has {} 287(g) agreements under the jail enforcement model."),
        ("Texas has {} 287(g) agreements.", "Texas has {} pending 287(g) agreements."),
        ("Texas has {} 287(g) agreements.", "Texas had {} 287(g) agreements on May 8, 2025."),
        ("Texas has {} 287(g) agreements.", "Texas may have {} 287(g) agreements."),
    ],
)
def test_what_turns_a_sentence_changes_its_verdict_or_withdraws_it(checker: Checker, said: str, turned: str) -> None:
    right = counted(checker, "agreements", Scope(("TX",)))
    assert verdicts(checker, said.format(right))[right] == "supported"
    assert verdicts(checker, turned.format(right))[right] not in ("supported", "supported_if")


@pytest.mark.parametrize(
    "text",
    [
        "Texas has 380 287(g) agreements, up from 390 in January.",
        "The number of 287(g) agreements rose from 1,783 in May 2025 to 600.",
        "Texas signed the most 287(g) agreements of any state.",
        "Throughout 2025, there were 900 287(g) agreements.",
        "In Texas, Florida had 380 287(g) agreements.",
        "In March, there were 317 287(g) agreements in Texas in April.",
        "Texas has 380 287(g) agreements since January.",
        "Texas and Florida have 380 287(g) agreements.",
    ],
)
def test_a_sentence_that_contradicts_itself_or_leaves_a_part_open_is_not_parsed(text: str) -> None:
    assert not meanings(text)


def test_readings_that_differ_are_not_answered_firmly(checker: Checker) -> None:
    text = "Texas has 380 287(g) agreements, and 250 agencies take part."
    ways = meanings(text)
    assert {one.where.states for way in ways for one in way if one.unit == "agencies"} == {("TX",), ()}
    assert verdicts(checker, text)[250] == "cannot_tell"


def test_a_number_without_a_noun_among_several_is_not_called_wrong(checker: Checker) -> None:
    text = "Texas has 380 287(g) agreements and Florida 346, up from 259 and 34."
    assert verdicts(checker, text)[34] == "cannot_tell"


@pytest.mark.parametrize("word", ["allegedly", "almost", "hardly", "not", "purple", "once", "other", "again", "former"])
def test_a_word_that_is_in_no_rule_makes_the_parse_fail(word: str) -> None:
    text = "In Texas , 380 287(g) agreements are in force under the task force model ."
    assert meanings(text)
    words = text.split()
    for at in range(len(words)):
        said = " ".join([*words[:at], word, *words[at:]])
        if word == "almost" and words[at] == "380":
            continue  # a hedge in this place
        assert not meanings(said), said


def test_no_way_of_a_rule_names_what_there_is_not() -> None:
    from ledger287.factcheck.grammar.actions import ACTIONS
    from ledger287.factcheck.grammar.rules import grammar

    used = {way.action for ways in grammar().ways.values() for way in ways if way.action}
    assert used == set(ACTIONS)
