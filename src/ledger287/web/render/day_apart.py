"""Pages that say the day of the question in a few places only: made once, and completed for each day.

What enters: a page made with marks where it would say its day or how old its list is. What leaves: the bytes that the
page has on a day. Promise: they are those of a page made on that day, as long as the same list is the newest one and
is more than a day old (``PagesFile`` names what else must be the same).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_decimal

from ledger287.core.jsonable import as_json
from ledger287.web.render import languages
from ledger287.web.server.query import Language

MARK = "ledger287day"
"""How a mark begins. It needs no escaping in HTML, in a URL, or in JSON."""
_MARKS = re.compile(rb'ledger287day(iso|said|aged)(\d*)(en|es|x)|"ledger287daycount(\d+)x"')


@dataclass(frozen=True, slots=True)
class AskedDay:
    """What a template says of the day of the question: in ISO, in words, and the age in days of a list on it."""

    iso: str
    said: str
    aged: Callable[[int], str]


def marked(day: date, lang: Language) -> AskedDay:
    """Marks in place of what a day's page says. A list is known by its own day, so that its age follows on any day."""
    return AskedDay(f"{MARK}isox", f"{MARK}said{lang}", lambda age: f"{MARK}aged{day.toordinal() - age}{lang}")


def marked_answer(answer: Mapping[str, Any], day: date) -> dict[str, Any]:
    """An answer with marks at ``on`` and at the age of its list."""
    found = dict(as_json(answer))
    age = found["list"]["age_days"]
    return found | {
        "on": f"{MARK}isox",
        "list": found["list"] | {"age_days": f"{MARK}count{day.toordinal() - age}x"},
    }


def completed(data: bytes, day: date) -> bytes:
    """A page with marks, for a day."""

    def words(found: re.Match[bytes]) -> bytes:
        what, first, lang, counted = found.groups()
        if counted:
            return b"%d" % (day.toordinal() - int(counted))
        return _said(what, day.toordinal() - int(first or 0), day, lang.decode()).encode()

    return _MARKS.sub(words, data)


def _said(what: bytes, age: int, day: date, lang: Any) -> str:
    if what == b"iso":
        return day.isoformat()
    return languages.date_in(day, lang) if what == b"said" else format_decimal(age, locale=languages.locale(lang))
