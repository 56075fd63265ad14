"""Who signed for a party: the office, and the name as printed, from the party's column of a page of signatures.

What enters: a column, the page it is on, and the open page for its picture. What leaves: two fields. Newer forms label
them (Title:, Name:); older ones print the name and, under it, the office. The module promises that an office is made
only of words that offices have; a written title is looked at twice, and "read" only where both looks agree. Names are
kept with the document they are printed in, and are never looked up.
"""

import re
from typing import Any

from ledger287.sources.documents.declaring import common_words, forms
from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.fields.signed_pages.handwriting import look
from ledger287.sources.documents.fields.signed_pages.signatures import SignatureColumn
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, Line, ReadPage, lines

TITLE = re.compile(r"(?i)^\W*(?:t[il1]t[lI1]e)\b\W*")
NAME = re.compile(r"(?i)^\W*name\b\W*")
BODIES = re.compile(r"(?i)\b(?:office|department|dept|customs|homeland|removal|agency|city of|state of)\b")
SURE = 0.6
"""The mean confidence of a picture's words under which an office is a doubt."""
DPI = 220


def signer_of(column: SignatureColumn, page: ReadPage, source: Any) -> tuple[Field, Field]:
    """The office of a party's signer, and the name as printed."""
    rows = [row for row in lines(column.words) if row.text.strip("_ ")]
    for place, row in enumerate(rows):
        label = TITLE.match(row.text)
        if label:
            office = _office(row, row.text[label.end() :], page)
            if office is None or office.certainty != "read":
                office = _looked(column, row, page, source) or office
            return office or unread("no office could be read after the label", page.number), _labeled_name(rows, page)
        if BODIES.search(row.text) and not row.text.casefold().startswith(("deputy", "assistant", "acting")):
            continue
        office = _office(row, row.text, page)
        if office:
            return office, _name_above(rows, place, page)
    missing = unread("no office is printed in the column", page.number)
    return missing, unread("no name is printed where the form has it", page.number)


def _office(row: Line, text: str, page: ReadPage) -> Field | None:
    """An office as printed, where its words are those of offices; None where they are not."""
    value = _tidy(text)
    words = re.findall(r"[a-z]+", value.casefold())
    heads = forms()["signing"]["offices"]
    if not words or len(words) > 8 or not any(word in heads for word in words):
        return None
    first = next(place for place, word in enumerate(words) if word in heads or word in COMING)
    if first:
        value = value[value.casefold().index(words[first]) :]
        words = words[first:]
    known = common_words()
    strange = [word for word in words if word not in known and word not in heads and word not in COMING]
    confidence = sum(word.confidence for word in row.words) / len(row.words)
    sure = not strange and confidence >= SURE
    why = "printed" if sure else "words that offices do not have" if strange else "hard to read"
    return Field(value, "read" if sure else "doubt", page.number, row.box, why, round(confidence, 2))


COMING = frozenset(
    ("acting", "interim", "deputy", "assistant", "associate", "executive", "chief", "county", "general", "of", "and",
     "the", "district", "prosecuting", "commonwealth", "city", "town", "village", "state", "first", "senior")
)  # fmt: skip
"""Words that come before the head of an office."""


def _looked(column: SignatureColumn, row: Line, page: ReadPage, source: Any) -> Field | None:
    """An office that is written after its label, by two looks at its picture."""
    left, top, _, bottom = row.box
    box: Box = (left + 24, top - 6, column.strip[2], bottom + 6)
    seen = [
        look(ocr.draw_place(page, source, DPI, (box[0], box[1] - margin, box[2], box[3] + margin)))
        for margin in (0.0, 5.0)
    ]
    found = [office_in_writing(one.text) for one in seen if one]
    offices = [office for office, _ in found if office]
    if not offices:
        return None
    sure = len(found) == 2 and found[0] == found[1] and found[0][1]
    why = "written; two looks agree" if sure else "written; looks at it differ, or have other words"
    return Field(offices[0], "read" if sure else "doubt", page.number, box, why, offices.count(offices[0]) / 2)


def office_in_writing(text: str) -> tuple[str | None, bool]:
    """The office in a look at writing, in the words that offices have; and whether these are all of its words."""
    from rapidfuzz import fuzz

    heads = forms()["signing"]["offices"]
    plain = re.sub(r"(?i)(acting|deputy|assistant|chief)(?=[a-z]{3})", r"\1 ", text.casefold())
    kept, every = [], True
    for word in re.findall(r"[a-z]+", plain):
        if word in ("title", "tile", "te"):
            continue
        near = [(fuzz.ratio(word, known), known) for known in {*heads, *COMING, *FIELDS} if len(known) >= 4]
        score, known = max(near)
        if score >= ALIKE or word in SMALL:
            kept.append(word if word in SMALL else known)
        else:
            every = False
    while kept and kept[-1] in SMALL:
        kept.pop()
    if not any(word in heads for word in kept):
        return None, False
    return " ".join(word if word in SMALL else word.capitalize() for word in kept), every


ALIKE = 80
SMALL = ("of", "the", "and")
FIELDS = ("police", "public", "safety", "corrections", "enforcement", "operations", "state", "city")
"""What an office is of."""


def _labeled_name(rows: list[Line], page: ReadPage) -> Field:
    for row in rows:
        label = NAME.match(row.text)
        if label:
            return _name(row, row.text[label.end() :], page)
    for row in rows:
        party = re.match(r"(?i)^\W*for\s+(?:the\s+)?(?:lea|ice)\W+(?=\w)", row.text)
        if party:
            return _name(row, row.text[party.end() :], page)
    return unread("no name is printed where the form has it", page.number)


def _name_above(rows: list[Line], place: int, page: ReadPage) -> Field:
    if place:
        return _name(rows[place - 1], rows[place - 1].text, page)
    return unread("no name is printed above the office", page.number)


def _name(row: Line, text: str, page: ReadPage) -> Field:
    """A name as printed: two to five words with capitals, no digits."""
    value = _tidy(text)
    words = value.split()
    if not 2 <= len(words) <= 5 or not all(word[0].isupper() for word in words) or re.search(r"\d", value):
        return unread("no name could be read where the form has it", page.number)
    confidence = sum(word.confidence for word in row.words) / len(row.words)
    sure = page.kind == "text" and all(word.drawn for word in row.words)
    why = "printed" if sure else "as the reader of pictures has it"
    return Field(value, "read" if sure else "doubt", page.number, row.box, why, round(confidence, 2))


def _tidy(text: str) -> str:
    plain = re.sub(r"[_|~•*\"“”=]+", " ", text)
    return " ".join(plain.split()).strip(" ,.;:-'")
