"""The names and the TYPE of an agency -> its kind, and the ground that such an agency covers.

The rules are declared in declared/places/kinds.yml, in their order; this module only reads them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ledger287.core import declared
from ledger287.places.gazetteer.naming import words

Kind = Literal[
    "state_agency",
    "county_sheriff",
    "county_police_or_jail",
    "municipal_police",
    "campus",
    "airport_or_port",
    "constable",
    "prosecutor",
    "regional",
    "tribal",
    "guard_or_other_state_body",
    "other",
]
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]

GroundKind = Literal["state", "county", "residents", "part"]


@dataclass(frozen=True, slots=True)
class JurisdictionRule:
    """One declared rule. ``ground`` is that of its kind where it declares no other."""

    kind: Kind
    pattern: str
    type: str | None
    unless: str | None
    ground: GroundKind


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words around the name of a place, a campus or a state body in the name of its agency."""

    police: re.Pattern[str]
    leading: re.Pattern[str]
    campus: re.Pattern[str]
    tails: tuple[str, ...]
    state: frozenset[str]


@cache
def _declared() -> dict[str, Any]:
    data: dict[str, Any] = declared.declared_yaml("places/kinds.yml")
    return data


@cache
def rules() -> tuple[JurisdictionRule, ...]:
    """The rules, in order."""
    grounds = _declared()["grounds"]
    return tuple(
        JurisdictionRule(
            row["kind"], row["pattern"], row.get("type"), row.get("unless"), row.get("ground", grounds[row["kind"]])
        )
        for row in _declared()["rules"]
    )


def ground_of(kind: Kind) -> GroundKind:
    """The ground that agencies of a kind cover, where their name says no more."""
    found: GroundKind = _declared()["grounds"][kind]
    return found


@cache
def name_words() -> KindWords:
    """The declared words of names."""
    data = _declared()
    return KindWords(
        re.compile(data["police_words"]),
        re.compile(data["leading_words"]),
        re.compile(data["campus_words"]),
        tuple(data["tail_words"]),
        frozenset(data["state_words"]),
    )


@cache
def _compiled(pattern: str, state: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{state}", re.escape(state)))


def rule_for(name: str, state: str, type: str | None) -> JurisdictionRule:
    """The first rule that a name fulfils; ``state`` is the state's own name."""
    plain, own = " ".join(words(name)), " ".join(words(state))
    for rule in rules():
        if rule.type and rule.type != type:
            continue
        if rule.unless and _compiled(rule.unless, own).search(plain):
            continue
        if _compiled(rule.pattern, own).search(plain):
            return rule
    return rules()[-1]


def rule_of(names: Sequence[str], state: str, type: str | None) -> tuple[JurisdictionRule, str]:
    """The rule for an agency by the name printed last, else by the first that says a kind; and that name."""
    for name in names:
        found = rule_for(name, state, type)
        if found.kind != "other":
            return found, name
    return rules()[-1], names[0] if names else ""
