"""The cells of a staged file in SQL: trimmed, translated, and times in common forms read by DuckDB itself.

What enters: the name of a column. What leaves: SQL for what its cell means.
"""

import re
from typing import Any

from ledger287.custody.case.vocabulary import code_fields, events, plain, spellings, vocabulary

JOIN = "\x1f"
"""What parts a day from its time of day where two columns are read as one text."""
LOG_CODES = {"form": "detainer_form", "ground": "detainer_ground"}
_SPACES = "' \t\r\n\u00a0\u2007\u202f\u200b\u200e\u200f\ufeff'"
"""Signs at either end of a cell that are no part of it, those that cannot be seen among them."""


HOURS = r"(?:\d{4}|\d{1,2}:\d\d(?::\d\d)?(?: [AaPp][Mm])?)"
OF_HOURS = ("%H:%M", "%H:%M:%S", "%H%M", "%I:%M %p", "%I:%M:%S %p")
"""How a time of day is written in a common form, and each such form as DuckDB reads it."""


def as_text(value: object) -> str:
    """A value as a text in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def as_name(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def without_blanks(cell: str, name: str) -> str:
    """A cell without blanks around it, or none where it holds a word for nothing; a code may be such a word, as
    ``none`` is. A cell that is longer than every such word, with no blank at either end, is itself.
    """
    spelled = spellings(name) if name in code_fields() else spellings(LOG_CODES[name]) if name in LOG_CODES else {}
    words = [str(word) for word in vocabulary()["blanks"] if plain(word) == "" or plain(word) not in spelled]
    # In a column of an event's times, a no is a case without the event.
    words += list(dict.fromkeys(word.lower() for word in vocabulary()["no_event"])) if name in events() else []
    longest = max(len(word.encode()) for word in words)
    # Each part names the cell once: what is named twice, the engine works out first, for every cell.
    itself = f"strlen({cell}) > {longest} and regexp_matches({cell}, '^[!-~].*[!-~]$')"
    spaces = _SPACES.strip("'")
    listed = "|".join(map(re.escape, words))
    nothing = f"regexp_matches({cell}, {as_text(f'(?i)^[{spaces}]*(?:{listed})?[{spaces}]*$')})"
    trimmed = f"trim({cell}, {_SPACES})"
    return f"case when {cell} = '' then null when {itself} then {cell} when {nothing} then null else {trimmed} end"


def is_foot() -> str:
    """Whether a row is a line of totals or of a report's foot: few cells, and one of the declared words first."""
    words = "|".join(vocabulary()["footers"])
    page = f"regexp_matches(lower(every), {as_text(vocabulary()['page_lines'])})"
    group = f"regexp_matches(lower(first), {as_text(vocabulary()['group_lines'])})"
    note = f"(filled = 1 and (not regexp_matches(first, '[0-9]') or {group}))"
    return f"(filled <= 3 and (regexp_matches(lower(first), '^(?:{words})\\b') or {page} or {note}))"


def translated(cell: str, words: dict[str, str] | Any) -> str:
    """A column's own words as those that a map gives for them."""
    if not words:
        return cell
    plainly = f"trim(regexp_replace(lower(strip_accents({cell})), '[^a-z0-9]+', ' ', 'g'))"
    pairs = " ".join(f"when {as_text(word)} then {as_text(code)}" for word, code in words.items())
    return f"case {plainly} {pairs} else {cell} end"


def common_time(cell: str, dates: str | None, paired: bool) -> str:
    """A time in a common form as twice its seconds, and one more where it is of local clocks; else none."""
    text = f"replace({cell}, '{JOIN}', ' ')" if paired else cell
    iso = f"{text} like '____-________:%' and substring({text}, 1, 2) in ('19', '20')"  # another year is reported
    local = f"epoch_us(try_cast({text} as timestamp)) // 1000000 * 2 + 1"
    zoned = f"epoch_us(try_cast({text} as timestamptz)) // 1000000 * 2"
    known = (
        f"when strlen({text}) in (16, 19) then {local} "
        f"when strlen({text}) in (22, 25) and substring({text}, 20, 1) in ('+', '-') then {zoned}"
    )
    parts = [f"when {iso} then case {known} end"]
    if dates:
        day = "%m/%d" if dates == "month-first" else "%d/%m"
        for year, digits in (("%Y", r"(?:19|20)\d\d"), ("%y", r"[0-6]\d")):
            shape = rf"^\d{{1,2}}/\d{{1,2}}/{digits} {HOURS}$"
            forms = ", ".join(as_text(f"{day}/{year} {time}") for time in OF_HOURS)
            parsed = f"try_strptime({text}, [{forms}])"
            parts.append(f"when regexp_matches({text}, '{shape}') then epoch_us({parsed}) // 1000000 * 2 + 1")
    return f"case {' '.join(parts)} end"
