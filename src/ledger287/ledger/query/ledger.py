"""Questions to a record: to the lists since 2021, and to the program before them.

What enters: a record, open. What leaves: answers of ``ListLedger``, which rest on one list each; a day before the first
list is answered by the pages and rosters of that time (``past``). A table that ends before the days requested warns.
"""

import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, overload

import polars as pl

from ledger287.core.query_error import as_text
from ledger287.core.text import format_date, plural
from ledger287.core.time import Day, as_day, needed_day
from ledger287.ledger.query.answers import AgencyAnswer, PastNewestList, SourceAnswer, Status
from ledger287.ledger.query.before.past import Past, past_of
from ledger287.ledger.query.list_ledger import ListLedger
from ledger287.ledger.query.parameters import read_engine, read_model_ever, read_state

if TYPE_CHECKING:
    import duckdb


class Ledger(ListLedger):
    """A record, open for questions."""

    warns_past_newest_list: bool = True
    """Whether tables warn of days after the newest list; False where the caller says so in its own answer."""

    def __repr__(self) -> str:
        """``<Atlas of 1,172 lists, Jan 12, 2021 to May 8, 2026: 1,889 agreements of 1,571 agencies>``."""
        days = self.history.days
        span = f", {format_date(days[0], short=True)} to {format_date(days[-1], short=True)}" if days else ""
        lists = plural(len(days) + len(self.history.lists("pending")), "list")
        agreements = plural(self.table("agreements").height, "agreement")
        agencies = plural(self.agencies.height, "agency", "agencies")
        return f"<{type(self).__name__} of {lists}{span}: {agreements} of {agencies}>"

    @cached_property
    def past(self) -> Past | None:
        """The program before the first list; None where the record begins later than ICE's lists do."""
        return past_of(self)

    def _past_for(self, on: date, known_on: date | None) -> Past | None:
        """The past where a question is of it: the lists answer for every day since their first."""
        if not self.history.lists() or self.history.known(on, known_on) or self.past is None:
            return None
        return self.past if self.past.covers(on, known_on) else None

    def cannot_tell_before(self, since: Day) -> date | None:
        """The day of the first page or list where ``since`` is before it, else None.

        What that page has was signed before it; only what later pages changed is a change of earlier days.
        """
        first = next(iter((self.past.pages if self.past else self).history.lists()), None)
        return first.day if first and needed_day(since, "since") < first.day else None

    def _begins(self, day: date) -> str:
        """When the record begins; for a day before the program, when its first agreement was signed too."""
        begins = super()._begins(day)
        if self.past is None or day >= self.past.program_begins:
            return begins
        return f"the first agreement was signed on {format_date(self.past.program_begins)}; by lists, {begins}"

    def _warn_past(self, until: date, known_on: date | None, level: int) -> None:
        if self.warns_past_newest_list and (after := self.cannot_tell_after(until, known_on)):
            says = f"cannot tell after {format_date(after)}: the newest list is of that day"
            warnings.warn(says, PastNewestList, stacklevel=level)

    def status(
        self,
        on: Day | None = None,
        *,
        known_on: Day | None = None,
        state: str | None = None,
        model: str | None = None,
    ) -> Status:
        """The program on a day: by the newest accepted participating list, or page, published by its end."""
        on, known_on = as_day(on, "on"), as_day(known_on, "known_on")
        if past := self._past_for(on or self.today(), known_on):
            return past.status(on or self.today(), known_on, state, model)
        return super().status(on, known_on=known_on, state=state, model=model)

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
        signed, moa, moa_awaited, addendum, times (how often the list prints it). Warns (PastNewestList)
        where the day is after the newest list.
        """
        on, known_on = as_day(on, "on"), as_day(known_on, "known_on")
        if past := self._past_for(on or self.today(), known_on):
            then = past.as_of(on or self.today(), known_on)
            return self.duckdb.from_arrow(then.to_arrow()) if read_engine(engine) == "duckdb" else then
        self._warn_past(on or self.today(), known_on, 3)
        return super().as_of(on, known_on=known_on, engine=engine)

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
        last_list, first_list (file names), known_from. Warns (PastNewestList) where days are after the
        newest list: of those the table says nothing (see ``cannot_tell_after``).
        """
        since, last = needed_day(since, "since"), as_day(until, "until") or self.today()
        known_on = as_day(known_on, "known_on")
        found = super().changes(since, until, state=state, model=model, kinds=kinds, known_on=known_on)
        self._warn_past(last, known_on, 4)
        which = read_model_ever(model)
        then = self.past.changes(since, last, state, which, kinds, known_on) if self.past else None
        return found if then is None else pl.concat([then, found]).sort("day", maintain_order=True)

    def agency(self, query: str, *, state: str | None = None, known_on: Day | None = None) -> AgencyAnswer:
        """One agency by its id or by any spelling ever printed. Raises Refused with the closest names."""
        from ledger287.ledger.query.named.agency_named import find_by_beginning

        if self.past is None:
            return super().agency(query, state=state, known_on=known_on)
        known_on = as_day(known_on, "known_on")
        agency_id, note = find_by_beginning(self, query, read_state(state), self.past.names())
        return replace(self.past.agency(agency_id, known_on), note=note)

    def list_rows(self, file: str) -> pl.DataFrame:
        """The rows of one list or page as printed, by file name or the beginning of its sha256."""
        file = as_text(file, "file", "participatingAgencies05082026am.xlsx")
        return self.past.list_rows(file) if self.past and self.past.is_page(file) else super().list_rows(file)

    def source(self, agreement_id: str, *, field: str | None = None) -> tuple[SourceAnswer, ...]:
        """Where each value of an agreement was printed, first and last, and what reading changed it."""
        agreement_id = as_text(agreement_id, "agreement_id", "ag-jzyc1nv-wso-2020-07-24")
        if self.past and self.past.has_agreement(agreement_id):
            return self.past.source(agreement_id, field)
        return super().source(agreement_id, field=field)
