"""What a sentence says that a model lets officers do -> the clause of the model's text that answers it.

What enters: a sentence. What leaves: for each function that it says officers may or may not perform under a model, the
provisions and whether they agree. Promise: only a sentence that names one model, says plainly "may" or "may not" before
the function, and has no word that leaves it open is said to agree or to differ; every other one is shown with its
sources. PowerWords and clauses are declared (declared/factcheck/powers.yml, declared/law/agreement-*.yml).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span

if TYPE_CHECKING:
    from ledger287.law.lawbook.provisions import Provision

POWER = "power-"
"""Begins the topic of a claim on what a model lets officers do."""
CLAUSE_MARKS = (";", " — ", " – ", "(", ":")
"""Part one statement from the next; a comma does not ("under the model, officers may …")."""


WHERE = "where"
"""The topic of the clause on the place of the work; used where no function is said."""


@dataclass(frozen=True, slots=True)
class PowerStatement:
    """A function that a sentence says a model has or has not; ``holds`` is None where that is not judged."""

    topic: str
    span: Span
    provisions: "tuple[Provision, ...]"
    holds: bool | None


@dataclass(frozen=True, slots=True)
class PowerWords:
    """The declared words, as patterns: of models and functions by their names, and the others by what they say."""

    models: dict[str, re.Pattern[str]]
    powers: dict[str, re.Pattern[str]]
    both_jail_models: re.Pattern[str]
    field: re.Pattern[str]
    in_jail: re.Pattern[str]
    performs: re.Pattern[str]
    permits: re.Pattern[str]
    denies: re.Pattern[str]
    leaves_open: re.Pattern[str]


@cache
def words() -> PowerWords:
    """The declared words."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/powers.yml")
    single = ("both_jail_models", "field", "in_jail", "performs", "permits", "denies", "leaves_open")
    return PowerWords(
        {model: when_needed(said, re.I) for model, said in data["models"].items()},
        {row["topic"]: when_needed(row["said"].replace("{FIELD}", data["field"]), re.I) for row in data["powers"]},
        **{name: when_needed(data[name], re.I) for name in single},
    )


def powers_in(text: str) -> Iterator[PowerStatement]:
    """The functions that a sentence says a model has or has not, each once, in the order of the text."""
    low = text.lower()
    if not any(word in low for word in ("warrant", "jail", "task", "model", "jem", "wso", "tfm")):
        return
    named = _models_in(text)
    said_so = bool(words().permits.search(text) or words().denies.search(text))
    matches = [(match, topic) for topic, said in words().powers.items() if (match := said.search(text))]
    matches = [one for one in matches if said_so or words().performs.search(text[: one[0].start()])]
    if len(matches) > 1:
        matches = [(match, topic) for match, topic in matches if topic != WHERE]
    open_to = bool(words().leaves_open.search(text))
    since, denied = 0, None
    for match, topic in sorted(matches, key=lambda one: one[0].start()):
        models = _models_of(named, text, match.start())
        provisions = tuple(one for model in models if (one := _clause(model, topic)) is not None)
        opens = max(since, _opening(text, match.start()))
        said = _modal(text, opens, match.start())
        denied = _is_denied(text[opens : match.start()], denied)
        since = match.end()
        if models and len(provisions) == len(models):
            judged = {model for _, model in named} == set(models) and not open_to and denied is not None
            given = _given(topic, provisions, text) if judged else None
            holds = None if given is None else given != denied
            yield PowerStatement(topic, Span(said, match.end()), provisions, holds)


def _models_in(text: str) -> list[tuple[int, str]]:
    """The models that a text names, with their places; "both jail models" are two."""
    named = {(found.start(), model) for model, said in words().models.items() for found in said.finditer(text)}
    if both := words().both_jail_models.search(text):
        named = {one for one in named if not both.start() <= one[0] < both.end()}
        named |= {(both.start(), "JEM"), (both.start(), "WSO")}
    return sorted(named)


def _models_of(named: list[tuple[int, str]], text: str, at: int) -> tuple[str, ...]:
    """The model or models named last before a function in its statement, or next behind it."""
    opens = _opening(text, at)
    before = [place for place, _ in named if opens <= place < at]
    place = max(before) if before else next((place for place, _ in named if place > at), None)
    if place is not None and place < at and len(set(named)) > 1 and NUMBER.search(text, place, at):
        return ()  # 306 for task forces, 223 for serving warrants: another number's model
    return tuple(model for where, model in named if where == place)


NUMBER = when_needed(r"\d")


def _opening(text: str, at: int) -> int:
    """Where the statement begins that has a place of a text."""
    return max(text.rfind(mark, 0, at) + 1 for mark in CLAUSE_MARKS)


@cache
def _clause(model: str, topic: str) -> "Provision | None":
    """The clause of a model's newest text on a topic."""
    from ledger287.law.lawbook.book import shipped

    mine = [
        one
        for one in shipped().provisions
        if one.clause and (one.clause.model, one.clause.topic) == (model, topic) and one.dates.effective
    ]
    return max(mine, key=lambda one: str(one.dates.effective), default=None)


def _is_denied(before: str, previous: bool | None) -> bool | None:
    """Whether the words before a function deny it; as the function before, where "and" or "or" joins them; or None."""
    denied = len(words().denies.findall(before))
    if denied or words().permits.search(before) or words().performs.search(before):
        return bool(denied) if denied < 2 else None
    return previous if JOINED.search(before) else None


def _modal(text: str, start: int, end: int) -> int:
    """Where the last word that permits or denies begins before a function; the function's own place where none does."""
    found = [*words().permits.finditer(text, start, end), *words().denies.finditer(text, start, end)]
    return max((one.start() for one in found), default=end)


JOINED = when_needed(r"(?i)(?:,|\b(?:and|or|nor))(?: also| then)?(?: to)? $")


def _given(topic: str, provisions: "tuple[Provision, ...]", text: str) -> bool | None:
    """Whether the clauses, all of them or none, give a function; else None."""
    given = {_gives(topic, one, text) for one in provisions}
    return given.pop() if len(given) == 1 else None


def _gives(topic: str, provision: "Provision", text: str) -> bool | None:
    """Whether a clause gives a function, where the sentence says that it is performed; None where it does not say."""
    clause = provision.clause
    if clause is None:
        return None
    in_field = bool(words().field.search(text))
    if topic == WHERE:
        return clause.setting == "field"
    if not clause.lists or not in_field:
        apart = clause.setting == "field" and words().in_jail.search(text)
        return None if clause.lists and apart else bool(clause.lists)
    return clause.setting in ("field", "any")
