"""Folders of lists -> a record in a folder; and new lists folded into a record that is there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from ledger287.core import declared
from ledger287.core.jsonable import NotebookTable
from ledger287.core.problem import Problem, Refused
from ledger287.core.process.garbage import collecting_nothing
from ledger287.ledger.build.growing import Ahead, Folded, fold_all, grow
from ledger287.ledger.identity.agencies import Identity, RegistryEntry, committed_registry
from ledger287.ledger.identity.signing_days import Signing, committed_signings
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import POINTER, Stored, open_record, write_record
from ledger287.ledger.store.kept_state import STATE, state_file
from ledger287.sources.ice_lists.printed import PrintedList
from ledger287.sources.ice_lists.reading import Progress, find_workbooks, read_lists


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
    with collecting_nothing():
        ahead = Ahead(Identity(given=_ids_given_before(out)), _agreements_given_before(out))
        lists = read_lists(found.paths, progress, ahead.take)
        return build_from(lists, out, found.others, ahead)


def fold_in(new: Sequence[PrintedList], out: Path) -> BuildSummary:
    """Fold more lists into the record in ``out``; the result equals a build of all its lists.

    Lists later than all that the record has are folded without these, where the record has what its fold kept.
    """
    stored = open_record(out)
    held = files_held(stored, [found.file for found in new])
    distinct = {(found.file, found.sha256): found for found in new if (found.file, found.sha256) not in held}
    with collecting_nothing():
        identity, given = Identity(given=_ids_given_before(out)), _agreements_given_before(out)
        folded = grow(stored, list(distinct.values()), identity, given)
    if folded is None:
        return build_from([*printed_lists(stored), *distinct.values()], out, 0)
    return _put(folded, out, 0)


def files_held(stored: Stored, names: Sequence[str]) -> set[tuple[str, str]]:
    """The names and hashes of a record's lists with these names."""
    found = stored.scan("lists").select("file", "sha256").filter(pl.col("file").is_in(names))
    return set(found.collect().iter_rows())


def build_from(lists: Sequence[PrintedList], out: Path, others: int = 0, ahead: Ahead | None = None) -> BuildSummary:
    """Write the record of lists that were read; ``others`` counts the files next to them that are not workbooks.

    ``ahead`` has what was folded of them, with the ids of the record in ``out``.
    """
    with collecting_nothing():
        identity = partial(Identity, given=_ids_given_before(out))
        folded = fold_all(lists, identity, _agreements_given_before(out), ahead)
    found = folded.tables["lists"]
    if not found["accepted"].any():
        reasons = "; ".join(f"{file}: {reason}" for file, reason in found.head(5).select("file", "reason").iter_rows())
        raise Refused(f"no list could be accepted, so no record was written. {reasons}")
    return _put(folded, out, others)


def _put(folded: Folded, out: Path, others: int) -> BuildSummary:
    state = folded.state
    write_record(out, folded.tables, lambda tables: {STATE: state_file(state, tables)} if state else {}, folded.earlier)
    return _summary(folded, out, others)


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


def _summary(folded: Folded, out: Path, others: int) -> BuildSummary:
    tables = folded.tables
    lists = tables["lists"]
    accepted = lists.filter("accepted")
    used = Counter(tables["readings"]["by"].to_list())
    excluded = lists.filter(~pl.col("accepted")).select("file", "rule", "reason").iter_rows()
    return BuildSummary(
        str(out),
        lists.height,
        accepted.height,
        int((accepted["kind"] == "participating").sum()),
        int((accepted["kind"] == "pending").sum()),
        tuple(SetAside(file, rule or "", reason or "") for file, rule, reason in excluded),
        int(lists["rows"].sum()),
        tables["agencies"].height,
        tables["agreements"].height,
        dict(sorted(used.items())),
        tuple(c.id for c in declared.corrections() if c.id not in used),
        folded.undecided,
        len(set(folded.minted) - {e.agency_id for e in committed_registry()}),
        others,
        folded.problems,
    )
