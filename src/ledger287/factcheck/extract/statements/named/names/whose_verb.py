"""Names of those whose verb it is not: in place of the Ada police; in Tulsa County, Oklahoma, the Bixby police signed.

What enters: an answer on a named agency, and where its sentence names it. What leaves: the answer, or "cannot tell".
Promise: nothing is held against an agency, and nothing supported, by what the sentence says of another one.
"""

from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import JUDGED

INSTEAD = when_needed(
    r"(?i)\b(?:in (?:the )?(?:place|lieu|stead) of|instead of|rather than|on behalf of|in contrast (?:to|with)|unlike|"
    r"as opposed to|ahead of|not|but not|independently of|separately from)(?: (?:the|its neighbor,?|neighboring))* $"
)
"""Before a name: the verb of the sentence is another's."""


THERE = when_needed(r"(?:^|[“\"(;:,.] ?|\b(?:and|but|while) )[Ii]n (?:[A-Z][\w.]*(?: [A-Z]\w*)?[’']s )?$")
ANOTHER_OFFICE = when_needed(
    r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)* (?:[Pp]olice|[Cc]onstable|[Mm]arshal)\b|"
    r"\b[Pp]olice in [A-Z]|\bthe (?:town|city|village|borough|township) of [A-Z]"
)
"""In Tulsa County, Oklahoma, the Bixby police signed: the county is only where they are."""


def not_who_did(answer: Answer, parsed: Parsed, name: Span) -> Answer:
    """Nothing is decided of an agency that is named only to say that another one did it: in place of the Ada police."""
    before = parsed.sentence.text[: name.start - parsed.sentence.span.start]
    behind = parsed.sentence.text[name.end - parsed.sentence.span.start :]
    only_there = bool(THERE.search(before)) and bool(ANOTHER_OFFICE.search(behind))
    if answer.verdict not in JUDGED or not (INSTEAD.search(before) or only_there):
        return answer
    reason = f"it is named as another than who did it. As it was read: {answer.reason}"
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="a person who reads the sentence")
