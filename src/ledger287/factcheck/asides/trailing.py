"""What is said behind a figure of how it came about, what somebody asks, or what a state's law wants: no figure in it.

What enters: a parsed sentence. What leaves: the stretches that are such asides. Promise: each has a closed form with a
declared opener; its words are declared, or open where none of them is of the classes that can bear on a figure
(declared/factcheck/asides_scenes.yml, asides.yml).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.barring import MOST_WORDS, Aside, end_of, found_at, is_free, words_of
from ledger287.factcheck.asides.closing import is_free as is_free_clause
from ledger287.factcheck.asides.closing import words as closing
from ledger287.factcheck.asides.lists import scene_words, words
from ledger287.factcheck.coverage.clauses.verbs import is_finite
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

YEAR = when_needed(r"20[012]\d")
COMMAS, CLOSERS = (",", "—", "–"), (",", "—", "–", ";", "”", '"', ".", ")")
FIGURES = ("NUM", "MONEY", "FRACTION", "TIMESWORD", "PCT", "POINTS", "RANK", "PENDING", "MODEL", "LEAVE", "PER",
           "HEDGE", "RANGE")  # fmt: skip


def trailing(parsed: Parsed) -> Iterator[Aside]:
    """The asides of these kinds."""
    tokens = parsed.tokens
    for at in range(2, len(tokens) - 2):
        low = tokens[at].text.lower()
        if low == "despite":
            yield from _despite(tokens, at)
        elif low == "from" and tokens[at - 1].kind == "UNIT":
            yield from _from_to(tokens, at)
        elif tokens[at - 1].text in COMMAS:
            yield from _driven(tokens, at)
            yield from _course(tokens, at)
            yield from _eager(tokens, at)
            yield from _of_law(tokens, at)
            yield from _of_place(tokens, at)
            yield from _when(tokens, at)
            yield from _described(tokens, at)
            yield from _peopled(tokens, at)
    yield from _feared(parsed)


def _end(tokens: Sequence[Token], at: int) -> int:
    return next((step for step in range(at, len(tokens)) if tokens[step].text in CLOSERS), len(tokens))


def _despite(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``…, despite a lawsuit that asks the court to void them``: what somebody asks for, behind the figure."""
    head = at + 1
    while head < len(tokens) and head < at + 6 and tokens[head].text.lower() in scene_words("demand_adjectives"):
        head += 1
    end = _end(tokens, at)
    inside = tokens[head:end]
    if not inside or inside[0].text.lower() not in scene_words("demands") or end - at > MOST_WORDS:
        return
    if any(one.kind in FIGURES for one in tokens[at:end]) or not _has_figure(tokens, at):
        return
    asked = len(inside) == 1 or inside[1].text.lower() in ("that", "asking", "seeking", "from", "by", "in", "over",
        "against", "of", "to", "about", "for", "at", "outside", "and")  # fmt: skip
    if asked:
        yield Aside(at - (tokens[at - 1].text in COMMAS), end)


def _has_figure(tokens: Sequence[Token], at: int) -> bool:
    return any(one.kind in ("NUM", "PCT", "FRACTION") for one in tokens[:at])


THANKS = ("in part to", "partly to", "largely to", "mostly to", "to", "in large part to", "in no small part to")


def _described(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``Twenty are warrant service agreements, the narrowest type, and five …``: of which sort a model is."""
    before = tokens[at - 2]
    if not (before.kind == "MODEL" or before.text.lower() in ("model", "agreement", "agreements")):
        return
    end = next((step for step in range(at, len(tokens)) if tokens[step].kind == "MARK"), len(tokens))
    inside = [word for one in tokens[at:end] for word in one.text.lower().split()]
    described = {*inside[1:]} & (words("superlatives") | words("narrowed"))
    plain = {*inside[1:]} <= words("superlatives") | words("narrowed") | words("of_a_kind")
    if inside[:1] == ["the"] and described and plain and (end == len(tokens) or tokens[end].text in (",", ";", ".")):
        yield Aside(at - 1, end)


def _driven(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``…, lured in part by the promise of money``; ``…, thanks in part to a push by the governor``."""
    low, end = tokens[at].text.lower(), _end(tokens, at)
    inside = tokens[at + 1 : end]
    said = " ".join(one.text.lower() for one in inside)
    opens = (
        low in ("thanks", "thanks to") and (low == "thanks to" or said.startswith(tuple(f"{one} " for one in THANKS)))
    ) or (low in scene_words("driven") and "by" in said.split()[:5])
    if not opens or len(inside) < 2 or len(inside) > MOST_WORDS or not _has_figure(tokens, at):
        return
    if any(one.kind in (*FIGURES, "NAME") for one in inside):
        return
    known = scene_words("of_driven") | {"by", "to", "in", "the", "a", "of"}
    rest = [one for one in inside if not (one.text.lower() in known or set(words_of(one)) <= known)]
    if is_free([one for one in rest if one.kind != "PLACE"], None, frozenset()):
        yield Aside(at - 1, end)


MODALS = frozenset(["would", "will", "could", "may", "might", "should", "must", "if"])
BURDENS = ("train", "vet", "supervise", "oversee", "track", "process", "monitor", "staff", "manage", "handle", "pay")


def _course(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``…, a scale that has stunned observers``; ``…, a pace that outruns ICE's ability to train them``."""
    if tokens[at].text.lower() not in ("a", "an") or tokens[at + 1].text.lower() not in closing("closing_nouns"):
        return
    end = _end(tokens, at)
    body = list(tokens[at + 3 : end])
    if tokens[at + 2].text.lower() not in ("that", "which") or len(body) < 2 or not _has_figure(tokens, at):
        return
    for place in range(len(body) - 1, 0, -1):
        if body[place].text.lower() == "them" and body[place - 1].text.lower() in BURDENS:
            del body[place]
    said = {word for one in body for word in words_of(one)}
    body = [one for one in body if not (one.kind == "NUM" and YEAR.fullmatch(one.text))]
    if said & MODALS or any(one.kind in (*FIGURES, "WHEN", "DURATION") for one in body):
        return
    if is_free_clause([one for one in body if not (one.kind == "ICE" or one.text.lower() in ("has", "have"))]):
        yield Aside(at - 1, end)


COMPARED = ("more", "fewer", "larger", "bigger", "than", "any", "other", "every", "state", "states", "but", "nearly",
            "almost", "the", "most", "of")  # fmt: skip
"""Words by which a place is set against others, in something that is not counted."""


def _of_place(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``Louisiana, which has more detention beds than any state but Texas, has 18 agreements``: of the place alone."""
    if tokens[at].text.lower() != "which" or tokens[at - 2].kind != "PLACE" or tokens[at - 2].text[-2:] in ("'s", "’s"):
        return
    end = _end(tokens, at)
    inside = tokens[at + 1 : end]
    if not 5 <= len(inside) <= MOST_WORDS or end + 1 >= len(tokens) or tokens[end].text != ",":
        return
    if tokens[end + 1].text.lower() not in GOING_ON or not any(one.kind == "UNIT" for one in tokens[end + 1 :]):
        return
    lows = [one.text.lower() for one in inside]
    than = next((place for place, low in enumerate(lows) if low == "than"), 0)
    if not than > 2 or lows[1] not in ("more", "fewer", "larger", "bigger") or not is_finite(tokens, at + 1, at + 1):
        return
    others = [one for one in inside[than:] if one.text.lower() not in COMPARED and one.kind != "PLACE"]
    things = [one for one in inside[1:than] if one.text.lower() not in (*COMPARED, "immigration")]
    if not others and is_free([one for one in things if one.kind != "OTHER"], None, frozenset()):
        yield Aside(at - 1, end + 1)


def _from_to(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``Missouri agencies from Hannibal to Joplin have signed 62``: two towns, before the verb."""
    way = next((place for place in range(at + 1, min(at + 5, len(tokens))) if tokens[place].text.lower() == "to"), 0)
    if way <= at + 1 or not any(one.kind == "PLACE" for one in tokens[:at]):
        return
    end = way + 1
    while end < len(tokens) and end < way + 4 and tokens[end].kind == "WORD" and tokens[end].text[:1].isupper():
        end += 1
    towns = (*tokens[at + 1 : way], *tokens[way + 1 : end])
    plain = end > way + 1 and all(one.kind == "WORD" and one.text[:1].isupper() for one in towns)
    if plain and end < len(tokens) and tokens[end].text.lower() in (*GOING_ON, "have signed", "take", "participate"):
        yield Aside(at, end)


def _peopled(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``…, a state of two million people``: how many live in a place that was named."""
    end = _end(tokens, at)
    lows = [one.text.lower() for one in tokens[at:end]]
    placed = tokens[at - 2].kind == "PLACE" and lows[:1] == ["a"] and lows[1:3] in (["state", "of"], ["county", "of"])
    if placed and 4 <= len(lows) <= 9 and lows[-1] in ("people", "residents", "inhabitants"):
        many = max((one.number or 0 for one in tokens[at:end] if one.kind == "NUM"), default=0)
        if many >= LIVE_THERE:
            yield Aside(at - 1, end if end >= end_of(tokens) else end + 1, "" if end >= end_of(tokens) else ",")


LIVE_THERE = 100_000
"""So many people, and no fewer, are those of a state."""


def _when(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``up from 25 in mid-September, when the grants went out``: what else was so at a time that is stated."""
    if tokens[at].text.lower() != "when" or tokens[at - 2].kind != "WHEN" or not _has_figure(tokens, at):
        return
    end = _end(tokens, at)
    inside = tokens[at + 1 : end]
    barred = (*FIGURES, "UNIT", "SIGN", "TOPIC", "PROGRAM", "NAME", "PLACE", "ICE", "RISE", "FALL")
    rest = [one for one in inside if one.text.lower() not in OF_BEGINNING]
    if len(inside) < 3 or any(one.kind in barred and one in rest for one in inside):
        return
    if is_free(rest, None, frozenset()):
        yield Aside(at - 1, end)


OF_BEGINNING = ("first", "new", "began", "started", "opened", "went", "out", "passed", "took")


def _eager(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``Ohio officials, eager to help, have signed …``: how gladly."""
    end = _end(tokens, at)
    said = [one.text.lower() for one in tokens[at:end]]
    if len(said) < 3 or said[0] not in scene_words("eager") or said[1] != "to" or end >= len(tokens):
        return
    if " ".join(said[2:]) in scene_words("eager_verbs") and tokens[end].text in COMMAS:
        yield Aside(at - 1, end + 1)


GOING_ON = ("has", "have", "had", "is", "are", "now", "accounts for", "holds", "counts", "leads", "signed", "ranks",
            "accounts", "makes", "does", "remains", "still", "trails", "lists", "boasts")  # fmt: skip


def _of_law(tokens: Sequence[Token], at: int) -> Iterator[Aside]:
    """``Texas, whose legislature passed a law requiring sheriffs to join, has 250 agreements``: in declared words."""
    low = tokens[at].text.lower()
    if tokens[at - 2].kind != "PLACE" or tokens[at - 2].text.endswith(("'s", "’s")):
        return
    apposed = low in ("a", "the") and tokens[at + 1].text.lower() in scene_words("apposed_laws")
    if not (apposed or low in scene_words("opening_laws")):
        return
    opener = at + 2 if apposed else at
    if apposed and (opener >= len(tokens) or tokens[opener].text.lower() not in (*scene_words("opening_laws"), "that")):
        return
    end = _end(tokens, at)
    inside = tokens[opener + 1 : end]
    if not 2 <= len(inside) <= MOST_WORDS or not all(_is_of_laws(one) for one in inside):
        return
    said = {word for one in inside for word in one.text.lower().split()}
    if not said & scene_words("asking"):
        return
    if end >= end_of(tokens):
        yield Aside(at - 1, end)
    elif tokens[end].text == "," and end + 1 < len(tokens) and tokens[end + 1].text.lower() in GOING_ON:
        behind = tokens[end + 1 :]
        if any(one.kind == "UNIT" for one in behind):
            yield Aside(at - 1, end + 1)
    elif tokens[end].text == "," and tokens[max(at - 3, 0)].text.lower() == "in":
        yield Aside(at - 1, end + 1, ",")


def _is_of_laws(token: Token) -> bool:
    """Whether a word is of those on what a state's law or officers ask; a year may be that of a law."""
    low = token.text.lower()
    if token.kind in (*FIGURES, "NAME", "PLACE") and not (token.kind == "NUM" and low in scene_words("laws")):
        return False
    return low in scene_words("laws") or set(words_of(token)) <= scene_words("laws")


@cache
def _tails() -> re.Pattern[str]:
    forms = declared.declared_yaml("factcheck/asides_scenes.yml")["feared"]
    return when_needed(rf"(?i)(?P<said>{'|'.join(str(one) for one in forms)})(?=[.,;]|$)")


def _feared(parsed: Parsed) -> Iterator[Aside]:
    """``…, the one that advocates fear most``: what is thought of a model that was named."""
    text = parsed.sentence.text
    found = _tails().search(text) if "the " in text and "most" in text else None
    if found is None:
        return
    first, end = found_at(parsed, found, "said")
    if 2 < first < end and any(one.kind == "MODEL" for one in parsed.tokens[max(first - 4, 0) : first]):
        yield Aside(first, end)
