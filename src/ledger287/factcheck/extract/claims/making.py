"""One amount of a sentence -> a claim with its place, time, model and doubts.

What enters: one amount with the sentence around it, a shape and a unit. What leaves: the claim. Promise: place,
time and model are those that the sentence or the text before it gives; a word that narrows and is not understood is
kept.
"""

from ledger287.factcheck.extract.amounts.attaching import where_of
from ledger287.factcheck.extract.amounts.doubts import doubt_of
from ledger287.factcheck.extract.amounts.models import model_of
from ledger287.factcheck.extract.amounts.surroundings import Surroundings, adjective_of
from ledger287.factcheck.extract.model import Claim, Figure, Phrasing, Shape, Span, When, Where
from ledger287.factcheck.parse.lexicon import words


def other_claim(here: Surroundings, unit: str) -> Claim:
    return claim_of(here, "other", here.amount.figure, unit)


def claim_of(
    here: Surroundings,
    shape: Shape,
    figure: Figure,
    unit: str,
    *,
    when: When | None = None,
    where_subject: bool = False,
) -> Claim:
    first, last = here.parsed.tokens[here.amount.first], here.parsed.tokens[here.amount.last]
    where = where_of(here.parsed.tokens, here.parsed.amounts, here.number, here.behind, subject=where_subject)
    if unit in ("states", "territories", "states_and_territories"):
        where = Where((), True)
    return Claim(
        shape,
        figure,
        unit,
        where,
        when or here.when(),
        Span(first.span.start, last.span.end),
        here.parsed.sentence.span,
        model_of(here.parsed.tokens, here.parsed.amounts, here.number),
        wording=Phrasing(
            speaker=here.parsed.sentence.speaker,
            qualified=here.qualified(adjective_of(here)),
            role=here.amount.role,
            named=states_named(here),
            vague=vague_time(here, when or here.when()),
            unsure=doubt_of(here, unit) if shape in ("count", "signed", "left") else here.amount.unsure,
        ),
    )


def states_named(here: Surroundings) -> tuple[str, ...]:
    """The states of the sentence, for an amount that has no state next to it."""
    tokens, first = here.parsed.tokens, here.amount.first
    around = [*tokens[max(first - 2, 0) : first], *here.after(2)]
    if (here.amount.noun and here.amount.noun.place) or any(token.kind == "PLACE" for token in around):
        return ()
    return tuple(dict.fromkeys(token.value for token in tokens if token.kind == "PLACE"))


def vague_time(here: Surroundings, when: When) -> str | None:
    """A word for a time that is not understood, where the sentence gives the figure no other."""
    if when.windows or any(token.kind == "WHEN" for token in here.parsed.tokens):
        return None
    return next((token.text for token in here.parsed.tokens if token.text.lower() in words("timely")), None)
