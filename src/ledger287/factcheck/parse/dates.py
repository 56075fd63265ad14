"""Dates as news stories write them -> stretches of days; and the article's own date.

What enters: a sentence's text. What leaves: ``Dated`` spots, each with the words before it (as of, since, in) and what
it says, not yet resolved; ``resolve`` turns one into windows of days, given the article's date. Promise: a year that is
not written is the latest that is not after the article; without an article's date every year of the record stays
possible.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import MONTHS as MONTH_NAMES
from ledger287.factcheck.extract.model import Days, Span
from ledger287.factcheck.parse.numbers import SMALL

MONTHS = tuple(month.lower() for month in MONTH_NAMES)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""A day of the week is the last one of that name up to the story's own day, in the manner of newspapers."""
MONTH = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
PREP = (
    r"(?:(?<![a-z])(?P<prep>as of|as at|since|through the end of|by the end of|at the end of|at the start of|at the "
    r"beginning of|by|in|on|of|during|until|till|through|from|to|and|between|"
    r"before|after|at|starting|beginning|effective|dated|over|last|this|next)\s+)?(?:the\s+)?"
)
OF_WEEK = r"(?:(?P<wd>" + "|".join(WEEKDAYS) + r"),? (?:the )?)?"
"""A day of the week right before the day of a month: Monday, Sept. 22."""
PART = (
    r"(?:(?P<part>(?:very )?early|mid|middle of|late|the first|first|the end of|end of|the start of|start of|"
    r"the beginning of|beginning of|"
    r"(?:just )?(?:in )?the first (?:one|two|three|\d) weeks? of|first (?:one|two|three|\d) weeks? of|"
    r"the (?:first|second|last) half of|the (?:first|second|third|fourth|last) week of)[\s-]+(?:of )?)?"
)
FIRST_YEAR, LAST_YEAR = 1990, 2100
NUMBERS = {"one": 1, "a": 1, "an": 1} | {word: value for word, value in SMALL.items() if 2 <= value <= 20}
COUNT = r"(?P<n>\d{1,3}|" + "|".join(NUMBERS) + r")"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as written. ``kind`` says how ``parts`` are read."""

    span: Span
    prep: str
    kind: str
    parts: tuple[Any, ...]
    said: str


SEEN = ("saw", "brought", "added", "delivered", "yielded")
"""Verbs of a month or year that is said to have had something: April saw 179 agreements signed."""
CLOSED = r"(?:ended|closed|finished|concluded|closed out|wrapped up)"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, when_needed(pattern, re.I))
    for kind, pattern in (
        (
            "ended",
            r"(?:the )?(?P<w>" + MONTH.format("mon") + r"|(?:calendar |fiscal )?year|month|week|(?:19|20)\d{2})"
            r"(?:,? (?P<y>(?:19|20)\d{2}))? " + CLOSED + r"(?= with\b)",
        ),
        (
            "ended",
            CLOSED + r" (?:the )?(?P<w>" + MONTH.format("mon") + r"|(?:calendar |fiscal )?year|month|week|(?:19|20)"
            r"\d{2})(?:,? (?P<y>(?:19|20)\d{2}))?(?= with\b)",
        ),
        (
            "midyear",
            PREP + r"(?:mid-?year|(?:midpoint|midway point|middle) of (?:the )?(?P<y>(?:19|20)\d{2}|year|this year"
            r"|last year))\b",
        ),
        (
            "month",
            MONTH.format("mon") + r"(?: (?P<y>(?:19|20)\d{2}))?(?P<rel>)(?P<part>) (?P<prep>" + "|".join(SEEN) + r")\b",
        ),
        ("year", r"(?<![\d/-])(?P<y>(?:19|20)\d{2})(?P<alone>) (?P<prep>" + "|".join(SEEN) + r")\b"),
        (
            "lasting",
            r"(?P<prep>in|within|over) (?:(?:a little |just |only |barely )?(?:less than|under|about|over|more than)?"
            r" ?)?(?P<n>an?|one) (?P<u>day|week|month|year)s?(?: time)?\b(?! (?:ago|earlier|before|of|into|in office))",
        ),
        ("iso", PREP + r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
        ("slashed", PREP + r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})(?![\d/])"),
        (
            "day",
            PREP
            + OF_WEEK
            + r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? "
            + MONTH.format("mon")
            + r",? (?P<y>\d{4})\b",
        ),
        (
            "quarter",
            PREP + r"(?:(?P<q>first|second|third|fourth|last) quarter|Q(?P<qn>[1-4]))(?P<close>[’']s (?:end|close))?"
            r"(?:,?(?: of)?"
            r"(?P<fy> fiscal(?: year)?| FY)?[\s-]?(?P<y>\d{4}|\d{2}(?=\b))|(?P<o> of (?:the|this|last) year))?\b",
        ),
        (
            "holiday",
            PREP + r"(?P<f>new year[’']?s eve|new year[’']?s(?: day)?|"
            r"memorial day|independence day|(?:the )?fourth of july|labor day|"
            r"columbus day|halloween|veterans day|thanksgiving|christmas|st\.? patrick[’']s day|valentine[’']s day"
            r"|juneteenth|good friday|palm sunday|(?<!last )easter(?: (?:sunday|monday))?|"
            r"mother[’']s day|father[’']s day|"
            r"presidents[’']? day|mlk day|martin luther king(?: jr\.?)? day)\b(?:,? (?P<y>(?:19|20)\d{2}))?",
        ),
        (
            "closing",
            r"(?P<prep>)(?:(?:" + MONTH.format("mon") + r"|the (?P<w>year)|(?P<y>20\d{2})) "
            r"(?:ended|ends|closed|closes|finished|finishes|wrapped up|drew to a close|came to an end)"
            r"|(?:ended|closed|finished|closed out|wrapped up) (?P<z>20\d{2}))(?= (?:with|at)\b)",
        ),
        (
            "within",
            r"(?P<prep>in|within|over) (?!(?:an?|one|each|every) )(?P<h>(?:just |only |barely |merely |a |little "
            r"|bit |slightly |over |under |"
            r"more than |less than |about |nearly |almost |roughly |well |the space of |a span of )*)"
            + COUNT
            + r" (?P<u>day|week|month|year)s?\b(?![’'])",
        ),
        ("last_season", PREP + r"last (?P<s>spring|summer|fall|autumn|winter)\b"),
        (
            "last_season",
            r"(?:(?P<prep>in|by|during|over|since|through|from|until) )(?:the|this past) "
            r"(?P<s>spring|summer|fall|autumn|winter)\b(?! of\b| in\b| and\b|[’'-])",
        ),
        (
            "later",
            r"(?:" + COUNT + r" (?P<u>day|week|month|year)s? (?:later|afterward)|the (?:next|following) "
            r"(?P<v>day|week|month|year))\b",
        ),
        ("half", PREP + r"(?P<h>first|second|last) half of (?:the )?(?P<y>(?:19|20)\d{2}|year|this year|last year)\b"),
        (
            "fiscal",
            PREP + r"(?:(?:fiscal(?: year)?|FY)[\s-]?[’']?(?P<y>\d{4}|\d{2})\b"
            r"|(?P<fw>this|last|the last|the current|current|previous|the previous|past) fiscal year)",
        ),
        (
            "span",
            r"(?:(?P<prep>in|during|over|within|for)\s+)?(?:the )?(?P<e>first|last|final|closing|opening) (?:"
            + COUNT
            + r" )?(?P<u>day|week|month)s? of (?:the )?(?P<o>(?:19|20)\d{2}|year|this year|last year)\b",
        ),
        (
            "term",
            r"(?:(?P<prep>in|during|over|within|by|after|for)\s+)?(?P<who>(?:president )?(?:donald |joe )?"
            r"(?:trump|biden)"
            r"[’']s|his|the president[’']s|the (?:new |trump |biden )?administration[’']s|the) first (?:full )?(?:"
            + COUNT
            + r" )?(?P<u>day|week|month|year)s?"
            r"(?P<tail> back(?: in office| in the white house)?| in office| in the white house"
            r"|(?: of (?:(?:president )?(?:donald |joe )?(?:trump|biden)[’']s|his|the|its)(?: new)?(?: second)?"
            r" (?:term|presidency|administration)))?\b",
        ),
        (
            "into",
            r"(?:(?P<prep>about|roughly|nearly|almost|just|more than)\s+)?"
            + COUNT
            + r" (?P<u>day|week|month|year)s? (?:into|after the start of) (?P<who>(?:president )?(?:donald |joe )?"
            r"(?:trump|biden)[’']s|his|the (?:trump |biden )?)(?: new)?(?: second)? ?"
            r"(?:term|presidency|administration)",
        ),
        (
            "into",
            r"(?P<prep>after)\s+" + COUNT + r" (?P<u>day|week|month|year)s? (?P<who>)(?:back )?in "
            r"(?:office|the white house)\b",
        ),
        (
            "day",
            PREP
            + OF_WEEK
            + MONTH.format("mon")
            + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?!\d|,\d{3}|:|%)(?:,?\s+(?P<y>(?:19|20)\d{2})\b)?",
        ),
        (
            "month",
            PREP
            + r"(?P<ago>last\s+)?"
            + PART
            + MONTH.format("mon")
            + r"(?:,? (?:of )?(?P<y>(?:19|20)\d{2})\b|(?P<rel> of last year| last year| of this year| this year)?\b)",
        ),
        (
            "season",
            PREP + r"(?:(?P<part>early|late|mid)[\s-])?(?P<s>spring|summer|fall|autumn|winter)(?: of)? (?P<y>(?:19|"
            r"20)\d{2})\b",
        ),
        ("season", PREP + r"(?P<part>early|late|mid)[\s-](?P<s>spring|summer|fall|autumn|winter)(?P<y>)\b"),
        ("season", PREP + r"(?P<s>spring|summer|fall|autumn|winter) of (?P<o>(?:last|this) year)\b"),
        (
            "ago",
            r"(?:(?P<prep>about|roughly|nearly|almost|since|some)\s+)?"
            + COUNT
            + r" (?P<u>day|week|month|year|decade)s? (?:ago(?: this (?:week|month)| today)?|earlier|prior|before)\b",
        ),
        (
            "past",
            r"(?:(?P<prep>over|in|during|for|within)\s+)?the (?:past|last|previous) (?:"
            + COUNT
            + r" )?(?P<u>day|week|month|year|decade)s?\b",
        ),
        (
            "relative",
            PREP + r"(?P<w>(?:when|as|before) the year began|(?:at|by) (?:the )?year[’']?s?[- ]end|"
            r"(?:ended|closed|finished|closed out) (?:the|last) year|at the close of (?:the|last) year|"
            r"(?:start|beginning|outset|end) of (?:the|this|last) "
            r"(?:fiscal |calendar )?year|so far "
            r"this year|earlier this (?:year|month|week)|(?:early|mid|late)[ -](?:this|last) (?:year|month)|"
            r"this (?:year|month|week|spring|summer|fall|winter|"
            r"past week)|last (?:year|month|week)|"
            r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|currently|right now|now|at "
            r"present|presently|to date|as of this writing|as of publication|at press time|"
            r"the time of publication|the time of writing|as of (?:the )?time of (?:publication|writing)|this "
            r"writing|a year earlier|the year before|"
            r"(?:the|this) (?:very )?(?:same )?(?:time|point|day|date) "
            r"(?:last year|a year (?:ago|earlier|before))|these days)\b",
        ),
        (
            "year",
            r"(?P<prep>(?:as of|since|by|in|from) (?:early|late|mid)|"
            r"(?:(?:between|from|since|to|and|until|through|"
            r"before|after) )(?:the )?(?:end|close|start|beginning|outset) of|"
            r"the (?:close|start|beginning|outset) of|as of|since|by the end of|at the end of|at "
            r"the start of|at the beginning of|the end of|by|in|during|until|through|from|to|and|between|before|"
            r"after|of|early|late|mid|throughout|calendar year|for|year)[\s-]+(?P<y>(?:19|20)\d{2})(?P<alone> "
            r"alone)?(?![\d,]\d|%| (?:agreements|agencies|counties|people|officers))\b",
        ),
        ("year", r"\((?P<y>(?:19|20)\d{2})\)"),
    )
)
NAMED = ("trump", "biden", "obama", "bush", "term", "inaugurat", "election", "executive", "day one", "reviv", "restart",
         "president", "administration", "turn of the year", "year ended", "year closed", "year turned", "year came",
         "year drew", "year ran", "close of last", "into the new year", "into 20", " ended", " closed", "came to",
         "drew to",
         "resurrect", " began", " started", " dawned", " opened", "got under way", "the new year", "start of the new",
         "relaunch", "reinstat", "brought back")  # fmt: skip
"""Every occasion has one of these: a cheap test before the patterns are tried."""
TERMS = tuple((kind, pattern) for kind, pattern in PATTERNS if kind in ("term", "into"))
"""Dates within a president's term, looked for before the occasions that name the term itself."""
GATES = {
    "iso": when_needed(r"\d-\d\d-\d"),
    "slashed": when_needed(r"\d/\d{1,2}/\d"),
    "day": when_needed(
        r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    ),
    "fiscal": when_needed(r"(?i)fiscal|FY"),
    "quarter": when_needed(r"(?i)quarter|\bQ[1-4]\b"),
    "holiday": when_needed(
        r"(?i)\bday\b|fourth of|hallow|thanksg|christm|new year|juneteenth|easter|good fri|palm sun"
    ),
    "closing": when_needed(
        r"(?i)\b(?:ended|ends|closed|closes|finished|finishes|wrapped|drew|came) (?:to|up|with|at|out|20\d\d)\b"
    ),
    "within": when_needed(r"(?i)\b(?:in|within|over)\b.{2,40}\b(?:day|week|month|year)s?\b"),
    "last_season": when_needed(r"(?i)\b(?:last|the|past) (?:spring|summer|fall|autumn|winter)"),
    "later": when_needed(r"(?i)\b(?:later|afterward|next|following)\b"),
    "half": when_needed(r"(?i)\bhalf of\b"),
    "span": when_needed(r"(?i)\b(?:first|last|final|closing|opening)\b"),
    "term": when_needed(r"(?i)\bfirst\b"),
    "into": when_needed(r"(?i)\b(?:into|start of|in (?:office|the white house))\b"),
    "ended": when_needed(r"(?i)(?:ended|closed|finished|concluded|closed out|wrapped up)\b"),
    "midyear": when_needed(r"(?i)\bmid"),
    "lasting": when_needed(r"(?i)\b(?:in|within|over)\b.{0,30}\b(?:day|week|month|year)s?\b"),
    "season": when_needed(r"(?i)spring|summer|fall|autumn|winter"),
    "ago": when_needed(r"(?i)\b(?:ago|earlier|prior|before)\b"),
    "past": when_needed(r"(?i)\b(?:past|last|previous)\b"),
    "relative": when_needed(
        r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|now|today|tonight|yesterday|year|month|week|"
        r"writing|publication|press|present|presently|currently|date|days|summer|spring|fall|winter)\b"
    ),
    "year": when_needed(r"(?:19|20)\d\d"),
}
"""A cheap test for what a date of each kind must have, before its full pattern is tried at every place."""
GATES["month"] = GATES["day"]
GROWING = when_needed(
    r"(?i)\b(?:rose|risen|gr(?:ew|own)|went|gone|climbed|jumped|surged|soared|swelled|ballooned|expanded|increased|doubled|"
    r"tripled|quadrupled|\w+fold|fell|dropped|declined|shrank)\b"
)
"""One of these is in a sentence whose "in less than a year" is the time that a growth took."""
PLAIN_MONTH = when_needed(r"(?i)^(may|march|mar)$")


@cache
def occasions() -> tuple[tuple[re.Pattern[str], tuple[Days, ...]], ...]:
    """What news stories name days by, declared in claims/occasions.yml."""
    found = []
    for row in declared.declared_yaml("factcheck/occasions.yml"):
        rows = [(day, day) for day in row["days"]] if "days" in row else row.get("terms") or [(row["from"], row["to"])]
        days = [Days(first, last) for first, last in rows]
        found.append((when_needed(r"\b" + row["pattern"], re.I), tuple(days)))
    return tuple(found)


def dates_in(text: str, offset: int) -> list[Dated]:
    """Every date of a sentence in its order, none overlapping another; the more specific first."""
    found: list[Dated] = []

    def free(start: int, end: int) -> bool:
        return all(end + offset <= one.span.start or start + offset >= one.span.end for one in found)

    lower = text.lower()
    passed = _Gates(text)
    _take(found, text, offset, TERMS, free, passed)
    if any(name in lower for name in NAMED):
        for pattern, days in occasions():
            for match in pattern.finditer(text):
                if not free(*match.span()):
                    continue
                found.append(_dated(match, "occasion", days, offset, match[0].split()[0].lower()))
    _take(found, text, offset, PATTERNS, free, passed)
    found.sort(key=lambda one: one.span.start)
    return [one for at, one in enumerate(found) if one.kind != "later" or _counted_from(found[:at])]


class _Gates(dict[str, bool]):
    """By kind whether a text may have a date of it; each is looked for once, and only where it is needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __missing__(self, kind: str) -> bool:
        self[kind] = GATES[kind].search(self.text) is not None
        return self[kind]


def _counted_from(before: list[Dated]) -> bool:
    """Whether "a week later" has a day before it to be counted from."""
    return bool(before) and before[-1].kind in ("day", "iso", "slashed", "later")


def _take(
    found: list[Dated], text: str, offset: int, patterns: Iterable[tuple[str, re.Pattern[str]]],
    free: Callable[[int, int], bool], passed: Mapping[str, bool],
) -> None:  # fmt: skip
    """Add the dates that some patterns find where nothing was found yet."""
    for kind, pattern in patterns:
        if not passed[kind]:
            continue
        for match in pattern.finditer(text):
            if match[0].strip() and free(*match.span()) and _is_date(kind, match, text):
                given = match.groupdict()
                prep = (given.pop("prep", None) or "").lower()
                prep = "in" if prep in SEEN else prep
                parts = tuple(sorted((name, said.lower() if said else None) for name, said in given.items()))
                found.append(_dated(match, kind, parts, offset, prep))


def _dated(match: re.Match[str], kind: str, parts: tuple[Any, ...], offset: int, prep: str) -> Dated:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Dated(Span(start + offset, match.end() + offset), prep, kind, parts, match[0].strip())


def _is_date(kind: str, match: re.Match[str], text: str) -> bool:
    given = match.groupdict()
    if kind == "lasting":
        return bool(GROWING.search(text))
    if kind in ("ended", "closing") and given["mon"]:
        return given["mon"][0].isupper()
    if kind == "month":
        word = given["mon"]
        if not word[0].isupper() or (
            given["y"] is None and not given["prep"] and not given["part"] and not given["rel"]
        ):
            return False
        if PLAIN_MONTH.match(word) and not (given["prep"] or given["y"] or given["part"]):
            return False
        return not (match.end() < len(text) and text[match.end()].isalpha())
    if kind == "day":
        return given["mon"][0].isupper() and 1 <= int(given["d"]) <= 31
    if kind in ("iso", "slashed"):
        return 1 <= int(given["m"]) <= 12 and 1 <= int(given["d"]) <= 31
    if kind == "year":
        return text[match.end() : match.end() + 2] not in ("/9",)
    if kind == "term":
        return given["tail"] is not None or "trump" in given["who"].lower() or "biden" in given["who"].lower()
    return True
