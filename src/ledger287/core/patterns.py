"""Regular expressions that are compiled when they are first used.

What enters: what ``re.compile`` takes. What leaves: a pattern that compiles itself at its first search and is as fast
as any other from then on. Promise: a module with many patterns costs nothing to import; a pattern that is wrong is
reported by the first search (tests/test_patterns.py compiles every one).
"""

import re
from typing import Any, cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "groupindex", "groups")
MADE: "list[WhenNeeded]" = []
"""Every pattern that was declared so far."""


class WhenNeeded:
    """A pattern that was not needed yet."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags
        MADE.append(self)

    def __getattr__(self, name: str) -> Any:
        """Compile, and keep what the compiled pattern can do, so that the next use finds it at once."""
        if name not in METHODS:
            raise AttributeError(name)
        made = re.compile(self.pattern, self.flags)
        self.__dict__.update((one, getattr(made, one)) for one in METHODS)
        return self.__dict__[name]


def when_needed(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled at its first use."""
    return cast("re.Pattern[str]", WhenNeeded(pattern, int(flags)))
