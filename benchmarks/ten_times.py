"""One new list folded into a record of ten times today's lists, next to one folded into today's.

``python -m benchmarks.ten_times`` makes the lists: those of the shipped record, then nine times as many of the days
that follow, each with the rows of the newest one (so the record has fifty times the rows). Both records get the list of
the day after their newest one, in turn, each into a fresh copy. Printed: seconds and seconds of the processor of each
(folded in, the record written), and the size of both records.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.folding_one import _fresh
from ledger287.ledger.build.building import build_from, fold_in
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import Stored, open_record
from ledger287.sources.ice_lists.printed import PrintedList

TIMES = 10


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.ten_times", description=__doc__.split("\n")[0])
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--keep", type=Path, default=None, help="a folder in which the two records stay")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(measure(given.keep or Path(temporary), given.rounds), indent=1))


def measure(folder: Path, rounds: int) -> dict[str, Any]:
    """Seconds of folding one list into each record, the best and the median, and the records' sizes."""
    lists = printed_lists(open_record())
    last_one = [one for one in lists if one.kind == "participating" and not one.failed and one.prints][-1]
    newest = open_record().facts["newest_list"]
    copies = list(later(last_one, datetime.fromisoformat(newest), (TIMES - 1) * len(lists) + 1))
    *added, last = copies
    now, then = folder / "today", folder / "ten-times"
    for place, its in ((now, lists), (then, [*lists, *added])):
        if not (place / "record.json").is_file():
            build_from(its, place)
    seconds: dict[str, list[float]] = {}
    processor: dict[str, list[float]] = {}
    after = {now: copies[0], then: last}
    for _ in range(rounds):
        for place in (now, then):
            out = folder / "copy"
            _fresh(place, out)
            start, used = time.perf_counter(), time.process_time()
            fold_in([after[place]], out)
            seconds.setdefault(place.name, []).append(time.perf_counter() - start)
            processor.setdefault(place.name, []).append(time.process_time() - used)
    return {
        name: {
            "best": round(min(its), 3),
            "median": round(statistics.median(its), 3),
            "processor": round(min(processor[name]), 3),
            **_size(open_record(folder / name)),
        }
        for name, its in seconds.items()
    }


def later(its: PrintedList, newest: datetime, count: int) -> Iterator[PrintedList]:
    """Lists of the days after the newest one, with the rows of that one."""
    for number in range(count):
        day = (newest + timedelta(days=number + 1)).astimezone(UTC)
        name = f"participatingAgencies{day:%m%d%Y}.xlsx"
        digest = sha256(f"{name} {its.sha256}".encode()).hexdigest()
        yield replace(its, file=name, sha256=digest, captured_at=None, saved_at=day)


def _size(stored: Stored) -> dict[str, int]:
    facts = stored.facts
    size = sum(path.stat().st_size for path in stored.tables.iterdir())
    return {"lists": facts["lists"], "accepted": facts["accepted"], "rows": facts["rows"]["rows"], "bytes": size}


if __name__ == "__main__":
    main()
