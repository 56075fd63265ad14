"""The role of a plain word between what a reading used: a verb of having, a place's "in", a footnote."""

from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.coverage.used import Spot, overlaps

LACKING = ("no", "none", "not", "without", "lack", "lacks", "do", "does", "doesn't", "don't", "longer", "never")
"""Words by which places are counted, or an agency named, for having no agreement."""


HOLDERS = ("agencies", "sheriffs", "police", "police_and_sheriffs", "states", "counties")
"""Those who hold agreements between them."""


def is_lower(at: Spot) -> bool:
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


def have_one_each(at: Spot) -> bool:
    """Whether each of those counted is said to have an agreement: the 67 counties each have at least one."""
    after = [one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 4]]
    counted = any(
        one.shape == "count" and one.unit in HOLDERS and one.span.end <= at.token.span.start for one in at.used.claims
    )
    return counted and len(after) > 1 and after[0] in HAVING and after[1] in ONE_EACH


def token_is_footnote(said: str) -> bool:
    """Whether a token is the mark of a footnote: [4]."""
    return said.startswith("[") and said.endswith("]")


def plain_word(at: Spot) -> str | None:
    low = at.token.text.lower().replace("’", "'")
    if low in ("all", "but") and any(one.sense == "all_but" for one in at.used.claims):
        return "hedge"
    if any(overlaps(one, at.token.span) for one in at.used.figures) or (
        set(low.split()) <= {"more", "as", "many", "number", "times"}
        and at.used.shapes & {"gap", "times", "multiple", "change"}
    ):
        return "figure"
    after = at.parsed.tokens[at.place + 1] if at.place + 1 < len(at.parsed.tokens) else None
    if (
        low in ("more than", "fewer than", "less than")
        and after
        and after.kind == "WHEN"
        and "change" in at.used.shapes
    ):
        return "comparison"
    if low in ("doing", "do") and after and after.text.lower() in ("it", "this", "that", "so"):
        return "what is held"
    if low in ("becomes", "became", "become") and any(one.sense == "ordinal" for one in at.used.claims):
        return "what happened"
    if token_is_footnote(low):
        return "neutral"
    if low == "all" and sum(one.shape == "holds" for one in at.used.claims) > 1:
        return "agency"
    if low == "been" and after and (after.kind in ("SIGN", "LEAVE", "TOPIC", "HEDGE", "NUM") or _is_in(at)):
        return "what is held"
    if low in ("still", "remain", "remains", "remained") and not any(one.when.windows for one in at.used.claims):
        return "time"
    if low == "still" and at.used.pending and after and after.kind == "PENDING":
        return "pending"
    if low in LACKING and any(one.sense in ("without", "absent") for one in at.used.claims):
        return "comparison"
    if (
        low == "gone"
        and after
        and after.text.lower() == "from"
        and any(one.shape == "holds" and one.sense in ("left", "absent") for one in at.used.claims)
    ):
        return "what happened"
    if low == "or" and between_places(at):
        return "neutral"
    if low == "or" and any(one.sense == "pending_or_signed" for one in at.used.claims):
        return "pending"
    if low == "saw" and any(one.sense == "rank_growth" for one in at.used.claims):
        return "rank"
    if low in ("saw", "seen", "sees") and at.used.directions and _before_a_move(at):
        return "comparison"
    before = at.parsed.tokens[at.place - 1].text if at.place else ""
    if low == "behind" and after and after.text.lower() in ("them", "those", "these"):
        return "what is held"
    if low == "split" and after and after.text.lower() in ("among", "between", "across"):
        return "what is held"
    if low in ("fall", "falls") and after and after.text.lower() in ("under", "into", "within"):
        return "what is held"
    if low == "since" and _between_parts_of_verb(at):
        return "what happened"
    if (
        low == "since"
        and after
        and after.kind in ("RISE", "FALL")
        and any(one.sense in ("rose", "fell") for one in at.used.claims)
    ):
        return "comparison"
    if low == "along" and after and after.text.lower() in ("with", "along with"):
        return "neutral"  # … along with some 270 police departments: counted next to them
    if low in ("appear", "appears", "appeared") and after and after.text.lower() in ("on", "in", "among"):
        return "what is held"
    if low == "down" and after and after.kind == "TO" and is_lower(at):
        return "comparison"
    if low == "home" and after and after.text.lower() == "to":
        return "what is held"
    if low == "meaning" and before == ",":
        return "neutral"  # what follows is a claim of its own, drawn from the figure before
    if low in ("put", "puts", "putting", "place", "places", "placing") and any(
        one.shape == "rank" and one.figure and 0 < one.figure.span.start - at.token.span.end <= 6
        for one in at.used.claims
    ):
        return "rank"
    if low in LACKING and any(one.sense == "never" for one in at.used.claims):
        return "comparison"
    if low in ("any", "state") and "rank" in at.used.shapes:
        return "rank"
    if low == "each" and have_one_each(at):
        return "what is held"
    if low in ("each", "apiece") and len(at.used.claims) > 1:
        return "what is counted"
    if low in TIED and _are_equal(at):
        return "comparison"
    if low in ("do", "does", "did") and _closes_figure(at):
        return "what is held"  # in Pennsylvania, 73 do
    placed = bool(at.place) and at.parsed.tokens[at.place - 1].kind in ("PLACE", "NAME")
    if low == "itself" and (before.lower() == "by" or placed):
        return "neutral"
    if low == "outnumbered" and _are_in_order(at):
        return "comparison"
    return "what is held" if low in neutral("holding") else None


TIED = ("tied", "deadlocked", "level", "equal", "even")
"""Say of two places that both have the figure that follows."""


def _are_equal(at: Spot) -> bool:
    """Whether two places have one figure each: Georgia and Oklahoma are tied at 64 agreements apiece."""
    counts = [one for one in at.used.claims if one.shape == "count" and one.figure and len(one.where.states) == 1]
    values = {(one.figure.value, one.unit) for one in counts if one.figure}
    return len(counts) > 1 and len(values) == 1 and len({one.where.states for one in counts}) == len(counts)


def _closes_figure(at: Spot) -> bool:
    """Whether "do" is all that is said of a figure, behind what others do."""
    before = at.parsed.tokens[at.place - 1] if at.place else None
    after = at.parsed.tokens[at.place + 1] if at.place + 1 < len(at.parsed.tokens) else None
    figured = before is not None and any(overlaps(one, before.span) for one in at.used.figures)
    return figured and (after is None or after.kind == "MARK") and len(at.used.figures) > 1


def _are_in_order(at: Spot) -> bool:
    """Whether the first of two figures is the greater: constables outnumbered sheriffs, 20 to 10."""
    counts = [one.figure.value for one in at.used.claims if one.shape == "count" and one.figure]
    return len(counts) == 2 and counts[0] > counts[1]


def _between_parts_of_verb(at: Spot) -> bool:
    """Whether "since" is within what an agency did: has since left the list."""
    around = [one for one in at.parsed.tokens[max(at.place - 1, 0) : at.place + 2] if one is not at.token]
    verb = len(around) == 2 and around[0].text.lower() in ("has", "have", "had")
    return verb and any(one.shape == "holds" and one.sense in ("left", "absent") for one in at.used.claims)


def _is_in(at: Spot) -> bool:
    """Whether an agency is said to have been in the program, or part of it."""
    held = any(one.shape == "holds" and one.sense in ("", "never") and not one.kind for one in at.used.claims)
    following = " ".join(one.text.lower() for one in at.parsed.tokens[at.place + 1 : at.place + 4])
    return held and following.startswith(("in the", "part of", "a part of", "a member of", "in 287", "under"))


def between_places(at: Spot) -> bool:
    """Whether "or" joins places that have none, or a share between them: none in Oregon, Washington or California."""
    around = [one.kind for one in at.parsed.tokens[at.place - 1 : at.place + 2 : 2]] if at.place else []
    none = any(one.figure is not None and one.figure.low == one.figure.high == 0 for one in at.used.claims)
    shared = any(one.shape == "share" and len(one.where.states) > 1 for one in at.used.claims)
    return around == ["PLACE", "PLACE"] and (none or shared)


def _before_a_move(at: Spot) -> bool:
    """Whether a rise or fall that was read follows in the same clause: saw its number of agreements rise from 5."""
    for token in at.parsed.tokens[at.place + 1 : at.place + 10]:
        if token.kind in ("RISE", "FALL") or token.text.lower() == "rise from":
            return ("fall" if token.kind == "FALL" else "rise") in at.used.directions
        if token.kind == "MARK":
            return False
    return False
