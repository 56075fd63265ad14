"""The lines of a log as columns: each event's time, each code as a bit of a mask, each officer by the deed.

What enters: a table of entries, times already in UTC. What leaves: the same lines, ready to be gathered by case
(``folding``), and the names of the columns that a log with these words has.
"""

from collections.abc import Mapping, Sequence

from ledger287.custody.batch.folds.log_words import (
    ANSWERED,
    ENDS_HOLD,
    JUDICIAL,
    LOST_BIT,
    OF_EVENT,
    OF_OFFICER,
    PACK,
    SERVED,
    UNTOLD,
    WARRANT_SERVED,
    LogWords,
)
from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.case.event_words import mask_of
from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD
from ledger287.custody.relations.column import Column, cases, literal, null
from ledger287.custody.relations.table import Table


def served_forms(words: LogWords) -> list[str]:
    """The words of a log for the forms of ICE's warrants."""
    return [word for word, code in words.coded["warrant_form"].items() if code > 0 and code not in JUDICIAL]


def with_served(log: Table, words: LogWords) -> Table:
    """A paper that is named when it is served: with Form I-200 or I-205 the warrant was served, not the detainer."""
    mine = (log.event == SERVED) & log.form.isin(served_forms(words))
    return log.mutate(event=cases((mine.fill_null(False), WARRANT_SERVED), otherwise=log.event))


def coded_lines(log: Table, words: LogWords) -> Table:
    """The lines of a log with a column for each event's time, each code as a bit, and each officer by the deed."""
    log = log.mutate(kind=_number(log.event, words.events), moment=log["at"].fill_null(UNTOLD))
    mine = {f"{event}_at": cases((log.kind == TIMES.index(event), log.moment)) for event in words.events}
    given = {}
    for name, (column, only) in OF_EVENT.items():
        stated = (log[column] != "") if only is None else (log[column] != "") & (log.kind == TIMES.index(only))
        given[f"{name}_given"] = _mask(stated, log[column], words.coded[name])
        if f"{name}_elsewhere" in elsewhere_of(words):
            given[f"{name}_elsewhere"] = _known(
                log.kind.fill_null(-1) != TIMES.index(only or ""), log[column], words.coded[name]
            )
    if ANSWERED in words.events:
        stated = (log.outcome != "") & (log.kind == TIMES.index(ANSWERED))
        known = [
            (stated & (log.outcome == word), code) for word, code in words.coded["status_outcome"].items() if code > 0
        ]
        pairs = [(test, literal(code, "int8")) for test, code in known]
        lost = (stated, literal(NOT_UNDERSTOOD, "int8"))
        given["outcome_given"] = cases(*pairs, lost, otherwise=null("int8"))
    if WARRANT_SERVED in words.events:
        stated = (log.form != "") & (log.kind == TIMES.index(WARRANT_SERVED))
        given["served_forms"] = _mask(stated, log.form, words.coded["warrant_form"])
    for name, (column, events) in OF_OFFICER.items():
        for event in events:
            stated = (log[column] != "") & (log.kind == TIMES.index(event))
            given[f"{name}_{event}"] = cases((stated, log[column]))
    if words.unread:
        given["maybe"] = cases(*((log.event == word, literal(mask_of(word), "int64")) for word in words.unread))
    return log.mutate(**mine, **given)


def masks_of(words: LogWords) -> list[str]:
    """The columns of codes as bits that a log with these words has; the others are none in every case."""
    found = [f"{name}_given" for name in OF_EVENT if words.coded[name]]
    return found + (["served_forms"] if WARRANT_SERVED in words.events else [])


def _mask(stated: Column, column: Column, words: Mapping[str, int]) -> Column:
    """A line's code as its bit in a mask; a word that is not a code has a bit of its own."""
    known = [(stated & (column == word), literal(1 << code, "int32")) for word, code in words.items() if code > 0]
    return cases(*known, (stated, literal(LOST_BIT, "int32")), otherwise=null("int32"))


def _known(stated: Column, column: Column, words: Mapping[str, int]) -> Column:
    """A line's code as its bit in a mask; no bit for a word that is not a code."""
    bits_ = [(stated & (column == word), literal(1 << code, "int32")) for word, code in words.items() if code > 0]
    return cases(*bits_, otherwise=null("int32"))


def elsewhere_of(words: LogWords) -> list[str]:
    """The columns of codes as bits that lines of other events give (``_given``)."""
    return [f"{name}_elsewhere" for name in words.elsewhere]


def officer_columns() -> list[str]:
    """The columns of officers by the event that they are named at."""
    return [f"{name}_{event}" for name, (_, events) in OF_OFFICER.items() for event in events]


def answers_of(code: Column, at: Column) -> dict[str, Column]:
    """What of several answers decides which of them counts (``_answer``), of each of them."""
    ends, wide = code.isin(sorted(ENDS_HOLD)), code.cast("int64")
    none = null("int64")
    return {
        "answer_ends": cases((ends, at * PACK + wide), otherwise=none),
        "answer_other": cases(((code > 0) & ~ends, at), otherwise=none),
        "answer_last": cases((code > 0, at * PACK + wide), otherwise=none),
        "answer_last_low": cases((code > 0, at * PACK + (PACK - 1 - wide)), otherwise=none),
        "answer_coded": cases((code.notnull(), at), otherwise=none),
    }


def _number(event: Column, known: Sequence[str]) -> Column:
    return cases(*((event == name, literal(TIMES.index(name), "int8")) for name in known))
