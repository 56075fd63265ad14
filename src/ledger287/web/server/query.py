"""A request's path and query -> the question: in which language, for which day, known by when.

A parameter that a page does not declare, or that is given twice, is refused, so that it can neither seem to change an
answer nor fill the cache; what other sites append to links is ignored.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from starlette.datastructures import QueryParams

from ledger287.core.problem import Refused
from ledger287.core.query_error import Part
from ledger287.core.time import read_day

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Form = Literal["html", "json", "csv"]
TIME = ("on", "known_on")
"""The parameters of time, which a URL keeps from page to page so that it can be cited."""
APPENDED = ("utm_", "fbclid", "gclid", "msclkid", "igshid", "mc_cid", "mc_eid")
"""How parameters begin that social networks and newsletters append to any link; they ask nothing."""
LONGEST = 200
"""Characters of a parameter that are read; no name or day is longer."""


Offer = tuple[str, str, Mapping[str, str]]
"""Words, and the kind and path of the page that they lead to."""


class Missing(Refused):
    """What a URL names does not exist; ``str()`` says what is near it, ``offers`` link there."""

    def __init__(self, *parts: Part, offers: Iterable[Offer] = ()) -> None:
        super().__init__(*parts)
        self.offers = tuple(offers)


@dataclass(frozen=True, slots=True)
class Query:
    """A request's question. ``on`` is its day; ``given`` are the parameters as given, declared ones only."""

    lang: Language
    today: date
    on: date
    known_on: date | None
    given: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """A parameter without surrounding blanks, None where it is not given or empty."""
        return self.given.get(name, "").strip() or None

    def day(self, name: str) -> date | None:
        """A parameter that is a day. Raises Refused with what was expected."""
        return _day(name, self.get(name))

    @property
    def time(self) -> dict[str, str]:
        """The parameters of time that were given."""
        return {name: self.given[name] for name in TIME if self.get(name)}


def read_query(lang: Language, given: Mapping[str, str], today: date) -> Query:
    """Read a query. Raises Refused on a day that is none, or one before the other makes sense."""
    on, known_on = _day("on", given.get("on")), _day("known_on", given.get("known_on"))
    return Query(lang, today, on or today, known_on, given)


def refuse_unknown(given: QueryParams, takes: Iterable[str]) -> None:
    """Raises Refused for a parameter that is neither one of ``takes``, nor of time, nor appended by other sites, and
    for one that is given more than once.

    What is the same on any day may be requested for one.
    """
    known = {*takes, *TIME}
    for name in given:
        if name not in known and not name.startswith(APPENDED):
            expected = f"expected: {', '.join(takes)}" if takes else "this page takes none"
            raise Refused(f"no parameter {name[:50]!r}; {expected}.")
    refuse_repeated(given)


def refuse_repeated(given: QueryParams, often: Iterable[str] = ()) -> None:
    """Raises Refused for a parameter that is given more than once, but for those of ``often``."""
    for name in given:
        if name not in often and not name.startswith(APPENDED) and (times := len(given.getlist(name))) > 1:
            raise Refused(f"expected the parameter {name[:50]!r} once, found it {times} times.")


def refuse_fields(given: Iterable[str], takes: Iterable[str]) -> None:
    """Raises Refused for a field of a form that is none of ``takes``, and for one that is sent more than once.

    A misspelled field must not seem to have been read.
    """
    for name, times in Counter(given).items():
        if name not in takes:
            raise Refused(f"no field {name[:50]!r} in this form; expected: {', '.join(takes)}.")
        if times > 1:
            raise Refused(f"expected the field {name[:50]!r} once, found it {times} times.")


def _day(name: str, text: str | None) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise Refused(f"{name}: {error}.") from None
