"""A figure that the record has, in a clause that was read completely: what other parts of its sentence say is theirs.

What enters: the account of a sentence, and a claim that the record supports. What leaves: the account of that claim,
without the unread words of parts of the sentence that it has nothing in. Promise: a part is passed over only where
its form shows that it is another one (a clause of somebody of public life or with a name, number, place or day of its
own; a participle; names behind what is counted), and where no word of it denies, doubts, hangs on a condition, or
points back at what was counted (declared/factcheck/clauses.yml). Its words are named as not checked. Only support is
given so; nothing is ever held against a sentence of which a word was not read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.closing import has_actor, low_of, words
from ledger287.factcheck.asides.lists import words as forbidden
from ledger287.factcheck.coverage.account import TURNED, UNREAD, Account, Part
from ledger287.factcheck.coverage.beyond import (
    COUNTED,
    NOT_PARTICIPLES,
    is_event,
    is_free_of_operators,
    is_verb,
    own_spans,
    said_in,
)
from ledger287.factcheck.coverage.events import other_statements
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

APART = "another part of the sentence: not checked"
"""What the words of such a part are in the account of a claim."""
MARKS = (",", "—", "–", ";", ":", "(", ")", ".")
STRONG = (";", ":", "—", "–", "(", ")")
SHAPES = ("count", "signed", "holds", "share", "growth", "multiple", "change", "left", "total")
JOINING = ("and", "but", "yet", "so", "or")
OPENING = ("while", "whereas", "though", "although", "even though", "because", "as", "after", "which", "who", "where",
           "whose", "that", "when", "until", "if", "unless", "whether", "que", "cuya", "cuyo", "cuyas", "cuyos",
           "donde", "pues", "porque", "cuando")  # fmt: skip
PASSED = ("and", "but", "yet", "so", "while", "whereas", "though", "although", "even though", "even", "because", "as",
          "after", "which", "who", "where", "whose", "que", "cuya", "cuyo", "cuyas", "cuyos", "donde", "pues",
          "porque")  # fmt: skip
"""With one of these a part may open; not "when", "if", "until" and "that", which time, condition and restrict."""
RELATIVE = ("which", "who", "where", "whose", "que", "cuya", "cuyo", "cuyas", "cuyos", "donde")
ANCHORS = (
    "PLACE",
    "NAME",
    "NUM",
    "MONEY",
    "WHEN",
    "MODEL",
    "PCT",
    "ICE",
    "RANK",
    "FRACTION",
    "DURATION",
    "UNIT",
    "SIGN",
    "TOPIC",
    "PROGRAM",
    "LEAVE",
)
"""Kinds of token that a statement of fact has, and a figure of speech has not."""
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
    kept = account.parts
    others = [
        one.figure.span
        for one in claims
        if one.figure and one is not claim and _is_counted(one) and not _is_alike(one, claim)
    ]
    for body in other_parts(tokens, claim, others):
        first, last = body[0].span.start, body[-1].span.end
        unread = [one.span.start for one in account.unread if first <= one.span.start < last]
        if any(one.kind == "WHEN" and one.span.start in unread for one in body):
            continue
        kept = tuple(
            replace(part, role=APART) if part.role in (UNREAD, TURNED) and first <= part.span.start < last else part
            for part in kept
        )
    return Account(kept)


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
    if said & (((words("denying") | frozenset(["tore", "torn"])) - words("ends")) | words("figurative")):
        return account

    def kept(part: Part) -> bool:
        at = part.span.start
        if at >= last and part.said.lower() not in KERNEL:
            return not any(one.start <= at < one.end for one in others)
        own = first <= at or (opens <= at < name.start and not its_own) or (open_ and name.end <= at < first)
        return own and part.said.lower() not in KERNEL

    parts = (
        replace(part, role=APART) if part.role in (UNREAD, TURNED) and not kept(part) else part
        for part in account.parts
    )
    return Account(tuple(parts))


TAKEN_BACK = when_needed(r"(?i)\b(?:from|out of|off|up|of) it\b")
KERNEL = frozenset(["narrower", "broader", "full", "limited", "second", "new", "own", "separate", "another", "both"])
"""Words of an agreement that its model or day, which are checked, leave as they are."""


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


def other_parts(tokens: Sequence[Token], claim: Claim, others: Sequence[Span]) -> Iterator[Sequence[Token]]:
    """The parts of a sentence that a claim has nothing in, and that cannot bear on it."""
    parts = parts_of(tokens)
    own = [span for span in own_spans(claim) if span is not None]
    mine = [at for at, (first, last) in enumerate(parts) if any(_holds(tokens[first:last], span) for span in own)]
    if not mine:
        return
    low, high = mine[0], mine[-1]
    verbal = any(is_verb(one) for at in range(low, high + 1) for one in tokens[slice(*parts[at])])
    if not verbal and low == 0 and low_of(tokens[0]).split()[0] not in PHRASES:
        return  # 1,500 of them, or six in 10, now follow one model
    for at, (first, last) in enumerate(parts):
        if low <= at <= high and (at in mine or not _is_within(tokens, parts, at)):
            continue
        body = tokens[first:last]
        if at < low and not (is_event(claim) or claim.shape == "holds"):
            continue
        counting = at > high and any(_holds(body, span) for span in others)
        if _is_passed(tokens, first, last, claim, behind=at > high, counting=counting):
            yield body


PHRASES = ("of", "with", "from", "up", "down", "de")
"""Open a figure that is in a phrase next to a clause: Of its 89 agencies, 32 are …"""


def parts_of(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where the parts of a sentence begin and end: at marks, and at a word that opens a clause with a verb in it."""
    cuts = [0]
    for at, token in enumerate(tokens):
        if at and (token.text in MARKS and not (token.text == "." and at < len(tokens) - 1)):
            cuts.append(at + 1)
        elif at and low_of(token) in OPENING and cuts[-1] != at:
            stop = next((here for here in range(at + 1, len(tokens)) if tokens[here].text in MARKS), len(tokens))
            ahead = tokens[at + 1 : stop]
            if len(ahead) >= LEAST - 1 and any(map(is_verb, ahead)) and tokens[at - 1].text not in MARKS:
                cuts.append(at)
    ends = [*cuts[1:], len(tokens)]
    return [(a, b - (tokens[b - 1].text in MARKS)) for a, b in zip(cuts, ends, strict=True) if b > a]


def _holds(body: Sequence[Token], span: Span) -> bool:
    return any(one.span.start < span.end and span.start < one.span.end for one in body)


def _is_within(tokens: Sequence[Token], parts: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a part between two of a claim's own is set off by marks on both sides."""
    first, last = parts[at]
    return first > 0 and tokens[first - 1].text in MARKS and last < len(tokens) and tokens[last].text in MARKS


def _is_passed(tokens: Sequence[Token], first: int, last: int, claim: Claim, *, behind: bool, counting: bool) -> bool:
    body = tokens[first:last]
    if not body:
        return False
    marked = first > 0 and tokens[first - 1].text in MARKS
    if marked and _is_names(body, claim):
        return True
    counting = marked and counting
    if len(body) < LEAST or not is_harmless(body, claim, counting=counting):
        return False
    if counting:
        return True
    low = low_of(body[0]).split()[0]
    factual = _is_anchored(body) or any(low_of(one).split()[-1] in words("actors") for one in body)
    if behind and is_event(claim) and (marked or low in (*PASSED, "that", "under", "to", "for")):
        return factual
    if low in (*JOINING, "as") and not (has_actor(body[1:]) or is_event(claim)):
        return False  # and the pope is Methodist
    if low in PASSED:
        barred = low in RELATIVE and claim.shape != "holds" and any(one.kind in (*TAKING, "PLACE") for one in body)
        return factual and not barred and any(map(is_verb, body[1:]))
    if marked and low.endswith("ing") and low not in NOT_PARTICIPLES:
        return factual
    closed = last < len(tokens) and tokens[last].text in STRONG
    strong = marked and (tokens[first - 1].text in STRONG or closed)
    if strong or (closed and tokens[last].text in (";", ":")):
        return factual and any(map(is_verb, body))
    return marked and _is_placing(body)


TAKING = ("SIGN", "TOPIC", "LEAVE")


def _is_placing(body: Sequence[Token]) -> bool:
    """Whether a part between marks says where something is: in the Mille Lacs Lake community of Isle."""
    named = any(one.text[:1].isupper() for one in body)
    known = ("WORD", "MARK", "NAME", "IN", "OF", "FILL", "OTHER")
    return low_of(body[0]) in ("in", "near", "outside") and named and all(one.kind in known for one in body)


def _is_anchored(body: Sequence[Token]) -> bool:
    """Whether a part names somebody or something, a number, a place or a day."""
    named = any(one.kind == "WORD" and one.text[:1].isupper() for one in body[1:])
    return named or any(one.kind in ANCHORS for one in body)


SOFT = frozenset(["and", "in", "the", "of", "counties", "county", "from", "to", "&", "y", "las", "los", "de", "del"])


def _is_names(body: Sequence[Token], claim: Claim) -> bool:
    """Whether a part is nothing but names of some that were counted: in Garrett and Washington counties."""
    states = claim.unit in ("states", "territories")
    named = [one for one in body if one.text[:1].isupper() and (one.kind in ("WORD", "NAME") or states)]
    return bool(named) and all(one in named or low_of(one) in SOFT for one in body)


COUNTS_OF_ITS_OWN = frozenset(["fewer", "less", "lower", "higher", "than", "not", "none", "neither",
                                "share"])  # fmt: skip


def is_harmless(body: Sequence[Token], claim: Claim, *, counting: bool) -> bool:
    """Whether no word of a part denies, doubts, hangs on a condition or points back at what was counted.

    ``counting``: the part has another claim's figure, of which its pronouns and comparisons are.
    """
    if not counting:
        signs = any(one.kind in TAKING or (one.kind == "UNIT" and one.value in COUNTED) for one in body)
        bars = words("negations") | words("objects") | forbidden("forbidden")
        return is_free_of_operators(body, event=is_event(claim)) and (
            claim.shape == "holds" or not (signs or said_in(body) & bars)
        )
    said = said_in(body) - COUNTS_OF_ITS_OWN
    spoken = neutral("attributing") | {"put", "puts"}
    if said & (words("denying") | words("figurative") | spoken | (words("negations") - {"no", "few", "only"})):
        return False
    return not any(word.endswith("n't") for word in said)
