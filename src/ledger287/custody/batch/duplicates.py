"""Case numbers that stand in more than one row.

What enters: a table of cases. What leaves: each such row. Memory is bounded: numbers are compared by a hash of 64
bits, in as many passes as keep its values small, and only what collides is looked at itself.
"""

from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

if TYPE_CHECKING:
    from ledger287.custody.batch.engines import Engine

AT_ONCE = 20_000_000
"""How many hashes are held at once: 160 MB."""


def duplicated(engine: "Engine", table: ir.Table, *, only_logs: bool) -> list[tuple[str, int, str]]:
    """File, row and case of every row whose case number stands in another too. A log alone has none."""
    if only_logs:
        return []
    suspects = _duck_suspects(engine, table) if engine.dialect == "duckdb" else _suspects(engine, table)
    if not suspects:
        return []
    given = engine.memory("suspects", _as_table(suspects))
    rows = engine.answer(table.inner_join(given, table.case == given.suspect).select("file", "row", "case")).to_pylist()
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["case"]] = counts.get(row["case"], 0) + 1
    return sorted((row["file"], row["row"], row["case"]) for row in rows if counts[row["case"]] > 1)


def _as_table(suspects: list[str]) -> Any:
    import pyarrow as pa

    return pa.table({"suspect": pa.array(sorted(suspects), pa.string())})


def _suspects(engine: "Engine", table: ir.Table) -> list[str]:
    counted = table.group_by("case").aggregate(many=table.count())
    return [row["case"] for row in engine.answer(counted.filter(counted.many > 1).select("case")).to_pylist()]


def _duck_suspects(engine: Any, table: ir.Table) -> list[str]:
    """Sorts the hashes of all case numbers; those that meet are looked up as numbers."""
    import numpy as np

    source = ibis.to_sql(table.select("case"), dialect="duckdb")
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
