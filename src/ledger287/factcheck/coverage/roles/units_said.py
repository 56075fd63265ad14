"""What a word for a kind of agency, or for agreements, was read as: what is counted, what is held, a place, or nothing.

What enters: a token seen with what the claims of its sentence hold. What leaves: its role, or none.
"""

from ledger287.factcheck.coverage.roles.figures import enumerates
from ledger287.factcheck.coverage.used import TokenSpot, overlaps
from ledger287.factcheck.extract.amounts.doubts import BODIES
from ledger287.factcheck.parse.model import Token

STATE_BEHIND = ("Washington", "New York")
"""States whose names have "state" behind them where a city is not meant."""


ABSOLUTE = ("agreements", "partnerships", "agencies")
"""Things counted whose plain name narrows nothing when it is named next to another."""


def unit_role(at: TokenSpot) -> str | None:
    if at.token.text.lower() == "jurisdiction" and any(one.rank == "only" for one in at.used.claims):
        return "what is counted"  # the only jurisdiction with an agreement
    if at.place and at.token.value == "states" and enumerates(at.parsed, at.place - 1):
        return "place"
    if at.token.value in at.used.units or at.token.value in ABSOLUTE:
        return "what is counted" if any(overlaps(one, at.token.span) for one in at.used.spans) else "what is held"
    following = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 3]]
    if (
        at.token.text.lower() == "state"
        and following[:1] == ["and"]
        and following[1:]
        and following[1].startswith("local")
    ):
        return "what is held"
    if at.token.text.lower() == "state" and at.place and at.parsed.tokens[at.place - 1].text in STATE_BEHIND:
        return "place"
    if at.token.text.lower() in ("state", "states") and "rank" in at.used.shapes:
        ahead = {one.text.lower() for one in at.parsed.tokens[max(at.place - 4, 0) : at.place]}
        listed = any(word.endswith("list") for word in ahead) or bool({"all", "among"} & ahead)
        return "rank" if at.token.text.lower() == "state" or listed else None
    if at.token.value == "sheriffs" and at.used.names:
        return "agency"
    if at.token.value == "applications" and (at.used.pending or "signed" in at.used.shapes):
        return "what is counted"
    if "police_and_sheriffs" in at.used.units and at.token.value in ("police", "sheriffs"):
        return "what is counted"
    if at.token.value in BODIES and _in_list(at):
        return "what is counted"
    if "agencies" in at.used.units and any(overlaps(one, at.token.span) for one in at.used.spans):
        return "what is counted"
    return "what is counted" if _are_all_kinds(at) else None


def _are_all_kinds(at: TokenSpot) -> bool:
    """Whether a kind of agency is in a list of all who sign: with police departments, sheriffs and state agencies."""
    if at.token.value not in ("police", "sheriffs", "police_and_sheriffs", *KINDS_SIGNING):
        return False
    first = last = at.place
    while first and _lists_kinds(at.parsed.tokens[first - 1]):
        first -= 1
    while last + 1 < len(at.parsed.tokens) and _lists_kinds(at.parsed.tokens[last + 1]):
        last += 1
    kinds = {one.value for one in at.parsed.tokens[first : last + 1] if one.kind == "UNIT"}
    before = at.parsed.tokens[first - 1].text.lower() if first else ""
    all_of_them = {"police", "sheriffs"} <= kinds or "police_and_sheriffs" in kinds
    return all_of_them and bool(kinds & set(KINDS_SIGNING)) and before in ("with", "between", "by")


KINDS_SIGNING = ("state_agencies", "county_agencies", "constables", "campuses", "agencies")


def _lists_kinds(token: Token) -> bool:
    return token.text in (",", "&") or token.text.lower() in ("and", "other") or token.kind == "UNIT"


def _in_list(at: TokenSpot) -> bool:
    """Whether a kind of agency closes the list of kinds that a figure counts: 9 police and state agencies."""
    place = at.place - 1
    while place >= 0 and (
        at.parsed.tokens[place].text in (",", "&")
        or at.parsed.tokens[place].text.lower() == "and"
        or at.parsed.tokens[place].kind in ("UNIT", "FILL")
    ):
        token = at.parsed.tokens[place]
        counted = [one for one in at.used.claims if one.unit == "agencies" and overlaps(one.span, token.span)]
        if counted and token.value in BODIES:
            return True
        place -= 1
    return False
