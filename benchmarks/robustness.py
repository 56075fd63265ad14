"""Damaged workbooks, killed runs, full disks, a record swapped under load: what is lost, and what is left half done.

    python -m benchmarks.robustness [--lists ../shared/lists] [--workbooks 500] [--kills 5] [--seconds 10] [--seed 1]
    python -m benchmarks.robustness --workbooks 10000 --kills 100 --seconds 60      everything, for some hours
    python -m benchmarks.robustness --kills 100 --most-lists 10 --pages 200        the same kills, for an hour or two

Each line gives how often something was tried, and how often it went wrong; exits 1 where anything did.

*Workbooks*: real lists with bytes flipped, ends cut off, pieces repeated, or a part of the package changed and packed
again. Right is a list, or a problem that says what was found; wrong is any other error, or more than ten seconds.
*Kills*: ``build``, ``update`` (from a page of this machine), ``export``, ``custody audit`` and ``site`` over an earlier
result, ended at a random moment. Right is the earlier result or the new one, complete, and a run after the last kill
that gives the new one. *Full disk*: no file may grow beyond 2 KiB (beyond nothing, for commands that write little).
*Read-only*: the folder and the one around it may
not be written to. *No folder*: the place to write to is a file. Right is a refusal in words (exit code 2), with the
earlier result as it was. *Swapped*: 50 connections ask a running site while its record is replaced again and again.
Right is an answer 200 to each, of one of the records. ``--pages`` writes a site of so many pages, by the same export;
``--most-lists`` builds from fewer lists.
"""

import argparse
import ctypes
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.damaged import cut, flipped, repacked, repeated
from benchmarks.swapped import serve_files, serve_lists, swapped_under_load
from ledger287.core.problem import Refused
from ledger287.ledger.store.folder import open_record
from ledger287.ledger.store.tables import TABLES
from ledger287.sources.ice_lists.printed import read_list
from ledger287.web.publish.export import MARK

SLOW = 10.0
SMALLEST_DISK = 2 * 1024
LISTS_BUILT = 60
SMALL_PDF = (
    b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj\n"
)


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


LEDGER = ("-m", "ledger287.cli.main")
FEW_PAGES = (str(Path(__file__).with_name("few_pages.py")),)


def command(*words: str, program: tuple[str, ...] = LEDGER) -> list[str]:
    """A command of this package, run by this interpreter."""
    return [sys.executable, "-P", *program, *words]


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
    """What identifies a file, or a folder of files: names and contents of them all."""
    if folder.is_file():
        return hashlib.sha256(folder.read_bytes()).hexdigest()
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
    program: tuple[str, ...] = LEDGER

    @property
    def command(self) -> list[str]:
        """How it is run."""
        return command(*self.words, program=self.program)


def killed(job: Job, times: int, chance: random.Random) -> Tried:
    """Run to the end once or twice, then end runs at random moments; each must leave a state that was seen."""
    found = Tried(f"killed: {job.name}")
    started = time.perf_counter()
    subprocess.run(job.command, capture_output=True, check=False)
    lasts = time.perf_counter() - started
    new = job.state(job.out)
    job.reset()
    good = {job.state(job.out), new}
    for number in range(times):
        process = subprocess.Popen(job.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
        subprocess.run(job.command, capture_output=True, check=False)
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
    done = subprocess.run(command(*words, program=job.program), capture_output=True, preexec_fn=limit, check=False)
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


def no_disk() -> None:
    """In a process about to run: no file may grow at all."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def read_only(job: Job, folder: Path) -> Tried:
    """Run over an earlier result that may not be written to, nor the folder around it."""
    around = folder / f"read-only {job.name}"
    job.reset()
    around.mkdir()
    if job.out.is_dir():
        shutil.copytree(job.out, around / job.out.name, symlinks=True)
    else:
        shutil.copy(job.out, around)
        (around / job.out.name).chmod(0o444)
    places = [around, *(path for path in around.rglob("*") if path.is_dir() and not path.is_symlink())]
    for place in places:
        place.chmod(0o555)
    there = Job(job.name, tuple(word.replace(str(job.out), str(around / job.out.name)) for word in job.words),
                around / job.out.name, job.state, program=job.program)  # fmt: skip
    result = refused(there, "read-only", there.words, obey_permissions)
    for place in places:
        place.chmod(0o755)
    return result


def obey_permissions() -> None:
    """In a process about to run: even root may write only where the permissions say so (Linux)."""
    if os.geteuid() == 0:
        for capability in (1, 2, 3):  # to write, to read, to own what is another's
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


def jobs(lists: list[Path], folder: Path, pages: int | None) -> list[Job]:
    """The commands that write much; ``pages`` is how many of a site, all if None."""
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
        _site(site, record, pages),
    ]


def _site(site: Path, record: Path, pages: int | None) -> Job:
    where = ("--out", str(site), "--record", str(record))
    if pages is None:
        return Job("site", ("site", *where), site, state_of_site)
    return Job("site", (*where, "--pages", str(pages)), site, state_of_site, program=FEW_PAGES)


def small_jobs(lists: Path, folder: Path) -> list[Job]:
    """The commands that write one file, or little; each has written once, over the results of the jobs above."""
    page = serve_files({"/doclib/agreement.pdf": SMALL_PDF})
    record = ("--record", str(folder / "record"))
    subscribers, addresses, workbook = folder / "list.csv", folder / "addresses.txt", _workbook_of_outcomes(lists)
    subscribers.write_text(f"to,feed\n{page}/hook,nation\n")
    addresses.write_text(f"{page}/doclib/agreement.pdf\n")

    def job(name: str, out: str, *words: str, to: str = "--out") -> Job:
        return Job(name, (*words, to, str(folder / out)), folder / out, state_of_files)

    known = ("--subscribers", str(subscribers), "--base-url", "http://localhost:2870", "--since", "2021-01-01")
    months = ("--from", "2025-01-01", "--to", "2025-02-28")
    found = [
        job("agreements --out", "agreements.csv", "agreements", *record),
        job("map", "map.svg", "map", *record),
        job("notify", "notify", "notify", *known, *record, to="--folder"),
        job("custody simulate", "made.csv", "custody", "simulate", "--cases", "20"),
        job("custody map", "columns.yml", "custody", "map", str(folder / "cases.csv")),
        job("custody exhibit", "exhibit.html", "custody", "exhibit", str(folder / "report"), "synthetic-000000001"),
        job("outcomes panel", "panel.csv", "outcomes", "panel", *months, *record),
        job("documents fetch", "documents", "documents", "fetch", "--urls", str(addresses), to="--into"),
    ]
    return [*found, job("outcomes add", "outcomes", "outcomes", "add", str(workbook))] if workbook else found


def _workbook_of_outcomes(lists: Path) -> Path | None:
    """One of ICE's detention workbooks next to the lists, the smallest."""
    found = sorted(
        lists.resolve().parent.glob("outcomes/ice_detention_stats/*.xlsx"), key=lambda path: path.stat().st_size
    )
    return found[0] if found else None


def refusals(lists: Path, folder: Path) -> Iterator[Tried]:
    """Each command that writes little, over an earlier result, where nothing can be written."""
    for job in small_jobs(lists, folder):
        done = subprocess.run(job.command, capture_output=True, check=False)
        if done.returncode not in (0, 1) or job.state(job.out) == "gone":
            result = Tried(job.name)
            result.note("a first run", done.stderr.decode(errors="replace").strip()[-300:] or "wrote nothing")
            yield result
            continue
        elsewhere = tuple(word.replace(str(job.out), str(folder / "a-file" / job.out.name)) for word in job.words)
        yield refused(job, "full disk", job.words, no_disk)
        yield read_only(job, folder)
        yield refused(job, "no folder", elsewhere, None)


def main() -> int:
    """Try all, print a line each, and what went wrong."""
    parser = argparse.ArgumentParser(description="Damaged workbooks, killed runs, full disks.")
    parser.add_argument("--lists", type=Path, default=Path("../shared/lists"))
    parser.add_argument("--workbooks", type=int, default=500)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--most-lists", type=int, default=LISTS_BUILT, help="how many lists are built from")
    parser.add_argument("--pages", type=int, help="pages of the site; all if left out")
    parser.add_argument("--only", nargs="*", help="workbooks, build, update, audit, export, site, small, swapped")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    every = sorted(asked.lists.rglob("*.xlsx"))
    if not every:
        sys.stderr.write(f"{asked.lists}: no workbook found. Name a folder of ICE's lists with --lists DIR.\n")
        return 2
    some = chance.sample(every, min(asked.most_lists, len(every)))
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
        every_job = jobs(some, folder, asked.pages)
        subprocess.run(every_job[0].command, capture_output=True, check=False)
        for job in filter(lambda job: wanted(job.name), every_job):
            elsewhere = tuple(word.replace(str(job.out), str(folder / "a-file" / "out")) for word in job.words)
            for result in (
                killed(job, asked.kills, chance),
                refused(job, "full disk", job.words, small_disk),
                read_only(job, folder),
                refused(job, "no folder", elsewhere, None),
            ):
                show(result)
        if wanted("small"):
            subprocess.run(
                next(job.command for job in every_job if job.name == "audit"), capture_output=True, check=False
            )
            for result in refusals(asked.lists, folder):
                show(result)
        if wanted("swapped"):
            answers, wrong_answers, swaps = swapped_under_load(folder / "record", folder / "earlier", asked.seconds)
            show(Tried(f"swapped {swaps} times", answers, wrong_answers))
    wrong = [line for result in results for line in result.wrong]
    sys.stdout.write("".join(f"  {line}\n" for line in wrong[:50]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
