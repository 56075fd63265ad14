"""The record -> counts on every list, in memory: what readings are answered from.

What enters: a ledger. What leaves: for a unit, a place, a model and a kind of agency, its count on each
accepted list in the order of publication, kept once made; and counts of signings between two days. Promise:
the counts are those of ``Ledger.status`` (a test holds that); nothing is read from disk after the first question.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from ledger287.core import declared
from ledger287.factcheck.extract.model import Days
from ledger287.ledger.identity.spelling import plain

if TYPE_CHECKING:
    from ledger287.ledger.query.history import DatedList, History, ListedRun
    from ledger287.ledger.query.ledger import Ledger
    from ledger287.places.jurisdictions.deciding import Jurisdiction

Interval = tuple[int, int]
KINDS = {
    "county_sheriff": "sheriffs",
    "municipal_police": "police",
    "state_agency": "state_agencies",
    "constable": "constables",
    "campus": "campuses",
}
"""Kinds of agency of places/kinds.py, as claims name them."""
GROUPS = {"county_agencies": ("sheriffs", "county_police_or_jail")}
"""Kinds that claims name together."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: states (all where empty), model, kind of agency. Hashable, so that counts are kept.

    ``against`` are the states that they are compared with; ``counties`` those that are meant alone. A model
    may be
    either of several (JEM+WSO), and with "=" before it one that the agencies counted hold and no other.
    """

    states: tuple[str, ...] = ()
    model: str | None = None
    kind: str | None = None
    against: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()

    def holds(self, state: str, model: str, kind: str | None) -> bool:
        """Whether an agreement of that state and model, of an agency of that kind, is counted."""
        placed = not self.states or state in self.states
        return placed and under(self.model, model) and self.kind in (None, kind)


def under(wanted: str | None, model: str) -> bool:
    """Whether an agreement's model is the one wanted, or one of those wanted."""
    return wanted is None or model in wanted


class Index:
    """Counts of a ledger, by list. Lists are numbered from 0 in the order of publication."""

    def __init__(self, ledger: "Ledger") -> None:
        self.ledger = ledger
        self._series: dict[tuple[str, Scope], list[int]] = {}
        self._signed_listed: dict[tuple[Days, int, Scope, str], int] = {}
        self._pending_new: dict[tuple[Scope, int, int], int] = {}
        self._pending: dict[tuple[Scope, bool], list[int]] = {}
        self.kept: dict[Any, Any] = {}
        self.states = {code.code for code in declared.states()}

    @property
    def history(self) -> "History":
        """The lists and runs that every count is made of."""
        return self.ledger.history

    @property
    def lists(self) -> "tuple[DatedList, ...]":
        """The accepted participating lists."""
        return self.history.lists()

    @property
    def days(self) -> list[date]:
        """The day of each list."""
        return self.history.days

    @cached_property
    def runs(self) -> "list[ListedRun]":
        """The runs of agreements whose model could be read."""
        return [run for run in self.history.runs if run.model]

    @cached_property
    def _by_state(self) -> "dict[str, list[ListedRun]]":
        found: dict[str, list[ListedRun]] = defaultdict(list)
        for run in self.runs:
            found[run.state].append(run)
        return found

    def _of_model(self, model: str | None) -> "list[ListedRun]":
        """The runs of a model, chosen once."""
        if model is None:
            return self.runs
        key = ("runs of model", model)
        if key not in self.kept:
            self.kept[key] = [run for run in self.runs if under(model, run.model)]
        found: list[ListedRun] = self.kept[key]
        return found

    def _runs(self, scope: Scope) -> "Iterable[ListedRun]":
        if not (scope.kind or scope.counties or scope.states):
            yield from self._of_model(scope.model)
            return
        sources = [self._by_state.get(state, []) for state in scope.states] if scope.states else [self.runs]
        kinds = {} if not scope.kind else self.types if scope.kind.startswith("type:") else self.kinds
        wanted = GROUPS.get(scope.kind, (scope.kind,)) if scope.kind else ()
        for source in sources:
            for run in source:
                if not under(scope.model, run.model):
                    continue
                if wanted and kinds.get(run.agency_id) not in wanted:
                    continue
                if scope.counties and not set(scope.counties) & set(self.counties[run.agency_id]):
                    continue
                yield run

    # -- agencies ----------------------------------------------------------------------------------

    @cached_property
    def agencies(self) -> dict[str, tuple[str, str, str | None, str | None]]:
        """Id -> name, state, type, county as last printed."""
        columns = ("agency_id", "name", "state", "type", "county")
        return {row[0]: row[1:] for row in self.ledger.table("agencies").select(columns).iter_rows()}

    @cached_property
    def _jurisdictions(self) -> "tuple[Jurisdiction, ...]":
        from ledger287.places.jurisdictions.of_record import jurisdictions_of

        return jurisdictions_of(self.ledger.stored)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Agency -> its kind, in the words of the claims' vocabulary."""
        return {one.agency_id: KINDS.get(one.kind, one.kind) for one in self._jurisdictions}

    @cached_property
    def types(self) -> dict[str, str]:
        """Agency -> the type that ICE last printed for it, as a kind: type:municipality."""
        return {agency: f"type:{(row[2] or '').lower()}" for agency, row in self.agencies.items()}

    @cached_property
    def counties(self) -> dict[str, tuple[str, ...]]:
        """Agency -> the codes of the counties that it is an agency of; none for agencies of the entire state."""
        return {one.agency_id: one.counties for one in self._jurisdictions}

    @cached_property
    def of_county(self) -> dict[tuple[str, str], frozenset[str]]:
        """State and the code of a county -> the agencies of that county alone."""
        found: dict[tuple[str, str], set[str]] = {}
        for agency, counties in self.counties.items():
            if len(counties) == 1:
                found.setdefault((self.agencies[agency][1], counties[0]), set()).add(agency)
        return {key: frozenset(agencies) for key, agencies in found.items()}

    @cached_property
    def printed_as(self) -> dict[str, set[str]]:
        """Agency -> the agencies of its state that a list once printed under one of its names, by the corrections."""
        rows = self.ledger.table("names").select("agency_id", "name_printed", "correction").iter_rows()
        names = [(agency, (self.agencies[agency][1], plain(name)), correction) for agency, name, correction in rows]
        own: dict[tuple[str, str], set[str]] = {}
        for agency, key, correction in names:
            if correction is None:
                own.setdefault(key, set()).add(agency)
        found: dict[str, set[str]] = {}
        for agency, key, correction in names:
            for other in own.get(key, set()) - {agency} if correction else ():
                found.setdefault(other, set()).add(agency)
        return found

    def ever(self, scope: Scope, last: date) -> int:
        """How many agencies were on any list up to a day."""
        place = bisect_right(self.days, last) - 1
        return len({run.agency_id for run in self._runs(scope) if run.first <= place})

    # -- counts by list ----------------------------------------------------------------------------

    def series(self, unit: str, scope: Scope) -> list[int]:
        """The count of a unit on every list."""
        key = (unit, scope)
        if key not in self._series:
            self._series[key] = getattr(self, f"_{unit}")(scope)
        return self._series[key]

    def _agreements(self, scope: Scope) -> list[int]:
        return self.history.counted((run.agreement_id, run.first, run.last) for run in self._runs(scope))

    def _rows(self, scope: Scope) -> list[int]:
        return self.history.rows(self._runs(scope))

    def _heading(self, scope: Scope) -> list[int]:
        return [rows + 1 for rows in self._rows(scope)]

    def _agencies(self, scope: Scope) -> list[int]:
        if scope.model and scope.model.startswith("="):
            others = "+".join(code.code for code in declared.models() if code.code not in scope.model)
            every, rest = (self.series("agencies", replace(scope, model=model)) for model in (None, others))
            return [one - other for one, other in zip(every, rest, strict=True)]
        return self.history.counted((run.agency_id, run.first, run.last) for run in self._runs(scope))

    def _counties(self, scope: Scope) -> list[int]:
        counties = self.counties
        return self.history.counted(
            (county, run.first, run.last) for run in self._runs(scope) for county in counties[run.agency_id]
        )

    def _states(self, scope: Scope) -> list[int]:
        return self.history.counted(
            (run.state, run.first, run.last) for run in self._runs(scope) if run.state in self.states
        )

    def _territories(self, scope: Scope) -> list[int]:
        return self.history.counted(
            (run.state, run.first, run.last) for run in self._runs(scope) if run.state not in self.states
        )

    def _states_and_territories(self, scope: Scope) -> list[int]:
        return self.history.counted((run.state, run.first, run.last) for run in self._runs(scope))

    # -- pending -----------------------------------------------------------------------------------

    @cached_property
    def pending_days(self) -> list[date]:
        """The day of each pending list."""
        return [one.day for one in self.pending_lists]

    @cached_property
    def pending_lists(self) -> "tuple[DatedList, ...]":
        """The accepted pending lists."""
        return self.history.lists("pending")

    @cached_property
    def pending_rows(self) -> list[set[tuple[str, str, str]]]:
        """Agency, state and model of the rows of each pending list."""
        numbers = {one.number: place for place, one in enumerate(self.pending_lists)}
        stored = self.ledger.stored
        rows = (
            stored.scan("rows").filter(pl.col("list").is_in(list(numbers)))
            .join(stored.scan("prints").select("print", "agency_id", "model"), on="print")
            .join(stored.scan("agencies").select("agency_id", "state"), on="agency_id")
            .select("list", "agency_id", "state", "model").unique().collect()
        )  # fmt: skip
        found: list[set[tuple[str, str, str]]] = [set() for _ in numbers]
        for number, agency, state, model in rows.iter_rows():
            found[numbers[number]].add((agency, state, model or ""))
        return found

    def pending(self, scope: Scope, *, agencies: bool = False) -> list[int]:
        """Pending rows (or the agencies that have one) on every pending list."""
        if (scope, agencies) in self._pending:
            return self._pending[scope, agencies]
        kinds = self.kinds if scope.kind else {}
        self._pending[scope, agencies] = [
            len({
                (agency, "" if agencies else model)
                for agency, state, model in rows
                if scope.holds(state, model, kinds.get(agency))
            })
            for rows in self.pending_rows
        ]  # fmt: skip
        return self._pending[scope, agencies]

    # -- signings ----------------------------------------------------------------------------------

    @cached_property
    def signings(self) -> list[tuple[date, str, str, str, str]]:
        """Day, agreement, agency, state and model of every agreement whose day could be read, by day."""
        return self.signings_known(None)

    def signings_known(self, known_on: date | None) -> list[tuple[date, str, str, str, str]]:
        """The signings as the lists known by the end of a day have them: ``Ledger.signing_days``, the one measure."""
        place = self.history.known(None, known_on)
        key = ("signings", place)
        if key not in self.kept:
            newest = self.history.numbers[place - 1] if place else -1
            rows = ((_day_at(runs, newest), *row) for row, runs in self._dated)
            self.kept[key] = sorted((day, *row) for day, *row in rows if day is not None)
        found: list[tuple[date, str, str, str, str]] = self.kept[key]
        return found

    @cached_property
    def _dated(self) -> list[tuple[tuple[str, str, str, str], list[tuple[int, int, int, date]]]]:
        """Agreement, agency, state, model, and the runs that print a day: last and first list, print, day."""
        runs: dict[str, list[tuple[int, int, int, date]]] = defaultdict(list)
        columns = ("agreement_id", "last_list", "first_list", "print", "signed")
        for agreement, *run in self.ledger.statements.select(columns).iter_rows():
            if run[-1] is not None:
                runs[agreement].append((run[0], run[1], run[2], run[3]))
        states = self.ledger.table("agencies").select("agency_id", "state")
        rows = self.ledger.table("agreements").join(states, on="agency_id")
        named = rows.select("agreement_id", "agency_id", "state", "model").iter_rows()
        return [(row, runs[row[0]]) for row in named if row[0] in runs]

    def signed(
        self, first: date, last: date, scope: Scope, *, unit: str = "agreements", known_on: date | None = None
    ) -> int:
        """How many agreements (agencies, counties) were signed from one day to another, as known on a day."""
        signings = self.signings_known(known_on)
        low = bisect_left(signings, (first,))
        high = bisect_right(signings, (last, "\uffff"))
        kinds = self.kinds if scope.kind else {}
        rows = [
            row for row in signings[low:high]
            if scope.holds(row[3], row[4], kinds.get(row[2]))
            and (not scope.counties or set(scope.counties) & set(self.counties[row[2]]))
        ]  # fmt: skip
        if unit == "states":
            return len({row[3] for row in rows if row[3] in self.states})
        if unit == "counties":
            return len({county for row in rows for county in self.counties[row[2]]})
        return len({row[1] if unit == "agreements" else row[2] for row in rows})

    @cached_property
    def _signed_days(self) -> dict[str, date]:
        return {agreement: day for day, agreement, *_ in self.signings}

    def signed_listed(self, days: Days, place: int, scope: Scope, *, unit: str = "agreements") -> int:
        """How many agreements (agencies) on a list were signed on some days."""
        key = (days, place, scope, unit)
        if key in self._signed_listed:
            return self._signed_listed[key]
        signed = self._signed_days
        found = {
            run.agreement_id if unit == "agreements" else run.agency_id
            for run in self._runs(scope)
            if run.first <= place <= run.last
            and (day := signed.get(run.agreement_id))
            and days.first <= day <= days.last
        }
        self._signed_listed[key] = len(found)
        return len(found)

    def pending_new(self, scope: Scope, pending: int, place: int) -> int:
        """How many agencies are on a pending list and not on a participating one."""
        key = (scope, pending, place)
        if key in self._pending_new:
            return self._pending_new[key]
        here = {run.agency_id for run in self._runs(Scope(scope.states)) if run.first <= place <= run.last}
        waiting = {
            agency for agency, state, model in self.pending_rows[pending]
            if (not scope.states or state in scope.states) and under(scope.model, model)
        }  # fmt: skip
        self._pending_new[key] = len(waiting - here)
        return self._pending_new[key]

    def left(self, days: Days, scope: Scope, *, by: str = "agreements", wholly: bool = True) -> int:
        """How many agreements left the lists on some days and did not come back; ``by`` agencies: how many agencies,
        ``wholly`` those that had none any more.
        """
        gone: dict[str, tuple[int, str]] = {}
        for run in self._runs(scope):
            key = run.agency_id if by == "agencies" and wholly else run.agreement_id
            gone[key] = max((run.last, run.agency_id), gone.get(key, (-1, "")))
        found = [
            agency if by == "agencies" else key
            for key, (last, agency) in gone.items()
            if last + 1 < len(self.lists) and days.first <= self.days[last + 1] <= days.last
        ]
        return len(set(found))

    # -- lists of a stretch of days ----------------------------------------------------------------

    def window(self, first: date, last: date, days: list[date] | None = None) -> range:
        """The lists that can stand for some days: the one in force as they begin, and those published on them."""
        days = self.days if days is None else days
        low, high = bisect_left(days, first) - 1, bisect_right(days, last)
        return range(max(low, 0), high)


def _day_at(runs: list[tuple[int, int, int, date]], newest: int) -> date | None:
    """The day printed last by some list, of runs (last list, first list, print, day), as ``signing_days`` tells it."""
    known = [(min(last, newest), number, day) for last, first, number, day in runs if first <= newest]
    return max(known)[2] if known else None
