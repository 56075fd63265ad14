"""What opens or closes a sentence around its figures and changes none: a scene, what was added, what critics may say.

What enters: a parsed sentence. What leaves: the stretches that are such asides. Promise: each has a closed form and
declared words (declared/factcheck/asides_scenes.yml); a scene with open words is one of public life, has no figure,
place or word of the program, and its main clause says itself when it holds.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.barring import MOST_WORDS, Aside, found_at, is_free, says_nothing, words_of
from ledger287.factcheck.asides.lists import scene_words, words
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

MARKS = (",", "—", "–", ";", ".", "”", '"', ")")


@cache
def _going_on() -> re.Pattern[str]:
    forms = declared.declared_yaml("factcheck/asides_scenes.yml")["going_on"]
    return when_needed(rf"(?i)(?P<said>{'|'.join(str(one) for one in forms)})(?=,?[”\"]|[.;]?$|[.;] )")


def scenes(parsed: Parsed) -> Iterator[Aside]:
    """The scenes of a sentence."""
    tokens = parsed.tokens
    if len(tokens) < 4:
        return
    if tokens[0].text.lower() == "with":
        yield from _with(tokens)
    elif tokens[0].text.lower() in ("at", "under"):
        yield from _at_a_time(tokens)
    yield from _conceded(tokens)
    yield from _growing(parsed)
    yield from _of_those_asked(parsed)


def _with(tokens: Sequence[Token]) -> Iterator[Aside]:
    """``With the latest additions, …``; ``With critics filling the hall, …``; ``With five weeks to go, …``"""
    cut = next((at for at, one in enumerate(tokens) if one.text == ","), 0)
    if not 2 < cut <= MOST_WORDS or cut + 3 > len(tokens):
        return
    inside = tokens[1:cut]
    if _adds(inside) or (_tells_time(tokens[cut + 1 :]) and (_is_countdown(inside) or _is_scene(inside))):
        yield Aside(0, cut + 1)


def _at_a_time(tokens: Sequence[Token]) -> Iterator[Aside]:
    """``At a time when many cities are pulling back, ICE has …``; ``Under pressure to raise arrests, ICE has …``."""
    cut = next((at for at, one in enumerate(tokens) if one.text == ","), 0)
    said = " ".join(one.text.lower() for one in tokens[:cut])
    taken = next((count for opener, count in PRESSED.items() if said.startswith(opener)), 0)
    if not taken or not taken + 2 <= cut <= MOST_WORDS or cut + 3 > len(tokens) or not _tells_time(tokens[cut + 1 :]):
        return
    rest = [one for one in tokens[taken:cut] if one.text.lower() not in scene_words("pressed")]
    if is_free(rest, None, frozenset()):
        yield Aside(0, cut + 1)


PRESSED = {"at a time when ": 4, "under pressure to ": 2, "under pressure from ": 2}
"""Open such a time, with how many words of theirs are not what is so then."""


def _adds(inside: Sequence[Token]) -> bool:
    """Whether somebody new is all that is named: the latest additions, this week's signatures."""
    known = scene_words("additions") | scene_words("added_by")
    if inside[-1].text.lower() not in scene_words("additions") or inside[0].text.lower() == "next":
        return False
    return all(
        set(words_of(one)) <= known
        or one.text.lower() in known
        or (one.kind == "WHEN" and one.text.lower().removesuffix("'s") in ("this week", "this month", "today"))
        for one in inside
    )


DAYS = ("day", "days", "week", "weeks", "month", "months")


def _is_countdown(inside: Sequence[Token]) -> bool:
    """Whether it says how long it is to something: five weeks to go before the inauguration; a day in office."""
    said = " ".join(one.text.lower() for one in inside)
    found = COUNTDOWN.match(said)
    if AWAY.fullmatch(said):
        return not any(one.kind in ("UNIT", "PROGRAM", "MODEL", "NAME", "NUM") for one in inside)
    if found is None:
        return False
    rest = [one for one in inside if one.span.start >= inside[0].span.start + found.end()]
    return not rest or says_nothing(rest)


AWAY = when_needed(
    r"(?:the|a|its|another|his|her) "
    r"(?:(?:new|next|special|general|state|federal|presidential|budget|court|legislative) )*"
    r"(?:fiscal year|year|school year|deadline|vote|election|elections|inauguration|session|holidays?|hearing|primary|"
    r"summit|midterms|ruling|trial|world cup|super bowl|olympics|shutdown|recess|runoff|campaign|season) "
    r"(?:(?:just|only|barely|still) )?(?:(?:a|two|three|four|five|six|\d{1,2}|a few) )?"
    r"(?:hours|days?|weeks?|months?) away"
)
"""That something is so far away: the fiscal year days away."""
COUNTDOWN = when_needed(
    r"(?:just |only |barely |less than |fewer than |about |nearly |almost |more than )?"
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) (?:few )?"
    r"(?:day|week|month)s? (?:to go|left|remaining)?(?: (?:before|until|to|in) (?:the |his |her |its )?)?"
)


def _is_scene(inside: Sequence[Token]) -> bool:
    """Whether it is of somebody or something of public life, in words that cannot bear on a figure."""
    opened = [word for one in inside[:4] for word in words_of(one)]
    plain = [one for one in _without_term(inside) if one.text.lower() != "new"]
    said = {word for one in inside for word in words_of(one)}
    if len(inside) < 3 or not set(opened) & scene_words("absolutes") or said & scene_words("scenes_never"):
        return False
    owners = [one for one in inside[:4] if one.text.endswith(("'s", "’s", "s'", "s’"))]
    owned = owners[:1] == [inside[0]] or any(set(words_of(one)) & scene_words("absolutes") for one in owners)
    return not owned and says_nothing(plain)


def _without_term(inside: Sequence[Token]) -> Sequence[Token]:
    """A scene without how long somebody has been in office: the new president a day in office."""
    lows = [one.text.lower() for one in inside]
    if lows[-2:] not in (["in", "office"], ["into", "office"], ["on", "job"]) or len(inside) < 4:
        return inside
    end = len(inside) - 2
    while end > 1 and (inside[end - 1].kind in ("DURATION", "PER", "NUM", "HEDGE") or lows[end - 1] in ("a", *DAYS)):
        end -= 1
    return inside[:end]


def _tells_time(tokens: Sequence[Token]) -> bool:
    """Whether a main clause says itself when it holds: by a day, or in the present."""
    now = words("present") | scene_words("holding")
    return any(one.kind == "WHEN" or one.text.lower() in now for one in tokens)


def _conceded(tokens: Sequence[Token]) -> Iterator[Aside]:
    """``…, whatever the lawsuits say``; ``No matter what critics say, …``: that somebody may say what they like."""
    for at in range(len(tokens) - 2):
        if at and tokens[at - 1].text not in (",", "—", "–"):
            continue
        opener = _opens(tokens, at)
        if not opener:
            continue
        end = next((step for step in range(at + opener, len(tokens)) if tokens[step].text in MARKS), len(tokens))
        if not _is_conceded(tokens[at + opener : end]):
            continue
        if at == 0 and end < len(tokens) and tokens[end].text == ",":
            yield Aside(0, end + 1)
        elif at:
            yield Aside(at - 1, end)


def _is_conceded(inside: Sequence[Token]) -> bool:
    """Whether somebody says or does what they like, or something comes of what there is: comes of a bill."""
    lows = [one.text.lower() for one in inside]
    if len(inside) < 2 or len(inside) > MOST_WORDS:
        return False
    if lows[0] in ("comes", "becomes", "happens", "came", "became", "happened") and lows[1] in ("of", "to", "next"):
        return is_free([one for one in inside[2:] if one.text.lower() not in OPEN], None, frozenset())
    said = next((at for at, low in enumerate(lows) if at and low in scene_words("conceded_verbs")), 0)
    known = scene_words("conceded") | scene_words("conceded_verbs")
    rest = [one for one in inside if not (one.text.lower() in known or set(words_of(one)) <= known)]
    return bool(said) and len(lows) - said < 6 and is_free(rest, None, frozenset())


OPEN = frozenset(["them", "it", "would", "could", "that", "this", "require", "ban", "bar", "they", "these"])
"""Words of what may come of something that is still open."""


def _opens(tokens: Sequence[Token], at: int) -> int:
    """How many tokens of a concession's opener begin here."""
    for count in (3, 2, 1):
        if " ".join(one.text.lower() for one in tokens[at : at + count]) in scene_words("concessions"):
            return count
    return 0


SILENT = when_needed(
    r"(?i), (?:who|which|whose (?:office|department|spokes\w+)) (?:(?:did not|didn[’']t|has not|hasn[’']t|could not|"
    r"would not|never) (?:immediately )?(?:respond|responded|reply|replied|comment|commented|return|returned|answer|"
    r"answered|be reached|agree to)|declined (?:to|an?|requests?|all|repeated))\b[^,;:.\d]*(?=,)"
)
"""That somebody had nothing to say: the agency, which did not respond to questions, lists …"""


def _of_those_asked(parsed: Parsed) -> Iterator[Aside]:
    """``The agency, which did not respond to questions, lists 1,504 agreements``; ``, obtained through a request,``."""
    for pattern in (SILENT, OBTAINED):
        found = pattern.search(parsed.sentence.text)
        if found is None:
            continue
        first, end = found_at(parsed, found)
        said = [one for one in parsed.tokens[first + 1 : end] if one.kind != "MARK"]
        if not any(one.kind in ("NUM", "PLACE", "MODEL", "UNIT", "SIGN") for one in said):
            yield Aside(first, end + 1)


OBTAINED = when_needed(
    r"(?i), (?:first )?(?:obtained|disclosed|provided|released|made public) (?:through|by|via|under|after|to|"
    r"in response to) (?:a |an |the )?(?:public[- ]|open[- ]|freedom[- ]of[- ]information )?"
    r"(?:records?|information|foia|lawyers?|advocates|reporters|newspapers?|aclu|lawsuit|litigation|news)[^,;:.\d]*(?=,)"
)
"""How the papers came to light: , obtained through a records request, …"""


def _growing(parsed: Parsed) -> Iterator[Aside]:
    """``…, and we will keep building on that number``; ``… and counting``: that the number is meant to grow."""
    found = _going_on().search(parsed.sentence.text)
    if found is None or found.start("said") == 0:
        return
    first, end = found_at(parsed, found, "said")
    if first < end:
        yield Aside(first, end)


def is_of_other_things(tokens: Sequence[Token]) -> int:
    """How many tokens open a sentence with numbers of other things than the program's: With about 6,500 officers, …"""
    if not tokens or tokens[0].text.lower() not in ("with", "at", "across"):
        return 0
    cut = next((at for at, one in enumerate(tokens) if one.text == ","), 0)
    inside = tokens[1:cut]
    if not 2 < cut <= MOST_WORDS or not any(one.kind == "NUM" for one in inside):
        return 0
    barred = ("MODEL", "NAME", "PLACE", "WHEN", "PCT", "FRACTION", "MARK", "PENDING", "RANK", "SIGN", "LEAVE",
              "PROGRAM")  # fmt: skip
    for at, one in enumerate(inside):
        ahead = {word for each in inside[at + 1 : at + 5] for word in words_of(each)}
        if one.kind in barred or (one.kind == "NUM" and not ahead & scene_words("units")):
            return 0
        if one.kind == "UNIT" and one.text.lower() not in ("state", "county", "federal", "offices"):
            return 0
        if set(words_of(one)) & (scene_words("scenes_never") - {"out"}):
            return 0
    return cut + 1
