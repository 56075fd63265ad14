"""A report of an error in the site -> a file in the operator's folder.

What enters: the page, what it says, what it should say, and where that is from; the folder that ``LEDGER287_REPORTS``
names. What leaves: one JSON file a report, which only the operator can read, or a refusal. Promises: nothing about the
visitor is written (no name, no IP address); a report is bounded, and so are the reports of an hour and those
that the folder holds, whoever sends them and whichever process takes them.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import time

from ledger287.web.server.operator import REPORTS

FIELDS = ("page", "says", "should", "source")
NEEDED = ("says", "should")
MOST_CHARACTERS = 2000
"""Of one field; the end of a line counts as one, as browsers count it."""
AN_HOUR = 60
"""Reports that are taken within an hour."""
MOST_KEPT = 1000
"""Reports that the folder holds; the operator removes those that are read."""
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a report: ``number`` where it was written, else ``why`` not and which ``fields`` are at fault."""

    number: str = ""
    why: str = ""
    fields: tuple[str, ...] = ()


def folder() -> Path | None:
    """Where reports go; None where the operator takes none."""
    named = os.environ.get(REPORTS)
    return Path(named) if named else None


def take(given: Mapping[str, str]) -> Report:
    """Write a report.

    ``why`` is ``none`` where none are taken, else ``missing``, ``long``, ``full``, ``many`` or ``disk``.
    """
    place = folder()
    if place is None:
        return Report(why="none")
    said = {name: given.get(name, "").replace("\r\n", "\n").strip() for name in FIELDS}
    if long := tuple(name for name in FIELDS if len(said[name]) > MOST_CHARACTERS):
        return Report(why="long", fields=long)
    if missing := tuple(name for name in NEEDED if not said[name]):
        return Report(why="missing", fields=missing)
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if why := _no_room(place):
            return Report(why=why)
        return Report(_write(place, said))
    except OSError:
        return Report(why="disk")


def _no_room(place: Path) -> str:
    times = [path.stat().st_mtime for path in place.glob("report-*.json")]
    if len(times) >= MOST_KEPT:
        return "full"
    return "many" if sum(at > time() - HOUR for at in times) >= AN_HOUR else ""


def _write(place: Path, said: Mapping[str, str]) -> str:
    at = datetime.now(UTC)
    number = f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    text = json.dumps({"received_at": at.isoformat(timespec="seconds"), **said}, ensure_ascii=False, indent=1) + "\n"
    path = place / f"report-{number}.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode("utf-8", "replace"))
    return number
