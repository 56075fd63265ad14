"""One state set against several others: more than Ohio, Iowa or Utah; outnumber those of Ohio and Iowa combined.

What enters: the line of a sentence and the claims of its figures. What leaves: claims of shape ``gap``: one against
all of them together where the sentence says so ("combined"), else one against each. Promise: "more than Ohio and Iowa"
alone may mean either, and is no claim; a number, place or model next to it that the pattern does not name ends it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Claim, SetAgainst, When, Where
from ledger287.factcheck.extract.statements.compared.relating.gaps import gap_of, more_of, token_of, unit_of
from ledger287.factcheck.extract.statements.tag_line import TagLine
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import names_state

UNIT = r"#U:(?P<unit>agreements|agencies)"
OTHERS = (
    r"(?P<others>(?:either )?#P(?: (?:,|and|or|either|#P))*)"
    r"(?P<tail> ,? ?(?:combined|together|put together|taken together))?(?= (?:[.,;:)—–]|while|and|but|though|as)|$)"
)
ONE = r"(?<!and )(?<!or )(?<!#P , )(?P<one>#P)"
"""A state that is the only subject: not the second of "Ohio and Iowa"."""
ASIDE = r"(?P<aside> (?:,|\() [^.;]*? ?(?:,|\)))?"
HAVING = r"(?: (?:#W|now|still|already|currently))* (?:has|had|holds|counts)(?: (?:#W|now|still|already))?"
HAS_MORE = when_needed(rf"{ONE}{ASIDE}{HAVING} (?:far |many )?(?P<said>(?P<more>more|fewer) {UNIT} than) {OTHERS}")
"""Texas has more agreements than Ohio, Iowa or Utah."""
EXCEEDING = (
    r"(?P<said>(?:far |easily |now )*(?:outnumber|exceed|surpass|top|dwarf|eclipse)s? "
    r"(?:(?:those|the (?:totals?|numbers?)) (?:of|in|for)|that of))"
)
OUTNUMBERING = when_needed(rf"{ONE} (?:#1 )?{UNIT} {EXCEEDING} {OTHERS}")
"""Florida's 300 agreements outnumber those of Ohio and Iowa combined."""
AGREEMENTS_IN = when_needed(rf"{UNIT} (?:in|of) {ONE} {EXCEEDING} {OTHERS}")
"""The 300 agreements in Florida exceed those of Ohio and Iowa combined."""
BEHIND_COMMA = when_needed(
    rf"{ONE}{ASIDE}{HAVING} (?P<count>#1) {UNIT}(?: (?:under|in|through) (?:the )?#R)? (?:,|—|–) "
    rf"(?P<said>(?:far |well |many )?(?P<more>more_than|fewer_than|more than|fewer than)) {OTHERS}"
)
"""Arkansas has 72 agreements, more than Ohio, Iowa or Utah."""
PUT_NEXT_TO = when_needed(
    rf"{ONE} #1(?: {UNIT})? (?P<said>(?:put|puts|place|places|leave|leaves) it (?:far |well |just )?"
    rf"(?P<more>ahead of|ahead_of|above|behind|just_behind|below)) {OTHERS}"
)
"""Tennessee's 75 agreements put it behind Ohio, Iowa or Utah."""
AS_WELL = when_needed(
    rf" ,? ?(?:but|though|and) (?:still )?(?P<said>(?:far |well |many )?(?P<more>more_than|fewer_than)) {OTHERS}"
)
"""More than Ohio but fewer than Iowa."""


def against_several(line: TagLine, claims: Sequence[Claim], when: When) -> Iterator[Claim]:
    """The claims by which a sentence sets one state against several others, or against one behind its number."""
    if any(one.kind == "MODEL" for one in line.parsed.tokens):
        return
    for pattern in (HAS_MORE, OUTNUMBERING, AGREEMENTS_IN, BEHIND_COMMA, PUT_NEXT_TO):
        for found in pattern.finditer(line.text):
            if pattern is HAS_MORE and found["tail"] and not found["aside"]:
                continue  # is read with the other statements of that form
            one = token_of(line, found, "one")
            unit = unit_of(claims, found)
            yield from _of(line, found, unit, when, one, alone=pattern is not HAS_MORE)
            more = AS_WELL.match(line.text, found.end()) if pattern is BEHIND_COMMA else None
            yield from _of(line, more, unit, when, one) if more else ()


def _of(
    line: TagLine, found: "re.Match[str]", unit: str, when: When, one: Token, *, alone: bool = True
) -> Iterator[Claim]:
    """What is said of one state against the others of a match; ``alone``: against a single one too."""
    others = [each for each in line.tokens(*found.span("others")) if names_state(each)]
    either = "and" in found["others"].split() and not found["tail"]
    if either or one.value in {each.value for each in others} or (len(others) == 1 and not alone):
        return
    fewer = "more" in found.re.groupindex and found["more"].startswith(LESS)
    for group in [others] if found["tail"] or len(others) == 1 else [[each] for each in others]:
        claim = gap_of(line, found, more_of(line, found), unit, Where((one.value,), True, one.text), when)
        covers = [*claim.wording.covers, (line.span(*found.span("others")), "comparison")]
        covers += [(line.span(*found.span("tail")), "comparison")] if found["tail"] else []
        yield replace(
            claim.worded(covers=tuple(covers)),
            span=claim.span if len(group) > 1 else group[0].span,
            terms=SetAgainst(against=tuple(dict.fromkeys(each.value for each in group)), falls=fewer),
        )


LESS = ("fewer", "behind", "just_behind", "below")
