"""The places where a document prints its agency's name: the sentence of the parties, the foot, signatures, appendices.

What enters: the text of pages, by number, with positions where there are any. What leaves: ``NamePrint``, a name and
its place. The module promises that a person's name with rank is never a part of it.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ledger287.sources.documents.declaring import common_words, forms
from ledger287.sources.documents.fields.parties.names import (
    BODY,
    NOT_NAMES,
    OF_PLACE,
    letters_of,
    one_line,
    same_name,
    shaped,
    tidy,
)
from ledger287.sources.documents.pages.page import ReadPage, lines

BLOCK = "the signature block"
ANOTHER = "another body's name is printed too"
"""Part of why a name is a doubt, however clearly it is printed."""
IN_BLOCK = f"printed in {BLOCK}"
"""Why a name is one in doubt that only the page of signatures has."""
PARTIES = (
    re.compile(
        r"(?i)homeland\s+(.{0,90}?)\s*s\w{1,2}[um]\w{0,2}ty\s*\(?.{2,7}\)?[\s.,]*and\s*(?:the)?(.{0,160}?)"
        r"(?:[,.]?\s*pu\w{2,4}ant\s+to|,?\s*,?\s*her\w*after\s+the)"
    ),
    re.compile(r"(?i)\band\s+the\s+(.{4,80}?)\s*\(.{2,7}\)?[\s,.]*pu\w{2,4}ant\s+to\s+which\s+IC"),
    re.compile(r"(?i)(?:employees|personnel)\s+of\s*(?:the)?\s*(.{4,110}?)[\s,]*\(?\s*hereinafter"),
    re.compile(r"(?i)the\s+lea\s+represents\s+(?:the\s+)?(.{4,110}?)\s+in\s+the\s+implementation"),
)
REPRESENTED = 3
"""The place in ``PARTIES`` of whom the agency represents: often its county or city, and not the agency itself."""
APPENDED = (
    ("the complaint procedure", re.compile(r"(?i)\bagreement\s+between\s+ICE\s+and\s+(.{4,80}?)[\s,]*herein\w*after")),
    ("the complaint procedure", re.compile(r"\bCOMPLAINT\s+PROCEDURE\s+([A-Z].{3,80}?)\s+This\s+(?:MOA|[Mm]emo)")),
    ("the points of contact", re.compile(r"(?i)\bfor\s+the\s+(?:LEA|agency)\W{1,3}([A-Z].{4,90}?)[\s,]+\d{2,5}\b")),
)
HEAD = re.compile(r"(?i)\bfor\s+the\s+(?:LEA|agency)\W{1,3}([A-Z][^:]{4,60}?)\W+for\s*(?:the\s+)?[DO]HS\b")
"""The point of contact of an older form, which is an office: Douglas County Undersheriff."""
RUNNING = re.compile(
    rf"(?<![\w'])((?:{OF_PLACE})?"
    r"(?:[A-Z][\w.&'-]*\s){1,4}(?:Sheriff'?s?'?\s(?:Office|Department)|Police\s(?:Department|Dept)))"
)
"""A name in the running text, where forms have the agency's name for "the LEA"."""
OFTEN = 3
"""On so many pages the running text must have a name that is the agency's."""
BLANK_IN_SENTENCE = re.compile(r"(?m)^\s*((?:[A-Z][\w.&'-]*\s|of\s|the\s){1,8})\(([A-Z]{2,7})\)")
"""A name with its short form on a line of its own: what was typed over the sentence of the parties."""
RANKED = re.compile(r"(?i)^.*\b(?:chief\s+of\s+police|police\s+chief)\b[\s,/]*(?=[A-Z])")
"""A person with office before the agency's name: Chief of Police, and the agency."""
RANKS = (
    "assistant|major|captain|capt|lieutenant|lt|sergeant|sgt|deputy|director|commander|colonel|warden|manager|attn|"
    "special"
)
PERSON = re.compile(rf"(?i)^(?:sheriff|chief|public|{RANKS})\b|\b[A-Z]\.\s|@")
RANK = re.compile(rf"(?i)[\s,]+(?:chief\b(?!\s+of)|(?:{RANKS})\b).*$")
"""The beginning of a person's name with rank, which may come before the agency's."""


@dataclass(frozen=True, slots=True)
class NamePrint:
    """A name that was found: where, and how it is printed."""

    name: str
    where: str
    page: int
    blank: int = 0
    """Which blank of the sentence of the parties it fills."""
    short: str = ""
    """The short form that is printed behind it."""


def places_of_name(texts: Mapping[int, str], pages: Mapping[int, ReadPage]) -> list[NamePrint]:
    """Every print of a name that can be the agency's."""
    return [
        *_footers(texts, pages), *_parties(texts, pages), *_signed(pages), *_appended(texts), *_behind_persons(texts),
        *_running(texts), *_typed_over(texts),
    ]  # fmt: skip


def _footers(texts: Mapping[int, str], pages: Mapping[int, ReadPage]) -> list[NamePrint]:
    """Lines that are printed on most of the pages: the name of the agency, which forms repeat."""
    counted: Counter[str] = Counter()
    first: dict[str, int] = {}
    looked = {**texts, **{number: page.text for number, page in pages.items()}}
    for number, text in looked.items():
        found = [tidy(line) for line in text.splitlines() if 6 < len(line.strip()) < 90 and CAPITALS.search(line)]
        for line in dict.fromkeys(found):  # in the order of the page, so that each reading of a document is the same
            if shaped(line) and not NOT_NAMES.search(line) and len(line.split()) <= 12:
                counted[line] += 1
                first.setdefault(line, number)
    joined: dict[str, int] = {}
    for line in counted:
        joined[line] = sum(other for near, other in counted.items() if same_name(line, near))
    least = max(2, len(looked) // 3)
    kept = [line for line in counted if joined[line] >= least]
    return [NamePrint(line, "foot of the pages", first[line]) for line in kept for _ in range(counted[line])]


CAPITALS = re.compile(r"[A-Z].*(?:[^A-Za-z'’][A-Z]|[A-Z].*[A-Z])")
"""Two words with capitals, or a word in capitals: a line without them is no name."""


def _parties(texts: Mapping[int, str], pages: Mapping[int, ReadPage]) -> list[NamePrint]:
    found = []
    for number, text in list(texts.items())[:6]:
        whole = pages[number].text if number in pages else text
        for variant in dict.fromkeys((whole, text)):
            if "memorandum" not in variant.casefold():
                continue
            plain = one_line(variant)
            for at, pattern in enumerate(PARTIES):
                for match in pattern.finditer(plain):
                    for group in match.groups():
                        name = tidy(re.sub(r"(?i)^\s*(and|the)\b", "", group or ""))
                        if shaped(name) and not NOT_NAMES.search(name) and len(name.split()) <= 14:
                            found.append(NamePrint(name, "the sentence of the parties", number, max(at, 1)))
    return found


def _appended(texts: Mapping[int, str]) -> list[NamePrint]:
    """The agency in the appendices: of the complaint procedure, and before its own postal address."""
    found = []
    for number, text in texts.items():
        plain = one_line(text)
        for where, pattern in APPENDED:
            for match in pattern.finditer(plain):
                name = RANKED.sub("", tidy(re.sub(r"(?i)^\s*the\b", "", match[1])))
                name = RANK.split(name)[0]
                if shaped(name) and not NOT_NAMES.search(name) and not PERSON.search(name):
                    found.append(NamePrint(name, where, number))
        for match in HEAD.finditer(plain):
            name = _of_head(tidy(match[1]))
            if shaped(name) and not NOT_NAMES.search(name) and not PERSON.search(name):
                found.append(NamePrint(name, "the points of contact", number))
    return found


def _behind_persons(texts: Mapping[int, str]) -> list[NamePrint]:
    """The agency behind two persons with rank who are points of contact: the words that end both, from a capital."""
    lines_ = [
        (number, tidy(match[1]).split())
        for number, text in texts.items()
        for match in CONTACT.finditer(one_line(text))
        if RANKS_FIRST.search(match[1])
    ]
    found = []
    for at, (number, words) in enumerate(lines_):
        for other, others in lines_[at + 1 :]:
            many = next(
                (n for n, pair in enumerate(zip(words[::-1], others[::-1], strict=False)) if pair[0] != pair[1]), 0
            )
            name = " ".join(words[len(words) - many :])
            if many >= 3 and name[0].isupper() and shaped(name) and ENDS.search(name) and not RANK.search(name):
                found += [NamePrint(name, "the points of contact", page) for page in (number, other)]
    return found


CONTACT = re.compile(
    r"(?i:\bfor\s+the\s+(?:LEA|agency))\W{1,3}([A-Z].{4,90}?)(?=[\s,]+(?:\(?\d{2,5}\b|(?i:ph|tel|phone|email)\b))"
)
ENDS = re.compile(r"(?i)\b(?:office|department|dept|police|center|authority|commissioners|safety|agency|patrol)$")
RANKS_FIRST = re.compile(rf"(?i)^(?:sheriff|chief|{RANKS})\b")


def _of_head(name: str) -> str:
    """The agency of a point of contact: of ``Example County, Sheriff`` the sheriff's office; a body keeps its name."""
    before = re.sub(r"(?i)\W*\b(?:under|chief deputy )?sheriff$", "", name)
    return name if before == name else before if BODY.search(before) else f"{before} Sheriff's Office"


def _running(texts: Mapping[int, str]) -> list[NamePrint]:
    """The name that the running text has on many pages, once a page."""
    on: dict[str, set[int]] = {}
    for number, text in texts.items():
        if "Sheriff" not in text and "Police" not in text:
            continue
        for match in RUNNING.finditer(re.sub(r"\s+", " ", text.replace("’", "'"))):
            name = tidy(re.sub(r"^(?:The|And|Of)\s", "", match[1]))
            if shaped(name) and not NOT_NAMES.search(name) and not PERSON.search(name):
                on.setdefault(name, set()).add(number)
    counted = Counter({name: len(numbers) for name, numbers in on.items()})
    if not counted or (best := counted.most_common(1)[0])[1] < OFTEN:
        return _running_poorly(texts)
    return [NamePrint(best[0], "the running text", number) for number in sorted(on[best[0]])]


OF_COUNTY = re.compile(
    r"(?<![\w'])([A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+)?\s(?:County|Parish))\s(\S{5,12}(?:\s\S{1,8}){1,2})"
)
OFFICES = ("Sheriff's Office", "Sheriff's Department", "Police Department", "Detention Center")
LIKE, AHEAD = 70, 8
"""How alike, of 100, words of a poor layer must be to one of the usual offices, and by how much more than to others."""


def _running_poorly(texts: Mapping[int, str]) -> list[NamePrint]:
    """The same in a layer with many slips: a county that many pages print alike, before words most like one office."""
    from rapidfuzz import fuzz

    on: dict[str, set[int]] = {}
    for number, text in texts.items():
        for match in OF_COUNTY.finditer(re.sub(r"\s+", " ", text.replace("’", "'"))):
            if letters_of(match[2]) in ("sheriffsoffice", "sheriffsdepartment") or _is_sound(match[2]):
                continue
            scores = sorted(((fuzz.partial_ratio(office, match[2]), office) for office in OFFICES), reverse=True)
            if scores[0][0] >= LIKE and scores[0][0] - scores[1][0] >= AHEAD:
                on.setdefault(f"{match[1].removeprefix('The ')} {scores[0][1]}", set()).add(number)
    ranked = sorted(on.items(), key=lambda row: -len(row[1]))
    if not ranked or len(ranked[0][1]) < OFTEN or (len(ranked) > 1 and len(ranked[1][1]) * 2 > len(ranked[0][1])):
        return []
    return [NamePrint(ranked[0][0], "the running text", number) for number in sorted(ranked[0][1])]


def _is_sound(text: str) -> bool:
    """Whether words are printed without a slip, the last perhaps cut: they are what they say, not a usual office."""
    *whole, last = re.findall(r"[a-z]+", text.casefold()) or [""]
    known = {*common_words(), *forms()["agency_words"]}
    return all(word in known for word in whole) and any(word.startswith(last) for word in known)


def _typed_over(texts: Mapping[int, str]) -> list[NamePrint]:
    """A name with its short form, typed over the blanks of the first page."""
    number = min(texts, default=0)
    return [
        NamePrint(name, "the blanks of the first page", number, short=match[2])
        for match in BLANK_IN_SENTENCE.finditer(texts.get(number, ""))
        if shaped(name := tidy(match[1])) and not NOT_NAMES.search(name)
    ][:1]


def _signed(pages: Mapping[int, ReadPage]) -> list[NamePrint]:
    """The agency of a signature block, next to its label or under the signer's office."""
    found = []
    for number, page in pages.items():
        if "signing this" not in page.text.casefold():
            continue
        for half in (0, 1):
            words = tuple(w for w in page.words if (w.box[0] > 0.42 * page.width) == bool(half))
            for line in lines(words):
                text = tidy(re.sub(r"(?i)^\W*a?gency\W*", "", line.text))
                if shaped(text) and not NOT_NAMES.search(text) and len(text.split()) <= 9:
                    found.append(NamePrint(text, BLOCK, number))
    return found
