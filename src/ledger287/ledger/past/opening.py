"""The store of the program before 2021, opened: apart from its building, so that a question does not load the builder.

What enters: a folder, or nothing for the history that ships with the package. What leaves: its stored tables.
"""

from importlib.resources import files
from pathlib import Path

from ledger287.ledger.store.folder import Stored, open_record


def shipped_past() -> Path:
    """The folder of the history that ships with the package."""
    return Path(str(files("ledger287.ledger").joinpath("shipped_past")))


def open_past(folder: Path | None = None) -> Stored:
    """The history in a folder, by default the shipped one."""
    return open_record(folder or shipped_past())
