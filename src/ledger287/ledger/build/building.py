"""Folders of lists -> a record in a folder; and new lists folded into a record that is there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ledger287.core.jsonable import NotebookTable
from ledger287.core import declared
from ledger287.core.process.garbage import collecting_nothing
from ledger287.core.problem import Problem, Refused
from ledger287.sources.ice_lists.printed import PrintedList
from ledger287.sources.ice_lists.reading import Progress, find_workbooks, read_lists
from ledger287.ledger.fold.folding import Fold, fold
from ledger287.ledger.identity.agencies import RegistryEntry, Identity, committed_registry
from ledger287.ledger.identity.signing_days import Signing, committed_signings
from ledger287.ledger.fold.problems import problems
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import POINTER, Stored, open_record, write_record
from ledger287.ledger.store.tabulate import tabulate


@dataclass(frozen=True, slots=True)
class SetAside:
    """A list that did not enter the history, the rule that set it aside, and why."""

    file: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildSummary(NotebookTable):
    """What a build did. ``corrected`` counts printed rows (kept once) that a reading or correction changed."""

    out: str
    read: int
    accepted: int
    participating: int
    pending: int
    set_aside: tuple[SetAside, ...]
    rows: int
    agencies: int
    agreements: int
    corrected: dict[str, int]
    unused_corrections: tuple[str, ...]
    undecided: int
    new_agencies: int
    other_files: int
    problems: tuple[Problem, ...]


def build(places: Sequence[Path], out: Path, progress: Progress | None = None) -> BuildSummary:
    """Build the record of the lists in some folders. A record in ``out`` is replaced when all is done.

    Agencies that an earlier record in ``out`` was the first to meet keep the ids it gave them.
    """
    found = find_workbooks(places)
    lists = read_lists(found.paths, progress)
    return _write(lists, out, found.others)


def fold_in(new: Sequence[PrintedList], out: Path) -> BuildSummary:
    """Fold more lists into the record in ``out``; the result equals a build of all its lists."""
    known = printed_lists(open_record(out))
    held = {(found.file, found.sha256) for found in known}
    return _write([*known, *(n for n in new if (n.file, n.sha256) not in held)], out, 0)


def _write(lists: Sequence[PrintedList], out: Path, others: int) -> BuildSummary:
    with collecting_nothing():
        folded = fold(lists, Identity(given=_ids_given_before(out)), given=_agreements_given_before(out))
    if not any(entry.verdict.accepted for entry in folded.lists):
        reasons = "; ".join(f"{e.printed.file}: {e.verdict.reason}" for e in folded.lists[:5])
        raise Refused(f"no list could be accepted, so no record was written. {reasons}")
    row_problems = problems(folded)
    write_record(out, tabulate(folded, row_problems))
    return _summary(folded, row_problems, out, others)


def _ids_given_before(out: Path) -> tuple[RegistryEntry, ...]:
    """The spellings that a record in this folder holds beyond the committed registry."""
    if not (out / POINTER).is_file():
        return ()
    try:
        stored: Stored = open_record(out)
    except Refused:  # an unreadable record is replaced, not built upon
        return ()
    states = dict(stored.read("agencies").select("agency_id", "state").iter_rows())
    committed = {entry.spelling for entry in committed_registry()}
    names = stored.read("names").filter(pl.col("correction").is_null())
    rows = names.select("agency_id", "state_printed", "name_printed").iter_rows()
    return tuple(
        RegistryEntry(agency_id, states[agency_id], (state, name))
        for agency_id, state, name in rows
        if (state, name) not in committed
    )


def _agreements_given_before(out: Path) -> dict[Signing, str]:
    """The ids of agreements that a record in this folder holds beyond the committed registry."""
    if not (out / POINTER).is_file():
        return {}
    try:
        rows = open_record(out).read("datings").select("agency_id", "model", "signed", "agreement_id").iter_rows()
        found = {(agency_id, model, signed): key for agency_id, model, signed, key in rows}
    except Refused:  # an unreadable record is replaced, not built upon
        return {}
    return {signing: key for signing, key in found.items() if signing not in committed_signings()}


def _summary(folded: Fold, row_problems: Sequence[Problem], out: Path, others: int) -> BuildSummary:
    accepted = [entry for entry in folded.lists if entry.verdict.accepted]
    in_history = {number for entry in accepted for number in entry.print_numbers}
    used = Counter(reading.by for statement in folded.statements.values() for reading in statement.applied)
    return BuildSummary(
        str(out),
        len(folded.lists),
        len(accepted),
        sum(entry.printed.kind == "participating" for entry in accepted),
        sum(entry.printed.kind == "pending" for entry in accepted),
        tuple(
            SetAside(entry.printed.file, entry.verdict.rule or "", entry.verdict.reason or "")
            for entry in folded.lists
            if not entry.verdict.accepted
        ),
        sum(len(entry.printed.rows) for entry in folded.lists),
        len({meant.agency_id for number in in_history if (meant := folded.meant[number])}),
        len(folded.agreements.agreements),
        dict(sorted(used.items())),
        tuple(c.id for c in declared.corrections() if c.id not in used),
        len(folded.agreements.undecided),
        len({entry.agency_id for entry in folded.identity.minted} - {e.agency_id for e in committed_registry()}),
        others,
        tuple(row_problems),
    )
