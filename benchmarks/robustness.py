"""Damaged workbooks, killed runs, full disks, a record swapped under load: what is lost, and what is left half done.

    python -m benchmarks.robustness [--lists ../shared/lists] [--workbooks 500] [--kills 5] [--seconds 10] [--seed 1]
    python -m benchmarks.robustness --workbooks 10000 --kills 100 --seconds 60      everything, for some hours

Each line gives how often something was tried, and how often it went wrong; exits 1 where anything did.

*Workbooks*: real lists with bytes flipped, ends cut off, pieces repeated, or a part of the package changed and packed
again. Right is a list, or a problem that says what was found; wrong is any other error, or more than ten seconds.
*Kills*: ``build``, ``update`` (from a page of this machine), ``export``, ``custody audit`` and ``site`` over an earlier
result, ended at a random moment. Right is the earlier result or the new one, complete, and a run after the last kill
that gives the new one. *Full disk*: no file may grow beyond 32 KiB. *Read-only*: the folder and the one around it may
not be written to. *No folder*: the place to write to is a file. Right is a refusal in words (exit code 2), with the
earlier result as it was. *Swapped*: 50 connections ask a running site while its record is replaced again and again.
Right is an answer 200 to each, of one of the records.
"""

import argparse
import ctypes
import hashlib
import io
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.swapped import serve_lists, swapped_under_load
from ledger287.core.problem import Refused
from ledger287.ledger.store.folder import open_record
from ledger287.ledger.store.tables import TABLES
from ledger287.sources.ice_lists.printed import read_list
from ledger287.web.publish.export import MARK

SLOW = 10.0
SMALLEST_DISK = 32 * 1024
LISTS_BUILT = 60


@dataclass
class Tried:
    """How often something was tried, and each time that it went wrong."""

    what: str
    times: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, name: str, fault: str | None) -> None:
        """One more try."""
        self.times += 1
        if fault:
            self.wrong.append(f"{name}: {fault}")

    def __str__(self) -> str:
        return f"{self.what:<28} {self.times:>7,} tried  {len(self.wrong):>5,} wrong"


# -- workbooks -------------------------------------------------------------------------------------


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The beginning only."""
    return data[: chance.randrange(len(data))]


def repeated(data: bytes, chance: random.Random) -> bytes:
    """A piece put in once more somewhere else."""
    start, at = chance.randrange(len(data)), chance.randrange(len(data))
    return data[:at] + data[start : start + chance.randint(1, 5000)] + data[at:]


def repacked(data: bytes, chance: random.Random) -> bytes:
    """One part of the package changed, and all packed again, so that every checksum is right."""
    buffer = io.BytesIO()
    how = chance.choice((flipped, cut, repeated))
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, how(part, chance) if name == chosen and part else part)
    return buffer.getvalue()


def workbooks(lists: Iterable[Path], times: int, chance: random.Random) -> Tried:
    """Read damaged workbooks."""
    found = Tried("damaged workbooks")
    sources = [(path.name, path.read_bytes()) for path in lists]
    for number in range(times):
        name, data = chance.choice(sources)
        how: Callable[[bytes, random.Random], bytes] = chance.choice((flipped, cut, repeated, repacked, repacked))
        damaged = how(data, chance)
        started = time.perf_counter()
        fault = None
        try:
            one = read_list(name, damaged)
            if one.failed and not one.problems:
                fault = "refused without a problem"
        except Exception as error:  # whatever is raised is what is looked for here
            fault = f"{type(error).__name__}: {error}"
        if time.perf_counter() - started > SLOW:
            fault = "took more than ten seconds"
        found.note(f"{number} ({how.__name__} of {name})", fault)
    return found


# -- commands --------------------------------------------------------------------------------------


def command(*words: str) -> list[str]:
    """A command of this package, run by this interpreter."""
    return [sys.executable, "-P", "-m", "ledger287.cli.main", *words]


def state_of_record(folder: Path) -> str:
    """What identifies a record, read completely; the reason where it cannot be read."""
    try:
        stored = open_record(folder)
        for table in TABLES:
            stored.read(table.name)
    except (Refused, OSError, ValueError) as error:
        return f"unreadable: {error}"
    return stored.tables.name


def state_of_files(folder: Path) -> str:
    """What identifies a folder of files: names and contents of them all."""
    if not folder.is_dir():
        return "gone"
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def state_of_site(folder: Path) -> str:
    """A site is complete where its mark is, which is written last."""
    return "complete" if (folder / MARK).is_file() and (folder / "index.html").is_file() else "half or gone"


@dataclass(frozen=True)
class Job:
    """A command that writes to a folder, and what tells whether that is as it should be."""

    name: str
    words: tuple[str, ...]
    out: Path
    state: Callable[[Path], str]
    reset: Callable[[], None] = lambda: None
    """Puts the earlier result back, where a run would find nothing to do over its own."""


def killed(job: Job, times: int, chance: random.Random) -> Tried:
    """Run to the end once or twice, then end runs at random moments; each must leave a state that was seen."""
    found = Tried(f"killed: {job.name}")
    started = time.perf_counter()
    subprocess.run(command(*job.words), capture_output=True, check=False)
    lasts = time.perf_counter() - started
    new = job.state(job.out)
    job.reset()
    good = {job.state(job.out), new}
    for number in range(times):
        process = subprocess.Popen(command(*job.words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=lasts * chance.random())
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        state = job.state(job.out)
        found.note(str(number), None if state in good else f"left {state}")
        if state == new:
            job.reset()
    if times:
        subprocess.run(command(*job.words), capture_output=True, check=False)
        if (state := job.state(job.out)) != new:
            found.wrong.append(f"a run after the kills: left {state}")
        left = sorted(path.name for path in job.out.parent.glob(f".{job.out.name}.*"))
        if left:
            found.wrong.append(f"a run after the kills: did not sweep {', '.join(left)}")
    return found


def refused(job: Job, how: str, words: tuple[str, ...], limit: Callable[[], None] | None) -> Tried:
    """Run where nothing can be written: a refusal in words, and what was there stays."""
    found = Tried(f"{how}: {job.name}")
    job.reset()
    before = job.state(job.out)
    done = subprocess.run(command(*words), capture_output=True, preexec_fn=limit, check=False)
    said = done.stderr.decode(errors="replace")
    fault = None
    if b"Traceback" in done.stderr or done.returncode != 2:
        fault = f"exit code {done.returncode}, {said.strip().splitlines()[-1] if said.strip() else 'no word'}"
    elif job.state(job.out) != before:
        fault = "what was there before is changed"
    found.note(job.name, fault)
    return found


def small_disk() -> None:
    """In a process about to run: no file may grow beyond a little."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALLEST_DISK, SMALLEST_DISK))


def read_only(job: Job, folder: Path) -> Tried:
    """Run over an earlier result that may not be written to, nor the folder around it."""
    around = folder / f"read-only {job.name}"
    job.reset()
    shutil.copytree(job.out, around / job.out.name, symlinks=True)
    places = [around, *(path for path in around.rglob("*") if path.is_dir() and not path.is_symlink())]
    for place in places:
        place.chmod(0o555)
    there = Job(job.name, tuple(word.replace(str(job.out), str(around / job.out.name)) for word in job.words),
                around / job.out.name, job.state)  # fmt: skip
    result = refused(there, "read-only", there.words, obey_permissions)
    for place in places:
        place.chmod(0o755)
    return result


def obey_permissions() -> None:
    """In a process about to run: even root may write only where the permissions say so (Linux)."""
    if os.geteuid() == 0:
        for capability in (1, 2, 3):  # to write, to read, to own what is another's
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


def jobs(lists: list[Path], folder: Path) -> list[Job]:
    """The commands that write."""
    place, fewer = folder / "lists", folder / "fewer lists"
    for where, some in ((place, lists), (fewer, lists[: len(lists) // 2])):
        where.mkdir()
        for path in some:
            shutil.copy(path, where)
    record, site, export, report = (folder / name for name in ("record", "site", "export", "report"))
    updated, earlier = folder / "updated", folder / "earlier"
    subprocess.run(command("build", str(fewer), "--out", str(earlier)), capture_output=True, check=False)
    cases = folder / "cases.csv"
    subprocess.run(
        command("custody", "simulate", "--cases", "300", "--out", str(cases)), check=True, capture_output=True
    )
    page = serve_lists(sorted(lists)[-3:])

    def take_back() -> None:
        shutil.rmtree(updated, ignore_errors=True)
        shutil.copytree(earlier, updated, symlinks=True)

    take_back()
    audit = ("custody", "audit", str(cases), "--out", str(report), "--run-at", "2026-05-08T12:00-04:00")
    return [
        Job("build", ("build", str(place), "--out", str(record)), record, state_of_record),
        Job("update", ("update", "--from", page, "--record", str(updated)), updated, state_of_record, take_back),
        Job("audit", (*audit, "--record", str(record)), report, state_of_files),
        Job(
            "export",
            ("export", str(export), "--format", "csv", "--record", str(record)),
            export,
            state_of_files,
        ),
        Job("site", ("site", "--out", str(site), "--record", str(record)), site, state_of_site),
    ]


def main() -> int:
    """Try all, print a line each, and what went wrong."""
    parser = argparse.ArgumentParser(description="Damaged workbooks, killed runs, full disks.")
    parser.add_argument("--lists", type=Path, default=Path("../shared/lists"))
    parser.add_argument("--workbooks", type=int, default=500)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--only", nargs="*", help="some of: workbooks, build, update, audit, export, site, swapped")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    every = sorted(asked.lists.rglob("*.xlsx"))
    if not every:
        sys.stderr.write(f"{asked.lists}: no workbook found. Name a folder of ICE's lists with --lists DIR.\n")
        return 2
    some = chance.sample(every, min(LISTS_BUILT, len(every)))
    results: list[Tried] = []

    def wanted(name: str) -> bool:
        return not asked.only or name in asked.only

    def show(result: Tried) -> None:
        results.append(result)
        sys.stdout.write(f"{result}\n")
        sys.stdout.flush()

    if wanted("workbooks"):
        show(workbooks(some, asked.workbooks, chance))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "a-file").touch()
        every_job = jobs(some, folder)
        subprocess.run(command(*every_job[0].words), capture_output=True, check=False)
        for job in filter(lambda job: wanted(job.name), every_job):
            elsewhere = tuple(word.replace(str(job.out), str(folder / "a-file" / "out")) for word in job.words)
            for result in (
                killed(job, asked.kills, chance),
                refused(job, "full disk", job.words, small_disk),
                read_only(job, folder),
                refused(job, "no folder", elsewhere, None),
            ):
                show(result)
        if wanted("swapped"):
            answers, wrong_answers, swaps = swapped_under_load(folder / "record", folder / "earlier", asked.seconds)
            show(Tried(f"swapped {swaps} times", answers, wrong_answers))
    wrong = [line for result in results for line in result.wrong]
    sys.stdout.write("".join(f"  {line}\n" for line in wrong[:50]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
