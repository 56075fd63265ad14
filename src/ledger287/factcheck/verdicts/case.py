"""A claim in front of its judge: figure, time, readings with their values, and which of them fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from ledger287.factcheck.extract.model import Claim, Days, Figure
from ledger287.factcheck.measures.evaluating import points
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.measures import Point, Reading
from ledger287.factcheck.measures.readings import ClaimDays


class Outcomes(Sequence[tuple[Reading, list[Point]]]):
    """Readings with their values, which are counted when they are first looked at: most claims need only the first."""

    def __init__(self, readings: Sequence[Reading], index: Index, made: "dict[int, list[Point]] | None" = None) -> None:
        self._readings, self._index = readings, index
        self._made: dict[int, list[Point]] = {} if made is None else made

    def __len__(self) -> int:
        return len(self._readings)

    @overload
    def __getitem__(self, at: int) -> tuple[Reading, list[Point]]: ...

    @overload
    def __getitem__(self, at: slice) -> "Outcomes": ...

    def __getitem__(self, at: int | slice) -> "tuple[Reading, list[Point]] | Outcomes":
        if isinstance(at, slice):
            return Outcomes(self._readings[at], self._index, self._made)
        reading = self._readings[at]
        if id(reading) not in self._made:
            self._made[id(reading)] = points(reading, self._index)
        return reading, self._made[id(reading)]


@dataclass(frozen=True)
class ClaimCase:
    """A claim with the points of all its readings, the plain one first."""

    claim: Claim
    figure: Figure
    when: ClaimDays
    outcomes: Outcomes
    meaning: str
    index: Index
    published: Days | None

    @property
    def plain(self) -> Reading:
        return self.outcomes[0][0]

    @property
    def found(self) -> list[Point]:
        return self.outcomes[0][1]

    @cached_property
    def fitting(self) -> list[Point]:
        return [point for point in self.good(self.found) if not is_later(self.plain, point)]

    def good(self, values: Sequence[Point]) -> list[Point]:
        return [point for point in values if self.figure.right_for(point.value)]


def is_later(reading: Reading, point: Point) -> bool:
    """Whether a value of what happened over some days rests on a list that was published after the story."""
    return reading.known is not None and point.listed is not None and point.listed.day > reading.known
