"""Questions that the lists of one store answer: the program on a day, what changed, an agency, a printed value.

What enters: an open store. What leaves: answers that rest on one list each, which they name. A record has two stores,
the lists since 2021 and the pages before; ``Ledger`` joins them. ``on`` is the day a thing was true, ``known_on`` the
end of the day until which lists count as published. Days are US Eastern.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, overload

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import format_date
from ledger287.core.time import Day, as_day, end_of_day, needed_day
from ledger287.ledger.fold.changes import CHANGE_COLUMNS, KINDS
from ledger287.ledger.query.answers import AgencyAnswer, ListRef, SourceAnswer, Status
from ledger287.ledger.query.history import AS_OF_SQL, MODELS, DatedList, Kind, reference
from ledger287.ledger.query.opened import OpenTables
from ledger287.ledger.query.parameters import note_of_model, read_engine, read_kinds, read_model_ever, read_state

if TYPE_CHECKING:
    import duckdb


class ListLedger(OpenTables):
    """The lists of one store, open for questions."""

    def agencies_known(self, known_on: Day | None) -> pl.DataFrame:
        """Agencies, each with its name as the lists known by the end of a day printed it last."""
        known_on = as_day(known_on, "known_on")
        if known_on is None:
            return self.agencies
        lists = self.dated_lists.filter(pl.col("accepted"), pl.col("published_at") <= end_of_day(known_on)).select(
            "list"
        )
        newest_names = (
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
        return self.agencies.drop("name").join(newest_names, on="agency_id")

    def participating(self, on: Day, known_on: Day | None = None) -> DatedList:
        """The newest participating list published by the end of a day. Raises Refused where there is none."""
        on, known_on = needed_day(on, "on"), as_day(known_on, "known_on")
        found = self.history.newest(on, known_on)
        if found is None:
            day = min(on, known_on or on)
            raise Refused(f"no list was published by {format_date(day)}; {self._begins(day)}.")
        return found

    def _begins(self, day: date) -> str:
        """When the record begins, for a question of a day before it."""
        del day
        return f"the record begins on {format_date(self.history.lists()[0].day)}"

    # -- the edge of the record ----------------------------------------------------------------------

    def newest_day(self, known_on: Day | None = None, *, kind: Kind = "participating") -> date | None:
        """The Eastern day of the newest accepted list of a kind, of those published by the end of a day."""
        found = self.history.newest(None, as_day(known_on, "known_on"), kind)
        return found.day if found else None

    def cannot_tell_after(
        self, until: Day, known_on: Day | None = None, *, kind: Kind = "participating"
    ) -> date | None:
        """The day of the newest list of a kind where ``until`` is after it, else None: no list is not no event.

        Changes of the kinds ``pended`` and ``pending_dropped`` are known from lists of the kind ``pending``.
        """
        last, newest = needed_day(until, "until"), self.newest_day(known_on, kind=kind)
        return newest if newest and newest < last else None

    # -- questions ---------------------------------------------------------------------------------

    def status(
        self,
        on: Day | None = None,
        *,
        known_on: Day | None = None,
        state: str | None = None,
        model: str | None = None,
    ) -> Status:
        """The program on a day: by the newest accepted participating list published by its end."""
        on = as_day(on, "on")
        known_on = as_day(known_on, "known_on")
        day = on or self.today()
        state, model = read_state(state), read_model_ever(model)
        found = self.participating(day, known_on)
        rows = self.history.on_list(found.number, state, model)
        states = {code.code for code in declared.states()}
        by_state = dict(rows.group_by("state").agg(pl.col("agreement_id").n_unique()).sort("state").iter_rows())
        by_model = dict(rows.group_by("model").agg(pl.col("agreement_id").n_unique()).iter_rows())
        pending, pending_list = self._pending(day, known_on, state, model)
        return Status(
            day,
            reference(found, day),
            int(rows["times"].sum()) if state or model else found.rows,
            rows["agreement_id"].n_unique(),
            rows["agency_id"].n_unique(),
            len(by_state.keys() & states),
            len(by_state.keys() - states),
            {code: by_model.get(code, 0) for code in (MODELS if model is None else (model,))}
            | {code: number for code, number in sorted(by_model.items()) if code not in MODELS},
            by_state,
            pending,
            pending_list,
            known_on,
            state,
            model,
            self.cannot_tell_after(day, known_on),
            note_of_model(model, known_on),
        )

    @cached_property
    def _pending_rows(self) -> pl.DataFrame:
        """The agencies and models of every pending list, each once."""
        numbers = [one.number for one in self.history.lists("pending")]
        return (
            self.stored.scan("rows")
            .filter(pl.col("list").is_in(numbers))
            .join(self.stored.scan("prints").select("print", "agency_id", "model"), on="print")
            .join(self.stored.scan("agencies").select("agency_id", "state"), on="agency_id")
            .unique(["list", "agency_id", "model"])
            .collect()
        )

    def _pending(
        self, day: date, known_on: date | None, state: str | None, model: str | None
    ) -> tuple[int | None, ListRef | None]:
        found = self.history.newest(day, known_on, "pending")
        limit = timedelta(days=declared.limits()["known_list_age"]["pending_days"])
        if found is None:
            return None, None
        if day - found.day > limit:
            return None, reference(found, day)
        rows = self._pending_rows.filter(pl.col("list") == found.number)
        if state:
            rows = rows.filter(pl.col("state") == state)
        if model:
            rows = rows.filter(pl.col("model") == model)
        return rows.height, reference(found, day)

    @overload
    def as_of(
        self, on: Day | None = None, *, known_on: Day | None = None, engine: Literal["polars"] = "polars"
    ) -> pl.DataFrame: ...
    @overload
    def as_of(
        self, on: Day | None = None, *, known_on: Day | None = None, engine: Literal["duckdb"]
    ) -> "duckdb.DuckDBPyRelation": ...
    def as_of(
        self,
        on: Day | None = None,
        *,
        known_on: Day | None = None,
        engine: Literal["polars", "duckdb"] = "polars",
    ) -> "pl.DataFrame | duckdb.DuckDBPyRelation":
        """The agreements on a day, one row each: as polars, or as a DuckDB relation.

        Columns: agreement_id, agency_id, agency (as printed then, trimmed), state, county, type, model,
        signed, moa, moa_awaited, addendum, times (how often the list prints it).
        """
        on = as_day(on, "on")
        known_on = as_day(known_on, "known_on")
        number = self.participating(on or self.today(), known_on).number
        if read_engine(engine) == "duckdb":
            return self.duckdb.sql(AS_OF_SQL.format(number=int(number)))
        rows = self.history.on_list(number).drop("print", "first_list", "last_list")
        return rows.with_columns(pl.col("times").sum().over("agreement_id")).unique(
            "agreement_id", keep="first", maintain_order=True
        )

    def changes(
        self,
        since: Day,
        until: Day | None = None,
        *,
        state: str | None = None,
        model: str | None = None,
        kinds: Sequence[str] = (),
        known_on: Day | None = None,
    ) -> pl.DataFrame:
        """What changed from one day to another, both included; one row per change, earliest first.

        Columns: day, kind, agency_id, agency, state, model, agreement_id, other_id, field, before, after,
        last_list, first_list (file names), known_from. Of days after the newest list the table says nothing
        (see ``cannot_tell_after``).
        """
        since = needed_day(since, "since")
        until = as_day(until, "until")
        known_on = as_day(known_on, "known_on")
        state, model = read_state(state), read_model_ever(model)
        if until is None and since > self.today():
            raise QueryError(
                "since_to_come", QueryField("since", since), f" is after today, {self.today()}; give an earlier day."
            )
        until = until or self.today()
        if until < since:
            swapped = QueryField("until", until), " is before ", QueryField("since", since), "; swap the two days."
            raise QueryError("days_swapped", *swapped)
        found = self.table("changes")
        if known_on:
            bound = end_of_day(known_on)
            found = self._redated(found, known_on).filter(
                pl.col("known_from") <= bound,
                pl.col("withdrawn_at").is_null() | (pl.col("withdrawn_at") > bound),
            )
        else:
            found = found.filter(pl.col("withdrawn_at").is_null())
        found = found.filter(pl.col("day").is_between(since, until))
        names = self.agencies_known(known_on).select("agency_id", "state", agency="name")
        found = found.join(names, on="agency_id", maintain_order="left")
        if kinds:
            found = found.filter(pl.col("kind").is_in(read_kinds(kinds)))
        if state:
            found = found.filter(pl.col("state") == state)
        if model:
            found = found.filter(pl.col("model") == model)
        order = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS)})
        found = found.sort("day", "known_from", "state", "agency", "model", order, "field", maintain_order=True)
        files = dict(self.dated_lists.select("list", "file").iter_rows())
        named = pl.col("last_list", "first_list").replace_strict(files, default=None, return_dtype=pl.String)
        return found.with_columns(named).select(CHANGE_COLUMNS)

    def _redated(self, changes: pl.DataFrame, known_on: date) -> pl.DataFrame:
        """Changes, each signing with the day that the lists known by the end of a day had printed last for it."""
        days = self.signing_days(known_on)
        then = pl.col("agreement_id").replace_strict(days, default=None, return_dtype=pl.Date)
        signing = pl.col("kind") == "signed"
        return changes.with_columns(day=pl.when(signing).then(pl.coalesce(then, "day")).otherwise("day"))

    def agency(self, query: str, *, state: str | None = None, known_on: Day | None = None) -> AgencyAnswer:
        """One agency by its id or by any spelling ever printed. Raises Refused with the closest names."""
        known_on = as_day(known_on, "known_on")
        from ledger287.ledger.query.lookup import agency_answer
        from ledger287.ledger.query.named.agency_named import find_by_beginning

        agency_id, note = find_by_beginning(self, query, read_state(state))
        return replace(agency_answer(self, agency_id, known_on), note=note)

    def lists(self, *, set_aside: bool = False) -> pl.DataFrame:
        """Every list in the order of publication: file, kind, time, rows, verdict and reason."""
        found = self.dated_lists.filter(~pl.col("accepted")) if set_aside else self.dated_lists
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
        lists = self.history.lists()
        counts = self.history.by_model()
        return pl.DataFrame(
            {"list": [one.number for one in lists], "day": [one.day for one in lists], **counts},
            schema={"list": pl.Int32, "day": pl.Date, **dict.fromkeys(counts, pl.Int32)},
        )
