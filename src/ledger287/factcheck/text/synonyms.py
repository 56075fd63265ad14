"""A paragraph of English -> the same with the plain words of the vocabulary for rarer ones of the same meaning.

What enters: a text. What leaves: its stretches in order, each with the words that are read for it, or none where all
words are plain. Promise: only declared phrases (declared/factcheck/synonyms.yml), each in lower case or with a capital
at its first letter, are exchanged; the longest that begins at a word is.
"""

import re
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed

WORD = when_needed(r"[^\W_]+(?:['’.-][^\W_]+)*")
END = "\n"
"""The key of a phrase's plain words; no word has it."""


@cache
def _phrases() -> dict[str, Any]:
    """A tree of phrases: word -> the words that may follow it; behind the last one its plain words, under END."""
    tree: dict[str, Any] = {}
    for plain, rarer in rarer_words().items():
        for phrase in rarer:
            node = tree
            for word in WORD.findall(_one_apostrophe(phrase)):
                node = node.setdefault(word, {})
            node.setdefault(END, plain)
    return tree


@cache
def rarer_words() -> dict[str, tuple[str, ...]]:
    """The plain words -> the rarer ones, each in all its ways of being written."""
    data = declared.declared_yaml("factcheck/synonyms.yml")
    return {
        str(plain): tuple(way for one in rarer for way in spelled_out(str(one), data["written"]))
        for plain, rarer in data["plain"].items()
    }


def spelled_out(phrase: str, written: dict[str, list[str]]) -> list[str]:
    """The ways in which a phrase is written: each {NAME} in it as each of what is declared for it."""
    name = NAMED.search(phrase)
    if name is None:
        return [phrase]
    return [way for one in written[name[1]] for way in spelled_out(phrase.replace(name[0], str(one)), written)]


NAMED = when_needed(r"\{([A-Z_]+)\}")


def _one_apostrophe(text: str) -> str:
    return text.replace("’", "'")


def in_plain_words(text: str) -> list[tuple[int, int, str]] | None:
    """The stretches of a text with what is read for each, in order and without a gap; None where nothing is rare."""
    words = list(WORD.finditer(text))
    found: list[tuple[int, int, str]] = []
    done = at = 0
    while at < len(words):
        length, plain = _longest(words, at, text)
        if not length:
            at += 1
            continue
        start, end = words[at].start(), words[at + length - 1].end()
        if start > done:
            found.append((done, start, text[done:start]))
        found.append((start, end, plain[:1].upper() + plain[1:] if text[start].isupper() else plain))
        done, at = end, at + length
    if not found:
        return None
    return [*found, (done, len(text), text[done:])] if done < len(text) else found


def _longest(words: list[re.Match[str]], at: int, text: str) -> tuple[int, str]:
    """How many words the longest phrase from some word has, and its plain words; 0 where none begins."""
    first = words[at].group()
    opens = _begins(text, words[at].start())
    node = _phrases().get(_one_apostrophe(first[:1].lower() + first[1:] if opens else first))
    length, said = 0, ""
    place = at
    while node is not None:
        if END in node:
            length, said = place + 1 - at, node[END]
        place += 1
        if place == len(words) or text[words[place - 1].end() : words[place].start()] not in (" ", "\n"):
            break
        node = node.get(_one_apostrophe(words[place].group()))
    return length, said


def _begins(text: str, at: int) -> bool:
    """Whether a word opens a sentence or a quotation, so that its capital says nothing."""
    return at == 0 or text[max(at - 2, 0) : at].endswith((". ", "? ", "! ", "“", '"', "\n", ": ", "— "))
