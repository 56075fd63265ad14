"""Whether a page of signatures is of another agency than the document: bound into it by mistake.

What enters: the agency as the document names it, and a page of signatures. What leaves: the other agency's name, or
None. The module promises to name one only where the page prints the name of a local body whose own words are not the
document's: a person, an office, a board or a parent body of the same place is none.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ledger287.core import declared
from ledger287.sources.documents.declaring import common_words, forms
from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.parties.names import NOT_NAMES, one_line, shaped, tidy, without_state
from ledger287.sources.documents.fields.signed_pages.signatures import columns
from ledger287.sources.documents.pages.page import ReadPage, lines

LABEL = re.compile(r"(?i)^\W*a?gency\b\W*")
LOCAL = re.compile(
    r"\b[A-Z][\w.'-]+ (?:County|Parish|Police|Sheriff|Township|Constable)\b"
    r"|\b(?:City|Town|Village|Borough|Township|County) of [A-Z]|\b[A-Z][\w.'-]+ City Police\b"
)
"""How a local body is named."""
KINDS = {"county": "county", "parish": "county", "city": "city", "town": "city", "village": "city", "borough": "city"}
BODIES = {"sheriff": "sheriff", "sheriffs": "sheriff", "police": "police", "constable": "constable"}
ALIKE = 78
"""How alike, of 100, a word must be to count as the same, read with slips."""
LEAST = 4
"""The fewest letters of a word by which two names are held apart."""


def another_agency(agency: Field, page: ReadPage, texts: Mapping[int, str]) -> str | None:
    """The agency that a page of signatures is of, where it is not the document's.

    Of an agency in doubt, which such a page itself can cause, the name must be printed alike on two other pages.
    """
    if agency.value is None:
        return None
    if not _is_known(agency, page.number, texts):
        return None
    column = next((column for column in columns(page) if column.side == "agency"), None)
    if column is None:
        return None
    return another_of(agency.value, [line.text for line in lines(column.words)])


def another_by_text(agency: Field, number: int, texts: Mapping[int, str]) -> str | None:
    """The same of a page of which only the text is here: of its lines below the sentence above the signatures."""
    if agency.value is None or not _is_known(agency, number, texts):
        return None
    text = texts[number]
    ends = [match.end() for match in SENTENCE_ENDS.finditer(text)]
    return another_of(agency.value, text[ends[-1] if ends else 0 :].splitlines())


SENTENCE_ENDS = re.compile(r"(?i)bound\s+there")


def _is_known(agency: Field, number: int, texts: Mapping[int, str]) -> bool:
    pages = {other for other, text in texts.items() if other != number and str(agency.value) in one_line(text)}
    return agency.certainty == "read" or len(pages) >= TWICE


def another_of(agency: str, said: Sequence[str]) -> str | None:
    """The same of the lines of the agency's column."""
    names = [name for line in said if (name := local_name(line))]
    if not names or any(not is_of_another(agency, name) for name in names):
        return None
    own = _own(agency)
    bodies = {*_words(" ".join(forms()["agency_words"]))}
    if any(_has(own, words) for line in said if bodies & {*(words := _words(line))}):
        return None
    return names[0]


def local_name(line: str) -> str | None:
    """The name of a local body on a line; None where the line is something else."""
    name, _ = without_state(tidy(LABEL.sub("", line)))
    if not shaped(name) or NOT_NAMES.search(name) or len(name.split()) > MOST_WORDS or not LOCAL.search(name):
        return None
    return name if _own(name) else None


MOST_WORDS, TWICE = 9, 2


def is_of_another(agency: str, name: str) -> bool:
    """Whether a name is of another body than the agency; a sheriff or a town's police is another than a state's own."""
    if is_another(agency, name):
        return True
    of_state = not _own(agency) and not _states().isdisjoint(_words(agency)) and not LOCAL.search(agency)
    return of_state and bool(_own(name)) and any(word in BODIES for word in _words(name))


def is_another(one: str, other: str) -> bool:
    """Whether two names are of two bodies: no word of their own is shared, or one place has two kinds of them."""
    left, right = _own(one), _own(other)
    if not left or not right:
        return False
    if not _has(left, right) and not _has(right, left):
        return True
    sides = [{KINDS[word] for word in _words(name) if word in KINDS} for name in (one, other)]
    bodies = [{BODIES[word] for word in _words(name) if word in BODIES} for name in (one, other)]
    return all(sides) and all(bodies) and not sides[0] & sides[1] and not bodies[0] & bodies[1]


def _has(own: Sequence[str], words: Sequence[str]) -> bool:
    """Whether any of some words is among others, with slips of readers, run together or apart."""
    from rapidfuzz import fuzz

    together = "".join(words)
    return any(fuzz.partial_ratio(word, together) >= ALIKE for word in own if len(word) <= len(together))


def _own(name: str) -> list[str]:
    """The words of a name that are its own: a place, and not those of every office nor of a state."""
    return [word for word in _words(name) if len(word) >= LEAST and word not in _of_no_place()]


@cache
def _of_no_place() -> frozenset[str]:
    """The words of every office, of forms, and of states."""
    words = (*forms()["agency_words"], *forms()["signing"]["offices"], *common_words())
    return _states().union(_words(" ".join(words)))


def _words(name: str) -> list[str]:
    """The words of a name, with the letters that readers most often take for each other as one."""
    plain = re.sub(r"['’]", "", name.casefold()).replace("rn", "m")
    return re.findall(r"[a-z]+", plain)


@cache
def _states() -> frozenset[str]:
    rows = (*declared.states(), *declared.territories())
    return frozenset(word for row in rows for word in _words(row.name))
