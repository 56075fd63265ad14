"""How much memory a process has in use, with the readers of pictures that it started.

What enters: the id of a process and a limit. What leaves: whether it is over the limit. Where the system does not tell
how much is in use, only the limit counts that each process has of its own.
"""

import os
from pathlib import Path

from ledger287.sources.documents.declaring import limits


def share_of_memory(children: int) -> int:
    """How many bytes one of several processes may use, with what it starts, so that together they keep the limit."""
    memory = limits()["memory"]
    return (int(memory["most_bytes"]) - int(memory["own_bytes"])) // max(1, children)


def over_memory(process: int, most: int) -> bool:
    """Whether a process and those that it started use more than so many bytes; what they share is counted once."""
    family = _family(process)
    if sum(map(_resident, family)) <= most:
        return False
    return sum(map(_own_share, family)) > most


def _family(process: int) -> list[int]:
    """A process and those that it started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            started = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        found += [one for other in started for one in _family(int(other))]
    return found


def _resident(process: int) -> int:
    """The bytes of a process that are in memory, those too that it shares with the one that started it."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _own_share(process: int) -> int:
    """The same with its share of what several use; this takes the system longer to say."""
    try:
        said = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return _resident(process)
    return next((1024 * int(line.split()[1]) for line in said.splitlines() if line.startswith("Pss:")), 0)
