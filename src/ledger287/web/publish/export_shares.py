"""The pages of a static export, written by as many processes as there are cores where they are many.

What enters: an edition, its sheets, and the folder to write into. What leaves: the files of the pages, and of each the
name and size, in any order; the same bytes as one process writes. A process takes some pages at a time, so that all
end together. A process that ends early is an error; a page that cannot be made is Refused.
"""

import gzip
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from ledger287.core.problem import Refused
from ledger287.core.process.workers import safe_start
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.publish.sheets import PublishedSheet, sheets
from ledger287.web.render.page import Page
from ledger287.web.server.app import page_bytes
from ledger287.web.server.kept.kept_answers import WORTH_COMPRESSING
from ledger287.web.server.query import Language

WORTH_PROCESSES = 3_000
"""Pages from which a second process saves more than its start costs."""
AT_ONCE = 120
"""Pages that a process takes at a time."""
Written = tuple[str, int]
"""The name of a file in the folder, without ``.gz``, and its bytes."""


@dataclass(frozen=True, slots=True)
class _ProcessWork:
    """What every process is given: the record, the day, where to write and how, and the URLs of all pages."""

    record: Path
    day: date
    base_url: str
    folder: Path
    packed: bool
    shares: list[list[str]]


def write_pages(
    edition: Edition, chosen: Sequence[PublishedSheet], folder: Path, packed: bool, meanwhile: Iterator[Written]
) -> Iterator[Written]:
    """Write each page, and what is written ``meanwhile``. Raises Refused for one that cannot be made, and OSError."""
    count = os.cpu_count() or 1
    if count > 1 and len(chosen) >= WORTH_PROCESSES:
        yield from _by_processes(edition, chosen, folder, packed, meanwhile, count)
    else:
        writer = _Writer(edition, folder, packed)
        yield from map(writer.write, chosen)
    yield from meanwhile


def write_file(folder: Path, name: str, data: bytes, packed: bool) -> Written:
    """Write one file; where ``packed``, as gzip alone."""
    target = folder / (f"{name}.gz" if packed else name)
    if packed:
        data = gzip.compress(data, 6, mtime=0)
    try:
        target.write_bytes(data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return name, len(data)


class _Writer:
    """Writes pages; the forms of one page that follow each other are of one making."""

    def __init__(self, edition: Edition, folder: Path, packed: bool) -> None:
        self.edition, self.folder, self.packed = edition, folder, packed
        self._page: tuple[str, tuple[str, ...]] | None = None
        self._made: dict[Language, Page] = {}

    def write(self, sheet: PublishedSheet) -> Written:
        """Write one form of a page. Raises Refused where it cannot be made, and OSError."""
        if self._page != _page_of(sheet):
            self._page, self._made = _page_of(sheet), {}
        data, _, status = page_bytes(
            self.edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {}, fixed=True, made=self._made
        )
        if status != 200:
            raise Refused(f"{sheet.address}: the page cannot be made (status {status}).")
        if sheet.is_packed:
            return write_file(self.folder, sheet.file, gzip.compress(data, 6, mtime=0), False)
        return write_file(self.folder, sheet.file, data, self.packed and len(data) >= WORTH_COMPRESSING)


def _page_of(sheet: PublishedSheet) -> tuple[str, tuple[str, ...]]:
    return sheet.kind.name, tuple(sheet.path.values())


def _shares(chosen: Sequence[PublishedSheet]) -> list[list[str]]:
    """The URLs of the pages, some at a time; the languages and the data of one page stay together."""
    shares: list[list[str]] = [[]]
    for _, group in groupby(chosen, key=_page_of):
        shares[-1] += (sheet.address for sheet in group)
        if len(shares[-1]) >= AT_ONCE:
            shares.append([])
    return [share for share in shares if share]


def _by_processes(
    edition: Edition,
    chosen: Sequence[PublishedSheet],
    folder: Path,
    packed: bool,
    meanwhile: Iterator[Written],
    count: int,
) -> Iterator[Written]:
    context = get_context("spawn")
    with safe_start():  # a counter that processes share starts a process of Python's own
        taken = context.Value("i", 0)
    work = _ProcessWork(edition.atlas.stored.folder, edition.today(), edition.base_url, folder, packed, _shares(chosen))
    left = len(chosen)
    ends: list[Connection] = []
    processes = []
    try:
        for _ in range(count):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=write_shares, args=(theirs, taken, work), daemon=True)
            with safe_start():
                process.start()
            theirs.close()
            ends.append(ours)
            processes.append(process)
        while ends:
            other = next(meanwhile, None)
            if other:
                yield other
            ready = wait(ends, timeout=0 if other else None)
            for end in [one for one in ends if one in ready]:
                try:
                    message = end.recv()
                except EOFError:
                    ends.remove(end)
                    continue
                if isinstance(message, str):
                    raise Refused(message)
                left -= len(message)
                yield from message
        if left:
            raise Refused(f"{left} pages were not made: a process ended early. Try again with more memory.")
    finally:
        for process in processes:
            process.terminate()
            process.join(timeout=5)


def write_shares(results: Connection, taken: Any, work: _ProcessWork) -> None:
    """In a process of its own: some pages at a time, until all are ``taken``; a refusal as its words."""
    edition = open_edition(work.record, lambda: work.day, work.base_url)
    every = {sheet.address: sheet for sheet in sheets(edition)}
    writer = _Writer(edition, work.folder, work.packed)
    try:
        while True:
            with taken.get_lock():
                place = taken.value
                taken.value += 1
            if place >= len(work.shares):
                return
            results.send([writer.write(every[name]) for name in work.shares[place]])
    except Refused as refused:
        results.send(str(refused))
    except BrokenPipeError:
        return
    except OSError as error:
        results.send(f"{work.folder}: cannot be written ({error.strerror or error}).")
