"""Outcomes that a timeline marks: the first snapshot with so many people held, and each fiscal year's identified.

What enters: nothing, a state, or an agency. What leaves: marks by day, each with its file and cell. A fiscal year is
marked on its last day, and says that it is of the year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger287.core.text import format_date
from ledger287.ledger.outcomes.held import PUBLISHER, snapshots
from ledger287.ledger.outcomes.identified import FILE, IdentifiedAgency, agencies

STEPS = (20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 100_000)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. ``since`` begins the span that it is of."""

    id: str
    day: date
    since: date | None
    what: str
    says: str
    value: int
    source: str
    locator: str
    state: str | None = None
    agencies: tuple[str, ...] = ()


def of_nation() -> Iterator[Mark]:
    """Round numbers of people held that a snapshot passes from below; people identified in each fiscal year."""
    known = snapshots()
    for before, one in zip((None, *known), known, strict=False):
        total = one.number("total") or 0
        step, earlier = _step(total), _step(before.number("total") or 0) if before else 0
        if step <= earlier:
            continue
        cell = one.cell("total")
        place = f"{cell.sheet}!{cell.column}{cell.row}" if cell else one.sheet
        after = (
            f", after {before.number('total'):,} on {format_date(before.as_of)}" if before else ", the first snapshot"
        )
        yield Mark(
            f"held-{one.as_of}", one.as_of, None, f"{step:,} people held", f"{total:,} people held by ICE{after}",
            total, f"{PUBLISHER}, {one.file}", place,
        )  # fmt: skip
    yield from _years(agencies(), "under 287(g)", "identified")


def _step(total: int) -> int:
    return max((step for step in STEPS if step <= total), default=0)


def of_state(state: str) -> Iterator[Mark]:
    """People whom the agencies of a state identified in each fiscal year."""
    some = tuple(one for one in agencies() if one.state == state)
    yield from _years(some, f"by agencies of {state} under 287(g)", f"identified-{state}", state)


def of_agency(agency_id: str, name: str, state: str) -> Iterator[Mark]:
    """People whom one agency identified in each fiscal year; one that no list since 2021 has is found by its name."""
    for one in agencies():
        same = one.agency_id is None and one.state == state and _words(one.name) == _words(name)
        if one.agency_id == agency_id or same:
            yield from _years((one,), f"by {name} under 287(g)", f"identified-{agency_id}", state, agency_id)


def _words(name: str) -> frozenset[str]:
    plain = name.casefold().replace("’", "'").replace("'s", "")
    return frozenset(plain.split()) - {"office", "of", "the", "department"}


def _years(
    some: tuple[IdentifiedAgency, ...], whose: str, name: str, state: str | None = None, agency_id: str | None = None
) -> Iterator[Mark]:
    for year in sorted({year for one in some for year in one.years}):
        pairs = [(one, one.years[year]) for one in some if year in one.years and one.years[year] != (None, None)]
        if not pairs:
            continue
        found, removed = (sum(pair[place] or 0 for _, pair in pairs) for place in (0, 1))
        counted = any(pair[0] is not None for _, pair in pairs)
        cells = pairs[0][0].cells[year]
        locator = f"cells {cells[0]} and {cells[1]}" if len(pairs) == 1 else f"{len(pairs)} rows"
        says = f"{found:,} people identified {whose} in fiscal year {year}, {removed:,} removed"
        if not counted:
            says = f"{removed:,} people removed {whose} in fiscal year {year}; how many were identified is not given"
        span = date(year - 1, 10, 1), date(year, 9, 30)
        what = f"{'identified' if counted else 'removed'} in fiscal year {year}"
        ids = (agency_id,) if agency_id else ()
        yield Mark(
            f"{name}-{year}", span[1], span[0], what, says, found if counted else removed, FILE, locator, state, ids
        )
