"""Whether a number in a sentence was read as a figure, or is where no reading can place it.

What enters: a token of a number. What leaves: its role, or none. Promise: a number without a noun is read only where
one is expected; two numbers in a row, and a bare year, are not read.
"""

from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.used import TokenSpot, Used, overlaps
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.numbers import hedges
from ledger287.factcheck.parse.parsing import Parsed

PARTING = ("MARK", "PLACE", "MODEL", "WHEN", "TO", "FROM", "OUTSIDE", "RISE", "FALL", "MULTIPLE", "PENDING")
YEARS = range(1980, 2060)
"""Whole numbers that are taken for years where they have no noun."""


def number_role(at: TokenSpot) -> str | None:
    """Whether a number, fraction or multiple was read as the figure of a claim."""
    if at.token.number == 1 and at.place and at.parsed.tokens[at.place - 1].text.lower() == "including":
        return "example"
    after = at.parsed.tokens[at.place + 1 : at.place + 2]
    if at.token.text.lower() == "one" and after and after[0].kind == "OFN":
        return "example"  # one of 907 agencies: the 907 are counted
    if enumerates(at.parsed, at.place):
        return "place"
    if at.token.number == 0 and any(one.sense in ("without", "absent") for one in at.used.claims):
        return "comparison"
    if has_one(at.parsed, at.place, at.used):
        return "what is held"
    if not at.used.amounts.get(at.place) or _runs_on(at.place, at.parsed):
        return None
    if at.token.kind == "FRACTION":
        return "figure" if _is_part(at.place, at.parsed) else None
    if at.token.kind == "TIMESWORD" and not _multiplies(at.place, at.parsed):
        return None
    before = at.parsed.tokens[at.place - 1].text.lower() if at.place else ""
    against = bool(at.place) and at.parsed.tokens[at.place - 1].kind == "FROM"
    unmoved = before == "by" and "change" in at.used.shapes  # grew by 0: unchanged
    unsigned = before == "signed" and "signed" in at.used.shapes  # signed no new agreements
    free = _opens(at) or against or unmoved or unsigned
    if at.token.number == 0 and before not in neutral("before_none") and not free:
        return None
    added = before == "added" and "signed" in at.used.shapes  # Texas added seven
    return "figure" if added or at.token.kind != "NUM" or _is_tied(at.place, at.parsed) else None


def has_one(parsed: Parsed, place: int, used: Used) -> bool:
    """Whether "at least one agreement" (or agency) is what those counted have: forty states have it."""
    tokens = parsed.tokens[max(place - 1, 0) : place + 4]
    one = parsed.tokens[place] if place < len(parsed.tokens) else None
    if one is None or one.number != 1 or not tokens[0].text.lower().endswith("least"):
        return False
    held = any(token.kind == "UNIT" and token.value in ("agreements", "agencies", "partnerships") for token in tokens)
    return held and bool(used.units & {"states", "counties", "agencies", "sheriffs", "territories"})


def enumerates(parsed: Parsed, place: int) -> bool:
    """Whether a number only says how many states are named behind it: four states — Florida, Texas, Georgia and Ohio
    —."""
    tokens = parsed.tokens[place : place + 3]
    if len(tokens) < 3 or tokens[1].value != "states" or tokens[2].text not in (",", "—", "–", ":", "("):
        return False
    named: set[str] = set()
    for token in parsed.tokens[place + 3 :]:
        if token.kind == "PLACE":
            named.add(token.value)
        elif not (token.text in (",", "&") or token.text.lower() == "and"):
            break
    return bool(named) and len(named) == tokens[0].number


def _opens(at: TokenSpot) -> bool:
    """Whether a token opens its sentence or a part of it."""
    return at.place == 0 or at.parsed.tokens[at.place - 1].kind in ("MARK", "WHEN", "PLACE", "OUTSIDE")


def _multiplies(place: int, parsed: Parsed) -> bool:
    """Whether "twice" or "doubled" is of a number: twice as many; doubled since; more than tripled, to 40."""
    token = parsed.tokens[place]
    after = parsed.tokens[place + 1] if place + 1 < len(parsed.tokens) else None
    if token.text.lower() in ("twice", "thrice"):
        many = [one.text.lower() for one in parsed.tokens[place + 1 : place + 3]]
        return " ".join(many).startswith(("as many", "as much", "what")) or bool(set(many) & neutral("numbers"))
    return place > 0 or (after is not None and after.kind != "ICE")


def _runs_on(place: int, parsed: Parsed) -> bool:
    """Whether a number is directly next to another one, so that neither is clear."""
    near = [parsed.tokens[at] for at in (place - 1, place + 1) if 0 <= at < len(parsed.tokens)]
    return parsed.tokens[place].kind == "NUM" and any(one.kind == "NUM" for one in near)


def _is_part(place: int, parsed: Parsed) -> bool:
    """Whether a fraction is where it is a fraction of something: half of, about a third are, …, a quarter."""
    after = parsed.tokens[place + 1] if place + 1 < len(parsed.tokens) else None
    if parsed.tokens[place].value in hedges()["portions"]:
        return True
    if place and parsed.tokens[place - 1].kind in ("UNIT", "PROGRAM", "ICE"):
        return False
    if after is None or after.text.lower() in neutral("part_of"):
        return True
    if after.kind == "WHEN" and after.text.lower().startswith("of "):
        return True  # half of today's agreements
    if after.kind == "IN":
        return place > 0 and [one.kind for one in parsed.tokens[place + 2 : place + 3]] == ["PLACE"]
    return place > 0 and after.kind in ("MARK", "TO", "FROM", "OUTSIDE", "OFN")


def _is_parted(amount: Amount, parsed: Parsed) -> bool:
    """Whether something sets a bare number off from the figure before it: a mark, "and", a place, a model, a day."""
    earlier = [one for one in parsed.amounts if one.last < amount.first]
    if not earlier:
        return True
    between = parsed.tokens[earlier[-1].last + 1 : amount.first]
    return any(one.kind in PARTING or one.text.lower() in neutral("parting") for one in between)


def _is_tied(place: int, parsed: Parsed) -> bool:
    """Whether a number has its own noun, or is where one is expected: has 40; (40); from 40."""
    amount = next((one for one in parsed.amounts if one.first <= place <= one.last), None)
    if amount is None or amount.kind != "counted":
        return True
    if amount.noun and (amount.noun.unit or amount.noun.other):
        return True
    token = parsed.tokens[place]
    if token.text.isdigit() and int(token.text) in YEARS:
        return False
    before = parsed.tokens[amount.first - 1] if amount.first else None
    after = parsed.tokens[amount.last + 1] if amount.last + 1 < len(parsed.tokens) else None
    if after is None and (before is None or before.text in (".", ";")):
        return False
    if before is not None and before.kind == "NATION" and before.text.lower().endswith(("'s", "’s")):
        return True
    if (after is None or after.kind == "MARK") and _names_model(amount.first, parsed) and _is_parted(amount, parsed):
        return True  # … and the warrant model 460
    if amount.role or before is None or before.kind in ("MARK", "PLACE", "WHEN", "FROM", "TO", "RISE", "FALL"):
        return True
    following = [one.kind for one in parsed.tokens[amount.last + 1 : amount.last + 3]]
    if after is not None and after.text.lower() in ("the", "has", "have", "had") and following[1:] == ["MODEL"]:
        return _is_parted(amount, parsed)  # 291 the warrant model and 125 the jail model
    if (after is not None and after.text.lower() in ("the", "a", "an", "has", "have", "had")) or not _is_parted(
        amount, parsed
    ):
        return False
    if before.text.lower() == "including" and amount.noun and amount.noun.model:
        return True
    if before.text.lower() == "including":
        return any(token.kind == "MODEL" for token in parsed.tokens[amount.last + 1 : amount.last + 5])
    part = after is not None and after.text.lower() in ("of", "are", "were")
    return before.text.lower() in neutral("ties") or (part and before.kind not in ("UNIT", "PROGRAM", "ICE"))


def _names_model(first: int, parsed: Parsed) -> bool:
    """Whether a model is named right before a number, by its name or as its program."""
    ahead = list(parsed.tokens[max(first - 2, 0) : first])
    if len(ahead) == 2 and ahead[-1].text.lower() in ("program", "model"):
        ahead.pop()
    return bool(ahead) and ahead[-1].kind == "MODEL"


def opens_part(at: TokenSpot) -> bool:
    """Whether a count of a part follows: 895 agreements, including 479 under the task force model."""
    after = at.parsed.tokens[at.place + 1 : at.place + 2]
    parts = [
        one
        for one in at.used.claims
        if one.shape == "count" and one.figure and (one.model or not one.is_plain or one.unit in PART_UNITS)
    ]
    return bool(after) and any(overlaps(one.span, after[0].span) for one in parts)


PART_UNITS = ("state_agencies", "county_agencies", "police", "sheriffs", "campuses", "constables", "municipal")
"""Kinds of agencies, which are a part of all of them."""
