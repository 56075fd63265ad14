"""A document's words against those of the version of its form: what is omitted, added or changed, word by word.

What enters: the text of a document's pages, and a declared version: for each clause its section and a short hash of
each word, no text. What leaves: ``ClauseChange``, one for each place that differs. The words of a version are
identified through the list of words that forms are made of; a word outside that list shows as [?]. The module promises
that OCR errors (a word that is not in the forms, or is one letter off) and what is filled in (names, days) are not
called changes.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import MONTHS
from ledger287.sources.documents.declaring import common_words, forms, load
from ledger287.sources.documents.fields.signed_pages.days import read_day
from ledger287.sources.documents.versions.effects import effect_of

SIZE = 6
"""Hexadecimal digits of a word's hash: of 2,000 words none share one."""
JOIN = 4
"""Places that differ with fewer equal words between them are reported as one."""
LONG = 6
"""An insertion of so many words of the forms is a clause added, not a name filled in."""
FILLED = frozenset("office county sheriffs sheriff police department appendix title date signature".split())  # noqa: SIM905
KEEP = frozenset("shall may must will not no or and only any unless until without".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class ClauseWord:
    """One word of a document, bare, and its page."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a form: its id, the hash of each of its words, and the clauses: section, first word, last word."""

    id: str
    model: str
    printed: str
    words: tuple[str, ...]
    clauses: tuple[tuple[str, int, int], ...]

    def section_at(self, place: int) -> str:
        """The section that a word is in; behind the sentence above the signatures they are a section of their own."""
        start, end = _signatures(self)
        if start <= place < end:
            return SIGNATURES
        return next((section for section, first, last in self.clauses if first <= place < last), "")


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A place where a document differs. ``before`` are the form's words, ``after`` the document's.

    ``bears_on`` are the parts of an answer on authority that it touches; ``sure`` is False where it can be a slip.
    """

    kind: Literal["changed", "omitted", "added"]
    section: str
    before: str
    after: str
    page: int | None
    context: str
    bears_on: tuple[str, ...] = ()
    sure: bool = False


SIGNATURES = "Signatures"
SIGNED_BY = (("signing", "this"), ("allowed", "by", "law"), ("appendix",))
"""The words that begin and end the sentence above the signatures, and the one behind these."""


@cache
def _signatures(version: Version) -> tuple[int, int]:
    """The words from the sentence above the signatures to the first appendix; none where a form lacks one of these."""
    ends: list[int] = []
    for words in SIGNED_BY:
        marks = tuple(hash_of(word) for word in words)
        places = range(ends[-1] if ends else 0, len(version.words))
        found = next((at for at in places if version.words[at : at + len(marks)] == marks), None)
        if found is None:
            return 0, 0
        ends.append(found + len(marks))
    return ends[1], ends[2] - 1


def hash_of(word: str) -> str:
    """The short hash of a word."""
    return hashlib.sha256(word.encode()).hexdigest()[:SIZE]


NUMBERS = 3000
"""Numbers below this are shown as they are: days and hours, sections of the law (287(g), 1357), years."""


@cache
def _words_by_hash() -> dict[str, str]:
    return {hash_of(word): word for word in (*(str(number) for number in range(NUMBERS)), *common_words())}


def words_of(texts: Mapping[int, str]) -> list[ClauseWord]:
    """The words of pages, bare, without page numbers, the date of the form, and lines that pages repeat."""
    seen: dict[str, int] = {}
    for text in texts.values():
        for line in {_bare(line) for line in text.splitlines()}:
            seen[line] = seen.get(line, 0) + 1
    repeated = {line for line, many in seen.items() if many >= max(3, len(texts) // 3)}
    found = []
    for number, text in texts.items():
        kept = [line for line in text.splitlines() if _bare(line) not in repeated]
        joined = re.sub(r"-\n(?=[a-z])", "", "\n".join(kept))
        for line in joined.splitlines():
            if not re.match(r"(?i)^\W*(?:rev\w*|approved)[\s.:]*[\d/ ]+\W*$|^\W*\d{1,2}\W*$", line):
                found += [ClauseWord(word, number) for word in bare_words(line)]
    return found


def bare_words(text: str) -> list[str]:
    """The words of a text as they are compared: letters and digits in one case."""
    return re.findall(r"[a-z0-9]+", _plain(text))


def _plain(text: str) -> str:
    return re.sub(r"[’']", "", text.casefold().replace("\ufffe", "").replace("\u00ad", ""))


def _bare(line: str) -> str:
    return re.sub(r"[^a-z]", "", line.casefold())


@cache
def versions() -> tuple[Version, ...]:
    """Every declared version of a form, in the order of its id."""
    folder = files("ledger287").joinpath("declared", "documents", "versions")
    names = sorted(place.name for place in folder.iterdir() if place.name.endswith(".yml"))
    return tuple(_version(load(f"documents/versions/{name}")) for name in names)


def _version(row: dict[str, Any]) -> Version:
    words: list[str] = []
    clauses = []
    for clause in row["clauses"]:
        marks = clause["words"]
        first = len(words)
        words += [marks[at : at + SIZE] for at in range(0, len(marks), SIZE)]
        clauses.append((str(clause["section"]), first, len(words)))
    return Version(row["id"], row["model"], row["printed"], tuple(words), tuple(clauses))


def _as_printed(said: str) -> str:
    """A version's name with its date as forms print it, however it was written: TFM 2025-02-12, Feb. 12, 2025."""
    model = re.match(r"(?i)\s*(?:jem|wso|tfm)\s+|", said)
    named = model[0] if model else ""
    day = read_day(said[len(named) :])
    return f"{named}{day.day:%m/%d/%Y}" if day and day.exact else said


def version_named(printed: str, model: str | None = None) -> Version:
    """The version of a printed date. Raises Refused where there is none, or several and no model is named."""
    wanted = declared.bare(_as_printed(printed)).upper()
    found = [one for one in versions() if wanted in (one.printed.upper(), one.id.upper())]
    found = [one for one in found if model is None or one.model == model.upper()]
    if len(found) == 1:
        return found[0]
    known = ", ".join(one.id for one in versions())
    if found:
        says = f"{printed!r} is a version of {' and '.join(one.model for one in found)}; name one with "
        raise QueryError("several_models", says, QueryField("model"), ".", fields=("model",))
    raise Refused(f"no version {printed!r}; expected one of: {known}.")


def compare_versions(one: Version, other: Version) -> tuple[ClauseChange, ...]:
    """What differs between two versions."""
    after = [ClauseWord(_words_by_hash().get(mark, "[?]"), 0) for mark in other.words]
    return tuple(_changes(one, after, other.words, FILLED))


def align(version: Version, texts: Mapping[int, str], names: Sequence[str] = ()) -> tuple[ClauseChange, ...]:
    """What differs between a document and its version; ``names`` are words that were filled in."""
    words = words_of(texts)
    filled = {part for name in names for part in bare_words(name)}
    return tuple(_changes(version, words, [hash_of(word.text) for word in words], filled, is_document=True))


def _changes(
    version: Version,
    after: Sequence[ClauseWord],
    marks: Sequence[str],
    filled: "set[str] | frozenset[str]",
    is_document: bool = False,
) -> list[ClauseChange]:
    from rapidfuzz.distance import Levenshtein

    found = []
    for first, last, start, end in _places(Levenshtein.opcodes(version.words, marks)):
        before_words = [_words_by_hash().get(mark, "[?]") for mark in version.words[first:last]]
        after_words = [word.text for word in after[start:end]]
        unit = _words_by_hash().get(version.words[last], "") if last < len(version.words) else ""
        period = _is_another_period(before_words, after_words, unit)
        blank = is_document and (_has_blanks(version, first, last) or _is_day_left_out(before_words, after_words))
        if not period and (
            _is_slip(before_words, after_words, filled) or (blank and _is_filled_in(before_words, after_words, filled))
        ):
            continue
        kind: Literal["changed", "omitted", "added"] = "changed"
        if not after_words or (len(before_words) >= LONG and len(after_words) < 0.3 * len(before_words)):
            kind = "omitted"
        elif not before_words or (len(after_words) >= LONG and len(before_words) < 0.3 * len(after_words)):
            kind = "added"
        context = " ".join(_words_by_hash().get(mark, "[?]") for mark in version.words[max(0, first - 6) : first])
        place = min(first, len(version.words) - 1)
        page = after[min(start, len(after) - 1)].page if after else None
        section, before, come = version.section_at(place), " ".join(before_words), " ".join(after_words)
        effect = effect_of(kind, section, [*before_words, unit] if period else before_words, after_words)
        found.append(ClauseChange(kind, section, before, come, page or None, context, effect.bears_on, effect.sure))
    return found


def _places(steps: Any) -> list[tuple[int, int, int, int]]:
    """The places that differ, near ones joined."""
    found: list[tuple[int, int, int, int]] = []
    for step in steps:
        if step.tag == "equal":
            continue
        place = (step.src_start, step.src_end, step.dest_start, step.dest_end)
        if found and place[0] - found[-1][1] < JOIN and place[2] - found[-1][3] < JOIN:
            found[-1] = (found[-1][0], place[1], found[-1][2], place[3])
        else:
            found.append(place)
    return found


def _is_like_another(form: str, read: str) -> bool:
    """Whether a word that is not read is unlike the form's weighty word, and like another: "ay" where "shall" is."""
    from rapidfuzz import fuzz

    if read in common_words() or fuzz.ratio(form, read) >= UNLIKE:
        return False
    return any(fuzz.ratio(word, read) >= LIKE for word in KEEP - {form})


LIKE, UNLIKE = 66, 40


def _is_glued(word: str, other: str) -> bool:
    """Whether a word is a part of one that readers made of two, an l for an I: chieflnformation."""
    return len(other) > len(word) + 2 and word.replace("l", "i") in other.replace("l", "i") and other not in PLAIN


PLAIN = KEEP | FILLED


def _is_another_period(before: list[str], after: list[str], unit: str) -> bool:
    """Whether one number stands for another before hours or days: no slip of letters, and nothing filled in."""
    return (
        unit in UNITS
        and len(before) == len(after) == 1
        and before != after
        and before[0].isdigit()
        and (after[0].isdigit() and len(after[0]) <= DIGITS)
    )


UNITS = frozenset("hour hours day days week weeks month months year years business calendar".split())  # noqa: SIM905
DIGITS = 3


def _has_blanks(version: Version, first: int, last: int) -> bool:
    """Whether a place is mostly blanks: signatures, which a form's words can lack altogether, and points of contact."""
    section = version.section_at(first)
    behind = first == last == _signatures(version)[1]
    return behind or section == SIGNATURES or "POINTS OF" in section.upper()


def _is_day_left_out(before: list[str], after: list[str]) -> bool:
    """Whether a form's words have the day of a signature that most of its documents have, and this one has not."""
    months = {month.lower() for month in MONTHS} - {"may"}
    return not after and bool(months & {*before}) and any(word.isdigit() or word == "[?]" for word in before)


def _is_filled_in(before: list[str], after: list[str], filled: "set[str] | frozenset[str]") -> bool:
    """Whether what differs in such a section are labels, offices, names and addresses, and no words of a clause."""
    signing = forms()["signing"]
    labels = {*signing["offices"], *signing["ice"], *signing["blanks"], *forms()["agency_words"], *filled}
    known = common_words()
    differing = [word for word in (*before, *after) if word in known and len(word) > 2]
    strange = {word for word in differing if word not in labels and not word.isdigit()}
    return not strange & (KEEP - {"and", "or"}) and len(strange) < FEW_WORDS


FEW_WORDS = 3


def _is_slip(before: list[str], after: list[str], filled: "set[str] | frozenset[str]") -> bool:
    """Whether a place differs only by how it was read, or by what was filled in."""
    from rapidfuzz import fuzz

    if all(word in FILLED or len(word) <= 2 or word.isdigit() or word == "[?]" for word in (*before, *after)):
        return True
    gone, come = [word for word in before if word not in after], [word for word in after if word not in before]
    known = common_words()
    real = [word for word in come if word in known and word not in filled and len(word) > 2]
    if any(word in KEEP for word in gone) and any(word in KEEP for word in come):
        return False
    if len(gone) == len(come) == 1 and gone[0] in KEEP and _is_like_another(gone[0], come[0]):
        return False
    real = [word for word in real if word in KEEP or not any(_is_glued(word, other) for other in gone)]
    if fuzz.ratio("".join(before), "".join(after)) >= 70 and not real:
        return True
    if not gone or all(len(word) <= 2 for word in gone):
        return len(real) < LONG
    if not real and len(gone) < LONG:
        return True
    return len(real) < 2 and len(gone) < 3 and not any(word in KEEP for word in (*gone, *come))
