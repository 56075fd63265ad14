"""A chart parser: every meaning of every constituent at every place, each made once.

What enters: the edges of a sentence, and the declared grammar. What leaves: all meanings of the sentence from its
first word to its last. Promise: nothing is chosen; a sentence without a complete parse has no meaning, and one with
more readings than ``MOST`` at one place has none either.
"""

from collections.abc import Callable, Mapping
from functools import cache

from ledger287.factcheck.grammar.meaning import EMPTY, Meaning, united
from ledger287.factcheck.grammar.rules import Grammar, Node, Way, grammar, opening

Edges = list[dict[str, list[tuple[int, Meaning]]]]
"""At each place the classes of words that begin there, with where they end and what they mean."""
Action = Callable[[Meaning], tuple[Meaning, ...]]
Found = dict[tuple[int, Meaning], None]
MOST = 48
"""Readings of one constituent at one place; more are no reading."""


class TooMany(Exception):
    """A constituent with more readings than are kept apart."""


class ParseChart:
    """One sentence's chart."""

    def __init__(self, edges: Edges, actions: Mapping[str, Action]) -> None:
        self.edges, self.actions, self.rules = edges, actions, grammar()
        self.kinds = [frozenset(one) for one in edges]
        self.made: dict[tuple[str, int], list[tuple[int, Meaning]]] = {}

    def read(self, name: str) -> list[Meaning]:
        """The meanings of a constituent that takes the entire sentence."""
        try:
            return [one for end, one in self.constituent(name, 0) if end == len(self.edges) - 1]
        except TooMany:
            return []

    def constituent(self, name: str, at: int) -> list[tuple[int, Meaning]]:
        """Where a constituent that begins at a place can end, with what it means."""
        key = (name, at)
        if key not in self.made:
            self.made[key] = []
            found: Found = {}
            for way, first in ways_of(name):
                if not first or first & self.kinds[at]:
                    for end, one in self.node(way.node, at, EMPTY):
                        for each in self.finished(one, way):
                            found[end, each] = None
            if len(found) > MOST:
                raise TooMany
            self.made[key] = list(found)
        return self.made[key]

    def finished(self, one: Meaning, way: Way) -> tuple[Meaning, ...]:
        """The meanings of a way whose parts mean something together."""
        added = united(one, way.adds)
        if added is None:
            return ()
        return self.actions[way.action](added) if way.action else (added,)

    def node(self, node: Node, at: int, so_far: Meaning) -> list[tuple[int, Meaning]]:
        """Where a part of a rule can end, with what is meant up to there."""
        if node.kind == "leaf":
            return _joined(self.edges[at].get(node.name, ()), so_far)
        if node.kind == "name":
            return _joined(self.constituent(node.name, at), so_far)
        if node.kind == "alt":
            return list({one: None for part in node.parts for one in self.node(part, at, so_far)})
        if node.kind == "opt":
            return [(at, so_far), *self.node(node.parts[0], at, so_far)]
        states: Found = {(at, so_far): None}
        if node.kind == "seq":
            for part in node.parts:
                states = {one: None for end, held in states for one in self.node(part, end, held)}
                if len(states) > 4 * MOST:
                    raise TooMany
            return list(states)
        fresh = list(states)
        while fresh:
            fresh = [
                one for end, held in fresh for one in self.node(node.parts[0], end, held)
                if one[0] > end and one not in states
            ]  # fmt: skip
            states.update(dict.fromkeys(fresh))
            if len(states) > 4 * MOST:
                raise TooMany
        return list(states)


def _joined(ends: "list[tuple[int, Meaning]] | tuple[()]", so_far: Meaning) -> list[tuple[int, Meaning]]:
    both = ((end, united(so_far, one)) for end, one in ends)
    return [(end, one) for end, one in both if one is not None]


@cache
def ways_of(name: str) -> tuple[tuple[Way, frozenset[str]], ...]:
    """The ways of a constituent with the classes that each can begin with; none where it may be empty."""
    rules: Grammar = grammar()
    found = []
    for way in rules.ways[name]:
        first, nothing = opening(way.node, rules.opens, rules.empty)
        found.append((way, frozenset() if nothing else first))
    return tuple(found)
