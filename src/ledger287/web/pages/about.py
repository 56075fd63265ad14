"""Who runs this copy, how to report an error, the license, and every cell that was corrected, with its reason.

What enters: two settings of the operator (``LEDGER287_OPERATOR`` and ``LEDGER287_CONTACT``, read once) and the declared
corrections. Promise: where the operator has set nothing, the page says so.
"""

import os
from dataclasses import dataclass
from typing import Any

from ledger287.core import declared
from ledger287.web.edition.edition import Edition
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query

OPERATOR, CONTACT = "LEDGER287_OPERATOR", "LEDGER287_CONTACT"
LINKED = ("https://", "http://", "mailto:")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this copy, and where errors go; ``href`` is the contact where it can be a link."""

    name: str | None
    contact: str | None
    href: str | None


def operator() -> Operator:
    """The settings of this process."""
    name = os.environ.get(OPERATOR, "").strip()[:LONGEST] or None
    contact = os.environ.get(CONTACT, "").strip()[:LONGEST] or None
    href = contact if contact and contact.startswith(LINKED) else None
    if contact and not href and "@" in contact and " " not in contact:
        href = f"mailto:{contact}"
    return Operator(name, contact, href)


def make(edition: Edition, query: Query) -> Page:
    """The page about this copy and its corrections."""
    del query
    who = operator()
    corrections = [_correction(one) for one in declared.corrections()]
    return Page(
        {"operator": who.name, "contact": who.contact, "version": edition.version, "corrections": corrections},
        shown={"who": who, "corrections": corrections, "record": edition.version, "newest": edition.newest},
    )


def _correction(one: declared.Correction) -> dict[str, Any]:
    return {
        "id": one.id,
        "field": one.field,
        "where": dict(one.where),
        "printed": one.expect,
        "read_as": one.value,
        "reason": one.reason,
        "source": one.source,
    }


KINDS = (PageKind("about", "/about", make, once, timed=False),)
