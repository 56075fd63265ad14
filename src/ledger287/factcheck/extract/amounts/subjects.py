"""Where a state is the subject of a clause, or has a number of its own, by the tokens around it.

What enters: a sentence's tokens and the place of a state's name. What leaves: yes or no. Promise: rules of position
alone, each stated here.
"""

from collections.abc import Sequence

from ledger287.factcheck.parse.model import Token

CLAUSE_TOKENS = 4
SINGULAR = frozenset(
    ["has", "is", "was", "counts", "leads", "ranks", "trails", "remains", "accounts", "holds", "claims", "comes",
     "boasts", "follows"]
)  # fmt: skip
PAST = frozenset(["had", "held", "ranked", "led", "trailed", "counted", "accounted", "came", "followed", "claimed"])
"""Verbs of one or of several: of one behind a comma and "and", where two states in a list have no comma."""


def opens_clause(tokens: Sequence[Token], place: int) -> bool:
    """Whether a state behind another one is the subject of its own clause: in Ohio, and Texas has 304."""
    joined = place > 1 and tokens[place - 1].text.lower() == "and"
    return is_next_clause(tokens, place - (3 if joined else 2))


def is_next_clause(tokens: Sequence[Token], place: int) -> bool:
    """Whether the state behind a state and a comma is the subject of a clause of its own: in Nebraska, Iowa has two."""
    following = list(tokens[max(place, 0) : place + 5])
    verbs = SINGULAR
    if len(following) > CLAUSE_TOKENS and following[1].text == "," and following[2].text.lower() == "and":
        following.pop(2)  # struck in Florida, and Texas comes next
        verbs = SINGULAR | PAST if place and tokens[place - 1].kind == "IN" else SINGULAR
    kinds = [one.kind for one in following[:3]]
    if place < 0 or len(following) < CLAUSE_TOKENS or kinds != ["PLACE", "MARK", "PLACE"] or following[1].text != ",":
        return False
    return following[3].text.lower() in verbs


def is_numbered(tokens: Sequence[Token], place: int) -> bool:
    """Whether a state has a number behind it, at once or behind its verb: Texas 110; Texas, 110; Texas has 110."""
    following = [token for token in tokens[place + 1 : place + 4] if token.text != ","]
    verbs = (*HAVING, "to", "at", "with")
    return any(
        token.kind == "NUM" and all(one.text.lower() in verbs for one in following[:at])
        for at, token in enumerate(following)
    )


HAVING = ("has", "had", "holds", "held", "counts", "counted", "reached", "reports", "reported", "lists", "listed")


def is_subject(tokens: Sequence[Token], place: int) -> bool:
    """Whether a territory opens its sentence and has a verb of holding behind it: Guam has one agreement."""
    opens = place == 0 or (place == 1 and tokens[0].text.lower() == "the")
    after = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
    return opens and after in ("has", "have", "had", "holds", "hold", "held")
