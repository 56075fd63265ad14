"""Saved copies of ICE's page -> the history with them: ``python -m ledger287.ledger.past.adding PAGE.html --out DIR``.

What enters: the history that ships, and pages of 2007 to 2017 saved as HTML. What leaves: a history of a record's own
(in the folder ``past`` of a record it answers for that record). A page that is there already is compared, row by row,
and counts once; one that differs is refused with the rows. It promises that every row of every page is in the history,
and that what was known before a page's day is answered as before.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from ledger287.core.problem import Problem, Refused
from ledger287.core.text import plural
from ledger287.core.time import day_of
from ledger287.ledger.fold.folding import Fold, fold
from ledger287.ledger.fold.problems import problems
from ledger287.ledger.identity.agencies import Identity
from ledger287.ledger.past.building import PageJudge, attested_rows, capture_rows, refuse_excluded
from ledger287.ledger.past.identity import identity_then
from ledger287.ledger.past.meaning import state_meant_then
from ledger287.ledger.past.opening import open_past
from ledger287.ledger.past.tables import ATTESTED, CAPTURES
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import write_record
from ledger287.ledger.store.tabulate import tabulate
from ledger287.sources.ice_lists.printed import Print, PrintedList
from ledger287.sources.ice_rosters.saved_page import SavedPage, read_saved_page
from ledger287.sources.ice_rosters.statements import StatedRow, of_saved_page

T = TypeVar("T", bound=tuple[object, ...])
Agreement = tuple[str, str, str | None, date | None, str | None]
"""State, agency, model, day of signing and document of a row, as what they mean."""


@dataclass(frozen=True, slots=True)
class AddedPages:
    """What was added: pages and their rows; ``copies`` are pages that the history had already."""

    out: str
    pages: int
    rows: int
    copies: int
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def add_pages(pages: Sequence[Path], out: Path) -> AddedPages:
    """Write the shipped history with more pages into a folder. Raises Refused where a page is unreadable or differs."""
    base = open_past()
    known = printed_lists(base)
    read = [read_saved_page(path) for path in pages]
    identity = identity_then()
    new = [page for page in read if not _is_copy(page, known, base.read(ATTESTED.name), identity)]
    twice = [name for name, times in Counter(page.capture.file for page in new).items() if times > 1]
    if twice:
        raise Refused(f"{twice[0]}: two of these pages have the time of one capture. Name each page once.")
    listed = [page for page in new if page.has_models]
    folded = fold([*known, *(page.rows for page in listed)], identity, state_meant_then, PageJudge)
    refuse_excluded(folded)
    row_problems = problems(folded)
    tables = tabulate(folded, row_problems)
    tables[CAPTURES.name] = _captures(base.read(CAPTURES.name), listed, folded)
    said = [one for page in new if not page.has_models for one in of_saved_page(page)]
    tables[ATTESTED.name] = _attested(base.read(ATTESTED.name), said, identity)
    write_record(out, tables)
    notes = tuple(f"{page.rows.sheet} {note}" for page in new for note in page.notes)
    of_new = {page.capture.file for page in listed}
    return AddedPages(
        str(out), len(new), sum(page.capture.rows for page in new), len(read) - len(new), notes,
        tuple(one for one in row_problems if one.file in of_new),
    )  # fmt: skip


def _captures(before: pl.DataFrame, listed: Sequence[SavedPage], folded: Fold) -> pl.DataFrame:
    """The captures, those of before under the numbers that their lists have now."""
    numbers = {entry.printed.file: entry.number for entry in folded.lists}
    renumbered = before.with_columns(
        pl.col("file").replace_strict(numbers, return_dtype=before.schema["list"]).alias("list")
    )
    return pl.concat([renumbered, capture_rows([page.capture for page in listed], numbers)]).sort("list")


def _attested(before: pl.DataFrame, said: Sequence[StatedRow], identity: Identity) -> pl.DataFrame:
    return pl.concat([before, attested_rows(said, identity)]).sort("as_of", "document", "line")


def _is_copy(page: SavedPage, known: Sequence[PrintedList], attested: pl.DataFrame, identity: Identity) -> bool:
    """Whether the history has this capture. Raises Refused where it has, with other rows."""
    there = next((one for one in known if one.file == page.capture.file), None)
    if there is not None and page.has_models:
        _compare(page, Counter(map(_agreement, there.prints)), Counter(map(_agreement, page.rows.prints)))
        return True
    same_day = attested.filter(pl.col("grade") == "list", pl.col("known_on") == day_of(page.capture.captured_at))
    rosters = same_day.filter(pl.col("same_as").is_null(), pl.col("says") == "listed")
    if page.has_models or rosters.is_empty():
        return False
    ours = Counter((one.state, _agency_id(one, identity)) for one in of_saved_page(page))
    _compare(page, Counter(rosters.select("state", "agency_id").iter_rows()), ours)
    return True


def _agency_id(one: StatedRow, identity: Identity) -> str:
    return identity.agency(
        (one.state_printed, one.agency_printed), one.state, " ".join(one.agency_printed.split())
    ).agency_id


def _agreement(row: Print) -> Agreement:
    meant = state_meant_then(row)
    document = (row.moa or "").casefold() or None
    return meant.state or "", (meant.name or "").casefold().replace("\u2019", "'"), meant.model, meant.signed, document


def _compare(page: SavedPage, before: Counter[T], now: Counter[T]) -> None:
    lacks, more = before - now, now - before
    if not lacks and not more:
        return
    lines = [f"only in the history: {_said(one)}" for one in lacks.elements()]
    lines += [f"only on this page: {_said(one)}" for one in more.elements()]
    raise Refused(
        f"{page.rows.sheet}: the history has this capture ({page.capture.file}) with other rows. Compare both:\n  "
        + "\n  ".join(lines[:20])
    )


def _said(one: tuple[object, ...]) -> str:
    return ", ".join(str(each) for each in one if each)


def main(words: Sequence[str] | None = None) -> int:
    """Add the pages named on the command line; print what was added."""
    parser = argparse.ArgumentParser(prog="python -m ledger287.ledger.past.adding", description="Add saved pages.")
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGE.html", help="ICE's page, saved as HTML.")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="Where the history goes: RECORD/past.")
    given = parser.parse_args(words)
    try:
        done = add_pages(given.pages, given.out)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    copies = f"; {plural(done.copies, 'page')} there already, the same" if done.copies else ""
    sys.stdout.write(f"{plural(done.pages, 'page')} added, {plural(done.rows, 'row')}{copies}; written to {done.out}\n")
    for note in done.notes:
        sys.stdout.write(f"  a note of the page: {note}\n")
    for problem in done.problems:
        sys.stdout.write(f"  {problem}\n")
    return 1 if done.problems else 0


if __name__ == "__main__":
    sys.exit(main())
