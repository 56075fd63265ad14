"""Statements about the program that no reading answered: who joined, left, was first, which month was the busiest.

What enters: a parsed sentence on the program and the answers that it has. What leaves: one claim for each clause in
which a word that makes such a statement was not used. Promise: such a claim is never judged, and never makes a word
read that no other claim uses.
"""

from collections.abc import Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.account import account_of
from ledger287.factcheck.coverage.used import overlaps
from ledger287.factcheck.extract.amounts.unconnected import UNCONNECTED, unconnected_claim
from ledger287.factcheck.extract.model import Claim, Figure, Span
from ledger287.factcheck.parse.parsing import Parsed

TAKING_PART = (
    r"(?:re)?join(?:s|ed|ing)|sign(?:s|ed|ing)(?: (?:on|up))?|withdr(?:ew|awn?|aws)|left|dropped (?:off|out)|"
    r"refused|declined|applied|application|remains?|remained|enrolled|lost|lose|ended|terminated|canceled|vanished|"
    r"disappeared|missing|off|participates?|joining|signing|held out|followed|came aboard|got there|are back|is back|"
    r"added|entered|countersign\w*|enroll|unwind|"
    r"(?:dropped|removed|struck|took|deleted|crossed|kicked|expelled|revoked|rescinded|voided|undid) (?:it|them|both)"
)
COMPARING = (
    r"the first|first|the last|latest|newest|most recent|only|sole|longest|outnumber\w*|overt(?:ook|aken)|led|more|"
    r"fewer|than|busiest|slowest|highest|lowest|peak|fell|rose|declin\w+|"
    r"no longer|kept|retained|(?:is|are|was|were) (?:back|dated|gone)|still (?:in|on|has|have|holds?|listed)|"
    r"(?:more than )?(?:doubled|tripled|quadrupled|quintupled)"
)
COVERING = (
    r"every(?: one)?|all of (?:them|it)|nearly all|mostly|(?<!the )most|none|not one|not a single|never|neither|"
    r"among them"
)
STATING = when_needed(rf"(?i)\b(?:(?P<part>{TAKING_PART})|{COMPARING}|{COVERING})\b")
CLAUSED = when_needed(r"\b(?:is|are|was|were|has|have|had)\b")
"""In a complete clause, not a headline."""
CLAUSE = when_needed(r"[;:—]|, (?=[a-z])|\band\b")
PROGRAM = when_needed(
    r"(?i)\b(?:287\(g\)|program|agreements?|ICE|list|roster|participants?|partners?|enrolled|sheriffs?|police|deputies|"
    r"prosecutors|department|agenc(?:y|ies)|signed|joined)\b|\bto join\b|\bto sign\b|\bjoining\b"
)


LAW = when_needed(
    r"(?i)\b(?P<word>(?:state |new |federal )?(?:laws?|statutes?|mandates?|ordinance|legislation)|bans? on|forbids?|"
    r"forbidding|(?<!behind )bar(?:s|red|ring)|prohibit\w*|bann(?:ed|ing)|(?<!\bto )requires?|requiring|mandatory|"
    r"may not|must|outlaw\w*|shut down|ruled|ruling|injunction|lawsuits?|sued|suing|executive order|directive|"
    r"audits?|auditors|inspector general|(?:federal |appeals |district |supreme )?(?:judge|court)|"
    r"leyes|ley|decreto|prohib\w+|exig\w+|obliga\w*)\b"
)
"""What a sentence says of law, a ruling or the program's past, which is no count."""


MODAL = when_needed(
    r"(?i)\b(?:[a-z]{3,}ed|remains|held|follow|says|may not|must|can|cannot|"
    r"es|son|ha|han|est[aá]n?|tiene|tienen|anunci[oó])\b"
)


FORBIDDING = when_needed(
    r"(?i)\b(?:laws?|statutes?|acts?|orders?|measures?) (?:bars?|forbids?|prohibits?|bans?|requires?)\b"
)


def of_law(parsed: Parsed, claims: Sequence[Claim]) -> Iterator[Claim]:
    """What a sentence on the program says of law, where nothing answered it: a claim over its first such word, and
    over that of each stretch behind a semicolon.
    """
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    stated = CLAUSED.search(text) or MODAL.search(text) or FORBIDDING.search(text)
    if not (PROGRAM.search(text) and stated) or any(one.shape == "law" for one in claims):
        return
    done = -1
    for found in LAW.finditer(text):
        span = Span(found.start() + offset, found.end() + offset)
        part = text.count(";", 0, found.start())
        if part > done and not any(overlaps(one.span, span) for one in claims):
            done = part
            yield unconnected_claim(parsed, span)


def unanswered(parsed: Parsed, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The clauses of a sentence that have such a word, unused, and no claim: one claim for each, over that word."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    if not PROGRAM.search(text):
        return
    used = [one for one in claims if one.sense != UNCONNECTED]
    taken = [one.span for one in claims]
    ends = [0, *(one.start() for one in CLAUSE.finditer(text)), len(text)]
    done, unread = -1, None
    named = _names_body(parsed)
    for found in STATING.finditer(text):
        low = found[0].lower()
        if (found["part"] and not named and (used or not CLAUSED.search(text))) or (
            low in ("more", "fewer") and " than " not in text[found.end() :]
        ):
            continue
        span = Span(found.start() + offset, found.end() + offset)
        clause = next(at for at, end in enumerate(ends) if at and (end >= found.end() or end == len(text)))
        own = Span(ends[clause - 1] + offset, ends[clause] + offset)
        if clause == done or any(overlaps(one, span) for one in taken):
            continue
        if used and unread is None:
            unread = [part.span for part in account_of(parsed, used).unread]
        if used and not any(overlaps(one, span) for one in unread or ()):
            continue
        own_word = found["part"] is None and _is_own_statement(found[0], text, found.end())
        if not own_word and any(overlaps(one, own) for one in taken):
            continue
        done = clause
        yield unconnected_claim(parsed, span, _number_in(found[0], span))


def _is_own_statement(said: str, text: str, end: int) -> bool:
    """Whether a word that compares makes a statement of its own within the clause of another: more than, the first."""
    low = said.lower()
    return low in ("the first", "only", "sole", "busiest", "highest", "lowest") or (
        low in ("more", "fewer") and " than " in text[end : end + 60]
    )


def _names_body(parsed: Parsed) -> bool:
    """Whether a sentence names somebody who may join or leave: an agency, a town, or one that was named before."""
    tokens = parsed.tokens
    for at, token in enumerate(tokens):
        capital = token.kind == "WORD" and token.text[:1].isupper()
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        opening = after is not None and (after.kind in ("SIGN", "LEAVE") or after.text.lower() in OPENING)
        if token.kind == "NAME" or token.text.lower() in ("its", "their", "borough's") or (capital and (at or opening)):
            return True
    return False


OPENING = ("police", "and", "became", ",", "was", "remains", "has")
"""What follows a town that opens a sentence."""
NONE = ("none", "not one", "not a single", "never", "neither")
ONE = ("the first", "first", "only", "sole")


def _number_in(said: str, span: Span) -> Figure | None:
    """The number that a word comes to: none is zero, the only one is one."""
    value = 0.0 if said.lower() in NONE else 1.0 if said.lower() in ONE else None
    return None if value is None else Figure(value, value, value, "exact", span, said)
