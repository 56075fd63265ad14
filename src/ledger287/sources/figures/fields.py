"""One entry of the declared figures -> nothing, or a refusal that says which field is missing, odd or of another type.

What enters: where the entry is, and its fields as YAML gives them. It promises that every field is known and said once,
that texts are texts, that a state and agencies are those of the record, and that parts are numbers by name.
"""

import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from ledger287.core import declared
from ledger287.core.problem import Refused

NEEDED = ("id", "kind", "subject", "as_of", "by", "source", "grade", "locator", "says")
TEXTS = ("id", "kind", "subject", "by", "source", "grade", "locator", "says", "publisher", "url", "state", "same_as",
         "note", "unit", "precision")  # fmt: skip
KNOWN = frozenset((*NEEDED, *TEXTS, "value", "high", "since", "agencies", "parts", "known_on"))
REGISTRIES = ("registry/agencies.csv", "registry/agencies_before_2021.csv")


class Once(declared.Loader):  # type: ignore[misc, valid-type]
    """YAML in which a field is said once: the second of two would take the place of the first in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping whose keys all differ. Raises Refused for one that is there twice."""
        names = [key.value for key, _ in node.value]
        twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if twice is not None:
            line = node.start_mark.line + 1
            raise yaml.constructor.ConstructorError(
                None, None, f"{twice!r} is there twice, in the entry of line {line}"
            )
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row[0] for name in REGISTRIES for row in csv.reader(declared.text(name).splitlines()) if row)


@cache
def _states() -> frozenset[str]:
    return frozenset(one.code for one in (*declared.states(), *declared.territories()))


def check_fields(where: str, row: Mapping[str, Any]) -> None:
    """Raises Refused for the first field that is missing, unknown, or of another type than it should be."""
    missing = [field for field in NEEDED if row.get(field) in (None, "")]
    if missing:
        raise Refused(f"{where}: expected {', '.join(missing)}; found nothing. Add it.")
    odd = sorted(str(field) for field in row if field not in KNOWN)
    if odd:
        raise Refused(f"{where}: unknown field {', '.join(odd)}. Expected some of: {', '.join(sorted(KNOWN))}.")
    for field in TEXTS:
        if row.get(field) is not None and not isinstance(row[field], str):
            raise Refused(f"{where}: {field} should be text, found {row[field]!r}. Put it in quotation marks.")
    state = row.get("state")
    if state is not None and state not in _states():
        raise Refused(f"{where}: no state {state!r}. Expected a postal code such as FL.")
    agencies = row.get("agencies", [])
    if not isinstance(agencies, list):
        raise Refused(f"{where}: agencies should be a list of ids such as [ag-bbnn9kw], found {agencies!r}.")
    unknown = [one for one in agencies if one not in _agencies()]
    if unknown:
        raise Refused(f"{where}: no agency {unknown[0]!r}. Give ids as `ledger287 agency NAME` prints them.")
    parts = row.get("parts", {})
    if not isinstance(parts, dict) or not all(type(number) is int for number in parts.values()):
        raise Refused(f"{where}: parts should be numbers by name such as {{JEM: 35}}, found {parts!r}.")
