"""What is known of a column before a row is read: between which numbers it is, which values it may have, and whether
it is ever unknown.

What enters: what is known of the columns that another is made of. What leaves: what is known of it. It promises only
what holds in every row, so that a comparison that no row can pass is never computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

Bound = int | None
MOST = 64
"""Of more values than this only the lowest and the highest are kept."""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """``low`` and ``high`` of its numbers, and the ``values`` that it may have; ``filled``: it is never unknown."""

    low: Bound = None
    high: Bound = None
    values: frozenset[int] | None = None
    filled: bool = False


NOTHING = ColumnFacts()


def of_value(value: object) -> ColumnFacts:
    """Of a constant."""
    if isinstance(value, int) and not isinstance(value, bool):
        return ColumnFacts(value, value, frozenset({value}), filled=True)
    return ColumnFacts(filled=value is not None)


def of_any(parts: Sequence[ColumnFacts], *, filled: bool) -> ColumnFacts:
    """Of a column that has in each row a value of one of some columns."""
    lows, highs = ([one.low for one in parts], [one.high for one in parts])
    values: frozenset[int] | None = frozenset()
    for one in parts:
        values = None if values is None or one.values is None else values | one.values
    if values is not None and len(values) > MOST:
        values = None
    low = None if None in lows else min((one for one in lows if one is not None), default=None)
    high = None if None in highs else max((one for one in highs if one is not None), default=None)
    return ColumnFacts(low, high, values if values else None, filled)


def of_sum(one: ColumnFacts, other: ColumnFacts, sign: int = 1) -> ColumnFacts:
    """Of a sum, or of a difference where the sign is -1."""
    low, high = (other.low, other.high) if sign > 0 else (other.high, other.low)
    return ColumnFacts(
        None if one.low is None or low is None else one.low + sign * low,
        None if one.high is None or high is None else one.high + sign * high,
        filled=one.filled and other.filled,
    )


def of_bits(one: ColumnFacts, other: ColumnFacts) -> ColumnFacts:
    """Of the bits that two numbers share."""
    filled = one.filled and other.filled
    if one.values is None or other.values is None:
        return ColumnFacts(filled=filled)
    values = frozenset(a & b for a in one.values for b in other.values)
    return ColumnFacts(min(values), max(values), values, filled)


def filled_only(parts: Iterable[ColumnFacts]) -> ColumnFacts:
    """Of what is known in each row in which every part is known."""
    return ColumnFacts(filled=all(one.filled for one in parts))


def doubted(one: ColumnFacts) -> ColumnFacts:
    """The same of a column that a join may leave without a value."""
    return replace(one, filled=False)


def settled(sign: str, one: ColumnFacts, other: ColumnFacts) -> bool | None:
    """What a comparison is in every row in which both sides are known; None where it depends on the row."""
    if sign in (">", ">="):
        return settled({">": "<", ">=": "<="}[sign], other, one)
    if sign in ("=", "<>"):
        same = _same(one, other)
        return same if same is None or sign == "=" else not same
    if sign == "<=":
        after = settled("<", other, one)
        return None if after is None else not after
    if one.high is not None and other.low is not None and one.high < other.low:
        return True
    return False if one.low is not None and other.high is not None and one.low >= other.high else None


def _same(one: ColumnFacts, other: ColumnFacts) -> bool | None:
    if one.values is not None and other.values is not None:
        if not one.values & other.values:
            return False
        return True if len(one.values | other.values) == 1 else None
    return False if settled("<", one, other) or settled("<", other, one) else None
