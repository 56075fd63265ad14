"""Cells as people and jail systems write them -> times, blanks, and what identifies a person.

What enters: one text. What leaves: seconds with whether they are the jail's own clock's, or None; whether a text means
that nothing is known; or the kind of personal data that a text looks like, which no audit needs.
"""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import islice

from ledger287.core import declared
from ledger287.core.text import without_accents
from ledger287.custody.case.event_words import event_named, known_words, names_ice, phrases
from ledger287.custody.case.vocabulary import code_fields, event_words, plain, spellings, surnames, vocabulary
from ledger287.custody.intake.people.number_words import is_placeholder, names_alone
from ledger287.custody.intake.times.moments import Moment, read_moment
from ledger287.places.gazetteer.geography import geography

NAME = "person's name"


def read_time(text: str) -> tuple[int, bool] | None:
    """A time as a person types it -> seconds since 1970, and True where no offset was given.

    None where it cannot be read, or its day could be read in two orders (``moments.two_days``).
    """
    found = read_moment(text)
    return (found.seconds, found.local) if isinstance(found, Moment) else None


@cache
def _blanks() -> frozenset[str]:
    return frozenset(str(word).lower() for word in vocabulary()["blanks"])


def is_blank(text: str) -> bool:
    """Whether a cell stands for nothing: NULL, N/A, dashes."""
    return not text or text.lower() in _blanks()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in vocabulary()["personal"]["values"].items()}


@cache
def _inside() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in vocabulary()["personal"]["inside"].items()}


@cache
def _person() -> re.Pattern[str]:
    personal = vocabulary()["personal"]
    return re.compile(f"{personal['person']}|{personal['person_in_capitals']}")


def identifies(text: str) -> str | None:
    """What a value looks like that names a person: an A-number, a social security number, a name."""
    return next((name for name, pattern in _patterns().items() if pattern.match(text)), None)


def names_someone(text: str) -> str | None:
    """What names a person anywhere in a text, or as the text: what a remark must not have."""
    if found := identifies(text):
        return found
    if found := next((name for name, pattern in _inside().items() if pattern.search(text)), None):
        return found
    return "person's name" if _person().match(text) else None


@cache
def _as_number() -> re.Pattern[str]:
    return re.compile(vocabulary()["personal"]["person_as_number"])


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(vocabulary()["personal"]["name_alone"])


def names_in_number(text: str) -> str | None:
    """What names a person in a case number, which is no number where it is only words."""
    text = without_accents(text)
    if is_placeholder(text):
        return None
    word = _as_number().match(text) or _alone().match(text) or names_alone(text)
    return names_someone(text) or ("person's name" if word else None)


@cache
def _in_lines() -> tuple[re.Pattern[str], ...]:
    patterns = (*_patterns().values(), *_inside().values(), _person(), _as_number(), _alone())
    return tuple(re.compile(pattern.pattern, pattern.flags | re.MULTILINE) for pattern in patterns)


def first_who(values: Sequence[str], *, anywhere: bool) -> str | None:
    """What the first value that names a person looks like, ``anywhere`` in a case number or as the value; or None.

    Most columns name nobody: all values are looked at together first, and one by one only where something was found.
    """
    text = without_accents("\n".join(values))
    bare = anywhere and any(not any(map(str.isdigit, value)) for value in values)
    if not bare and not any(pattern.search(text) for pattern in _in_lines()):
        return None
    look = names_in_number if anywhere else identifies
    return next((found for value in dict.fromkeys(values) if (found := look(value))), None)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(vocabulary()["personal"]["not_names"])


def _spoken_of(text: str) -> bool:
    """Whether a sentence says with whom somebody spoke, or whom it is about, by name."""
    personal = vocabulary()["personal"]
    two = (one.groups() for one in re.finditer(personal["spoken_of"], text))
    titled = (one.groups() for one in re.finditer(personal["titled"], text))
    return any(not any(map(_is_ordinary, words)) for words in two) or any(
        not any(map(_is_ordinary, filter(None, words))) for words in titled
    )


def _is_ordinary(word: str) -> bool:
    """Whether a word in a remark is of events, places, papers or days, and no declared surname for sure."""
    small = word.lower().strip("'’-")
    return small in _not_names() | _plain_words() | _remark_words()


@cache
def _remark_words() -> frozenset[str]:
    personal = vocabulary()["personal"]
    listed = ("agency_words", "no_number", "no_number_together", "places_after", "remark_words")
    return frozenset(str(word).lower() for kind in listed for word in personal[kind])


def _named_in(text: str) -> str | None:
    """What a text names a person by anywhere in it. Two words around a comma are no name where both are ordinary, or
    where they are a place and its state.
    """
    for look, pattern in _inside().items():
        found = pattern.finditer(text)
        if look != NAME and any(found):
            return look
        if look == NAME and not all(_of_no_person(one.group()) for one in found):
            return look
    return None


def _of_no_person(text: str) -> bool:
    first, second = (part.strip(" .;:()\"'") for part in text.split(",", 1))
    state = declared.state_codes().get(second.title(), second)
    return (_is_ordinary(first) and _is_ordinary(second)) or (state, first.lower()) in geography().places


@cache
def _own_words() -> frozenset[str]:
    """The words of events and codes, which are no person's name: ``Probation Hold``."""
    coded = (word for field in code_fields() for word in spellings(field))
    return frozenset({*event_words(), *coded})


def is_own(value: str) -> bool:
    """Whether a value is the words of an event or a code."""
    return plain(value) in _own_words() or event_named(value) is not None


@cache
def _foot() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(vocabulary()['footers'])})\b", re.IGNORECASE)


@cache
def _page() -> re.Pattern[str]:
    return re.compile(vocabulary()["page_lines"], re.IGNORECASE)


@cache
def _group() -> re.Pattern[str]:
    return re.compile(vocabulary()["group_lines"], re.IGNORECASE)


def is_footer(cells: Sequence[str]) -> bool:
    """Whether a row is a line of totals or of a report's foot: few cells, and a declared word first."""
    filled = list(islice((cell for cell in cells if cell and not cell.isspace()), 4))
    if not 0 < len(filled) <= 3:
        return False
    # A line with one text and no number in it is a note of the report: the file's cases are numbered, and have times.
    if len(filled) == 1 and (not any(sign.isdigit() for sign in filled[0]) or _group().match(filled[0])):
        return True
    return _foot().match(filled[0].strip()) is not None or any(_page().search(cell) for cell in filled)


def names_in_heading(heading: str) -> bool:
    """Whether a heading is a value that names a person, as in a file without headings."""
    return identifies(heading) is not None or any(one.search(heading) for one in _inside().values())


def shown(text: str) -> str:
    """A cell as a message may show it: never one that looks like a person, nor a long one."""
    words = re.findall(r"[A-Za-z][A-Za-z'’-]+", text)
    bare = not any(map(str.isdigit, text)) and names_ice(text) and _is_of_events(words)  # ICE ERO
    if (found := names_someone(text)) and not bare:
        return f"a text that looks like {with_article(found)}, not shown"
    if len(words) > 3 or len(text) > 40:
        return f"a text of {len(text)} characters, not shown"
    return quoted(text)


@cache
def _plain_words() -> frozenset[str]:
    """The words that a time, an event or a code is written in; any other word in its cell may be of a person."""
    listed = [
        *_own_words(),
        *phrases(),
        *known_words(),
        *vocabulary()["zone_words"],
        *vocabulary()["blanks"],
        *vocabulary()["halves_of_day"],
    ]
    words = {word for one in listed for word in re.findall(r"[a-z]+", str(one).lower())}
    names = {one.lower() for number in range(1, 13) for one in (month_name[number], month_abbr[number])}
    return frozenset(words | names | {one.lower() for one in (*day_name, *day_abbr)} | {"t", "z", "utc", "gmt"})


def _is_of_events(words: Sequence[str]) -> bool:
    """Whether words are those of events, and one at least is no surname: ``CASE DISMISSED`` names nobody."""
    small = [word.lower() for word in words]
    return bool(small) and known_words().issuperset(small) and not surnames().issuperset(small)


MOST_SHOWN = 40
"""So many letters of a cell are shown."""
MOST_DIGITS = 14
"""The digits of a day with its time; a cell with more has another number in it."""


def cell_shown(text: str) -> str:
    """A cell that is not understood: by its form where a word or number in it is of no time, event or code."""
    words = re.findall(r"[^\W\d_]+", text)
    strange = any(word.lower() not in _plain_words() for word in words)
    if not strange and sum(sign.isdigit() for sign in text) <= MOST_DIGITS:
        return quoted(text) if _is_of_events(words) and len(text) <= MOST_SHOWN else shown(text)

    def formed(found: re.Match[str]) -> str:
        word = found.group()
        return word if word.lower() in _plain_words() else re.sub(r"\d", "9", re.sub(r"\D", "x", word))

    return shown(re.sub(r"[^\W\d_]+|\d+", formed, text))


def quoted(text: str) -> str:
    """A text in quotation marks, for people: a sign that cannot be seen is a space, and none is written as a code."""
    seen = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not seen:
        return "signs that cannot be seen" if text else "''"
    return f'"{seen}"' if "'" in seen else f"'{seen}'"


def with_article(what: str) -> str:
    return f"an {what}" if what[0] in "Aaeio" else f"a {what}"


def several(what: str) -> str:
    """What values look like, in the plural."""
    return {NAME: "people's names", "date of birth": "dates of birth"}.get(
        what, f"{what}s" if what in _patterns() else what
    )


def personal_heading(heading: str) -> str | None:
    """The declared words for personal data that are in a heading."""
    words = f" {plain(heading)} "
    if plain(heading) in vocabulary()["personal"]["not_of_persons"]:
        return None
    return next((word for word in vocabulary()["personal"]["headings"] if f" {word} " in words), None)


def looks_personal(values: list[str], newest_year: int) -> str | None:
    """What a column that no field reads looks like, from some of its values."""
    given = [value for value in values if not is_blank(value.strip())]
    if not given:
        return None
    personal = vocabulary()["personal"]
    many = Counter(given)
    for value in many:
        alone = identifies(value)
        if found := (None if alone == NAME and _of_no_person(value) else alone) or _named_in(value):
            return found
        if _spoken_of(value):
            return "people's names"
    people = (times for value, times in many.items() if _person().match(value) and not is_own(value))
    if sum(people) >= personal["share"] * len(given):
        return "people's names"
    births = sum(times for value, times in many.items() if _birth(value, newest_year - personal["birth_years"]))
    return "dates of birth" if births >= personal["share"] * len(given) else None


DAY = re.compile(
    r"\s*(?:(\d{4})-\d{1,2}-\d{1,2}(?:[T ]00:00(?::00(?:\.0+)?)?)?|\d{1,2}[/-]\d{1,2}[/-](\d{4}|\d{2}))\s*"
)


def _birth(value: str, latest: int) -> bool:
    found = DAY.fullmatch(value)
    if not found:
        return False
    text = found.group(1) or found.group(2)
    year = int(text)
    if len(text) == 2:
        year += 2000 if year <= latest % 100 else 1900
    return 1900 < year <= latest
