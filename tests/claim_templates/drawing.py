"""A sentence drawn from the record, true as it is said, and the same made false in one of its facts."""

import calendar
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from claim_templates import english, spanish
from claim_templates.facts import Fact
from claim_templates.record import MODELS, Record
from claim_templates.saying import Said, Say, printed

LANGUAGES = {"en": english, "es": spanish}
FIRST = date(2025, 3, 1)
"""Stories are drawn from here on: before, the program had the same 135 agreements for years."""
TERRITORIES = ("GU", "MP")


@dataclass(frozen=True)
class Drawn:
    """A sentence with its facts; ``false`` is the one that was made wrong, None where all are right."""

    template: str
    language: str
    said: Said
    published: date
    false: Fact | None = None
    how: str = ""


def _ways(template: str, one: Fact, at: int) -> list[str]:
    """How a fact can be made wrong where its sentence says its place, model and day for it alone."""
    if one.shape == "agency":
        return ["place", "model", "day"] if template == "agency" else ["name"]
    ways = ["figure", "figure", "near"]
    own = template in ("single", "two clauses")
    if len(one.states) == 1 and one.shape in ("count", "signed", "share", "rank", "gap", "times"):
        said = own or template in ("each of states", "of the first")
        ways += ["place"] if said or (template == "part of" and at and not one.model) else []
    if one.model and one.shape in ("count", "signed", "share"):
        ways += ["model"] if own or template == "by model" or (template == "part of" and at) else []
    if own and one.shape in ("count", "share") and one.days[-1] != one.published:
        ways.append("day")
    return ways


class Drawing:
    """Draws sentences, the same for the same seed."""

    def __init__(self, record: Record, seed: int) -> None:
        self.record, self.rng = record, random.Random(seed)
        self.days = [day for day in record.days if day >= FIRST]

    def draw(self, template: str, language: str = "en") -> tuple[Drawn, Drawn | None]:
        """A true sentence and, where one of its facts can be made plainly wrong, a false one."""
        facts = self._facts(template)
        seed = self.rng.random()
        true = self._said(template, language, facts, seed)
        at = self.rng.randrange(len(facts))
        wrong = self._wrong(facts[at], self.rng.choice(_ways(template, facts[at], at)))
        if wrong is None or not wrong[0].is_wrong(self.record):
            return true, None
        changed = [*facts]
        changed[at] = wrong[0]
        if len({(one.states, one.model, one.days, one.agency) for one in changed}) < len(changed):
            return true, None
        false = self._said(template, language, changed, seed)
        return true, replace(false, false=wrong[0], how=wrong[1])

    def _said(self, template: str, language: str, facts: list[Fact], seed: float) -> Drawn:
        say = Say(random.Random(seed))
        marked = LANGUAGES[language].SENTENCES[template](say, facts)
        return Drawn(template, language, printed(marked, say.facts), facts[0].published)

    def _facts(self, template: str) -> list[Fact]:
        for _ in range(2000):
            found: list[Fact] | None = getattr(self, "_" + template.replace(" ", "_"))()
            if found and all(one.is_right(self.record) for one in found):
                return found
        raise ValueError(f"no facts for {template}")

    def _day(self) -> tuple[date, date]:
        day = self.rng.choice(self.days)
        if self.rng.random() < 0.4:
            return day, day
        published = min(day + timedelta(self.rng.randrange(2, 60)), self.record.days[-1])
        return day, published

    def _some(self, values: list[str], number: int) -> tuple[str, ...]:
        return tuple(self.rng.sample(values, number)) if len(values) >= number else ()

    def _single(self) -> list[Fact] | None:
        shape = self.rng.choice(["count"] * 5 + ["signed"] * 2 + ["share", "rank", "gap", "times", "growth", "rise"])
        one = getattr(self, f"_a_{shape}")()
        return one and [self._hedged(one)]

    def _a_count(self, day: date | None = None, published: date | None = None) -> Fact | None:
        if day is None or published is None:
            day, published = self._day()
        unit = self.rng.choice(["agreements"] * 4 + ["agencies"] * 3 + ["sheriffs", "police", "states"])
        states: tuple[str, ...] = ()
        if self.rng.random() < 0.7 and unit != "states":
            states = self._some(self.record.states(day, 3)[:25], self.rng.choice([1, 1, 1, 1, 2]))
        model = self.rng.choice([None, None, None, *MODELS])
        value = self.record.count(unit, day, states, model)
        return Fact("count", unit, (day,), published, states, model, value=value) if value else None

    def _a_signed(self) -> Fact | None:
        day, _ = self._day()
        first = day.replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if self.rng.random() < 0.15 and day.year == 2025:
            first, last = date(2025, 1, 1), date(2025, 12, 31)
        published = min(last + timedelta(self.rng.randrange(20, 90)), self.record.days[-1])
        if last > self.record.days[-1] - timedelta(20):
            return None
        unit = self.rng.choice(["agreements", "agreements", "agencies", "sheriffs", "police"])
        states = self._some(self.record.states(published, 5)[:20], 1) if self.rng.random() < 0.5 else ()
        model = self.rng.choice([None, None, *MODELS])
        one = Fact("signed", unit, (first, last), published, states, model)
        (value, *_) = one.right(self.record)
        return replace(one, value=value) if value > 1 else None

    def _a_share(self) -> Fact | None:
        day, published = self._day()
        states, model = self._some(self.record.states(day, 5)[:15], 1), None
        if self.rng.random() < 0.4:
            states, model = (), self.rng.choice(MODELS)
        one = Fact("share", "agreements", (day,), published, states, model)
        value = max(one.right(self.record))
        return replace(one, value=round(value)) if value > 4 else None

    def _a_rank(self) -> Fact | None:
        day, published = self._day()
        states = self._some(self.record.states(day, 3)[:9], 1)
        at, tied = self.record.rank(states[0], day)
        return None if tied or at > 10 else Fact("rank", "agreements", (day,), published, states, value=at)

    def _a_gap(self) -> Fact | None:
        day, published = self._day()
        states = self._some(self.record.states(day, 3)[:20], 2)
        if len(states) < 2:
            return None
        one = Fact("gap", self.rng.choice(["agreements", "agreements", "agencies"]), (day,), published, states[:1],
                   rival=states[1:])  # fmt: skip
        value = self.record.count(one.unit, day, one.states) - self.record.count(one.unit, day, one.rival)
        return replace(one, value=value) if value > 0 else None

    def _a_times(self) -> Fact | None:
        one = self._a_gap()
        if one is None:
            return None
        day = one.days[0]
        value = self.record.count("agreements", day, one.states) / self.record.count("agreements", day, one.rival)
        return replace(one, shape="times", unit="agreements", value=round(value, 1)) if value >= 1.6 else None

    def _a_growth(self) -> Fact | None:
        one = self._ends()
        if one is None:
            return None
        before, after = (self.record.count(one.unit, day, one.states, one.model) for day in one.days)
        return (
            replace(one, shape="growth", value=round(100 * (after - before) / before)) if after > before > 4 else None
        )

    def _a_rise(self) -> Fact | None:
        one = self._ends()
        if one is None:
            return None
        before, after = (self.record.count(one.unit, day, one.states, one.model) for day in one.days)
        return replace(one, shape="rise", value=after - before) if after > before else None

    def _ends(self) -> Fact | None:
        day, published = self._day()
        earlier = [one for one in self.days if one < day - timedelta(40)]
        if not earlier:
            return None
        states = self._some(self.record.states(day, 5)[:15], 1) if self.rng.random() < 0.5 else ()
        unit = self.rng.choice(["agreements", "agreements", "agencies", "sheriffs"])
        return Fact("rise", unit, (self.rng.choice(earlier), day), published, states,
                    self.rng.choice([None, None, None, *MODELS]))  # fmt: skip

    def _two_clauses(self) -> list[Fact] | None:
        day, published = self._day()
        makers = [lambda: self._a_count(day, published), lambda: self._a_count(*self._day_of(published)), self._a_rank,
                  self._a_share]  # fmt: skip
        found = [self._a_count(day, published), self.rng.choice(makers)()]
        if any(one is None for one in found):
            return None
        both = [replace(one, published=published) for one in found if one]
        return both if all(one.days[-1] <= published for one in both) and both[0] != both[1] else None

    def _day_of(self, published: date) -> tuple[date, date]:
        return self.rng.choice([day for day in self.days if day <= published]), published

    def _each_of_states(self) -> list[Fact] | None:
        day, published = self._day()
        states = self._some(self.record.states(day, 4)[:20], self.rng.choice([2, 2, 3, 4]))
        unit = self.rng.choice(["agreements", "agreements", "agencies"])
        model = self.rng.choice([None, None, "TFM", "WSO"])
        found = [Fact("count", unit, (day,), published, (one,), model,
                      value=self.record.count(unit, day, [one], model)) for one in states]  # fmt: skip
        return found if len(found) > 1 and all(one.value > 0 for one in found) else None

    def _part_of(self) -> list[Fact] | None:
        day, published = self._day()
        whole_states = self._some(self.record.states(day, 6)[:15], 1) if self.rng.random() < 0.4 else ()
        whole = Fact("count", "agreements", (day,), published, whole_states,
                     value=self.record.count("agreements", day, whole_states))  # fmt: skip
        if whole_states or self.rng.random() < 0.5:
            states, model = whole_states, self.rng.choice(MODELS)
        else:
            states, model = self._some(self.record.states(day, 6)[:15], self.rng.choice([1, 1, 2, 3])), None
        value = self.record.count("agreements", day, states, model)
        part = replace(whole, states=states, model=model, value=value)
        return [whole, self._hedged(part)] if 1 < value < whole.value else None

    def _two_ends(self) -> list[Fact] | None:
        one = self._ends()
        if one is None:
            return None
        found = [replace(one, shape="count", days=(day,), value=self.record.count(one.unit, day, one.states, one.model))
                 for day in one.days]  # fmt: skip
        return found if 0 < found[0].value < found[1].value else None

    def _by_model(self) -> list[Fact] | None:
        day, published = self._day()
        states = self._some(self.record.states(day, 6)[:20], 1) if self.rng.random() < 0.6 else ()
        models = self.rng.sample(MODELS, self.rng.choice([2, 3]))
        found = [Fact("count", "agreements", (day,), published, states, model,
                      value=self.record.count("agreements", day, states, model)) for model in models]  # fmt: skip
        return found if all(one.value > 1 for one in found) and len({one.value for one in found}) > 1 else None

    def _thresholds(self) -> list[Fact] | None:
        day, published = self._day()
        one = Fact("states", "states", (day,), published, least=self.rng.choice([5, 10, 20, 30, 40, 50, 75, 100, 200]))
        value = self.record.states_above(day, one.least, "agreements")
        return [replace(one, value=value)] if value > 1 else None

    def _of_the_first(self) -> list[Fact] | None:
        found = self._each_of_states()
        if found is None or len(found) != 2 or found[0].unit != "agreements" or found[0].model:
            return None
        return sorted(found, key=lambda one: one.value)

    def _together(self) -> list[Fact] | None:
        day, published = self._day()
        states = self._some(self.record.states(day, 4)[:20], self.rng.choice([2, 3, 4]))
        unit = self.rng.choice(["agreements", "agreements", "agencies"])
        value = self.record.count(unit, day, states)
        one = Fact("count", unit, (day,), published, states, value=value)
        return [self._hedged(one)] if len(states) > 1 else None

    def _agencies(self) -> list[Fact] | None:
        first = self._agency()
        if first is None:
            return None
        one = first[0]
        rows = self.record.ever.filter(
            pl.col("state") == one.states[0], pl.col("signed") == one.days[0], pl.col("model") == one.model,
            pl.col("agency") != one.agency, pl.col("delisted").is_null(), pl.col("first_listed") <= one.published,
        )  # fmt: skip
        if rows.is_empty():
            return None
        return [one, one.of(agency=rows["agency"][self.rng.randrange(rows.height)])]

    def _hedged(self, one: Fact) -> Fact:
        """The same, its number rounded and hedged at times."""
        if one.shape not in ("count", "signed") or one.value < 12 or self.rng.random() < 0.6:
            return one
        step = 10 ** (len(str(int(one.value))) - 2) * self.rng.choice([1, 5])
        low, high = one.value // step * step, -(-one.value // step) * step
        hedge = self.rng.choice(["more", "least", "fewer", "most", "nearly", "about"])
        value = {"more": low, "least": low, "fewer": high, "most": high, "nearly": high}.get(
            hedge, round(one.value / step) * step
        )
        made = replace(one, value=value, hedge=hedge)
        return made if value and made.is_right(self.record) else one

    def _wrong(self, one: Fact, how: str) -> tuple[Fact, str] | None:
        """The fact with its figure changed, or the same figure said of another place, model or day."""
        if how == "name":
            table = self.record.ever.filter(pl.col("state").is_in(one.states), pl.col("model") == one.model)
            names = [name for name in table["agency"].unique().sort().to_list() if len(name) < 45]
            return one.of(agency=self.rng.choice(names)), how
        if how == "place":
            others = [state for state in self.record.states(one.days[-1], 2) if state not in (*one.states, *one.rival)]
            return (one.of(states=(self.rng.choice(others[:20]),)), how) if others else None
        if how == "model":
            return one.of(model=self.rng.choice([model for model in MODELS if model != one.model])), how
        if how == "day":
            before = [day for day in self.days if day <= one.published and abs((day - one.days[0]).days) > 30]
            return (one.of(days=(self.rng.choice(before),)), how) if before else None
        if one.shape == "rank":  # a place is not near by less
            return one.of(value=self.rng.choice([at for at in range(1, 11) if abs(at - one.value) > 1])), how
        return one.of(value=self._other_number(one, near=how == "near")), how

    def _other_number(self, one: Fact, *, near: bool) -> float:
        if near and not one.hedge and one.shape in ("count", "signed", "gap", "rise"):
            return one.value + self.rng.choice([-3, -2, 2, 3, 5, 7]) if one.value > 5 else one.value + 2
        by = self.rng.choice([0.4, 0.6, 1.5, 1.8, 2.4, 3.3])
        if one.hedge in ("more", "least", "nearly"):
            by = max(by, 1 / by)
        elif one.hedge in ("fewer", "most"):
            by = min(by, 1 / by)
        other = one.value * by
        return round(other, 1) if one.shape == "times" else float(max(1, round(other)))

    def _agency(self) -> list[Fact] | None:
        table = self.record.ever.filter(pl.col("signed") >= FIRST, pl.col("agency").str.len_chars() < 45)
        row = table.row(self.rng.randrange(table.height), named=True)
        published = min(row["signed"] + timedelta(self.rng.randrange(15, 200)), self.record.days[-1])
        if row["delisted"] or row["first_listed"] is None or row["first_listed"] > published:
            return None
        return [Fact("agency", "agreements", (row["signed"],), published, (row["state"],), row["model"],
                     agency=row["agency"])]  # fmt: skip
