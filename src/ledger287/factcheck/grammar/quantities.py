"""What the actions of the grammar's rules do with numbers: counts, percentages, multiples, one in five.

What enters: the features of a number with its hedge. What leaves: the meaning with a figure. Promise: bounds are those
of the hedges that the readers by position use.
"""

from dataclasses import replace
from typing import Any, cast

from ledger287.factcheck.extract.model import Rule
from ledger287.factcheck.grammar.meaning import Meaning, only
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.numbers import TEN, figure, fraction, hedges, multiple


def _said(own: dict[str, Any], token: Token) -> str:
    """A number's words, with the one by which it is meant as written, which its bounds follow."""
    return f"exactly {token.text}" if own.pop("precise", False) else token.text


def quantity(one: Meaning) -> tuple[Meaning, ...]:
    """A number with its hedge as a figure."""
    own = dict(one)
    token: Token = own.pop("num")
    rule = cast(Rule, own.pop("hedge", "exact"))
    bounds = hedges()["ranges"].get(token.value)
    made = figure(token.number or 0.0, "least" if token.value == "plus" else rule, _said(own, token), token.span)
    if bounds:
        made = replace(made, low=float(bounds[0]), high=float(bounds[1]), rule="range")
    return only({**own, "q": made})


def percent(one: Meaning) -> tuple[Meaning, ...]:
    """A percentage or a fraction as a figure of percent."""
    own = dict(one)
    token: Token = own.pop("num")
    rule = cast(Rule, own.pop("hedge", "exact"))
    if token.kind == "FRACTION":
        if token.value in hedges()["portions"]:
            low, high = hedges()["portions"][token.value]
            shown = float(hedges()["portions_shown"][token.value])
            own.pop("precise", None)
            made = replace(fraction(shown / 100, "exact", token.text, token.span), low=low, high=high, rule="range")
        else:
            made = fraction(token.number or 0.0, rule, _said(own, token), token.span)
    else:
        made = figure(token.number or 0.0, rule, _said(own, token), token.span, percent=True)
    return only({**own, "q": made})


def times(one: Meaning) -> tuple[Meaning, ...]:
    """A multiple as a figure."""
    own = dict(one)
    token: Token = own.pop("num")
    rule = cast(Rule, own.pop("hedge", "exact"))
    return only({**own, "q": multiple(token.number or 0.0, rule, _said(own, token), token.span)})


def ratio(one: Meaning) -> tuple[Meaning, ...]:
    """One in five, as percent."""
    own = dict(one)
    token: Token = own.pop("num")
    whole_of, rule = own.pop("of"), cast(Rule, own.pop("hedge", "exact"))
    made = fraction((token.number or 0.0) / whole_of, rule, _said(own, token), token.span, of_ten=whole_of == TEN)
    return only({**own, "q": made})


def base_num(one: Meaning) -> tuple[Meaning, ...]:
    token: Token = dict(one)["num"]
    return only({"of": token.number, "of_span": token.span}) if token.number else ()
