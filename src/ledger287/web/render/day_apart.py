"""Pages that say the day of the question in a few places only: made once, and completed for each day.

What enters: a page made with marks where it would say its day or how old its list is. What leaves: the bytes that the
page has on a day. Promise: they are those of a page made on that day, as long as the same list is the newest one and
is more than a day old (``PagesFile`` names what else must be the same).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
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
    return _MARKS.sub(lambda found: said(found[0], day), data)


def between_marks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The text before each mark and the mark; then the rest, without one."""
    at = 0
    for found in _MARKS.finditer(data):
        yield data[at : found.start()], found[0]
        at = found.end()
    yield data[at:], b""


@lru_cache(maxsize=4096)
def said(mark: bytes, day: date) -> bytes:
    """What a page says in the place of a mark on a day. Raises ValueError for what is no mark."""
    found = _MARKS.fullmatch(mark)
    if found is None:
        raise ValueError(f"expected a mark, found {mark[:50]!r}")
    what, first, lang, counted = found.groups()
    if counted:
        return b"%d" % (day.toordinal() - int(counted))
    if what == b"iso":
        return day.isoformat().encode()
    in_language: Any = lang.decode()
    if what == b"said":
        return languages.date_in(day, in_language).encode()
    age = day.toordinal() - int(first)
    return str(format_decimal(age, locale=languages.locale(in_language))).encode()
