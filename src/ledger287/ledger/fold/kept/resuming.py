"""What a fold left behind, and the record's prints -> a fold in progress that takes the next list.

What enters: a ``State`` as ``keeping`` made it, and the rows of the record that it belongs to. What leaves: a
``Folding`` that does with the next list what a fold of every list would do. Raises one of ``packing.Damaged`` where the
state is not what ``keeping`` makes.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger287.ledger.fold.changes import Change
from ledger287.ledger.fold.folding import Earlier, Excluded, Folding, Newest
from ledger287.ledger.fold.kept.keeping import State
from ledger287.ledger.fold.kept.packing import (
    day,
    pairs,
    sure_day,
    unpack_agreement,
    unpack_prints,
    unpack_run,
    unpack_signing,
)
from ledger287.ledger.fold.model import AcceptedList, ListMeaning, Unsure
from ledger287.ledger.fold.reader import Reader, without_day
from ledger287.ledger.fold.row_meaning import Meant, Statement, state_meant
from ledger287.ledger.fold.verdicts import Judge, ListContent
from ledger287.ledger.identity.agencies import Identity, NearMiss, RegistryEntry
from ledger287.ledger.identity.signing_days import Signing
from ledger287.sources.ice_lists.printed import Print


@dataclass(frozen=True, slots=True)
class Recorded:
    """The prints of a record: the row of a number, the signing of each number, the numbers of some rows."""

    row: Callable[[int], Print]
    signings: list[Signing | None]
    days: list[Any]
    numbers: dict[Print, int]


class ResumedReader(Reader):
    """A reader that has read the prints of a record; what one of them states is read again where it is needed."""

    def __init__(self, identity: Identity, recorded: Recorded, first: int) -> None:
        super().__init__(identity)
        self.first, self.numbers, self.recorded = first, recorded.numbers, recorded
        self.signings = dict(enumerate(recorded.signings))
        self._again: dict[int, Statement] = {}

    def statement_of(self, number: int) -> Statement | None:
        """What a print states."""
        if number >= self.first or number in self.statements:
            return self.statements.get(number)
        if number not in self._again:
            row = self.recorded.row(number)
            statement = state_meant(row)
            if statement.signed and self.recorded.days[number] is None:
                statement = without_day(statement, row)
            self._again[number] = statement
        return self._again[number]

    def meant_of(self, number: int) -> Meant | None:
        """What a print means; None where it counts as no agreement."""
        if number >= self.first or number in self.meant:
            return self.meant.get(number)
        signing, statement = self.signings.get(number), self.statement_of(number)
        if signing is None or statement is None:
            return None
        return Meant(number, self.recorded.row(number), statement, signing[0], signing[1], signing)


def resume(state: State, recorded: Recorded, identity: Identity, given: Mapping[Signing, str] | None = None) -> Folding:
    """The fold as it was after the newest list."""
    identity.recall(
        (RegistryEntry(key, in_state, (printed, name)) for key, in_state, printed, name in state["minted"]),
        (NearMiss((a, b), key, (c, d), like) for a, b, key, c, d, like in state["near_misses"]),
    )
    reader = ResumedReader(identity, recorded, state["prints"])
    for _, places in state["excluded"]:
        for place in places:
            reader.signings.pop(place, None)
    for place, agency_id, signed, document, signing in state["unsure"]:
        reader.unsure[place] = Unsure(agency_id, day(signed), document, signing and unpack_signing(signing))
    folding = Folding(reader, given=given)
    agreements = state["agreements"]
    last = (datetime.fromisoformat(state["last"][0]), *state["last"][1:]) if state["last"] else None
    folding.earlier = Earlier(state["lists"], last, state["undated"], agreements["undecided"])
    for on, places in state["excluded"]:
        folding.excluded.append(Excluded(sure_day(on), [recorded.row(place) for place in places], places))
    for kind, one in state["newest"].items():
        folding.newest[kind] = _newest(one, reader)
    for kind, judge in state["judges"].items():
        _resume_judge(folding.judges[kind], judge, folding.newest.get(kind))
    _resume_agreements(folding, agreements)
    _resume_pending(folding, state["pending"])
    return folding


def _newest(packed: State, reader: Reader) -> Newest:
    places = packed["places"]
    seen = reader.seen[tuple(places)] = reader.see(places)
    at, on = datetime.fromisoformat(packed["at"]), sure_day(packed["day"])
    return Newest(AcceptedList(packed["number"], at, on, packed["sha256"], frozenset(packed["columns"]), seen), places)


def _resume_judge(judge: Judge, packed: State, newest: Newest | None) -> None:
    judge.before = None if packed["before"] is None else int(packed["before"], 16)
    judge.keys = {int(key, 16) for key in packed["keys"]}
    judge.slots_ever = {(agency_id, model) for agency_id, model in packed["slots_ever"]}
    if newest:
        found = newest.accepted
        judge.newest = ListContent(found.seen, found.sha256, found.published_at, found.day)
    if excluded := packed["excluded"]:
        signed = {signing[:2]: signing[2] for signing in map(unpack_signing, excluded["signed"])}
        seen = ListMeaning({}, {}, 0, 0, signed, int(excluded["key"], 16))
        at, on = datetime.fromisoformat(excluded["at"]), sure_day(excluded["day"])
        judge.excluded = ListContent(seen, excluded["sha256"], at, on)


def _resume_agreements(folding: Folding, packed: State) -> None:
    fold = folding.folded.agreements
    state = fold.state
    every = [unpack_agreement(one) for one in packed["all"]]
    state.agreements = {one.id: one for one in every}
    keys = [one.id for one in every]
    state.by_signing = {unpack_signing(signing): keys[place] for place, *signing in packed["by_signing"]}
    state.by_slot = defaultdict(list)
    for one in every:
        state.by_slot[one.agency_id, one.model].append(one.id)
    state.pended_since = {(agency_id, model): sure_day(on) for agency_id, model, on in packed["pended_since"]}
    state.first_list, state.contents = packed["first_list"], pairs(packed["contents"])
    state.newest = folding.newest["participating"].accepted if "participating" in folding.newest else None
    fold.open = {(keys[place], number, times): first for place, number, times, first in packed["open"]}
    fold.now = {keys[place]: unpack_prints(prints) for place, *prints in packed["now"]}


def _resume_pending(folding: Folding, packed: State) -> None:
    fold = folding.folded.pendings
    fold.runs = [unpack_run(run) for run in packed["runs"]]
    for runs, places in ((fold.open, packed["open"]), (fold.left, packed["left"])):
        for run in (fold.runs[place] for place in places):
            runs[run.agency_id, run.model] = run
    fold.newest, fold.contents = packed["newest"], pairs(packed["contents"])


def handed_out(folding: Folding) -> list[Change]:
    """The earlier changes that a later list may take back."""
    ended = [one.ended for one in folding.folded.agreements.agreements.values()]
    dropped = [run.dropped for run in folding.folded.pendings.runs]
    return [change for change in (*ended, *dropped) if change]
