"""On which texts an audit's clock of the agreements rests: agreements' own documents, or the form of their model.

What enters: the agencies of a table, with their agreements. What leaves: notes for the report. The module promises that
a form is never passed off as an agreement's own text, and that a document that differs on the hold is named.
"""

from collections.abc import Iterable

from ledger287.core.text import listed, plural
from ledger287.custody.batch.plans.plan import TableAgency
from ledger287.law.agreements.clauses import text_of
from ledger287.law.agreements.documents import changes_of

HOLD = "hold"
MOST = 8
"""So many agencies whose documents were read are named."""


def notes_on_texts(agencies: Iterable[TableAgency]) -> tuple[str, ...]:
    """What the clock of the agreements rests on; nothing where the table names no agency with an agreement on jails."""
    held = {id_: (agency.name, model) for agency in agencies for id_, model in agency.agreements}
    if not held:
        return ()
    texts = {id_: text_of(id_, model, None) for id_, (_, model) in held.items()}
    read = {id_: text for id_, text in texts.items() if text.basis == "document read"}
    named = sorted(f"{held[id_][0]} ({text.template})" for id_, text in read.items())
    shown = [*named[:MOST], *([f"{len(named) - MOST:,} more"] if len(named) > MOST else [])]
    rest = len(held) - len(read)
    said = f"The agreement's time goes by the text of {plural(len(held), 'agreement')} on jails: "
    said += f"own document read for {len(read):,}" + (f" ({listed(shown)})" if shown else "")
    said += f"; form of the model assumed for {rest:,}." if rest else "."
    return (said, *(_differs(held[id_][0], id_) for id_ in read if _on_hold(id_)))


def _on_hold(agreement: str) -> bool:
    return any(HOLD in change.bears_on for change in changes_of(agreement))


def _differs(name: str, agreement: str) -> str:
    pages = [str(change.page) for change in changes_of(agreement) if HOLD in change.bears_on and change.page]
    where = f", page {listed(pages)}" if pages else ""
    own = sorted({change.hold_hours for change in changes_of(agreement) if change.hold_hours})
    says = f", with {', '.join(f'{hours:g}' for hours in own)} hours" if own else ""
    return (
        f"{name}: its own document differs from its form on the hold{where}{says}; the audit's clock is its model's "
        "and has the form's hours: check its holds one by one, by the clock of a case with this agreement."
    )
