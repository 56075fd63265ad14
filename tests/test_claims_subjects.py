"""Whose a figure, a share and a day is: of the subject of its clause, not of what is put in before or behind it.

The sentences are synthetic; what agencies signed, and how many agreements there were, is of the record.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer

FITS = ("supported", "arithmetic_holds")
FAILS = ("contradicted", "was_true", "became_true", "arithmetic_fails")
WITHHELD = ("cannot_tell", "figure_fits")
KINDS = {"+": FITS, "-": FAILS, "?": WITHHELD}
MAY = date(2026, 5, 8)


def answers(checker: Checker, text: str, day: date = MAY) -> tuple[Answer, ...]:
    return checker.check_text(text, published=day).answers


def assert_kinds(checker: Checker, text: str, kinds: str, day: date = MAY) -> None:
    """One sign for each figure, in their order: + for right, - for wrong, ? for withheld."""
    found = [one for one in answers(checker, text, day) if one.claim.figure]
    assert len(found) == len(kinds), [one.claim.figure for one in found]
    for one, kind in zip(found, kinds, strict=True):
        assert one.verdict in KINDS[kind], (text, one.claim.figure, one.verdict, one.reason)


@pytest.mark.parametrize(("text", "kinds"), [
    ("Georgia has 64 agreements, 24 more than on Nov. 24, 2025.", "++"),
    ("Georgia has 64 agreements, 25 more than on Nov. 24, 2025.", "+-"),
    ("Georgia has 40 agreements, 24 more than on Nov. 24, 2025.", "-+"),
    ("Indiana has 31 participating agencies, 17 more than in November.", "++"),
    ("Georgia tiene 64 acuerdos 287(g), 24 más que el 24 de noviembre de 2025.", "++"),
    ("Georgia tiene 64 acuerdos 287(g), 25 más que el 24 de noviembre de 2025.", "+-"),
    ("Indiana tiene 33 acuerdos 287(g), 17 más que en noviembre.", "++"),
    ("Indiana tiene 33 acuerdos 287(g), 20 menos que en noviembre.", "+-"),
])  # fmt: skip
def test_the_day_that_a_number_is_compared_with_does_not_date_the_number_of_now(
    checker: Checker, text: str, kinds: str
) -> None:
    assert_kinds(checker, text, kinds)


def test_a_day_that_is_said_of_both_still_dates_both(checker: Checker) -> None:
    assert_kinds(checker, "Nebraska had nine agreements, three signed in April 2026.", "++")
    assert_kinds(checker, "Georgia had 40 agreements and Alabama 53 on Nov. 24, 2025.", "+-")


@pytest.mark.parametrize("text", [
    "Georgia has 64 agreements, the latest signed in March 2026.",
    "Georgia has 64 agreements, the oldest of which was signed in 2020.",
    "Georgia has 64 agreements, signed by its sheriffs on Feb. 21, 2025.",
    "Georgia has 64 agreements, and Mayor Max Poe says that 12 towns quit in February.",
    "Georgia tiene 64 acuerdos 287(g), el más reciente firmado en marzo de 2026.",
])  # fmt: skip
def test_the_day_of_a_signing_or_an_end_behind_a_count_is_not_that_of_the_count(checker: Checker, text: str) -> None:
    found = answers(checker, text)[0]
    assert found.claim.shape == "count" and not found.claim.when.windows
    assert found.verdict in ("supported", "figure_fits")
    wrong = answers(checker, text.replace("64", "67"))[0]
    assert wrong.verdict not in FITS


def test_who_left_in_a_clause_of_its_own_is_not_who_is_counted(checker: Checker) -> None:
    text = "Nebraska has seven agencies in the program, and Maine's Wells Police Department left in October 2025."
    assert answers(checker, text)[0].verdict == "supported"
    assert answers(checker, text.replace("seven", "six"))[0].verdict in FAILS


@pytest.mark.parametrize(("text", "kinds"), [
    ("Nebraska has nine agreements, three signed on April 5, 2026.", "++"),
    ("Nebraska has nine agreements, four signed on April 5, 2026.", "+-"),
    ("Nebraska tiene nueve acuerdos 287(g), tres firmados el 5 de abril de 2026.", "++"),
    ("Nebraska tiene nueve acuerdos 287(g), cinco firmados el 5 de abril de 2026.", "+-"),
])  # fmt: skip
def test_a_number_right_before_signed_counts_what_was_signed(checker: Checker, text: str, kinds: str) -> None:
    assert_kinds(checker, text, kinds)


@pytest.mark.parametrize(("text", "kinds"), [
    ("Georgia has 64 agreements and Alabama 61, together 7% of the 1,783 agreements.", "++++"),
    ("Georgia has 64 agreements and Alabama 61, together a tenth of the 1,783 agreements.", "++-+"),
    ("Georgia (64) and Alabama (61) combined have 7% of the 1,783 agreements.", "++++"),
    ("Georgia (64) and Alabama (61) combined have 3.4% of the 1,783 agreements.", "++-+"),
    ("Georgia (64) and Alabama (61) make up 7% of the 1,783 agreements.", "++++"),
    ("Georgia (64 agreements) and Alabama (61) make up 3.4% of the 1,783 agreements.", "++-+"),
    ("Georgia, with 64 agreements, and Alabama, with 61, make up 7% of the 1,783 agreements.", "++++"),
    ("Georgia has 64 agreements, and Alabama's 61 agreements are 3.4% of the 1,783 agreements.", "++++"),
    ("Georgia has 64 agreements and Alabama 61, more than 6% of the 1,783 agreements.", "++?+"),
    ("Georgia (64) y Alabama (61) suman juntos el 7 % de los 1,783 acuerdos 287(g).", "++++"),
    ("Georgia (64) y Alabama (61) suman juntos el 4 % de los 1,783 acuerdos 287(g).", "++-+"),
])  # fmt: skip
def test_a_share_of_several_together_is_of_their_sum(checker: Checker, text: str, kinds: str) -> None:
    assert_kinds(checker, text, kinds)


@pytest.mark.parametrize(("text", "kinds"), [
    ("Florida's 346 agreements, 272 of them task force agreements, make up 19% of the 1,783 agreements.", "++++"),
    ("Florida's 346 agreements, 272 of them task force agreements, make up 15% of the 1,783 agreements.", "++-+"),
    ("Florida's 346 agreements, held by 282 agencies, make up 19% of the 1,783 agreements.", "++++"),
    ("Florida's 346 agreements, held by 282 agencies, make up 16% of the 1,783 agreements.", "++-+"),
    ("Texas, with 195 sheriff's offices and 74 police departments, has 20% of the 1,497 agencies.", "++++"),
    ("Texas, with 195 sheriff's offices and 74 police departments, has 30% of the 1,497 agencies.", "++-+"),
])  # fmt: skip
def test_a_share_is_of_the_subject_and_not_of_a_part_put_in(checker: Checker, text: str, kinds: str) -> None:
    assert_kinds(checker, text, kinds)


@pytest.mark.parametrize(("text", "kinds"), [
    ("Of Tennessee's 66 agencies, fewer than the 89 in Pennsylvania, 49 are sheriff's offices.", "+++"),
    ("Of Tennessee's 66 agencies, fewer than the 89 in Pennsylvania, 14 are sheriff's offices.", "++-"),
    ("Of Tennessee's 66 agencies, compared with 89 in Pennsylvania, 49 are sheriff's offices.", "+++"),
    ("De las 66 agencias de Tennessee, menos que las 89 de Pensilvania, 49 son oficinas del sheriff.", "+++"),
    ("De las 66 agencias de Tennessee, menos que las 89 de Pensilvania, 14 son oficinas del sheriff.", "++-"),
    ("Tennessee has 66 agencies, fewer than the 89 in Pennsylvania.", "++"),
    ("Tennessee has 66 agencies, fewer than the 99 in Pennsylvania.", "+-"),
    ("Tennessee has 66 agencies, more than the 89 in Pennsylvania.", "+?"),
    ("Georgia has 64 agreements, more than the 61 in Alabama.", "++"),
])  # fmt: skip
def test_the_place_of_a_comparison_put_in_is_that_of_its_own_number_alone(
    checker: Checker, text: str, kinds: str
) -> None:
    assert_kinds(checker, text, kinds)


@pytest.mark.parametrize(("text", "kinds"), [
    ("Georgia and Alabama, with 125 agreements between them, make up 7% of the 1,783 agreements.", "+++"),
    ("Georgia and Alabama, with 115 agreements between them, make up 7% of the 1,783 agreements.", "--+"),
    ("Texas is followed by Georgia and Alabama, with 61 agreements.", "+"),
])  # fmt: skip
def test_what_states_have_between_them_is_of_all_of_them(checker: Checker, text: str, kinds: str) -> None:
    assert_kinds(checker, text, kinds)


def test_two_that_lead_are_ranked_together(checker: Checker) -> None:
    text = "Texas, with 380 agreements, and Florida, with 346, lead the nation."
    assert {one.verdict for one in answers(checker, text)} == {"supported"}
    assert_kinds(checker, text.replace("Florida, with 346", "Georgia, with 64"), "-++")


def test_what_is_compared_with_elsewhere_is_of_the_same_unit(checker: Checker) -> None:
    assert_kinds(checker, "Texas's 195 sheriffs have signed agreements, more than the 67 in Florida.", "++")
    assert_kinds(checker, "Texas's 195 sheriffs have signed agreements, more than the 60 in Florida.", "+-")


@pytest.mark.parametrize("part", ["a third of them in Texas", "most of them under the task force model"])
def test_a_share_of_what_was_signed_is_not_one_of_all(checker: Checker, part: str) -> None:
    assert answers(checker, f"In April ICE signed 179 agreements, {part}.")[-1].verdict in WITHHELD


def test_of_those_that_left_is_no_count_of_what_is_in_force(checker: Checker) -> None:
    for opening in ("Seven agreements left ICE's list", "ICE dropped seven agreements from its list"):
        for part in ("five", "four"):
            found = answers(checker, f"{opening} in the first week of May, {part} of them in Kentucky.")
            assert found[-1].claim.shape == "left"
            assert found[-1].verdict in (FITS if part == "five" else FAILS)


def test_most_of_a_growth_is_not_most_of_all(checker: Checker) -> None:
    day = date(2025, 11, 24)
    for part in ("most", "a third", "half"):
        text = f"The number of agreements grew by 293 from Aug. 14 to Nov. 24, {part} of them in Florida."
        assert answers(checker, text, day)[-1].verdict in WITHHELD, part


@pytest.mark.parametrize(("text", "kinds"), [
    ("ICE has signed 1,652 of its 1,783 agreements since Jan. 20, 2025.", "++"),
    ("ICE has signed 1,600 of its 1,783 agreements since Jan. 20, 2025.", "-+"),
    ("El ICE ha firmado 1,652 de sus 1,783 acuerdos 287(g) desde el 20 de enero de 2025.", "++"),
    ("El ICE ha firmado 1,600 de sus 1,783 acuerdos 287(g) desde el 20 de enero de 2025.", "-+"),
])  # fmt: skip
def test_what_was_signed_of_those_in_force_counts_none_that_has_ended(checker: Checker, text: str, kinds: str) -> None:
    assert_kinds(checker, text, kinds)


@pytest.mark.parametrize("instead", ["in place of", "rather than", "unlike"])
def test_who_is_named_as_another_than_who_signed_is_not_accused(checker: Checker, instead: str) -> None:
    signed = "The Isle Police Department in Minnesota signed an agreement on Jan. 26, 2026"
    text = f"{signed}, {instead} the Ely Police Department."
    found = answers(checker, text)
    assert found[0].verdict not in FAILS
    assert found[1].verdict == "cannot_tell"


@pytest.mark.parametrize("text", [
    "Georgia has 64 agreements, 24 of them in one county.",
    "Pennsylvania has 89 agreements, 85 of them in a single county.",
    "Pennsylvania has 89 agreements, 85 of which are in two counties.",
    "Missouri has 98 agreements, 80 of which follow the task force model, up from four last August.",
])  # fmt: skip
def test_what_is_said_of_an_unnamed_place_or_of_a_part_is_withheld(checker: Checker, text: str) -> None:
    found = [one for one in answers(checker, text) if one.claim.figure]
    assert found[0].verdict in ("supported", "figure_fits")
    withheld = found[-1] if "up from" in text else found[1]
    assert withheld.verdict in WITHHELD, withheld.reason


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("There were 1,376 287(g) agreements in 39 states, and Missouri had 35 agencies, the sixth most.", "supported"),
        (
            "There were 1,376 287(g) agreements in 39 states, and Missouri had 35 agencies, the seventh most.",
            "supported_if",
        ),
        ("Texas, with 208 agencies, has the second-most agreements of any state.", "supported"),
    ],
)
def test_a_rank_is_by_the_unit_of_its_own_clause(checker: Checker, said: str, verdict: str) -> None:
    answers = checker.check_text(said, published=date(2026, 2, 10)).answers
    (rank,) = [one for one in answers if one.claim.shape == "rank"]
    assert (rank.verdict, rank.measure) == (verdict, "rank_agreements" if "Texas" in said else "rank_agencies")
