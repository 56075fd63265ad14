"""Participating lists, one after the other -> agreements, their histories, and what changed.

An agreement is one memorandum of one agency under one model. What a list prints of it is found by
agency, model and signing day (its *dating*); a re-dated agreement has several datings. A dating met
for the first time is a new agreement, or another day for one whose row it takes over: the committed
registry says which for every dating printed so far, and the rule in ``_is_redating`` for the rest.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from ledger287 import declared
from ledger287.foundation.spans import day_of
from ledger287.lists import values
from ledger287.lists.printed import Print
from ledger287.record.changes import Change, ChangeLog, Kind
from ledger287.record.meaning import Statement
from ledger287.record.names import plain
from ledger287.record.verdicts import Slot

Dating = tuple[str, str, date | None]
"""Agency id, model, signing day as read (None where it cannot be)."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A print with what it states and whose it is; ``number`` is its place in the prints table."""

    number: int
    row: Print
    statement: Statement
    agency_id: str
    model: str

    @property
    def dating(self) -> Dating:
        return (self.agency_id, self.model, self.statement.signed)


@dataclass(frozen=True, slots=True)
class AcceptedList:
    """An accepted list: its number, its time, its content's hash, which columns it has, its prints."""

    number: int
    published_at: datetime
    sha256: str
    columns: frozenset[str]
    prints: Counter[int]

    @property
    def day(self) -> date:
        return day_of(self.published_at)


@dataclass(slots=True)
class Agreement:
    """An agreement as the lists so far tell it. ``signed`` is the day last printed for it."""

    id: str
    agency_id: str
    model: str
    signed: date | None
    first_list: int
    last_list: int
    first_day: date
    shown_since: dict[date | None, date] = field(default_factory=dict)
    document: str | None = None
    addendum: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    listed: bool = True
    ended: Change | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """An agreement printed alike (the same print, so often) on every accepted list from one to another."""

    agreement_id: str
    print: int
    times: int
    first_list: int
    last_list: int


def minted_agreement_id(dating: Dating) -> str:
    """The id of a new agreement: its agency, model and the signing day first printed for it."""
    agency_id, model, signed = dating
    return f"{agency_id}-{model.lower()}-{signed.isoformat() if signed else 'undated'}"


@cache
def committed_datings() -> dict[Dating, str]:
    """Every dating of the committed registry, with the id of its agreement."""
    path = files("ledger287.declared").joinpath("registry/agreements.csv")
    with path.open(encoding="utf-8", newline="") as file:  # type: ignore[call-arg]
        return {
            (row["agency_id"], row["model"], date.fromisoformat(row["signed"]) if row["signed"] else None): row[
                "agreement_id"
            ]
            for row in csv.DictReader(file)
        }


@cache
def committed_dating_judgements() -> dict[tuple[str, str, date, date], str]:
    """(agency id, model, old day, new day) -> ``corrected`` or ``renewed``, as people decided."""
    path = files("ledger287.declared").joinpath("judgements/datings.csv")
    with path.open(encoding="utf-8", newline="") as file:  # type: ignore[call-arg]
        return {
            (
                row["agency_id"],
                row["model"],
                date.fromisoformat(row["signed_before"]),
                date.fromisoformat(row["signed_after"]),
            ): row["verdict"]
            for row in csv.DictReader(file)
        }


@dataclass(frozen=True, slots=True)
class Undecided:
    """A new signing day in an agreement's place that no rule decides; it was taken as a renewal."""

    agreement_id: str
    dating: Dating
    list_number: int


class Agreements:
    """Folds participating lists. ``meant`` gives the meaning of a print by number."""

    def __init__(
        self,
        meant: Callable[[int], Meant | None],
        log: ChangeLog,
        *,
        datings: dict[Dating, str] | None = None,
        judgements: dict[tuple[str, str, date, date], str] | None = None,
    ) -> None:
        self.meant, self.log = meant, log
        self.datings = dict(committed_datings() if datings is None else datings)
        self.judgements = committed_dating_judgements() if judgements is None else judgements
        self.agreements: dict[str, Agreement] = {}
        self.by_dating: dict[Dating, str] = {}
        self.by_slot: dict[Slot, list[str]] = defaultdict(list)
        self.runs: list[Run] = []
        self.undecided: list[Undecided] = []
        self.pended_since: dict[Slot, date] = {}
        self._open: dict[tuple[str, int, int], int] = {}
        self._now: dict[str, Counter[int]] = {}
        self._newest: AcceptedList | None = None
        self._contents: list[str] = []
        self._place_of_list: dict[int, int] = {}

    def fold(self, found: AcceptedList) -> list[Agreement]:
        """Take in the next accepted list; returns the agreements that it lists for the first time."""
        before = self._now
        if self._newest and self._newest.prints == found.prints:
            self._step(found)
            return []
        by_dating = self._by_dating(found)
        now: dict[str, Counter[int]] = {}
        for dating, prints in by_dating.items():
            if dating in self.by_dating:
                now.setdefault(self.by_dating[dating], Counter()).update(prints)
        vacated = {key: self.agreements[key] for key in before if key not in now}
        for old in vacated.values():
            old.last_list = self._newest.number if self._newest else old.last_list
        new: list[Agreement] = []
        for dating, prints in by_dating.items():
            if dating not in self.by_dating:
                agreement, is_new = self._place(dating, prints, found, vacated, now)
                now.setdefault(agreement.id, Counter()).update(prints)
                if is_new:
                    new.append(agreement)
        if self._newest is not None:
            self._note_changes(found, before, now, vacated, new)
        self._keep_runs(found, now)
        for key, prints in now.items():
            self._update(self.agreements[key], prints, found)
        for key in vacated:
            if key not in now:
                self.agreements[key].listed = False
        self._now = now
        self._step(found)
        return new

    def close(self) -> None:
        """End the runs that are open at the newest list."""
        if self._newest:
            for (agreement_id, number, times), first in self._open.items():
                self.runs.append(Run(agreement_id, number, times, first, self._newest.number))
                self.agreements[agreement_id].last_list = self._newest.number
        self._open = {}

    def slots(self) -> set[Slot]:
        """The slots of the newest accepted list."""
        return {(self.agreements[key].agency_id, self.agreements[key].model) for key in self._now}

    @property
    def listed_now(self) -> int:
        """How many agreements the newest accepted list has."""
        return len(self._now)

    def _step(self, found: AcceptedList) -> None:
        self._newest = found
        self._place_of_list[found.number] = len(self._contents) + 1
        self._contents.append(found.sha256)

    def _by_dating(self, found: AcceptedList) -> dict[Dating, Counter[int]]:
        """The countable rows of a list by dating; a row without a day goes to its slot's sole agreement."""
        by_dating: dict[Dating, Counter[int]] = defaultdict(Counter)
        undated: list[tuple[Meant, int]] = []
        for number, times in found.prints.items():
            meant = self.meant(number)
            if meant is None:
                continue
            if meant.statement.signed is None:
                undated.append((meant, times))
            else:
                by_dating[meant.dating][number] += times
        for meant, times in undated:
            by_dating[self._sole_dating(meant, by_dating)][meant.number] += times
        return by_dating

    def _sole_dating(self, meant: Meant, taken: Iterable[Dating]) -> Dating:
        slot = (meant.agency_id, meant.model)
        held = {self.by_dating.get(dating) for dating in taken if dating[:2] == slot}
        free = [self.agreements[key] for key in self.by_slot.get(slot, ()) if key not in held]
        listed = [agreement for agreement in free if agreement.listed]
        if len(listed) == 1:
            return (*slot, listed[0].signed)
        return (*slot, None)

    def _place(
        self,
        dating: Dating,
        prints: Counter[int],
        found: AcceptedList,
        vacated: dict[str, Agreement],
        now: dict[str, Counter[int]],
    ) -> tuple[Agreement, bool]:
        """The agreement of a dating met for the first time, and whether it is a new one."""
        slot = dating[:2]
        registered = self.datings.get(dating)
        if registered in self.agreements:
            self.by_dating[dating] = registered
            return self.agreements[registered], False
        if judged := self._judged_the_same(dating):
            self.by_dating[dating] = judged.id
            return judged, False
        gone = [self.agreements[key] for key in self.by_slot[slot] if key not in now]
        old = max(gone, key=lambda agreement: (agreement.id in vacated, agreement.last_list), default=None)
        if registered is None and old and self._is_redating(old, dating, prints, found, old.id in vacated):
            self.by_dating[dating] = old.id
            return old, False
        agreement = Agreement(
            registered or minted_agreement_id(dating), *dating, found.number, found.number, found.day
        )
        if old and dating[2] and (old.signed is None or dating[2] > old.signed):
            agreement.replaces = old.id
            old.replaced_by = agreement.id
        self.agreements[agreement.id] = agreement
        self.by_dating[dating] = agreement.id
        self.by_slot[slot].append(agreement.id)
        return agreement, True

    def _judged_the_same(self, dating: Dating) -> Agreement | None:
        """The agreement for which a judgement says that this is another day, whether it stands or not."""
        agency_id, model, signed = dating
        for key in self.by_slot[agency_id, model]:
            old = self.agreements[key].signed
            if old and signed and self.judgements.get((agency_id, model, old, signed)) == "corrected":
                return self.agreements[key]
        return None

    def _is_redating(
        self, old: Agreement, dating: Dating, prints: Counter[int], found: AcceptedList, in_place: bool
    ) -> bool:
        """Whether a day that takes over a gone agreement's place is another day for the same one.

        In this order: a judgement decides; an agreement without a readable day gets one; the same
        document is the same agreement, another document another; a day not later than the list that
        first printed the old one cannot be of a later signing. A later day after an absence, or after
        the row stood as pending again, is a renewal; without either, nobody can tell from the lists.
        """
        signed = dating[2]
        if old.signed is None or signed is None:
            return in_place
        if self.judgements.get((old.agency_id, old.model, old.signed, signed)) == "renewed":
            return False
        documents = {meant.statement.moa for number in prints if (meant := self.meant(number))} - {None}
        if old.document and old.document in documents:
            return True
        if old.document:
            return False
        first_shown = old.shown_since.get(old.signed, old.first_day)
        if in_place and signed <= first_shown:
            return True
        pended = self.pended_since.get((old.agency_id, old.model))
        limit = declared.limits()["fold"]["pending_again_after"]["days"]
        if in_place and not (pended and (pended - old.first_day).days > limit):
            self.undecided.append(Undecided(old.id, dating, found.number))
        return False

    def _note_changes(
        self,
        found: AcceptedList,
        before: dict[str, Counter[int]],
        now: dict[str, Counter[int]],
        vacated: dict[str, Agreement],
        new: list[Agreement],
    ) -> None:
        replaced = {agreement.replaces for agreement in new if agreement.replaces}
        gone = {key: old for key, old in vacated.items() if key not in now}
        for agreement in new:
            if agreement.signed:
                self._log("signed", found, agreement, day=agreement.signed)
            old = self.agreements.get(agreement.replaces or "")
            if old:
                self._log("renewed", found, agreement, other=old, what="signed",
                          before=_iso(old.signed), after=_iso(agreement.signed))  # fmt: skip
                if self._lists_since(old) <= declared.limits()["fold"]["no_event"]["lists"]:
                    self.log.withdraw(old.ended, found.published_at)
                continue
            left = next(
                (o for k, o in gone.items() if o.agency_id == agreement.agency_id and k not in replaced), None
            )
            if left:
                replaced.add(left.id)
                agreement.replaces, left.replaced_by = left.id, agreement.id
                self._log("switched", found, agreement, other=left, what="model", before=left.model, after=agreement.model)
            else:
                self._log("listed", found, agreement)
        for key, old in gone.items():
            if key in replaced:
                old.ended = None
                continue
            newer = self._standing_renewal(old, now)
            if newer:
                newer.replaces, old.replaced_by = old.id, newer.id
                self._log("renewed", found, newer, other=old, what="signed",
                          before=_iso(old.signed), after=_iso(newer.signed))  # fmt: skip
                old.ended = None
            else:
                old.ended = self._log("delisted", found, old)
        fresh = {agreement.id for agreement in new}
        for key, prints in now.items():
            if key in fresh:
                continue
            agreement = self.agreements[key]
            if key not in before:
                self._note_return(found, agreement)
            elif prints != before[key]:
                self._note_corrections(found, agreement, before[key], prints)
            self._note_addendum(found, agreement, prints)

    def _standing_renewal(self, old: Agreement, now: dict[str, Counter[int]]) -> Agreement | None:
        """A later agreement of the same slot that stood beside the one now gone."""
        others = (self.agreements[key] for key in self.by_slot[old.agency_id, old.model] if key in now)
        later = [other for other in others if other.signed and old.signed and other.signed > old.signed]
        return max(later, key=lambda other: other.signed or date.min, default=None)

    def _lists_since(self, agreement: Agreement) -> int:
        """How many workbooks (by content) were published between the last that had it and this one."""
        return len(set(self._contents[self._place_of_list[agreement.last_list] :]))

    def _note_return(self, found: AcceptedList, agreement: Agreement) -> None:
        absent = self._lists_since(agreement)
        if absent <= declared.limits()["fold"]["no_event"]["lists"]:
            self.log.withdraw(agreement.ended, found.published_at)
        else:
            self._log("relisted", found, agreement, last=agreement.last_list)
        agreement.ended, agreement.listed = None, True

    def _note_corrections(
        self, found: AcceptedList, agreement: Agreement, before: Counter[int], now: Counter[int]
    ) -> None:
        """Cells that ICE mended: another value than before, that is no declared misprint."""
        if len(before) != 1 or len(now) != 1:
            return
        old, new = self.meant(next(iter(before))), self.meant(next(iter(now)))
        if old is None or new is None or self._newest is None:
            return
        both = self._newest.columns & found.columns
        for name, was, now_is in corrected_cells(old, new):
            if name in both:
                self._log("corrected", found, agreement, what=name, before=was, after=now_is)

    def _note_addendum(self, found: AcceptedList, agreement: Agreement, prints: Counter[int]) -> None:
        address = next((m.statement.addendum for n in prints if (m := self.meant(n)) and m.statement.addendum), None)
        if address and address != agreement.addendum:
            self._log("addendum", found, agreement, what="addendum", before=agreement.addendum, after=address)

    def _log(
        self,
        kind: Kind,
        found: AcceptedList,
        agreement: Agreement,
        *,
        day: date | None = None,
        other: Agreement | None = None,
        what: str | None = None,
        before: str | None = None,
        after: str | None = None,
        last: int | None = None,
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
                found.number,
            )
        )

    def _keep_runs(self, found: AcceptedList, now: dict[str, Counter[int]]) -> None:
        last = self._newest.number if self._newest else found.number
        wanted = {(key, number, times) for key, prints in now.items() for number, times in prints.items()}
        for run in self._open.keys() - wanted:
            self.runs.append(Run(*run, self._open.pop(run), last))
        for run in wanted - self._open.keys():
            self._open[run] = found.number

    def _update(self, agreement: Agreement, prints: Counter[int], found: AcceptedList) -> None:
        agreement.listed, agreement.last_list = True, found.number
        for number in sorted(prints):
            meant = self.meant(number)
            if meant is None:
                continue
            if meant.statement.signed:
                agreement.signed = meant.statement.signed
                agreement.shown_since.setdefault(meant.statement.signed, found.day)
            agreement.document = meant.statement.moa or agreement.document
            agreement.addendum = meant.statement.addendum or agreement.addendum


def corrected_cells(old: Meant, new: Meant) -> Iterable[tuple[str, str | None, str | None]]:
    """(field, before, after) for each cell of one agreement that now holds another value.

    Left out: white space, case and apostrophes; a value that is itself a declared misprint; a link that
    came in the place of "link pending".
    """
    was, now = old.row, new.row
    if was.state != now.state and values.state(now.state).how == "exact":
        if values.state(was.state).how != "exact" or values.state(was.state).value != values.state(now.state).value:
            yield "state", was.state, now.state
    if plain(was.agency or "") != plain(now.agency or ""):
        yield "agency", was.agency, now.agency
    for name, read in (("type", values.agency_type), ("model", values.model)):
        one, other = read(getattr(was, name)), read(getattr(now, name))
        if other.how == "exact" and (one.value != other.value or one.how in ("misprint", "nearest")):
            yield name, getattr(was, name), getattr(now, name)
    one_county, other_county = values.county(was.county).value, values.county(now.county).value
    if (one_county or "").casefold() != (other_county or "").casefold():
        yield "county", was.county, now.county
    one_day, other_day = values.signed(was.signed), values.signed(now.signed)
    if one_day.value != other_day.value or (one_day.how == "slip" and other_day.how == "exact"):
        yield "signed", was.signed, now.signed
    if old.statement.moa and new.statement.moa and old.statement.moa != new.statement.moa:
        yield "moa", old.statement.moa, new.statement.moa


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
