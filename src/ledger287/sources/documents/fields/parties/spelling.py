"""A name that a text layer prints with a slip, by the other places that print it.

What enters: a name in doubt, and the text of pages. What leaves: the name as the other places spell it; None where no
other place has it. The module promises that only letters that look alike differ from what is printed, and in the words
of bodies (city, county) one letter that was lost.
"""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import product

from ledger287.sources.documents.declaring import forms
from ledger287.sources.documents.fields.parties.names import BODY

PLACES = ("City", "County", "Town", "Village", "Borough", "Parish")
SHORT, MOST = 8, 24
"""The fewest letters of the part of a name that is its own; and the most ways of spelling that are tried."""


def spelled(name: str, texts: Mapping[int, str]) -> str | None:
    """The name as other places of a document print it."""
    body = BODY.search(name)
    own, rest = (name[: body.start()].strip(), name[body.start() :]) if body else ("", "")
    known = {*forms()["agency_words"]}
    if not own or any(re.sub(r"\W|'s", "", word.casefold()) not in known for word in re.findall(r"[\w']{3,}", rest)):
        return None
    everywhere = [_unified(text) for text in texts.values()]
    tokens = Counter(word for text in texts.values() for word in re.findall(r"[A-Z][a-z]+", text))
    ways = [[word, *_ways(word, tokens)] for word in own.split()]
    found = Counter[str]()
    for way in list(product(*ways))[:MOST]:
        wanted = _unified(" ".join(way))
        many = sum(text.count(wanted) for text in everywhere) - (wanted == _unified(own))
        if len(wanted) >= SHORT and many > 0:
            found[" ".join(way)] = many * 100 + sum(min(tokens[word], 9) for word in way)
    return f"{found.most_common(1)[0][0]} {rest}" if found else None


def is_part(one: str, name: str) -> bool:
    """Whether a print is a part of a name, with letters that look alike: Winkler County of its sheriff's office."""
    return _unified(one) in _unified(name)


def _ways(word: str, tokens: "Counter[str]") -> list[str]:
    """Other spellings of a word: those that the document prints more often with letters alike, and words of bodies."""
    from rapidfuzz.distance import Levenshtein

    alike = [
        other
        for other, many in tokens.items()
        if other != word and many > tokens[word] and len(other) == len(word) and _unified(other) == _unified(word)
    ]
    bodies = [one for one in PLACES if one != word and one[0] == word[:1] and Levenshtein.distance(one, word) == 1]
    return [*alike, *bodies]


def _unified(text: str) -> str:
    """The letters of a text, those that readers take for each other as one."""
    plain = text.casefold().translate(str.maketrans("l1|!0", "iiiio")).replace("rn", "m")
    return re.sub(r"[^a-z]", "", plain)
