"""The public Python API, whole.

>>> import ledger287
>>> ledger = ledger287.open()
>>> ledger.status(on=date(2025, 8, 14)).agreements
895
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from ledger287.foundation.problems import Problem, Refused
from ledger287.foundation.spans import day_of
from ledger287.record.answers import AgencyAnswer, SourceAnswer, Status
from ledger287.record.ledger import Ledger
from ledger287.record.store import open_record

RECORD_VARIABLE = "LEDGER287_RECORD"


def eastern_today() -> date:
    """The calendar day in US Eastern time, by this machine's clock."""
    return day_of(datetime.now(UTC))


def open(record: str | Path | None = None, *, today: Callable[[], date] = eastern_today) -> Ledger:
    """Open a record: a folder that ``ledger287 build`` wrote, else $LEDGER287_RECORD, else the shipped one.

    ``today`` gives the day that answers are asked for when no ``on`` is given. Raises Refused when the
    folder holds no record.
    """
    place = record or os.environ.get(RECORD_VARIABLE) or None
    return Ledger(open_record(Path(place) if place else None), today)


__all__ = [
    "AgencyAnswer",
    "Ledger",
    "Problem",
    "Refused",
    "SourceAnswer",
    "Status",
    "eastern_today",
    "open",
]
