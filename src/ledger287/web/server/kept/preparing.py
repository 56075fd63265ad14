"""Makes every page of a record and a day, in child processes, into a file of pages.

What enters: the folder of a record, its version, a day, and the file. What leaves: the same file with every page, and
whether all were made. Promise: a page made here has the bytes that a request would get, and a file is finished only
when it holds every page.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ledger287.core.process.workers import safe_start
from ledger287.web.edition.edition import open_edition
from ledger287.web.publish.sheets import sheets
from ledger287.web.server.app import page_body
from ledger287.web.server.kept.kept_answers import Body
from ledger287.web.server.kept.pages_file import PagesFile

CHILDREN = 2
LOW_PRIORITY = 10
"""Niceness of the children that work next to a site that serves."""
Made = tuple[str, str, Body]
"""The URL as it is requested, the name that it is counted under, and the body."""


def prepare(
    pages: PagesFile,
    folder: Path,
    version: str,
    day: date,
    base_url: str,
    *,
    goes_on: Callable[[], bool] = lambda: True,
    step: Callable[[], None] = lambda: None,
    niceness: int = LOW_PRIORITY,
) -> bool:
    """Put every page of a record and a day into a file and finish it; whether it was done.

    Where ``goes_on`` says no, or a child ends before its share is made, the file is given up: what it holds can still
    be answered from, but no later start finds it. ``step`` is called after each page. Raises OSError where the file
    cannot be written.
    """
    children = [_Child(folder, version, day, base_url, place, niceness) for place in range(CHILDREN)]
    done = 0
    try:
        for made in _results([child.ours for child in children], goes_on):
            if not goes_on():
                break
            if made is None:
                done += 1
            else:
                pages.put(*made)
                step()
        if done == CHILDREN:
            pages.finish()
    finally:
        for child in children:
            child.end()
        if not pages.finished:
            pages.give_up()
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


class _Child:
    """A process that makes its share of the pages."""

    def __init__(self, folder: Path, version: str, day: date, base_url: str, place: int, niceness: int) -> None:
        context = get_context("spawn")
        self.ours, theirs = context.Pipe(duplex=False)
        arguments = (theirs, folder, version, day, base_url, place, niceness)
        self.process = context.Process(target=make_share, args=arguments, daemon=True)
        with safe_start():
            self.process.start()
        theirs.close()

    def end(self) -> None:
        """Stop it, done or not."""
        self.ours.close()
        self.process.terminate()
        self.process.join(timeout=5)


def make_share(
    results: Connection, folder: Path, version: str, day: date, base_url: str, place: int, niceness: int
) -> None:
    """In a child process: every n-th page with its key and URL, what people read before data."""
    os.nice(niceness)
    edition = open_edition(folder, lambda: day, base_url)
    if edition.version != version:
        return
    pages = sorted(sheets(edition, live=True), key=lambda sheet: sheet.form != "html")
    with suppress(BrokenPipeError):
        for sheet in pages[place::CHILDREN]:
            body = page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {})
            if body.status == 200:
                results.send((sheet.address, sheet.kind.name, body))
        results.send(None)
