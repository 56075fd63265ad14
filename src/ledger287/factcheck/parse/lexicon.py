"""The closed vocabulary -> phrases by their plain words, ready for the longest match.

What enters: declared/factcheck/lexicon.yml, words.yml, hedges.yml and the names of states. What leaves: a table from
the first word to phrases. Promise: a word that is not declared is WORD, and means nothing to a claim.
"""

import re
from functools import cache, lru_cache

from ledger287.core import declared
from ledger287.factcheck.parse.numbers import hedges

Entry = tuple[tuple[str, ...], str, str]
ABBREVIATED = {
    pair.split("=")[0]: pair.split("=")[1]
    for pair in [
        "ala=AL",
        "ariz=AZ",
        "ark=AR",
        "calif=CA",
        "colo=CO",
        "conn=CT",
        "del=DE",
        "fla=FL",
        "ga=GA",
        "ill=IL",
        "ind=IN",
        "kan=KS",
        "ky=KY",
        "la=LA",
        "md=MD",
        "mass=MA",
        "mich=MI",
        "minn=MN",
        "miss=MS",
        "mo=MO",
        "mont=MT",
        "neb=NE",
        "nev=NV",
        "okla=OK",
        "ore=OR",
        "pa=PA",
        "tenn=TN",
        "tex=TX",
        "va=VA",
        "vt=VT",
        "wash=WA",
        "wis=WI",
        "wyo=WY",
    ]
}
"""States as the Associated Press abbreviates them, with a capital and a point."""
DOTTED = {
    "n c": "NC",
    "s c": "SC",
    "n d": "ND",
    "s d": "SD",
    "n h": "NH",
    "n j": "NJ",
    "n m": "NM",
    "n y": "NY",
    "w va": "WV",
    "r i": "RI",
    "d c": "DC",
}


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """A word for comparing: lower case, without possessive and apostrophe."""
    word = word.lower().replace("’", "'").replace("‘", "'")
    return re.sub(r"'s$|'", "", word) if "'" in word else word


def split(phrase: str) -> tuple[str, ...]:
    """The plain words of a phrase."""
    return tuple(plain(word) for word in re.findall(r"[^\W_]+(?:['’][^\W\d_]+)?|%|→", phrase.lower()))


@cache
def phrases() -> dict[str, tuple[Entry, ...]]:
    """First word -> phrases that begin with it, the longest first."""
    found: dict[str, list[Entry]] = {}

    def add(words: tuple[str, ...], kind: str, value: str) -> None:
        if words:
            found.setdefault(words[0], []).append((words, kind, value))

    # The order settles what a phrase of two kinds is: the kind declared first.
    for kind, values in declared.declared_yaml("factcheck/lexicon.yml").items():
        for value, texts in values.items():
            for text in texts:
                add(split(str(text)), {"MULTIPLE": "TIMESWORD", "IDLE": "WORD"}.get(kind, kind), str(value))
    for name, row in hedges().items():
        if isinstance(row, dict) and "words" in row:
            for text in row["words"]:
                after = str(text).startswith("or ") or text == "and counting"
                add(split(str(text)), "HEDGEAFTER" if after else "HEDGE", str(row["rule"]))
        elif name == "ranges":
            for text in row:
                add(split(str(text)), "NUM", str(text))
    for code in declared.states() + declared.territories():
        add(split(code.name), "PLACE", code.code)
    for row in declared.declared_yaml("factcheck/regions.yml"):
        add(split(str(row["name"])), "REGION", " ".join(row["states"]))
    add(("commonwealth", "of", "the", "northern", "mariana", "islands"), "PLACE", "MP")
    add(("northern", "marianas"), "PLACE", "MP")
    return {first: tuple(sorted(entries, key=lambda one: -len(one[0]))) for first, entries in found.items()}


@cache
def words(name: str) -> frozenset[str]:
    """A declared list of words that settle what an amount is."""
    return _word_lists()[name]


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    lists = declared.declared_yaml("factcheck/words.yml")
    return {name: frozenset(str(word) for word in some) for name, some in lists.items()}
