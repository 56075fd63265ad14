"""What is set off within a sentence and says something more of what was just named, or of who ordered it.

What enters: a parsed sentence. What leaves: the stretches that are such asides. Promise: marks on both sides and the
verb of the main clause behind them; an opener of a closed class; no word of the closed classes that may bear on a
figure (docs/decisions/0015).
"""

from collections.abc import Iterator

from ledger287.factcheck.asides.barring import MOST_WORDS, Aside
from ledger287.factcheck.asides.closing import is_commanded, is_free, low_of
from ledger287.factcheck.asides.lists import words as aside_words
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

COMMAS, PAIRS = (",", "—", "–"), {",": ",", "—": "—", "–": "–"}
GOING_ON = ("has", "have", "had", "is", "are", "was", "were", "take", "takes", "took", "participate", "participates",
            "hold", "holds", "held", "signed", "joined", "now", "work", "works", "ranks", "rank", "leads")  # fmt: skip


def detached(parsed: Parsed) -> Iterator[Aside]:
    """The asides of these kinds."""
    yield from _ordered(parsed)
    yield from _apposed(parsed)
    yield from _kinds_listed(parsed)


def _ordered(parsed: Parsed) -> Iterator[Aside]:
    """``…, as state law demands, …``."""
    tokens = parsed.tokens
    for mark in range(3, len(tokens) - 3):
        if tokens[mark].text not in COMMAS or low_of(tokens[mark + 1]) != "as":
            continue
        close = next((at for at in range(mark + 1, len(tokens)) if tokens[at].kind == "MARK"), len(tokens))
        if not is_commanded(tokens[mark + 1 : close]):
            continue
        yield Aside(mark, close)


def _apposed(parsed: Parsed) -> Iterator[Aside]:
    """``Forty-nine sheriffs, a bare majority, take part``: what was counted, said again in other words."""
    tokens = parsed.tokens
    for mark in range(1, len(tokens) - 3):
        if tokens[mark].text not in PAIRS or tokens[mark - 1].kind != "UNIT":
            continue
        close = next(
            (at for at in range(mark + 1, len(tokens)) if tokens[at].text == PAIRS[tokens[mark].text]), len(tokens)
        )
        inside = tokens[mark + 1 : close]
        after = tokens[close + 1] if close + 1 < len(tokens) else None
        goes_on = after is not None and (low_of(after) in GOING_ON or after.kind in ("TOPIC", "SIGN"))
        if not goes_on or not 2 <= len(inside) <= MOST_WORDS:
            continue
        named = low_of(inside[0]) in ("a", "an") and inside[-1].kind == "WORD"
        if (named or [low_of(one) for one in inside[:2]] == ["long", "the"]) and is_free(inside):
            yield Aside(mark, close + 1)


OPENING = ("including", "among them", "such as", "along with", "from")
"""Open a list of kinds of agencies that are some of those counted."""


def _kinds_listed(parsed: Parsed) -> Iterator[Aside]:
    """``57 state agencies — troopers, prison systems, the lottery — are signed up``: kinds of those counted.

    Only words that are declared for it (``of_members``); what is named is not checked.
    """
    tokens = parsed.tokens
    last = len(tokens) - 1 if tokens[-1].text in (".", "!") else len(tokens)
    for mark in range(2, last - 1):
        counted = any(one.last < mark for one in parsed.amounts)
        if tokens[mark].text not in ("—", "–", ",") or not counted:
            continue
        dashed = tokens[mark].text != ","
        close = (
            next((at for at in range(mark + 1, last) if tokens[at].text == tokens[mark].text), last) if dashed else last
        )
        first = low_of(tokens[mark + 1])
        opened = first.split()[0] in ("including", "among", "such") or first in OPENING
        if not (opened or (dashed and close < last and tokens[mark - 1].kind == "UNIT")):
            continue
        body = tokens[mark + 1 + (1 if opened else 0) : close]
        if opened and low_of(tokens[mark + 2]) in ("them", "as", "with"):
            body = body[1:]
        if len(body) > 1 and all(_is_kind(one, dashed=dashed) for one in body):
            yield Aside(mark, close + 1 if dashed and close < last else close)
            return


def _is_kind(token: Token, *, dashed: bool) -> bool:
    """Whether a word is of the name of a kind of agency; between dashes a state may own one."""
    if token.text in (",", "&"):
        return True
    if token.kind in ("PLACE", "WHOSE"):
        return dashed and token.text.endswith(("’s", "'s"))
    if low_of(token) in ("several", "some", "many"):
        return True
    plain = token.kind in ("WORD", "UNIT", "OTHER", "FILL", "IN", "NAME", "OUTSIDE")
    said = low_of(token).replace("-", " ").replace("'s", "").split()
    return plain and token.value != "agreements" and set(said) <= aside_words("of_members")
