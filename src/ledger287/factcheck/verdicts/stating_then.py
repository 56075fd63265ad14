"""A figure of before the lists, as a published count or a page of that time states it.

What enters: an answer on a day before the first list, and what is known of that time. What leaves: the answer with it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from ledger287.core.patterns import when_needed
from ledger287.core.text import format_date
from ledger287.factcheck.extract.model import Claim, Days, Figure, Span
from ledger287.factcheck.measures.figures import counts_then, limits_then, published_then
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence, number
from ledger287.factcheck.verdicts.said_figures import line_of
from ledger287.ledger.query.before.past import Past
from ledger287.sources.figures.model import PublishedFigure as Stated

FRESH = timedelta(days=7)
"""A page so old answers for a day, as the newest list does."""


def evidence_of(one: Stated, claimed: Figure | None) -> Evidence:
    value = float(one.value) if one.value is not None else 0.0
    difference = round(claimed.value - value, 3) if claimed and one.value is not None else None
    says = f"{one.by}, {format_date(one.as_of)}: {one.says} ({one.source}; {one.grade})"
    return Evidence("stated", says, value, difference, None, one.as_of, None, None)


def of_then(answer: Answer, past: Past, parsed: Parsed | None) -> Answer:
    """A count of a time before the first list, answered from pages, rosters and published counts."""
    answer = replace(answer, claim=_hybrid(answer.claim, parsed))
    claim = answer.claim
    figure, windows = claim.figure, claim.when.windows
    if answer.verdict != "not_in_record" or claim.shape != "count" or figure is None or claim.pending or not windows:
        return answer
    window = _whole_year(claim)
    if claim.where.counties or claim.kind:
        return answer  # no page of that time prints a county or a kind
    if window.last >= past.first_list.day or window.last < past.program_begins:
        return answer
    counts, published = counts_then(past, claim, window), published_then(claim, window)
    if not counts and not published:
        return answer
    if claim.sense == "denied":
        denied = "the sentence denies a figure that someone else gave; it was not checked."
        return replace(
            answer, verdict="cannot_tell", reason=denied, settles="what the sentence itself holds to be right"
        )
    evidence = tuple(
        Evidence(
            "then",
            f"{number(one.value)} {claim.unit} on {one.file}, of {format_date(one.day)} ({one.grade})",
            float(one.value),
            round(figure.value - one.value, 3),
            None,
            one.day,
            None,
            None,
        )
        for one in counts
    )
    stated = [one for one, value in published if figure.right_for(value)]
    others = tuple(f"another source states: {line_of(one)}" for one, value in published if not figure.right_for(value))
    meaning = answer.meaning
    first_day = window.first - FRESH
    inside = [one for one in counts if first_day <= one.day <= window.last and one.grade == "list"]
    if any(figure.right_for(one.value) for one in inside):
        right = tuple(Days(one.day, one.day) for one in inside if figure.right_for(one.value))
        reason = f"ICE's page of {format_date(right[0].first)} gives it."
        return replace(
            answer, verdict="supported", reason=reason, evidence=evidence, right=right, notes=others, settles=None
        )
    if stated:
        first = stated[0]
        return replace(
            answer,
            verdict="as_stated",
            meaning=meaning,
            reason=f"as stated by {first.by} on {format_date(first.as_of)}: {first.says}.",
            evidence=(*evidence, *(evidence_of(one, figure) for one in stated)),
            citations=tuple(f"{one.source} ({one.grade}; {one.locator})" for one in stated),
            notes=others,
            settles="a list or page of that day",
        )
    own = (one for one in counts if window.first <= one.day <= window.last and figure.right_for(one.value))
    roster = next(own, None)
    if roster:
        reason = f"as stated by {roster.publisher} on {format_date(roster.day)}: {number(roster.value)} {claim.unit}."
        return replace(
            answer,
            verdict="as_stated",
            reason=reason,
            evidence=evidence,
            notes=others,
            citations=(f"{roster.file} ({roster.grade})",),
            settles="a list or page of that day",
        )
    values = [*(one.value for one in counts), *(value for _, value in published)]
    return _against_then(answer, evidence, values, limits_then(past, claim, window), others)


HYBRID = when_needed(r"(?i)\b(?:hybrid|joint)\b")


def _hybrid(claim: Claim, parsed: Parsed | None) -> Claim:
    """A count of hybrid agreements, one for jail and task force, as the sources until 2012 name them."""
    found = HYBRID.search(parsed.sentence.text) if parsed else None
    if (
        parsed is None
        or found is None
        or claim.model
        or (claim.wording.qualified or "").lower() not in ("hybrid", "joint")
    ):
        return claim
    start = parsed.sentence.span.start
    word = (Span(found.start() + start, found.end() + start), "model")
    return replace(claim.worded(qualified=None, unsure=None, covers=(*claim.wording.covers, word)), model="HYB")


YEAR_SAID = when_needed(r"(?i)^(?:(?:in|of|by) )?((?:19|20)\d\d)$")


def _whole_year(claim: Claim) -> Days:
    """The time of a claim; of a change from one year to another any day of the year, not its end."""
    year = YEAR_SAID.match(claim.when.said) if claim.wording.role else None
    return Days(date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)) if year else claim.when.windows[0]


TERM = when_needed(r"(?i)^(?:under|during)\b")


def _against_then(
    answer: Answer,
    evidence: tuple[Evidence, ...],
    values: Sequence[float],
    limits: tuple[float, float],
    others: tuple[str, ...],
) -> Answer:
    """None gives the figure: against the record where it is outside of all that pages and sources give, and of what it
    may have been between the pages before and after."""
    figure = answer.claim.figure
    low, high = min(values), max(values)
    least, most = min(low, limits[0]), max(high, limits[1])
    outside = figure is not None and bool(evidence) and (figure.high < least or figure.low > most)
    between = "the pages and sources near that time give " + (
        number(low) if low == high else f"{number(low)} to {number(high)}"
    )
    in_term = bool(
        answer.claim.wording.role and TERM.match(answer.claim.when.said)
    )  # from one number to another, on some days
    near = figure is not None and any(figure.right_for(value) for value in values)  # that of a day before or after it
    return replace(
        answer,
        verdict="contradicted" if outside and not in_term else "cannot_tell",
        reason=f"{between}; none {'of that time ' if near else ''}gives the figure.",
        evidence=evidence,
        notes=others,
    )
