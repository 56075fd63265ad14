"""Rows of one case that a monthly export has twice: one case where their cells agree, or one of two is blank.

What enters: the rows of a table of cases that share a number, in groups that may be one stay each. What leaves: one row
a group, with every cell that any of them has; and where two cells differ, which rows and fields contradict.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger287.custody.batch.plans.plan import FIELDS, OFFICERS, PLACES, TIMES, bit
from ledger287.custody.case.vocabulary import code_named, plain, spellings
from ledger287.custody.intake.times.values import is_blank
from ledger287.custody.relations.column import Column, cases, literal, null
from ledger287.custody.relations.table import Table

if TYPE_CHECKING:
    from ledger287.custody.engines.engine import Engine

Place = tuple[str, int]
"""The file and the row of a line."""
TEXTS = (*PLACES, *OFFICERS, *FIELDS)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A row that differs in some fields from another row of its case; ``other`` is None where it agrees with each."""

    file: str
    row: int
    case: str
    fields: tuple[str, ...]
    other: Place | None


def group_table(groups: Iterable[Sequence[Place]]) -> Any:
    """Each row, and the first row of its group."""
    import pyarrow as pa

    lines = [(*place, *group[0]) for group in groups for place in group]
    files, rows, firsts, numbers = zip(*lines, strict=True)
    return pa.table(
        {
            "of_file": pa.array(files, pa.string()),
            "of_row": pa.array(rows, pa.int64()),
            "to_file": pa.array(firsts, pa.string()),
            "to_row": pa.array(numbers, pa.int64()),
        }
    )


def contradicting(engine: "Engine", table: Table, groups: Table) -> list[Contradiction]:
    """The rows of groups in which two cells differ in what they say."""
    rows = table.join(groups, [table.file == groups.of_file, table.row == groups.of_row])
    both = _one_a_group(rows)
    wrong = literal(False)
    for name in (*TEXTS, *TIMES):
        wrong = wrong | (both[name] != both[f"high_{name}"]).fill_null(False)
    suspects = both.filter(wrong).select(at_file=both.to_file, at_row=both.to_row)
    mine = rows.join(suspects, [rows.to_file == suspects.at_file, rows.to_row == suspects.at_row])
    by_group: dict[Place, list[dict[str, Any]]] = {}
    for row in engine.answer(
        mine.select("file", "row", "case", "to_file", "to_row", "local", *TEXTS, *TIMES)
    ).to_pylist():
        by_group.setdefault((row["to_file"], row["to_row"]), []).append(row)
    return [one for group in by_group.values() for one in _differences(group)]


def _differences(group: list[dict[str, Any]]) -> list[Contradiction]:
    """What each row of a group says otherwise than another of it."""
    group.sort(key=lambda row: (row["file"], row["row"]))
    found = []
    for row in group:
        for other in group:
            fields = tuple(name for name in (*TIMES, *TEXTS) if _differ(name, row, other))
            if fields:
                found.append(Contradiction(row["file"], row["row"], row["case"], fields, (other["file"], other["row"])))
                break
    return found


def _differ(name: str, one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    if name in TIMES:
        known = one[name] is not None and two[name] is not None
        mine, its = ((row["local"] & bit(name)) != 0 for row in (one, two))
        return known and (one[name], mine) != (two[name], its)
    said, other = (_meaning(name, row[name]) for row in (one, two))
    return bool(said and other and said != other)


def _meaning(name: str, cell: str | None) -> str:
    """A cell for comparing: a code by its name, another text in plain words; blank for none."""
    if cell is None or (is_blank(cell) and not (name in FIELDS and plain(cell) in spellings(name))):
        return ""
    return (code_named(name, cell) if name in FIELDS else None) or plain(cell)


def joined(table: Table, groups: Table) -> Table:
    """One row a group, under the file and the row of its first."""
    rows = table.join(groups, [table.file == groups.of_file, table.row == groups.of_row])
    one = _one_a_group(rows)
    lost: dict[str, Column] = {
        name: cases(((one.unclear & bit(name)) != 0, null("int64")), otherwise=one[name]) for name in TIMES
    }
    one = one.mutate(**lost)
    return one.rename({"file": "to_file", "row": "to_row"}).select(
        "file", "row", "case", *TEXTS, *TIMES, "unclear", "local", "problems"
    )


def _one_a_group(rows: Table) -> Table:
    """Of each group the lowest of each cell that is filled, and as ``high_NAME`` the highest."""
    filled = {name: cases((rows[name] != "", rows[name])) for name in TEXTS}
    # The same seconds of the jail's own clocks and in UTC are two times.
    timed = {name: rows[name] * 2 + cases(((rows.local & bit(name)) != 0, 1), otherwise=0) for name in TIMES}
    rows = rows.mutate(**filled, **timed)
    found = {name: rows[name].min() for name in (*TEXTS, *TIMES)}
    found |= {f"high_{name}": rows[name].max() for name in (*TEXTS, *TIMES)}
    one = rows.group_by(["to_file", "to_row"]).aggregate(
        case=rows.case.min(), **found, unclear=rows.unclear.bit_or(), problems=rows.problems.bit_or()
    )
    local: Column = literal(0, "int64")
    for name in TIMES:
        local = local + cases(
            (one[name] % 2 == 1, literal(bit(name), "int64")), otherwise=literal(0, "int64")
        ).fill_null(0)
    one = one.mutate(local=local)
    return one.mutate(**{name: one[name] // 2 for name in TIMES})
