"""Where a sentence speaks of something else than its figures: a place, a person, the circumstances.

What enters: a parsed sentence. What leaves: the stretches that are asides, with the comma that remains. Promise: form
and words together show that an aside cannot bear on a figure (docs/decisions/0012-asides.md): it is set off by marks,
is opened by a declared word behind a proper name or at the head of the sentence, and holds no figure, no place that is
counted, no word of the program, and none of the declared operators. The other words of an aside are open.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.barring import (
    MOST_WORDS,
    Aside,
    end_of,
    is_free,
    opening,
    says_nothing,
    words_of,
)
from ledger287.factcheck.asides.detached import detached
from ledger287.factcheck.asides.framing import framing, reaction
from ledger287.factcheck.asides.lists import words
from ledger287.factcheck.asides.origins import origins
from ledger287.factcheck.asides.scenes.around import scenes
from ledger287.factcheck.asides.scenes.of_now import scenes_of_now
from ledger287.factcheck.asides.speaking import speaking
from ledger287.factcheck.asides.trailing import trailing
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

COMMAS, PAIRS = (",", "—", "–"), {",": (",",), "—": ("—",), "–": ("–",), "(": (")",)}
GOING_ON = ("WORD", "SIGN", "TOPIC", "LEAVE", "RISE", "FALL", "PENDING", "WHEN", "OTHER")
"""Kinds of token that a main clause can go on with behind its subject."""


def asides_in(parsed: Parsed) -> list[Aside]:
    """The asides of a sentence in their order; none overlaps another."""
    marked = any(token.kind == "MARK" and token.text in (*PAIRS, ":") for token in parsed.tokens[:-1])
    kinds: list[Callable[[Parsed], Iterable[Aside]]] = [
        framing,
        _adverbs,
        _adjectives,
        speaking,
        scenes,
        trailing,
        origins,
    ]
    if marked:
        kinds = [_leading, _behind_names, _behind_days, _preamble, _closing, _adverbs, _adjectives, framing, detached]
        kinds += [speaking, scenes, trailing, origins, scenes_of_now]
    return _apart(one for kind in kinds for one in kind(parsed))


def _apart(asides: Iterable[Aside]) -> list[Aside]:
    """Asides in their order, without those that overlap an earlier one."""
    found: list[Aside] = []
    for aside in sorted(asides, key=lambda one: (one.first, -one.end)):
        if not found or aside.first >= found[-1].end:
            found.append(aside)
    return found


def _leading(parsed: Parsed) -> Iterator[Aside]:
    """``Although critics fill the hall, ICE has …``: the circumstances, up to the first comma."""
    tokens = parsed.tokens
    cut = next((at for at, token in enumerate(tokens) if token.text in COMMAS), None)
    if cut is None or not 3 <= cut <= MOST_WORDS or cut + 3 > len(tokens):
        return
    opener = opening(tokens, 0, "leading") or opening(tokens, 0, "leading_at_once")
    if not opener or not says_nothing(tokens[opener:cut]):
        return
    if tokens[cut + 1].text.lower() in words("joining") - {"the", "a", "an", "in", "at", "on", "for", "all", "both"}:
        return
    if opening(tokens, 0, "leading_at_once") and not _tells_time(tokens[cut + 1 :]):
        return
    yield Aside(0, cut + 1)


def _tells_time(tokens: Sequence[Token]) -> bool:
    """Whether a main clause says itself when it holds: by a day, or in the present."""
    return any(token.kind == "WHEN" or token.text.lower() in words("present") for token in tokens)


def _behind_names(parsed: Parsed) -> Iterator[Aside]:
    """``Collier County, home to Naples, …``; ``Sheriff Ann Doe, a Republican first elected in 2016, said …``"""
    tokens = parsed.tokens
    for mark in range(1, len(tokens) - 2):
        if tokens[mark].text not in PAIRS or tokens[mark].kind != "MARK":
            continue
        closers = PAIRS[tokens[mark].text]
        close = next((at for at in range(mark + 1, len(tokens)) if tokens[at].text in closers), None)
        if tokens[mark].text == "(" and close is None:
            continue
        last = close is None
        end = close if close is not None else end_of(tokens)
        if not 1 < end - mark <= MOST_WORDS or not _is_aside(parsed, mark, end, last=last):
            continue
        if last:
            yield Aside(mark, end)
        elif tokens[mark].text == "(":
            yield Aside(mark, end + 1)
        elif _goes_on(tokens, end):
            yield Aside(mark, end + 1, "," if _is_placing(tokens, mark) else "")
        elif _is_placing(tokens, mark):
            yield Aside(mark, end + 1, ",")


DISTANCE = when_needed(
    r"(?i)(?:just |barely |only |less than |more than |about |nearly |almost |roughly |just over |just under |"
    r"a little (?:over|more than|less than) )?"
    r"(?:the|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) "
    r"(?:day|week|month|year)s? (?:after|before) "
)


def _behind_days(parsed: Parsed) -> Iterator[Aside]:
    """``on Feb. 18, two weeks after the governor acted, …``: how far a day that is stated is from something else."""
    tokens, offset = parsed.tokens, parsed.sentence.span.start
    for mark in range(1, len(tokens) - 3):
        if tokens[mark].text != "," or tokens[mark - 1].kind != "WHEN" or not _is_day(tokens[mark - 1]):
            continue
        end = next((at for at in range(mark + 1, len(tokens)) if tokens[at].text in (",", ";")), end_of(tokens))
        text = parsed.sentence.text[tokens[mark + 1].span.start - offset : tokens[end - 1].span.end - offset]
        again = opening(tokens, mark + 1, "again") if re.search(r"\d{4}$", tokens[mark - 1].text) else 0
        if again and mark + again + 1 < end <= mark + MOST_WORDS and not _turns_day(tokens[mark + 1 + again : end]):
            yield Aside(mark, end, "") if end >= end_of(tokens) else Aside(mark, end + 1, ",")
        found = DISTANCE.match(text)
        if found is None or end - mark > MOST_WORDS:
            continue
        start = offset + found.end() + tokens[mark + 1].span.start - offset
        rest = [one for one in tokens[mark + 1 : end] if one.span.start >= start]
        before = [one for one in tokens[mark + 1 : end] if one.span.start < start]
        if rest and all(one.kind != "UNIT" for one in before) and not _turns_day(rest):
            closes = end >= end_of(tokens) or tokens[end].text == ";"
            yield Aside(mark, end, "") if closes else Aside(mark, end + 1, ",")


def _is_day(token: Token) -> bool:
    """Whether a time is one day by the calendar or the week."""
    said = token.text.lower()
    return bool(re.search(r"\d{1,2}$|\d{4}$", said)) or said.endswith("day")


def _turns_day(tokens: Sequence[Token]) -> bool:
    """Whether the event that a day is set against is no plain one, or another count."""
    barred = ("NUM", "FRACTION", "MODEL", "NAME", "UNIT", "PCT", "RANK", "PENDING", "PER", "MONEY", "TIMESWORD")
    for token in tokens:
        unit = token.kind == "UNIT" and token.value in ("states", "sheriffs", "police")
        if token.kind in barred and not unit:
            return True
        if any(word in words("forbidden") and word not in words("of_day") for word in words_of(token) if word != "it"):
            return True
    return tokens[-1].text.lower() in words("closing")


PASSED = ("ICE", "PROGRAM", "RISE", "FALL", "FILL")
"""Kinds of token that a statement before a colon may have: the program as such, and that it grows."""
VERBS = ("are", "is", "were", "was", "has", "have", "had", "hold", "holds", "take", "takes", "exist", "there")


def _preamble(parsed: Parsed) -> Iterator[Aside]:
    """``The pace has quickened: 111 agreements were signed in January``: a statement before a colon."""
    tokens = parsed.tokens
    cut = next((at for at, token in enumerate(tokens) if token.text == ":"), None)
    if cut is None or not 3 <= cut <= MOST_WORDS or cut + 3 > len(tokens):
        return
    before, behind = tokens[:cut], tokens[cut + 1 :]
    said = {word for token in before for word in words_of(token)}
    own = any(one.text.lower() in VERBS or one.kind in ("SIGN", "TOPIC") for one in behind)
    opened = {word for token in tokens[:3] for word in words_of(token)}
    if not opened & words("subjects") or not said & words("current") or said & words("preamble_never") or not own:
        return
    plain = [one for one in before if not (one.kind in PASSED or set(words_of(one)) <= words("of_preamble"))]
    if any(one.text in ("“", "”", '"', ";") for one in before) or any(one.kind == "IDLE" for one in before):
        return
    closing = tokens[cut - 1]
    if closing.kind != "MARK" and closing.text.lower() not in words("closing") and is_free(plain, None, frozenset()):
        yield Aside(0, cut + 1)


def _closing(parsed: Parsed) -> Iterator[Aside]:
    """``…, a fact that few mention.``; ``…, among them the county jail.``: behind the last comma."""
    tokens = parsed.tokens
    mark = max((at for at, token in enumerate(tokens[:-1]) if token.text in (",", "—", "–")), default=0)
    inside = tokens[mark + 1 : end_of(tokens)]
    if not mark or len(inside) > MOST_WORDS or any(one.text in ("“", "”", '"', ":", "?", ";") for one in inside):
        return
    if reaction(inside):
        yield Aside(mark, end_of(tokens))
    fact, members = opening(tokens, mark + 1, "closers"), opening(tokens, mark + 1, "members")
    if fact and len(inside) > fact and says_nothing(inside[fact:]):
        yield Aside(mark, end_of(tokens))
    trailing = [low.text.lower() for low in inside[-2:]] == ["among", "them"]
    inside, members = (inside[:-2], 0) if trailing and not members else (inside, members)
    rest = [one for one in inside[members:] if not (one.kind == "UNIT" or set(words_of(one)) <= words("of_members"))]
    named = len(inside) > members and inside[-1].kind in ("WORD", "UNIT", "NAME", "OTHER")
    if (members or trailing) and named and not rest:
        yield Aside(mark, end_of(tokens))


def _is_aside(parsed: Parsed, mark: int, end: int, *, last: bool) -> bool:
    tokens = parsed.tokens
    head, inside = tokens[mark - 1], tokens[mark + 1 : end]
    if any(token.text in ("“", "”", '"', ";", ":", "?") for token in inside):
        return False
    speaking = not last and end + 1 < len(tokens) and tokens[end + 1].text.lower() in neutral("attributing")
    if not (_is_name(tokens, mark) or (speaking and _opens_clause(tokens, mark))):
        return False
    opener = opening(tokens, mark + 1, "behind_name")
    if inside[0].text.lower() == "population" and [one.kind for one in inside[1:]] == ["NUM"]:
        return True
    described = head.kind == "MODEL" and len(inside) > 1 and inside[0].text.lower() == "the"
    if described and inside[1].text.lower() in words("superlatives") and is_free(inside[2:], head, words("of_name")):
        return True
    if head.kind == "MODEL" and [one.text.lower() for one in inside[:2]] == ["under", "which"]:
        return says_nothing(inside[2:], head, under=True) and not any(one.kind == "WHEN" for one in inside)
    who = inside[0].text.lower() in ("who", "whose")
    spoken = {one.text.lower() for one in tokens[max(mark - 6, 0) : mark]} & (neutral("attributing") | {"to"})
    if last and who and head.kind == "WORD" and spoken:
        return says_nothing(inside[1:], head, who=True)
    if last and (not opener or inside[0].text.lower() in ("which", "who", "whose", "named")):
        return False  # …, which is wrong: of the figure, or of all that was said
    if not opener and head.kind != "PLACE":
        opener = opening(tokens, mark + 1, "positions")
    apposed = 0 if opener or last else opening(tokens, mark + 1, "apposed")
    if apposed and not _describes(head, inside, apposed):
        return False
    if speaking and apposed and not _is_plain_speaker(inside[apposed:]):
        return False
    count = opener or apposed
    where = inside[0].text.lower() == "where"
    return bool(count) and says_nothing(inside[count:], head, where=where)


def _describes(head: Token, inside: Sequence[Token], opener: int) -> bool:
    """Whether an apposition says what a name is like, and not which of several is meant."""
    definite = inside[opener - 1].text.lower() == "the"
    if definite and head.kind == "PLACE":
        return False
    said = {word for token in inside for word in words_of(token)}
    if inside[opener].text.lower() in words("orders"):
        return False
    return not said & words("telling_apart") or not (definite or head.value in words("ambiguous"))


def _is_plain_speaker(described: Sequence[Token]) -> bool:
    """Whether who says something is described by what people are (declared), and by nothing that takes it back.

    ``Ann Doe, a Republican from Ocala, says``; not ``Bob Roe, a notorious fabulist, says``.
    """
    said = [word for one in described for word in words_of(one)]
    end = next((at for at, word in enumerate(said) if word in ("of", "for", "at", "in", "from", "who", "with")), 6)
    return bool(set(said[: max(end, 1)]) & words("roles")) and not set(said) & words("discrediting")


def _is_name(tokens: Sequence[Token], mark: int) -> bool:
    """Whether a proper name is before the mark: of a place, an agency, a person, a model or the program."""
    head = tokens[mark - 1]
    if head.kind in ("PLACE", "NAME", "MODEL", "PROGRAM"):
        return not head.text.endswith(("'s", "’s"))
    if head.kind != "WORD" or not head.text[:1].isupper() or head.text.endswith(("'s", "’s", "'", "’")):
        return False
    start = mark - 1
    while start and tokens[start - 1].kind == "WORD" and tokens[start - 1].text[:1].isupper():
        start -= 1
    return start == 0 or tokens[start - 1].kind not in ("NUM", "HEDGE", "FRACTION", "EVERY", "RANK", "TIMESWORD")


def _opens_clause(tokens: Sequence[Token], mark: int) -> bool:
    """Whether the words before the mark are a subject that speaks: nothing but one noun group from the start on."""
    before = tokens[:mark]
    start = max((at + 1 for at, token in enumerate(before) if token.kind == "MARK"), default=0)
    group = before[start:]
    return 1 < len(group) <= 6 and all(one.kind in ("WORD", "FILL", "UNIT", "NAME", "PLACE") for one in group)


def _is_placing(tokens: Sequence[Token], mark: int) -> bool:
    """Whether the name before the mark is in a phrase of place that opens its clause: In Polk County, …"""
    start = max((at + 1 for at in range(mark - 2) if tokens[at].kind == "MARK" and tokens[at].text != "."), default=0)
    first = tokens[start].text.lower().split() if start < mark else []
    return bool(first) and first[0] in words("placing") and mark - start <= 5


def _goes_on(tokens: Sequence[Token], close: int) -> bool:
    """Whether a verb of the main clause follows the closing mark."""
    after = tokens[close + 1] if close + 1 < len(tokens) else None
    if after is None or after.kind not in GOING_ON or not after.text[:1].islower():
        return False
    return after.text.lower() not in words("joining") and not after.text.lower().endswith("ing")


def _adverbs(parsed: Parsed) -> Iterator[Aside]:
    """``Arkansas, improbably, ranks second``: a word that judges the sentence, between commas."""
    tokens = parsed.tokens
    if not tokens:
        return
    for at in range(1, len(tokens) - 1):
        taken = (tokens[at].text.lower() in words("adverbs")) or opening(tokens, at, "discourse")
        end = at + int(taken)
        if taken and end < len(tokens) and tokens[at - 1].text in COMMAS and tokens[end].text in COMMAS:
            yield Aside(at - 1, end + 1)
    taken = (tokens[0].text.lower() in (*words("adverbs"), "still")) or opening(tokens, 0, "discourse")
    there = opening(tokens, 0, "directions")
    taken = there if len(tokens) > there + 1 and there and tokens[there + 1].kind in ("PLACE", "NAME") else taken
    if taken and len(tokens) > taken + 1 and tokens[int(taken)].text == ",":
        yield Aside(0, int(taken) + 1)
    introduced = opening(tokens, 0, "introducing")
    if introduced and len(tokens) > introduced + 2 and tokens[introduced].kind in ("PLACE", "NAME"):
        following = [one.text.lower() for one in tokens[introduced + 1 : introduced + 3]]
        even = tokens[0].text.lower() == "even"
        if following[0] in ("has", "had", "have") if even else following == [",", "which"]:
            yield Aside(0, introduced)


def _adjectives(parsed: Parsed) -> Iterator[Aside]:
    """``in sprawling Polk County``: what describes all of a place, before its name."""
    tokens = parsed.tokens
    for at, token in enumerate(tokens[:-1]):
        if token.text.lower() in words("adjectives") and tokens[at + 1].kind in ("PLACE", "NAME"):
            before = tokens[at - 1] if at else None
            if before is None or before.kind in ("IN", "MARK") or before.text.lower() in words("placing"):
                yield Aside(at, at + 1)
