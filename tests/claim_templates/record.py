"""Counts of the record's flat table, for a day, places, a model and a kind of agency: apart from the checker's."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache

import polars as pl

import ledger287

KINDS = {"sheriffs": ["county_sheriff"], "police": ["municipal_police"]}
"""The kinds of agency that a unit counts, by the record's table of jurisdictions."""
UNITS = {"agreements": "agreement_id", "states": "state", "counties": "county_fips"}
"""The column of what a unit counts; of others that of the agency."""
MODELS = ("JEM", "WSO", "TFM")


class Record:
    """The agreements in force on any day, and those signed on any days."""

    def __init__(self) -> None:
        self.ledger = ledger287.open()
        self.days = sorted(set(self.ledger.dated_lists.filter(pl.col("accepted"))["day"].to_list()))
        self._count = lru_cache(maxsize=None)(self._counted)

    @cached_property
    def ever(self) -> pl.DataFrame:
        """Every agreement of the lists since 2021, with its day of signing."""
        return ledger287.agreements(self.ledger, ever=True)

    @lru_cache(maxsize=600)  # noqa: B019 - one record for all of a run's tests
    def frame(self, day: date) -> pl.DataFrame:
        """The agreements in force on a day."""
        found = ledger287.agreements(self.ledger, day)
        return found.select("agreement_id", "agency_id", "agency", "state", "county", "county_fips", "model", "kind",
                            "signed", "type")  # fmt: skip

    def count(self, unit: str, day: date, states: Iterable[str] = (), model: str | None = None) -> int:
        """How many of a unit there were on a day, in some states and under a model where they are given."""
        return self._count(unit, day, tuple(states), model)

    def _counted(self, unit: str, day: date, states: tuple[str, ...], model: str | None) -> int:
        its = self._those(unit, day)
        return len(set().union(*(its.get((state, model), ()) for state in states or (None,))))

    @cache  # noqa: B019 - as above
    def _those(self, unit: str, day: date) -> dict[tuple[str | None, str | None], set[str]]:
        """What a unit counts on a day, by state and model, and of all of them: thousands of counts are of one day."""
        found: defaultdict[tuple[str | None, str | None], set[str]] = defaultdict(set)
        rows = of_unit(unit, self.frame(day)).select(
            "state", "model", pl.col(UNITS.get(unit, "agency_id")).alias("one")
        )
        for state, model, one in rows.iter_rows():
            for key in ((state, model), (state, None), (None, model), (None, None)):
                found[key].add(one)
        return dict(found)

    def between(self, first: date, last: date) -> list[date]:
        """The days of lists in a stretch, with the last one before it."""
        before = [day for day in self.days if day < first]
        return before[-1:] + [day for day in self.days if first <= day <= last]

    def around(self, day: date, before: int = 10, after: int = 10) -> list[date]:
        """The days of the lists near a day."""
        return self.between(day - timedelta(before), day + timedelta(after))

    def signed(self, first: date, last: date, known_on: date) -> pl.DataFrame:
        """The agreements signed on some days, by the days that the lists known on a day print."""
        ids = [one for one, day in self.ledger.signing_days(known_on).items() if first <= day <= last]
        return self.ever.filter(pl.col("agreement_id").is_in(ids))

    def states(self, day: date, least: int = 1) -> list[str]:
        """The states with so many agreements on a day, those with the most first."""
        rows = self.frame(day).group_by("state").len().sort(["len", "state"], descending=[True, False])
        return [state for state, number in rows.iter_rows() if number >= least and state not in ("GU", "MP")]

    def states_above(self, day: date, least: int, unit: str) -> int:
        """How many states have more than so many."""
        return sum(self.count(unit, day, [state]) > least for state in self.states(day))

    def rank(self, state: str, day: date, unit: str = "agreements") -> tuple[int, bool]:
        """A state's place by what it has on a day, and whether another one has as many."""
        own = self.count(unit, day, [state])
        others = [self.count(unit, day, [one]) for one in self.states(day) if one != state]
        return 1 + sum(one > own for one in others), own in others


def of_unit(unit: str, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of a table of agreements that have what a unit counts."""
    if unit == "states":
        return found.filter(~pl.col("state").is_in(["GU", "MP"]))
    if unit == "counties":
        return found.filter(pl.col("county_fips").is_not_null())
    return found.filter(pl.col("kind").is_in(KINDS[unit])) if unit in KINDS else found


def counted(unit: str, found: pl.DataFrame) -> int:
    """How many of a unit a table of agreements has."""
    return of_unit(unit, found)[UNITS.get(unit, "agency_id")].n_unique()
