"""One record, open, with the indexes that pages and the API share. It never changes; a newer record is another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import polars as pl

from ledger287 import api
from ledger287.places.atlas import Atlas
from ledger287.record.store import POINTER, Stored
from ledger287.record.tables import TABLES


@dataclass(frozen=True, slots=True)
class InMemory(Stored):
    """A record whose tables were read once and are kept, so that a rebuild of its folder takes nothing away."""

    frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def read(self, name: str) -> pl.DataFrame:
        """One table, whole."""
        return self.frames[name]

    def scan(self, name: str) -> pl.LazyFrame:
        """One table, lazily."""
        return self.frames[name].lazy()


@dataclass(frozen=True)
class Edition:
    """``version`` names the record's content; ``changed_at`` is when its files were put in place (UTC)."""

    atlas: Atlas
    version: str
    changed_at: datetime
    today: Callable[[], date] = field(default=api.eastern_today)

    @cached_property
    def state_names(self) -> dict[str, str]:
        """Code -> name of every state, DC and territory."""
        return {state.code: state.name for state in self.atlas.geography.states.values()}

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The codes of all states and DC, and of the territories that ever stood on a list, by name."""
        ever = set(self.atlas.table("agencies")["state"].to_list())
        found = [one for one in self.atlas.geography.states.values() if not one.territory or one.code in ever]
        return tuple(one.code for one in sorted(found, key=lambda one: (one.territory, one.name)))

    @cached_property
    def growth(self) -> pl.DataFrame:
        """Agreements by model on each day with an accepted participating list, by the last one of the day."""
        return self.atlas.growth().unique("day", keep="last", maintain_order=True)

    @cached_property
    def newest(self) -> date:
        """The Eastern day of the newest accepted participating list."""
        lists = self.atlas.lists().filter(pl.col("verdict") == "accepted", pl.col("kind") == "participating")
        return lists["day"].max()  # type: ignore[return-value]


def open_edition(record: Path | None, today: Callable[[], date] = api.eastern_today) -> Edition:
    """Open a record as ``api.open`` finds it, and read its tables. Raises Refused where none is."""
    stored = api.open(record, today=today).stored
    pointer = stored.folder / POINTER
    version = sha256(pointer.read_bytes()).hexdigest()[:12]
    kept = InMemory(
        stored.folder, stored.tables, stored.facts, {table.name: stored.read(table.name) for table in TABLES}
    )
    changed = datetime.fromtimestamp(int(pointer.stat().st_mtime), UTC)
    return Edition(Atlas(kept, today), version, changed, today)
