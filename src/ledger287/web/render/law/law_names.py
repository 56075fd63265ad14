"""Names of places and days, as Spanish writes them within a sentence.

What enters: English names of states and counties, or days, as the sentences of the record write them. What leaves: the
same in Spanish, with the articles and prepositions that belong to the name itself. Promise: a name that is none of
these gives None, or is left as it is.
"""

import re
from datetime import date, datetime
from functools import cache

from babel.dates import format_date as babel_date

from ledger287.core import declared
from ledger287.web.render import languages

DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
STRETCH = f"{DAY}(?: to {DAY})?"
WITH_ARTICLE = {"District of Columbia": "el ", "Virgin Islands": "las ", "Northern Mariana Islands": "las "}
COUNTY = re.compile(r" (County|Parish|Borough|Census Area|city|City and Borough|Municipality|Planning Region)$")
COUNTIES = {"County": ("el condado de", "los condados de"), "Parish": ("la parroquia de", "las parroquias de")}


def listed(names: list[str]) -> str:
    """A, B y C; A e Idaho."""
    if len(names) < len("ab"):
        return "".join(names)
    last = names[-1]
    joined = "e" if re.match(r"(?i)h?[ií](?![aeou])", last) else "y"
    return f"{', '.join(names[:-1])} {joined} {last}"


def split(text: str) -> list[str]:
    """The names of an English list."""
    return [one for part in text.split(", ") for one in part.split(" and ") if one]


@cache
def every_state() -> frozenset[str]:
    """The English name of each state and territory."""
    return frozenset(one.name for one in declared.states() + declared.territories())


def state(name: str) -> str:
    """A state with the article that its Spanish name takes."""
    bare = name.removeprefix("the ")
    return WITH_ARTICLE.get(bare, "") + languages.translations("es").gettext(bare)


def of_code(code: str) -> str:
    """The state or territory of a postal code; the code itself where it is none."""
    return next((state(one.name) for one in declared.states() + declared.territories() if one.code == code), code)


def states(text: str) -> str | None:
    """A list of states in Spanish; None where another name is among them."""
    names = [one.removeprefix("the ") for one in split(text)]
    return listed([state(one) for one in names]) if names and set(names) <= every_state() else None


def counties(text: str) -> str | None:
    """Counties with their states: el condado de Collier, Florida; los condados de Lee y Collier, Florida."""
    parts = text.split(", ")
    held: list[str] = []
    while parts and (found := states(parts[-1])) and not COUNTY.search(parts[-1]):
        held.insert(0, found)
        parts.pop()
    names = split(", ".join(parts))
    if not names or not all(COUNTY.search(one) for one in names):
        return None
    kinds = {COUNTY.search(one)[1] for one in names}  # type: ignore[index]
    if len(kinds) == 1 and (articles := COUNTIES.get(next(iter(kinds)))):
        bare = listed([COUNTY.sub("", one) for one in names])
        return ", ".join([f"{articles[len(names) > 1]} {bare}", *held])
    return ", ".join([listed(names), *held])


def date_of(text: str) -> date:
    """A day as English writes it."""
    for written in ("%B %d, %Y", "%b %d, %Y"):
        try:
            return datetime.strptime(text, written).date()
        except ValueError:
            continue
    raise ValueError(text)


def long_day(text: str) -> str:
    """8 de mayo de 2026."""
    try:
        return languages.date_in(date_of(text), "es", "long")
    except ValueError:
        return text


def span(text: str) -> str:
    """El 8 de mayo de 2026; del 1 al 8 de mayo de 2026."""
    try:
        ends = [date_of(one) for one in text.split(" to ")]
    except ValueError:
        return text
    last = languages.date_in(ends[-1], "es", "long")
    if len(ends) == 1:
        return f"el {last}"
    first = languages.date_in(ends[0], "es", "long")
    if ends[0].year == ends[1].year:
        first = first.removesuffix(f" de {ends[0].year}")
        first = str(ends[0].day) if ends[0].month == ends[1].month else first
    return f"del {first} al {last}"


def moment(text: str) -> str:
    """Jueves, 3 de julio de 2025, 10:00 CDT."""
    found = re.fullmatch(rf"[A-Z][a-z]{{2}}, ({DAY}), (.+)", text)
    if found is None:
        return text
    weekday = babel_date(date_of(found[1]), "EEEE", locale=languages.locale("es"))
    return f"{weekday}, {long_day(found[1])}, {found[2]}"


LASTING = {"hour": "hora", "hours": "horas", "minute": "minuto", "minutes": "minutos", "second": "segundo",
           "seconds": "segundos", "and": "y"}  # fmt: skip


def lasting(text: str) -> str:
    """3 horas y 20 minutos."""
    return " ".join(LASTING.get(word, word) for word in text.split())


def closures(text: str) -> str:
    """El Día de la toma de posesión presidencial (20 de enero de 2025) o un cierre por orden ejecutiva."""
    for english, spanish in (
        ("Inauguration Day", "el Día de la toma de posesión presidencial"),
        ("the closure by executive order", "el cierre por orden ejecutiva"),
        ("a closure by executive order", "un cierre por orden ejecutiva"),
        (" or ", " o "),
    ):
        text = text.replace(english, spanish)
    return re.sub(DAY, lambda at: long_day(at[0]), text)
