"""What is set off within a sentence and says something more of what was just named, or of who ordered it.

What enters: a parsed sentence. What leaves: the stretches that are such asides. Promise: marks on both sides and the
verb of the main clause behind them; an opener of a closed class; no word of the closed classes that may bear on a
figure (docs/decisions/0015).
"""

from collections.abc import Iterator

from ledger287.factcheck.asides.barring import MOST_WORDS, Aside
from ledger287.factcheck.asides.closing import is_commanded, is_free, low_of
from ledger287.factcheck.parse.parsing import Parsed

COMMAS, PAIRS = (",", "—", "–"), {",": ",", "—": "—", "–": "–"}
GOING_ON = ("has", "have", "had", "is", "are", "was", "were", "take", "takes", "took", "participate", "participates",
            "hold", "holds", "held", "signed", "joined", "now", "work", "works", "ranks", "rank", "leads")  # fmt: skip


def detached(parsed: Parsed) -> Iterator[Aside]:
    """The asides of these kinds."""
    yield from _ordered(parsed)
    yield from _apposed(parsed)


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
        if after is None or low_of(after) not in GOING_ON or not 2 <= len(inside) <= MOST_WORDS:
            continue
        named = low_of(inside[0]) in ("a", "an") and inside[-1].kind == "WORD"
        if (named or [low_of(one) for one in inside[:2]] == ["long", "the"]) and is_free(inside):
            yield Aside(mark, close + 1)
