"""A lawbook: every provision that a question is answered from, opened once and passed to whoever asks.

What enters: ``declared/law/*.yml`` and, where a user gives some, provisions in place of them or in addition. What
leaves: a ``Lawbook``, which never changes. Two of them can be open at once, in two threads, without either seeing
the other's provisions; nothing of the process remembers which one was opened last. The module promises that a value
of law is never given without the provision it is part of.

>>> shipped().parameter("form-i-247a", "hold_hours", datetime(2025, 8, 14, tzinfo=UTC)).value
48
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask
from ledger287.law.lawbook.given import Given, read_given, weigh_given
from ledger287.law.lawbook.provisions import (
    Parameter,
    Provision,
    Value,
    begins,
    checked,
    first_day,
    state_of,
    value_holds,
)
from ledger287.law.lawbook.read_provisions import read_provisions

NEAR = 70
"""From this likeness on (of 100) an id is offered in place of one that is not known."""
HOLDING = ("in force", "unsettled", "day unknown")


@dataclass(frozen=True, slots=True)
class ValueInForce:
    """A value in force, the provision it is part of, and whether the time is within the span that was checked."""

    value: Value
    provision: Provision
    parameter: Parameter
    checked: bool

    @property
    def decides(self) -> bool:
        """Whether a finding may rest on it alone: an unverified value never does."""
        return self.parameter.standing != "unverified"


@dataclass(frozen=True, eq=False)
class Lawbook:
    """Every provision, in the order of the files; ``given`` are those of a user. It is compared by identity."""

    provisions: tuple[Provision, ...]
    given: tuple[Given, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Provision]:
        """Id -> provision."""
        return {entry.id: entry for entry in self.provisions}

    @cached_property
    def _by_former_id(self) -> dict[str, Provision]:
        return {id: entry for entry in self.provisions for id in entry.formerly}

    @cached_property
    def clauses(self) -> dict[tuple[str, str], Provision]:
        """The clauses of the agreements' texts, by version and topic; a version's own come before shared ones."""
        own: dict[tuple[str, str], Provision] = {}
        shared: dict[tuple[str, str], Provision] = {}
        for entry in self.provisions:
            if entry.clause:
                own[entry.clause.template, entry.clause.topic] = entry
                shared |= {(version, entry.clause.topic): entry for version in entry.clause.also}
        return shared | own

    @cached_property
    def state_laws(self) -> dict[str, tuple[Provision, ...]]:
        """State -> its provisions that bear on agreements or on holds, those of courts over it among them."""
        found: dict[str, list[Provision]] = {}
        for entry in self.provisions:
            for state in entry.territory or () if entry.state_law else ():
                found.setdefault(state, []).append(entry)
        return {state: tuple(entries) for state, entries in found.items()}

    def provision(self, provision_id: str) -> Provision:
        """One provision by its id. Raises Refused with the closest ids."""
        known, wanted = self.by_id, provision_id.strip().casefold()
        found = known.get(provision_id) or known.get(wanted) or self._by_former_id.get(wanted)
        if found:
            return found
        from rapidfuzz import process

        cites = [entry.id for entry in self.provisions if provision_id.strip() and provision_id in entry.citation]
        likely = process.extract(wanted, list(known), limit=3, score_cutoff=NEAR)
        near = list(dict.fromkeys([*cites[:3], *(name for name, *_ in likely)]))
        offer = f" The closest ids: {', '.join(near)}." if near else ""
        raise Refused(f"no rule {provision_id!r}.{offer}", " All of them: ", Ask("rules"))

    def parameter(self, provision_id: str, name: str, at: datetime) -> ValueInForce:
        """The value of a parameter at a date and time, the newest in force. Raises Refused where there is none.

        A value whose provision has no day is given from the provision's first day, else for all time.
        """
        where = self.provision(provision_id)
        if at.tzinfo is None:
            raise Refused(f"{provision_id}: expected a time with its time zone, found {at.isoformat()} without one.")
        named = [entry for entry in where.parameters if entry.name == name]
        if not named:
            offers = ", ".join(sorted({entry.name for entry in where.parameters})) or "none"
            raise Refused(f"rule {provision_id} has no parameter {name!r}; it has: {offers}.")
        holding = [entry for entry in named if value_holds(entry, where, at)]
        if not holding:
            first = min((entry.since or first_day(where) for entry in named), key=str)
            raise Refused(f"rule {provision_id}: no {name} is in force at {at.isoformat()} (the first is of {first}).")
        newest = max(holding, key=lambda entry: begins(entry.since or first_day(where) or date.min, None))
        return ValueInForce(newest.value, where, newest, checked(where, at))

    def in_force(self, at: datetime, state: str | None = None) -> tuple[Provision, ...]:
        """What is in force, what is unsettled then included; with ``state``, there and in the nation."""
        return tuple(
            entry
            for entry in self.provisions
            if state_of(entry, at) in HOLDING and (state is None or entry.territory is None or state in entry.territory)
        )


@cache
def shipped() -> Lawbook:
    """The lawbook as it ships. Raises Refused where a declared file is not understood."""
    return Lawbook(read_provisions())


def open_lawbook(rules: Path | None = None) -> Lawbook:
    """A lawbook; with ``rules``, a file or folder of provisions, those replace the shipped ones of their ids.

    Raises Refused where one of them is not understood, by file and id, and where none of them is of use.
    """
    if rules is None:
        return shipped()
    found, base = read_given(rules), shipped()
    merged = base.by_id | {entry.id: entry for entry in found}
    for entry in found:
        if entry.continues and entry.continues not in merged:
            expected = "continues: expected the id of a rule that is the same law, of earlier days"
            raise Refused(f"{entry.file}: {entry.id}: {expected}, found {entry.continues!r}.")
    return Lawbook(tuple(merged.values()), weigh_given(found, base.by_id, rules))
