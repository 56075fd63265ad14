"""A log of events, folded into cases: one entry a line in, one case out; and the same over tables.

What enters: entries of one case, or a table of entries. What leaves: the case. An event at two different times is
unclear, not the earlier of them; one that is only repeated counts once; both are told. A code, a place or a model
that is given in two ways is not understood.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.types as ir

from ledger287.custody.batch.columns import Column, when
from ledger287.custody.batch.plan import TIMES
from ledger287.custody.case.duties import PROBLEM
from ledger287.custody.case.facts import UNKNOWN_STATE, Case, model_mask
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, bits, several

DETAINER, WARRANT = "detainer_received", "warrant_received"
OF_EVENT = {
    "detainer_form": ("form", DETAINER),
    "detainer_ground": ("ground", DETAINER),
    "detainer_issued_by": ("issued_by", DETAINER),
    "warrant_form": ("form", WARRANT),
    "status_outcome": ("outcome", "status_answered"),
    "officer_standing": ("standing", None),
    "model": ("model", None),
    "paid_detention": ("paid_detention", None),
}
"""Which column of a log holds a code, and on which event's lines."""
OF_OFFICER = {"served_by": ("officer", "served_on_person"), "held_by": ("officer", "hold_started")}
"""On which event's lines the officer is the one who served, or who held."""
WORDS = {**OF_EVENT, **OF_OFFICER}
TWO_WAYS = "\x00two ways"
"""What stands for a word that one case gives in two ways; it is no code, state or zone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log. ``at`` is None where its time cannot be told; ``coded`` holds the numbers of its codes."""

    case: str
    event: str
    at: int | None
    agency: str | None = None
    state: str | None = None
    zone: str | None = None
    coded: dict[str, int] = field(default_factory=dict)
    problems: int = 0
    officer: str | None = None


def fold(entries: Sequence[Entry]) -> Case:
    """The entries of one case, in any order, as the case."""
    at: dict[str, int] = {}
    unclear: set[str] = set()
    problems = 0
    for event in TIMES:
        times = [entry.at for entry in entries if entry.event == event]
        known = {time for time in times if time is not None}
        if len(known) > 1 and None not in times and event in several():
            known = {min(known) if several()[event] == "first" else max(known)}
        elif len(known) > 1 and None not in times:
            problems |= PROBLEM["contradictory_event"]
        elif len(times) > 1 and None not in times:
            problems |= PROBLEM["repeated_event"]
        if None in times or len(known) > 1:
            unclear.add(event)
        elif known:
            at[event] = known.pop()
    for entry in entries:
        problems |= entry.problems
    coded = {}
    for name, (_, only) in OF_EVENT.items():
        given = {entry.coded.get(name, BLANK) for entry in entries if only is None or entry.event == only}
        coded[name] = _one(given - {BLANK}, BLANK, NOT_UNDERSTOOD)
        problems |= PROBLEM[f"unknown_{name}"] if coded[name] == NOT_UNDERSTOOD else 0
    agency = _one({entry.agency for entry in entries} - {None}, None, TWO_WAYS)
    state = _one({entry.state for entry in entries} - {None}, None, UNKNOWN_STATE)
    zone = _one({entry.zone for entry in entries} - {None}, None, TWO_WAYS)
    problems |= PROBLEM["unknown_state"] if state == UNKNOWN_STATE else 0
    problems |= PROBLEM["unknown_zone"] if zone == TWO_WAYS else 0
    where = None if zone == TWO_WAYS else zone
    served_by, held_by = (
        _one({entry.officer for entry in entries if entry.event == event} - {None, ""}, None, TWO_WAYS)
        for _, event in OF_OFFICER.values()
    )
    return Case(
        entries[0].case,
        at,
        frozenset(unclear),
        agency,
        state,
        where,
        coded,
        model_mask(coded["model"]),
        problems,
        served_by,
        held_by,
    )


def _one(values: Iterable[Any], none: Any, several: Any) -> Any:
    found = set(values)
    return none if not found else found.pop() if len(found) == 1 else several


def fold_table(log: ir.Table) -> ir.Table:
    """A table of entries (times as instants already) as a table of cases, by one grouping."""
    log = log.mutate(kind=_number(log.event, TIMES), moment=log["at"].fill_null(UNTOLD))
    mine = {f"{event}_at": ibis.cases((log.kind == place, log.moment)) for place, event in enumerate(TIMES)}
    given = {}
    for name, (column, only) in WORDS.items():
        told = log[column] != ""
        if only is not None:
            told = told & (log.kind == TIMES.index(only))
        given[f"{name}_given"] = ibis.cases((told, log[column]))
    log = log.mutate(**mine, **given)
    found: dict[str, Column] = {"row": log.row.min()}
    for event in TIMES:
        times = log[f"{event}_at"]
        found |= {f"{event}_low": times.min(), f"{event}_high": times.max(), f"{event}_lines": times.count()}
    found |= {flag: log[flag].max() for flag in FLAGS}
    for name in WORDS:
        found |= {f"{name}_low": log[f"{name}_given"].min(), f"{name}_high": log[f"{name}_given"].max()}
    for place in ("agency", "state", "zone"):
        found |= {f"{place}_low": log[place].min(), f"{place}_high": log[place].max()}
    return _cases(log.group_by("case").aggregate(**found))


UNTOLD = -(2**40)
"""Stands for a time that cannot be told while a log is folded; no calendar reaches so far back."""
FLAGS = ("no_zone", "time_shown_twice", "time_never_shown", "unreadable_time")


def _number(column: Column, words: Sequence[str]) -> Column:
    return ibis.cases(*((column == word, ibis.literal(place, "int8")) for place, word in enumerate(words)))


def _cases(table: ir.Table) -> ir.Table:
    times, unclear, repeated, contradictory = {}, ibis.literal(0, "int64"), ibis.literal(False), ibis.literal(False)
    for event in TIMES:
        low, high, lines = table[f"{event}_low"], table[f"{event}_high"], table[f"{event}_lines"]
        many = (low != high).fill_null(False)
        lost = (many & (event not in several())) | (low == UNTOLD).fill_null(False)
        chosen = high if several().get(event) == "last" else low
        times[event] = ibis.cases((lost, ibis.null("int64")), else_=chosen)
        unclear = unclear + when(lost, bits()[event])
        contradictory = contradictory | (lost & (low != UNTOLD))
        repeated = repeated | (~lost & ~many & (lines > 1))
    problems = when(repeated, PROBLEM["repeated_event"]) + when(contradictory, PROBLEM["contradictory_event"])
    for flag in FLAGS:
        problems = problems + when(table[flag], PROBLEM[flag])
    words = {
        name: ibis.cases((table[f"{name}_low"] != table[f"{name}_high"], TWO_WAYS), else_=table[f"{name}_low"])
        for name in (*WORDS, "agency", "state", "zone")
    }
    return table.select(
        "row",
        "case",
        **words,
        **times,
        unclear=unclear.cast("int64"),
        local=ibis.literal(0, "int64"),
        problems=problems.cast("int64"),
    )
