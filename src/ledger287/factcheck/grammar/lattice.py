"""A sentence as edges from word to word: what each stretch of it may be.

What enters: a parsed sentence. What leaves: its words, and for each of them the classes of the stretches that begin
there. Promise: dates, places, numbers, models and names are those that the tokenizer found, and no word within one is
read apart; all other stretches are in the declared word lists (declared/factcheck/grammar/words.yml, lexicon.yml).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.grammar.chart import Edges
from ledger287.factcheck.grammar.meaning import EMPTY, Meaning, meaning
from ledger287.factcheck.parse.lexicon import phrases, plain, split
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

WORD = when_needed(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\d+(?:[.,]\d+)*|[^\w\s]")
DOTTED = when_needed(r"(?:[A-Z]\.){2,}")
SKIPPED = frozenset("-–\"“”'‘’")
"""Marks between words that say nothing."""
CLOSED = ("WHEN", "PLACE", "NUM", "NAME", "MONEY", "PROGRAM", "FRACTION")
"""Kinds of token within which no word is read apart."""
SPANNED = ("THANANY", "MOST", "LEADS", "LEADSIN", "EVERYONE")
"""Classes of phrases that are a figure without a number, of which the place in the text is kept."""
BARE = {"one": "ONE", "a single": "ONE", "no": "ZERO"}
"""Numbers that also are no more than an article: at least one agreement, no agency."""
LOOSE = {"UNIT": "unit", "MODEL": "model", "NATION": "nation"}
"""Kinds of phrase that are taken wherever they are, with the feature that they give."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """A sentence's words with their spans, and the edges between them; the last place has none."""

    spans: tuple[Span, ...]
    edges: Edges


@cache
def word_lists() -> dict[str, list[tuple[tuple[str, ...], str, Meaning]]]:
    """First word -> phrases that begin with it, each with its class and what it means."""
    found: dict[str, list[tuple[tuple[str, ...], str, Meaning]]] = {}
    for kind, some in declared.declared_yaml("factcheck/grammar/words.yml").items():
        rows = some.items() if isinstance(some, dict) else [("", some)]
        for value, texts in rows:
            name, _, feature = str(value).partition("=")
            own = meaning(**{name: _value(feature)}) if name else EMPTY
            for text in texts:
                words = split(str(text))
                if not words:
                    raise ValueError(f"words.yml: {kind}: {text!r} has no word; write marks in rules.yml")
                found.setdefault(words[0], []).append((words, kind, own))
    for first, entries in phrases().items():
        for words, kind, value in entries:
            if kind in LOOSE and kind != "MODEL":
                own = meaning(**{LOOSE[kind]: True if kind == "NATION" else value})
                found.setdefault(first, []).append((words, kind, own))
            elif kind == "HEDGE" and value != "exact":
                found.setdefault(first, []).append((words, kind, meaning(hedge=value)))
    return found


def _value(feature: str) -> object:
    return True if feature in ("", "true") else int(feature) if feature.lstrip("-").isdigit() else feature


def lattice(parsed: Parsed) -> Lattice:
    """The lattice of a sentence."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    tokens = _regions(parsed.tokens)
    closed = [one for one in tokens if one.kind in CLOSED or (one.kind == "MODEL" and " " in one.text)]
    words: list[tuple[str, int, int]] = []
    at = 0
    for token in closed:
        words += _words(text, at, token.span.start - offset)
        words.append(("\0", token.span.start - offset, token.span.end - offset))
        at = max(at, token.span.end - offset)
    words += _words(text, at, len(text))
    edges: Edges = [{} for _ in range(len(words) + 1)]
    starts = {start: place for place, (_, start, _) in enumerate(words)}
    ends = {end: place + 1 for place, (*_, end) in enumerate(words)}
    for place in range(len(words)):
        _phrases(edges, words, place, offset, text)
    for token in tokens:
        first, last = starts.get(token.span.start - offset), ends.get(token.span.end - offset)
        if first is not None and last is not None:
            _token(edges, token, first, last)
    _longest_units(edges)
    _lists(edges)
    spans = tuple(Span(start + offset, end + offset) for _, start, end in words)
    return Lattice(spans, edges)


def _regions(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, those of a region's states (New England) as one of all of them."""
    found: list[Token] = []
    for token in tokens:
        if found and token.kind == "PLACE" == found[-1].kind and token.span == found[-1].span:
            found[-1] = replace(found[-1], value=f"{found[-1].value} {token.value}")
        else:
            found.append(token)
    return found


def _words(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for one in WORD.finditer(text, start, max(start, end)):
        if one[0] in SKIPPED:
            continue
        if DOTTED.fullmatch(one[0]):
            found += [(text[at].lower(), at, at + 2) for at in range(one.start(), one.end(), 2)]
        else:
            found.append((plain(one[0]) or one[0], one.start(), one.end()))
    return found


def _phrases(edges: Edges, words: list[tuple[str, int, int]], place: int, offset: int, text: str) -> None:
    word = words[place][0]
    if word == "\0":
        return
    edges[place].setdefault(f"={word}", []).append((place + 1, EMPTY))
    for phrase, kind, own in word_lists().get(word, ()):
        end = place + len(phrase)
        if (
            end <= len(words)
            and words[end - 1][0] == phrase[-1]
            and tuple(one[0] for one in words[place:end]) == phrase
        ):
            first, last = words[place][1], words[end - 1][2]
            said = (Span(first + offset, last + offset), text[first:last])
            _add(edges, place, end, kind, meaning(said=said) if kind in SPANNED else own)


def _token(edges: Edges, token: Token, place: int, end: int) -> None:
    """The edge of a token; of a date that begins with "and" or "from" also one behind that word."""
    if token.kind == "NUM" and token.number is not None:
        _add(edges, place, end, "NUM", meaning(num=token))
        if token.text.lower() in BARE:
            _add(edges, place, end, BARE[token.text.lower()], EMPTY)
    elif token.kind == "FRACTION" and token.number is not None:
        _add(edges, place, end, "FRACTION", meaning(num=token))
    elif token.kind == "PLACE":
        own = token.text.lower().endswith(("'s", "’s", "s'", "s’", "'", "’"))
        _add(edges, place, end, "OWNER" if own else "PLACE", meaning(place=tuple(token.value.split())))
    elif token.kind == "MODEL":
        _add(edges, place, end, "MODEL", meaning(model=token.value))
    elif token.kind == "WHEN" and token.dated:
        _add(edges, place, end, "WHEN", meaning(when=(token.dated,)))
        prep = token.dated.prep or "at"
        _add(edges, place, end, f"WHEN_{prep.split()[0].upper()}", meaning(when=(token.dated,)))
    elif token.kind == "TIMESWORD":
        _add(edges, place, end, "MULT", meaning(num=replace(token, number=float(token.value))))
    elif token.kind in ("PCT", "TIMES", "HEDGEAFTER"):
        hedge = meaning(hedge=token.value) if token.kind == "HEDGEAFTER" else EMPTY
        _add(edges, place, end, token.kind, hedge)
    elif token.kind == "WORD" and token.text[:1].isupper() and place:
        _add(edges, place, end, "CAP", EMPTY)
    elif token.kind == "PROGRAM":
        _add(edges, place, end, "PROGRAM", EMPTY)
    elif token.kind == "RANK" and token.value.lstrip("-").isdigit():
        _add(edges, place, end, "RANKED", meaning(rank=int(token.value), said=(token.span, token.text)))


def _longest_units(edges: Edges) -> None:
    """Of several things counted that end at one word, the one with the longest name: state agencies, not agencies."""
    ends: set[int] = set()
    for some in edges:
        units = some.get("UNIT", [])
        longest = max((end for end, _ in units), default=0)
        some["UNIT"] = [one for one in units if one[0] == longest and longest not in ends]
        ends.add(longest)
        if not some["UNIT"]:
            some.pop("UNIT")


def _lists(edges: Edges) -> None:
    """Places in a row ("Texas, Florida and Georgia") as one, from each of them that can begin one."""
    for start in range(len(edges)):
        for end, own in edges[start].get("PLACE", ()):
            places, at = dict(own)["place"], end
            while at < len(edges):
                comma = at + ("=," in edges[at])
                joined = comma + bool({"=and", "=or"} & set(edges[comma])) if comma < len(edges) else comma
                following = edges[joined].get("PLACE", ()) if at < joined < len(edges) else ()
                if not following:
                    break
                at, places = following[0][0], (*places, *dict(following[0][1])["place"])
                _add(edges, start, at, "PLACES", meaning(place=places))


def _add(edges: Edges, place: int, end: int, kind: str, own: Meaning) -> None:
    some = edges[place].setdefault(kind, [])
    if (end, own) not in some:
        some.append((end, own))
