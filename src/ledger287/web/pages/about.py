"""Who runs this copy, how to report an error, the license, and every cell that was corrected, with its reason.

What enters: the settings of the operator, the declared corrections, and what became of a report that was sent. Promise:
where the operator has set nothing, the page says so.
"""

from collections.abc import Mapping
from typing import Any

from ledger287.core import declared
from ledger287.web.edition.edition import Edition
from ledger287.web.forms.reports import MOST_CHARACTERS, Report
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.operator import operator
from ledger287.web.server.query import Query


def make(edition: Edition, query: Query) -> Page:
    """The page about this copy and its corrections."""
    del query
    return shown(edition)


def shown(edition: Edition, report: Report | None = None, sent: Mapping[str, str] | None = None) -> Page:
    """The same with what became of a report; ``sent`` is what its form held, where it can be sent again."""
    who = operator()
    corrections = [_correction(one) for one in declared.corrections()]
    return Page(
        {"operator": who.name, "contact": who.contact, "version": edition.version, "corrections": corrections},
        shown={"who": who, "corrections": corrections, "record": edition.version, "newest": edition.newest}
        | {"report": report or Report(), "sent": sent or {}, "most": MOST_CHARACTERS},
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
