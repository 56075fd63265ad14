"""What a sentence on the program says and no reading took up: a named agency, or everything that it says.

What enters: a parsed sentence and the claims that it has. What leaves: one claim for each agency that is named with
what makes or ends an agreement, and for a sentence without any claim one over all of it. Promise: such a claim is never
judged, and never makes a word read that no other claim uses.
"""

from collections.abc import Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.account import account_of
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.stretches.statements import CLAUSED, MODAL
from ledger287.factcheck.coverage.used import overlaps
from ledger287.factcheck.extract.amounts.unconnected import UNCONNECTED, unconnected_claim
from ledger287.factcheck.extract.model import Claim, Figure, Span
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.parse.tokens import ORDINALS

DOING = when_needed(
    r"(?i)\b(?:sign(?:s|ed|ing)?|join(?:s|ed|ing)?|agreements?|partners?|partnerships?|program|list(?:ed)?|roster|"
    r"enrolled|takes? part|taking part|participat\w+|withdr[ae]w\w*|left|quit|ended|dropped|rescinded|models?|deals?|"
    r"pacts?|papers|task forces?|aboard|terminated|canceled|members?|among them|follow(?:s|ed)?|including|"
    r"along with|(?:is|are) in,|serves? (?:ICE )?warrants)\b"
)
"""Words of one of which a sentence says that somebody has, makes or ends an agreement."""
OFFICE = when_needed(
    r"(?i)\b(?:sheriff|police|office|department|constable|marshal|patrol|guard|commission|bureau|division)"
)
FEWEST = 4
"""Words of a stretch that says something; fewer are a heading or a cell."""
NOTHING_SAID = when_needed(
    r"(?i)\b(?:met|meets?|meeting|spoke|speaks?|comment\w*|drove|gathered|crowds?|attended|in the news|respond\w*|"
    r"protest\w*|rall(?:y|ied)|hearing|library|agenda|prayed|sang|served|the most (?!recent)|"
    r"(?:is|are|was|were) (?:very |deeply )?"
    r"(?:un)?(?:popular|controversial|important|good|bad|divisive|contentious|needed))\b"
)
"""Words of what somebody did or thinks that says nothing of the program."""
WISHED = when_needed(
    r"(?i)\b(?:asks?|wants?|should|would|could|hopes?|wish\w*|urg(?:es?|ed)|ought|might|bill|propos\w+)\b"
)
"""Words of what is wished for, which nobody can check."""
SPOKEN = when_needed(
    r"(?i)\b(?:say|argues?|contends?|warns?|insists?|believe|claims?) (?:that )?(?:the|it|they|such)\b"
)
FINITE = when_needed(
    r"(?i)\b(?:lets?|makes?|serves?|runs?|includes?|acts?|works?|welcomes?|notes?|keeps?|gives?|relies)\b"
)
SAID = when_needed(r"(?i)\b(?:said|says)\b")
OWN = {"PROGRAM", "ICE", "MODEL"}
"""Kinds of token that are of the program."""
WORD = when_needed(r"[A-Za-z][A-Za-z’'-]+")


def unclaimed_agencies(parsed: Parsed, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The agencies of a sentence on agreements that no claim holds, each a claim over its name."""
    if "NAME" not in parsed.kinds() or not DOING.search(parsed.sentence.text):
        return
    used = [one for one in claims if one.sense != UNCONNECTED]
    unread = [part.span for part in account_of(parsed, used).unread] if used else None
    for at, token in enumerate(parsed.tokens):
        if token.kind != "NAME" or _speaks(parsed, at) or any(overlaps(one.span, token.span) for one in claims):
            continue
        if used and at and parsed.tokens[at - 1].kind == "IN" and not OFFICE.search(token.text):
            continue  # in Lee County, 22 agencies: where a count is
        if unread is None or any(overlaps(one, token.span) for one in unread):
            yield unconnected_claim(parsed, token.span)


CALLED = r"[A-Z][\w’'.-]+(?: [A-Z][\w’'-]+)?"
OFFICES = when_needed(
    r"\b(?:(?:[Dd]epartment|[Dd]ivision|[Bb]ureau|[Oo]ffice|[Bb]oard) of (?:the )?[A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*|"
    r"[Ss]tate [Pp]olice|[Hh]ighway [Pp]atrol|[Ss]tate [Pp]atrol|[Nn]ational [Gg]uard|[Ff]ire [Mm]arshal|"
    r"Military Department|"
    r"[A-Z]\w+(?: [A-Z]\w+)? Commission)\b(?! of (?:Homeland|Justice))(?![’']s? (?:lawyer|spokes))"
)
"""Offices of a state without its name: the state police and the National Guard."""
OF_NATION = when_needed(r"Homeland|Justice|Inspector|Accountability|Governor|Attorney")
COUNTIES = when_needed(
    rf"\b(?P<names>{CALLED}(?:, {CALLED})*,? and {CALLED}) "
    r"(?:[Cc]ounties|[Pp]arishes|(?:[Cc]ounty )?sheriffs|police departments)\b"
)
ORDINAL = when_needed(
    r"\b(?:the|its|his|her|their|a|state[’']s) (?P<n>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r"(?= (?:U\.S\. |state |county |local |jail |task force |warrant service )?"
    r"(?:agency|agencies|agreement|one|territory|sheriff|county|city|town|department|partner|in the state|"
    r"to (?:join|sign))\b)"
)
"""A place in the order of joining: the third in the state to sign; its second agreement."""
POLICE_IN = when_needed(
    r"\b(?:[Pp]olice(?: departments?)?|[Dd]epartments|[Ss]heriffs|[Tt]owns|[Cc]ities) (?:in|of) "
    rf"(?P<names>{CALLED}(?:, {CALLED})*(?:,? and {CALLED})?)"
)
"""Towns whose police are meant: the police in Ada and Troy."""
NAME = when_needed(CALLED)


def unclaimed_towns(parsed: Parsed, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The towns of a sentence on agreements whose police no claim holds, each a claim over its name."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    if not DOING.search(text):
        return
    used = [one for one in claims if one.sense != UNCONNECTED]
    unread: list[Span] | None = None
    states = {token.text for token in parsed.tokens if token.kind == "PLACE"}
    lists = (found.span("names") for pattern in (POLICE_IN, COUNTIES) for found in pattern.finditer(text))
    spots = [one.span() for stretch in lists for one in NAME.finditer(text, *stretch) if one[0] not in states]
    spots += [one.span() for one in OFFICES.finditer(text) if not OF_NATION.search(one[0])]
    taken: list[Span] = [one.span for one in claims]
    for start, end in spots:
        span = Span(start + offset, end + offset)
        if any(overlaps(one, span) for one in taken):
            continue
        if unread is None:
            unread = [part.span for part in account_of(parsed, used).unread] if used else [parsed.sentence.span]
        if any(overlaps(one, span) for one in unread):
            taken.append(span)
            yield unconnected_claim(parsed, span)


def unclaimed_ranks(parsed: Parsed, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The places in an order of joining that no claim holds."""
    offset = parsed.sentence.span.start
    for found in ORDINAL.finditer(parsed.sentence.text):
        span = Span(found.start("n") + offset, found.end("n") + offset)
        if not any(overlaps(one.span, span) for one in claims):
            value = float(ORDINALS.index(found["n"]) + 1)
            yield unconnected_claim(parsed, span, Figure(value, value, value, "exact", span, found["n"]))


def unclaimed_sentence(parsed: Parsed, claims: Sequence[Claim], *, whole: bool) -> Iterator[Claim]:
    """A sentence of which nothing is a claim: one claim over all of it; a part of one only where it has a word of the
    program's own.
    """
    text = parsed.sentence.text.rstrip(' .”"’')
    if claims or len(WORD.findall(text)) < FEWEST or NOTHING_SAID.search(text):
        return
    quoted = "“" in text or '"' in text
    stated = any(one.search(text) for one in (CLAUSED, MODAL, SPOKEN, FINITE))
    if not quoted and ((WISHED.search(text) and not SAID.search(text)) or not stated):
        return
    if not whole and not parsed.kinds() & OWN:
        return
    start = parsed.sentence.span.start
    yield unconnected_claim(parsed, Span(start, start + len(text)))


def _speaks(parsed: Parsed, at: int) -> bool:
    """Whether a name is of who says so: behind "according to", or next to a verb of saying."""
    tokens = parsed.tokens
    before = [one.text.lower() for one in tokens[max(at - 3, 0) : at]]
    after = [one.text.lower() for one in tokens[at + 1 : at + 5]]
    says = neutral("attributing") - {"lists", "adds", "added", "counts"}
    return "according" in before or bool(set(after[:4]) & says) or (bool(before) and before[-1] in says)
