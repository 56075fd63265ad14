"""Questions to the record that ships and their answers, as ``record_answers.json`` keeps them.

The questions are of the doors of Python: names as people type them, days, models and states, cells. Of a short answer
every word is kept; of a long one its size, its ends, and a sum over all of it, so that a change is seen:
``python tests/record_answers.py --write`` keeps the answers of today, and what changed has to be read before that.
"""

import json
import sys
import warnings
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

import ledger287
from ledger287.core.jsonable import as_json
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError
from ledger287.ledger.query.answers import PastNewestList
from ledger287.ledger.query.before.gap import gap_between
from ledger287.ledger.query.edges import edges_of
from ledger287.ledger.query.quick import quick_status, shipped_folder

KEPT = Path(__file__).with_name("record_answers.json")
TODAY = date(2026, 5, 8)
LONG = 700
"""Letters from which an answer is kept by its ends and its sum."""
DAYS = ("on", "known_on", "since", "until")
IN_NO_ORDER = ("agencies_known", "signing_days")
"""Doors whose answers are looked up by an id."""


def opened() -> ledger287.Atlas:
    """The record that ships, opened on the day of its newest list."""
    return ledger287.open(today=lambda: TODAY)


def kept() -> list[dict[str, Any]]:
    """The rows of the file: a door, what it is given, and its answer."""
    rows: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return rows


def answer(atlas: ledger287.Atlas, door: str, given: dict[str, Any]) -> Any:
    """What a door answers, as JSON; a refusal with its code, its words and its choices."""
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            found = _plain(_called(atlas, door, given), door)
    except QueryError as error:
        return {"refused": str(error), "code": error.code, "choices": list(error.choices)}
    except Refused as error:
        return {"refused": str(error)}
    said = [str(one.message) for one in warned if issubclass(one.category, PastNewestList)]
    return {"answer": found, "warned": said} if said else found


def _called(atlas: ledger287.Atlas, door: str, given: dict[str, Any]) -> Any:
    if door not in ("quick_status", "gap_between", "edges_of"):
        return getattr(atlas, door)(**given)
    days: dict[str, Any] = {"known_on": None} | given
    days |= {name: date.fromisoformat(value) for name, value in given.items() if name in DAYS}
    if door == "quick_status":
        return quick_status(shipped_folder(), **days)
    return gap_between(atlas, **days) if door == "gap_between" else edges_of(atlas, **days)


def _plain(found: Any, door: str) -> Any:
    found = found.pl() if door == "as_of" and not isinstance(found, pl.DataFrame) else found
    if isinstance(found, pl.DataFrame):
        lines = [",".join(map(str, row)) for row in found.iter_rows()]
        lines = sorted(lines) if door in IN_NO_ORDER else lines
        return _short({"columns": ",".join(found.columns), "rows": len(lines), "lines": lines})
    if door in IN_NO_ORDER:
        return _short({str(key): str(found[key]) for key in sorted(found)})
    return _short(as_json(found))


def _short(found: Any) -> Any:
    said = json.dumps(found, ensure_ascii=False)
    if len(said) <= LONG:
        return found
    named = {key: value for key, value in found.items() if len(str(value)) < 100} if isinstance(found, dict) else {}
    more = {} if named else {"begins": said[:200], "ends": said[-200:]}
    return named | more | {"letters": len(said), "sum": zlib.crc32(said.encode())}


def write(rows: list[dict[str, Any]]) -> None:
    """Keeps answers, one a line."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    KEPT.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def main() -> None:
    """Says which answers differ from those that are kept; with ``--write`` keeps those of today."""
    atlas = opened()
    today = [row | {"answer": answer(atlas, row["door"], row["given"])} for row in kept()]
    for new, old in zip(today, kept(), strict=True):
        if new != old:
            sys.stdout.write(f"{new['door']} {new['given']}\n  - {old['answer']}\n  + {new['answer']}\n")
    if "--write" in sys.argv:
        write(today)


if __name__ == "__main__":
    main()
