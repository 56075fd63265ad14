"""The pages of a static export, made by as many processes as there are cores where they are many.

What enters: an edition and its sheets. What leaves: the name and body of each page's file, in any order; the same
bytes as one process makes. A process that ends early is an error; a page that cannot be made is Refused.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.process.workers import safe_start
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.publish.sheets import Sheet, sheets
from ledger287.web.render.addresses import file_of
from ledger287.web.server.app import page_body
from ledger287.web.server.kept.kept_answers import Body

WORTH_PROCESSES = 3_000
"""Pages from which a second process saves more than its start costs."""
AT_ONCE = 50
Made = tuple[str, Body]


def made_pages(edition: Edition, chosen: Sequence[Sheet]) -> Iterator[Made]:
    """Each page with the name of its file. Raises Refused for one that cannot be made."""
    count = os.cpu_count() or 1
    if count == 1 or len(chosen) < WORTH_PROCESSES:
        yield from (page_of(edition, sheet) for sheet in chosen)
        return
    yield from _by_processes(edition, chosen, count)


def page_of(edition: Edition, sheet: Sheet) -> Made:
    """One page, as it is in an export."""
    body = page_body(edition, sheet.kind, sheet.lang, sheet.form, sheet.path, {}, fixed=True)
    if body.status != 200:
        raise Refused(f"{sheet.address}: the page cannot be made (status {body.status}).")
    return file_of(sheet.address), body


def _by_processes(edition: Edition, chosen: Sequence[Sheet], count: int) -> Iterator[Made]:
    context = get_context("spawn")
    held, day = edition.atlas.stored.folder, edition.today()
    names = [sheet.address for sheet in chosen]
    size = -(-len(names) // count)
    ends: list[Connection] = []
    processes = []
    try:
        for place in range(count):
            ours, theirs = context.Pipe(duplex=False)
            share = names[place * size : (place + 1) * size]
            arguments = (theirs, held, day, edition.base_url, share)
            process = context.Process(target=make_share, args=arguments, daemon=True)
            with safe_start():
                process.start()
            theirs.close()
            ends.append(ours)
            processes.append(process)
        left = len(names)
        while ends:
            for end in [end for end in ends if end in wait(ends)]:
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


def make_share(results: Connection, folder: Path, day: date, base_url: str, names: Sequence[str]) -> None:
    """In a process of its own: some pages, a few at a time; a refusal as its words."""
    edition = open_edition(folder, lambda: day, base_url)
    wanted = set(names)
    made: list[Made] = []
    try:
        for sheet in sheets(edition):
            if sheet.address in wanted:
                made.append(page_of(edition, sheet))
                if len(made) == AT_ONCE:
                    results.send(made)
                    made = []
        results.send(made)
    except Refused as refused:
        results.send(str(refused))
    except BrokenPipeError:
        return
