"""Provisions that a user gives, to be used in place of the shipped ones of the same id, or in addition to them.

What enters: a YAML file, or a folder of them, written as those of ``declared/law`` are: ``provisions``, a list.
What leaves: the provisions, read as strictly as the shipped ones. A ``Lawbook`` is opened with them; another one
that is open at the same time does not change.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ledger287.core import declared
from ledger287.core.query_error import Field, QueryError
from ledger287.law.lawbook.provisions import Provision
from ledger287.law.lawbook.reading import provisions_of


@dataclass(frozen=True, slots=True)
class Given:
    """A provision that a user gave, and whether it replaces a shipped one."""

    provision: Provision
    replaces: bool

    def __str__(self) -> str:
        how = "in place of the shipped rule" if self.replaces else "in addition to the shipped rules"
        return f"{self.provision.id}, {how} ({self.provision.file}; {self.provision.standing})"


def read_given(path: Path) -> tuple[Provision, ...]:
    """The provisions of a file, or of every YAML file of a folder. Raises Refused."""
    if not path.exists():
        raise QueryError("wrong_rules", Field("rules"), f": {path}: no such file or folder.")
    files = sorted([*path.glob("*.yml"), *path.glob("*.yaml")]) if path.is_dir() else [path]
    if not files:
        raise QueryError("wrong_rules", Field("rules"), f": {path}: expected files of provisions (*.yml), found none.")
    found: dict[str, Provision] = {}
    for file in files:
        for entry in provisions_of(str(file), _data(file)):
            if entry.id in found:
                raise QueryError(
                    "wrong_rules",
                    Field("rules"),
                    f": {file}: {entry.id}: this id is also in {found[entry.id].file}.",
                )
            found[entry.id] = entry
    if not found:
        raise QueryError(
            "wrong_rules",
            Field("rules"),
            f": {path}: it has no rule. Write at least one under `provisions`, with the keys that docs/rules.md gives.",
        )
    return tuple(found.values())


def _data(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), declared.Loader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise QueryError(
            "wrong_rules", Field("rules"), f": {file}: expected YAML: {' '.join(str(error).split())}"
        ) from None
