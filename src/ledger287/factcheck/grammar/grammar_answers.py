"""A sentence read by the grammar: its answers, where all of its meanings agree.

What enters: a parsed sentence, what the text before it has settled, the index. What leaves: the answers on all of its
statements, or None where it has no complete parse. Promise: a verdict is firm only where every meaning of the sentence
gives the same one; each number of the sentence is in one of the answers.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ledger287.factcheck.coverage.account import Account, Part
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.claims.own_places import of_their_own
from ledger287.factcheck.extract.extracting import distinguished
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.grammar.actions import ACTIONS
from ledger287.factcheck.grammar.chart import ParseChart
from ledger287.factcheck.grammar.lattice import BARE, lattice, word_lists
from ledger287.factcheck.grammar.meaning import Meaning
from ledger287.factcheck.grammar.rules import grammar
from ledger287.factcheck.grammar.stating import claims_of, span_of
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.lexicon import plain
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.judging import judge

ROLES = {"NUM": "figure", "PLACE": "place", "WHEN": "time", "MODEL": "model", "UNIT": "what is counted",
         "HEDGE": "hedge", "PROGRAM": "program", "NATION": "place", "RANK": "rank", "SIGN": "what happened",
         "FRACTION": "figure", "PENDING": "pending", "MARK": "mark"}  # fmt: skip
"""The roles of words by their kind; every other word is one of the sentence's construction."""
SAID = "who says so"
SPEAKING = ("SPEAKER", "SPEAKERADJ", "TITLE", "SAYS", "ACCORDING", "SRCADJ", "SRCNOUN")
"""Classes of words that say who says so."""
NUMBERED = ("NUM", "FRACTION", "MONEY")


def read(parsed: Parsed, behind: Background) -> list[tuple[Claim, ...]]:
    """Every meaning of a sentence as claims; none where the grammar does not parse it completely."""
    known = vocabulary()
    if any(one.kind == "WORD" and one.text not in known and one.text.isalpha() and one.text.islower()
           for one in parsed.tokens):  # fmt: skip
        return []  # no rule and no list has a place for that word
    chart = ParseChart(lattice(parsed).edges, ACTIONS)
    found: dict[tuple[Claim, ...], None] = {}
    numbers = {token.span for token in parsed.tokens if token.kind in NUMBERED and token.text.lower() not in BARE}
    for one in chart.read("sentence"):
        claims = claims_of(dict(one)["done"], parsed, behind)
        seen = [*(span_of(claim) for claim in claims or ()), *_lower(dict(one)["done"])]
        if claims and all(any(span.start <= each.start < span.end for span in seen) for each in numbers):
            found[tuple(distinguished(of_their_own(parsed, list(claims))))] = None
    return list(found)


def _lower(done: Sequence[Meaning]) -> set[Span]:
    """The spans of the numbers that are the lower part of a ratio."""
    return {dict(each)["of_span"] for each in done if "of_span" in dict(each)}


def answered(parsed: Parsed, behind: Background, index: Index) -> list[Answer] | None:
    """The answers on a sentence; None where it was not parsed, or its meanings are not of the same figures."""
    readings = read(parsed, behind)
    rows = [_by_figure(claims) for claims in readings]
    if not rows or any(row.keys() != rows[0].keys() for row in rows):
        return None
    account = _account(parsed)
    return [
        replace(_agreed([judge(claim, behind.published, index) for claim in dict.fromkeys(row[key] for row in rows)]),
                account=account)
        for key in rows[0]
    ]  # fmt: skip


def _by_figure(claims: Sequence[Claim]) -> dict[tuple[Span, str, int], Claim]:
    """The claims of one reading by their figure; of several on one figure (two each) by their order."""
    found: dict[tuple[Span, str, int], Claim] = {}
    for claim in claims:
        key = (span_of(claim), "rank" if claim.shape == "rank" else "")
        found[*key, sum(one[:2] == key for one in found)] = claim
    return found


def _agreed(answers: Sequence[Answer]) -> Answer:
    """The answer that all meanings give; otherwise that it is not plain, with what each of them is."""
    first = answers[0]
    if all(one.verdict == first.verdict for one in answers):
        return first
    meant = "; or ".join(dict.fromkeys(f"{one.meaning} ({one.reason.rstrip('.')})" for one in answers))
    return replace(first, verdict="cannot_tell", reason=f"the sentence can be read in several ways: {meant}.",
                   right=(), settles="which of these is meant")  # fmt: skip


def _account(parsed: Parsed) -> Account:
    said = speaking()
    return Account(tuple(
        Part(token.span, ROLES.get(token.kind) or (SAID if plain(token.text) in said else "construction"), token.text)
        for token in parsed.tokens if token.kind != "MARK"
    ))  # fmt: skip


@cache
def vocabulary() -> frozenset[str]:
    """Every word of the lists and of the rules."""
    listed = (word for rows in word_lists().values() for words, *_ in rows for word in words)
    return frozenset(listed) | {name[1:] for name in grammar().bits if name.startswith("=")}


@cache
def speaking() -> frozenset[str]:
    """The words of the classes that say who says so."""
    rows = [row for rows in word_lists().values() for row in rows if row[1] in SPEAKING]
    return frozenset(word for words, *_ in rows for word in words)
