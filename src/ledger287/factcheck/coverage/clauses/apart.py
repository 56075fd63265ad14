"""The clauses of a sentence that a claim is not in, by the structure of the sentence, and whether they bear on it.

What enters: the account of a sentence, and one of its claims. What leaves: the account of that claim, without the
unread words of clauses that do not bear on it. Promise: the clause of the claim keeps each of its unread words; another
clause is passed over only where it neither governs the claim (but for somebody who says that it is so), nor hangs on
what was counted, nor has a subject that points back at it, nor sets a condition, nor speaks of truth or of figures
(declared/factcheck/apart.yml; docs/decisions/0023-clauses-by-structure.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.closing import low_of
from ledger287.factcheck.asides.scenes.around import is_of_other_things
from ledger287.factcheck.coverage.account import TURNED, UNREAD, Account, Part
from ledger287.factcheck.coverage.clauses.bearing import (
    TIMED,
    UNREAL,
    ReadAlready,
    apart_words,
    governs,
    is_apart,
    is_harmless,
    is_undated_past,
)
from ledger287.factcheck.coverage.clauses.phrases import (
    is_within,
    own_phrase,
    parts_of_them,
    possessed,
    presupposed,
    purpose,
    trailing,
    whole_of_part,
)
from ledger287.factcheck.coverage.clauses.pieces import COMPLEMENT, RELATIVE, ClausePiece, SentenceClause, clauses_of
from ledger287.factcheck.coverage.clauses.verbs import is_assertive
from ledger287.factcheck.coverage.stretches.beyond import BEYOND, own_spans, said_in, tells
from ledger287.factcheck.coverage.stretches.parallel import OTHER
from ledger287.factcheck.coverage.stretches.segments import ASIDE
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

ELSEWHERE = "another clause by its structure: does not bear on the figure"
"""What the words of such a clause are in the account of a claim."""
SCENE = "a scene with numbers of other things: does not bear on the figure"
SHAPES = ("count", "signed", "share", "growth", "multiple", "change", "left", "total")
CLAUSAL = (*RELATIVE, *TIMED)
"""Open a clause within another one: of a noun, or of a time."""
ANY_WORDS = "beyond the clause of the figure: cannot bear on it"
"""What the words of a piece are that its structure alone shows to be beyond it."""
PASSED = (ELSEWHERE, BEYOND, OTHER, ASIDE, ANY_WORDS)
LINKS = ("and", "but", "yet", "so", "though", "although", "while", "whereas", "because", "where")
"""Join the clause of a claim to the sentence, and say nothing of it."""


def without_other_clauses(
    account: Account, parsed: Parsed, claim: Claim, rows: Sequence[Span], *, fits: bool
) -> Account:
    """The account of one claim without the unread words of clauses that do not bear on it.

    ``fits``: the record has the figure as it was read. Otherwise nothing is passed over that may say which figure is
    meant: a number, place, day, model or name.
    """
    if account.whole or claim.shape not in SHAPES or claim.figure is None or claim.rank:
        return account
    tokens = parsed.tokens
    if any(one.text == "?" for one in tokens):
        return account
    clauses = clauses_of(tokens)
    spans = [span for span in own_spans(claim) if span is not None]
    own = [one for one in clauses if any(is_within(tokens[at], spans) for at in one.places)]
    if not own:
        return account
    known = ReadAlready(frozenset(part.span.start for part in account.unread), tuple(rows))
    phrase = own_phrase(tokens, own, claim.figure.span)
    whole = whole_of_part(tokens, claim.figure.span) or _given(tokens, own, claim.figure.span, known)
    known_as = phrase or whole
    if (known_as and not fits) or (not known_as and claim.model is None and _has_model(tokens, own)):
        return account
    apart = presupposed(tokens, clauses, phrase) if phrase else _asserted(tokens, clauses, own, claim, known)
    passed = [Span(tokens[one.first].span.start, tokens[one.stop - 1].span.end) for one in apart]
    said = {low_of(one) for one in tokens}
    if whole is not None and is_harmless(tokens) and not said & apart_words("ended"):
        passed += [Span(tokens[0].span.start, whole.start), Span(whole.end, tokens[-1].span.end)]
    elif phrase is None:
        passed += trailing(tokens, clauses, own, spans)
        passed += [] if fits else parts_of_them(tokens, clauses, spans)
        passed += purpose(tokens, own, spans) if fits else []
    opening = [tokens[one.pieces[0].first].span for one in own if _is_linked(tokens, one, clauses)]
    kept = tuple(_passed(part, (*passed, *opening)) for part in _without_scene(account, tokens, spans).parts)
    if not fits and (not is_by_itself(tokens, own, claim) or any(map(partial(_may_tell, parsed), kept))):
        return account
    return Account(kept)


def _given(tokens: Sequence[Token], own: Sequence[SentenceClause], figure: Span, known: ReadAlready) -> Span | None:
    """A subject that gives a figure as known, in a sentence that denies and imagines nothing, and compares with nothing
    that has no answer of its own: another state, a rank.
    """
    given = possessed(tokens, own, figure)
    left = [one for one in tokens if one.span.start in known.unread]
    ranked = any(one.kind in ("PLACE", "RANK", "WHOSE") or low_of(one) in apart_words("ranking") for one in left)
    return None if ranked or said_in(tokens) & (UNREAL | apart_words("not_given")) else given


def _without_scene(account: Account, tokens: Sequence[Token], spans: Sequence[Span]) -> Account:
    """The account without the unread words of a scene that opens a sentence with numbers of other things."""
    end = is_of_other_things(tokens)
    if not end or any(is_within(one, spans) for one in tokens[:end]):
        return account
    stop = tokens[end - 1].span.end
    return Account(tuple(
        replace(part, role=SCENE) if part.role == UNREAD and part.span.end <= stop else part for part in account.parts
    ))  # fmt: skip


def with_eras(account: Account, parsed: Parsed, claim: Claim) -> Account:
    """The account of a claim of the past without a day, with the words by which another clause may say when it was."""
    if claim.shape not in SHAPES or not any(part.role in PASSED for part in account.parts):
        return account
    spans = [span for span in own_spans(claim) if span is not None]
    tokens = parsed.tokens
    own = [one for one in clauses_of(tokens) if any(is_within(tokens[at], spans) for at in one.places)]
    if not is_undated_past(tokens, own, claim):
        return account
    passed = [part for part in account.parts if part.role in PASSED]
    said = {word for part in passed for word in part.said.lower().replace("’", "'").split()}
    if not said & apart_words("of_eras"):
        return account
    return Account(tuple(replace(part, role=UNREAD) if part in passed else part for part in account.parts))


def with_own_time(account: Account, parsed: Parsed, claim: Claim, *, fits: bool) -> Account:
    """The account of a claim whose time is of another clause: of a person (who ran the department under Obama), or,
    where nothing supports what a named agency has, of another agency (and the Highway Patrol signed in May): not read.
    """
    when, text = claim.when.span, parsed.sentence.text
    named = claim.shape == "holds" and claim.figure is None and not fits
    if when is None or not (named or (claim.figure and claim.shape in SHAPES and WHO.search(text))):
        return account
    tokens = parsed.tokens
    mine = [claim.figure.span] if claim.figure else [claim.span]
    elsewhere = any(
        (one.opener in ("who", "whose") or (named and one.opener in LINKS and not one.pieces[0].is_predicate))
        and any(is_within(tokens[at], [when]) for at in one.places)
        and not any(is_within(tokens[at], mine) for at in one.places)
        for one in clauses_of(tokens)
    )
    if not elsewhere:
        return account
    return Account(tuple(
        replace(part, role=UNREAD) if part.span.start < when.end and when.start < part.span.end else part
        for part in account.parts
    ))  # fmt: skip


WHO = when_needed(r"\b(?:who|whose)\b")


def _is_linked(tokens: Sequence[Token], own: SentenceClause, clauses: Sequence[SentenceClause]) -> bool:
    """Whether the joining word of a claim's clause joins it to another clause that says something."""
    if own.opener not in LINKS or own.pieces[0].is_predicate:
        return False
    others = [one for one in clauses if one is not own and one.verb is not None and not governs(one, [own])]
    return any(one.verb is not None and not is_assertive(tokens[one.verb]) for one in others)


def _has_model(tokens: Sequence[Token], own: Sequence[SentenceClause]) -> bool:
    """Whether the clause of a claim names a model."""
    return any(tokens[at].kind == "MODEL" for one in own for at in one.places)


def _may_tell(parsed: Parsed, part: Part) -> bool:
    """Whether words that are passed over may say which figure is meant."""
    return part.role == ELSEWHERE and part.said.lower() not in ("them", "those", "it") and tells(part, parsed)


def is_by_itself(tokens: Sequence[Token], own: Sequence[SentenceClause], claim: Claim) -> bool:
    """Whether the clause of a claim has a verb, and the model and place of the claim where the sentence has them."""
    if all(one.verb is None for one in own):
        return False
    units = [at for at, one in enumerate(tokens) if one.kind == "UNIT" and one.value == claim.unit]
    if claim.figure and not any(one.holds(at) for one in own for at in units):
        return False  # Texas overtook Florida, 354 to 344, although it has one fewer agency
    for kind, values in (("PLACE", claim.where.states), ("MODEL", (claim.model,) if claim.model else ())):
        named = [at for at, one in enumerate(tokens) if one.kind == kind and {*values} & {*one.value.split()}]
        if named and not any(one.holds(at) for one in own for at in named):
            return False
    return True


def _passed(part: Part, spans: Sequence[Span]) -> Part:
    if part.role not in (UNREAD, TURNED):
        return part
    inside = any(one.start <= part.span.start and part.span.end <= one.end for one in spans)
    return replace(part, role=ELSEWHERE) if inside else part


def _asserted(
    tokens: Sequence[Token],
    clauses: Sequence[SentenceClause],
    own: Sequence[SentenceClause],
    claim: Claim,
    known: ReadAlready,
) -> Iterator[ClausePiece]:
    """The clauses next to that of a claim that do not bear on it."""
    passed: list[SentenceClause] = []
    for place, clause in enumerate(clauses):
        if clause in own:
            continue
        if is_apart(tokens, clause, own, claim, known) or (
            clause.opener in TIMED and _is_of(_host(clauses, place), own, tokens, claim, known)
        ):
            passed.append(clause)
    said = (one for one in passed if not _says_another(tokens, clauses, one, (*passed, *_carriers(clauses, own))))
    return (one for clause in said for one in clause.pieces if one.verb is not None or len(clause.pieces) == 1)


def _carriers(clauses: Sequence[SentenceClause], own: Sequence[SentenceClause]) -> Iterator[SentenceClause]:
    """The clauses that a claim without a verb of its own belongs to: … have grown since January, from 26 to 257."""
    for one in own:
        if one.verb is None:
            before = reversed(clauses[: clauses.index(one)])
            carrier = next((each for each in before if each.verb is not None and each.opener not in CLAUSAL), None)
            yield from [carrier] if carrier else []


def _says_another(
    tokens: Sequence[Token], clauses: Sequence[SentenceClause], clause: SentenceClause, passed: Sequence[SentenceClause]
) -> bool:
    """Whether what somebody says in the next clause bears on a claim: but sheriffs say the count is 300."""
    at = clauses.index(clause) + 1
    saying = clause.verb is not None and is_assertive(tokens[clause.verb])
    says = saying and at < len(clauses) and clauses[at].opener == COMPLEMENT
    return says and clauses[at] not in passed and is_assertive(tokens[clause.pieces[-1].stop - 1])


def _host(clauses: Sequence[SentenceClause], place: int) -> SentenceClause | None:
    """The clause whose time a clause tells: the next one where it opens the sentence, else the one before."""
    around = clauses[1:2] if place == 0 else clauses[place - 1 : place]
    return around[0] if around else None


def _is_of(
    host: SentenceClause | None,
    own: Sequence[SentenceClause],
    tokens: Sequence[Token],
    claim: Claim,
    known: ReadAlready,
) -> bool:
    """Whether a clause tells the time of one that is not the claim's, and that is passed over itself."""
    return host is not None and host not in own and is_apart(tokens, host, own, claim, known)
