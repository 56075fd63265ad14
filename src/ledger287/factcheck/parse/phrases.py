"""Tokens -> quantities, by the grammar of grammar.lark; every token keeps its span.

What enters: the tokens of one sentence. What leaves: amounts with their numbers, hedges, nouns and roles,
each with the places of its tokens. Promise: where the grammar cannot read what ties two
numbers together, they are read apart; a sentence that it cannot read at all has no quantities.
"""

import threading
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Transformer, UnexpectedInput, v_args
from lark import Token as Leaf
from lark.lexer import Lexer

from ledger287.factcheck.extract.model import Figure, Rule, Span
from ledger287.factcheck.parse.model import Amount, Noun, Token
from ledger287.factcheck.parse.numbers import TEN, figure, fraction, hedges, multiple

IDLE = frozenset(
    ["WORD", "MARK", "ICE", "TOPIC", "LEAVE", "RISE", "FALL", "RANK", "NATION", "STATEWIDE", "SAMEPLACE", "PER",
     "DURATION", "IN", "OUTSIDE", "EVERY", "WHEN", "NAME"]
)  # fmt: skip
"""Kinds of token that the grammar knows as ordinary alone."""
NUMBERLESS = frozenset(["UNIT", "OTHER", "MODEL", "PENDING", "PROGRAM", "SIGN", "PLACE", "FILL"])
"""Kinds that the grammar knows as ordinary too, where no number is next to them."""


HELD = threading.local()
"""The tokens that a thread parses, to which the places in the grammar's leaves refer."""


class _Tokens(Lexer):
    """Hands the tokens of the closed vocabulary to lark, which reads no text itself."""

    def __init__(self, _config: Any) -> None:
        pass

    def lex(self, data: Any, _state: Any = None) -> Any:
        """Leaves of the kinds that the grammar declares; the value is the token's place.

        Of several words in a row that no quantity can have, one is handed on: it parts what is around them. So are
        those between two such words that only a number would make a quantity.
        """
        idle, stretch = False, list[int]()
        for place, token in enumerate(data):
            if token.kind not in IDLE:
                stretch.append(place)
                continue
            if any(data[at].kind not in NUMBERLESS for at in stretch):
                yield from (Leaf(data[at].kind, at) for at in stretch)
                idle = False
            stretch.clear()
            if not idle:
                yield Leaf(token.kind, place)
            idle = True
        if any(data[at].kind not in NUMBERLESS for at in stretch):
            yield from (Leaf(data[at].kind, at) for at in stretch)


@cache
def parser() -> Lark:
    """The grammar, read once."""
    text = files("ledger287.factcheck.parse").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_Tokens, transformer=_PhraseReading())


def amounts(tokens: list[Token]) -> list[Amount]:
    """Every quantity of a sentence."""
    if not any(token.kind in ("NUM", "MONEY", "FRACTION", "TIMESWORD") for token in tokens):
        return []
    for loosened in ((), ("OFN", "INN", "RANGE", "WHOSE"), ("OFN", "INN", "RANGE", "WHOSE", "FROM", "TO", "HEDGE")):
        held = [replace(token, kind="WORD") if token.kind in loosened else token for token in tokens]
        HELD.tokens = held
        try:
            found: Any = parser().parse(held)
        except UnexpectedInput:
            continue
        return list(found)
    return []


def _rule(tokens: list[Token]) -> Rule:
    """The strongest of several hedges: "just over" is over; "exactly" gives way to any other."""
    rules = [token.value for token in tokens]
    for rule in ("justover", "over", "under", "least", "upto", "most", "below", "about"):
        if rule in rules:
            return rule
    return "exact"


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    rule: Rule
    first: int
    last: int
    high: float | None = None
    bounds: tuple[float, float] | None = None


@v_args(inline=True)
class _PhraseReading(Transformer[Any, Any]):
    """Makes the amounts while the sentence is parsed, so that no tree is built."""

    @property
    def tokens(self) -> list[Token]:
        """Those of the sentence that this thread parses."""
        found: list[Token] = HELD.tokens
        return found

    def start(self, *items: Any) -> list[Amount]:
        return [item for item in items if isinstance(item, Amount)]

    def ordinary(self, _leaf: Any) -> None:
        return None

    def filler(self, leaf: Any) -> int:
        return int(leaf.value)

    def hedges(self, *leaves: Any) -> tuple[int, ...]:
        return tuple(int(leaf.value) for leaf in leaves)

    def post(self, leaf: Any) -> Any:
        return leaf

    def number(self, *parts: Any) -> _Number:
        hedged = next((part for part in parts if isinstance(part, tuple)), ())
        leaves = [part for part in parts if not isinstance(part, tuple)]
        places = [*hedged, *(int(leaf.value) for leaf in leaves)]
        words = [self.tokens[place] for place in hedged]
        words += [self.tokens[int(leaf.value)] for leaf in leaves if leaf.type == "HEDGEAFTER"]
        nums = [self.tokens[int(leaf.value)] for leaf in leaves if leaf.type == "NUM"]
        first, value = nums[0], nums[0].number or 0.0
        rule = _rule(words)
        bounds = None
        if first.value in hedges()["ranges"]:
            low, high = hedges()["ranges"][first.value]
            bounds = (float(low), float(high))
        elif first.value == "plus":
            rule = "least"
        other = nums[1].number if len(nums) > 1 else None
        return _Number(value, rule, min(places), max(places), other, bounds)

    def noun(self, *places: Any) -> tuple[int, ...]:
        return tuple(int(place.value) if isinstance(place, Leaf) else int(place) for place in places)

    def counted(self, number: _Number, noun: tuple[int, ...] | None = None) -> Amount:
        if noun and self.tokens[noun[0]].text.lower() in ("and", "&"):
            noun = None  # in 31 and jail agreements in 27
        noun = self._trimmed(noun)
        last = noun[-1] if noun else number.last
        return Amount("counted", self._figure(number), self._noun(noun), number.first, last)

    def _trimmed(self, noun: tuple[int, ...] | None) -> tuple[int, ...] | None:
        """A noun without a unit ends at "and": 406 warrant service and 554 task force."""
        if not noun or any(self.tokens[at].kind in ("UNIT", "OTHER") for at in noun):
            return noun
        cut = next((step for step, at in enumerate(noun) if self.tokens[at].text.lower() in ("and", "&")), len(noun))
        return noun[:cut] or None

    def portion(self, *parts: Any) -> Amount:
        numbers = [part for part in parts if isinstance(part, _Number)]
        cut = next(place for place, part in enumerate(parts) if isinstance(part, Leaf) and part.type == "OFN")
        nouns = [next((part for part in half if isinstance(part, tuple)), None) for half in (parts[:cut], parts[cut:])]
        whose = tuple(self.tokens[int(part.value)] for part in parts if isinstance(part, Leaf) and part.type == "WHOSE")
        one, other = numbers
        last = nouns[1][-1] if nouns[1] else other.last
        whole = Amount("counted", self._figure(other), self._noun(nouns[1]), other.first, last)
        return Amount("portion", self._figure(one), self._noun(nouns[0]), one.first, last, "", whole, whose)

    def percent(self, number: _Number, leaf: Any) -> Amount:
        last = int(leaf.value)
        span, said = self._span(number.first, last)
        kind = "points" if leaf.type == "POINTS" else "percent"
        return Amount(kind, figure(number.value, number.rule, said, span, percent=True), None, number.first, last)

    def ratio(self, *parts: Any) -> Amount:
        numbers = [part for part in parts if isinstance(part, _Number)]
        nouns = [part for part in parts if isinstance(part, tuple) and numbers]
        noun = nouns[-1] if nouns else None
        if numbers:
            value, first, rule = numbers[0].value / (numbers[1].value or 1), numbers[0].first, numbers[0].rule
            last = max(noun[-1] if noun else 0, numbers[1].last)
            span, said = self._span(first, numbers[1].last)
        else:
            leaf = parts[-1]
            last = int(leaf.value)
            hedged = parts[0] if isinstance(parts[0], tuple) else ()
            first, rule = (hedged[0] if hedged else last), _rule([self.tokens[place] for place in hedged])
            value = self.tokens[last].number or 0.0
            span, said = self._span(first, last)
            if self.tokens[last].value in hedges()["portions"]:
                low, high = hedges()["portions"][self.tokens[last].value]
                shown = float(hedges()["portions_shown"][self.tokens[last].value])
                part = Figure(shown, float(low), float(high), "range", span, said)
                return Amount("ratio", part, None, first, last)
        of_ten = bool(numbers) and numbers[1].value == TEN
        return Amount("ratio", fraction(value, rule, said, span, of_ten=of_ten), self._noun(noun), first, last)

    def multiple(self, *parts: Any) -> Amount:
        numbers = [part for part in parts if isinstance(part, _Number)]
        last = int(parts[-1].value)
        if numbers:
            first, value, rule = numbers[0].first, numbers[0].value, numbers[0].rule
        else:
            hedged = parts[0] if isinstance(parts[0], tuple) else ()
            first, value = (hedged[0] if hedged else last), float(self.tokens[last].value)
            rule = _rule([self.tokens[place] for place in hedged])
        span, said = self._span(first, last)
        return Amount("multiple", multiple(value, rule, said, span), None, first, last)

    def money(self, *parts: Any) -> Amount:
        last = int(parts[-1].value)
        hedged = parts[0] if isinstance(parts[0], tuple) else ()
        first = hedged[0] if hedged else last
        span, said = self._span(first, last)
        rule = _rule([self.tokens[place] for place in hedged])
        return Amount("money", figure(self.tokens[last].number or 0.0, rule, said, span), None, first, last)

    def origin(self, leaf: Any, amount: Amount) -> Amount:
        return replace(amount, role="from", first=int(leaf.value))

    def goal(self, leaf: Any, amount: Amount) -> Amount:
        return replace(amount, role="to", first=int(leaf.value))

    def _span(self, first: int, last: int) -> tuple[Span, str]:
        span = Span(self.tokens[first].span.start, self.tokens[last].span.end)
        return span, " ".join(token.text for token in self.tokens[first : last + 1])

    def _figure(self, number: _Number) -> Figure:
        span, said = self._span(number.first, number.last)
        if number.bounds:
            return Figure(number.value, *number.bounds, "range", span, said)
        if number.high is not None:
            return Figure(number.value, number.value, number.high, "range", span, said)
        return figure(number.value, number.rule, said, span)

    def _noun(self, places: tuple[int, ...] | None) -> Noun | None:
        if not places:
            return None
        tokens = [self.tokens[place] for place in places]
        if not any(token.kind in ("UNIT", "OTHER") for token in tokens):
            cut = next((place for place, token in enumerate(tokens) if token.text.lower() in ("and", "&")), len(tokens))
            tokens = tokens[:cut]
        named = {token.kind: token.value for token in tokens}
        return Noun(
            named.get("UNIT"),
            named.get("OTHER"),
            named.get("MODEL"),
            "PENDING" in named,
            named.get("PLACE"),
            "SIGN" in named or any(token.text.lower() == "signings" for token in tokens),
            tuple(token.text.lower() for token in tokens),
        )
