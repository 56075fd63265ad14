"""An agreement's link -> what is odd about it: a document of another agency's, or of another model.

What enters: the run of an agreement on the newest list known. What leaves: remarks in words, each with what it
points to. The module promises to say nothing where a document's name says too little, and to change no value: the
link is what ICE printed.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from ledger287.core.text import listed
from ledger287.ledger.identity.documents import is_named_fully_in, is_named_in, models_of_document, own_words
from ledger287.ledger.query.answers import LinkRemark
from ledger287.ledger.query.indexes import LedgerIndexes, OfLedger, indexes_of
from ledger287.ledger.query.opened import OpenTables


class _Holder(NamedTuple):
    """Whose row links to a document, and from which list to which."""

    agency_id: str
    first: int
    last: int


class _Links(OfLedger):
    """The documents of all rows, and the agencies of each state."""

    @cached_property
    def holders(self) -> dict[str, list[_Holder]]:
        """Each document -> the rows that link to it."""
        found: dict[str, list[_Holder]] = {}
        rows = self.ledger.statements.select("moa", "agency_id", "first_list", "last_list")
        for url, *row in rows.drop_nulls("moa").iter_rows():
            found.setdefault(url, []).append(_Holder(*row))
        return found

    @cached_property
    def by_state(self) -> dict[str, list[tuple[str, str]]]:
        """The agencies of each state, with their names."""
        found: dict[str, list[tuple[str, str]]] = {}
        for row in indexes_of(self.ledger).agencies.values():
            found.setdefault(row["state"], []).append((row["agency_id"], row["name"]))
        return found


_kept: "WeakKeyDictionary[OpenTables, _Links]" = WeakKeyDictionary()


def link_remarks(ledger: OpenTables, run: dict[str, Any], on: int) -> tuple[LinkRemark, ...]:
    """What is odd about the link of an agreement, as the list with this number has it."""
    url = run["moa"]
    if not url:
        return ()
    links = _kept.setdefault(ledger, _Links(ledger)) if ledger not in _kept else _kept[ledger]
    return (*_of_agency(links, indexes_of(ledger), run, on), *_of_model(run, url))


def _of_model(run: dict[str, Any], url: str) -> Iterator[LinkRemark]:
    models = models_of_document(url)
    if models and run["model"] not in models:
        models_text = listed(sorted(models))
        yield LinkRemark(
            "another_model", None, min(models), f"the document's name says {models_text}; the row, {run['model']}"
        )


def _of_agency(links: _Links, held: LedgerIndexes, run: dict[str, Any], on: int) -> Iterator[LinkRemark]:
    url, agency = run["moa"], held.agencies[run["agency_id"]]
    own = is_named_in(url, agency["state"], agency["name"])
    holders = [one.agency_id for one in links.holders.get(url, ()) if one.first <= on <= one.last]
    others = sorted({one for one in holders if one != run["agency_id"]})
    for other_id in others:
        other = held.agencies[other_id]
        theirs = is_named_in(url, other["state"], other["name"])
        if (own is False and theirs is not False) or own == theirs:
            yield _remark(other, f"the row of {other['name']}, {other['state']}, links to the same document")
    if others or own is not False:
        return
    named = [
        (len("".join(own_words(agency["state"], name))), other_id)
        for other_id, name in links.by_state.get(agency["state"], ())
        if other_id != run["agency_id"] and is_named_fully_in(url, agency["state"], name)
    ]
    if named:
        other = held.agencies[max(named)[1]]
        yield _remark(other, f"the document's name is that of {other['name']}, {other['state']}")


def _remark(other: dict[str, Any], says: str) -> LinkRemark:
    return LinkRemark("another_agency", other["agency_id"], None, says)
