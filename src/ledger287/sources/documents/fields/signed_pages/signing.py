"""The day in a column of a page of signatures, read in several ways, and what they agree on.

What enters: a column, its page, and the open page for its picture. What leaves: a field with the day.
Readings: words drawn on the page, the stamp of a digital signature, the layer of an OCR program, and the picture
itself, looked at several times in several cuts. The module promises that ``read`` is printed text, or readings of
writing that agree with none against them; a single reading, or a strong rival, is a doubt.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger287.sources.documents.declaring import limits
from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.fields.signed_pages.days import (
    NAMED,
    no_day,
    of_another_year,
    read_day,
    speaks_against,
)
from ledger287.sources.documents.fields.signed_pages.next_to import (
    CHAIN,
    HIGH,
    LOW,
    of_a_stamp,
    of_another_label,
)
from ledger287.sources.documents.fields.signed_pages.printed import STAMPED, hidden_words, is_part_of_a_day
from ledger287.sources.documents.fields.signed_pages.printed_words import is_digital, joined, lines_of, words_in
from ledger287.sources.documents.fields.signed_pages.signatures import ABOVE, BELOW, SignatureColumn
from ledger287.sources.documents.fields.signed_pages.writing.clear_looks import against
from ledger287.sources.documents.fields.signed_pages.writing.cuts import (
    CUTS,
    FIRST,
    LABELED,
    are_enough,
    are_no_day,
    say_no_day,
    say_the,
    say_two_days,
)
from ledger287.sources.documents.fields.signed_pages.writing.cuts import looks_at as _looks
from ledger287.sources.documents.fields.signed_pages.writing.handwriting import (
    LONGEST,
    Look,
    Written,
    look,
    read_written,
)
from ledger287.sources.documents.fields.signed_pages.writing.stamps import stamped_days
from ledger287.sources.documents.fields.signed_pages.writing.struck_pictures import is_struck_in_picture
from ledger287.sources.documents.fields.signed_pages.writing.varied import seen_in_every_look
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Box, ReadPage

AGAIN_DPI = (160, 220, 300)
SLANTS = (-0.35, -0.2, 0.0, 0.2, 0.35)
"""Further looks where the first differ: at other sizes, and with the writing slanted otherwise."""
EARLY = timedelta(days=60)
"""A day so shortly before its form was made can be what is written: the form may be dated after it was used."""
EVER = (date(2002, 1, 1), date(2040, 1, 1))
LETTERS = 6
"""So many letters at least has a look at a line on which a digital signature put a name."""


def looked_day(
    column: SignatureColumn, page: ReadPage, source: Any, window: tuple[date, date] | None, known: date | None = None
) -> Field:
    """The day that is written in a column, from looks at its picture; ``window`` are the days it can be.

    Without a window it can be any day until ``known``, on which the document was there.
    """
    first, last = window or (EVER[0], known or EVER[1])
    stamped = _stamp_looks(column.stamp, page, source)
    typed = words_in(page.words, column.strip)
    hidden = hidden_words(typed, page, source)
    if hidden:
        typed = []
    layer = read_day(joined(typed)) if typed else None
    exact_layer = bool(layer and layer.exact)
    looks = _looks(column.strip, page, source, (first, last), say_no_day if stamped else None)
    if layer and len(looks) < FIRST and not say_the(looks, layer.day):
        looks = _looks(column.strip, page, source)
    votes: Counter[date] = Counter()
    early: Counter[date] = Counter()
    exact: set[date] = set()
    by_year: Counter[date] = Counter()
    for text in (LABELED.sub("", one.text) for one in looks):
        day = read_day(text)
        if day and first <= day.day <= last:
            votes[day.day] += 1
            exact |= {day.day} if day.exact else set()
        elif day and timedelta(0) < first - day.day <= EARLY:
            early[day.day] += 1
        elif window and (near := of_another_year(text, first, last)):
            by_year[near] += 1
    if layer and first <= layer.day <= last:
        votes[layer.day] += 2
        exact |= {layer.day} if layer.exact else set()
    lettered = any(sum(map(str.isalpha, LABELED.sub("", one.text))) >= LETTERS for one in looks)
    if not stamped and not votes and lettered:
        stamped = _stamp_looks(column.stamp, page, source, True)
    if stamped and not exact:
        (day_stamped, most), *others = stamped.most_common(2)
        sure = most >= 2 and not others
        share = most / stamped.total()
        return Field(day_stamped.isoformat(), "read" if sure else "doubt", page.number, column.stamp, STAMPED, share)
    plain = are_enough(looks, (first, last)) and len(votes) == 1
    nothing = not votes and are_no_day(looks)
    scored = window and looks and not plain and not nothing
    ways = [read_written(looks, first, last, wide) for wide in (False, True)] if scored else []
    found = _decide(votes, exact, stamped, [way for way in ways if way], page, column, plain)
    if found.certainty != "read" and not stamped:
        found = (
            _of_one_mind(votes, by_year, page, column)
            or _seen_anew(votes, (first, last), page, column, source)
            or (_seen_varied(votes, window, page, column, source) if window and not nothing else None)
            or found
        )
    if found.certainty == "read" and early and max(early.values()) > sum(votes.values()):
        return replace(found, certainty="doubt", why="more looks say a day shortly before the form was made")
    if found.certainty == "read" and 2 * sum(no_day(one.text) is not None for one in looks) > len(looks):
        return replace(found, certainty="doubt", why="most looks say numbers that are not a day")
    if found.certainty == "read" and not exact_layer and _is_partly_read(looks, found.value):
        return replace(found, certainty="doubt", why="a sign of the writing is not read by most looks")
    if found.certainty == "read" and (why := speaks_against(lines_of(typed)) or _said_with(looks, found, column, page)):
        return replace(found, certainty="doubt", why=why)
    if found.certainty == "read" and hidden and not exact:
        return replace(found, certainty="doubt", why="a part of what is printed there is not seen")
    if found.certainty == "read" and exact_layer is False and is_part_of_a_day(typed, page):
        return replace(found, certainty="doubt", why="what is printed there is not a complete day")
    if found.certainty == "read" and is_struck_in_picture(column.strip, _foot(column), page, source):
        return replace(found, certainty="doubt", why="a line is drawn across it")
    return found if votes or found.certainty == "read" else _line_below(column, page, source, (first, last)) or found


def _said_with(looks: list[Look], found: Field, column: SignatureColumn, page: ReadPage) -> str | None:
    """What most looks say next to a day, or the page prints around it, that makes it the day of something else."""
    if found.value and (why := against(looks, date.fromisoformat(found.value))):
        return why
    left, top, right, bottom = column.strip
    return of_another_label(column, page) or of_a_stamp((left - CHAIN, top - HIGH, right, bottom + LOW), page)


def _foot(column: SignatureColumn) -> float:
    """The height of the foot of a label's letters; a tall label has swallowed the rule, or writing below."""
    top, bottom = column.strip[1] + ABOVE, column.strip[3] - BELOW
    return bottom - (SWALLOWED if bottom - top > TALL else 0.0)


TALL, SWALLOWED = 10.0, 2.5


def _is_partly_read(looks: list[Look], day: str | None) -> bool:
    """Whether most of the looks that say a day in numbers passed over writing between its signs."""
    saying = [one for one in looks if (read := read_day(LABELED.sub("", one.text))) and read.day.isoformat() == day]
    return 2 * sum(one.passed_over and NAMED.search(one.text) is None for one in saying) > len(saying)


def _of_one_mind(
    votes: "Counter[date]", by_year: "Counter[date]", page: ReadPage, column: SignatureColumn
) -> Field | None:
    """A day that nearly every look says, in some but for one digit of the year; None where any look says another."""
    together = votes + by_year
    if len(together) != 1:
        return None
    [(day, most)] = together.items()
    if most < int(limits()["writing"]["unanimous"]):
        return None
    why = f"{most} looks at the writing agree, but for a digit of the year"
    return Field(day.isoformat(), "read", page.number, column.strip, why, most / len(CUTS))


def _seen_anew(
    votes: "Counter[date]", window: tuple[date, date], page: ReadPage, column: SignatureColumn, source: Any
) -> Field | None:
    """A day that the first looks put first, and that looks at other sizes and slants all say, most of them exactly."""
    ranked = votes.most_common(2)
    need = limits()["writing"]
    if not ranked or ranked[0][1] < 2 or ocr.strip_reader() is None:
        return None
    left, top, right, bottom = column.strip
    read = []
    for dpi in AGAIN_DPI:
        strip = ocr.draw_place(page, source, dpi, (left, top - 4, right, bottom + 2))
        for by in SLANTS:
            one = look(ocr.slanted(strip, by))
            day = read_day(LABELED.sub("", one.text)) if one else None
            if day and window[0] <= day.day <= window[1]:
                if day.day != ranked[0][0]:
                    return None
                read.append(day)
    if len(read) < int(need["unanimous"]):
        return None
    if sum(day.exact for day in read) < int(need["votes"]):
        return None
    why = f"{len(read)} looks at other sizes and slants agree"
    share = len(read) / (len(AGAIN_DPI) * len(SLANTS))
    return Field(ranked[0][0].isoformat(), "read", page.number, column.strip, why, share)


def _seen_varied(
    votes: "Counter[date]", window: tuple[date, date], page: ReadPage, column: SignatureColumn, source: Any
) -> Field | None:
    """A day that looks with thinner and thicker strokes all put first; the first looks may say no other more often."""
    written = seen_in_every_look(column.strip, page, source, window) if ocr.strip_reader() else None
    if written is None or votes[written.day] < max(votes.values(), default=0):
        return None
    why = f"leads every other day by {written.lead:.1f} with strokes of every width"
    return Field(written.day.isoformat(), "read", page.number, column.strip, why, written.share)


def _line_below(column: SignatureColumn, page: ReadPage, source: Any, window: tuple[date, date]) -> Field | None:
    """A day written on the line of the signature, where the line of the day has none: only where looks say no other."""
    label = next((word for word in column.words if re.match(r"(?i)^\W*signature", word.text)), None)
    if label is None:
        return None
    box = (label.box[2] + 2, label.box[3] - 24, column.strip[2], label.box[3] + 6)
    said = [read_day(LABELED.sub("", one.text)) for one in _looks(box, page, source, None, say_two_days)]
    days = {day.day for day in said if day}
    exact = sum(day is not None and day.exact for day in said)
    if len(days) != 1 or exact < int(limits()["writing"]["votes"]):
        return None
    day = days.pop()
    if not window[0] <= day <= window[1]:
        return None
    why = "written on the line of the signature"
    return Field(day.isoformat(), "read", page.number, box, why, exact / len(said))


def _decide(
    votes: "Counter[date]",
    exact: set[date],
    stamped: "Counter[date]",
    ways: list[Written],
    page: ReadPage,
    column: SignatureColumn,
    plain: bool = False,
) -> Field:
    """The day that votes of looks and the two scorings of the writing say together."""
    need = limits()["writing"]
    ranked = votes.most_common(2)
    best, most = ranked[0] if ranked else (None, 0)
    rival = ranked[1][1] if len(ranked) > 1 else 0
    likely = ways[0].day if ways and all(way.day == ways[0].day for way in ways) else None
    lead = min((way.lead for way in ways), default=0.0)
    share = min((way.share for way in ways), default=0.0)
    said = best in exact or most >= int(need["unanimous"])
    agree = best is not None and said and most >= int(need["votes"]) and rival * 4 <= most
    supported = best == likely and most >= int(need["votes"])
    wanted = float(need["lead"] if supported else need["alone"])
    clear = likely is not None and lead >= wanted and share >= float(need["share"])
    if clear and most >= int(need["votes"]) and best != likely:
        clear = False
    agreed = votes[best] / votes.total() if best else 0.0
    day: date | None
    if plain or (agree and (likely in (best, None) or lead < float(need["against"]))):
        day, sure, why = best, True, f"{most} looks at the writing agree"
    elif clear:
        day, sure, why = likely, True, f"leads every other day by {lead:.1f}"
        agreed = max(share, agreed)
    else:
        leading = max(ways, key=lambda way: way.lead) if ways else None
        weak = leading is None or leading.lead < float(need["least"])
        day = best if best in exact or weak else leading.day if leading else None
        sure, why = False, "looks at the writing differ"
    if day is None:
        return unread("no day could be read where the form has it", page.number)
    if stamped and day not in stamped:
        sure, why = False, "a digital signature's stamp says another day"
    return Field(day.isoformat(), "read" if sure else "doubt", page.number, column.strip, why, agreed)


def _stamp_looks(box: Box, page: ReadPage, source: Any, sought: bool = False) -> "Counter[date]":
    """The days of a digital signature's stamp; ``sought`` where no look reads a day, whatever the text layer says."""
    words = words_in(page.words, box)
    return stamped_days(words, box, page, source, sought or is_digital(words))


def in_order(agency: Field, ice: Field, version: date | None, known: date | None) -> tuple[Field, Field]:
    """Days against each other: signed before its form was made, or far apart, is a doubt."""
    return _checked(agency, ice, version, known), _checked(ice, agency, version, known)


APART = timedelta(days=200)


def _checked(field: Field, other: Field, version: date | None, known: date | None) -> Field:
    if field.value and known and date.fromisoformat(field.value) > known:
        return unread("the writing seems to say a day after the document was known", field.page)
    if field.value is None or field.certainty != "read":
        return field
    day = date.fromisoformat(field.value)
    why = None
    if version and day < version:
        why = f"before the form's own date, {version}"
    elif other.value and abs(day - date.fromisoformat(other.value)) > APART:
        why = f"far from the other signature, {other.value}"
    elif other.value and (turned := _month_second(day, date.fromisoformat(other.value))):
        why = f"with its month second it is {turned}, which is next to the other signature, {other.value}"
    return replace(field, certainty="doubt", why=why) if why else field


def _month_second(day: date, other: date) -> date | None:
    """The day that is meant where the month was written second, if that is near the other signature and this is far."""
    if day.day > MONTHS_A_YEAR or day.day == day.month or abs(day - other) <= AFTER:
        return None
    turned = date(day.year, day.day, day.month)
    return turned if abs(turned - other) <= AFTER else None


MONTHS_A_YEAR = 12
BEFORE, AFTER = timedelta(days=150), timedelta(days=45)
"""How long before ICE's signing an agency's is looked for, and how long after."""


def possible(side: str, other: Field, version: date | None) -> tuple[date, date] | None:
    """The days on which a party can have signed, from the other's signature and the form's own date."""
    if other.value and other.certainty == "read":
        day = date.fromisoformat(other.value)
        first, last = (day - BEFORE, day + AFTER) if side == "agency" else (day - AFTER, day + BEFORE)
    elif version:
        first, last = version, version + timedelta(days=LONGEST)
    else:
        return None
    return (max(first, version) if version else first), last
