"""What a person types for an agency, in other words: in English where it is Spanish, misspelled words corrected.

What enters: a text, and the names among which an agency is looked for. What leaves: the same text as names would have
it, or None where nothing in it is Spanish or misspelled. A word that is near none stays as it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ledger287.core import declared
from ledger287.core.query_error import Part, Refused
from ledger287.ledger.identity.spelling import plain
from ledger287.ledger.query.named.initials import Row, naming_words, near_names
from ledger287.ledger.query.named.near_words import Words, spelled
from ledger287.ledger.query.named.spanish_names import in_english, spanish_states
from ledger287.ledger.query.named.state_agencies import meant_by


class NoAgency(Refused):
    """No agency of a name; ``near`` are the names that are offered."""

    def __init__(self, *parts: Part, near: Sequence[str]) -> None:
        super().__init__(*parts)
        self.near = tuple(near)


def in_usual_words(query: str) -> tuple[str, str | None] | None:
    """A Spanish text for an agency in English, and its state if one is named: ``alguacil de Lee, Florida``."""
    usual = in_english(plain(query), _states())
    if usual is None or not naming_words(usual[0]):
        return None
    return usual[0], usual[1] or None


@cache
def _states() -> Mapping[str, str]:
    """The letters of the names of states, in English and Spanish, and of their codes -> codes."""
    every = (*declared.states(), *declared.territories())
    return {plain(way): one.code for one in every for way in (one.name, one.code)} | spanish_states()


def words_of(names: Iterable[str]) -> Words:
    """The words of names, and of the states'."""
    times = Counter(word for name in names for word in {*plain(name).split()})
    times.update(word for state in _states() for word in state.split())
    return Words(times)


def corrected(query: str, words: Words) -> str | None:
    """A text with each misspelled word as names have it; None where no word is, or none is near."""
    wanted = plain(query)
    fixed = words.corrected(spelled(wanted, words.times))
    return None if fixed == wanted else fixed


def near_corrected(query: str, rows: Sequence[Row]) -> list[Row]:
    """Agencies near a text once its words are corrected: those of a state that people call so, then others."""
    fixed = corrected(query, words_of(name for *_, name in rows))
    if fixed is None:
        return []
    own = {agency_id for one in meant_by(fixed, None) for agency_id in one.record}
    found = {row[0]: row for row in rows if row[0] in own}
    return [*found.values(), *(row for row in near_names(fixed, rows, len(rows)) if row[0] not in own)]
