"""Lines of text on a terminal, wrapped between words.

What enters: what a command prints as lines. What leaves: the same on a terminal of any width. Promise: where output is
no terminal, lines stay as they are, and no word is cut.
"""

from typing import Any

from rich.console import Console
from rich.text import Text

from ledger287.cli.plain import hanging, line_breaks


class WrappingConsole(Console):
    """A terminal on which lines that may be longer than it is wide are wrapped between words."""

    def print(self, *objects: Any, soft_wrap: bool | None = None, **how: Any) -> None:
        """Print; with ``soft_wrap``, lines as they are where output is no terminal, and else wrapped."""
        if not (soft_wrap and self.is_terminal and len(objects) == 1 and isinstance(objects[0], str)):
            super().print(*objects, soft_wrap=soft_wrap, **how)
            return
        text = Text.from_markup(objects[0], emoji=False) if how.pop("markup", True) else Text(objects[0])
        for line in text.split(allow_blank=True):
            within = hanging(line.plain, self.width)
            first, *others = line.divide(line_breaks(line.plain, self.width))
            for part in others:
                part.pad_left(within)
            for part in (first, *others):
                part.rstrip()
                super().print(part, soft_wrap=True, **how)
