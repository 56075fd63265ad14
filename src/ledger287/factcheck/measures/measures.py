"""Measures: named queries over the record, each with its English sentence; readings and points of them.

What enters: declared/factcheck/measures/*.yml. What leaves: the measures by id. Promise: every measure is declared
there; series.py and evaluating.py hold only how its evaluator counts.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from ledger287.core import declared
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.measures.index import Scope
from ledger287.ledger.query.history import DatedList


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared measure."""

    id: str
    evaluator: str
    one: str
    many: str
    sentence: str
    series: str = ""
    unit: str = ""
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim. ``requires`` is what the sentence would have to say, where it does not.

    ``known`` is the story's day, for what happened over a stretch of days: the lists known then count too, next to all.
    """

    measure: Measure
    scope: Scope
    windows: tuple[Days, ...]
    rank: int = 0
    requires: str | None = None
    base: tuple[Days, ...] = ()
    falling: bool = False
    known: date | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A value, the list that it rests on, and for a comparison the list that it starts from."""

    value: float
    listed: DatedList | None
    base: DatedList | None = None
    base_value: float | None = None
    place: int = -1


@cache
def measures() -> dict[str, Measure]:
    """Every declared measure, by id."""
    found: dict[str, Measure] = {}
    for name in ("counts", "changes", "shares"):
        for measure, row in declared.declared_yaml(f"factcheck/measures/{name}.yml").items():
            found[measure] = Measure(measure, **row)
    return found
