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
from itertools import pairwise
from typing import Any

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.sources.documents.declaring import common_words, forms, load
from ledger287.sources.documents.fields.signed_pages.days import read_day
from ledger287.sources.documents.versions.clause_change import ClauseChange, Kind
from ledger287.sources.documents.versions.effects import effect_of
from ledger287.sources.documents.versions.moved import is_nearby, is_repeated, without_moved
from ledger287.sources.documents.versions.slips import (
    FILLED,
    LONG,
    fills,
    is_another_period,
    is_day_left_out,
    is_filled_in,
    is_signature,
    is_slip,
    is_unreadable,
    without_echo,
)
from ledger287.sources.documents.versions.words import ClauseWord, bare_words, words_of

SIZE = 6
"""Hexadecimal digits of a word's hash: of 2,000 words none share one."""
JOIN = 4
"""Places that differ with fewer equal words between them are reported as one."""


@dataclass(frozen=True, slots=True)
class OtherWording:
    """What some documents of a version have in the place of its words from ``first`` to ``last``."""

    first: int
    last: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a form: its id, the hash of each of its words, and the clauses: section, first word, last word.

    ``wordings`` are what some of its documents have in place of some words, ``filled`` the stretches filled in.
    """

    id: str
    model: str
    printed: str
    words: tuple[str, ...]
    clauses: tuple[tuple[str, int, int], ...]
    wordings: tuple[OtherWording, ...] = ()
    filled: tuple[tuple[int, int], ...] = ()

    def section_at(self, place: int) -> str:
        """The section that a word is in; behind the sentence above the signatures they are a section of their own."""
        start, end = _signatures(self)
        if start <= place < end:
            return SIGNATURES
        return next((section for section, first, last in self.clauses if first <= place < last), "")


@dataclass(frozen=True, slots=True)
class Alignment:
    """A document against its form: the places that differ, and those whose words could not be read."""

    changes: tuple[ClauseChange, ...]
    unread: tuple[ClauseChange, ...]


SIGNATURES = "Signatures"
SIGNED_BY = (("signing", "this"), ("allowed", "by", "law"), ("appendix",))
"""The words that begin and end the sentence above the signatures, and the one behind these."""


@cache
def _signatures(version: Version) -> tuple[int, int]:
    """The words from the sentence above the signatures to the first appendix; none where a form lacks one of these.

    A form without an appendix, as of an addendum, ends where its signatures begin.
    """
    ends: list[int] = []
    for words in SIGNED_BY:
        marks = tuple(hash_of(word) for word in words)
        places = range(ends[-1] if ends else 0, len(version.words))
        found = next((at for at in places if version.words[at : at + len(marks)] == marks), None)
        if found is None:
            return (len(version.words),) * 2 if len(ends) == len(SIGNED_BY) - 1 else (0, 0)
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


@cache
def versions() -> tuple[Version, ...]:
    """Every declared version of a form, in the order of its id."""
    return _declared_in("versions")


@cache
def addendum_forms() -> tuple[Version, ...]:
    """Every declared form of an addendum."""
    return _declared_in("versions/addenda")


def _declared_in(room: str) -> tuple[Version, ...]:
    folder = files("ledger287").joinpath("declared", "documents", *room.split("/"))
    names = sorted(place.name for place in folder.iterdir() if place.name.endswith(".yml"))
    return tuple(_version(load(f"documents/{room}/{name}")) for name in names)


def _version(row: dict[str, Any]) -> Version:
    words: list[str] = []
    clauses = []
    for clause in row["clauses"]:
        first = len(words)
        words += _marks(clause["words"])
        clauses.append((str(clause["section"]), first, len(words)))
    wordings = tuple(OtherWording(one["first"], one["last"], _marks(one["words"])) for one in row["wordings"])
    filled = tuple((first, last) for first, last in row["filled"])
    return Version(row["id"], row["model"], row["printed"], tuple(words), tuple(clauses), wordings, filled)


def _marks(text: str) -> tuple[str, ...]:
    return tuple(text[at : at + SIZE] for at in range(0, len(text), SIZE))


def _as_printed(said: str) -> str:
    """A version's name with its date as forms print it, however it was written: TFM 2025-02-12, Feb. 12, 2025."""
    model = re.match(r"(?i)\s*(?:jem|wso|tfm)\s+|", said)
    named = model[0] if model else ""
    day = read_day(said[len(named) :])
    return f"{named}{day.day:%m/%d/%Y}" if day and day.exact else said


def version_named(printed: str, model: str | None = None) -> Version:
    """The version of a printed date. Raises Refused where there is none, or several and no model is named."""
    code = _model_named(model) if model is not None else None
    wanted = declared.bare(_as_printed(printed)).upper()
    found = [one for one in versions() if wanted in (one.printed.upper(), one.id.upper())]
    of_model = [one for one in found if code in (None, one.model)]
    if len(of_model) == 1:
        return of_model[0]
    if of_model:
        says = f"{printed!r} is a version of {' and '.join(one.model for one in found)}; name one with "
        raise QueryError("several_models", says, QueryField("model"), ".", fields=("model",))
    known = ", ".join(one.id for one in versions() if code in (None, one.model))
    of = f" of {code}" if code else ""
    raise Refused(f"no version {printed!r}{of}; expected one of: {known}.")


def _model_named(said: str) -> str:
    """A model's code, by its code or its name. Raises Refused where no form of such a model is known."""
    models = forms()["models"]
    for code, model in models.items():
        if declared.bare(said) in (declared.bare(code), declared.bare(str(model["name"]))):
            return str(code)
    known = ", ".join(f"{code} ({models[code]['name']})" for code in sorted(models))
    raise Refused(f"no model {said!r} has a form that can be compared. Expected one of: {known}.")


def compare_versions(one: Version, other: Version) -> tuple[ClauseChange, ...]:
    """What differs between two versions."""
    after = [ClauseWord(_words_by_hash().get(mark, "[?]"), 0) for mark in other.words]
    form = _Form(one, one.words, tuple(range(len(one.words) + 1)))
    changes, _ = _changes(form, after, other.words, FILLED)
    return changes


def align(version: Version, texts: Mapping[int, str], names: Sequence[str] = ()) -> tuple[ClauseChange, ...]:
    """What differs between a document and its version; ``names`` are words that were filled in."""
    return alignment(version, texts, names).changes


def alignment(version: Version, texts: Mapping[int, str], names: Sequence[str] = ()) -> Alignment:
    """The same, with the places whose words could not be read."""
    words = words_of(texts)
    filled = {part for name in names for part in bare_words(name)}
    marks = [hash_of(word.text) for word in words]
    return Alignment(*_changes(_in_wording(version, marks), words, marks, filled, is_document=True))


@dataclass(frozen=True, slots=True)
class _Form:
    """A version's words in the wording that a document has, and the place of each among the version's own."""

    version: Version
    words: Sequence[str]
    own: Sequence[int]

    def section_at(self, place: int) -> str:
        return self.version.section_at(min(self.own[place], len(self.version.words) - 1))

    def left_open(self, first: int, last: int) -> list[int] | None:
        """Of a place, the words that the form does not leave open; None where it leaves nothing open there."""
        start, end = self.own[first], self.own[last]
        touched = [(begin, stop) for begin, stop in self.version.filled if begin <= end + 1 and start - 1 <= stop]
        if not touched:
            return None
        return [at for at in range(first, last) if not any(begin <= self.own[at] < stop + 1 for begin, stop in touched)]


def _in_wording(version: Version, marks: Sequence[str]) -> _Form:
    """The version in the wording that is nearest to a document's words, place by place."""
    from rapidfuzz.distance import Levenshtein

    words, own = list(version.words), list(range(len(version.words) + 1))
    steps = Levenshtein.opcodes(version.words, marks)
    behind = len(version.words) + 1
    for first, last in sorted({(one.first, one.last) for one in version.wordings}, reverse=True):
        if last > behind:
            continue
        ways = [one.words for one in version.wordings if (one.first, one.last) == (first, last)]
        start, end = max(0, first - AROUND), min(len(version.words), last + AROUND)
        said = marks[_there(steps, start, False) : _there(steps, end, True)]
        before, after = version.words[start:first], version.words[last:end]
        best = min(
            (version.words[first:last], *ways), key=lambda way: Levenshtein.distance([*before, *way, *after], said)
        )
        if best != version.words[first:last]:
            words[first:last], own[first:last], behind = best, [first] * len(best), first
    return _Form(version, words, own)


AROUND = 4
"""Words on either side of a place that are compared with it."""


def _there(steps: Any, place: int, is_end: bool) -> int:
    """The place in a document of a place in its form: the far side of what differs there."""
    for step in steps:
        if step.src_start <= place < step.src_end:
            if step.tag == "equal":
                return int(step.dest_start + place - step.src_start)
            return int(step.dest_end if is_end else step.dest_start)
    return int(steps[-1].dest_end) if steps else 0


def _changes(
    form: _Form,
    after: Sequence[ClauseWord],
    marks: Sequence[str],
    filled: "set[str] | frozenset[str]",
    is_document: bool = False,
) -> tuple[tuple[ClauseChange, ...], tuple[ClauseChange, ...]]:
    """The places that differ, and those that could not be read."""
    from rapidfuzz.distance import Levenshtein

    found: list[ClauseChange] = []
    unread: list[ClauseChange] = []
    poor, said = is_document and _is_poor(after), [_words_by_hash().get(mark, "[?]") for mark in form.words]
    spoken = [word.text for word in after]
    for first, last, start, end in _places(Levenshtein.opcodes(form.words, marks)):
        before_words = said[first:last]
        after_words = without_echo(said[:first], spoken[start:end])
        unit = said[last] if last < len(said) else ""
        period = is_another_period(before_words, after_words, unit)
        if not period and (
            is_slip(before_words, after_words, filled)
            or (is_document and _is_open(form, (first, last), said, after_words, filled))
        ):
            continue
        if (
            not is_document
            and form.section_at(first) == SIGNATURES
            and is_filled_in(before_words, after_words, filled, True)
        ):
            continue
        if is_document and not after_words and is_nearby(before_words, said, first, spoken, start):
            continue
        kind: Kind = "changed"
        if not after_words or (len(before_words) >= LONG and len(after_words) < 0.3 * len(before_words)):
            kind = "omitted"
        elif not before_words or (len(after_words) >= LONG and len(before_words) < 0.3 * len(after_words)):
            kind = "added"
        context = " ".join(said[max(0, first - 6) : first])
        page = after[min(start, len(after) - 1)].page if after else None
        section, before, come = form.section_at(first), " ".join(before_words), " ".join(after_words)
        effect = effect_of(kind, section, [*before_words, unit] if period else before_words, after_words)
        one = ClauseChange(kind, section, before, come, page or None, context, effect.bears_on, effect.sure)
        lost = is_document and (
            is_unreadable(before_words, after_words, poor) or _is_on_no_page(after, start, end, last - first)
        )
        (unread if lost else found).append(one)
    return (without_moved(found) if is_document else tuple(found)), tuple(unread)


POOR = 0.12
"""Where more of a document's words are in no form, names of agencies among them, its text is poor."""


def _is_poor(after: Sequence[ClauseWord]) -> bool:
    known = common_words()
    words = [word.text for word in after if len(word.text) > 1 and not word.text.isdigit()]
    return sum(word not in known for word in words) > POOR * len(words)


BORDER = 12
"""Words that a page can end with as the missing one does, so that the place is put that much too early or too late."""

LITTLE = 0.1
"""The share of the words of such a page that are met again by chance."""


def _is_on_no_page(after: Sequence[ClauseWord], start: int, end: int, gone: int) -> bool:
    """Whether a page is missing where words are left out: it has no text that could be read."""
    near = [word.page for word in after[max(0, start - BORDER) : end + BORDER]]
    few = end - start < max(JOIN, LITTLE * gone)
    return few and any(later > earlier + 1 for earlier, later in pairwise(near))


def _is_open(
    form: _Form, place: tuple[int, int], said: list[str], come: list[str], filled: "set[str] | frozenset[str]"
) -> bool:
    """Whether what differs is in a place that is filled in: names and addresses, and no words of a clause."""
    before = said[slice(*place)]
    blank = _has_blanks(form, *place) or is_day_left_out(before, come)
    signed = form.section_at(place[0]) == SIGNATURES
    if (blank and is_filled_in(before, come, filled, signed)) or is_signature(before, come):
        return True
    if len(before) < LONG and is_repeated(said, place[0], come):
        return True
    left = form.left_open(*place)
    return left is not None and fills([before[at - place[0]] for at in left], come)


def _has_blanks(form: _Form, first: int, last: int) -> bool:
    """Whether a place is mostly blanks: signatures, which a form's words can lack altogether, and points of contact."""
    section = form.section_at(first)
    behind = first == last and form.own[first] == _signatures(form.version)[1]
    return behind or section == SIGNATURES or "POINTS OF" in section.upper()


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
