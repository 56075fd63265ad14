"""Of which model a rank is: only what its own clause says.

What enters: a sentence's tokens, the word of rank and who is ranked. What leaves: the model, if any, and why the rank
is not understood where only an aside or another clause has a model. Promise: what is counted behind a comma ("with 272
of them task force") or before one ("With 272 task force agreements, Florida has the most") gives a rank no model.
"""

from collections.abc import Sequence

from ledger287.factcheck.extract.amounts.doubts import WHICH_MODEL
from ledger287.factcheck.parse.model import Token

ENDS = ("while", "but", "whereas", "where", "including", "whose", "which", "although", "though")
OPENING = ("under", "in", "for", "among", "of", "by", "when", "on")
"""Words with which a sentence says of what it speaks: under the jail model, Texas ranks first."""
ALL_OF_THEM = ("overall", "total", "all", "altogether")


def model_of_rank(tokens: Sequence[Token], at: int, subjects: Sequence[Token]) -> tuple[str | None, str | None]:
    """The model of the rank at a place, and the doubt about it."""
    models = [one.value for one in tokens if one.kind == "MODEL"]
    if not models or any(one.kind == "MODEL" for one in subjects):
        return (models[0] if models else None), None
    counted = _behind(tokens, at)
    start = _clause_start(tokens, at)
    own = [one.value for one in (*counted, *tokens[start:at]) if one.kind == "MODEL"]
    if own:
        return own[0], None
    if (scope := _scope(tokens)) is not None:
        return scope, None
    if start == at and at > 1 and not any(one.kind in ("UNIT", "PROGRAM") for one in counted):
        before = [one.value for one in tokens[_clause_start(tokens, at - 1) : at] if one.kind == "MODEL"]
        return (before[0], None) if before else (None, WHICH_MODEL)
    plain = any(one.kind == "PROGRAM" or one.text.lower() in ALL_OF_THEM for one in counted)
    other = any(one.kind == "RANK" for place, one in enumerate(tokens) if place != at)
    return None, None if plain or (other and any(one.kind == "UNIT" for one in counted)) else WHICH_MODEL


def _behind(tokens: Sequence[Token], at: int) -> list[Token]:
    """What is counted behind a word of rank, up to the end of its clause or to what goes with it."""
    found: list[Token] = []
    for place in range(at + 1, len(tokens)):
        one = tokens[place]
        following = tokens[place + 1].kind if place + 1 < len(tokens) else ""
        if _ends(one) or one.kind == "RANK" or (one.text.lower() in ("and", "or") and following == "PLACE"):
            break
        if one.text.lower() == "with" and any(other.kind in ("UNIT", "PROGRAM") for other in found):
            break
        found.append(one)
    return found


def _clause_start(tokens: Sequence[Token], at: int) -> int:
    """Where the clause of a word of rank begins: behind a comma, another rank, or "and Texas" behind one."""
    for place in range(at - 1, -1, -1):
        one = tokens[place]
        if _ends(one) or one.kind == "RANK":
            return place + 1
        ranked = any(other.kind == "RANK" for other in tokens[:place])
        if ranked and one.text.lower() == "and" and tokens[place + 1].kind == "PLACE":
            return place + 1
    return 0


def _ends(one: Token) -> bool:
    return (one.kind == "MARK" and one.text in ",;:—–().") or one.text in (";", ",") or one.text.lower() in ENDS


def _scope(tokens: Sequence[Token]) -> str | None:
    """The model of words that open a sentence and say of what it speaks, up to their comma."""
    if tokens[0].text.lower().split()[0] not in OPENING:
        return None
    end = next((place for place, one in enumerate(tokens) if _ends(one)), len(tokens))
    return next((one.value for one in tokens[:end] if one.kind == "MODEL"), None)
