"""One row of a page table of 2011 to 2017 -> what it states, in the models and names of that time.

The rows of today's lists are read by ledger/fold/row_meaning; this reads the same row with the words of that time.
The document is known by the name of its file only, which ICE used again for later agreements: it is kept as printed
and never taken for the agreement's own.
"""

from dataclasses import replace

from ledger287.ledger.fold.row_meaning import Applied, Statement, Unread, state_meant
from ledger287.sources.ice_lists.printed import Print
from ledger287.sources.ice_rosters.words import model_then, models_then, state_then

DECLARED = "declared/history/models.yml"


def state_meant_then(row: Print) -> Statement:
    """Read one row. A model or state that is unknown remains unread, and becomes a problem of its cells."""
    state, model = state_then(row.state), model_then(row.model)
    plain = row._replace(state=None, model=None, moa=None)
    found = state_meant(plain)
    unread = [cell for cell in found.unread if cell.field not in ("state", "model", "moa", "addendum")]
    applied = list(found.applied)
    if state.value and state.how != "exact":
        applied.append(Applied("state", row.state, state.value, state.how, state.note, "declared/codes"))
    if state.value is None:
        remedy = "Add the misprint to declared/codes/states.yml."
        unread.append(Unread("state", "unknown_state", "a state or territory", repr(row.state), remedy))
    if model is None:
        expected = " or ".join(word for one in models_then() for word in one.words[:1])
        remedy = f"Add it to {DECLARED}; until then the row counts as no agreement."
        unread.append(Unread("model", "unknown_model", expected, repr(row.model), remedy))
    return replace(found, state=state.value, model=model, applied=tuple(applied), unread=tuple(unread))
