"""Folders of workbooks -> lists as printed; both cores at work where there are enough files.

What enters: files and folders, searched through. What leaves: one ``PrintedList`` for each file name
and content, in an order that depends on those alone, so that the same lists in any folder give the
same record. Files that are not workbooks by name are counted, not read. A file that cannot be read is
such a list too, with its reason. The processes that read end with this one, however it ends.
"""

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.process.garbage import collecting_nothing
from ledger287.core.process.workers import isolated
from ledger287.sources.ice_lists.package import Unreadable, limits, too_large_a_file
from ledger287.sources.ice_lists.printed import KnownRows, PrintedList, captured_at, failed, read_list

WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xls"}
FILES_WORTH_A_WORKER = 40
_MODULE = "ledger287.sources.ice_lists.reading"

Progress = Callable[[int, int], None]
Worker = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class ListFile:
    """The workbooks of some folders, and how many other files were in those folders."""

    paths: tuple[Path, ...]
    others: int


def find_workbooks(places: Sequence[Path]) -> ListFile:
    """Every workbook in the folders and files named. Raises Refused where there is none."""
    paths: set[Path] = set()
    others = 0
    for place in places:
        if not place.exists():
            raise Refused(f"{place}: no such folder. Name a folder that holds ICE's lists as .xlsx files.")
        if place.is_file():
            paths.add(place)
            continue
        for path in _files_in(place):
            if path.name.startswith((".", "~$")):
                continue
            if path.suffix.lower() in WORKBOOK_ENDINGS:
                paths.add(path)
            else:
                others += 1
    if not paths:
        names = ", ".join(map(str, places))
        raise Refused(f"{names}: no workbook found ({others} other files). Expected .xlsx files as ICE publishes them.")
    return ListFile(tuple(sorted(paths)), others)


def _files_in(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise Refused(
            f"{error.filename}: this folder could not be searched ({error.strerror}). "
            "Make it readable, or name the folders to read one by one."
        ) from None

    for parent, _, names in os.walk(folder, onerror=refuse):
        for name in names:
            path = Path(parent, name)
            if path.is_file() or not path.exists():  # a link to nothing is reported, a pipe is not opened
                yield path


def read_lists(paths: Sequence[Path], progress: Progress | None = None) -> list[PrintedList]:
    """Read the files; equal name and bytes once. Ordered by name, then sha256."""
    jobs = min(os.cpu_count() or 1, len(paths) // FILES_WORTH_A_WORKER)
    read = _read_in_process(paths, jobs, progress) if jobs > 1 else _read_here(paths, progress)
    distinct = {(found.file, found.sha256): found for found in read}
    return [distinct[key] for key in sorted(distinct)]


def _read_here(paths: Iterable[Path], progress: Progress | None) -> list[PrintedList]:
    """Read the files in this process; the bytes of one content are parsed once."""
    paths = list(paths)
    lists: list[PrintedList] = []
    by_content: dict[str, PrintedList] = {}
    known = KnownRows()
    with collecting_nothing():
        for done, path in enumerate(paths, 1):
            lists.append(_read_file(path, by_content, known))
            if progress:
                progress(done, len(paths))
    return lists


def _read_file(path: Path, by_content: dict[str, PrintedList], known_rows: KnownRows) -> PrintedList:
    name = os.fsencode(path.name).decode("utf-8", "replace")
    try:
        size = path.stat().st_size
        if size > limits()["file"]["bytes"]:
            with path.open("rb") as file:
                return failed(name, hashlib.file_digest(file, "sha256").hexdigest(), size, too_large_a_file(size))
        data = path.read_bytes()
    except OSError as error:
        return failed(name, "", 0, _not_opened(error))
    sha256 = hashlib.sha256(data).hexdigest()
    known = by_content.get(sha256)
    if known and (captured_at(name) == known.captured_at is None or not _carries_capture(known)):
        return _under_name(known, name)
    found = by_content[sha256] = read_list(name, data, known_rows)
    return found


def _not_opened(error: OSError) -> Unreadable:
    return Unreadable(
        "not_a_workbook",
        "a file that can be opened",
        error.strerror or type(error).__name__,
        "Make the file readable, or remove it.",
    )


def _carries_capture(found: PrintedList) -> bool:
    return any("{capture}" in (row.moa or "") + (row.moa_link or "") for row in found.prints)


def _under_name(known: PrintedList, name: str) -> PrintedList:
    """The same bytes under another name."""
    problems = [replace(problem, file=name) for problem in known.problems]
    return replace(known, file=name, captured_at=captured_at(name), problems=problems)


def _read_in_process(paths: Sequence[Path], jobs: int, progress: Progress | None) -> list[PrintedList]:
    """Share the files among processes of this interpreter; each sends back what it read."""
    shares = _shares(paths, jobs)
    total = len(paths)
    report = (lambda done, _: progress(min(done * jobs, total), total)) if progress else None
    workers: list[Worker] = []
    try:
        for share in shares[1:]:
            workers.append(_start_worker())
            _send(workers[-1], share)
        lists = _read_here(shares[0], report)
        for worker in workers:
            lists += _result(worker)
    finally:
        for worker in workers:
            _end(worker)
    if progress:
        progress(total, total)
    return lists


def _shares(paths: Sequence[Path], jobs: int) -> list[list[Path]]:
    """The files of each process, about as many bytes for each; files of one size, which may be equal, in one."""
    shares: list[list[Path]] = [[] for _ in range(jobs)]
    bytes_of = [0] * jobs
    for (size, _), alike in groupby(sorted(map(_size, paths)), key=lambda one: (one[0], None)):
        least = bytes_of.index(min(bytes_of))
        files = [path for _, path in alike]
        shares[least] += files
        bytes_of[least] -= size * len(files)
    return shares


def _size(path: Path) -> tuple[int, Path]:
    try:
        return -path.stat().st_size, path
    except OSError:
        return 0, path


def _start_worker() -> Worker:
    return subprocess.Popen(isolated(_MODULE), stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _send(worker: Worker, share: list[Path]) -> None:
    """Tell a worker its files. Its input remains open: the worker ends when it closes."""
    if worker.stdin:
        with suppress(OSError):  # a worker that is gone already is reported by its result
            pickle.dump(share, worker.stdin)
            worker.stdin.flush()


def _result(worker: Worker) -> list[PrintedList]:
    sent = worker.stdout.read() if worker.stdout else b""
    if worker.wait() or not sent:
        raise Refused(
            f"a process that read lists ended early (code {worker.returncode}), so nothing was written. "
            "Build again; if it happens again, build from fewer files at once to find the one that causes it."
        )
    found: list[PrintedList] = pickle.loads(sent)
    return found


def _end(worker: Worker) -> None:
    """Stop a worker that still runs, and wait for its end, so that no dead process remains."""
    worker.kill()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    worker.wait()


def _work() -> None:
    """Read the files that the parent names, and send it what they say; end at once when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the parent ends this one
    share: list[Path] = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.buffer.write(pickle.dumps(_read_here(share, None), protocol=5))
    sys.stdout.buffer.flush()
    os._exit(0)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    _work()
