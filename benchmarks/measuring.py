"""A command, or a piece of work in this process -> what it took: wall time, processor time, memory.

A command is measured as a user meets it: from its start to its end, the interpreter and imports
included. Its memory is the sum over it and every process that it starts (the build reads with one more):
``rss_peak`` is the highest sum seen by looking each hundredth of a second at /proc, where pages that the
processes share are counted once for each; ``rss_bound`` adds up each process's own high-water mark as
the kernel keeps it, even if they were not reached at once, and so is never below the true peak.

Other work on the machine makes wall times longer, those of two processes more than those of one. So
``others`` says how many cores it kept busy during each run, ``cpu`` gives the processor time, and
``Patience`` waits a while for the machine to be quiet before a run.
"""

import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

LIBRARIES = ("duckdb", "fastexcel", "openpyxl", "pandas", "polars", "rich", "typer")
LOOK_EVERY = 0.01
LOOK_FOR_PROCESSES_EVERY = 0.1
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command. ``said`` is what it printed; memory is in bytes, None where it was not looked at."""

    seconds: float
    cpu: float
    others: float
    code: int
    said: str = ""
    rss_peak: int | None = None
    rss_bound: int | None = None
    processes: int | None = None

    def raw(self) -> dict[str, Any]:
        """The numbers, for the JSON."""
        return {name: value for name, value in asdict(self).items() if name != "said" and value is not None}


class Failed(RuntimeError):
    """A command that ended as it should not have."""


@dataclass(slots=True)
class Patience:
    """Waits for other work on the machine to end, ``seconds`` in all; then runs are taken as they come."""

    seconds: float
    waited: float = 0.0

    def wait(self) -> None:
        """Return when others keep less than a fifth of a core busy, or the patience is at its end."""
        while self.waited < self.seconds:
            began, busy = time.perf_counter(), _busy()
            own = time.process_time()
            time.sleep(0.4)
            took = time.perf_counter() - began
            if (_busy() - busy - (time.process_time() - own)) / took < 0.2:
                return
            time.sleep(0.6)
            self.waited += took + 0.6


def environment(bytecode: Path) -> dict[str, str]:
    """An environment like a user's: compiled modules are kept, and the shipped record answers."""
    found = {name: value for name, value in os.environ.items() if name != "LEDGER287_RECORD"}
    if found.pop("PYTHONDONTWRITEBYTECODE", None):
        found["PYTHONPYCACHEPREFIX"] = str(bytecode)
    return found


def run(command: Sequence[str], env: dict[str, str], *, memory: bool = False, codes: Iterable[int] = (0,)) -> Run:
    """Run a command to its end. Raises Failed for an exit code that is not among ``codes``."""
    own, busy, began = time.process_time(), _busy(), time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    watch = _Watch(process.pid) if memory else None
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if watch:
        watch.stop()
    if code not in codes:
        expected = " or ".join(map(str, codes))
        raise Failed(f"{' '.join(command)}: expected the exit code {expected}; found {code}. Run it alone.")
    cpu = used.ru_utime + used.ru_stime
    others = max(0.0, (_busy() - busy - cpu - (time.process_time() - own)) / seconds)
    if not watch:
        return Run(seconds, cpu, others, code, said)
    return Run(seconds, cpu, others, code, said, watch.peak, sum(watch.marks.values()), len(watch.marks))


class _Watch:
    """Looks at the memory of a process and of all that it starts, from its own thread."""

    def __init__(self, process: int) -> None:
        self.process, self.peak = process, 0
        self.marks: dict[int, int] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        family, next_search = {self.process}, 0.0
        while not self._ended.wait(LOOK_EVERY):
            if time.perf_counter() >= next_search:
                family |= _descendants(self.process)
                next_search = time.perf_counter() + LOOK_FOR_PROCESSES_EVERY
            together = 0
            for process in family:
                now, highest = _memory(process)
                together += now
                if highest:
                    self.marks[process] = max(highest, self.marks.get(process, 0))
            self.peak = max(self.peak, together)


def _memory(process: int) -> tuple[int, int]:
    """Resident bytes of a process now, and at most so far; zeros where it has ended."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0, 0
    kilobytes = dict.fromkeys(("VmRSS", "VmHWM"), 0)
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        if name in kilobytes:
            kilobytes[name] = int(rest.split()[0])
    return kilobytes["VmRSS"] * 1024, kilobytes["VmHWM"] * 1024


def _descendants(ancestor: int) -> set[int]:
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (place / "stat").read_text(errors="replace").rpartition(")")[2]
        except OSError:
            continue
        children.setdefault(int(after_name.split()[1]), []).append(int(place.name))
    found: set[int] = set()
    waiting = [ancestor]
    while waiting:
        waiting += (new := children.get(waiting.pop(), []))
        found.update(new)
    return found


def _busy() -> float:
    """Seconds for which the machine's cores were busy since it started, all together."""
    first = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:8]
    user, nice, system, _idle, _waiting, interrupts, soft_interrupts = map(int, first)
    return (user + nice + system + interrupts + soft_interrupts) / TICKS


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long a piece of work takes in this process, and what it gives."""
    began = time.perf_counter()
    given = work()
    return time.perf_counter() - began, given


@dataclass(slots=True)
class Samples:
    """The runs of the things compared, by name, in the order in which they were taken."""

    runs: dict[str, list[Run]] = field(default_factory=dict)

    def add(self, name: str, found: Run) -> Run:
        self.runs.setdefault(name, []).append(found)
        return found

    def raw(self) -> dict[str, list[dict[str, Any]]]:
        """Every run, for the JSON."""
        return {name: [found.raw() for found in runs] for name, runs in self.runs.items()}


def quantile(values: Sequence[float], share: float) -> float:
    """The value that a share of the values does not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(share * (len(ranked) - 1)))]


def machine() -> dict[str, Any]:
    """The facts of this machine and its libraries."""
    pages = os.sysconf("SC_PHYS_PAGES")
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_bytes": pages * PAGE,
        "python": platform.python_version(),
        "executable": sys.executable,
        "libraries": {name: version(name) for name in LIBRARIES},
        "load_when_begun": os.getloadavg(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
