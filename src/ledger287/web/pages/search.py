"""Search: agencies by any spelling ever printed, counties, cities and states."""

from ledger287.core.problem import Refused
from ledger287.ledger.query.named.initials import larger_elsewhere, read_initials
from ledger287.ledger.query.named.state_agencies import StateAgency, meant_by
from ledger287.places.unlisted import Unlisted
from ledger287.places.unlisted import named as agency_named
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.search import as_row, code_of, finder
from ledger287.web.edition.search_entries import letters, named_agencies
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
    most = _most(query.get("most"))
    hits = finder(edition).find(typed, most)
    found = [as_row(hit) for hit in hits]
    only_near = all(one["fits"] == "near" for one in found)
    code = code_of(typed)
    parts = len(edition.atlas.geography.zips_across.get(code, ())) if code in edition.atlas.geography.zips else None
    mine = edition.atlas.geography.zips[code][1] if parts is not None else ""
    counties = {mine, *edition.atlas.geography.zips_across.get(code, ())}
    coded = parts is not None and code in edition.atlas.geography.every_county and code not in counties
    larger = _larger(edition, typed)
    ways = _ways(edition, typed, only_near)
    absent = [*larger, *_absent(edition, ways)]
    agencies = any(one["kind"] == "agency" for one in found)
    unknown = not agencies and not absent and any(agency_named(letters(way)) for way in ways)
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
        "near": bool(found) and only_near,
        "lettered": bool(larger),
        "parts": parts,
        "zip": code,
    }
    named = [{"name": one.name, "state": one.state} for one in absent]
    return Page({"q": typed, "results": found, "absent": named}, shown=shown)


def _most(given: str | None) -> int:
    if not given:
        return MOST
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST):
        raise Refused(f"most: expected a number from 1 to {MOST}, found {given[:30]!r}.")
    return int(given)


def _ways(edition: Edition, typed: str, near: bool) -> list[str]:
    """What was typed, the same with words of kinds in full, and in English where it is Spanish; where only near names
    are found, with each misspelled word as names have it too.
    """
    its = finder(edition)
    wanted = letters(typed)
    ways = [typed, *(way for way in (its.spelled(wanted), its.spanish(wanted)[0]) if way not in ("", wanted))]
    return ways + [fixed for way in ways if near and (fixed := its.spelling.corrected(letters(way))) not in ways]


def _larger(edition: Edition, typed: str) -> list[Unlisted]:
    """The largest department with these initials, where no list or page has it: LAPD is that of Los Angeles."""
    initials = read_initials(typed)
    larger = larger_elsewhere(initials, named_agencies(finder(edition).every)) if initials else None
    if larger is None:
        return []
    state, name = larger
    known = edition.atlas.roster_names.unlisted(name, state)
    return list(known[:1]) or [Unlisted(name, state, 0, "", "", ())]


def _absent(edition: Edition, ways: list[str]) -> list[StateAgency | Unlisted]:
    """The agencies meant that no list or page has: of the state, and of cities and counties by the FBI's roster."""
    listed = finder(edition).agencies
    found: dict[tuple[str, str], StateAgency | Unlisted] = {}
    for text in ways:
        every: list[StateAgency | Unlisted] = []
        every += [one for one in meant_by(text, None) if not listed.keys() & {*one.record}]
        every += edition.atlas.roster_names.unlisted(text)
        for one in every:
            found.setdefault((one.state, one.name), one)
    return list(found.values())


KINDS = (PageKind("search", "/search", make, once, takes=("q", "most"), timed=False, compact=True),)
