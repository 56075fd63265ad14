"""A sentence in plainer words: without its dateline, "the pending list was empty", "slipped by one, to 1,783".

What enters: a parsed sentence. What leaves: its pieces in the plain words, or none. Promise: each form is closed and
says the same; a difference is left out only where the two numbers next to it have it.
"""

import re
from calendar import monthrange

from ledger287.core.patterns import when_needed
from ledger287.core.text import MONTHS
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.numbers import words_value
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.making import Piece, taken

DATELINE = when_needed(
    r"^[A-Z][A-Z.’' ]+[A-Z](?:, [A-Z][\w.]*)?(?:,? \(?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\)?)?(?: \([A-Z][\w .]+\))?"
    r"(?: ?[—–]|\.? ?-(?= ?[A-Z“])|\.[—–]) ?"
    r"(?=[\w“])"
)
EMPTY = when_needed(
    r"^(?:ICE[’']s|The(?: agency[’']s| federal)?) (?:pending|waiting) list"
    r"(?P<when>(?: (?:on|as of|of) [^,;]*?(?:, \d{4},)?)?) (?:was|is|stood|stands) empty(?=[.,;]|$)"
)
BY = when_needed(
    r"(?:slipped|dipped|fell|fallen|dropped|declined|shrunk|shrank|edged down|rose|risen|grew|grown|climbed|inched up|"
    r"edged up|ticked up|ticked down|increased|decreased)(?P<by> by (?P<much>an? |[\w-]+)(?: \w+)?, )(?=to )"
)


def plain_words(parsed: Parsed) -> list[Piece] | None:
    """The pieces of a sentence in plainer words; None where no form fits."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    dateline = DATELINE.match(text) if text[1:2].isupper() else None
    if dateline:
        return [taken(parsed.sentence, dateline.end(), len(text))]
    empty = EMPTY.match(text) if " empty" in text else None
    if empty:
        when = Span(offset + empty.start("when"), offset + empty.end("when"))
        none = Span(offset + empty.end() - len("empty"), offset + empty.end())
        pieces = [Piece("there were ", Span(offset, offset + 1)), Piece("no", none),
                  Piece(" pending applications", none), Piece(empty["when"], when)]  # fmt: skip
        return [one for one in (*pieces, taken(parsed.sentence, empty.end(), len(text))) if one.said]
    for pattern, said in SHORTER:
        shorter = pattern.search(text)
        if shorter:
            here = Span(offset + shorter.start(), offset + shorter.end())
            return [
                one
                for one in (
                    taken(parsed.sentence, 0, shorter.start()),
                    Piece(shorter.expand(said), here),
                    taken(parsed.sentence, shorter.end(), len(text)),
                )
                if one.said
            ]
    shore = _set_by_state(parsed)
    if shore:
        return shore
    day = DAY_OF.search(text) if " of " in text else None
    if day and not text.startswith("Of "):
        return _day(parsed, day)
    by = BY.search(text) if " by " in text else None
    if by and _differ(parsed, by["much"].strip(), offset + by.start("by")):
        return [taken(parsed.sentence, 0, by.start("by") + 1), taken(parsed.sentence, by.end(), len(text))]
    return None


EVERY_ONE = r"^Every (?:single )?one of (?P<state>[A-Z]\w+(?: [A-Z]\w+)?)[’']s (?P<n>\d+) sheriffs is "
PROUD = r" (?:is|are|was|were) (?:proud|pleased|happy|excited|honored|glad) to announce (?:that )?(?:it|they) "
SHORTER = (
    (when_needed(PROUD), " "),
    (when_needed(r"\b([Oo])n a single day, (?=[A-Z][a-z]+\.? \d)"), r"\1n "),
    (when_needed(EVERY_ONE), r"All \g<n> \g<state> sheriffs are "),
)
"""Forms that say in more words what the plain ones say."""
SETTING = ("on", "in", "along", "off", "near", "at")
SIDES = ("coast", "shore", "border", "line", "panhandle", "suburbs", "edge", "tip", "corner", "plains",
         "delta", "valley", "foothills", "lakeshore", "waterfront", "gulf", "high", "eastern",
         "western", "northern", "southern", "central", "southeast", "southwest", "northeast",
         "northwest", "atlantic", "south", "north", "east", "west", "black", "belt", "hill",
         "country")  # fmt: skip


def _set_by_state(parsed: Parsed) -> list[Piece] | None:
    """``Baldwin County, on Alabama's eastern shore, …``: a county of that state."""
    tokens, offset = parsed.tokens, parsed.sentence.span.start
    for at in range(1, len(tokens) - 4):
        if tokens[at].text != "," or tokens[at - 1].kind != "NAME":
            continue
        end = next((place for place in range(at + 1, min(at + 8, len(tokens))) if tokens[place].text == ","), 0)
        inside = [one for one in tokens[at + 1 : end] if one.text.lower() != "the"]
        if len(inside) < 3 or " ".join(inside[0].text.lower().split()[:1]) not in SETTING:
            continue
        rest = inside[2:]
        known = inside[1].kind in ("PLACE", "WHOSE") and all(one.text.lower() in SIDES for one in rest)
        if known and " County" in tokens[at - 1].text:
            name = inside[1].text.removesuffix("’s").removesuffix("'s")
            first, last = tokens[at + 1].span.start - offset, tokens[end - 1].span.end - offset
            return [
                taken(parsed.sentence, 0, first),
                Piece(name, inside[1].span),
                taken(parsed.sentence, last, len(parsed.sentence.text)),
            ]
    return None


NAMED = "|".join(MONTHS)
DAY_OF = when_needed(
    r"\b(?:[Oo]n|[Bb]y|[Aa]s of|[Uu]ntil|[Ss]ince) (?P<said>the (?P<which>first|opening|last|final) day of "
    rf"(?P<month>{NAMED})(?:,? (?P<year>20\d\d))?)\b"
    r"|\b[Ii]n (?P<days>the (?P<part>opening|first|early|last|final|closing|waning) days of) "
    rf"(?={NAMED})"
)


def _day(parsed: Parsed, day: re.Match[str]) -> list[Piece] | None:
    """``on the last day of June 2025``: on June 30, 2025; ``in the opening days of May``: in early May."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    group = "said" if day["said"] else "days"
    said = "early" if (day["part"] or "") in ("opening", "first", "early") else "late"
    if day["said"]:
        month = MONTHS.index(day["month"]) + 1
        year = int(day["year"] or 0)
        last = monthrange(year or 2025, month)[1]
        if not year and month == FEBRUARY:
            return None
        number = 1 if day["which"] in ("first", "opening") else last
        said = f"{day['month']} {number}" + (f", {year}" if year else "")
    here = Span(offset + day.start(group), offset + day.end(group))
    return [
        taken(parsed.sentence, 0, day.start(group)),
        Piece(said, here),
        taken(parsed.sentence, day.end(group), len(text)),
    ]


FEBRUARY = 2


def _differ(parsed: Parsed, much: str, at: int) -> bool:
    """Whether the numbers before and behind differ by so much."""
    counts = [one for one in parsed.amounts if one.kind == "counted"]
    before = [one.figure.value for one in counts if one.figure.span.end <= at]
    after = [one.figure.value for one in counts if one.figure.span.start > at + len(much) + 4]
    value = 1.0 if much in ("a", "an", "one") else _number(much)
    return bool(before and after and value is not None) and abs(before[-1] - after[0]) == value


def _number(said: str) -> float | None:
    return float(said.replace(",", "")) if said.replace(",", "").isdigit() else words_value(said)
