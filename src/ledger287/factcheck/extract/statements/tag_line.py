"""A sentence as a line of tags and words, in which patterns name every token of their stretch.

What enters: a parsed sentence. What leaves: the line, and the way back from its stretches to the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed, names_state

TAGS = {"PLACE": "#P", "MODEL": "#M", "PROGRAM": "#R", "NATION": "#N", "WHEN": "#W", "NAME": "#A", "NUM": "#1",
        "RISE": "#+", "FALL": "#-"}  # fmt: skip
"""Kinds of token that a pattern names by kind; units are ``#U:agreements``, every other token its own words."""


@dataclass(frozen=True, slots=True)
class TagLine:
    """A sentence as one line of tags, with the place of each token in it."""

    parsed: Parsed
    text: str
    starts: tuple[int, ...]

    def tokens(self, first: int, last: int) -> Sequence[Token]:
        """The tokens of a stretch of the line."""
        return [one for one, at in zip(self.parsed.tokens, self.starts, strict=True) if first <= at < last]

    def span(self, first: int, last: int) -> Span:
        """The stretch of the article that a stretch of the line is."""
        tokens = self.tokens(first, last)
        return Span(tokens[0].span.start, tokens[-1].span.end)

    def value(self, found: re.Match[str], *groups: str) -> str | None:
        """The value of the first token of the first of some groups that matched."""
        for group in groups:
            if group in found.re.groupindex and found[group]:
                return self.tokens(*found.span(group))[0].value
        return None


def line_of(parsed: Parsed) -> TagLine:
    """The line of tags of a sentence."""
    parts, starts, at = [], [], 0
    for token in parsed.tokens:
        tag = _tag(token)
        parts.append(tag)
        starts.append(at)
        at += len(tag) + 1
    return TagLine(parsed, _joined(" ".join(parts)), tuple(starts))


def _tag(token: Token) -> str:
    if token.kind == "UNIT":
        return f"#U:{token.value}"
    low = token.text.lower().replace("’", "'")
    if token.kind == "NUM" and low in ("no", "none", "one"):
        return low
    if names_state(token):
        return "#P"
    return TAGS.get(token.kind) or SPACES.sub("_", low)


SPACES = when_needed(r"\s+")
PHRASES = when_needed(
    r"\b(?:almost all|nearly all|virtually all|the vast majority|the majority|a majority|the bulk|"
    r"the lion's share|every single|every one|"
    r"not one|not every|not all|a single|take part|takes part|taken part)\b"
)


def _joined(text: str) -> str:
    """Phrases of several tokens as one, the length kept."""
    return PHRASES.sub(lambda found: found[0].replace(" ", "_") if " part" not in found[0] else found[0], text)


SPELLING = when_needed(
    r"(?i)\b(?:among|every|each|all|none|neither|not|most|majority|bulk|lion|number|more|fewer|surpass\w*|overt(?:ook|aken)|pass(?:ed|es)|out(?:pace|number|rank)\w*|exceed\w*|top(?:s|ped)|beats|trails|lags)\b|n[’']t\b"
)
"""A word that each of the patterns has."""
