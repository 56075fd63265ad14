"""Clauses between marks that speak of a place or an agency before them: Georgia, which borders Florida, has 64.

What enters: the tokens of a sentence. What leaves: where such clauses are, or the tokens without the places in them.
Promise: what is in such a clause is of that name, and of no figure outside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.factcheck.parse.model import Token

OPENERS = ("which", "who", "whose", "where")


def clauses_on_names(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where a clause that speaks of a place or an agency before it is, between its marks."""
    for mark in range(1, len(tokens) - 2):
        opens = tokens[mark].text == "," and tokens[mark + 1].text.lower() in OPENERS
        if opens and tokens[mark - 1].kind in ("PLACE", "NAME"):
            yield mark, next((at for at in range(mark + 2, len(tokens)) if tokens[at].kind == "MARK"), len(tokens))


def without_their_places(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The tokens, those of places in a clause on a place as plain words; a clause that a place is in keeps its own."""
    apart = [
        one
        for start, end in clauses_on_names(tokens)
        if not start < at < end and end <= at and tokens[start - 1].kind == "PLACE"
        for one in range(start, end)
    ]
    if not any(tokens[one].kind == "PLACE" for one in apart):
        return tokens
    found = list(tokens)
    for one in apart:
        if found[one].kind == "PLACE":
            found[one] = replace(found[one], kind="WORD", value="")
    return found
