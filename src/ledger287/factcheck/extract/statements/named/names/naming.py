"""Where a sentence names agencies: by office and place, in lists, and the state that is stated with one."""

import re
from collections.abc import Iterator, Sequence

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import MONTHS
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.extract.statements.counties import is_county, is_place
from ledger287.factcheck.parse.names.county_names import states_of_county
from ledger287.factcheck.parse.parsing import Parsed, names_state

NO_MONTH = rf"(?!(?:{'|'.join(MONTHS)})\b)"
PARTICLE = r"(?:(?:du|de|la|des|qui|of the) )?"
"""Within the name of a county: Fond du Lac."""
CALLED = rf"[A-Z][\w.’'-]+(?: {PARTICLE}[A-Z][\w.’'-]+)?"
COUNTIES = when_needed(rf"({NO_MONTH}(?:{CALLED}, )*{CALLED},? and {CALLED}) [Cc]ount(?:ies|y)\b")


def stated_at(parsed: Parsed, place: int) -> tuple[str, ...]:
    """The state that the sentence states for an agency: next to its name, or the only one that the sentence names."""
    tokens = parsed.tokens
    own = STATE_NAMED.match(tokens[place].text) if tokens[place].kind == "NAME" else None
    if own:
        return (declared.state_codes()[own[0]],)
    before = tokens[place - 1] if place else None
    if before is not None and before.kind == "PLACE":
        return (before.value,)
    for at in range(place + 1, min(place + 6, len(tokens))):
        if tokens[at].kind == "PLACE":
            return (tokens[at].value,)
        if not (tokens[at].kind in ("MARK", "IN", "NAME", "UNIT") or tokens[at].text.lower() in ("and", "the")):
            break
    named = {token.value for token in tokens if names_state(token)}
    return tuple(named) if len(named) == 1 else ()


def of_text(name: str, stated: tuple[str, ...], states: Sequence[str]) -> tuple[str, ...]:
    """The state of a name: the one that its sentence states, else the only one of its text that has such a county."""
    county = COUNTY_OF.match(name)
    if stated or county is None:
        return stated
    there = [state for state in dict.fromkeys(states) if state in states_of_county(county["county"])]
    return tuple(there) if len(there) == 1 else ()


COUNTY_OF = when_needed(r"(?:[Tt]he )?(?P<county>[A-Z].* (?:County|Parish))\b")
STATE_NAMED = when_needed(
    rf"(?:{'|'.join(sorted((one.name for one in declared.states()), key=len, reverse=True))})"
    r"(?= (?:Department|State|Highway|National|Bureau|Division|Office|Attorney|Military)\b)"
)
"""The state that begins the name of an agency of its own: the Arizona Department of Public Safety."""


IN_STATE = when_needed(r"^In (?P<state>[A-Z][\w.]*(?: [A-Z][\w.]*)*), (?=[A-Z])")


def _without_state(listed: str) -> str:
    """``In Georgia, Fulton and DeKalb`` counties: without the state that opens the sentence."""
    found = IN_STATE.match(listed)
    return listed[found.end() :] if found else listed


def named_in(parsed: Parsed) -> Iterator[tuple[str, Span, int]]:
    offset = parsed.sentence.span.start
    taken: list[Span] = []
    for found in COUNTIES.finditer(parsed.sentence.text):
        if " County" in found[1] or found[1].startswith("ICE"):
            continue  # each of them is a name of its own; agreements with ICE, and Lee County …
        listed = _without_state(found[1])
        span = Span(found.end(1) - len(listed) + offset, found.end() + offset)
        taken.append(span)
        place = next((at for at, token in enumerate(parsed.tokens) if token.span.start >= span.start), 0)
        for part in re.split(r",? and |, ", listed):
            yield f"{part.strip().removesuffix(' County')} County", span, place
    yield from _enumerated(parsed)
    for found in POLICE_OF.finditer(parsed.sentence.text):
        span = Span(found.start() + offset, found.end() + offset)
        town = found["owner"] or found["town"]
        states = {token.text.rstrip("’'s") for token in parsed.tokens if token.kind == "PLACE"}
        longer = found.start("owner") == found.start() and re.search(
            r"(?:[A-Z][\w.]*|of) $", parsed.sentence.text[: found.start()]
        )
        named = any(token.kind == "NAME" and token.span.start < span.end <= token.span.end for token in parsed.tokens)
        if town not in states and not named and not (longer and parsed.sentence.text[: found.start()] != "The "):
            place = next((at for at, token in enumerate(parsed.tokens) if token.span.end >= span.end), 0)
            yield f"{town} Police Department", span, place
    for at, token in enumerate(parsed.tokens):
        if token.kind == "NAME" and is_county(token) and parsed.amounts and is_place(parsed, at):
            continue
        if token.kind == "NAME" and not any(one.start <= token.span.start < one.end for one in taken):
            yield token.value, token.span, at


TOWN = r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}"


POLICE_OF = when_needed(
    rf"(?:(?:[Tt]he )?(?:[Cc]ity|[Tt]own) of )?(?P<owner>(?!The\b|A\b){TOWN})[’']s police department\b"
    rf"|\b[Tt]he (?:city |town )?police department (?:in|of) (?P<town>{TOWN})\b"
)
"""A police department by its town: Orlando's police department; the police department in Camden."""


ITEM = rf"[A-Z][\w.’'-]*(?: {PARTICLE}[A-Z][\w.’'-]*)*"


ENUMERATED = when_needed(rf"[—–(:]\s*((?:{ITEM}, )+(?:and )?{ITEM}(?:,? and {ITEM})?)(?= ?[—–).]|$)")


OF_COUNTIES = ("counties", "sheriffs")
TAKING_PART = when_needed(r" (?:participating|partner|member) (?:counties|sheriffs)\b")


def _enumerated(parsed: Parsed) -> Iterator[tuple[str, Span, int]]:
    """``eight Minnesota counties (Cass, Itasca, …)``: as many names as are counted, each a county's sheriff."""
    found = ENUMERATED.search(parsed.sentence.text)
    if not found:
        return
    names = [part.strip().rstrip(".") for part in re.split(r",? and |, ", found[1]) if part.strip()]
    offset = parsed.sentence.span.start
    span = Span(found.start(1) + offset, found.end(1) + offset)
    counts = [one for one in parsed.amounts if one.figure.value == len(names) and one.figure.span.end <= span.start]
    units = {one.noun.unit for amount in counts for one in (amount, amount.whole) if one and one.noun}
    said = parsed.sentence.text[counts[0].figure.span.end - offset : found.start()] if counts else ""
    if counts and (units & set(OF_COUNTIES) or TAKING_PART.match(said)):
        place = next((at for at, token in enumerate(parsed.tokens) if token.span.start >= span.start), 0)
        for name in names:
            yield f"{name} County", span, place
