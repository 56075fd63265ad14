"""What people call a state's agencies -> the agencies meant: Texas DPS, VSP, TDOC, state troopers in TN.

What enters: a text and, if known, a state. What leaves: entries of declared/identity/state_agencies.yml, each with the
ids that it has in the record; an entry without any is an agency that no list has, so that it can be named as such and
no other agency is offered in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.ledger.identity.spelling import plain

BEFORE_STATE = re.compile(r" (?:of|in|de|del|en)$")


@dataclass(frozen=True, slots=True)
class StateAgency:
    """An agency of a state by its full name. ``ways`` are its short names, ``with_state`` words that need a state."""

    state: str
    name: str
    ways: frozenset[str]
    with_state: frozenset[str]
    record: tuple[str, ...]


@cache
def state_agencies() -> tuple[StateAgency, ...]:
    """All that are declared."""
    data = declared.declared_yaml("identity/state_agencies.yml")
    kinds = {kind: frozenset(map(plain, words)) for kind, words in data["kinds"].items()}
    return tuple(
        StateAgency(
            one["state"],
            one["name"],
            frozenset(map(plain, (one["name"], *one["short"]))),
            frozenset().union(*(kinds[kind] for kind in one["kinds"])),
            tuple(one["record"]),
        )
        for one in data["agencies"]
    )


def meant_by(text: str, state: str | None) -> list[StateAgency]:
    """The agencies that a text may mean, in a state where one is given; none for any other text.

    A word that needs a state, without one, means all that the record has.
    """
    said = plain(text.replace(".", ""))
    found = [one for one in state_agencies() if said in one.ways]
    if not found:
        found = [
            one
            for rest, code in states_said(said, state)
            if code
            for one in state_agencies()
            if one.state == code and rest in (one.with_state | one.ways)
        ]
    if not found:
        found = [one for one in state_agencies() if one.record and said in one.with_state]
    within = [one for one in found if state in (None, one.state)]
    return list(dict.fromkeys(within))


def states_said(text: str, state: str | None) -> Iterator[tuple[str, str | None]]:
    """A text, plain, with the state that it is about: the one given, or one named before or behind it; else as it is.

    ``dps de texas`` is read too.
    """
    said = plain(text)
    if state:
        yield said, state
        return
    for code, name in _names():
        if said.startswith(f"{name} "):
            yield said.removeprefix(f"{name} "), code
        elif said.endswith(f" {name}"):
            yield BEFORE_STATE.sub("", said.removesuffix(f" {name}")), code
    yield said, None


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Each state's code with its name and its code, plain."""
    return tuple(
        (one.code, plain(way)) for one in (*declared.states(), *declared.territories()) for way in (one.name, one.code)
    )
