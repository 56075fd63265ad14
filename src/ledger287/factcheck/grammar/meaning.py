"""Meanings as sets of features, and how two of them become one.

What enters: features of the parts of a constituent. What leaves: those of the constituent. Promise: two parts that say
different things of one feature have no meaning together; what has been stated already is kept in its order.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Meaning = frozenset[tuple[str, Any]]
"""Features with their values, each named once; ``done`` holds the statements that are complete, in their order."""

EMPTY: Meaning = frozenset()


def meaning(**features: Any) -> Meaning:
    """A meaning of some features."""
    return frozenset(features.items())


def only(features: Mapping[str, Any]) -> tuple[Meaning, ...]:
    """The one meaning of some features, as actions give it."""
    return (frozenset(features.items()),)


def united(one: Meaning, other: Meaning) -> Meaning | None:
    """Both meanings as one; None where they contradict each other."""
    if not one:
        return other
    if not other:
        return one
    both = one | other
    if len(both) == len({name for name, _ in both}):
        return both
    first, second = dict(one), dict(other)
    done = (*first.pop("done", ()), *second.pop("done", ()))
    if any(second.get(name, value) != value for name, value in first.items()):
        return None
    return frozenset({**first, **second, **({"done": done} if done else {})}.items())


def filled(own: Meaning, more: Mapping[str, Any], names: Iterable[str]) -> Meaning:
    """A meaning with the features that it lacks, of some names, from another."""
    has = {name for name, _ in own}
    return own | {(name, more[name]) for name in names if name in more and name not in has}
