"""The day that is printed in a column of a page of signatures, or stamped there by a digital signature.

What enters: a column, its page, and the open page. What leaves: a field, or None where the day has to be looked at in
its picture. The module promises that what is in the text layer only, and is not seen on the page, is no day that was
read: struck out, covered or white; nor is one next to words that make it the day of something else.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.fields.signed_pages.days import (
    NAMED,
    day_first,
    no_day,
    read_day,
    speaks_against,
    stamp_days,
)
from ledger287.sources.documents.fields.signed_pages.next_to import another_sense, of_something
from ledger287.sources.documents.fields.signed_pages.printed_words import is_digital, joined, lines_of, words_in
from ledger287.sources.documents.fields.signed_pages.seen.covered import is_in_ink, is_see_through, may_be_covered
from ledger287.sources.documents.fields.signed_pages.seen.marked import is_marked
from ledger287.sources.documents.fields.signed_pages.seen.shapes import PrintSeen, shapes_of
from ledger287.sources.documents.fields.signed_pages.seen.struck import is_struck
from ledger287.sources.documents.fields.signed_pages.seen.typed_over import is_typed_over
from ledger287.sources.documents.fields.signed_pages.signatures import BELOW, LABEL, SignatureColumn
from ledger287.sources.documents.fields.signed_pages.writing.blank import is_blank
from ledger287.sources.documents.fields.signed_pages.writing.cuts import LABELED
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage, Word, lines

STAMPED = "stamp of a digital signature"


def printed_day(column: SignatureColumn, page: ReadPage, source: Any) -> Field | None:
    """The day that is printed in a column, or stamped by a digital signature; None where it must be looked at."""
    typed = words_in(page.words, column.strip)
    under = words_in(page.words, column.stamp)
    stamps = stamp_days(" ".join(word.text for word in under))
    drawn = [word for word in typed if word.drawn] if page.kind == "text" else []
    said = read_day(joined(drawn)) if drawn else None
    own = [word for word in drawn if word.box[3] > column.strip[3] - BELOW - ON_LINE]
    if said is None and (one := read_day(joined(own))) and one.exact and (why := speaks_against(lines_of(drawn))):
        return Field(one.day.isoformat(), "doubt", page.number, column.strip, why)
    if said and said.exact:
        found = _as_seen(said.day, drawn, column.strip, page, source, "printed")
        if found is None:
            return _nothing_seen(said.day, column, page, source)
        if found.certainty == "read" and (why := another_sense(said.day, drawn, column, page)):
            return replace(found, certainty="doubt", why=why, confidence=None)
        if found.certainty == "read" and stamps and stamps != {said.day}:
            why = f"the signature's stamp says {', '.join(sorted(map(str, stamps)))}"
            return replace(found, certainty="doubt", why=why, confidence=None)
        return found
    if drawn and said is None and (said_so := no_day(joined(drawn)) or _of_no_year(joined(drawn))):
        return _of_no_day(said_so, column, page)
    if len(stamps) == 1 and page.kind == "text" and all(word.drawn for word in under):
        day = stamps.pop()
        dated = [word for word in under if sum(map(str.isdigit, word.text)) >= DIGITS]
        return _as_seen(day, dated, column.stamp, page, source, STAMPED) or _nothing_seen(day, column, page, source)
    near = None if stamps else _near_label(column, page, source)
    if near:
        return near
    if not stamps and not is_digital(under) and is_blank(column, page, source):
        return unread("no day is written where the form has it", page.number)
    return None


def _of_no_day(text: str, column: SignatureColumn, page: ReadPage) -> Field:
    """What is printed as a day and is none: 02/30/2025 is unread, 25/03/2025 a doubt, with the day before the month."""
    turned = day_first(text)
    if turned is None:
        return unread(f"{text} is printed, which is not a day", page.number)
    why = f"{text} is printed, which is a day only with its month second"
    return Field(turned.isoformat(), "doubt", page.number, column.strip, why)


def _near_label(column: SignatureColumn, page: ReadPage, source: Any) -> Field | None:
    """A day printed between the label of the day and the next label, with nothing else there but its own words."""
    left, top, right, bottom = column.strip
    ends = [word.box[1] for word in column.words if word.middle > bottom and NEXT.match(word.text)]
    box = (left - LABEL, top, right, min([*ends, bottom + NEAR]))
    words = [word for word in column.words if box[1] <= word.middle < box[3]]
    if page.kind != "text" or not words or not all(word.drawn for word in words):
        return None
    text = joined(words)
    day = read_day(text)
    if day is None or not day.exact or of_something(words):
        return None
    return _as_seen(day.day, words, box, page, source, "printed next to the line of the day")


UNSURE = "its signs are not seen in shapes that are known, and no reader of pictures is here"
OTHER_YEAR = re.compile(r"(?<![\d/.\-])\d{1,2}([/.\-])\d{1,2}\1(?!20[0-3])\d{4}(?![\d/\-])")


def _of_no_year(text: str) -> str | None:
    """A day that is printed with a year in which no agreement can have been signed: 2/19/1925."""
    found = OTHER_YEAR.search(text)
    return found[0] if found else None


def _nothing_seen(day: date, column: SignatureColumn, page: ReadPage, source: Any) -> Field | None:
    """A day of the text layer that is not seen: no day where its place is blank, else what is written there counts."""
    if is_blank(column, page, source):
        return unread(f"{day.isoformat()} is in the text layer, and is not seen on the page", page.number)
    return None


def _as_seen(day: date, words: Sequence[Word], box: Box, page: ReadPage, source: Any, why: str) -> Field | None:
    """A day of the text layer, read where it is seen as well: not struck out, and not covered. None where it is not."""
    own = [word for word in words if not LABELED.match(word.text)]
    if is_struck(own, page, source):
        return Field(day.isoformat(), "doubt", page.number, box, "a line is drawn across it")
    if is_typed_over(own, page.words):
        return Field(day.isoformat(), "doubt", page.number, box, "something else is printed over it")
    if is_marked(own, page, source):
        return Field(day.isoformat(), "doubt", page.number, box, "something small is drawn on it")
    shapes = shapes_of(own, page, source)
    if shapes is not PrintSeen.SO and not is_in_ink(own, page, source):
        return None
    if is_see_through(own, page, source):
        return Field(
            day.isoformat(), "doubt", page.number, box, "it is mixed with what is under it, and may not be seen"
        )
    if shapes is not PrintSeen.SO:
        if ocr.strip_reader() is None and not may_be_covered(own, page, source, inked=True):
            return Field(day.isoformat(), "doubt", page.number, box, UNSURE)
        seen = _day_seen(own, page, source)
        if seen is None:
            return None
        if seen != day:
            said = f"the text layer has {day.isoformat()}, which is not seen on the page"
            return Field(seen.isoformat(), "doubt", page.number, box, said)
        if shapes is PrintSeen.OTHERWISE:
            return Field(day.isoformat(), "doubt", page.number, box, "a digit of it has the shape of another")
    return Field(day.isoformat(), "read", page.number, box, why, 1.0)


def _day_seen(words: Sequence[Word], page: ReadPage, source: Any) -> date | None:
    """The day that looks at the lines of words say together."""
    looks = []
    for line in lines(tuple(words)):
        left, top, right, bottom = line.box
        wider = (left - AROUND, top - AROUND, right + AROUND, bottom + AROUND)
        looks.append(look(ocr.draw_place(page, source, DPI, wider)))
    return _said(" ".join(one.text for one in looks if one))


def hidden_words(words: list[Word], page: ReadPage, source: Any) -> bool:
    """Whether words that are drawn on a page may not be seen there."""
    drawn = [word for word in words if word.drawn and not LABELED.match(word.text)]
    return page.kind == "text" and may_be_covered(drawn, page, source)


def is_part_of_a_day(words: list[Word], page: ReadPage) -> bool:
    """Whether words that are drawn on a page have numbers or a month, and no day: looks would make one of 03/04."""
    text = joined([word for word in words if word.drawn]) if page.kind == "text" else ""
    day = read_day(text)
    return (day is None or not day.exact) and (len(re.findall(r"\d", text)) > 1 or NAMED.search(text) is not None)


def _said(text: str) -> date | None:
    """The day that a look at a picture says, or that of a stamp in it."""
    found = read_day(LABELED.sub("", text))
    stamped = stamp_days(text)
    return found.day if found else stamped.pop() if len(stamped) == 1 else None


DPI, AROUND = 220, 3.0
"""At which resolution a covered day is looked at, and how much more of the page around it, in points."""
DIGITS = 4
"""A word with so many digits can be the day of a stamp."""
ON_LINE = 5.0
"""How far above the foot of its label a word on the same line can end, in points."""
NEAR = 30.0
"""How far below the strip of a day, in points, one that is printed off its line is looked for."""
NEXT = re.compile(r"(?i)^\W*(?:signature|name|title|agency|by|digitally|docusigned|for)\b")
