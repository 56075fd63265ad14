"""The headings of files with rows of persons, as declared: which kind of file some headings are of."""

from functools import cache
from typing import Any

from ledger287.core import declared


@cache
def kinds_declared() -> dict[str, Any]:
    """What ``declared/outcomes/person_files.yml`` says, by its keys."""
    data: dict[str, Any] = declared.declared_yaml("outcomes/person_files.yml")
    return data


def bare_heading(text: str) -> str:
    """A heading for comparing: lower case, spaces and hyphens as underscores."""
    return "_".join(text.strip().casefold().replace("-", " ").split())


def kind_of_headings(headings: list[str]) -> str | None:
    """Which kind of file these headings are of, or None."""
    have = {bare_heading(heading) for heading in headings}
    for kind, said in kinds_declared()["kinds"].items():
        if any(set(marks) <= have for marks in said["marks"]):
            return str(kind)
    return None
