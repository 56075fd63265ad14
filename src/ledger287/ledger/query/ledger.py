"""Questions to a record: the program on a day, what changed, one agency, where a value was printed.

``on`` asks for the day a thing was true, ``known_on`` for what the lists published by the end of a day
could tell. Days are US Eastern. Answers rest on one list, which they name.
"""

import warnings
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal, overload

import polars as pl

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.core.problem import Refused
from ledger287.core.time import day_of, end_of_day, joined
from ledger287.ledger.fold.changes import CHANGE_COLUMNS, KINDS
from ledger287.ledger.query.answers import AgencyAnswer, ListRef, PastNewestList, SourceAnswer, Status
from ledger287.ledger.store.folder import Stored

if TYPE_CHECKING:
    import duckdb

    from ledger287.ledger.query.past import Past

MODELS = tuple(code.code for code in declared.models())


class Ledger:
    """A record, open for questions. ``today`` gives the Eastern day taken where none is asked for."""

    def __init__(self, stored: Stored, today: Callable[[], date]) -> None:
        self.stored, self.today = stored, today

    @cached_property
    def past(self) -> "Past | None":
        """The program before the first list; None where the record begins later than ICE's lists do."""
        from ledger287.ledger.query.past import past_of

        return past_of(self)

    def _past_for(self, on: date, known_on: date | None) -> "Past | None":
        """The past where a question is of it: the lists answer for every day since their first."""
        first = next(iter(self._accepted["participating"][0]), None)
        if first is None or first <= _bound(on, known_on) or self.past is None:
            return None
        return self.past if self.past.covers(on, known_on) else None

    # -- tables ------------------------------------------------------------------------------------

    def table(self, name: str) -> pl.DataFrame:
        """One of the record's tables, whole (see docs/record.md)."""
        return self.stored.read(name)

    @cached_property
    def _lists(self) -> pl.DataFrame:
        return self.table("lists").with_columns(
            day=pl.col("published_at").dt.convert_time_zone("America/New_York").dt.date()
        )

    @cached_property
    def _agencies(self) -> pl.DataFrame:
        return self.table("agencies")

    def _agencies_known(self, known_on: date | None) -> pl.DataFrame:
        """Agencies, each with its name as the lists known by the end of a day printed it last."""
        if known_on is None:
            return self._agencies
        lists = self._lists.filter(pl.col("accepted"), pl.col("published_at") <= end_of_day(known_on)).select("list")
        told = (
            self.stored.scan("rows")
            .join(lists.lazy(), on="list", how="semi")
            .group_by("print")
            .agg(first_list=pl.col("list").min(), last_list=pl.col("list").max())
            .join(self.stored.scan("prints"), on="print")
            .sort("last_list", "first_list", "print")
            .group_by("agency_id")
            .agg(name=pl.col("agency_printed").last().str.replace_all(r"\s+", " ").str.strip_chars())
            .collect()
        )
        return self._agencies.drop("name").join(told, on="agency_id")

    @cached_property
    def statements(self) -> pl.DataFrame:
        """Every run of the history with what it states; one row a run, agreements by id."""
        prints = self.table("prints").select(
            "print",
            "agency_id",
            pl.col("agency_printed").str.replace_all(r"\s+", " ").str.strip_chars().alias("agency"),
            "county",
            "type",
            "model",
            "signed",
            "moa",
            "moa_awaited",
            "addendum",
        )
        return (
            self.table("history")
            .join(prints, on="print", how="left", maintain_order="left")
            .join(self._agencies.select("agency_id", "state"), on="agency_id", how="left", maintain_order="left")
            .select(
                "agreement_id",
                "agency_id",
                "agency",
                "state",
                "county",
                "type",
                "model",
                "signed",
                "moa",
                "moa_awaited",
                "addendum",
                "print",
                "times",
                "first_list",
                "last_list",
            )
            .sort("state", "agency", "model", "signed", "agreement_id")
        )

    @cached_property
    def _accepted(self) -> dict[str, tuple[list[datetime], list[dict[str, Any]]]]:
        """Accepted lists of each kind: their publication times, and their rows, in order."""
        found: dict[str, tuple[list[datetime], list[dict[str, Any]]]] = {
            "participating": ([], []),
            "pending": ([], []),
        }
        for row in self._lists.filter(pl.col("accepted")).iter_rows(named=True):
            times, rows = found[row["kind"]]
            times.append(row["published_at"])
            rows.append(row)
        return found

    def _newest(self, kind: str, bound: datetime) -> dict[str, Any] | None:
        times, rows = self._accepted[kind]
        place = bisect_right(times, bound)
        return rows[place - 1] if place else None

    def _participating(self, on: date, known_on: date | None) -> dict[str, Any]:
        found = self._newest("participating", _bound(on, known_on))
        if found is None:
            first = self._accepted["participating"][1][0]["day"]
            raise Refused(f"no list was published by {min(on, known_on or on)}; the record begins on {first}.")
        return found

    # -- the edge of the record ----------------------------------------------------------------------

    def newest_day(self, known_on: date | None = None, *, kind: str = "participating") -> date | None:
        """The Eastern day of the newest accepted list of a kind, of those published by the end of a day."""
        found = self._newest(kind, end_of_day(known_on or date.max))
        return found["day"] if found else None

    def cannot_tell_after(
        self, until: date, known_on: date | None = None, *, kind: str = "participating"
    ) -> date | None:
        """The day of the newest list of a kind where ``until`` is after it, else None: no list is not no event.

        Changes of the kinds ``pended`` and ``pending_dropped`` are known from lists of the kind ``pending``.
        """
        newest = self.newest_day(known_on, kind=kind)
        return newest if newest and newest < until else None

    def _warn_past(self, until: date, known_on: date | None, level: int = 4) -> None:
        if after := self.cannot_tell_after(until, known_on):
            warnings.warn(
                f"cannot tell after {after}: the newest list is of that day", PastNewestList, stacklevel=level
            )

    # -- questions ---------------------------------------------------------------------------------

    def status(
        self,
        on: date | None = None,
        *,
        known_on: date | None = None,
        state: str | None = None,
        model: str | None = None,
    ) -> Status:
        """The program on a day: by the newest accepted participating list published by its end."""
        day = on or self.today()
        if past := self._past_for(day, known_on):
            return past.status(day, known_on, state, model)
        state, model = read_state(state), read_model(model)
        found = self._participating(day, known_on)
        rows = self._on_list(found["list"], state, model)
        states = {code.code for code in declared.states()}
        by_state = dict(rows.group_by("state").agg(pl.col("agreement_id").n_unique()).sort("state").iter_rows())
        by_model = dict(rows.group_by("model").agg(pl.col("agreement_id").n_unique()).iter_rows())
        pending, pending_list = self._pending(day, known_on, state, model)
        return Status(
            day,
            _ref(found, day),
            int(rows["times"].sum()) if state or model else found["rows"],
            rows["agreement_id"].n_unique(),
            rows["agency_id"].n_unique(),
            len(by_state.keys() & states),
            len(by_state.keys() - states),
            {code: by_model.get(code, 0) for code in MODELS if model in (None, code)},
            by_state,
            pending,
            pending_list,
            known_on,
            state,
            model,
            self.cannot_tell_after(day, known_on),
        )

    def _on_list(self, number: int, state: str | None, model: str | None) -> pl.DataFrame:
        rows = self.statements.filter(pl.col("first_list") <= number, pl.col("last_list") >= number)
        if state:
            rows = rows.filter(pl.col("state") == state)
        return rows.filter(pl.col("model") == model) if model else rows

    def _pending(
        self, day: date, known_on: date | None, state: str | None, model: str | None
    ) -> tuple[int | None, ListRef | None]:
        found = self._newest("pending", _bound(day, known_on))
        limit = timedelta(days=declared.limits()["known_list_age"]["pending_days"])
        if found is None:
            return None, None
        if day - found["day"] > limit:
            return None, _ref(found, day)
        rows = (
            self.stored.scan("rows")
            .filter(pl.col("list") == found["list"])
            .join(self.stored.scan("prints").select("print", "agency_id", "model"), on="print")
            .join(self.stored.scan("agencies").select("agency_id", "state"), on="agency_id")
            .unique(["agency_id", "model"])
            .collect()
        )
        if state:
            rows = rows.filter(pl.col("state") == state)
        if model:
            rows = rows.filter(pl.col("model") == model)
        return rows.height, _ref(found, day)

    @overload
    def as_of(
        self, on: date | None = None, *, known_on: date | None = None, engine: Literal["polars"] = "polars"
    ) -> pl.DataFrame: ...
    @overload
    def as_of(
        self, on: date | None = None, *, known_on: date | None = None, engine: Literal["duckdb"]
    ) -> "duckdb.DuckDBPyRelation": ...
    def as_of(
        self,
        on: date | None = None,
        *,
        known_on: date | None = None,
        engine: Literal["polars", "duckdb"] = "polars",
    ) -> "pl.DataFrame | duckdb.DuckDBPyRelation":
        """The agreements on a day, one row each: as polars, or as a DuckDB relation.

        Columns: agreement_id, agency_id, agency (as printed then, trimmed), state, county, type, model,
        signed, moa, moa_awaited, addendum, times (how often the list prints it). Warns (PastNewestList)
        where the day is after the newest list.
        """
        if past := self._past_for(on or self.today(), known_on):
            then = past.as_of(on or self.today(), known_on)
            return self.duckdb.from_arrow(then.to_arrow()) if engine == "duckdb" else then
        number = self._participating(on or self.today(), known_on)["list"]
        self._warn_past(on or self.today(), known_on, 3)
        if engine == "duckdb":
            return self.duckdb.sql(
                "select distinct on (agreement_id) * exclude (print, first_list, last_list) "
                "replace (sum(times) over (partition by agreement_id)::integer as times) from statements "
                f"where first_list <= {int(number)} and last_list >= {int(number)} order by agreement_id"
            )
        rows = self._on_list(number, None, None).drop("print", "first_list", "last_list")
        return rows.with_columns(pl.col("times").sum().over("agreement_id")).unique(
            "agreement_id", keep="first", maintain_order=True
        )

    @cached_property
    def duckdb(self) -> "duckdb.DuckDBPyConnection":
        """A DuckDB connection, in memory, with every table as a view and ``statements`` as a table."""
        import duckdb

        from ledger287.ledger.store.tables import TABLES

        connection = duckdb.connect()

        for table in TABLES:
            path = str(self.stored.path(table.name)).replace("'", "''")
            connection.execute(f"create view {table.name} as select * from read_parquet('{path}')")
        connection.execute(
            "create table statements as select h.agreement_id, p.agency_id, "
            "trim(regexp_replace(p.agency_printed, '\\s+', ' ', 'g')) as agency, a.state, p.county, p.type, "
            "p.model, p.signed, p.moa, p.moa_awaited, p.addendum, h.print, h.times, h.first_list, h.last_list "
            "from history h join prints p using (print) join agencies a using (agency_id)"
        )
        return connection

    def changes(
        self,
        since: date,
        until: date | None = None,
        *,
        state: str | None = None,
        model: str | None = None,
        kinds: Sequence[str] = (),
        known_on: date | None = None,
    ) -> pl.DataFrame:
        """What changed from one day to another, both included; one row a change, earliest first.

        Columns: day, kind, agency_id, agency, state, model, agreement_id, other_id, field, before, after,
        last_list, first_list (file names), known_from. Warns (PastNewestList) where days are after the
        newest list: of those the table says nothing (see ``cannot_tell_after``).
        """
        state, model = read_state(state), read_model(model)
        until = until or self.today()
        if until < since:
            raise Refused(f"--until {until} is before --since {since}; swap the two days.")
        self._warn_past(until, known_on)
        found = self.table("changes").filter(pl.col("day").is_between(since, until))
        if known_on:
            bound = end_of_day(known_on)
            found = found.filter(
                pl.col("known_from") <= bound,
                pl.col("withdrawn_at").is_null() | (pl.col("withdrawn_at") > bound),
            )
        else:
            found = found.filter(pl.col("withdrawn_at").is_null())
        names = self._agencies_known(known_on).select("agency_id", "state", agency="name")
        found = found.join(names, on="agency_id", maintain_order="left")
        if kinds:
            found = found.filter(pl.col("kind").is_in(read_kinds(kinds)))
        if state:
            found = found.filter(pl.col("state") == state)
        if model:
            found = found.filter(pl.col("model") == model)
        order = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS)})
        found = found.sort("day", "known_from", "state", "agency", "model", order, "field", maintain_order=True)
        files = dict(self._lists.select("list", "file").iter_rows())
        named = pl.col("last_list", "first_list").replace_strict(files, default=None, return_dtype=pl.String)
        return found.with_columns(named).select(CHANGE_COLUMNS)

    def agency(self, query: str, *, state: str | None = None, known_on: date | None = None) -> AgencyAnswer:
        """One agency by its id or by any spelling ever printed. Raises Refused with the closest names."""
        from ledger287.ledger.query.lookup import agency_answer, find_agency

        return agency_answer(self, find_agency(self, query, read_state(state)), known_on)

    def lists(self, *, set_aside: bool = False) -> pl.DataFrame:
        """Every list in the order of publication: file, kind, time, rows, verdict and reason."""
        found = self._lists.filter(~pl.col("accepted")) if set_aside else self._lists
        return found.select(
            "file",
            "sha256",
            "kind",
            "day",
            "published_at",
            "published_basis",
            "rows",
            "agreements",
            pl.when("accepted").then(pl.lit("accepted")).otherwise(pl.lit("set aside")).alias("verdict"),
            "rule",
            "reason",
        )

    def list_rows(self, file: str) -> pl.DataFrame:
        """The rows of one list as printed, by file name or the beginning of its sha256."""
        from ledger287.ledger.query.lookup import list_rows

        return list_rows(self, file)

    def source(self, agreement_id: str, *, field: str | None = None) -> tuple[SourceAnswer, ...]:
        """Where each value of an agreement was printed, first and last, and what reading changed it."""
        from ledger287.ledger.query.lookup import source_answers

        return source_answers(self, agreement_id, field)

    def growth(self) -> pl.DataFrame:
        """Agreements by model on each accepted participating list. Columns: day, list, JEM, WSO, TFM."""
        lists = self._lists.filter(pl.col("accepted"), pl.col("kind") == "participating").select("list", "day")
        runs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        told = self.statements.select("model", "agreement_id", "first_list", "last_list")
        for model, agreement_id, first, last in told.iter_rows():
            runs[model, agreement_id].append((first, last))
        numbers = lists["list"].to_list()
        steps = {model: [0] * (len(numbers) + 1) for model in MODELS}
        for (model, _), its in runs.items():
            for first, last in joined(its) if model in steps else ():
                steps[model][bisect_left(numbers, first)] += 1
                steps[model][bisect_right(numbers, last)] -= 1
        return lists.with_columns(
            pl.Series(model, list(accumulate(steps[model]))[:-1], dtype=pl.Int32) for model in MODELS
        )


def _bound(on: date, known_on: date | None) -> datetime:
    return end_of_day(min(on, known_on) if known_on else on)


def _ref(row: dict[str, Any], day: date) -> ListRef:
    return ListRef(row["file"], row["published_at"], row["sha256"], (day - day_of(row["published_at"])).days)


def read_state(text: str | None) -> str | None:
    """A state as people type it, by code or name -> its code. Raises Refused with the closest ones."""
    if text is None:
        return None
    codes = declared.states() + declared.territories()
    for code in codes:
        if bare(text) in (bare(code.code), bare(code.name)):
            return code.code
    from rapidfuzz import process

    near = process.extract(text, [code.name for code in codes], limit=3)
    offers = ", ".join(f"{name} ({next(c.code for c in codes if c.name == name)})" for name, *_ in near)
    raise Refused(f"no state or territory {text!r}. Did you mean: {offers}?")


def read_model(text: str | None) -> str | None:
    """A model as people type it, by code or name -> its code."""
    if text is None:
        return None
    for code in declared.models():
        if bare(text) in (bare(code.code), bare(code.name)):
            return code.code
    raise Refused(f"no model {text!r}. Expected one of: {', '.join(MODELS)}.")


def read_kinds(kinds: Sequence[str]) -> list[str]:
    """Kinds of change as people type them; a hyphen stands for an underscore."""
    wanted = [kind.strip().lower().replace("-", "_") for kind in kinds]
    for kind in wanted:
        if kind not in KINDS:
            raise Refused(f"no kind of change {kind!r}. Expected one of: {', '.join(KINDS)}.")
    return wanted
