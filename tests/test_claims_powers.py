"""What a story says that a model lets officers do is answered from the clauses of the model's text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.statements.powers import powers_in
from ledger287.law.lawbook.book import shipped

DAY = date(2025, 10, 1)
MODELS = {
    "WSO": "the warrant service officer model",
    "JEM": "the jail enforcement model",
    "TFM": "the task force model",
}
FUNCTIONS = {
    "interrogate": "question anyone about immigration status",
    "serve-arrest-warrant": "serve ICE's administrative warrants",
    "prepare-charging-documents": "prepare the notice to appear",
    "issue-detainer": "issue detainers",
    "arrest-without-warrant": "arrest people without a warrant",
}
SAID = {
    "Under {model}, officers may {function}.": True,
    "Under {model}, officers may not {function}.": False,
    "Officers trained under {model} can {function}.": True,
    "Officers trained under {model} cannot {function}.": False,
    "{model} lets deputies {function}, the sheriff said.": True,
    "{model} doesn’t let deputies {function}.": False,
    "{model} gives deputies the power to {function}.": True,
    "Under {model}, deputies have no power to {function}.": False,
}


def lists(model: str, topic: str) -> bool:
    """What the model's own clause says, from the lawbook."""
    found = [
        one
        for one in shipped().provisions
        if one.clause and one.clause.model == model and one.clause.topic == topic and one.clause.lists is not None
    ]
    assert len({one.clause.lists for one in found if one.clause}) == 1
    return bool(found[0].clause and found[0].clause.lists)


@given(st.sampled_from(sorted(MODELS)), st.sampled_from(sorted(FUNCTIONS)), st.sampled_from(sorted(SAID)))
def test_every_function_of_every_model_is_as_its_clause_says(model: str, topic: str, said: str) -> None:
    text = said.format(model=MODELS[model], function=FUNCTIONS[topic])
    (found,) = powers_in(text)
    assert (found.topic, found.holds) == (topic, lists(model, topic) == SAID[said]), text


OPEN = (
    "If the county signs, the warrant service model lets deputies question inmates.",
    "The task force model would let officers issue detainers.",
    "Unlike the task force model, the jail model lets deputies question inmates.",
    "A judge ruled that the task force model does not let officers arrest people without a warrant.",
    "Before 2012 the task force model did not let officers issue detainers.",
    "Does the warrant service model let deputies question inmates?",
    "Critics falsely claim that the warrant service model lets deputies question inmates.",
    "The task force model lets deputies question inmates in the jail.",
    "Both jail models let deputies interview inmates about their immigration status.",
)


@pytest.mark.parametrize("text", OPEN)
def test_what_is_left_open_is_shown_and_not_judged(text: str) -> None:
    found = list(powers_in(text))
    assert found
    assert {one.holds for one in found} == {None}


PLACES = (
    ("The jail enforcement model lets deputies question people on the street.", False),
    ("The jail enforcement model does not let deputies question people on the street.", True),
    ("The task force model lets officers enforce immigration law during their routine police duties.", True),
    ("The warrant service model lets officers make arrests in the community.", False),
    ("The task force model gives officers the power to stop and question people on patrol.", True),
    ("Under a task force agreement, an officer cannot question anyone about status outside the jail.", False),
)


@pytest.mark.parametrize(("text", "holds"), PLACES)
def test_where_the_work_is_done_is_part_of_it(text: str, holds: bool) -> None:
    assert [one.holds for one in powers_in(text)] == [holds]


def test_each_function_of_a_sentence_has_its_own_answer(checker: Checker) -> None:
    text = (
        "Under the warrant service officer model, deputies do not question anyone about immigration status, but may "
        "serve ICE's administrative warrants and prepare the notice to appear."
    )
    found = [one for one in checker.check_text(text, published=DAY).answers if one.verdict == "law"]
    assert [one.law_holds for one in found] == [True, True, False]
    assert all(one.citations for one in found)


SHOWN = (
    "The sheriff's task force deal in Illinois ended because a state law forbids such agreements.",
    "Under a 2025 statute, Delaware police agencies may not enter into such agreements.",
    "Texas sheriffs signed agreements because a new state law requires them to join.",
    "DHS will reimburse officers' salaries and benefits for those in a task force.",
)


@pytest.mark.parametrize("text", SHOWN)
def test_laws_that_a_story_speaks_of_are_shown_with_their_sources(checker: Checker, text: str) -> None:
    found = [one for one in checker.check_text(text, published=DAY).answers if one.verdict == "law"]
    assert found and found[0].citations
    assert found[0].law_holds is None


def test_a_bonus_is_no_pay_for_equipment(checker: Checker) -> None:
    text = "The government will give quarterly bonuses of up to $1,000 per officer under the task force model."
    found = [one for one in checker.check_text(text, published=DAY).answers if one.verdict == "law"]
    assert [one.law_holds for one in found] == [True]
    text = text.replace("$1,000", "$600")
    found = [one for one in checker.check_text(text, published=DAY).answers if one.verdict == "law"]
    assert [one.law_holds for one in found] == [None], "another number may be another award"


FIRM = (
    ("Under the warrant service model, officers may not issue detainers.", True),
    ("Officers trained under the task force model can question anyone about immigration status.", True),
    ("Congress created the 287(g) program in 1996.", True),
    ("Congress created the 287(g) program in 1986.", False),
    ("The task force model was discontinued in 2012.", True),
    ("Warrant service officers take eight hours of training.", True),
    ("Warrant service officers take 40 hours of training.", False),
)


@pytest.mark.parametrize(("text", "holds"), FIRM)
def test_a_statement_in_plain_words_is_judged(checker: Checker, text: str, holds: bool) -> None:
    assert law_in_text(checker, text) == [holds]


@given(st.sampled_from(FIRM), st.data())
def test_a_word_that_is_not_known_leaves_a_statement_open(
    checker: Checker, said: tuple[str, bool], data: st.DataObject
) -> None:
    """Any other word may narrow, condition or turn what is said of the law."""
    words = said[0].split()
    word = data.draw(st.sampled_from(QUALIFIERS))
    at = data.draw(st.integers(1, len(words) - 1))
    text = " ".join((*words[:at], word, *words[at:]))
    assert not [one for one in law_in_text(checker, text) if one is not None], text


QUALIFIERS = ("hardly", "monthly", "rural", "repealed", "allegedly", "someday", "except", "purple", "retired", "half",
              "once", "elsewhere", "seldom", "only", "nine", "until", "Ohio", "volunteer")  # fmt: skip


def law_in_text(checker: Checker, text: str) -> list[bool | None]:
    """Whether each statement of law of a text agrees with its sources."""
    return [one.law_holds for one in checker.check_text(text, published=DAY).answers if one.verdict == "law"]


NARROWED = (
    "The jail enforcement model lets deputies serve warrants at homes and workplaces.",
    "Illinois repealed its law that bars 287(g) agreements.",
    "Virginia law bars sheriffs from signing 287(g) agreements.",
    "Florida law requires sheriffs of small counties to have 287(g) agreements.",
    "Task force officers can earn a bonus of up to $1,000 a month.",
    "DHS pays $7,500 for equipment for each task force agency.",
    "Warrant service officers take 40 hours of training, and task force officers take eight.",
    "Nationwide, 180 agencies hold agreements under two models.",
)


@pytest.mark.parametrize("text", NARROWED)
def test_what_is_narrowed_or_of_another_is_not_judged(checker: Checker, text: str) -> None:
    assert set(law_in_text(checker, text)) <= {None}


def test_a_warrant_of_removal_is_another_one(checker: Checker) -> None:
    assert law_in_text(checker, "Under the task force model, officers may serve warrants of removal.") == [False]
    assert law_in_text(checker, "Under the task force model, officers may serve administrative warrants.") == [True]
