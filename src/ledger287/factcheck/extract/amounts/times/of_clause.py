"""The time of the clause that a word is in, where that clause has one; else that of its sentence.

What enters: the tokens of a sentence, the place of a word, and what the text before has settled. What leaves: a time.
Promise: a time of another clause is not taken where the own one has its own, nor that of a clause on a name.
"""

from collections.abc import Sequence

from ledger287.factcheck.extract.amounts.clauses_on_names import clauses_on_names
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import When
from ledger287.factcheck.parse.model import Token

PARTING = (";", "—", "–", ":")
JOINING = ("and", "but", "while", "whereas", "though", "although", "yet")


def time_of_clause(tokens: Sequence[Token], at: int, behind: Background) -> When:
    """The time of a token's clause, which a mark or a joining word behind a comma opens or ends."""
    opened = max((one + 1 for one in range(at) if _parts(tokens, one)), default=0)
    behind_it = range(at + 1, len(tokens))
    stop = next((one for one in behind_it if _compares(tokens, one)), len(tokens))
    ended = next((one for one in behind_it if _parts(tokens, one)), stop)
    apart = [(start, end) for start, end in clauses_on_names(tokens) if not start < at < end]
    own = [tokens[one] for one in range(opened, min(ended, stop)) if not any(start < one < end for start, end in apart)]
    tokens = [token for one, token in enumerate(tokens[:stop]) if not any(start < one < end for start, end in apart)]
    spots = times(own if any(one.kind == "WHEN" for one in own) else tokens, (), behind)
    return spots.leading or spots.trailing or spots.since or When()


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token parts two clauses."""
    text = tokens[at].text.lower()
    return text in PARTING or (text in JOINING and at > 0 and tokens[at - 1].text == ",")


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """Whether what it was before begins at a token: ranks third, up from 34 agreements in December."""
    text = tokens[at].text.lower()
    return tokens[at].kind == "FROM" and text.startswith(("up", "down", "compared", "against", "versus"))
