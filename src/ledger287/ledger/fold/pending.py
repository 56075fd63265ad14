"""Pending lists, one after the other -> runs of pending rows, followed to their signing or their end.

A pending run is the time for which one agency is listed as pending under one model. It is ``signed`` when
an agreement of that agency and model was listed during the run or soon after, ``dropped`` when it left
without one (the lists do not say why), and ``pending`` while it is on the newest pending list:
after the last pending list nothing is inferred.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from ledger287.core import declared
from ledger287.ledger.fold.agreements.fold import AgreementFold
from ledger287.ledger.fold.agreements.state import more_contents_since
from ledger287.ledger.fold.changes import Change, ChangeLog, Kind
from ledger287.ledger.fold.model import AcceptedList, Agreement, Slot
from ledger287.ledger.identity.signing_days import Signing

Outcome = Literal["pending", "signed", "dropped"]


@dataclass(slots=True)
class PendingRun:
    """One pending run. ``outcome_known_from`` is when the list that shows the outcome was published (UTC)."""

    id: str
    agency_id: str
    model: str
    first_list: int
    last_list: int
    first_day: date
    last_day: date
    outcome: Outcome = "pending"
    agreement_id: str | None = None
    signed: date | None = None
    outcome_known_from: datetime | None = None
    dropped: Change | None = None
    gone_at: int | None = None

    @property
    def days_to_signing(self) -> int | None:
        """Days from the first list that printed it as pending to the day of signing."""
        return (self.signed - self.first_day).days if self.signed else None


class Pendings:
    """Folds pending lists along with the agreements that ``AgreementFold`` folds."""

    def __init__(self, signing_of: Callable[[int], Signing | None], agreements: AgreementFold, log: ChangeLog) -> None:
        self.signing_of, self.agreements, self.log = signing_of, agreements, log
        self.runs: list[PendingRun] = []
        self.open: dict[Slot, PendingRun] = {}
        self.left: dict[Slot, PendingRun] = {}
        self.newest: int | None = None
        self.contents: list[tuple[int, str]] = []

    def fold(self, found: AcceptedList) -> None:
        """Take in the next accepted pending list."""
        slots: dict[Slot, None] = {}
        for number in sorted(found.seen.prints):
            signing = self.signing_of(number)
            if signing is not None:
                slots[signing[:2]] = None
        for slot in [slot for slot in self.open if slot not in slots]:
            self._leave(self.open.pop(slot), slot, found)
        self.contents.append((found.number, found.sha256))
        for slot in slots:
            if slot not in self.open:
                self.open[slot] = self._back(slot, found) or self._begin(slot, found)
            run = self.open[slot]
            run.last_list, run.last_day = found.number, found.day
            self.agreements.state.pended_since[slot] = run.first_day
        self.newest = found.number

    def rename(self, names: dict[str, str]) -> None:
        """Follow agreements that were given other ids."""
        for run in self.runs:
            if run.agreement_id:
                run.agreement_id = names.get(run.agreement_id, run.agreement_id)

    def note_listed(self, new: list[Agreement], at: datetime) -> None:
        """Agreements listed for the first time: the pending runs that led to them are signed."""
        within = timedelta(days=declared.limits()["fold"]["pending_signed_within"]["days"])
        for agreement in new:
            slot = (agreement.agency_id, agreement.model)
            if (standing := self.open.get(slot)) and standing.outcome == "pending":
                self._sign(standing, agreement, at)
            run = self.left.get(slot)
            if run and run.outcome == "dropped" and agreement.first_day - run.last_day <= within:
                self.log.withdraw(run.dropped, at)
                run.dropped = None
                self._sign(run, agreement, at)

    def _begin(self, slot: Slot, found: AcceptedList) -> PendingRun:
        run = PendingRun(
            f"{slot[0]}-{slot[1].lower()}-pending-{found.day.isoformat()}",
            *slot,
            found.number,
            found.number,
            found.day,
            found.day,
        )
        self.runs.append(run)
        if self.newest is not None:
            self._log("pended", run, found)
        return run

    def _back(self, slot: Slot, found: AcceptedList) -> PendingRun | None:
        """The run that left on the list before, when this one has it again and nothing was signed."""
        run = self.left.get(slot)
        if run is None or run.outcome != "dropped" or run.gone_at is None:
            return None
        if more_contents_since(self.contents[:-1], run.gone_at):
            return None
        self.log.withdraw(run.dropped, found.published_at)
        run.outcome, run.dropped, run.outcome_known_from, run.gone_at = "pending", None, None, None
        del self.left[slot]
        return run

    def _leave(self, run: PendingRun, slot: Slot, found: AcceptedList) -> None:
        run.gone_at = found.number
        self.left[slot] = run
        if run.outcome == "signed":
            return
        within = timedelta(days=declared.limits()["fold"]["pending_signed_within"]["days"])
        listed = [self.agreements.agreements[key] for key in self.agreements.state.by_slot.get(slot, ())]
        since = [agreement for agreement in listed if agreement.first_day >= run.first_day]
        standing = [a for a in listed if a.listed and run.first_day - a.first_day <= within]
        for choice in (since, standing):
            if choice:
                self._sign(run, min(choice, key=lambda agreement: agreement.first_day), found.published_at)
                return
        run.outcome, run.outcome_known_from = "dropped", found.published_at
        run.dropped = self._log("pending_dropped", run, found)

    def _sign(self, run: PendingRun, agreement: Agreement, at: datetime) -> None:
        run.outcome, run.agreement_id, run.outcome_known_from = "signed", agreement.id, at
        run.signed = agreement.signed

    def _log(self, kind: Kind, run: PendingRun, found: AcceptedList) -> Change:
        return self.log.add(
            Change(
                kind,
                found.day,
                found.published_at,
                run.agency_id,
                run.model,
                last_list=self.newest,
                first_list=found.number,
            )
        )
