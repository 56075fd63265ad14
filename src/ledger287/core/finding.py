"""A finding: what a checker concludes, why, and on what it rests.

Every checker answers with one (claims, authority, custody, analysis). A finding abstains rather than guesses:
what could not be decided is in ``open_questions``, each with what would settle it.
"""

from dataclasses import dataclass

from ledger287.core.locator import Locator


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision that a finding rests on: the rule's id, where it is printed, and how well it was checked."""

    rule: str
    says: str
    citation: str
    standing: str
    checked_until: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict in a checker's own closed words, with its reasons, evidence, provisions and open questions."""

    verdict: str
    reasons: tuple[str, ...]
    evidence: tuple[Locator, ...]
    citations: tuple[Citation, ...]
    open_questions: tuple[str, ...]
