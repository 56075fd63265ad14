"""Every agreement through time, once for an edition: its spans on the lists, by agency, state and county.

``Past`` is that history as far as a day lets it be seen: later lists add nothing to it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger287.charts.series.steps import Series
from ledger287.charts.series.timeline import Bar
from ledger287.core.time import joined
from ledger287.ledger.query.history import MODELS, stacked
from ledger287.web.edition.edition import Edition
from ledger287.web.server.query import Query


@dataclass(frozen=True, slots=True)
class Life:
    """An agreement: places of the first and last list of each of its spans, among the accepted ones in order.

    ``printed`` is what it was called and when it was signed, with the place of the first list that says so.
    """

    agreement_id: str
    agency_id: str
    state: str
    model: str
    spans: tuple[tuple[int, int], ...]
    printed: tuple[tuple[int, str, date | None], ...]

    def as_printed(self, known: int) -> tuple[str, date | None]:
        """Its agency's name and its signing day as the first ``known`` lists have them."""
        return max((each for each in self.printed if each[0] < known), key=lambda each: each[0])[1:]


@dataclass(frozen=True)
class Lives:
    """All agreements, and the day of each accepted participating list, in order."""

    days: tuple[date, ...]
    by_agency: dict[str, list[Life]]
    by_state: dict[str, list[Life]]
    by_county: dict[str, list[Life]]


def lives(edition: Edition) -> Lives:
    """The history of every agreement."""
    found: Lives = edition.recent.get("lives", lambda: _lives(edition))
    return found


def _lives(edition: Edition) -> Lives:
    history = edition.atlas.history
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    printed: dict[str, list[tuple[int, str, date | None]]] = defaultdict(list)
    facts: dict[str, tuple[str, str, str]] = {}
    for run in sorted(history.runs, key=lambda run: run.last):
        if run.model in MODELS:
            spans[run.agreement_id].append((run.first, run.last))
            printed[run.agreement_id].append((run.first, run.name, run.signed))
            facts[run.agreement_id] = (run.agency_id, run.state, run.model)
    by_agency: dict[str, list[Life]] = defaultdict(list)
    by_state: dict[str, list[Life]] = defaultdict(list)
    by_county: dict[str, list[Life]] = defaultdict(list)
    where = edition.atlas.jurisdiction_of
    for agreement_id, its in sorted(spans.items()):
        agency_id, state, model = facts[agreement_id]
        life = Life(agreement_id, agency_id, state, model, tuple(joined(its)), tuple(printed[agreement_id]))
        by_agency[agency_id].append(life)
        by_state[state].append(life)
        place = where[agency_id]
        if place.ground != "state":
            for fips in dict.fromkeys((*place.counties, *place.reaches)):
                by_county[fips].append(life)
    return Lives(tuple(history.days), dict(by_agency), dict(by_state), dict(by_county))


def seen_until(edition: Edition, query: Query) -> int:
    """How many of the lists are published by the requested time."""
    return edition.atlas.history.known(query.on, query.known_on)


def bars(edition: Edition, query: Query, some: Iterable[Life]) -> list[Bar]:
    """Agreements as bars of a timeline, as far as the lists by then tell, the earliest first."""
    by_life, known = lives(edition), seen_until(edition, query)
    found = []
    for life in some:
        spans = [(first, min(last, known - 1)) for first, last in life.spans if first < known]
        if spans:
            agency, signed = life.as_printed(known)
            found.append(
                Bar(
                    agreement_id=life.agreement_id,
                    agency_id=life.agency_id,
                    agency=agency,
                    model=life.model,
                    signed=signed,
                    first_day=by_life.days[spans[0][0]],
                    last_day=by_life.days[spans[-1][1]],
                    listed=spans[-1][1] == known - 1,
                    spans=tuple((by_life.days[first], by_life.days[min(last + 1, known - 1)]) for first, last in spans),
                )
            )
    return sorted(found, key=lambda bar: (bar.first_day, bar.agency, bar.model))


def grown(edition: Edition, query: Query, some: Iterable[Life], labels: dict[str, str]) -> Series | None:
    """How many of the given agreements were in force on each day with a list, by model; None where there was none."""
    by_life, known = lives(edition), seen_until(edition, query)
    last_of_day = {day: place for place, day in enumerate(by_life.days[:known])}
    spans: dict[str, list[tuple[int, int, int]]] = {model: [] for model in MODELS}
    for life in some:
        spans[life.model] += ((first, last, 1) for first, last in life.spans)
    held = {model: stacked(its, known) for model, its in spans.items()}
    counts = {model: [its[place] for place in last_of_day.values()] for model, its in held.items()}
    if not any(any(each) for each in counts.values()):
        return None
    return Series(tuple(last_of_day), counts, labels)
