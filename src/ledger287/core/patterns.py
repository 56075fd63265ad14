"""Regular expressions that are compiled when they are first used.

What enters: what ``re.compile`` takes. What leaves: a pattern that compiles itself at its first search. Promise: a
module with many patterns costs nothing to import; a pattern that is wrong is reported by the first search
(tests/test_patterns.py compiles every one). A pattern that is used often first looks for the words that every match
of it has: where a text has none of them, it is not searched, and the answer is the same.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from ledger287.core.searching.needed_words import words_needed

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "groupindex", "groups")
GUARDED: dict[str, Callable[[], Any]] = {"search": lambda: None, "finditer": lambda: iter(()), "findall": list}
"""Methods that need not be called for a text without a pattern's words, and what they then give."""
FEW = 300
"""Uses after which the words of a pattern are looked up: a single story is checked without, since that takes time."""
MADE: "list[WhenNeeded]" = []
"""Every pattern that was declared so far."""
_LOWERED: list[tuple[str, str | None]] = [("", "")]
"""The text that was last put in lower case."""
ODD = ("ı", "ſ", "İ")
"""Letters that ``re.IGNORECASE`` takes for others than ``str.lower`` does: such a text is always searched."""


class WhenNeeded:
    """A pattern that was not needed yet."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags
        self.uses = 0
        MADE.append(self)

    def __getattr__(self, name: str) -> Any:
        """Compile, and keep what the compiled pattern can do, so that the next use finds it at once."""
        if name not in METHODS:
            raise AttributeError(name)
        made = re.compile(self.pattern, self.flags)
        self.__dict__.update((one, getattr(made, one)) for one in METHODS)
        self.__dict__.update((one, self._counted(getattr(made, one), made)) for one in GUARDED)
        return self.__dict__[name]

    def _counted(self, method: Callable[..., Any], made: re.Pattern[str]) -> Callable[..., Any]:
        """A method that counts its uses, and looks up the words of the pattern after a few."""

        def used(*given: Any, **named: Any) -> Any:
            self.uses += 1
            if self.uses == FEW:
                needed = words_needed(self.pattern, self.flags)
                self.__dict__.update((one, _guarded(getattr(made, one), GUARDED[one], needed)) for one in GUARDED)
            return method(*given, **named)

        return used


def _guarded(
    method: Callable[..., Any], nothing: Callable[[], Any], needed: tuple[tuple[str, ...], bool] | None
) -> Callable[..., Any]:
    """A method that is called for texts alone that have one of the words."""
    if needed is None:
        return method
    words, folded = needed

    def guarded(text: str, *places: int) -> Any:
        low: str | None = text
        if folded:
            last = _LOWERED[0]
            low = last[1] if last[0] is text else lowered(text)
        if low is None:
            return method(text, *places)
        for word in words:
            if word in low:
                return method(text, *places)
        return nothing()

    return guarded


def lowered(text: str) -> str | None:
    """A text in lower case; None where ``re.IGNORECASE`` would read a letter of it as another one than that."""
    low = None if not text.isascii() and any(letter in text for letter in ODD) else text.lower()
    _LOWERED[0] = (text, low)
    return low


def with_words(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern in which each declared word has been put in where its name is in angle brackets: <MONTH>."""
    return NAME.sub(lambda found: words[found["name"]], pattern)


def filled_words(words: Mapping[str, str]) -> dict[str, str]:
    """Declared words by their names, each with those above it put in."""
    found: dict[str, str] = {}
    for name, pattern in words.items():
        found[name] = with_words(pattern, found)
    return found


def grouped_words(words: Mapping[str, str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Declared words by their names, each a group with those given and those above it put in."""
    found = dict(given or {})
    for name, pattern in words.items():
        found[name] = f"(?:{with_words(pattern, found)})"
    return found


def when_needed(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled at its first use."""
    return cast("re.Pattern[str]", WhenNeeded(pattern, int(flags)))


NAME = when_needed(r"<(?P<name>[A-Z_]+)>")
