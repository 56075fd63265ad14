"""Makes every page of a record and a day that is not ready yet, in child processes, into the files of pages.

What enters: the folder of a record, and its files for a day. What leaves: the same files with every page, and whether
all were made. Promise: a page made here has, completed for the day, the words that a request would get, a file is
finished only when it holds every page, and the pages of one that was stopped are not made again.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ledger287.core.process.workers import safe_start
from ledger287.web.edition.edition import open_edition
from ledger287.web.publish.sheets import PublishedSheet, sheets
from ledger287.web.render.page import Page
from ledger287.web.render.rendering import MEDIA
from ledger287.web.server.app import BY_NAME, page_bytes
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.kept.prepared import Prepared
from ledger287.web.server.query import Language

CHILDREN = 2
LOW_PRIORITY = 10
"""Niceness of the children that work next to a site that serves."""
LAST = ("list", "rows", "where")
"""Kinds that are many and seldom read first."""
Made = tuple[str, str, Body]
"""The URL as it is requested, the name of its kind, and the body."""


def prepare(
    pages: Prepared,
    folder: Path,
    base_url: str,
    *,
    goes_on: Callable[[], bool] = lambda: True,
    step: Callable[[], None] = lambda: None,
    niceness: int = LOW_PRIORITY,
) -> bool:
    """Put every page into the files that are not finished, and finish them; whether it was done.

    Where ``goes_on`` says no, or a child ends before its share is made, what a file holds can still be answered from,
    and a later start makes the others. ``step`` is called after each page. Raises OSError where a file cannot be
    written; then it is removed.
    """
    missing = pages.missing()
    if not missing:
        return True
    work = ChildWork(folder, pages.version, pages.day, base_url, pages.lasting in missing, niceness, pages.held)
    children = [_Child(work, place) for place in range(CHILDREN)]
    done = 0
    try:
        for made in _results([child.ours for child in children], goes_on):
            if not goes_on():
                break
            if made is None:
                done += 1
            else:
                kind = BY_NAME[made[1]]
                (pages.lasting if kind.lasts else pages.of_day).put(
                    *made, kind.day_apart and made[2].media_type != MEDIA["csv"]
                )
                step()
        if done == CHILDREN:
            for file in missing:
                file.finish()
    except OSError:
        for file in pages.missing():
            file.remove()
        raise
    finally:
        for child in children:
            child.end()
        for file in pages.missing():
            file.stop()
    return pages.finished


def _results(ends: list[Connection], goes_on: Callable[[], bool]) -> Iterator[Made | None]:
    """What comes from the children, None from each at its end, until all have ended or this is stopped."""
    while ends and goes_on():
        wait(ends, timeout=0.5)
        for end in [end for end in ends if end.poll()]:
            try:
                yield end.recv()
            except (EOFError, OSError):
                ends.remove(end)


@dataclass(frozen=True, slots=True)
class ChildWork:
    """What every child is given; ``lasting`` says whether it makes the pages that last, too.

    ``held`` are the URLs of the pages that were made before.
    """

    folder: Path
    version: str
    day: date
    base_url: str
    lasting: bool
    niceness: int
    held: frozenset[str]


class _Child:
    """A process that makes its share of the pages."""

    def __init__(self, work: ChildWork, place: int) -> None:
        context = get_context("spawn")
        self.ours, theirs = context.Pipe(duplex=False)
        self.process = context.Process(target=make_share, args=(theirs, work, place), daemon=True)
        with safe_start():
            self.process.start()
        theirs.close()

    def end(self) -> None:
        """Stop it, done or not."""
        self.ours.close()
        self.process.terminate()
        self.process.join(timeout=5)


def make_share(results: Connection, work: ChildWork, place: int) -> None:
    """In a child process: every n-th page in its languages and forms, those that people read most before others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that started this one, which ends it
    os.nice(work.niceness)
    edition = open_edition(work.folder, lambda: work.day, work.base_url)
    if edition.version != work.version:
        return
    wanted = (
        sheet
        for sheet in sheets(edition, live=True)
        if (work.lasting or not sheet.kind.lasts) and sheet.address not in work.held
    )
    with suppress(BrokenPipeError):
        for forms in _of_one_page(wanted)[place::CHILDREN]:
            made: dict[Language, Page] = {}
            for sheet in forms:
                data, media, status = page_bytes(
                    edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {}, made=made, marks=True
                )
                if status == 200:
                    results.send((sheet.address, sheet.kind.name, pack(data, media, status)))
        results.send(None)


def _of_one_page(every: Iterable[PublishedSheet]) -> list[list[PublishedSheet]]:
    """The sheets of each page together, so that it is made once for all forms; those of the day first, lists last."""
    pages = [list(forms) for _, forms in groupby(every, key=lambda sheet: (sheet.kind.name, *sheet.path.values()))]
    return sorted(pages, key=lambda forms: (forms[0].kind.name in LAST, forms[0].kind.lasts))
