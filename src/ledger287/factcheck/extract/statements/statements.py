"""Statements that count without a figure: every agreement, none of them, neither state, the number fell.

What enters: a parsed sentence, what the text before has settled, and the claims that its figures gave. What leaves:
more claims, with the figure that the words come to (every: all of them; none: zero; fell: below the day before).
Promise: a pattern names every token of the stretch that it reads; whatever else the sentence has is accounted for by
the rules of ``coverage``, so that a word more withholds the verdict.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, InOrder, Phrasing, SetAgainst, When, Where
from ledger287.factcheck.extract.statements.tag_line import SPELLING, TagLine, line_of
from ledger287.factcheck.measures.series import counties_of
from ledger287.factcheck.parse.contests import rivals
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.numbers import hedges
from ledger287.factcheck.parse.parsing import Parsed

PORTIONS = (
    "almost_all|nearly_all|virtually_all|the_vast_majority|the_majority|a_majority|the_bulk|the_lion's_share|most"
)
PLACES = r"#P(?: (?:,|and|#P))*? ?(?:#P)?"
THING = r"(?:(?:#R|active|current|existing|signed|such) )*#U:(?:agreements|partnerships)"
OF_MODEL = r"(?:(?:#R|active|current|existing|signed|such) )*(?:(?P<model>#M) )?#U:(?:agreements|partnerships)"
JOINING = (
    r"(?:(?:has|have|had) )?(?:joined|signed(?: up| on| an #U:agreements)?|takes? part|participates?|taken part|"
    r"participated|enrolled|an? (?:#R )?#U:agreements|#U:agreements)(?: (?:in|with) (?:the )?#R| in (?:the )?program)?"
)
OPENS = (
    r"(?:^|(?<=, )|(?<=; )|(?<=and )|(?<=but )|(?<=that )|(?<=while )|(?<=#W )|(?<=says )|(?<=said )|(?<=say )|"
    r"(?<=because )|(?<=though )|(?<=where ))"
)
"""Where a statement may begin: nothing before it may turn or halve it (not every; half of all)."""
UNDER = (
    r"(?:(?:is|are|was|were|follows?|followed|uses?|used|falls?|fall) )?(?:(?:all|now|currently) )?"
    r"(?:(?:under|of|on) )?(?:(?:the|an?) )?(?P<model>#M)(?: #U:\w+)?"
)
OF_PLACE = rf"(?:(?P<own>#P) (?:#1 )?)?{THING}(?: (?:in|of) (?P<place>#P)| (?P<nation>#N))?"
WHOLE = when_needed(
    rf"{OPENS}(?P<said>every_single|every_one|every|each|all|{PORTIONS})(?: (?:of|the|its|those|#1))*? "
    rf"{OF_PLACE}(?: , #1 (?:of|out of) #1 ,)? {UNDER}(?= |$)"
)
NOT_ALL = when_needed(rf"{OPENS}(?P<said>not_every|not_all)(?: (?:of|the|its|those|#1))*? {OF_PLACE} {UNDER}(?= |$)")
NONE = when_needed(rf"{OPENS}(?P<said>none|not_one)(?: of)?(?: the)? {OF_PLACE} {UNDER}(?= |$)")
NONE_OF_THEM = when_needed(rf", (?P<said>none|not_one)(?: of (?:them|those|these|which))? {UNDER}(?= |$)")
ALL_BUT_OF_THEM = when_needed(
    rf", (?P<said>all but) (?P<rest>#1|one)(?: of (?:them|those|these|which))? {UNDER}(?= |$)"
)
ALL_BUT = when_needed(rf"{OPENS}(?P<said>all but) (?P<rest>one) of (?P<own>#P) (?P<of>#1) {THING} {UNDER}(?= |$)")
NEITHER = when_needed(
    rf"{OPENS}(?P<said>neither) (?P<one>#P) nor (?P<other>#P) "
    rf"(?:(?:has|have|had|holds?) (?:an?|any|a_single) {THING}|{JOINING}|(?:has|have|had) (?:an?|any|a_single) "
    r"(?:participating )?#U:(?:agencies|sheriffs) (?:on (?:ICE's|ice's|the) (?:federal )?list|in the program))(?= |$)"
)
LACKING = when_needed(
    rf"(?P<places>{PLACES}) "
    r"(?P<said>(?:(?:do|does|did) not|don't|doesn't|didn't|(?:has|have|had|holds?)(?= not a_single))) "
    rf"(?:currently )?(?:have|hold|not) (?:any|an?|a_single) {OF_MODEL}(?= |$)"
)
ABSENT = when_needed(
    rf"{OPENS}(?:there )?(?P<said>(?:is|are|was|were) not|isn't|aren't|wasn't|weren't) (?:any|an?|a_single) {OF_MODEL} "
    rf"(?:in|with) (?P<place>#P)(?= |$)"
)
PLACES_LISTED = r"(?P<places>#P(?: (?:, or|, and|,|or|and) #P)*)"
AMONG_THOSE_WITHOUT = when_needed(
    rf"{OPENS}{PLACES_LISTED} (?P<said>are|is) (?:among|one of) (?:the )?#U:states (?:with|that have) (?:no|none) "
    r"(?:#R )?#U:(?:agencies|agreements)(?: (?:in|on) (?:the|ICE's|ice's) (?:#R|program|list))?(?= |$)"
)
NOWHERE = when_needed(
    rf"{OPENS}(?P<said>not a_single|not_one) {THING} "
    r"(?:(?:has been|is|was) (?:signed|reached|in (?:force|place|effect))|exists|existed) "
    r"in (?P<places>#P(?: (?:, or|, and|,|or|and) #P)*)(?= |$)"
)
NOT_ONE = when_needed(
    rf"{OPENS}(?P<said>not_one|not a_single) (?P<unit>#U:\w+) "
    rf"(?:in (?P<place>#P) {JOINING}|{JOINING} in (?P<own>#P))(?= |$)"
)
EVERY_OFFICE = when_needed(
    rf"{OPENS}(?P<said>every_one|every|each|all)(?: of)?(?: the)? (?:(?P<own>#P) )?(?:#1 )?"
    r"(?P<unit>#U:(?:sheriffs|counties))"
    r"(?: in (?P<place>#P))? "
    r"(?:(?:has|have) (?:signed )?(?:(?:an?|at_least one) )?|(?:holds?|signed) (?:(?:an?|at_least one) )?)"
    r"(?:#R )?(?:(?P<model>#M) )?#U:(?:agreements|agencies)(?: in (?:the )?(?:#R|program))?(?= |$)"
)
DIRECTION = when_needed(
    rf"{OPENS}(?:the )?number of (?:(?P<own>#P) )?(?:(?:#R|active|current|participating) )*(?P<unit>#U:\w+)"
    rf"(?: (?:in|of) (?P<place>#P)| (?P<nation>#N))? (?:(?:has|have|had) )?(?P<said>#\+|#-) (?P<when>#W)(?= |$)"
)


APART = when_needed(
    r"(?:(?P<one>#P) (?:has|have|counts|holds) (?:#1|one) #U:(?P<unit>agreements|agencies)|"
    r"#1 #U:(?P<of>agreements|agencies) in (?P<own>#P)) , (?P<by>#1|one) (?P<said>more_than|fewer_than) "
    r"(?:in )?(?P<other>#P)(?= [.,;]|$)"
)
BODIES = (
    r"(?:(?:#R|active|current|such|participating|signed) )*(?:(?P<model>#M) )?"
    r"(?P<unit>#U:(?:agreements|agencies|sheriffs|police))"
)
COMPARED = when_needed(
    rf"{OPENS}(?P<one>#P) (?:now |currently )?(?:has|have|had|holds|counts) (?:(?:far|many) )?(?P<said>more|fewer) "
    rf"{BODIES} than (?P<other>#P)(?: (?:has|have|had|does|do))?(?= |$)(?! (?:,|and|or) #P)"
)
SURPASSED = when_needed(
    rf"{OPENS}(?P<one>#P) (?:(?:has|have|had|now|recently|already) )*(?:(?P<said>surpasses|outpaces|outpaced|"
    r"outnumbers|tops|topped|exceeds|exceeded|outranks|beats|trails|lags) (?P<other>#P) (?:in|by|for)|"
    r"(?P<past>surpassed|overtook|overtaken|passed) (?P<rival>#P) by) "
    rf"(?:(?:the )?(?:total )?number of |total )?{BODIES}(?: #R)?(?: #W)?(?= |$)"
)
"""Texas trails Florida in agreements; ahead of whom a state came in is in relations.py."""
IN_EACH = when_needed(
    rf"{OPENS}(?:(?:there (?:are|were)|ICE has|ice has|ICE had|ice had) )?(?:far |many )?(?P<said>more|fewer) {BODIES}"
    r"(?: (?:have|hold|signed|has|had|with) (?:#R )?#U:(?:agreements|agencies))? "
    r"in (?P<one>#P) than in (?P<other>#P)(?= |$)"
)
"""More agencies in Ohio than in Iowa have agreements."""
FOREMOST = when_needed(
    rf"{OPENS}(?:(?:#N|ICE|ice) )?(?:has|had|holds|lists|counts|there are) (?P<said>more) {BODIES} in (?P<place>#P) "
    r"than (?:in )?any other #U:states(?= |$)"
)


FOREMOST_OWN = when_needed(
    rf"{OPENS}(?P<place>#P) (?:now |currently |#W )?(?:has|had|holds|counts|boasts) (?P<said>more) {BODIES}"
    r"(?:(?: (?:with|from) (?:ICE|ice)| in (?:place|force|effect))+ than (?:in )?any(?: other)? #U:states"
    r"| than any(?: other)? #U:states (?:but|except|besides)(?: for)? (?P<rivals>#P(?: (?:,|and|or) #P)*))(?= |$)"
)
"""Texas has more agreements with ICE than any other state; than any state but Florida and Texas."""


def statements(parsed: Parsed, behind: Background, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of a sentence that its words make without a figure."""
    if not (SPELLING.search(parsed.sentence.text) or len(claims) > 1):
        return
    line = line_of(parsed)
    spots = times(parsed.tokens, parsed.amounts, behind)
    when = spots.leading or spots.trailing or When()
    for pattern, made in (
        (WHOLE, _whole), (NOT_ALL, _whole), (NONE, _none), (NEITHER, _neither), (LACKING, _lacking),
        (NOWHERE, _lacking), (AMONG_THOSE_WITHOUT, _lacking),
        (ABSENT, _zero), (NOT_ONE, _zero), (EVERY_OFFICE, _every_office),
    ):  # fmt: skip
        for found in pattern.finditer(line.text):
            claim = made(line, found, when, behind)
            if claim:
                yield claim
    if not parsed.amounts:
        yield from _compared(line, when)
    yield from _more_by(line, when)
    for found in NONE_OF_THEM.finditer(line.text):
        yield from _of_them(line, found, claims)
    for found in ALL_BUT_OF_THEM.finditer(line.text):
        yield from _all_but(line, found, claims)
    for found in ALL_BUT.finditer(line.text):
        yield from _all_but(line, found, claims, of_place=True)
    if not parsed.amounts:
        for found in DIRECTION.finditer(line.text):
            yield from _direction(line, found, behind)
    yield from _contest(line, claims)


def _claim(line: TagLine, found: re.Match[str], figure: Figure, unit: str, where: Where, when: When) -> Claim:
    model = line.value(found, "model")
    return Claim(
        "count", figure, unit, where, when, line.span(*found.span()), line.parsed.sentence.span, model,
        wording=Phrasing(speaker=line.parsed.sentence.speaker, spelled=True, distinct=True),
    )  # fmt: skip


def _figure(line: TagLine, found: re.Match[str], value: float, low: float, high: float) -> Figure:
    span = line.span(*found.span("said"))
    offset = line.parsed.sentence.span.start
    return Figure(value, low, high, "range", span, line.parsed.sentence.text[span.start - offset : span.end - offset])


def _where(line: TagLine, found: re.Match[str], behind: Background) -> Where | None:
    """The place that a statement names; the nation where it, ICE or the program as such is named; else none."""
    state = line.value(found, "own", "place")
    if state:
        return Where((state,), True, "named")
    kinds = line.parsed.kinds()
    if "PLACE" in kinds or "STATEWIDE" in kinds or "NAME" in kinds:
        return None
    wide = "NATION" in kinds or bool(kinds & {"PROGRAM", "ICE"}) or any(
        one.text.lower().startswith("program") for one in line.parsed.tokens
    )  # fmt: skip
    alone = behind.where is None or (behind.where.nation and behind.where.known)
    return Where((), True, "the nation") if (wide or alone) and not behind.home else None


def _whole(line: TagLine, found: re.Match[str], when: When, behind: Background) -> Claim | None:
    where = _where(line, found, behind)
    if where is None:
        return None
    said = found["said"].replace("_", " ")
    low, high = (0, 99.99) if said.startswith("not ") else hedges()["portions"].get(said, (100, 100))
    shown = hedges()["portions_shown"].get(said, (low + high) / 2)
    figure = _figure(line, found, float(shown), float(low), float(high))
    claim = _claim(line, found, figure, "agreements", where, when)
    return replace(claim, shape="share", sense="of_place" if where.states else "")


def _none(line: TagLine, found: re.Match[str], when: When, behind: Background) -> Claim | None:
    where = _where(line, found, behind)
    return _claim(line, found, _figure(line, found, 0, 0, 0), "agreements", where, when) if where else None


def _of_them(line: TagLine, found: re.Match[str], claims: Sequence[Claim]) -> Iterator[Claim]:
    """``eight agreements, none of them under the task force model``: of what was counted last before."""
    span = line.span(*found.span())
    before = [one for one in claims if one.shape == "count" and one.span.end <= span.start and not one.model]
    if before and not before[-1].pending and before[-1].is_plain:
        last = before[-1]
        yield replace(_claim(line, found, _figure(line, found, 0, 0, 0), last.unit, last.where, last.when), span=span)


def _all_but(
    line: TagLine, found: re.Match[str], claims: Sequence[Claim], *, of_place: bool = False
) -> Iterator[Claim]:
    """``17 agencies, all but one under the task force model``: 16 of what was counted last before, or of a place."""
    span = line.span(*found.span())
    but = line.tokens(*found.span("rest"))[0].number
    if of_place:
        all_of_it = line.span(*found.span("of"))
        before = [one for one in claims if one.figure and one.span.start <= all_of_it.start < one.span.end]
        before = [one for one in before if one.shape == "count" and not one.model and one.unit == "agreements"]
    else:
        before = [one for one in claims if one.shape == "count" and one.span.end <= span.start and not one.model]
    last = before[-1] if before else None
    if last is None or but is None or last.figure is None or last.figure.rule != "exact" or last.pending:
        return
    rest = last.figure.value - but
    claim = _claim(line, found, _figure(line, found, rest, rest, rest), last.unit, last.where, last.when)
    yield replace(claim.worded(distinct=False), span=span)


def _neither(line: TagLine, found: re.Match[str], when: When, _behind: Background) -> Claim | None:
    states = tuple(line.tokens(*found.span(one))[0].value for one in ("one", "other"))
    return _claim(line, found, _figure(line, found, 0, 0, 0), "agreements", Where(states, True, "named"), when)


def _lacking(line: TagLine, found: re.Match[str], when: When, _behind: Background) -> Claim | None:
    states = tuple(one.value for one in line.tokens(*found.span("places")) if one.kind == "PLACE")
    return _claim(line, found, _figure(line, found, 0, 0, 0), "agreements", Where(states, True, "named"), when)


def _zero(line: TagLine, found: re.Match[str], when: When, behind: Background) -> Claim | None:
    where = _where(line, found, behind)
    unit = line.value(found, "unit") or "agreements"
    return _claim(line, found, _figure(line, found, 0, 0, 0), unit, where, when) if where else None


COUNTY_OFFICES = "how many sheriffs the state has is taken from the number of its counties"


def _every_office(line: TagLine, found: re.Match[str], when: When, behind: Background) -> Claim | None:
    """Every county of a state, or every sheriff: as many as it has counties."""
    where = _where(line, found, behind)
    unit = line.value(found, "unit") or ""
    if where is None or not where.states:
        return None
    total = float(counties_of(where.states))
    claim = _claim(line, found, _figure(line, found, total, total, total), unit, where, when)
    return claim.worded(unsure=COUNTY_OFFICES if unit == "sheriffs" else None)


def _direction(line: TagLine, found: re.Match[str], behind: Background) -> Iterator[Claim]:
    """``The number of agreements fell in 2025``: fewer as the stretch ended than as it began."""
    where = _where(line, found, behind)
    if where is None and not {"PLACE", "STATEWIDE", "NAME"} & line.parsed.kinds() and not behind.home:
        where = Where((), True, "the nation")
    when = times(line.parsed.tokens, (), behind).leading
    if where is None or when is None or not (when.period or when.since):
        return
    figure = replace(_figure(line, found, 0, math.nextafter(0, 1), math.inf), rule="over")
    claim = _claim(line, found, figure, line.value(found, "unit") or "agreements", where, when)
    yield replace(claim.compared(falls=found["said"] == "#-"), shape="change")


def _compared(line: TagLine, when: When) -> Iterator[Claim]:
    """``Wyoming has fewer agreements than Montana``; ``ICE has more agreements in Texas than in any other state``."""
    for found in (*COMPARED.finditer(line.text), *IN_EACH.finditer(line.text)):
        one, other = (line.tokens(*found.span(name))[0] for name in ("one", "other"))
        if any(token.text.lower() == "only" for token in line.parsed.tokens if token.span.start < one.span.start):
            continue  # only Ohio and Iowa have more than Utah: a claim of rank
        more, less = (one, other) if found["said"] == "more" else (other, one)
        figure = replace(_figure(line, found, 0, math.nextafter(0, 1), math.inf), rule="over")
        where = Where((more.value,), True, more.text)
        claim = _claim(line, found, figure, line.value(found, "unit") or "agreements", where, when)
        yield replace(claim.compared(against=(less.value,)), shape="gap")
    for found in SURPASSED.finditer(line.text):
        said, rival = ("said", "other") if found["said"] else ("past", "rival")
        one, other = (line.tokens(*found.span(name))[0] for name in ("one", rival))
        more, less = (other, one) if found[said] in ("trails", "lags") else (one, other)
        span = line.span(*found.span(said))
        figure = Figure(0, math.nextafter(0, 1), math.inf, "over", span, found[said])
        where = Where((more.value,), True, more.text)
        claim = _claim(line, found, figure, line.value(found, "unit") or "agreements", where, when)
        yield replace(claim.compared(against=(less.value,)), shape="gap")
    ranked = any(one.kind == "RANK" for one in line.parsed.tokens)
    own_words = [] if ranked else FOREMOST_OWN.finditer(line.text)
    for found in (*FOREMOST.finditer(line.text), *own_words):
        place = line.tokens(*found.span("place"))[0]
        where = Where((place.value,), True, place.text)
        rivals_ = found["rivals"] if "rivals" in found.re.groupindex else None
        rank = 1 + (rivals_ or "").count("#P")
        figure = replace(_figure(line, found, rank, rank, rank), rule="exact")
        claim = _claim(line, found, figure, line.value(found, "unit") or "agreements", where, when)
        claim = replace(claim, shape="rank", terms=InOrder(rank="most" if rank == 1 else str(rank)))
        if rivals_:
            span = line.span(*found.span("rivals"))
            claim = claim.worded(covers=(*claim.wording.covers, (span, "rank")))
        yield claim


def _more_by(line: TagLine, when: When) -> Iterator[Claim]:
    """``Utah has nine agreements, two more than Iowa``: by how many the one is ahead of, or behind, the other."""
    for found in APART.finditer(line.text):
        first, last = found.span("by")[0], found.span()[1]
        by, other = line.tokens(*found.span("by"))[0], line.tokens(*found.span("other"))[0]
        own = line.tokens(*found.span("one" if found["one"] else "own"))[0]
        if by.number is None:
            continue
        figure = Figure(by.number, by.number, by.number, "exact", by.span, by.text)
        unit = found["unit"] or found["of"]
        where = Where((own.value,), True, own.text)
        claim = replace(_claim(line, found, figure, unit, where, when), span=line.span(first, last))
        yield replace(claim.compared(against=(other.value,), falls=found["said"] == "fewer_than"), shape="gap")


def _contest(line: TagLine, claims: Sequence[Claim]) -> Iterator[Claim]:
    """``Pennsylvania, with 49, has overtaken Georgia, with 43``: the one has more than the other."""
    tokens = line.parsed.tokens
    contest = rivals(tokens, len(tokens))
    if contest is None:
        return
    subject, rival, ahead = contest
    counted = {state for one in claims if one.shape == "count" and one.unit in ("agreements", "agencies")
               for state in one.where.states}  # fmt: skip
    if subject.kind != "PLACE" or not {subject.value, rival.value} <= counted:
        return
    said = {*words("winning"), *words("losing")}
    verb = next((one for one in tokens if set(one.text.lower().split()) & said), None)
    if verb is None or any(one.shape in ("gap", "times", "rank") for one in claims):
        return
    first = next(one for one in claims if subject.value in one.where.states)
    winner, loser = (subject, rival) if ahead else (rival, subject)
    figure = Figure(0, math.nextafter(0, 1), math.inf, "over", verb.span, verb.text)
    yield Claim(
        "gap",
        figure,
        first.unit,
        Where((winner.value,), True, winner.text),
        first.when,
        verb.span,
        line.parsed.sentence.span,
        first.model,
        wording=Phrasing(speaker=line.parsed.sentence.speaker, spelled=True),
        terms=SetAgainst(against=(loser.value,)),
    )
