"""What a sentence says of a name between marks dates nothing outside them, and two subjects with it between are two."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2026, 5, 8)
CASES = [
    ("Texas, which had 250 agreements in December, leads the nation.", ["supported", "supported"]),
    ("Missouri, which had 30 agreements in December, now ranks third nationally with 98.", ["supported"] * 3),
    ("Missouri, which in December had 30 agreements, has 98.", ["supported"] * 2),
    ("Missouri, which in December had 30 agreements, has 99.", ["supported", "contradicted"]),
    ("Missouri, que en diciembre tenía 30 convenios, se ubica ahora en el tercer puesto nacional con 98.",
     ["supported"] * 3),
    ("Ten agreements are active in Arizona, where the sheriff lost a race in 2009.", ["supported"]),
    ("Twelve agreements are active in Arizona, where the sheriff lost a race in 2009.", ["contradicted"]),
    ("Missouri ranks third in agreements, up from 34 at the end of December.", ["supported", "supported"]),
    ("By the end of last week, the number of agreements in Arkansas, which had 3 agreements at the end of June 2025, "
     "grew from 35 at the end of December to 80.", ["supported", "supported", "cannot_tell"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdicts"), CASES, ids=[case[0][:60] for case in CASES])
def test_a_time_between_marks_behind_a_name_is_of_that_clause(checker: Checker, text: str, verdicts: list[str]) -> None:
    found = checker.check_text(text, published=DAY).compared
    assert [one.verdict for one in found] == verdicts, [one.reason for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Florida, where 282 agencies have signed, and Missouri account for 24.9% of all agreements.",
        "Florida, which had 250 agreements in June 2025, and Texas account for 40.7% of all agreements.",
        "Missouri — which had 34 agreements at the end of December — and Virginia together have 126 agreements.",
        "North Carolina (which passed its law in 2024) and Oklahoma together have 94 agreements.",
    ],
)
def test_a_figure_of_two_states_is_not_that_of_the_second(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=DAY).answers
    assert not [one for one in found if one.verdict == "contradicted"], [one.reason for one in found]
    assert found[-1].verdict in ("cannot_tell", "supported")


@pytest.mark.parametrize("scene", ["A year into Trump's second term, ", "More than a year into Trump's second term, "])
@pytest.mark.parametrize(("number", "verdicts"), [(98, ("supported", "was_true")), (998, ("contradicted",))])
def test_a_scene_of_its_own_time_is_of_today_too(
    checker: Checker, scene: str, number: int, verdicts: tuple[str, ...]
) -> None:
    (answer,) = checker.check_text(f"{scene}Missouri has {number} agreements.", published=DAY).answers
    assert answer.verdict in verdicts, answer.reason


REPORTS = [
    ("2025-12-12", "Tennessee ranks third in the nation with 55 agreements, behind only Florida and Texas.",
     "Tennessee ranks third in the nation with 57 agreements, behind only Florida and Texas."),
    ("2025-09-22", "Texas, with 172 agreements, trails only Florida, ICE data from Sept. 18 show.",
     "Texas, with 227 agreements, trails only Florida, ICE data from Sept. 18 show."),
    ("2026-05-08", "Oklahoma has 64 agreements, triple the 21 it had in September.",
     "Oklahoma has 74 agreements, triple the 21 it had in September."),
    ("2025-06-12", "The number of agreements has climbed to 697, more than five times the January total.",
     "The number of agreements has climbed to 697, more than nine times the January total."),
    ("2025-09-18", "Thirty-five applications from 31 agencies were pending before ICE as of Thursday.",
     "Ninety-five applications from 31 agencies were pending before ICE as of Thursday."),
    ("2026-05-08", "The Harris County Sheriff's Office is not among the 300 participating agencies in Texas.",
     "The Tarrant County Sheriff's Office is not among the 300 participating agencies in Texas."),
    ("2025-09-04", "The Pinal County Attorney's Office signed Arizona's first task force agreement on Aug. 28.",
     "The Pinal County Attorney's Office signed Arizona's first task force agreement on Feb. 28."),
    ("2025-03-28", "The Orlando Police Department in Florida signed its 287(g) agreement on March 26, weeks before the "
     "mayor's office acknowledged it.", "The Orlando Police Department in Florida signed its 287(g) agreement on "
     "Jan. 6, weeks before the mayor's office acknowledged it."),
    ("2025-12-12", "In Virginia, 5 of the state's 32 agreements are warrant service agreements, which keep deputies "
     "inside the jail.", "In Virginia, 25 of the state's 32 agreements are warrant service agreements, which keep "
     "deputies inside the jail."),
    ("2025-12-12", "The most common arrangement in Tennessee is the warrant service officer model, with 33 agreements.",
     "The most common arrangement in Tennessee is the jail enforcement model, with 33 agreements."),
    ("2026-05-08", "Texas has overtaken Florida as the state with the most agreements, with 380 to Florida's 346.",
     "Texas has overtaken Florida as the state with the most agreements, with 390 to Florida's 346."),
    ("2025-09-18", "Maryland contaba en septiembre con ocho acuerdos.",
     "Maryland contaba en septiembre con 18 acuerdos."),
    ("2025-10-21", "La Oficina del Sheriff del condado Bexar firmó el 17 de octubre un acuerdo del modelo de oficial "
     "de servicio de órdenes.", "La Oficina del Sheriff del condado Bexar firmó el 17 de octubre un acuerdo del modelo "
     "de fuerza de tarea."),
]  # fmt: skip


@pytest.mark.parametrize(("day", "right", "wrong"), REPORTS, ids=[case[1][:60] for case in REPORTS])
def test_turns_of_ordinary_reports(checker: Checker, day: str, right: str, wrong: str) -> None:
    true, false = (checker.check_text(text, published=date.fromisoformat(day)).compared for text in (right, wrong))
    against = ("contradicted", "arithmetic_fails")
    assert {one.verdict for one in true} <= {"supported", "arithmetic_holds"}, [one.reason for one in true]
    assert any(one.verdict in against for one in false), [one.reason for one in false]


def test_a_partner_of_a_model_has_an_agreement_under_it(checker: Checker) -> None:
    text = "The Alamance County Sheriff's Office in North Carolina has been a warrant service partner since May 2020."
    (answer,) = checker.check_text(text, published=date(2025, 9, 18)).answers
    assert answer.verdict == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Georgia, with 51 agencies, accounts for 3.6% of all agreements, while Louisiana has 40.",
        "Texas, which had 259 agreements at the end of December, accounts for 21.3% of all agreements, 189 of them "
        "under the task force model.",
        "Georgia, al igual que Virginia, tiene 64 acuerdos y Florida, pese a las protestas de abril, 346.",
        "Virginia, al igual que Texas, y Carolina del Norte suman juntos 58 acuerdos.",
    ],
)
def test_a_true_sentence_of_several_parts_accuses_nobody(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=DAY).answers
    assert not [one.reason for one in found if one.verdict == "contradicted"]


SCENES = [
    "After a busy April, Texas has {} agreements.",
    "A year after a law passed in 2025, Texas has {} agreements.",
    "Following the inauguration, Texas has {} agreements.",
    "Texas, after a slow start in 2025, has {} agreements.",
    "Texas, despite protests in April, has {} agreements.",
    "Texas has {} agreements, months after Trump took office.",
    "Texas has {} agreements, two years after the state passed its law.",
]


@pytest.mark.parametrize("text", SCENES)
def test_a_scene_of_a_sentence_that_is_of_now_dates_nothing(checker: Checker, text: str) -> None:
    right, wrong = (checker.check_text(text.format(number), published=DAY).compared for number in (380, 480))
    assert [one.verdict for one in right] == ["supported"], [one.reason for one in right]
    assert [one.verdict for one in wrong] == ["contradicted"], [one.reason for one in wrong]


@pytest.mark.parametrize(
    "text",
    [
        "After counting pending requests, Texas has 380 agreements.",
        "Texas, after duplicates are removed, has 380 agreements.",
        "Texas has 380 agreements, though most exist on paper.",
        "After a busy April, Texas had 380 agreements.",
        "Despite 40 withdrawals, Texas has 380 agreements.",
        "Though none of them is in force, Texas has 380 agreements.",
        "Texas, like its neighbor Louisiana, has 380 agreements.",
        "Texas, unlike Florida, has 380 agreements.",
    ],
)
def test_what_may_bear_on_the_count_is_no_scene(checker: Checker, text: str) -> None:
    found = checker.check_text(text, published=DAY).compared
    assert "supported" not in [one.verdict for one in found if one.claim.figure and one.claim.figure.value == 380]


def test_a_place_within_a_clause_on_a_name_is_not_that_of_the_figure(checker: Checker) -> None:
    (answer,) = checker.check_text("South Carolina, which borders Virginia, has 48 agreements.", published=DAY).compared
    assert (answer.verdict, answer.claim.where.states) == ("supported", ("SC",))
