"""A statement of law is said to agree with its sources, or to differ, only in words that are known to change nothing.

What enters: an answer of law, the account of its sentence and the sentence. What leaves: whether all its words are of
the closed lists (declared/factcheck/law_words.yml), apart from those of who says so and of asides. Promise: a word that
is on no list ("repealed", "except", "each month", "at homes") leaves the statement shown and not judged; so does a
second number.
"""

import re
from collections.abc import Iterator
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.cutting import ROLE as ASIDE
from ledger287.factcheck.coverage.account import Account
from ledger287.factcheck.coverage.stretches.sources import SOURCE
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.extract.statements.law_wordings import SAID
from ledger287.factcheck.extract.statements.powers import POWER
from ledger287.factcheck.parse.numbers import words_value
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer

WORD = when_needed(r"[A-Za-z’'][A-Za-z’'-]*|\$|\d[\d,.]*%?")
WITHOUT = when_needed(r"(?i)\bwithout (?:a |any |an )?(?:arrest )?warrants?\b")
APART = (SOURCE, ASIDE)
"""Roles of words that say nothing of the law: who says so, and asides."""
CHANGES_NOTHING = "neutral"
"""The role of words that change nothing of what is said."""


@cache
def allowed(topic: str) -> frozenset[str]:
    """The words that a statement on a topic may have."""
    data = declared.declared_yaml("factcheck/law_words.yml")
    alike = [name for name in data["topics"] if name == topic or (topic.startswith(POWER) and name.startswith(POWER))]
    return frozenset(str(word) for word in (*data["base"], *(word for name in alike for word in data["topics"][name])))


def is_plain(answer: Answer, account: Account, sentence: Sentence) -> bool:
    """Whether a statement of law is in plain words, with one number at most."""
    if answer.claim.topic.startswith(SAID):
        return all(
            one.role in (*APART, CHANGES_NOTHING) or _within(one.span, answer.claim.span) for one in account.parts
        )
    offset = sentence.span.start
    skipped = [part.span for part in account.parts if part.role in APART]
    known = allowed(answer.claim.topic)
    numbers = 0
    unwarranted = [Span(one.start() + offset, one.end() + offset) for one in WITHOUT.finditer(sentence.text)]
    for word, span in _words(sentence, offset):
        if any(one.start <= span.start < one.end for one in (*skipped, *unwarranted)):
            continue
        low = word.lower().replace("’", "'").strip("'")
        if low[:1].isdigit() or (words_value(low) is not None and low not in known):
            numbers += low.rstrip(".,") not in PROGRAM_NUMBERS
        elif low not in known and low.removesuffix("'s") not in known:
            return False
    return numbers <= 1


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start < other.end


PROGRAM_NUMBERS = ("287", "1357")
"""Parts of the program's own name, and of the statute's."""


def _words(sentence: Sentence, offset: int) -> Iterator[tuple[str, Span]]:
    text: str = sentence.text
    found: re.Match[str]
    for found in WORD.finditer(text):
        yield found[0], Span(offset + found.start(), offset + found.end())
