"""A plain text whose lines were broken at some width -> the same text with blanks for the breaks; offsets stay.

Mail and releases are wrapped so. A line goes on in the next one where that begins in lower case; and, in lines of a
width that people wrap at, where the next one's first word would not have fitted. A finished sentence, a blank line or
the mark of a list ends a paragraph.
"""

from itertools import pairwise

from ledger287.core.patterns import when_needed

NARROWEST, WIDEST = 60, 130
"""Characters: the widths at which text is wrapped. A longer line is a paragraph of its own."""
LEAST = 25
"""Characters of a line that can be the first part of a longer one; a shorter one is a heading or a name."""
ENDED = (".", "!", "?", ":", ".”", ".’", '."', "?”", "!”", '?"', '!"', ".)")
BREAK = when_needed(r"\r\n|[\r\n]")
LIST_MARK = when_needed(r"\s*(?:[•·*\-–—>]|\d{1,2}[.)]\s)")


def rejoined(text: str) -> str:
    """The text, as long as before."""
    lines = _lines(text)
    found = list(text)
    group: list[tuple[int, int, str]] = []
    for line in [*lines, (len(text), len(text), "")]:
        if line[2].strip():
            group.append(line)
            continue
        _join(found, group)
        group = []
    return "".join(found)


def _lines(text: str) -> list[tuple[int, int, str]]:
    """Begin, end and words of each line."""
    lines, start = [], 0
    for cut in BREAK.finditer(text):
        lines.append((start, cut.start(), text[start : cut.start()]))
        start = cut.end()
    lines.append((start, len(text), text[start:]))
    return lines


def _join(found: list[str], group: list[tuple[int, int, str]]) -> None:
    width = max((len(words.rstrip()) for _, _, words in group), default=0)
    for (_, end, words), (start, _, following) in pairwise(group):
        if _goes_on(words.rstrip(), following, width):
            found[end:start] = " " * (start - end)


def _goes_on(words: str, following: str, width: int) -> bool:
    if len(words) < LEAST or words.endswith(ENDED) or LIST_MARK.match(following):
        return False
    if following.lstrip()[0].islower():
        return True
    return NARROWEST <= width <= WIDEST and len(words) + 1 + len(following.split(maxsplit=1)[0]) > width
