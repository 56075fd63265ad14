"""Whose share it is: of the subject of its clause, not of a part put in before the verb; of a sum, of all parts.

What enters: a sentence and its claims, in the order of their figures. What leaves: the claims, each share with the
counts that it is the share of. Promise: a part put in ("245 of them", "held by 282 agencies") is not the subject;
counts are added up only where the sentence says so ("together"), and only those of states that it names apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.doubts import KINDS, NO_SUBJECT, PART_OR_ALL
from ledger287.factcheck.extract.model import Claim, Where
from ledger287.factcheck.parse.parsing import Parsed

TOGETHER = when_needed(r"(?i)\b(?:together|combined|between them|jointly|taken as one|in sum)\b")
PLURAL = when_needed(r"(?i)\b(?:make up|account for|hold|have|represent|comprise|constitute|are|were|form)\b[^,;]*$")
APART = when_needed(r"(?i)\b(?:has|had|have|holds?|there|while|but|whereas)\b")
"""Among counts that have verbs of their own: has 380, and the 346 of Florida are a fifth."""
EACH = when_needed(r"(?i)\b(?:each|apiece|respectively|either)\b")
PUT_IN = when_needed(
    r"(?i)[,(—–] ?(?:including|held by|signed by|run by|with|among them|covering|spread (?:over|across)|across|up from|"
    r"compared (?:with|to)|(?:more|fewer|less) than|against|versus|"
    r"which (?:include|cover|span|hold|have|has|sign|run|operate)(?:s|ed)?|that are held by|"
    r"held in|shared by|divided among)\b[^,;—–()]*$"
)
"""Opens what is put in between a subject and its verb, right before a count of it."""
PART = when_needed(r"(?i)^(?: [\w’'()-]+){0,3}? of (?:them|which|those|these|whom)\b")
"""Right behind a count: of them."""
OF_WHOLE = when_needed(r"(?i)^ of (?:the |its |all |all the |(?:the )?(?:nation|country)[’']s )*$")
OF_THEM = when_needed(r"(?i)^ of (?:them|which|those|these|whom)\b")
HAPPENED = ("change", "growth", "left", "signed", "gap")
"""Shapes of counts that are not of what there is on a day."""


def of_subject(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each share with its subject."""
    found = [_of_subject(parsed, one, claims) if one.shape == "share" and one.figure else one for one in claims]
    return [_of_part(parsed, one, found[at - 1]) if at else one for at, one in enumerate(found)]


def _of_part(parsed: Parsed, one: Claim, last: Claim) -> Claim:
    """``63, 52 of which are of one model, up from four``; ``grew by 293, most of them in Ohio``: of which is open."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    behind = [text[(each.figure or each).span.end - offset :] for each in (last, one)]
    of_part = one.wording.role == "from" and last.model and not one.model and OF_THEM.match(behind[0])
    of_change = one.shape == "share" and last.shape in HAPPENED and last.unit == one.unit and OF_THEM.match(behind[1])
    if of_part or (of_change and one.sense != "signed"):
        return one.worded(unsure=PART_OR_ALL if of_part else NO_SUBJECT)
    return one


def _of_subject(parsed: Parsed, share: Claim, claims: Sequence[Claim]) -> Claim:
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    start = share.span.start - offset
    begin = text.rfind(";", 0, start) + 1
    counts = [
        one for one in claims
        if one.shape == "count" and one.figure and one.wording.role != "from" and not one.pending
        and len(one.where.states) == 1 and begin <= one.span.start - offset and one.span.end - offset <= start
    ]  # fmt: skip
    whole = _whole_of(text, offset, share, claims)
    if not counts or whole is None:
        return share
    put_in = [one for one in counts if _is_put_in(text, offset, one, start)]
    main = [one for one in counts if one not in put_in] or counts
    if TOGETHER.search(text, begin, whole.span.start - offset) or _are_one_subject(text, offset, main, start, begin):
        return _sum(share, main)
    if put_in and len(main) == 1 and main != counts:
        one = main[0]
        made = replace(share, unit=one.unit, model=one.model, kind=one.kind, where=one.where)
        return made.compared(parts=(one.figure,) if one.figure else ())
    if share.unit in KINDS and share.kind is None and whole.unit == "agencies" and put_in == counts:
        return replace(share, unit=whole.unit)  # Texas, with 195 sheriff's offices, has a fifth of the 1,497 agencies
    return share


def _are_one_subject(text: str, offset: int, main: Sequence[Claim], start: int, begin: int) -> bool:
    """Whether counts of several states are joined before one verb in the plural: Texas (380) and Ohio (20) make up."""
    if len(main) < 2 or len({state for one in main for state in one.where.states}) != len(main):
        return False
    last = main[-1].span.start - offset
    joined = re.search(r"\band\b", text[main[-2].span.end - offset : last]) is not None
    behind = text[main[-1].span.end - offset : start]
    apart = APART.search(text[begin:last])
    apart = apart or EACH.search(text, begin, start)
    return joined and apart is None and PLURAL.search(behind) is not None


def _whole_of(text: str, offset: int, share: Claim, claims: Sequence[Claim]) -> Claim | None:
    """The count of all that the share is of: a fifth of the 1,783."""
    behind = (one for one in claims if one.span.start >= share.span.end and one is not share)
    first = next(behind, None)
    between = first and text[share.span.end - offset : first.span.start - offset]
    return first if first and OF_WHOLE.match(f"{between}".replace("  ", " ")) else None


def _is_put_in(text: str, offset: int, one: Claim, start: int) -> bool:
    """Whether a count is of what is put in before the share, with a mark behind it."""
    figure = one.figure.span if one.figure else one.span
    closed = re.search(r"[,)—–]", text[figure.end - offset : start]) is not None
    before, behind = text[: figure.start - offset], text[figure.end - offset :]
    return closed and bool(PUT_IN.search(before) or PART.match(behind))


def _sum(share: Claim, parts: Sequence[Claim]) -> Claim:
    """A share of several counts together: those of the states that are named apart, of one thing."""
    states = [state for one in parts for state in one.where.states]
    same = {(one.unit, one.model, one.kind, one.when.windows) for one in parts}
    if len(parts) < 2 or len(set(states)) != len(parts) or len(same) != 1:
        return share.worded(unsure=NO_SUBJECT) if len(parts) > 1 else share
    figures = tuple(one.figure for one in parts if one.figure)
    made = replace(share, unit=parts[0].unit, model=parts[0].model, where=Where(tuple(states), True, "together"))
    return made.compared(parts=figures)
