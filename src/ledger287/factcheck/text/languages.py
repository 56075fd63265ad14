"""A paragraph -> the language that it is in, by its commonest words or its letters.

What enters: a text. What leaves: the English name of its language, and that name as its speakers write it. Promise:
English where too few words tell; a text in letters of another script is never taken for English
(declared/factcheck/languages.yml).
"""

import re
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed

READ = ("English", "Spanish")
OTHER_SCRIPT = when_needed(r"[\u0370-\u1dff\u1f00-\u1fff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufeff]")
SHORT = 8
"""The language of a line with fewer words is determined by its marks alone."""


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = declared.declared_yaml("factcheck/languages.yml")
    return data


@cache
def common() -> dict[str, frozenset[str]]:
    """The commonest words of each language."""
    return {row["name"]: frozenset(row["common"]) for row in _table()["written"]}


@cache
def marks() -> dict[str, frozenset[str]]:
    """Words of each language of which two settle what a short line is in."""
    found = {row["name"]: frozenset(row.get("marks", ())) for row in _table()["written"]}
    return {**found, "Spanish": frozenset(declared.declared_yaml("factcheck/es/marks.yml"))}


@cache
def _tellers() -> dict[str, tuple[str, ...]]:
    """Each common word or mark -> the languages that it tells of."""
    found: dict[str, tuple[str, ...]] = {}
    for language, some in common().items():
        for word in some | marks()[language]:
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _scripts() -> list[tuple[re.Pattern[str], re.Pattern[str], str]]:
    return [(when_needed(row["letters"]), when_needed(row["script"]), row["name"]) for row in _table()["scripts"]]


@cache
def _own() -> dict[str, str]:
    return {row["name"]: row["own"] for rows in _table().values() for row in rows}


def named(language: str) -> str:
    """A language as a message names it: Italian (italiano)."""
    own = _own().get(language, language)
    return language if own == language else f"{language} ({own})"


def language_of(text: str) -> str:
    """The language of a paragraph; English where too few words tell."""
    other = [] if text.isascii() else OTHER_SCRIPT.findall(text)
    if other and len(other) > sum(sign.isalpha() for sign in text) // 2:
        return _by_script("".join(other))
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < SHORT:
        return _of_short(words)
    counts = dict.fromkeys(common(), 0)
    for word in words:
        for language in _tellers().get(word, ()):
            counts[language] += 1
    best = max(counts, key=lambda language: counts[language])
    clear = counts[best] >= 3 and counts[best] > 1.5 * counts["English"]
    return best if clear else "English"


def _of_short(words: list[str]) -> str:
    """The language of a line of few words: that of the most marks, where it has two and no English one."""
    if common()["English"] & set(words) - {"a", "in", "at", "on", "is", "as", "to", "was"}:
        return "English"
    counts = {language: len(some & set(words)) for language, some in marks().items()}
    best = max(counts, key=lambda language: counts[language])
    alone = sum(count == counts[best] for count in counts.values()) == 1
    if counts[best] < 2 or (best != "Spanish" and not alone):
        return "English"
    return best if best != "Spanish" or not common()["English"] & set(words) else "English"


def _by_script(letters: str) -> str:
    """The language of a text in other letters: the first whose own letters and script fit it."""
    for own, script, language in _scripts():
        if len(own.findall(letters)) * 50 >= len(letters) and len(script.findall(letters)) * 2 > len(letters):
            return language
    return "another script"
