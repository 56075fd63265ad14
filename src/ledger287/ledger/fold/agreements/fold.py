"""Participating lists, one after the other -> agreements, their histories, and what changed.

An agreement is one memorandum of one agency under one model, found by its *signing* (agency, model, day). Rows are
placed (``placing``), what changed is noted (``noting``), runs are kept here. Ids are decided last, in ``close``: an
agreement has the registry's id for any of its days, so that an older list that is found late, with a day that no
registry has, gives the history of the known agreement.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain, count

from ledger287.ledger.fold.agreements.noting import note_changes
from ledger287.ledger.fold.agreements.placing import kept_unsure, place, prints_by_signing
from ledger287.ledger.fold.agreements.state import DoubtedModel, FoldState, Undecided
from ledger287.ledger.fold.changes import ChangeLog
from ledger287.ledger.fold.model import AcceptedList, Agreement, AgreementRun, Prints, Slot
from ledger287.ledger.fold.row_meaning import Meant
from ledger287.ledger.identity.signing_days import (
    Redating,
    Signing,
    committed_day_decisions,
    committed_signings,
)


class AgreementFold:
    """Folds participating lists. ``meant`` gives the meaning of a print by number.

    ``given`` are ids that an earlier fold minted: they decide nothing but the id of an agreement that is new
    to the registry.
    """

    def __init__(
        self,
        meant: Callable[[int], Meant | None],
        log: ChangeLog,
        *,
        signings: Mapping[Signing, str] | None = None,
        decisions: dict[Redating, str] | None = None,
        given: Mapping[Signing, str] | None = None,
    ) -> None:
        self.state = FoldState(
            meant,
            log,
            dict(committed_signings() if signings is None else signings),
            given or {},
            committed_day_decisions() if decisions is None else decisions,
        )
        self.runs: list[AgreementRun] = []
        self.renamed: dict[str, str] = {}
        self.open: dict[tuple[str, int, int], int] = {}
        self.now: dict[str, Prints] = {}
        self._slots: set[Slot] | None = None

    def fold(self, found: AcceptedList) -> list[Agreement]:
        """Take in the next accepted list; returns the agreements that it lists for the first time."""
        state = self.state
        if state.newest and (state.newest.seen is found.seen or state.newest.seen.prints == found.seen.prints):
            state.step(found)
            return []
        before = self.now
        by_signing = prints_by_signing(state, found)
        now: dict[str, Prints] = {}
        unknown: list[tuple[Signing, Prints]] = []
        kept, replaced = kept_unsure(state, found, before, by_signing)
        for signing, prints in by_signing.items():
            if signing in replaced:
                continue
            if key := state.by_signing.get(signing):
                now[key] = {**now[key], **prints} if key in now else prints
            else:
                unknown.append((signing, prints))
        now |= {key: before[key] for key in kept if key not in now}
        vacated = {key: state.agreements[key] for key in before if key not in now}
        for old in vacated.values():
            old.last_list = state.newest.number if state.newest else old.last_list
        new: list[Agreement] = []
        for signing, prints in sorted(unknown, key=lambda one: (one[0][2] is None, one[0][2] or date.min)):
            agreement, is_new = place(state, signing, prints, found, vacated, now)
            now[agreement.id] = {**now.get(agreement.id, {}), **prints}
            if is_new:
                new.append(agreement)
        gone = {key: old for key, old in vacated.items() if key not in now}
        changed = {key: prints for key, prints in now.items() if before.get(key) != prints}
        if state.newest is not None:
            note_changes(state, found, before, now, changed, gone, new)
        self._keep_runs(found, before, changed, gone)
        for key, prints in changed.items():
            self._update(state.agreements[key], prints, found)
        for old in gone.values():
            old.listed = False
        self.now, self._slots = now, None
        state.step(found)
        return new

    def close(self) -> None:
        """End the runs that are open at the newest list."""
        if self.state.newest:
            for (agreement_id, number, times), first in self.open.items():
                self.runs.append(AgreementRun(agreement_id, number, times, first, self.state.newest.number))
                self.state.agreements[agreement_id].last_list = self.state.newest.number
        self.open = {}
        self._rename(self._final_ids())

    def _final_ids(self) -> dict[str, str]:
        """Id in the fold -> the id that the registry, else an earlier fold, has for one of the agreement's days."""
        days: dict[str, list[Signing]] = defaultdict(list)
        for signing, key in self.state.by_signing.items():
            days[key].append(signing)
        taken = {key for key in self.state.agreements if key in self.state.registered}
        names: dict[str, str] = {}
        registries = (self.state.signings, self.state.given)
        for agreement in sorted(self.state.agreements.values(), key=lambda one: (one.first_list, one.id)):
            if agreement.id in self.state.registered:
                continue
            known = [ids.get(signing) for ids in registries for signing in days[agreement.id]]
            again = (f"{agreement.id}-{number}" for number in count(2))
            free = (key for key in chain(known, (agreement.id,), again) if key and key not in taken)
            names[agreement.id] = final = next(free)
            taken.add(final)
        return {key: final for key, final in names.items() if key != final}

    def _rename(self, names: dict[str, str]) -> None:
        """Give agreements other ids, wherever they are named."""
        if not names:
            return

        def name(key: str | None) -> str | None:
            return names.get(key, key) if key else key

        for one in self.state.agreements.values():
            one.id = names.get(one.id, one.id)
            one.replaces, one.replaced_by = name(one.replaces), name(one.replaced_by)
        self.state.agreements = {one.id: one for one in self.state.agreements.values()}
        self.state.by_signing = {signing: names.get(key, key) for signing, key in self.state.by_signing.items()}
        for slot, keys in self.state.by_slot.items():
            self.state.by_slot[slot] = [names.get(key, key) for key in keys]
        self.runs = [replace(run, agreement_id=names.get(run.agreement_id, run.agreement_id)) for run in self.runs]
        self.state.undecided = [
            replace(one, agreement_id=names.get(one.agreement_id, one.agreement_id)) for one in self.state.undecided
        ]
        self.state.doubted_models = [
            replace(one, agreement_id=names.get(one.agreement_id, one.agreement_id))
            for one in self.state.doubted_models
        ]
        for change in self.state.log.changes:
            change.agreement_id, change.other_id = name(change.agreement_id), name(change.other_id)
        self.renamed = names

    def slots(self) -> set[Slot]:
        """The slots of the newest accepted list."""
        if self._slots is None:
            self._slots = {(self.state.agreements[key].agency_id, self.state.agreements[key].model) for key in self.now}
        return self._slots

    @property
    def agreements(self) -> dict[str, Agreement]:
        """Every agreement so far, by id."""
        return self.state.agreements

    @property
    def undecided(self) -> list[Undecided]:
        """New days that no rule decided."""
        return self.state.undecided

    @property
    def doubted_models(self) -> list[DoubtedModel]:
        """Rows of another model in place of an agreement, of which nobody can tell which model is meant."""
        return self.state.doubted_models

    @property
    def listed_now(self) -> int:
        """How many agreements the newest accepted list has."""
        return len(self.now)

    def _keep_runs(
        self,
        found: AcceptedList,
        before: dict[str, Prints],
        changed: dict[str, Prints],
        gone: dict[str, Agreement],
    ) -> None:
        last = self.state.newest.number if self.state.newest else found.number
        wanted = {(key, number, times) for key, prints in changed.items() for number, times in prints.items()}
        open_now = {(key, number, times) for key in (*changed, *gone) for number, times in before.get(key, {}).items()}
        for run in open_now - wanted:
            self.runs.append(AgreementRun(*run, self.open.pop(run), last))
        for run in wanted - open_now:
            self.open[run] = found.number

    def _update(self, agreement: Agreement, prints: Prints, found: AcceptedList) -> None:
        agreement.listed, agreement.last_list = True, found.number
        for number in sorted(prints):
            meant = self.state.meant(number)
            if meant is None:
                continue
            if meant.statement.signed:
                if agreement.signed is None and agreement.first_list != self.state.first_list:
                    self.state.note("signed", found, agreement, day=meant.statement.signed)
                agreement.signed = meant.statement.signed
                agreement.shown_since.setdefault(meant.statement.signed, found.day)
            agreement.document = meant.statement.moa or agreement.document
            agreement.addendum = meant.statement.addendum or agreement.addendum
