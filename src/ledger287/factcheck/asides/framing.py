"""What opens or closes a sentence around its figures: that somebody looked, how it felt, where those counted are.

What enters: a parsed sentence. What leaves: the stretches that are such asides. Promise: each has a declared opener
(declared/factcheck/asides.yml), and no word that is in no aside (``barring.py``).
"""

from collections.abc import Iterator, Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.barring import MOST_WORDS, Aside, end_of, is_free, opening, says_nothing, words_of
from ledger287.factcheck.asides.lists import words
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

LATER = when_needed(
    r"(?i)(?:just |barely |about |nearly |almost |roughly |exactly )?"
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) "
    r"(?:day|week|month|year)s? (?:later|earlier)"
)
PRESIDENTS = ("trump", "biden", "obama", "bush", "clinton")
REACTING = ("which", "which has", "which have", "a number that", "a number that has", "a figure that",
            "a figure that has", "a total that", "a total that has", "something that",
            "something that has", "and that", "and that has")  # fmt: skip
UNTHOUGHT = ("which", "a number", "a number that", "a figure", "a figure that", "a total", "a total that", "a reach",
             "a reach that", "a scale that", "a spread that", "a level that", "something")  # fmt: skip


def framing(parsed: Parsed) -> Iterator[Aside]:
    """The asides of these kinds."""
    for kind in (_frame, _counted_in, _later, _spread, _ahead):
        yield from kind(parsed)


def _frame(parsed: Parsed) -> Iterator[Aside]:
    """``We checked, and there are 427``: that somebody looked."""
    start = int(bool(parsed.tokens) and parsed.tokens[0].text in ("“", '"'))
    taken = opening(parsed.tokens, start, "frames")
    if taken and len(parsed.tokens) > start + taken + 2:
        yield Aside(start, start + taken)


def _counted_in(parsed: Parsed) -> Iterator[Aside]:
    """``By the agency's own spreadsheet, 444 …``: where the figure is printed."""
    tokens = parsed.tokens
    cut = next((at for at, one in enumerate(tokens[:8]) if one.text == ","), 0)
    if cut < 3 or tokens[0].text.lower() != "by" or tokens[cut - 1].text.lower() not in words("counted_in"):
        return
    inside = tokens[1 : cut - 1]
    known = neutral("sources") | words("counting")
    if all(
        one.kind in ("ICE", "PROGRAM") or (one.kind in ("WORD", "FILL", "UNIT") and set(words_of(one)) <= known)
        for one in inside
    ):
        yield Aside(0, cut + 1)


def _later(parsed: Parsed) -> Iterator[Aside]:
    """``A year later, on Jan. 20, 2026, it had 1,316``: how far a day that is stated is from the one before."""
    tokens, offset = parsed.tokens, parsed.sentence.span.start
    cut = next((at for at, one in enumerate(tokens[:8]) if one.text == ","), 0)
    if not cut or len(tokens) < cut + 4 or tokens[cut + 1].kind != "WHEN" or not tokens[cut + 1].text[-1].isdigit():
        return
    if LATER.fullmatch(parsed.sentence.text[: tokens[cut - 1].span.end - offset]):
        yield Aside(0, cut + 1)


def _spread(parsed: Parsed) -> Iterator[Aside]:
    """``…, spread from Mobile to the Tennessee line``: over what stretch, by two proper names, at the end."""
    tokens = parsed.tokens
    for mark in range(3, len(tokens) - 4):
        marked = tokens[mark].text in (",", "—", "–") or tokens[mark].text.lower() in ("are", "is")
        taken = opening(tokens, mark + 1, "spread") if marked else 0
        inside = tokens[mark + 1 + taken : end_of(tokens)]
        if not taken or not 3 <= len(inside) <= MOST_WORDS or any(one.kind == "MARK" for one in inside):
            continue
        way = next((at for at, one in enumerate(inside) if one.text.lower() == "to"), 0)
        first, second = inside[:way], inside[way + 1 :]
        if first and second and _is_landmark(first) and _is_landmark(second):
            yield Aside(mark + (tokens[mark].kind != "MARK"), end_of(tokens))


def _is_landmark(tokens: Sequence[Token]) -> bool:
    """Whether some words name a point on the map: a proper name, or the line to another state."""
    said = tokens[1:] if tokens[0].text.lower() == "the" else tokens
    if said and said[-1].text.lower() in ("line", "border", "coast") and len(said) == 2:
        return said[0].kind == "PLACE" or said[0].text[0].isupper()
    proper = bool(said) and all(one.kind == "WORD" and one.text[0].isupper() for one in said)
    return proper and is_free(said, None, frozenset()) and not {one.text.lower() for one in said} & set(PRESIDENTS)


def _ahead(parsed: Parsed) -> Iterator[Aside]:
    """``195 have signed up ahead of the state's December deadline``: what is still to come, in the present."""
    tokens = parsed.tokens
    said = [one.text.lower() for one in tokens]
    for at in range(3, len(tokens) - 3):
        if said[at : at + 2] != ["ahead", "of"] or said[at + 2].split()[0] not in ("the", "a", "its", "their", "next"):
            continue
        close = next((step for step in range(at + 3, min(at + 7, len(tokens))) if said[step] in words("ahead")), 0)
        closes = close and (close + 1 == len(tokens) or tokens[close + 1].text in (",", "."))
        inside = tokens[at + 2 : close]
        plain = not any(one.kind in ("NUM", "MARK", "NAME", "MODEL") or one.text[-1].isdigit() for one in inside)
        if (
            closes
            and plain
            and {"have", "has", "are", "is"} & set(said[:at])
            and not {"had", "were", "was"} & set(said)
        ):
            yield Aside(at, close + 1)


def reaction(inside: Sequence[Token]) -> bool:
    """Whether a closing clause says only how its figure was felt: which has alarmed families; to the dismay of."""
    taken = _reacting(inside)
    if taken:
        return says_nothing(inside[taken:])
    said = [token.text.lower() for token in inside]
    for at in range(1, min(4, len(said))):
        unthought = opening(inside, at, "unthought")
        if unthought and " ".join(said[:at]) in UNTHOUGHT:
            rest = [one for one in inside[at + unthought :] if one.kind not in ("WHEN", "MARK")]
            return not rest or says_nothing(rest)
    return False


def _reacting(inside: Sequence[Token]) -> int:
    """How many tokens of "which has alarmed", "to the dismay of" begin a closing clause."""
    said = [token.text.lower() for token in inside]
    for at in range(1, min(5, len(said))):
        if said[at] in words("reactions") and " ".join(said[:at]) in REACTING:
            return at + 1
    start = 1 if said[:1] == ["much"] else 0
    to_feeling = said[start : start + 2] == ["to", "the"] and said[start + 2 : start + 3]
    if to_feeling and to_feeling[0] in words("feelings") and said[start + 3 : start + 4] == ["of"]:
        return start + 4
    return 0
