"""A log of events, folded into cases: one entry per line in, one case out; and the same over tables.

What enters: entries of one stay of a case (``stays`` parts them), or a table of entries. What leaves: the case. An
event at two different times is unclear, not the earlier of them; one that is only repeated counts once; both are
reported. Papers come more than once, and so do answers: ``several`` in the vocabulary says which counts. A code, a
place or a model that is given in two ways is not understood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ledger287.custody.batch.folds.lines import answers_of, coded_lines, elsewhere_of, masks_of, officer_columns
from ledger287.custody.batch.folds.log_words import (
    ANSWERED,
    CANCELLED,
    DETAINER,
    ENDS_HOLD,
    FLAGS,
    FORM_OF,
    FORMS,
    JUDICIAL,
    LOST_BIT,
    OF_EVENT,
    OF_OFFICER,
    PACK,
    SERVED,
    TWO_WAYS,
    UNTOLD,
    WARRANT_SERVED,
    LogWords,
)
from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.case.facts import UNKNOWN_STATE, Case, model_mask
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, bits, codes, several, vocabulary
from ledger287.custody.columns.words import any_of, total, when
from ledger287.custody.duties.table import PROBLEM
from ledger287.custody.relations.column import Column, cases, coalesce, literal, null
from ledger287.custody.relations.table import Table


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log. ``at`` is None where its time is unclear; ``coded`` holds the numbers of its codes.

    ``maybe`` are the events that it may be, as a mask, where its word was not understood.
    """

    case: str
    event: str
    at: int | None
    agency: str | None = None
    state: str | None = None
    zone: str | None = None
    coded: dict[str, int] = field(default_factory=dict)
    problems: int = 0
    officer: str | None = None
    maybe: int = 0


# -- one case --------------------------------------------------------------------------------------------------


def as_served(entry: Entry) -> Entry:
    """A line of service as the service of the paper that it names (``with_served``)."""
    form = entry.coded.get("warrant_form", BLANK)
    named = entry.event == SERVED and form > 0 and form not in JUDICIAL
    return replace(entry, event=WARRANT_SERVED) if named else entry


def fold(entries: Sequence[Entry]) -> Case:
    """The entries of one stay, in any order, as the case."""
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
        elif len(times) > 1 and None not in times and not _on_different_forms(entries, event):
            problems |= PROBLEM["repeated_event"]
        if None in times or len(known) > 1:
            unclear.add(event)
        elif known:
            at[event] = known.pop()
    for entry in entries:
        problems |= entry.problems
        unclear |= {event for event in TIMES if entry.maybe & bits()[event] and event not in at}
    coded = {}
    for name in OF_EVENT:
        given = _given(entries, name)
        coded[name] = _strongest(given) if name == "warrant_form" else _alike(name, given)
    _answer([entry for entry in entries if entry.event == ANSWERED], at, coded)
    _renewed([entry.at for entry in entries if entry.event == DETAINER], at, unclear)
    forms = _forms(entries) if coded["detainer_form"] == NOT_UNDERSTOOD else ()
    for name in OF_EVENT:
        lost = coded[name] == NOT_UNDERSTOOD and not (forms and name == "detainer_form")
        problems |= PROBLEM[f"unknown_{name}"] if lost else 0
    agency = _one({entry.agency for entry in entries} - {None}, None, TWO_WAYS)
    state = _one({entry.state for entry in entries} - {None}, None, UNKNOWN_STATE)
    zone = _one({entry.zone for entry in entries} - {None}, None, TWO_WAYS)
    problems |= PROBLEM["unknown_state"] if state == UNKNOWN_STATE else 0
    problems |= PROBLEM["unknown_zone"] if zone == TWO_WAYS else 0
    where = None if zone == TWO_WAYS else zone
    served_by, held_by = (_officer(entries, events) for _, events in OF_OFFICER.values())
    model = model_mask(coded["model"])
    return Case(
        entries[0].case, at, frozenset(unclear), agency, state, where, coded, model, problems, served_by, held_by,
        forms=forms,
    )  # fmt: skip


def _given(entries: Sequence[Entry], name: str) -> set[int]:
    """The numbers of a code that the lines of its event give; where none does, those that other lines give."""
    only = OF_EVENT[name][1]
    own = {entry.coded.get(name, BLANK) for entry in entries if only is None or entry.event == only} - {BLANK}
    return own or {code for entry in entries if (code := entry.coded.get(name, BLANK)) > 0}


def _on_different_forms(entries: Sequence[Entry], event: str) -> bool:
    """Whether lines of one event name different forms: two papers that came together, and nothing that is repeated."""
    name = FORM_OF.get(event)
    return name is not None and len({e.coded.get(name, BLANK) for e in entries if e.event == event} - {BLANK}) > 1


def _alike(name: str, given: set[int]) -> int:
    """A code of several lines: the one, the lowest of those that say the same in law, or not understood."""
    if len(given) > 1 and any(given <= group for group in same_in_law(name)):
        return min(given)
    return _one(given, BLANK, NOT_UNDERSTOOD)  # type: ignore[no-any-return]


def _forms(entries: Sequence[Entry]) -> tuple[int, ...]:
    """The forms of detainers on different forms, each of which is understood."""
    given = _given(entries, "detainer_form")
    return tuple(sorted(given)) if len(given) > 1 and NOT_UNDERSTOOD not in given else ()


@cache
def same_in_law(name: str) -> tuple[frozenset[int], ...]:
    """The codes of a column that have the same consequences: forms of one rule, grounds that are enough or are not."""
    mark = {"detainer_form": "rule", "detainer_ground": "sufficient"}.get(name)
    if mark is None:
        return ()
    groups: dict[object, set[int]] = {}
    for place, about in enumerate(vocabulary()["codes"][name].values(), 1):
        groups.setdefault(about.get(mark), set()).add(place)
    return tuple(map(frozenset, groups.values()))


def _one(values: Iterable[Any], none: Any, several: Any) -> Any:
    found = set(values)
    return none if not found else found.pop() if len(found) == 1 else several


def _strongest(forms: set[int]) -> int:
    """Of several warrants a judge's counts, since it lifts a bar on civil holds; of others any, since none does."""
    if NOT_UNDERSTOOD in forms:
        return NOT_UNDERSTOOD
    return min(forms & JUDICIAL or forms, default=BLANK)


def _answer(lines: Sequence[Entry], at: dict[str, int], coded: dict[str, int]) -> None:
    """Of several answers "US citizen" counts from its first day on; without one the last answer counts.

    Another answer after "US citizen", and a word that is not an answer, leave it unknown.
    """
    entered = [(line.at, line.coded.get("status_outcome", BLANK)) for line in lines]
    coded_lines = [(time, code) for time, code in entered if code != BLANK and time is not None]
    if not coded_lines or any(time is None for time, _ in entered):
        return
    last = max(time for time, _ in coded_lines)
    at[ANSWERED] = last
    if any(code == NOT_UNDERSTOOD for _, code in coded_lines):
        coded["status_outcome"] = NOT_UNDERSTOOD
        return
    ends = [(time, code) for time, code in coded_lines if code in ENDS_HOLD]
    if ends:
        first = min(time for time, _ in ends)
        at[ANSWERED] = first
        others = any(time >= first and code not in ENDS_HOLD for time, code in coded_lines)
        coded["status_outcome"] = NOT_UNDERSTOOD if others else min(ends)[1]
        return
    coded["status_outcome"] = _one({code for time, code in coded_lines if time == last}, BLANK, NOT_UNDERSTOOD)


def _renewed(detainers: Sequence[int | None], at: dict[str, int], unclear: set[str]) -> None:
    """A detainer that was canceled and issued again before the hold: the canceled one no longer counts.

    Where the new one came only after the hold began, it is unknown which of them the hold rested on.
    """
    cancelled = at.get(CANCELLED)
    known = [time for time in detainers if time is not None]
    if cancelled is None or len(known) != len(detainers) or not known or not min(known) <= cancelled < max(known):
        return
    start = None if "charges_cleared" in unclear else at.get("charges_cleared", at.get("hold_started"))
    del at[CANCELLED]
    if start is None or max(known) > start:
        unclear.add(CANCELLED)


def _officer(entries: Sequence[Entry], events: Sequence[str]) -> str | None:
    for event in events:
        found = {entry.officer for entry in entries if entry.event == event} - {None, ""}
        if found:
            return _one(found, None, TWO_WAYS)  # type: ignore[no-any-return]
    return None


# -- a table ---------------------------------------------------------------------------------------------------


def fold_table(log: Table, words: LogWords | None = None) -> Table:
    """A table of entries (times already in UTC) as a table of cases, by one grouping."""
    words = words or LogWords()
    log = coded_lines(log, words)
    found: dict[str, Column] = {"row": log.row.min()}
    for event in words.events:
        times = log[f"{event}_at"]
        found |= {f"{event}_low": times.min(), f"{event}_high": times.max(), f"{event}_lines": times.count()}
    found |= {flag: log[flag].max() for flag in FLAGS}
    found |= {"maybe": log.maybe.bit_or()} if words.unread else {}
    found |= {name: log[name].bit_or() for name in (*masks_of(words), *elsewhere_of(words))}
    for name in (*officer_columns(), "agency", "state", "zone"):
        found |= {f"{name}_low": log[name].min(), f"{name}_high": log[name].max()}
    if ANSWERED in words.events:
        found |= {
            name: _of_all(name, one) for name, one in answers_of(log.outcome_given, log[f"{ANSWERED}_at"]).items()
        }
    return cases_of_table(log.group_by("case").aggregate(**found), words)


def _mask_of(table: Table, name: str) -> Column:
    """The codes that the lines of a case give, those of other events' lines only where none of its own does."""
    own, other = table[f"{name}_given"], f"{name}_elsewhere"
    return coalesce(own, table[other]) if other in table.columns else own


def _of_all(name: str, column: Column) -> Column:
    """Of what is said of every answer, the first that ends a hold, and otherwise the last."""
    return column.min() if name == "answer_ends" else column.max()


def cases_of_table(table: Table, words: LogWords, *, once: bool = False) -> Table:
    """The cases of a log, of what was gathered of each; ``once``: no case has two lines of one event."""
    none = {f"{name}_given": null("int32") for name in OF_EVENT if not words.coded[name]}
    table = table.mutate(**none) if none else table
    # A step of its own: a code and a doubt are worked out once, however many columns rest on them.
    table = table.mutate(
        **{f"{name}_of": _code(table, name) for name in OF_EVENT},
        **{f"{event}_lost": _lost(table, event, once=once) for event in words.events},
    )
    times: dict[str, Column] = {event: null("int64") for event in TIMES}
    lost = {event: table[f"{event}_lost"] for event in words.events}
    for event in words.events:
        last = several().get(event) == "last" and not once
        chosen = table[f"{event}_high"] if last else table[f"{event}_low"]
        times[event] = cases((lost[event], null("int64")), otherwise=chosen)
    problems = literal(0, "int64") if once else _of_several_lines(table, words, lost)
    coded = {name: table[f"{name}_of"] for name in OF_EVENT}
    if ANSWERED in words.events:
        times[ANSWERED], coded["status_outcome"] = _answered(table, times[ANSWERED], coded["status_outcome"])
    if {DETAINER, CANCELLED} <= set(words.events) and not once:
        _renewed_columns(table, times, lost)
    for flag in FLAGS:
        problems = problems + when(table[flag], PROBLEM[flag])
    unclear = literal(0, "int64")
    for event, condition in lost.items():
        unclear = unclear + when(condition, bits()[event])
    if words.unread:
        unclear = unclear | _perhaps(table, times)
    named = {name: _name_of(name, code) for name, code in coded.items()}
    forms = _mask_of(table, "detainer_form")
    different = (coded["detainer_form"] == NOT_UNDERSTOOD) & ((forms & LOST_BIT) == 0)
    listed = literal(FORMS, "string") + forms.cast("string")
    named["detainer_form"] = cases((different, listed), otherwise=named["detainer_form"])
    named |= {name: _first_of(table, name, events, once=once) for name, (_, events) in OF_OFFICER.items()}
    named |= {place: _two_ways(table, place, once=once) for place in ("agency", "state", "zone")}
    return table.select(
        "row",
        "case",
        **named,
        **times,
        unclear=unclear.cast("int64"),
        local=literal(0, "int64"),
        problems=problems.cast("int64"),
    )


def _lost(table: Table, event: str, *, once: bool) -> Column:
    """Whether the time of an event is unclear: it is so itself, or two lines give two times where one is right."""
    low = table[f"{event}_low"]
    untold = (low == UNTOLD).fill_null(False)
    return untold if once or event in several() else untold | (low != table[f"{event}_high"]).fill_null(False)


def _of_several_lines(table: Table, words: LogWords, lost: Mapping[str, Column]) -> Column:
    """The problems of events that have several lines: the same again, or at two times."""
    repeated: list[Column] = []
    contradictory: list[Column] = []
    for event in words.events:
        low, high, lines = table[f"{event}_low"], table[f"{event}_high"], table[f"{event}_lines"]
        contradictory.append(lost[event] & (low != UNTOLD))
        twice = ~lost[event] & ~(low != high).fill_null(False) & (lines > 1)
        if event in FORM_OF:
            forms = table.served_forms if event == WARRANT_SERVED else table[f"{FORM_OF[event]}_given"]
            twice = twice & ~_several(forms).fill_null(False)
        repeated.append(twice)
    found = when(any_of(repeated), PROBLEM["repeated_event"])
    return found + when(any_of(contradictory), PROBLEM["contradictory_event"])


def _perhaps(table: Table, times: Mapping[str, Column]) -> Column:
    """The events that lines with words that were not understood may be, and of which the case has no time."""
    known = total([when(time.notnull(), bits()[event]) for event, time in times.items()])
    return table.maybe.fill_null(0) & ~known


def _several(mask: Column) -> Column:
    """Whether a mask has more than one bit."""
    return (mask & (mask - 1)) != 0


def _code(table: Table, name: str) -> Column:
    """A code's number over the lines of a case: none, the one, or not understood (``_alike``, ``_strongest``)."""
    mask = _mask_of(table, name)
    lowest = _lowest(mask, range(1, len(codes(name)) + 1))
    lost = literal(NOT_UNDERSTOOD, "int8")
    pairs = [((mask & LOST_BIT) != 0, lost)]
    if name == "warrant_form":
        bits_ = sum(1 << code for code in JUDICIAL)
        judicial = _lowest(mask, sorted(JUDICIAL))
        return cases(*pairs, ((mask & bits_) != 0, judicial), otherwise=lowest)
    for group in same_in_law(name):
        if len(group) > 1:
            others = ~sum(1 << code for code in group)
            pairs.append(((mask & others) == 0, lowest))
    return cases(*pairs, (_several(mask), lost), otherwise=lowest)


def _lowest(mask: Column, numbers: Iterable[int]) -> Column:
    """The lowest of some codes that a mask has."""
    pairs = [((mask & (1 << code)) != 0, literal(code, "int8")) for code in numbers]
    return cases(*pairs, otherwise=null("int8"))


def _answered(table: Table, at: Column, code: Column) -> tuple[Column, Column]:
    """When the answer that counts was given, and what it was (``_answer``)."""
    lost = literal(NOT_UNDERSTOOD, "int8")
    untold = (table[f"{ANSWERED}_low"] == UNTOLD).fill_null(False) | table.answer_coded.isnull()
    bad = (table.status_outcome_given & LOST_BIT) != 0
    first = table.answer_ends // PACK
    later = (table.answer_other >= first).fill_null(False)
    last, last_low = table.answer_last % PACK, PACK - 1 - table.answer_last_low % PACK
    when_ = cases(
        (untold, at), (bad, table.answer_coded), (first.notnull(), first), otherwise=table.answer_last // PACK
    )
    what = cases(
        (untold, code),
        (bad, lost),
        (first.notnull() & later, lost),
        (first.notnull(), (table.answer_ends % PACK).cast("int8")),
        (last != last_low, lost),
        otherwise=last.cast("int8"),
    )
    return when_, what


def _renewed_columns(table: Table, times: dict[str, Column], lost: dict[str, Column]) -> None:
    """A detainer that was canceled and issued again (``_renewed``)."""
    cancelled, low, high = times[CANCELLED], table[f"{DETAINER}_low"], table[f"{DETAINER}_high"]
    again = ((low != UNTOLD) & (low <= cancelled) & (cancelled < high)).fill_null(False)
    cleared = times["charges_cleared"]
    start = coalesce(cleared, times["hold_started"])
    if "charges_cleared" in lost:
        start = cases((lost["charges_cleared"], null("int64")), otherwise=start)
    times[CANCELLED] = cases((again, null("int64")), otherwise=cancelled)
    lost[CANCELLED] = lost[CANCELLED] | (again & (high > start).fill_null(True))


def _name_of(name: str, code: Column) -> Column:
    """A code by its name, as the audit reads it; a word that is none where it is not understood."""
    named = [(code == place, literal(word, "string")) for place, word in enumerate(codes(name), 1)]
    return cases(*named, (code < 0, literal(TWO_WAYS, "string")), otherwise=null("string"))


def _two_ways(table: Table, name: str, *, once: bool = False) -> Column:
    low = table[f"{name}_low"]
    return low if once else cases((low != table[f"{name}_high"], TWO_WAYS), otherwise=low)


def _first_of(table: Table, name: str, events: Sequence[str], *, once: bool = False) -> Column:
    return coalesce(*(_two_ways(table, f"{name}_{event}", once=once) for event in events))
