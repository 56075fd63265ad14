"""Many articles at once, over several processes.

What enters: files' bytes. What leaves: their answers in the same order. Promise: the answers are those of one
process; each process reads the record once.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.process.workers import safe_start
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.model import Days
from ledger287.factcheck.text.cleaning import MOST_BYTES, read_article
from ledger287.factcheck.verdicts.answers import Checked

_CHECKERS: dict[str, Checker] = {}


def read_input(name: str) -> tuple[str, bytes]:
    """The bytes of a file or of standard input; never more than an article may have. Raises Refused."""
    if name == "-":
        return "standard input", sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return name, file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(f"{name}: cannot be read ({error.strerror}). Name a file, or - for standard input.") from None


def check_files(inputs: list[tuple[str, bytes]], day: Days | None, record: Path | None, jobs: int) -> list[Checked]:
    """Check several articles with several processes."""
    from ledger287.ledger.store.folder import open_record

    open_record(record)
    chunk = max(1, len(inputs) // (jobs * 8))
    tasks = [(name, data, day, str(record) if record else "") for name, data in inputs]
    with safe_start(), ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_one, tasks, chunksize=chunk))


def _one(task: tuple[str, bytes, Days | None, str]) -> Checked:
    from datetime import date

    from ledger287.ledger.query.ledger import Ledger
    from ledger287.ledger.store.folder import open_record

    name, data, day, record = task
    if record not in _CHECKERS:
        _CHECKERS[record] = Checker(Ledger(open_record(Path(record) if record else None), date.today))
    return _CHECKERS[record].check(read_article(data, name, day))
