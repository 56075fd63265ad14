"""What the two commands share that are answered without the command library: the options as typed, and the output.

What enters: the words of a command, or a text. What leaves: the options by name, or None where the usual way is to read
them; and whether the text was written. Imports nothing large.
"""

import os
import sys
from collections.abc import Sequence

from ledger287.cli.plain import print_plainly

FILE = "FILE"
"""The name under which a file is given that is named without an option."""


def options_given(
    words: Sequence[str], command: str, takes: Sequence[str], *, names_a_file: bool = False
) -> dict[str, str] | None:
    """The options of a command, each at most once, and its file where it takes one.

    None where another command or another word is there. ``takes`` are the options with a value; ``--json`` has none.
    """
    if not words or words[0] != command:
        return None
    given: dict[str, str] = {}
    rest = list(words[1:])
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if names_a_file and not word.startswith("-"):
            name, value = FILE, word
        elif name in takes and not equals:
            if not rest or rest[0].startswith("-"):
                return None
            value = rest.pop(0)
        elif name not in takes and word != "--json":
            return None
        if name in given:
            return None
        given[name] = value
    return given if FILE in given or not names_a_file else None


def written(text: str) -> bool:
    """Write an answer to standard output in any locale; False where nobody reads it any more."""
    print_plainly()
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - so that nothing is written at the end
        return False
    return True
