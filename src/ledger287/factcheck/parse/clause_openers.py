"""Words that open another clause, declared in one place (declared/factcheck/clause_openers.yml).

What enters: what may be of such a clause alone: a county, something that happened, or the scope of a figure. What
leaves: the words behind which it may be.
"""

from functools import cache
from typing import Literal

from ledger287.core import declared

Part = Literal["county", "happening", "scope"]


@cache
def clause_openers(part: Part) -> frozenset[str]:
    """The words behind which a part of a sentence may be of another clause."""
    entries = declared.declared_yaml("factcheck/clause_openers.yml")
    return frozenset(word for word, parts in entries.items() if part in parts)
