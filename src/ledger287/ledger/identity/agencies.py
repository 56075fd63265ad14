"""A printed state and name -> the id of one agency, stable whatever is read later.

Ids are minted once, from what was printed, and kept in the committed registry, which holds every
spelling printed so far. A spelling not in it is placed by the committed identity decisions, else by the rules
of ``names`` against the agencies known until then, else it is a new agency whose id is a hash of its
state and name exactly as printed. Spellings are taken in the order in which they were published, so
that no later list moves an earlier one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.ledger.identity.spelling import likeness, plain

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
Spelling = tuple[str, str]
"""State and name exactly as printed."""


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """One line of the registry: a spelling, its agency, and the state in which that agency is."""

    agency_id: str
    state: str
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A new agency whose name is so like another's that a person should decide."""

    spelling: Spelling
    agency_id: str
    like: Spelling
    like_id: str


def minted_id(spelling: Spelling) -> str:
    """The id of a new agency: ``ag-`` and seven letters of a hash of what was printed."""
    number = int.from_bytes(hashlib.sha256("\n".join(spelling).encode()).digest()[:5], "big")
    letters = ""
    for _ in range(7):
        number, place = divmod(number, 32)
        letters += ALPHABET[place]
    return f"ag-{letters}"


@cache
def committed_registry() -> tuple[RegistryEntry, ...]:
    """Every spelling of the committed registry."""
    return tuple(
        RegistryEntry(row["agency_id"], row["state"], (row["state_printed"], row["name_printed"]))
        for row in declared.rows("registry/agencies.csv")
    )


@cache
def registry_before_2021() -> tuple[RegistryEntry, ...]:
    """The spellings met only in the sources before 2021, so that a list that prints one gets the same id."""
    return tuple(
        RegistryEntry(row["agency_id"], row["state"], (row["state_printed"], row["name_printed"]))
        for row in declared.rows("registry/agencies_before_2021.csv")
    )


@dataclass(frozen=True, slots=True)
class AgencyDecisions:
    """What people decided: pairs of (state, plain name) that are one agency, and pairs that are not."""

    same: dict[Spelling, frozenset[Spelling]]
    different: frozenset[frozenset[Spelling]]


@cache
def committed_decisions() -> AgencyDecisions:
    """The identity decisions on agencies, from declared/identity/agencies.csv."""
    same: dict[Spelling, set[Spelling]] = defaultdict(set)
    different = set()
    for row in declared.rows("identity/agencies.csv"):
        one = (row["a_state"], plain(row["a_name"]))
        other = (row["b_state"], plain(row["b_name"]))
        if row["verdict"] == "same":
            same[one].add(other)
            same[other].add(one)
        else:
            different.add(frozenset((one, other)))
    return AgencyDecisions({key: frozenset(names) for key, names in same.items()}, frozenset(different))


NO_DECISIONS = AgencyDecisions({}, frozenset())


def judged_likeness(state: str, one: str, other_state: str, other: str, decisions: AgencyDecisions) -> str:
    """``same``, ``different`` or ``near`` of two spellings: the decision on them, else what the rules say."""
    first, second = (state, plain(one)), (other_state, plain(other))
    if first == second:
        return "same"
    if second in decisions.same.get(first, ()):
        return "same"
    if frozenset((first, second)) in decisions.different:
        return "different"
    return likeness(state, one, other) if state == other_state else "different"


class Identity:
    """Places spellings one after the other; ``registry`` grows by those it did not know.

    ``given`` are entries that an earlier fold minted: a new agency among them gets its id from there.
    """

    def __init__(
        self,
        registry: tuple[RegistryEntry, ...] | None = None,
        decisions: AgencyDecisions | None = None,
        given: tuple[RegistryEntry, ...] = (),
    ) -> None:
        self.decisions = committed_decisions() if decisions is None else decisions
        self.given = given
        self.entries: dict[tuple[str, Spelling], RegistryEntry] = {}
        self.minted: list[RegistryEntry] = []
        self.near_misses: list[NearMiss] = []
        self._by_state: dict[str, list[RegistryEntry]] = defaultdict(list)
        self._by_plain: dict[Spelling, RegistryEntry] = {}
        for entry in (*committed_registry(), *registry_before_2021()) if registry is None else registry:
            self._keep(entry)

    def _keep(self, entry: RegistryEntry) -> None:
        self.entries[entry.state, entry.spelling] = entry
        self._by_state[entry.state].append(entry)
        self._by_plain.setdefault((entry.state, plain(entry.spelling[1])), entry)

    def agency(self, spelling: Spelling, state: str, name: str) -> RegistryEntry:
        """The registry's entry of a spelling; ``state`` and ``name`` are as read and corrected.

        A correction may say that a row belongs to another agency than the printed one; the corrected name is then
        looked up in the registry, and the printed spelling keeps its own entry.
        """
        if plain(spelling[1]) != plain(name):
            spelling = (state, name)
        known = self.entries.get((state, spelling))
        if known:
            return known
        entry = self._placed(spelling, state)
        self._keep(entry)
        self.minted.append(entry)
        return entry

    def recall(self, minted: Iterable[RegistryEntry], near_misses: Iterable[NearMiss]) -> None:
        """Know what an earlier fold minted, in the order in which it did."""
        for entry in minted:
            self._keep(entry)
            self.minted.append(entry)
        self.near_misses += near_misses

    def forget(self, known: int) -> None:
        """Unlearn every spelling minted after the first ``known``, as though it had not been printed."""
        unlearnt = self.minted[known:]
        del self.minted[known:]
        for entry in unlearnt:
            del self.entries[entry.state, entry.spelling]
            self._by_state[entry.state].remove(entry)
            key = (entry.state, plain(entry.spelling[1]))
            if self._by_plain.get(key) is entry:
                del self._by_plain[key]
        gone = {entry.spelling for entry in unlearnt}
        self.near_misses = [near for near in self.near_misses if near.spelling not in gone]

    def known(self, spelling: Spelling, state: str, name: str) -> str | None:
        """The id of an agency that is known by this spelling; nothing is minted for one that is not."""
        for key in (spelling, (spelling[0], name)):
            if entry := self.entries.get((state, key)):
                return entry.agency_id
        found = self._by_plain.get((state, plain(name)))
        return found.agency_id if found else None

    def _given_id(self, spelling: Spelling, state: str) -> str | None:
        """The id that an earlier fold gave to this spelling, or to one of the same agency."""
        taken = {entry.agency_id for entry in self._by_state[state]}
        for entry in self.given:
            if (
                entry.state == state
                and entry.agency_id not in taken
                and (
                    entry.spelling == spelling
                    or judged_likeness(state, spelling[1], state, entry.spelling[1], self.decisions) == "same"
                )
            ):
                return entry.agency_id
        return None

    def _placed(self, spelling: Spelling, state: str) -> RegistryEntry:
        key = (state, plain(spelling[1]))
        if found := self._by_plain.get(key):
            return RegistryEntry(found.agency_id, found.state, spelling)
        for other in sorted(self.decisions.same.get(key, ())):
            if found := self._by_plain.get(other):
                return RegistryEntry(found.agency_id, found.state, spelling)
        near: RegistryEntry | None = None
        same: dict[str, RegistryEntry] = {}
        for entry in self._by_state[state]:
            verdict = judged_likeness(state, spelling[1], entry.state, entry.spelling[1], self.decisions)
            if verdict == "same":
                same.setdefault(entry.agency_id, entry)
            elif verdict == "near" and near is None:
                near = entry
        if len(same) == 1:
            found = next(iter(same.values()))
            return RegistryEntry(found.agency_id, found.state, spelling)
        minted = RegistryEntry(self._given_id(spelling, state) or minted_id(spelling), state, spelling)
        doubtful = next(iter(same.values())) if same else near
        if doubtful:
            self.near_misses.append(NearMiss(spelling, minted.agency_id, doubtful.spelling, doubtful.agency_id))
        return minted
