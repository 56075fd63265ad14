"""Ranks next to a model that is another clause's, months of sources, law of one model, "it" behind a part.

The sentences are synthetic; the counts and ranks are of the record.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

LAST = date(2026, 5, 8)
YEAR_END = date(2025, 12, 31)


def rank(checker: Checker, text: str, day: date = LAST) -> list[str]:
    found = checker.check_text(text, published=day).answers
    return [one.verdict for one in found if one.claim.shape == "rank"]


def verdict(checker: Checker, text: str, said: str, day: date = LAST) -> list[str]:
    found = checker.check_text(text, published=day).answers
    return [one.verdict for one in found if one.claim.figure and one.claim.figure.said == said]


@pytest.mark.parametrize("text", [
    "Florida ranks first in 287(g) agreements, with 272 of them task force.",
    "Florida leads in 287(g) agreements; 272 of them are task force.",
    "Florida, with 272 task force agreements, has the most 287(g) agreements of any state.",
    "With 272 task force agreements, Florida has the most.",
    "With 272 task force agreements, Florida leads the nation.",
    "Florida, where 272 agreements follow the task force model, has the most.",
    "Georgia ranks third in 287(g) agreements, 16 of them jail agreements.",
    "Pennsylvania ranks third in 287(g) agreements, with 85 of them task force agreements.",
    "Pensilvania ocupa el tercer lugar en acuerdos 287(g), 85 de ellos del modelo de grupo de trabajo.",
    "Con 272 acuerdos del modelo de grupo de trabajo, Florida ocupa el primer lugar.",
])  # fmt: skip
def test_a_rank_takes_no_model_from_an_aside(checker: Checker, text: str) -> None:
    assert rank(checker, text)
    assert "supported" not in rank(checker, text)


@pytest.mark.parametrize(("text", "day"), [
    ("Arkansas ranks fifth in 287(g) agreements, with 18 of them jail agreements.", LAST),
    ("Arkansas ranks fifth in 287(g) agreements, 18 of them jail agreements.", LAST),
    ("Georgia ranks seventh in 287(g) agreements, with 16 of them jail agreements.", LAST),
    ("Florida, which has 272 task force agreements, ranks second in 287(g) agreements.", LAST),
    ("Florida has the most 287(g) agreements, and Texas the most jail agreements.", date(2025, 6, 30)),
    ("Texas has the most jail agreements under 287(g), Florida the most agreements overall.", YEAR_END),
    ("Texas has the most agreements and Florida the most task force agreements.", LAST),
    ("Florida is home to the most task force agreements, and it ranks second overall.", LAST),
    ("Pennsylvania ranks third in task force agreements, with 85.", LAST),
    ("With 272 agreements, Florida has the most task force agreements.", LAST),
    ("Florida leads the nation with 272 task force agreements.", LAST),
    ("Under the task force model, Florida ranks first, with 272 agreements.", LAST),
    ("When it comes to task force agreements, Florida ranks first.", LAST),
    ("Florida has 272 task force agreements, the most of any state.", LAST),
    ("Florida ocupa el primer lugar en acuerdos del modelo de grupo de trabajo, con 272.", LAST),
])  # fmt: skip
def test_a_rank_has_the_model_of_its_own_clause(checker: Checker, text: str, day: date) -> None:
    assert set(rank(checker, text, day)) == {"supported"}


@pytest.mark.parametrize(("text", "said", "day"), [
    ("The group's June report listed 1,274 agreements.", "1,274", YEAR_END),
    ("The center's September report listed 1,274 agreements.", "1,274", YEAR_END),
    ("ICE's June list shows 1,274 agreements.", "1,274", YEAR_END),
    ("Spring's report counted 1,274 agreements.", "1,274", YEAR_END),
    ("The governor's January report listed 1,783 agreements.", "1,783", LAST),
    ("The institute's April count was 1,783 agreements.", "1,783", LAST),
    ("ICE's March data show 1,783 agreements.", "1,783", LAST),
    ("The ACLU's February tally counted 1,783 agreements.", "1,783", LAST),
    ("A midyear report counted 1,783 agreements.", "1,783", LAST),
    ("The center's midyear review counted 1,783 agreements.", "1,783", LAST),
    ("A Labor Day survey counted 1,783 agreements.", "1,783", LAST),
    ("A November analysis counted 1,783 agreements.", "1,783", LAST),
    ("According to the group's March report, there are 1,783 agreements.", "1,783", LAST),
])  # fmt: skip
def test_the_time_of_a_source_is_not_passed_over(checker: Checker, text: str, said: str, day: date) -> None:
    """The figure is right on the story's day, and was not then."""
    assert "supported" not in verdict(checker, text, said, day)


def test_a_source_of_a_month_is_held_to_it(checker: Checker) -> None:
    assert verdict(checker, "ICE's June list shows 736 agreements.", "736", YEAR_END) == ["supported"]
    assert verdict(checker, "ICE's May 8 list shows 1,783 agreements.", "1,783") == ["supported"]


@pytest.mark.parametrize(("text", "agrees"), [
    ("Under 287(g), task force officers get four weeks of training.", None),
    ("Under 287(g), warrant service officers get four weeks of training.", None),
    ("Under 287(g), officers receive four weeks of training.", None),
    ("Los agentes del grupo de trabajo reciben cuatro semanas de capacitación bajo el 287(g).", None),
    ("Under 287(g), jail officers receive four weeks of training.", True),
    ("Los agentes de la cárcel reciben cuatro semanas de capacitación bajo el 287(g).", True),
    ("Local jails must hold people for 48 hours.", None),
    ("Jails have to hold people for 48 hours.", None),
    ("ICE must hold people for 48 hours.", None),
    ("Jails may hold people for up to 48 hours on a detainer.", True),
])  # fmt: skip
def test_law_agrees_only_of_whom_it_is_said(checker: Checker, text: str, agrees: bool | None) -> None:
    found = checker.check_text(text, published=LAST).answers
    assert {one.law_holds for one in found if one.claim.shape == "law"} == {agrees}


@pytest.mark.parametrize("text", [
    "President Trump ended the task force model in 2012.",
    "Gov. Marlow ended the task force model in 2012.",
    "A federal judge ended the task force model in 2012.",
    "The task force model was ended by President Trump in 2012.",
    "El presidente Trump eliminó el modelo de grupo de trabajo en 2012.",
])  # fmt: skip
def test_who_ended_the_task_forces_is_not_passed_over(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=LAST).answers
    assert not [one for one in found if one.verdict == "as_stated" or one.law_holds is not None]


def test_who_did_end_them_is_as_stated(checker: Checker) -> None:
    assert verdict(checker, "The Obama administration ended the task force model in 2012.", "2012") == ["as_stated"]


@pytest.mark.parametrize(("text", "said", "day"), [
    ("Texas has 259 agreements. Most are with sheriffs. It had 104 in June.", "104", YEAR_END),
    ("Texas has 380 agreements. Many are with police departments. It had 26 when Trump took office.", "26", LAST),
    ("Texas has 380 agreements. Of those, 195 are with sheriffs. It had 26 when Trump took office.", "26", LAST),
    ("Texas tiene 380 acuerdos. La mayoría son con alguaciles. Tenía 26 cuando Trump asumió el cargo.", "26", LAST),
])  # fmt: skip
def test_it_behind_a_part_goes_on_with_the_whole_number(checker: Checker, text: str, said: str, day: date) -> None:
    assert verdict(checker, text, said, day) == ["supported"]
