"""The tables of a record -> its lists as printed, complete: every row, in its place.

The record keeps every printed row, so a new list can be folded in, or the history derived as of another day, without
the workbooks.
"""

import polars as pl

from ledger287.core.problem import Problem
from ledger287.ledger.store.folder import Stored
from ledger287.sources.ice_lists.printed import Print, PrintedList
from ledger287.sources.ice_lists.problem_kinds import KINDS as READING_KINDS


def printed_lists(stored: Stored) -> list[PrintedList]:
    """Every list of the record as it was printed."""
    fields = [f"{name}_printed" for name in ("state", "agency", "type", "county", "model", "signed", "moa", "addendum")]
    prints = [Print._make(row) for row in stored.read("prints").select(*fields, "moa_link", "addendum_link").rows()]
    rows = {
        number: (lines, places)
        for number, lines, places in stored.read("rows")
        .group_by("list", maintain_order=True)
        .agg("row", "print")
        .iter_rows()
    }
    problems = _file_problems(stored)
    lists = []
    for entry in stored.read("lists").iter_rows(named=True):
        lines, places = rows.get(entry["list"], ([], []))
        columns = dict(pair.split("=", 1) for pair in (entry["columns"] or "").split())
        lists.append(
            PrintedList(
                entry["file"],
                entry["sha256"],
                entry["bytes"],
                entry["captured_at"],
                entry["saved_at"],
                entry["kind"],
                entry["sheet"],
                entry["heading_row"],
                columns,
                lines,
                [prints[place] for place in places],
                entry["blank_rows"],
                0,
                None if entry["kind"] else f"{entry['rule']}: {entry['reason']}",
                problems.get((entry["file"], entry["sha256"]), []),
            )
        )
    return lists


def _file_problems(stored: Stored) -> dict[tuple[str, str], list[Problem]]:
    """The problems met while reading a file; all others are found again by folding."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for row in stored.read("problems").filter(pl.col("kind").is_in(list(READING_KINDS))).iter_rows(named=True):
        found.setdefault((row["file"], row["sha256"]), []).append(Problem(**row))
    return found
