"""The dateline of a story ("MEMPHIS, Tenn. —", "ATLANTA —") -> its city and state.

What enters: the sentences of a story. What leaves: the city and the state that its dateline names. Promise: a city
without its state is one of those declared (declared/factcheck/datelines.yml); Washington, where the news of the entire
country is written, is no state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.lexicon import ABBREVIATED
from ledger287.factcheck.parse.tokens import tokens_of
from ledger287.factcheck.text.sentences import Sentence

DATELINE = when_needed(
    r"^(?P<city>[A-Z][A-Z.’'-]*(?: [A-Z][A-Z.’'-]*)*)(?:, (?P<state>[A-Z][a-zA-Z. ]*?))?"
    r"(?:,? \(?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\)?)?(?: \([A-Z][\w .]+\))?(?: ?[—–]|\.? ?-(?= ?[A-Z“])|\.[—–]) ?(?=\S)"
)
STORIES = 3
"""A dateline is before one of the first sentences: a headline may be printed above it."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a story was written."""

    city: str
    state: str


@cache
def _cities() -> dict[str, str]:
    rows = declared.declared_yaml("factcheck/datelines.yml")["cities"]
    return {str(city): state for state, cities in rows.items() for city in cities}


def dateline_of(sentences: Sequence[Sentence]) -> Dateline | None:
    """The dateline of a story, where it has one that names a state."""
    for sentence in sentences[:STORIES]:
        found = DATELINE.match(sentence.text) if sentence.text[1:2].isupper() else None
        if found is None:
            continue
        city = found["city"].title().replace("’S", "’s")
        state = _cities().get(found["city"].lower())
        if found["state"]:
            places = [one.value for one in tokens_of(found["state"], 0) if one.kind == "PLACE"]
            state = places[0] if len(places) == 1 else ABBREVIATED.get(found["state"].rstrip(".").lower())
        if state and found["city"] != "WASHINGTON":
            return Dateline(city, state)
    return None
