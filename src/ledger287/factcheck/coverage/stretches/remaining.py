"""What the sentences of a story say on the program and no answer compares with the record: one claim a sentence.

What enters: the sentences of a text with all of its answers. What leaves: for each sentence with a statement that no
answer holds, an answer that names it, and each number of it that no answer has. Promise: nothing that an answer was
judged by is named here; what is named is never judged, so that the answers of a text show all of it that was not
checked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.asides.splitting import ROLE as IN_CLAUSE
from ledger287.factcheck.coverage.account import TURNED, UNREAD
from ledger287.factcheck.coverage.clauses.apart import ANY_WORDS, ELSEWHERE, SCENE
from ledger287.factcheck.coverage.clauses.around import OF_PROGRAM
from ledger287.factcheck.coverage.clauses.verbs import is_finite
from ledger287.factcheck.coverage.stretches.beyond import BEYOND
from ledger287.factcheck.coverage.stretches.parallel import OTHER
from ledger287.factcheck.coverage.stretches.statements import LAW
from ledger287.factcheck.coverage.stretches.unclaimed import NOTHING_SAID
from ledger287.factcheck.coverage.used import overlaps
from ledger287.factcheck.extract.amounts.unconnected import unconnected_claim
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.relevance import is_near
from ledger287.factcheck.verdicts.answers import Answer

PASSED = (UNREAD, TURNED, IN_CLAUSE, ANY_WORDS, ELSEWHERE, SCENE, BEYOND, OTHER)
"""Roles of words that no answer was judged by; an aside says nothing of the program."""
LINK = "mark"
LINKING = ("neutral", "hedge", "program", LINK)
"""Roles of words that say nothing alone, and belong to what is around them."""
ANSWERED = ("law", "as_stated")
"""Verdicts on all that a sentence says."""
PARTING = (";", "—", "–", ":")
"""Marks between two statements."""
FEWEST = 3
"""Words, of those that no answer uses, in what says something."""
LONG = 6
"""So many of them say something whatever its verb is."""


def remaining(answers: Sequence[Answer], parsed: Sequence[Parsed], *, short: bool) -> Iterator[Claim]:
    """For each sentence with a statement that no answer compares, a claim over the longest one of it.

    ``short``: the text is a quotation, of which each sentence is of the program.
    """
    held: dict[Span, list[Answer]] = defaultdict(list)
    for answer in answers:
        held[answer.claim.sentence].append(answer)
    for sentence in parsed:
        own = held[sentence.sentence.span]
        if not (own or short or is_near(sentence)) or any(one.verdict in ANSWERED or not one.compared for one in own):
            continue
        named = [one.claim.span for one in own]
        left = (span for span in _statements(sentence, own) if not any(overlaps(span, one) for one in named))
        longest = max(left, key=lambda span: span.end - span.start, default=None)
        if longest is not None:
            yield unconnected_claim(sentence, longest)


def _statements(sentence: Parsed, answers: Sequence[Answer]) -> Iterator[Span]:
    """The runs of words that no answer was judged by, and that say something.

    A word without a role is of a statement that was read in other words: its answer was judged by all of them.
    """
    roles: dict[int, set[str]] = defaultdict(set)
    for answer in answers:
        for part in answer.account.parts:
            for at in range(part.span.start, part.span.end):
                roles[at].add(part.role)
    judged = [one.claim.span.start for one in answers if one.compared]
    run: list[tuple[int, bool]] = []
    other = {UNREAD}
    for at, token in enumerate(sentence.tokens):
        if at == 0 or token.text == ";":
            end = next(
                (one.span.start for one in sentence.tokens[at + 1 :] if one.text == ";"), sentence.sentence.span.end
            )
            other = {LINK} if any(token.span.start <= one < end for one in judged) else {UNREAD}
        here = {LINK} if token.kind == "MARK" else roles.get(token.span.start, other) if other != {UNREAD} else other
        if token.text in PARTING or not here <= {*PASSED, *LINKING}:
            yield from _said(sentence, run, ends=token.text in PARTING)
            run = []
        else:
            run.append((at, bool(here & {*PASSED})))
    yield from _said(sentence, run, ends=True)


def _said(sentence: Parsed, run: Sequence[tuple[int, bool]], *, ends: bool) -> Iterator[Span]:
    """What a run of words says on the program: without marks, and without linking words next to what was read."""
    tokens = sentence.tokens
    bare = [at for at, alone in run if alone]
    if len(bare) < FEWEST:
        return
    spoken = [at for at, _ in run if tokens[at].kind != "MARK"]
    opens = run[0][0] == 0 or tokens[run[0][0]].kind == "MARK" or tokens[run[0][0] - 1].kind == "MARK"
    first, last = spoken[0] if opens else bare[0], spoken[-1] if ends else bare[-1]
    span, offset = Span(tokens[first].span.start, tokens[last].span.end), sentence.sentence.span.start
    said = sentence.sentence.text[span.start - offset : span.end - offset]
    about = LAW.search(said) or any(tokens[at].kind in OF_PROGRAM for at in bare)
    stated = len(bare) >= LONG or any(_is_verb(tokens, at, first) for at in range(first, last + 1))
    if about and stated and not NOTHING_SAID.search(said):
        yield span


def _is_verb(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether a word is a finite verb, or a participle, which may do for one: drawing a rebuke, known for its port."""
    low = low_of(tokens[at])
    return is_finite(tokens, at, first) or (tokens[at].kind == "WORD" and low.endswith(("ing", "ed")) and len(low) > 4)
