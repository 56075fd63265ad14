"""Provisions that a user gives, to be used in place of the shipped ones of the same id, or in addition to them.

What enters: a YAML file, or a folder of them, written as those of ``declared/law`` are: ``provisions``, a list.
What leaves: the provisions, read as strictly as the shipped ones, and which of those each replaces. A ``Lawbook`` is
opened with them; another one that is open at the same time does not change.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger287.core.query_error import QueryError, QueryField
from ledger287.law.lawbook.provisions import Provision
from ledger287.law.lawbook.read_provisions import provisions_of
from ledger287.law.lawbook.rules_file import content_of

NEAR = 88
"""From this likeness on (of 100) an id is spelled like another one."""
NAMED = 5


@dataclass(frozen=True, slots=True)
class Given:
    """A provision that a user gave, and whether it replaces a shipped one.

    ``near`` is the id of a shipped rule that an added one is spelled like: it may have been meant.
    """

    provision: Provision
    replaces: bool
    near: str | None = None

    def __str__(self) -> str:
        how = "in place of the shipped rule" if self.replaces else "in addition to the shipped rules"
        near = f"; to replace {self.near}, give it that id" if self.near else ""
        return f"{self.provision.id}, {how} ({self.provision.file}; {self.provision.standing}{near})"


def read_given(path: Path) -> tuple[Provision, ...]:
    """The provisions of a file, or of every YAML file of a folder. Raises Refused."""
    if not path.exists():
        raise QueryError("wrong_rules", QueryField("rules"), f": {path}: no such file or folder.")
    named = (".yml", ".yaml")
    files = sorted(one for one in path.iterdir() if one.suffix in named) if path.is_dir() else [path]
    if not files:
        raise QueryError(
            "wrong_rules", QueryField("rules"), f": {path}: expected files of provisions (*.yml), found none."
        )
    found: dict[str, Provision] = {}
    for file in files:
        for entry in provisions_of(str(file), _data(file)):
            if entry.id in found:
                before = found[entry.id].file
                where = "this file" if before == str(file) else before
                raise QueryError(
                    "wrong_rules",
                    QueryField("rules"),
                    f": {file}: {entry.id}: this id is in {where} too; keep one of the two.",
                )
            found[entry.id] = entry
    if not found:
        raise QueryError(
            "wrong_rules",
            QueryField("rules"),
            f": {path}: it has no rule. Write at least one under `provisions`, with the keys that docs/rules.md gives.",
        )
    return tuple(found.values())


def weigh_given(found: Sequence[Provision], shipped: Collection[str], path: Path) -> tuple[Given, ...]:
    """Which given provisions replace a shipped one. Raises Refused where none of them can affect any answer.

    An answer uses the shipped rules by their ids, and the law of a state by its territory; a rule that is neither is
    never used.
    """
    given = tuple(
        Given(entry, entry.id in shipped, None if entry.id in shipped else _near(entry.id, shipped)) for entry in found
    )
    if any(one.replaces or one.provision.state_law or one.provision.bears_on_holds for one in given):
        return given
    named = "; ".join(
        f"{one.provision.id}{f' (did you mean {one.near}?)' if one.near else ''}" for one in given[:NAMED]
    )
    raise QueryError(
        "wrong_rules",
        QueryField("rules"),
        f": {path}: names no known rule: {named}. Write the id of a shipped rule, to replace it (ledger287 rules lists "
        "them), or add the law of a state: `kind: state_law`, its `territory`, and `state_law` with `effect` and "
        "`bears_on`.",
    )


def _near(id: str, shipped: Collection[str]) -> str | None:
    from rapidfuzz import process

    found = process.extractOne(id, list(shipped), score_cutoff=NEAR)
    return found[0] if found else None


def _data(file: Path) -> Any:
    try:
        return content_of(file.name, file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        says = f"expected text in UTF-8, found the byte {error.object[error.start]:#04x} at {error.start:,}"
    except OSError as error:
        says = f"cannot be read ({error.strerror})"
    except ValueError as error:
        says = str(error)
    raise QueryError("wrong_rules", QueryField("rules"), f": {file}: {says}.")
