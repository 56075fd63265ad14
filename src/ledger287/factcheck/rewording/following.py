"""What leans on the sentence before it: "It now has 68", "Today, 70 do", "Now it's 27".

What enters: two parsed sentences that follow each other. What leaves: the second one with the words of the first that
it leaves out. Promise: only where the first has one count and one place or kind to go on with, and the second has one
number and says nothing else of what it counts; its own day stays.
"""

import re

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Span
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.rewording.making import Piece, taken

HEDGES = r"(?:(?:just|only|about|nearly|almost|more than|at least|roughly|some|fewer than|around|over) )*"
BARE = r"(?:[\d,]*\d|[a-z]+(?:-[a-z]+)?)"
NUMBER = rf"(?P<number>{HEDGES}{BARE})"
NOW = r"(?P<now>(?:Today|Now|This (?:week|month|spring|summer|fall|winter)|As of (?:this|last) week|By now))"
DO = when_needed(rf"^{NOW},? {NUMBER} (?:do|are|have|did|has|does)(?= ?[,.;]|$)")
IT_IS = when_needed(
    rf"^{NOW},? (?:it is|it[’']s|there are|it stands at|the number is|the figure is) {NUMBER}(?= ?[,.;]|$)"
)
PLACED = when_needed(
    rf"^(?P<it>It|The state|The commonwealth)(?= (?:now |today |currently |already )*(?:has|had|counts|lists|is up to) "
    rf"{HEDGES}{BARE}(?:[ ,.;]|$))"
)
PRESENT = {"had": "have", "took": "take", "were": "are", "was": "are", "held": "hold", "participated": "participate"}


def following(parsed: Parsed, before: Parsed) -> list[Piece] | None:
    """The pieces of a sentence that leans on the one before it; None where it leans on nothing that is plain."""
    return (
        _of_place(parsed, before)
        or _of_agencies(parsed, before)
        or _up_from(parsed, before)
        or _done_so(parsed, before)
        or _of_count(parsed, before)
        or _without_one(parsed, before)
    )


THEY_HOLD = when_needed(
    r"^(?P<they>They|The agencies|These agencies|Those agencies|Together they) "
    r"(?=(?:now |together |all )?(?:hold|have|held|had|share|run) )"
)


def _of_agencies(parsed: Parsed, before: Parsed) -> list[Piece] | None:
    """``They hold 22 agreements``: the agencies of the one state that the sentence before counts them in."""
    found = THEY_HOLD.match(parsed.sentence.text)
    places = [at for at, one in enumerate(before.tokens) if one.kind == "PLACE"]
    counts = [one for one in before.amounts if one.kind == "counted" and one.noun and one.noun.unit == "agencies"]
    if not found or len(places) != 1 or len(counts) != 1 or len(before.amounts) != 1:
        return None
    if any(one.kind in APART for one in before.tokens) or UNDONE.search(before.sentence.text):
        return None
    offset = parsed.sentence.span.start
    they = Span(offset, offset + found.end("they"))
    state = before.tokens[places[0]].text.removesuffix("’s").removesuffix("'s")
    return [Piece(f"Agencies in {state}", they), taken(parsed.sentence, found.end("they"), len(parsed.sentence.text))]


APART = ("NAME", "MODEL", "LEAVE", "PENDING")
"""What a sentence is about that is not all of a state's agencies."""
DONE_SO = when_needed(r"\b(?P<has>has|have|had) (?P<done>done so|done the same|done likewise|followed suit)\b")
SIGNED = when_needed(
    r"\b(?:signed(?: up| on)?|joined|enrolled|entered into)"
    r"(?= so far| with ICE| one\b| in \d| this | last | since |[.,;]|$| (?:an?|the|such|its|their|one of the)?"
    r"(?: ?(?:new|revived|formal|287\(g\)|task force|jail|ICE))* ?(?:agreement|deal|pact|contract|program)s?\b)"
)
UNDONE = when_needed(
    r"(?i)\b(?:not|never|no|none|neither|without|if|would|could|may|might|will|plans?|asked|applied|of them)\b|n[’']t\b"
)


def _done_so(parsed: Parsed, before: Parsed) -> list[Piece] | None:
    """``Across Texas, at least 300 have done so``, behind a sentence on agencies that signed."""
    found = DONE_SO.search(parsed.sentence.text)
    if not found or not SIGNED.search(before.sentence.text) or UNDONE.search(before.sentence.text):
        return None
    if any(one.kind in ("MODEL", "LEAVE", "PENDING") for one in before.tokens):
        return None
    offset, length = parsed.sentence.span.start, len(parsed.sentence.text)
    done = Span(offset + found.start("done"), offset + found.end("done"))
    rest = taken(parsed.sentence, found.end("done"), length)
    return [taken(parsed.sentence, 0, found.start("done")), Piece("signed agreements", done), rest]


NEITHER = when_needed(
    r"^Neither (?:do|does|did) (?P<places>[A-Z][\w.]*(?:(?:, | and | or | nor )?[A-Z][\w.]*)*)(?P<end>\.?)$"
)
HAS_NONE = when_needed(r"(?P<has>\b(?:has|have|had) )(?P<none>none)(?=\.?$)")
ARE_NOT = when_needed(r"(?P<not>(?:is|are|was|were) not)(?=\.?$)")
OF_PROGRAM = when_needed(
    r"(?i)\b(?:enrolled|program|taking part|take part|participat\w+|on (?:ICE[’']s|the) list|agreements?)\b"
)


def _without_one(parsed: Parsed, before: Parsed) -> list[Piece] | None:
    """``Puerto Rico has none``; ``Neither do Vermont and Hawaii``; ``Provo's police are not``: no agreement."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    if not OF_PROGRAM.search(before.sentence.text) or parsed.sentence.quoted:
        return None
    neither = NEITHER.match(text)
    if neither and any(one.kind == "PLACE" for one in parsed.tokens):
        if not LACKING.search(before.sentence.text):
            return None
        places = Span(offset + neither.start("places"), offset + neither.end("places"))
        return [Piece(neither["places"], places), Piece(" have no agreements.", Span(places.end - 1, places.end))]
    none = HAS_NONE.search(text)
    if none and not any(one.kind in ("UNIT", "MODEL", "TOPIC") for one in parsed.tokens):
        here = Span(offset + none.start("none"), offset + none.end("none"))
        return [taken(parsed.sentence, 0, none.start("none")), Piece("no agreements", here)]
    are_not = ARE_NOT.search(text)
    if are_not and not OF_PROGRAM.search(text):
        end = offset + are_not.end()
        return [taken(parsed.sentence, 0, are_not.end()), Piece(" in the program.", Span(end - 1, end))]
    return None


LACKING = when_needed(
    r"(?i)\b(?:has|have|had) (?:no|none)\b|\b(?:do|does|did) not\b|n[’']t\b|\bno (?:agreements?|participating)\b"
)


def _of_place(parsed: Parsed, before: Parsed) -> list[Piece] | None:
    """``It now has 68``: the state with which the sentence before opens, the only one that it names."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    found = PLACED.match(text)
    tokens = before.tokens
    named = {one.value for one in tokens if one.kind == "PLACE"}
    if not found or len(named) != 1 or tokens[0].kind != "PLACE" or not parsed.amounts:
        return None
    if any(one.kind == "PLACE" for one in parsed.tokens[: parsed.amounts[0].first]):
        return None
    if (
        tokens[0].text.endswith(("'s", "’s", "'", "’"))
        or len(tokens) < 3
        or tokens[1].kind in ("UNIT", "NAME", "OTHER")
    ):
        return None
    if any(one.kind == "NAME" for one in tokens):
        return None  # Alabama had one, in Etowah County. It now has 71: the state, or the county
    rest = _with_noun(parsed, before, found.end())
    return [Piece(tokens[0].text, Span(offset, offset + found.end("it"))), *rest]


def _with_noun(parsed: Parsed, before: Parsed, start: int) -> list[Piece]:
    """The rest of a sentence; a number without a noun has that of the one count of the sentence before."""
    text = parsed.sentence.text
    bare = parsed.amounts[0] if len(parsed.amounts) == 1 and parsed.amounts[0].noun is None else None
    counts = [one for one in before.amounts if one.kind == "counted" and one.noun and one.noun.unit]
    rest = taken(parsed.sentence, start, len(text))
    if bare is None or bare.kind != "counted" or not counts:
        return [rest]
    units = {one.noun.unit for one in counts if one.noun}
    if len(units) != 1:
        return [rest]
    end = bare.figure.span.end - parsed.sentence.span.start
    noun = " " + {"agreements": "agreements", "partnerships": "agreements"}.get(
        next(iter(units)) or "", _said(counts[0], before)
    )
    return [
        taken(parsed.sentence, start, end),
        Piece(noun, Span(bare.figure.span.end - 1, bare.figure.span.end)),
        taken(parsed.sentence, end, len(text)),
    ]


def _said(count: Amount, before: Parsed) -> str:
    """The noun of a count as printed."""
    offset = before.sentence.span.start
    last = before.tokens[count.last]
    return before.sentence.text[last.span.start - offset : last.span.end - offset]


def _of_count(parsed: Parsed, before: Parsed) -> list[Piece] | None:
    """``Today, 70 do``: the sentence before with another number and another time."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    past = _it_was(parsed)
    found = DO.match(text) or IT_IS.match(text) or past
    if not found:
        return None
    counts = [one for one in before.amounts if one.kind in ("counted", "portion")]
    days = [at for at, one in enumerate(before.tokens) if one.kind == "WHEN"]
    if not counts or len(days) > 1 or any(one.text in ("“", "”", '"', ";", ":") for one in before.tokens):
        return None
    first = counts[0]
    number = next((one for one in parsed.amounts if one.figure.span.start - offset >= found.start("number")), None)
    none = found["number"] == "none" and first.kind == "counted"
    if len(counts) > 1 or not (none or (number is not None and number.kind == "counted")):
        return None
    if any(one.text.lower() in ("not", "never", "no", "if", "would", "could", "may", "might") for one in before.tokens):
        return None
    begin = before.sentence.span.start
    figure = first.figure.span
    opening = before.sentence.text[: figure.start - begin]
    closing = before.sentence.text[figure.end - begin :].rstrip(". ")
    for at in days:
        said = before.tokens[at].text
        closing = closing.replace(said, "").replace("  ", " ").rstrip(" ,")
        opening = opening.replace(said, "").lstrip(" ,")
    closing = closing.split(",")[0].rstrip()
    words = [word for word in closing.split(" ") if not past or word not in ("now", "today", "currently")]
    closing = " ".join(word if past else PRESENT.get(word, word) for word in words)
    opening = re.sub(r"\b(?:now|today|currently) ", "", opening) if past else opening
    here = Span(offset + found.start("number"), offset + found.end("number"))
    said = "no" if none else text[found.start("number") : found.end("number")]
    named = any(one.kind in ("PLACE", "NAME", "ICE") and opening.startswith(one.text) for one in before.tokens)
    rest = taken(parsed.sentence, found.end(), len(text))
    gap = Span(here.start, here.start + 1)
    return [
        taken(parsed.sentence, 0, found.end("now")),
        Piece(f", {opening if named else _lower(opening)}" if opening.strip() else ", ", gap),
        Piece(said, here),
        Piece(closing, here),
        rest,
    ]


IT_WAS = when_needed(
    rf"(?P<now>),? (?:it (?:was|is|had been)|there (?:were|are|had been)|"
    r"(?:it|the (?:number|count|figure|total)) (?:was|is|stood at|reached|hit|came to|(?:had |has )?(?:grown|climbed|"
    rf"risen|jumped|swelled|increased|ballooned|fallen|dropped|slipped) to|(?:grew|rose|fell|dropped) to)) {NUMBER}"
    r"(?= ?[,.;]|$)"
)
UP_FROM = when_needed(
    rf"^(?P<it>That|It|This) (?:is|was) (?:up|down) from {NUMBER} "
    r"(?P<when>(?:in|on|at|when|before|as) [^,;]*?)(?P<end>\.?)$"
)


def _up_from(parsed: Parsed, before: Parsed) -> list[Piece] | None:
    """``That is up from 11 when he took office``: the one state of the sentence before, and what it has."""
    found, text, offset = UP_FROM.match(parsed.sentence.text), parsed.sentence.text, parsed.sentence.span.start
    places = [one for one in before.tokens if one.kind == "PLACE"]
    counts = [one for one in before.amounts if one.kind == "counted" and one.noun and one.noun.unit]
    if (
        not found
        or len(places) != 1
        or len(counts) != 1
        or len(before.amounts) != 1
        or UNDONE.search(before.sentence.text)
    ):
        return None
    if any(one.kind in ("NAME", "MODEL", "LEAVE", "PENDING") for one in before.tokens):
        return None
    state = places[0].text.removesuffix("’s").removesuffix("'s")
    here = Span(offset + found.start("number"), offset + found.end("number"))
    noun = _said(counts[0], before)
    return [
        Piece(f"{state} had ", Span(offset, offset + found.end("it"))),
        Piece(found["number"], here),
        Piece(f" {noun} ", Span(here.end - 1, here.end)),
        taken(parsed.sentence, found.start("when"), len(text)),
    ]


def _it_was(parsed: Parsed) -> re.Match[str] | None:
    """``Nine months ago it was nine``: a time that opens the sentence, and a bare number behind it."""
    first = parsed.tokens[0]
    if (
        first.kind != "WHEN"
        or first.dated is None
        or first.text.lower().startswith(("since", "until", "after", "before"))
    ):
        return None
    return IT_WAS.match(parsed.sentence.text, first.span.end - parsed.sentence.span.start)


def _lower(opening: str) -> str:
    return opening[:1].lower() + opening[1:] if not opening[:2].isupper() else opening
