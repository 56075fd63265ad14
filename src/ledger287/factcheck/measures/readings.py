"""A claim -> its admissible readings, plain ones first.

What enters: a claim, the article's date, the lists' days. What leaves: readings, each with its rank and what
the sentence would have to say for it. Promise: readings are those of declared/factcheck/readings.yml and of
declared windows; none is made for one sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from ledger287.core import declared
from ledger287.core.text import format_date, format_days
from ledger287.factcheck.extract.model import Claim, Days, When
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.measures import Reading, measures
from ledger287.factcheck.measures.series import counties_of

ANOTHER_THING = 9
"""The rank of a reading that counts another thing than the one that is stated: it supports nothing, and is named."""
STATES = ("states", "territories", "states_and_territories")
"""Units that nobody takes for a count of applications."""
HAPPENING = ("signed", "left")
"""Evaluators that count what happened over a stretch of days."""
TOLD_LATER = ("signed", "signed_and_listed")
"""Evaluators whose values may rest on lists that were published after the story."""


@dataclass(frozen=True, slots=True)
class ClaimDays:
    """The days of a claim. ``wide``: known too roughly to be sure; ``outside``: why the record cannot tell."""

    windows: tuple[Days, ...]
    wide: bool
    outside: str | None = None
    said: str = ""


@cache
def rules() -> dict[str, Any]:
    """The declared windows."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/windows.yml")
    return data


@cache
def admissible() -> dict[str, Any]:
    """The declared readings, by shape and unit."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/readings.yml")
    return data


def moment(claim: Claim, published: Days | None, index: Index) -> ClaimDays:
    """The days of a claim: those that it names, else the article's own, else all of the record."""
    first, last = index.days[0], index.days[-1]
    end = last + timedelta(days=rules()["after_newest"]["days"])
    if claim.when.windows:
        windows, wide, said = claim.when.windows, len(claim.when.windows) > 1, claim.when.said
    elif claim.wording.role == "from":
        windows, wide, said = (Days(first, max(first, published.last if published else last)),), True, "no day"
    elif claim.shape == "left":
        ever = Days(first, max(first, published.last if published else last))
        windows, wide, said = (ever,), False, "as far back as the lists go"
    elif published:
        early = published.first - timedelta(days=rules()["now"]["days"]) if published.length == 1 else published.first
        windows, wide, said = (
            (Days(early, published.last),),
            published.length > rules()["wide"]["days"],
            "the article's day",
        )
    else:
        windows, wide, said = (Days(first, last),), True, "no day"
    if claim.shape in HAPPENING and claim.when.since and published:
        windows = tuple(Days(one.first, max(published.last, one.first)) for one in windows)
    elif claim.shape in HAPPENING and claim.when.since:
        windows = tuple(Days(one.first, last) for one in windows)
    inside = tuple(
        Days(max(one.first, first), min(one.last, end)) for one in windows if one.last >= first and one.first <= end
    )
    if inside and published and not claim.when.since:
        known = tuple(Days(one.first, min(one.last, published.last)) for one in inside if one.first <= published.last)
        if not known:
            return ClaimDays(windows, wide, "the story is older than the day that it refers to", said)
        inside = known
    if not inside:
        lists_of = f"the record's lists are of {format_days(first, last)}"
        return ClaimDays(windows, wide, lists_of, said)
    if claim.shape in ("signed", "left") and claim.when.period and all(one.first > last for one in windows):
        return ClaimDays(windows, wide, f"the record's newest list is of {format_date(last, short=True)}", said)
    if claim.shape in ("signed", "left") and any(one.first < first for one in windows):
        return ClaimDays(
            windows,
            wide,
            f"the record begins on {format_date(first, short=True)}; what left the list before is not in it",
            said,
        )
    return ClaimDays(inside, wide or (not claim.when.stated and inside[0].length > rules()["wide"]["days"]), None, said)


def readings(claim: Claim, when: ClaimDays, published: Days | None, index: Index) -> list[Reading]:
    """Every admissible reading, those of lower rank first."""
    states = claim.where.states
    base = _base(claim)
    windows = goal_days(claim, published, index) if compares_days(claim) else when.windows
    if claim.shape == "share" and claim.sense == "signed" and claim.when.since:
        windows = tuple(
            Days(one.first, max(one.first, published.last if published else index.days[-1])) for one in windows
        )
    found: list[Reading] = []
    for row in _rows(claim):
        if (row.get("nation") and states) or (row.get("unmodelled") and claim.model):
            continue
        if row.get("of_model", claim.model) != claim.model:
            continue
        falling = claim.falls
        if row.get("falling", falling) != falling:
            continue
        kind = row.get("kind") or (claim.kind)
        scope = _scope(claim, row.get("model") or claim.model, kind)
        measure = measures()[row["measure"]]
        days = _stretch(base, windows) if compares_days(claim) and measure.evaluator in HAPPENING else windows
        if claim.shape == "change" and claim.wording.spelled and row["rank"]:
            continue  # "the number fell" is of the number alone
        exchanged = claim.wording.distinct and row["rank"] and _exchanges(claim, measure.id)
        rank = ANOTHER_THING if exchanged else row["rank"]
        found.append(Reading(measure, scope, days, rank, row.get("if"), base, falling))
    found += list(_of_other_places(claim, found))
    if published:
        found = [replace(one, known=published.last) if one.measure.evaluator in TOLD_LATER else one for one in found]
    return sorted(found, key=lambda reading: reading.rank)


AGREEMENTS = (
    "agreements",
    "agreements_of_kind",
    "rows",
    "heading",
    "sheriff_agreements",
    "signed_since",
    "agreements_and_pending",
)
"""Measures that count agreements; the others count bodies or places."""


def _exchanges(claim: Claim, measure: str) -> bool:
    """Whether a measure counts agreements where agencies are stated, or agencies where agreements are."""
    return (measure in AGREEMENTS) != (claim.unit == "agreements")


KINDS_STATED = ("sheriffs", "police", "constables", "campuses", "state_agencies", "police_and_sheriffs")
"""Kinds of agency of which a count is none of all agencies."""


def exchanges(claim: Claim, reading: Reading) -> bool:
    """Whether a reading counts agreements where agencies are stated, the reverse, or all agencies where a kind is."""
    of_all = claim.unit in KINDS_STATED and reading.measure.id == "agencies"
    return bool(reading.rank) and (of_all or _exchanges(claim, reading.measure.id))


def _stretch(base: tuple[Days, ...], goal: tuple[Days, ...]) -> tuple[Days, ...]:
    """From the days compared with to those they are compared to; none where either is not known."""
    if not base or not goal:
        return ()
    first, last = base[0].first, max(one.last for one in goal)
    return (Days(first, last),) if first <= last else ()


PENDING = ("pending", "pending_agencies")


def otherwise(claim: Claim, when: ClaimDays, published: Days | None, index: Index) -> Iterator[Reading]:
    """What else a sentence may count, for a figure that is wrong as it was read: other things, the article's own day,
    the entire country, another state of the sentence; where it states a place, the unit that it states alone.
    """
    days = [when.windows]
    if published and claim.when.windows:
        days.append(moment(replace(claim.worded(role=""), when=When()), published, index).windows)
    stated = bool(claim.where.states) and not claim.wording.hints
    places = [claim.where.states, *([()] if claim.where.states else []), *((state,) for state in claim.wording.named)]
    rows = [
        row
        for row in admissible()["otherwise"]["any"]
        if not (claim.unit in STATES and "pending" in row["measure"])
        and not (claim.wording.distinct and _exchanges(claim, row["measure"]))
        and not (stated and row["measure"] not in (claim.unit, *PENDING))
    ]
    for windows, states, row in product(days, places, rows):
        exchanged = (windows != when.windows) + (states != claim.where.states) + ("pending" in row["measure"])
        if exchanged > 1 and not claim.pending:
            continue  # one thing may have been meant otherwise, not two at once
        scope = Scope(states, claim.model, counties=claim.where.counties if states == claim.where.states else ())
        yield Reading(measures()[row["measure"]], scope, windows, row["rank"])


def compares_days(claim: Claim) -> bool:
    """Whether a claim compares one day with another."""
    return claim.shape in ("growth", "multiple", "change") or claim.sense == "rank_growth"


def _scope(claim: Claim, model: str | None, kind: str | None) -> Scope:
    """What is counted; of "fewer than" the two places change sides."""
    if claim.against and claim.falls:
        return Scope(claim.against, model, kind, claim.where.states)
    return Scope(claim.where.states, model, kind, claim.against, claim.where.counties)


TYPES = {"police": "type:municipality", "sheriffs": "type:county", "county_agencies": "type:county",
         "state_agencies": "type:state"}  # fmt: skip
"""The types that ICE prints which come nearest to a kind."""


def _by_type(measure: str, claim: Claim) -> list[dict[str, Any]]:
    """A measure by the kind of agency, and by the type that ICE prints."""
    kind = TYPES.get(claim.kind or "")
    plain: list[dict[str, Any]] = [{"measure": measure, "rank": 0}]
    listed = {"measure": measure, "rank": 1, "kind": kind, "if": "by the type of agency that ICE's list prints"}
    return plain + ([listed] if kind else [])


def _rows(claim: Claim) -> list[dict[str, Any]]:
    table = admissible()
    if claim.shape == "count" and (claim.pending or claim.sense == "pending_or_signed"):
        either = claim.sense == "pending_or_signed"
        rows: list[dict[str, Any]] = table["pending_or_signed" if either else "pending"]["any"]
        if claim.pending and claim.unit in ("agencies", "sheriffs", "police"):
            rows = [
                {**rows[1], "rank": 0, "if": None},
                {**rows[0], "rank": 1, "if": "counting applications, not agencies"},
            ]
        return rows
    if claim.shape == "share" and claim.kind and claim.unit == "agreements":
        return _by_type("share_kind_agreements", claim)
    if claim.shape == "share" and claim.kind:
        return [{"measure": "share_kind", "rank": 0}]
    if claim.shape == "share" and claim.pending:
        return [{"measure": "share_pending", "rank": 0}]
    if claim.sense == "models":
        return [{"measure": "gap_models", "rank": 0}]
    if claim.shape == "gap" and claim.kind:
        return [{"measure": "gap_kinds" if claim.unit == "agreements" else "gap_kinds_agencies", "rank": 0}]
    if claim.shape == "count" and claim.kind and claim.unit == "agencies" and claim.kind in table["count"]:
        of_kind = table["count"][
            claim.kind
        ]  # 12 agencies, of which seven are sheriff's offices: bodies, not agreements
        return [row for row in of_kind if row["measure"].startswith(claim.kind)]
    if claim.shape == "count" and claim.kind:
        return _by_type("agreements_of_kind", claim)
    if claim.shape == "share" and claim.sense == "of_place":
        return [{"measure": "share_model", "rank": 0}]
    if claim.shape == "share" and claim.sense == "signed":
        return [{"measure": "share_signed", "rank": 0}]
    if claim.shape == "signed" and claim.whole and claim.unit in ("agreements", "partnerships"):
        return [  # 40 of its 90 agreements were signed in May: of those that it has
            {"measure": "signed_still_listed", "rank": 0},
            {"measure": "signed", "rank": 1, "if": "counting those that have ended since"},
        ]
    named = claim.sense if claim.sense in ("without", "rank_fewest", "rank_growth") else claim.shape
    units = table.get(named, {})
    found: list[dict[str, Any]] = units.get(claim.unit) or units.get("any") or units.get("agencies", [])
    return found


def is_counted(claim: Claim) -> bool:
    """Whether the record has a measure of what a claim compares; where it has none, another unit answers nothing."""
    compared = claim.shape in ("change", "growth", "multiple", "times")
    return not compared or claim.unit in ("agreements", "partnerships") or claim.unit in admissible()[claim.shape]


def _base(claim: Claim) -> tuple[Days, ...]:
    """The days that growth is counted from; none where the sentence does not say."""
    if not compares_days(claim):
        return ()
    if claim.base and claim.base.wording.role == "from" and claim.base.when.windows:
        return claim.base.when.windows
    if not claim.when.windows:
        return ()
    if claim.when.ends:
        return claim.when.ends[:1]
    first = min(one.first for one in claim.when.windows)
    ago = _is_ago(claim)
    if claim.sense == "than":
        return claim.when.windows
    goal = claim.base is not None and claim.base.wording.role == "to"
    if _is_term(claim):
        return (Days(first, first),)
    running = claim.when.said.lower().startswith(("this ", "so far"))
    if not (claim.when.since or ago or (claim.when.period and (running or not goal))):
        return ()
    if claim.when.since and not claim.when.ends and len(claim.when.windows) == 1 and claim.when.windows[0].length <= 31:
        return claim.when.windows  # since September: any day of it
    return claim.when.windows if ago else (Days(first, first),)


TERMS, TERM_DAYS = ("under ", "during ", "in "), 366
"""How a term of office is named that something grew under, and what is longer than a year."""


def _is_term(claim: Claim) -> bool:
    """Whether growth is reported for a term of office: under the second Trump administration."""
    return claim.when.said.lower().startswith(TERMS) and claim.when.windows[0].length > TERM_DAYS


def _is_ago(claim: Claim) -> bool:
    said = claim.when.said.lower()
    compared = "last year" in said and said not in ("last year", "during last year", "in last year", "over last year")
    return compared or any(word in said for word in ("ago", "earlier", "before"))


def _of_other_places(claim: Claim, plain: list[Reading]) -> Iterator[Reading]:
    """Where no place is stated: the state that the text before speaks of, or that has so many counties."""
    for state in claim.wording.hints if claim.unit not in ("states", "territories", "states_and_territories") else ():
        for reading in plain:
            if reading.rank <= 1:
                requires = f"in {name_of(state)}, which the text names before"
                terms = f"{requires}, {reading.requires}" if reading.requires else requires
                yield Reading(
                    reading.measure,
                    Scope((state,), reading.scope.model),
                    reading.windows,
                    1 + reading.rank,
                    terms,
                    reading.base,
                )
    if claim.where.states or claim.where.known or not plain:
        return
    if claim.shape == "total" and claim.figure:
        for state in states_with_counties(int(claim.figure.value)):
            yield Reading(
                plain[0].measure, Scope((state,)), plain[0].windows, 1, f"in {name_of(state)}, which has so many"
            )
    if claim.shape == "count" and claim.whole and claim.unit in ("counties", "sheriffs", "agencies"):
        for state in states_with_counties(int(claim.whole.value)):
            for reading in plain:
                if reading.rank <= 1:
                    requires = f"in {name_of(state)}, which has {int(claim.whole.value)} counties"
                    terms = f"{requires}, {reading.requires}" if reading.requires else requires
                    yield Reading(
                        reading.measure, Scope((state,), reading.scope.model), reading.windows, 1, terms, reading.base
                    )


@cache
def states_with_counties(number: int) -> tuple[str, ...]:
    """The states that have exactly so many counties."""
    return tuple(code.code for code in declared.states() if counties_of((code.code,)) == number)


@cache
def name_of(state: str) -> str:
    """A state's name."""
    return declared.state_names()[state]


def goal_days(claim: Claim, published: Days | None, index: Index) -> tuple[Days, ...]:
    """The days that growth is counted to: the end of the stretch that is named, else the article's own."""
    if claim.when.ends and claim.sense != "than":
        end = claim.when.ends[1]
        last = min(end.last, published.last) if published else end.last
        return (Days(end.first, last),) if end.first <= last else ()
    if claim.when.windows and not claim.when.since and _is_term(claim):
        last = min(max(one.last for one in claim.when.windows), published.last if published else index.days[-1])
        return (Days(last, last),)
    if (
        claim.when.windows
        and claim.when.period
        and not claim.when.since
        and not _is_ago(claim)
        and claim.sense != "than"
    ):
        last = max(one.last for one in claim.when.windows)
        last = min(last, published.last) if published else last
        return (Days(last, last),)
    if published:
        early = published.first - timedelta(days=rules()["now"]["days"]) if published.length == 1 else published.first
        return (Days(early, published.last),)
    start = min((one.first for one in claim.when.windows), default=index.days[0])
    return (Days(max(start, index.days[0]), index.days[-1]),)


def before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
