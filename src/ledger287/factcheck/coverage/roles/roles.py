"""What one word of a sentence was read as, by the claims that were read from it.

What enters: a parsed sentence with its claims. What leaves: for each token its role (figure, what is counted, place,
model, time, program, neutral), or none where no claim used it. Promise: each kind of token has one rule; a place,
model, day, rank, number or agency that no claim of the sentence holds is never passed over.
"""

from ledger287.core import declared
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.roles.figures import has_one, number_role, opens_part
from ledger287.factcheck.coverage.roles.units_said import ABSOLUTE, unit_role
from ledger287.factcheck.coverage.roles.words import HOLDERS, between_places, have_one_each, plain_word
from ledger287.factcheck.coverage.used import TokenSpot, Used, overlaps
from ledger287.factcheck.extract.amounts.doubts import BODIES
from ledger287.factcheck.extract.amounts.models import joined_models
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.parse.token_kinds import ALL_OF_THEM, ALTERNATIVES, FOUNDING

BEARING = ("PLACE", "MODEL", "NAME", "RANK", "NUM", "MONEY", "FRACTION", "WHEN", "PENDING", "LEAVE", "EVERY", "PER",
           "TIMESWORD")  # fmt: skip
"""Kinds of token that no list of words can make neutral."""
SEVERAL = ("more than", "one", "both", "two", "several", "model", "models", "program models")
"""Words by which an agency is said to have agreements under several models."""
NAMING = ("WORD", "NAME", "UNIT", "PLACE", "FILL", "ICE", "MODEL")
"""Kinds of token that can be part of an agency's name."""


def role_of(place: int, parsed: Parsed, used: Used) -> str | None:
    """The role of one token, or None where nothing used it."""
    token = parsed.tokens[place]
    rule = RULES.get(token.kind)
    if token.value == FOUNDING:
        return "description"
    if token.value in (ALL_OF_THEM, ALTERNATIVES):
        return "what is held" if token.value == ALL_OF_THEM and used.units & {*BODIES, "states", "counties"} else None
    if token.kind in NAMING and any(overlaps(one, token.span) for one in used.names):
        return "agency"
    if token.text.lower() in SEVERAL and any(one.under for one in used.claims):
        return "model"
    if token.text.lower() in ("all", "three", "types", "kinds", "of") and any(
        "all" in one.under for one in used.claims
    ):
        return "model"
    if token.text.lower() == "both" and _both_models(place, parsed, used):
        return "model"
    if token.text.lower() == "both" and len({one.span for one in used.claims if one.shape == "holds"}) == 2:
        return "agency"
    role = rule(TokenSpot(token, place, parsed, used)) if rule else None
    role = role or ALWAYS.get(token.kind) or _neutral(token)
    return role or ("figure" if any(overlaps(one, token.span) for one in used.spelled) else None)


def _both_models(place: int, parsed: Parsed, used: Used) -> bool:
    """Whether "both" joins two models of one agency, each a claim: both a jail and a task force agreement."""
    held = [one for one in used.claims if one.shape == "holds" and one.model]
    named = {token.value for token in parsed.tokens[place + 1 : place + 8] if token.kind == "MODEL"}
    return len(named) == 2 and named == {one.model for one in held} and len({one.span for one in held}) == 1


def _neutral(token: Token) -> str | None:
    if token.kind in BEARING:
        return None
    words = token.text.lower().replace("’", "'").replace("-", " ").split()
    listed = neutral("anywhere")
    return "neutral" if all(word in listed for word in words) else None


def _hedge(at: TokenSpot) -> str | None:
    low = at.token.text.lower()
    if low in ("at least", "least") and has_one(at.parsed, at.place + 1, at.used):
        return "what is held"
    if low in ("another", "an additional", "additional") and at.used.pending:
        return "pending"
    if low == "all" and _all_of_place(at.used):
        return "hedge"
    behind = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 2]]
    if low in ("all", "all but") and (behind == ["but"] or low != "all"):
        return "comparison" if any(one.sense == "without" for one in at.used.claims) else None
    if low in ("another", "an additional", "additional") and _of_another(at):
        return "hedge"
    if low == "all" and _of_the_whole(at):
        return "hedge"
    if low in neutral("narrowing") or not any(
        overlaps(one, at.token.span) for one in (*at.used.spans, *at.used.figures)
    ):
        return None
    if at.token.value == "exact" and low not in neutral("exact"):
        return None
    return "hedge"


def _of_the_whole(at: TokenSpot) -> bool:
    """Whether "all" is before the number of all there are: all four of the agreements in Tennessee."""
    behind = at.parsed.tokens[at.place + 1 : at.place + 4]
    counted = any(overlaps(one, behind[0].span) for one in at.used.figures) if behind else False
    return counted and [one.text.lower() for one in behind[1:]] == ["of", "the"]


def _of_another(at: TokenSpot) -> bool:
    """Whether the figure behind "another" is of another place, time, model or kind than the one before it."""
    counts = [one for one in at.used.claims if one.figure and one.shape in ("count", "signed")]
    mine = next((one for one in counts if overlaps(one.span, at.token.span)), None)
    before = [one for one in counts if one.span.end <= at.token.span.start]
    if mine is None or not before or mine.shape != before[-1].shape:
        return False
    one, other = ((claim.where.states, claim.when.said, claim.model, claim.unit) for claim in (before[-1], mine))
    apart = [part for part in range(4) if one[part] != other[part]]
    return len(apart) == 1 and all(one[part] and other[part] for part in apart)


def _all_of_place(used: Used) -> bool:
    """Whether "all 67" is said of as many as the one place has: its counties, or their sheriffs."""
    from ledger287.factcheck.measures.series import counties_of

    if any(one.figure and one.unit == "states" and one.figure.value == declared.states_alone() for one in used.claims):
        return True
    counted = [one for one in used.claims if one.figure and one.unit in ("counties", "sheriffs") and one.where.states]
    return bool(counted) and all(one.figure and one.figure.value == counties_of(one.where.states) for one in counted)


def _placed(at: TokenSpot) -> str | None:
    return "place" if at.token.value in at.used.states else None


def _whose(at: TokenSpot) -> str | None:
    """The owner before a total: of Ohio's 88 counties."""
    code = len(at.token.value) == 2 and at.token.value.isupper()
    return _placed(at) if code else "neutral"


def _model(at: TokenSpot) -> str | None:
    if at.token.value in at.used.models:
        return "model"
    joint = joined_models(at.parsed.tokens[max(at.place - 4, 0) : at.place + 5])
    return "model" if joint in at.used.models and at.token.value in (joint or "") else None


def _when(at: TokenSpot) -> str | None:
    low = at.token.text.lower()
    if (
        at.token.dated is not None
        and at.token.dated.prep in neutral("turned")
        and at.token.dated.kind != "into"
        and not any(low in said and said.startswith(("from ", "between ")) for said in at.used.times)
        and not _closes_stretch(at)
        and not (at.token.dated.kind == "occasion" and at.token.dated.prep == "before")
        and not at.used.shapes & {"signed", "left", "growth", "change", "multiple"}
        and not any(one.sense == "signed" for one in at.used.claims)
    ):
        return None
    if any(low in said for said in at.used.times):
        return "time"
    if low in UNDER_HIM and any(
        (one.wording.role == "from" and one.span.start > at.token.span.start) or one.shape in ("growth", "multiple")
        for one in at.used.claims
    ):
        return "time"  # has grown under Trump, from 135 in January
    now = at.token.dated is not None and low.removeprefix("and ").removeprefix("as of ").removeprefix("of ") in NOW
    return "time" if now else None


def _closes_stretch(at: TokenSpot) -> bool:
    """Whether a date is the second end of a stretch whose first end is right before it: from May through July."""
    before = at.parsed.tokens[max(at.place - 3, 0) : at.place]
    opens = any(one.kind == "WHEN" and one.text.lower().startswith(("from ", "between ")) for one in before)
    return opens and at.token.text.lower().startswith(("through ", "until ", "till "))


UNDER_HIM = ("under trump", "under president trump", "under president donald trump")
NOW = (
    "this week",
    "the time of publication",
    "the time of writing",
    "time of publication",
    "this writing",
    "publication",
    "at press time",
    "now",
    "today",
    "currently",
    "right now",
    "at present",
    "presently",
    "to date",
    "these days",
)


def _pending(at: TokenSpot) -> str | None:
    return "pending" if at.used.pending else None


def _signing(at: TokenSpot) -> str | None:
    low = at.token.text.lower()
    if at.used.shapes & {"signed", "change", "gap", "times"}:
        return "what happened"
    if low in ("more", "additional", "new") and at.used.pending:
        return "pending"
    if low in ("new", "more", "additional", "newly signed", "added", "joining", "signing"):
        return None
    return (
        "what is held"
        if all(word in neutral("holding") or word in neutral("anywhere") for word in low.split())
        else None
    )


PERFECT = ("has", "have", "had", "already", "since", "also", "now", "never", "ever", "yet")
"""Words right before "left" where it is the verb: has left the program."""


def _says_left(at: TokenSpot) -> bool:
    """Whether the word is "left" right behind what is counted."""
    return at.token.text.lower() == "left"


def _leaving(at: TokenSpot) -> str | None:
    if at.token.text.lower() == "leaving":
        return "comparison"
    before = [one.text.lower() for one in at.parsed.tokens[max(0, at.place - 5) : at.place]]
    after = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 2]]
    gone = before[-1:] and before[-1] in PERFECT and after and after[0] not in ("is", "are", "was", "were", ",", ".")
    if _says_left(at) and not gone and {"has", "have", "had", "with", "are", "were", "is", "was"} & set(before):
        counted = any(
            one.shape == "count" and one.span.end + 1 == at.token.span.start and one.unit in ABSOLUTE
            for one in at.used.claims
        )
        closes = all(one.kind in ("MARK", "IN", "WHEN") for one in at.parsed.tokens[at.place + 1 : at.place + 2])
        return "what is held" if counted and closes and "left" not in at.used.shapes else None
    behind = at.parsed.tokens[at.place + 1 : at.place + 8]
    first = next((step for step, one in enumerate(behind) if one.kind == "NUM"), None)
    if first is not None and {"has", "have", "had"} & {one.text.lower() for one in behind[:first]}:
        return None
    return "what happened" if "left" in at.used.shapes or any(one.sense == "left" for one in at.used.claims) else None


def _moving(at: TokenSpot) -> str | None:
    if any(one.sense == "rank_growth" for one in at.used.claims):
        return "rank"
    off = any(one.shape == "holds" and one.sense in ("left", "absent") for one in at.used.claims)
    if off and at.token.text.lower() == "gone":
        return "what happened"
    after = at.parsed.tokens[at.place + 1 : at.place + 2]
    if at.token.text.lower() in ("went", "gone") and after and after[0].kind == "FROM" and at.used.directions:
        return "comparison"  # went from nine to three
    return "comparison" if {"RISE": "rise", "FALL": "fall"}[at.token.kind] in at.used.directions else None


def _topic(at: TokenSpot) -> str | None:
    return "what is held" if at.token.text.lower().startswith(tuple(neutral("topics"))) else None


def _rank(at: TokenSpot) -> str | None:
    ranked = [one for one in at.used.claims if one.shape == "rank" or one.rank in ("only", "first")]
    first = any(one.sense == "first" for one in at.used.claims)
    return "rank" if first or any(overlaps(one.span, at.token.span) for one in ranked) else None


def _nation(at: TokenSpot) -> str | None:
    return "place" if at.used.nation or "rank" in at.used.shapes or "share" in at.used.shapes else None


def _statewide(at: TokenSpot) -> str | None:
    becoming = at.place and at.parsed.tokens[at.place - 1].text.lower() in ("become", "becoming")
    if becoming and any(one.shape == "rank" and one.span.start > at.token.span.start for one in at.used.claims):
        return "rank"
    after = at.parsed.tokens[at.place + 1 : at.place + 3]
    if len(after) == 2 and after[0].text.lower() == "of" and after[1].value in at.used.states:
        return "place"
    return "place" if len(at.used.states) == 1 else None


SPREAD = ("cover", "span", "stretch", "reach", "include", "involve", "total", "number")
"""Verbs of agreements that were counted in the sentence before."""


def _samething(at: TokenSpot) -> str | None:
    before = at.parsed.tokens[at.place - 1].text.lower() if at.place else ""
    if any(one.kind == "MODEL" for one in at.parsed.tokens[at.place + 1 : at.place + 2]):
        return "what is counted"
    if at.token.text.lower() == "they" and before in neutral("attributing"):
        return "program"  # officials say they have …
    after = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 2]]
    if at.token.text.lower() == "they" and at.place == 0 and after and after[0] in SPREAD:
        return "what is counted"  # They cover 40 states
    if before == "behind" and any(overlaps(one, at.parsed.tokens[at.place - 2].span) for one in at.used.spans):
        return "what is counted"  # 600 agencies behind them
    if before == "among" and opens_part(at):
        return "what is counted"  # among them 61 state agencies
    if before == "between" and any(len(one.where.states) > 1 for one in at.used.claims):
        return "place"
    holders = any(one.kind == "UNIT" and one.value in HOLDERS for one in at.parsed.tokens[: at.place])
    bodies = holders or any(one.shape == "count" and one.unit in HOLDERS and one.span.end <= at.token.span.start
                 for one in at.used.claims)  # fmt: skip
    if before == "between" and at.token.text.lower() == "them" and bodies:
        return "what is counted"  # 21 states, with 135 agreements between them: both are claims
    return "what is counted" if before == "of" and at.token.text.lower() in ("them", "those", "these") else None


def _name(at: TokenSpot) -> str | None:
    if at.token.text in at.used.counties:
        return "place"
    return "agency" if any(overlaps(one, at.token.span) for one in at.used.names) else None


def _filled(at: TokenSpot) -> str | None:
    low = at.token.text.lower()
    if low in ("all", "but") and any(one.sense == "all_but" for one in at.used.claims):
        return "hedge"
    behind = " ".join(one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 2])
    if low == "all" and behind == "but" and any(one.sense == "without" for one in at.used.claims):
        return "comparison"
    before = at.parsed.tokens[at.place - 1].text.lower() if at.place else ""
    if low == "all" and sum(one.shape == "holds" for one in at.used.claims) > 1:
        return "agency"
    if low == "all" and _all_of_place(at.used):
        return "hedge"
    if low == "or" and between_places(at):
        return "neutral"
    if low == "all" and (before in ("in", "at") or (before == "of" and "share" in at.used.shapes)):
        return "neutral"
    if low in ("fewer", "less"):
        return "comparison" if at.used.shapes & {"gap", "change"} else None
    if low in ("these", "those", "such") and any(
        one.kind == "MODEL" for one in at.parsed.tokens[at.place + 1 : at.place + 2]
    ):
        return "what is counted"
    if not all(
        word in neutral("adjectives") for word in low.replace("’", "'").replace("-", " ").replace(".", " ").split()
    ):
        return None
    return "what is counted" if any(overlaps(one, at.token.span) for one in at.used.spans) else "neutral"


def _mark(at: TokenSpot) -> str | None:
    return None if at.token.text == "?" else "mark"


def _compared(at: TokenSpot) -> str | None:
    if at.token.value == "apart":
        return "place" if any(one.where.outside for one in at.used.claims) else None
    after = at.parsed.tokens[at.place + 1 : at.place + 6]
    if at.token.text.lower() == "including" and any(
        overlaps(one, token.span) for token in after for one in at.used.names
    ):
        return "example"
    if at.token.text.lower() == "participation in" and at.used.shapes & {"growth", "multiple", "change"}:
        return "what is counted"
    if at.token.text.lower() in ("including", "among them") and opens_part(at):
        return "what is counted"
    if at.token.text.lower() == "than" and at.used.shapes & {"gap", "times", "change", "rank", "multiple"}:
        return "comparison"
    return None


def _every(at: TokenSpot) -> str | None:
    if at.token.text.lower() == "each" and have_one_each(at):
        return "what is held"
    figures = [one.figure.value for one in at.used.claims if one.figure and len(one.where.states) == 1]
    return "what is counted" if at.token.text.lower() == "each" and len(figures) > len(set(figures)) else None


def _moves(at: TokenSpot) -> str | None:
    after = at.parsed.tokens[at.place + 1 : at.place + 2]
    if at.token.text.lower().startswith(("compared", "versus", "against")) and after:
        two = any(one.end <= at.token.span.start for one in at.used.figures)
        adjoining = two and any(overlaps(one, after[0].span) for one in at.used.figures)
        return "comparison" if adjoining else None
    return "comparison" if any(overlaps(one, at.token.span) for one in at.used.spans) else None


def _other(at: TokenSpot) -> str | None:
    return "what is counted" if any(overlaps(one, at.token.span) for one in at.used.spans) else None


def _rate(at: TokenSpot) -> str | None:
    return "rate" if any(one.per for one in at.used.claims) else None


ALWAYS = {"PROGRAM": "program", "ICE": "program", "IN": "neutral", "OFN": "neutral", "INN": "neutral"}
"""Kinds of token that have one role wherever they are."""
RULES = {
    **dict.fromkeys(("NUM", "MONEY", "FRACTION", "TIMESWORD", "PCT", "POINTS"), number_role),
    "HEDGE": _hedge, "HEDGEAFTER": _hedge, "UNIT": unit_role, "PLACE": _placed, "MODEL": _model, "WHEN": _when,
    "PENDING": _pending, "SIGN": _signing, "LEAVE": _leaving, "RISE": _moving, "FALL": _moving, "TOPIC": _topic,
    "RANK": _rank, "NATION": _nation, "STATEWIDE": _statewide, "SAMEPLACE": _samething, "NAME": _name,
    "FILL": _filled, "MARK": _mark, "OUTSIDE": _compared, "FROM": _moves, "TO": _moves, "RANGE": _moves,
    "WHOSE": _whose, "TIMES": _moves, "OTHER": _other, "PER": _rate, "EVERY": _every, "DURATION": _other,
    "WORD": plain_word,
}  # fmt: skip
