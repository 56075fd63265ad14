"""A verdict is firm only where its sentence was read completely; this decides what it becomes where a word was not
read.

What enters: an answer and the account of its sentence. What leaves: the answer with its account; where words were
not read, "figure fits" in place of a support, and "cannot tell" in place of any other verdict from the record.
Promise: no sentence with an unread word is supported or contradicted, and none that denies or wishes for what a source
states is as stated; what the record gives stays in the answer.
"""

from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.account import Account
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FIRM
from ledger287.factcheck.verdicts.stating import patterns
from ledger287.factcheck.verdicts.withheld.plain_law import is_plain

AS_SAID = ("supported", "arithmetic_holds")
"""Verdicts on a figure that is right as it is said."""
SETTLES = "a person who reads the full sentence"


def withheld(answer: Answer, account: Account, sentence: Sentence) -> Answer:
    """The answer with its account, its verdict withdrawn where the sentence was not read completely."""
    answer = replace(answer, account=account)
    if account.whole and answer.verdict not in ("as_stated", "law"):
        return answer
    if answer.verdict == "law" and answer.law_holds is not None:
        if is_plain(answer, account, sentence):
            return answer
        return replace(answer, law_holds=None, reason=f"what the sources say: {answer.meaning}.")
    if answer.verdict not in FIRM and not (answer.verdict == "as_stated" and _is_doubted(answer, account, sentence)):
        return answer
    unread = quoted(account) or "what is said of the figure"
    fits = answer.verdict in AS_SAID and answer.claim.figure is not None and not account.turned
    if fits and not _is_other(answer) and not _is_denied(answer, sentence):
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


DENIED = when_needed(r"(?i)\b(?:not|no|never) $")
"""What denies the number behind it."""


def _is_denied(answer: Answer, sentence: Sentence) -> bool:
    """Whether the words right before a figure deny it: no hay 1.783 acuerdos."""
    figure = answer.claim.figure
    return figure is not None and bool(DENIED.search(sentence.text[: figure.span.start - sentence.span.start]))


def _is_other(answer: Answer) -> bool:
    """Whether what a number of people counts was not read (70,766 children): a number of everybody does not fit it."""
    figure = answer.claim.figure
    if answer.claim.unit != "people" or figure is None:
        return False
    return any(0 <= one.span.start - figure.span.end <= NEXT_WORD for one in answer.account.unread)


NEXT_WORD = 12
"""Characters between a number and the noun that it counts, with one word between: 70,766 migrant children."""
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


WISHING = frozenset(
    ["want", "wants", "wanted", "hope", "hopes", "hoped", "plan", "plans", "planned", "need", "needs", "needed",
     "should", "whether", "allegedly", "supposedly", "will", "expects", "expected"]
)  # fmt: skip
UNDOING = frozenset(
    ["wrong", "untrue", "incorrect", "myth", "hoax", "lie", "debunked", "refuted", "denied", "denies", "rejected",
     "rejects", "refused", "refuses", "declined", "declines", "failed", "fails", "blocked", "blocks", "vetoed",
     "withheld", "abandoned", "dropped", "scrapped", "cut", "cuts", "lost", "fired", "fewer", "less", "additional",
     "hardly"]
)  # fmt: skip
"""Words by which a sentence says the contrary of a figure, or speaks of a difference."""
WISHED = WISHING - {"plan", "plans", "planned", "will", "expects", "expected"}
"""Words of money that is wished for only, and not given."""
POSSIBLE = frozenset(["may", "might", "would", "could", "if"])
"""Words of what is not so yet; of a goal or of money to come they are a part."""


def _is_doubted(answer: Answer, account: Account, sentence: Sentence) -> bool:
    """Whether unread words of its clause deny what a source states, or say only that it is wished for or possible."""
    read = [one for one in account.parts if one.role == "what is held" and one.said.lower() in UNDOING]
    near = [one.said for one in (*account.unread, *read) if not _is_apart(one.span, answer.claim.span, sentence)]
    words = {part for word in near for part in word.lower().replace("’", "'").split()}
    words |= {"n't" for word in words if word.endswith("n't")}
    kind = next((one for one in patterns() if one.id == answer.claim.topic), None)
    if kind is None or not kind.to_come:
        return bool(words & (UNDOING | TURNING | WISHING))
    if kind.given and (words & WISHED or _is_yet_to_be(answer.claim.span, sentence)):
        return True
    return bool(words & (UNDOING | (TURNING - POSSIBLE)))


def _is_yet_to_be(span: Span, sentence: Sentence) -> bool:
    """Whether the words before a claim say that it hangs on something, or has not happened yet."""
    return bool(NOT_YET.search(sentence.text[: span.start - sentence.span.start]))


NOT_YET = when_needed(r"(?i)(?:^|[,;:—] ?)(?:only |even )?if\b[^,;:—]*$|\byet to\b[^,;:—]*$")


def _is_apart(one: Span, other: Span, sentence: Sentence) -> bool:
    """Whether a word is of another clause than a claim: behind a comma, or before one; two part an aside from it."""
    first, last = sorted((one, other), key=lambda span: span.start)
    between = sentence.text[first.end - sentence.span.start : last.start - sentence.span.start]
    commas = len(COMMA.findall(between))
    return commas % 2 == 1 or (commas > 0 and one.start > other.start) or bool(CLAUSE.search(between))


COMMA = when_needed(r",(?!\d)")
CLAUSE = when_needed(r"[;:—]")


def quoted(account: Account) -> str:
    """The words that were not read, as a reason names them."""
    words = account.unread_words
    shown = ", ".join(f"“{word}”" for word in words[:8])
    return f"{shown} and {len(words) - 8} more" if len(words) > 8 else shown
