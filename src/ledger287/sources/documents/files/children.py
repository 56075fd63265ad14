"""Documents read in child processes with limits of time and memory.

What enters: paths. What leaves: a row for each, in the order of the paths, however a document behaves. The module
promises that no document can stop the reading of others: one that takes too long, too much memory or ends its process
is a problem of its own row.
"""

import json
import os
import select
import signal
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Any

from ledger287.core.problem import Problem, Refused
from ledger287.core.process.workers import isolated
from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.document import Document
from ledger287.sources.documents.files.folder import documents_in, within
from ledger287.sources.documents.files.memory import over_memory, share_of_memory
from ledger287.sources.documents.files.opening import cannot_open, fault, sha256_of
from ledger287.sources.documents.files.processor import processor_seconds
from ledger287.sources.documents.rows import as_row
from ledger287.sources.documents.versions.aligning import Aligned
from ledger287.sources.documents.versions.clause_change import ClauseChange

CHILDREN = 2
LOOK = 0.1
"""How often the time and the memory of a process are looked at, in seconds."""


class ReadingProcess:
    """One process that reads documents, started when it is first needed and again when it ended."""

    def __init__(self, of: int = CHILDREN) -> None:
        """One of so many processes that share the declared memory."""
        self._share = share_of_memory(of)
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""
        self._asked = 0

    def read(self, path: Path) -> dict[str, Any]:
        """A document's row."""
        if problem := cannot_open(path):
            return as_row(Document(path.name, "", problems=(problem,)))
        return self._answer(path, {"path": str(path)})

    def draw(self, path: Path, out: Path, page: int, boxes: Sequence[Sequence[float]]) -> dict[str, Any]:
        """Write a page with boxes around places as a picture; ``written`` says whether, else the row has a problem."""
        return self._answer(path, {"path": str(path), "picture": str(out), "page": page, "boxes": list(boxes)})

    def draw_words(self, path: Path, out: Path, page: int, context: str, after: str) -> dict[str, Any]:
        """Write a page with boxes around the lines that say some words, found with the words before them."""
        return self._answer(path, {"path": str(path), "picture": str(out), "page": page, "words": [context, after]})

    def align(self, path: Path) -> Aligned:
        """A document against its version. Raises Refused where it cannot be opened, or could not be read in time."""
        answer = self._answer(path, {"path": str(path), "aligned": True})
        if "aligned" not in answer:
            found = [f"expected {one['expected']}; found {one['found']}. {one['remedy']}" for one in answer["problems"]]
            raise Refused(f"{path.name}: {' '.join(found)}")
        given = answer["aligned"]
        changes, unread = (
            tuple(ClauseChange(**{**row, "bears_on": tuple(row["bears_on"])}) for row in given[name])
            for name in ("changes", "unread")
        )
        problems = tuple(Problem(**row) for row in given["problems"])
        return Aligned(given["file"], given["model"], given["version"], changes, problems, unread)

    def _answer(self, path: Path, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer; one that failed in a process that had others before comes from a new one."""
        used = self._asked
        answer = self._answer_once(path, asked)
        if used and any(one["kind"] in AGAIN_ALONE for one in answer.get("problems", ())):
            return self._answer_once(path, asked)
        return answer

    def _answer_once(self, path: Path, asked: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        self._asked += 1
        try:
            assert_pipe(process.stdin).write(json.dumps(asked).encode() + b"\n")
            assert_pipe(process.stdin).flush()
        except OSError:
            self.stop()
            return failed(path, "stopped", "its process ended")
        line = self._line(process)
        if isinstance(line, str):
            self.stop()
            return failed(path, line, OVER[line].format(**limits()["seconds"]))
        if line is None:
            ended = process.poll()
            self.stop()
            kind = "too_much_memory" if ended == -signal.SIGABRT else "stopped"
            return failed(path, kind, ended_in_words(ended or 0))
        row: dict[str, Any] = json.loads(line)
        if "refused" in row:
            raise Refused(row["refused"])
        if "failed" in row:
            self.stop()
            return failed(path, row["failed"], row.get("found", "more memory than the limit"))
        return row

    def stop(self) -> None:
        """End the process, and the readers of pictures that it started."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process, self._rest = None, b""
        self._asked = 0

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                isolated("ledger287.sources.documents.files.child"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _line(self, process: "subprocess.Popen[bytes]") -> bytes | str | None:
        """The next line of answers; the kind of problem where the process is over a limit, None where it ended."""
        pipe = assert_pipe(process.stdout)
        clock = _Clock(process.pid)
        while b"\n" not in self._rest:
            if clock.over():
                return "too_slow"
            if over_memory(process.pid, self._share):
                return "too_much_memory"
            if not select.select([pipe], [], [], LOOK)[0]:
                continue
            more = os.read(pipe.fileno(), 1 << 16)
            if not more:
                process.wait()
                return None
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line


class _Clock:
    """The time that a process spends on one document."""

    def __init__(self, process: int) -> None:
        self._process, self._began = process, monotonic()
        self._used = processor_seconds(process)

    def over(self) -> bool:
        """Whether the declared processor time is used up, or more time has passed than any document needs."""
        seconds = limits()["seconds"]
        waited = monotonic() - self._began
        now = processor_seconds(self._process)
        spent = waited if now is None or self._used is None else now - self._used
        return spent > float(seconds["most"]) or waited > float(seconds["waited"])


def assert_pipe(pipe: Any) -> Any:
    """A pipe of a process that was started with one."""
    if pipe is None:
        raise RuntimeError("the process was started without pipes")
    return pipe


def ended_in_words(code: int) -> str:
    """How a process ended; where it could not say so itself, it is most often the memory limit."""
    return ENDED.get(-code, f"a file at which its reader ended without a word (code {code})")


OVER = {
    "too_slow": "more than {most} seconds of processor time",
    "too_much_memory": "more memory than the limit",
}
"""What was found where a process was stopped, by the kind of problem."""
UNPACKS = "pages that unpack to more than the memory limit"
ENDED: dict[int, str] = {
    signal.SIGABRT: UNPACKS,
    signal.SIGSEGV: "a file at which its reader broke down, as damaged ones and ones made to harm are",
    signal.SIGBUS: "a file at which its reader broke down, as damaged ones and ones made to harm are",
    signal.SIGKILL: f"that its reader was ended by the system, as where memory is short, or {UNPACKS}",
    signal.SIGTERM: "that its reader was ended from outside",
    signal.SIGXCPU: "more processor time than the limit",
}
"""What was found, by the signal that ended a process."""


REMEDIES = {
    "too_slow": "Cut the agreement's own pages out, and read those.",
    "too_much_memory": "Cut the agreement's own pages out, and read those.",
    "stopped": "The other documents were read. Do not open this one in a viewer that you do not trust with it; ask the "
    "agency for another copy, or cut the agreement's own pages out, and read those.",
}
AGAIN_ALONE = ("stopped", "too_much_memory")
"""Problems that can be of what a process read before: such a document is read again by a new one."""


def failed(path: Path, kind: str, found: str) -> dict[str, Any]:
    """The row of a document that could not be read."""
    most = f"a document read within {limits()['seconds']['most']} seconds of processor time and the memory limit"
    try:
        sha256 = sha256_of(path)
    except OSError:
        sha256 = ""
    return as_row(Document(path.name, sha256, problems=(fault(path, kind, most, found, REMEDIES[kind]),)))


def align_apart(path: Path) -> Aligned:
    """A document aligned to its version in a process of its own. Raises Refused where it cannot be opened or read."""
    child = ReadingProcess()
    try:
        return child.align(path)
    finally:
        child.stop()


def read_folder(folder: Path, progress: Callable[[str], None] | None = None) -> list[dict[str, Any]]:
    """The rows of a folder's documents, or of one; files of one name in folders within it keep those of the folders."""
    paths = documents_in(folder)
    rows = read_all(paths, progress)
    for row, path in zip(rows, paths, strict=True):
        name = within(folder, path)
        row["file"] = name
        for further in row.get("also", ()):
            further["file"] = name
    return rows


def read_all(
    paths: Sequence[Path], progress: Callable[[str], None] | None = None, children: int = CHILDREN
) -> list[dict[str, Any]]:
    """The rows of documents, in their order; ``progress`` is called with each file's name once it was read."""
    free: SimpleQueue[ReadingProcess] = SimpleQueue()
    many = max(1, min(children, len(paths)))
    made = [ReadingProcess(max(many, CHILDREN)) for _ in range(many)]
    for child in made:
        free.put(child)

    def read(path: Path) -> dict[str, Any]:
        child = free.get()
        try:
            return child.read(path)
        finally:
            free.put(child)
            if progress:
                progress(path.name)

    try:
        with ThreadPoolExecutor(max_workers=len(made)) as pool:
            return list(pool.map(read, paths))
    finally:
        for child in made:
            child.stop()
