"""A record and lists published after all of its own -> the tables of both, without the record's lists.

What enters: the record, the lists that are new, and the ids that the record has given. What leaves: the tables and the
state that a fold of every list would give, to the byte; or None where every list has to be folded again: the record
has no state that can be believed, a list is not later than all others or gives no day, or what it prints decides how an
earlier list is read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import polars as pl

from ledger287.core.problem import Problem
from ledger287.core.time import day_of
from ledger287.ledger.fold.changes import Change
from ledger287.ledger.fold.folding import Fold, Folding, in_order, place_in_order
from ledger287.ledger.fold.kept.keeping import State, keep
from ledger287.ledger.fold.kept.packing import Damaged
from ledger287.ledger.fold.kept.resuming import Recorded, handed_out, resume
from ledger287.ledger.fold.problems import problems
from ledger287.ledger.fold.reader import Reader
from ledger287.ledger.identity.agencies import Identity
from ledger287.ledger.identity.signing_days import Signing
from ledger287.ledger.store.counts import COUNTS, counted
from ledger287.ledger.store.folder import Stored, WrittenBefore, beginning, is_as_written
from ledger287.ledger.store.kept_state import read_state
from ledger287.ledger.store.parquet_groups import NotGroups
from ledger287.ledger.store.tables import BY_NAME
from ledger287.ledger.store.tabulate import (
    Tables,
    changes_of,
    derived,
    history_of,
    lists_of,
    meaning,
    prints_of,
    problems_of,
    readings_of,
    rows_of,
    seen_of,
    tabulate,
)
from ledger287.sources.ice_lists.printed import Print, PrintedList
from ledger287.sources.ice_lists.publication import Publication, publication
from ledger287.sources.ice_lists.reading import expected_day

PRINTED = [f"{name}_printed" for name in Print._fields[:8]] + [*Print._fields[8:]]
MEANT = list(BY_NAME["prints"].schema)[len(PRINTED) + 1 :]
SEEN = {"print": pl.Int32, "first_list": pl.Int32, "last_list": pl.Int32, "rows": pl.Int32}


class Ahead:
    """Lists folded as they are read, before all are known: those that by their names no unread one can come before.

    It is a guess: where the order of all lists begins otherwise, what was folded is let go, and all are folded again.
    """

    def __init__(self, identity: Identity, given: Mapping[Signing, str]) -> None:
        self.times: dict[tuple[str, str], Publication] = {}
        self._folding: Folding | None = Folding(Reader(identity), given=given)
        self._taken: list[tuple[datetime, str, str, str]] = []
        self._waiting: list[PrintedList] = []

    def take(self, batch: Sequence[PrintedList]) -> None:
        """Take in the lists that were read next; none that is read later has an earlier day in its name."""
        for found in batch:
            self.times[found.file, found.sha256] = publication(found)
        edge = max((expected_day(found.file) or date.min for found in batch), default=date.min)
        order = in_order([*self._waiting, *batch], self.times)
        ready = [pair for pair in order if pair[1].at and day_of(pair[1].at) < edge]
        self._waiting = [printed for printed, time in order if not (time.at and day_of(time.at) < edge)]
        for printed, time in ready:
            place = place_in_order(printed, time)
            if self._folding is None or (self._taken and place <= self._taken[-1]):
                self._folding = None
                return
            self._folding.take(printed, time)
            self._taken.append(place)

    def begun(self, order: Sequence[tuple[PrintedList, Publication]]) -> Folding | None:
        """The fold of the first lists of this order; None where it begins with others."""
        first = [place_in_order(*pair) for pair in order[: len(self._taken)]]
        return self._folding if first == self._taken else None


@dataclass(frozen=True, slots=True)
class Folded:
    """The tables of a record, what its fold keeps for the next list, and what the summary of a build tells."""

    tables: Tables
    state: State | None
    minted: tuple[str, ...]
    undecided: int
    problems: tuple[Problem, ...]
    earlier: WrittenBefore = field(default_factory=WrittenBefore)
    """What the tables lack: the rows of an earlier record that stay as they are written there."""


def fold_all(
    lists: Sequence[PrintedList],
    identity: Callable[[], Identity],
    given: Mapping[Signing, str],
    ahead: "Ahead | None" = None,
) -> Folded:
    """The tables of lists, in any order, all of them folded; what was folded ahead is not folded again."""
    order = in_order(lists, ahead.times if ahead else None)
    begun = ahead.begun(order) if ahead else None
    folding = begun or Folding(Reader(identity()), given=given)
    for printed, time in order[len(folding.folded.lists) :]:
        folding.take(printed, time)
    kept = keep(folding)
    folded = folding.finish()
    doubtful: set[int] = set()
    found = problems(folded, doubtful)
    tables = tabulate(folded, found)
    state = complete(kept, folded, doubtful, seen_of(folded, tables["rows"]))
    minted = tuple(entry.agency_id for entry in folded.identity.minted)
    return Folded(tables, state, minted, len(folded.agreements.undecided), tuple(found))


def complete(state: State | None, folded: Fold, doubtful: set[int], seen: pl.DataFrame) -> State | None:
    """A state with what is known only when the fold is finished."""
    if state is None:
        return None
    places = {"seen": {name: seen[name].to_list() for name in SEEN}, "doubtful": sorted(doubtful)}
    return {**state, **places, "renamed": folded.agreements.renamed}


def grow(stored: Stored, new: Sequence[PrintedList], identity: Identity, given: Mapping[Signing, str]) -> Folded | None:
    """The tables of a record and of lists later than all of its own; None where every list has to be folded."""
    if not new or not (state := read_state(stored)) or not is_as_written(stored):
        return None
    earlier = _earlier(stored, state)
    return _grow(stored, state, earlier, new, identity, given) if earlier else None


def _earlier(stored: Stored, state: State) -> WrittenBefore | None:
    """What a record that grows from this one keeps as it is written; None where this one is not written so."""
    try:
        counts = counted((stored.tables / COUNTS).read_bytes(), stored.facts["accepted"])
        rows = beginning(stored, "rows", stored.facts["rows"]["rows"])
        lists = beginning(stored, "lists", state["lists"])
    except (OSError, NotGroups):
        return None
    if counts is None:
        return None
    kept = {"rows": rows and replace(rows, left_out=rows.rows), "lists": lists}
    return WrittenBefore({name: start for name, start in kept.items() if start}, counts)


def _grow(
    stored: Stored,
    state: State,
    earlier: WrittenBefore,
    new: Sequence[PrintedList],
    identity: Identity,
    given: Mapping[Signing, str],
) -> Folded | None:
    lists = _dated(new)
    prints = stored.read("prints")
    if lists is None or prints.height < state["prints"]:
        return None
    recorded = _recorded(prints, new)
    try:
        if _decides_earlier(new, state, recorded):
            return None
        folding = resume(state, recorded, identity, given)
    except Damaged:
        return None
    if folding.earlier.last and place_in_order(*lists[0]) <= folding.earlier.last:
        return None
    before = [(change, change.withdrawn_at) for change in handed_out(folding)]
    known = set(folding.folded.agreements.agreements)
    last = folding.newest["participating"].accepted.number if "participating" in folding.newest else 0
    for printed, time in lists:
        folding.take(printed, time)
    kept = keep(folding)
    folded = folding.finish()
    renamed = {key: name for key, name in folded.agreements.renamed.items() if key in known}
    removed = bool(folded.log.removed)
    if kept is None or removed or renamed != state["renamed"] or not _read_as_before(folded, state, prints):
        return None
    doubtful = set(state["doubtful"])
    lists_before = stored.read("lists")
    of_new = lists_before.filter(pl.col("file").is_in([found.file for found in new]))
    names = dict(of_new.sort("list", descending=True).select("file", "sha256").iter_rows())
    found = problems(folded, doubtful, names)
    rows = rows_of(folded)
    seen = _seen(state, seen_of(folded, rows))
    tables: Tables = {
        "lists": _with_lists(lists_before, lists_of(folded), state["lists"]),
        "prints": pl.concat([prints, prints_of(folded)]),
        "rows": pl.concat([_rows_not_kept(stored, earlier), rows]),
        "history": pl.concat([stored.read("history").filter(pl.col("last_list") < last), history_of(folded)]),
        "changes": pl.concat([_changes_before(stored, folded, before), changes_of(folded)]),
        "readings": pl.concat([stored.read("readings"), readings_of(folded)]),
        "problems": pl.concat([stored.read("problems").filter(pl.col("kind") != "near_miss"), problems_of(found)]),
    }
    tables = derived(folded, tables, seen)
    minted = tuple(entry.agency_id for entry in folded.identity.minted)
    undecided = folding.earlier.undecided + len(folded.agreements.undecided)
    every_problem = tuple(Problem(**row) for row in tables["problems"].iter_rows(named=True))
    return Folded(tables, complete(kept, folded, doubtful, seen), minted, undecided, every_problem, earlier)


def _rows_not_kept(stored: Stored, earlier: WrittenBefore) -> pl.DataFrame:
    kept = earlier.beginnings.get("rows")
    if kept is None:
        return stored.read("rows")
    every = stored.parts.of("rows")[len(kept.full) :]
    return pl.scan_parquet(every).slice(kept.groups.rows if kept.groups else 0).collect()


def _dated(new: Sequence[PrintedList]) -> list[tuple[PrintedList, Publication]] | None:
    """The new lists in order, where each has a time of its own."""
    timed = [(found, publication(found)) for found in new]
    if any(found.failed or time.at is None for found, time in timed):
        return None
    return sorted(timed, key=lambda pair: place_in_order(*pair))


def _recorded(prints: pl.DataFrame, new: Sequence[PrintedList]) -> Recorded:
    """The record's prints as a fold uses them."""
    columns = prints.select("agency_id", "model", "signed")
    signings: list[Signing | None] = [
        (agency_id, model, signed) if agency_id else None for agency_id, model, signed in columns.iter_rows()
    ]
    rows = list({row for found in new for row in found.prints})
    schema = dict.fromkeys(PRINTED, pl.String)
    printed = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("place")
    joined = printed.join(prints.select("print", *PRINTED), on=PRINTED, nulls_equal=True).select("place", "print")
    numbers = {rows[place]: number for place, number in joined.iter_rows()}
    texts = prints.select(PRINTED)
    return Recorded(lambda number: Print._make(texts.row(number)), signings, prints["signed"].to_list(), numbers)


def _decides_earlier(new: Sequence[PrintedList], state: State, recorded: Recorded) -> bool:
    """Whether a list prints what only excluded lists printed, or the rows of a list whose name gives no day."""
    only_excluded = {place for _, places in state["excluded"] for place in places}
    for found in new:
        numbers = {recorded.numbers.get(row, -1) for row in found.prints}
        if numbers & only_excluded or sorted(numbers) in state["undated"]:
            return True
    return False


def _read_as_before(folded: Fold, state: State, prints: pl.DataFrame) -> bool:
    """Whether what only excluded lists print is read as it was."""
    places = sorted({place for _, places in state["excluded"] for place in places})
    return all(meaning(folded, place) == prints.select(MEANT).row(place) for place in places)


def _seen(state: State, new: pl.DataFrame) -> pl.DataFrame:
    """Where each print was seen, by what was known and by the new lists."""
    before = pl.DataFrame(state["seen"], schema=SEEN)
    every = pl.concat([before, new.select(list(SEEN))])
    return (
        every.group_by("print")
        .agg(pl.col("first_list").min(), pl.col("last_list").max(), pl.col("rows").sum().cast(pl.Int32))
        .sort("print")
    )


def _with_lists(before: pl.DataFrame, new: pl.DataFrame, dated: int) -> pl.DataFrame:
    """The lists with the new ones before the files that have no time."""
    timeless = before.slice(dated).with_columns(pl.col("list") + new.height)
    return pl.concat([before.head(dated), new, timeless.cast(before.schema)])


def _changes_before(stored: Stored, folded: Fold, before: list[tuple[Change, datetime | None]]) -> pl.DataFrame:
    """The record's changes; those that the new lists took back have the time when they did."""
    changes = stored.read("changes")
    for change, was in before:
        if change.withdrawn_at != was:
            changes = _withdrawn(changes, change, folded.agreements.renamed)
    return changes


def _withdrawn(changes: pl.DataFrame, change: Change, name: Mapping[str, str]) -> pl.DataFrame:
    values = {
        "kind": change.kind,
        "known_from": change.known_from,
        "agency_id": change.agency_id,
        "model": change.model,
        "agreement_id": name.get(change.agreement_id or "", change.agreement_id),
        "other_id": name.get(change.other_id or "", change.other_id),
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "last_list": change.last_list,
        "first_list": change.first_list,
    }
    same = pl.all_horizontal(pl.col(column).eq_missing(pl.lit(value)) for column, value in values.items())
    at = pl.lit(change.withdrawn_at, dtype=changes.schema["withdrawn_at"])
    return changes.with_columns(withdrawn_at=pl.when(same).then(at).otherwise("withdrawn_at"))
