"""Damaged workbooks, killed runs, full disks: what is lost, and what is left half done.

    python -m benchmarks.robustness [--lists ../shared/lists] [--workbooks 500] [--kills 5] [--seed 1]

Each line gives how often something was tried, and how often it went wrong; exits 1 where anything did.

*Workbooks*: real lists with bytes flipped, ends cut off, pieces repeated, or a part of the package changed and packed
again. Right is a list, or a problem that says what was found; wrong is any other error, or more than ten seconds.
*Kills*: ``build``, ``export`` and ``site`` over an earlier result, ended at a random moment. Right is the earlier
result or the new one, complete. *Full disk*: no file may grow beyond 32 KiB. *No folder*: the place to write to is a
file. Right is a refusal in words (exit code 2), with the earlier result as it was.
"""

import argparse
import hashlib
import io
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


def killed(job: Job, times: int, chance: random.Random) -> Tried:
    """Run to the end once or twice, then end runs at random moments; each must leave a state that was seen."""
    found = Tried(f"killed: {job.name}")
    started = time.perf_counter()
    subprocess.run(command(*job.words), capture_output=True, check=False)
    lasts = time.perf_counter() - started
    good = {job.state(job.out)}
    for number in range(times):
        process = subprocess.Popen(command(*job.words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=lasts * chance.random())
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        state = job.state(job.out)
        found.note(str(number), None if state in good else f"left {state}")
    return found


def refused(job: Job, how: str, words: tuple[str, ...], limit: Callable[[], None] | None) -> Tried:
    """Run where nothing can be written: a refusal in words, and what was there stays."""
    found = Tried(f"{how}: {job.name}")
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


def jobs(lists: list[Path], folder: Path) -> list[Job]:
    """The commands that write."""
    place = folder / "lists"
    place.mkdir()
    for path in lists:
        shutil.copy(path, place)
    record, site, export = folder / "record", folder / "site", folder / "export"
    return [
        Job("build", ("build", str(place), "--out", str(record)), record, state_of_record),
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
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    every = sorted(asked.lists.rglob("*.xlsx"))
    if not every:
        sys.stderr.write(f"{asked.lists}: no workbook found. Name a folder of ICE's lists with --lists DIR.\n")
        return 2
    some = chance.sample(every, min(LISTS_BUILT, len(every)))
    results = [workbooks(some, asked.workbooks, chance)]
    sys.stdout.write(f"{results[0]}\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "a-file").touch()
        for job in jobs(some, folder):
            elsewhere = tuple(word.replace(str(job.out), str(folder / "a-file" / "out")) for word in job.words)
            for result in (
                killed(job, asked.kills, chance),
                refused(job, "full disk", job.words, small_disk),
                refused(job, "no folder", elsewhere, None),
            ):
                results.append(result)
                sys.stdout.write(f"{result}\n")
                sys.stdout.flush()
    wrong = [line for result in results for line in result.wrong]
    sys.stdout.write("".join(f"  {line}\n" for line in wrong[:50]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
