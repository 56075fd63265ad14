"""The declared rules of the grammar as nodes that the chart can follow.

What enters: declared/factcheck/grammar/rules.yml. What leaves: for each constituent its ways, each a node, features
that it adds, and the name of an action. Promise: an unknown name in a rule is an error when the rules are read.

A way is written ``place HAVE qnp time? ("," | "and") -> {act: count} !state``: names in lower case are constituents,
names in capitals are classes of words or tokens, words in quotes stand for themselves; ``?``, ``*`` and ``|`` as usual.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import and_, or_

from ledger287.core import declared
from ledger287.factcheck.grammar.meaning import EMPTY, Meaning

PIECE = re.compile(r"\"[^\"]+\"|[A-Za-z_0-9]+|[()|?*]")


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a rule. ``kind``: leaf (a class of words), name (a constituent), seq, alt, opt or star.

    ``begins`` has the bits of the classes that it can begin with, and that of no word where it may have none; ``needs``
    those of the classes of which it has a word in any case.
    """

    kind: str
    name: str = ""
    parts: "tuple[Node, ...]" = ()
    begins: int = 0
    needs: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a constituent can be built."""

    node: Node
    adds: Meaning
    action: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules; ``bits`` has one for each class of words that a rule has a place for."""

    ways: dict[str, tuple[Way, ...]]
    bits: dict[str, int]


NO_WORD = 1
"""The bit of no word at all."""


@cache
def grammar() -> Grammar:
    """The declared grammar, read once. Raises ValueError where a rule names a constituent that there is not."""
    data = declared.declared_yaml("factcheck/grammar/rules.yml")
    ways = {name: tuple(_way(str(text)) for text in some) for name, some in data.items()}
    missing = {one.name for way in ways.values() for each in way for one in _names(each.node)} - set(ways)
    if missing:
        raise ValueError(f"rules.yml: no rule for {', '.join(sorted(missing))}; define it or write it in capitals")
    nodes = [each for some in ways.values() for way in some for each in _nodes(way.node)]
    bits = {name: 2 << at for at, name in enumerate(sorted({node.name for node in nodes if node.kind == "leaf"}))}
    known = dict.fromkeys(ways, (0, sum(bits.values())))
    before: dict[str, tuple[int, int]] = {}
    while before != known:  # until nothing is new
        before = dict(known)
        for name, some in ways.items():
            masks = [_masks(way.node, bits, known) for way in some]
            known[name] = (reduce(or_, (one for one, _ in masks)), reduce(and_, (one for _, one in masks)))
    return Grammar({name: tuple(_marked(way, bits, known) for way in some) for name, some in ways.items()}, bits)


def _masks(node: Node, bits: dict[str, int], known: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """The classes that a node can begin with, and those that it needs, as far as those of its parts are known."""
    if node.kind == "leaf":
        return bits[node.name], bits[node.name]
    if node.kind == "name":
        return known[node.name]
    parts = [_masks(part, bits, known) for part in node.parts]
    if node.kind == "alt":
        return reduce(or_, (first for first, _ in parts)), reduce(and_, (needed for _, needed in parts))
    if node.kind != "seq":
        return parts[0][0] | NO_WORD, 0
    begins = NO_WORD
    for first, _ in parts:
        begins = begins & ~NO_WORD | first
        if not first & NO_WORD:
            break
    return begins, reduce(or_, (needed for _, needed in parts))


def _marked(way: Way, bits: dict[str, int], known: dict[str, tuple[int, int]]) -> Way:
    def mark(node: Node) -> Node:
        begins, needs = _masks(node, bits, known)
        return Node(node.kind, node.name, tuple(mark(part) for part in node.parts), begins, needs)

    return Way(mark(way.node), way.adds, way.action)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _nodes(part)


def _names(node: Node) -> Iterator[Node]:
    return (one for one in _nodes(node) if one.kind == "name")


def _way(text: str) -> Way:
    body, _, tail = text.partition("->")
    adds, _, action = tail.partition("!")
    features = declared.read_yaml(adds.strip()) if adds.strip() else {}
    pieces = PIECE.findall(body)
    node, at = _alternatives(pieces, 0)
    if at != len(pieces):
        raise ValueError(f"rules.yml: {text!r} ends before {pieces[at:]}; close every bracket")
    return Way(node, frozenset(features.items()) if features else EMPTY, action.strip())


def _alternatives(pieces: list[str], at: int) -> tuple[Node, int]:
    found, at = [], at - 1
    while True:
        parts: list[Node] = []
        at += 1
        while at < len(pieces) and pieces[at] not in ("|", ")"):
            node, at = _piece(pieces, at)
            parts.append(node)
        found.append(parts[0] if len(parts) == 1 else Node("seq", parts=tuple(parts)))
        if at >= len(pieces) or pieces[at] == ")":
            return (found[0] if len(found) == 1 else Node("alt", parts=tuple(found))), at


def _piece(pieces: list[str], at: int) -> tuple[Node, int]:
    said = pieces[at]
    if said == "(":
        node, at = _alternatives(pieces, at + 1)
    elif said.startswith('"'):
        words = said[1:-1].split()
        leaves = tuple(Node("leaf", f"={word}") for word in words)
        node = leaves[0] if len(leaves) == 1 else Node("seq", parts=leaves)
    else:
        node = Node("leaf" if said.isupper() or said[0].isupper() else "name", said)
    at += 1
    while at < len(pieces) and pieces[at] in "?*":
        node, at = Node("opt" if pieces[at] == "?" else "star", parts=(node,)), at + 1
    return node, at
