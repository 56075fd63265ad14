"""(b) One new list folded into a record of all others: the newest participating list of the record.

In this process, after imports: the list's file is read, folded in, and the record written and flushed, each time into a
fresh copy of the record without it. Compared with it, in turn: pandas reading the same file with openpyxl, appending it
to the flat rows that it holds in memory, and writing them as a pickle (its quickest format; nothing is flushed); and
the limit, inflating the file and writing and flushing as many bytes as the record has. And, as a user runs it,
``ledger287 update`` from a page on this machine: a complete process, which requests the page, waits two seconds as it
does before each file, downloads, reads and folds in.
"""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl

from benchmarks.competitors import unzip, workbooks
from benchmarks.full_build import LEDGER, Place
from benchmarks.measuring import Failed, run, timed
from ledger287.ledger.build.building import build, fold_in
from ledger287.ledger.store.folder import Stored, open_record
from ledger287.sources.fetching import Manners
from ledger287.sources.ice_lists.printed import read_list

FOLD_IN = "ledger287: read, fold in, write"
APPEND = "pandas: read, append, write"
LIMIT = "limit: inflate, write, flush"
UPDATE = "ledger287 update, whole process"
UPDATE_PAUSE = Manners().pause
"""What the update waits, on purpose, before it asks for a file."""


def newest(lists: Path, stored: Stored) -> Path:
    """The file of the newest accepted participating list."""
    found = stored.read("lists").filter(pl.col("accepted"), pl.col("kind") == "participating").sort("list")
    return next(path for path in workbooks(lists) if path.name == found["file"][-1])


def measure(place: Place, whole: Stored, rows: pd.DataFrame, rounds: int) -> tuple[dict[str, list[float]], str]:
    """Seconds of each thing compared, and the name of the list."""
    file = newest(place.lists, whole)
    before = place.temporary / "record-before"
    build([path for path in workbooks(place.lists) if path != file], before)
    found: dict[str, list[float]] = {FOLD_IN: [], APPEND: [], LIMIT: [], UPDATE: []}
    out, pickle = place.temporary / "record-after", place.temporary / "rows.pickle"
    size = sum(path.stat().st_size for path in whole.tables.iterdir())

    def fold() -> None:
        fold_in([read_list(file.name, file.read_bytes())], out)

    def append() -> None:
        new = pd.read_excel(file, engine="openpyxl", sheet_name=None)
        pd.concat([rows, *new.values()]).to_pickle(pickle)

    def limit() -> None:
        unzip(file)
        with pickle.open("wb") as target:
            target.write(bytes(size))
            target.flush()
            os.fsync(target.fileno())

    for number in range(rounds + 1):
        place.tell(f"(b) round {number} of {rounds}")
        for name, work in ((FOLD_IN, fold), (APPEND, append), (LIMIT, limit)):
            _fresh(before, out)
            place.patience.wait()
            seconds, _ = timed(work)
            if number:  # the first round warms up
                found[name].append(seconds)
            if name == FOLD_IN and open_record(out).facts != whole.facts:
                raise Failed("the record folded into is not the one built from all lists")
        if number % 3 == 1:
            _fresh(before, out)
            with _page(file, place.temporary / "page") as address:
                command = [str(LEDGER), "update", "--from", address, "--record", str(out), "--json"]
                update = run(command, place.env, codes=(0, 1))
            if not json.loads(update.said)["taken"]:
                raise Failed(f"the update took no list: {update.said}")
            found[UPDATE].append(update.seconds)
    return found, file.name


def _fresh(record: Path, copy: Path) -> None:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(record, copy)
    os.sync()
    time.sleep(0.05)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _page(file: Path, folder: Path) -> Iterator[str]:
    """A page on this machine that links one list; gives its URL."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(file, folder / file.name)
    (folder / "index.html").write_text(f'<a href="{file.name}">list</a>', encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
