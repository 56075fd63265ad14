"""How much processor time a process has used, and a limit on it.

What enters: the id of a process. What leaves: its seconds on a processor, with those of processes that it started and
that have ended. The module promises that a machine that is busy with other work counts for nothing; where a system
does not tell processor time, the time on the clock counts.
"""

import contextlib
import os
from pathlib import Path


def processor_seconds(process: int) -> float | None:
    """The processor time of a process and of its ended children; None where the system does not tell it."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    cells = stat.rpartition(")")[2].split()
    return sum(int(cell) for cell in cells[11:15]) / os.sysconf("SC_CLK_TCK")


def limit_processor(process: int, seconds: int) -> None:
    """End a process once it has used so much processor time, where the system can."""
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))
