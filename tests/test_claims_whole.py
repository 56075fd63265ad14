"""Only a sentence that was read completely gets a firm verdict: words put in at random, qualifiers, the account."""

import random

import pytest

from drawing import draws
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.measures.evaluating import points
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.measures import Point, Reading
from ledger287.factcheck.report import as_html
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Checked

FIRM = {"supported", "contradicted", "arithmetic_holds", "arithmetic_fails"}
SENTENCES = (
    ("2025-08-14", "ICE has 895 agreements under the 287(g) program.", "supported"),
    ("2025-08-14", "ICE has 995 agreements under the 287(g) program.", "contradicted"),
    ("2025-08-20", "In Florida, 317 agreements under 287(g) were in force on August 14, 2025.", "supported"),
    (
        "2025-08-20",
        "As of August 14, 2025, 1,740 agencies in the country had joined the 287(g) program.",
        "contradicted",
    ),
    (
        "2026-05-08",
        "ICE has 1,783 agreements with law enforcement agencies nationwide, according to the agency.",
        "supported",
    ),
    ("2025-08-14", "Texas has 237 agreements under the 287(g) program.", "contradicted"),
)
"""Synthetic sentences, each with the verdict of its one figure."""
TEXT = (
    "purple allegedly former half twice only nearly-forgotten rural armed denied perhaps seldom unsigned "
    "expired draft secret fake supposedly elsewhere abroad except minus beyond unless until hardly barely "
    "never not no without other another every both first last second next remaining still again "
    "yet-unsigned proposed planned hoped wished might could should would must if whether though against "
    "despite beside contrary opposite wrong untrue disputed rumored canceled lapsed dormant idle "
    "county-level tribal coastal border democratic republican small large most few many several some "
    "dozens hundreds thousands seven forty 1999 2030 Ohio Alaska Maryland Guam Monday yesterday tomorrow "
    "banana river chair window thunder velvet marble trombone lantern orchard whisper gallop umbrella "
    "saffron meadow kettle anchor pebble "
)
WORDS = TEXT.split()
"""Words of which each, put into a sentence, may change what it says or leaves it without sense."""


TAKEN = {"place", "time", "figure", "hedge", "rank", "what happened"}
"""What a word may be read as where the verdict remains firm: it is then part of another claim, which was checked."""


def check(checker: Checker, text: str, day: str) -> Checked:
    return checker.check(read_article(text.encode(), "synthetic", month_or_day(day)))


@pytest.mark.parametrize(("day", "text", "verdict"), SENTENCES)
def test_a_sentence_that_is_read_whole_is_decided(checker: Checker, day: str, text: str, verdict: str) -> None:
    answers = check(checker, text, day).answers
    assert [answer.verdict for answer in answers if answer.claim.figure] == [verdict]
    assert all(answer.account.whole for answer in answers)


@pytest.mark.parametrize(("day", "text", "verdict"), SENTENCES)
def test_a_word_put_in_at_random_never_leaves_a_firm_verdict_unless_it_is_read(
    checker: Checker, day: str, text: str, verdict: str
) -> None:
    del verdict
    chance = random.Random(text)
    words = text.split()
    for word in WORDS:
        for place in chance.sample(range(1, len(words)), 3)[: draws(3, 1)]:
            changed = " ".join([*words[:place], word, *words[place:]])
            for answer in check(checker, changed, day).answers:
                if answer.verdict not in FIRM:
                    continue
                read = {part.role for part in answer.account.parts if word.lower() in part.said.lower().split()}
                assert read & TAKEN, (changed, answer.verdict, read)


QUALIFIERS = (
    "unsigned", "draft", "former", "allegedly", "rural", "other", "no longer", "not", "may have", "proposed",
    "all but",
    "never", "would have", "unless", "tribal", "armed",
)  # fmt: skip


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_one_qualifier_that_is_not_understood_withdraws_the_verdict(checker: Checker, qualifier: str) -> None:
    for figure in (895, 995):
        for text in (
            f"ICE has {qualifier} {figure} agreements under the 287(g) program.",
            f"ICE {qualifier} has {figure} agreements under the 287(g) program.",
            f"ICE has {figure} {qualifier} agreements under the 287(g) program.",
        ):
            verdicts = {answer.verdict for answer in check(checker, text, "2025-08-14").answers}
            assert not verdicts & FIRM, (text, verdicts)


def test_agreements_left_are_those_that_remain(checker: Checker) -> None:
    answers = check(
        checker, "Maryland has two agreements left, in Garrett and Washington counties.", "2026-04-02"
    ).answers
    assert {answer.verdict for answer in answers} == {"supported"}
    assert {answer.claim.where.states for answer in answers} == {("MD",)}


def test_what_was_read_as_what_is_shown(checker: Checker) -> None:
    text = "In Florida, 317 purple agreements under 287(g) were in force on August 14, 2025."
    checked = check(checker, text, "2025-08-20")
    (claim,) = checked.as_json()["claims"]
    assert claim["verdict"] == "figure_fits"
    roles = {part["said"]: part["role"] for part in claim["read"]}
    assert roles["Florida"] == "place"
    assert roles["on August 14, 2025"] == "time"
    assert [part["said"] for part in claim["unread"]] == ["purple"]
    for part in (*claim["read"], *claim["unread"]):
        assert text[slice(*part["span"])] == part["said"]
    assert "not read: purple" in as_html(checked)


def test_the_exit_of_a_withdrawn_verdict_is_not_against(checker: Checker) -> None:
    assert check(checker, "ICE has 995 purple agreements under the 287(g) program.", "2025-08-14").against == 0


def test_a_long_text_takes_time_in_proportion_to_its_length(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a figure may be of, state by state, is counted once for all the sentences that repeat it."""
    counted: list[Reading] = []

    def count(reading: Reading, index: Index) -> list[Point]:
        counted.append(reading)
        return points(reading, index)

    monkeypatch.setattr("ledger287.factcheck.verdicts.withheld.abstaining.points", count)
    work = []
    for times in (10, 40):
        counted.clear()
        checker.index.kept.pop("values by state", None)
        found = check(checker, "There were 12 agreements under 287(g). " * times, "2025-08-14")
        assert [answer.verdict for answer in found.answers] == ["cannot_tell"] * times
        work.append(sum(len(one.scope.states) for one in counted))
    assert work[0] == work[1] > 0


def test_a_sentence_that_is_too_long_is_not_read_and_the_text_says_so(checker: Checker) -> None:
    long = "Under 287(g), " + "Texas, Florida, " * 200 + "and others signed. "
    found = check(checker, long + "ICE has 895 agreements under the 287(g) program.", "2025-08-14")
    assert [answer.verdict for answer in found.answers] == ["supported"]
    assert any("was not read" in note and "Under 287(g), Texas" in note for note in found.notes)
