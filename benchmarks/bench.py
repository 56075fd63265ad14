"""Speed and memory, side by side in one run, with what a user would use instead and with the limit.

``python -m benchmarks.bench LISTS`` measures (a) a full build, (b) folding in one new list, (c) questions in process,
(d) the start of the command, and how (a) grows with 1, 2, 4 and 8 times the lists. It writes ``build/bench/bench.json``
(every raw sample, and the facts of the machine) and ``build/bench/bench.md``, and prints the latter. ``--quick`` leaves
out pandas reading all lists, and the growth. Goals that are missed are reported, not failed: timings depend on the
machine and on its other work.
"""

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import asking, folding_one, full_build, reporting
from benchmarks.competitors import workbooks
from benchmarks.full_build import LEDGER, Place
from benchmarks.measuring import Failed, Patience, Samples, environment, machine, run
from ledger287.ledger.store.folder import open_record

OUT = Path("build") / "bench"
HELP, STATUS = "ledger287 --help", "ledger287 status"
STARTS = {
    HELP: [str(LEDGER), "--help"],
    STATUS: [str(LEDGER), "status"],
    "floor: python -c pass": [sys.executable, "-c", "pass"],
    "floor: import polars": [sys.executable, "-c", "import polars"],
    "instead: import pandas": [sys.executable, "-c", "import pandas"],
}


def main() -> None:
    asked = _asked()
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="making-", dir=OUT) as made:
        place = Place(
            asked.lists,
            Path(made).resolve(),
            environment(Path(made).resolve() / "bytecode"),
            Patience(asked.patience),
            _teller(),
        )
        try:
            found = _measured(place, asked)
        except Failed as failed:
            raise SystemExit(f"bench: {failed}") from None
    (OUT / "bench.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (OUT / "bench.md").write_text(table := reporting.table(found), encoding="utf-8")
    print(table)
    print(f"written: {OUT / 'bench.json'}, {OUT / 'bench.md'}")


def _asked() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__.split("\n")[0])
    options.add_argument("lists", type=Path, help="the folder of lists")
    options.add_argument("--quick", action="store_true", help="leave out pandas over all lists, and the growth")
    options.add_argument("--rounds", type=int, default=5, help="rounds of (a); the growth takes two (default 5)")
    options.add_argument("--days", type=int, default=400, help="days asked about in (c) (default 400)")
    options.add_argument(
        "--patience", type=float, default=300, help="seconds to wait in all for a quiet machine (default 300)"
    )
    options.add_argument("--date", default=None, help="the day to write into the results; today (UTC) if left out")
    asked = options.parse_args()
    if not workbooks(asked.lists):
        raise SystemExit(f"{asked.lists}: no .xlsx file here; name the folder of lists: make bench LISTS=folder")
    return asked


def _teller() -> Any:
    """Progress, where somebody looks on."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda text: print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _measured(place: Place, asked: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {
        "date": asked.date or datetime.now(UTC).date().isoformat(),
        "command": " ".join(["python -m benchmarks.bench", *sys.argv[1:]]),
        "quick": asked.quick,
        "machine": machine(),
    }
    samples, work = full_build.measure(place, asked.rounds, not asked.quick)
    found["work"] = work
    found["build"] = {
        "runs": samples.raw(),
        "reading_alone": {
            name: full_build.reading_alone(samples, name) for name in samples.runs if name != full_build.BUILD
        },
    }
    found["start"] = _starts(place, 11).raw()
    found |= _in_process(place, asked)
    if not asked.quick:
        found["growth"] = [{**asdict(grown), "samples": grown.samples.raw()} for grown in full_build.grow(place, 2)]
    found["waited_for_quiet_seconds"] = place.patience.waited
    return found


def _starts(place: Place, rounds: int) -> Samples:
    """(d) Complete processes from a cold start: a new interpreter, files in the page cache."""
    samples = Samples()
    for number in range(rounds + 1):
        place.tell(f"(d) round {number} of {rounds}")
        place.patience.wait()
        for name, command in STARTS.items():
            started = run(command, place.env)
            if number:  # the first round compiles and warms up
                samples.add(name, started)
    return samples


def _in_process(place: Place, asked: argparse.Namespace) -> dict[str, Any]:
    """(b) and (c), on the record that (a) built."""
    record = place.temporary / "record-whole"
    shutil.copytree(place.temporary / "record", record)
    whole = open_record(record)
    flat = asking.flat_rows(whole)
    place.patience.wait()
    questions, first = asking.measure(record, whole, flat, asked.days, place.tell)
    seconds, file = folding_one.measure(place, whole, asking.in_pandas(flat), 9)
    return {
        "fold": {"list": file, "seconds": seconds, "pause_of_update": folding_one.UPDATE_PAUSE},
        "ask": {"milliseconds": questions, "first_milliseconds": first, "flat_rows": len(flat)},
    }


if __name__ == "__main__":
    main()
