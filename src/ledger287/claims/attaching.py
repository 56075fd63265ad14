"""Where, when and under which model an amount of a sentence is meant, by the tokens around it.

What enters: a sentence's tokens and amounts. What leaves: for one amount, its place, time and model.
Promise: rules of position alone, each stated here; a place after "including" is never the place counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger287 import declared
from ledger287.claims.lexicon import words
from ledger287.claims.model import Days, When, Where
from ledger287.claims.phrases import Amount
from ledger287.claims.resolving import resolve
from ledger287.claims.tokens import Token

TERRITORIES = {code.code for code in declared.territories()}
BREAKS = ("while", "but", "whereas", ";", "although", "though")
"""Words that end the reach of a date in the middle of a sentence."""
RELATIVE = ("that", "which", "who", "whose")
"""Words that open a clause of its own: a date at its end is of that clause alone."""
EXAMPLES = ("including", "such as", "particularly", "notably", "especially", "participation in", "based in", "than")
ORGANISATIONS = (
    "university",
    "aclu",
    "observer",
    "chapter",
    "center",
    "institute",
    "republicans",
    "democrats",
    "times",
    "post",
    "examiner",
    "tribune",
    "d",
    "monthly",
    "watch",
    "today",
    "policy",
)


@dataclass(frozen=True, slots=True)
class Background:
    """What the text before a sentence has settled: its date, the years of the record, place and unit last spoken of."""

    published: Days | None
    years: tuple[int, int]
    where: Where | None = None
    unit: str | None = None
    home: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a sentence, each given to the amounts that it dates."""

    of: dict[int, When]
    leading: When | None
    trailing: When | None
    since: When | None
    pair: tuple[When, When] | None
    cut: int
    barred: int


def times(tokens: Sequence[Token], amounts: Sequence[Amount], behind: Background) -> Times:
    """Give every date of a sentence to an amount, or to all of them."""
    spots = _joined(tokens, behind)
    own: dict[int, When] = {}
    leading: When | None = None
    trailing: When | None = None
    opened = closed = 0
    since = next((when for _, when in spots if when.since and when.windows), None)
    pair, spots = _pair(spots)
    for place, when in spots:
        before = [n for n, amount in enumerate(amounts) if amount.last < place]
        after = [n for n, amount in enumerate(amounts) if amount.first > place]
        if not before:
            leading = _leading(leading, when)
            opened = place
            continue
        last = before[-1]
        gap = range(amounts[last].last + 1, place)
        parted = any(tokens[at].kind == "MARK" and tokens[at].text in ",;—:" for at in gap)
        near = bool(after) and amounts[after[0]].first - place <= _reach(tokens, place) and amounts[after[0]].role == ""
        tied = near and amounts[after[0]].first - place > 3
        if near and parted and (tied or not when.since):
            own.setdefault(after[0], replace(when, since=False))
            if tied:
                own.setdefault(last, when)
        elif last not in own:
            own[last] = when
            if not after and amounts[last].role != "from" and amounts[last].kind != "multiple":
                trailing, closed = when, place
    if pair and not leading:
        leading = _stretch(pair)
    cut = next(
        (at for at in range(opened, len(tokens)) if opened > 2 and tokens[at].text.lower() in BREAKS), len(tokens)
    )
    marked = closed > 0 and tokens[closed - 1].kind == "MARK"
    breaks = BREAKS if marked else (*BREAKS, *RELATIVE)
    barred = max((at for at in range(closed) if tokens[at].text.lower() in breaks), default=-1)
    return Times(own, leading, trailing, since, pair, cut, barred)


def _reach(tokens: Sequence[Token], place: int) -> int:
    """How far behind a date its figure may stand: farther where "when" ties them together."""
    tied = any(token.text.lower() in ("when", "which") for token in tokens[place + 1 : place + 4])
    return 8 if tied else 3


def _leading(one: When | None, other: When) -> When:
    """Of two dates that open a sentence: the days that they share, else the later that is no beginning."""
    if one is None:
        return other
    if other.said.lower().startswith(("as of", "as at")):
        return other
    shared = _both(one, other)
    return shared if shared is not one else other if one.since or not one.windows else one


def _joined(tokens: Sequence[Token], behind: Background) -> list[tuple[int, When]]:
    """The dates of a sentence; two side by side that share days ("when he took office in January") as one."""
    found: list[tuple[int, When]] = []
    for place, token in enumerate(tokens):
        if token.kind != "WHEN" or token.dated is None:
            continue
        when = resolve(token.dated, behind.published, behind.years)
        if found and place - found[-1][0] <= 2:
            shared = _both(found[-1][1], when)
            if shared.windows and shared is not found[-1][1] and not _opens(found[-1][1]) and not _opens(when):
                found[-1] = (place, shared)
                continue
        found.append((place, when))
    return found


def _opens(when: When) -> bool:
    return when.said.lower().startswith(("from ", "between "))


def _both(one: When, other: When) -> When:
    """Two dates of one thing: the days that they share, where they share any."""
    shared = [
        Days(max(a.first, b.first), min(a.last, b.last))
        for a in one.windows for b in other.windows
        if max(a.first, b.first) <= min(a.last, b.last)
    ]  # fmt: skip
    return replace(one, windows=tuple(shared[:1]), said=f"{one.said} {other.said}") if shared else one


def _pair(spots: list[tuple[int, When]]) -> tuple[tuple[When, When] | None, list[tuple[int, When]]]:
    """``from A through B`` and ``between A and B``: both ends, and the one stretch in their place."""
    for at in range(len(spots) - 1):
        (place, one), (other_place, other) = spots[at], spots[at + 1]
        ends = other.said.lower().startswith(("to ", "through ", "until ", "till ", "and "))
        if _opens(one) and ends and other_place - place <= 2 and one.windows and other.windows:
            return (one, other), [*spots[:at], (place, _stretch((one, other))), *spots[at + 2 :]]
    return None, spots


def _stretch(pair: tuple[When, When]) -> When:
    one, other = pair
    first, last = one.windows[0].first, max(days.last for days in other.windows[:1])
    days = Days(min(first, last), max(first, last))
    return When((days,), True, False, f"{one.said} {other.said}", one.span, True)


def when_of(number: int, amount: Amount, spots: Times) -> When:
    """The time of one amount: its own, else what opens the sentence, else what closes it."""
    if spots.pair and amount.role == "from":
        return spots.pair[0]
    if spots.pair and amount.role == "to":
        return spots.pair[1]
    if number in spots.of:
        return spots.of[number]
    if amount.role == "from":
        return spots.since or When()
    if spots.leading and amount.first < spots.cut:
        return spots.leading
    return spots.trailing if spots.trailing and amount.first > spots.barred else When()


# -- places ----------------------------------------------------------------------------------------


def _is_whole(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> bool:
    """Whether an amount is what a share is of: more than half of the 1,651 agreements."""
    if not number or amounts[number - 1].kind not in ("ratio", "percent"):
        return False
    between = [token.text.lower() for token in tokens[amounts[number - 1].last + 1 : amounts[number].first]]
    return between[:1] == ["of"] and set(between) <= {"of", "the", "all", "those", "these"}


def where_of(
    tokens: Sequence[Token], amounts: Sequence[Amount], number: int, behind: Background, *, subject: bool = False
) -> Where:
    """The place of one amount: in its noun, after it, before it, in the sentence, in the text before.

    ``subject`` looks before the amount first, as in "Texas accounts for a fifth of agreements nationwide".
    """
    amount = amounts[number]
    noun = amount.noun.place if amount.noun else None
    if (
        not noun
        and amount.first
        and tokens[amount.first - 1].kind == "PLACE"
        and not _organised(tokens, amount.first - 1)
    ):
        return Where((tokens[amount.first - 1].value,), True, tokens[amount.first - 1].text)
    if not noun and _labels(tokens, amount.first, "PLACE"):
        return Where((tokens[amount.first - 2].value,), True, tokens[amount.first - 2].text)
    if not noun and _is_whole(tokens, amounts, number):
        return _after(tokens, amount.last + 1, min(amount.last + 5, len(tokens))) or Where((), True, "of all")
    whose = [token for token in amount.whose if len(token.value) == 2 and token.value.isupper()]
    if noun or whose:
        return Where((noun or whose[0].value,), True, noun or whose[0].text)
    end = amounts[number + 1].first if number + 1 < len(amounts) else len(tokens)
    after = _after(tokens, amount.last + 1, end, whole=subject)
    before = _before(tokens, amount.first)
    ahead = tokens[amount.first - 1].text.lower() if amount.first else ""
    following = tokens[amount.last + 1 : amount.last + 3]
    if ahead == "with" and [token.kind for token in following] == ["MARK", "PLACE"]:
        return Where((following[1].value,), True, following[1].text)
    which = [token.text.lower() for token in tokens[max(amount.first - 2, 0) : amount.first]]
    if which in (["which", "has"], ["which", "had"]) and amount.first >= 4 and tokens[amount.first - 4].kind == "PLACE":
        return Where((tokens[amount.first - 4].value,), True, tokens[amount.first - 4].text)
    beside = [token.kind for token in tokens[amount.last + 1 : amount.last + 3]] == ["IN", "PLACE"]
    owning = before is not None and before.states and _owns(tokens, amount.first)
    for found in (before, after) if (subject and not beside) or owning else (after, before):
        if found:
            return found
    if subject:
        listed = _after(tokens, end, len(tokens), whole=True) or _apposed(tokens, end)
        if listed and listed.states:
            return listed
    return _elsewhere(tokens, behind)


def _owns(tokens: Sequence[Token], first: int) -> bool:
    """Whether a place directly before the amount has it: "Tennessee now has 50"."""
    back = list(tokens[max(first - 4, 0) : first])
    verbs = [
        place for place, token in enumerate(back) if token.text.lower() in ("has", "have", "had", "counts", "with")
    ]
    return (
        bool(verbs)
        and any(token.kind == "PLACE" for token in back[: verbs[-1]])
        and not any(token.kind == "MARK" for token in back)
    )


def _labels(tokens: Sequence[Token], first: int, kind: str) -> bool:
    """Whether a number stands behind its label: Florida (317); Florida: 317."""
    if first < 2 or tokens[first - 1].text not in ("(", ":", "–", "—", ",") or tokens[first - 2].kind != kind:
        return False
    return tokens[first - 1].text != "," or first + 1 == len(tokens) or tokens[first + 1].text in (";", ".", ",")


def _after(tokens: Sequence[Token], start: int, end: int, *, whole: bool = False) -> Where | None:
    """The place behind an amount; with ``whole`` one behind "of the nation's agreements" counts before that."""
    for place in range(start, end):
        token = tokens[place]
        if token.kind == "NATION" and not (whole and _placed(tokens[place + 1 : end])):
            return Where((), True, token.text)
        if (token.kind == "OUTSIDE" and token.text.lower() in EXAMPLES) or (
            token.kind == "MARK" and token.text in ";—"
        ):
            return None
        if token.kind == "PLACE" and not _organised(tokens, place):
            lead = tokens[place - 1]
            inside = lead.kind == "IN" or lead.text.lower() in (
                "in",
                "mid",
                "of",
                "the",
                "-",
                "southern",
                "northern",
                "central",
                "outside",
            )
            if inside or (lead.kind == "PLACE"):
                states = _list(tokens, place, end, 1)
                return Where(tuple(states), True, token.text)
    return None


def _apposed(tokens: Sequence[Token], start: int) -> Where | None:
    """States named in apposition: are in just two states, Texas and Florida."""
    for place in range(start + 1, len(tokens)):
        if tokens[place].kind == "PLACE" and tokens[place - 1].text in (",", ":", "—", "–"):
            return Where(tuple(_list(tokens, place, len(tokens), 1)), True, tokens[place].text)
    return None


def _placed(tokens: Sequence[Token]) -> bool:
    """Whether a state is named behind a verb: of the nation's agreements is in Texas."""
    verb = next((at for at, token in enumerate(tokens) if token.text.lower() in ("is", "are", "was", "were")), None)
    return verb is not None and any(token.kind == "PLACE" for token in tokens[verb:])


def _before(tokens: Sequence[Token], end: int) -> Where | None:
    for place in range(end - 1, -1, -1):
        token = tokens[place]
        if token.kind == "NATION":
            return Where((), True, token.text)
        if token.kind == "PLACE" and not _organised(tokens, place):
            states = list(reversed(_list(tokens, place, -1, -1)))
            lead = _leading_token(tokens, place)
            if states[0] in TERRITORIES and tokens[place - 1].kind != "IN":
                continue
            if lead is not None and lead.kind == "OUTSIDE" and lead.text.lower() in EXAMPLES:
                continue
            return Where(tuple(dict.fromkeys(states)), True, token.text)
    return None


def _leading_token(tokens: Sequence[Token], place: int) -> Token | None:
    while place >= 0 and (tokens[place].kind == "PLACE" or tokens[place].text in (",", "and", "the", "in")):
        place -= 1
    return tokens[place] if place >= 0 else None


def _list(tokens: Sequence[Token], place: int, end: int, step: int) -> list[str]:
    """States named side by side: Iowa, Kansas, Missouri and Nebraska."""
    states: list[str] = []
    while place != end and 0 <= place < len(tokens):
        token = tokens[place]
        bracketed = token.text in ("(", ")") or (
            token.kind == "NUM" and tokens[place - 1].text == "(" and place + 1 < len(tokens)
        )
        if token.kind == "PLACE":
            states.append(token.value)
        elif not bracketed and not (token.text in (",", "&") or token.text.lower() in ("and", "or", "as", "well")):
            break
        place += step
    return states


def _organised(tokens: Sequence[Token], place: int) -> bool:
    """Whether a state's name is part of an organisation's: ACLU of Wisconsin, the Texas Observer."""
    after = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
    if after in ORGANISATIONS and tokens[place + 1].text[0].isupper():
        return True
    if place >= 2 and tokens[place - 1].text.lower() in ("of", "in"):
        lead = tokens[place - 2].text
        if (lead.isupper() and len(lead) > 2 and tokens[place - 2].kind == "WORD") or lead.lower() in ORGANISATIONS:
            return True
        return lead == ")" and place >= 4 and tokens[place - 3].text.isupper() and tokens[place - 3].kind == "WORD"
    return False


def _elsewhere(tokens: Sequence[Token], behind: Background) -> Where:
    named = [token.value for token in tokens if token.kind == "PLACE"]
    if any(token.kind == "STATEWIDE" for token in tokens):
        if len(set(named)) == 1:
            return Where((named[0],), True, "the state")
        if behind.where and behind.where.states:
            return behind.where
        return Where((behind.home,), True, "the state") if behind.home else Where((), False, "the state")
    if any(token.kind == "SAMEPLACE" for token in tokens) and behind.where:
        return behind.where
    if _dangling(tokens):
        return Where((), False, "those")
    return Where((), any(token.kind == "NATION" for token in tokens))


def _dangling(tokens: Sequence[Token]) -> bool:
    """Whether a sentence opens with, or counts of, "those" that the text before does not settle."""
    for place, token in enumerate(tokens[:-1]):
        number = tokens[place + 1].kind == "NUM"
        if token.text.lower() in ("those", "these") and (place == 0 or number):
            return True
        if token.text.lower() == "other" and number and place and tokens[place - 1].text.lower() == "the":
            return True
    return False


# -- models ----------------------------------------------------------------------------------------


def model_of(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> str | None:
    """The model of one amount: in its noun, after it before the next one, or the one that opens the sentence."""
    amount = amounts[number]
    if amount.noun and amount.noun.model:
        return amount.noun.model
    if amount.whole and amount.whole.noun and amount.whole.noun.model:
        return amount.whole.noun.model
    behind = (
        _model_label(tokens, amounts, number)
        or _model_shared(tokens, amounts, number)
        or _model_before(tokens, amount.first)
    )
    if behind:
        return behind
    end = amounts[number + 1].first if number + 1 < len(amounts) else len(tokens)
    cut = next((at for at in range(amount.last + 1, end) if tokens[at].text in (";", "—")), end)
    after = [token.value for token in tokens[amount.last + 1 : cut] if token.kind == "MODEL"]
    if len(set(after)) == 1 and not any(token.text.lower() in EXAMPLES for token in tokens[amount.last + 1 : cut]):
        return after[0]
    if after:
        return None
    every = {token.value for token in tokens if token.kind == "MODEL"}
    first = next((place for place, token in enumerate(tokens) if token.kind == "MODEL"), None)
    earlier = [other for other in amounts[:number] if first is not None and other.last < first]
    if len(every) == 1 and first is not None and first < amount.first and not earlier:
        return every.pop()
    return None


LINKING = frozenset(
    [
        "number",
        "total",
        "totals",
        "totaled",
        "has",
        "have",
        "had",
        "counts",
        "at",
        "with",
        "stands",
        "stood",
        "for",
        "claims",
        "to",
        "by",
    ]
)
"""Words that tie a number to the label before it: task force agreements number 797."""


def _model_shared(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> str | None:
    """The subject of a share: task force agreements, the most far-reaching kind, make up 52 %."""
    back = amounts[number - 1].last + 1 if number else 0
    stretch = tokens[back : amounts[number].first]
    models = [at for at, token in enumerate(stretch) if token.kind == "MODEL"]
    verbs = [at for at, token in enumerate(stretch) if token.text.lower() in words("sharing")]
    return stretch[models[-1]].value if models and verbs and models[-1] < verbs[-1] else None


def _model_label(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> str | None:
    """The model that a number stands behind, unless that belongs to the number before it."""
    amount = amounts[number]
    if amount.noun and amount.noun.unit:
        return None
    for place in range(amount.first - 1, max(amount.first - 6, -1), -1):
        token = tokens[place]
        if token.kind == "MODEL":
            back = amounts[number - 1].last + 1 if number else 0
            parted = any(one.kind == "MARK" or one.text.lower() in ("and", "while") for one in tokens[back:place])
            return token.value if parted or not number else None
        tied = token.text.lower() in LINKING or token.kind in ("UNIT", "FILL") or token.text in (*",(:–—)",)
        if not tied:
            return None
    return None


def _model_before(tokens: Sequence[Token], first: int) -> str | None:
    """The model of "task force agreements with 60 agencies in 16 states", for both figures."""
    for place in range(first - 1, -1, -1):
        token = tokens[place]
        if token.kind == "MODEL":
            joined = any(one.text.lower() in ("with", "by", "at") for one in tokens[place + 1 : first])
            return token.value if joined else None
        if token.kind == "MARK" or token.text.lower() in ("and", "while", "but", "plus", "or"):
            return None
    return None


def last_day(days: Sequence[Days]) -> date | None:
    """The last day of several stretches."""
    return max((one.last for one in days), default=None)
