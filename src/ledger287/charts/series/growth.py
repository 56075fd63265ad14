"""A record -> the agreements in force at the end of each month, or on each day with a list, by agency and model.

What enters: the ledger, and a function of its own that the caller may bound by what was known. What leaves: frames,
each a day with the list it rests on, and for every agency the runs of frames in which it held a model.
Counting the runs of a frame gives exactly the agreements that ``Ledger.status`` gives for its day.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ledger287.charts.maps.content import MODELS
from ledger287.core.problem import Refused
from ledger287.core.text import format_date
from ledger287.core.time import joined
from ledger287.ledger.query.history import levels
from ledger287.ledger.query.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Frame:
    """The end of a month, or a day with a list; and the day of the list that tells it."""

    day: date
    list_day: date


@dataclass(frozen=True, slots=True)
class ModelRun:
    """Frames, the first and the last included, in which an agency held so many agreements of a model."""

    model: str
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Growth:
    """All frames, the runs of each agency by its id, and the agreements of the last frame."""

    frames: tuple[Frame, ...]
    runs: dict[str, tuple[ModelRun, ...]]
    names: dict[str, tuple[str, str]]


def growth(ledger: Ledger, on: date, known_on: date | None = None) -> Growth:
    """The months up to a day. Raises Refused where no list was published by then."""
    lists = ledger.history.days[: ledger.history.known(on, known_on)]
    if not lists:
        raise Refused(f"no list was published by {format_date(min(on, known_on or on))}.")
    frames = tuple(_frames(lists))
    held: dict[str, list[Counter[str]]] = defaultdict(lambda: [Counter() for _ in frames])
    names: dict[str, tuple[str, str]] = {}
    for place, frame in enumerate(frames):
        rows = ledger.as_of(min(frame.day, on), known_on=known_on)
        for agency_id, name, state, model in rows.select("agency_id", "agency", "state", "model").iter_rows():
            held[agency_id][place][model] += 1
            names[agency_id] = (name, state)
    return Growth(frames, {agency_id: tuple(_runs(counts)) for agency_id, counts in held.items()}, names)


def _frames(lists: list[date]) -> Iterator[Frame]:
    """The last days of the months before the newest list's, then that list's own day."""
    day, newest = lists[0], lists[-1]
    while (end := day.replace(day=monthrange(day.year, day.month)[1])) < newest:
        yield Frame(end, max(listed for listed in lists if listed <= end))
        day = end + timedelta(days=1)
    yield Frame(newest, newest)


def _runs(counts: list[Counter[str]]) -> Iterator[ModelRun]:
    for model in MODELS:
        start = 0
        for place in range(1, len(counts) + 1):
            ended = place == len(counts)
            if ended or counts[place][model] != counts[start][model]:
                if counts[start][model]:
                    yield ModelRun(model, start, place - 1, counts[start][model])
                start = place


def daily(ledger: Ledger, on: date, known_on: date | None = None) -> Growth:
    """A frame for each day with an accepted list, from the last list of the day. Raises Refused where there is none by
    then.

    It reads all runs of the history at once instead of list by list, so that it is quick.
    """
    history = ledger.history
    until = history.known(on, known_on)
    if not until:
        raise Refused(f"no list was published by {format_date(min(on, known_on or on))}.")
    last_of_day = {day: place for place, day in enumerate(history.days[:until])}
    days, order = list(last_of_day), list(last_of_day.values())
    held: dict[tuple[str, str], dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, tuple[int, str, str]] = {}
    for run in history.runs:
        span = bisect_left(order, run.first), bisect_right(order, run.last) - 1
        if run.model in MODELS and span[0] <= span[1]:
            held[run.agency_id, run.model][run.agreement_id].append(span)
            names[run.agency_id] = max(names.get(run.agency_id, (-1, "", "")), (span[1], run.name, run.state))
    runs: dict[str, list[ModelRun]] = defaultdict(list)
    for (agency_id, model), agreements in sorted(held.items(), key=lambda item: MODELS.index(item[0][1])):
        spans = [span for its in agreements.values() for span in joined(its)]
        runs[agency_id] += (ModelRun(model, *level) for level in levels(spans))
    return Growth(
        tuple(Frame(day, day) for day in days),
        {agency_id: tuple(found) for agency_id, found in runs.items()},
        {agency_id: (name, state) for agency_id, (_, name, state) in names.items()},
    )
