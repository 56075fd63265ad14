"""Where an agency is that a sentence names: home to Minneapolis, just outside Miami, in southern Utah.

What enters: a parsed sentence with its claims. What leaves: the role of each token of such a stretch. Promise: only in
a sentence whose claims are all of named agencies; of what is counted such words would narrow it.
"""

from collections.abc import Sequence

from ledger287.factcheck.coverage.stretches.segments import DESCRIPTION
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.parsing import Parsed

SETTING = (
    *("home to", "home of", "which includes", "seat of", "just outside", "outside", "near", "a suburb of", "part of"),
    *("east of", "west of", "north of", "south of", "next to", "next door to", "bordering", "around"),
)
"""What opens a stretch on where an agency is: Hennepin County, home to Minneapolis, …"""
COMPASS = ("northern", "southern", "eastern", "western", "central", "southwest", "southeast", "northwest", "northeast",
           "neighboring", "nearby", "adjacent", "adjoining", "rural", "suburban", "coastal")  # fmt: skip


def settings_of(parsed: Parsed, claims: Sequence[Claim]) -> dict[int, str]:
    """Where an agency is that a sentence names, in words that change nothing: its town, its corner of the state.

    Only in a sentence whose claims are all of named agencies: of what is counted such words would narrow it.
    """
    found: dict[int, str] = {}
    if not claims or not all(one.shape in ("holds", "law") for one in claims):
        return found
    tokens = parsed.tokens
    names = [one.span for one in claims if one.shape == "holds"]
    for place, token in enumerate(tokens):
        low = token.text.lower()
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        named = after is not None and any(one.start < after.span.end and after.span.start < one.end for one in names)
        if low in COMPASS and after is not None and (named or after.kind == "PLACE"):
            found[place] = DESCRIPTION
        before = place - 1
        while before > 0 and tokens[before].kind in ("PLACE", "IN", "MARK"):
            before -= 1
        if token.text != "," or not place or not any(one.end >= tokens[before].span.end for one in names):
            continue
        end = next((at for at in range(place + 1, len(tokens)) if tokens[at].text == ","), None)
        stretch = tokens[place + 1 : end] if end is not None else ()
        said = " ".join(one.text for one in stretch)
        opens = next((one for one in SETTING if said.lower().startswith(f"{one} ")), None)
        towns = said[len(opens) :].split() if opens else []
        small = ("and", "the", "of", "de", "city")
        capital = bool(towns) and all(word[0].isupper() or word in small for word in towns)
        if capital and len(towns) <= 6 and not any(one.kind in ("NUM", "WHEN", "MODEL", "NAME") for one in stretch):
            found |= dict.fromkeys(range(place + 1, end or place), DESCRIPTION)
    return found
