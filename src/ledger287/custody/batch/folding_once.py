"""A log in which most cases have each event once: those are folded with one value an event, the others completely.

What enters: a log (times in UTC) as ``folding.fold_table`` takes it, and what a survey of it found. What leaves: for
each case the columns that the complete folding aggregates, and ``once``: whether each event is there once and every
line names the same place. Of such a case they are the same; any other is to be folded by ``fold_table``.
"""

from typing import TYPE_CHECKING

from ledger287.custody.batch.folds.lines import answers_of, coded_lines, elsewhere_of, masks_of, officer_columns
from ledger287.custody.batch.folds.log_words import ANSWERED, FLAGS, LogWords
from ledger287.custody.batch.plans.plan import PLACES
from ledger287.custody.case.vocabulary import codes
from ledger287.custody.columns.words import total, when
from ledger287.custody.relations.column import Column, cases, null
from ledger287.custody.relations.table import Table
from ledger287.custody.relations.wording import hashed

if TYPE_CHECKING:
    from ledger287.custody.engines.engine import Engine

MASKED = {"served_forms": "warrant_form"}
"""A mask of codes that another column's name has."""
MOST_BITS = 63
MOST_PLACES = 10_000
"""Up to so many different places (agency, state and time zone) a case has the number of its own."""


def places_of(log: Table, engine: "Engine", name: str) -> Table | None:
    """The different places of the lines of a log, by number; None where they are many, or two have one number."""
    named = log.select(*PLACES).distinct()
    given = named.select(of_place=_place(named), **{f"{place}_low": named[place] for place in PLACES})
    found = engine.answer(given.limit(MOST_PLACES))
    if found.num_rows == MOST_PLACES or len(found["of_place"].unique()) < found.num_rows:
        return None
    return engine.memory(name, found)


def fold_once(log: Table, words: LogWords, places: Table | None = None) -> Table:
    """One row a case: its aggregates, right where ``once`` is true."""
    log = coded_lines(log, words)
    log = log.mutate(place=_place(log), **{flag: when(log[flag], 1) for flag in FLAGS})
    masks = {
        number: total([log[name].fill_null(0).cast("int64") << shift for name, shift, _ in held])
        for number, held in _in_numbers(words).items()
    }
    log = log.mutate(**masks)
    found: dict[str, Column] = {"row": log.row.min(), "lines": log.kind.count()}
    found |= {"place_low": log.place.min(), "place_high": log.place.max()}
    found |= {f"{event}_low": log[f"{event}_at"].min() for event in words.events}
    found |= {number: log[number].bit_or() for number in masks}
    found |= {"maybe": log.maybe.bit_or()} if words.unread else {}
    found |= {"outcome_given_low": log.outcome_given.max()} if ANSWERED in words.events else {}
    singles = (*officer_columns(), *(PLACES if places is None else ()))
    found |= {f"{name}_low": log[name].arbitrary() for name in singles}
    one = log.group_by("case").aggregate(**found)
    if places is not None:
        one = one.left_join(places, one.place_low == places.of_place).drop("of_place")
    known = total([when(one[f"{event}_low"].notnull(), 1) for event in words.events])
    return one.mutate(once=(one.lines == known) & (one.place_low == one.place_high))


def _place(log: Table) -> Column:
    """One number for the place of a line."""
    return hashed(*(log[name] for name in PLACES))


def _in_numbers(words: LogWords) -> dict[str, list[tuple[str, int, int]]]:
    """The flags and masks of codes in as few numbers as hold them: of each its name, its place and how many bits."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    begun = MOST_BITS
    for name in (*FLAGS, *masks_of(words), *elsewhere_of(words)):
        code = MASKED.get(name, name.removesuffix("_given").removesuffix("_elsewhere"))
        many = 1 if name in FLAGS else len(codes(code)) + 1
        begun = 0 if begun + many > MOST_BITS else begun
        if begun == 0:
            found[f"masks_{len(found)}"] = []
        found[f"masks_{len(found) - 1}"].append((name, begun, many))
        begun += many
    return found


def aggregates(once: Table, words: LogWords) -> Table:
    """The cases with each event once, with the columns that ``folding.cases_of_table`` takes."""
    one = once.filter(once.once)
    more: dict[str, Column] = {}
    for number, held in _in_numbers(words).items():
        for name, shift, many in held:
            mask = (one[number] >> shift) & ((1 << many) - 1)
            own = cases((mask != 0, mask.cast("int32")), otherwise=null("int32"))
            more[name] = mask != 0 if name in FLAGS else own
    if ANSWERED in words.events:
        more |= answers_of(one.outcome_given_low, one[f"{ANSWERED}_low"])
    return one.mutate(**more)
