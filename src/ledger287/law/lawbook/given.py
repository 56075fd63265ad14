"""Provisions that a user gives: over the shipped ones of the same id, or beside them, while an answer is made.

What enters: a YAML file, or a folder of them, written as those of ``declared/law`` are: ``provisions``, a list.
What leaves: the provisions, which every question asked inside ``with given(...)`` stands on. They are read as
strictly as the shipped ones, and the shipped ones are back when it is left.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.law.agreements import clauses
from ledger287.law.authority import statelaw
from ledger287.law.clocks import calendar
from ledger287.law.lawbook import provisions
from ledger287.law.lawbook.provisions import Provision
from ledger287.law.lawbook.reading import provisions_of


@dataclass(frozen=True, slots=True)
class Given:
    """A provision that was given, and whether it stands in the place of a shipped one."""

    provision: Provision
    replaces: bool

    def __str__(self) -> str:
        how = "in the place of the shipped rule" if self.replaces else "beside the shipped rules"
        return f"{self.provision.id}, {how} ({self.provision.file}; {self.provision.standing})"


@contextmanager
def given(path: Path) -> Iterator[tuple[Given, ...]]:
    """The provisions of a file or folder, in force until the end of the block. Raises Refused where one is wrong."""
    found = read_given(path)
    shipped = {entry.id for entry in provisions.provisions()}
    before = dict(provisions.GIVEN)
    try:
        _stand(before | {entry.id: entry for entry in found})
        yield tuple(Given(entry, entry.id in shipped) for entry in found)
    finally:
        _stand(before)


def _stand(found: dict[str, Provision]) -> None:
    provisions.GIVEN.clear()
    provisions.GIVEN.update(found)
    for part in (provisions, calendar, clauses, statelaw):
        part.forget()


def read_given(path: Path) -> tuple[Provision, ...]:
    """The provisions of a file, or of every YAML file of a folder. Raises Refused."""
    if not path.exists():
        raise Refused(f"--rules: {path}: no such file or folder.")
    files = sorted([*path.glob("*.yml"), *path.glob("*.yaml")]) if path.is_dir() else [path]
    if not files:
        raise Refused(f"--rules: {path}: expected files of provisions (*.yml), found none.")
    found: dict[str, Provision] = {}
    for file in files:
        for entry in provisions_of(str(file), _data(file)):
            if entry.id in found:
                raise Refused(f"--rules: {file}: {entry.id}: this id stands in {found[entry.id].file} too.")
            found[entry.id] = entry
    return tuple(found.values())


def _data(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), declared.Loader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise Refused(f"--rules: {file}: expected YAML: {' '.join(str(error).split())}") from None
