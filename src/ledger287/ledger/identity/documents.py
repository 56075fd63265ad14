"""The name of an agreement's document -> the day, the models and the agency that it speaks of.

What enters: the URL that a row links to; an agency's state and name. What leaves: what the name of the file says, by
its words alone. The module promises to abstain (None) where a name says nothing, or has no word of its own.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from urllib.parse import unquote

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio

from ledger287.core import declared
from ledger287.ledger.identity.spelling import words_that_tell

ALIKE = 85
"""How alike, of 100, a word of an agency's name and a stretch of a document's name must be."""
SHORTEST = 4
"""Letters of a word that is looked for in a document's name; shorter ones are met by chance."""
FIRST_YEAR = 2002
DAY = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)[-._ ](?P<m>\d\d?)[-._ ](?P<d>\d\d?)"
    r"|(?P<m2>\d\d?)[-._ ](?P<d2>\d\d?)[-._ ](?P<y2>20\d\d|\d\d)"
    r"|(?P<run>\d{6,8}))(?!\d)"
)
MODEL = re.compile(r"(?<![a-zA-Z])(?:287g)?(JEM|WSO|TFM|TFO)(?![a-zA-Z])")
NUMBER = re.compile(r"(?i)287\(?g\)?")
OF_FORM = re.compile(r"(?i)(?<![a-z])(?:jem|wso|tfm|tfo|moa)(?![a-z])|\.pdf$")


def _file(url: str) -> str:
    return unquote(url.partition("?")[0].rsplit("/", 1)[-1])


@cache
def day_of_document(url: str) -> date | None:
    """The day in a document's name, the last one where there are several; None where there is none."""
    return next(reversed([day for found in DAY.finditer(_file(url)) if (day := _day(found))]), None)


def _day(found: re.Match[str]) -> date | None:
    if found["run"]:
        digits = found["run"].zfill(8) if len(found["run"]) == 7 else found["run"]
        month, number, year = digits[:2], digits[2:4], digits[4:]
    else:
        month, number, year = (found[name] or found[f"{name}2"] for name in ("m", "d", "y"))
    try:
        day = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(number))
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None


@cache
def models_of_document(url: str) -> frozenset[str]:
    """The models that a document's name gives by their letters."""
    name = _file(url).replace("_", " ")
    return frozenset("TFM" if model == "TFO" else model for model in MODEL.findall(name))


@cache
def letters_of_document(url: str) -> str:
    """The letters of a document's name, without those of its form and day."""
    return re.sub(r"[^a-z]", "", OF_FORM.sub(" ", NUMBER.sub(" ", _file(url)).replace("_", " ")).casefold())


@cache
def own_words(state: str, name: str) -> tuple[str, ...]:
    """The words of an agency's name that a document's name would have, were it of this agency."""
    said = declared.name_words()
    common = {*said["body_words"], *said["fillers"], *said["state_agency_words"], *said["words_of_many"]}
    return tuple(word for word in words_that_tell(state, name) if word not in common and len(word) >= SHORTEST)


@cache
def is_named_in(url: str, state: str, name: str) -> bool | None:
    """Whether a document's name has a word of an agency's own; None where either has none."""
    letters, words = letters_of_document(url), own_words(state, name)
    if not letters or not words:
        return None
    return any(word in letters or partial_ratio(word, letters) >= ALIKE or _begins(word, letters) for word in words)


def _begins(word: str, letters: str) -> bool:
    """Whether a document's name begins with a word, but for a slip."""
    slack = 2 if len(word) >= 8 else 1
    return OSA.distance(word, letters[: len(word)], score_cutoff=slack) <= slack


@cache
def is_named_fully_in(url: str, state: str, name: str) -> bool:
    """Whether a document's name begins with all the words of an agency's own, and not only with its state's."""
    whole = "".join(own_words(state, name))
    return bool(whole) and whole not in _states() and letters_of_document(url).startswith(whole)


@cache
def _states() -> frozenset[str]:
    codes: Iterator[declared.Code] = iter((*declared.states(), *declared.territories()))
    return frozenset(code.name.casefold().replace(" ", "") for code in codes)


def is_perhaps_renewed(before: str, after: str, signed: date | None, state: str, name: str) -> bool:
    """Whether a document in another's place may be of a renewal: the agency's own, of a day long after the signing."""
    old, new = day_of_document(before), day_of_document(after)
    known = [day for day in (old, signed) if day]
    days = declared.limits()["fold"]["redated_within"]["days"]
    if new is None or not known or (new - max(known)).days <= days:
        return False
    return is_named_in(before, state, name) is not False and is_named_in(after, state, name) is not False
