"""ICE's program page -> the lists it links, taken once each and kept as they were published.

What enters: the page's URL, a folder to keep downloads in, and which lists are held already. What leaves: the lists
that are not held, read; how many links hold nothing new; each thing that went wrong. Promises: a file is in the folder
completely or not at all, under the beginning of its sha256, so that a file changed under the same name is kept next to
the older one; one bad link stops no other; a list that was downloaded but not yet taken into the record is returned
again, without another download.

The folder: ``state.json`` (URL -> validators, sha256, file, size), ``reported.json`` (a table of the page itself and
links in other formats that were reported, and have not changed), ``<sha256>/<file>`` for each list, ``<file>.unread``
for a workbook that could not be read as a list (tried again each time),
``*.part`` for a download that broke off. A build of the folder reads the lists alone.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from ledger287.core.problem import Problem
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.time import day_of
from ledger287.sources.fetching import NotFetched, PartialDownload, Validators, Web, download, fetch_page
from ledger287.sources.ice_lists.page_links import A_FILE, Link, LinkedWorkbooks, links
from ledger287.sources.ice_lists.printed import PrintedList, read_list
from ledger287.sources.ice_lists.publication import publication

PROGRAM_PAGE = "https://www.ice.gov/identify-and-arrest/287g"
UNREAD = ".unread"
REPORTED = "reported.json"
DATED = re.compile(r"\d{6,8}")
NO_WORKBOOK = {"not_a_workbook", "truncated"}
"""Failures of the download, not of the list: such bytes are not kept, and are requested again next time."""
LETTERS_OF_SHA256 = 16

Progress = Callable[[str, int, int | None], None]
"""Called with the name of a file, its bytes so far, and all its bytes where that is known."""


@dataclass(frozen=True, slots=True)
class Acquired:
    """The lists that are not held yet; ``unchanged`` counts the links that hold nothing new.

    ``reported_before`` are problems that an earlier update reported, of a table or a link that has not changed since;
    ``reported`` is what ``note_reported`` keeps for the next update.
    """

    lists: tuple[PrintedList, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    reported_before: tuple[Problem, ...] = ()
    reported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenFile:
    """The file that a URL gave the last time."""

    etag: str | None
    last_modified: str | None
    sha256: str
    file: str
    size: int
    taken_at: str | None = None


def look(page: str, web: Web) -> LinkedWorkbooks:
    """Look at a page for its lists. Raises Refused where there is no such page."""
    if not _is_address(page):
        expected = f": expected the URL of a page, such as {PROGRAM_PAGE}; found {page!r}."
        raise QueryError("not_a_url", QueryField("from"), expected)
    try:
        found = fetch_page(web, page)
    except NotFetched as bad:
        says = f"the page could not be read: {bad} Or name another page with "
        raise QueryError("page_not_fetched", says, QueryField("from", "URL"), ".") from None
    return links(found.text, found.url)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def acquire(
    page: LinkedWorkbooks,
    folder: Path,
    held: Collection[tuple[str, str]],
    web: Web,
    progress: Progress | None = None,
) -> Acquired:
    """Take the page's lists that are not in ``held``, pairs of file name and sha256.

    Raises Refused where the folder cannot be written to; all else that goes wrong is a problem.
    """
    problems, before, reported = _not_read(page, _reported(folder))
    unchanged = 0
    if not page.lists:
        problems.append(_no_links(page))
    try:
        cache = _Cache(folder, {(file, sha256[:LETTERS_OF_SHA256]) for file, sha256 in held})
        for link in page.lists:
            web.sleep(web.manners.pause)
            try:
                unchanged += not cache.take(link, web, progress)
            except NotFetched as bad:
                problems.append(Problem(bad.kind, link.file, None, None, None, bad.expected, bad.found, bad.remedy))
            except _NoList as bad:
                problems += bad.problems
        lists, unread = cache.waiting()
    except OSError as error:
        raise QueryError(
            "not_kept",
            f"{folder}: a download could not be kept ({error.strerror or error}). The record is as it was; "
            "make room, or name another folder with ",
            QueryField("record", "DIR"),
            ".",
        ) from None
    return Acquired(tuple(lists), unchanged, (*problems, *unread), tuple(before), reported)


def _not_read(page: LinkedWorkbooks, known: Collection[str]) -> tuple[list[Problem], list[Problem], tuple[str, ...]]:
    """What the page has that is not read: what is new or changed, what was reported before, and how each is known.

    A link is known by its URL where that has a day; the file behind another may change under its URL, and is reported
    each time, as nobody here sees its bytes.
    """
    found = [(_other_format(link), _key_of(link)) for link in page.other_formats]
    found += [(_table_of_the_page(page), f"table {page.page_table} of {page.url}")] if page.page_table else []
    new = [problem for problem, key in found if key is None or key not in known]
    before = [problem for problem, key in found if key is not None and key in known]
    return new, before, tuple(sorted(key for _, key in found if key is not None))


def _key_of(link: Link) -> str | None:
    return f"link {link.url}" if DATED.search(link.file) else None


def _reported(folder: Path) -> frozenset[str]:
    """What earlier updates reported. A file that cannot be read costs one more report."""
    try:
        found = json.loads((folder / REPORTED).read_text(encoding="utf-8"))
        return frozenset(str(each) for each in found)
    except (OSError, ValueError, TypeError):
        return frozenset()


def note_reported(folder: Path, acquired: Acquired) -> None:
    """Keep what was reported, for the next update not to report it again. To be called once it was."""
    if acquired.reported == tuple(sorted(_reported(folder))) or not (acquired.reported or (folder / REPORTED).exists()):
        return
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{REPORTED}.new"
    aside.write_text(json.dumps(acquired.reported, indent=2) + "\n", encoding="utf-8")
    aside.replace(folder / REPORTED)


def _no_links(page: LinkedWorkbooks) -> Problem:
    return Problem(
        "no_links",
        page.url,
        None,
        None,
        None,
        "links to .xlsx files named ...Agencies... or ...Entities...",
        f"{len(page.others)} links to other workbooks" if page.others else "no link to a workbook",
        "Open the page in a browser; if ICE's lists have moved, name their page by its URL.",
    )


def _table_of_the_page(page: LinkedWorkbooks) -> Problem:
    return Problem(
        "other_format",
        page.url,
        None,
        None,
        None,
        "a list as an .xlsx workbook",
        "a table of law enforcement agencies on the page itself",
        "It was not read and may be newer than every workbook here. Open the page and compare the table with the "
        "newest list",
    )


def _other_format(link: Link) -> Problem:
    _, dot, extension = link.file.rpartition(".")
    what = f"a .{extension} file" if dot and A_FILE.search(link.file) else "what is no workbook"
    return Problem(
        "other_format",
        link.file or link.url,
        None,
        None,
        None,
        "a list as an .xlsx workbook",
        f"a link to {what} that is a list by its name or by the text of the link, at {link.url}",
        "It was not read and may be newer than every workbook here. Open it; if it is a list, save it as .xlsx under "
        "the same name and build a record of the folder of lists",
    )


def _later_than_download(found: PrintedList, at: datetime, taken: datetime) -> Problem:
    return Problem(
        "later_than_download",
        found.file,
        None,
        None,
        None,
        f"a list published by the day of its download, {day_of(taken)}",
        f"one of {day_of(at)} by its name and content",
        "It was kept and is not in the record. If its name is a slip, save it under the right one in a folder of lists "
        "and build a record from them.",
        found.sha256,
    )


class _NoList(Exception):
    """A download that is not a list; carries the problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class _Cache:
    """The folder of downloads. ``held`` has each file name with the beginning of its sha256."""

    def __init__(self, folder: Path, held: set[tuple[str, str]]) -> None:
        self.folder = folder
        self.held = held
        self.read: dict[Path, PrintedList] = {}
        self.seen = self._read_state()

    def take(self, link: Link, web: Web, progress: Progress | None) -> bool:
        """Fetch one link. Returns whether it gave a list that was not there. Raises NotFetched, _NoList."""
        key = hashlib.sha256(link.url.encode()).hexdigest()[:LETTERS_OF_SHA256]
        part = PartialDownload(self.folder / f"{key}.part")

        def report(done: int, whole: int | None) -> None:
            if progress:
                progress(link.file, done, whole)

        validators = download(web, link.url, part, self._known(link), report)
        return validators is not None and self._keep(link, part, validators, web.clock())

    def _known(self, link: Link) -> Validators:
        """The validators of a file that is still available."""
        seen = self.seen.get(link.url)
        if seen is None or seen.file != link.file:
            return Validators()
        place = self._place(seen.file, seen.sha256)
        at_hand = (seen.file, place.parent.name) in self.held or place.is_file() or _unread(place).is_file()
        return Validators(seen.etag, seen.last_modified) if at_hand else Validators()

    def _keep(self, link: Link, part: PartialDownload, validators: Validators, now: datetime) -> bool:
        data = part.path.read_bytes()
        found = read_list(link.file, data)
        if found.failed and found.failed.partition(":")[0] in NO_WORKBOOK:
            part.drop()
            raise _NoList([replace(p, found=f"{p.found}, at {link.url}") for p in found.problems])
        place = self._place(link.file, found.sha256)
        known = (link.file, place.parent.name) in self.held or place.is_file() or _unread(place).is_file()
        if known:
            part.drop()
        else:
            self.read[place] = found
            place.parent.mkdir(parents=True, exist_ok=True)
            _flush(part.path)
            part.path.replace(place)
            part.drop()
        taken_at = self._taken_at(link.file, found.sha256) or now.isoformat(timespec="seconds")
        self.seen[link.url] = SeenFile(
            validators.etag, validators.last_modified, found.sha256, link.file, len(data), taken_at
        )
        self._write_state()
        return not known

    def _taken_at(self, file: str, sha256: str) -> str | None:
        """When a file of this name and content was downloaded first, as far as the state tells."""
        times = (one.taken_at for one in self.seen.values() if (one.file, one.sha256) == (file, sha256))
        return next(filter(None, times), None)

    def waiting(self) -> tuple[list[PrintedList], list[Problem]]:
        """Every list in the folder that is not held; one that cannot be read is set apart and reported."""
        lists: list[PrintedList] = []
        problems: list[Problem] = []
        for path in sorted(self.folder.glob("*/*")):
            file = path.name.removesuffix(UNREAD)
            if not file.lower().endswith(".xlsx") or (file, path.parent.name) in self.held:
                continue
            found = self.read.get(path) or read_list(file, path.read_bytes())
            if not found.sha256.startswith(path.parent.name):
                problems.append(_altered(found, path))
            elif found.failed:
                kept = path if path.name.endswith(UNREAD) else path.replace(_unread(path))
                problems += [replace(p, remedy=f"{p.remedy} It is kept as {kept}.") for p in found.problems]
            else:
                kept = path.replace(path.with_name(file))
                noted = self._taken_at(file, found.sha256)
                taken = datetime.fromisoformat(noted) if noted else datetime.fromtimestamp(kept.stat().st_mtime, UTC)
                at = publication(found).at
                if at and day_of(at) - day_of(taken) > timedelta(days=1):
                    problems.append(_later_than_download(found, at, taken))
                else:
                    lists.append(found)
        return sorted(lists, key=lambda found: (found.file, found.sha256)), problems

    def _place(self, file: str, sha256: str) -> Path:
        return self.folder / sha256[:LETTERS_OF_SHA256] / file

    def _read_state(self) -> dict[str, SeenFile]:
        """What was seen before. A state that cannot be read costs one more download, and no list."""
        try:
            state = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
            return {url: SeenFile(**seen) for url, seen in state.items()}
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return {}

    def _write_state(self) -> None:
        state = {url: asdict(seen) for url, seen in sorted(self.seen.items())}
        aside = self.folder / "state.json.new"
        aside.write_text(json.dumps(state, indent=2) + "\n", encoding="utf-8")
        _flush(aside)
        aside.replace(self.folder / "state.json")


def _unread(place: Path) -> Path:
    return place.with_name(place.name + UNREAD)


def _altered(found: PrintedList, path: Path) -> Problem:
    return Problem(
        "truncated",
        found.file,
        None,
        None,
        None,
        f"the bytes that were downloaded (sha256 {path.parent.name}...)",
        f"others (sha256 {found.sha256[:LETTERS_OF_SHA256]}...) in {path}",
        "Delete that file and run the update again.",
        found.sha256,
    )


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
