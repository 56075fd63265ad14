"""Sentences on a part of what the one before them counts, which a sentence on "it" passes over.

What enters: a parsed sentence and those before it. What leaves: the ones that it may go on with. Promise: "Texas has
259 agreements. Most are with sheriffs. It had 104 in June." counts agreements in June, not sheriffs.
"""

from collections.abc import Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.parsing import Parsed

PART_OF_THEM = when_needed(
    r"(?i)^(?:(?:of|among) (?:those|them|these)\b[^,]*, )?"
    r"(?:(?:the|a|about|nearly|almost|roughly|more than|only|just|vast|great|large) )*"
    r"(?:most|many|some|half|all|several|few|rest|others?|remainder|majority|bulk|third|quarter|two-thirds|three-quarters"
    r"|each|one|none|[\d,.]+%?(?: percent)?|[a-z]+-[a-z]+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
    r"(?: of (?:them|these|those|the agreements))? (?:are|were|is|was|involve|come|cover|belong|follow|use) "
    r"(?:\w+ ){0,2}?"
    r"(?:with|under|of|by|from|for|to|held|sheriffs?|sheriff[’']s|police|constables?|campus|jail|task|warrant)\b"
)
OF_IT = when_needed(r"(?i)^(?:[^,;]*, )?(?:it|the state|the commonwealth)(?:[’']s)? ")


def leaned_on(one: Parsed, before: Sequence[Parsed]) -> list[Parsed]:
    """The sentences before one that it may go on with: of "it", none on a part of what is counted."""
    if not OF_IT.search(one.sentence.text):
        return list(before)
    return [each for each in before if not is_of_part(each)]


def is_of_part(parsed: Parsed) -> bool:
    """Whether a sentence is on a part of what the one before it counts, and names no place."""
    return bool(PART_OF_THEM.search(parsed.sentence.text)) and not any(one.kind == "PLACE" for one in parsed.tokens)


def of_wholes(claims: Sequence[Claim], parsed: Parsed) -> Sequence[Claim]:
    """The claims of a sentence that the next one may take its noun from."""
    return () if is_of_part(parsed) else claims
