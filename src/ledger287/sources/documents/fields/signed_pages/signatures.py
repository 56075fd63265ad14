"""A page of signatures -> the two columns: whose each is, and where its day is.

What enters: a page with words. What leaves: ``SignatureColumn`` for ICE and for the agency, with the strip in which the
day is printed, stamped or written. The module promises to give no column where the page does not say whose it is.
"""

import re
from dataclasses import dataclass, replace

from ledger287.sources.documents.declaring import forms
from ledger287.sources.documents.pages.page import Box, ReadPage, Word, lines

LABEL = 27.0
"""The width of the printed word ``Date:`` in points; rules drawn after it are read as part of it."""
NARROW, SMALL = 10.0, 22.0
"""Between these widths the word is set in a font of 5 to 10 points, and a day begins before ``LABEL``."""
ABOVE, BELOW = 14.0, 6.0
"""How far writing reaches above and below the label, in points."""
STAMP = 60.0
"""How far below the label the stamp of a digital signature reaches."""
LABELED = re.compile(r"(?i)^\W?(d[ao]t[ec]|[do]?ate)[:;.,_=~x\-]*")
"""The label of a day, as poor readers have it too."""
SPLIT = 0.44
"""Where the columns part, as a share of the page's width, if no label says so."""


@dataclass(frozen=True, slots=True)
class SignatureColumn:
    """One party's column. ``strip`` is where its day is, ``stamp`` where a digital signature's day would be.

    ``further`` says that another signed below: a county judge, an attorney general, a board, with a day or without.
    """

    side: str
    strip: Box
    stamp: Box
    words: tuple[Word, ...]
    further: bool = False


def is_signing(text: str) -> bool:
    """Whether a page's text has the sentence that is above the signatures."""
    plain = re.sub(r"\W+", " ", text.casefold())
    return "signing this" in plain or ("fully authorized to" in plain and "bound thereto" in plain)


def is_addendum(text: str) -> bool:
    """Whether the signatures of a page are of an addendum."""
    plain = re.sub(r"\W+", " ", text.casefold())
    return "signing this addendum" in plain or "this addendum is effective" in plain


def columns(page: ReadPage) -> tuple[SignatureColumn, ...]:
    """The two columns of a page of signatures; of two pages on one sheet, those of the one that is signed."""
    half = _half_of_sheet(page)
    if half is None:
        return _columns(page)
    begins, words = half
    own = {_moved(word, -begins): word for word in words}
    return tuple(
        replace(
            column,
            strip=_aside(column.strip, begins),
            stamp=_aside(column.stamp, begins),
            words=tuple(own[word] for word in column.words),
        )
        for column in _columns(replace(page, width=page.width / 2, words=tuple(own)))
    )


def _half_of_sheet(page: ReadPage) -> tuple[float, tuple[Word, ...]] | None:
    """Where the page that is signed begins on a sheet of two pages, and its words; None where it is one page."""
    if page.width <= page.height:
        return None
    middle = page.width / 2
    sides = [tuple(word for word in page.words if (word.box[0] >= middle) == right) for right in (False, True)]
    if min(map(len, sides)) < PAGE or any(word.box[2] > middle + NEXT_TO for word in sides[0]):
        return None
    for begins, words in zip((0.0, middle), sides, strict=True):
        if _start(replace(page, words=words)):
            return begins, words
    return None


PAGE = 50
"""So many words has each of two pages on one sheet, at least."""


def _moved(word: Word, by: float) -> Word:
    return replace(word, box=_aside(word.box, by))


def _aside(box: Box, by: float) -> Box:
    return box[0] + by, box[1], box[2] + by, box[3]


def _columns(page: ReadPage) -> tuple[SignatureColumn, ...]:
    """The two columns of one page."""
    start = _start(page)
    below = tuple(word for word in page.words if word.middle > start)
    labels = [word for word in below if LABELED.match(word.text) and word.box[0] < 0.8 * page.width]
    labels = [word for word in labels if not _is_of_another_day(word, below)]
    left = _first([word for word in labels if word.box[0] < 0.3 * page.width])
    right = _first([word for word in labels if 0.38 * page.width < word.box[0] < 0.66 * page.width], left)
    if left is None and right is None:
        return ()
    if left is None or right is None:
        under = _under(left or right, labels)
        if len(under) > 1:
            return _stacked(page, below, under)
    split = (right.box[0] - 4) if right else SPLIT * page.width
    sides = _sides(below, split)
    if sides is None:
        return ()
    left_x = left.box[0] if left else _edge(page, 0)
    right_x = right.box[0] if right else _header(below, split) or split + 8
    found = []
    for side, label, other, x, limit in (
        (sides[0], left, right, left_x, split),
        (sides[1], right, left, right_x, page.width - 12),
    ):
        near = label or other
        if near is None:
            continue
        top, bottom = _label_height(near)
        edge = min([limit, *(more.box[0] - 4 for more in labels if _is_further(more, near, x))])
        begins = _behind(label, x)
        strip = (begins, top - ABOVE, edge, bottom + BELOW)
        stamp = (x, top - ABOVE, edge, bottom + STAMP)
        inside = tuple(w for w in below if x - 4 <= w.box[0] < edge)
        below_it = any(word in labels and word.middle > bottom + STAMP + 6 for word in inside)
        found.append(SignatureColumn(side, strip, stamp, inside, below_it or _is_signed_below(inside, bottom)))
    return tuple(found)


OF_A_BOARD = re.compile(
    r"(?i)^\W*(?:title:?\s*)?(?:county\s+judge|judge[\s/\-]executive|chair(?:man|woman)?\b|mayor\b|president\b)"
)
"""The office of one who signs for a county or city, below the agency's own signer."""
BLOCK = 40.0
"""So far apart, in points, are the offices of two signers, one under the other, at least."""


def _is_signed_below(words: tuple[Word, ...], bottom: float) -> bool:
    """Whether an office of a county or city is printed well below another office, though no day of it was read."""
    below = [line for line in lines(words) if line.box[1] > bottom]
    first = next((line.box[1] for line in below if _has_office(line.text)), None)
    return first is not None and any(OF_A_BOARD.match(line.text) and line.box[1] > first + BLOCK for line in below)


def _has_office(text: str) -> bool:
    return not set(re.findall(r"[a-z]+", text.casefold())).isdisjoint(forms()["signing"]["offices"])


def _is_further(more: Word, label: Word, x: float) -> bool:
    """Whether another label is on the line of one, to the right of where a column begins: of a third column."""
    return more is not label and more.box[0] > x + APART and abs(more.middle - label.middle) < LEVEL


LEVEL = 7.0
"""So far apart, in points, are the middles of labels on one line at most."""
NEXT_TO = 8.0
"""How far apart two words of one label are at most, in points."""
QUALIFIED = re.compile(
    r"(?i)^(?:effective|expir\w+|start\w*|end\w*|begin\w*|due|print\w*|approv\w+|issue\w*|meeting|birth)$"
)
QUALIFIES = re.compile(r"(?i)^(?:of|received|approved|adopted|effective|issued|filed|printed|expires)\b(?! sign)")


def _is_of_another_day(label: Word, words: tuple[Word, ...]) -> bool:
    """Whether a label is of another day than a signature's: Effective Date, Date of approval."""
    level = [word for word in words if word is not label and abs(word.middle - label.middle) < NEXT_TO / 2]
    before = [word.text for word in level if 0 <= label.box[0] - word.box[2] + 1 < NEXT_TO]
    behind = [word for word in sorted(level, key=lambda word: word.box[0]) if word.box[0] > label.box[0]]
    said = " ".join(word.text for word in behind[:2]) if behind and behind[0].box[0] - label.box[2] < NEXT_TO else ""
    return any(QUALIFIED.match(one) for one in before) or bool(QUALIFIES.match(said))


SENTENCE, FOOT, FIRST = 50.0, 0.9, 0.4
"""How far down the sentence above the signatures goes on, in points; from which share of a page its foot begins; and
above which share of the next page the labels are where the signatures are there."""
FEW = 40
"""The most words above them: the end of the sentence and a header."""
OF_ITS_OWN = re.compile(r"(?i)\b(?:amendment|addendum|appendix|resolution|exhibit|attachment)\b")
"""The heading of a page that begins something of its own."""


def goes_on(page: ReadPage) -> bool:
    """Whether a page ends with the sentence above the signatures, which are then on the next one."""
    start = _start(page)
    return start > 0 and not any(start + SENTENCE < word.middle < FOOT * page.height for word in page.words)


def carries_on(page: ReadPage) -> bool:
    """Whether a page begins with the two columns of signatures, the end of a sentence at most being above them."""
    found = columns(page)
    if len(found) < 2 or is_signing(page.text) or is_addendum(page.text):
        return False
    top = min(one.strip[1] for one in found)
    above = [word.text for word in page.words if word.middle < top]
    return top < FIRST * page.height and len(above) <= FEW and not OF_ITS_OWN.search(" ".join(above))


APART = 40.0
"""Labels of one column that are so far apart, in points, are of two signatures, one under the other."""


def _under(label: Word | None, labels: list[Word]) -> list[Word]:
    """A label with those below it in its column, where the page has none in another."""
    if label is None or any(abs(word.box[0] - label.box[0]) > APART for word in labels):
        return []
    found = [label]
    for word in sorted(labels, key=lambda word: word.middle):
        if word.middle - found[-1].middle > APART:
            found.append(word)
    return found


def _stacked(page: ReadPage, below: tuple[Word, ...], labels: list[Word]) -> tuple[SignatureColumn, ...]:
    """Two signatures one under the other, each from its heading (For the LEA) on; none without such headings."""
    heads = [
        line.box[1]
        for line in lines(below)
        if re.match(r"(?i)\W*for\b", line.text) and labels[0].middle < line.box[1] < labels[1].middle
    ]
    if len(labels) != 2 or len(heads) != 1:
        return ()
    parts = [tuple(w for w in below if (w.middle < heads[0]) == upper) for upper in (True, False)]
    scores = [_score(words) for words in parts]
    if (scores[0] > 0) == (scores[1] > 0) or 0 in scores:
        return ()
    found = []
    for label, words, score in zip(labels, parts, scores, strict=True):
        top, bottom = _label_height(label)
        begins, limit = _behind(label, label.box[0]), page.width - 12
        strip, stamp = (begins, top - ABOVE, limit, bottom + BELOW), (label.box[0], top - ABOVE, limit, bottom + STAMP)
        found.append(SignatureColumn("ice" if score > 0 else "agency", strip, stamp, words))
    return tuple(found)


def _score(words: tuple[Word, ...]) -> int:
    """How many more words of ICE than of an agency there are."""
    marks = forms()["signing"]
    plain = [re.sub(r"[^a-z']", "", word.text.casefold()) for word in words]
    return sum((word in marks["ice"]) - (word in marks["agency"]) for word in plain)


def _behind(label: Word | None, left: float) -> float:
    """Where a label ends: its own end where it is printed by itself in small letters, else the usual width."""
    if label is not None and re.fullmatch(r"(?i)\W?date:?", label.text) and NARROW < label.box[2] - left < SMALL:
        return label.box[2] + 0.5
    return left + LABEL


def _label_height(label: Word) -> tuple[float, float]:
    """The height of a label; a tall box has swallowed writing, and its foot counts."""
    bottom = label.box[3]
    return max(label.box[1], bottom - 11), bottom


def _first(words: list[Word], near: Word | None = None) -> Word | None:
    """The uppermost label; the one in line with another, if there is one."""
    if near is not None:
        level = [word for word in words if abs(word.middle - near.middle) < 14]
        words = level or words
    return min(words, key=lambda word: word.middle) if words else None


def _start(page: ReadPage) -> float:
    """Where the sentence above the signatures begins; the columns are below it."""
    for index, word in enumerate(page.words):
        if word.text.casefold().startswith("signing") and any(
            other.text.casefold().startswith("this") for other in page.words[index : index + 4]
        ):
            return word.middle + 8
    return 0.0


def _sides(words: tuple[Word, ...], split: float) -> tuple[str, str] | None:
    """Whose columns the left and the right are; None where the words do not say."""
    marks = forms()["signing"]
    scores = [0, 0]
    for word in words:
        plain = re.sub(r"[^a-z']", "", word.text.casefold())
        half = 0 if word.box[0] < split else 1
        if plain in marks["ice"]:
            scores[half] += 1
        elif plain in marks["agency"]:
            scores[half] -= 1
    if scores[0] == scores[1]:
        return None
    return ("ice", "agency") if scores[0] > scores[1] else ("agency", "ice")


def _edge(page: ReadPage, start: float) -> float:
    """The left margin of the text."""
    lefts = sorted(word.box[0] for word in page.words if word.middle > start)
    return lefts[len(lefts) // 20] if lefts else 0.1 * page.width


def _header(words: tuple[Word, ...], split: float) -> float | None:
    found = [word.box[0] for word in words if word.box[0] >= split and word.text.casefold().startswith("for")]
    return min(found) if found else None
