"""The day in a column of a page of signatures, read in several ways, and what they agree on.

What enters: a column, the page it stands on, and the open page for its picture. What leaves: a field with the day.
Readings: words drawn on the page, the stamp of a digital signature, the layer of an OCR program, and the picture
itself, looked at several times in several cuts. The module promises that ``read`` is printed text, or readings of
writing that agree with none against them; a single reading, or a strong rival, is a doubt.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger287.sources.documents import ocr
from ledger287.sources.documents.days import Day, read_day, stamp_days
from ledger287.sources.documents.field import Field, unread
from ledger287.sources.documents.page import Box, Page, Word, lines
from ledger287.sources.documents.signatures import Column

CUTS = ((0.0, 0.0), (3.0, 0.0), (-4.0, -1.0), (6.0, 2.0), (0.0, -3.0))
"""How much more of the strip a look takes above and below, in points."""
SCALES = (220, 300)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a day. ``weight`` counts looks that gave it, ``exact`` those without a slip."""

    day: date
    kind: str
    weight: float
    exact: bool


def signed_day(column: Column, page: Page, source: Any) -> Field:
    """The day of a column."""
    typed = _words_in(page.words, column.strip)
    stamps = stamp_days(" ".join(word.text for word in _words_in(page.words, column.stamp)))
    drawn = [word for word in typed if word.drawn] if page.kind == "text" else []
    said = read_day(_joined(drawn)) if drawn else None
    if said and said.exact:
        if stamps and stamps != {said.day}:
            why = f"the signature's stamp says {', '.join(sorted(map(str, stamps)))}"
            return Field(said.day.isoformat(), "doubt", page.number, column.strip, why)
        return Field(said.day.isoformat(), "read", page.number, column.strip, "printed")
    if len(stamps) == 1 and all(word.drawn for word in _words_in(page.words, column.stamp)) and page.kind == "text":
        return Field(stamps.pop().isoformat(), "read", page.number, column.stamp, "stamp of a digital signature")
    looked = _looks(column.strip, page, source)
    stamped = _stamp_looks(column.stamp, page, source, stamps)
    layer = read_day(_joined(typed)) if typed else None
    return _decide(looked, layer, stamped, page, column)


def _decide(looked: "Counter[Day]", layer: Day | None, stamped: "Counter[date]", page: Page, column: Column) -> Field:
    votes: Counter[date] = Counter()
    for day, many in looked.items():
        votes[day.day] += many
    exact = {day.day for day in looked if day.exact}
    if layer:
        votes[layer.day] += 2
        if layer.exact:
            exact.add(layer.day)
    if not votes and stamped:
        (best, most), *others = stamped.most_common(2)
        sure = most >= 2 and not others
        return Field(
            best.isoformat(), "read" if sure else "doubt", page.number, column.stamp, "stamp of a digital signature"
        )
    if not votes:
        return unread("no day could be read where the form has it", page.number)
    (best, most), *others = votes.most_common(2)
    rival = others[0][1] if others else 0
    if stamped and best not in stamped:
        return Field(
            best.isoformat(), "doubt", page.number, column.strip, "a digital signature's stamp says another day"
        )
    sure = most >= 4 and rival * 4 <= most and best in exact
    why = f"{most} readings" + (f", {rival} of {others[0][0]}" if others else "")
    return Field(best.isoformat(), "read" if sure else "doubt", page.number, column.strip, why)


def _looks(strip: Box, page: Page, source: Any) -> "Counter[Day]":
    """The days that looks at the strip give, with their number."""
    found: Counter[Day] = Counter()
    if ocr.strip_reader() is None:
        return found
    left, top, right, bottom = strip
    for dpi in SCALES:
        whole = ocr.draw(source, dpi, (left, top - 8, right, bottom + 4), page.turned)
        for above, below in CUTS:
            first = max(0, round((8 - above) * dpi / 72))
            last = whole.shape[0] - max(0, round((4 - below) * dpi / 72))
            text, _ = ocr.strip_text(whole[first:last])
            day = read_day(text)
            if day:
                found[day] += 1
    return found


def _stamp_looks(box: Box, page: Page, source: Any, layer: set[date]) -> "Counter[date]":
    found: Counter[date] = Counter(layer)
    text = " ".join(word.text for word in _words_in(page.words, box)).casefold()
    if not layer and not any(sign in text for sign in ("digital", "signed", "igned")):
        return found
    for dpi in (220, 300):
        words = ocr.rapid_words(ocr.draw(source, dpi, box, page.turned), dpi)
        found.update(stamp_days(" ".join(line.text for line in lines(words))))
    return found


def _words_in(words: tuple[Word, ...], box: Box) -> list[Word]:
    return [
        word
        for word in words
        if box[1] <= word.middle <= box[3] and word.box[2] > box[0] + 2 and word.box[0] < box[2] - 2
    ]


def _joined(words: list[Word]) -> str:
    text = " ".join(line.text for line in lines(tuple(words)))
    return text.replace("Date:", " ").replace("_", " ")


def in_order(agency: Field, ice: Field, version: date | None, known: date | None) -> tuple[Field, Field]:
    """Days against each other: signed before its form was made, or far apart, is a doubt."""
    return _checked(agency, ice, version, known), _checked(ice, agency, version, known)


APART = timedelta(days=200)


def _checked(field: Field, other: Field, version: date | None, known: date | None) -> Field:
    if field.value is None or field.certainty != "read":
        return field
    day = date.fromisoformat(field.value)
    why = None
    if version and day < version:
        why = f"before the form's own date, {version}"
    elif known and day > known:
        why = f"after {known}, when the document was known"
    elif other.value and abs(day - date.fromisoformat(other.value)) > APART:
        why = f"far from the other signature, {other.value}"
    return Field(field.value, "doubt", field.page, field.box, why) if why else field
