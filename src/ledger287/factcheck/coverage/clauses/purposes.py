"""What agreements are for, behind a claim: "have signed up to help ICE with deportations"; "a program that pairs
deputies with federal agents".

What enters: ``Around``. What leaves: the stretches that say what every agreement is for. Promise: each opens with a
declared verb right behind a word of signing, of the agreements or of the program, and has declared words alone; none of
them says what one model alone lets officers do (declared/factcheck/open_words.yml).
"""

from collections.abc import Iterator, Sequence

from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.coverage.clauses.around import STATED, Around, words
from ledger287.factcheck.coverage.clauses.bearing import is_harmless
from ledger287.factcheck.coverage.stretches.beyond import own_spans, said_in
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.model import Token

CARRIERS = ("SIGN", "TOPIC", "PROGRAM", "ICE")


def purposes(around: Around) -> Iterator[Span]:
    """The stretches of a sentence that say what the agreements of a claim are for, each up to the next mark."""
    tokens = around.tokens
    last = max(span.end for span in own_spans(around.claim) if span is not None)
    opened = 0
    for at in range(1, len(tokens) - 1):
        if at < opened or tokens[at].span.start < last or not _opens(tokens, at):
            continue
        opened = next((end for end in range(at, len(tokens)) if tokens[end].kind == "MARK"), len(tokens))
        body = tokens[at + 1 : opened]
        if body and _is_of_all(body):
            yield Span(body[0].span.start, body[-1].span.end)


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word opens such a stretch: "to help", "that lets"."""
    low, verb = low_of(tokens[at]).split()[-1], low_of(tokens[at + 1])
    if low == "to":
        return verb in words("purposes") and (_carries(tokens[at]) or _carries(tokens[at - 1]))
    return low in ("that", "which") and verb in words("powers") and _carries(tokens[at - 1])


def _carries(token: Token) -> bool:
    """Whether what follows a word can be what the agreements are for."""
    return token.kind in CARRIERS or (token.kind == "UNIT" and token.value in ("agreements", "partnerships"))


def _is_of_all(body: Sequence[Token]) -> bool:
    """Whether a stretch is so of every agreement, in declared words alone, one of them of immigration."""
    if not is_harmless(body) or any(one.kind in (*STATED, "PLACE", "SIGN") for one in body):
        return False
    said = said_in(body)
    return said <= words("of_purposes") | words("purposes") | words("powers") and bool(said & words("of_immigration"))
