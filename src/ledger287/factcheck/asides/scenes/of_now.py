"""What is said of the time or the circumstances in a sentence of what is so now: After a busy April, Texas has 380.

What enters: a parsed sentence. What leaves: the stretches between its marks that are such a scene. "Like Florida" is
none: it says the same of another place. Promise: the rest of the sentence is in the present and says
nothing of what happened, so that a time in the scene is not that of its figure; no word of the scene is one of those
that no aside has but the declared ones (declared/factcheck/asides.yml, ``of_scenes``).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.barring import MOST_WORDS, Aside, end_of, is_free, opening
from ledger287.factcheck.asides.lists import words
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

DISTANCE = when_needed(
    r"(?i)(?:(?:just|barely|only|less than|more than|about|nearly|almost|just over) )*(?:(?:the|an?|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|several) )?(?:days?|weeks?|months?|years?) after "
)
HAPPENED = ("SIGN", "RISE", "FALL", "LEAVE", "PENDING")
FEWEST = 2


def scenes_of_now(parsed: Parsed) -> Iterator[Aside]:
    """The scenes of a sentence in the present, each with its marks."""
    tokens = parsed.tokens
    marks = [at for at, token in enumerate(tokens) if token.text == ","]
    ends = [-1, *marks, end_of(tokens)]
    for start, end in pairwise(ends):
        inside, first, last = tokens[start + 1 : end], start < 0, end >= end_of(tokens)
        if not FEWEST <= len(inside) <= MOST_WORDS or any(one.kind == "MARK" for one in inside):
            continue
        if _is_now([*tokens[: max(start, 0)], *tokens[end:]]) and _is_scene(parsed, inside):
            yield Aside(0, end + 1) if first else Aside(start, end if last else end + 1)


def _is_now(rest: Sequence[Token]) -> bool:
    """Whether the rest of a sentence is of what is so now, and of nothing that happened."""
    said = {one.text.lower() for one in rest}
    return bool(said & words("present")) and not said & words("past") and not any(one.kind in HAPPENED for one in rest)


def _is_scene(parsed: Parsed, inside: Sequence[Token]) -> bool:
    """Whether a stretch is a declared kind of scene, and none of its words may bear on a figure."""
    offset = parsed.sentence.span.start
    text = parsed.sentence.text[inside[0].span.start - offset : inside[-1].span.end - offset]
    distance = DISTANCE.match(text)
    start = inside[0].span.start + (distance.end() if distance else 0)
    taken = opening(inside, 0, "scene_openers")
    rest = [one for one in inside if one.span.start >= start] if distance else list(inside[taken:])
    if len(inside) <= FEWEST + 1 and inside[-1].kind == "WHEN" and inside[-1].text.lower().startswith("after "):
        return inside[-2].kind in ("WORD", "DURATION")  # months after Trump took office
    follows = inside[0].text.lower() == "following"  # following the inauguration, it has: by now
    if not (distance or taken) or not rest or (rest[0].kind == "WHEN" and not (distance or follows)):
        return False
    closes = rest[-1].text.lower() in words("closing")
    people = ("sheriffs", "police")
    plain = [
        one for one in rest
        if one.kind != "WHEN" and one.text.lower() != "the state" and not (one.kind == "UNIT" and one.value in people)
    ]  # fmt: skip
    return not closes and is_free(plain, None, words("of_scenes"))
