"""People identified and removed under 287(g), FY2006 to FY2013, by agency: joined to agreements by declared decisions.

What enters: an agency's name or id, or a state. What leaves: its counts by fiscal year with their cells, the decision
that says which agency it is, and what rosters say of its agreement. A blank cell remains unknown.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from ledger287.core import declared
from ledger287.core.jsonable import NotebookTable
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField, as_text
from ledger287.core.searching.near import likely_names, offer
from ledger287.ledger.outcomes import store

LEAVES_OUT = (
    "The count is of people whom officers under an agreement identified as removable, and of those of them removed, "
    "by fiscal year, as ICE released it. It leaves out who was arrested for what, people identified but not counted "
    "by an office, and years for which a cell is blank; removals can follow an identification of an earlier year."
)
FILE = "identified_removed_fy2006_2013.csv"
MAX_OFFERED = 5


@dataclass(frozen=True, slots=True)
class IdentifiedAgency(NotebookTable):
    """One agency of the table: by fiscal year (identified, removed), and which agency it is."""

    printed: str
    state: str
    name: str
    agency_id: str | None
    models: tuple[str, ...]
    first_signed: date | None
    last_listed: date | None
    evidence: str
    decided: date
    years: dict[int, tuple[int | None, int | None]]
    cells: dict[int, tuple[str, str]]

    @property
    def identified(self) -> int:
        """People identified in all years."""
        return sum(pair[0] or 0 for pair in self.years.values())

    @property
    def removed(self) -> int:
        """People removed in all years."""
        return sum(pair[1] or 0 for pair in self.years.values())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def agencies() -> tuple[IdentifiedAgency, ...]:
    """Every agency of the table, in its order."""
    decisions = {row["printed"]: row for row in declared.rows("outcomes/identified_agencies.csv")}
    years: dict[str, dict[int, tuple[int | None, int | None]]] = {}
    cells: dict[str, dict[int, tuple[str, str]]] = {}
    for row in store.table("identified").iter_rows(named=True):
        years.setdefault(row["printed"], {})[row["fiscal_year"]] = (row["identified"], row["removed"])
        cells.setdefault(row["printed"], {})[row["fiscal_year"]] = (row["identified_cell"], row["removed_cell"])
    return tuple(
        IdentifiedAgency(
            printed,
            decisions[printed]["state"],
            decisions[printed]["name"],
            decisions[printed]["agency_id"] or None,
            tuple(filter(None, decisions[printed]["models"].split("; "))),
            _day(decisions[printed]["first_signed"]),
            _day(decisions[printed]["last_listed"]),
            decisions[printed]["evidence"],
            date.fromisoformat(decisions[printed]["decided"]),
            years[printed],
            cells[printed],
        )
        for printed in years
        if printed in decisions
    )


def undecided() -> list[str]:
    """Names of the table for which no decision is declared."""
    decided = {one.printed for one in agencies()}
    return [name for name in store.table("identified")["printed"].unique(maintain_order=True) if name not in decided]


def find(query: str, state: str | None = None) -> IdentifiedAgency:
    """The one agency meant, by name or id. Raises Refused with the likely_names names."""
    known = [one for one in agencies() if state is None or one.state == state]
    wanted = as_text(query, "agency", "Collier County").casefold().replace("'s", "").replace("’s", "").strip()
    for one in known:
        if one.agency_id == query or wanted in (one.printed.casefold(), one.name.casefold()):
            return one
    words = set(wanted.replace("sheriff office", "sheriff").split()) - {"office", "department", "county's", "of"}
    fitting = [one for one in known if words and words <= set(one.name.casefold().replace("'s", "").split())]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = "; ".join(f"{one.name}, {one.state}" for one in fitting[:MAX_OFFERED])
        says = f"{len(fitting)} agencies fit {query!r}: {names}. Give the name in full, or "
        raise QueryError("several_agencies", says, QueryField("state"), ".")
    near = likely_names(query, [one.name for one in known], MAX_OFFERED, token_set_ratio)
    raise Refused(f"no agency {query!r} in the table of FY2006 to FY2013.{offer(' Closest: {}.', near)}")


def totals(known: tuple[IdentifiedAgency, ...] | None = None) -> dict[str, Any]:
    """The sums of all agencies, or of some, in all and by fiscal year."""
    chosen = agencies() if known is None else known
    years = sorted({year for one in chosen for year in one.years})
    return {
        "agencies": len(chosen),
        "identified": sum(one.identified for one in chosen),
        "removed": sum(one.removed for one in chosen),
        "by_year": [
            {
                "fiscal_year": year,
                "identified": sum(one.years.get(year, (0, 0))[0] or 0 for one in chosen),
                "removed": sum(one.years.get(year, (0, 0))[1] or 0 for one in chosen),
                "agencies": sum(one.years.get(year, (None, None))[0] is not None for one in chosen),
            }
            for year in years
        ],
    }


def by_model() -> list[dict[str, Any]]:
    """Sums by the models that rosters give an agency; one with several is under their names together."""
    groups: dict[str, list[IdentifiedAgency]] = {}
    for one in agencies():
        groups.setdefault(" and ".join(one.models) or "not known", []).append(one)
    return [
        {
            "model": model,
            "agencies": len(members),
            "identified": sum(one.identified for one in members),
            "removed": sum(one.removed for one in members),
        }
        for model, members in sorted(groups.items())
    ]


def years_in_force(one: IdentifiedAgency) -> float | None:
    """Years from the first signing that rosters give to the last roster, within FY2006 to FY2013; None if unknown."""
    if one.first_signed is None or one.last_listed is None:
        return None
    first, last = max(one.first_signed, date(2005, 10, 1)), min(one.last_listed, date(2013, 9, 30))
    return round((last - first).days / 365.25, 2) if last > first else None


def agency_answer(one: IdentifiedAgency) -> dict[str, Any]:
    """One agency for JSON."""
    span = years_in_force(one)
    return {
        "printed": one.printed,
        "name": one.name,
        "state": one.state,
        "agency_id": one.agency_id,
        "identified": one.identified,
        "removed": one.removed,
        "years": [
            {
                "fiscal_year": year,
                "identified": pair[0],
                "removed": pair[1],
                "cells": {"identified": one.cells[year][0], "removed": one.cells[year][1]},
            }
            for year, pair in sorted(one.years.items())
        ],
        "models": list(one.models),
        "first_signed": one.first_signed,
        "last_listed": one.last_listed,
        "years_in_force": span,
        "identified_per_year": round(one.identified / span, 1) if span else None,
        "decision": {"evidence": one.evidence, "decided": one.decided},
        "source": FILE,
    }


def identified_answer(state: str | None = None) -> dict[str, Any]:
    """All agencies, or those of a state, with sums, match rate and what the source leaves out."""
    chosen = tuple(one for one in agencies() if state is None or one.state == state)
    if not chosen:
        raise Refused(f"no agency of {state} in the table of FY2006 to FY2013.")
    return {
        **totals(chosen),
        "by_model": by_model() if state is None else [],
        "join": {
            "on_a_roster": sum(bool(one.last_listed) for one in chosen),
            "on_lists_since_2021": sum(one.agency_id is not None for one in chosen),
            "unmatched": [one.printed for one in chosen if not one.last_listed],
            "undecided": undecided(),
        },
        "rows": [agency_answer(one) for one in chosen],
        "leaves_out": LEAVES_OUT,
    }


RELEASED = date(2015, 1, 1)
"""From when on the table is taken to have been known; the day of its release is not known more closely."""


@cache
def by_id() -> dict[str, IdentifiedAgency]:
    """The agencies that are on ICE's lists since 2021, by their ids."""
    return {one.agency_id: one for one in agencies() if one.agency_id}
