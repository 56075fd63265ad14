"""Cases whose time zone is of another state: the clocks there showed another time when the hold began.

What enters: the written decisions. What leaves: a problem for each pair of a state and a time zone that do not fit, and
how many cases that are. It changes no clock: times are read in the time zone as given, and a reader is reminded.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ledger287.custody.columns.words import any_of
from ledger287.custody.engines.engine import Engine
from ledger287.custody.intake.problems import CaseProblem, problem
from ledger287.custody.relations.column import Column
from ledger287.custody.relations.table import Table
from ledger287.law.clocks.calendar import zones
from ledger287.law.lawbook.zones import read_zones, zones_of

KIND = "zone_of_another_state"


def zones_of_other_states(cases: Table, engine: Engine) -> tuple[tuple[CaseProblem, ...], int]:
    """A problem for each state and time zone that do not fit, at the first row with them; and the number of cases."""
    pairs = engine.answer(cases.select("state", "zone").distinct()).to_pylist()
    found, total = [], 0
    for state, zone in sorted((row["state"], row["zone"]) for row in pairs if row["state"] and row["zone"]):
        spans = list(_apart(state, zone)) if state in read_zones() and zone in zones() else []
        if not spans:
            continue
        mine = cases.filter((cases.state == state) & (cases.zone == zone) & _within(cases.start.as_seconds(), spans))
        many = engine.answer(mine.aggregate(many=mine.count())).column("many")[0].as_py()
        if many:
            first = engine.answer(mine.select("file", "row").limit(1, ("file", "row"))).to_pylist()[0]
            found.append(_problem(str(first["file"]), int(first["row"]), state, zone, many))
            total += many
    return tuple(found), total


def _apart(state: str, zone: str) -> Iterator[tuple[int, int]]:
    """From when until when (UTC) clocks of a zone showed no time of a state. Zones of one offset all fit."""
    mine = [zones()[name] for name in zones_of(state) if name in zones()]
    other = zones()[zone]
    if other in mine or not mine:
        return
    turns = sorted({*other.since, other.until, *(at for one in mine for at in one.since)})
    for since, until in pairwise(turns):
        offset = other.offset(since)
        if offset is not None and offset not in {one.offset(since) for one in mine}:
            yield since, until


def _within(at: Column, spans: list[tuple[int, int]]) -> Column:
    joined: list[tuple[int, int]] = []
    for since, until in spans:
        if joined and joined[-1][1] == since:
            joined[-1] = (joined[-1][0], until)
        else:
            joined.append((since, until))
    return any_of([((at >= since) & (at < until)).fill_null(False) for since, until in joined])


def _problem(file: str, row: int, state: str, zone: str, many: int) -> CaseProblem:
    met = problem(file, row, "zone", KIND, found=f"{zone} in {many:,} {'case' if many == 1 else 'cases'} of {state}")
    return replace(met, expected=f"a time zone of {state}: {', '.join(zones_of(state))}")
