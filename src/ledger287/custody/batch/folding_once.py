"""A log in which most cases have each event once: those are folded with one value an event, the others completely.

What enters: a log (times in UTC) as ``folding.fold_table`` takes it, and what a survey of it found. What leaves: for
each case the columns that the complete folding aggregates, and ``once``: whether each event is there once and every
line names the same place. Of such a case they are the same; any other is to be folded by ``fold_table``.
"""

from ledger287.custody.batch.folds.lines import answers_of, coded_lines, elsewhere_of, masks_of, officer_columns
from ledger287.custody.batch.folds.log_words import ANSWERED, FLAGS, LogWords
from ledger287.custody.batch.plans.plan import PLACES
from ledger287.custody.case.vocabulary import codes
from ledger287.custody.columns.words import total, when
from ledger287.custody.relations.column import Column, cases, hashed, literal, null
from ledger287.custody.relations.table import Table

MASKED = {"served_forms": "warrant_form"}
"""A mask of codes that another column's name has."""
MOST_BITS = 63


def fold_once(log: Table, words: LogWords) -> Table:
    """One row a case: its aggregates, right where ``once`` is true."""
    log = coded_lines(log, words)
    log = log.mutate(
        bit=literal(1, "int64") << log.kind,
        place=hashed(*(log[name] for name in PLACES)),
        flags=total([when(log[flag], 1 << number) for number, flag in enumerate(FLAGS)]),
        masks=_packed(log, _placed(words)),
        others=_packed(log, _placed_elsewhere(words)),
    )
    found: dict[str, Column] = {"row": log.row.min(), "sum": log.bit.sum(), "bits": log.bit.bit_or()}
    found |= {"place_low": log.place.min(), "place_high": log.place.max(), "flags": log.flags.bit_or()}
    found |= {f"{event}_low": log[f"{event}_at"].min() for event in words.events}
    found |= {"masks": log.masks.bit_or()}
    found |= {"maybe": log.maybe.bit_or()} if words.unread else {}
    found |= {"others": log.others.bit_or()} if words.elsewhere else {}
    singles = (*officer_columns(), *PLACES, *(("outcome_given",) if ANSWERED in words.events else ()))
    found |= {f"{name}_low": log[name].max() if name == "outcome_given" else log[name].arbitrary() for name in singles}
    one = log.group_by("case").aggregate(**found)
    return one.mutate(once=(one["sum"] == one.bits) & (one.place_low == one.place_high))


def _packed(log: Table, placed: dict[str, tuple[int, int]]) -> Column:
    """Masks of codes as one number, each at its place."""
    return total([log[name].fill_null(0).cast("int64") << shift for name, (shift, _) in placed.items()])


def _placed(words: LogWords) -> dict[str, tuple[int, int]]:
    """Where each mask of codes is in one number of all of them, and how many bits it has."""
    return _in_one(masks_of(words))


def _placed_elsewhere(words: LogWords) -> dict[str, tuple[int, int]]:
    """The same of the masks of codes that other events' lines give."""
    return _in_one(elsewhere_of(words))


def _in_one(names: list[str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    begun = 0
    for name in names:
        many = len(codes(MASKED.get(name, name.removesuffix("_given").removesuffix("_elsewhere")))) + 1
        found[name] = (begun, many)
        begun += many
    if begun > MOST_BITS:
        raise ValueError(f"expected the codes of a log to have {MOST_BITS} bits at most, found {begun}")
    return found


def aggregates(once: Table, words: LogWords) -> Table:
    """The cases with each event once, with the columns that ``folding.cases_of_table`` takes."""
    one = once.filter(once.once)
    more: dict[str, Column] = {f"{event}_high": one[f"{event}_low"] for event in words.events}
    more |= {f"{event}_lines": one[f"{event}_low"].notnull().cast("int64") for event in words.events}
    more |= {f"{name}_high": one[f"{name}_low"] for name in (*officer_columns(), *PLACES)}
    more |= {flag: (one.flags & (1 << number)) != 0 for number, flag in enumerate(FLAGS)}
    for column, placed in (("masks", _placed(words)), ("others", _placed_elsewhere(words))):
        for name, (shift, many) in placed.items():
            mask = (one[column] >> shift) & ((1 << many) - 1)
            more[name] = cases((mask != 0, mask.cast("int32")), otherwise=null("int32"))
    if ANSWERED in words.events:
        more |= answers_of(one.outcome_given_low, one[f"{ANSWERED}_low"])
    return one.mutate(**more)
