"""What a heading that is not declared may be: a field with a like heading whose values fit, or one by its values alone.

What enters: a heading and the first values of its column. What leaves: the field, and why. A map proposes it for people
to check; an audit without a map reads no such column, and asks about it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz

from ledger287.core.problem import Refused
from ledger287.custody.case.event_words import event_named
from ledger287.custody.case.vocabulary import code_fields, events, plain, spellings, vocabulary
from ledger287.custody.intake.columns.headings import Shape, known, words_of
from ledger287.custody.intake.fields import ENDS, STARTS
from ledger287.custody.intake.times.moments import ORDERS, Moment, read_moment
from ledger287.custody.intake.times.values import is_blank, names_in_number
from ledger287.law.clocks.calendar import zones
from ledger287.ledger.query.parameters import read_state

LIKE = 86
"""How alike a heading must be to a declared one, of 100, where its values fit too."""
SHARE = 0.6
"""Which share of a column's values must fit a field."""


def guessed(head: str, values: Sequence[str], shape: Shape, used: set[str]) -> tuple[str, str] | None:
    """A field for a heading that is not declared: one with a like heading whose values fit, or one by values alone."""
    words = words_of(head)
    scored = sorted(
        ((fuzz.token_sort_ratio(words, other), name) for other, name in known(shape).items() if name not in used),
        reverse=True,
    )
    for score, name in scored[:5]:
        if score >= LIKE and _fit(name, values):
            return name, f"its heading is like a declared one ({score:.0f} of 100), and its values fit: check it"
    for name in ("detainer_form", "warrant_form", "zone", "state"):
        if name not in used and name in known(shape).values() and _fit(name, values, share=0.95):
            return name, "its values fit: check it"
    return None


TIMES, HALVES, TIMES_OF_DAY = "times", "halves of a day (AM or PM)", "times of day"
DAYS = "days"
_OF_DAY = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[AaPp]\.?[Mm]\.?)?")


def are_halves(values: Sequence[str]) -> bool:
    """Whether a column has halves of a day, AM or PM."""
    given = [value for value in values if not is_blank(value)]
    halves = vocabulary()["halves_of_day"]
    return bool(given) and sum(value.lower() in halves for value in given) >= SHARE * len(given)


def times_in(values: Sequence[str]) -> str | None:
    """What a column has whose loss may change when something happened: times, times of day, or halves of a day."""
    given = [value for value in values if not is_blank(value)]
    if not given:
        return None
    if are_halves(given):
        return HALVES
    if sum(_OF_DAY.fullmatch(value) is not None for value in given) >= SHARE * len(given):
        return TIMES_OF_DAY
    many = Counter(value for value in given if any(map(str.isdigit, value)))
    if many.total() < SHARE * len(given):
        return None
    read = (times for value, times in many.items() if _is_moment(value))
    return TIMES if sum(read) >= SHARE * len(given) else None


def unread_days(
    head: str, values: Sequence[str], read: Mapping[str, Sequence[str]], *, later: bool = False
) -> str | None:
    """``DAYS`` where a column has days, and its heading is of the hold or of another ground of release; else None.

    ``later`` where a row shows that the person was kept until such a day (``kept_until``). ``read`` has the headings of
    each field that is read; where none of them is of the start or the end of a hold, a column of any heading may be. A
    column of days may have its times of day in another: it stops a file with a question, as a column of times does.
    """
    cleared = read.get("charges_cleared", ())
    whole = any(name in read for name in STARTS) and any(name in read for name in ENDS)
    if whole and not later and not of_the_hold(head) and not of_another_ground(head, cleared):
        return None
    given = [value for value in values if not is_blank(value)]
    days = sum(any(read_moment(value, order) == "day_only" for order in ORDERS) for value in given)
    return DAYS if given and days >= SHARE * len(given) else None


def headings_read(columns: Mapping[str, str], pairs: Mapping[str, Iterable[str]]) -> Mapping[str, Sequence[str]]:
    """Field -> the headings that are read as it."""
    found: dict[str, list[str]] = {name: [*pair] for name, pair in pairs.items()}
    for head, name in columns.items():
        found.setdefault(name, []).append(head)
    return found


def of_the_hold(head: str) -> bool:
    """Whether a heading names ICE, a detainer or a hold."""
    return bool({*vocabulary()["of_the_hold"]} & {*words_of(head).split()})


def of_another_ground(head: str, cleared: Sequence[str]) -> bool:
    """Whether a heading is of a ground on which a person is kept, where what is read gives one other ground alone."""
    one, others = (set(vocabulary()[name]) for name in ("one_ground", "other_grounds"))
    return any(one & {*words_of(mine).split()} for mine in cleared) and bool(others & {*words_of(head).split()})


def _is_moment(value: str) -> bool:
    return any(isinstance(read_moment(value, order), Moment) for order in ORDERS)


def _fit(name: str, values: Sequence[str], share: float = SHARE) -> bool:
    """Whether enough of a column's values can be read as a field's."""
    given = [value for value in values if not is_blank(value)]
    test = _test(name)
    return bool(given) and sum(map(test, given)) >= share * len(given)


@cache
def _test(name: str) -> Callable[[str], bool]:
    if name in events() or name == "at":
        return lambda value: read_moment(value) not in ("unreadable", "time_only", "year")
    if name in code_fields():
        return lambda value: plain(value) in spellings(name)
    if name == "event":
        return lambda value: event_named(value) is not None
    if name == "zone":
        return lambda value: value in zones()
    if name == "state":
        return _is_state
    if name == "case":
        return lambda value: any(sign.isdigit() for sign in value) and names_in_number(value) is None
    return lambda _: True


def _is_state(value: str) -> bool:
    try:
        return read_state(value) is not None
    except Refused:
        return False
