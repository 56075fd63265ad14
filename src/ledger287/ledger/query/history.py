"""The history of a record: its lists in order, the runs of its agreements, and every count made of them.

What enters: the tables of a record. What leaves: ``History``, the only place that turns runs into counts. Others ask
it: status and growth, what is checked against a story, charts, pages, the rules, the audit of custody.

A run is an agreement printed alike from one list to another. Lists are named by their number in the record; their
*place* counts the accepted lists of one kind from 0, in the order of publication. Promise: a count is of different
names, however many runs or rows of a list print one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

import polars as pl

from ledger287.core import declared
from ledger287.core.time import end_of_day, joined
from ledger287.ledger.query.answers import ListRef

Kind = Literal["participating", "pending"]
Span = tuple[int, int]
"""Places of the first and the last list, both included."""

MODELS = tuple(code.code for code in declared.models())


@dataclass(frozen=True, slots=True)
class _Of:
    """A column of ``statements``: the table and column it is from; ``squeezed`` has single inner spaces, no outer."""

    name: str
    table: str
    column: str = ""
    squeezed: bool = False

    @property
    def polars(self) -> pl.Expr:
        """It as a polars expression."""
        found = pl.col(self.column or self.name)
        return (found.str.replace_all(r"\s+", " ").str.strip_chars() if self.squeezed else found).alias(self.name)

    @property
    def sql(self) -> str:
        """It as SQL."""
        found = f"{self.table}.{self.column or self.name}"
        return f"trim(regexp_replace({found}, '\\s+', ' ', 'g')) as {self.name}" if self.squeezed else found


STATEMENTS = (
    _Of("agreement_id", "history"),
    _Of("agency_id", "prints"),
    _Of("agency", "prints", "agency_printed", squeezed=True),
    _Of("state", "agencies"),
    _Of("county", "prints"),
    _Of("type", "prints"),
    _Of("model", "prints"),
    _Of("signed", "prints"),
    _Of("moa", "prints"),
    _Of("moa_awaited", "prints"),
    _Of("addendum", "prints"),
    _Of("print", "history"),
    _Of("times", "history"),
    _Of("first_list", "history"),
    _Of("last_list", "history"),
)
"""What a run states, declared once: for polars (``statements``) and for DuckDB (``STATEMENTS_SQL``)."""
ORDER = ("state", "agency", "model", "signed", "agreement_id", "first_list", "print")

STATEMENTS_SQL = (
    f"select {', '.join(column.sql for column in STATEMENTS)} from history "
    "join prints on prints.print = history.print join agencies on agencies.agency_id = prints.agency_id "
    f"order by {', '.join(f'{name} nulls first' for name in ORDER)}"
)
AS_OF_SQL = (
    "select distinct on (agreement_id) * exclude (first_list, last_list, print) "
    "replace (sum(times) over (partition by agreement_id)::integer as times) from statements "
    "where first_list <= {number} and last_list >= {number} order by agreement_id, rowid"
)
"""The agreements on a list, one row each, the first in the order of ``statements``."""


def statements(history: pl.DataFrame, prints: pl.DataFrame, agencies: pl.DataFrame) -> pl.DataFrame:
    """Every run of the history with what it states; one row a run, agreements by id."""
    of_prints = [column.polars for column in STATEMENTS if column.table == "prints"]
    return (
        history.join(prints.select("print", *of_prints), on="print", how="left", maintain_order="left")
        .join(agencies.select("agency_id", "state"), on="agency_id", how="left", maintain_order="left")
        .select(column.name for column in STATEMENTS)
        .sort(ORDER)
    )


class DatedList(NamedTuple):
    """An accepted list: its number, its kind, when it was published and on which Eastern day, and its rows."""

    number: int
    kind: str
    published_at: datetime
    day: date
    file: str
    sha256: str
    rows: int


class ListedRun(NamedTuple):
    """An agreement printed alike from one list to another, by their places; ``times`` are its rows on each.

    ``name`` is the agency as printed; ``model`` is empty where what ICE printed is not a model.
    """

    agreement_id: str
    agency_id: str
    name: str
    state: str
    model: str
    signed: date | None
    first: int
    last: int
    times: int


class History:
    """The lists and runs of one record. Each part is made when it is first needed, and kept."""

    def __init__(self, lists: pl.DataFrame, statements: Callable[[], pl.DataFrame]) -> None:
        """``lists`` is the record's table with the ``day`` of each; ``statements`` gives that of this module."""
        self._lists, self._statements = lists, statements

    # -- lists -------------------------------------------------------------------------------------

    @cached_property
    def _accepted(self) -> dict[str, tuple[list[datetime], tuple[DatedList, ...]]]:
        columns = ("list", "kind", "published_at", "day", "file", "sha256", "rows")
        found: dict[str, list[DatedList]] = {"participating": [], "pending": []}
        for listed in map(DatedList._make, self._lists.filter("accepted").select(columns).rows()):
            found[listed.kind].append(listed)
        return {kind: ([one.published_at for one in lists], tuple(lists)) for kind, lists in found.items()}

    def lists(self, kind: Kind = "participating") -> tuple[DatedList, ...]:
        """The accepted lists of a kind, by place."""
        return self._accepted[kind][1]

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the accepted participating lists, by place."""
        return [one.number for one in self.lists()]

    @cached_property
    def days(self) -> list[date]:
        """Their Eastern days."""
        return [one.day for one in self.lists()]

    @property
    def times(self) -> list[datetime]:
        """When they were published."""
        return self._accepted["participating"][0]

    def known(self, on: date | None, known_on: date | None = None, kind: Kind = "participating") -> int:
        """How many lists of a kind were published by the end of a day, and of the day on which that was known."""
        days = [day for day in (on, known_on) if day]
        times = self._accepted[kind][0]
        return bisect_right(times, end_of_day(min(days))) if days else len(times)

    def newest(self, on: date | None, known_on: date | None = None, kind: Kind = "participating") -> DatedList | None:
        """The newest list of a kind by then; None where there was none."""
        count = self.known(on, known_on, kind)
        return self.lists(kind)[count - 1] if count else None

    # -- runs --------------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> tuple[ListedRun, ...]:
        """Every run that is on an accepted participating list, in the order of ``statements``."""
        facts = ("agreement_id", "agency_id", "agency", "state", "model", "signed")
        rows = self._statements().select(*facts, "first_list", "last_list", "times").iter_rows()
        found = []
        for agreement_id, agency_id, name, state, model, signed, first, last, times in rows:
            if span := self.span(first, last):
                found.append(ListedRun(agreement_id, agency_id, name, state, model or "", signed, *span, times))
        return tuple(found)

    def span(self, first: int, last: int) -> Span | None:
        """The places of the lists from one number to another; None where no accepted one is among them."""
        found = bisect_left(self.numbers, first), bisect_right(self.numbers, last) - 1
        return found if found[0] <= found[1] else None

    def on_list(self, number: int, state: str | None = None, model: str | None = None) -> pl.DataFrame:
        """The runs that a list prints, of a state and a model where they are named."""
        rows = self._statements().filter(pl.col("first_list") <= number, pl.col("last_list") >= number)
        if state:
            rows = rows.filter(pl.col("state") == state)
        return rows.filter(pl.col("model") == model) if model else rows

    # -- counts ------------------------------------------------------------------------------------

    def counted(self, names: Iterable[tuple[Hashable, int, int]]) -> list[int]:
        """How many different names are on each list, for names with the first and last place of each run."""
        return counted(names, len(self.numbers))

    def rows(self, runs: Iterable[ListedRun]) -> list[int]:
        """How many rows each list prints of some runs."""
        return stacked(((run.first, run.last, run.times) for run in runs), len(self.numbers))

    def by_model(self) -> dict[str, list[int]]:
        """Agreements of each model on each list."""
        return {
            model: self.counted((run.agreement_id, run.first, run.last) for run in self.runs if run.model == model)
            for model in MODELS
        }


def counted(names: Iterable[tuple[Hashable, int, int]], size: int) -> list[int]:
    """How many different names cover each of ``size`` places, for names with spans that may overlap."""
    spans: dict[Hashable, list[Span]] = defaultdict(list)
    for name, first, last in names:
        spans[name].append((first, last))
    return stacked(((*span, 1) for each in spans.values() for span in joined(each)), size)


def stacked(spans: Iterable[tuple[int, int, int]], size: int) -> list[int]:
    """The total at each of ``size`` places, for spans that each have a number; what is past them is left out."""
    steps = [0] * (size + 1)
    for first, last, number in spans:
        if first < size:
            steps[first] += number
            steps[min(last + 1, size)] -= number
    return list(accumulate(steps[:-1]))


def levels(spans: Iterable[Span]) -> Iterator[tuple[int, int, int]]:
    """Spans that may overlap -> stretches (first, last, how many spans cover it), without those that none covers."""
    steps: Counter[int] = Counter()
    for first, last in spans:
        steps[first] += 1
        steps[last + 1] -= 1
    count, start = 0, 0
    for place in sorted(steps):
        if not steps[place]:
            continue
        if count:
            yield start, place - 1, count
        count, start = count + steps[place], place


def reference(listed: DatedList, day: date) -> ListRef:
    """A list as an answer names it, with its age on a day."""
    return ListRef(listed.file, listed.published_at, listed.sha256, (day - listed.day).days)
