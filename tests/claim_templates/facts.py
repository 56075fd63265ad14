"""What a sentence says: a number of something, somewhere, at some time; its true values, and those of any reading."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from claim_templates.record import MODELS, Record, counted

UNITS = ("agreements", "agencies", "sheriffs", "police", "counties")


@dataclass(frozen=True)
class Fact:
    """A figure as it is said, with what it is of. ``shape``: count, signed, share, growth, rise, gap, times, rank,
    or total; ``days``: the day; for what happened, or changed, the first and the last. ``rival``: what it is
    compared with.
    """

    shape: str
    unit: str
    days: tuple[date, ...]
    published: date
    states: tuple[str, ...] = ()
    model: str | None = None
    rival: tuple[str, ...] = ()
    value: float = 0
    hedge: str = ""
    agency: str = ""
    least: int = 0

    def right(self, record: Record) -> set[float]:
        """The values that it has by its plain reading."""
        return self._values(record, self.unit, self.model, 1, 0)

    def possible(self, record: Record) -> set[float]:
        """The values that it has by any reading that a reader may make: other units, models, lists near its days."""
        units = UNITS if self.unit in UNITS else (self.unit,)
        models = (self.model,) if self.model else (None, *MODELS)
        found: set[float] = set()
        for unit in units:
            for model in models if self.shape in ("count", "signed") else (self.model,):
                found |= self._values(record, unit, model, 10, 10)
        return found

    def _values(self, record: Record, unit: str, model: str | None, before: int, after: int) -> set[float]:
        first, last = self.days[0], self.days[-1]

        def on(day: date, states: tuple[str, ...] = self.states, under: str | None = model) -> int:
            return record.count(unit, day, states, under)

        ends = record.around(last, before, after) if (before > 1) else [last - timedelta(1), last]
        ends = [day for day in ends if record.days[0] <= day]
        if self.shape == "count":
            return {float(on(day)) for day in ends}
        if self.shape == "states":
            counts = UNITS[:2] if before > 1 else UNITS[:1]
            return {float(record.states_above(day, self.least, one)) for day in ends for one in counts}
        if self.shape == "signed":
            return self._signed(record, unit, model, before)
        if self.shape == "share":
            whole = [(day, on(day, (), None)) for day in ends]
            found = {100 * on(day) / all_ for day, all_ in whole if all_}
            if self.states and model:
                found |= {100 * on(day) / on(day, (), model) for day in ends if on(day, (), model)}
                found |= {100 * on(day) / on(day, self.states, None) for day in ends if on(day, self.states, None)}
            return found
        if self.shape == "gap":
            return {float(on(day) - on(day, self.rival)) for day in ends}
        if self.shape == "times":
            return {on(day) / on(day, self.rival) for day in ends if on(day, self.rival)}
        if self.shape == "rank":
            return {float(record.rank(self.states[0], day, unit)[0]) for day in ends} if unit in UNITS[:2] else set()
        starts = record.around(first, before, after) if before > 1 else [first - timedelta(1), first]
        pairs = [(on(start), on(end)) for start in starts for end in ends if start >= record.days[0]]
        if self.shape == "rise":
            return {float(two - one) for one, two in pairs}
        return {100 * (two - one) / one for one, two in pairs if one}

    def _signed(self, record: Record, unit: str, model: str | None, before: int) -> set[float]:
        first, last = self.days[0], self.days[-1]
        known = [self.published] if before == 1 else [last + timedelta(3), self.published]
        tables = [record.signed(first, last, day) for day in known]
        if before > 1:
            listed = record.ever.filter(pl.col("first_listed").is_between(first, last))
            tables.append(listed)
        found = set()
        there = pl.col("state").is_in(self.states) if self.states else pl.lit(True)
        under = pl.col("model") == model if model else pl.lit(True)
        for table in tables:
            found.add(float(counted(unit, table.filter(there, under))))
        return found

    def is_right(self, record: Record) -> bool:
        """Whether it is right as said, by its plain reading."""
        if self.shape == "agency":
            return True
        return any(fits(self.value, self.hedge, one, self.shape) for one in self.right(record))

    def is_wrong(self, record: Record) -> bool:
        """Whether it is wrong by every reading, beyond every hedge."""
        if self.shape == "agency":
            return not self._of_agency(record)
        found = self.possible(record)
        return bool(found) and all(misses(self.value, self.hedge, one, self.shape) for one in found)

    def _of_agency(self, record: Record) -> bool:
        """Whether an agency of a name alike in the state signed such an agreement within two months of the day."""
        day, words = self.days[0], self.agency.split()
        near = pl.col("signed").is_between(day - timedelta(60), day + timedelta(60))
        alike = pl.col("agency").str.starts_with(words[0])
        rows = record.ever.filter(pl.col("state").is_in(self.states), pl.col("model") == self.model, near, alike)
        return rows.height > 0

    def of(self, **other: object) -> "Fact":
        """The same figure, said of something else."""
        return replace(self, **other)  # type: ignore[arg-type]


def fits(said: float, hedge: str, value: float, shape: str) -> bool:
    """Whether a number is right as said for a value."""
    if hedge in ("more", "least"):
        return value > said if hedge == "more" else value >= said
    if hedge in ("fewer", "most"):
        return value < said if hedge == "fewer" else value <= said
    if hedge == "nearly":
        return 0.97 * said <= value < said
    if hedge == "about":
        return abs(value - said) <= 0.03 * value
    return abs(value - said) <= (0.5 if shape in ("share", "growth") else 0.05 if shape == "times" else 0)


def misses(said: float, hedge: str, value: float, shape: str) -> bool:
    """Whether a number is wrong for a value, however it is rounded."""
    if hedge in ("more", "least"):
        return value < 0.8 * said - 1
    if hedge in ("fewer", "most"):
        return value > 1.25 * said + 1
    if hedge == "nearly":
        return value > 1.1 * said or value < 0.75 * said
    if hedge == "about":
        return abs(value - said) > 0.25 * max(value, said)
    if shape in ("share", "growth"):
        return abs(value - said) > max(2, 0.12 * abs(value))
    if shape == "times":
        return abs(value - said) > max(0.6, 0.3 * value)
    round_ = said >= 100 and said % 50 == 0
    return abs(value - said) > (0.1 * said if round_ else 0)
