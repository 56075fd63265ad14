"""Who signed for a party: the office, and the name as printed, from the party's column of a page of signatures.

What enters: a column, the page it is on, and the open page for its picture. What leaves: two fields. Newer forms label
them (Title:, Name:); older ones print the name and, under it, the office. The module promises that an office is made
only of words that offices have; a written title is looked at twice, and "read" only where both looks agree.
"""

import re
from typing import Any

from ledger287.sources.documents.declaring import common_words, forms
from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.fields.signed_pages.signatures import SignatureColumn
from ledger287.sources.documents.fields.signed_pages.signers.printed_names import LINE, name_of
from ledger287.sources.documents.fields.signed_pages.writing.blank import nothing_in
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, Line, ReadPage, lines

TITLE = re.compile(r"(?i)^\W*(?:t[il1]t[lI1]e)\b\W*")
BODIES = re.compile(r"(?i)\b(?:office|department|dept|customs|homeland|removal|agency|city of|state of)\b")
SURE = 0.6
"""The mean confidence of a picture's words under which an office is a doubt."""
DPI = 220


def signer_of(column: SignatureColumn, page: ReadPage, source: Any) -> tuple[Field, Field]:
    """The office of a party's signer, and the name as printed."""
    rows = [row for row in lines(column.words) if row.text.strip("_ ")]
    body = None
    for row in rows:
        label = TITLE.match(row.text)
        if label:
            office = _office(row, row.text[label.end() :], page)
            if office is None or office.certainty != "read":
                office = _looked(column, row, page, source) or office
            missing = unread("no office could be read after the label", page.number)
            return office or missing, name_of(column, page, source, None)
        if BODIES.search(row.text) and not row.text.casefold().startswith(("deputy", "assistant", "acting")):
            body = body or row
            continue
        office = _office(row, row.text, page)
        if office:
            return office, name_of(column, page, source, row.box)
    office = _above(column, body, page, source) if body else None
    return office or unread("no office is printed in the column", page.number), name_of(
        column, page, source, office.box if office else None
    )


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


def _above(column: SignatureColumn, body: Line, page: ReadPage, source: Any) -> Field | None:
    """An office over the line with the agency or ICE's office, where a signature crosses it: by two looks."""
    top = body.box[1]
    box: Box = (column.stamp[0] - 4, top - LINE, column.strip[2], top + 1)
    return _seen_in(box, page, source, "printed under a signature")


def _looked(column: SignatureColumn, row: Line, page: ReadPage, source: Any) -> Field | None:
    """An office that is written after its label, by two looks at its picture."""
    left, top, _, bottom = row.box
    box: Box = (left + 24, top - 6, column.strip[2], bottom + 6)
    if nothing_in((box[0] + 6, top - 2, box[2] - 10, bottom + 2), (left, top, left + 24, bottom), page, source):
        return None
    return _seen_in(box, page, source, "written")


def _seen_in(box: Box, page: ReadPage, source: Any, how: str) -> Field | None:
    """The office in a box, by two looks at its picture."""
    seen = [
        look(ocr.draw_place(page, source, DPI, (box[0], box[1] - margin, box[2], box[3] + margin)))
        for margin in (0.0, 5.0)
    ]
    found = [office_in_writing(one.text) for one in seen if one]
    offices = [office for office, _ in found if office]
    if not offices:
        return None
    sure = len(found) == 2 and found[0] == found[1] and found[0][1]
    why = f"{how}; two looks agree" if sure else f"{how}; looks at it differ, or have other words"
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


def _tidy(text: str) -> str:
    plain = re.sub(r"[_|~•*\"“”=]+", " ", text)
    return " ".join(plain.split()).strip(" ,.;:-'")
