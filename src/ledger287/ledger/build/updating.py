"""ICE's program page -> a record that has its lists; only what is new is read and folded in.

What enters: the folder of a record, the page's URL, and what fetches from the web. What leaves: what was looked at,
what was taken, what was skipped, and each thing that went wrong. Promises: the record equals a build of all its lists;
where nothing is new, or the update is stopped, it is the one that was there before; the record that ships with the
package is copied, never written to. Downloads are kept in ``downloads`` in the record's folder. A file that could not
be read as a list does not enter the record: it is reported each time, and taken when it can be read.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ledger287.core.problem import Problem
from ledger287.core.query_error import Ask, QueryError, QueryField
from ledger287.ledger.build.building import fold_in
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import POINTER, Stored, open_record, shipped, write_record
from ledger287.ledger.store.kept_state import STATE
from ledger287.ledger.store.tables import TABLES
from ledger287.sources.fetching import Web
from ledger287.sources.ice_lists.printed import PrintedList
from ledger287.sources.ice_lists.program_page import PROGRAM_PAGE, Progress, acquire, look, note_reported

DOWNLOADS = "downloads"

Key = tuple[str, str]
"""File name and sha256 of a list."""


@dataclass(frozen=True, slots=True)
class TakenList:
    """A list that entered the record: accepted, or excluded by a rule with its reason."""

    file: str
    sha256: str
    bytes: int
    kind: str
    published_at: datetime | None
    rows: int
    accepted: bool
    rule: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did. ``begun``: the record was not there, and began as a copy of the shipped one.

    ``linked`` counts the lists that the page links, ``unchanged`` those of them that were as they had
    been; ``skipped`` names its other workbooks. ``from_shipped`` counts lists of the shipped record
    that this one lacked. ``problems`` are those that this update met; ``reported_before`` are of a table of the page or
    of a dated link that an earlier update reported, and that has not changed.
    """

    record: str
    begun: bool
    page: str
    linked: int
    unchanged: int
    skipped: tuple[str, ...]
    taken: tuple[TakenList, ...]
    from_shipped: int
    newest_list: datetime | None
    problems: tuple[Problem, ...]
    reported_before: tuple[Problem, ...] = ()


def user_record() -> Path:
    """The folder of a user's own record: $XDG_DATA_HOME/ledger287, else ~/.local/share/ledger287."""
    named = os.environ.get("XDG_DATA_HOME", "")
    base = Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"
    return base / "ledger287"


def update(
    out: Path | None = None, page: str = PROGRAM_PAGE, web: Web | None = None, progress: Progress | None = None
) -> Updated:
    """Bring the record in ``out`` up to date, by default the user's own.

    The user's own record also takes the lists that a newer package ships and it lacks. Raises Refused
    where ``out`` cannot be updated, or the page cannot be looked at; then nothing was written.
    """
    web = web or Web()
    folder = out or user_record()
    empty = _is_empty(folder)
    before = open_record(None if empty else folder)
    looked = look(page, web)
    if empty:
        before = _begin(before, folder)
    known = _keys(before)
    problems_before = _problems(before)
    of_shipped: Sequence[PrintedList] = ()
    if out is None and not empty:
        of_shipped, of_problems = _lacking(known)
        problems_before |= of_problems
    held = known | {_key(found) for found in of_shipped}
    acquired = acquire(looked, folder / DOWNLOADS, held, web, progress)
    new = (*of_shipped, *acquired.lists)
    after = before
    if new:
        fold_in(new, folder)
        after = open_record(folder)
    new_problems = _problems(after) - problems_before if new else Counter()
    newest = after.facts["newest_list"]
    note_reported(folder / DOWNLOADS, acquired)
    return Updated(
        str(folder),
        empty,
        looked.url,
        len(looked.lists),
        acquired.unchanged,
        tuple(link.file for link in looked.others),
        _taken(after, acquired.lists),
        len(of_shipped),
        datetime.fromisoformat(newest) if newest else None,
        (*acquired.problems, *new_problems.elements()),
        acquired.reported_before,
    )


def _begin(source: Stored, folder: Path) -> Stored:
    """Begin a record as a copy of another, with what its fold kept for the next list."""
    kept = source.tables / STATE
    more = {STATE: kept.read_bytes()} if kept.is_file() else {}
    return write_record(folder, {table.name: source.read(table.name) for table in TABLES}, lambda _: more)


def _is_empty(folder: Path) -> bool:
    """Whether a record is still to begin here. Raises Refused where one cannot be kept."""
    if folder.resolve() == shipped().resolve():
        raise QueryError(
            "record_not_changed",
            f"{folder}: the record that ships with ledger287 is not changed. Name another folder with ",
            QueryField("record", "DIR"),
            f", or leave it out to keep one in {user_record()}.",
        )
    if (folder / POINTER).exists():
        return False
    if folder.is_file():
        says = f"{folder}: expected a folder, found a file. Name a folder with "
        raise QueryError("not_a_folder", says, QueryField("record", "DIR"), ".")
    left_by_us = (".writing-", "tables-", DOWNLOADS)
    others = [path.name for path in folder.glob("*") if not path.name.startswith(left_by_us)]
    if others:
        raise QueryError(
            "not_a_record",
            f"{folder}: expected a record, or an empty folder to begin one in; found {others[0]!r} and no {POINTER}. "
            "Build one there with: ",
            Ask("build", ("LISTS_DIR",), (QueryField("out", folder),)),
            fields=("record",),
        )
    return True


def _key(found: PrintedList) -> Key:
    return found.file, found.sha256


def _keys(stored: Stored) -> set[Key]:
    return set(stored.read("lists").select("file", "sha256").iter_rows())


def _problems(stored: Stored) -> Counter[Problem]:
    return Counter(Problem(**row) for row in stored.read("problems").iter_rows(named=True))


def _lacking(known: set[Key]) -> tuple[Sequence[PrintedList], Counter[Problem]]:
    """The lists of the shipped record that are not known, and the problems that it tells of itself."""
    if not (shipped() / POINTER).is_file():
        return (), Counter()
    source = open_record()
    if _keys(source) <= known:
        return (), Counter()
    return [found for found in printed_lists(source) if _key(found) not in known], _problems(source)


def _taken(stored: Stored, lists: Sequence[PrintedList]) -> tuple[TakenList, ...]:
    names = ("file", "sha256", "bytes", "kind", "published_at", "rows", "accepted", "rule", "reason")
    keys = {_key(found) for found in lists}
    rows: list[dict[str, Any]] = stored.read("lists").sort("list").select(names).to_dicts() if keys else []
    return tuple(TakenList(**row) for row in rows if (row["file"], row["sha256"]) in keys)
