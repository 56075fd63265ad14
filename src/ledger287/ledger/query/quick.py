"""The program on a day, from a record's file of counts alone: no table is read, and nothing large is imported.

What enters: the folder of a record and a question. What leaves: the ``Status`` that ``Ledger.status`` would give, or
None where the file is not there, is of another version, or does not hold what was requested (a day before the first
list, a state by its name): then the ledger is to answer. Promise: never another answer than the ledger's.
"""

import gzip
import json
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ledger287 import __version__
from ledger287.core.time import end_of_day
from ledger287.ledger.query.answers import ListRef, Status

POINTER, COUNTS, FORMAT = "record.json", "counts.json.gz", 1
"""As ``ledger.store`` names them; not imported, because that loads the tables' library."""


def shipped_folder() -> Path:
    """The folder of the record that ships with the package."""
    return Path(__file__).parents[1] / "shipped"


def quick_status(
    folder: Path, on: date, known_on: date | None = None, state: str | None = None, model: str | None = None
) -> Status | None:
    """The program on a day, as ``Ledger.status`` tells it; None where only the ledger can tell."""
    held = _read(folder)
    if held is None:
        return None
    state, model = state and state.strip().upper(), model and model.strip().upper()
    codes = {*held["states"], *held["territories"]}
    if (state is not None and state not in codes) or (model is not None and model not in held["models"]):
        return None
    then = min(on, known_on or on)
    place = _place(held["participating"], then)
    if place is None:
        return None
    found = held["participating"][place]
    number, rows = found[0], found[5]
    runs = [run for run in held["runs"] if run[4] <= number <= run[5] and _is_of(run, state, model)]
    if any(run[0] is None or not run[1] for run in runs):
        return None
    by_state = _agreements_by(runs, 0)
    by_model = _agreements_by(runs, 1)
    newest = _newest(held["participating"], known_on)
    pending, pending_list = _pending(held, on, then, state, model)
    return Status(
        on,
        _reference(found, on),
        sum(run[6] for run in runs) if state or model else rows,
        len({run[2] for run in runs}),
        len({run[3] for run in runs}),
        len(by_state.keys() & set(held["states"])),
        len(by_state.keys() - set(held["states"])),
        {code: by_model.get(code, 0) for code in held["models"] if model in (None, code)}
        | {code: count for code, count in by_model.items() if code not in held["models"]},
        by_state,
        pending,
        pending_list,
        known_on,
        state,
        model,
        newest if newest < on else None,
    )


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        facts = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        head, *blocks = gzip.decompress((folder / facts["tables"] / COUNTS).read_bytes()).splitlines()
        held: dict[str, Any] = json.loads(head)
        if (held["software"], facts["format"], len(held["blocks"])) != (__version__, FORMAT, len(blocks)):
            return None
        lists = [row for block in blocks for row in json.loads(block)]
        return held | {kind: [row for row in lists if row[6] == kind] for kind in ("participating", "pending")}
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def _place(lists: list[list[Any]], then: date) -> int | None:
    """The place of the newest list published by the end of a day."""
    found = bisect_right([datetime.fromisoformat(row[1]) for row in lists], end_of_day(then))
    return found - 1 if found else None


def _newest(lists: list[list[Any]], known_on: date | None) -> date:
    place = _place(lists, known_on) if known_on else len(lists) - 1
    return date.fromisoformat(lists[place or 0][2])


def _is_of(run: list[Any], state: str | None, model: str | None) -> bool:
    return state in (None, run[0]) and model in (None, run[1])


def _agreements_by(runs: Iterable[list[Any]], column: int) -> dict[str, int]:
    """Agreements, each counted once, by a column of the runs, in its order."""
    found: dict[str, set[int]] = {}
    for run in runs:
        found.setdefault(run[column], set()).add(run[2])
    return {key: len(found[key]) for key in sorted(found)}


def _reference(row: list[Any], day: date) -> ListRef:
    at, own = datetime.fromisoformat(row[1]), date.fromisoformat(row[2])
    return ListRef(row[3], at, row[4], (day - own).days)


def _pending(
    held: dict[str, Any], on: date, then: date, state: str | None, model: str | None
) -> tuple[int | None, ListRef | None]:
    place = _place(held["pending"], then)
    if place is None:
        return None, None
    found = _reference(held["pending"][place], on)
    if found.age_days > held["pending_days"]:
        return None, found
    counts = (entry for entry in held["pending_counts"] if entry[2] <= place <= entry[3])
    return sum(entry[4] for entry in counts if _is_of(entry, state, model)), found
