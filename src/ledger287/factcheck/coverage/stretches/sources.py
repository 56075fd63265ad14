"""Who says so and where it is printed: the words of a source next to the figures.

What enters: a parsed sentence. What leaves: the places of its words that are of a source, with their role.
"""

from collections.abc import Sequence

from ledger287.core.patterns import when_needed
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

SOURCE = "who says so"


def words_of(token: Token) -> list[str]:
    return token.text.lower().replace("’", "'").replace("'s", "").replace("s'", "s").replace("-", " ").split()


def sources_in(parsed: Parsed) -> dict[int, str]:
    """``according to …`` to the end of its clause; ``…, the sheriff said``; ``ICE says that``."""
    found: dict[int, str] = {}
    tokens = parsed.tokens
    for place, token in enumerate(tokens):
        low = token.text.lower()
        following = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
        if (low == "according" and following == "to") or (low == "per" and place and tokens[place - 1].text == ","):
            found |= dict.fromkeys(_source_run(parsed, place), SOURCE)
        elif low in neutral("attributing") and place and tokens[place - 1].kind in ("ICE", "PROGRAM"):
            found[place] = SOURCE
        elif low in neutral("attributing") and place and tokens[place].kind in ("WORD", "SIGN"):
            found |= dict.fromkeys(_saying(parsed, place), SOURCE)
    return found


def opening_source(parsed: Parsed) -> dict[int, str]:
    """``The council (AC), a nonpartisan organization, reported that``: who says so, from the opening to "that"."""
    tokens = parsed.tokens
    start = 0
    for place, token in enumerate(tokens[:-1]):
        if token.kind == "WHEN" and tokens[place + 1].text == ",":
            start = place + 2
        elif token.text.lower() in neutral("attributing") and tokens[place + 1].text.lower() == "that":
            said = tokens[start:place]
            known = said and all(is_source(one, 1) or one.text in (",", "(", ")", "“", "”", '"') for one in said)
            placed = any(one.kind == "PLACE" and not _belongs(parsed, at + start) for at, one in enumerate(said))
            return dict.fromkeys(range(start, place + 2), SOURCE) if known and not placed else {}
    return {}


def opening_list(parsed: Parsed) -> dict[int, str]:
    """``The federal roster, last updated Friday, showed``: the list that says so, up to its verb, but its day."""
    tokens = parsed.tokens
    start = 2 if len(tokens) > 2 and tokens[0].kind == "WHEN" and tokens[1].text == "," else 0
    start = 1 if tokens and tokens[0].kind == "WHEN" and not start else start
    noun = next((at for at in range(start, min(start + 7, len(tokens))) if _is_list(tokens[at])), None)
    if noun is None or not all(is_source(one, 1) and one.kind != "PLACE" for one in tokens[start:noun]):
        return {}
    for at in range(noun + 1, min(noun + 12, len(tokens))):
        low = tokens[at].text.lower()
        if low in neutral("listing"):
            return {place: SOURCE for place in range(start, at + 1) if tokens[place].kind != "WHEN"}
        if not (tokens[at].kind == "WHEN" or tokens[at].text == "," or low in neutral("dating")):
            return {}
    return {}


def _is_list(token: Token) -> bool:
    return set(words_of(token)) <= neutral("lists")


def _source_run(parsed: Parsed, start: int) -> range:
    end = start
    for place in range(start, len(parsed.tokens)):
        token = parsed.tokens[place]
        if _is_name_point(parsed.tokens, place):
            continue
        if not is_source(token, place) or (token.kind == "PLACE" and not _belongs(parsed, place)):
            break
        end = place + 1
    return range(start, end + _tracking(parsed, end))


TRACKING = when_needed(
    r"(?:who|which|that) (?:(?:has|have) )?(?:closely )?(?:tracks?|tracked|studies|studied|follows|followed|monitors|"
    r"monitored|researches|researched|compiles?|compiled|keeps?|maintains?|reviews?|reviewed|"
    r"analyzes?|analyzed|checks?|watches)"
    r"(?: (?:them|it|the|a|such|these|its|own|program|agreements|deals|issue|data|list|tally|figures|numbers|287\(g\)|"
    r"immigration|enforcement|policy|closely|for|years|decades|weekly|daily|online|often|regularly|spreadsheet|roster))+$"
)
"""What somebody does who says so: a researcher who tracks them."""


def _tracking(parsed: Parsed, end: int) -> int:
    """How many tokens behind a source tell that it keeps track of the program."""
    tokens = parsed.tokens
    stop = next((at for at in range(end, len(tokens)) if tokens[at].kind == "MARK"), len(tokens))
    start = end - (end > 0 and tokens[end - 1].text.lower() in ("that", "which"))
    said = " ".join(one.text.lower() for one in tokens[start:stop])
    return stop - end if said.startswith(("who ", "which ", "that ")) and TRACKING.match(said) else 0


def _belongs(parsed: Parsed, place: int) -> bool:
    """Whether a place is part of the name of who says so: the Texas Tribune; Florida's list."""
    after = parsed.tokens[place + 1] if place + 1 < len(parsed.tokens) else None
    owns = parsed.tokens[place].text.endswith(("'s", "’s", "'", "’"))
    behind = [one.text for one in parsed.tokens[max(place - 2, 0) : place]]
    if len(behind) == 2 and behind[1].lower() == "of" and behind[0][0].isupper():
        return True
    return after is not None and (
        owns or after.text[0].isupper() or after.text.lower() in ("officials", "records", "law", "state")
    )


NO_ONE = (
    "nobody",
    "no",
    "none",
    "neither",
    "nothing",
    "never",
    "few",
    "hardly",
    "not",
    "nor",
    "if",
    "unless",
    "whether",
)
"""Words that say that somebody does not say so."""


def is_source(token: Token, place: int) -> bool:
    if token.kind in ("ICE", "PROGRAM", "NAME") or token.text.lower() == "most recent":
        return True
    if token.text.lower() in NO_ONE:
        return False
    if token.kind in ("NUM", "MONEY", "FRACTION", "RANK", "MODEL", "PENDING", "HEDGE", "LEAVE") or token.kind == "MARK":
        return False
    return (token.text[0].isupper() and place > 0) or all(word in neutral("sources") for word in words_of(token))


def _is_title_point(tokens: Sequence[Token], at: int) -> bool:
    """Whether a point is that of a shortened title: Gov. Jane Roe said that …"""
    return at > 0 and tokens[at].text == "." and tokens[at - 1].text.lower() in neutral("titles")


def _is_name_point(tokens: Sequence[Token], at: int) -> bool:
    """Whether a point is within a name: St. Louis."""
    within = 0 < at < len(tokens) - 1 and tokens[at].text == "." and tokens[at + 1].text[:1].isupper()
    return within and tokens[at - 1].text.lower() in ("st", "ste", "mt", "ft")


def _saying(parsed: Parsed, place: int) -> range:
    """The words around a verb of saying: its subject before it at either end of the sentence, or behind it."""
    tokens = parsed.tokens
    start = place
    while start and (is_source(tokens[start - 1], start if start > 1 else 1) or _is_title_point(tokens, start - 1)):
        start -= 1
    opens = start == 0 or tokens[start - 1].text in (",", "”", '"')
    end = place + 1
    while end < len(tokens) and is_source(tokens[end], end) and tokens[end].kind not in ("PLACE", "WHEN"):
        end += 1
    closes = end == len(tokens) or tokens[end].text in (".", "”", '"', ":")
    said_when = end + 1 < len(tokens) and tokens[end].kind == "WHEN" and tokens[end + 1].text in (".", "”", '"')
    closes = closes or said_when or (end + 1 == len(tokens) and tokens[end].kind == "WHEN")
    if start and tokens[start - 1].text == "," and end < len(tokens) and tokens[end].text == "," and end > start + 1:
        return range(start, end)  # …, ICE's website says, …
    said = end < len(tokens) and tokens[end - 1].text.lower() in ("that", "how")
    if opens and not closes and said:
        return range(start, end)
    if opens and (closes or start == 0):
        follow = place + 1
        while follow < len(tokens) and tokens[follow].text.lower() in ("the", "news", "that"):
            follow += 1
        return range(start, end if closes else follow)
    return range(start, end) if closes and start and tokens[start - 1].text in (",", "”") else range(0)
