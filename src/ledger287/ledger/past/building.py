"""The tables of history -> the store of the program before 2021: ``python -m ledger287.ledger.past.building``.

What enters: a folder with the declared tables. What leaves: a record of the page tables in the format of every other
record, with two tables more (captures, attested). It promises that every row-day and statement is in it, or it stops.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Problem, Refused
from ledger287.ledger.fold.folding import Fold, fold
from ledger287.ledger.fold.problems import problems
from ledger287.ledger.fold.verdicts import Judge, ListContent, Verdict
from ledger287.ledger.identity.agencies import Identity, committed_registry
from ledger287.ledger.past.identity import identity_then
from ledger287.ledger.past.meaning import state_meant_then
from ledger287.ledger.past.opening import shipped_past
from ledger287.ledger.past.tables import ATTESTED, CAPTURES
from ledger287.ledger.store.folder import write_record
from ledger287.ledger.store.tables import RecordTable
from ledger287.ledger.store.tabulate import tabulate
from ledger287.sources.ice_rosters.pages import Capture, read_pages
from ledger287.sources.ice_rosters.statements import StatedRow, read_statements


@dataclass(frozen=True, slots=True)
class Built:
    """What a build of history did."""

    out: str
    captures: int
    row_days: int
    agreements: int
    agencies: int
    statements: int
    problems: tuple[Problem, ...]


class PageJudge(Judge):
    """Judges the captures of the page as lists are judged, but for the spans that declared/history/pages.yml gives."""

    def _participating(self, found: ListContent) -> Verdict:
        verdict = super()._participating(found)
        for span in _accepted_spans():
            if verdict.rule == span["rule"] and span["from"] <= found.day <= span["to"]:
                return Verdict(True, None, f"{span['reason']} ({verdict.reason})")
        return verdict


def _accepted_spans() -> list[dict[str, Any]]:
    spans: list[dict[str, Any]] = declared.declared_yaml("history/pages.yml")["accepted"]
    return spans


def build_past(source: Path, out: Path) -> Built:
    """Build the history of the tables in a folder. Raises Refused where a table is missing, changed or unreadable."""
    folded, captures, said, identity = _fold(source)
    row_problems = problems(folded)
    numbers = {entry.printed.file: entry.number for entry in folded.lists}
    tables = tabulate(folded, row_problems)
    tables[CAPTURES.name] = capture_rows(captures, numbers)
    tables[ATTESTED.name] = attested_rows(said, identity)
    write_record(out, tables)
    row_days, agreements = sum(len(entry.printed.rows) for entry in folded.lists), len(folded.agreements.agreements)
    agencies = {*tables["agencies"]["agency_id"], *tables[ATTESTED.name]["agency_id"]}
    return Built(str(out), len(captures), row_days, agreements, len(agencies), len(said), tuple(row_problems))


def _fold(source: Path) -> tuple[Fold, list[Capture], list[StatedRow], Identity]:
    lists, captures = read_pages(source)
    said = read_statements(source)
    identity = identity_then()
    folded = fold(lists, identity, state_meant_then, PageJudge)
    refuse_excluded(folded)
    return folded, captures, said, identity


def refuse_excluded(folded: Fold) -> None:
    """Raises Refused for a page that the rules exclude, with the reason."""
    refused = [entry for entry in folded.lists if not entry.verdict.accepted]
    if refused:
        first = refused[0]
        raise Refused(
            f"{first.printed.file}: the page is held to be {first.verdict.rule} ({first.verdict.reason}). "
            "Where that is what happened, say why in declared/history/pages.yml."
        )


def capture_rows(captures: Sequence[Capture], numbers: dict[str, int]) -> pl.DataFrame:
    """The table of captures, each under the number of its list."""
    rows = [
        (numbers[c.file], c.file, c.day, c.caption or None, c.caption_count, c.caption_as_of, c.page) for c in captures
    ]
    return _frame(CAPTURES, rows).sort("list")


def attested_rows(said: Sequence[StatedRow], identity: Identity) -> pl.DataFrame:
    """Each statement once: a line that is a copy of another (one document, one agency, one word) is named by it."""
    first: dict[tuple[object, ...], list[Any]] = {}
    for one in said:
        agency_id = _agency(one, identity)
        document = one.document
        key = (document.name, agency_id, one.says, one.signed, one.document_file, one.as_of)
        name = f"{one.table.removesuffix('.csv')}:{one.line}"
        if key in first:
            first[key][9] = " ".join(filter(None, (first[key][9], name)))
            continue
        first[key] = [
            name,
            document.name,
            document.publisher,
            document.title,
            document.grade,
            one.as_of,
            document.known_on,
            one.table,
            one.line,
            None,
            document.same_as,
            one.state,
            one.state_printed,
            agency_id,
            one.agency_printed,
            one.says,
            one.model_printed,
            one.model,
            one.signed,
            one.document_file,
            one.note,
        ]
    return _frame(ATTESTED, list(first.values())).sort("as_of", "document", "line")


def _agency(one: StatedRow, identity: Identity) -> str:
    entry = identity.agency((one.state_printed, one.agency_printed), one.state, " ".join(one.agency_printed.split()))
    return entry.agency_id


def _frame(table: RecordTable, rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in rows], schema=table.schema, orient="row")


def mint(source: Path) -> int:
    """Add the names met only before 2021 to their registry; lines that are there stay. Returns how many are new."""
    _, _, said, identity = _fold(source)
    for one in said:
        _agency(one, identity)
    place = Path(str(files("ledger287").joinpath("declared", "registry", "agencies_before_2021.csv")))
    with place.open(encoding="utf-8", newline="") as file:
        there = {tuple(row) for row in list(csv.reader(file))[1:]}
    committed = {(entry.state, entry.spelling) for entry in committed_registry()}
    spelled = {(e.agency_id, e.state, *e.spelling) for e in identity.minted if (e.state, e.spelling) not in committed}
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("agency_id", "state", "state_printed", "name_printed"))
        writer.writerows(sorted(there | spelled))
    return len(spelled - there)


def main(words: Sequence[str] | None = None) -> int:
    """Build the history from the folder named on the command line; say what was built."""
    parser = argparse.ArgumentParser(prog="python -m ledger287.ledger.past.building", description="Build the history.")
    parser.add_argument("tables", type=Path, metavar="FOLDER", help="The folder with the tables of history.")
    parser.add_argument("out", type=Path, nargs="?", metavar="OUT", help="Where it goes; without it, into the package.")
    given = parser.parse_args(words)
    try:
        added = mint(given.tables)
        done = build_past(given.tables, given.out or shipped_past())
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(f"{added} names added; {done}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
