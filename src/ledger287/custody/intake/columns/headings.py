"""Headings as jail systems write them -> the fields of the vocabulary.

What enters: the first rows of a file. What leaves: which of them is the heading, whether the file is a table of cases
or a log, and what each heading holds: a field, or the day or the time of day of an event that two columns share.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Literal

from ledger287.core.text import without_accents
from ledger287.custody.case.event_words import phrases, spelled_out
from ledger287.custody.case.vocabulary import (
    FURTHER,
    event_words,
    events,
    further_headings,
    headings,
    log_headings,
    plain,
    vocabulary,
)

Shape = Literal["cases", "log"]
Part = Literal["both", "day", "time"]
LOOK_FOR = 60
"""Among how many first rows the heading is looked for."""
_BOTH = (
    "date and time",
    "date time",
    "datetime",
    "dttm",
    "dtm",
    "timestamp",
    "dt tm",
    "ts",
    "date tm",
    "d t",
    "fecha y hora",
)
_DAY, _TIME = ("date", "dt", "day", "fecha"), ("time", "tm", "hour", "hr", "hora")


@dataclass(frozen=True, slots=True)
class HeadingMeaning:
    """What a heading holds: a field, and of an event whether its day, its time of day, or both.

    ``soft`` where it is another way of writing an event of which a table may have several columns: a declared heading
    of that event goes before it.
    """

    field: str
    part: Part = "both"
    soft: bool = False


@lru_cache(maxsize=1024)
def words_of(heading: str) -> str:
    """A heading for comparing: lower case, ``#`` as number, joined words apart, other signs as spaces."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", without_accents(heading.strip()))
    words = plain(re.sub(r"['’‘ʼ`´]", "", re.sub(r"#", " number ", apart))).split()
    short = vocabulary()["abbreviations"]
    return " ".join(str(short.get(word, word)) for word in words)


@cache
def known(shape: Shape) -> Mapping[str, str]:
    """Every declared heading of a table of cases, or of a log, in plain words."""
    return log_headings() if shape == "log" else headings()


@lru_cache(maxsize=1024)
def held(heading: str, shape: Shape) -> HeadingMeaning | None:
    """What a heading holds; None where it is not a declared one. One without spaces may be of two words, as BKNO."""
    heading = _form_of_times().sub("", heading) or heading
    if found := _held(heading, shape):
        return found
    words = words_of(heading)
    for ending, meant in vocabulary()["joined"].items():
        bare = words.removesuffix(ending).strip()
        if len(bare) > 1 and words.endswith(ending) and (found := _held(f"{bare} {meant}", shape)):
            return found
    return _numbered(words)


@cache
def _form_of_times() -> re.Pattern[str]:
    """Brackets that only say how the times of a column are written."""
    return re.compile(vocabulary()["form_of_times"], re.IGNORECASE)


def _numbered(words: str) -> HeadingMeaning | None:
    """The number of a case in words of such a heading, and of whose it is: ``Inmate Booking No``, ``Booking Ref``."""
    kinds = vocabulary()["case_numbers"]
    every = words.split()
    some = [any(word in kinds[kind] for word in every) for kind in ("of", "number")]
    return (
        HeadingMeaning("case", soft=True)
        if all(some) and all(any(word in kinds[kind] for kind in kinds) for word in every)
        else None
    )


def _held(heading: str, shape: Shape) -> HeadingMeaning | None:
    fields = known(shape)
    if shape == "cases" and (further := _further(heading)):
        return further
    for words in dict.fromkeys((plain(heading) if "#" not in heading else "", words_of(heading))):
        if words in fields:
            return _plainly(fields[words], words)
    words = words_of(heading)
    for endings, part in ((_BOTH, "both"), (_DAY, "day"), (_TIME, "time")):
        for ending in endings:
            for bare in (words.removesuffix(f" {ending}"), words.removeprefix(f"{ending} ")):
                if bare != words and (field := _event(bare) or vocabulary()["of_days"].get(bare)):
                    return HeadingMeaning(field, part)  # type: ignore[arg-type]
                if bare != words and (jail := _of_the_jail(bare)):
                    return HeadingMeaning(jail, part, soft=True)  # type: ignore[arg-type]
    for ending in vocabulary()["whether"]:
        if words.endswith(f" {ending}") and (field := _event(words.removesuffix(f" {ending}"))):
            return HeadingMeaning(field)
    field = _event(words.removesuffix(" on"))
    if field is None and (jail := _of_the_jail(words)):
        return HeadingMeaning(jail, soft=True)
    return HeadingMeaning(field) if field else None


def _further(heading: str) -> HeadingMeaning | None:
    """What a heading of a second or third detainer holds."""
    words = words_of(heading)
    for endings, part in ((("",), "both"), (_BOTH, "both"), (_DAY, "day"), (_TIME, "time")):
        for ending in endings:
            for bare in {words.removesuffix(f" {ending}"), words.removeprefix(f"{ending} ")} if ending else {words}:
                field = further_headings().get(bare) if not ending or bare != words else None
                if field and (part == "both" or FURTHER.get(field, field) in events()):
                    return HeadingMeaning(field, part)  # type: ignore[arg-type]
    return None


def _plainly(field: str, words: str) -> HeadingMeaning:
    """A declared heading such as ``release time`` holds both, unless another column has the day; so with a log's."""
    if field == "at":
        return HeadingMeaning(field, "day" if words in _log_days() else "time" if words in _log_hours() else "both")
    part: Part = "time" if field in events() and words.endswith(" time") else "both"
    return HeadingMeaning(field, part, soft=field in OF_ANY or words in _case_otherwise())


OF_ANY = ("released_to",)
"""Fields of which a table may have several columns, of which one is read."""


@cache
def _case_otherwise() -> frozenset[str]:
    return frozenset(plain(word) for word in vocabulary()["case_otherwise"])


@cache
def _log_hours() -> frozenset[str]:
    """Headings of a log's time that may be that of a day only, if another column has the day."""
    every = map(plain, vocabulary()["log"]["at"])
    return frozenset(words for words in every if words.endswith("time") or words.startswith("hora"))


@cache
def _log_days() -> frozenset[str]:
    return frozenset(plain(word) for word in vocabulary()["log"]["day"])


def _event(words: str) -> str | None:
    words = re.sub(r"^(?:of|the|del|de la|de) ", "", words)
    known = event_words()
    return known.get(words) or known.get(words.removesuffix(" at")) or _phrase(words)


OF_THE_JAIL = ("booked", "charges_cleared", "released", "transferred")
"""Events of which a table may have columns of several kinds: their other headings are ``soft``."""


def _phrase(words: str) -> str | None:
    found = phrases().get(spelled_out(words)) if " " in words else None  # one word alone may be a value of a row
    return None if found in OF_THE_JAIL else found


def _of_the_jail(words: str) -> str | None:
    """The event of words that a jail's log would have for it; one word alone may be a value of a row."""
    return phrases().get(spelled_out(words)) if " " in words else None


def shape_of(heads: Sequence[str]) -> Shape:
    """A log has a column for the event and one for its time; anything else is a table of cases."""
    fields = {found.field for head in heads if (found := held(head, "log"))}
    return "log" if {"event", "at"} <= fields else "cases"


def heading_row(rows: Sequence[Sequence[str]], named: Sequence[str] = ()) -> int:
    """Which of the first rows is the heading: the one with most headings that are known, or that a map names."""
    best, most = -1, 0
    for place, row in enumerate(rows[:LOOK_FOR]):
        cells = [cell for cell in row if cell.strip()]
        score = _known(row, named)
        if score > most and (len(cells) > 1 or score > 2):
            best, most = place, score
    if best >= 0 and most > 1:
        return best
    return next((place for place, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)


def _known(row: Sequence[str], named: Sequence[str]) -> int:
    """How many headings of a row are known, those that a map names three times."""
    wanted = {plain(name) for name in named}
    cells = [cell for cell in row if cell.strip()]
    fields = {
        found.field + found.part
        for cell in cells
        if len(cell) <= 60 and (found := held(cell, "cases") or held(cell, "log"))
    }
    return 3 * sum(plain(cell) in wanted for cell in cells) + len(fields)


def two_lines(rows: Sequence[Sequence[str]], first: int, named: Sequence[str] = ()) -> tuple[int, list[str]] | None:
    """A heading that is written in two lines, as Release over Date: the second of them, and the cells joined.

    None where one line alone has as many known headings. A cell of the upper line may be over several columns.
    """
    best, found = _known(rows[first], named), None
    for upper, lower in ((first - 1, first), (first, first + 1)):
        if upper < 0 or lower >= len(rows) or any(re.search(r"\d\d", cell) for cell in rows[lower]):
            continue
        if sum(bool(cell.strip()) for cell in rows[upper]) < 2:
            continue
        columns = zip_longest(rows[upper], _carried(rows[upper]), rows[lower], fillvalue="")
        joined = [_under(over, carried, cell) for over, carried, cell in columns]
        if (score := _known(joined, named)) > best:
            best, found = score, (lower, joined)
    return found


def _carried(row: Sequence[str]) -> list[str]:
    """A row whose blank cells have what is on their left, as in cells that were merged."""
    found: list[str] = []
    for cell in row:
        found.append(cell if cell.strip() or not found else found[-1])
    return found


def _under(over: str, carried: str, cell: str) -> str:
    """A cell with what is over it, or over a column to its left, or by itself: the first of them that is known."""
    joined, own = (" ".join(f"{upper} {cell}".split()) for upper in (carried, over))
    return next((head for head in (joined, cell) if held(head, "cases") or held(head, "log")), own)


def unique(cells: Sequence[str]) -> list[str]:
    """Headings each of which is found once: a second of one name is numbered, a blank is named by its place."""
    found: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"column {place}"
        number = 1
        while (unlike := name if number == 1 else f"{name} ({number})") in found:
            number += 1
        found.append(unlike)
    return found


@cache
def _words_of_headings() -> frozenset[str]:
    """Every word of a declared heading, of an audit's columns and of personal data."""
    personal = vocabulary()["personal"]
    listed = (
        *headings(),
        *log_headings(),
        *personal["headings"],
        *personal["not_of_persons"],
        *personal["place_headings"],
    )
    short = vocabulary()["abbreviations"]
    every = {word for words in (*listed, *_BOTH, *_DAY, *_TIME, *short.values()) for word in str(words).split()}
    return frozenset(every | {*map(str, short)})


def _looks_like_headings(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a line has a word of a declared heading, or most columns have digits below it, as of days and numbers."""
    if any({*words_of(head).split()} & _words_of_headings() for head in heads):
        return True
    given = [place for place, head in enumerate(heads) if head.strip()]
    numbered = [
        place for place in given
        if all(re.search(r"\d", row[place]) for row in rows if place < len(row) and row[place].strip())
    ]  # fmt: skip
    return bool(rows) and 2 * len(numbered) > len(given)


_VALUE = re.compile(r"(?i)(?=.*\d)[\d\s:/.,#+-]+(?:t[\d:.]+)?\s*(?:[ap]\.?m\.?|z|[a-z]{3,4})?")


def holds_values(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the line where headings are expected may be a row itself: none is a declared heading, and one is a
    number, a day, a time, a word for nothing, or a value that its own column has again; or no word is of a heading.
    """
    if any(held(head, "cases") or held(head, "log") for head in heads):
        return False
    if not _looks_like_headings(heads, rows):
        return True
    again = any(
        head.strip() and head.strip() == cell.strip() for row in rows for head, cell in zip(heads, row, strict=False)
    )
    return again or any(_VALUE.fullmatch(head.strip()) for head in heads)
