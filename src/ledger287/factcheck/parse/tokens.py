"""A sentence -> tokens of the closed vocabulary, each with its span.

What enters: a sentence's text and where it begins. What leaves: tokens in their order: dates, names of
agencies, references to law and footnotes first, then numbers, then the longest phrases of the lexicon.
Promise: a number inside of a date, a law's name, a sum of money or a footnote is never a figure by itself.
"""

import re
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.dates import Dated, dates_in
from ledger287.factcheck.parse.lexicon import ABBREVIATED, DOTTED, Entry, phrases, plain
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.names.county_names import county_names
from ledger287.factcheck.parse.names.everyday import everyday, kinds_named
from ledger287.factcheck.parse.names.everyday_names import everyday_names
from ledger287.factcheck.parse.numbers import FRACTIONS, MONEY, NUMBER, SCALES, SMALL, hedges, words_value
from ledger287.factcheck.parse.token_kinds import decided_kinds

CAP = r"[A-Z][\w.'’&-]*(?<!-based)(?<!-area)"
NAME = when_needed(
    rf"(?:(?:{CAP}|of|du|the|St\.) ){{0,4}}{CAP} (?:(?:County|Parish|City|Regional|Metropolitan|Township|"
    rf"Borough)(?:['’]s)? )?"
    r"(?:Sheriff(?:['’]?s|s['’])?(?: (?:Office|Department|Dept\.?))|Police Department|Police Dept\.?|Department "
    r"of (?:Corrections?|Public Safety|Law Enforcement)|(?<=County )Detention Center|"
    r"Highway Patrol|State Police|State Patrol|Constable(?:['’]s)?(?: Office)?|Marshal(?:['’]s)? Office|Bureau "
    r"of Investigation|National Guard)(?! departments| offices|s\b)"
    r"|(?<=the )Department of (?:Corrections?|Public Safety|Law Enforcement)\b"
    r"|(?:Texas |Florida |State )?Office of the Attorney General|Attorney General[’']s Office"
    rf"|Sheriff[’']s Offices? (?:of|in) {CAP}(?: {CAP})? County"
)
COUNTY = when_needed(
    rf"(?:(?:{CAP}|du|La|St\.|De) ){{0,2}}{CAP} (?:County|Parish)\b"
    r"(?:(?![’']s\b| Sheriff| sheriffs?['’]? (?:office|department)s\b)"
    r"|(?=[’']s (?:[Ss]heriff|sheriff[’']s (?:office|department))\b)"
    r"|(?=[’']s (?:(?:287\(g\)|task force|jail enforcement|warrant service|model) ){0,3}agreement\b))"
)
NO_FIGURE = when_needed(
    r"(?i)\[\d+(?:[-–,]\d+)*\]"
    r"|\b(?:section|sec\.|§+|title|chapter|ch\.|article|rule|form|no\.|nos\.|page|p\.|act|order|directive|"
    r"policy|amendment|proposition|prop\.?|figure|table|route|interstate|highway|channel|district|precinct|ward|"
    r"pct\.?) ?\d[\w.()-]*"
    r"|\b(?:SB|HB|H\.B\.|S\.B\.|LD|EO|PA|HR|H\.R\.|AB|LB|senate bill|house bill|executive order|public act|"
    r"assembly bill|i-)[ -]?\d[\w-]*"
    r"|\b\d+ (?:u\.?s\.?c\.?|c\.?f\.?r\.?|f\.\dd|u\.s\.)\.?(?: ?§+)? ?[\d.()a-z]*|\b9/11\b|\b24/7\b|"
    r"\b\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?|\b\d{1,2} ?[ap]\.?m\.?\b"
    r"|\b\d+(?:st|nd|rd|th)\b|\b\d{3}-\d{3}-\d{4}\b|\b(?:age[ds]?|aged) \d+|\b\d+-year-old|https?://\S+|"
    r"\b(?:covid|f|b|i|us)-\d+\b|\b\d+[a-z]{2,}\d*\b(?<!million)"
)
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    *("ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
)
ORD = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
RANKED = when_needed(
    rf"(?i)\brank(?:s|ed|ing)? (?:as )?(?:the )?(?P<a>{ORD})(?:[- ](?:most|highest|largest))?\b"
    r"|\b(?:rank(?:s|ed|ing)? )?(?:number |no\. ?|#)(?P<b>\d{1,2})"
    r"(?= (?:in|among|nationally|nationwide|on|for|state|by)\b)"
    rf"|\b(?:the )?(?P<c>{ORD})[- ](?:most|highest|largest|biggest|greatest)\b"
    rf"|\b(?:in|to|into|holds|takes|took|holding) (?P<d>{ORD})(?: place)?(?= (?:place|nationally|nationwide)|[,.])"
    rf"|\b(?:the )?(?P<e>{ORD})[- ](?P<least>fewest|lowest|smallest)\b"
    rf"|(?<=\bit )(?P<f>{ORD})(?= (?:in the (?:nation|country)|nationally|nationwide|among (?:all )?(?:the )?states)"
    r"(?! to\b))"
)
RANKING = when_needed(rf"(?i)\b{ORD}\b|(?:#|\bno\b\.? ?|\bnumber )\d")
"""What every word of a rank has: an ordinal, or a number that is called one."""
NAMING = (
    "Detention Center",
    "Sheriff",
    "Police",
    "Department",
    "Patrol",
    "Constable",
    "Marshal",
    "Bureau",
    "National Guard",
    "Attorney General",
)
"""Words one of which an agency's name has."""
PARTS = when_needed(
    r"(?i)\b(?:one|two|three|four|seven|nine)[\s-](?:thirds?|quarters?|fourths?|fifths?|tenths?|eighth|sixth|half)\b"
    r"|\ba (?:third|quarter|fourth|fifth|sixth|tenth|eighth)(?= (?:of|are|were|is|have|use|fall|in)\b|[,.;])"
    r"|\bhalf(?= (?:of|the|are|were|have|use|fall|in)\b|[,.;])"
)
PORTION = when_needed(
    r"(?i)(?:(?<=[,—–(;] )|(?<=\band )|(?<=, but ))(?:almost all|nearly all|virtually all|the vast majority|the "
    r"majority|a majority|most|all|both)"
    r"(?= (?:of (?:them|those|which|these) )?(?:under|are|were|use|follow|with|for|in|on|limited|confined|restricted"
    r"|jem|wso|"
    r"tfm|jail|task|warrant)\b)"
)
SINGLE = when_needed(
    r"(?i)(?<!\w)(?:just |only )?a (?:single|lone|solitary)(?= (?:\S+ ){0,3}(?:agreement|agency|department|sheriff|"
    r"office|county|state|contract|deal|pact|partnership)\b)"
)
"""A single agreement as a number: from a single agreement in May to 36."""
DENYING = when_needed(r"(?i)(?:\b(?:not|never|without|nor|no|hardly|even)|n[’']t)\b[^,;]*$")
"""What is before "a single" where it is of none: does not have a single agreement."""
PROGRAM = when_needed(r"(?i)(?:section |§ ?|the )?\b(?:287 ?\(?g\)?|1357 ?\(?g\)?)(?=\W|$)(?: program)?")
WORDS = when_needed(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|%|→|\d+|[^\w\s]")
PASSED = ("-", "–", "", "“", "”", '"')
"""What may be between the words of a phrase."""
POSSESSIVE = when_needed(r"['’]s?$")


def tokens_of(text: str, offset: int) -> list[Token]:
    """The tokens of a sentence that begins at ``offset``."""
    fixed = _fixed(text, offset)
    taken = sorted((token.span.start - offset, token.span.end - offset) for token in fixed)
    found, place = list(fixed), 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > place:
            found += _loose(text, place, start, offset)
        place = max(place, end)
    return decided_kinds(sorted(found, key=lambda token: token.span.start))


def _fixed(text: str, offset: int) -> list[Token]:
    """Stretches taken as one token, before any word is read."""
    found: list[Token] = []
    busy: list[tuple[int, int]] = []

    def add(
        kind: str, value: str, start: int, end: int, number: float | None = None, dated: Dated | None = None
    ) -> None:
        if start < end and all(end <= one or start >= other for one, other in busy):
            busy.append((start, end))
            found.append(Token(kind, value, Span(start + offset, end + offset), text[start:end], number, dated))

    low = text.lower()
    for match in PROGRAM.finditer(text):
        add("PROGRAM", "program", *match.span())
    for model, start, end in everyday(text, low):
        add("MODEL", model, start, end)
    for kind, start, end in kinds_named(text, low):
        add("UNIT", kind, start, end)
    for match in RANKED.finditer(text) if RANKING.search(low) else ():
        add("RANK", _rank(match), *match.span())
    for match in NO_FIGURE.finditer(text):
        add("WORD", "reference", *match.span())
    for dated in dates_in(text, offset):
        add("WHEN", dated.said, dated.span.start - offset, dated.span.end - offset, None, dated)
    for start, end, name in everyday_names(text):
        add("NAME", name, start, end)
    for pattern, naming in ((NAME, NAMING), (COUNTY, ("County", "Parish"))):
        for match in pattern.finditer(text) if any(word in text for word in naming) else ():
            start = match.start() + _leading(match[0])
            add("NAME", text[start : match.end()], start, match.end())
    for start, end, name in county_names(text):
        add("NAME", name, start, end)
    for match in SINGLE.finditer(text) if "single" in low or "lone" in low or "solitary" in low else ():
        if not DENYING.search(text[: match.start()]):
            add("NUM", "single", *match.span(), 1.0)
    for match in PARTS.finditer(text):
        words = match[0].lower().replace("-", " ").split()
        part = FRACTIONS[words[-1] if words[-1] in FRACTIONS else words[-1].removesuffix("s")]
        add("FRACTION", match[0].lower(), *match.span(), SMALL.get(words[0], 1) * part)
    for match in PORTION.finditer(text):
        add("FRACTION", match[0].lower(), *match.span(), sum(hedges()["portions"][match[0].lower()]) / 200)
    for match in MONEY.finditer(text) if any(sign in text for sign in "$€£") else ():
        value = float(match["digits"].replace(",", "")) * SCALES.get((match["scale"] or "").lower(), 1)
        add("MONEY", "money", *match.span(), value)
    for match in NUMBER.finditer(text):
        number = _number(match)
        if number is not None:
            add("NUM", "plus" if match["plus"] or match["plusw"] else "", *match.span(), number)
    return found


def _rank(match: re.Match[str]) -> str:
    """The place that "ranks fifth" or "third-most" gives; below zero where it is counted from below."""
    said = next(match[group].lower() for group in "abcdef" if match[group])
    place = ORDINALS.index(said) + 1 if said in ORDINALS else int(re.sub(r"\D", "", said))
    return str(-place if match["least"] else place)


OWNER = when_needed(r"(?:the )?(?P<state>[A-Z]\w+(?: [A-Z]\w+)?)['’]s? (?=[A-Z])")


def _leading(name: str) -> int:
    """How much of a name is words that only begin a sentence, or the state whose county it is."""
    start = _opening(name)
    owner = OWNER.match(name, start)
    return owner.end() if owner and phrases_of_states().get(owner["state"].lower()) else start


@cache
def phrases_of_states() -> dict[str, str]:
    """The names of states, in lower case, and their codes."""
    return {name.lower(): code for name, code in declared.state_codes().items()}


def _opening(name: str) -> int:
    """How much of a name is words that only begin a sentence."""
    found = re.match(
        r"(?:(?:The|In|As|By|And|But|When|Since|While|That|For|At|On|After|Only|Both|Also|Now|the|of|With|Like|"
        r"Where|Meanwhile|Decisions|Then|With|Under|Neither|Either|Unlike)\s+)+",
        name,
    )
    return found.end() if found else 0


def _number(match: re.Match[str]) -> float | None:
    if match["digits"]:
        return float(match["digits"].replace(",", "")) * SCALES.get((match["scale"] or "").lower(), 1)
    return words_value(match["words"])


def _loose(text: str, start: int, end: int, offset: int) -> list[Token]:
    """The words of a stretch, by the longest phrases of the lexicon."""
    words = [(found[0], found.start(), found.end()) for found in WORDS.finditer(text, start, end)]
    plains = [plain(word) for word, *_ in words]
    table, found, place = phrases(), [], 0
    while place < len(words):
        if plains[place] in ("", '"', "“", "”", "'", "-", "–"):
            place += 1
            continue
        entries = table.get(plains[place])
        entry, length = _longest(entries, plains, place) if entries else (None, 1)
        while (
            length > 1
            and place + length < len(words)
            and words[place + length][0] == "."
            and len(plains[place + length - 1]) == 1
        ):
            length += 1
        word, first, last = words[place]
        state = None
        if word[0].isupper() and not (entry and len(entry[0]) > 1):
            state = _abbreviated(text, words, plains, place)
        if state:
            code, length = state
            kind, value = "PLACE", code
        elif entry:
            kind, value = entry[1], entry[2]
        else:
            kind, value = ("MARK", word) if not word[0].isalnum() and word != "%" else ("WORD", plains[place])
            length = 1
        last = words[place + length - 1][2]
        number = _range_number(value) if kind == "NUM" else _fraction(value) if kind == "FRACTION" else None
        said = text[first:last]
        if kind == "PLACE" and not said[0].isupper():
            kind = "WORD"
        if kind in ("PLACE", "STATEWIDE") and POSSESSIVE.search(said):
            value += "'s" if kind == "STATEWIDE" else ""
        span = Span(first + offset, last + offset)
        if kind == "REGION":
            capital = any(word[0].isupper() for word in said.split())
            found += [Token("PLACE" if capital else "WORD", code, span, said) for code in value.split()]
        else:
            found.append(Token(kind, value, span, said, number))
        place += length
    return found


def _longest(entries: tuple[Entry, ...], plains: list[str], place: int) -> tuple[Entry | None, int]:
    """The longest phrase at this place; hyphens between its words are skipped."""
    for entry in entries:
        at, matched = place, 0
        while at < len(plains) and matched < len(entry[0]):
            if plains[at] == entry[0][matched]:
                matched += 1
            elif matched == 0 or not (plains[at] in PASSED or (plains[at] == "." and len(plains[at - 1]) == 1)):
                break
            at += 1
        if matched == len(entry[0]):
            return entry, at - place
    return None, 1


CODES = frozenset(
    ["PA", "TX", "FL", "NC", "SC", "GA", "VA", "WI", "OK", "MO", "TN", "AL", "AZ", "NV", "UT", "MD", "KS",
     "AR", "LA", "NY", "NJ", "OH", "MI", "MN"]
)  # fmt: skip
"""States whose codes are read behind the name of a town."""


def _abbreviated(text: str, words: list[tuple[str, int, int]], plains: list[str], place: int) -> tuple[str, int] | None:
    word, start, end = words[place]
    if (
        text[end : end + 1] == "."
        and plains[place] in ABBREVIATED
        and place
        and words[place - 1][0] in (",", "in", "In", "of")
    ):
        return ABBREVIATED[plains[place]], 2
    if len(word) == 2 and word.isupper() and text[max(0, start - 2) : start].strip() in (",", "("):
        return (word, 1) if word in CODES else None
    if len(word) == 1 and place + 2 < len(words) and words[place + 1][0] == ".":
        code = DOTTED.get(f"{plains[place]} {plains[place + 2]}")
        if code and text[words[place + 2][2] : words[place + 2][2] + 1] == ".":
            return code, 4 if place + 3 < len(words) and words[place + 3][0] == "." else 3
    return None


def _range_number(value: str) -> float | None:
    bounds = hedges()["ranges"].get(value)
    return float(sum(bounds)) / 2 if bounds else None


def _fraction(value: str) -> float:
    words = value.split()
    return (SMALL.get(words[0], 1) if len(words) > 1 else 1) * FRACTIONS[words[-1]]
