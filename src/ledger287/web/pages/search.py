"""Search: agencies by any spelling ever printed, counties, cities and states."""

from ledger287.ledger.query.named.initials import larger_elsewhere, read_initials
from ledger287.ledger.query.named.state_agencies import StateAgency, meant_by
from ledger287.places.unlisted import Unlisted
from ledger287.places.unlisted import named as agency_named
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.search import as_row, code_of, finder
from ledger287.web.edition.search_entries import letters, named_agencies
from ledger287.web.edition.spanish_search import in_english
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query

MOST = 40
ABSENT = 3
"""So many agencies that are on no list are named."""
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
    larger = _larger(edition, typed)
    absent = [*larger, *_absent(edition, typed)]
    agencies = any(one["kind"] == "agency" for one in found)
    unknown = not agencies and not absent and any(agency_named(letters(way)) for way in _ways(edition, typed))
    cut = len(hits) == most

    def total() -> int:
        """Of all that is found, counted only for a page that shows a part."""
        return len(finder(edition).find(typed, EVERY)) if cut else len(hits)

    shown = {
        "total": total,
        "q": typed,
        "absent": absent[:ABSENT],
        "more_absent": absent[ABSENT:],
        "unknown": unknown,
        "agencies": agencies,
        "coded": coded,
        "found": found,
        "near": near,
        "lettered": bool(larger),
        "parts": parts,
        "zip": code,
    }
    named = [{"name": one.name, "state": one.state} for one in absent]
    return Page({"q": typed, "results": found, "absent": named}, shown=shown)


def _ways(edition: Edition, typed: str) -> list[str]:
    """What was typed, the same with words of kinds in full, and in English where it is Spanish."""
    spanish = in_english(letters(typed), finder(edition).state_of)
    full = finder(edition).spelled(letters(typed))
    return [typed, *((full,) if full != letters(typed) else ()), *(spanish[:1] if spanish else ())]


def _larger(edition: Edition, typed: str) -> list[Unlisted]:
    """The largest department with these initials, where no list or page has it: LAPD is that of Los Angeles."""
    initials = read_initials(typed)
    larger = larger_elsewhere(initials, named_agencies(finder(edition).every)) if initials else None
    if larger is None:
        return []
    state, name = larger
    known = edition.atlas.roster_names.unlisted(name, state)
    return list(known[:1]) or [Unlisted(name, state, 0, "", "", ())]


def _absent(edition: Edition, typed: str) -> list[StateAgency | Unlisted]:
    """The agencies meant that no list or page has: of the state, and of cities and counties by the FBI's roster."""
    listed = finder(edition).agencies
    found: dict[tuple[str, str], StateAgency | Unlisted] = {}
    for text in _ways(edition, typed):
        every: list[StateAgency | Unlisted] = []
        every += [one for one in meant_by(text, None) if not listed.keys() & {*one.record}]
        every += edition.atlas.roster_names.unlisted(text)
        for one in every:
            found.setdefault((one.state, one.name), one)
    return list(found.values())


KINDS = (PageKind("search", "/search", make, once, takes=("q", "most"), timed=False, compact=True),)
