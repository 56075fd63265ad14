"""A parsed sentence -> what it says of people identified and removed under 287(g), FY2006 to FY2013, and the answer.

What enters: a sentence with its amounts, and the states that the text names. What leaves: answers with the cells of
ICE's table. Promise: an agency is one of the table by its name alone; a fiscal year outside of it, or an agency that it
does not have, is "cannot tell".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.used import overlaps
from ledger287.factcheck.extract.model import Claim, Figure, OfTopic, Phrasing, Span, When, Where
from ledger287.factcheck.outcomes.outcome_claims import rounded
from ledger287.factcheck.outcomes.words import neutral_in, pattern, words_like
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import HEDGED, Answer, Evidence, number
from ledger287.ledger.outcomes.identified import FILE, LEAVES_OUT, IdentifiedAgency, agencies

TABLE = "People identified and removed under 287(g) by agency and fiscal year"
YEAR = when_needed(r"(?i)\b(?:fiscal(?: year)?s?|fy)[ -]?(20\d\d|\d\d)\b|\bin (20\d\d)\b")
SPAN = when_needed(
    r"(?i)\b(?:from|between|for|over|during|in)? ?(?:the )?(?:fiscal )?(?:years? )?(?:fy ?)?(20\d\d) ?"
    r"(?:to|through|and|until|-|–)(?: fiscal(?: year)?| fy)? ?(20\d\d)\b"
)
SINCE = when_needed(r"(?i)\bsince (?:fiscal (?:year )?)?(20\d\d)\b")
OF_PROGRAM = ("PROGRAM",)
COUNTY = when_needed(r"(?i) (?:county |parish |city )?(?:sheriff|police|department|office|division|task force|jail).*$")
FIRST, LAST = 2006, 2013
YEARS = range(1980, 2060)
SMALLEST = 100


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose count, and of which fiscal years."""

    chosen: tuple[IdentifiedAgency, ...]
    says: str
    years: tuple[int, ...]
    when: str
    covers: tuple[tuple[Span, str], ...]
    states: tuple[str, ...]
    stated: bool


def identified_in(parsed: Parsed, states: Sequence[str]) -> Iterator[Answer]:
    """The answers to what a sentence says of people identified or removed under 287(g)."""
    text = parsed.sentence.text
    found = {name: [match.start() for match in pattern(name).finditer(text)] for name in ("identified", "removed")}
    amounts = [one for one in parsed.amounts if _is_people(one) and not _of_others(parsed, one)]
    if not amounts or not any(found.values()):
        return
    named = _named(parsed, states)
    if named is None or not _is_of_table(parsed, named, bool(found["identified"])):
        return
    scope = _scope(parsed, named)
    for amount in amounts:
        measure = _measure(parsed, amount, found)
        yield _answer(parsed, amount, scope, measure)


def _is_people(amount: Amount) -> bool:
    noun, value = amount.noun, amount.figure.value
    if amount.kind != "counted" or (noun and (noun.unit or noun.other not in (None, "people", "arrests"))):
        return False
    return not (noun is None and value in YEARS) and value > 1


def _of_others(parsed: Parsed, amount: Amount) -> bool:
    """Whether the number is of somebody else, with a word between: 12 trained deputies."""
    after = parsed.tokens[amount.last + 1 : amount.last + 3] if amount.noun is None else ()
    return any(token.kind == "OTHER" and token.value not in ("people", "arrests") for token in after)


def _is_of_table(parsed: Parsed, named: tuple[IdentifiedAgency, ...], identifies: bool) -> bool:
    """Whether the sentence speaks of the program, or of an agency of the table that identified people."""
    return bool(parsed.kinds() & set(OF_PROGRAM)) or (bool(named) and identifies)


def _measure(parsed: Parsed, amount: Amount, found: dict[str, list[int]]) -> str:
    """Whether a number is of people identified or of people removed: the nearest word behind it, else before it."""
    said = parsed.sentence.text
    at = parsed.tokens[amount.last].span.end - parsed.sentence.span.start
    if pattern("removed").search(said[amount.figure.span.end - parsed.sentence.span.start : at]):
        return "removed"
    first = parsed.tokens[amount.first].span.start - parsed.sentence.span.start
    directly = [
        name
        for name in found
        if any(not said[one.end() : first].strip() for one in pattern(name).finditer(said, 0, first))
    ]
    if len(directly) == 1:
        return directly[0]
    ahead = {name: min((place - at for place in places if place >= at), default=None) for name, places in found.items()}
    before = {
        name: min((first - place for place in places if place < first), default=None) for name, places in found.items()
    }
    if found["identified"] and re.match(r"(?i)\s*(?:\w+ )?for (?:removal|deportation)", parsed.sentence.text[at:]):
        return "identified"
    others = [one.first for one in parsed.amounts if one.first > amount.last and _is_people(one)]
    limit = parsed.tokens[others[0]].span.start - parsed.sentence.span.start - at if others else None
    near = [
        (gap, name) for name, gap in ahead.items() if gap is not None and (limit is None or gap < limit) and gap < 40
    ]
    near_before = [(gap, name) for name, gap in before.items() if gap is not None]
    options = near_before if near_before and (not near or min(near_before)[0] < min(near)[0]) else near
    return min(options)[1] if options else "identified"


@cache
def _cores() -> dict[str, tuple[IdentifiedAgency, ...]]:
    """``maricopa`` -> the agencies of the table whose name begins so."""
    found: dict[str, list[IdentifiedAgency]] = {}
    for one in agencies():
        for name in {one.name, one.printed}:
            core = COUNTY.sub("", name).strip().lower()
            found.setdefault(core, []).append(one)
    return {core: _distinct(some) for core, some in found.items()}


def _distinct(some: Sequence[IdentifiedAgency]) -> tuple[IdentifiedAgency, ...]:
    """Agencies of the table, each once."""
    return tuple({one.printed: one for one in some}.values())


def _named(parsed: Parsed, states: Sequence[str]) -> tuple[IdentifiedAgency, ...] | None:
    """The agencies of the table that a sentence names; none where it names no agency; None where it names others."""
    text = parsed.sentence.text
    places = {token.value for token in parsed.tokens if token.kind == "PLACE"}
    chosen: list[IdentifiedAgency] = []
    for core, some in _cores().items():
        words = re.escape(core).replace(r"\ ", r"\s+")
        if not re.search(rf"(?i)(?<![\w-]){words}(?![\w-])", text):
            continue
        match = re.search(rf"(?i)(?<![\w-]){words}(?![\w-])", text)
        if match is None or not match.group()[0].isupper():
            continue
        here = [one for one in some if not places or one.state in places]
        here = here if len(here) == 1 else [one for one in here if one.state in states] or here
        if len(here) == 1 or len({one.agency_id or one.printed for one in here}) == 1:
            chosen.append(here[0])
        elif here:
            return None
    names = [token for token in parsed.tokens if token.kind == "NAME"]
    if not chosen and names:
        return None
    longest = [one for one in chosen if not any(_core(one) != _core(other) and _core(one) in _core(other)
                                                for other in chosen)]  # fmt: skip
    return _distinct(longest) if len({one.printed for one in longest}) <= 1 else None


def _core(one: IdentifiedAgency) -> str:
    return COUNTY.sub("", one.name).strip().lower()


def _scope(parsed: Parsed, named: tuple[IdentifiedAgency, ...]) -> _Scope:
    text, start = parsed.sentence.text, parsed.sentence.span.start
    covers: list[tuple[Span, str]] = []
    places = tuple(dict.fromkeys(token.value for token in parsed.tokens if token.kind == "PLACE"))
    for token in parsed.tokens:
        if token.kind == "PLACE":
            covers.append((token.span, "place"))
        if token.kind == "NAME" and named:
            covers.append((token.span, "whose figure"))
    if named:
        core = rf"(?i)\b{re.escape(_core(named[0]))}\b(?:'s|’s)?(?: county)?(?:'s|’s)?"
        covers += [
            (Span(start + match.start(), start + match.end()), "whose figure") for match in re.finditer(core, text)
        ]
        chosen, says = named, f"{named[0].name}, {named[0].state}"
    elif places:
        chosen = tuple(one for one in agencies() if one.state in places)
        says = f"the agencies of {', '.join(places)}"
    else:
        chosen, says = agencies(), f"all {len(agencies())} agencies of the table"
    years, match = _years(text)
    if match:
        place = Span(start + match.start(), start + match.end())
        covers.append((place, "time"))
        covers += [(one.span, "time") for one in parsed.tokens if one.kind == "WHEN" and overlaps(one.span, place)]
    covers += [(amount.figure.span, "figure") for amount in parsed.amounts if _is_people(amount)]
    covers += words_like(text, "identified", start, "what is counted")
    covers += words_like(text, "removed", start, "what is counted")
    covers += words_like(text, "people", start, "what is counted")
    covers += neutral_in(text, "identified_neutral", start)
    when = f"fiscal year {years[0]}" if len(years) == 1 else f"fiscal years {years[0]} to {years[-1]}"
    return _Scope(chosen, says, years, when, tuple(covers), places, match is not None)


def _years(text: str) -> tuple[tuple[int, ...], re.Match[str] | None]:
    """The fiscal years that a sentence names; all of the table where it names none."""
    match = SPAN.search(text)
    if match:
        return tuple(range(int(match[1]), int(match[2]) + 1)) or (int(match[1]),), match
    match = SINCE.search(text)
    if match:
        return tuple(range(int(match[1]), LAST + 1)) or (int(match[1]),), match
    match = YEAR.search(text)
    if match:
        year = match[1] or match[2]
        return (int(year) if len(year) == 4 else 2000 + int(year),), match
    return tuple(range(FIRST, LAST + 1)), None


def _value(scope: _Scope, measure: str) -> tuple[int, tuple[str, ...]] | None:
    """The sum, and its cells where they are few; None where no cell of those years is printed."""
    place = 0 if measure == "identified" else 1
    cells = [
        (one.years[year][place], one.cells[year][place])
        for one in scope.chosen
        for year in scope.years
        if year in one.years and one.years[year][place] is not None
    ]
    if not cells:
        return None
    return sum(count or 0 for count, _ in cells), tuple(cell for _, cell in cells)


def _answer(parsed: Parsed, amount: Amount, scope: _Scope, measure: str) -> Answer:
    figure: Figure = rounded(amount.figure)
    span = Span(parsed.tokens[amount.first].span.start, parsed.tokens[amount.last].span.end)
    name = f"{measure}_under_287g"
    claim = Claim(
        "other", figure, "people", Where(scope.states, True), When(), span, parsed.sentence.span,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=scope.covers), terms=OfTopic(topic=name),
    )  # fmt: skip
    hedge = HEDGED.get(figure.rule, "")
    meaning = f"{hedge}{number(figure.value)} people {measure} under 287(g) by {scope.says}, {scope.when}"
    outside = [year for year in scope.years if not FIRST <= year <= LAST]
    value = None if outside or not scope.chosen else _value(scope, measure)
    if value is None:
        why = f"ICE's table is of fiscal years {FIRST} to {LAST}" if outside else "ICE's table has no count of that"
        return Answer(claim, "cannot_tell", meaning, f"{why}.", measure=name, settles="ICE's count of that time",
                      notes=(LEAVES_OUT,))  # fmt: skip
    shown = _evidence(value, figure, scope, measure)
    citation = f"ICE, by FOIA: {TABLE.lower()}, FY2006 to FY2013 (primary; {FILE})"
    if figure.right_for(value[0]):
        return Answer(claim, "supported", meaning, f"ICE's table gives {value[0]:,}.", (shown,), measure=name,
                      citations=(citation,), notes=(LEAVES_OUT,))  # fmt: skip
    other = "removed" if measure == "identified" else "identified"
    second = _value(scope, other)
    if second and figure.right_for(second[0]):
        requires = f"if people {other} are meant"
        return Answer(claim, "supported_if", meaning, f"right {requires}: {second[0]:,}; {measure}: {value[0]:,}.",
                      (_evidence(second, figure, scope, other, requires), shown), requires=requires, measure=name,
                      citations=(citation,), notes=(LEAVES_OUT,))  # fmt: skip
    near = (_evidence(second, figure, scope, other),) if second else ()
    part = _of_some_years(scope, measure, figure)
    if part:
        requires = f"if {part.when} are meant" if len(part.years) > 1 else f"if {part.when} is meant"
        some = _value(part, measure) or value
        return Answer(claim, "supported_if", meaning, f"right {requires}: {some[0]:,}; of all years {value[0]:,}.",
                      (_evidence(some, figure, part, measure, requires), shown), requires=requires, measure=name,
                      citations=(citation,), notes=(LEAVES_OUT,))  # fmt: skip
    if not scope.stated and _may_be_later(scope):
        return Answer(claim, "cannot_tell", meaning, f"ICE's table gives {value[0]:,} by {scope.says}, {scope.when}; "
                      "the sentence names no years, and later ones are not in it.", (shown,), near, measure=name,
                      citations=(citation,), settles="the years that are meant", notes=(LEAVES_OUT,))  # fmt: skip
    return Answer(claim, "contradicted", meaning, f"ICE's table gives {value[0]:,}, by {scope.says}, {scope.when}.",
                  (shown,), near, measure=name, citations=(citation,), notes=(LEAVES_OUT,))  # fmt: skip


def _of_some_years(scope: _Scope, measure: str, figure: Figure) -> _Scope | None:
    """Fiscal years in a row of which a figure is right, where the sentence names none; the longest stretch first."""
    if scope.stated or figure.rule not in ("exact", "about") or figure.value < SMALLEST:
        return None
    for length in range(LAST - FIRST, 0, -1):
        for first in range(FIRST, LAST - length + 2):
            years = tuple(range(first, first + length))
            when = f"fiscal year {first}" if length == 1 else f"fiscal years {first} to {years[-1]}"
            part = replace(scope, years=years, when=when)
            value = _value(part, measure)
            if value and figure.right_for(value[0]):
                return part
    return None


def _may_be_later(scope: _Scope) -> bool:
    """Whether an agency may have identified people after the table's last year."""
    return any(one.last_listed is None or one.last_listed.year >= LAST - 1 for one in scope.chosen)


def _evidence(
    value: tuple[int, tuple[str, ...]], figure: Figure, scope: _Scope, measure: str, requires: str | None = None
) -> Evidence:
    count, cells = value
    one = len(scope.chosen) == 1
    where = f", {', '.join(cells)}" if one else f", {len(cells)} cells"
    said = f"{count:,} people {measure} by {scope.says}, {scope.when}: {FILE}{where}"
    return Evidence(f"{measure}_under_287g", said, float(count), round(figure.value - count, 3), requires, None, FILE,
                    None, TABLE, cells)  # fmt: skip
