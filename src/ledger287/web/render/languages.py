"""The words of the pages: English in the templates, other languages in catalogs next to this module.

A catalog is read from its text when it is first used. What it lacks remains English; a test checks that it lacks
nothing.
"""

import unicodedata
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

from ledger287.core import declared
from ledger287.core.text import format_date, format_month, format_time
from ledger287.web.server.query import Language

LOCALES: dict[Language, str] = {"en": "en_US", "es": "es_US"}
NAMES: dict[Language, str] = {"en": "English", "es": "Español"}


def locale(lang: Language) -> Locale:
    """The Babel locale by which numbers and days are written."""
    return Locale.parse(LOCALES[lang])


@cache
def translations(lang: Language) -> NullTranslations:
    """The catalog of a language; English needs none."""
    if lang == "en":
        return NullTranslations()
    compiled = BytesIO()
    with files("ledger287.web.render").joinpath("languages", f"{lang}.po").open("rb") as text:
        write_mo(compiled, read_po(text, locale=LOCALES[lang]))
    compiled.seek(0)
    return Translations(compiled)


def short_month(day: date, lang: Language) -> str:
    """The month of a day as the axis of a chart has room for it: Apr."""
    return f"{day:%b}" if lang == "en" else babel_date(day, "LLL", locale(lang))


def date_in(day: date, lang: Language, form: str = "long") -> str:
    """August 14, 2025, or Aug 14, 2025 where ``form`` is medium; in Spanish as Babel writes it."""
    return format_date(day, short=form != "long") if lang == "en" else babel_date(day, form, locale(lang))


def iso_day_in(text: str, lang: Language) -> str:
    """Aug 14, 2025 for 2025-08-14; any other text as it is."""
    try:
        return date_in(date.fromisoformat(text), lang, "medium")
    except ValueError:
        return text


def month_in(day: date, lang: Language) -> str:
    """August 2025; agosto de 2025."""
    return format_month(day) if lang == "en" else babel_date(day, "LLLL 'de' y", locale(lang))


def number_in(value: float, lang: Language) -> str:
    """1,783; 6.5."""
    return str(format_decimal(value, locale=locale(lang)))


def percent_in(value: float, lang: Language) -> str:
    """25.5%; a space before the sign is never written."""
    return str(format_percent(value, format="#,##0.0%", locale=locale(lang)))


def time_in(at: datetime, lang: Language) -> str:
    """Mon, Nov 3, 2025, 21:00 CST: a date and time on the clocks of its own time zone."""
    return (
        format_time(at) if lang == "en" else f"{format_datetime(at, 'EEE d MMM y, HH:mm', locale=locale(lang))} {at:%Z}"
    )


@cache
def county_kinds(lang: Language) -> tuple[tuple[str, str, str], ...]:
    """How a language says what kind of county a county is: the end of its English name, the words, their article."""
    found = declared.declared_yaml("web/county_names.yml").get(lang, ())
    return tuple((one["ends"], one["says"], one["article"]) for one in found)


def county_in(name: str, lang: Language, *, article: bool = False) -> str:
    """A county as a language names it: Collier County, condado de Collier; with its article, el condado de Collier."""
    for ends, says, the in county_kinds(lang):
        if name.endswith(ends):
            return f"{the + ' ' if article else ''}{says} {name.removesuffix(ends)}"
    return name


def unaccented(text: str) -> str:
    """A name as it is put in order: without accents, case left out."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def N_(text: str) -> str:
    """Marks a text that is translated where it is shown, so that it is in the catalog."""
    return text
