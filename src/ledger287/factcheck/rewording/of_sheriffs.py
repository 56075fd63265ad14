"""A part of the sheriffs of a state, said as a number of them: "More than half of Tennessee's 95 sheriffs have joined".

What enters: a text. What leaves: where the part and its total are printed, and the number of sheriffs that it comes to.
Promise: the total is the number that is printed, else that of the state's counties where each has a sheriff; a part
without a hedge is "about" that part.
"""

import math
from dataclasses import dataclass

from ledger287.core import declared
from ledger287.core.patterns import when_needed

STATES = "|".join(sorted((one.name for one in declared.states()), key=len, reverse=True))
PARTS = {"half": 1 / 2, "a majority": 1 / 2, "most": 1 / 2, "a third": 1 / 3, "one-third": 1 / 3, "two-thirds": 2 / 3,
         "a quarter": 1 / 4, "one-quarter": 1 / 4, "three-quarters": 3 / 4, "a fifth": 1 / 5}  # fmt: skip
HEDGES = (
    r"(?P<hedge>[Mm]ore than |[Ff]ewer than |[Ll]ess than |[Aa]t least |[Aa]bout |[Rr]oughly |[Nn]early |[Aa]lmost |"
    r"[Oo]ver |[Uu]nder )?"
)
PORTION = rf"(?P<part>{'|'.join(PARTS)}|Half|Most|A majority|A third|Two-thirds|A quarter|Three-quarters)"
WHOLE = rf"(?:(?P<state>{STATES})[’']s? (?:(?P<number>\d+) )?sheriffs|(?:(?P<count>\d+) )?sheriffs in (?P<in>{STATES}))"
JOINED = (
    r"(?: now)? (?:have (?:now |already )?(?:joined|signed on|signed up|signed agreements|agreements|an agreement|one)|"
    r"are (?:now |already )?(?:in|enrolled in|taking part in|enrolled|taking part)|take part|participate)"
    r"(?: (?:to |for |in )?(?:the (?:287\(g\) )?program|287\(g\)))?(?!\w)"
)
PART = when_needed(
    rf"(?:^|(?<=; )|(?<=, and )|(?<=, but ))(?P<all>{HEDGES}{PORTION}) of (?:the )?{WHOLE}{JOINED}"
    r"(?= ?[.,;]|$| as of| by )"
)
NOT_EACH = ("AK", "CT", "HI", "MA", "MD", "MO", "NV", "NY", "RI", "VA", "VT", "CO")
"""States where not every county has a sheriff of its own, or others have one."""


@dataclass(frozen=True, slots=True)
class Share:
    """The stretch of the part, of what it is said of, and what it comes to."""

    start: int
    end: int
    part: tuple[int, int]
    state: tuple[int, int]
    said: str


def shares_of_sheriffs(text: str) -> Share | None:
    """The part of a state's sheriffs with which a text or a clause of it opens; None where it has none."""
    if "sheriffs" not in text:
        return None
    found = PART.search(text)
    if found is None:
        return None
    state, group = found["state"] or found["in"], "state" if found["state"] else "in"
    code = next(one.code for one in declared.states() if one.name == state)
    printed = found["number"] or found["count"]
    whole = int(printed) if printed else _counties(code)
    if not whole:
        return None
    number = PARTS[found["part"].lower()] * whole
    hedge = (found["hedge"] or "").strip().lower()
    majority = found["part"].lower() in ("most", "a majority")
    if hedge in ("more than", "over") or (majority and not hedge):
        said = f"at least {math.floor(number) + 1}"
    elif hedge in ("fewer than", "less than", "under"):
        said = f"at most {math.ceil(number) - 1}"
    else:
        said = f"{hedge or 'about'} {round(number)}"
    return Share(found.start("all"), found.end(), found.span("all"), found.span(group), said)


def _counties(code: str) -> int:
    from ledger287.factcheck.measures.series import counties_of

    return 0 if code in NOT_EACH else counties_of((code,))
