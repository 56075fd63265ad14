"""The closed vocabulary of custody: events, codes and columns, as ``declared/custody/vocabulary.yml`` has them.

What enters: that file. What leaves: names, their numbers in tables, and the one reading of each way to write
them. A word that is not declared is never guessed at: it reads as ``NOT_UNDERSTOOD``.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.text import without_accents

BLANK, NOT_UNDERSTOOD = 0, -1
"""The numbers of a code that is not given, and of one that is not understood or contradicts itself."""


@cache
def vocabulary() -> dict[str, Any]:
    """The declared file, unchanged."""
    data: dict[str, Any] = declared.declared_yaml("custody/vocabulary.yml")
    return data


DOUBT = "?"
"""The sign by which a word is in doubt: it says neither one thing nor the other."""


def plain(word: object) -> str:
    """A heading or code for comparing: lower case without accents, each run of other signs one space."""
    return " ".join(re.findall(r"[a-z0-9]+", without_accents(str(word)).lower()))


@cache
def events() -> tuple[str, ...]:
    """Every kind of event; its place is its bit."""
    return tuple(vocabulary()["events"])


@cache
def bits() -> dict[str, int]:
    """Event -> its bit."""
    return {name: 1 << place for place, name in enumerate(events())}


@dataclass(frozen=True, slots=True)
class Order:
    """Two events that can happen in one order only; ``holds`` where the wrong order leaves the hold untold."""

    before: str
    after: str
    holds: bool


@cache
def orders() -> tuple[Order, ...]:
    """The declared pairs."""
    return tuple(Order(row["before"], row["after"], row["holds"]) for row in vocabulary()["orders"])


@dataclass(frozen=True, slots=True)
class Companion:
    """An event, and the cells each of which says that it happened, though no time of it may be recorded.

    ``instead`` are events whose time serves as well. A cell says so unless it is blank or says no.
    ``no_column`` where that holds also of a table without a column for the time.
    """

    event: str
    cells: tuple[str, ...]
    instead: tuple[str, ...]
    no_column: bool


@cache
def companions() -> tuple[Companion, ...]:
    """The declared events with such cells."""
    return tuple(
        Companion(event, tuple(row["cells"]), tuple(row.get("or", ())), "no_column" in row)
        for event, row in vocabulary()["companions"].items()
    )


@cache
def nothing_words() -> tuple[str, ...]:
    """The words of a cell that holds nothing, in the ways of writing them; not ``none``, which may be a code."""
    words = [str(word) for word in vocabulary()["blanks"] if plain(word) != "none"]
    return tuple(dict.fromkeys(one for word in words for one in (word, word.upper(), word.capitalize())))


@cache
def codes(field: str) -> tuple[str, ...]:
    """The codes of a field; a code's number is its place, from 1."""
    return tuple(vocabulary()["codes"][field])


def code_fields() -> tuple[str, ...]:
    """The fields that hold codes."""
    return tuple(vocabulary()["codes"])


@cache
def number(field: str, code: str | None) -> int:
    """A code's number: 0 for none given, -1 for one that is not understood."""
    if code is None:
        return BLANK
    known = codes(field)
    return known.index(code) + 1 if code in known else NOT_UNDERSTOOD


@cache
def spellings(field: str) -> dict[str, str]:
    """Every plain way to write a code -> the code."""
    found = {}
    for code, row in vocabulary()["codes"][field].items():
        for word in (code, *row.get("words", ())):
            found[plain(word)] = code
    return found


def code_named(field: str, text: str) -> str | None:
    """The code that a text is; None where it is none, or is in doubt, as ``US citizen?``."""
    return None if DOUBT in text else spellings(field).get(plain(text))


@cache
def marked(field: str, mark: str, value: object = True) -> tuple[int, ...]:
    """The numbers of a field's codes that are declared with a mark, such as the grounds that do not suffice."""
    rows = vocabulary()["codes"][field]
    return tuple(number(field, code) for code in rows if rows[code].get(mark) == value)


@cache
def event_words() -> dict[str, str]:
    """Every plain way to write an event -> the event."""
    return {plain(word): name for name, row in vocabulary()["events"].items() for word in (name, *row.get("words", ()))}


@cache
def headings() -> dict[str, str]:
    """Every plain heading of a table of cases -> its field."""
    found = dict(event_words())
    for field, words in vocabulary()["columns"].items():
        found |= {plain(word): field for word in (field, *words)}
    found |= {plain(word): "case" for word in vocabulary()["case_otherwise"]}
    found |= {plain(word): field for field, words in vocabulary()["code_headings"].items() for word in words}
    return found | {plain(field): field for field in code_fields()}


@cache
def log_headings() -> dict[str, str]:
    """Every plain heading of a log of events -> its field."""
    log = vocabulary()["log"]
    found: dict[str, str] = {}
    for field in ("at", "event"):
        found |= {plain(word): field for word in (field, *log[field])}
    found |= {plain(word): "at" for word in log["day"]}
    for field, words in log["columns"].items():
        found |= {plain(word): field for word in (field, *words)}
    for field, words in vocabulary()["columns"].items():
        found |= {plain(word): field for word in (field, *words)}
    found |= {plain(word): "case" for word in vocabulary()["case_otherwise"]}
    more = {plain(word): "hold_for" for word in vocabulary()["code_headings"]["hold_for"]}
    return found | more | {plain(field): field for field in ("model", "paid_detention", "hold_for")}


@cache
def several() -> dict[str, str]:
    """The events of which a case may have several -> which of them counts, ``first`` or ``last``."""
    return dict(vocabulary()["several"])


@cache
def span(name: str) -> int:
    """A declared span, in seconds."""
    units = {"hours": 3600, "minutes": 60, "days": 86_400}
    return int(vocabulary()["spans"][name]) * units[name.rsplit("_", 1)[1]]


FURTHER: dict[str, str] = {
    f"{base}_{number_}": base for base in ("detainer_received", "detainer_form") for number_ in (2, 3)
}
"""Fields of the second and third detainer of a table of cases -> the field of the first."""


@cache
def surnames() -> frozenset[str]:
    """The declared surnames."""
    lines = declared.text("custody/surnames.txt").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def further_headings() -> dict[str, str]:
    """Every plain heading of a numbered detainer, as ``detainer 2 received`` -> its field."""
    found: dict[str, str] = {}
    for field in (*FURTHER, *dict.fromkeys(FURTHER.values())):
        base, place = field.rsplit("_", 1) if field in FURTHER else (field, "1")
        ordinals = vocabulary()["ordinals"][int(place)]
        words = [word for word, other in headings().items() if other == base and "detainer" in word.split()]
        for word in words:
            bare = " ".join(part for part in word.split() if part not in ("1", "first"))
            found |= {f"{ordinal} {bare}": field for ordinal in ordinals}
            found |= {bare.replace("detainer", f"detainer {place}", 1): field, f"{bare} {place}": field}
    return {word: field for word, field in found.items() if word not in headings()}
