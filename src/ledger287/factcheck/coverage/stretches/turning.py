"""Words that turn a claim into another one, and that its reading did not use: "have no", "used to", "overtook in May".

What enters: a parsed sentence, a claim, and all claims of the sentence. What leaves: the words in the claim's clause
that turn it. Promise: a claim with such a word is never firm; a claim that was read with the word (places counted for
having none, a figure that is denied) has none of them.
"""

import re
from collections.abc import Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.stretches.events import other_party
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.parsing import Parsed

LACK = when_needed(r"(?i)\b(?:have|has|had|hold|holds|held) (?:had |yet )?(?P<word>no|zero|not one|not a single)\b")
ONCE = when_needed(
    r"(?i)\b(?P<word>used to)\b(?! \w+ing\b)|\bmade (?P<other>it|that|this|them) up\b"
    r"|\bmade (?P<third>up)(?=[.,;]|$)"
    r"|\b(?:has|have|had) (?P<fourth>just) (?=signed\b|inked\b|added\b)"
)
UNDONE = when_needed(
    r"(?i)\b(?P<word>nearly|almost|all but|practically|virtually|barely|hardly)"
    r" (?=(?:signed|joined|entered|enrolled|ended|terminated|canceled|left|quit|lost|withdrew|had)\b)"
    r"|\b(?P<other>(?:yet|about|going|due|close|ready|free|able|eligible|expected|likely|next) to|on the verge of|"
    r"close to|on track to)(?= (?:\w+ )?(?:sign|signing|join|joining|enter|entering|enroll|end|ending|leave|leaving|"
    r"quit|get|getting|have|having|hold)\b)"
)
"""What has not been done: nearly signed, has yet to sign, is about to join."""
WAY = when_needed(r"(?i)\b(?P<word>up|down)(?= (?:to [\w,-]+ )?from\b)|\b(?P<other>more|fewer|less)(?= than the\b)")
"""Which way a figure went from another."""
SAID = when_needed(r"(?i) to |\bit (?:is|was)\b|\bit[’']s\b|\b(?:they|some|people|many|folks|others) [a-z]")
HEARSAY = when_needed(
    r"(?i)\b(?:is|are|was|were|has been|have been) (?:also |now |widely |often |commonly |generally )?"
    r"(?P<word>said|thought|believed|reported|rumored|understood|reputed|assumed|known|estimated|expected|supposed|seen)"
    r" to (?:have|hold|be|count|number|include|run|participate|take|cover)\b"
    r"|\b(?:it is|it was|it[’']s) (?:also |now |widely |often |commonly |generally )?(?P<other>said|thought|believed|"
    r"reported|rumored|alleged|claimed|assumed|understood)\b"
    r"|\b(?:they|some|people|many|folks|others) (?P<third>say|claim|think|believe|insist|reckon)\b"
)
"""What somebody, who is not named, is to have said: Florida is said to have 320."""
ALL_HAVE = when_needed(
    r"(?i)^(?: (?:of|in) \w+(?: [A-Z]\w+)?)?(?: now| each| all| together| between them)* "
    r"(?P<word>have|hold|had|held|share|signed) (?:\w+ ){0,3}?(?!287\b)\d[\d,]* "
    r"(?:of\b|(?:[\w()-]+ ){0,3}?(?:agreements|partnerships|pacts|deals|contracts)\b)"
)
"""What all places of a state are to have between them, or each of them: its 254 counties have 380 agreements."""
CROSSING = when_needed(r"(?i)\b(?P<word>overt(?:ook|aken)|surpassed|passed|eclipsed|leapfrogged|supplanted)\b")
REPLACED = when_needed(r"\b(?P<word>in (?:place|lieu|stead) of|instead of|on behalf of)\b")
"""For whom somebody is said to have signed."""
CLAUSE = when_needed(r"[;—]|, (?:and|but|while|whereas|yet) ")
READ_WITH = ("without", "absent", "denied")
FIGURED = ("count", "share", "signed", "left", "change")


def turning(parsed: Parsed, claim: Claim, claims: Sequence[Claim]) -> tuple[Span, ...]:
    """The words that turn the claim, as stretches of the article's text."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    found = list(ONCE.finditer(text)) if "used to" in text or " up" in text or " just " in text else []
    found += HEARSAY.finditer(text) if SAID.search(text) else ()
    for one in claims:
        several = one.shape == "total" or (one.shape == "count" and one.unit in BODIES and one.figure and not one.model)
        behind = ALL_HAVE.search(text[one.span.end - offset :]) if several else None
        if behind:
            start = one.span.end + behind.start("word")
            return (Span(start, one.span.end + behind.end("word")),)
    if claim.sense not in READ_WITH and claim.shape != "law":
        found += UNDONE.finditer(text)
    if claim.shape == "holds":
        found += REPLACED.finditer(text)
    if claim.shape in (*FIGURED, "holds", "rank") and (party := other_party(text)):
        return (Span(offset + party[0], offset + party[1]),)
    found += [one for one in WAY.finditer(text) if _is_wrong_way(one[0].lower(), claims)]
    if claim.shape in ("gap", "rank") and claim.when.stated:
        found += CROSSING.finditer(text)
    if claim.figure is not None and claim.shape in FIGURED and claim.sense not in READ_WITH:
        zero = claim.figure.value == 0 and claim.figure.said.lower().startswith("no")
        start = claim.span.start - offset
        named = claim.figure.value == 0 and not zero  # one of those counted for having none
        found += (
            [] if named else [one for one in LACK.finditer(text) if _is_its_own(one, text, start, zero, claims, offset)]
        )
    return tuple(Span(offset + one.start(word), offset + one.end(word)) for one in found for word in _words_of(one))


BODIES = ("sheriffs", "police", "constables", "campuses", "state_agencies", "county_agencies", "counties")
"""Whose agreements are fewer than those of their place: Florida's 67 sheriffs have 346 agreements."""


def _is_wrong_way(word: str, claims: Sequence[Claim]) -> bool:
    """Whether the two figures of the sentence went the other way: 320, down from 172."""
    counts = [one for one in claims if one.figure is not None and one.shape in FIGURED]
    starts = [one.figure.value for one in counts if one.figure and one.wording.role == "from"]
    goals = [one.figure.value for one in counts if one.figure and one.wording.role != "from"]
    if len(starts) != 1 or len(goals) != 1:
        return False
    return goals[0] <= starts[0] if word in ("up", "more") else goals[0] >= starts[0]


def _words_of(found: re.Match[str]) -> tuple[str, ...]:
    """The group of a match that has the word."""
    return (found.lastgroup,) if found.lastgroup in ("other", "third", "fourth") else ("word",)


def _is_its_own(found: re.Match[str], text: str, start: int, zero: bool, claims: Sequence[Claim], offset: int) -> bool:
    """Whether the clause of a count says "have no" of it; a zero is turned where another count is who has none."""
    counts = [
        one.span.start - offset
        for one in claims
        if one.figure is not None and one.figure.value and one.shape in FIGURED and one.sense not in READ_WITH
    ]
    if zero:
        subjects = [
            at for at in counts if at < start and not CLAUSE.search(text[at:start]) and "," not in text[at:start]
        ]
        return found.start("word") <= start <= found.end("word") and bool(subjects)
    between = text[start : found.start()]
    return start < found.start() and not CLAUSE.search(between) and not any(start < at < found.start() for at in counts)
