"""One record, open, with the indexes that pages and the API share. It never changes; a newer record is another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from ledger287 import api
from ledger287.ledger.query.indexes import LedgerIndexes, indexes_of
from ledger287.ledger.store.folder import POINTER, Stored
from ledger287.ledger.store.tables import TABLES
from ledger287.places.atlas import Atlas
from ledger287.web.edition.lists import EditionLists, Months, months
from ledger287.web.render.printed import Printed
from ledger287.web.server.kept.recent import FEW, Recent


@dataclass(frozen=True, slots=True)
class InMemoryRecord(Stored):
    """A record whose tables were read once and are kept, so that a rebuild of its folder takes nothing away."""

    frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def read(self, name: str) -> pl.DataFrame:
        """One complete table."""
        return self.frames[name]

    def scan(self, name: str) -> pl.LazyFrame:
        """One table, lazily."""
        return self.frames[name].lazy()


@dataclass(frozen=True)
class Edition:
    """``version`` names the record's content; ``changed_at`` is when its files were put in place (UTC).

    ``base_url`` is the site's own URL, where it was given; without a slash at its end.
    """

    atlas: Atlas
    version: str
    changed_at: datetime
    today: Callable[[], date] = field(default=api.eastern_today)
    base_url: str = ""

    def names_on(self, known_on: date | None) -> dict[str, str]:
        """Every agency that was on a list by the end of a day, with its name as printed last by then."""
        found: dict[str, str] = self.recent.get(
            ("names", known_on),
            lambda: dict(self.atlas.agencies_known(known_on).select("agency_id", "name").iter_rows()),
        )
        return found

    @property
    def first_day(self) -> date:
        """The first day that can be requested: the program's where the record has its past, else the lists'."""
        past = self.atlas.past
        return past.program_begins if past else self.lists.begins

    @property
    def indexes(self) -> LedgerIndexes:
        """The record's rows by agency, agreement and list."""
        return indexes_of(self.atlas)

    @cached_property
    def lists(self) -> EditionLists:
        """Every list by its bytes, its name and its day."""
        return EditionLists(self.indexes)

    @cached_property
    def printed(self) -> Printed:
        """Rows as printed."""
        return Printed(self.indexes)

    @cached_property
    def place_of_list(self) -> dict[int, int]:
        """Number of each accepted participating list -> its place among them."""
        return {number: place for place, number in enumerate(self.indexes.of_kind["participating"])}

    @cached_property
    def listed_rows(self) -> list[dict[str, Any]]:
        """Every list, newest first, as ``Ledger.lists`` gives them."""
        return self.atlas.lists().reverse().to_dicts()

    @cached_property
    def months_of_lists(self) -> Months:
        """The months in which a list was published, by year, newest first."""
        return months([row["day"] for row in self.listed_rows if row["day"]])

    @cached_property
    def problems_of(self) -> dict[str, list[dict[str, Any]]]:
        """SHA-256 of a list -> what could not be understood in it, given once however often it was published."""
        found: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
        for row in self.atlas.table("problems").iter_rows(named=True):
            key = (row["kind"], row["row"], row["column"])
            found.setdefault(row["sha256"], {}).setdefault(key, row)
        return {sha: sorted(rows.values(), key=lambda row: row["row"] or 0) for sha, rows in found.items()}

    @cached_property
    def changes_with(self) -> dict[int, list[dict[str, Any]]]:
        """Number of a list -> the changes that became known with it, those that were taken back later too."""
        found: dict[int, list[dict[str, Any]]] = {}
        for row in self.atlas.table("changes").iter_rows(named=True):
            agency = self.indexes.agencies[row["agency_id"]]
            named = {**row, "agency": agency["name"], "state": agency["state"]}
            found.setdefault(row["first_list"], []).append(named)
        return found

    @cached_property
    def changes(self) -> pl.DataFrame:
        """Every change that was not withdrawn, earliest first."""
        return self.atlas.changes(date.min, date.max)

    @cached_property
    def months_of_changes(self) -> Months:
        """The months on which something changed, by year, newest first."""
        return months(self.changes["day"].to_list())

    @cached_property
    def spellings(self) -> list[tuple[str, str, str]]:
        """Every name ever printed, with the id and state of its agency."""
        names = self.atlas.table("names").join(
            self.atlas.table("agencies").select("agency_id", "state"), on="agency_id"
        )
        found = list(names.select("agency_id", "state", "name_printed").unique(maintain_order=True).iter_rows())
        return [*found, *(self.atlas.past.names() if self.atlas.past else ())]

    @cached_property
    def then(self) -> dict[str, dict[str, Any]]:
        """The agencies that only the years before 2021 have, by id, each with its state and newest name."""
        names = self.atlas.past.names() if self.atlas.past else []
        found = {id: {"agency_id": id, "state": state, "name": " ".join(name.split())} for id, state, name in names}
        pages = indexes_of(self.atlas.past.pages).agencies if self.atlas.past else {}
        return {id: {**one, **pages.get(id, {})} for id, one in found.items() if id not in self.indexes.agencies}

    def archived(self, file: str) -> str | None:
        """The URL of the archived page that a list's name refers to; None for a workbook."""
        return self._archived.get(file)

    @cached_property
    def _archived(self) -> dict[str, str]:
        past = self.atlas.past
        return dict(past.pages.table("captures").select("file", "page").iter_rows()) if past else {}

    @cached_property
    def agreements(self) -> dict[str, dict[str, Any]]:
        """Every agreement by its id, those of the pages before 2021 too."""
        past = self.atlas.past
        then = past.pages.table("agreements").iter_rows(named=True) if past else ()
        now = self.atlas.table("agreements").iter_rows(named=True)
        return {row["agreement_id"]: row for row in (*then, *now)}

    @cached_property
    def agreements_of(self) -> dict[str, list[dict[str, Any]]]:
        """The agreements of each agency."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.agreements.values():
            found.setdefault(row["agency_id"], []).append(row)
        return found

    @cached_property
    def agencies_of(self) -> dict[str, list[str]]:
        """Code of a county -> the agencies that are of it."""
        found: dict[str, list[str]] = {}
        for agency, one in self.atlas.jurisdiction_of.items():
            for fips in one.counties:
                found.setdefault(fips, []).append(agency)
        return found

    @cached_property
    def state_names(self) -> dict[str, str]:
        """Code -> name of every state, DC and territory."""
        return {state.code: state.name for state in self.atlas.geography.states.values()}

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The codes of all states and DC, and of the territories that were ever on a list, by name."""
        ever = set(self.atlas.table("agencies")["state"].to_list())
        found = [one for one in self.atlas.geography.states.values() if not one.territory or one.code in ever]
        return tuple(one.code for one in sorted(found, key=lambda one: (one.territory, one.name)))

    @cached_property
    def recent(self) -> Recent:
        """Small things that were made for one page and serve others."""
        return Recent()

    @cached_property
    def heavy(self) -> Recent:
        """What was made of single lists, for the next page that rests on the same one."""
        return Recent(FEW)

    @cached_property
    def jurisdictions(self) -> pl.DataFrame:
        """The jurisdiction of every agency, one row each."""
        return self.atlas.jurisdictions()

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What other modules of this folder derive once from an edition, by name."""
        return {}

    def newest_at(self, known_on: date | None) -> datetime:
        """When the newest accepted participating list was published, of those known by the end of a day (UTC)."""
        found = self.atlas.history.newest(None, known_on)
        return found.published_at if found else datetime.min.replace(tzinfo=UTC)

    @cached_property
    def newest(self) -> date:
        """The Eastern day of the newest accepted participating list."""
        lists = self.atlas.lists().filter(pl.col("verdict") == "accepted", pl.col("kind") == "participating")
        return lists["day"].max()  # type: ignore[return-value]


def open_edition(record: Path | None, today: Callable[[], date] = api.eastern_today, base_url: str = "") -> Edition:
    """Open a record as ``api.open`` finds it, and read its tables. Raises Refused where none is."""
    stored = api.open(record, today=today).stored
    pointer = stored.folder / POINTER
    version = sha256(pointer.read_bytes()).hexdigest()[:12]
    kept = InMemoryRecord(
        stored.folder, stored.tables, stored.facts, {table.name: stored.read(table.name) for table in TABLES}
    )
    changed = datetime.fromtimestamp(int(pointer.stat().st_mtime), UTC)
    atlas = Atlas(kept, today)
    atlas.warns_past_newest_list = False  # pages say so themselves
    return Edition(atlas, version, changed, today, base_url)
