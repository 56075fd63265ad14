"""Which version of its model's text an agreement is taken to have, and what that text says on a topic.

What enters: an agreement's id, model and signing day. What leaves: ``Text`` and its clauses. The module
promises to say when a version is only assumed, and when the clause is that of another version.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from ledger287.core import declared
from ledger287.law.lawbook.book import Lawbook
from ledger287.law.lawbook.provisions import Provision

Basis = Literal["document read", "template assumed", "no text of that time was read"]


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a model's text. ``table`` is the version whose clauses stand in for it."""

    model: str
    template: str | None
    table: str | None
    differs: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Template:
    id: str
    model: str
    since: date
    table: str
    differs: str | None


@cache
def _templates() -> tuple[_Template, ...]:
    rows = declared.rules()["templates.yml"]["templates"]
    found = [_Template(row["id"], row["model"], row["since"], row["table"], row.get("differs")) for row in rows]
    return tuple(sorted(found, key=lambda row: row.since))


@cache
def _read() -> frozenset[str]:
    return frozenset(row["agreement"] for row in declared.rules()["templates.yml"]["read"])


@cache
def text_of(agreement_id: str, model: str, signed: date | None) -> Text:
    """The text of an agreement: the newest version of its model on the day it was signed."""
    fitting = [row for row in _templates() if row.model == model and signed and row.since <= signed]
    if not fitting:
        return Text(model, None, None, None, "no text of that time was read")
    basis: Basis = "document read" if agreement_id in _read() else "template assumed"
    newest = fitting[-1]
    return Text(model, newest.id, newest.table, newest.differs, basis)


def clause(book: Lawbook, text: Text, topic: str) -> Provision | None:
    """What a text says on a topic: in its own words where they were kept, else in those of its table."""
    if text.template is None or text.table is None:
        return None
    return book.clauses.get((text.template, topic)) or book.clauses.get((text.table, topic))
