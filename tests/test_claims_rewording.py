"""What a sentence takes from the one before, members that it names, closing clauses, and known agencies on no list.

The sentences are synthetic. Each is tried with a right and a wrong figure, or with hostile words; of those none may
come out supported or contradicted.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.verdicts.answers import Answer

AUGUST, DECEMBER, MAY = date(2025, 8, 20), date(2025, 12, 20), date(2026, 5, 7)
MARKS = {"supported": "+", "supported_if": "+", "contradicted": "-", "was_true": "-", "became_true": "-"}


def marks(answers: tuple[Answer, ...]) -> str:
    return "".join(MARKS.get(one.verdict, "?") for one in answers if one.claim.shape != "other")


FOLLOWING = [
    ("Alabama had a single agreement when Trump returned to the White House. It now has 61.", "++"),
    ("Alabama had a single agreement when Trump returned to the White House. It now has 68.", "+-"),
    ("Three Kentucky sheriffs had agreements in May 2025. Today, 27 do.", "?+"),
    ("Three Kentucky sheriffs had agreements in May 2025. Now it’s 47, and the association expects more.", "?-"),
    ("Agencies in nine states had signed on by January 2021. Today it's 39.", "?+"),
    ("Ohio had two agreements in 2024. It now has 400 detention beds.", "?"),
    ("Ohio had two agreements in 2024. It now has 21 in the pipeline.", "?"),
    ("Two Ohio sheriffs refused to sign in 2024. Today, 12 do.", "?"),
    ("Two Ohio sheriffs wanted agreements last year. Now it's 12.", "?"),
    ("Two Ohio sheriffs regret their agreements. Today, 12 do.", "?"),
    ("Ohio might have two agreements. Today, 12 do.", "?"),
    ("Ohio had two agreements in 2024. Today it is 12 degrees.", "?"),
    ("Ohio and Iowa had two agreements in 2024. It now has 12.", "?"),
    ("Two sheriffs in Ohio quit the program in 2025. Now it's 12.", "?"),
]


@pytest.mark.parametrize(("text", "expected"), FOLLOWING)
def test_a_sentence_takes_what_it_leaves_out_from_the_one_before(checker: Checker, text: str, expected: str) -> None:
    found = checker.check_text(text, published=MAY).answers
    last = text.rindex(". ") + 2
    second = marks(tuple(one for one in found if one.claim.span.start >= last and one.claim.figure))
    assert second[:1] == expected[-1] or (expected == "?" and not second), [(one.verdict, one.reason) for one in found]
    for one in found:
        if one.claim.figure:
            span = one.claim.figure.span
            assert text[span.start : span.end] == one.claim.figure.said


MEMBERS = [
    ("Georgia has 33 agencies in the program, including the sheriffs of Coweta, Fayette and Hall counties.", "++++"),
    ("Georgia has 33 agencies in the program, including the sheriffs of Fulton and Hall counties.", "+-+"),
    ("In Idaho, ICE has agreements with eight agencies, including the State Police.", "++"),
    ("Nine Utah sheriffs have signed, along with the Provo Police Department.", "+-"),
    ("Sixty-three agreements were signed on Aug. 28, all of them in Texas.", "+-"),
]


@pytest.mark.parametrize(("text", "expected"), MEMBERS)
def test_members_that_are_named_are_read_on_their_own(checker: Checker, text: str, expected: str) -> None:
    found = checker.check_text(text, published=date(2025, 10, 20)).answers
    assert marks(found) == expected, [(one.verdict, one.meaning, one.reason) for one in found]
    assert all(one.claim.sentence.end <= len(text) for one in found)


KNOWN = [
    ("The Houston Police Department in Texas signed an agreement on Aug. 17.", "-"),
    ("The Houston Police Department in Texas has no agreement with ICE.", "+"),
    ("The Dallas County Sheriff's Office in Texas has an agreement with ICE.", "-"),
    ("The Milwaukee Police Department is not among the Wisconsin agencies with agreements.", "+"),
    ("The Duval County Sheriff's Office in Florida has an agreement with ICE.", "?"),
    ("The Nashville Police Department in Tennessee has an agreement with ICE.", "?"),
    ("The Houston Police Department may have signed an agreement with ICE.", "?"),
    ("The Houston Police Department in Ohio has an agreement with ICE.", "?"),
    ("The Houston Police Department has an agreement with ICE.", "?"),
    ("The Harriss County Sheriff's Office in Texas has an agreement with ICE.", "?"),
]


@pytest.mark.parametrize(("text", "expected"), KNOWN)
def test_a_known_agency_on_no_list_is_decided_where_its_state_is_plain(
    checker: Checker, text: str, expected: str
) -> None:
    found = [one for one in checker.check_text(text, published=DECEMBER).answers if one.claim.shape == "holds"]
    assert {MARKS.get(one.verdict, "?") for one in found} in ({expected}, set() if expected == "?" else {expected})


def test_the_last_weeks_of_the_record_do_not_rule_out_a_signing(checker: Checker) -> None:
    text = "The Houston Police Department in Texas signed an agreement with ICE on May 4, 2026."
    assert all(one.verdict not in MARKS for one in checker.check_text(text, published=date(2026, 5, 8)).answers)


CLOSING = [
    "ICE has {} agreements, and lawmakers in the capitol would welcome every sheriff.",
    "ICE has {} agreements, and none of them requires a vote of the public.",
    "ICE has {} agreements, and nobody in the capitol expects that to be the end of it.",
]


@pytest.mark.parametrize("text", CLOSING)
def test_a_clause_of_somebody_else_changes_nothing(checker: Checker, text: str) -> None:
    for value, expected in (("895", "supported"), ("1,895", "contradicted")):
        found = [one for one in checker.check_text(text.format(value), published=AUGUST).answers if one.claim.figure]
        assert found[0].verdict == expected, (found[0].verdict, found[0].reason)


HOSTILE = [
    "ICE has {} agreements, and the sheriff knows better.",
    "ICE has {} agreements, but the governor begs to differ.",
    "ICE has {} agreements, and nobody in the office takes that seriously.",
    "ICE has {} agreements, but nobody in the county has joined.",
    "ICE has {} agreements, though no sheriff has signed.",
    "ICE has {} agreements, though the governor has torn up dozens.",
    "ICE has {} agreements, but auditors came up with more.",
    "ICE has {} agreements, a pace that ended in June.",
    "ICE has {} agreements, a sign of wishful thinking.",
    "ICE has {} agreements, and none of them exists.",
    "ICE has {} agreements, and most of them require signatures still.",
    "ICE has {} agreements, as the governor claimed.",
    "ICE has {} agreements, as the governor dreamed.",
    "ICE has {} agreements, as nobody ordered.",
    "ICE has {} agreements, and the courts have thrown out many.",
    "ICE has {} agreements, but lawyers call the tabulation sloppy.",
    "ICE has {} agreements, but a judge sent half packing.",
    "ICE has {} agreements, but a judge has put them on ice.",
    "ICE has {} agreements, while officials in Washington speak of many more.",
    "ICE has {} agreements, but the agency includes every handshake.",
    "The nightmare is simple: ICE has {} agreements.",
    "The brochure is glossy: ICE has {} agreements.",
    "The bet is simple: ICE has {} agreements.",
    "Somewhere over the rainbow, ICE has {} agreements.",
    "ICE has {} agreements, a whopper.",
    "ICE has {} agreements, my foot.",
    "ICE has {} agreements, courtesy of creative accounting.",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_denies_in_a_closing_clause_withdraws_the_verdict(checker: Checker, text: str) -> None:
    for value in ("895", "1,895"):
        for one in checker.check_text(text.format(value), published=AUGUST).answers:
            assert one.verdict not in ("supported", "contradicted"), (value, one.verdict, one.reason)


OWN_FORMS = [
    (MAY, "About 240 agencies hold more than one kind of agreement, and 49 have all three.", "++"),
    (MAY, "About 340 agencies hold more than one kind of agreement, and 59 have all three.", "--"),
    (MAY, "In Texas, 30 agencies hold all three types of agreement.", "-"),
    (MAY, "About 240 agencies want more than one kind of agreement.", "?"),
    (MAY, "About 240 agencies once hoped to hold more than one kind of agreement.", "?"),
    (MAY, "About 240 eager agencies hold more than one kind of agreement.", "?"),
    (MAY, "Three in four Texas sheriffs have signed up.", "+"),
    (MAY, "Nine in 10 Texas sheriffs have signed up.", "-"),
    (MAY, "A little more than half of Tennessee’s 95 sheriffs are in.", "+"),
    (MAY, "Half of Texas sheriffs have refused to sign.", "?"),
    (MAY, "Half of Texas sheriffs have signed petitions.", "?"),
    (MAY, "Half of Texas sheriffs may have signed up.", "?"),
    (MAY, "Three in four rural Texas sheriffs have signed up.", "?"),
    (
        MAY,
        "Collier County Sheriff's Office was the first agency in the nation to sign a task force agreement in 2025.",
        "-",
    ),
    (
        MAY,
        "The Texas Attorney General's office was the first in the nation to sign a task force agreement in 2025.",
        "+",
    ),
    (MAY, "Guam was the first territory to join, in September 2025.", "+"),
    (MAY, "Guam was the first territory to join, in August 2025.", "-"),
    (MAY, "Guam was the first territory to join last year.", "+"),
    (MAY, "Guam was the first territory to join this year.", "?"),
    (MAY, "Guam was supposedly the first territory to join.", "?"),
    (MAY, "Guam was nearly the first territory to join.", "?"),
    (MAY, "Guam was the first territory to join reluctantly.", "?"),
    (MAY, "Guam was not the first territory to join.", "?"),
    (MAY, "Guam may have been the first territory to join.", "?"),
    (MAY, "Guam was the first territory to join the lawsuit against the program.", "?"),
    (MAY, "Guam was the first territory in the Pacific to join.", "?"),
    (MAY, "Guam was the first territory to sign away its rights.", "?"),
]


@pytest.mark.parametrize(("day", "text", "expected"), OWN_FORMS, ids=[text[:60] for _, text, _ in OWN_FORMS])
def test_statements_of_a_form_of_their_own(checker: Checker, day: date, text: str, expected: str) -> None:
    found = [one for one in checker.check_text(text, published=day).answers if one.claim.shape not in ("other", "law")]
    firm = "".join(MARKS.get(one.verdict, "?") for one in found)
    assert firm == expected or (expected == "?" and not set(firm) - {"?"}), [(one.verdict, one.reason) for one in found]


BESIDE = [
    "Texas has 380 agreements, more than any other state in the book.",
    "Texas has 380 agreements, the highway patrol's among them.",
    "Texas has 380 agreements, and Florida, the longtime leader, 346.",
    "Texas sheriffs have flocked to the program: The state has 380 agreements.",
]


@pytest.mark.parametrize("text", BESIDE)
def test_a_statement_next_to_a_figure_does_not_withhold_it(checker: Checker, text: str) -> None:
    for value, expected in (("380", "supported"), ("480", "contradicted")):
        found = checker.check_text(text.replace("380", value), published=date(2026, 5, 8)).answers
        (one,) = (answer for answer in found if answer.claim.figure and answer.claim.figure.said == value)
        assert one.verdict == expected, (one.verdict, one.reason)


TURNED = [
    "ICE has {} agreements, and 300 of those are fictional.",
    "ICE has {} agreements, and auditors confirmed 300.",
    "ICE has {} agreements, but sheriffs say the count is 300.",
    "ICE has {} agreements, but Texas would have 400 if asked.",
    "ICE has {} agreements, while police unions put it at 300.",
    "ICE has {} agreements, the most it could dream of.",
    "ICE has {} agreements, the first of many lies.",
    "ICE has {} agreements, a record that was invented.",
    "ICE has {} agreements, a record for next year.",
    "ICE has {} agreements, and 40 percent of them have expired.",
    "ICE has {} agreements, but two-thirds exist on paper.",
    "ICE wants {} agreements, the most ever.",
    "ICE might have {} agreements, and Florida 317.",
    "ICE has {} agreements, against 300 that it can prove.",
    "ICE has {} agreements; the governor begs to differ.",
    "The agency's pitch is simple: ICE has {} agreements.",
    "Sheriffs want in on the program: ICE has {} agreements.",
    "Agreements could multiply: ICE has {} agreements.",
]


@pytest.mark.parametrize("text", TURNED)
def test_a_statement_that_points_back_or_wishes_withholds_it(checker: Checker, text: str) -> None:
    for value in ("895", "1,895"):
        for one in checker.check_text(text.format(value), published=AUGUST).answers:
            if one.claim.figure and one.claim.figure.said == value:
                assert one.verdict not in ("supported", "contradicted"), (value, one.verdict, one.reason)


PLAIN = [
    ("RALEIGH, N.C. — North Carolina has 30 agreements.", "+"),
    ("RALEIGH, N.C. — North Carolina has 58 agreements.", "-"),
    ("ICE’s pending list on Nov. 15, 2025, was empty.", "+"),
    ("ICE’s pending list on May 13, 2025, was empty.", "?"),
    ("Arkansas held three agreements on the last day of June 2025.", "+"),
    ("Florida has 346 agreements. The Lone Star State has 380.", "++"),
    ("Guam has two agreements.", "-"),
    ("Puerto Rico has no agreements.", "+"),
    ("Illinois and Oregon have no participating agencies. Neither do Vermont and Hawaii.", "+?"),
    ("In Utah, 12 agencies are enrolled. Salt Lake City's police are not.", "++"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_what_is_said_in_other_words_is_read(checker: Checker, text: str, expected: str) -> None:
    found = marks(checker.check_text(text, published=date(2026, 5, 8)).answers)
    assert found in (expected, expected.rstrip("?")), found


AGAIN = [
    ("Fifty-seven state agencies — troopers, prison systems, even Florida's lottery — are signed up.", "+"),
    ("Sixty-seven state agencies — troopers, prison systems, even Florida's lottery — are signed up.", "-"),
    ("ICE has 1,783 agreements, among them tiny constable precincts and the nation's biggest highway patrols.", "+"),
    ("ICE has 1,783 agreements, including pending ones.", "?"),
    ("ICE has 1,783 agreements, including renewals.", "?"),
    ("Fifty-seven state agencies — fictional troopers, prison systems — are signed up.", "?"),
    ("Forty-nine of Tennessee's 95 sheriffs, a bare majority, take part.", "+?"),
    ("Forty-nine of Tennessee's 95 sheriffs, a phantom majority, take part.", "??"),
    ("Every one of Florida’s 67 sheriffs is signed up.", "+"),
    ("The Kenosha County Sheriff’s Office is proud to announce that it signed a warrant service agreement on Jan. 7, "
     "2026.", "-"),
    ("The Kenosha County Sheriff’s Office hopes to announce that it signed a warrant service agreement on Jan. 7, "
     "2026.", "?"),
    ("On a single day, Feb. 26, 2025, 87 agreements were signed.", "+"),
    ("On a single day, Feb. 26, 2025, 97 agreements were signed.", "-"),
    ("DHS put the number of agreements at 1,783 on May 8, 2026.", "+"),
    ("ICE put 1,783 agreements on hold.", "?"),
    ("The governor put the number of agreements in doubt at 1,783.", "?"),
    ("Galveston County, on the Texas coast, has eleven agencies on the list.", "-"),
    ("Ohio has 21 agreements. A year ago it was six.", "++"),
    ("Ohio wants 21 agreements. A year ago it was six.", "?"),
    ("Ohio has 21 agreements. A year ago it was eight degrees.", "+"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AGAIN, ids=[text[:60] for text, _ in AGAIN])
def test_more_forms_of_the_same(checker: Checker, text: str, expected: str) -> None:
    found = marks(checker.check_text(text, published=date(2026, 5, 8)).answers)
    assert found.rstrip("?") == expected.rstrip("?"), found
