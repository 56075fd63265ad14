"""What every match of a pattern has: words one of which is in each text that it finds anything in.

What enters: a pattern as ``re.compile`` takes it. What leaves: such words, or nothing where there are none worth
looking for. Promise: a text that has none of them has no match; looking for them is cheaper than the search. They are
taken from the parse tree of the standard library; a Python that has another one gets no words, and is as right.
"""

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

MOST_WORDS = 40
"""More words than these take as long to look for as the pattern."""
SEEN = {1: 0.5, 2: 0.25, 3: 0.1, 4: 0.05}
"""How many texts have a word of so many letters; longer ones are seldom there."""
RARE, WORTH = 0.02, 0.7
PLAIN = frozenset(" ,.'’-()")
"""Marks that are in every sentence, and in no list of words by themselves."""


def words_needed(pattern: str, flags: int) -> tuple[tuple[str, ...], bool] | None:
    """Words one of which every match has, and whether they are to be looked for in lower case; None without any."""
    try:
        tree: Any = import_module("re._parser").parse(pattern, flags)
        folded = bool(tree.state.flags & re.IGNORECASE)
        words = _best(_of(tree, folded=folded))
    except (ImportError, AttributeError):  # another Python: as slow as without words, and as right
        return None
    return (tuple(sorted(words, key=len)), folded) if words else None


def _of(items: Iterable[Any], *, folded: bool) -> list[frozenset[str]]:
    """The sets of words of a stretch of a pattern's tree of each of which every match has one."""
    found: list[frozenset[str]] = []
    run = ""
    for op, given in [*items, (None, None)]:
        kind = str(op)
        if kind == "LITERAL" and (given < 128 or chr(given) == "’"):
            run += chr(given).lower() if folded else chr(given)
            continue
        if kind in ("AT", "ASSERT_NOT"):
            continue  # no letter of the match
        if run.strip() and not set(run) <= PLAIN:
            found.append(frozenset([run]))
        run = ""
        if kind == "SUBPATTERN":
            _, more, fewer, part = given
            found += _of(part, folded=folded) if not (more | fewer) else []
        elif kind in ("MAX_REPEAT", "MIN_REPEAT"):
            least, _, part = given
            found += _of(part, folded=folded) if least else []
        elif kind == "BRANCH":
            ways = [_best(_of(way, folded=folded)) for way in given[1]]
            if all(ways):
                found.append(frozenset().union(*ways))
        elif kind == "ASSERT":
            found += _of(given[1], folded=folded)
    return found


def _best(found: Iterable[frozenset[str]]) -> frozenset[str]:
    """The set that the fewest texts have a word of; empty where most texts have one."""
    able = [one for one in found if len(one) <= MOST_WORDS and _share(one) <= WORTH]
    return min(able, key=lambda one: (_share(one), len(one), sorted(one)), default=frozenset())


def _share(words: frozenset[str]) -> float:
    return sum(SEEN.get(len(word), RARE) if word.isalpha() or len(word) > 1 else RARE for word in words)
