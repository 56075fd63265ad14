"""Search: agencies by any spelling ever printed, counties, cities and states."""

from ledger287.web.edition.edition import Edition
from ledger287.web.edition.search import as_told, finder
from ledger287.web.render.page import Kind, Page, once
from ledger287.web.server.asked import Asked

MOST = 40


def make(edition: Edition, asked: Asked) -> Page:
    """What a query finds; with ``most``, no more than so many."""
    query = (asked.get("q") or "")[:100]
    told = asked.get("most") or ""
    most = min(int(told), MOST) if told.isdigit() and int(told) else MOST
    hits = finder(edition).find(query, most)
    found = [as_told(hit) for hit in hits]
    near = bool(found) and all(one["fits"] == "near" for one in found)
    return Page({"q": query, "results": found}, shown={"q": query, "found": found, "near": near})


KINDS = (Kind("search", "/search", make, once, takes=("q", "most"), timed=False, compact=True),)
