"""A verdict is firm only where its sentence was read completely; this decides what it becomes where a word was not
read.

What enters: an answer and the account of its sentence. What leaves: the answer with its account; where words were
not read, "figure fits" in place of a support, and "cannot tell" in place of any other verdict from the record.
Promise: no sentence with an unread word is supported or contradicted; what the record gives stays in the answer.
"""

from dataclasses import replace

from ledger287.factcheck.coverage.account import Account
from ledger287.factcheck.verdicts.answers import Answer

FIRM = ("supported", "supported_if", "contradicted", "was_true", "became_true", "arithmetic_holds", "arithmetic_fails")
FITTING = ("supported", "arithmetic_holds")
SETTLES = "a person who reads the full sentence"


def withheld(answer: Answer, account: Account) -> Answer:
    """The answer with its account, its verdict withdrawn where the sentence was not read completely."""
    answer = replace(answer, account=account)
    if account.whole:
        return answer
    if answer.verdict == "law" and answer.law_holds is not None:
        return replace(answer, law_holds=None) if _turned(account) else answer
    if answer.verdict not in FIRM:
        return answer
    unread = _quoted(account)
    if answer.verdict in FITTING and answer.claim.figure is not None and not account.turned:
        return replace(
            answer,
            verdict="figure_fits",
            reason=f"the figure fits ({answer.reason.rstrip('.')}); not checked in the sentence: {unread}.",
            settles=answer.settles or SETTLES,
        )
    return replace(
        answer,
        verdict="cannot_tell",
        reason=f"part of the sentence was not understood: {unread}. As far as it was read: {answer.reason}",
        settles=answer.settles or SETTLES,
    )


TURNING = frozenset(
    [
        "not",
        "never",
        "no",
        "without",
        "if",
        "unless",
        "may",
        "might",
        "would",
        "could",
        "false",
        "falsely",
        "wrongly",
        "cannot",
        "n't",
        "nor",
        "neither",
    ]
)


def _turned(account: Account) -> bool:
    """Whether an unread word may turn a statement of law into its opposite."""
    return any(
        set(word.lower().replace("’", "'").split()) & TURNING or word.lower().endswith("n't")
        for word in account.unread_words
    )


def _quoted(account: Account) -> str:
    words = account.unread_words
    shown = ", ".join(f"“{word}”" for word in words[:8])
    return f"{shown} and {len(words) - 8} more" if len(words) > 8 else shown
