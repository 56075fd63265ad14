"""Decides the tokens whose kind depends on their neighbors, and finds the words that connect two numbers.

What enters: the tokens of a sentence in their order. What leaves: the same with hedges, "from", "to", "of", "in" and
"no" decided. Promise: the number of words stays; only kinds change.
"""

from dataclasses import replace

from ledger287.factcheck.parse.contests import rivals
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Token

NUMBERED = ("NUM", "MONEY", "FRACTION")


def decided_kinds(tokens: list[Token]) -> list[Token]:
    """Tokens whose kind depends on their neighbors, decided: hedges, from, to, of and in before a number."""
    found = list(tokens)
    for place in range(len(found) - 1, -1, -1):
        token = found[place]
        low = token.text.lower()
        after = found[place + 1] if place + 1 < len(found) else None
        before = found[place - 1] if place else None
        numbered = after is not None and after.kind in (*NUMBERED, "HEDGE")
        if low == "under" and before and before.text.lower() in WORKING:
            found[place] = replace(token, kind="WORD")  # work under 66 agreements: by virtue of them
        elif token.kind == "HEDGE" and not (numbered or (after and after.kind == "TIMESWORD")):
            kind = (
                "FILL"
                if token.text.lower()
                in ("all", "the", "its", "their", "these", "those", "additional", "current", "currently", "now")
                else "WORD"
            )
            found[place] = replace(token, kind={"below": "WORD", "over": "WORD"}.get(token.value, kind))
        elif token.kind == "HEDGEAFTER" and not (before and before.kind in NUMBERED):
            found[place] = replace(token, kind="WORD")
        elif low == "past" and before and before.kind == "RISE" and after and after.kind == "NUM":
            found[place] = replace(token, kind="HEDGE", value="over")
        elif low == "from" and before and before.kind == "UNIT" and _of_states(found[place + 1 : place + 3]):
            found[place] = replace(token, kind="IN")
        elif token.kind in ("FROM", "TO") and not numbered:
            found[place] = replace(token, kind="IN" if token.text.lower() == "from" else "WORD")
        elif token.kind in ("PCT", "POINTS", "TIMES") and not (before and before.kind == "NUM"):
            found[place] = replace(token, kind="WORD")
        elif low in OF_MODELS and (_names_model(found[place + 1 : place + 4]) or _for_model(found, place)):
            found[place] = replace(token, kind="MODEL", value=OF_MODELS[low])
        elif (
            token.kind == "FALL"
            and low in FALLING_UNDER
            and after
            and after.text.lower() in ("under", "into", "within")
        ):
            found[place] = replace(token, kind="IN")
        elif token.kind == "PLACE" and _of_counties(found, place):
            found[place] = replace(token, kind="WORD")
        elif token.kind == "STATEWIDE" and low == "the state" and after and after.text.lower() in OF_STATE:
            found[place] = replace(token, kind="WORD", value="state")
        elif token.kind == "UNIT" and after and after.kind in ("UNIT", "OTHER"):
            found[place] = replace(token, kind="FILL")
        elif (low == "none" and _is_zero(before, after)) or (low == "no" and _counts(found[place + 1 : place + 6])):
            found[place] = replace(token, kind="NUM", value="", number=0.0)
    return _linked(_alternatives(_founded(found)))


ALTERNATIVES, ALL_OF_THEM = "alternatives", "all alternatives"
"""Values of the tokens of a list of small numbers of which any may be meant."""
MOST_MODELS = 3
"""So many models there are: one, two or three agreements is as many as any agency has."""


def _alternatives(tokens: list[Token]) -> list[Token]:
    """``one, two or three agreements``: numbers that are left open count nothing."""
    found = list(tokens)
    for place, token in enumerate(tokens):
        if token.text.lower() == "or more" and place and tokens[place - 1].number == 1 and _is_small(tokens[place - 1]):
            for at in (place - 1, place):
                found[at] = replace(tokens[at], kind="WORD", value=ALL_OF_THEM, number=None)
        if token.text.lower() != "or" or not 0 < place < len(tokens) - 1:
            continue
        one, other = tokens[place - 1], tokens[place + 1]
        more = other.text.lower() == "more"
        if not _is_small(one) or not (_is_small(other) or more):
            continue
        start = place - 1
        while start >= 2 and tokens[start - 1].text == "," and _is_small(tokens[start - 2]):
            start -= 2
        every = tokens[start].number == 1 and (more or other.number == MOST_MODELS)
        if not more and (other.number or 0) <= (one.number or 0):
            continue
        for at in range(start, place + 2):
            found[at] = replace(tokens[at], kind="WORD", value=ALL_OF_THEM if every else ALTERNATIVES, number=None)
    return found


def _is_small(token: Token) -> bool:
    return token.kind == "NUM" and token.number is not None and token.number <= MOST_MODELS


OF_STATE = (
    *("prison", "police", "corrections", "legislature", "capitol", "senate", "house", "lawmakers", "department"),
    *("patrol", "law", "attorney", "agency", "agencies", "official", "officials", "budget", "university", "highway"),
)
"""What "the state" only describes: the state prison agency is no place where something is counted."""
WORKING = ("work", "works", "working", "worked", "operate", "operates", "operating", "operated", "act", "acting",
           "serve",
           "serving", "function", "functioning", "trained", "deputized", "authorized", "partner", "cooperate", "made",
           "done", "carried", "conducted", "covered", "bound", "officers", "deputies", "agencies")  # fmt: skip
"""Before "under" and a number of agreements: so many, not fewer."""
FALLING_UNDER = ("fall", "falls", "fell")
"""Say of agreements which model they have, where "under" follows."""


def _of_states(tokens: list[Token]) -> bool:
    """Whether a number of states follows: agencies from 40 states."""
    return [one.kind for one in tokens] == ["NUM", "UNIT"] and tokens[1].value in ("states", "counties", "territories")


def _of_counties(tokens: list[Token], place: int) -> bool:
    """Whether a state's name is a county's, in a list with another: in Garrett and Washington counties."""
    if place == 1 and tokens[0].text == "In" and tokens[2:3] and tokens[2].text == "," and tokens[1].value != "WA":
        return False  # In Georgia, Fulton and Hall counties …: of that state
    end = place + 1
    while end < len(tokens) and (tokens[end].text == "," or tokens[end].text == "and" or tokens[end].text[0].isupper()):
        end += 1
    if end == len(tokens) or tokens[end].text != "counties":
        return False
    start = place
    while start and (
        tokens[start - 1].text == "," or tokens[start - 1].text == "and" or tokens[start - 1].text[0].isupper()
    ):
        start -= 1
    listed = tokens[max(start, 1) : end]
    return any(token.kind == "WORD" and token.text not in (",", "and") for token in listed)


OF_MODELS = {"jail": "JEM", "jails": "JEM", "warrant": "WSO", "warrants": "WSO"}
"""Words that name a model before "agreements" alone."""


def _for_model(tokens: list[Token], place: int) -> bool:
    """Whether a number is "for jails" next to a model: 797 task force agreements, 153 for jails."""
    counted = place > 0 and tokens[place - 1].kind == "NUM"
    for_it = place > 1 and tokens[place - 1].text.lower() == "for" and tokens[place - 2].kind == "NUM"
    if not (counted or for_it):
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    closed = after is None or after.kind == "MARK" or after.text.lower() in ("and", "while", "but")
    return closed and any(token.kind == "MODEL" for token in tokens)


def _names_model(tokens: list[Token]) -> bool:
    """Whether "agreements" follows, with no more between than another word of a model: jail and warrant agreements."""
    for token in tokens:
        if token.kind == "UNIT":
            return token.value in ("agreements", "partnerships")
        if token.text.lower() in ("models", "programs", "versions"):
            return True
        if token.kind not in ("MODEL", "PROGRAM") and token.text.lower() not in ("and", *OF_MODELS):
            return False
    return False


FOUNDING = "founding"
"""The value of tokens that tell when the program or a model began, in a clause of its own."""


def _founded(tokens: list[Token]) -> list[Token]:
    """``The program, which was created in 1996, …``: the year is of the program, and dates no figure."""
    for place, token in enumerate(tokens):
        if token.text.lower() != "which" or not place or tokens[place - 1].text != ",":
            continue
        end = next((at for at in range(place, len(tokens)) if tokens[at].text in (",", ".", ";")), len(tokens))
        before = tokens[max(place - 3, 0) : place - 1]
        of_program = any(one.kind in ("PROGRAM", "MODEL", "TOPIC") for one in before)
        if not of_program:
            continue
        clause = tokens[place:end]
        said = [word for one in clause if one.kind != "WHEN" for word in one.text.lower().split()]
        if any(one.kind == "WHEN" for one in clause) and set(said) <= words("founding"):
            plain = [replace(one, kind="WORD", value=FOUNDING, dated=None) for one in clause]
            return [*tokens[:place], *plain, *tokens[end:]]
    return tokens


def _is_zero(before: Token | None, after: Token | None) -> bool:
    """Whether "none" is a number: Illinois has none; none remain."""
    held = before is not None and (
        before.text.lower() in ("has", "have", "had", "with", "holds", "counts") or before.kind in ("FROM", "PLACE")
    )
    left = after is not None and after.text.lower() in ("remain", "remained", "exist", "existed")
    return held or left


def _counts(tokens: list[Token]) -> bool:
    """Whether a unit follows, with nothing but its own words before it: no 287(g) agreements."""
    for token in tokens:
        if token.kind == "UNIT":
            return token.text.lower() not in (
                "deal",
                "contract",
                "arrangement",
                "law enforcement",
                "state",
            )
        if token.kind not in ("FILL", "PROGRAM", "MODEL", "SIGN", "PENDING", "PLACE"):
            return False
    return False


def _linked(tokens: list[Token]) -> list[Token]:
    """``of the``, ``out of``, ``in``, ``to`` and ``and`` between two numbers, as OFN, INN and RANGE."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        low = token.text.lower()
        if token.kind in ("IN", "WORD", "FILL", "TO") and low in ("of", "out", "in", "to", "and", "or"):
            kind, length = _link(tokens, place)
            if kind == "OFN" and len(found) >= 2 and found[-2].kind == "INN":
                kind, length = "", 1
            if kind == "OFN":
                found.append(replace(token, kind="OFN"))
                found += [
                    replace(one, kind="WHOSE") for one in tokens[place + 1 : place + length] if one.kind != "HEDGE"
                ]
                found += [one for one in tokens[place + 1 : place + length] if one.kind == "HEDGE"]
                place += length
                continue
            if kind:
                found.append(replace(token, kind=kind))
                place += length
                continue
        found.append(token)
        place += 1
    return found


def _link(tokens: list[Token], place: int) -> tuple[str, int]:
    low = tokens[place].text.lower()
    before = found_before(tokens, place)
    at = place + 1
    if low == "out":
        if at >= len(tokens) or tokens[at].text.lower() != "of":
            return "", 1
        at += 1
    if low in ("of", "out"):
        steps = 0
        every = False
        while at < len(tokens) and steps < 3 and tokens[at].kind not in NUMBERED:
            if tokens[at].kind not in (
                "HEDGE",
                "NATION",
                "PLACE",
                "STATEWIDE",
                "SAMEPLACE",
                "FILL",
                "EVERY",
            ) and tokens[at].text.lower() not in ("the", "its", "their", "those", "all", "nation's", "a"):
                return "", 1
            every = every or tokens[at].kind == "EVERY"
            at += 1
            steps += 1
        if at < len(tokens) and tokens[at].kind == "NUM" and before is not None:
            return ("INN", at - place) if every else ("OFN", at - place)
        return "", 1
    after = tokens[at] if at < len(tokens) else None
    direct = place > 0 and tokens[place - 1].kind == "NUM"
    if after is None or before is None:
        return "", 1
    if low == "in" and not direct:
        return ("INN", 1) if _is_ratio(tokens, place, before) else ("", 1)
    if not direct:
        return "", 1
    if low == "in":
        at += after.kind == "EVERY"
        other = tokens[at] if at < len(tokens) else None
        small = (
            other is not None
            and other.kind == "NUM"
            and (before.number or 0) <= 9
            and (before.number or 0) < (other.number or 0) <= 20
        )
        return ("INN", at - place) if small else ("", 1)
    if after.kind == "NUM" and low in ("to", "and", "or"):
        lead = tokens[place - 2].text.lower() if place >= 2 else ""
        from_ = lead == "from" or tokens[max(place - 2, 0)].kind == "FROM"
        around = tokens[place - 3].text.lower() if place >= 3 else ""
        low_end, high_end = tokens[place - 1].number or 0, after.number or 0
        if not low_end <= high_end <= 20 * max(low_end, 1) or (low == "to" and rivals(tokens, place - 1)):
            return "", 1
        if low == "to" and (not from_ or around in ("somewhere", "anywhere", "ranging", "ranges", "ranged")):
            return "RANGE", 1
        if low == "and" and lead == "between":
            return "RANGE", 1
    return "", 1


def _is_ratio(tokens: list[Token], place: int, before: Token) -> bool:
    """Whether a noun is inside a ratio: four Arkansas agencies in 10."""
    after, following = tokens[place + 1], tokens[place + 2] if place + 2 < len(tokens) else None
    whole = after.kind == "NUM" and after.number in (3, 4, 5, 10, 100) and (before.number or 0) < (after.number or 0)
    bare = following is None or following.kind not in ("UNIT", "FILL", "OTHER", "DURATION", "PLACE", "MODEL")
    return whole and bare


def found_before(tokens: list[Token], place: int) -> Token | None:
    """The number before a link, at most a few words back: 7 [law enforcement agencies] of the 90."""
    for back in range(place - 1, max(place - 7, -1), -1):
        if tokens[back].kind == "NUM":
            return tokens[back]
        if tokens[back].kind not in (
            "UNIT",
            "FILL",
            "MODEL",
            "PENDING",
            "PROGRAM",
            "PLACE",
            "SIGN",
            "OTHER",
            "HEDGEAFTER",
        ):
            return None
    return None
