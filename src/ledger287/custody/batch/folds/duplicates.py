"""Case numbers that are in more than one row: stays one after another, one case in several exports, or a case twice.

What enters: a table of cases. What leaves: the rows that share a number, parted into stays, into rows that are one case
(``joining``), and into cases given twice whose rows contradict each other.
Memory is bounded: numbers are compared by a hash of 64 bits, in as many passes as keep its values small, and only what
collides is looked at itself.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledger287.custody.batch.folds.joining import Contradiction, Place, contradicting, group_table
from ledger287.custody.batch.folds.stays import stays_of_rows
from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.duties.table import ENDS
from ledger287.custody.relations.column import coalesce, greatest, least
from ledger287.custody.relations.table import Table, sql_of

if TYPE_CHECKING:
    from ledger287.custody.engines.engine import Engine

AT_ONCE = 20_000_000
"""How many hashes are held at once: 160 MB."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Rows that share a case number: ``twice`` are left out, ``stays`` are distinguished by their place and number.

    ``groups`` are the rows of each stay of a case that has several rows of one stay; ``cases`` are how many cases have
    several stays.
    """

    twice: tuple[Contradiction, ...] = ()
    stays: dict[Place, int] = field(default_factory=dict)
    cases: int = 0
    groups: tuple[tuple[Place, ...], ...] = ()

    @property
    def left_out(self) -> int:
        """How many rows are no case of their own."""
        return len(self.twice) + sum(len(group) - 1 for group in self.groups)


def repeated(engine: "Engine", table: Table, *, only_logs: bool) -> Repeated:
    """Every row whose case number another row has too. A log alone has none."""
    if only_logs:
        return Repeated()
    suspects = _suspects(engine.near, table)
    if not suspects:
        return Repeated()
    given = engine.memory("suspects", _as_table(suspects))
    times = [table[event] for event in TIMES]
    rows = engine.answer(
        table.join(given, table.case == given.suspect).select(
            "file",
            "row",
            "case",
            "booked",
            begun=coalesce(table.booked, least(*times)),
            left=greatest(*(table[event] for event in ENDS)),
            local=table.local != 0,
        )
    ).to_pylist()
    by_case: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_case.setdefault(row["case"], []).append(row)
    stays: dict[Place, int] = {}
    parted: dict[str, list[list[dict[str, Any]]]] = {}
    for case, mine in by_case.items():
        if len(mine) > 1 and (found := stays_of_rows(mine)):
            stays |= found
        elif len(mine) > 1:
            parted[case] = _parted(mine)
    if not parted:
        return Repeated((), stays, _many(rows, stays))
    places = {case: [tuple(map(_place, group)) for group in groups] for case, groups in parted.items()}
    given = engine.memory("same_cases", group_table(group for groups in places.values() for group in groups))
    wrong = contradicting(engine, table, given)
    lost = {one.case for one in wrong}
    reported = {(one.file, one.row) for one in wrong}
    # A row that agrees with every other is left out with the rest of its case.
    wrong += [
        Contradiction(row["file"], row["row"], case, (), None)
        for case in lost
        for row in by_case[case]
        if _place(row) not in reported
    ]
    for case, groups in parted.items():
        if case not in lost and len(groups) > 1:
            firsts = [_as_one(group) for group in groups]
            stays |= stays_of_rows(firsts)
    kept = tuple(group for case, groups in places.items() if case not in lost for group in groups)
    return Repeated(tuple(sorted(wrong, key=lambda one: (one.file, one.row))), stays, _many(rows, stays), kept)


def _many(rows: list[dict[str, Any]], stays: dict[Place, int]) -> int:
    return len({row["case"] for row in rows if _place(row) in stays})


def _place(row: dict[str, Any]) -> Place:
    return row["file"], row["row"]


def _parted(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows of one case by stay, as their bookings part them; all of them together where these are no stays."""
    rows.sort(key=_place)
    groups: dict[int | None, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["begun"] if row["booked"] is None else row["booked"], []).append(row)
    parted = list(groups.values())
    return parted if len(parted) > 1 and stays_of_rows([_as_one(group) for group in parted]) else [rows]


def _as_one(group: list[dict[str, Any]]) -> dict[str, Any]:
    """When the stay of some rows began and ended, under the place of the first."""
    begun, left = ([row[name] for row in group if row[name] is not None] for name in ("begun", "left"))
    return {**group[0], "begun": min(begun, default=None), "left": max(left, default=None)}


def _as_table(suspects: list[str]) -> Any:
    import pyarrow as pa

    return pa.table({"suspect": pa.array(sorted(suspects), pa.string())})


def _suspects(engine: Any, table: Table) -> list[str]:
    """Sorts the hashes of all case numbers; those that meet are looked up as numbers."""
    import numpy as np

    source = sql_of(table.select("case"), "duckdb")
    total = engine.run(f"select count(*) from ({source})").fetchone()[0]
    parts = max(1, -(-total // AT_ONCE))
    found: list[str] = []
    for part in range(parts):
        where = f' where hash("case") % {parts} = {part}' if parts > 1 else ""
        hashes = engine.run(f'select hash("case") as h from ({source}){where}').fetchnumpy()["h"]
        values = np.sort(np.asarray(hashes))
        twice = np.unique(values[1:][values[1:] == values[:-1]])
        for start in range(0, len(twice), 10_000):
            listed = ", ".join(map(str, twice[start : start + 10_000].tolist()))
            rows = engine.run(f'select distinct "case" from ({source}) where hash("case") in ({listed})').fetchall()
            found += [row[0] for row in rows]
    return found
