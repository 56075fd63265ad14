"""Participating lists, one after the other -> agreements, their histories, and what changed.

An agreement is one memorandum of one agency under one model. What a list prints of it is found by
agency, model and signing day (its *signing*); a re-dated agreement has several signings. A signing found
for the first time is a new agreement, or another day for one whose row it takes over: the committed
registry says which for every dating printed so far, and the rule in ``_is_redating`` for the rest.
Ids are settled last, in ``close``: an agreement has the registry's id for any of its days, so that an
older list that is found late, with a day that no registry has, gives the history of the known agreement.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.ledger.fold.changes import Change, ChangeLog, Kind
from ledger287.ledger.fold.corrected_cells import cell_corrections
from ledger287.ledger.fold.model import AcceptedList, Agreement, AgreementRun, Prints, Slot
from ledger287.ledger.fold.row_meaning import Meant
from ledger287.ledger.identity.documents import is_perhaps_renewed
from ledger287.ledger.identity.signing_days import (
    Redating,
    Signing,
    committed_day_decisions,
    committed_signings,
    minted_agreement_id,
)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A new signing day in an agreement's place that no rule decides; it was taken as a renewal."""

    agreement_id: str
    signing: Signing
    list_number: int


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
        self.meant, self.log = meant, log
        self.signings = dict(committed_signings() if signings is None else signings)
        self.given = given or {}
        self._registered = frozenset(self.signings.values())
        self.decisions = committed_day_decisions() if decisions is None else decisions
        self.agreements: dict[str, Agreement] = {}
        self.by_signing: dict[Signing, str] = {}
        self.by_slot: dict[Slot, list[str]] = defaultdict(list)
        self.runs: list[AgreementRun] = []
        self.undecided: list[Undecided] = []
        self.pended_since: dict[Slot, date] = {}
        self._open: dict[tuple[str, int, int], int] = {}
        self._now: dict[str, Prints] = {}
        self._slots: set[Slot] | None = None
        self._newest: AcceptedList | None = None
        self._first_list: int | None = None
        self._contents: list[str] = []
        self._place_of_list: dict[int, int] = {}
        self.renamed: dict[str, str] = {}

    def fold(self, found: AcceptedList) -> list[Agreement]:
        """Take in the next accepted list; returns the agreements that it lists for the first time."""
        if self._newest and (self._newest.seen is found.seen or self._newest.seen.prints == found.seen.prints):
            self._step(found)
            return []
        before = self._now
        by_signing = self._prints_by_signing(found)
        now: dict[str, Prints] = {}
        unknown: list[tuple[Signing, Prints]] = []
        kept, replaced = self._kept_unsure(found, before, by_signing)
        for signing, prints in by_signing.items():
            if signing in replaced:
                continue
            if key := self.by_signing.get(signing):
                now[key] = {**now[key], **prints} if key in now else prints
            else:
                unknown.append((signing, prints))
        now |= {key: before[key] for key in kept if key not in now}
        vacated = {key: self.agreements[key] for key in before if key not in now}
        for old in vacated.values():
            old.last_list = self._newest.number if self._newest else old.last_list
        new: list[Agreement] = []
        for signing, prints in sorted(unknown, key=lambda one: (one[0][2] is None, one[0][2] or date.min)):
            agreement, is_new = self._place(signing, prints, found, vacated, now)
            now[agreement.id] = {**now.get(agreement.id, {}), **prints}
            if is_new:
                new.append(agreement)
        gone = {key: old for key, old in vacated.items() if key not in now}
        changed = {key: prints for key, prints in now.items() if before.get(key) != prints}
        if self._newest is not None:
            self._note_changes(found, before, now, changed, gone, new)
        self._keep_runs(found, before, changed, gone)
        for key, prints in changed.items():
            self._update(self.agreements[key], prints, found)
        for old in gone.values():
            old.listed = False
        self._now, self._slots = now, None
        self._step(found)
        return new

    def close(self) -> None:
        """End the runs that are open at the newest list."""
        if self._newest:
            for (agreement_id, number, times), first in self._open.items():
                self.runs.append(AgreementRun(agreement_id, number, times, first, self._newest.number))
                self.agreements[agreement_id].last_list = self._newest.number
        self._open = {}
        self._rename(self._final_ids())

    def _final_ids(self) -> dict[str, str]:
        """Id in the fold -> the id that the registry, else an earlier fold, has for one of the agreement's days."""
        days: dict[str, list[Signing]] = defaultdict(list)
        for signing, key in self.by_signing.items():
            days[key].append(signing)
        taken = {key for key in self.agreements if key in self._registered}
        names: dict[str, str] = {}
        for agreement in sorted(self.agreements.values(), key=lambda one: (one.first_list, one.id)):
            if agreement.id in self._registered:
                continue
            known = [ids.get(signing) for ids in (self.signings, self.given) for signing in days[agreement.id]]
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

        for one in self.agreements.values():
            one.id = names.get(one.id, one.id)
            one.replaces, one.replaced_by = name(one.replaces), name(one.replaced_by)
        self.agreements = {one.id: one for one in self.agreements.values()}
        self.by_signing = {signing: names.get(key, key) for signing, key in self.by_signing.items()}
        for slot, keys in self.by_slot.items():
            self.by_slot[slot] = [names.get(key, key) for key in keys]
        self.runs = [replace(run, agreement_id=names.get(run.agreement_id, run.agreement_id)) for run in self.runs]
        self.undecided = [
            replace(one, agreement_id=names.get(one.agreement_id, one.agreement_id)) for one in self.undecided
        ]
        for change in self.log.changes:
            change.agreement_id, change.other_id = name(change.agreement_id), name(change.other_id)
        self.renamed = names

    def slots(self) -> set[Slot]:
        """The slots of the newest accepted list."""
        if self._slots is None:
            self._slots = {(self.agreements[key].agency_id, self.agreements[key].model) for key in self._now}
        return self._slots

    @property
    def listed_now(self) -> int:
        """How many agreements the newest accepted list has."""
        return len(self._now)

    def _step(self, found: AcceptedList) -> None:
        self._newest = found
        self._first_list = found.number if self._first_list is None else self._first_list
        self._place_of_list[found.number] = len(self._contents) + 1
        self._contents.append(found.sha256)

    def _prints_by_signing(self, found: AcceptedList) -> dict[Signing, Prints]:
        """The countable rows of a list by signing; a row without a day goes to its slot's sole agreement."""
        undated = [signing for signing in found.seen.signings if signing[2] is None]
        if not undated:
            return found.seen.signings
        by_signing = {signing: prints for signing, prints in found.seen.signings.items() if signing[2]}
        for signing in undated:
            sole = self._sole_signing(signing[:2], by_signing)
            by_signing[sole] = {**by_signing.get(sole, {}), **found.seen.signings[signing]}
        return by_signing

    def _kept_unsure(
        self, found: AcceptedList, before: dict[str, Prints], by_signing: dict[Signing, Prints]
    ) -> tuple[set[str], set[Signing]]:
        """Agreements that a row of an unknown model represents, and the signings of such rows.

        The same agency and day, and no other document: nobody can tell which model is meant, so the agreement
        remains as it was printed before. A model that may come is one of these only where an agreement would leave.
        """
        kept: set[str] = set()
        replaced: set[Signing] = set()
        here = {key for signing in by_signing if (key := self.by_signing.get(signing))}
        for row in found.seen.unsure:
            if row.signing and row.signing in self.by_signing:
                continue
            left = [
                agreement
                for key in before
                if key not in here
                and key not in kept
                and (agreement := self.agreements[key]).agency_id == row.agency_id
                and agreement.signed == row.signed
                and (row.document is None or agreement.document in (None, row.document))
            ]
            if left:
                kept.add(left[0].id)
                if row.signing:
                    replaced.add(row.signing)
        return kept, replaced

    def _sole_signing(self, slot: Slot, taken: Iterable[Signing]) -> Signing:
        held = {self.by_signing.get(signing) for signing in taken if signing[:2] == slot}
        free = [self.agreements[key] for key in self.by_slot.get(slot, ()) if key not in held]
        here = [agreement for agreement in free if agreement.listed or self._is_gone_for_a_moment(agreement)]
        if len(here) == 1:
            return (*slot, here[0].signed)
        return (*slot, None)

    def _place(
        self,
        signing: Signing,
        prints: Prints,
        found: AcceptedList,
        vacated: dict[str, Agreement],
        now: dict[str, Prints],
    ) -> tuple[Agreement, bool]:
        """The agreement of a signing found for the first time, and whether it is a new one."""
        slot = signing[:2]
        registered = self.signings.get(signing)
        if registered in self.agreements:
            self.by_signing[signing] = registered
            return self.agreements[registered], False
        gone = [self.agreements[key] for key in self.by_slot[slot] if key not in now]
        gone = [agreement for agreement in gone if not agreement.replaced_by]
        if judged := next((old for old in gone if self._judged(old, signing) == "corrected"), None):
            self.by_signing[signing] = judged.id
            return judged, False
        old = max(gone, key=lambda agreement: (agreement.id in vacated, agreement.last_list), default=None)
        known_apart = registered is not None and old is not None and old.id in self._registered
        if old and not known_apart and self._is_redating(old, signing, prints, found, old.id in vacated):
            self.by_signing[signing] = old.id
            return old, False
        agreement = Agreement(
            registered or minted_agreement_id(signing), *signing, found.number, found.number, found.day
        )
        if old and (old.signed is None or _is_later(agreement, old)):
            agreement.replaces = old.id
            old.replaced_by = agreement.id
        self.agreements[agreement.id] = agreement
        self.by_signing[signing] = agreement.id
        self.by_slot[slot].append(agreement.id)
        return agreement, True

    def _judged(self, old: Agreement, signing: Signing) -> str | None:
        """What an identity decision says of a day that replaces an earlier one: corrected or renewed."""
        return self.decisions.get((*signing[:2], old.signed, signing[2]))

    def _is_redating(
        self, old: Agreement, signing: Signing, prints: Prints, found: AcceptedList, in_place: bool
    ) -> bool:
        """Whether a new day in the place of a delisted agreement is another date for that same agreement.

        In this order: an identity decision decides; an agreement without a readable day gets one; the same document is
        the same agreement; a day not later than the list that first printed the old one can hardly be of a later
        signing, unless the old one had a document and the days are far apart. A later day is a renewal where the old
        one had a document of its own, after an absence, or after the row was listed as pending again; otherwise the
        lists do not show which it is.
        """
        signed = signing[2]
        if old.signed is None or signed is None:
            return in_place
        if self._judged(old, signing) == "renewed":
            return False
        documents = {meant.statement.moa for number in prints if (meant := self.meant(number))} - {None}
        if old.document and old.document in documents:
            return True
        limits = declared.limits()["fold"]
        near = abs((signed - old.signed).days) <= limits["redated_within"]["days"]
        if in_place and signed <= old.shown_since.get(old.signed, old.first_day) and (near or not old.document):
            return True
        if old.document:
            return False
        pended = self.pended_since.get((old.agency_id, old.model))
        again = pended and (pended - old.first_day).days > limits["pending_again_after"]["days"]
        if in_place and not again:
            self.undecided.append(Undecided(old.id, signing, found.number))
        return False

    def _note_changes(
        self,
        found: AcceptedList,
        before: dict[str, Prints],
        now: dict[str, Prints],
        changed: dict[str, Prints],
        gone: dict[str, Agreement],
        new: list[Agreement],
    ) -> None:
        self._note_new(found, gone, new)
        self._note_gone(found, now, gone)
        fresh = {agreement.id for agreement in new}
        for key, prints in changed.items():
            if key in fresh:
                continue
            agreement = self.agreements[key]
            if key not in before:
                self._note_return(found, agreement)
            else:
                self._note_corrections(found, agreement, before[key], prints)
            self._note_addendum(found, agreement, before.get(key, {}), prints)

    def _note_new(self, found: AcceptedList, gone: dict[str, Agreement], new: list[Agreement]) -> None:
        """Signed and listed; or renewed, or switched, where it replaces another."""
        for agreement in new:
            if agreement.signed:
                self._log("signed", found, agreement, day=agreement.signed)
            old = self.agreements.get(agreement.replaces or "")
            if old:
                if self._is_gone_for_a_moment(old):
                    self.log.withdraw(old.ended, found.published_at)
                old.ended = self._log_renewed(found, agreement, old)
                continue
            left = next((o for o in gone.values() if _is_switchable(o, agreement)), None)
            if left is None:
                self._log("listed", found, agreement)
                continue
            agreement.replaces, left.replaced_by = left.id, agreement.id
            left.ended = self._log("switched", found, agreement, left, "model", left.model, agreement.model)

    def _note_gone(self, found: AcceptedList, now: dict[str, Prints], gone: dict[str, Agreement]) -> None:
        """Delisted, unless another agreement replaced it, or was listed along with it under another day."""
        for old in gone.values():
            if old.replaced_by in now:
                continue
            others = [self.agreements[key] for key in self.by_slot[old.agency_id, old.model] if key in now]
            printed_twice = next((o for o in others if self._judged(old, _signing_of(o)) == "corrected"), None)
            newer = max((o for o in others if _is_later(o, old)), key=lambda o: o.first_list, default=None)
            if printed_twice:
                days = _iso(old.signed), _iso(printed_twice.signed)
                old.ended = self._log("corrected", found, printed_twice, old, "signed", *days)
            elif newer:
                newer.replaces, old.replaced_by = old.id, newer.id
                old.ended = self._log_renewed(found, newer, old)
            else:
                old.ended = self._log("delisted", found, old)

    def _lists_since(self, agreement: Agreement) -> int:
        """How many workbooks (by content) were published between the last that had it and this one."""
        return len(set(self._contents[self._place_of_list[agreement.last_list] :]))

    def _is_gone_for_a_moment(self, agreement: Agreement) -> bool:
        """Whether so few lists lack it that its being back, or replaced, undoes its going."""
        return self._lists_since(agreement) <= int(declared.limits()["fold"]["no_event"]["lists"])

    def _note_return(self, found: AcceptedList, agreement: Agreement) -> None:
        """Relisted; or no event, and the changes that reported its delisting are withdrawn."""
        successor = self.agreements.get(agreement.replaced_by or "")
        if successor:
            successor.replaces, agreement.replaced_by = None, None
        if self._is_gone_for_a_moment(agreement):
            self.log.withdraw(agreement.ended, found.published_at)
            if successor and agreement.ended and agreement.ended.first_list == successor.first_list:
                last, first = agreement.last_list, successor.first_list
                self._log("listed", found, successor, day=successor.first_day, last=last, first=first)
        else:
            self._log("relisted", found, agreement, last=agreement.last_list)
        agreement.ended, agreement.listed = None, True

    def _note_corrections(self, found: AcceptedList, agreement: Agreement, before: Prints, now: Prints) -> None:
        """Cells that ICE corrected: a different value than before that is not a declared misprint."""
        if len(before) != 1 or len(now) != 1:
            return
        old, new = self.meant(next(iter(before))), self.meant(next(iter(now)))
        if old is None or new is None or self._newest is None:
            return
        both = self._newest.columns & found.columns
        for name, was, now_is in cell_corrections(old, new, agreement.signed):
            if name in both:
                self._log(_kind_of_cell(name, was, now_is, new), found, agreement, None, name, was, now_is)

    def _note_addendum(self, found: AcceptedList, agreement: Agreement, before: Prints, prints: Prints) -> None:
        """An addendum's URL, new or changed; none where the MOA cell already named the addendum."""
        address = next((m.statement.addendum for n in prints if (m := self.meant(n)) and m.statement.addendum), None)
        addendum_named = any("addendum" in bare(m.row.moa or "") for n in before if (m := self.meant(n)))
        if address and address != agreement.addendum and not (addendum_named and agreement.addendum is None):
            self._log("addendum", found, agreement, None, "addendum", agreement.addendum, address)

    def _log(
        self,
        kind: Kind,
        found: AcceptedList,
        agreement: Agreement,
        other: Agreement | None = None,
        what: str | None = None,
        before: str | None = None,
        after: str | None = None,
        *,
        day: date | None = None,
        last: int | None = None,
        first: int | None = None,
    ) -> Change:
        newest = self._newest.number if self._newest else None
        return self.log.add(
            Change(
                kind,
                day or found.day,
                found.published_at,
                agreement.agency_id,
                agreement.model,
                agreement.id,
                other.id if other else None,
                what,
                before,
                after,
                last if last is not None else newest,
                first if first is not None else found.number,
            )
        )

    def _log_renewed(self, found: AcceptedList, agreement: Agreement, old: Agreement) -> Change:
        return self._log("renewed", found, agreement, old, "signed", _iso(old.signed), _iso(agreement.signed))

    def _keep_runs(
        self,
        found: AcceptedList,
        before: dict[str, Prints],
        changed: dict[str, Prints],
        gone: dict[str, Agreement],
    ) -> None:
        last = self._newest.number if self._newest else found.number
        wanted = {(key, number, times) for key, prints in changed.items() for number, times in prints.items()}
        open_now = {(key, number, times) for key in (*changed, *gone) for number, times in before.get(key, {}).items()}
        for run in open_now - wanted:
            self.runs.append(AgreementRun(*run, self._open.pop(run), last))
        for run in wanted - open_now:
            self._open[run] = found.number

    def _update(self, agreement: Agreement, prints: Prints, found: AcceptedList) -> None:
        agreement.listed, agreement.last_list = True, found.number
        for number in sorted(prints):
            meant = self.meant(number)
            if meant is None:
                continue
            if meant.statement.signed:
                if agreement.signed is None and agreement.first_list != self._first_list:
                    self._log("signed", found, agreement, day=meant.statement.signed)
                agreement.signed = meant.statement.signed
                agreement.shown_since.setdefault(meant.statement.signed, found.day)
            agreement.document = meant.statement.moa or agreement.document
            agreement.addendum = meant.statement.addendum or agreement.addendum


def _kind_of_cell(name: str, was: str | None, now: str | None, meant: Meant) -> Kind:
    """A cell that ICE corrected; or a document in another's place that may be of a renewal."""
    said = meant.statement
    if name != "moa" or not (was and now and said.state and said.name):
        return "corrected"
    perhaps = is_perhaps_renewed(was, now, said.signed, said.state, said.name)
    return "perhaps_renewed" if perhaps else "corrected"


def _signing_of(agreement: Agreement) -> Signing:
    return (agreement.agency_id, agreement.model, agreement.signed)


def _is_switchable(old: Agreement, new: Agreement) -> bool:
    """Whether a new agreement may be another model in the place of one that is gone."""
    return old.agency_id == new.agency_id and old.model != new.model and not old.replaced_by


def _is_later(one: Agreement, other: Agreement) -> bool:
    return bool(one.signed and other.signed and one.signed > other.signed)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
