"""What is said of a day that is not in the calendar is not judged: Feb. 30, or a Tuesday that was a Monday.

What enters: the answers, the sentences as parsed, and the article's days. What leaves: the answers; those of a sentence
with such a day "cannot tell", with the day as written.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.extract.amounts.times.windows import resolve
from ledger287.factcheck.extract.model import Days, Span
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer

OPEN = ("cannot_tell", "not_in_record", "law")
WRITTEN = ("day", "iso", "slashed")
SETTLES = "the day that is meant"


def no_such_day(
    answers: Sequence[Answer], parsed: Sequence[Parsed], published: Days | None, years: tuple[int, int]
) -> list[Answer]:
    """The answers, those on a day that there is not withheld. ``years`` are the first and last of the record."""
    unknown = {one.sentence.span: said for one in parsed if (said := _unknown(one, published, years))}
    return [_withheld(one, unknown) for one in answers]


def _unknown(parsed: Parsed, published: Days | None, years: tuple[int, int]) -> str | None:
    """The first day of a sentence that no calendar has, as written."""
    dated = [token.dated for token in parsed.tokens if token.dated and token.dated.kind in WRITTEN]
    return next((one.said for one in dated if not resolve(one, published, years).windows), None)


def _withheld(answer: Answer, unknown: dict[Span, str]) -> Answer:
    said = unknown.get(answer.claim.sentence)
    if said is None or answer.verdict in OPEN:
        return answer
    reason = f"there is no such day: “{said}”"
    return replace(answer, verdict="cannot_tell", reason=f"{reason}.", right=(), settles=SETTLES)
