"""What opens and closes a sentence around its figures; a day by its holiday; whose share a share is.

The sentences are synthetic. ``RIGHT`` are answered, with "+" for supported and "-" for contradicted; of ``HOSTILE``
none may come out supported or contradicted.
"""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

APRIL, MAY = date(2026, 4, 6), date(2026, 5, 7)
MARCH, APRIL8 = date(2026, 3, 10), date(2026, 4, 8)
RIGHT = [
    (APRIL, "We counted, and there are 1,604 of these agreements.", "+"),
    (APRIL, "We counted, and there are 1,804 of these agreements.", "-"),
    (APRIL, "By the agency's own list, ICE has 1,604 agreements.", "+"),
    (APRIL, "By ICE's own list, ICE has 1,904 agreements.", "-"),
    (APRIL, "ICE has 1,604 separate agreements.", "+"),
    (APRIL, "ICE has 1,604 agreements, and ICE has said it wants more sheriffs to join.", "+"),
    (APRIL, "ICE has 1,904 agreements, and ICE says it hopes every sheriff will join.", "-"),
    (APRIL, "ICE has 1,604 agreements, a number that would have been unthinkable in 2019.", "+"),
    (APRIL, "ICE has 1,904 agreements, a reach that few could have imagined.", "-"),
    (APRIL, "ICE has 1,604 agreements, and that worries farmers in the valley.", "+"),
    (MAY, "Texas has 195 sheriffs in the program, spread from Dalhart to the Louisiana line.", "+"),
    (MAY, "In Texas, 195 sheriffs have signed up ahead of the state's December deadline.", "+"),
    (MAY, "In Texas, 245 sheriffs have signed up ahead of the state's December deadline.", "-"),
    (APRIL, "By Easter there were 1,604 agreements.", "+"),
    (APRIL, "By Easter Sunday there were 1,704 agreements.", "-"),
    (
        MAY,
        "ICE has 1,110 agreements under the task force model, under which a broken taillight can end in an arrest.",
        "+",
    ),
    (MAY, "ICE had 135 agreements on Jan. 20, 2025. A year later, on Jan. 20, 2026, it had 1,316.", "++"),
    (APRIL8, "In Texas 249 agencies had agreements on March 3; by March 31 the number was 265.", "++"),
    (APRIL8, "In Texas 249 agencies had agreements on March 3; by March 31 the number was 365.", "+-"),
    (APRIL8, "In Texas 249 agencies had agreements on March 3; by the end of March 265 did.", "++"),
    (APRIL8, "In Texas 249 agencies had agreements on March 3; by the end of March 336 did.", "+-"),
    (MARCH, "Kansas has 28 agreements, 21 of which do no more than let jailers serve ICE's warrants.", "++"),
    (MARCH, "Kansas has 28 agreements, 25 of which do no more than let jailers serve ICE's warrants.", "+-"),
]  # fmt: skip
HOSTILE = [
    (APRIL, "We counted, and there are not 1,804 of these agreements."),
    (APRIL, "We counted, and there would be 1,604 of these agreements if all were approved."),
    (APRIL, "We counted, and nobody has 1,804 agreements."),
    (APRIL, "By the old list, ICE has 1,804 agreements."),
    (APRIL, "By a flawed list, ICE has 1,804 agreements."),
    (APRIL, "By no list, ICE has 1,604 agreements."),
    (APRIL, "ICE has 1,604 agreements, and ICE has said it wants that fixed."),
    (APRIL, "ICE has 1,604 agreements, and ICE says it was a typo."),
    (APRIL, "ICE has 1,904 agreements, and ICE says it expects a recount."),
    (APRIL, "ICE has 1,604 agreements, a number that would have been unthinkable if true."),
    (APRIL, "ICE has 1,904 agreements, a number that would have been absurd."),
    (APRIL, "ICE has 1,904 agreements, a figure that would have seemed impossible and is false."),
    (APRIL, "ICE has 1,604 agreements, a reach that would come by June."),
    (APRIL, "ICE has 1,604 agreements, and that is wrong."),
    (APRIL, "ICE has 1,904 agreements, and that worries people who say it is inflated."),
    (MAY, "Texas has 245 sheriffs in the program, spread from Dalhart to Pending."),
    (MAY, "Texas has 245 sheriffs in the program, spread from Bush to Obama."),
    (MAY, "In Texas, 245 sheriffs had signed up ahead of the December deadline."),
    (MAY, "In Texas, 245 sheriffs were signed up ahead of the vote."),
    (MAY, "In Texas, 195 sheriffs may sign up ahead of the December deadline."),
    (APRIL, "Before Easter there were 1,704 agreements."),
    (APRIL, "By next Easter there will be 1,604 agreements."),
    (MAY, "ICE has 1,309 agreements under the task force model, under which most officers are idle."),
    (MAY, "ICE has 1,309 agreements under the task force model, under which enrollment ended last year."),
    (MAY, "A year later, on Jan. 20, 2026, it hoped for 1,416 agreements."),
    (MAY, "Half of Florida agencies have signed."),
    (MAY, "One in four Florida police departments has signed."),
    (date(2026, 4, 15), "Alabama had a single agreement, in Etowah County, in January 2025. It now has 91."),
    (APRIL8, "In Texas agencies had agreements; until March 31 the number was 365."),
    (APRIL8, "In Texas 249 agencies had agreements on March 3; by March 31 the number may be 365."),
    (APRIL8, "In Texas 249 agencies had agreements on March 3; until March 31 the number was 365."),
    (APRIL8, "In Texas 249 agencies had agreements on March 3; by next March 31 the number was 365."),
    (MARCH, "Kansas has 28 agreements, 28 of which do not do more than let jailers serve ICE's warrants."),
    (MARCH, "Kansas has 28 agreements, 25 of which do more than let jailers serve ICE's warrants."),
    (MARCH, "In Kansas 25 agencies do no more than let jailers serve food."),
    (APRIL8, "In Texas 249 sheriffs opposed the program on March 3; by March 31 the number was 300."),
    (MAY, "Last Easter ICE had 456 agreements."),
]  # fmt: skip


def firm(checker: Checker, text: str, day: date) -> str:
    """The firm verdicts on a text in their order, as signs."""
    signs = {"supported": "+", "arithmetic_holds": "+", "contradicted": "-", "arithmetic_fails": "-"}
    return "".join(signs.get(one.verdict, "") for one in checker.check_text(text, published=day).answers)


@pytest.mark.parametrize(("day", "text", "signs"), RIGHT)
def test_what_frames_a_figure_does_not_withdraw_its_verdict(checker: Checker, day: date, text: str, signs: str) -> None:
    assert firm(checker, text, day) == signs


@pytest.mark.parametrize(("day", "text"), HOSTILE)
def test_what_may_turn_the_figure_is_no_frame(checker: Checker, day: date, text: str) -> None:
    assert "-" not in firm(checker, text, day) and not firm(checker, text.rsplit(". ", maxsplit=1)[-1], day)
