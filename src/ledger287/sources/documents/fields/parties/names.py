"""How the name of an agency is printed: its shape, its spelling, and the state at its end.

What enters: a text, or two names. What leaves: whether it is built as a name, the name without what readers of pictures
add, whether two are prints of one. The module promises that a name's own words are never replaced.
"""

import re
from functools import cache, lru_cache

from ledger287.core import declared
from ledger287.sources.documents.declaring import forms

SAME = 84
"""How alike, of 100, two prints of one name must be."""
NOT_NAMES = re.compile(
    r"(?i)\b(immigration|customs|homeland|revised|approved|memorandum|agreement|this moa|participating|signature|date:|"
    r"field office|office of (?:the )?(?:principal|inspector|general counsel|civil|professional|public affairs)|"
    r"pursuant|points? of contact|affairs|information officer|law enforcement agency|complaint|federal|title:|name:|"
    r"attn)(?:\b|(?<=:))"
)
OF_PLACE = (
    r"(?:(?:Charter|Incorporated|Civil|Consolidated|Metropolitan|Unified)\s)?"
    r"(?:City\sand\sCounty|City|Town|Township|Village|Borough|County|Parish|Municipality)\sof\s"
)
"""What comes before the name of a place: Borough of."""
BODY = re.compile(
    r"(?i)\b(sheriff|police|pd|marshal|constable|safety|correction|bureau|commission|guard|patrol|jail|prison|agency|"
    r"authority|investigation|enforcement|university|college|board|division|troopers?|department)"
)
"""A word that says what body it is: a name without one that reads clearly is not sure by one place alone."""


@cache
def _names() -> frozenset[str]:
    return frozenset(forms()["agency_words"])


@lru_cache(maxsize=4096)
def shaped(name: str) -> bool:
    """Whether a text is built as the name of an agency: capitals, and a word of offices."""
    words = re.findall(r"[A-Za-z'’]{2,}", name)
    if not 2 <= len(words) <= 14:
        return False
    known = [word for word in words if word.casefold().replace("’", "'").removesuffix("'s") in _names()]
    capitals = sum(word[0].isupper() for word in words if word.casefold() not in ("of", "the", "and", "on", "behalf"))
    small = sum(1 for word in words if word.casefold() not in ("of", "the", "and", "on", "behalf", "for"))
    if re.fullmatch(r"(?i)state of( \w+){0,2}|county of|city of", name.strip()):
        return False
    return bool(known) and capitals >= 0.6 * small


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """A name without the marks that OCR adds, and with its apostrophes restored."""
    plain = re.sub(r"[_|~•*\"“”]+", " ", text).replace("’", "'").replace("`", "'")
    plain = re.sub(r"^\s*the\s+(?=[A-Z])", "", plain)
    plain = re.sub(r"(?i)\bsher\w{1,3}[ft]{1,2}'?[rt]?s?\b(?=\s+(office|dep))", _sheriffs, plain)
    plain = re.sub(r"(?i)\bsheri\s?f[frt]?'?\s?s?['.]?\s?(?=office\b)", lambda read: f"{_sheriffs(read)} ", plain)
    plain = re.sub(r"(?i)\s*\b(?:rev(?:[il]s\w{0,2})?|approved)\b\.?:?\s*[\dOlI/\\ ]*$", "", " ".join(plain.split()))
    plain = re.sub(r"^\d{1,2}\s+", "", _without_page(plain))
    plain = re.sub(r"\bP\.\s?[DO0]\.?$", "PD", plain)
    plain = re.sub(r"\s*[({\[]\W{0,2}(?!of)[A-Za-z$]{3,9}\W{0,2}[)}\]]\s*", " ", plain)
    plain = re.sub(r"\b([B-Z]) (?=[a-z]{2})", r"\1", plain)
    return re.sub(r"\s+([,.;])", r"\1", plain).strip(" ,.;:-'")


def _sheriffs(read: "re.Match[str]") -> str:
    """The word with its apostrophe, in capitals where it is printed in them."""
    return "SHERIFF'S" if read[0][:4].isupper() else "Sheriff's"


@lru_cache(maxsize=512)
def one_line(text: str) -> str:
    """A text without the ends of its lines, and without the rules on which something is filled in."""
    return " ".join(text.replace("_", " ").split())


NUMBERED = re.compile(r"(?i)\b(?:precinct|pct|district|place|zone|ward|troop|region|post|no|number)\b\W{0,3}\d{1,3}$")
"""A name that ends with a number of its own: Constable Precinct 2."""


def _without_page(name: str) -> str:
    """A name without the number of the page, or the date of the form, that is printed after it."""
    return name if NUMBERED.search(name) else re.sub(r"\s+[\d/]{1,10}$", "", name)


def same_name(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    left, right = (without_state(name)[0].casefold() for name in (one, other))
    return bool(
        fuzz.ratio(left, right) >= SAME or (min(len(left), len(right)) > 12 and fuzz.partial_ratio(left, right) >= 96)
    )


@cache
def state_codes() -> dict[str, str]:
    """Every way to print a state -> its code."""
    codes = (*declared.states(), *declared.territories())
    return {**{row.name.casefold(): row.code for row in codes}, **{row.code.casefold(): row.code for row in codes}}


def without_state(name: str) -> tuple[str, str | None]:
    """A name without the state at its end, and the state's code: (FL), , Alabama, - OK."""
    match = re.match(r"^(.*?)[\s,\-–(]+([A-Za-z][A-Za-z. ]{1,22}?)\)?\.?$", name)
    for _ in range(3):
        if not match:
            break
        tail = match[2].replace(".", "").strip()
        code = state_codes().get(tail.casefold())
        if code and (len(tail) > 2 or tail.isupper()) and len(match[1].split()) >= 2:
            return match[1].strip(" ,-–("), code
        match = re.match(r"^(.*)[\s,\-–(]+([A-Za-z]+)\)?\.?$", name)
    return name, None


OFFICE = re.compile(r"(?i)\bsh\w{0,2}r\w{0,3}[fti]{1,2}\W?[rt]?\W{0,2}s?\b\W*(?=o)")
"""The word Sheriff's before Office, as readers of pictures have it."""


def letters_of(text: str) -> str:
    plain = re.sub(r"\bP\.?D\b\.?|\bDept\b\.?", _in_full, OFFICE.sub("sheriffs ", text))
    return re.sub(r"[^a-z]", "", plain.casefold().replace("sherriff", "sheriff"))


def _in_full(short: re.Match[str]) -> str:
    return "Department" if short[0].startswith("D") else "Police Department"
