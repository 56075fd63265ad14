"""A clause on a named agency in plain words, with the stretch of the text that each of them is of.

What enters: an agency as a text names it, a verb of its clause, and the state that is meant. What leaves: the sentence
that says it again, as pieces. Promise: the words that are put in have the place of those that they are for.
"""

import re
from dataclasses import dataclass
from functools import cache

from ledger287.core.patterns import when_needed
from ledger287.factcheck.rewording.named.phrases import Party, data, states

Piece = tuple[str | None, int, int]
"""Words for a stretch of the text; those of the text itself where None."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of a text that is taken out of it, and the sentences that say it again."""

    start: int
    end: int
    sentences: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and of whom a sentence speaks: its one state, whose bare names are, its days by their ends."""

    state: str | None
    prefers: str
    days: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a clause: its kind, where it is with what closes it, its model and day; ``main``: that
    the main clause of the sentence is behind it."""

    kind: str
    start: int
    end: int
    model: str | None = None
    day: tuple[int, int] | None = None
    still: bool = False
    main: bool = False


@cache
def _macros() -> dict[str, str]:
    return {**data()["macros"], "S": f"(?:{states()})"}


@cache
def filled(pattern: str) -> str:
    """A pattern with its macros put in."""
    found = pattern
    for name, said in _macros().items():
        found = found.replace(f"<{name}>", said)
    return found if found == pattern else filled(found)


def who(party: Party, state: str | None) -> Piece:
    """The subject of a sentence, with its state where its name has none."""
    placed = f" in {state}" if state and state not in party.name else ""
    return f"{party.name[:1].upper()}{party.name[1:]}{placed} ", party.start, party.end


def sentence(party: Party, verb: Verb, state: str | None) -> tuple[Piece, ...]:
    """What a clause says of one agency."""
    says: str = data()["kinds"][verb.kind]["says"]
    pieces: list[Piece] = [who(party, state)]
    said = says.replace("{m}", verb.model or "").replace("{w}", "")
    said = f"still {said}" if verb.still and said.startswith("has ") else said
    pieces.append((said, verb.start, max(verb.start + 1, verb.end)))
    if verb.day and "{w}" in says:
        pieces += [(" ", verb.day[0], verb.day[0] + 1), (None, *verb.day)]
    pieces.append((".", verb.end - 1, verb.end))
    return tuple(pieces)


ENDS = when_needed(
    r", ICE\b|[.;:(—–](?! [A-Z][a-z]+(?: County|,| and))|, (?!(?:and )?(?:the )?[A-Z])|"
    r",? (?:and|but|which|who|where|with|on|in|for|since|after|while|among) (?!(?:the )?[A-Z])|"
    r", (?:the )?[A-Z][^,;]* (?:is|are|was|were|has|have|signed|joined)\b|$"
)


def end_of_list(text: str, start: int) -> int:
    """Where a list of names ends: before the mark or word that no further name follows."""
    found = re.compile(ENDS.pattern).search(text, start)
    return found.start() if found else len(text)
