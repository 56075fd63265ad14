"""A chart parser: every meaning of every constituent at every place, each made once.

What enters: the edges of a sentence, and the declared grammar. What leaves: all meanings of the sentence from its
first word to its last. Promise: nothing is chosen; a sentence without a complete parse has no meaning, and one with
more readings than ``MOST`` at one place has none either.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from itertools import accumulate
from operator import or_

from ledger287.factcheck.grammar.meaning import EMPTY, Meaning, united
from ledger287.factcheck.grammar.rules import NO_WORD, Node, Way, grammar

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
        bits = self.rules.bits
        self.kinds = [reduce(or_, (bits.get(name, 0) for name in one), NO_WORD) for one in edges]
        self.lacking = [~ahead for ahead in accumulate(reversed(self.kinds), or_)][::-1]
        self.made: dict[tuple[str, int], list[tuple[int, Meaning]]] = {}

    def read(self, name: str) -> list[Meaning]:
        """The meanings of a constituent that takes the entire sentence."""
        if not self.has_a_place_for_each_word():
            return []
        try:
            return self.entire(name)
        except TooMany:
            return []

    def has_a_place_for_each_word(self) -> bool:
        """Whether classes of the rules lead from the first word to the last; otherwise there is no parse."""
        reached, bits = {0}, self.rules.bits
        for at, classes in enumerate(self.edges[:-1]):
            if at in reached:
                reached.update(end for name, ends in classes.items() if name in bits for end, _ in ends)
        return len(self.edges) - 1 in reached

    def entire(self, name: str) -> list[Meaning]:
        """The meanings of a constituent up to the last word; what it would mean up to another one is not composed."""
        found: dict[Meaning, None] = {}
        last = len(self.edges) - 1
        for way in self.rules.ways[name]:
            if self.may_be(way.node, 0):
                for end, one in self.node(way.node, 0, EMPTY):
                    found.update(dict.fromkeys(self.finished(one, way) if end == last else ()))
        if len(found) > MOST:
            raise TooMany
        return list(found)

    def constituent(self, name: str, at: int) -> list[tuple[int, Meaning]]:
        """Where a constituent that begins at a place can end, with what it means."""
        key = (name, at)
        if key not in self.made:
            self.made[key] = []
            found: Found = {}
            here, lacking = self.kinds[at], self.lacking[at]
            for way in self.rules.ways[name]:
                if way.node.begins & here and not way.node.needs & lacking:
                    for end, one in self.node(way.node, at, EMPTY):
                        for each in self.finished(one, way):
                            found[end, each] = None
            if len(found) > MOST:
                raise TooMany
            self.made[key] = list(found)
        return self.made[key]

    def may_be(self, node: Node, at: int) -> bool:
        """Whether one of the classes at a place can begin a node, and what it needs is there or further on."""
        return bool(node.begins & self.kinds[at]) and not node.needs & self.lacking[at]

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
            ways = [part for part in node.parts if self.may_be(part, at)]
            return list({one: None for part in ways for one in self.node(part, at, so_far)})
        if node.kind == "opt":
            part = node.parts[0]
            return [(at, so_far), *(self.node(part, at, so_far) if self.may_be(part, at) else ())]
        return self.in_order(node, at, so_far) if node.kind == "seq" else self.repeated(node.parts[0], at, so_far)

    def in_order(self, node: Node, at: int, so_far: Meaning) -> list[tuple[int, Meaning]]:
        """Where the parts of a node, one after the other, can end."""
        states = [(at, so_far)]
        kinds, lacking = self.kinds, self.lacking
        for part in node.parts:
            following: Found = {}
            begins, needs = part.begins, part.needs
            for end, held in states:
                if begins & kinds[end] and not needs & lacking[end]:
                    following.update(dict.fromkeys(self.node(part, end, held)))
            states = list(following)
            if len(states) > 4 * MOST:
                raise TooMany
            if not states:
                break
        return states

    def repeated(self, part: Node, at: int, so_far: Meaning) -> list[tuple[int, Meaning]]:
        """Where any number of a part can end."""
        states: Found = {(at, so_far): None}
        fresh = list(states)
        while fresh:
            fresh = [
                one for end, held in fresh if self.may_be(part, end) for one in self.node(part, end, held)
                if one[0] > end and one not in states
            ]  # fmt: skip
            states.update(dict.fromkeys(fresh))
            if len(states) > 4 * MOST:
                raise TooMany
        return list(states)


def _joined(ends: "list[tuple[int, Meaning]] | tuple[()]", so_far: Meaning) -> list[tuple[int, Meaning]]:
    if not so_far:
        return list(ends)
    both = ((end, united(so_far, one)) for end, one in ends)
    return [(end, one) for end, one in both if one is not None]
