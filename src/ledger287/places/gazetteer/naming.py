"""Names of counties, places and departments -> keys that compare equal where the names mean the same.

A key has letters and digits alone. What it drops (case, accents, spaces, points) and what it spells out
(St., Ft., Mt., Twp.) never tells two places of one state apart; words like City or Township do, and stay.
"""

import re
import unicodedata
from functools import cache, lru_cache

RECENT = 4096
"""Names whose words are remembered, for those that come again, as a county's does; not each of a hundred thousand."""

SPELLED_OUT = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "twp": "township",
    "boro": "borough",
    "co": "county",
    "pct": "precinct",
    "so": "south",
    "pd": "police department",
    "dps": "department of public safety",
    "doc": "department of corrections",
    "univ": "university",
    "dept": "department",
    "n": "north",
}
_AND, _SHERIFF, _WORD = re.compile(r"[\"']n[\"']|&"), re.compile(r"\bso$"), re.compile(r"[a-z0-9]+")
_DROPPED = dict.fromkeys(map(ord, "'`."))

COUNTY_WORDS = (
    "city and borough",
    "census area",
    "planning region",
    "county",
    "parish",
    "borough",
    "municipality",
    "district",
    "island",
)


@lru_cache(maxsize=RECENT)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, plain: lower case, no accents, no possessive, abbreviations spelled out."""
    flat = name if name.isascii() else unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    flat = _AND.sub(" and ", flat.lower()).translate(_DROPPED).strip()
    if flat.endswith("so"):
        flat = _SHERIFF.sub("sheriffs office", flat)
    found = _WORD.findall(flat)
    if SPELLED_OUT.keys().isdisjoint(found):
        return tuple(found)
    return tuple(part for word in found for part in SPELLED_OUT.get(word, word).split())


@lru_cache(maxsize=RECENT)
def key(name: str) -> str:
    """What two spellings of one place's name share: Saint Mary's and St. Marys are ``saintmarys``."""
    return "".join(words(name))


@cache
def county_key(name: str) -> str:
    """The key of a county without the word that says what it is; an independent city keeps ``city``."""
    plain = " ".join(words(name))
    for word in COUNTY_WORDS:
        if plain.endswith(f" {word}"):
            return plain.removesuffix(f" {word}").replace(" ", "")
    return plain.replace(" ", "")


def is_county_name(name: str) -> bool:
    """Whether a name ends in the word for a county."""
    return any(" ".join(words(name)).endswith(f" {word}") for word in COUNTY_WORDS)
