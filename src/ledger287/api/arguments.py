"""What a user gives to a function: a record, a file or folder. A wrong type is refused with what to give.

``eastern_today`` is the only place where this machine's clock is read for a day.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.time import day_of
from ledger287.ledger.query.ledger import Ledger
from ledger287.ledger.store.folder import open_record
from ledger287.places.atlas import Atlas

if TYPE_CHECKING:
    from ledger287.law.lawbook.book import Lawbook

RECORD_VARIABLE = "LEDGER287_RECORD"


def eastern_today() -> date:
    """The calendar day in US Eastern time, by this machine's clock."""
    return day_of(datetime.now(UTC))


def open(record: str | Path | None = None, *, today: Callable[[], date] = eastern_today) -> Atlas:
    """Open a record: the given folder that ``ledger287 build`` wrote, else $LEDGER287_RECORD, else the shipped one.

    ``today`` gives the day that answers are for when no ``on`` is given. Raises Refused when the folder holds no
    record.
    """
    if not callable(today):
        expected = f": expected a function that gives a day, such as lambda: date(2025, 8, 14), found {today!r}."
        raise QueryError("not_a_function", QueryField("today"), expected, fields=("today",))
    place = record or os.environ.get(RECORD_VARIABLE) or None
    return Atlas(open_record(path_of(place, "record") if place else None), today)


def opened(ledger: Any) -> Atlas:
    """The record that a function was given. Raises QueryError that says how to open one."""
    if isinstance(ledger, Ledger):
        return ledger  # type: ignore[return-value]
    expected = f": expected a record such as ledger287.open() gives, found {ledger!r}."
    raise QueryError("not_a_record", QueryField("ledger"), expected, fields=("ledger",))


def or_opened(ledger: Any) -> Atlas:
    """The record that a function was given, or the one that ``open`` opens where none was."""
    return open() if ledger is None else opened(ledger)


def lawbook_of(value: Any) -> "Lawbook | None":
    """The lawbook that a function was given, if any. Raises QueryError that says how to open one."""
    from ledger287.law.lawbook.book import Lawbook

    if value is None or isinstance(value, Lawbook):
        return value
    expected = f": expected a lawbook such as ledger287.open_lawbook() gives, found {value!r}."
    raise QueryError("not_a_lawbook", QueryField("lawbook"), expected, fields=("lawbook",))


def path_of(value: Any, field: str) -> Path:
    """A file or folder that a function was given. Raises QueryError that says what to give."""
    if isinstance(value, str | Path):
        return Path(value)
    expected = f": expected a file or folder as text or as a Path, found {value!r}."
    raise QueryError("not_a_path", QueryField(field), expected, fields=(field,))
