"""Search: agencies by any spelling ever printed, counties, cities and states."""

from ledger287.ledger.query.state_agencies import meant_by
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.search import as_row, code_of, finder
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query

MOST = 40
EVERY = 1_000_000
"""More than there is to find."""


def make(edition: Edition, query: Query) -> Page:
    """What a query finds; with ``most``, no more than so many."""
    typed = (query.get("q") or "")[:100]
    given = query.get("most") or ""
    most = min(int(given), MOST) if given.isdigit() and int(given) else MOST
    hits = finder(edition).find(typed, most)
    found = [as_row(hit) for hit in hits]
    near = bool(found) and all(one["fits"] == "near" for one in found)
    code = code_of(typed)
    parts = len(edition.atlas.geography.zips_across.get(code, ())) if code in edition.atlas.geography.zips else None
    mine = edition.atlas.geography.zips[code][1] if parts is not None else ""
    counties = {mine, *edition.atlas.geography.zips_across.get(code, ())}
    coded = parts is not None and code in edition.atlas.geography.every_county and code not in counties
    listed = finder(edition).agencies
    absent = [one for one in meant_by(typed, None) if not listed.keys() & {*one.record}]
    cut = len(hits) == most

    def total() -> int:
        """Of all that is found, counted only for a page that shows a part."""
        return len(finder(edition).find(typed, EVERY)) if cut else len(hits)

    shown = {
        "total": total,
        "q": typed,
        "absent": absent,
        "coded": coded,
        "found": found,
        "near": near,
        "parts": parts,
        "zip": code,
    }
    return Page({"q": typed, "results": found}, shown=shown)


KINDS = (PageKind("search", "/search", make, once, takes=("q", "most"), timed=False, compact=True),)
