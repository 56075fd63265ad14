"""Agencies of states that run prisons: they hold people after a sentence, and cover no residents of their state.

What enters: an agency with the models of its agreements in force. What leaves: whether it holds people only. The words
are declared in declared/places/kinds.yml; a department of police and prisons in one counts as what its agreements are
for: as prisons where all are for a jail, else as police.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.places.gazetteer.naming import words
from ledger287.places.jurisdictions.deciding import Jurisdiction


@dataclass(frozen=True, slots=True)
class InForce:
    """An agency with the models under which it has an agreement on the requested day."""

    jurisdiction: Jurisdiction
    name: str
    models: tuple[str, ...]


@cache
def reach() -> dict[str, tuple[str, ...]]:
    """Where agreements have effect (jail or field) -> the models that apply there."""
    data: dict[str, Any] = declared.declared_yaml("places/coverage.yml")
    return {where: tuple(models) for where, models in data["reach"].items()}


def holds_people_only(one: InForce) -> bool:
    """Whether an agency of a state runs its prisons, and its agreements reach nobody outside them."""
    if one.jurisdiction.ground != "state":
        return False
    prisons, police = _patterns()
    plain = " ".join(words(one.name))
    if not prisons.search(plain):
        return False
    return not police.search(plain) or set(one.models) <= set(reach()["jail"])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data: dict[str, Any] = declared.declared_yaml("places/kinds.yml")
    return re.compile(data["state_prisons"]), re.compile(data["police_too"])
