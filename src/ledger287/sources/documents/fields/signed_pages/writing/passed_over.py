"""Ink that a look at a written day passed over: a sign of the writing for which the recognizer has none.

What enters: a strip, and how likely the recognizer finds each letter at each step along it. What leaves: whether there
is writing in a gap between two signs that is as wide as a sign. The module promises that a wide blank is no writing:
only dark columns count, apart from those of a ruled line.
"""

from typing import Any

from ledger287.sources.documents.pages import ocr

WIDE = 1.7
"""A gap so many times as wide as the one in the middle can hold a sign."""
INK = 0.6
"""The share of dark columns in such a gap from which it holds one; of blanks it is 0.3 at most, of signs 0.9."""
DARK = 140
RULED = 0.3
EDGE = 0.12
"""The share of a strip's height, above and below, where the writing of other lines reaches in."""
FEWEST = 4


def passed_over(strip: Any, likely: Any, letters: Any) -> bool:
    """Whether a gap between two signs of a day, from its first digit to its last, holds writing."""
    import numpy as np

    signs = _signs(likely, letters)
    digits = [at for at, (_, letter) in enumerate(signs) if letter.isdigit()]
    if len(digits) < FEWEST:
        return False
    width = max(8, min(ocr.MOST, round(strip.shape[1] * ocr.HIGH / strip.shape[0])))
    points = max(width, ocr.LEAST) / len(likely) * strip.shape[1] / width
    places = [step * points for step, _ in signs[digits[0] : digits[-1] + 1]]
    gaps = np.diff(places)
    usual = float(np.median(gaps))
    dark = _columns(strip)
    for left, gap in zip(places, gaps, strict=False):
        inside = dark[round(left + 0.6 * usual) : round(left + gap - 0.6 * usual)]
        if gap > WIDE * usual and inside.size and inside.mean() > INK:
            return True
    return False


def _signs(likely: Any, letters: Any) -> list[tuple[float, str]]:
    """The signs that a look says, each with the middle of the steps that say it."""
    best = [int(at) for at in likely.argmax(axis=1)]
    found: list[tuple[float, str]] = []
    first = 0
    for step in range(1, len(best) + 1):
        if step == len(best) or best[step] != best[first]:
            if best[first]:
                found.append(((first + step) / 2, letters[best[first]]))
            first = step
    return found


def _columns(strip: Any) -> Any:
    """Which columns of a strip are dark, apart from its edges and from ruled lines."""
    dark = strip < DARK
    rows = dark.mean(axis=1) <= RULED
    edge = round(len(rows) * EDGE)
    rows[:edge] = False
    rows[len(rows) - edge :] = False
    return dark[rows].sum(axis=0) >= 2
