"""What a sentence says that the law of a state forbids or asks for -> the provisions of that state alone.

What enters: a sentence and the end of the article's day. What leaves: for each clause in a declared wording
(declared/factcheck/law_states.yml), its place, the provisions of the states that it names, and whether they agree.
Promise: no law of another state is shown; of a state without any the answer says so, with the federal rule; a policy of
a governor, and what is known from memory, never decide.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from ledger287.core import declared
from ledger287.core.patterns import filled_words, when_needed, with_words
from ledger287.core.text import listed
from ledger287.factcheck.extract.statements.law_wordings import CLOSES, OPENS, SAID

if TYPE_CHECKING:
    from ledger287.law.lawbook.provisions import Provision

STATE_LAW = f"{SAID}of-"
"""Begins the topic of a claim on the law of a state."""
NAMES = rf"(?:{'|'.join(re.escape(one.name) for one in declared.states())})"
NAMED = when_needed(rf"\b{NAMES}\b")
SAYS_STATE = when_needed(r"(?i)\bstates?\b")
DECIDES = ("primary", "verified", "secondary")
"""Standings of a provision that may decide: all but those from memory."""


OF_STATE = ("state_law", "state_policy")
"""Kinds of provision that a state made; what courts hold is shown only where there is none of these."""
OF_PROGRAM = when_needed(r"(?i)287|\b(?:ICE|programs?|such agreements)\b")
"""That a clause is of agreements with ICE, and of no other contracts."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """What sentences say of the law of a state: the effects that it has, how it is said, and the federal rule."""

    id: str
    effects: tuple[str, ...]
    near: tuple[str, ...]
    federal: str
    several: tuple[re.Pattern[str], ...]
    judged: tuple[re.Pattern[str], ...]
    shown: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class StateClause:
    """A clause on the law of a state; ``own`` is said of a state without any; ``holds`` None: the law is only shown."""

    topic: str
    start: int
    end: int
    provisions: "tuple[Provision, ...]"
    own: str
    holds: bool | None


@cache
def _wordings() -> tuple[Wordings, ...]:
    data: dict[str, Any] = declared.declared_yaml("factcheck/law_states.yml")
    words = filled_words({"STATE": NAMES, **data["words"]})

    def patterns(said: Sequence[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(when_needed(f"{OPENS}(?:{with_words(one, words)}){CLOSES}", re.I) for one in said)

    return tuple(
        Wordings(
            row["id"],
            tuple(row["effects"]),
            tuple(row["near"]),
            row["federal"],
            patterns(row["several"]),
            patterns(row["judged"]),
            patterns(row["shown"]),
        )
        for row in data["kinds"]
    )


def state_laws_in(text: str, at: datetime) -> list[StateClause]:
    """The clauses of a sentence on the law of states, at most one of each kind."""
    if not NAMED.search(text):
        return []
    low = text.lower()
    found = (_first(kind, text, at) for kind in _wordings() if any(word in low for word in kind.near))
    return [one for one in found if one]


def _first(kind: Wordings, text: str, at: datetime) -> StateClause | None:
    for patterns in (kind.several, kind.judged, kind.shown):
        for pattern in patterns:
            if found := pattern.search(text):
                states = states_in(found[0])
                provisions, own = laws_of(states, kind.effects, kind.federal)
                holds = _holds(kind, found, provisions, at) if patterns is kind.judged else None
                return StateClause(f"{STATE_LAW}{kind.id}", found.start(), found.end(), provisions, own, holds)
    return None


def states_in(text: str) -> dict[str, str]:
    """The states that a text names, by their codes."""
    codes = {one.name: one.code for one in declared.states()}
    return {codes[found[0]]: found[0] for found in NAMED.finditer(text)}


def laws_of(states: dict[str, str], effects: Sequence[str], federal: str) -> "tuple[tuple[Provision, ...], str]":
    """The laws of states on agreements, those of an effect first; where none is known, that, and the federal rule."""
    from ledger287.law.lawbook.book import shipped

    known = [
        one
        for one in shipped().provisions
        if one.state_law and set(one.territory or ()) & set(states) and not one.bears_on_holds
    ]
    made = [one for one in known if one.kind in OF_STATE]
    if made:
        return tuple([one for one in made if one.state_law and one.state_law.effect in effects] or made), ""
    own = f"the record has no law of {listed(list(states.values()))} on agreements" if states else ""
    held = (one for one in known if one.standing in DECIDES)
    return (*held, shipped().provision(federal)), own


def _holds(kind: Wordings, found: re.Match[str], provisions: "Sequence[Provision]", at: datetime) -> bool | None:
    """Whether the laws of a state agree with a clause in a judged wording."""
    from ledger287.law.lawbook.provisions import state_of

    deciding = [one for one in provisions if one.kind == "state_law" and one.standing in DECIDES and one.state_law]
    effects = {one.state_law.effect for one in deciding if one.state_law and state_of(one, at) == "in force"}
    against = {"state-requires": {"forbid"}, "state-bans": {"mandate"}}[kind.id]
    if effects == against:
        return False if OF_PROGRAM.search(found[0]) else None
    if kind.id == "state-requires" or ("agreement" not in found[0].lower() and not OF_PROGRAM.search(found[0])):
        return None
    if "forbid" not in effects or len(deciding) != len(provisions):
        return None
    given = found.groupdict()
    if not given.get("y") and not given.get("rel"):
        return None if re.search(r"\d|(?i:\b(?:in|on|by|since) [a-z]+\.?$)", found[0].replace("287", "")) else True
    year = int(given["y"]) if given.get("y") else at.year - (given["rel"].lower() == "last year")
    days = [(one.dates.enacted, one.dates.effective) for one in deciding]
    if any(day and day.year == year for pair in days for day in pair):
        return True
    return False if len(days) == 1 and all(days[0]) and not deciding[0].unsettled else None
