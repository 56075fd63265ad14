"""What looks at a day say clearly, against a day that their letters together would make of it.

What enters: the looks at a strip, and the day that was found. What leaves: why it may be none, or another's. The module
promises that print with something else next to it, or that is plainly no day, is a doubt however well some day fits.
"""

import re
from collections.abc import Sequence
from datetime import date

from ledger287.sources.documents.fields.signed_pages.days import OF_OTHERS, near_month, read_day, stamp_days
from ledger287.sources.documents.fields.signed_pages.next_to import left_over, of_another_weekday
from ledger287.sources.documents.fields.signed_pages.writing.cuts import LABELED
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import Look, ways

CLEAR = 0.8
"""How likely the least likely letter of a look is that says clearly what is there."""
WORD = 5
"""So many letters in a row are a word: hardly a day in numbers is read as so many."""
SLASH = r"[/1|lI.\-]"
"""A slash, and what it is read as."""


def against(looks: Sequence[Look], day: date) -> str | None:
    """Why what most looks say is not the day, or not the signature's."""
    texts = [LABELED.sub("", one.text) for one in looks]
    said = [text for text in texts if (read := read_day(text)) and read.day == day]
    other = [word for text in said if (word := _with_it(text, day))]
    if len(said) > 1 and 2 * len(other) >= len(said):
        return other[0]
    clear = [text for text, one in zip(texts, looks, strict=True) if one.least >= CLEAR]
    if 2 * len(clear) >= len(looks) and 2 * sum(not _may_mean(text, day) for text in clear) > len(clear):
        return "most looks clearly say something else"
    words = [text for text in texts if any(near_month(word) is None for word in _words(text))]
    if not said and 2 * len(words) > len(texts):
        return "most looks say words that are not of a day"
    if not said and 2 * sum(map(_has_no_year, texts)) > len(texts):
        return "most looks say no year"
    return None


def _with_it(text: str, day: date) -> str | None:
    if len(stamp_days(text)) > 1:
        return "its time is UTC, so that the day before may be the local one"
    if found := OF_OTHERS.search(text):
        return f"written next to the word {found[0]}"
    exact = read_day(text)
    return (left_over(text) if exact and exact.exact else None) or of_another_weekday(day, text)


def _may_mean(text: str, day: date) -> bool:
    """Whether a text is the day, slips of readers taken back: slashes read as ones."""
    read = read_day(text)
    if read is not None and read.exact:
        return read.day == day
    plain = re.sub(r"\s", "", text).strip(".,:;-_")
    return any(re.fullmatch(re.escape(way).replace("/", SLASH), plain, re.IGNORECASE) is not None for way in ways(day))


def _has_no_year(text: str) -> bool:
    """Whether a text is two short numbers, as 03/08 is."""
    numbers = re.findall(r"\d+", text)
    return len(numbers) == 2 and max(map(len, numbers)) <= 2 and not re.search(r"[^\W\d]", text)


def _words(text: str) -> list[str]:
    return re.findall(rf"[^\W\d_]{{{WORD},}}", text)
