"""The words of jail systems for events, of ``declared/custody/event_words.yml`` and of the vocabulary itself.

What enters: a word or phrase as a log or a heading has it. What leaves: the event that it is, that it is of nothing
that an audit reads, or which events it may be. Phrases are compared with abbreviations written out; none is guessed at.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any

from ledger287.core import declared
from ledger287.core.text import listed, plural
from ledger287.custody.case.vocabulary import DOUBT, bits, event_words, events, plain, vocabulary

MOST_NAMED = 6
UNREAD = "?"
"""What is in front of the mask of events that a line may be whose word was not understood."""


@cache
def _declared() -> dict[str, Any]:
    data: dict[str, Any] = declared.declared_yaml("custody/event_words.yml")
    return data


@cache
def _short() -> dict[str, str]:
    return {**vocabulary()["abbreviations"], **_declared()["abbreviations"]}


def spelled_out(words: str) -> str:
    """A phrase for comparing: its abbreviations written out, and without the words that say nothing."""
    written = words.lower().replace("’", "'")
    for sign, meant in _declared()["signs"].items():
        written = written.replace(sign, f" {meant} ")
    full = " ".join(str(_short().get(word, word)) for word in plain(written).split())
    kept = [word for word in full.split() if word not in _fillers()]
    return " ".join(word for last, word in pairwise(("", *kept)) if word != last)  # "TOT to ICE": over to, once


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_declared()["fillers"])


@cache
def phrases() -> dict[str, str]:
    """Every declared phrase, spelled out -> its event; the vocabulary's own words before those that go together."""
    found: dict[str, str] = {}
    for event, words in event_words().items():
        found.setdefault(spelled_out(event), words)
    for event, words in _declared()["alone"].items():
        for word in words:
            found.setdefault(spelled_out(word), event)
    for event, groups in _declared()["together"].items():
        for group in groups:
            for first, then in product(group["first"], group["then"]):
                found.setdefault(spelled_out(f"{first} {then}"), event)
    return found


def event_named(word: str) -> str | None:
    """The event that a phrase is, its words in any order where that is no other; None where none is declared."""
    if DOUBT in word:
        return None
    full = spelled_out(word)
    named = event_words().get(plain(word)) or phrases().get(full) or _in_any_order().get(_sorted(full))
    named = named or (None if is_of_nothing(word) else _by_kinds(full))
    return None if named in _declared()["not_to_ice"] and _to_ice(full.split()) else named


def _to_ice(words: Sequence[str]) -> bool:
    """Whether a phrase says that something was given to ICE: nobody else was served by it."""
    return any(link in ("to", "on") and word in _declared()["kinds"]["ice"] for link, word in pairwise(words))


def _sorted(full: str) -> tuple[str, ...]:
    return tuple(sorted(full.split()))


@cache
def _in_any_order() -> dict[tuple[str, ...], str | None]:
    """The words of each phrase in the order of the alphabet -> its event; None where two events have the same words."""
    found: dict[tuple[str, ...], str | None] = {}
    for phrase, event in phrases().items():
        key = _sorted(phrase)
        found[key] = event if found.get(key, event) == event else None
    return found


@lru_cache(maxsize=4096)
def _by_kinds(full: str) -> str | None:
    """The event that the kinds of a phrase's words make, where it is one only (``by_kinds``)."""
    words = full.split()
    kinds = {kind: {*map(str, listed)} for kind, listed in _declared()["kinds"].items()}
    if not words or words[-1] in kinds["links"]:
        return None
    found = {
        rule["event"]
        for rule in _declared()["by_kinds"]
        if all(any(word in kinds[kind] for word in words) for kind in rule["needs"])
        and all(any(word in kinds[kind] for kind in (*rule["needs"], *rule["may"])) for word in words)
    }
    return str(found.pop()) if len(found) == 1 else None


def names_ice(word: str) -> bool:
    """Whether a cell that says whom a person was released to names ICE."""
    words, kinds = {*spelled_out(word).split()}, _declared()["kinds"]
    return bool(words & {*kinds["ice"]}) and not words & {*kinds["not_to_them"]}


@cache
def known_words() -> frozenset[str]:
    """Every single word of a declared phrase or kind: what a word of a log may be written with."""
    data = _declared()
    listed = [*phrases(), *_of_nothing(), *_short(), *map(str, _short().values())]
    listed += [str(word) for kind in data["kinds"].values() for word in kind]
    listed += [str(word) for row in data["may_be"] for word in row["words"]]
    return frozenset(word for one in listed for word in one.split()) | _fillers()


def is_of_nothing(word: str) -> bool:
    """Whether a phrase is of no event of an audit, as ``Housing move``."""
    return spelled_out(word) in _of_nothing()


@cache
def _of_nothing() -> frozenset[str]:
    return frozenset(spelled_out(str(word)) for word in _declared()["of_nothing"])


def keeps_otherwise(word: str) -> bool:
    """Whether a phrase of no event says that a person is kept on another ground, as ``USMS hold placed``."""
    words, data = {*spelled_out(word).split()}, _declared()
    return not words & {*map(str, data["ended_otherwise"])} and any(
        all(words & {*map(str, listed)} for listed in rule) for rule in data["other_grounds"]
    )


def may_be(word: str) -> int:
    """The events that a phrase which is not understood may be, as a mask; 0 where no word in it is of one."""
    words = {*spelled_out(word).split()}
    found = {event for row in _declared()["may_be"] if words & {*map(str, row["words"])} for event in row["events"]}
    return sum(bits()[event] for event in events() if event in found)


def unread(word: str | None) -> str | None:
    """What is kept of a line whose word is not understood; None where it may be no event."""
    mask = may_be(word) if word else 0
    return f"{UNREAD}{mask}" if mask else None


def not_of_an_audit(name: str, many: int, words: Sequence[str]) -> str:
    """What is said of the lines of a log that are of no event of an audit."""
    shown = listed([quoted_word(word) for word in words[:MOST_NAMED]])
    more = f" and {len(words) - MOST_NAMED:,} other words" if len(words) > MOST_NAMED else ""
    return f"{name}: {plural(many, 'line')} of {shown}{more} not read: no event of an audit."


def quoted_word(word: str) -> str:
    """A declared word as it is shown."""
    return f"'{plain(word)}'"


def mask_of(event: str) -> int:
    """The events that a kept line (``unread``) may be."""
    return int(event.removeprefix(UNREAD)) if event.startswith(UNREAD) else 0
