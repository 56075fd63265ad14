"""Whether a provision that was read can be what it says: what contradicts itself, or nobody would read, is refused.

What enters: a provision or a parameter, and how to refuse by file, id and key. What leaves: nothing; raises what that
gives. Each refusal says what to write.
"""

from collections.abc import Callable
from datetime import date, datetime
from itertools import combinations
from typing import Any

from ledger287.core.problem import Refused
from ledger287.law.lawbook.provisions import HOURS, Parameter, Provision

Refuse = Callable[[str, str, Any], Refused]
WORDS = {
    "hold_excludes": ("nothing", "weekends", "weekends and holidays"),
    "hold_starts": ("releasable", "receipt", "custody passed to ICE"),
    "notify_starts": ("releasable",),
}
"""What the parameters in words that a clock reads may say."""
READ = (*HOURS, *WORDS, "judicial_order", "ends_when_ice_rescinds", "notify_ice_hours", "model", "hold_hours_below")
"""The parameters of a state's law that answers read by name."""
OF_STATES = ("state_law", "state_policy", "holding")
MOST_HOURS = 100_000
NEAR = 85
"""From this likeness on (of 100) a name is spelled like one that is read."""


def value_fits(refuse: Refuse, entry: Parameter) -> None:
    """Refuses a value that no clock can run on: hours that are no number, an event or days that are not known."""
    value, numeric = entry.value, isinstance(entry.value, int | float) and not isinstance(entry.value, bool)
    if entry.name.endswith("_hours"):
        if not (numeric and value >= 0):  # type: ignore[operator]
            raise refuse("value", "a number of hours, 0 or more", value)
        if value > MOST_HOURS:  # type: ignore[operator]
            raise refuse("value", f"a number of hours, {MOST_HOURS:,} at most", value)
        if entry.unit != "hours":
            raise refuse("unit", "hours; write the value in hours", entry.unit)
    if entry.name in WORDS and value not in WORDS[entry.name]:
        raise refuse("value", "one of " + ", ".join(WORDS[entry.name]), value)
    if entry.name == "hold_only_if" and not isinstance(value, str):
        raise refuse("value", "the condition in words", value)


def fitting(refuse: Refuse, entry: Provision) -> None:
    """Refuses a provision that contradicts itself, or whose law or parameter nobody would read."""
    if entry.state_law and entry.kind not in OF_STATES:
        raise refuse("kind", f"one of {', '.join(OF_STATES)}, since it has `state_law`", entry.kind)
    if entry.last_checked is None and entry.own_standing != "unverified":
        says = "the day on which the source was read; only a rule that is `standing: unverified` was never checked"
        raise refuse("last_checked", says, "never")
    if entry.state_law:
        _known_names(refuse, entry)
    _one_value_at_a_time(refuse, entry)


def _known_names(refuse: Refuse, entry: Provision) -> None:
    """Refuses a parameter that is spelled like one that answers read: it would be read by none."""
    from rapidfuzz import process

    for each in entry.parameters:
        found = None if each.name in READ else process.extractOne(each.name, READ, score_cutoff=NEAR)
        if found:
            raise refuse("parameters", f"{found[0]} (or a name that is not so near to it)", each.name)


def _one_value_at_a_time(refuse: Refuse, entry: Provision) -> None:
    """Refuses two values at once of a parameter that a clock reads."""
    read = [each for each in entry.parameters if each.name in (*HOURS, *WORDS)]
    for one, other in combinations(read, 2):
        if one.name == other.name and _first(one) < _last(other) and _first(other) < _last(one):
            says = f"one value of {one.name} at a time; give each its `since` and `until`, or write two provisions"
            raise refuse("parameters", says, f"{one.value} and {other.value}")


def _first(entry: Parameter) -> date:
    return _day(entry.since) if entry.since else date.min


def _last(entry: Parameter) -> date:
    return _day(entry.until) if entry.until else date.max


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at
