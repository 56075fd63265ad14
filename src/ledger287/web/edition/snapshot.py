"""What one list tells, laid out by place, so that the pages of all places on a day are made from one reading of it.

What enters: an edition and a question of time. What leaves: the ``Snapshot`` of the newest list by then, kept for the
next page; the agencies pending on that day; and the changes up to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any

import polars as pl

from ledger287.charts.maps.content import MapContent, content
from ledger287.core.problem import Refused
from ledger287.core.text import format_date, plural
from ledger287.core.time import day_of
from ledger287.ledger.query.answers import ListRef, Status
from ledger287.places.coverage.people import Bounds, Coverage, cover
from ledger287.places.coverage.prisons import InForce
from ledger287.places.neighbors import by_county
from ledger287.web.edition.edition import Edition
from ledger287.web.server.query import Query

DAYS_OF_CHANGES = 90
"""The days before the newest list whose changes the pages of places show."""


@dataclass(frozen=True)
class Snapshot:
    """The agreements of one list, by place. ``number`` is the list's, in the order of publication."""

    edition: Edition
    number: int
    on: date
    known_on: date | None

    @cached_property
    def agreements(self) -> pl.DataFrame:
        """The agreements, one row each, as ``Ledger.as_of`` gives them."""
        return self.edition.atlas.as_of(self.on, known_on=self.known_on)

    @cached_property
    def by_state(self) -> dict[str, pl.DataFrame]:
        """State -> its agreements."""
        return {str(key[0]): rows for key, rows in self.agreements.partition_by("state", as_dict=True).items()}

    @cached_property
    def in_force(self) -> tuple[InForce, ...]:
        """The agencies with their models."""
        return self.edition.atlas.in_force(self.on, known_on=self.known_on)

    @cached_property
    def models_of(self) -> dict[str, tuple[str, ...]]:
        """Id of an agency -> the models that it holds."""
        return {one.jurisdiction.agency_id: one.models for one in self.in_force}

    @cached_property
    def local(self) -> dict[str, list[InForce]]:
        """County -> the local agencies whose ground is in it, those of the entire county first."""
        return {fips: sorted(those, key=_widest) for fips, those in by_county(self.in_force).items()}

    @cached_property
    def statewide(self) -> dict[str, list[InForce]]:
        """State -> its agencies of the state as a whole."""
        found: dict[str, list[InForce]] = defaultdict(list)
        for one in sorted(self.in_force, key=lambda one: one.name):
            if one.jurisdiction.ground == "state":
                found[one.jurisdiction.state].append(one)
        return dict(found)

    @cached_property
    def shown(self) -> MapContent:
        """What a map of all models shows."""
        return content(self.agreements, self.edition.jurisdictions)

    @cached_property
    def coverage(self) -> Coverage:
        """Coverage in people, of the nation and of each state."""
        return self.edition.atlas.coverage(self.on, known_on=self.known_on)

    @cached_property
    def people(self) -> dict[str, Bounds]:
        """County -> how many people live there where an agreement is in force."""
        return cover((one.jurisdiction for one in self.in_force), self.edition.atlas.geography.counties)


def _widest(one: InForce) -> tuple[bool, str]:
    return one.jurisdiction.ground != "county", one.name


def snapshot(edition: Edition, query: Query) -> Snapshot:
    """The snapshot of the newest accepted list by the requested time. Raises Refused where there is none."""
    number = edition.atlas.participating(query.on, query.known_on).number
    found: Snapshot = edition.heavy.get(
        ("snapshot", number), lambda: Snapshot(edition, number, query.on, query.known_on)
    )
    return found


def status(edition: Edition, query: Query) -> Status:
    """The nation's status, once for a day. Raises Refused for a day before the first list, and says what is known."""
    key = ("status", query.on, query.known_on)
    found: Status = edition.recent.get(key, lambda: edition.atlas.status(query.on, known_on=query.known_on))
    begins = edition.lists.begins
    if min(query.on, query.known_on or query.on) < begins and found.list:
        models = ", ".join(f"{model} {number}" for model, number in found.by_model.items() if number)
        raise Refused(
            f"the pages of this site begin with ICE's lists; by lists, the record begins on "
            f"{format_date(begins)}. For {format_date(query.on)} it has {found.list.file}: "
            f"{plural(found.rows, 'row')} in {plural(found.states, 'state')} "
            f"({models or 'no models printed'}). See the timeline, or "
            f"/api/v1/status?on={query.on}."
        )
    return found


@dataclass(frozen=True, slots=True)
class Pending:
    """The agencies of the newest pending list by a day; ``told`` is False where that list is too old to tell."""

    ref: ListRef | None
    is_known: bool
    by_state: dict[str, tuple[dict[str, Any], ...]]


def pending(edition: Edition, query: Query) -> Pending:
    """Which agencies were listed as pending on a day."""
    found: Pending = edition.heavy.get(("pending", query.on, query.known_on), lambda: _pending(edition, query))
    return found


def _pending(edition: Edition, query: Query) -> Pending:
    nation = status(edition, query)
    by_state: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if nation.pending is not None and nation.pending_list is not None:
        lists = edition.atlas.table("lists")
        number = lists.filter(pl.col("sha256") == nation.pending_list.sha256, pl.col("kind") == "pending")["list"][0]
        names = edition.names_on(query.known_on)
        rows = (
            edition.atlas.table("rows")
            .filter(pl.col("list") == number)
            .join(edition.atlas.table("prints").select("print", "agency_id", "model"), on="print")
            .unique(["agency_id", "model"])
            .join(edition.atlas.table("agencies").select("agency_id", "state"), on="agency_id")
            .with_columns(agency=pl.col("agency_id").replace_strict(names, return_dtype=pl.String))
            .select("agency_id", "agency", "state", "model")
            .sort("state", "agency", "model")
        )
        for row in rows.iter_rows(named=True):
            by_state[row["state"]].append(row)
    return Pending(
        nation.pending_list, nation.pending is not None, {code: tuple(those) for code, those in by_state.items()}
    )


@dataclass(frozen=True, slots=True)
class Latest:
    """The changes of the days up to the newest list, newest first; corrections left out."""

    since: date
    until: date
    rows: tuple[dict[str, Any], ...]
    places: Mapping[str, tuple[int, ...]]
    """Which of the rows are of an agency."""

    def of(self, most: int, **wanted: str) -> list[dict[str, Any]]:
        """The newest of those that have the values wanted, as ``state="FL"``."""
        return self.among(most, (row for row in self.rows if all(row[name] == wanted[name] for name in wanted)))

    def of_agencies(self, most: int, ids: Iterable[str]) -> list[dict[str, Any]]:
        """The newest of some agencies."""
        places = sorted(chain.from_iterable(self.places.get(agency_id, ()) for agency_id in set(ids)))
        return [self.rows[place] for place in places[:most]]

    @staticmethod
    def among(most: int, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The first of some rows."""
        return [row for row, _ in zip(rows, range(most), strict=False)]


def latest(edition: Edition, query: Query) -> Latest:
    """The latest changes as of the requested time."""
    listed = status(edition, query).list
    until = day_of(listed.published_at) if listed else query.on
    found: Latest = edition.heavy.get(
        ("latest", until, query.known_on), lambda: _latest(edition, until, query.known_on)
    )
    return found


def _latest(edition: Edition, until: date, known_on: date | None) -> Latest:
    since = until - timedelta(days=DAYS_OF_CHANGES - 1)
    rows = edition.atlas.changes(since, until, known_on=known_on).filter(pl.col("kind") != "corrected")
    newest_first = tuple(rows.reverse().to_dicts())
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(newest_first):
        places[row["agency_id"]].append(place)
    return Latest(since, until, newest_first, {agency_id: tuple(held) for agency_id, held in places.items()})
