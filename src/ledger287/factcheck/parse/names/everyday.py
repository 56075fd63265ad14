"""Everyday wordings of a model in a sentence: confined to jails, only serve warrants, the street model.

What enters: the text of a sentence. What leaves: stretches with the model that each names, in the words of
declared/factcheck/models.yml. Promise: a wording that describes the program ("agreements that let officers …") names no
model, and is left to be read or withheld as any other words.
"""

import re
from collections.abc import Iterator
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed

HINTS = ("jail", "warrant", "street", "patrol", "task force", "detention", "officers", "deputies", "police", "roving",
         "behind bars", "in custody")  # fmt: skip
"""One of them is in every wording."""
TENS = r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
DESCRIBING = when_needed(r"(?i)(?:\b(?:that|which|who)(?: would| will| can)?|,) $")
"""What is before a description of the program as such."""
FOR_JAILS = when_needed(r"(?i)(?<=\bfor )(?:(?:the|their|county|local) )*jails(?=[,.;:]| and\b| while\b| but\b|$)")
"""Agreements "for jails": under either model that works there; next to one for warrants, the jail enforcement model."""
NUMBERED = when_needed(rf"(?i)(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|{TENS})) for $")
COUNTED_THAT = when_needed(rf"(?i)(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|{TENS})) that $")
"""Is behind a number: the 99 that let jailers screen inmates."""
IN_JAILS = when_needed(r"(?i)\b(?:in|inside|within) (?:(?:the|their|county|local) )*jails\b(?! (?:in|of)\b)")
"""Next to a number for warrants, agreements "in jails" are those under the jail enforcement model."""
COUNTED = when_needed(rf"(?i)(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|{TENS})) (?:of them )?$")
SERVING = when_needed(
    r"(?i)\b(?:merely |just |simply )?serves? (?:(?:ICE|ICE's|federal|administrative|civil|immigration) )*warrants"
    r"(?: (?:in|inside|within|at) (?:(?:the|their|local|county) )*jails?)?\b"
)
SERVING_BEHIND = when_needed(
    rf"(?i)(?:(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|{TENS}))(?: of them)? (?:that|to) |"
    r"\b(?:kind|ones|type|sort|agreements|pacts|deals) (?:that|to) )$"
)
"""What is before "serve warrants" where it tells agreements of that model from others."""
VERBS = when_needed(
    r"(?i)^(?:let|lets|allow|allows|allowed|authorize|authorizes|permit|permits|empower|empowers|enable)\b"
)


@cache
def _wordings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = declared.declared_yaml("factcheck/models.yml")
    found = []
    for model, patterns in data["models"].items():
        filled = []
        for pattern in patterns:
            whole = pattern
            for name, part in data["parts"].items():
                whole = whole.replace(f"{{{name}}}", part)
            filled.append(whole)
        found.append((str(model), when_needed(rf"(?i)(?<![\w-])(?:{'|'.join(filled)})(?![\w-])")))
    return tuple(found)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = declared.declared_yaml("factcheck/models.yml")
    return tuple(
        (str(kind), when_needed(rf"(?i)(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])"))
        for kind, patterns in data["kinds"].items()
    )


def kinds_named(text: str, low: str) -> Iterator[tuple[str, int, int]]:
    """Kind of agency, beginning and end of each wording of several words: city and town police departments."""
    if " and " not in low or not ("police" in low or "sheriffs" in low):
        return
    text = text.replace("’", "'")
    for kind, pattern in _kinds():
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()


def everyday(text: str, low: str) -> Iterator[tuple[str, int, int]]:
    """Model, beginning and end of each wording; the longer of two that begin in one place first."""
    if not any(word in low for word in HINTS):
        return
    text = text.replace("’", "'")
    for match in FOR_JAILS.finditer(text) if "for" in low else ():
        if not NUMBERED.search(text[: match.start()]):
            yield ("JEM" if "warrant" in low else "JEM+WSO"), match.start(), match.end()
    for match in IN_JAILS.finditer(text) if "warrant" in low and "jails" in low else ():
        if COUNTED.search(text[: match.start()]):
            yield "JEM", match.start(), match.end()
    for match in SERVING.finditer(text) if "serve" in low else ():
        if SERVING_BEHIND.search(text[: match.start()]):
            yield "WSO", match.start(), match.end()
    for model, pattern in _wordings():
        for match in pattern.finditer(text):
            before = text[: match.start()]
            if not (VERBS.match(match[0]) and DESCRIBING.search(before) and not COUNTED_THAT.search(before)):
                yield model, match.start(), match.end()
