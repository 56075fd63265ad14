"""The declared rules of the grammar as nodes that the chart can follow.

What enters: declared/factcheck/grammar/rules.yml. What leaves: for each constituent its ways, each a node, features
that it adds, and the name of an action. Promise: an unknown name in a rule is an error when the rules are read.

A way is written ``place HAVE qnp time? ("," | "and") -> {act: count} !state``: names in lower case are constituents,
names in capitals are classes of words or tokens, words in quotes stand for themselves; ``?``, ``*`` and ``|`` as usual.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.grammar.meaning import EMPTY, Meaning

PIECE = re.compile(r"\"[^\"]+\"|[A-Za-z_0-9]+|[()|?*]")


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a rule. ``kind``: leaf (a class of words), name (a constituent), seq, alt, opt or star."""

    kind: str
    name: str = ""
    parts: "tuple[Node, ...]" = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a constituent can be built."""

    node: Node
    adds: Meaning
    action: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules; ``first`` has for each node, by its identity, the classes that it can begin with, and whether it may
    have no word at all; ``classes`` are all classes of words that a rule has a place for."""

    ways: dict[str, tuple[Way, ...]]
    first: dict[int, tuple[frozenset[str], bool]]
    classes: frozenset[str]


@cache
def grammar() -> Grammar:
    """The declared grammar, read once. Raises ValueError where a rule names a constituent that there is not."""
    data = declared.declared_yaml("factcheck/grammar/rules.yml")
    ways = {name: tuple(_way(str(text)) for text in some) for name, some in data.items()}
    missing = {one.name for way in ways.values() for each in way for one in _names(each.node)} - set(ways)
    if missing:
        raise ValueError(f"rules.yml: no rule for {', '.join(sorted(missing))}; define it or write it in capitals")
    opens, empty = _opening(ways)
    nodes = [each for some in ways.values() for way in some for each in _nodes(way.node)]
    classes = frozenset(node.name for node in nodes if node.kind == "leaf")
    return Grammar(ways, {id(node): opening(node, opens, empty) for node in nodes}, classes)


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


def _opening(ways: dict[str, tuple[Way, ...]]) -> tuple[dict[str, frozenset[str]], dict[str, bool]]:
    """The classes that each constituent can begin with, and which may be empty: computed until nothing is new."""
    opens: dict[str, frozenset[str]] = dict.fromkeys(ways, frozenset())
    empty = dict.fromkeys(ways, False)
    changed = True
    while changed:
        changed = False
        for name, some in ways.items():
            found = [opening(way.node, opens, empty) for way in some]
            first = frozenset().union(*(one for one, _ in found))
            none = any(nothing for _, nothing in found)
            if first != opens[name] or none != empty[name]:
                opens[name], empty[name], changed = first, none, True
    return opens, empty


def opening(node: Node, opens: dict[str, frozenset[str]], empty: dict[str, bool]) -> tuple[frozenset[str], bool]:
    """The classes that a node can begin with, and whether it may be empty."""
    if node.kind == "leaf":
        return frozenset([node.name]), False
    if node.kind == "name":
        return opens[node.name], empty[node.name]
    if node.kind == "alt":
        found = [opening(part, opens, empty) for part in node.parts]
        return frozenset().union(*(one for one, _ in found)), any(nothing for _, nothing in found)
    first: frozenset[str] = frozenset()
    for part in node.parts:
        own, nothing = opening(part, opens, empty)
        first |= own
        if not nothing and node.kind == "seq":
            return first, False
    return first, True
