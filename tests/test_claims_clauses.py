"""Two statements in one sentence: each is read on its own words, and what bears on the other is never passed over.

The sentences are synthetic. ``RIGHT`` are answered; of ``HOSTILE`` none may come out supported or contradicted.
"""

from datetime import date

import pytest

import ledger287
from ledger287.factcheck.checking import Checker

AUGUST, NOVEMBER, MARCH = date(2025, 8, 20), date(2025, 11, 12), date(2026, 3, 4)
RIGHT = [
    (AUGUST, "ICE has 895 agreements, and the governor signed a law that lets sheriffs hold people for ICE.", "+"),
    (AUGUST, "ICE has 700 agreements, and the governor signed a law that lets sheriffs hold people for ICE.", "-"),
    (AUGUST, "ICE has 895 agreements, and Mayor Jane Roe said she opposes the program.", "+"),
    (AUGUST, "ICE has 1,895 agreements, and Mayor Jane Roe said she opposes the program.", "-"),
    (AUGUST, "ICE has 895 agreements because a backlog was cleared.", "+"),
    (AUGUST, "ICE has 895 agreements, and officials say they want more.", "+"),
    (AUGUST, "ICE has 2,895 agreements, and officials say they want more.", "-"),
    (AUGUST, "Florida has 317 agreements, and the governor has urged every sheriff to sign one.", "+"),
    (AUGUST, "Florida has 217 agreements, and the governor has urged every sheriff to sign one.", "-"),
    (AUGUST, "Florida has 317 agreements, an arrangement some local officials have criticized.", "+"),
    (AUGUST, "ICE has 895 agreements, some of them signed in the last few days.", "+"),
    (AUGUST, "ICE has 995 agreements, some of them signed in the last few days.", "-"),
    (MARCH, "Missouri has 61 agreements, most of them signed since November, ICE records show.", "++"),
    (MARCH, "Missouri has 61 agreements, most of them signed since March 1, ICE records show.", "+-"),
    (date(2025, 12, 5), "Forty-seven Pennsylvania agencies take part, nearly all of them for the task force model.",
     "++"),
    (date(2025, 10, 30), "Sheriff's offices make up most of the participants, with 531.", "++"),
    (date(2025, 10, 30), "Police departments make up most of the participants in the program.", "-"),
    (date(2026, 2, 10), "Some eight Minnesota agencies take part, most of them sheriff's offices.", "++"),
    (date(2026, 2, 10), "Some eight Minnesota agencies take part, most of them police departments.", "+-"),
    (date(2026, 4, 20), "Texas has more agreements with ICE than any other state.", "+"),
    (date(2026, 2, 20), "Texas has more agreements with ICE than any other state.", "-"),
    (date(2026, 4, 22), "Pennsylvania has more participating agencies than any state but Florida and Texas.", "+"),
    (date(2026, 4, 22), "Ohio has more participating agencies than any state but Florida and Texas.", "-"),
    (NOVEMBER, "Some 957 agencies take part in the program, named after a section of a 1996 federal law.", "+"),
]  # fmt: skip
WITHHELD = [
    "ICE has 895 agreements, most of them signed before January.",
    "ICE has 895 agreements, most of them to be signed in October.",
    "ICE has 895 agreements, most of them not signed this year.",
    "ICE wants 900 agencies in the program, most of them sheriff's offices.",
    "ICE has 740 agencies in the program, most of them eager sheriff's offices.",
    "Sheriffs should make up most of the participants.",
    "Sheriffs make up most of the skeptical participants.",
    "Florida might have more agreements with ICE than any other state.",
    "Florida has more unsigned agreements with ICE than any other state.",
    "Florida once had more agreements with ICE than any other state.",
    "Texas has more agreements with ICE than any other state in the West.",
    "Texas has more agreements with ICE than any other state bordering Mexico.",
    "Auditors found 1,895 agreements that nobody signed.",
    "ICE has 895 agreements with police departments, sheriff's offices and state agencies in the South.",
    "ICE signed 141 agreements in July and another 300 in dreams.",
    "More than 300 of the agreements are in Florida, and another 500 are planned in Texas.",
    "All but nine states have refused an agreement.",
    "All but nine states may have a participating agency.",
    "The most common type would be the task force model, with 442 agreements, followed by the jail enforcement model, "
    "with 325, and the warrant service officer model, with 128.",
    "ICE has 895 agreements that once let officers enforce immigration law.",
]  # fmt: skip
SPANISH = [
    ("Florida tiene 317 acuerdos, y el gobernador ha instado a los alguaciles a colaborar con las autoridades.", "+"),
    ("Florida tiene 417 acuerdos, y el gobernador ha instado a los alguaciles a colaborar con las autoridades.", "-"),
    ("Florida, conocida por sus playas, tiene 317 acuerdos.", "+"),
    ("Florida, conocida por sus playas, tiene 417 acuerdos.", "-"),
    ("Texas, donde los alguaciles tienen gran poder, tiene 137 acuerdos.", "+"),
    ("Aunque el público protesta, el ICE tiene 895 acuerdos.", "+"),
    ("Aunque el público protesta, el ICE tiene 1.895 acuerdos en 40 estados y 1.234.567 seguidores.", "?"),
    ("Florida tiene 317 acuerdos, pero el alguacil desmiente la cifra.", "?"),
    ("Florida tiene 317 acuerdos, pero el juez anuló la mitad.", "?"),
    ("Florida tiene 317 acuerdos, aunque los abogados dicen que son menos.", "?"),
    ("Florida tiene 317 acuerdos, muchos de ellos inactivos.", "?"),
    ("El ICE tiene 895 acuerdos, y el presidente fanfarronea con ello.", "?"),
    ("El ICE tiene 895 acuerdos, pero el gobernador lo pone en tela de juicio.", "?"),
    ("El ICE tiene 895 acuerdos, pero la alcaldesa calificó el dato de patraña.", "?"),
    ("El ICE tiene 895 acuerdos, pero el alcalde opina distinto.", "?"),
    ("El ICE tiene 895 acuerdos porque el gobernador miente.", "?"),
    ("Aunque el público lo niega, el ICE tiene 895 acuerdos.", "?"),
]
ONE_OF = [
    ("The department is one of 29 in Virginia that have signed on.", "+"),
    ("The department is one of 49 in Virginia that have signed on.", "-"),
    ("The sheriff is one of 35 in Virginia.", "?"),
    ("The sheriff is one of 35 in Virginia who ran for office.", "?"),
    ("The sheriff is one of 35 in Virginia who refuse to take part.", "?"),
    ("The sheriff is not one of 29 in Virginia that have signed on.", "?"),
    ("The sheriff hopes to be one of 49 in Virginia that have signed on.", "?"),
    ("The department may be one of 49 in Virginia that have signed on.", "?"),
    ("The department is one of 49 in Virginia that never signed on.", "?"),
    ("The department is one of 49 in Virginia that quit.", "?"),
]
MODELS = [
    ("The most common type is the task force model, with 307 agreements, followed by the warrant service officer "
     "model, with 228, and the jail enforcement model, with 100.", "++++"),
    ("The most common type is the task force model, with 307 agreements, followed by the jail enforcement model, with "
     "228, and the warrant service officer model, with 100.", "++--"),
    ("The most common type is the jail enforcement model, with 307 agreements, followed by the warrant service officer "
     "model, with 228, and the task force model, with 100.", "--+-"),
]  # fmt: skip
HOSTILE = [
    "ICE has {} agreements, but the sheriff says that is wrong.",
    "ICE has {} agreements, but the sheriff disputes the count.",
    "ICE has {} agreements, but a judge has blocked half of them.",
    "ICE has {} agreements, but the agency has ended many.",
    "ICE has {} agreements, although lawyers argue otherwise.",
    "ICE has {} agreements, though the sheriff thinks ICE made that up.",
    "ICE has {} agreements, though the sheriff thinks ICE made the list up.",
    "ICE has {} agreements, but officials concede the total includes requests.",
    "ICE would have {} agreements, but the courts stepped in.",
    "ICE planned {} agreements, but the courts stepped in.",
    "ICE has {} agreements because the agency counts the pending ones.",
    "ICE has {} agreements, because the agency lists expired ones.",
    "ICE has {} agreements as the governor imagines the world.",
    "ICE has {} agreements as a goal the governor set.",
    "ICE has {} agreements, some of them inactive.",
    "ICE has {} agreements, many of them only on paper.",
    "ICE has {} agreements, many of them duplicates.",
    "ICE has {} agreements, several of them not yet signed.",
    "ICE has {} agreements, and the sheriff said the agency invented some.",
    "ICE has {} agreements, but the sheriff said they have lapsed.",
    "ICE has {} agreements, but the deals were never signed.",
    "ICE has {} agreements, but a court struck the program down and voided each.",
    "ICE has {} agreements, but critics say there are fewer.",
    "ICE has {} agreements, an exaggeration officials have repeated.",
    "ICE has {} agreements, a move critics say never happened.",
    "ICE has {} agreements, and if the governor signs the bill the sheriffs will join.",
    "If Congress agrees ICE has {} agreements, and the sheriffs will celebrate.",
    "The sheriff hopes ICE has {} agreements, and the mayor agrees with him.",
    "ICE does not have {} agreements, and the mayor knows why.",
    "Nobody believes ICE has {} agreements, and the mayor knows why.",
    "ICE had {} agreements once, and the governor was proud.",
    "ICE has {} agreements, and Ohio has signed a law that lets sheriffs hold people.",
    "ICE has {} agreements, but the sheriff would rather see the figure doubled.",
    "ICE has {} agreements, though the math is fuzzy.",
    "ICE has {} agreements, but the governor tore up dozens.",
    "ICE has {} agreements, but the sheriff's own tally differs.",
]


MARKS = {"supported": "+", "contradicted": "-", "was_true": "-", "became_true": "-"}


@pytest.mark.parametrize(("day", "text", "expected"), RIGHT, ids=[text[:70] for _, text, _ in RIGHT])
def test_each_clause_is_answered_on_its_own_words(checker: Checker, day: date, text: str, expected: str) -> None:
    found = checker.check_text(text, published=day).answers
    marks = "".join(MARKS.get(one.verdict, "?") for one in found if one.claim.shape not in ("law", "other"))
    assert marks == expected, [(one.verdict, one.meaning, one.reason) for one in found]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_clause_that_bears_on_the_figure_is_never_passed_over(checker: Checker, text: str) -> None:
    for value in ("895", "1,895"):
        for one in checker.check_text(text.format(value), published=AUGUST).answers:
            assert one.verdict not in ("supported", "contradicted"), (value, one.verdict, one.reason)


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_clauses_and_asides_of_spanish_stories(checker: Checker, text: str, expected: str) -> None:
    found = checker.check_text(text, published=AUGUST).answers[:1]
    assert [MARKS.get(one.verdict, "?") for one in found] == [expected], [(one.verdict, one.reason) for one in found]


@pytest.mark.parametrize(("text", "expected"), ONE_OF)
def test_one_of_so_many_counts_the_many(checker: Checker, text: str, expected: str) -> None:
    for one in checker.check_text(text, published=date(2025, 9, 15)).answers:
        mark = MARKS.get(one.verdict, "?")
        assert mark == expected or (expected == "?" and one.verdict == "was_true"), (one.verdict, one.reason)


@pytest.mark.parametrize(("text", "expected"), MODELS)
def test_each_model_of_a_list_has_its_own_figure(checker: Checker, text: str, expected: str) -> None:
    found = checker.check_text(text, published=date(2025, 5, 29)).answers
    assert "".join(MARKS.get(one.verdict, "?") for one in found) == expected, [
        (one.verdict, one.reason) for one in found
    ]


@pytest.mark.parametrize("text", WITHHELD)
def test_a_word_that_turns_one_of_these_withdraws_the_verdict(checker: Checker, text: str) -> None:
    for one in checker.check_text(text, published=date(2025, 8, 14)).answers:
        assert one.verdict not in ("supported", "contradicted"), (one.verdict, one.meaning, one.reason)


def test_the_other_clause_is_named_in_the_account(checker: Checker) -> None:
    text = "ICE has 895 agreements, and the governor signed a law that lets sheriffs hold people for ICE."
    (answer,) = (one for one in checker.check_text(text, published=AUGUST).answers if one.claim.figure)
    assert any(part.role.startswith("another clause") and "governor" in part.said for part in answer.account.parts)
    assert (answer.claim.sentence.start, answer.claim.sentence.end) == (0, len(text))


def test_a_clause_on_what_must_come_first_withholds() -> None:
    text = "As of May 8, 2026, Texas has 380 agreements, and each sheriff must first approve."
    found = Checker(ledger287.open()).check_text(text, published=date(2026, 5, 9)).answers
    assert found[0].verdict == "figure_fits"
