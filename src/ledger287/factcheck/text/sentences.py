"""Blocks of an article -> sentences with their spans, and who says them.

What enters: an article. What leaves: sentences in reading order, each with its speaker where it is quoted
and a speaker is named next to the quotation. Promise: abbreviations end no sentence (U.S., Feb., Gov., N.C.).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.text.cleaning import Article

SHORT = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "sen",
    "rep",
    "gov",
    "lt",
    "sgt",
    "capt",
    "col",
    "gen",
    "maj",
    "cpl",
    "det",
    "st",
    "ste",
    "ft",
    "mt",
    "no",
    "nos",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "co",
    "corp",
    "inc",
    "ltd",
    "dept",
    "univ",
    "vs",
    "etc",
    "al",
    "fla",
    "tex",
    "calif",
    "ala",
    "ariz",
    "ark",
    "colo",
    "conn",
    "del",
    "ga",
    "ill",
    "ind",
    "kan",
    "ky",
    "la",
    "md",
    "mass",
    "mich",
    "minn",
    "miss",
    "mo",
    "mont",
    "neb",
    "nev",
    "okla",
    "ore",
    "pa",
    "tenn",
    "va",
    "vt",
    "wash",
    "wis",
    "wyo",
    "d",
    "r",
    "p",
    "pp",
    "jr",
    "sr",
    "art",
    "sec",
    "u",
    "s",
    "n",
    "c",
    "h",
    "m",
    "w",
    "j",
    "rev",
    "hon",
    "atty",
    "approx",
    "est",
]
END = when_needed(r"([.!?…]+)([\"”’')\]]*(?:\s?\[\d+\])*)(\s+|$)")
OPENS = when_needed(r"[\"“‘'(\[]*[A-Z0-9“\"§$—–-]")
SAYS = (
    r"(?:said|says|told|wrote|added|explained|noted|reported|announced|stated|according to|tells|argued|"
    r"claimed|confirmed)"
)
NAME = r"(?:(?:[A-Z][\w.'’-]+|of|the|for|and|Department|spokesperson|spokesman|spokeswoman|official|sheriff)\s?){1,9}"
SAID = when_needed(
    rf"[”\"]\s*,?\s*(?:{SAYS}\s+(?P<after>{NAME})|(?P<before>(?:an? |the )?{NAME}?[^.”\"]{{0,60}}?)\s+{SAYS}\b)"
)
ARTICLE = when_needed(r"(?i)(?:the|a|an)?")
"""Before a source that is nobody who speaks: according to the list."""
ACCORDING = when_needed(
    r"(?i:according to|said|per)\s+(?:the |a |an )?(?P<name>(?:report by the |data from |analysis by "
    r")?[A-Z][^,.;\n]{2,70})"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence. ``quoted`` says whether all of it is in quotation marks; ``first`` of its block."""

    span: Span
    text: str
    speaker: str | None
    quoted: bool
    block: int


def sentences_of(article: Article) -> list[Sentence]:
    """The sentences of all blocks in their order."""
    found = []
    for place, block in enumerate(article.blocks):
        text = article.text[block.start : block.end]
        open_quote, speaker = False, _speaker(text)
        for start, end in split(text):
            piece = text[start:end]
            opens, closes = piece.count("“") + piece.count('"') // 2, piece.count("”")
            inside = open_quote or bool(re.search(r"[“\"]", piece))
            open_quote = (open_quote or opens > 0) and closes < max(opens, 1) and "“" in text
            span = Span(block.start + start, block.start + end)
            found.append(Sentence(span, piece, speaker if inside else attributed(piece), inside, place))
    return found


def split(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends."""
    start = 0
    while start < len(text) and text[start].isspace():
        start += 1
    for found in END.finditer(text):
        after = text[found.end() : found.end() + 24]
        if found.start() < start or (after and not OPENS.match(after)):
            continue
        if found[1] == "." and after and not found[2] and _is_short(text[start : found.start()], after):
            continue
        end = found.end() - len(found[3])
        if end > start:
            yield start, end
        start = found.end()
    end = len(text.rstrip())
    if end > start:
        yield start, end


def _is_short(before: str, after: str) -> bool:
    word = re.split(r"[\s(“\"'’-]", before)[-1].lower().rstrip(".")
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        named = word == "u.s" and OF_THE_NATION.match(after) is not None
        return named or word not in ("u.s", "p.m", "a.m", "d.c") or not after[:1].isupper() or after[:1].isdigit()
    if word in ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "no", "nos"):
        return after[:1].isdigit()
    if LETTERED.search(before):
        return False
    if INITIAL.search(before) and after[:1].isupper():
        return True
    if word == "u" or word == "s":
        return False
    return word in SHORT


LETTERED = when_needed(
    r"\b(?:Plan|Exhibit|Model|Appendix|Section|Part|Class|Group|Type|Option|Title|Schedule|Table|Figure|Item|Ward|Room|Line|"
    r"Grade|Level|Measure|Proposition|Question|Amendment|Vitamin|Route|Phase|Zone|Unit|Building|Annex|Division|Company|"
    r"Chapter|Precinct|Area|Form|Site) [A-Z]$"
)
"""What has a letter for its name, which ends a sentence: voters passed Measure C."""
INITIAL = when_needed(r"(?<![\w’'])(?!(?:The|And|But|For|World|War)\b)[A-Z][a-z][\w’'-]* (?:[A-Z]\. ?)*[A-HJ-Z]$")
"""The initial of a middle name: Sheriff Richard K. Jones."""
OF_THE_NATION = when_needed(
    r"(?:Marshals?|Border|Customs|Immigration|Citizenship|Department|District|Attorney|Secretary|Rep|Sen|Senate|House|"
    r"Supreme|Court|Circuit|Virgin|Justice|Coast|Army|Navy|Air Force|Marine|Capitol|Congress|Constitution|Secret|"
    r"Postal|Park Service|Forest Service|Bureau|Drug|Treasury|State Dep|Census|Steel|Magistrate|Homeland)\b"
)
"""What "U.S." begins the name of, where a capital letter behind it opens no sentence."""
SOURCES = when_needed(
    r"(?i)\b(?:data|lists?|records?|figures|website|databases?|tall(?:y|ies)|reports?|analys[ie]s|counts?|numbers|"
    r"rosters?|spreadsheets?|documents|pages?|statistics|ICE|maps?|review|study|article|survey)\b"
)
"""What prints a figure and is nobody who speaks."""
SPEAKING = (
    r"(?:says?|said|claims?|claimed|argues?|argued|contends?|contended|insists?|insisted|maintain(?:s|ed)?|allege[sd]?|"
    r"asserts?|asserted|tells?|told (?:[a-z]+ )?(?:reporters|lawmakers|residents|\w+)|wrote|writes?|warn(?:s|ed)?|"
    r"complain(?:s|ed)?|estimates?|estimated|boast(?:s|ed)?|note[sd]?|point(?:s|ed)? out)"
)
PARTY = r"[A-Z][\w.’'-]*(?:,? [\w.’'&-]+){0,7}?"
OPENING = when_needed(
    rf"^(?P<name>{PARTY}),? {SPEAKING}(?=,? that\b|[:,]? [A-Z0-9“\"]| (?:there|the|more|about|nearly|no)\b)"
)
CLOSING = when_needed(
    rf", (?P<name>(?!they |that |which |who |it |he |she )[\w.’'& -]{{3,70}}?) {SPEAKING}"
    r"(?: (?:on )?[A-Z][a-z]+day)?[.!]?$"
)
PER = when_needed(r"(?i:according to) (?P<name>[^,.;]{3,70}?)(?=[,.;]| who\b|$)")


SPOKEN = when_needed(rf"(?i)\b(?:{SPEAKING}|according)\b")
"""A word that each of the three has."""


def attributed(text: str) -> str | None:
    """Who is named as saying a sentence without quotation marks: opponents say; the sheriff said; according to them."""
    if not SPOKEN.search(text):
        return None
    for pattern in (OPENING, CLOSING, PER):
        found = pattern.search(text)
        if found and not SOURCES.search(found["name"]) and not re.search(r"\d", found["name"]):
            named = re.sub(r"^(?:But|And|Still|Yet|Meanwhile|However),? ", "", found["name"]).strip(" ,")
            return named or None
    return None


def _speaker(text: str) -> str | None:
    """Who is named as saying a quotation of this paragraph."""
    if not re.search(r"[“\"]", text):
        return None
    found = SAID.search(text)
    named = (found["after"] or found["before"]) if found else None
    if not named:
        other = ACCORDING.search(text)
        named = other["name"] if other else None
    named = re.sub(r"\s+", " ", named or "").strip(" ,")
    return None if ARTICLE.fullmatch(named) else named[:90]
