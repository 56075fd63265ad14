"""The statements of a parsed sentence -> claims in the closed vocabulary.

What enters: the features of a statement, the sentence, and what the text before has settled. What leaves: a claim, or
None where the statement says nothing that the record can answer. Promise: nothing is added that neither the sentence
nor the text before it says; a time that bears on a count in a way that is not declared makes no claim.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from ledger287.core.patterns import when_needed
from ledger287.factcheck.continuing import hinted
from ledger287.factcheck.extract.amounts.attaching import is_across
from ledger287.factcheck.extract.amounts.doubts import is_of_state_itself
from ledger287.factcheck.extract.amounts.times.timing import Background, both, in_its_year, stretch_of
from ledger287.factcheck.extract.amounts.times.windows import resolve
from ledger287.factcheck.extract.model import Claim, Figure, InOrder, Phrasing, Shape, Span, When, Where
from ledger287.factcheck.grammar.meaning import Meaning
from ledger287.factcheck.parse.dates import Dated
from ledger287.factcheck.parse.parsing import Parsed

NATIONAL = ("states", "territories", "states_and_territories")
"""Units of which the place is the nation."""
UP_TO = ("by", "as", "until", "till", "through", "before")
"""What opens a time up to which something had happened: as many as there were then."""
NOW = ("now", "today", "currently", "right now", "at present", "presently", "to date", "these days", "tonight")
"""Words for the story's own day."""
UNCLEAR = ("before", "after", "throughout", "until", "till", "over", "between", "from", "within", "during")
"""What opens a time of which it is not said how many there were on each of its days."""
COUNTED_FROM = ("earlier", "before", "prior", "later")
"""How a time ends that is counted from another one, which need not be the story's day."""
SHAPES: dict[str, Shape] = {"count": "count", "signed": "signed", "left": "left", "rank": "rank", "share": "share",
                            "gap": "gap", "times": "times", "change": "change", "growth": "growth",
                            "multiple": "multiple", "total": "total"}  # fmt: skip


def claims_of(done: tuple[Meaning, ...], parsed: Parsed, behind: Background) -> tuple[Claim, ...] | None:
    """The claims of one reading of a sentence; None where one of its statements makes none."""
    if is_of_state_itself(parsed):
        return None
    found = []
    for each in done:
        claim = _claim(dict(each), parsed, behind)
        if claim is None:
            return None
        found.append(hinted(claim, behind, behind.home))
    return tuple(_across(found, parsed))


def _across(found: Sequence[Claim], parsed: Parsed) -> Iterator[Claim]:
    """The claims; a count without a place that is in so many states that the nation is meant, as the nation's."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    for one, behind in zip_longest(found, found[1:]):
        wide = (
            not (one.where.known or one.where.states) and behind and (behind.shape, behind.unit) == ("count", "states")
        )
        if wide and one.figure and behind.figure:
            said = text[one.figure.span.end - offset : behind.figure.span.start - offset]
            yield replace(one, where=Where((), True, "across states")) if is_across(said, behind.figure) else one
        else:
            yield one


def _claim(own: dict[str, Any], parsed: Parsed, behind: Background) -> Claim | None:
    unit, where = own.get("unit"), _where(own, behind)
    when = _when(own, parsed, behind)
    if unit is None or where is None or when is None:
        return None
    if own["act"] == "total" and (unit != "counties" or not where.states):
        return None
    figure = _printed(own["q"], parsed) if "q" in own else None
    if own["act"] == "rank":
        figure = _rank(own)
    if figure and own["act"] == "count" and HAS_SIGNED.search(_before(figure, parsed)):
        own = {**own, "perfect": True}
    shape = _shape(own, when)
    if figure is None or shape is None:
        return None
    claim = Claim(
        shape,
        figure,
        unit,
        Where((), True) if unit in NATIONAL else where,
        when,
        _with_unit(figure.span, parsed),
        parsed.sentence.span,
        own.get("model"),
        bool(own.get("pending")),
        own.get("kind"),
        wording=Phrasing(speaker=parsed.sentence.speaker, role=own.get("role", "")),
        sense="without" if own.get("without") else own.get("sense", ""),
    )
    if shape in ("growth", "multiple") and not (when.windows and (when.since or when.period)):
        return None
    if shape in ("gap", "times"):
        if not where.states or not own.get("rival") or own["rival"] == where.states:
            return None
        claim = claim.compared(against=own.get("rival", ()), falls=own.get("more") == "fewer")
    if shape == "rank":
        claim = replace(claim, terms=InOrder(rank="most"), sense="rank_fewest" if own["rank"] < 0 else "")
    return claim


HAS_SIGNED = when_needed(r"(?i)\b(?:has|have) signed (?:\w+ ){0,3}$")
"""Before a figure and with a stretch of time, what was signed in it: in 2026, agencies have signed 408 agreements."""


def _before(figure: Figure, parsed: Parsed) -> str:
    return parsed.sentence.text[: figure.span.start - parsed.sentence.span.start]


def _printed(figure: Figure, parsed: Parsed) -> Figure:
    """A figure with the hedges before it, and the sign or hedge behind it, as printed."""
    tokens, offset = parsed.tokens, parsed.sentence.span.start
    first = next((at for at, one in enumerate(tokens) if one.span.start == figure.span.start), None)
    if first is None:
        return figure
    last = first
    while first and tokens[first - 1].kind == "HEDGE":
        first -= 1
    if last + 1 < len(tokens) and tokens[last + 1].kind in ("PCT", "HEDGEAFTER", "TIMES"):
        last += 1
    span = Span(tokens[first].span.start, tokens[last].span.end)
    return replace(figure, span=span, said=parsed.sentence.text[span.start - offset : span.end - offset])


def _with_unit(figure: Span, parsed: Parsed) -> Span:
    """A figure's span with the unit right behind it: "895 agreements"."""
    behind = next((one for one in parsed.tokens if one.span.start >= figure.end), None)
    return Span(figure.start, behind.span.end) if behind and behind.kind == "UNIT" else figure


def _rank(own: dict[str, Any]) -> Figure:
    span, said = own["said"]
    value = float(abs(own["rank"]))
    return Figure(value, value, value, "exact", span, said)


def _where(own: dict[str, Any], behind: Background) -> Where | None:
    """The place; None where two are said at once, or "the state" of a text that speaks of none or of several."""
    place: tuple[str, ...] = own.get("place", ())
    if own.get("nation") and (place or own.get("here")):
        return None
    if own.get("here") and not place:
        return Where((behind.home,), True, "the state") if behind.home else None
    return Where(place, True, "stated") if place else Where((), bool(own.get("nation")))


def _when(own: dict[str, Any], parsed: Parsed, behind: Background) -> When | None:
    """The time; None where it is not plain which days are meant, or two times that are one have no day in common."""
    some: tuple[Dated, ...] = own.get("when", ())
    found = [_resolved(one, parsed, behind) for one in some]
    if not found:
        return When()
    if any(one.said.lower().endswith(COUNTED_FROM) for one in some):
        return None
    when = found[0]
    if len(found) == 2 and own.get("pair"):
        return stretch_of(when, found[1]) if when.windows and found[1].windows else None
    for more in found[1:]:
        if when.windows and more.windows and both(when, more) is when:
            return None
        when = both(when, more) if when.windows else more
    if not when.windows and when.said.lower() in NOW:
        return When(said=when.said, span=when.span)
    return when if when.windows else None


def _resolved(one: Dated, parsed: Parsed, behind: Background) -> When:
    before = [token for token in parsed.tokens if token.span.start < one.span.start]
    return resolve(in_its_year(one, before, behind), behind.published, behind.years)


OVER = ("in the past", "in the last", "over the past", "over the last", "within the past", "within the last")
"""A stretch up to now, over which something happens: no day on which something is counted."""


def _shape(own: dict[str, Any], when: When) -> Shape | None:
    """How the statement is meant: what happened over a time, or how many there were on a day."""
    act = str(own["act"])
    opens = when.said.lower().split()[0] if when.said else ""
    if act in ("signed", "joined"):
        if opens in UP_TO and not when.since:
            return "count"
        if when.windows:
            return "signed"
        return "count" if own.get("perfect") else None
    if act == "count" and own.get("perfect") and when.windows and (when.since or when.period):
        return "signed"
    if act == "count" and (opens in UNCLEAR or when.said.lower().startswith(OVER)) and not own.get("role"):
        return None
    if when.since and own.get("role") != "from" and act not in ("growth", "multiple", "share"):
        return None
    return SHAPES[act]


def span_of(claim: Claim) -> Span:
    """The span of a claim's figure."""
    return claim.figure.span if claim.figure else claim.span
