"""What each word of a sentence was read as, and what no reading of it uses.

What enters: the answers of a text with its parsed sentences. What leaves: the answers with their accounts, without a
verdict where a word that bears on it was not read; and an answer for each number or statement that none uses.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from ledger287.factcheck.coverage.account import Account, account_of, apart, narrowed, with_turning
from ledger287.factcheck.coverage.clauses.apart import with_eras, with_own_time, without_other_clauses
from ledger287.factcheck.coverage.clauses.open_words import with_open_words
from ledger287.factcheck.coverage.stretches.beyond import within_clause
from ledger287.factcheck.coverage.stretches.parallel import beside_others
from ledger287.factcheck.coverage.stretches.remaining import remaining
from ledger287.factcheck.coverage.stretches.standing import on_its_own
from ledger287.factcheck.coverage.stretches.statements import of_law, unanswered
from ledger287.factcheck.coverage.stretches.turning import turning
from ledger287.factcheck.coverage.stretches.unclaimed import (
    unclaimed_agencies,
    unclaimed_ranks,
    unclaimed_sentence,
    unclaimed_towns,
)
from ledger287.factcheck.extract.amounts.unconnected import UNCONNECTED, unconnected
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.relevance import SHORT, of_program
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.withheld.unsettled import unsettled
from ledger287.factcheck.verdicts.withheld.withholding import AS_SAID, withheld


def accounted_for(answers: Sequence[Answer], parsed: Sequence[Parsed]) -> list[Answer]:
    """The answers with what each word of their sentences was read as; verdicts withdrawn where a word was not read."""
    sentences = {one.sentence.span: one for one in parsed}
    claims: dict[Span, list[Claim]] = defaultdict(list)
    for answer in answers:
        claims[answer.claim.sentence] += [answer.claim] if answer.claim.sense != UNCONNECTED else []
    accounts = {span: account_of(sentences[span], found) for span, found in claims.items()}
    in_sentence: dict[Span, list[Answer]] = defaultdict(list)
    for answer in answers:
        in_sentence[answer.claim.sentence].append(answer)

    def account(answer: Answer) -> Account:
        claim = answer.claim
        sentence = sentences[claim.sentence]
        turned = turning(sentence, claim, claims[claim.sentence])
        own = apart(narrowed(accounts[claim.sentence], claim), sentence, claim)
        own = beside_others(own, sentence, claim)
        own = within_clause(own, sentence, claim, fits=answer.verdict in AS_SAID)
        rows = [one.claim.span for one in in_sentence[claim.sentence] if one is not answer]
        if answer.verdict in AS_SAID or (claim.wording.role == "deed" and answer.verdict == "contradicted"):
            own = on_its_own(own, sentence, claim, claims[claim.sentence], rows)
        fits = answer.verdict in (*AS_SAID, "supported_if")
        own = without_other_clauses(own, sentence, claim, rows, fits=fits)
        own = with_open_words(own, sentence, claim, fits=fits)
        own = with_own_time(with_eras(own, sentence, claim), sentence, claim, fits=fits)
        return with_turning(own, sentence, turned)

    found = []
    for one in answers:
        sentence = sentences[one.claim.sentence].sentence
        own = withheld(one, account(one), sentence)
        found.append(unsettled(own, sentence, claims[one.claim.sentence]))
    return found


def left_over(
    answers: Sequence[Answer], parsed: Sequence[Parsed], article: Article, parts: Collection[Span]
) -> Iterator[Answer]:
    """The numbers and statements of sentences on the program that no claim holds; in a quotation, of all of them.

    ``parts`` are the sentences that are parts of others.
    """
    short = len(article.text.split()) < SHORT
    taken: dict[Span, list[Claim]] = defaultdict(list)
    for answer in answers:
        taken[answer.claim.sentence].append(answer.claim)
    of_it = of_program(parsed)
    for sentence in parsed:
        if sentence.amounts and (short or sentence.sentence.span in of_it):
            yield from map(_not_connected, unconnected(sentence, taken[sentence.sentence.span]))
        if short or sentence.sentence.span in of_it:
            claims = taken[sentence.sentence.span]
            left = [*unanswered(sentence, claims), *of_law(sentence, claims)]
            left += unclaimed_agencies(sentence, [*claims, *left])
            left += [*unclaimed_towns(sentence, [*claims, *left]), *unclaimed_ranks(sentence, claims)]
            whole = sentence.sentence.span not in parts
            left += unclaimed_sentence(sentence, [*claims, *left], whole=whole) if short else []
            yield from map(_not_answered, left)


def with_remaining(answers: Sequence[Answer], parsed: Sequence[Parsed], article: Article) -> list[Answer]:
    """The answers, with one for what each sentence says in addition that none of them compares with the record."""
    short = len(article.text.split()) < SHORT
    left = remaining(answers, parsed, short=short)
    return [*answers, *(_not_answered(one) if one.figure is None else _not_connected(one) for one in left)]


def _not_answered(claim: Claim) -> Answer:
    """A statement about the program that no reading uses: it is shown, and not judged."""
    return Answer(claim, "cannot_tell", "a statement about the program that was not understood",
                  "what this part of the sentence says was not compared with the record.",
                  settles="a person who reads the sentence", measure="other")  # fmt: skip


def _not_connected(claim: Claim) -> Answer:
    """A number of a sentence on the program that no reading uses: it is named, and not judged."""
    return Answer(claim, "cannot_tell", "a figure that was not understood as one of the program's",
                  "what the figure counts is not something that the record has, or was not understood.",
                  settles="a person who reads the sentence", measure="other")  # fmt: skip
