"""The few child processes that read visitors' files: kept warm, watched, killed when they hang, and replaced.

What enters: a file's bytes with a name and a date. What leaves: what the child said, or why it said nothing. Promise:
a file is never held up for longer than its length allows, no more than ``at_once`` are read at a time and ``waiting``
wait, and a child answers from the same record that is served. A child that had nothing to read for some minutes ends,
so that its memory is there only while stories are checked; ``wake`` has one ready before the first story.
"""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, Literal

from ledger287.core.process.workers import isolated
from ledger287.ledger.outcomes.store import VARIABLE as OUTCOMES
from ledger287.web.server.workers.child import read_frame, write_frame

log = logging.getLogger("ledger287.web")

Trouble = Literal["time", "memory", "died", "busy", "moved", "start", "share"]


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What a child may use for one file, and how many are read at a time."""

    seconds: float = 20.0
    cpu_seconds: int = 15
    seconds_per_mb: float = 120.0
    """More for a longer file, in proportion to its length; ``read_most`` bounds it."""
    read_most: int = 2**20
    memory_bytes: int = 512 * 2**20
    answer_bytes: int = 48 * 2**20
    at_once: int = 2
    waiting: int = 6
    waiting_seconds: float = 30.0
    start_seconds: float = 60.0
    files_of_one: int = 200
    idle_seconds: float = 300.0

    def more_for(self, data: bytes) -> float:
        """The seconds that a file gets for its length. A PDF is packed: its text may be longer than itself."""
        length = len(data) * (PACKED if data.startswith(b"%PDF") else 1)
        return self.seconds_per_mb * min(length, self.read_most) / 2**20

    @property
    def longest_answer(self) -> float:
        """After how many seconds an answer or a refusal is given, whatever was sent."""
        return self.seconds + self.seconds_per_mb * self.read_most / 2**20 + self.waiting_seconds


PACKED = 4


class Failed(Exception):
    """A file that no child could answer, and why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


class WorkerProcess:
    """One process. It is used by one thread at a time."""

    def __init__(self, folder: Path, version: str, limits: ChildLimits) -> None:
        self.version, self.limits, self.files, self.idle_since = version, limits, 0, 0.0
        arguments = [str(folder.resolve()), version, str(limits.memory_bytes)]
        self.process = subprocess.Popen(
            isolated("ledger287.web.server.workers.child", *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_surroundings(),
            start_new_session=True,
        )
        try:
            reply = self._next_frame(limits.start_seconds)
        except Failed:
            self.close()
            log.warning("a process that checks stories did not start (exit code %s)", self.process.returncode)
            raise Failed("start") from None
        if reply.get("version") != version:
            self.close()
            raise Failed("moved")

    def ask(self, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        """What the child says of a file. Raises Failed, and the child is dead then."""
        self.files += 1
        more = self.limits.more_for(data)
        head = {**head, "cpu": ceil(self.limits.cpu_seconds + more)}
        reply = self._next_frame(self.limits.seconds + more, lambda: self._send(head, data))
        if "failed" in reply:
            self.kill()
            raise Failed("memory" if reply["failed"] == "memory" else "died")
        return reply

    def _send(self, head: dict[str, Any], data: bytes) -> None:
        if self.process.stdin is None:
            raise Failed("died")
        write_frame(self.process.stdin, head, data)

    def _next_frame(self, seconds: float, first: Callable[[], None] = lambda: None) -> dict[str, Any]:
        """The next frame; a child that does not give one in time is killed."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        watch = threading.Timer(seconds, stop)
        watch.daemon = True
        watch.start()
        frame = None
        try:
            with suppress(OSError, ValueError):
                first()
                frame = read_frame(self.process.stdout, self.limits.answer_bytes) if self.process.stdout else None
        finally:
            watch.cancel()
        if frame is None:
            self.kill()
            by_clock = self.process.returncode == -getattr(signal, "SIGXCPU", 0) or late.is_set()
            raise Failed("time" if by_clock else "died")
        return frame[0]

    def kill(self) -> None:
        """End the process, and wait until it is gone."""
        with suppress(OSError):
            self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)

    def close(self) -> None:
        """End the process and close what led to it."""
        self.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def _surroundings() -> dict[str, str]:
    """The environment of a child: one thread, and nothing of this process but the outcomes that were named."""
    named = {name: value for name, value in os.environ.items() if name == OUTCOMES and value}
    return {
        **named,
        "PATH": os.defpath,
        "POLARS_MAX_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


class Children:
    """The children of one site. ``ask`` may be called from any thread."""

    def __init__(self, limits: ChildLimits | None = None) -> None:
        self.limits = limits or ChildLimits()
        self.started = 0
        self._idle: list[WorkerProcess] = []
        self._all: set[WorkerProcess] = set()
        self._inside = 0
        self._lock = threading.Lock()
        self._places = threading.Semaphore(self.limits.at_once)
        self._closing = threading.Event()
        self._waking = False
        self._looks: threading.Timer | None = None

    def ask(self, folder: Path, version: str, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        """What a child says of a file, by the record of that version. Raises Failed."""
        with self._lock:
            if self._closing.is_set() or self._inside >= self.limits.at_once + self.limits.waiting:
                raise Failed("busy")
            self._inside += 1
        try:
            if not self._places.acquire(timeout=self.limits.waiting_seconds):
                raise Failed("busy")
            try:
                return self._requested(folder, version, head, data)
            finally:
                self._places.release()
        finally:
            with self._lock:
                self._inside -= 1

    def _requested(self, folder: Path, version: str, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        child = self._take(folder, version)
        try:
            reply = child.ask(head, data)
        except BaseException:
            self._drop(child)
            raise
        if child.files >= self.limits.files_of_one:
            self._drop(child)
        else:
            self._rest(child)
        return reply

    def _take(self, folder: Path, version: str) -> WorkerProcess:
        """An idle child of this version, or a new one; those of another version are ended."""
        with self._lock:
            old = [child for child in self._idle if child.version != version]
            self._idle = [child for child in self._idle if child.version == version]
            found = self._idle.pop() if self._idle else None
        for child in old:
            self._drop(child)
        if found and found.process.poll() is None:
            return found
        if found:
            self._drop(found)
        self.started += 1
        child = WorkerProcess(folder, version, self.limits)
        with self._lock:
            closed = self._closing.is_set()
            self._all.add(child)
        if closed:
            self._drop(child)
            raise Failed("busy")
        return child

    def _drop(self, child: WorkerProcess) -> None:
        with self._lock:
            self._all.discard(child)
        child.close()

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the processes that live."""
        with self._lock:
            return tuple(child.process.pid for child in self._all if child.process.poll() is None)

    def wake(self, folder: Path, version: str) -> None:
        """Have a child ready for a story that may come, started in a thread of its own, unless one is here."""
        with self._lock:
            if self._waking or self._all or self._closing.is_set():
                return
            self._waking = True

        def make() -> None:
            try:
                with suppress(Failed, OSError), self._places:
                    self._rest(self._take(folder, version))
            finally:
                self._waking = False

        threading.Thread(target=make, daemon=True, name="child for stories").start()

    def _rest(self, child: WorkerProcess) -> None:
        """Let a child wait for the next story, for a while."""
        with self._lock:
            child.idle_since = time.monotonic()
            self._idle.append(child)
            self._look_later()

    def _look_later(self) -> None:
        if self._looks is None and not self._closing.is_set():
            self._looks = threading.Timer(self.limits.idle_seconds, self._end_idle)
            self._looks.daemon = True
            self._looks.start()

    def _end_idle(self) -> None:
        """End the children that had nothing to read for long."""
        with self._lock:
            self._looks = None
            since = time.monotonic() - self.limits.idle_seconds
            ended = [child for child in self._idle if child.idle_since <= since]
            self._idle = [child for child in self._idle if child.idle_since > since]
            if self._idle:
                self._look_later()
        for child in ended:
            self._drop(child)

    def close(self) -> None:
        """End every child; nothing is answered afterwards."""
        with self._lock:
            self._closing.set()
            children, self._idle, looks = list(self._all), [], self._looks
        if looks:
            looks.cancel()
        for child in children:
            self._drop(child)


__all__ = ["ChildLimits", "Children", "Failed", "Trouble", "WorkerProcess"]
