"""The name of a party's signer as printed in its column of a page of signatures.

What enters: a column, the page it is on, the open page for its picture, and where the office is. What leaves: a field.
Newer forms label a name or have it behind "For ICE:", older ones print it next to the office. The module promises that
a name is "read" only where it is drawn as text, where two looks at its picture agree letter by letter, or where one
agrees with the text there; where a form has no place for a name, none is looked for. Names are kept with the document
they are printed in, and are never looked up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.sources.documents.declaring import forms
from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.fields.signed_pages.signatures import SignatureColumn
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import Look, look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, Line, ReadPage, Word, lines

LABEL = re.compile(r"(?i)^\W*(?:name|1dph)(?![a-z])\W*")
"""The label of a name; in some text layers each letter of a form's labels is 29 places on."""
PARTY = re.compile(r"(?i)^\W*for\s+(?:the\s+)?(?:lea|ice)(?![a-z])\W*")
ABOVE, BELOW = 10.0, 4.0
"""How far a name reaches above and below the line of its label, in points."""
LINE = 13.0
"""The height of a line of print next to an office, in points."""
APART = 26.0
"""How far above an office the name can be, in points."""
WIDE = 32.0
"""The printed word ``Name:`` is no wider, in points; rules drawn after it are read as part of it."""
MARGINS = (0.0, 3.0)
DPI = 220
SURE = 0.9
"""The mean likelihood of the letters of a look from which it counts."""
MOST, LONG = 5, 3
"""So many words a name has at most, and one of them has so many letters at least."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name is printed: the box, and the words of the page's text in it."""

    box: Box
    words: tuple[Word, ...]


def name_of(column: SignatureColumn, page: ReadPage, source: Any, office: Box | None) -> Field:
    """The name of a party's signer."""
    best: Field | None = None
    for place in _places(column, office):
        found = _name_at(place, page, source)
        if found and found.certainty == "read":
            return found
        best = best or found
    return best or unread("no name could be read where the form has it, or it has no place for one", page.number)


def _places(column: SignatureColumn, office: Box | None) -> Iterator[_Place]:
    """Where a form has a name, the likeliest place first."""
    labels = [word for word in column.words if LABEL.match(word.text)]
    for label in labels:
        begins = min(label.box[2], label.box[0] + WIDE)
        yield _place(column, (begins, label.box[1] - ABOVE, column.strip[2], label.box[3] + BELOW), label)
    if labels:
        return
    for row in lines(column.words):
        party = PARTY.match(row.text)
        if party:
            head = _head(row, party.end())
            box = (head[-1].box[2], row.box[1] - ABOVE, column.strip[2], head[-1].box[3] + BELOW)
            yield _place(column, box, *head)
            return
    if office:
        left, right = column.stamp[0] - 4, column.strip[2]
        above = [row.box for row in lines(column.words) if office[1] - APART < row.box[3] < office[1] - 1]
        if above:
            yield _place(column, (left, above[-1][1] - 1, right, above[-1][3] + 1))
        for top in (office[1] - LINE, office[3] - 1):
            yield _place(column, (left, top, right, top + LINE + 1))


def _head(row: Line, end: int) -> list[Word]:
    """The words of a line up to a place in its text."""
    found: list[Word] = []
    at = 0
    for word in row.words:
        if at >= end and found:
            break
        found.append(word)
        at += len(word.text) + 1
    return found


def _place(column: SignatureColumn, box: Box, *labels: Word) -> _Place:
    left, top, right, bottom = box
    inside = [
        word
        for word in column.words
        if top <= word.middle <= bottom and word.box[2] > left + 1 and word.box[0] < right and word not in labels
    ]
    return _Place(box, tuple(sorted(inside, key=lambda word: word.box[0])))


def _name_at(place: _Place, page: ReadPage, source: Any) -> Field | None:
    words = place.words
    said = name_in(" ".join(word.text for word in words)) or name_in(
        " ".join(word.text for word in words if word.drawn)
    )
    if said and page.kind == "text" and all(word.drawn for word in words):
        return Field(said, "read", page.number, _around(words), "printed", 1.0)
    return _looked(place, said, page, source)


def _looked(place: _Place, said: str | None, page: ReadPage, source: Any) -> Field | None:
    """A name by looks at its picture, held against what the text of the page has there."""
    from rapidfuzz.distance import Levenshtein

    left, top, right, bottom = place.box
    if said and letters(said) == letters(_seen(place.box, page, source, True) or ""):
        return Field(said, "read", page.number, _around(place.words), AGREES, 1.0)
    boxes = [(left + margin, top - margin / 2, right, bottom + margin / 2) for margin in MARGINS]
    names = []
    box = _around(place.words) if said else place.box
    for at in boxes:
        name = _seen(at, page, source)
        if name and said and letters(said) == letters(name):
            return Field(said, "read", page.number, box, AGREES, 1.0)
        names += [name] if name else []
    if len(names) == len(MARGINS) and len({letters(name) for name in names}) == 1:
        if said and Levenshtein.distance(letters(said), letters(names[0])) <= NEARLY:
            return Field(names[0], "doubt", page.number, box, "looks agree, and another reader has other letters", 0.5)
        return Field(names[0], "read", page.number, box, "two looks at its picture agree", 1.0)
    if not names and not said:
        return None
    return Field(said or names[0], "doubt", page.number, box, "looks at its picture differ", 0.5)


NEARLY = 2
"""By so many letters differs what another reader has of the same name; what differs by more is of the signature."""
AGREES = "printed; a look at its picture agrees"


def _seen(box: Box, page: ReadPage, source: Any, trimmed: bool = False) -> str | None:
    """The name that a look at a box is sure of; without the blank ends of its picture it is quicker."""
    picture = ocr.draw_place(page, source, DPI, box)
    one = look(ocr.trimmed(picture) if trimmed else picture)
    return name_in(parted(LABEL.sub("", one.text))) if one and _is_sure(one) else None


def _is_sure(one: Look) -> bool:
    """Whether the recognizer is sure of the letters that it says."""
    best = one.likely.max(axis=1)[one.likely.argmax(axis=1) > 0]
    return bool(best.size) and float(best.mean()) >= SURE


def parted(text: str) -> str:
    """A name with the spaces that a reader of lines leaves out: ToddM.Lyons."""
    return re.sub(r"(?<=[a-z])(?<!Mc)(?<!Mac)(?=[A-Z])|(?<=[.,])(?=[A-Z][a-z])", " ", text)


def name_in(text: str) -> str | None:
    """A name as printed: two to five words with capitals, without digits and words of labels, offices and agencies."""
    value = " ".join(re.sub(r"[_|~•*\"“”=:;]+", " ", text).split()).strip(" ,.-'")
    value = re.sub(r"(?<=[A-Za-z])\s+\.", ".", value)
    words = value.split()
    while len(words) > 2 and _bare(words[0]) in forms()["signing"]["offices"]:
        words = words[1:]
    if not 2 <= len(words) <= MOST or re.search(r"[^A-Za-zÀ-ÿ.,'’\- ]", " ".join(words)):
        return None
    if not all(word[0].isupper() for word in words) or not any(len(_bare(word)) >= LONG for word in words):
        return None
    return None if any(_bare(word) in _no_names() for word in words) else " ".join(words)


def letters(text: str) -> str:
    """The letters of a name, in one case."""
    return re.sub(r"[^a-zà-ÿ]", "", text.casefold())


def _bare(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.casefold())


@cache
def _no_names() -> frozenset[str]:
    """Words of labels, offices and agencies, which are in no name."""
    signing = forms()["signing"]
    both = {*signing["blanks"], *signing["offices"], *signing["ice"], *forms()["agency_words"]}
    return frozenset(both - GIVEN)


GIVEN = frozenset(["marshal", "major", "judge", "north", "west", "south", "parish", "may", "april", "june", "august"])
"""Words of offices and places that are names of persons too."""


def _around(words: tuple[Word, ...]) -> Box:
    return Line(words).box
