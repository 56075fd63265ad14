"""Statements that set states or models against each other in words: fewer than Ohio's 21, on a level with, dwarf
those of.

What enters: a parsed sentence, its line of tags, and the claims of its figures. What leaves: claims of shape ``gap``
and
``rank``, and counts of two states at once. Promise: a pattern names every token of the stretch that it reads, and each
such stretch is a claim of its own that the record answers; what is on a level is never more.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, InOrder, Phrasing, SetAgainst, Span, When, Where
from ledger287.factcheck.extract.statements.compared.relating.gaps import FEWER, gap_of, more_of, token_of, unit_of
from ledger287.factcheck.extract.statements.compared.relating.several import against_several
from ledger287.factcheck.extract.statements.listed import LISTED
from ledger287.factcheck.extract.statements.tag_line import TagLine, line_of
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

UNIT = (
    r"(?:(?:#R|active|current|participating|signed|such) )*"
    r"#U:(?P<unit>agreements|agencies|partnerships|sheriffs|police)"
)
ORD = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
ORDER = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
THAN_ITS = when_needed(
    r"(?P<said>(?:(?:still|well|far|not far) )?"
    r"(?:more_than|fewer_than|less_than|ahead of|behind|just_behind|above|below|just_below)) (?P<other>#P) "
    r"#1(?! of)(?= |$)"
)
"""Fewer than Alabama's 21, more than Pennsylvania's 16."""
DWARFING = when_needed(
    r"(?P<said>(?:dwarfs?|exceeds?|tops?|outnumbers?|eclipses?|outpaces?|surpass(?:es)?|(?:is|are) (?:far |well )?"
    r"(?:more|above)) (?:(?:those|that|the totals?|the number) (?:of|in) )?(?:any|every) other #U:states)(?= |$)"
)
"""Florida's 47 agencies dwarf those of any other state."""
MORE_THAN_ANY = when_needed(
    rf"(?P<place>#P) (?:now |still )?(?:has|had|holds|counts|accounts? for|boasts|claims|lists|with) (?P<said>more) "
    rf"{UNIT} than any other #U:states(?= |$)"
)
NEXT = when_needed(
    r"(?P<place>#P) (?P<said>(?:(?:is|was|comes|came|follows|followed)(?: (?:next|second))?)) ,? ?(?:with|at) #1(?= |$)"
)
"""…; Texas is next with 26: second, behind the one that was said to be first."""
PUTTING = when_needed(
    rf"(?P<place>#P) #1(?: #U:\w+)? (?P<said>(?:put|puts|place|places|placed|rank|ranks|make|makes) it (?:in "
    rf")?(?P<order>{ORD})(?: place)?)(?= |$)"
)
"""Missouri's 96 put it third."""
BY_UNITS = when_needed(rf"^(?P<open>ranked (?:by|on) (?:the )?(?:number of )?{UNIT} ,) (?P<rest>.*)$")
PLACED = when_needed(rf"(?P<place>#P) (?P<said>(?:(?:comes|is|ranks|came|was|ranked|takes) )?(?P<order>{ORD}))(?= |$)")
"""Ranked by agreements, Florida comes first, Texas second and Ohio third."""
LEVEL = when_needed(
    r"(?P<one>#P) (?P<said>(?:(?:has|had|is|was|are|now|drew|drawn|pulled|pulls|draws|remains) )*(?:even|level|tied"
    r"|ties|"
    r"equals|equaled|matches|matched|on a par|neck and neck) ?(?:with )?)(?P<other>#P)(?= |$)"
)
"""Texas drew level with Florida."""
AS_MANY = when_needed(
    rf"(?P<one>#P) (?P<said>(?:has|had|holds|counts) (?:just |exactly )?(?:as_many|as many|the same number of)) "
    rf"{UNIT} as (?P<other>#P)(?P<tail> , #1 (?:apiece|each))?(?= |$)"
)
SECOND_TO = when_needed(
    r"(?P<one>#P) (?P<said>(?:is|was|ranks|comes|came|sits) second (?:only )?(?:to|behind)) (?P<other>#P)(?= |$)"
)
"""Texas is second to Florida's 339."""
COMBINED = when_needed(
    r"(?P<one>#P) (?:(?:, with #1 #U:\w+ ,|with #1 #U:\w+) )?(?:now |still )?(?:has|had|holds|counts) "
    r"(?P<said>(?P<more>more|fewer|"
    r"more_than|fewer_than)(?: (?:(?:#R|active|current|participating) )*#U:(?P<unit>agreements|agencies))?(?: than)?)"
    r" (?P<others>#P(?: (?:,|and|#P))*) (?P<tail>(?:combined|together|put together|taken together))(?= |$)"
)
"""Florida has more agreements than Texas and Tennessee combined."""
MOSTLY = when_needed(
    r"#U:agencies , (?P<said>(?:mostly|mainly|largely|chiefly|most of them|nearly[ _]all of them|almost[ _]all of them|"
    r"the_vast_majority of them|a_majority of them|all of them|every_one of them|every one of them)) "
    r"(?:(?:county|local) )?#U:(?P<kind>sheriffs|police|county_agencies|state_agencies|campuses|constables)(?= "
    r"?[,.;]|$)"
)
"""Eighteen agencies, mostly sheriff's offices."""
APPOSED = when_needed(
    r"(?P<count>#1|one) #U:(?P<what>states|territories) (?P<said>(?:,|:|—|–|\() (?P<places>#P(?: (?:,|and|#P))*))(?= "
    r"?[,—–).;]|$)"
)
"""Only one territory, Guam, has an agreement."""
PASSING = when_needed(
    r"(?P<one>#P) (?P<said>(?:(?:has|have|had|now|#W|since|recently|just) )*(?:passed|overtaken|surpassed|eclipsed"
    r"|leapfrogged|overtook|"
    r"supplanted|replaced)) (?P<other>#P) (?:for|as|to|with|in)(?= )"
)
"""Texas has passed Florida for the most agreements."""
OVERTAKEN = when_needed(
    r"(?P<one>#M)(?: (?:#U:agreements|#U:partnerships))?(?: \( #1 \))? (?P<said>(?:now |have |has |had "
    r")*(?:outnumber|outnumbers|outnumbered|"
    r"overtaken|overtook|exceed|exceeds|exceeded|surpassed|surpass|passed|outpaced|outpace|top|topped|eclipsed|trail|lag)"
    r"(?: behind)?)(?: (?:those|the ones) (?:for|of|under)(?: the)?| the)? (?P<other>#M)(?: (?:#U:agreements"
    r"|#U:partnerships))?(?= |$)"
)
"""Task force agreements outnumber those for warrant service."""
LOSING = ("trail", "lag")
PAIRED = when_needed(r"(?P<one>#P) and (?P<other>#P) (?:are|were|remain) (?P<said>(?:tied|level|even))(?= |$)")


KINDS_SET = when_needed(
    r"#1 #U:agreements , (?P<said>(?:far |many )?(?:more_than|fewer_than|less_than)) (?:the )?#U:(?P<kind>sheriffs"
    r"|police|county_agencies|"
    r"state_agencies|campuses|constables)(?= |$)"
)
"""Police departments hold 634 agreements, more than sheriff's offices."""
EXAMPLES = when_needed(
    r"#U:states (?:#W )?,? ?(?P<said>(?:including|among_them|among them|such_as|notably|particularly|like) "
    r"(?P<places>#P(?: (?:,|and|#P))*))(?= ?[.,;—–)]|$)"
)
"""Eleven states, including California and Illinois, have no agreements."""
RELATING = when_needed(
    r"(?i)\b(?:than|behind|ahead|above|below|dwarf|exceed|top|outnumber|eclipse|outpace|surpass|next|second|follow|put|"
    r"place|rank|make|level|even|tie|combined|together|mostly|mainly|largely|chiefly|them|one|two|three|four|five"
    r"|six|including|among|such|notably|like|particularly|equal|match|par|neck|many|same "
    r"number|overt[ao]|pass|trail|lag)(?:s|es|ed|ing|ok|ken|d)?\b"
)
"""A word that each of the patterns has."""


def relations(parsed: Parsed, behind: Background, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims that a sentence makes by setting one against another."""
    named = {token.value for token in parsed.tokens if token.kind in ("PLACE", "MODEL", "UNIT")}
    if not named or not RELATING.search(parsed.sentence.text):
        return
    line = line_of(parsed)
    spots = times(parsed.tokens, parsed.amounts, behind)
    when = spots.leading or spots.trailing or When()
    yield from _than_its(line, claims, when)
    yield from _foremost(line, claims, when)
    yield from _put(line, when)
    yield from _level(line, claims, when)
    yield from _passed(line, claims, when)
    yield from _combined(line, claims, when)
    yield from against_several(line, claims, when)
    yield from _mostly(line, claims)
    yield from _apposed(line, claims)
    yield from _models(line, when)
    yield from _examples(line, claims)
    for found in KINDS_SET.finditer(line.text):
        own = [one for one in claims if one.kind]
        if len(own) == 1:
            claim = gap_of(line, found, more_of(line, found), "agreements", own[0].where, when)
            span = line.span(found.start("said"), found.end())
            kinds = (str(own[0].kind), str(found["kind"]))
            one, other = reversed(kinds) if found["said"].startswith(("fewer", "less")) else kinds
            yield replace(
                claim.worded(covers=((span, "comparison"),)),
                kind=one,
                sense="",
                terms=SetAgainst(against=(other,)),
                span=span,
            )


def _examples(line: TagLine, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The states named as examples of those that are counted: each has what all of them have, or has not."""
    for found in EXAMPLES.finditer(line.text):
        span = line.span(*found.span())
        states = [one for one in claims if one.unit == "states" and one.shape == "count" and one.figure]
        counted = [one for one in states if one.span.start <= span.start <= one.span.end + 1 and not one.pending
                   and one.sense in ("", "without") and not one.kind]  # fmt: skip
        if len(counted) != 1:
            continue
        of, said = counted[0], line.span(*found.span("said"))
        named = [token for token in line.tokens(*found.span("places")) if token.kind == "PLACE"]
        for at, token in enumerate(named):
            figure = Figure(0, 0, 0, "exact", token.span, token.text) if of.sense or of.kind else Figure(
                1, 1, math.inf, "least", token.span, token.text
            )  # fmt: skip
            yield Claim(
                "count",
                figure,
                "agreements",
                Where((token.value,), True, token.text),
                of.when,
                said if not at else token.span,
                line.parsed.sentence.span,
                of.model,
                wording=Phrasing(
                    speaker=line.parsed.sentence.speaker, spelled=True, distinct=True, covers=((said, "place"),)
                ),
            )


def _than_its(line: TagLine, claims: Sequence[Claim], when: When) -> Iterator[Claim]:
    for found in THAN_ITS.finditer(line.text):
        other = token_of(line, found, "other")
        rivals = {one["other"] and token_of(line, one, "other").value for one in THAN_ITS.finditer(line.text)}
        own = [one for one in line.tokens(0, found.start()) if one.kind == "PLACE" and one.value not in rivals]
        counted = {state for one in claims if one.shape == "count" for state in one.where.states}
        if not own or len({one.value for one in own}) != 1 or other.value not in counted:
            continue
        less = found["said"].split()[-1] in FEWER
        winner, loser = (other, own[-1]) if less else (own[-1], other)
        where = Where((winner.value,), True, winner.text)
        claim = gap_of(line, found, more_of(line, found), unit_of(claims), where, when)
        yield claim.compared(against=(loser.value,))


def _ranked(line: TagLine, found: re.Match[str], token: Token, place: int, unit: str, when: When) -> Claim:
    figure = replace(more_of(line, found), value=float(place), low=float(place), high=float(place), rule="exact")
    claim = gap_of(line, found, figure, unit, Where((token.value,), True, token.text), when)
    return replace(
        claim.worded(covers=tuple((span, "rank") for span, _ in claim.wording.covers)),
        shape="rank",
        terms=InOrder(rank="most" if place == 1 else str(place)),
    )


def _foremost(line: TagLine, claims: Sequence[Claim], when: When) -> Iterator[Claim]:
    first: Token | None = None
    for found in DWARFING.finditer(line.text):
        places = [one for one in line.tokens(0, found.start()) if one.kind == "PLACE"]
        if places and len({one.value for one in places}) == 1:
            first = places[0]
            yield replace(_ranked(line, found, first, 1, unit_of(claims), when), sense="strict")
    leads = [one for one in line.parsed.tokens if one.kind == "RANK" and one.value == "most"]
    for found in MORE_THAN_ANY.finditer(line.text):
        first = token_of(line, found, "place")
        claim = _ranked(line, found, first, 1, unit_of(claims, found), when)
        more, than = (one for one in line.tokens(*found.span()) if one.text.lower() in ("more", "than"))
        covers = ((more.span, "rank"), (Span(than.span.start, line.span(*found.span()).end), "rank"))
        yield replace(claim.worded(covers=covers), sense="strict")
    for found in NEXT.finditer(line.text):
        token = token_of(line, found, "place")
        ahead = first or (leads[0] if leads and leads[0].span.end <= token.span.start else None)
        if ahead is not None and token.value != ahead.value:
            yield _ranked(line, found, token, 2, unit_of(claims), when)


def _put(line: TagLine, when: When) -> Iterator[Claim]:
    unit = unit_of([]) if "#U:agencies" not in line.text else "agencies"
    if "#U:agreements" in line.text:
        unit = "agreements"
    for found in PUTTING.finditer(line.text):
        if any(token.kind == "RANK" for token in line.tokens(*found.span())):
            continue
        yield _ranked(line, found, token_of(line, found, "place"), 1 + ORDER.index(found["order"]), unit, when)
    opened = BY_UNITS.match(line.text)
    if opened is None:
        return
    for found in PLACED.finditer(line.text, opened.start("rest")):
        claim = _ranked(
            line, found, token_of(line, found, "place"), 1 + ORDER.index(found["order"]), opened["unit"], when
        )
        yield claim.worded(covers=(*claim.wording.covers, (line.span(*opened.span("open")), "rank")))


def _passed(line: TagLine, claims: Sequence[Claim], when: When) -> Iterator[Claim]:
    for found in PASSING.finditer(line.text):
        one, other = token_of(line, found, "one"), token_of(line, found, "other")
        counted = {state for claim in claims if claim.shape == "count" for state in claim.where.states}
        dated = [token for token in line.tokens(*found.span()) if token.kind == "WHEN" and token.text.lower() != "now"]
        if not {one.value, other.value} <= counted and not dated:
            claim = gap_of(
                line, found, more_of(line, found), unit_of(claims), Where((one.value,), True, one.text), when
            )
            span = line.span(found.start("one"), found.end("other"))
            yield replace(claim.compared(against=(other.value,)), span=span)


def _combined(line: TagLine, claims: Sequence[Claim], when: When) -> Iterator[Claim]:
    for found in SECOND_TO.finditer(line.text):
        one, other = token_of(line, found, "one"), token_of(line, found, "other")
        yield _ranked(line, found, one, 2, unit_of(claims), when)
        ahead = replace(gap_of(line, found, more_of(line, found), unit_of(claims), Where((other.value,), True), when))
        yield ahead.compared(against=(one.value,))
    for found in COMBINED.finditer(line.text):
        one = token_of(line, found, "one")
        others = tuple(dict.fromkeys(
            token.value for token in line.tokens(*found.span("others")) if token.kind == "PLACE"
        ))  # fmt: skip
        claim = gap_of(
            line, found, more_of(line, found), unit_of(claims, found), Where((one.value,), True, one.text), when
        )
        last = (line.span(*found.span("tail")), "comparison")
        claim = replace(
            claim.worded(covers=(*claim.wording.covers, last)),
            terms=SetAgainst(against=others, falls=found["more"].startswith("fewer")),
        )
        yield claim


def _mostly(line: TagLine, claims: Sequence[Claim]) -> Iterator[Claim]:
    for found in MOSTLY.finditer(line.text):
        span = line.span(*found.span())
        of = [one for one in claims if one.shape == "count" and one.unit == "agencies" and one.span.end > span.start
              and one.span.start <= span.start and one.is_plain]  # fmt: skip
        if len(of) != 1:
            continue
        first = found["said"].split()[0]
        first = first.split("_")[0]
        low, high = {
            "all": (100.0, 100.0),
            "every": (100.0, 100.0),
            "the": (75.0, 99.99),
            "nearly": (85.0, 99.99),
            "almost": (85.0, 99.99),
        }.get(first, (50.01, 99.99))
        figure = replace(more_of(line, found), value=(low + high) / 2, low=low, high=high, rule="range")
        claim = gap_of(line, found, figure, "agencies", of[0].where, of[0].when)
        stretch = line.span(found.start("said"), found.end())
        yield replace(claim, shape="share", kind=found["kind"], sense="", model=of[0].model, span=stretch)


def _apposed(line: TagLine, claims: Sequence[Claim]) -> Iterator[Claim]:
    for found in APPOSED.finditer(line.text):
        span, said = line.span(*found.span()), line.span(*found.span("said"))
        of = [one for one in claims if one.shape == "count" and one.unit == found["what"] and one.figure
              and one.span.start <= span.start + 8 and one.span.end >= span.start and one.is_plain]  # fmt: skip
        named = [token for token in line.tokens(*found.span("places")) if token.kind == "PLACE"]
        if len(of) != 1 or of[0].figure is None or of[0].figure.value != len({token.value for token in named}):
            continue
        for token in named:
            figure = Figure(1, 1, math.inf, "least", token.span, token.text)
            yield Claim(
                "count",
                figure,
                "agreements",
                Where((token.value,), True, token.text),
                of[0].when,
                token.span,
                line.parsed.sentence.span,
                of[0].model,
                wording=Phrasing(
                    speaker=line.parsed.sentence.speaker, spelled=True, distinct=True, covers=((said, "place"),)
                ),
                sense=LISTED,
            )


def _level(line: TagLine, claims: Sequence[Claim], when: When) -> Iterator[Claim]:
    for pattern in (LEVEL, AS_MANY, PAIRED):
        for found in pattern.finditer(line.text):
            one, other = token_of(line, found, "one"), token_of(line, found, "other")
            figure = replace(more_of(line, found), low=0.0, high=0.0, rule="exact")
            where = Where((one.value,), True, one.text)
            claim = replace(
                gap_of(line, found, figure, unit_of(claims, found), where, when),
                terms=SetAgainst(against=(other.value,)),
            )
            bare = pattern is AS_MANY and not found["tail"] and "same" not in found["said"]
            yield replace(claim, sense="as_many" if bare else "")
            yield from _both(line, found, claims, (one, other))


def _both(line: TagLine, found: re.Match[str], claims: Sequence[Claim], pair: tuple[Token, Token]) -> Iterator[Claim]:
    """``at 344 agreements each``: the count of the other of two states that are on a level."""
    said = {token.text.lower() for token in line.parsed.tokens}
    if not said & {"each", "apiece"}:
        return
    for count in claims:
        if (
            count.shape == "count"
            and len(count.where.states) == 1
            and count.span.start > line.span(*found.span("said")).start
        ):
            for token in pair:
                if token.value != count.where.states[0]:
                    yield replace(count, where=Where((token.value,), True, token.text))


def _models(line: TagLine, when: When) -> Iterator[Claim]:
    places = {one.value for one in line.parsed.tokens if one.kind == "PLACE"}
    for found in OVERTAKEN.finditer(line.text):
        one, other = token_of(line, found, "one"), token_of(line, found, "other")
        if one.value == other.value or len(places) > 1:
            continue
        if found["said"].split()[-1] in LOSING or found["said"].endswith("behind"):
            one, other = other, one
        where = Where(tuple(places), True, "named")
        claim = gap_of(line, found, more_of(line, found), "agreements", where, when)
        models = (one.value.removeprefix("="), other.value.removeprefix("="))
        yield replace(claim.compared(against=models[1:]), model=models[0], sense="models")
