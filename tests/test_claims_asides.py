"""Asides: what is said of a place, a person or the circumstances is open; the figure's clause is not."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from drawing import draws
from ledger287.core import declared
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.report import as_html
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Answer
from test_claims_whole import TAKEN, WORDS

FIRM = {"supported", "contradicted", "arithmetic_holds", "arithmetic_fails"}
ROLE = "an aside: says nothing of the count"
DAY = "2026-05-08"


def answers(checker: Checker, text: str, day: str = DAY) -> tuple[Answer, ...]:
    return checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers


def asides(answer: Answer) -> list[str]:
    return [part.said for part in answer.account.parts if part.role == ROLE]


READ = (
    ("Arkansas, home to Walmart, has {} agreements.", "home to Walmart"),
    ("Arkansas, a latecomer, has {} agreements.", "a latecomer"),
    ("Arkansas, where the rice harvest is underway, has {} agreements.", "where the rice harvest is underway"),
    ("Arkansas, whose governor once ran a talk show, has {} agreements.", "whose governor once ran a talk show"),
    ("Arkansas (known for its diamonds) has {} agreements.", "known for its diamonds"),
    ("Arkansas — population 3.1 million — has {} agreements.", "population 3.1 million"),
    ("In Arkansas, where pines grow tall, {} agreements are in force.", "where pines grow tall"),
    ("Although crowds filled the hearing room, Arkansas has {} agreements.", "Although crowds filled the hearing room"),
    ("While the mayor grumbles about traffic, Arkansas has {} agreements.", "While the mayor grumbles about traffic"),
    ("Despite a bruising winter, Arkansas has {} agreements.", "Despite a bruising winter"),
    ("There are {} agreements in sprawling Arkansas.", "sprawling"),
    ("Remarkably, Arkansas has {} agreements.", "Remarkably"),
    ("Sheriff Jane Roe, a Republican first elected in 2016, said Arkansas has {} agreements.",
     "a Republican first elected in 2016"),
    ("The sheriff, who keeps bees, said Arkansas has {} agreements.", "who keeps bees"),
    ("There are {} agreements in Arkansas, home to Walmart.", "home to Walmart"),
    ("Arkansas has {} agreements, a fact the governor likes to repeat.", "a fact the governor likes to repeat"),
    ("Arkansas has {} agreements, which has alarmed immigrant families.", "which has alarmed immigrant families"),
    ("Arkansas has {} agreements, much to the delight of the governor.", "much to the delight of the governor"),
    ("Arkansas, led by a brash press secretary, has {} agreements.", "led by a brash press secretary"),
    ("Arkansas, a green state of 3 million people, has {} agreements.", "a green state of 3 million people"),
    ("Consider Arkansas, which has {} agreements.", "Consider"),
    ("Next door, Arkansas has {} agreements.", "Next door"),
    ("Arkansas, for its part, has {} agreements.", "for its part"),
    ("Arkansas has {} agreements, said Jane Roe, who tracks the program for a nonprofit.",
     "who tracks the program for a nonprofit"),
    ("The expansion keeps rolling along: Arkansas has {} agreements.", "The expansion keeps rolling along"),
)  # fmt: skip
"""Synthetic sentences with a figure to be filled in: 80 is right, 95 is not; and their asides."""


@pytest.mark.parametrize(("text", "aside"), READ)
def test_an_aside_is_named_and_the_figure_is_decided(checker: Checker, text: str, aside: str) -> None:
    for figure, verdict in ((80, "supported"), (95, "contradicted")):
        said = text.format(figure)
        (answer,) = answers(checker, said)
        assert (answer.verdict, asides(answer)) == (verdict, [aside])
        claim, sentence = answer.claim, said[answer.claim.sentence.start : answer.claim.sentence.end]
        assert sentence == said
        assert claim.figure is not None
        assert said[claim.figure.span.start : claim.figure.span.end] == str(figure)
        for part in answer.account.parts:
            assert said[part.span.start : part.span.end] == part.said or part.role == "program"


def test_the_page_and_the_json_name_the_aside(checker: Checker) -> None:
    checked = checker.check(read_article(READ[0][0].format(80).encode(), "synthetic", month_or_day(DAY)))
    (claim,) = checked.as_json()["claims"]
    assert {"span": [10, 25], "said": "home to Walmart", "role": ROLE} in claim["read"]
    assert f"home to Walmart ({ROLE})" in as_html(checked)


CLOSED = (
    "who tracks the program for a nonprofit",
    "population 3.1 million",
    "Next door",
    "for its part",
    "a green state of 3 million people",
)
"""Asides, or ends of one, that are declared word by word."""


OPERATORS = (
    *("not", "no", "none", "never", "without", "except", "excluding", "only", "if", "unless", "would", "might"),
    *("false", "supposedly", "claims", "denied", "planned", "proposed", "it", "them", "this", "half", "most", "seven"),
    *("agreements", "agencies", "signed", "program", "more", "fewer", "figure", "list", "wrong", "hoax", "expired"),
    *("Florida", "instead", "excludes", "forecast", "parody", "minus", "other", "leaving", "dozens"),
)  # fmt: skip
"""Words that may bear on a figure wherever they are."""


@pytest.mark.parametrize(("text", "aside"), READ)
def test_an_operator_within_an_aside_withdraws_the_verdict(checker: Checker, text: str, aside: str) -> None:
    words = aside.split()
    if len(words) < 2 or aside in CLOSED:
        return
    for word in random.Random(text).sample(OPERATORS, 15):
        for figure in (80, 95):
            changed = text.format(figure).replace(aside, " ".join([*words[:-1], word, words[-1]]))
            verdicts = {answer.verdict for answer in answers(checker, changed)}
            assert not verdicts & FIRM, (changed, verdicts)


OPEN = [
    "velvet",
    "trombone",
    "orchard",
    "whisper",
    "saffron",
    "kettle",
    "pebble",
    "lantern",
    "meadow",
    "anchor",
    "thunder",
    "umbrella",
    "marble",
]


@pytest.mark.parametrize(("text", "aside"), READ)
def test_a_word_put_into_an_aside_changes_nothing(checker: Checker, text: str, aside: str) -> None:
    words = aside.split()
    if len(words) < 3 or aside in CLOSED:
        return
    for word in OPEN:
        inner = " ".join([*words[:-1], word, words[-1]])
        for figure, verdict in ((80, "supported"), (95, "contradicted")):
            (answer,) = answers(checker, text.format(figure).replace(aside, inner))
            assert (answer.verdict, asides(answer)) == (verdict, [inner])


def placed(text: str, aside: str, word: str, chance: random.Random) -> Iterator[str]:
    """The sentence with a word put in at places outside of its aside."""
    first, last = text.index(aside), text.index(aside) + len(aside)
    gaps = [at for at, letter in enumerate(text) if letter == " " and not first - 1 <= at <= last + 1]
    for gap in chance.sample(gaps, min(2, len(gaps))):
        yield f"{text[:gap]} {word}{text[gap:]}"


@pytest.mark.parametrize(("text", "aside"), READ)
def test_a_word_put_in_outside_of_an_aside_withdraws_the_verdict(checker: Checker, text: str, aside: str) -> None:
    chance = random.Random(text)
    for word in chance.sample(
        [one for one in WORDS if one != "only"], draws(25, 8)
    ):  # only Arkansas: a claim of its own
        for figure in (80, 95):
            for changed in placed(text.format(figure), aside, word, chance):
                for answer in answers(checker, changed):
                    if answer.verdict in FIRM:
                        read = {one.role for one in answer.account.parts if word.lower() in one.said.lower().split()}
                        assert read & (TAKEN | {"who says so", "person"}), (changed, answer.verdict, read)


HOSTILE = (
    "Texas, which excludes Houston, has 380 agreements.",
    "Texas, where none of them is active, has 380 agreements.",
    "Texas, which once had them all, has 380 agreements.",
    "Texas, the rural part, has 380 agreements.",
    "Texas, which does not count Dallas, has 400 agreements.",
    "There are 400 agreements in Texas, which is wrong.",
    "There are 380 agreements in Texas, a lie.",
    "There are 380 agreements in Texas, where half are void.",
    "Although the sheriff denies it, Texas has 380 agreements.",
    "While the ban lasted, Texas had 380 agreements.",
    "Amid the Civil War, Texas had 380 agreements.",
    "While crowds gathered, ICE signed 1,783 agreements.",
    "Although in Oregon, police have 380 agreements.",
    "In tiny Texas towns, there are 380 agreements.",
    "Texas — a border state — and Florida have 380 agreements.",
    "Washington, the capital, has five agreements.",
    "Washington, a city on the Potomac, has five agreements.",
    "New York, the city, has 14 agreements.",
    "Georgia, a country in the Caucasus, has 64 agreements.",
    "Arkansas, allegedly, has 80 agreements.",
    "Arkansas, which in 2025 had fewer, has 80 agreements.",
    "The task force model, which is for jails, covers 1,109 agreements.",
    "Hazleton, a borough in Ohio, signed a task force agreement on March 11, 2026.",
    "Lee County, near Auburn, has four agencies with agreements.",
    "None of this is true: Texas, home to Austin, has 380 agreements.",
    "If Texas, home to Austin, has 380 agreements, then so be it.",
    "Texas, home to Austin, has 380 agreements, or so the sheriff thinks.",
    "Arkansas, home to Walmart, has 80 agreements it never filed.",
    "Arkansas, home to Walmart and 80 agreements, has poultry.",
    "Though fictional, Texas has 380 agreements.",
    "Arkansas has 80 agreements, a fact once.",
    "Arkansas has 80 agreements, a number that has alarmed fact-checkers as false.",
    "Arkansas has 80 agreements, to the surprise of the auditor who found fewer.",
    "To the south, 80 agreements are in force in Arkansas.",
    "Consider Arkansas, which would have 80 agreements.",
    "Arkansas has 80 agreements, said Jane Roe, who made it up.",
    "Arkansas has 80 agreements, said Jane Roe, whose figures are wrong.",
    "Arkansas, led by 40 sheriffs, has 80 agreements.",
    "Arkansas has 80 agreements, a fact checkers call bogus.",
    "Arkansas has 80 agreements, a fact in name only.",
    "In Volusia County, 14 law enforcement agencies have signed, among them three that quit.",
    "In Volusia County, 14 law enforcement agencies have signed, among them a phantom.",
    "The governor is dreaming: there are 1,900 agreements.",
    "The trend is a mirage: ICE has 1,783 agreements.",
    "The growth is on paper: there are 1,783 agreements.",
    "On Dec. 31, 2025, a week before 40 agencies left, ICE had 1,300 agreements.",
    "On May 7, 2026, a day after half of them lapsed, there were 1,784 agreements.",
    "The jail enforcement model, the most used, has 178 agreements.",
    "Sheriff Jane Roe, who scoffs at such talk, said Arkansas has 95 agreements.",
    "Although critics say the tally is inflated, Arkansas has 80 agreements.",
    "Arkansas, which inked the bulk in May, has 80 agreements.",
    "Florida, it is said, has 346 agreements.",
    "Florida's 67 sheriffs have 346 agreements.",
    "The 67 counties of Florida have 346 agreements.",
    "The Hazleton Police Department is in the program's waiting room.",
    "The Hazleton Police Department is in the program, or was.",
    "No Hazleton Police Department is in the program.",
)  # fmt: skip
"""Synthetic sentences whose aside, or what looks like one, turns the figure: none is firm."""


@pytest.mark.parametrize("text", HOSTILE)
def test_what_may_turn_the_figure_is_no_aside(checker: Checker, text: str) -> None:
    assert not {answer.verdict for answer in answers(checker, text)} & FIRM


def test_no_declared_word_is_read_as_yes_or_no() -> None:
    """Without quotation marks YAML takes "no", "off" and "true" for truth values."""
    for name in ("asides", "neutral_words", "words", "languages"):
        assert not list(flags(declared.declared_yaml(f"factcheck/{name}.yml")))


def flags(data: Any) -> Iterator[bool]:
    if isinstance(data, bool):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from flags(one)
