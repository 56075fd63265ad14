"""A parsed sentence -> what it says of ICE's arrests or detainers in a state, answered from published counts.

What enters: a sentence with its amounts, and what the text before it has settled. What leaves: answers with the counts
that bear on it. Promise: two compilations of arrests that differ are both shown; their counts are of their own spans of
days, and answer another span only where even the longer one has fewer; no count is divided over days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl

from ledger287.core.text import format_days
from ledger287.factcheck.extract.amounts.times.timing import Background, times, when_of
from ledger287.factcheck.extract.model import Claim, Days, Figure, OfTopic, Phrasing, Span, When, Where
from ledger287.factcheck.outcomes.outcome_claims import rounded
from ledger287.factcheck.outcomes.words import neutral_in, pattern, words_like
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import HEDGED, Answer, Evidence, number
from ledger287.ledger.outcomes import store
from ledger287.ledger.outcomes.flows import COMPILATIONS, REASON_TAKEN, arrests_by_state

NEAR = timedelta(days=14)
"""A span that begins and ends so near a compilation's is the compilation's."""
YEARS = range(1980, 2060)
DETAINERS = {
    "PA": "pa_detainers_2007_2013.csv.gz",
    "MN": "minnesota_and_states",
}
NOT_287G = "No count says which arrests or detainers were made under a 287(g) agreement."


@dataclass(frozen=True, slots=True)
class Count:
    """A published count of one span of days. ``whole`` where the span is that of the claim."""

    value: float
    days: Days
    file: str
    row: str
    says: str
    whole: bool


def counts_by_state(parsed: Parsed, behind: Background) -> Iterator[Answer]:
    """The answers to what a sentence says of arrests or detainers in one state."""
    text = parsed.sentence.text
    states = {token.value for token in parsed.tokens if token.kind == "PLACE"}
    detainers = bool(pattern("detainers").search(text))
    speaks = detainers or ("ICE" in parsed.kinds() and pattern("arrests").search(text))
    if len(states) != 1 or not speaks or "PROGRAM" in parsed.kinds() or pattern("elsewhere").search(text):
        return
    (state,) = states
    if detainers and state not in DETAINERS:
        return
    spots = times(parsed.tokens, parsed.amounts, behind)
    for place, amount in enumerate(parsed.amounts):
        share = detainers and state == "PA" and amount.kind in ("percent", "ratio", "portion")
        if share and not pattern("taken").search(text):
            continue
        if not share and not _counts(parsed, amount, "detainers" if detainers else "arrests"):
            continue
        when = when_of(place, amount, spots)
        days = _days(when, behind.published)
        said = _Said(parsed, amount, when, state, detainers, share)
        yield _judged(said, days, list(_detainers(state, days, share) if detainers else _arrests(state, days)))


@dataclass(frozen=True, slots=True)
class _Said:
    parsed: Parsed
    amount: Amount
    when: When
    state: str
    detainers: bool
    share: bool

    @property
    def measure(self) -> str:
        return "detainers_in_a_state" if self.detainers else "arrests_in_a_state"

    @property
    def figure(self) -> Figure:
        return self.amount.figure if self.share else rounded(self.amount.figure)


def _counts(parsed: Parsed, amount: Amount, unit: str) -> bool:
    """Whether a number is of detainers or of arrests, and not of encounters, removals or other events."""
    noun, value = amount.noun, amount.figure.value
    if amount.kind != "counted" or (noun and (noun.unit or noun.other not in (None, "people", "arrests"))):
        return False
    start = parsed.sentence.span.start
    first, last = (parsed.tokens[amount.first].span.start - start, parsed.tokens[amount.last].span.end - start)
    named = noun is not None and noun.other == "arrests"
    if named and not pattern(unit).search(parsed.sentence.text[first:last]):
        return False
    return value > 1 and not (noun is None and value in YEARS) and (named or unit == "arrests")


def _days(when: When, published: Days | None) -> Days | None:
    """The days that a sentence speaks of; up to the article's own where it says since when."""
    if len(when.windows) != 1:
        return None
    window = when.windows[0]
    if not when.since:
        return window
    return Days(window.first, published.last) if published and published.last >= window.first else None


@cache
def _by_state() -> dict[str, dict[str, Any]]:
    from ledger287.core import declared

    codes = {name.casefold(): code for name, code in declared.state_codes().items()}
    return {
        codes[row["state"].casefold()]: row for row in arrests_by_state()["states"] if row["state"].casefold() in codes
    }


def _arrests(state: str, days: Days | None) -> Iterator[Count]:
    """Both compilations, and the daily counts of the days where there are any."""
    row = _by_state().get(state)
    for name, one in COMPILATIONS.items() if row else ():
        if row is None or row[name] is None:
            continue
        span = Days(date.fromisoformat(str(one["first"])), date.fromisoformat(str(one["last"])))
        whole = days is not None and abs(days.first - span.first) <= NEAR and abs(days.last - span.last) <= NEAR
        says = f"{row[name]:,} arrests from {format_days(span.first, span.last)}"
        yield Count(row[name], span, str(one["file"]), f"row {row['rows'][name]}", says, whole)


@cache
def _months(state: str) -> tuple[tuple[date, int, int], ...]:
    """Month, detainers, and those that ended in detention by ICE."""
    if state == "MN":
        rows = store.table("detainers_minnesota").sort("month").iter_rows()
        return tuple((month, many, 0) for month, many in rows)
    taken = pl.col("detainers").filter(pl.col("reason") == REASON_TAKEN).sum()
    frame = store.table("detainers_by_reason").group_by("month").agg(pl.col("detainers").sum(), taken=taken)
    return tuple(frame.sort("month").iter_rows())


def _detainers(state: str, days: Days | None, share: bool) -> Iterator[Count]:
    """The detainers of the months that are entirely among the days; of all months where no days are named."""
    months = _months(state)
    covered = Days(months[0][0], _month_end(months[-1][0]))
    inside = [row for row in months if days is None or (days.first <= row[0] and _month_end(row[0]) <= days.last)]
    if not inside:
        return
    span = Days(inside[0][0], _month_end(inside[-1][0]))
    total, taken = sum(row[1] for row in inside), sum(row[2] for row in inside)
    # Days before the first month, or behind the last one, are of a year that the counts do not cover.
    whole = days is None or (covered.first <= days.first and days.last <= covered.last and span == days)
    value = 100 * taken / total if share and total else float(total)
    of = (
        f"{taken:,} of {total:,} detainers ended in detention by ICE ({value:.1f}%)"
        if share
        else f"{total:,} detainers"
    )
    says = f"{of} from {format_days(span.first, span.last)}"
    yield Count(value, span, DETAINERS[state], "by month", says, whole)


def _month_end(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _judged(said: _Said, days: Days | None, counts: list[Count]) -> Answer:
    """Right of a count of those days; false where counts of these, or of more days, say so; else it is not known."""
    figure, claim = said.figure, _claim(said)
    unit = (
        "of detainers ended in detention by ICE" if said.share else "detainers" if said.detainers else "arrests by ICE"
    )
    hedge = HEDGED.get(figure.rule, "")
    value = f"{number(figure.value)}%" if said.share else number(figure.value)
    meaning = f"{hedge}{value} {unit} in {said.state}" + (f", {format_days(days.first, days.last)}" if days else "")
    shown = tuple(_evidence(said, one) for one in counts)
    figures = "; ".join(one.says for one in counts)
    more: Any = {
        "measure": said.measure,
        "citations": tuple(dict.fromkeys(f"{_source(said)} ({one.file})" for one in counts)),
        "notes": (NOT_287G,),
    }
    whole = [one for one in counts if one.whole]
    right = [one for one in counts if figure.right_for(one.value)]
    if whole and all(one in right for one in whole):
        return Answer(claim, "supported", meaning, f"published counts give {figures}.", shown, **more)
    if right and (days is None or right[0].whole or said.detainers):
        span = format_days(right[0].days.first, right[0].days.last)
        requires = f"if the count of {span} is meant"
        return Answer(claim, "supported_if", meaning, f"right {requires}: {figures}.", shown, requires=requires, **more)
    longer = [
        one for one in counts if days and one.days.first - NEAR <= days.first and days.last <= one.days.last + NEAR
    ]
    if whole or (
        not said.share and longer and len(longer) == len(counts) and all(figure.low > x.value for x in longer)
    ):
        return Answer(claim, "contradicted", meaning, f"published counts give {figures}.", shown, **more)
    why = f"published counts are of other days: {figures}." if counts else "no published count is of those days."
    return Answer(claim, "cannot_tell", meaning, why, shown, settles=f"a count of {said.state} for those days", **more)


def _reaches(longer: Days, days: Days) -> bool:
    return longer.first - NEAR <= days.first and days.last <= longer.last + NEAR


def _source(said: _Said) -> str:
    if said.detainers:
        return "detainers of Pennsylvania, by FOIA" if said.state == "PA" else "detainers of Minnesota, by month"
    return "arrests by state, from ICE's records by FOIA"


def _evidence(said: _Said, one: Count) -> Evidence:
    gap = round(said.figure.value - one.value, 3)
    return Evidence(said.measure, one.says, round(one.value, 3), gap, None, one.days.last, one.file, None,
                    _source(said), (one.row,))  # fmt: skip


def _claim(said: _Said) -> Claim:
    parsed, amount = said.parsed, said.amount
    span = Span(parsed.tokens[amount.first].span.start, parsed.tokens[amount.last].span.end)
    text, start = parsed.sentence.text, parsed.sentence.span.start
    covers = (
        (span, "figure"),
        *((token.span, "place") for token in parsed.tokens if token.kind == "PLACE"),
        *((token.span, "time") for token in parsed.tokens if token.kind == "WHEN"),
        *words_like(text, "detainers" if said.detainers else "arrests", start, "what is counted"),
        *(words_like(text, "taken", start, "which part") if said.share else ()),
        *neutral_in(text, "by_state_neutral", start),
    )
    return Claim(
        "other",
        said.figure,
        "detainers" if said.detainers else "arrests",
        Where((said.state,), True),
        said.when,
        span,
        parsed.sentence.span,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=covers),
        terms=OfTopic(topic=said.measure),
    )
