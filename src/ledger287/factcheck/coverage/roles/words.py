"""The role of a plain word between what a reading used: a verb of having, a place's "in", a footnote."""

from collections.abc import Callable
from dataclasses import dataclass

from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.used import TokenSpot, overlaps
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.model import Token

LACKING = ("no", "none", "not", "without", "lack", "lacks", "do", "does", "doesn't", "don't", "longer", "never")
"""Words by which places are counted, or an agency named, for having no agreement."""


HOLDERS = ("agencies", "sheriffs", "police", "police_and_sheriffs", "states", "counties")
"""Those who hold agreements between them."""


def is_lower(at: TokenSpot) -> bool:
    """Whether the figure behind a word is lower than the one before it, of the same thing: had 32, was down to 27."""
    counts = [one for one in at.used.claims if one.shape == "count" and one.figure and not one.whole]
    before = [one for one in counts if one.span.end <= at.token.span.start]
    after = [one for one in counts if one.span.start >= at.token.span.end]
    if not before or not after or before[-1].figure is None or after[0].figure is None:
        return any(one.sense == "fell" for one in after[:1])
    alike = (before[-1].unit, before[-1].where.states) == (after[0].unit, after[0].where.states)
    return alike and after[0].figure.value < before[-1].figure.value


ONE_EACH = ("a", "an", "one", "at least", "at least one", "one or more", "their own", "its own", "least")


HAVING = ("have", "has", "had", "hold", "holds", "held", "signed")


def have_one_each(at: TokenSpot) -> bool:
    """Whether each of those counted is said to have an agreement: the 67 counties each have at least one."""
    after = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 4]]
    counted = any(
        one.shape == "count" and one.unit in HOLDERS and one.span.end <= at.token.span.start for one in at.used.claims
    )
    return counted and len(after) > 1 and after[0] in HAVING and after[1] in ONE_EACH


def token_is_footnote(said: str) -> bool:
    """Whether a token is the mark of a footnote: [4]."""
    return said.startswith("[") and said.endswith("]")


TIED = ("tied", "deadlocked", "level", "equal", "even")
"""Say of two places that both have the figure that follows."""


def _are_equal(at: TokenSpot) -> bool:
    """Whether two places have one figure each: Georgia and Oklahoma are tied at 64 agreements apiece."""
    counts = [one for one in at.used.claims if one.shape == "count" and one.figure and len(one.where.states) == 1]
    values = {(one.figure.value, one.unit) for one in counts if one.figure}
    return len(counts) > 1 and len(values) == 1 and len({one.where.states for one in counts}) == len(counts)


def _closes_figure(at: TokenSpot) -> bool:
    """Whether "do" is all that is said of a figure, behind what others do."""
    before = at.parsed.tokens[at.place - 1] if at.place else None
    after = at.parsed.tokens[at.place + 1] if at.place + 1 < len(at.parsed.tokens) else None
    figured = before is not None and any(overlaps(one, before.span) for one in at.used.figures)
    return figured and (after is None or after.kind == "MARK") and len(at.used.figures) > 1


def _are_in_order(at: TokenSpot) -> bool:
    """Whether the first of two figures is the greater: constables outnumbered sheriffs, 20 to 10."""
    counts = [one.figure.value for one in at.used.claims if one.shape == "count" and one.figure]
    return len(counts) == 2 and counts[0] > counts[1]


def _between_parts_of_verb(at: TokenSpot) -> bool:
    """Whether "since" is within what an agency did: has since left the list."""
    around = [one for one in at.parsed.tokens[max(at.place - 1, 0) : at.place + 2] if one is not at.token]
    verb = len(around) == 2 and around[0].text.lower() in ("has", "have", "had")
    return verb and any(one.shape == "holds" and one.sense in ("left", "absent") for one in at.used.claims)


def _is_in(at: TokenSpot) -> bool:
    """Whether an agency is said to have been in the program, or part of it."""
    held = any(one.shape == "holds" and one.sense in ("", "never") and not one.kind for one in at.used.claims)
    following = " ".join(one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 4])
    return held and following.startswith(("in the", "part of", "a part of", "a member of", "in 287", "under"))


def _is_said_again(at: TokenSpot) -> bool:
    """Whether a share of the same follows a count, behind a mark: 1,061 of the agreements, or roughly six in 10."""
    before = _next_to(at, -1)
    shares = [one for one in at.used.claims if one.shape == "share" and one.figure]
    near = [one for one in shares if 0 <= one.span.start - at.token.span.end <= NEAR_WORDS]
    counts = [one for one in at.used.claims if one.shape == "count" and one.span.end <= at.token.span.start]
    alike = any(one.model == share.model and one.kind == share.kind for share in near for one in counts[-2:])
    return before is not None and before.text == "," and alike


NEAR_WORDS = 12
"""Characters within which the share begins behind "or", its hedge between."""


def _is_left(at: TokenSpot) -> bool:
    """Whether those counted are said to remain, on the list or as they are, and nothing else is said of them."""
    counted = any(one.shape == "count" and one.figure and one.span.end <= at.token.span.start for one in at.used.claims)
    after = _next_to(at, 1)
    closes = after is None or after.kind in ("MARK", "IN", "WHEN")
    following = " ".join(one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 5])
    return counted and (closes or following.startswith(("on the", "on ice")))


def _is_member(at: TokenSpot) -> bool:
    """Whether an agency is said to have become a partner, which is to have signed."""
    held = any(one.shape == "holds" and one.sense in ("", "signed") and not one.kind for one in at.used.claims)
    following = " ".join(one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 3])
    return held and following.startswith(("a partner", "a participant", "a member", "part of"))


def between_places(at: TokenSpot) -> bool:
    """Whether "or" joins places that have none, or a share between them: none in Oregon, Washington or California."""
    around = [one.kind for one in at.parsed.tokens[at.place - 1 : at.place + 2 : 2]] if at.place else []
    none = any(one.figure is not None and one.figure.low == one.figure.high == 0 for one in at.used.claims)
    shared = any(one.shape == "share" and len(one.where.states) > 1 for one in at.used.claims)
    return around == ["PLACE", "PLACE"] and (none or shared)


def _before_a_move(at: TokenSpot) -> bool:
    """Whether a rise or fall that was read follows in the same clause: saw its number of agreements rise from 5."""
    for token in at.parsed.tokens[at.place + 1 : at.place + 10]:
        if token.kind in ("RISE", "FALL") or token.text.lower() == "rise from":
            return ("fall" if token.kind == "FALL" else "rise") in at.used.directions
        if token.kind == "MARK":
            return False
    return False


When = Callable[[TokenSpot], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A role of some words, under a condition; ``words`` empty: of any word."""

    words: tuple[str, ...]
    when: When
    role: str


def plain_word(at: TokenSpot) -> str | None:
    """The role of a plain word by the first rule that gives it one; None where it was not read."""
    low = at.token.text.lower().replace("’", "'")
    for rule in RULES:
        if (not rule.words or low in rule.words) and rule.when(at):
            return rule.role
    return None


def _claims(condition: Callable[[Claim], bool]) -> When:
    """Whether a condition holds for any claim that was read."""
    return lambda at: any(condition(one) for one in at.used.claims)


def _meant(*senses: str, shape: str | None = None) -> When:
    """Whether a claim has one of some senses."""
    return _claims(lambda one: one.sense in senses and shape in (None, one.shape))


def _next_to(at: TokenSpot, by: int) -> Token | None:
    place = at.place + by
    return at.parsed.tokens[place] if 0 <= place < len(at.parsed.tokens) else None


def _before(*texts: str) -> When:
    """Whether one of some words follows."""
    return lambda at: (after := _next_to(at, 1)) is not None and after.text.lower() in texts


def _before_kind(*kinds: str) -> When:
    """Whether a token of one of some kinds follows."""
    return lambda at: (after := _next_to(at, 1)) is not None and after.kind in kinds


def _both(one: When, other: When) -> When:
    return lambda at: one(at) and other(at)


def _is_of_figure(at: TokenSpot) -> bool:
    low = at.token.text.lower().replace("’", "'")
    compared = at.used.shapes & {"gap", "times", "multiple", "change"}
    return any(overlaps(one, at.token.span) for one in at.used.figures) or (
        set(low.split()) <= {"more", "as", "many", "number", "times"} and bool(compared)
    )


def _is_placed(at: TokenSpot) -> bool:
    """Whether a name, or "by", is right before: Texas itself, by itself."""
    previous = _next_to(at, -1)
    return previous is not None and (previous.text.lower() == "by" or previous.kind in ("PLACE", "NAME"))


def _ranks_behind(at: TokenSpot) -> bool:
    """Whether a rank that was read follows at once: puts it second."""
    return any(
        one.shape == "rank" and one.figure is not None and 0 < one.figure.span.start - at.token.span.end <= 6
        for one in at.used.claims
    )


def _ranked(at: TokenSpot) -> bool:
    """Whether a rank of one state is read behind: to become the state with the third-highest total."""
    return any(one.shape == "rank" and one.span.start > at.token.span.start for one in at.used.claims)


def _before_number(at: TokenSpot) -> bool:
    """Whether what somebody puts at a figure is a number of what is counted: put the number of agreements at 958."""
    following = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 4]]
    return bool(neutral("numbers") & set(following)) and "at" in {one.text.lower() for one in at.parsed.tokens}


OWNERS = ("their", "its")


def _of_number(at: TokenSpot) -> bool:
    """Whether a number of something that was counted follows, and where it has come to."""
    behind = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 5]]
    return bool({"number", "total", "count", "tally"} & {*behind}) and bool(at.used.figures)


RULES = (
    Rule(("all", "but"), _meant("all_but"), "hedge"),
    Rule((), _is_of_figure, "figure"),
    Rule(
        ("more than", "fewer than", "less than"),
        _both(_before_kind("WHEN"), lambda at: "change" in at.used.shapes),
        "comparison",
    ),
    Rule(("doing", "do"), _before("it", "this", "that", "so"), "what is held"),
    Rule(("becomes", "became", "become"), _meant("ordinal"), "what happened"),
    Rule(("brings", "brought", "bringing"), _of_number, "neutral"),  # that brings the total number to 36
    # signed their own agreements
    Rule(("these", "such"), lambda at: (one := _next_to(at, -1)) is not None and one.text.lower() == "all", "neutral"),
    Rule(("become", "becoming"), _both(_ranked, _before("the state", "the", "state")), "rank"),
    Rule(("own",), lambda at: (one := _next_to(at, -1)) is not None and one.text.lower() in OWNERS, "neutral"),
    Rule((), lambda at: token_is_footnote(at.token.text), "neutral"),
    Rule(("all",), lambda at: sum(one.shape == "holds" for one in at.used.claims) > 1, "agency"),
    Rule(
        ("been",),
        lambda at: (
            _before_kind("SIGN", "LEAVE", "TOPIC", "HEDGE", "NUM")(at) or (_next_to(at, 1) is not None and _is_in(at))
        ),
        "what is held",
    ),
    Rule(
        ("still", "remain", "remains", "remained"),
        lambda at: not any(one.when.windows for one in at.used.claims),
        "time",
    ),
    Rule(("still",), _both(_before_kind("PENDING"), lambda at: bool(at.used.pending)), "pending"),
    Rule(LACKING, _meant("without", "absent"), "comparison"),
    Rule(("gone",), _both(_before("from"), _meant("left", "absent", shape="holds")), "what happened"),
    Rule(("or",), between_places, "neutral"),
    Rule(("or",), _meant("pending_or_signed"), "pending"),
    Rule(("saw",), _meant("rank_growth"), "rank"),
    Rule(("saw", "seen", "sees"), lambda at: bool(at.used.directions) and _before_a_move(at), "comparison"),
    Rule(("behind",), _before("them", "those", "these"), "what is held"),
    Rule(("split",), _before("among", "between", "across"), "what is held"),
    Rule(("fall", "falls"), _before("under", "into", "within"), "what is held"),
    Rule(("since",), _between_parts_of_verb, "what happened"),
    Rule(("since",), _both(_before_kind("RISE", "FALL"), _meant("rose", "fell")), "comparison"),
    # … along with some 270 police departments: counted next to them
    Rule(("along",), _before("with", "along with"), "neutral"),
    Rule(("appear", "appears", "appeared"), _before("on", "in", "among"), "what is held"),
    Rule(("became", "become", "becomes", "becoming"), _is_member, "what is held"),
    # More than 1,000 of them, or roughly six in 10: both are claims
    Rule(("or",), _is_said_again, "neutral"),
    Rule(("remained", "remain", "remains"), _is_left, "what is held"),
    Rule(("down",), _both(_before_kind("TO"), is_lower), "comparison"),
    Rule(("home",), _before("to"), "what is held"),
    # What follows is a claim of its own, drawn from the figure before.
    Rule(("meaning",), lambda at: (previous := _next_to(at, -1)) is not None and previous.text == ",", "neutral"),
    Rule(("put", "puts", "putting", "place", "places", "placing"), _ranks_behind, "rank"),
    Rule(LACKING, _meant("never"), "comparison"),
    Rule(("any", "state"), lambda at: "rank" in at.used.shapes, "rank"),
    Rule(("each",), have_one_each, "what is held"),
    Rule(("each", "apiece"), lambda at: len(at.used.claims) > 1, "what is counted"),
    Rule(TIED, _are_equal, "comparison"),
    # … in Pennsylvania, 73 do
    Rule(("do", "does", "did"), _closes_figure, "what is held"),
    Rule(("itself",), _is_placed, "neutral"),
    # DHS put the number of agreements at 958
    Rule(("put", "puts"), _before_number, "who says so"),
    Rule(("outnumbered",), _are_in_order, "comparison"),
    Rule((), lambda at: at.token.text.lower().replace("’", "'") in neutral("holding"), "what is held"),
)
"""In their order; a word has the role that the first of them gives it."""
