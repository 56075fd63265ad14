"""The pages of the usual questions: one that lists them, and one for each with sentences, choices and its table."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from ledger287.analysis.answers.model import QuestionAnswer, Wording
from ledger287.analysis.answers.questions import QUESTIONS, Question, answer_of, heading
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.web.edition.edition import Edition
from ledger287.web.render import languages
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Missing, Query

SHOWN = 100
"""Rows on a page; the CSV has all."""
OWN = ("state", "model", "of", "by")
APART = frozenset({"agency_id", "agreement_id", "agreements_before", "agreements_after", "state_name", "id"})
"""Columns that are shown as a link, or in the CSV alone."""
OF_GROUPS = frozenset({"by", "group"})
"""Columns that say the same in each row of an answer that is not by groups."""


def make_index(edition: Edition, query: Query) -> Page:
    """The usual questions, each with the first sentence of its answer."""
    found = [(one, _answered(edition, query, one, {})) for one in QUESTIONS.values()]
    return Page(
        {"questions": [{"name": one.name, "title": one.title, "says": _says(answer)[:1]} for one, answer in found]},
        shown={
            "found": [(one, [_in_words(sentence, query) for sentence in answer.sentences[:1]]) for one, answer in found]
        },
    )


def make(edition: Edition, query: Query, question: str) -> Page:
    """The answer to one usual question."""
    if question not in QUESTIONS:
        raise Missing(f"No question {question!r}. Expected one of: {', '.join(QUESTIONS)}.")
    one = QUESTIONS[question]
    state, model = read_state(query.get("state")), read_model(query.get("model"))
    own = {name: query.get(name) or choices[0] for name, choices in one.choices}
    answer = _answered(edition, query, one, {"state": state, "model": model, **own})
    own |= {name: answer.summary[name] for name in own if name in answer.summary}  # "counties" is read as county
    rows = answer.rows[::-1] if question == "growth" else answer.rows
    apart = APART | (OF_GROUPS if own.get("by") == "all" else frozenset())
    columns = [column for column in answer.table.columns if column.name not in apart]
    shown = {
        "question": one,
        "reply": answer,
        "sentences": [_in_words(sentence, query) for sentence in answer.sentences],
        "columns": [
            (column.name, heading(column.name, question), column.type in ("integer", "number")) for column in columns
        ],
        "rows": rows[:SHOWN],
        "total": len(rows),
        "own": own,
        "choices": [
            (name, [(each, heading(each.replace("-", "_"))) for each in choices]) for name, choices in one.choices
        ],
        "state": state,
        "model": model,
    }
    table: pl.DataFrame = answer.frame
    return Page(answer.as_json(), answer.list, table, shown)


def _answered(edition: Edition, query: Query, question: Question, own: Mapping[str, Any]) -> QuestionAnswer:
    """The answer; for a question that has no day of its own, from the lists published by the given day."""
    return answer_of(edition.atlas, question, query.day("on"), query.known_on, query.today, own)


def _says(answer: QuestionAnswer) -> list[str]:
    return [str(sentence) for sentence in answer.sentences]


def _in_words(sentence: Wording, query: Query) -> str:
    """A sentence in the language of the page, with its numbers and days as that language writes them."""
    text = languages.translations(query.lang).gettext(sentence.text)
    wanted = (name for name in sentence.values if f"%({name})s" in sentence.text)
    said = text % {name: _value(name, sentence.values[name], query) for name in wanted}
    return said[:1].upper() + said[1:]


def _value(name: str, value: Any, query: Query) -> str:
    words = languages.translations(query.lang)
    if value is None:
        return words.gettext("unknown")
    if isinstance(value, date):
        month = name.endswith("_month")
        return languages.month_in(value, query.lang) if month else languages.date_in(value, query.lang, "long")
    if name.endswith("_share"):
        return languages.percent_in(value, query.lang)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return languages.number_in(value, query.lang)
    return languages.county_in(words.gettext(value), query.lang, article=True) if value else ""


def every_question(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the questions' pages."""
    del edition
    return ({"question": name} for name in QUESTIONS)


KINDS = (
    PageKind("answers", "/answers", make_index, once),
    PageKind("answer", "/answers/{question}", make, every_question, takes=OWN, table=True),
)
