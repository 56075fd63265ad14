"""Which agreement a printed row is of: one that is known, another day for it, or a new one.

A signing found for the first time is a new agreement, or another day for one whose row it takes over: the committed
registry says which for every signing printed so far, and the rule in ``_is_redating`` for the rest.
"""

from collections.abc import Iterable

from ledger287.core import declared
from ledger287.ledger.fold.agreements.state import DoubtedModel, FoldState, Undecided
from ledger287.ledger.fold.model import AcceptedList, Agreement, Prints, Slot
from ledger287.ledger.identity.signing_days import Signing, minted_agreement_id


def prints_by_signing(state: FoldState, found: AcceptedList) -> dict[Signing, Prints]:
    """The countable rows of a list by signing; a row without a day goes to its slot's sole agreement."""
    undated = [signing for signing in found.seen.signings if signing[2] is None]
    if not undated:
        return found.seen.signings
    by_signing = {signing: prints for signing, prints in found.seen.signings.items() if signing[2]}
    for signing in undated:
        sole = _sole_signing(state, signing[:2], by_signing)
        by_signing[sole] = {**by_signing.get(sole, {}), **found.seen.signings[signing]}
    return by_signing


def kept_unsure(
    state: FoldState, found: AcceptedList, before: dict[str, Prints], by_signing: dict[Signing, Prints]
) -> tuple[set[str], set[Signing]]:
    """Agreements that a row of an unknown model represents, and the signings of such rows.

    The same agency and day, and no other document: nobody can tell which model is meant, so the agreement
    remains as it was printed before. A model that may come is one of these only where an agreement would leave.
    """
    kept: set[str] = set()
    replaced: set[Signing] = set()
    here = {key for signing in by_signing if (key := state.by_signing.get(signing))}
    for row in found.seen.unsure:
        if row.signing and row.signing in state.by_signing:
            continue
        left = [
            agreement
            for key in before
            if key not in here
            and key not in kept
            and (agreement := state.agreements[key]).agency_id == row.agency_id
            and agreement.signed == row.signed
            and (row.document is None or agreement.document in (None, row.document))
        ]
        if left:
            kept.add(left[0].id)
            if row.signing:
                replaced.add(row.signing)
                places = tuple(by_signing.get(row.signing, ()))
                state.doubted_models.append(DoubtedModel(left[0].id, left[0].model, found.number, places))
    return kept, replaced


def place(
    state: FoldState,
    signing: Signing,
    prints: Prints,
    found: AcceptedList,
    vacated: dict[str, Agreement],
    now: dict[str, Prints],
) -> tuple[Agreement, bool]:
    """The agreement of a signing found for the first time, and whether it is a new one."""
    slot = signing[:2]
    registered = state.signings.get(signing)
    if registered in state.agreements:
        state.by_signing[signing] = registered
        return state.agreements[registered], False
    gone = [state.agreements[key] for key in state.by_slot[slot] if key not in now]
    gone = [agreement for agreement in gone if not agreement.replaced_by]
    if judged := next((old for old in gone if state.decided(old, signing) == "corrected"), None):
        state.by_signing[signing] = judged.id
        return judged, False
    old = max(gone, key=lambda agreement: (agreement.id in vacated, agreement.last_list), default=None)
    known_apart = registered is not None and old is not None and old.id in state.registered
    if old and not known_apart and _is_redating(state, old, signing, prints, found, old.id in vacated):
        state.by_signing[signing] = old.id
        return old, False
    agreement = Agreement(registered or minted_agreement_id(signing), *signing, found.number, found.number, found.day)
    if old and (old.signed is None or is_later(agreement, old)):
        agreement.replaces = old.id
        old.replaced_by = agreement.id
    state.agreements[agreement.id] = agreement
    state.by_signing[signing] = agreement.id
    state.by_slot[slot].append(agreement.id)
    return agreement, True


def _sole_signing(state: FoldState, slot: Slot, taken: Iterable[Signing]) -> Signing:
    held = {state.by_signing.get(signing) for signing in taken if signing[:2] == slot}
    free = [state.agreements[key] for key in state.by_slot.get(slot, ()) if key not in held]
    here = [agreement for agreement in free if agreement.listed or state.is_gone_for_a_moment(agreement)]
    if len(here) == 1:
        return (*slot, here[0].signed)
    return (*slot, None)


def _is_redating(
    state: FoldState, old: Agreement, signing: Signing, prints: Prints, found: AcceptedList, in_place: bool
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
    if state.decided(old, signing) == "renewed":
        return False
    documents = {meant.statement.moa for number in prints if (meant := state.meant(number))} - {None}
    if old.document and old.document in documents:
        return True
    limits = declared.limits()["fold"]
    near = abs((signed - old.signed).days) <= limits["redated_within"]["days"]
    if in_place and signed <= old.shown_since.get(old.signed, old.first_day) and (near or not old.document):
        return True
    if old.document:
        return False
    pended = state.pended_since.get((old.agency_id, old.model))
    again = pended and (pended - old.first_day).days > limits["pending_again_after"]["days"]
    if in_place and not again:
        state.undecided.append(Undecided(old.id, signing, found.number))
    return False


def is_later(one: Agreement, other: Agreement) -> bool:
    """Whether one was signed after the other, both days known."""
    return bool(one.signed and other.signed and one.signed > other.signed)
