"""What is said behind a signing: more of what was signed has to be read; another statement is named and leaves it.

The sentences are synthetic. Who signed what on which day is of the record.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

WINTER = date(2026, 2, 20)
SIGNED = "Onslow County, North Carolina, signed a task force agreement on Nov. 4, 2025"
SPANISH = "El condado de Onslow, Carolina del Norte, firmó un acuerdo de grupo de trabajo el 4 de noviembre de 2025"


def named(checker: Checker, text: str) -> set[str]:
    """The verdicts on the signing by the agency that a text names first."""
    found = checker.check_text(text, published=WINTER).answers
    return {one.verdict for one in found if one.claim.shape == "holds" and one.claim.model != "JEM"}


@pytest.mark.parametrize("text", [
    f"{SIGNED}.", f"{SIGNED}, after its commissioners met twice.", f"{SIGNED}, when crowds filled the courthouse.",
    f"{SIGNED}, and its clerks bought eleven desks.", f"{SIGNED}; the FBI has an office nearby.", f"{SPANISH}.",
    "Onslow County, North Carolina, signed a task force agreement with ICE on Nov. 4, 2025.",
])  # fmt: skip
def test_another_statement_leaves_it(checker: Checker, text: str) -> None:
    assert named(checker, text) == {"supported"}


@pytest.mark.parametrize("tail", [
    ", under the jail enforcement model", ", under the warrant service model", ", for its jail", ", with the FBI",
    ", with the Lumbee Tribe", " with the Border Patrol", ", together with the Secret Service",
    ", to take effect in 2029",
    ", effective in 2029", ", and a jail agreement the same week", ", and another on Dec. 3",
    ", to end its jail agreement",
    ", under which it runs the jail in Tampa", ", with the U.S. Marshals Service", ", replacing its jail agreement",
    ", in place of the Pender County Sheriff's Office", ", as part of the jail model", ", in a deal with the DEA",
    ", which takes effect in 2029",
])  # fmt: skip
def test_what_says_more_of_what_was_signed_withholds(checker: Checker, tail: str) -> None:
    assert not named(checker, f"{SIGNED}{tail}.") & {"supported", "contradicted"}


@pytest.mark.parametrize("tail", [" con el FBI", ", bajo el modelo de cárcel", " con la Patrulla Fronteriza"])
def test_what_says_more_of_it_in_spanish_withholds(checker: Checker, tail: str) -> None:
    assert not named(checker, f"{SPANISH}{tail}.") & {"supported", "contradicted"}


@pytest.mark.parametrize("tail", [
    ", but ICE dropped it from the list in January", ", before ICE removed it in January",
    ", and ICE revoked it in January",
])  # fmt: skip
def test_an_end_that_nothing_answers_is_named(checker: Checker, tail: str) -> None:
    found = checker.check_text(f"{SIGNED}{tail}.", published=WINTER).answers
    assert [one.verdict for one in found if one.claim.shape == "other"] == ["cannot_tell"]


@pytest.mark.parametrize("body", ["FBI", "U.S. Marshals Service", "Border Patrol", "Drug Enforcement Administration"])
def test_an_agreement_with_another_federal_body_is_none_of_the_program(checker: Checker, body: str) -> None:
    text = f"The Onslow County Sheriff's Office in North Carolina signed an agreement with the {body} on Nov. 4, 2025."
    assert not named(checker, text) & {"supported", "contradicted"}
