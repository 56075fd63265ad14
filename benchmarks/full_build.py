"""(a) A build of all lists, compared with fastexcel and pandas only reading them, and with the limit.

All are processes over the same files, taken in turn, round by round, so that other work on the machine
falls on all alike; pandas, which takes minutes, is taken once, half-way. The files are in the page
cache for all (each is read once before). Each build writes into a folder that is not there before.

``grow`` builds from 1, 2, 4 and 8 times the lists. The copies are lists of their own: other bytes (the
zip package has a comment) and another name, which means the same publication. Nothing is known of
a copy until its cells are read; its rows are then those of the list that it copies.
"""

import json
import math
import shutil
import statistics
import sys
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.competitors import unzip, workbooks
from benchmarks.measuring import Patience, Samples, run

LEDGER = Path(sys.executable).parent / "ledger287"
BUILD = "ledger287 build"
FASTEXCEL, FASTEXCEL_2 = "fastexcel, reading", "fastexcel, reading, 2 processes"
PANDAS = "pandas with openpyxl, reading"
UNZIP, UNZIP_2 = "limit: read and inflate", "limit: read and inflate, 2 processes"
COMPETITORS = {
    FASTEXCEL: ("fastexcel", 1),
    FASTEXCEL_2: ("fastexcel", 2),
    UNZIP: ("unzip", 1),
    UNZIP_2: ("unzip", 2),
}
COPY_ENDINGS = ("", "_copy", "-copy", "__copy", "--copy", "_-copy", "-_copy", "___copy")
"""Suffixes of a list's name that do not change its publication (see ledger287.sources.ice_lists.publication)."""
FACTORS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to measure: the lists, a folder for what is made, and the environment of the commands."""

    lists: Path
    temporary: Path
    env: dict[str, str]
    patience: Patience
    tell: Any


@dataclass(frozen=True, slots=True)
class Grown:
    """One size of the growth."""

    factor: int
    files: int
    accepted: int
    rows: int
    samples: Samples


def measure(place: Place, rounds: int, with_pandas: bool) -> tuple[Samples, dict[str, Any]]:
    """The samples, and what the work is."""
    paths = workbooks(place.lists)
    work = {
        "files": len(paths),
        "contents": len({sha256(path.read_bytes()).digest() for path in paths}),
        "bytes": sum(path.stat().st_size for path in paths),
        "bytes_inflated": sum(map(unzip, paths)),
    }
    samples = Samples()
    warm = Samples()
    build(place, place.lists, warm)
    record = place.temporary / "record"
    work |= _facts(record)
    for reader, jobs in COMPETITORS.values():
        read(place, reader, jobs, place.lists, warm, reader)
    steps = [BUILD, *COMPETITORS]
    for number in range(rounds):
        if with_pandas and number == rounds // 2:
            place.tell(f"(a) {PANDAS}, once; this takes minutes")
            read(place, "pandas", 1, place.lists, samples, PANDAS)
        for name in steps[number % len(steps) :] + steps[: number % len(steps)]:
            place.tell(f"(a) round {number + 1} of {rounds}: {name}")
            if name == BUILD:
                build(place, place.lists, samples)
            else:
                read(place, *COMPETITORS[name], place.lists, samples, name)
    return samples, work


def build(place: Place, lists: Path, samples: Samples) -> None:
    """``ledger287 build`` into a new folder, as a user types it. It exits 1 when cells could not be read."""
    record = place.temporary / "record"
    shutil.rmtree(record, ignore_errors=True)
    place.patience.wait()
    command = [str(LEDGER), "build", str(lists), "--out", str(record)]
    samples.add(BUILD, run(command, place.env, memory=True, codes=(0, 1)))


def read(place: Place, reader: str, jobs: int, lists: Path, samples: Samples, name: str) -> None:
    """One of the competitors over the lists."""
    place.patience.wait()
    command = [sys.executable, "-m", "benchmarks.competitors", reader, str(lists), f"--jobs={jobs}"]
    samples.add(name, run(command, place.env, memory=True))


def reading_alone(samples: Samples, name: str) -> list[float]:
    """A competitor's seconds without the start of its interpreter and its imports."""
    return [json.loads(found.said)["seconds"] for found in samples.runs[name]]


def _facts(record: Path) -> dict[str, Any]:
    facts = json.loads((record / "record.json").read_text(encoding="utf-8"))
    size = sum(path.stat().st_size for path in (record / facts["tables"]).iterdir())
    return {"lists": facts["lists"], "accepted": facts["accepted"], "rows": facts["rows"]["rows"], "record_bytes": size}


def grow(place: Place, rounds: int) -> list[Grown]:
    """Builds and fastexcel alone from more and more lists, smallest first, round by round."""
    folders = {factor: place.temporary / f"times-{factor}" for factor in FACTORS}
    for factor, folder in folders.items():
        place.tell(f"growth: making {factor} times the lists")
        copy_lists(place.lists, folder, factor)
    samples = {factor: Samples() for factor in FACTORS}
    facts = {}
    for number in range(rounds):
        for factor, folder in folders.items():
            place.tell(f"growth: round {number + 1} of {rounds}, {factor} times the lists")
            build(place, folder, samples[factor])
            facts[factor] = _facts(place.temporary / "record")
            read(place, "fastexcel", 1, folder, samples[factor], FASTEXCEL)
    for folder in folders.values():
        shutil.rmtree(folder)
    return [
        Grown(factor, len(workbooks(place.lists)) * factor, found["accepted"], found["rows"], samples[factor])
        for factor, found in facts.items()
    ]


def copy_lists(lists: Path, folder: Path, factor: int) -> None:
    """The lists ``factor`` times over: the first unchanged, each copy with bytes and a name of its own."""
    for path in workbooks(lists):
        for number, ending in enumerate(COPY_ENDINGS[:factor]):
            to = folder / str(number) / path.relative_to(lists)
            to = to.with_name(f"{path.stem}{ending}{path.suffix}")
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
            if number:
                with zipfile.ZipFile(to, "a") as package:
                    package.comment = f"copy {number}".encode()


def exponent(sizes: list[float], values: list[float]) -> float:
    """The power of the size with which the values grow, by least squares on logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    return statistics.linear_regression(x, y).slope
