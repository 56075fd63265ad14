"""Who counted, when their list is updated, what the program does: what is said next to a figure.

What enters: a parsed sentence. What leaves: the role of each token of such a stretch. Promise: as for ``segments``,
only declared words, and none that can turn or speak of the figure.
"""

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.stretches.segments import ASIDE, bears_nothing
from ledger287.factcheck.coverage.stretches.sources import SOURCE, is_source, words_of
from ledger287.factcheck.parse.parsing import Parsed

COUNTING = ("counted", "counts", "tallied", "identified", "documented", "found", "reported", "recorded", "logged")


def beside_roles(parsed: Parsed) -> dict[int, str]:
    """The role of each token of such a stretch."""
    return _opening_count(parsed) | _updated(parsed) | _with_figure(parsed)


UPDATED = when_needed(
    r"(?i), which (?:(?:ICE|the agency|it|they|officials) )?(?:(?:is|was|are|were|has|have|been|last) )*"
    r"(?:updated?s?|posted|posts|published|publishes|maintained|maintains|compiled|refreshed|releases?d?|kept|keeps)"
    r"(?: (?:weekly|daily|regularly|periodically|online|monthly|twice|a|week|several|times|every|few|days|publicly|on|"
    r"its|website|the|agency[’']s|ICE[’']s|each|month|workday|weekday|and|frequently|often|recently|public))*(?=[.,]|$)"
)
"""What is said of the list that says so: …, which is updated weekly."""


def _updated(parsed: Parsed) -> dict[int, str]:
    offset = parsed.sentence.span.start
    stretches = [(one.start() + offset, one.end() + offset) for one in UPDATED.finditer(parsed.sentence.text)]
    return {
        at: SOURCE
        for at, token in enumerate(parsed.tokens)
        if any(first <= token.span.start < last for first, last in stretches)
    }


def _with_figure(parsed: Parsed) -> dict[int, str]:
    """``The program, with 895 agreements, encourages profiling``: what the program does, behind the figure."""
    tokens = parsed.tokens
    opens = next((at for at, one in enumerate(tokens[:-2]) if one.text == "," and tokens[at + 1].text == "with"), 0)
    close = next((at for at in range(opens + 2, len(tokens)) if tokens[at].text == ","), 0) if opens else 0
    subject = tokens[opens - 1].text.lower() in ("program", "initiative") if opens else False
    if not (subject and close and any(one.first > opens and one.last < close for one in parsed.amounts)):
        return {}
    behind = tokens[close + 1 :]
    free = bears_nothing(behind) and not any(one.kind in ("UNIT", "SIGN", "MONEY") for one in behind)
    spoken = any(set(words_of(one)) & (neutral("speaking") - {"program"}) for one in behind)
    return dict.fromkeys(range(close, len(tokens)), ASIDE) if free and not spoken and len(behind) > 1 else {}


def _opening_count(parsed: Parsed) -> dict[int, str]:
    """``The department's inspector general counted 71``: who counted, right before the number."""
    tokens = parsed.tokens
    start = 2 if len(tokens) > 2 and tokens[0].kind == "WHEN" and tokens[1].text == "," else 0
    verb = next((at for at, one in enumerate(tokens[:12]) if at > start and one.text.lower() in COUNTING), 0)
    after = tokens[verb + 1 : verb + 2]
    if not verb or not after or after[0].kind not in ("NUM", "HEDGE"):
        return {}
    said = tokens[start:verb]
    known = all(is_source(one, 1) and one.kind not in ("PLACE", "NAME") for one in said)
    return dict.fromkeys(range(start, verb + 1), SOURCE) if known and len(said) > 1 else {}
