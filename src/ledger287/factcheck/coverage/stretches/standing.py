"""A claim that the record supports, in a clause that was read completely: what other parts of its sentence say.

What enters: the account of a sentence, and a claim that the record supports. What leaves: the account of that claim,
without the unread words of parts of the sentence that it has nothing in. Promise: behind a figure only a part is passed
over that has the figure of another claim, and of which nothing but kinds of agencies was not read ("300 for warrant
service officers and 117 in jails"; declared/factcheck/clauses.yml: described), or that begins with that figure; behind
a signing on a stated day, only a statement of its own (events.py). Its words are named as not checked. Only support is
given so; nothing is ever held against a sentence of which a word was not read.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.closing import low_of, words
from ledger287.factcheck.coverage.account import TURNED, UNREAD, Account, Part
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.stretches.beyond import (
    is_event,
    is_free_of_operators,
    is_verb,
    own_spans,
    said_in,
)
from ledger287.factcheck.coverage.stretches.events import other_statements
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

APART = "another part of the sentence: not checked"
"""What the words of such a part are in the account of a claim."""
MARKS = (",", "—", "–", ";", ":", "(", ")", ".")
SHAPES = ("count", "signed", "holds", "share", "growth", "multiple", "change", "left", "total")
LEAST = 3


def on_its_own(
    account: Account, parsed: Parsed, claim: Claim, claims: Sequence[Claim], rows: Sequence[Span]
) -> Account:
    """The account of a claim that the record supports, without the unread words of other parts of its sentence.

    ``claims`` are those of its sentence: a part with another one's figure is that one's.
    """
    tokens = parsed.tokens
    if claim.wording.role.startswith("deed"):
        return _of_deed(account, parsed, claim, rows)
    spoken = any(one.text == "?" for one in tokens)
    if account.whole or spoken or claim.shape not in SHAPES or claim.rank == "only":
        return account
    if claim.shape == "holds":
        return _of_event(account, parsed, claim, rows) if is_event(claim) else account
    others = [
        one for one in claims if one.figure and one is not claim and _is_counted(one) and not _is_alike(one, claim)
    ]
    unread = {one.span.start for one in account.unread}
    bodies = [
        body
        for body in other_parts(tokens, claim, others)
        if _is_described(body, unread, rows) or _is_numbered(body, others)
    ]
    return _without(account, bodies)


def _without(account: Account, bodies: Sequence[Sequence[Token]]) -> Account:
    """The account without the unread words of some parts."""
    spans = [Span(body[0].span.start, body[-1].span.end) for body in bodies]
    return Account(tuple(
        replace(part, role=APART)
        if part.role in (UNREAD, TURNED) and any(one.start <= part.span.start < one.end for one in spans) else part
        for part in account.parts
    ))  # fmt: skip


def _is_described(body: Sequence[Token], unread: Collection[int], rows: Sequence[Span]) -> bool:
    """Whether nothing of a part was not read but kinds of agencies, and numbers that have an answer of their own."""
    left = [at for at, one in enumerate(body) if one.span.start in unread]
    joined = low_of(body[0]) in ("or", "o", "and", "y")
    return all(
        _is_kind(body, at)
        or (at == 0 and joined)
        or (body[at].kind == "NUM" and any(row.start <= body[at].span.start < row.end for row in rows))
        for at in left
    )


def _is_numbered(body: Sequence[Token], others: Sequence[Claim]) -> bool:
    """Whether a part begins with another claim's number, and says only what that is of: , 97 from Ohio towns."""
    at = low_of(body[0]) in ("and", "y")
    first = body[at : at + 2]
    if not first or not any(one.figure and _holds(first[:1], one.figure.span) for one in others):
        return False
    said = [one for place, one in enumerate(body) if not (place <= at + 2 and low_of(one) in ("that", "which", "of"))]
    return is_free_of_operators(said)


def _is_kind(body: Sequence[Token], at: int) -> bool:
    low = low_of(body[at])
    ahead = [low_of(one) for one in body[at + 1 : at + 3]]
    return low in words("described") or (body[at].kind == "NUM" and bool(set(ahead) & words("described")))


def _of_event(account: Account, parsed: Parsed, claim: Claim, rows: Sequence[Span]) -> Account:
    """The account of a signing on a stated day without the other statements behind it."""
    own = [span for span in own_spans(claim) if span is not None]
    tokens = parsed.tokens
    behind = max((at for at, one in enumerate(tokens) if any(_holds([one], span) for span in own)), default=0) + 1
    bodies = [body for body in other_statements(tokens, behind, rows) if is_free_of_operators(body, event=True)]
    return _without(account, bodies) if behind < len(tokens) else account


def _of_deed(account: Account, parsed: Parsed, claim: Claim, rows: Sequence[Span]) -> Account:
    """The account of what a named agency did: its name, verb and day are read completely, the rest is not checked.

    A word that is not read is kept between verb and day, before the name in its part, behind the day where no other
    statement opens, and between name and verb where no mark parts it from both.
    """
    deed, *rest, name = (span for span, _ in claim.wording.covers)
    day = rest[0] if rest else deed
    first, last = min(deed.start, day.start), max(deed.end, day.end)
    tokens = parsed.tokens
    behind = next((at for at, one in enumerate(tokens) if one.span.start >= last), len(tokens))
    others = [Span(body[0].span.start, body[-1].span.end) for body in other_statements(tokens, behind, rows)]
    opens = max((one.span.end for one in tokens if one.text in MARKS and one.span.end <= name.start), default=0)
    its_own = claim.wording.role == "deed of its own"
    open_ = not its_own and not _is_parted(tokens, name.end, first)

    said = {word for part in account.unread for word in part.said.lower().replace("’", "'").split()}
    if TAKEN_BACK.search(parsed.sentence.text):
        return account  # and the sheriff withdrew from it
    if said & (((words("denying") | words("torn")) - words("ends")) | words("figurative")):
        return account

    def kept(part: Part) -> bool:
        at = part.span.start
        if at >= last and part.said.lower() not in words("kernel"):
            return not any(one.start <= at < one.end for one in others)
        own = first <= at or (opens <= at < name.start and not its_own) or (open_ and name.end <= at < first)
        return own and part.said.lower() not in words("kernel")

    parts = (
        replace(part, role=APART) if part.role in (UNREAD, TURNED) and not kept(part) else part
        for part in account.parts
    )
    return Account(tuple(parts))


TAKEN_BACK = when_needed(r"(?i)\b(?:from|out of|off|up|of) it\b")


def _is_parted(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether marks part what is between a name and its verb from both: Kenner, a suburb, signed …"""
    between = [one for one in tokens if start <= one.span.start < end]
    return len(between) > 1 and between[0].text in MARKS and between[-1].text in MARKS


def _is_counted(claim: Claim) -> bool:
    """Whether a claim counts something of the program's in numerals, or is a share: not "according twice to"."""
    figure = claim.figure
    said = figure is not None and any(letter.isdigit() for letter in figure.said)
    return claim.shape in SHAPES and (said or claim.shape not in ("multiple", "growth", "count", "total"))


def _is_alike(one: Claim, other: Claim) -> bool:
    """Whether two claims count the same thing at the same time: 317 agreements, and auditors confirmed 300."""
    if one.shape != other.shape:
        return False
    mine, theirs = (
        (each.unit, each.where.states, each.model, each.kind, each.pending, each.when.windows) for each in (one, other)
    )
    return mine == theirs


def other_parts(tokens: Sequence[Token], claim: Claim, others: Sequence[Claim]) -> Iterator[Sequence[Token]]:
    """The parts behind a claim that have another one's figure, and that cannot bear on it."""
    parts = parts_of(tokens)
    own = [span for span in own_spans(claim) if span is not None]
    mine = [at for at, (first, last) in enumerate(parts) if any(_holds(tokens[first:last], span) for span in own)]
    if not mine:
        return
    low, high = mine[0], mine[-1]
    verbal = any(is_verb(one) for at in range(low, high + 1) for one in tokens[slice(*parts[at])])
    if not verbal and low == 0 and low_of(tokens[0]).split()[0] not in words("part_phrases"):
        return  # 1,500 of them, or six in 10, now follow one model
    for first, last in parts[high + 1 :]:
        body = tokens[first:last]
        if len(body) < LEAST:
            continue
        inside = [one for one in others if one.figure and _holds(body, one.figure.span)]
        again = low_of(body[0]) in ("or", "o") and not all(one.shape in ("share", "multiple") for one in inside)
        marked = first > 0 and tokens[first - 1].text in MARKS
        if inside and marked and not again and is_harmless(body):
            yield body


def parts_of(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where the parts of a sentence begin and end: at marks, and at a word that opens a clause with a verb in it."""
    cuts = [0]
    for at, token in enumerate(tokens):
        if at and (token.text in MARKS and not (token.text == "." and at < len(tokens) - 1)):
            cuts.append(at + 1)
        elif at and low_of(token) in words("part_openers") and cuts[-1] != at:
            stop = next((here for here in range(at + 1, len(tokens)) if tokens[here].text in MARKS), len(tokens))
            ahead = tokens[at + 1 : stop]
            if len(ahead) >= LEAST - 1 and any(map(is_verb, ahead)) and tokens[at - 1].text not in MARKS:
                cuts.append(at)
    ends = [*cuts[1:], len(tokens)]
    return [(a, b - (tokens[b - 1].text in MARKS)) for a, b in zip(cuts, ends, strict=True) if b > a]


def _holds(body: Sequence[Token], span: Span) -> bool:
    return any(one.span.start < span.end and span.start < one.span.end for one in body)


def is_harmless(body: Sequence[Token]) -> bool:
    """Whether no word of a part with another claim's figure denies or doubts; its comparisons are of that figure."""
    said = said_in(body) - words("own_comparisons")
    spoken = neutral("attributing") | words("part_sources")
    if said & (words("denying") | words("figurative") | spoken | (words("negations") - {"no", "few", "only"})):
        return False
    return not any(word.endswith("n't") for word in said)
