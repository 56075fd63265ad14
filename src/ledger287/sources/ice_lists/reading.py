"""Folders of workbooks -> lists as printed; both cores at work where there are enough files.

What enters: files and folders, searched through. What leaves: one ``PrintedList`` for each file name
and content, in an order that depends on those alone, so that the same lists in any folder give the
same record. Files that are not workbooks by name are counted, not read. A file that cannot be read is
such a list too, with its reason. The processes that read end with this one, however it ends.

This process reads the earliest lists, by their names, and the others send the later ones on as they read them, so
that whoever wants them (``early``) can work on the first while the last are read.
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
from datetime import date
from pathlib import Path
from queue import SimpleQueue

from ledger287.core.problem import Refused
from ledger287.core.process.garbage import collecting_nothing
from ledger287.core.process.workers import isolated
from ledger287.sources.ice_lists.printed import KnownRows, PrintedList, captured_at, failed, read_list
from ledger287.sources.ice_lists.publication import named_day
from ledger287.sources.ice_lists.workbooks.package import Unreadable, limits, too_large_a_file

WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xls"}
FILES_WORTH_A_WORKER = 40
AT_ONCE = 20
"""How many lists a process sends on together."""
OWN_PART = 0.9
"""What this process reads of the work that each would have in equal parts: it works on what the others send."""
OF_A_CAPTURE = 0.2
"""What a capture of a web archive costs of what another list of as many bytes does: most repeat one before."""
_MODULE = "ledger287.sources.ice_lists.reading"

Progress = Callable[[int, int], None]
Early = Callable[[Sequence[PrintedList]], None]
"""Takes lists as they are read, the earliest first as far as their names tell."""
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


def read_lists(
    paths: Sequence[Path], progress: Progress | None = None, early: Early | None = None
) -> list[PrintedList]:
    """Read the files; equal name and bytes once. Ordered by name, then sha256."""
    jobs = min(os.cpu_count() or 1, len(paths) // FILES_WORTH_A_WORKER)
    read = _read_in_process(paths, jobs, progress, early) if jobs > 1 else _read_here(paths, progress)
    distinct = {(found.file, found.sha256): found for found in read}
    return [distinct[key] for key in sorted(distinct)]


def _read_here(paths: Iterable[Path], progress: Progress | None) -> list[PrintedList]:
    """Read the files in this process; the bytes of one content are parsed once."""
    paths = list(paths)
    lists: list[PrintedList] = []
    for found in _each_read(paths):
        lists.append(found)
        if progress:
            progress(len(lists), len(paths))
    return lists


def _each_read(paths: Iterable[Path]) -> Iterator[PrintedList]:
    by_content: dict[str, PrintedList] = {}
    known = KnownRows()
    with collecting_nothing():
        for path in paths:
            yield _read_file(path, by_content, known)


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


def _read_in_process(
    paths: Sequence[Path], jobs: int, progress: Progress | None, early: Early | None
) -> list[PrintedList]:
    """Share the files among processes of this interpreter; each sends on what it reads."""
    shares = _shares(paths, jobs)
    total = len(paths)
    workers: list[Worker] = []
    sent: list[SimpleQueue[list[PrintedList] | None]] = []
    try:
        for share in shares[1:]:
            workers.append(_start_worker())
            _send(workers[-1], share)
            sent.append(SimpleQueue())
            threading.Thread(target=_receive, args=(workers[-1], sent[-1]), daemon=True).start()
        lists = _read_here(shares[0], (lambda done, _: progress(done, total)) if progress else None)
        if early:
            early(lists)
        for worker, queue in zip(workers, sent, strict=True):
            for batch in _batches(worker, queue):
                lists += batch
                if progress:
                    progress(len(lists), total)
                if early:
                    early(batch)
    finally:
        for worker in workers:
            _end(worker)
    return lists


def _shares(paths: Sequence[Path], jobs: int) -> list[list[Path]]:
    """The files of each process, the earliest in the first, about as much work for each."""
    shares: list[list[Path]] = [[] for _ in range(jobs)]
    costs = [(path, _cost(path)) for path in sorted(paths, key=_expected)]
    whole = sum(cost for _, cost in costs) or 1.0
    own = OWN_PART / jobs
    done = 0.0
    for path, cost in costs:
        part = done / whole
        shares[0 if part < own else min(1 + int((part - own) / (1 - own) * (jobs - 1)), jobs - 1)].append(path)
        done += cost
    return shares


def expected_day(name: str) -> date | None:
    """The day on which a list was published, as far as its name tells at once."""
    at = captured_at(name)
    return at.date() if at else named_day(name)


def _expected(path: Path) -> tuple[date, str]:
    """What files are shared by: those whose names tell no day are read first, since their rows may."""
    return expected_day(path.name) or date.min, path.name


def _cost(path: Path) -> float:
    """About what reading a file costs, in bytes of an ordinary one."""
    try:
        return path.stat().st_size * (OF_A_CAPTURE if captured_at(path.name) else 1.0)
    except OSError:
        return 0.0


def _start_worker() -> Worker:
    return subprocess.Popen(isolated(_MODULE), stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _send(worker: Worker, share: list[Path]) -> None:
    """Tell a worker its files. Its input remains open: the worker ends when it closes."""
    if worker.stdin:
        with suppress(OSError):  # a worker that is gone already is reported by its result
            pickle.dump(share, worker.stdin)
            worker.stdin.flush()


def _receive(worker: Worker, queue: "SimpleQueue[list[PrintedList] | None]") -> None:
    """Put what a worker sends into a queue as it comes, so that the worker never waits; None where it ended early."""
    with suppress(OSError, EOFError, ValueError, pickle.UnpicklingError):
        received = pickle.Unpickler(worker.stdout) if worker.stdout else None
        while received:
            batch: list[PrintedList] = received.load()
            queue.put(batch)
            if not batch:
                return
    queue.put(None)


def _batches(worker: Worker, queue: "SimpleQueue[list[PrintedList] | None]") -> Iterator[list[PrintedList]]:
    """What a worker read, some lists at a time. Raises Refused where it ended early."""
    while batch := queue.get():
        yield batch
    if batch is None or worker.wait():
        raise Refused(
            f"a process that read lists ended early (code {worker.wait()}), so nothing was written. "
            "Build again; if it happens again, build from fewer files at once to find the one that causes it."
        )


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
    sending = pickle.Pickler(sys.stdout.buffer, protocol=5)  # one for all: a row that was sent is not sent again
    batch: list[PrintedList] = []
    for found in _each_read(share):
        batch.append(found)
        if len(batch) == AT_ONCE:
            sending.dump(batch)
            sys.stdout.buffer.flush()
            batch = []
    if batch:
        sending.dump(batch)
    sending.dump([])
    sys.stdout.buffer.flush()
    os._exit(0)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    _work()
