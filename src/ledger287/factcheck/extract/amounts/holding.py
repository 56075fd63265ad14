"""The words around an amount that somebody has, without those of other clauses.

What enters: the tokens before an amount and behind it. What leaves: those of the clause whose verb is "has", "had" or
"holds". Promise: what a law, a governor or a critic did behind a mark does not make a count of what somebody has one
of what was signed or left; a participle or a relative clause behind the mark is of those counted and stays.
"""

from collections.abc import Sequence

from ledger287.factcheck.extract.amounts.timing import DEEDS
from ledger287.factcheck.parse.model import Token

HOLDING = ("have", "has", "had", "hold", "holds", "held", "list", "lists", "listed")
MARKS = (";", ",", "—", "–", "(", ":")
OPENING = ("before", "when", "after", "until", "while", "because", "though", "although", "but", "even")
THOSE = ("that", "which", "all", "most", "having", "each", "both", "many", "of", "newly", "some", "half", "including")


def of_its_verb(ahead: Sequence[Token], after: Sequence[Token]) -> Sequence[Token]:
    """The tokens around an amount that somebody has or had, without other clauses; none where its verb is another."""
    held = next((at for at in range(len(ahead) - 1, -1, -1) if ahead[at].text.lower() in HOLDING), None)
    if held is None or any(one.kind in DEEDS or one.text in MARKS for one in ahead[held:]):
        return []
    for at, token in enumerate(after):
        behind = after[at + 1] if at + 1 < len(after) else None
        marked = token.text in MARKS and not (behind and (behind.kind in DEEDS or behind.text.lower() in THOSE))
        if marked or token.text.lower() in OPENING:
            return [*ahead[held:], *after[:at]]
    return [*ahead[held:], *after]
