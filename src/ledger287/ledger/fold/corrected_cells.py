"""Which cells of an agreement's row ICE corrected from one list to the next."""

from collections.abc import Iterable
from datetime import date

from ledger287.ledger.fold.row_meaning import Meant
from ledger287.ledger.identity.spelling import plain
from ledger287.sources.ice_lists import values


def cell_corrections(old: Meant, new: Meant, known: date | None = None) -> Iterable[tuple[str, str | None, str | None]]:
    """(field, before, after) for each cell of one agreement that now holds another value.

    Left out: white space, case and apostrophes; a value that is itself a declared misprint; a link that
    came in the place of "link pending"; a day of signing that cannot be read, and ``known`` (the day
    last read) in the place of one: they are problems of the list that printed them.
    """
    was, now = old.row, new.row
    one_state, other_state = values.state(was.state), values.state(now.state)
    if other_state.how == "exact" and (one_state.how != "exact" or one_state.value != other_state.value):
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
    unread = other_day.how == "unread" or (one_day.how == "unread" and known is not None and other_day.value == known)
    if not unread and (one_day.value != other_day.value or (one_day.how == "slip" and other_day.how == "exact")):
        yield "signed", was.signed, now.signed
    if old.statement.moa and new.statement.moa and old.statement.moa != new.statement.moa:
        yield "moa", old.statement.moa, new.statement.moa
