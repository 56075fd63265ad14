"""What 8 U.S.C. 1357(g)(5) asks an agreement to set out for each officer, and whether a model's text does.

What enters: a version of a model's text. What leaves: ``SetOut``, one for each requirement: the powers and
duties, the duration of the authority, the position of the supervising official. The module decides nothing:
whether a text that says less satisfies the statute was decided in nothing that was read, and it says so.
"""

from dataclasses import dataclass
from typing import Literal, cast

from ledger287.law.agreements.clauses import Text, clause
from ledger287.law.lawbook.book import Lawbook

STATUTE = "ina-287-g-5"
TOPIC = "set-out"
How = Literal["stated", "in general terms", "not stated", "not told", "no text was read"]


@dataclass(frozen=True, slots=True)
class SetOut:
    """One thing that the statute asks an agreement to state, how the text does, and the rule that says so."""

    asks: str
    found: How
    note: str
    rule: str | None


def set_out(book: Lawbook, text: Text) -> tuple[SetOut, ...]:
    """Each thing that (g)(5) asks for, in the statute's order."""
    entry = clause(book, text, TOPIC)
    stated = {each.name: each for each in entry.parameters} if entry else {}
    found = []
    for required in book.provision(STATUTE).parameters:
        value = stated.get(required.name)
        how = cast(How, str(value.value)) if value else "no text was read" if entry is None else "not told"
        found.append(SetOut(required.note, how, value.note if value else "", entry.id if entry else None))
    return tuple(found)


def open_question(book: Lawbook, text: Text) -> str | None:
    """What (g)(5) leaves open for a text that was read; None where the text states all that it asks for."""
    if clause(book, text, TOPIC) is None:
        return None
    lacking = [each for each in set_out(book, text) if each.found != "stated"]
    if not lacking:
        return None
    asks = "; ".join(f"{each.asks} ({each.found})" for each in lacking)
    more = f"requires more than the {text.model} text, as known here, plainly states"
    return (
        f"{book.provision(STATUTE).citation} {more}: {asks}; no authority that decides whether this suffices was found"
    )
