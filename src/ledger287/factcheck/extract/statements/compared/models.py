"""Which model is the most or the least common, said without a figure.

What enters: a parsed sentence, what the text before has settled, the index. What leaves: an answer by the counts of
the three models on the days that are meant. Promise: one model and at most one place are named, else nothing is
answered; a model that is as common as another may be called so or not, and nobody is accused of it.
"""

from collections.abc import Iterator

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, InOrder, Phrasing, Span, When, Where
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.readings import moment, name_of
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence, Verdict
from ledger287.factcheck.verdicts.names import MODEL_NAMES

COMMON = (
    r"(?P<said>most|least) (?:common(?:ly used)?|popular|widely used|widespread|used|frequent(?:ly used)?|prevalent|"
    r"frequently signed)"
)
KIND = (
    r"(?:(?:the |its |three |all |287\(g\) |program |of )*"
    r"(?:models?|versions?|types?|forms?|kinds?|agreements?|program)"
    r"(?: of (?:the )?(?:287\(g\) )?(?:agreements?|program))?)"
)
SAID_AFTER = when_needed(
    rf"(?i)(?: (?:model|program|version))? (?:is|remains|was|became|has become) (?:by far |now |still |currently )?"
    rf"(?:the )?{COMMON}(?: {KIND})?"
)
SAID_BEFORE = when_needed(
    rf"(?i)\b(?:the )?{COMMON}(?: {KIND})?(?: in [A-Z][\w ]+?)? (?:is|remains|was) (?:by far |now |still )?"
    r"(?:(?:that|the one) of )?(?:the )?$"
)


def common_models(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """The answer on a model that is said to be the most or the least common."""
    models = [token for token in parsed.tokens if token.kind == "MODEL"]
    places = {token.value for token in parsed.tokens if token.kind == "PLACE"}
    if not models or len(places) > 1:
        return
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    for token in models:
        found = SAID_AFTER.match(text, token.span.end - offset) or SAID_BEFORE.search(text[: token.span.start - offset])
        if found is None:
            continue
        spots = times(parsed.tokens, (), behind)
        where = Where(tuple(places), True, "stated")
        span = Span(found.start() + offset, found.end() + offset)
        when, covers = spots.leading or spots.trailing or When(), ((span, "rank"),)
        claim = Claim(
            "rank", None, "agreements", where, when, token.span, parsed.sentence.span, token.value,
            wording=Phrasing(speaker=parsed.sentence.speaker, covers=covers), terms=InOrder(rank=found["said"].lower()),
        )  # fmt: skip
        yield _answer(claim, behind, index)
        return


def _answer(claim: Claim, behind: Background, index: Index) -> Answer:
    most, model = claim.rank == "most", claim.model or ""
    where = f" in {name_of(claim.where.states[0])}" if claim.where.states else ""
    meaning = f"{MODEL_NAMES[model]} was the {claim.rank} common model{where}"
    when = moment(claim, behind.published, index)
    if when.outside:
        reason = f"{when.said} is not in the record: {when.outside}."
        return Answer(claim, "not_in_record", meaning, reason, measure="common_model", settles="a list of that time")
    places = sorted({place for window in when.windows for place in index.window(window.first, window.last)})
    rows = {one.code: index.series("agreements", Scope(claim.where.states, one.code)) for one in declared.models()}
    others = [row for code, row in rows.items() if code != model]
    right = [
        place for place in places
        if all((rows[model][place] > row[place]) if most else (rows[model][place] < row[place]) for row in others)
    ]  # fmt: skip
    at = (right or places)[-1]
    listed = index.lists[at]
    counts = ", ".join(f"{code} {row[at]:,}" for code, row in rows.items())
    shown = Evidence("common_model", f"agreements on the list{where}: {counts}", float(rows[model][at]), None, None,
                     listed.day, listed.file, listed.sha256)  # fmt: skip
    tied = any(all((rows[model][place] >= row[place]) if most else (rows[model][place] <= row[place]) for row in others)
               for place in places)  # fmt: skip
    holds = bool(right) and (len(right) == len(places) or not when.wide)
    verdict: Verdict = "supported" if holds else "cannot_tell" if tied else "contradicted"
    open_ = "the day that is meant" if right else "whether one of two that are equal is called so"
    settles = open_ if verdict == "cannot_tell" else None
    reason = f"on {brief(listed.day)} the record gives {counts}."
    return Answer(claim, verdict, meaning, reason, (shown,), measure="common_model", settles=settles)
