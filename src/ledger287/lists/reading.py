"""Folders of workbooks -> lists as printed; both cores at work where there are enough files.

What enters: files and folders, searched through. What leaves: one ``PrintedList`` for each file name
and content, in an order that depends on those alone, so that the same lists in any folder give the
same record. Files that are no workbooks by name are counted, not read.
"""

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ledger287.foundation.problems import Refused
from ledger287.lists.printed import Print, PrintedList, captured_at, read_list

WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xls"}
FILES_WORTH_A_WORKER = 40

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """The workbooks of some folders, and how many other files lay beside them."""

    paths: tuple[Path, ...]
    others: int


def find_workbooks(places: Sequence[Path]) -> Found:
    """Every workbook in the folders and files named. Raises Refused where there is none."""
    paths: set[Path] = set()
    others = 0
    for place in places:
        if not place.exists():
            raise Refused(f"{place}: no such folder. Name a folder that holds ICE's lists as .xlsx files.")
        if place.is_file():
            paths.add(place)
            continue
        for path in place.rglob("*"):
            if not path.is_file() or path.name.startswith((".", "~$")):
                continue
            if path.suffix.lower() in WORKBOOK_ENDINGS:
                paths.add(path)
            else:
                others += 1
    if not paths:
        names = ", ".join(map(str, places))
        raise Refused(f"{names}: no workbook found ({others} other files). Expected .xlsx files as ICE publishes them.")
    return Found(tuple(sorted(paths)), others)


def read_lists(paths: Sequence[Path], progress: Progress | None = None) -> list[PrintedList]:
    """Read the files; equal name and bytes once. Ordered by name, then sha256."""
    jobs = min(os.cpu_count() or 1, len(paths) // FILES_WORTH_A_WORKER)
    read = _read_beside(paths, jobs, progress) if jobs > 1 else _read_here(paths, progress)
    distinct = {(found.file, found.sha256): found for found in read}
    return [distinct[key] for key in sorted(distinct)]


def _read_here(paths: Iterable[Path], progress: Progress | None) -> list[PrintedList]:
    """Read the files in this process; the bytes of one content are parsed once."""
    paths = list(paths)
    lists: list[PrintedList] = []
    by_content: dict[str, PrintedList] = {}
    prints: dict[Print, Print] = {}
    for done, path in enumerate(paths, 1):
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        known = by_content.get(sha256)
        if known and captured_at(path.name) == known.captured_at is None:
            found = _under_name(known, path.name)
        elif known and not _carries_capture(known):
            found = _under_name(known, path.name)
        else:
            found = read_list(path.name, data)
            found.prints = [prints.setdefault(row, row) for row in found.prints]
            by_content[sha256] = found
        lists.append(found)
        if progress:
            progress(done, len(paths))
    return lists


def _carries_capture(found: PrintedList) -> bool:
    return any("{capture}" in (row.moa or "") + (row.moa_link or "") for row in found.prints)


def _under_name(known: PrintedList, name: str) -> PrintedList:
    """The same bytes under another name."""
    problems = [replace(problem, file=name) for problem in known.problems]
    return replace(known, file=name, captured_at=captured_at(name), problems=problems)


def _read_beside(paths: Sequence[Path], jobs: int, progress: Progress | None) -> list[PrintedList]:
    """Share the files among processes of this interpreter; each sends back what it read."""
    by_size = sorted(paths, key=lambda path: -path.stat().st_size)
    shares: list[list[Path]] = [by_size[worker::jobs] for worker in range(jobs)]
    workers = []
    for share in shares[1:]:
        worker = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
        )
        if worker.stdin is None or worker.stdout is None:
            raise RuntimeError("a worker was started without pipes")
        pickle.dump(share, worker.stdin)
        worker.stdin.close()
        workers.append(worker)
    total = len(paths)
    told = (lambda done, _: progress(min(done * jobs, total), total)) if progress else None
    lists = _read_here(shares[0], told)
    for worker in workers:
        sent = worker.stdout.read() if worker.stdout else b""
        if worker.wait() or not sent:
            raise RuntimeError(f"a reading process ended early with code {worker.returncode}")
        lists += pickle.loads(sent)
    if progress:
        progress(total, total)
    return lists


def _environment() -> dict[str, str]:
    """This process's environment, with the package's own folder on the path."""
    source = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join([source, os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)}


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(_read_here(pickle.load(sys.stdin.buffer), None), protocol=5))
