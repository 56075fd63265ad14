"""Rarer words of the same meaning: each gives what the plain ones give, and what is shown are the printed words."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.synonyms import rarer_words
from ledger287.factcheck.verdicts.answers import Answer

DAY = date(2026, 4, 13)
FRAMES = {
    "the program has": "As of today {} 1,651 agreements.",
    "the 287": "As of today {}(g) program has 1,651 agreements.",
    "during 2025": "The number of agreements in Texas rose from 26 to 259 {}.",
    "or over": "Florida has 344 agreements, {} a fifth of the nation's total.",
    "which represents": "Florida has 344 agreements, {} over a fifth of the nation's total.",
    "said that": "A spokesman for the agency {} Florida has 344 agreements.",
    "says that": "A spokesman for the agency {} Florida has 344 agreements.",
    "say that": "Officials at the agency {} Florida has 344 agreements.",
    "spokesman": "A {} for the agency said that Florida has 344 agreements.",
    "spread across": "The program has 1,651 agreements {} 39 states.",
    "in": "There are 281 law enforcement agencies {} Florida with 287(g) agreements.",
    "an increase of": "The number of agreements went from 135 in January 2025 to 1,651, {} 1,123%.",
    "before Trump took office": "There were 135 agreements nationwide {}.",
    "when Trump returned to office": "There were 135 agreements nationwide {}.",
    "since Trump returned to office": "The number of agreements has grown twelvefold {}.",
    "at last count": "Florida had 344 agreements {}.",
    "as of this writing": "Florida had 344 agreements {}.",
    "has amassed": "Florida {} 344 agreements.",
    "have amassed": "Florida agencies {} 344 agreements.",
    "under the task force model": "Florida has 271 agreements {}.",
    "under the jail enforcement model": "Nationwide, there are 171 agreements {}.",
    "under the warrant service officer model": "Nationwide, there are 489 agreements {}.",
    "signed": "The Collier County Sheriff's Office in Florida {} a task force agreement on Feb. 24, 2025.",
    "ended its": "The Bucks County Sheriff's Office in Pennsylvania {} agreement in January 2026.",
    "ended their": "The Bucks County Sheriff's Office in Pennsylvania and others {} agreements in January 2026.",
    "left the program": "The Bucks County Sheriff's Office in Pennsylvania {} in January 2026.",
    "has not signed": "The Cook County Sheriff's Office in Illinois {} an agreement.",
    "have not signed": "Officials in Cook County, Illinois, {} an agreement.",
    "has no agreement": "The Cook County Sheriff's Office in Illinois {}.",
    "have no agreement": "Vermont and Oregon {}.",
    "is not on the list": "The Cook County Sheriff's Office in Illinois {}.",
    "are not on the list": "Vermont and Oregon {}.",
    "agreements": "Florida has 344 {}.",
    "the federal government": "Florida has 344 agreements with {}.",
}
"""A true sentence with each of the plain words."""
LEFT_OPEN = ("ended their", "are not on the list")
"""Those whose sentence here is not answered, whichever words it has."""
FIRM = {"supported", "arithmetic_holds"}
WORDS = rarer_words()


def _answers(checker: Checker, text: str) -> list[Answer]:
    return list(checker.check_text(text, published=DAY).answers)


def _verdicts(checker: Checker, text: str) -> list[tuple[str, float | None]]:
    return [(one.verdict, one.claim.figure.value if one.claim.figure else None) for one in _answers(checker, text)]


def test_every_plain_word_has_a_true_sentence_here() -> None:
    assert set(FRAMES) == set(WORDS)


@pytest.mark.parametrize("plain", FRAMES)
def test_each_rarer_word_gives_what_the_plain_one_gives(checker: Checker, plain: str) -> None:
    expected = _verdicts(checker, FRAMES[plain].format(plain))
    assert {verdict for verdict, _ in expected} <= ({"cannot_tell"} if plain in LEFT_OPEN else FIRM)
    for rarer in WORDS[plain]:
        assert _verdicts(checker, FRAMES[plain].format(rarer)) == expected, rarer


def test_what_is_shown_are_the_printed_words(checker: Checker) -> None:
    text = "Her office disclosed that Florida has 344 agreements scattered across zebras."
    for one in _answers(checker, text):
        assert all(part.said in text for part in one.account.parts)
        assert "said that" not in one.reason and "spread across" not in one.reason
        assert one.claim.figure is None or one.claim.figure.said in text


HAVE_THEM = {
    "Of Florida's agencies, 281 have agreements.": "agencies",
    "Of the agencies in Florida, 281 have agreements.": "agencies",
    "Of Florida's sheriffs, 67 have agreements.": "sheriffs",
    "In Florida, 281 have agreements.": "agencies",
    "281 of Florida's agencies have agreements.": "agencies",
}


@pytest.mark.parametrize("text", HAVE_THEM)
def test_who_has_agreements_is_counted_not_the_agreements(checker: Checker, text: str) -> None:
    (answer,) = _answers(checker, text)
    assert (answer.verdict, answer.measure) == ("supported", HAVE_THEM[text])


def test_of_them_of_no_known_unit_is_left_open(checker: Checker) -> None:
    found = _answers(checker, "Florida has many agencies. Of them, 281 have agreements.")
    assert {one.verdict for one in found} == {"cannot_tell"}


@pytest.mark.parametrize("verb", ["operates", "works", "functions"])
def test_working_under_agreements_is_no_bound(checker: Checker, verb: str) -> None:
    (answer,) = _answers(checker, f"Florida {verb} under 344 agreements.")
    assert answer.verdict == "supported"


def test_a_state_between_with_and_its_agencies_is_the_place(checker: Checker) -> None:
    (answer,) = _answers(checker, "ICE has signed 344 agreements with Florida agencies.")
    assert (answer.verdict, answer.claim.where.states) == ("supported", ("FL",))


def test_the_rank_of_a_total(checker: Checker) -> None:
    found = _answers(checker, "Florida's total of 344 agreements is the second highest in the nation.")
    assert {one.verdict for one in found} == {"supported"} and len(found) == 2


MEANS_THE_SAME = [
    ("The Collier County Sheriff's Office in Florida {} task force agreement on Feb. 24, 2025.",
     ("signed a", "reached a", "obtained a", "sealed a", "executed a", "added a", "formalized a")),
    ("The Collier County Sheriff's Office in Florida {} the task force program on Feb. 24, 2025.",
     ("joined", "enrolled in", "became part of")),
    ("The Collier County Sheriff's Office in Florida {} task force agreement.",
     ("has a", "maintains a", "is listed with a", "is on ICE's list with a")),
    ("The Collier County Sheriff's Office in Florida {} the task force program.",
     ("participates in", "is in", "is a participant in", "remains in")),
    ("La Oficina del Sheriff del condado de Collier, en Florida, {} de fuerza de tarea el 24 de febrero de 2025.",
     ("firmó un acuerdo", "celebró un convenio", "estampó su firma en un acuerdo")),
    ("La Oficina del Sheriff del condado de Collier, en Florida, {} modelo de fuerza de tarea.",
     ("participa en el", "está adherida al", "está inscrita en el")),
    ("La Oficina del Sheriff del condado de Bucks, en Pensilvania, {} en enero de 2026.",
     ("puso fin a su acuerdo", "rompió su acuerdo", "dejó de participar en el programa", "abandonó el programa")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "same"), MEANS_THE_SAME)
def test_what_a_named_agency_did_in_other_words(checker: Checker, text: str, same: tuple[str, ...]) -> None:
    for words in same:
        found = [one.verdict for one in _answers(checker, text.format(words))]
        assert found == ["supported"], words
