"""What changed from one accepted list to the next: signed, listed, renewed, switched, delisted, back, corrected."""

from datetime import date

from ledger287.core.declared import bare
from ledger287.ledger.fold.agreements.placing import is_later
from ledger287.ledger.fold.agreements.state import FoldState
from ledger287.ledger.fold.changes import Change, Kind
from ledger287.ledger.fold.corrected_cells import cell_corrections
from ledger287.ledger.fold.model import AcceptedList, Agreement, Prints
from ledger287.ledger.fold.row_meaning import Meant
from ledger287.ledger.identity.documents import is_perhaps_renewed
from ledger287.ledger.identity.signing_days import Signing


def note_changes(
    state: FoldState,
    found: AcceptedList,
    before: dict[str, Prints],
    now: dict[str, Prints],
    changed: dict[str, Prints],
    gone: dict[str, Agreement],
    new: list[Agreement],
) -> None:
    """Note what a list changed, of agreements that are new, gone, back, or printed otherwise."""
    _note_new(state, found, gone, new)
    _note_gone(state, found, now, gone)
    fresh = {agreement.id for agreement in new}
    for key, prints in changed.items():
        if key in fresh:
            continue
        agreement = state.agreements[key]
        if key not in before:
            _note_return(state, found, agreement)
        else:
            _note_corrections(state, found, agreement, before[key], prints)
        _note_addendum(state, found, agreement, before.get(key, {}), prints)


def _note_new(state: FoldState, found: AcceptedList, gone: dict[str, Agreement], new: list[Agreement]) -> None:
    """Signed and listed; or renewed, or switched, where it replaces another."""
    for agreement in new:
        if agreement.signed:
            state.note("signed", found, agreement, day=agreement.signed)
        old = state.agreements.get(agreement.replaces or "")
        if old:
            if state.is_gone_for_a_moment(old):
                state.log.withdraw(old.ended, found.published_at)
            old.ended = _note_renewed(state, found, agreement, old)
            continue
        left = next((o for o in gone.values() if _is_switchable(o, agreement)), None)
        if left is None:
            state.note("listed", found, agreement)
            continue
        agreement.replaces, left.replaced_by = left.id, agreement.id
        left.ended = state.note("switched", found, agreement, left, "model", left.model, agreement.model)


def _note_gone(state: FoldState, found: AcceptedList, now: dict[str, Prints], gone: dict[str, Agreement]) -> None:
    """Delisted, unless another agreement replaced it, or was listed along with it under another day."""
    for old in gone.values():
        if old.replaced_by in now:
            continue
        others = [state.agreements[key] for key in state.by_slot[old.agency_id, old.model] if key in now]
        printed_twice = next((o for o in others if state.decided(old, _signing_of(o)) == "corrected"), None)
        newer = max((o for o in others if is_later(o, old)), key=lambda o: o.first_list, default=None)
        if printed_twice:
            days = _iso(old.signed), _iso(printed_twice.signed)
            old.ended = state.note("corrected", found, printed_twice, old, "signed", *days)
        elif newer:
            newer.replaces, old.replaced_by = old.id, newer.id
            old.ended = _note_renewed(state, found, newer, old)
        else:
            old.ended = state.note("delisted", found, old)


def _note_return(state: FoldState, found: AcceptedList, agreement: Agreement) -> None:
    """Relisted; or no event, and the changes that reported its delisting are withdrawn."""
    successor = state.agreements.get(agreement.replaced_by or "")
    if successor:
        successor.replaces, agreement.replaced_by = None, None
    if state.is_gone_for_a_moment(agreement):
        state.log.withdraw(agreement.ended, found.published_at)
        if successor and agreement.ended and agreement.ended.first_list == successor.first_list:
            last, first = agreement.last_list, successor.first_list
            state.note("listed", found, successor, day=successor.first_day, last=last, first=first)
    else:
        state.note("relisted", found, agreement, last=agreement.last_list)
    agreement.ended, agreement.listed = None, True


def _note_corrections(state: FoldState, found: AcceptedList, agreement: Agreement, before: Prints, now: Prints) -> None:
    """Cells that ICE corrected: a different value than before that is not a declared misprint."""
    if len(before) != 1 or len(now) != 1:
        return
    old, new = state.meant(next(iter(before))), state.meant(next(iter(now)))
    if old is None or new is None or state.newest is None:
        return
    both = state.newest.columns & found.columns
    for name, was, now_is in cell_corrections(old, new, agreement.signed):
        if name in both:
            state.note(_kind_of_cell(name, was, now_is, new), found, agreement, None, name, was, now_is)


def _note_addendum(state: FoldState, found: AcceptedList, agreement: Agreement, before: Prints, prints: Prints) -> None:
    """An addendum's URL, new or changed; none where the MOA cell already named the addendum."""
    address = next((m.statement.addendum for n in prints if (m := state.meant(n)) and m.statement.addendum), None)
    addendum_named = any("addendum" in bare(m.row.moa or "") for n in before if (m := state.meant(n)))
    if address and address != agreement.addendum and not (addendum_named and agreement.addendum is None):
        state.note("addendum", found, agreement, None, "addendum", agreement.addendum, address)


def _note_renewed(state: FoldState, found: AcceptedList, agreement: Agreement, old: Agreement) -> Change:
    return state.note("renewed", found, agreement, old, "signed", _iso(old.signed), _iso(agreement.signed))


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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
