"""One printed row -> what it states: agency (by state and name), model, signing day, documents.

Declared corrections are applied here, and each is kept with the value it changed. Whatever could not be
understood is returned as ``unread`` (field, expected, found) and becomes a problem of each cell that
printed it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from ledger287.core import declared
from ledger287.core.declared import Correction, bare
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.printed import Print


@dataclass(frozen=True, slots=True)
class Applied:
    """A value that was read other than printed: the correction's id (or the kind of reading) and why."""

    field: str
    printed: str | None
    value: str
    by: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be understood."""

    field: str
    kind: str
    expected: str
    found: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one printed row states. ``state``, ``name`` or ``model`` is None where it cannot be determined.

    ``name`` is the agency's name as printed, or as corrected; it is not an id. ``signed_printed`` distinguishes an
    empty SIGNED cell from an unreadable one.
    """

    state: str | None
    name: str | None
    type: str | None
    county: str | None
    model: str | None
    signed: date | None
    moa: str | None
    moa_awaited: bool
    addendum: str | None
    addendum_awaited: bool
    applied: tuple[Applied, ...]
    unread: tuple[Unread, ...]

    def reads_as_unread(self, field: str) -> bool:
        """Whether a cell of the row held something that could not be understood."""
        return any(cell.field == field for cell in self.unread)


@cache
def _corrections_by_agency() -> dict[str, tuple[Correction, ...]]:
    found: dict[str, list[Correction]] = defaultdict(list)
    for correction in declared.corrections():
        found[dict(correction.where)["agency"]].append(correction)
    return {name: tuple(rows) for name, rows in found.items()}


def _corrected(row: Print) -> tuple[Print, list[Applied]]:
    """The row with every declared correction that matches it applied."""
    applied = []
    changed = row
    for correction in _corrections_by_agency().get(bare(row.agency or ""), ()):
        if any(bare(getattr(row, field) or "") != text for field, text in correction.where):
            continue
        printed: str | None = getattr(row, correction.field)
        if bare(printed or "") != bare(correction.expect or ""):
            continue
        changed = changed._replace(**{correction.field: correction.value})
        applied.append(
            Applied(
                correction.field,
                printed,
                correction.value,
                correction.id,
                correction.reason,
                correction.source,
            )
        )
    return changed, applied


def unreadable_signed(row: Print) -> Unread:
    """A SIGNED cell that gives no day."""
    return Unread(
        "signed",
        "unreadable_signed",
        "a day of signing",
        repr(row.signed) if row.signed else "nothing",
        "Add a correction to declared/corrections.yml; until then the day is unknown.",
    )


def state_meant(row: Print) -> Statement:
    """Read one printed row. That a participating list leaves SIGNED empty is for its reader to report."""
    row, applied = _corrected(row)
    unread: list[Unread] = []

    def note(field: str, printed: str | None, meaning: values.Meaning[str]) -> str | None:
        if meaning.how in ("misprint", "nearest", "slip"):
            applied.append(Applied(field, printed, str(meaning.value), meaning.how, meaning.note, "declared/codes"))
        return meaning.value

    state = note("state", row.state, values.state(row.state))
    if state is None:
        unread.append(
            Unread(
                "state",
                "unknown_state",
                "a state or territory",
                repr(row.state),
                "Add the misprint to declared/codes/states.yml.",
            )
        )
    name = " ".join(row.agency.split()) if row.agency and row.agency.strip() else None
    if name is None:
        unread.append(
            Unread(
                "agency",
                "missing_agency",
                "the name of an agency",
                repr(row.agency),
                "Add a correction to declared/corrections.yml if another list gives the name.",
            )
        )
    model = note("model", row.model, values.model(row.model))
    if model is None:
        unread.append(
            Unread(
                "model",
                "unknown_model",
                "Jail Enforcement Model, Warrant Service Officer or Task Force Model",
                repr(row.model),
                "Add it to declared/codes/models.yml. Until then the model of the row is unknown: an agreement of "
                "the same agency, day and document stays as it was printed before; otherwise the row counts as no "
                "agreement.",
            )
        )
    kind = values.agency_type(row.type)
    if kind.how == "unread":
        unread.append(
            Unread(
                "type",
                "unknown_type",
                "County, Municipality or State Agency",
                repr(row.type),
                "Add it to declared/codes/types.yml.",
            )
        )
    day = values.signed(row.signed)
    if day.value and day.how == "slip":
        applied.append(
            Applied("signed", row.signed, day.value.isoformat(), "slip", day.note, "declared/codes/cells.yml")
        )
    if day.how == "unread":
        unread.append(unreadable_signed(row))
    moa = values.document(row.moa, row.moa_link)
    addendum = values.document(row.addendum, row.addendum_link)
    for field, text, document in (("moa", row.moa, moa), ("addendum", row.addendum, addendum)):
        if not document.read:
            unread.append(
                Unread(
                    field,
                    "unknown_document"
                    if text and bare(text) not in declared.cells().document_linked
                    else "missing_document",
                    'a link to the document, or "link pending"',
                    repr(text),
                    "Add the text to declared/codes/cells.yml if its meaning is known.",
                )
            )
    return Statement(
        state,
        name,
        note("type", row.type, kind),
        values.county(row.county).value,
        model,
        day.value,
        moa.address,
        moa.awaited,
        addendum.address,
        addendum.awaited,
        tuple(applied),
        tuple(unread),
    )


@dataclass(frozen=True, slots=True)
class Meant:
    """A print with what it states and whose it is; ``number`` is its place in the prints table.

    ``signing`` is the agency, the model and the signing day (None where it cannot be read).
    """

    number: int
    row: Print
    statement: Statement
    agency_id: str
    model: str
    signing: tuple[str, str, date | None]
