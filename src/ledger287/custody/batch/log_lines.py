"""The lines of a log whose cases have problems, kept so that each problem can name its own line.

What enters: the opened files, and the decided cases. What leaves: a table of such lines a log, written to a folder, or
none where no case of a log has a problem.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.custody.batch.folds.log_words import FLAGS, WORDS
from ledger287.custody.batch.folds.stays import with_stays
from ledger287.custody.batch.plans.plan import PLACES
from ledger287.custody.duties.table import NOTED, PROBLEM
from ledger287.custody.engines.engine import Engine
from ledger287.custody.relations.table import Table

if TYPE_CHECKING:
    from ledger287.custody.batch.opening import Opened

CODES = tuple(dict.fromkeys(column for column, _ in WORDS.values()))
"""The columns of a log that hold codes and officers."""


@dataclass(frozen=True, slots=True)
class LogLines:
    """A written table of lines, and the files that they are of: ``row`` has the place of a file in front of its row."""

    path: Path
    files: tuple[str, ...]


def lines_with_problems(opened: "list[Opened]", cases: Table, engine: Engine, work: Path) -> tuple[LogLines, ...]:
    """The lines of every case that has a problem of its own, one table for each log."""
    logs = [(one, one.log) for one in opened if one.log is not None]
    mask = sum(bit for kind, bit in PROBLEM.items() if kind not in NOTED)
    wrong = cases.filter((cases.problems & mask) != 0).select(of_case=cases.case)
    if not logs or not engine.answer(wrong.limit(1)).num_rows:
        return ()
    found = []
    for place, (one, lines) in enumerate(logs):
        log = with_stays(lines) if one.rebooked else lines
        path = work / f"lines-{place}.parquet"
        mine = log.semi_join(wrong, log.case == wrong.of_case)
        engine.write(mine.select("row", "case", "event", "at", *CODES, *PLACES, *FLAGS), path, ("row",))
        found.append(LogLines(path, tuple(source.name for source in one.sources)))
    return tuple(found)
