"""What is printed next to a day on a page of signatures: whether it makes the day another's than a signature's.

What enters: the day, the words printed at its place, its column and page. What leaves: why it may not be the day of the
signature, or None. The module promises that a day is left alone only where everything printed with it is known: words
that days are printed with, a time, initials, the name of who signed; anything else makes it a doubt.
"""

import re
from collections.abc import Sequence
from datetime import date

from ledger287.sources.documents.fields.signed_pages.days import (
    NAMED,
    OF_OTHERS,
    WEEKDAYS,
    speaks_against,
    without_days,
)
from ledger287.sources.documents.fields.signed_pages.printed_words import YEAR_IN_BLANKS, lines_of
from ledger287.sources.documents.fields.signed_pages.signatures import LABELED, SignatureColumn
from ledger287.sources.documents.pages.page import Box, ReadPage, Word, lines

TIME = re.compile(r"(?i)\b\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|[+-]\d\d['’:]?\d\d['’]?")
OF_A_DAY = re.compile(
    rf"(?i){NAMED.pattern}|\b(?:date|dated|signed|signature|executed|this|day|of|on|the|year|in|[ap]m|[a-z][ds]t|utc|gmt"
    rf"|{'|'.join(WEEKDAYS)})\b|(?<=\d)(?:st|nd|rd|th)\b"
)
"""The words that a day may be printed with."""
BY_A_SERVICE = re.compile(r"(?i)d[il1]?g[il1|!]t|docu\s?sign|signed\s+by\s*:")
"""What services for signatures print with a name: their other words are theirs."""
RULE = re.compile(r"_+B*")
"""A rule, as far as fonts whose letters are given 29 too low have it."""
INITIALS = frozenset(("NO", "BY", "AS", "TO", "OR", "IF", "AT", "CC", "NA"))
"""Two capitals that are no initials."""
STAMPS = re.compile(
    r"(?i)\b(?:received|recieved|rec['’]?v?d|filed|recorded|docketed|scanned|faxed|clerk|notary|sworn|subscribed|copy)\b"
)
"""Words of stamps that have a day of their own."""
HIGH, LOW, ASIDE, MOST = 48.0, 30.0, 40.0, 6
"""How far above and below a day, and to its sides, in points, a stamp's other lines are; and its most words."""
CHAIN = 25.0
"""How far apart the words of one label are at most, in points."""
OF_SIGNING = frozenset(
    ("date", "dated", "signed", "signature", "signatures", "sign", "signing", "and", "the", "for", "lea", "ice",
     "agency")
)  # fmt: skip
"""The words of a label of a signature's day."""
ACROSS = 6.0
"""How far into the other column, in points, a day may reach."""


def another_sense(day: date, words: Sequence[Word], column: SignatureColumn, page: ReadPage) -> str | None:
    """Why a day that is printed at the place of a signature's day may be another's."""
    said = lines_of(words)
    if why := speaks_against(said) or of_something(words) or of_another_label(column, page):
        return why
    if max(word.box[2] for word in words) > column.strip[2] + ACROSS:
        return "printed across both columns"
    return of_another_weekday(day, " ".join(said)) or of_a_stamp(around_day(column, words), page)


def of_something(words: Sequence[Word]) -> str | None:
    """That a day is printed with something that is not a day's own, nor the name of who signed: EXP 03/04/2025."""
    text = RULE.sub(" ", YEAR_IN_BLANKS.sub(r"20\1", " ".join(lines_of(words))))
    return None if BY_A_SERVICE.search(text) else left_over(text)


def left_over(text: str) -> str | None:
    """That a text has something next to a day that is not a day's own."""
    rest = OF_A_DAY.sub(" ", TIME.sub(" ", without_days(text)))
    for one in re.findall(r"[^\W\d_]+|\d+|[?~<>*%$#&+=@^]", rest):
        if one.isalpha() and len(one) == 2 and one.isupper() and one not in INITIALS:
            continue
        return f"printed next to the word {one}" if one.isalpha() else f"printed next to {one!r}"
    return None


def of_another_weekday(day: date, text: str) -> str | None:
    """That the day of the week printed with a day is not the one that it was."""
    said = re.findall(rf"(?i)\b(?:{'|'.join(WEEKDAYS)})\b", text)
    return f"it was not a {said[0]}" if said and said[0].casefold()[:3] != f"{day:%a}".casefold() else None


def of_another_label(column: SignatureColumn, page: ReadPage) -> str | None:
    """That the label of a day has another word before it: Board Date, Mailing Date.

    On a picture, where labels are read with slips, only words that are known to make it another's count.
    """
    left, top, _, bottom = column.strip
    begins, middle = left, (top + bottom) / 2
    level = [word for word in page.words if abs(word.middle - middle) < LEVEL and word.box[0] < left - SLACK]
    label: list[str] = []
    for word in sorted(level, key=lambda word: -word.box[0]):
        if label and word.box[2] < begins - CHAIN:
            break
        if label or LABELED.match(word.text) or _qualifies(word.text):
            begins = word.box[0]
            label.append(word.text)
    own = " ".join(one for one in reversed(label) if not LABELED.match(one))
    said = re.findall(r"[^\W\d_]{3,}", NAMED.sub(" ", own))
    other = [one for one in said if _qualifies(one) or (page.kind == "text" and one.casefold() not in OF_SIGNING)]
    return f"printed behind the word {other[0]}" if other else None


def _qualifies(text: str) -> bool:
    """Whether a word makes the label behind it that of another day than a signature's."""
    word = text.strip(":.,()")
    return bool(OF_OTHERS.fullmatch(word) or OF_ANOTHER.fullmatch(word))


OF_ANOTHER = re.compile(
    r"(?i)(?:mail|print|review|start|post|fil|record|hir|issu|clos|return|submit|refer)\w*|minutes|agenda|term|duty|notice"
)
"""Words before a label of a day that make it another's than a signature's, further to those of ``OF_OTHERS``."""
LEVEL, SLACK = 7.0, 3.0
"""How far from the middle of a strip the label's own is, in points, and how far into it a label may reach."""


def around_day(column: SignatureColumn, words: Sequence[Word]) -> Box:
    """The place around a day in which other lines of a stamp would be, within its column."""
    left, right = min(word.box[0] for word in words), max(word.box[2] for word in words)
    _, top, limit, bottom = column.strip
    edge = column.stamp[0] - CHAIN
    return max(edge, left - ASIDE), top - HIGH, min(limit, right + ASIDE), bottom + LOW


def of_a_stamp(place: Box, page: ReadPage) -> str | None:
    """That a line around a day is of a stamp that an office puts on papers: RECEIVED, above the day."""
    near = tuple(
        word
        for word in page.words
        if place[1] < word.middle < place[3] and word.box[2] > place[0] and word.box[0] < place[2]
    )
    for line in lines(near):
        text = line.text if any(len(word.text) > 1 for word in line.words) else line.text.replace(" ", "")
        if len(line.words) <= max(MOST, len(text)) and (found := STAMPS.search(text)):
            return f"next to the word {found[0]} of a stamp"
    return None
