"""Case numbers that are in more than one row: stays one after another, or the same case twice.

What enters: a table of cases. What leaves: the rows that share a number, parted into stays and into cases given twice.
Memory is bounded: numbers are compared by a hash of 64 bits, in as many passes as keep its values small, and only what
collides is looked at itself.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
    """Rows that share a case number: ``twice`` are left out, ``stays`` are distinguished by their place and number."""

    twice: tuple[tuple[str, int, str], ...] = ()
    stays: dict[tuple[str, int], int] = field(default_factory=dict)
    cases: int = 0


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
            begun=coalesce(table.booked, least(*times)),
            left=greatest(*(table[event] for event in ENDS)),
            local=table.local != 0,
        )
    ).to_pylist()
    by_case: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_case.setdefault(row["case"], []).append(row)
    twice: list[tuple[str, int, str]] = []
    stays: dict[tuple[str, int], int] = {}
    for case, mine in by_case.items():
        found = stays_of_rows(mine) if len(mine) > 1 else {}
        stays |= found
        if len(mine) > 1 and not found:
            twice += [(row["file"], row["row"], case) for row in mine]
    many = len({row["case"] for row in rows if (row["file"], row["row"]) in stays})
    return Repeated(tuple(sorted(twice)), stays, many)


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
