"""The words around an amount that somebody has, without those of other clauses.

What enters: the tokens before an amount and behind it. What leaves: those of the clause whose verb is "has", "had" or
"holds". Promise: what a law, a governor or a critic did behind a mark does not make a count of what somebody has one
of what was signed or left; a participle or a relative clause behind the mark is of those counted and stays.
"""

from collections.abc import Sequence

from ledger287.factcheck.extract.amounts.times.timing import DEEDS
from ledger287.factcheck.parse.model import Token

HOLDING = ("have", "has", "had", "hold", "holds", "held", "list", "lists", "listed")
MARKS = (";", ",", "—", "–", "(", ":")
OPENING = ("before", "when", "after", "until", "while", "because", "though", "although", "but", "even")
JOINING = ("and", "as")
BEING = ("is", "are", "was", "were")
THOSE = ("that", "which", "all", "most", "having", "each", "both", "many", "of", "newly", "some", "half", "including")


def of_its_verb(ahead: Sequence[Token], after: Sequence[Token]) -> Sequence[Token]:
    """The tokens around an amount that somebody has or had, without other clauses; none where its verb is another."""
    end = _ends(after)
    held = next((at for at in range(len(ahead) - 1, -1, -1) if ahead[at].text.lower() in HOLDING), None)
    if held is None:
        held = next((at for at, one in enumerate(ahead[:-1]) if _is_there(one, ahead[at + 1])), None)
    if held is None and end < len(after) and any(map(_is_listed, after[:end], after[1 : end + 1])):
        held = len(ahead)
    said = [*ahead[held:], *after[:end]] if held is not None else []
    if held is None or any(one.kind in DEEDS or one.text in MARKS for one in ahead[held:]):
        return []
    return said


def _ends(after: Sequence[Token]) -> int:
    """Where the clause of an amount ends behind it."""
    for at, token in enumerate(after):
        behind = after[at + 1] if at + 1 < len(after) else None
        own = behind is not None and (behind.kind in DEEDS or behind.text.lower() in THOSE)
        if token.text.lower() in OPENING or ((token.text in MARKS or token.text.lower() in JOINING) and not own):
            return at
    return len(after)


def _is_there(token: Token, behind: Token) -> bool:
    """``there were``."""
    return token.text.lower() == "there" and behind.text.lower() in BEING


def _is_listed(token: Token, behind: Token) -> bool:
    """``were on the list``; ``were in force``."""
    return token.text.lower() in BEING and behind.text.lower() in ("on", "in", "active")
