"""What an agreement's own document adds to an answer: where it differs from its form, and addenda bound with it.

What enters: the id of an agreement. What leaves: sentences, for the one who has to read those places. The module
promises that a doubtful day of a signature is not named, and that no agreement is affirmed for a day on which, by its
own document, one of the two had yet to sign.
"""

from dataclasses import replace
from datetime import date

from ledger287.core.text import brief, listed
from ledger287.law.agreements.clauses import text_of
from ledger287.law.agreements.documents import ReadAddendum, ReadChange, addenda_of, changes_of, document_of
from ledger287.law.agreements.held import Held
from ledger287.law.authority.authority_answer import OWN_NOT_READ


def last_signature(agreement: str) -> tuple[str, date] | None:
    """Who signed an agreement's own document last, and when, of the days that were read without doubt."""
    own = document_of(agreement)
    if own is None:
        return None
    days = (("ICE", own.ice_signed, own.ice_certainty), ("the agency", own.agency_signed, own.agency_certainty))
    return max(((who, day) for who, day, sure in days if day and sure == "read"), key=lambda one: one[1], default=None)


def signed_by_then(held: Held, day: date) -> Held:
    """An agreement on a day: unknown whether in force where a signature in its own document is of a later day."""
    last = last_signature(held.agreement_id)
    if held.standing != "in force" or last is None or last[1] <= day:
        return held
    who, signed = last
    later = f"its own document, which was read, was signed by {who} on {brief(signed)} only, after {brief(day)}"
    settles = "a text of the agreement, or a record of ICE, that gives the day from which it applied"
    return replace(held, standing="cannot tell", why=f"{later}; by the lists {held.why}", settled_by=settles)


def changes_in_words(agreement: str) -> list[str]:
    """Where an agreement's own document differs from its form, and on what."""
    return [_differs(change) for change in changes_of(agreement)]


def addenda_in_words(agreement: str, linked: str | None) -> list[str]:
    """The addenda of an agreement: those bound with its document and read, or the one that the list links, unread."""
    own = document_of(agreement)
    bound = addenda_of(own.sha256) if own else ()
    if bound:
        return [_bound(addendum) for addendum in bound]
    return [f"the agreement has an addendum that was not read, {linked}"] if linked else []


OF_OFFICERS = {"training", "supervision", "complaints"}
"""What a change of the form bears on that is a condition of an officer's authority."""


def conditions_in_words(agreement: str, model: str, signed: date | None) -> str:
    """Whose conditions an officer's are: those of the agreement's own document, or of the form of its model."""
    text = text_of(agreement, model, signed)
    if text.basis != "document read":
        named = f", {text.template}" if text.template else ""
        return f"the conditions are those of the model's form: template assumed{named}; {OWN_NOT_READ[text.own_text]}"
    differing = [one for one in changes_of(agreement) if OF_OFFICERS & set(one.bears_on)]
    pages = listed([str(one.page) for one in differing if one.page])
    more = f"; it differs from its form on officers, page {pages}: read it" if differing else ""
    return f"the conditions are those of the agreement's own document, {text.template}{more}"


def _differs(change: ReadChange) -> str:
    where = f", page {change.page}" if change.page else ""
    place = f"looked at in the agreement's own document: it differs from its form on {listed(change.bears_on)}{where}"
    if not change.before:
        return f"{place}: it adds {change.after!r}"
    if not change.after:
        return f"{place}: it omits {change.before!r}"
    return f"{place}: {change.after!r} in place of {change.before!r}"


def _bound(addendum: ReadAddendum) -> str:
    days = [
        f"signed by {party} on {brief(day)}"
        for party, day, sure in (
            ("ICE", addendum.ice_signed, addendum.ice_certainty),
            ("the agency", addendum.agency_signed, addendum.agency_certainty),
        )
        if day and sure == "read"
    ]
    said = f", {listed(days)}" if days else ""
    return f"the agreement's own document has an addendum on page {addendum.page}{said}: read it with the form"
