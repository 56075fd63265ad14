"""The words of case numbers: declared names of people, and words in place of a number.

What enters: the text of a case number. What leaves: its words, whether they say that there is no number yet, and
whether they name a person. Accents are left out for comparing, so that a number with them is judged as one without.
"""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections.abc import Sequence
from functools import cache

from ledger287.core import declared
from ledger287.core.text import without_accents
from ledger287.custody.case.vocabulary import surnames, vocabulary

NO_NUMBERS = ("no_number", "no_number_together")
ORDINARY = ("not_names", "agency_words", "place_headings", "number_remarks")
SHORTEST = 4
"""A name with an initial before or after it has so many letters at least: ``jperez``."""


@cache
def names() -> frozenset[str]:
    """The declared surnames and given names."""
    lines = declared.text("custody/names.txt").splitlines()
    return surnames() | frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def ordinary() -> frozenset[str]:
    """Words of places, papers, days and numbers, which are nobody's name in a case number."""
    personal = vocabulary()["personal"]
    listed = [word for kind in (*ORDINARY, *NO_NUMBERS) for word in personal[kind]]
    days = {word.lower() for word in (*month_name, *month_abbr, *day_name, *day_abbr) if word}
    return frozenset({*map(str, listed), *days})


def words_of(text: str) -> tuple[str, ...]:
    """The words of a case number in small letters; a capital inside a word begins another."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub("['’]", "", without_accents(text)))
    return tuple(word.lower() for word in re.findall(r"[A-Za-z]{2,}", apart))


@cache
def placeholder_pattern() -> str:
    """A text of nothing but words in place of a number, for Python and for DuckDB."""
    personal = vocabulary()["personal"]
    alone, together = ("|".join(re.escape(str(word)) for word in personal[name]) for name in NO_NUMBERS)
    apart = "[^a-z0-9À-῿Ⰰ-퟿]"
    either = f"(?:{alone}|{together})"
    return rf"(?i)^{apart}*(?:(?:{alone})|{either}(?:{apart}+{either})+){apart}*$"


@cache
def _placeholder() -> re.Pattern[str]:
    return re.compile(placeholder_pattern())


def is_placeholder(text: str) -> bool:
    """Whether a cell of case numbers says that there is none, as ``see note`` and ``in transit``."""
    return _placeholder().match(without_accents(text)) is not None


def with_initial(word: str, known: frozenset[str]) -> bool:
    """Whether a word is a known name with an initial before or after it."""
    return any(len(base) >= SHORTEST and base in known for base in (word[1:], word[:-1]))


def is_name(word: str, known: frozenset[str]) -> bool:
    """Whether a word is one of the known names, with an initial or without."""
    return word not in ordinary() and (word in known or with_initial(word, known))


def all_names(words: Sequence[str], known: frozenset[str]) -> bool:
    """Whether words are nothing but names, those in between apart, with one of the known ones among them."""
    bare = [word for word in words if word not in vocabulary()["personal"]["between_names"]]
    return any(is_name(word, known) for word in bare) and all(
        word not in ordinary() and (word in names() or with_initial(word, surnames())) for word in bare
    )


def names_alone(text: str) -> bool:
    """Whether a text without a digit is made of declared names: it is no number of a case."""
    return not any(map(str.isdigit, text)) and all_names(words_of(text), names())
