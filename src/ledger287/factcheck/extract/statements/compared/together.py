"""What a sentence says of several at once: kinds of agency set against each other, all of them in one place, followers.

What enters: a parsed sentence and the claims of its figures. What leaves: more claims, or the same with the place in
which all that they count are said to be. Promise: a pattern names every token of the stretch that it reads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, InOrder, Phrasing, SetAgainst, Span, When, Where
from ledger287.factcheck.extract.statements.compared.relating.gaps import gap_of, more_of, token_of, unit_of
from ledger287.factcheck.extract.statements.compared.relating.relations import LOSING
from ledger287.factcheck.extract.statements.tag_line import TagLine, line_of
from ledger287.factcheck.parse.parsing import Parsed

KIND = r"(?:sheriffs|police|county_agencies|state_agencies|campuses|constables)"
KINDS_SAID = when_needed(
    rf"(?:^|(?<=, )|(?<=while )|(?<=and )|(?<=#W ))(?P<one>#U:{KIND}) (?P<said>"
    r"(?:(?:now|still|also|already|far|easily|currently) )*(?:outnumber|outnumbers|outnumbered|exceed|exceeded|trail|"
    r"lag|lag behind))(?: those of)?"
    rf"(?: the)?(?: number of)? (?P<other>#U:{KIND})(?= |$)"
)
"""Police departments outnumber sheriff's offices in the program."""
ALL_IN = when_needed(
    r"#1 [^,;.]*?#U:(?P<unit>agreements|agencies|sheriffs|police|campuses|constables|state_agencies|partnerships)"
    r"[^,;.]*? , "
    r"(?P<said>(?:all|every_one|each)(?: of (?:them|those|these|which))? in) (?P<place>#P)(?= ?[,.;—–)]|$)"
)
"""Nine agreements, all of them in Maryland: so many there, too."""
BETWEEN_FOLLOWERS = ("MARK", "NUM", "HEDGE", "UNIT", "PROGRAM")
JOINING_FOLLOWERS = ("and", "with", "at", "then", "the")
"""What is between states that follow one another: followed by Texas (320), Ohio with 75 agreements and Iowa."""
MORE_THAN = when_needed(r"#P (?:\w+ ){1,2}more (?:[#\w:()]+ ){1,5}than any other #U:states")
GATE = when_needed(r"(?i)\bfollowed by\b|\b(?:outnumber|exceed|trail|lag)")


def together(parsed: Parsed, behind: Background, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims on kinds of agency set against each other, and on the states that follow the first."""
    if not GATE.search(parsed.sentence.text):
        return
    line = line_of(parsed)
    spots = times(parsed.tokens, parsed.amounts, behind)
    when = spots.leading or spots.trailing or When()
    yield from _followers(line, claims, when)
    yield from _kinds_apart(line, when)


def _followers(line: TagLine, claims: Sequence[Claim], when: When) -> Iterator[Claim]:
    """``Florida has the most, followed by Texas and Ohio``: second and third, in the order of their names."""
    tokens = line.parsed.tokens
    leads = any(one.kind == "RANK" and one.value == "most" for one in tokens) or bool(MORE_THAN.search(line.text))
    for at, token in enumerate(tokens):
        ahead = [one for one in tokens[:at] if one.kind == "PLACE"]
        if token.text.lower() != "followed by" or not leads or len({one.value for one in ahead}) != 1:
            continue
        place = 1
        for one in tokens[at + 1 :]:
            if one.kind == "PLACE":
                place += 1
                figure = Figure(float(place), float(place), float(place), "exact", token.span, token.text)
                yield Claim(
                    "rank",
                    figure,
                    unit_of(claims),
                    Where((one.value,), True, one.text),
                    when,
                    one.span,
                    line.parsed.sentence.span,
                    wording=Phrasing(
                        speaker=line.parsed.sentence.speaker,
                        spelled=True,
                        covers=((token.span, "rank"), (one.span, "rank")),
                    ),
                    terms=InOrder(rank=str(place)),
                )
            elif not (one.kind in BETWEEN_FOLLOWERS or one.text.lower() in JOINING_FOLLOWERS) or one.text in ".;":
                break


def _kinds_apart(line: TagLine, when: When) -> Iterator[Claim]:
    places = {one.value for one in line.parsed.tokens if one.kind == "PLACE"}
    for found in KINDS_SAID.finditer(line.text):
        if found["one"] == found["other"] or len(places) > 1 or line.parsed.amounts:
            continue
        kinds = [found[name].removeprefix("#U:") for name in ("one", "other")]
        one, other = reversed(kinds) if found["said"].split()[-1] in (*LOSING, "behind") else kinds
        claim = gap_of(line, found, more_of(line, found), "agencies", Where(tuple(places), True, "named"), when)
        spans = (line.span(*found.span("one")), line.span(*found.span("other")))
        covers = (*claim.wording.covers, *((span, "what is counted") for span in spans))
        yield replace(claim.worded(covers=covers), kind=one, sense="", terms=SetAgainst(against=(other,)))


COMBINED = when_needed(r"(?i)^\W*(?:combined|between them|together|in all|in total|altogether)\b")

TOTALED = when_needed(r"(?i)\b(?:combined(?: total)?(?: of)?|together|a total of|altogether|totaling) $")


def combined(parsed: Parsed, claims: list[Claim]) -> list[Claim]:
    """A sum behind what it is of: South Dakota has seven agreements and North Dakota 11, a combined 18."""
    if len(claims) < LEAST_SUMMED:
        return claims
    found = []
    for claim in claims:
        before = [one for one in claims if one.span.start < claim.span.start and one.shape == claim.shape == "count"
                  and one.figure and len(one.where.states) == 1]  # fmt: skip
        states = tuple(dict.fromkeys(state for one in before for state in one.where.states))
        summed = len(states) > 1 and len(states) == len(before) and _is_summed(parsed, claim)
        summed = summed and not _is_of_the_nation(parsed, before[-1], claim)
        where = Where(states, True, " and ".join(one.where.said for one in before)) if summed else claim.where
        found.append(replace(claim, where=where))
    return found


LEAST_SUMMED = 3
"""Claims of a sentence that has two figures and their sum."""


def _is_of_the_nation(parsed: Parsed, last: Claim, claim: Claim) -> bool:
    """Whether the nation is named between the last of several figures and one behind it: and nationwide 895 in all."""
    between = [one for one in parsed.tokens if last.span.end <= one.span.start < claim.span.end]
    return any(one.kind == "NATION" for one in between)


def _is_summed(parsed: Parsed, claim: Claim) -> bool:
    """Whether a figure is said to be of several together."""
    if claim.figure is None:
        return False
    offset, text = parsed.sentence.span.start, parsed.sentence.text
    before, behind = text[: claim.figure.span.start - offset], text[claim.span.end - offset :]
    said = "combined" in claim.figure.said.lower()
    return said or bool(COMBINED.search(behind) or TOTALED.search(before))


def all_there(parsed: Parsed, claims: list[Claim]) -> list[Claim]:
    """What is counted is of the place in which all of them are said to be: nine agreements, all of them in Maryland."""
    if not any(one.kind == "PLACE" for one in parsed.tokens) or " in " not in parsed.sentence.text:
        return claims
    line = line_of(parsed)
    for found in ALL_IN.finditer(line.text):
        span = line.span(*found.span())
        of = [one for one in claims if one.figure and one.shape in ("count", "signed", "left") and one.is_plain
              and not one.where.states and span.start <= one.figure.span.start < span.end]  # fmt: skip
        place = token_of(line, found, "place")
        if len(of) == 1:
            said = Span(line.span(*found.span("said")).start, place.span.end)
            where = Where((place.value,), True, place.text)
            whole = [one for one in claims if one.shape == "share" and said.start <= one.span.start < said.end]
            claims = [
                replace(one.worded(covers=(*one.wording.covers, (said, "place"))), where=where) if one is of[0] else one
                for one in claims
                if one not in whole
            ]
    return claims
