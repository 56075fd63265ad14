"""Members of what was counted, named behind it: "36 agencies, including the sheriffs of Hall and Fayette counties".

What enters: a parsed sentence. What leaves: where the members are named, and a sentence of its own that says of each
that it has an agreement. Promise: only names of agencies in forms that are declared here, in the one state that the
sentence names; a list with anything else in it is left as it is. That some of those counted are named does not
change how many.
"""

import re
from dataclasses import dataclass

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.making import Piece

CAP = r"(?!The\b)[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}"
SEVERAL = rf"{CAP}(?:, {CAP})*(?:,? and {CAP})?"
SHERIFFS = rf"(?:the )?sheriffs? (?:of|in) (?P<sheriffs{{n}}>{SEVERAL})(?: [Cc]ount(?:y|ies))?"
COUNTIES = rf"(?P<counties{{n}}>{CAP}(?:, {CAP})*,? and {CAP}) [Cc]ounties(?:[’'] sheriffs)?"
POLICE = rf"(?:the )?police(?: departments?)? (?:of|in) (?P<towns{{n}}>{SEVERAL})"
TOWN = rf"(?:the )?(?P<town{{n}}>{CAP})(?:[’']s)? (?:police(?: department)?|Police Department)"
OFFICE = rf"(?:the )?(?P<office{{n}}>{CAP}) County Sheriff[’']s (?:Office|Department)"
STATEWIDE = (
    r"(?:the )?(?P<state{n}>(?:[Ss]tate [Pp]olice|[Ss]tate [Pp]atrol|[Hh]ighway [Pp]atrol|Department of Corrections|"
    r"Department of Public Safety|National Guard|State Guard))"
)
ANY = "|".join((SHERIFFS, COUNTIES, POLICE, STATEWIDE, OFFICE, TOWN))
LISTED = when_needed(
    r"(?:,| [—–])? (?P<opener>including|among them|such as|along with) (?P<members>[^;:()“”—–]+?)"
    r"(?P<on>,(?= (?:were|was|are|is|have|had|has|hold|held|take|took|participate|work) ))?(?(on)|(?=[.;—–]|$))"
)
"""The members, up to the end of the statement, or to the verb of those counted: "…, were taking part"."""
OPENERS = ("including", "among them", "such as", "along with")
NUMBERED = when_needed(rf"(?:{ANY.replace('{n}', '')})")
JOINT = when_needed(r"(?:, and |,? and |, )")


@dataclass(frozen=True, slots=True)
class Named:
    """The stretch of a sentence in which members are named, and what is said of them in a sentence of its own."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def members_of(parsed: Parsed) -> Named | None:
    """The members that a sentence names behind what it counts; None where it names none, or not all are known."""
    sentence = parsed.sentence
    text, offset = sentence.text, sentence.span.start
    found = LISTED.search(text) if any(word in text for word in OPENERS) else None
    states = {one.value: one.text for one in parsed.tokens if one.kind == "PLACE"}
    counted = [one for one in parsed.amounts if one.figure.span.end - offset <= (found.start() if found else 0)]
    if not found or len(states) != 1 or not counted or sentence.quoted:
        return None
    if any(one.kind == "SIGN" and one.text.lower().startswith(("not", "un")) for one in parsed.tokens):
        return None
    state = next(iter(states.values())).removesuffix("’s").removesuffix("'s")
    pieces: list[Piece] = []
    at = found.start("members")
    end = found.end("members")
    if found["on"] and any(one.kind == "WHEN" and one.span.start - offset > end for one in parsed.tokens):
        return None  # a time behind them is of those counted, and of the members alike
    while at < end:
        item = NUMBERED.match(text, at, end)
        if item is None:
            return None
        said = _item(item, state)
        joint = JOINT.match(text, item.end(), end)
        if item.end() != end and joint is None:
            return None
        place = Span(offset + item.start(), offset + item.end())
        pieces += [Piece(", " if pieces else "", Span(place.start, place.start + 1)), *said_at(said, item, offset)]
        at = joint.end() if joint else end
    days = [one for one in parsed.tokens if one.kind == "WHEN" and one.span.end - offset <= found.start()]
    when = f" {days[0].text[:1].lower()}{days[0].text[1:]}" if len(days) == 1 and days[0].text[-1:].isdigit() else ""
    last = Span(offset + end - 1, offset + end)
    pieces.append(Piece(f" in {state} have agreements with ICE{when}.", last))
    return Named(found.start(), found.end(), tuple(one for one in pieces if one.said))


def _item(item: re.Match[str], state: str) -> str:
    """One item of a list in words that the names of agencies are read in."""
    if item["sheriffs"] or item["counties"]:
        names = item["sheriffs"] or item["counties"]
        return f"{names} counties" if " and " in names else f"{names.removesuffix(' County')} County Sheriff's Office"
    if item["towns"]:
        return ", ".join(f"the {name} Police Department" for name in JOINT.split(item["towns"]))
    if item["office"]:
        return f"the {item['office']} County Sheriff's Office"
    if item["state"]:
        return f"the {state} {item['state'].title().replace(' Of ', ' of ')}"
    return f"the {item['town']} Police Department"


def said_at(said: str, item: re.Match[str], offset: int) -> list[Piece]:
    """The words for an item, at the place of the item as printed; names that are printed keep their own places."""
    names = item["sheriffs"] or item["counties"]
    if names and said.startswith(names):
        start = offset + (item.start("sheriffs") if item["sheriffs"] else item.start("counties"))
        span = Span(start, start + len(names))
        return [Piece(names, span), Piece(said[len(names) :], Span(span.end - 1, span.end))]
    return [Piece(said, Span(offset + item.start(), offset + item.end()))]
