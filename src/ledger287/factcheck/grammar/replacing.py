"""Sentences that the grammar reads completely take its answers, in place of those that were found otherwise.

What enters: the answers of an article as printed, its sentences, the index. What leaves: the answers, those of each
sentence with a complete parse replaced. Promise: statements of law are kept; a sentence without a complete parse keeps
all of its answers.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import Where
from ledger287.factcheck.grammar.grammar_answers import NUMBERED, answered
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.datelines import Dateline
from ledger287.factcheck.parse.parsing import Parsed, states_named
from ledger287.factcheck.relevance import SHORT, of_program
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.text.sentences import Sentence
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.withheld.unsettled import unsettled

LONGEST = 400
"""Characters of a sentence that the grammar tries."""
OTHERS = ("not_in_record",)
"""Verdicts of the grammar that leave a sentence to what else the record has: dated figures, rosters."""
KEPT = ("law",)
"""Verdicts that the grammar does not give."""


def read_whole(
    answers: Sequence[Answer], parsed: Sequence[Parsed], dateline: Dateline | None, article: Article,
    years: tuple[int, int], index: Index, read: dict[Sentence, list[Answer] | None],
) -> list[Answer]:  # fmt: skip
    """The answers, with those of the grammar for the sentences that it reads; ``read`` keeps what was read already."""
    named = states_named(parsed)
    named = tuple(dict.fromkeys((*named, dateline.state))) if dateline else named
    behind = Background(article.published, years, home=named[0] if len(named) == 1 else None)
    short = len(article.text.split()) < SHORT
    found, of_it = list(answers), of_program(parsed)
    for one in parsed:
        here, behind = behind, _behind(behind, one)
        if len(one.sentence.text) > LONGEST or not _has_number(one) or not (short or one.sentence.span in of_it):
            continue
        if one.sentence not in read:
            read[one.sentence] = _settled(answered(one, here, index), one.sentence)
        own = read[one.sentence]
        if own and not any(each.verdict in OTHERS for each in own):
            span = one.sentence.span
            found = [
                each for each in found
                if each.verdict in KEPT or not span.start <= each.claim.span.start < span.end
            ]  # fmt: skip
            found += own
    return found


def _settled(answers: list[Answer] | None, sentence: Sentence) -> list[Answer] | None:
    """The answers, without a verdict where a construction leaves open what is meant however it is read."""
    claims = [one.claim for one in answers or ()]
    return answers and [unsettled(one, sentence, claims, parsed=True) for one in answers]


def _behind(behind: Background, parsed: Parsed) -> Background:
    """What the next sentence may lean on: the one state that this one names."""
    named = {token.value: token.text for token in parsed.tokens if token.kind == "PLACE"}
    if len(named) != 1:
        return behind
    (state, said), *_ = named.items()
    return replace(behind, where=Where((state,), True, said))


def _has_number(parsed: Parsed) -> bool:
    return any(token.kind in NUMBERED or token.kind == "RANK" for token in parsed.tokens)
