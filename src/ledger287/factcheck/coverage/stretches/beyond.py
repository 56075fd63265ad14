"""The clauses and phrases of a sentence that a claim is not in, and whether their words bear on it.

What enters: the account of a sentence, and one of its claims. What leaves: the account of that claim, without the
unread words of stretches beyond its own clause. Promise: a stretch is beyond it only by its form (a clause with its
own subject and verb behind a word that opens one, a list of members, a circumstance), where the claim's figure, place,
model and day are all outside it, and where no word is of the closed classes that can change what was said
(declared/factcheck/clauses.yml: denial, doubt, ends, exclusion, condition, comparison, pronouns that point back).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ledger287.core.patterns import when_needed
from ledger287.factcheck.asides.closing import ends_as_speech, has_actor, is_complementizer, low_of, words
from ledger287.factcheck.asides.lists import words as of_asides
from ledger287.factcheck.coverage.account import TURNED, UNREAD, Account, Part
from ledger287.factcheck.coverage.lists import neutral
from ledger287.factcheck.extract.model import Claim, Span
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

BEYOND = "another clause: does not bear on the figure"
"""What the words of such a stretch are in the account of a claim."""
MARKS = (",", "—", "–", ";", ":", "(", ")")
CLOSERS = (".", "!", "”", '"', ",")
TELLING = ("NUM", "MONEY", "FRACTION", "PCT", "POINTS", "TIMESWORD", "PLACE", "WHEN", "MODEL", "NAME", "RANK", "HEDGE",
           "PENDING", "EVERY", "PER", "OUTSIDE", "SAMEPLACE", "NATION", "STATEWIDE", "LEAVE")  # fmt: skip
"""Kinds of token that, where they are not read, may say which figure is meant: then nothing is held against it."""
COUNTED = ("agreements", "partnerships", "agencies", "applications")
TIMED = ("after", "before", "when", "since", "once", "until", "till", "whenever")
"""Words that open a clause that is the time of what was said, where nothing else is."""
LEAST = 3


def within_clause(account: Account, parsed: Parsed, claim: Claim, *, fits: bool) -> Account:
    """The account of one claim without the unread words of stretches beyond its clause.

    ``fits``: the record has the figure as it was read. Otherwise a stretch with an unread number, place, model or day
    is kept, since the figure may be of it.
    """
    if account.whole or claim.shape == "law" or any(one.text == "?" for one in parsed.tokens):
        return account
    own = [span for span in own_spans(claim) if span is not None]
    kept = account.parts
    for stretch in _stretches(parsed, own, claim):
        kept = tuple(replace(part, role=BEYOND) if _is_passed(part, stretch) else part for part in kept)
    passed = (part for part in kept if part.role == BEYOND)
    if not fits and not is_event(claim) and any(tells(part, parsed) for part in passed):
        return account
    return Account(kept)


def own_spans(claim: Claim) -> Iterator[Span | None]:
    """The spans of a claim in its sentence."""
    yield claim.span
    yield claim.figure.span if claim.figure else None
    yield claim.when.span if claim.when.windows else None
    yield claim.whole.span if claim.whole else None
    for span, _ in claim.wording.covers:
        yield span
    if claim.base:
        yield claim.base.span
        yield claim.base.when.span


def _is_passed(part: Part, stretch: Span) -> bool:
    return part.role in (UNREAD, TURNED) and stretch.start <= part.span.start < stretch.end


def tells(part: Part, parsed: Parsed) -> bool:
    """Whether a word that is passed over may say which figure is meant."""
    return any(_is_telling(token) for token in parsed.tokens if part.span.start <= token.span.start < part.span.end)


def _stretches(parsed: Parsed, own: Sequence[Span], claim: Claim) -> Iterator[Span]:
    """The stretches beyond the clause of a claim: behind it up to the end or the next mark, and before it."""
    tokens = parsed.tokens
    end = len(tokens)
    while end and tokens[end - 1].text in CLOSERS:
        end -= 1
    first = next((at for at, one in enumerate(tokens) if any(_meets(one, span) for span in own)), None)
    last = max((at for at, one in enumerate(tokens) if any(_meets(one, span) for span in own)), default=None)
    if first is None or last is None:
        return
    if claim.shape == "holds":
        yield from _placing(tokens, claim)
    at = last + 1
    while at < end:
        framed = any(low_of(one) in FRAMES for one in tokens[: 2 if tokens[0].text in ("“", '"') else 1])
        if stop := _stretch_from(tokens, at, end, claim, framed=framed):
            if _stands_outside(tokens, at, stop, claim):
                yield Span(tokens[at].span.start, tokens[stop - 1].span.end)
            at = stop
        else:
            at += 1
    yield from _before(tokens, first)


POSITIONS = ("in", "on", "outside", "near", "of")
DIRECTIONS = when_needed(r"(?:north|south|east|west|central|northeast|northwest|southeast|southwest|upper|lower|rural|"
                         r"suburban|coastal)(?:ern)?")  # fmt: skip


def _placing(tokens: Sequence[Token], claim: Claim) -> Iterator[Span]:
    """Where in its state a named agency is, behind its name: in Wichita; in southwestern Minnesota."""
    at = next((at + 1 for at, one in enumerate(tokens) if one.span.end >= claim.span.end), len(tokens))
    at += at < len(tokens) and tokens[at].text == ","
    if at + 1 >= len(tokens) or low_of(tokens[at]) not in POSITIONS:
        return
    stop = at + 1
    while stop < len(tokens) and stop < at + 4 and tokens[stop].kind == "WORD" and (
        tokens[stop].text[:1].isupper() or DIRECTIONS.fullmatch(low_of(tokens[stop]))
    ):  # fmt: skip
        stop += 1
    if stop > at + 1:
        yield Span(tokens[at].span.start, tokens[stop - 1].span.end)


def _before(tokens: Sequence[Token], first: int) -> Iterator[Span]:
    """The main clause before a figure that goes with it: Michigan has been slow, with eight agreements in all."""
    cut = next((at for at in range(first, 0, -1) if tokens[at - 1].text == ","), 0)
    if not cut or low_of(tokens[cut]) != "with":
        return
    body = [one for one in tokens[: cut - 1] if one.text not in ("“", '"')]
    if len(body) >= LEAST and _is_main(body) and is_free_of_operators(body):
        yield Span(tokens[0].span.start, tokens[cut - 1].span.end)


def _meets(token: Token, span: Span) -> bool:
    return token.span.start < span.end and span.start < token.span.end


def _stands_outside(tokens: Sequence[Token], first: int, stop: int, claim: Claim) -> bool:
    """Whether the place and the model of a claim are stated outside a stretch too, where they are within it."""
    inside, outside = tokens[first:stop], (*tokens[:first], *tokens[stop:])
    for kind, values in (("PLACE", claim.where.states), ("MODEL", (claim.model,) if claim.model else ())):
        for value in values:
            within = any(one.kind == kind and value in one.value.split() for one in inside)
            if within and not any(one.kind == kind and value in one.value.split() for one in outside):
                return False
    return True


FRAMES = ("with", "given")
"""Open a sentence with the figure before its main clause: With more than 730 agreements, our neighbors …"""


def _stretch_from(tokens: Sequence[Token], at: int, end: int, claim: Claim, *, framed: bool) -> int | None:
    """The end of a stretch that begins at a token and bears on nothing before it; None where none begins."""
    marked = tokens[at - 1].text in MARKS
    if not (marked or low_of(tokens[at]).split()[0] in _openers()):
        return None
    for stop in dict.fromkeys((end, *(here for here in range(at + LEAST, end) if tokens[here].text in MARKS))):
        body = tokens[at:stop]
        described = _is_of_model(tokens, at, body)
        fallen = low_of(body[0]) in ("after", "as", "because", "since") and _is_falling(tokens, claim)
        if len(body) < LEAST or not is_free_of_operators(body, event=is_event(claim), model=described or fallen):
            continue
        if is_event(claim) and says_more_of_it(body):
            continue
        if described:
            return stop
        main = framed and tokens[at - 1].text == "," and _is_main(body)
        if main or _is_apart(body, marked, claim, now=_is_now(tokens, claim)) or (marked and _is_range(body)):
            return stop
    return None


@cache
def _openers() -> frozenset[str]:
    """The words with which a stretch can begin without a mark before it."""
    phrases = (*words("subordinate"), *words("members"), "which", "that")
    return frozenset(phrase.split()[0] for phrase in phrases)


def _is_of_model(tokens: Sequence[Token], at: int, body: Sequence[Token]) -> bool:
    """Whether a relative clause right behind the name of a model or the program, or a rise, says what it is like."""
    head = tokens[at - 2] if tokens[at - 1].text == "," and at > 1 else tokens[at - 1]
    lows = [low_of(one) for one in body]
    telling = any(_is_telling(one) and one.kind != "WHEN" for one in body)
    risen = lows[0] == "that" and low_of(head) in words("closing_nouns")  # a tenfold increase that critics blame on …
    program = head.kind == "PROGRAM" or low_of(head) == "program"
    known = (head.kind == "MODEL" and lows[0] in ("which", "that")) or risen or (program and lows[0] == "which")
    return known and not telling and not set(lows) & words("negations")


def _is_range(body: Sequence[Token]) -> bool:
    """Whether a stretch names the members from one end to the other: from the Highway Patrol down to town police."""
    lows = [low_of(one) for one in body]
    named = lows[0] == "from" and lows[1] in ("the", "a", "big", "small", "tiny")
    counted = any(one.kind in ("NUM", "WHEN", "FRACTION", "PCT", "MONEY", "PLACE", "MODEL") for one in body[1:])
    return named and any(low.split()[-1] == "to" for low in lows[2:]) and not counted


def _is_apart(body: Sequence[Token], marked: bool, claim: Claim, *, now: bool) -> bool:
    """Whether a stretch has the form of a clause of its own, of a list of members, or of a circumstance."""
    opening = _opens(body, "subordinate") or (_opens(body, "relative") if marked else 0)
    if opening:
        low = low_of(body[opening - 1])
        timed = low in TIMED and not (claim.when.windows or (now and low == "after" and _is_past(body)))
        barred = low in words("relative") and (
            any(one.kind in ("SIGN", "LEAVE", "TOPIC") for one in body)
            if claim.shape == "holds"
            else said_in(body) & of_asides("forbidden") or any(map(_is_telling, body))
        )
        return not (timed or barred) and _is_clause(body[opening:], relative=low in words("relative"))
    if marked and is_event(claim) and _goes_on_with(body):
        return True
    if marked and (opening := _opens(body, "coordinate")):
        placed = body[opening].kind != "PLACE" or bool(claim.where.states)
        return placed and _is_clause(body[opening:], relative=False)
    if marked and low_of(body[0]) in ("a", "an", "the") and low_of(body[1]) in words("closing_nouns"):
        return not any(one.kind in TELLING for one in body if low_of(one) not in ("no", "every"))
    listing = _opens(body, "members") or (_opens(body, "circumstances") if marked else 0)
    return bool(listing and len(body) > listing and low_of(body[listing]) not in neutral("attributing"))


BEFORE_FIGURE = 4
PAST = ("took", "came", "went", "won", "made", "gave", "became", "began", "chose", "saw", "said", "was", "were", "had")


def _is_now(tokens: Sequence[Token], claim: Claim) -> bool:
    """Whether the words before a figure say that it is so now: Virginia now has 24 agreements."""
    at = next((at for at, one in enumerate(tokens) if claim.figure and _meets(one, claim.figure.span)), 0)
    return any(low_of(one) in of_asides("present") for one in tokens[max(at - BEFORE_FIGURE, 0) : at])


def _is_falling(tokens: Sequence[Token], claim: Claim) -> bool:
    """Whether a figure is said to be what is left: Virginia is down to 24 agreements after …"""
    at = next((at for at, one in enumerate(tokens) if claim.figure and _meets(one, claim.figure.span)), 0)
    return any(low_of(one) in FALLEN or one.kind == "FALL" for one in tokens[max(at - BEFORE_FIGURE, 0) : at])


FALLEN = ("down", "fell", "fallen", "dropped", "slipped", "shrank", "shrunk", "dwindled")


def _is_past(body: Sequence[Token]) -> bool:
    """Whether a clause tells what has happened already: after the governor signed the bill."""
    return any(low_of(one) in PAST or low_of(one).endswith("ed") for one in body)


def is_event(claim: Claim) -> bool:
    """Whether a claim is that a named agency signed on a stated day: what came later takes nothing of it back."""
    return claim.shape == "holds" and claim.sense == "signed" and bool(claim.when.windows)


def says_more_of_it(body: Sequence[Token]) -> bool:
    """Whether a part behind a signing has a model, another agreement or signing, or from when on it is so."""
    if any(one.kind in ("MODEL", "SIGN") or (one.kind == "UNIT" and one.value in AGREEMENTS) for one in body):
        return True
    return bool(said_in(body) & words("effects"))


AGREEMENTS = ("agreements", "partnerships")
NOT_PARTICIPLES = ("pending", "barring", "excluding", "according", "depending", "during", "something", "nothing",
                   "claiming", "alleging", "denying", "including", "assuming", "supposing", "lacking")  # fmt: skip
DISTANCES = ("day", "days", "week", "weeks", "month", "months", "hours", "year", "years")


def _goes_on_with(body: Sequence[Token]) -> bool:
    """Whether a stretch behind a signing tells what came with it or later: "joining …", "a day after …"."""
    lows = [low_of(one) for one in body]
    if lows[0].endswith("ing") and lows[0] not in NOT_PARTICIPLES:
        return True
    opening = {word for low in lows[:4] for word in low.split()}
    if opening & set(DISTANCES) and {"after", "before", "later", "earlier"} & {*lows[:5], *opening}:
        return True
    own = has_actor(body[1:]) or lows[1] in ("its", "his", "her", "their") or is_verb(body[1])
    return lows[0] in ("and", "but") and len(lows) > 3 and own


def _is_main(body: Sequence[Token]) -> bool:
    """Whether a stretch is the main clause of what is in a phrase next to it, and says it as a fact."""
    return _is_clause(body, relative=False) and not said_in(body) & UNREAL


UNREAL = frozenset(["would", "could", "may", "might", "should", "will", "must", "shall", "if", "once", "used"])


def _is_telling(token: Token) -> bool:
    """Whether a token may say which figure is meant."""
    if low_of(token) in words("members"):
        return False
    return token.kind in TELLING or (token.kind == "UNIT" and token.value in COUNTED)


def _opens(body: Sequence[Token], name: str) -> int:
    """How many tokens of a declared opener begin a stretch."""
    for count in (3, 2, 1):
        if " ".join(low_of(one) for one in body[:count]) in words(name) and len(body) > count:
            return count
    return 0


DETERMINING = ("the", "a", "an", "its", "their", "his", "her", "our", "my", "then", "now", "new", "incoming", "current",
               "longtime", "own")  # fmt: skip
"""Before the noun of a subject."""


def _is_clause(body: Sequence[Token], *, relative: bool) -> bool:
    """Whether a subject of public life, which does not point back at what was counted, and a finite verb follow."""
    while body and low_of(body[0]) in DETERMINING:
        body = body[1:]
    if len(body) < 2:
        return False
    head = low_of(body[0]).split()[0]
    pointing = head in words("no_subject") and head not in ("some", "many", "most", "several")
    if not relative and (pointing or body[0].kind in ("NUM", "HEDGE", "FRACTION", "PCT", "WHEN", "SIGN", "TOPIC")):
        return False
    if not relative and not (has_actor(body) or body[0].kind in ("PLACE", "NAME")):
        return False  # as frogs wear crowns
    return any(is_verb(one) for one in (body if relative else body[1:]))


VERBS = frozenset(
    ["has", "have", "had", "is", "are", "was", "were", "do", "does", "did", "will", "would", "can", "could", "may",
     "might", "must", "should", "came", "chose", "kept", "took", "went", "saw", "made"]
)  # fmt: skip


def is_verb(token: Token) -> bool:
    low = low_of(token).split()[0]
    if low in VERBS or low in words("verbs") or token.kind in ("SIGN", "TOPIC", "RISE", "FALL"):
        return True
    return (
        token.kind == "WORD"
        and token.text[:1].islower()
        and low.endswith(("ed", "es", "s"))
        and not low.endswith(("'s", "ss", "s'"))
    )


def said_in(body: Sequence[Token]) -> set[str]:
    """The words of a stretch, those with a hyphen also by their parts."""
    whole = {word for one in body for word in low_of(one).split()}
    return whole | {part for word in whole for part in word.removesuffix("'s").split("-")}


def is_free_of_operators(body: Sequence[Token], *, event: bool = False, model: bool = False) -> bool:
    """Whether no word of a stretch is of a class that can change what is said elsewhere in the sentence."""
    said = said_in(body)
    if "up" in said and said & {"made", "make", "makes"}:
        return False
    bars = (
        (words("denying") - {"no"} - (words("ends") if event or model else frozenset()))
        | words("comparing")
        | words("figurative")
    )
    if said & bars or any(word.endswith("n't") for word in said):
        return False
    if said & (words("negations") - {"no", "few", "only", "yet", "without"}):
        return False
    if said & words("negations") and (any(one.kind == "SIGN" for one in body) or said & words("undone_with")):
        return False
    spoken = [one for one in body if one.kind != "MARK"]
    if not spoken or ends_as_speech(spoken):
        return False
    return event or not any(points_back(body, at) for at in range(len(body)))


def points_back(body: Sequence[Token], at: int) -> bool:
    """Whether a pronoun may point at what was counted: not "no other state", "those of the sheriffs", "that the"."""
    low = low_of(body[at])
    if low not in words("backward") or is_complementizer(body, at):
        return False
    after = low_of(body[at + 1]) if at + 1 < len(body) else ""
    return not (low == "those" and after in ("of", "in", "along", "from", "who", "near"))
