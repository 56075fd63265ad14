"""One agreement, named for a clock: its model, and the hours that its own document gives for a hold.

What enters: the id of an agreement and the law. What leaves: ``OwnText``, and the law with the agreement's own hours
where its document was read and gives others than its form. The module promises that a form's hours are not passed off
as the agreement's own, and that a document that differs on the hold is named, whether its hours are known or not.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import brief
from ledger287.custody.case.hold_law import MODEL_RULES, Law
from ledger287.law.agreements.clauses import text_of
from ledger287.law.agreements.documents import ReadChange, changes_of
from ledger287.law.authority.authority_answer import OWN_NOT_READ
from ledger287.law.authority.own_document import last_signature

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

HOLD = "hold"


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a clock under one agreement goes by: its model, its own hours if it has others, and both in a sentence."""

    model: str
    hours: float | None
    says: str


def own_text(agreement: str, ledger: "Ledger") -> OwnText:
    """The text that the clock of an agreement goes by. Raises QueryError for an id that no agreement has."""
    rows = ledger.table("agreements").select("agreement_id", "model", "signed").iter_rows()
    found: tuple[str, date | None] | None = next((row[1:] for row in rows if row[0] == agreement), None)
    if found is None:
        expected = f": no agreement has the id {agreement[:60]!r}; `ledger287 agency NAME` gives ids."
        raise QueryError("unknown_agreement", QueryField("agreement"), expected)
    model, signed = found
    text = _hours_of(agreement, model, signed)
    later = _signed_later(agreement, signed)
    return replace(text, says=f"{text.says} {later}") if later else text


def _signed_later(agreement: str, signed: date | None) -> str | None:
    """That a signature in an agreement's own document is later than the day that the lists print, if it is."""
    last = last_signature(agreement)
    if last is None or signed is None or last[1] <= signed:
        return None
    who, day = last
    return (
        f"Its own document was signed by {who} on {brief(day)}, after {brief(signed)}, the signing day of the lists: "
        f"whether it was in force before {brief(day)} is open."
    )


def _hours_of(agreement: str, model: str, signed: date | None) -> OwnText:
    """The hours for a hold, and by which text."""
    text = text_of(agreement, model, signed)
    named = f" ({text.template})" if text.template else ""
    read = text.basis == "document read"
    if model not in MODEL_RULES:
        by = f"its own document{named} was read" if read else f"template assumed{named}, {OWN_NOT_READ[text.own_text]}"
        says = f"{agreement} is a {model} agreement, which states no hours for a hold: {by}."
        return OwnText(model, None, says)
    if not read:
        unread = OWN_NOT_READ[text.own_text]
        says = f"Template assumed{named} for {agreement}: {unread}; the hours are those of its form."
        return OwnText(model, None, says)
    own = f"the agreement's own document{named}"
    differing = [change for change in changes_of(agreement) if HOLD in change.bears_on]
    hours = sorted({change.hold_hours for change in differing if change.hold_hours})
    if not differing:
        return OwnText(model, None, f"By {own}; no difference from its form on the hold is recorded.")
    if len(hours) != 1:
        says = (
            f"{own[0].upper()}{own[1:]} differs from its form on the hold{pages_of(differing)}; its hours were not read"
        )
        return OwnText(model, None, f"{says}: the clock has the form's. Read it there.")
    return OwnText(model, hours[0], f"By {own}: {hours[0]:g} hours{pages_of(differing)}, in place of its form's.")


def pages_of(changes: list[ReadChange]) -> str:
    """Where changes are, for a sentence: `` on page 6``; nothing where no page is known."""
    pages = sorted({change.page for change in changes if change.page})
    return f" on page {', '.join(map(str, pages))}" if pages else ""


def law_of(law: Law, text: OwnText) -> Law:
    """The law with the agreement's own hours for a hold under its model."""
    if text.hours is None:
        return law
    own = (replace(one, hold_hours=text.hours) if one.model == text.model else one for one in law.models)
    return replace(law, models=tuple(own))
