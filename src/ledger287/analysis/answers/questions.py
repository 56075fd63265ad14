"""The usual questions by name: how each is titled, what it takes, and what answers it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger287.analysis.answers import growth, ranks, returns, shares, waits
from ledger287.analysis.answers.model import QuestionAnswer
from ledger287.ledger.store.tables import RecordTable
from ledger287.places.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Question:
    """A usual question. ``choices`` are its own parameters with what they may be; ``timed`` ones take ``on``."""

    name: str
    title: str
    answer: Callable[..., QuestionAnswer]
    table: RecordTable
    texts: tuple[str, ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    timed: bool = False


QUESTIONS: dict[str, Question] = {
    one.name: one
    for one in (
        Question(
            "waits",
            "How long from pending to signing?",
            waits.waits,
            waits.WAITS,
            waits.TEXTS,
        ),
        Question(
            "returns",
            "Who left and came back?",
            returns.returns,
            returns.RETURNS,
            returns.TEXTS,
        ),
        Question(
            "shares",
            "What share of sheriffs, police departments, counties and people?",
            shares.shares,
            shares.SHARES,
            (
                shares.AGENCIES,
                shares.PLACES,
                shares.NOWHERE,
                shares.ONE_FIGURE,
                shares.UNCOUNTED,
                shares.UNKNOWN,
                shares.OWN,
                shares.NOTE,
            ),
            timed=True,
        ),
        Question(
            "ranks",
            "Which states and counties have the most?",
            ranks.ranks,
            ranks.RANKS,
            ranks.TEXTS,
            (("of", ranks.OF), ("by", ranks.BY)),
            timed=True,
        ),
        Question(
            "growth",
            "How did the program grow, month by month?",
            growth.growth,
            growth.GROWTH,
            (growth.GREW, growth.MOST, growth.NO_LIST, growth.NOTHING, growth.NOTE),
            (("by", growth.BY),),
        ),
    )
}


def answer_of(
    atlas: Atlas, question: Question, on: date | None, known_on: date | None, today: date, own: Mapping[str, Any]
) -> QuestionAnswer:
    """The answer; for a question that has no day of its own, from the lists published by the given day."""
    if question.timed:
        return question.answer(atlas, on=on or today, known_on=known_on, **own)
    limits = [day for day in (on, known_on) if day]
    return question.answer(atlas, known_on=min(limits) if limits else None, **own)


HEADINGS = {
    ("ranks", "people"): "people at most",
    ("ranks", "people_share"): "people share at most",
    ("ranks", "people_unknown"): "agencies whose people are not known",
    ("ranks", "officers_unknown"): "agencies whose officers are not known",
    ("returns", "returned"): "on a list again",
    ("returns", "signed_again"): "signed (the agreement on that list)",
}
"""Headings that say more than the column's name: the key of a door never changes, what people read may."""


def heading(column: str, question: str = "") -> str:
    """A column's name as a heading of a question's table."""
    return HEADINGS.get((question, column)) or column.replace("_", " ")


def texts() -> Iterator[str]:
    """Every text that a page takes from here, for the language catalogs."""
    for one in QUESTIONS.values():
        yield one.title
        yield from one.texts
        for _, choices in one.choices:
            yield from (heading(choice.replace("-", "_")) for choice in choices)
        yield from (heading(column.name, one.name) for column in one.table.columns)
    yield from ("signed", "dropped", "pending")
