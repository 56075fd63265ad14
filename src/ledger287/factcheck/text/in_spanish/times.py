"""Spanish dates and times -> English ones.

What enters: a Spanish text. What leaves: the stretches that say a day, a month, a part of one, how long ago or how long
it took, each in English. Promise: a month or a number that is not declared stays as it is.
"""

import re

from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.in_spanish.phrases import number
from ledger287.factcheck.text.in_spanish.words.names import spanish_words

SMALL = dict(zip("23456789", ("two", "three", "four", "five", "six", "seven", "eight", "nine"), strict=True))
"""Numbers that English newspapers write in words."""
BETWEEN_DAYS = when_needed(r"(?i)\bentre (?:el )?(?:\d[^.;]{3,40}? y )?$")
DATE = when_needed(
    r"(?i)\b(?P<prep>(?:con corte |con fecha )?al |para el |el )?(?:pasado )?"
    r"(?:(?P<weekday>lunes|martes|miércoles|jueves|viernes|sábado|domingo),? )?"
    r"(?<!los )(?<!las )(?P<day>\d{1,2})(?:º|°)? de (?P<month>[a-z]+)(?:,? (?:de|del) (?:año )?(?P<year>\d{4})| "
    r"pasado)?\b"
)
BETWEEN = when_needed(
    r"(?i)\bdel (?P<first>\d{1,2}) al (?P<last>\d{1,2}) de (?P<month>[a-z]+)(?: (?:de|del) (?P<year>\d{4}))?\b"
)
BETWEEN_TWO = when_needed(
    r"(?i)\bentre el (?P<first>\d{1,2}) y el (?P<last>\d{1,2}) de (?P<month>[a-z]+)(?: (?:de|del) (?P<year>\d{4}))?\b"
)
MONTH = when_needed(r"(?i)\b(?P<month>[a-z]+) (?:de|del) (?:año )?(?P<year>\d{4})\b")
PART = when_needed(
    r"(?i)\b(?:a|en|desde|hacia|para) (?P<part>principios|comienzos|inicios|mediados|finales|fines) de "
    r"(?P<month>[a-z]+)(?: (?:de|del) (?:año )?(?P<year>\d{4}))?\b"
)
OF_YEAR = when_needed(
    r"(?i)\b(?:al (?P<edge>cierre|término|inicio|comienzo)|"
    r"a (?P<part>principios|comienzos|inicios|mediados|finales|fines)) (?:de|del) (?:año )?(?P<year>20\d\d)\b"
)
AGO = when_needed(
    r"(?i)\bhace (?P<near>(?:apenas|solo|sólo|tan solo|casi|más de|menos de|poco más de|poco menos de|unos|unas) )?"
    r"(?P<count>[\wé]+) (?P<unit>días?|semanas?|mes|meses|años?)\b"
)
AGO_NEAR = {
    "apenas": "just ", "solo": "just ", "sólo": "just ", "tan solo": "just ", "casi": "nearly ", "más de": "more than ",
    "menos de": "less than ", "poco más de": "just over ", "poco menos de": "just under ", "unos": "about ",
    "unas": "about ",
}  # fmt: skip
"""How near the time is: hace apenas dos meses."""
LASTING = when_needed(
    r"(?i)\b(?:en|dentro de) "
    r"(?P<less>(?:poco )?menos de |poco más de |más de |apenas |solo |sólo |tan solo |cerca de |casi )?"
    r"(?P<count>\d{1,2}|[a-zé]+) (?P<unit>días?|semanas?|mes|meses|años?)\b(?! (?:fiscal|electoral))"
)
OF_WHAT = when_needed(r" de (?P<what>\w+)")
"""How long a growth took: en un año; en menos de seis meses. Of days and weeks no reading says from when: "a span"."""


def times_in(text: str) -> list[tuple[int, int, str]]:
    """The dates and times of a text, in English."""
    months = spanish_words()["months"]
    found: list[tuple[int, int, str]] = []
    for match in BETWEEN.finditer(text):
        if month := months.get(match["month"].lower()):
            year = f", {match['year']}" if match["year"] else ""
            found.append((*match.span(), f"from {month} {match['first']}{year} to {month} {match['last']}{year}"))
    for match in BETWEEN_TWO.finditer(text):
        if month := months.get(match["month"].lower()):
            year = f", {match['year']}" if match["year"] else ""
            said = "Between" if match[0][0] == "E" else "between"
            days = f"{month} {match['first']}{year} and {month} {match['last']}{year}"
            found.append((*match.span(), f"{said} {days}"))
    for match in DATE.finditer(text):
        month = months.get(match["month"].lower())
        if month:
            year = f", {match['year']}" if match["year"] else ""
            found.append((*match.span(), f"{_before_day(text, match)}{month} {match['day']}{year}"))
    found += _moments(text)
    found += [
        (*match.span(), f"{months[match['month'].lower()]} {match['year']}")
        for match in MONTH.finditer(text)
        if match["month"].lower() in months
    ]
    return found


def _before_day(text: str, match: re.Match[str]) -> str:
    """The words before a day of the month: on, as of, by; and its day of the week."""
    said = (match["prep"] or "").lower()
    if BETWEEN_DAYS.search(text[: match.start()]):
        return ""
    weekday = spanish_words()["days"].get((match["weekday"] or "").lower(), "")
    weekday = f"{weekday}, " if weekday else ""
    before = text[: match.start()]
    if said.endswith("al ") and not re.search(r"(?i)\bdel? \d+ $", before):
        return f"as of {weekday}"
    if said.startswith("para"):
        return f"by {weekday}"
    return f"on {weekday}" if said == "el " and not _dates_before(before) else weekday


def _moments(text: str) -> list[tuple[int, int, str]]:
    """Parts of a month or of a year, and how long ago: a finales de mayo; al cierre de 2025; hace tres meses."""
    table = spanish_words()
    found: list[tuple[int, int, str]] = []
    for match in PART.finditer(text):
        month = table["months"].get(match["month"].lower())
        if not month:
            continue
        part, year = table["moments"][match["part"].lower()], f" {match['year']}" if match["year"] else ""
        after_number = part == "late" and bool(re.search(r"\d $", text[: match.start()]))
        when = (
            f"at the end of {month}" if after_number else f"in mid-{month}" if part == "mid" else f"in {part} {month}"
        )
        if match[0].lower().startswith("desde"):
            when = f"since {when.removeprefix('in ')}"  # desde principios de abril: of all the days up to now
        found.append((*match.span(), f"{when}{year}"))
    for match in OF_YEAR.finditer(text):
        edge = {"cierre": "at the end of", "término": "at the end of"}.get(
            (match["edge"] or "").lower(), "at the start of"
        )
        part = table["moments"].get((match["part"] or "").lower())
        found.append((*match.span(), f"in {part} {match['year']}" if part else f"{edge} {match['year']}"))
    for match in LASTING.finditer(text):
        value = value_of(match["count"])
        if value is not None and not _is_of_something(text, match):
            less = (
                "less than "
                if "menos" in (match["less"] or "")
                else "more than "
                if "más" in (match["less"] or "")
                else ""
            )
            unit = table["ago"][match["unit"].lower()]
            span = "a span of " if unit.startswith(("day", "week")) else ""
            found.append((*match.span(), f"in {span}{less}{_several(value, unit)}"))
    for match in AGO.finditer(text):
        value = value_of(match["count"])
        if value is not None:
            near = AGO_NEAR.get((match["near"] or "").strip().lower(), "")
            found.append((*match.span(), f"{near}{_several(value, table['ago'][match['unit'].lower()])} ago"))
    return found


def _is_of_something(text: str, match: re.Match[str]) -> bool:
    """Whether it is a time of something: en un año de elecciones; not «en un mes de tres acuerdos a doce»."""
    behind = OF_WHAT.match(text, match.end())
    if behind is None:
        return False
    return value_of(behind["what"]) is None or match["unit"].lower().startswith(("día", "semana"))


def _several(value: float, unit: str) -> str:
    """A length of time as newspapers write it: a year, two months, 12 days."""
    said = f"{value:,.0f}"
    return f"a {unit}" if value == 1 else f"{SMALL.get(said, said)} {unit}"


def value_of(said: str) -> float | None:
    """The value of a number in digits or in words, an article among them: doce; 1.035; un."""
    if said[0].isdigit():
        return float(re.sub(r"[.,](?=\d{3}\b)", "", said).replace(",", "."))
    return in_words(said.lower().split())


def in_words(words: list[str]) -> float | None:
    length, english = number(words, 0)
    if length:
        return float(english.replace(",", ""))
    return 1 if words[0] in spanish_words()["articles"] else None


def _dates_before(text: str) -> bool:
    """Whether a word for a date comes before "el 20 de febrero": hasta, desde, al."""
    return bool(re.search(r"(?i)\b(?:hasta|desde|antes del?|tras|después del?)\s$", text))
