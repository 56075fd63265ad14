"""A record -> the agreements in force at the end of each month since it begins, by agency and model.

Enters: the ledger, and a function of its own that the caller may bound by what was known. Leaves: frames,
each a day with the list it rests on, and for every agency the runs of frames in which it held a model.
Counting the runs of a frame gives exactly the agreements that ``Ledger.status`` gives for its day.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from ledger287.charts.content import MODELS
from ledger287.foundation.problems import Refused
from ledger287.foundation.spans import end_of_day
from ledger287.record.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Frame:
    """The end of a month, or the day of the newest list; and the day of the list that tells it."""

    day: date
    list_day: date


@dataclass(frozen=True, slots=True)
class Run:
    """Frames, the first and the last included, in which an agency held so many agreements of a model."""

    model: str
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Growth:
    """All frames, the runs of each agency by its id, and the agreements of the last frame."""

    frames: tuple[Frame, ...]
    runs: dict[str, tuple[Run, ...]]
    names: dict[str, tuple[str, str]]


def growth(ledger: Ledger, on: date, known_on: date | None = None) -> Growth:
    """The months up to a day. Raises Refused where no list was published by then."""
    lists = _list_days(ledger, min(on, known_on or on))
    if not lists:
        raise Refused(f"no list was published by {min(on, known_on or on)}.")
    frames = tuple(_frames(lists))
    held: dict[str, list[Counter[str]]] = defaultdict(lambda: [Counter() for _ in frames])
    names: dict[str, tuple[str, str]] = {}
    for place, frame in enumerate(frames):
        rows = ledger.as_of(min(frame.day, on), known_on=known_on)
        for agency_id, name, state, model in rows.select("agency_id", "agency", "state", "model").iter_rows():
            held[agency_id][place][model] += 1
            names[agency_id] = (name, state)
    return Growth(frames, {agency_id: tuple(_runs(counts)) for agency_id, counts in held.items()}, names)


def _list_days(ledger: Ledger, until: date) -> list[date]:
    lists = ledger.lists().filter(
        pl.col("kind") == "participating",
        pl.col("verdict") == "accepted",
        pl.col("published_at") <= end_of_day(until),
    )
    return sorted(lists["day"].to_list())


def _frames(lists: list[date]) -> Iterator[Frame]:
    """The last days of the months before the newest list's, then that list's own day."""
    day, newest = lists[0], lists[-1]
    while (end := day.replace(day=monthrange(day.year, day.month)[1])) < newest:
        yield Frame(end, max(listed for listed in lists if listed <= end))
        day = end + timedelta(days=1)
    yield Frame(newest, newest)


def _runs(counts: list[Counter[str]]) -> Iterator[Run]:
    for model in MODELS:
        start = 0
        for place in range(1, len(counts) + 1):
            ended = place == len(counts)
            if ended or counts[place][model] != counts[start][model]:
                if counts[start][model]:
                    yield Run(model, start, place - 1, counts[start][model])
                start = place
