"""Words next to the digits of case numbers: names of people, or of agencies and places.

What enters: case numbers, and what the file itself says of agencies and places. What leaves: what the words are, where
they are people's names. The name of a county is not one, nor is a word of the file's own columns of agencies and
facilities.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ledger287.core.problem import Refused
from ledger287.core.text import without_accents
from ledger287.custody.case.vocabulary import plain, surnames, vocabulary
from ledger287.custody.intake.columns.assigning import PEOPLE
from ledger287.custody.intake.people.number_words import placeholder_pattern
from ledger287.custody.intake.times.cell_sql import as_text
from ledger287.ledger.query.parameters import read_state
from ledger287.places.gazetteer.geography import geography

MOST = 4
"""A case number of more words than these is a sentence, and another rule's."""
DISTINCT, MIXED = 0.8, 0.5
"""The share of words that differ from row to row, from which they are names; and that below which two words are."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilePlaces:
    """What a file says of its own places: the words of its agencies and facilities, and the states it names."""

    words: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()


ONLY_A_YEAR = ""
"""After the word of a case number that is that word and a year, with nothing that numbers the case."""


def counted(values: Iterable[str]) -> Counter[Words]:
    """The words next to digits in case numbers, and in how many different numbers each is."""
    declared_ = vocabulary()["personal"]
    pattern, year = re.compile(declared_["words_of_number"]), re.compile(declared_["word_and_year"])
    found: Counter[Words] = Counter()
    for value in dict.fromkeys(values):
        if words := tuple(word.lower() for word in pattern.findall(without_accents(value))):
            words += (ONLY_A_YEAR,) if year.search(without_accents(value)) else ()
            found[words] += any(map(str.isdigit, value))
    return +found


def counting_sql(number: str, table: str) -> str:
    """The same in SQL, of a column of a table: each list of words, and in how many different numbers it is."""
    words, year = (as_text(vocabulary()["personal"][name]) for name in ("words_of_number", "word_and_year"))
    plainly = f"strip_accents({number})"
    return (
        f"select list_transform(regexp_extract_all({plainly}, {words}, 1), lambda word: lower(word)) || "
        f"case when regexp_matches({plainly}, {year}) then ['{ONLY_A_YEAR}'] else [] end as words, "
        f"count(distinct {number}) from {table} where regexp_matches({plainly}, {words}) "
        f"and regexp_matches({number}, '[0-9]') group by words limit {MOST_WORDS}"
    )


MOST_WORDS = 100_000
VOWELS = frozenset("aeiouy")
"""A word of three letters or more without one of these is a code: ``JBN``."""


def names_in(found: Mapping[Words, int], places: Callable[[], FilePlaces] = FilePlaces) -> str | None:
    """Whether the words of case numbers are people's names: what they are, or None.

    Two words are; one word is where it is a common surname, or where it differs from row to row, since a code is in
    many rows. ``places`` is looked at only where the words may be names, and says nothing of a surname and a year.
    """
    known = frozenset(vocabulary()["personal"]["not_names"])
    mine: Counter[Words] = Counter()
    for words, many in found.items():
        said = tuple(word for word in words if {*word} & VOWELS)
        if len(said) > MOST or known & {*said}:
            continue
        if ONLY_A_YEAR in words and {*said} & surnames():
            return PEOPLE
        mine[said] += many
    if not _are_names(mine, frozenset()):
        return None
    where = places()
    left: Counter[Words] = Counter()
    for words, many in mine.items():
        left[tuple(word for word in words if word not in where.words)] += many
    del left[()]
    single = {words for words in left if len(words) == 1}
    if len(single) > 2 and single == {*left} <= counties(frozenset()):
        return None  # agencies of several states
    return PEOPLE if _are_names(left, places_named(where.states)) else None


def _are_names(found: Counter[Words], named: frozenset[Words]) -> bool:
    many = found.total()
    two = any(
        len(words) > 1 and words not in named and (many < 3 or times < MIXED * many) for words, times in found.items()
    )
    single = [words for words in found if len(words) == 1]
    others = [words for words in single if words not in named]
    differ = many > 2 and len(single) >= DISTINCT * many and bool(others)
    return two or differ or any(words[0] in surnames() for words in others)


@cache
def counties(states: frozenset[str]) -> frozenset[Words]:
    """The words of the names of counties in some states, or in all where none is named."""
    found = set()
    for county in geography().every_county.values():
        if not states or county.state in states:
            words = tuple(word.lower() for word in re.findall(r"[A-Za-z][A-Za-z'’]{2,}", without_accents(county.name)))
            found |= {words, tuple(word for word in words if word not in KINDS)}
    return frozenset(found - {()})


@cache
def places_named(states: frozenset[str]) -> frozenset[Words]:
    """The words of counties that are nobody's name: of some states, and of all where there are two and no surname."""
    of_two = {words for words in counties(frozenset()) if len(words) > 1 and not surnames() & {*words}}
    return counties(states) | of_two


KINDS = ("county", "parish", "borough", "city", "census", "area", "municipality", "municipio", "planning", "region")


def places_of(heads: Sequence[str], columns: Mapping[str, str], rows: Iterable[Sequence[str]]) -> FilePlaces:
    """What the columns of agencies, facilities and states say. ``columns`` maps a heading to its field."""
    listed = vocabulary()["personal"]["place_headings"]
    of_places = [
        place
        for place, head in enumerate(heads)
        if columns.get(head) == "agency" or (head not in columns and {*plain(head).split()} & {*listed})
    ]
    of_states = [place for place, head in enumerate(heads) if columns.get(head) == "state"]
    names: set[str] = set()
    states: set[str] = set()
    for row in rows:
        names.update(row[place] for place in of_places if place < len(row))
        states.update(row[place].strip() for place in of_states if place < len(row))
    words = (word.lower() for name in names for word in re.findall(r"[A-Za-z][A-Za-z'’]{2,}", without_accents(name)))
    return FilePlaces(frozenset(words), frozenset(code for state in states if (code := _state(state))))


def _state(text: str) -> str | None:
    try:
        return read_state(text)
    except Refused:
        return None


@cache
def people() -> str:
    """One pattern of all that names a person in a case number."""
    declared = vocabulary()["personal"]
    patterns = [*declared["values"].values(), *declared["inside"].values()]
    patterns += [declared[kind] for kind in ("person", "person_in_capitals", "person_as_number")]
    patterns.append(declared["name_alone"])
    return "|".join(f"(?:{one})" for one in patterns)


ALONE = "^[^0-9]*[A-Za-z]{2}[^0-9]*$"
"""A text without a digit, of which a word may be a name."""


def is_no_number(column: str) -> str:
    """Whether a case number is nothing but words in place of one, as SQL."""
    return f"regexp_matches(strip_accents({column}), {as_text(placeholder_pattern())})"


def names_sql(column: str) -> str:
    """Whether a case number may name a person, as SQL: so does each text without a digit, until its words are known."""
    suspect = as_text(f"{people()}|{ALONE}")
    return f"(regexp_matches(strip_accents({column}), {suspect}) and not {is_no_number(column)})"
