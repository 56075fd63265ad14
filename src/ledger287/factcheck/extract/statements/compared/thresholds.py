"""States counted by how much each of them has: two states have more than 300 agreements; only Florida has.

What enters: a parsed sentence and the index. What leaves: answers, counted state by state on the lists of the days
meant. Promise: the pattern names every token of the stretch that it reads; "fewer than" is contradicted only where it
is wrong with the states that have none and without them.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ledger287.core.patterns import when_needed
from ledger287.core.text import listed
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, InOrder, Phrasing, SetAgainst, When, Where
from ledger287.factcheck.extract.statements.statements import OPENS
from ledger287.factcheck.extract.statements.tag_line import TagLine, line_of
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.measures.readings import moment, name_of
from ledger287.factcheck.parse.model import Amount
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence, number
from ledger287.factcheck.verdicts.judging import judge
from ledger287.factcheck.verdicts.names import MODEL_NAMES

MEASURE = "states_with_more"
HAVING = r"(?:each )?(?:has|have|had|with|holds?|held|to have|that has|that have)(?: each)?"
HEDGE = r"(?:more_than|over|at_least|upwards?_of|fewer_than|less_than|under|no_fewer_than|exactly|well_over|above)"
MANY = (
    rf"(?:{HEDGE} )?(?P<many>#1) (?:(?:#R|active|signed|current|such|participating) )*"
    r"(?P<unit>#U:(?:agreements|agencies))(?: (?:each|apiece))?(?: (?:under|of|on) (?:the )?(?P<model>#M))?(?= |$)"
)
NAMED = r"(?: (?::|—|–|,|\() (?:namely )?(?P<list>#P(?: (?:,|and|#P))*) ?\)?(?= ?[.;]|$))?"
"""The states themselves, behind what each of them has: …: Florida, Texas and Ohio."""
COUNTED = when_needed(
    rf"{OPENS}(?:(?:only|just|exactly|about|roughly|nearly|at_least|more_than) )?"
    rf"(?P<count>#1|no|half)(?: of(?: all)?)?(?: the)?(?: other)? #U:states {HAVING} {MANY}{NAMED}"
)
EVERY_BUT = when_needed(
    rf"{OPENS}(?P<said>(?:every|all) (?:#U:states )?(?:but|except|save)(?: for)?) (?P<count>#1)(?: #U:states)? "
    rf"{HAVING} "
    r"(?:at_least )?(?:#1|one|an?|some) (?:(?:#R|active|current|participating) )*#U:(?:agencies|agreements)"
    r"(?: in (?:the )?(?:#R|program))?(?= |$)"
)
"""Every state but eleven has at least one participating agency."""
AS_MANY = when_needed(
    r"^(?:(?:apart_from|outside|outside_of|other_than|aside_from|excluding|besides|leaving_aside) (?P<places>#P(?: "
    r"(?:,|and|#P))*?) ,? ?)?"
    r"(?P<said>no_(?:other_)?state_has_as_many|no (?:other )?#U:states (?:has|have|had|holds) (?:as_many|as many)) "
    r"as (?P<many>#1) "
    r"(?:(?:#R|active|signed|current|such|participating) )*(?P<unit>#U:(?:agreements|agencies))(?= |$)"
)
"""Apart from Florida and Texas, no state has as many as 70 agreements."""
BODIES = r"(?:(?:active|current|local|participating) )*(?P<unit>#U:(?:agencies|sheriffs|police))"
JOINED = (
    r"(?:(?:now )?takes?_part|taking_part|participates?|(?:has|have|had|holds?) (?:an? )?(?:#R )?#U:agreements|"
    r"(?:(?:has|have|had) )?(?:signed|joined))(?= |$)"
)
COUNTING = r"(?:(?:only|just|exactly|about|roughly|nearly|at_least|more_than) )?(?P<count>#1)(?: of(?: all)?(?: the)?)?"
IN_STATES = when_needed(
    rf"(?:^|(?<=, )|(?<=; )|(?<=and )|(?<=but ))in {COUNTING} #U:states ,? ?"
    rf"(?P<hedge>at_least |no_fewer_than |only |just |exactly )?(?P<many>#1|one)(?P<more> or_more)? {BODIES} {JOINED}"
)
"""In 34 states at least three agencies take part."""
SIGNED = when_needed(r"\b(?:signed|joined)$")
EACH_AT_MOST = 25
"""So many agencies may be meant of each state; more of them may be of all these states together."""
ONLY = when_needed(rf"{OPENS}(?:only|just) (?P<places>#P(?: (?:,|and|#P))*?) {HAVING} {MANY}")
ALONE = when_needed(
    rf"{OPENS}(?P<places>#P(?: (?:,|and|#P))*?) (?:is|are|was|were|remains?) (?:the_only|only|the only)"
    rf"(?: (?:#1))? #U:states {HAVING} {MANY}"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim with what each state has to have."""

    claim: Claim
    named: frozenset[str]
    share: bool
    unit: str
    listed: frozenset[str] = frozenset()


def thresholds(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """The answers on states counted by what each of them has."""
    if sum(token.kind == "UNIT" and token.value == "states" for token in parsed.tokens) > 1:
        return
    line = line_of(parsed)
    for pattern in (COUNTED, ONLY, ALONE):
        for match in pattern.finditer(line.text):
            found = _read(line, match, behind)
            answer = _judged(found, behind, index, each="each" in match[0] or bool(found.named)) if found else None
            if answer:
                yield answer
    if not any(token.kind == "MODEL" for token in parsed.tokens):
        for match in IN_STATES.finditer(line.text):
            found = _read(line, match, behind)
            if found and _is_of_each(found, match):
                answer = _judged(found, behind, index, each=True)
                if answer:
                    yield answer
    for match in EVERY_BUT.finditer(line.text):
        yield from _but(line, match, behind, index)
    for match in AS_MANY.finditer(line.text):
        found = _as_many(line, match, behind)
        answer = _judged(found, behind, index, each=True) if found else None
        if answer:
            yield answer


def _is_of_each(found: _Found, match: re.Match[str]) -> bool:
    """Whether so many are meant of each state: a few, said to be the least or the only ones, with an agreement then."""
    many, when = found.claim.whole, found.claim.when
    if many is None or (when.windows and (when.period or when.since) and SIGNED.search(match[0])):
        return False
    bounded = match["hedge"] or match["more"] or many.said.lower() == "a single"
    return bool(bounded) and many.value <= EACH_AT_MOST


def _but(line: TagLine, match: re.Match[str], behind: Background, index: Index) -> Iterator[Answer]:
    """Every state but so many: those that have none."""
    amount = _amount(line, match.start("count"))
    if amount is None:
        return
    spots = times(line.parsed.tokens, line.parsed.amounts, behind)
    claim = Claim(
        "count",
        amount.figure,
        "states",
        Where((), True),
        spots.leading or spots.trailing or When(),
        line.span(*match.span()),
        line.parsed.sentence.span,
        wording=Phrasing(
            speaker=line.parsed.sentence.speaker, spelled=True, covers=((line.span(*match.span()), "figure"),)
        ),
        sense="without",
    )
    yield judge(claim, behind.published, index)


def _as_many(line: TagLine, match: re.Match[str], behind: Background) -> _Found | None:
    """No state but those named has so many: these have, and no other."""
    many = _amount(line, match.start("many"))
    if many is None or many.figure.rule != "exact":
        return None
    places = line.tokens(*match.span("places")) if match["places"] else ()
    named = frozenset(one.value for one in places if one.kind == "PLACE")
    least = replace(many.figure, low=many.figure.value, high=math.inf, rule="least")
    value = float(len(named))
    said = line.tokens(*match.span("said"))[0]
    spots = times(line.parsed.tokens, line.parsed.amounts, behind)
    claim = Claim(
        "count",
        Figure(value, value, value, "exact", many.figure.span, said.text),
        "states",
        Where((), True, "the nation"),
        spots.leading or spots.trailing or When(),
        line.span(*match.span()),
        line.parsed.sentence.span,
        wording=Phrasing(
            speaker=line.parsed.sentence.speaker, spelled=True, covers=((line.span(*match.span()), "figure"),)
        ),
        terms=InOrder(whole=least, rank="only", against=tuple(sorted(named))),
        sense="threshold",
    )
    return _Found(claim, named, False, line.value(match, "unit") or "agreements", named)


def _read(line: TagLine, match: re.Match[str], behind: Background) -> _Found | None:
    parsed = line.parsed
    many = _amount(line, match.start("many"))
    count = _amount(line, match.start("count")) if "count" in match.re.groupindex else None
    named = frozenset(
        one.value for one in line.tokens(*match.span("places")) if one.kind == "PLACE"
    ) if "places" in match.re.groupindex else frozenset()  # fmt: skip
    if many is None or (count is None and not named and match["count"] != "no"):
        return None
    span = line.span(*match.span())
    said = line.tokens(*match.span("places" if named else "count"))
    if count is not None:
        figure = count.figure
    else:
        value = float(len(named))
        figure = Figure(value, value, value, "exact", said[0].span, said[0].text)
    spots = times(parsed.tokens, parsed.amounts, behind)
    when = spots.leading or spots.trailing
    claim = Claim(
        "count",
        figure,
        "states",
        Where((), True, "the nation"),
        when or When(),
        span,
        parsed.sentence.span,
        line.value(match, "model"),
        wording=Phrasing(speaker=parsed.sentence.speaker, spelled=True),
        terms=InOrder("only", tuple(sorted(named)), many.figure) if named else SetAgainst(whole=many.figure),
        sense="threshold",
    )
    listed_ = frozenset(one.value for one in line.tokens(*match.span("list")) if one.kind == "PLACE") if (
        "list" in match.re.groupindex and match["list"]
    ) else frozenset()  # fmt: skip
    if listed_:
        claim = claim.worded(covers=((line.span(*match.span("list")), "place"),))
    unit = line.value(match, "unit") or "agreements"
    return _Found(claim, named, count is not None and count.kind == "ratio", unit, listed_)


def _amount(line: TagLine, at: int) -> Amount | None:
    """The amount whose number is at a place of the line."""
    place = next((number for number, start in enumerate(line.starts) if start == at), None)
    return next((one for one in line.parsed.amounts if place is not None and one.first <= place <= one.last), None)


def _judged(found: _Found, behind: Background, index: Index, *, each: bool) -> Answer | None:
    claim, figure, many = found.claim, found.claim.figure, found.claim.whole
    if figure is None or many is None:
        raise ValueError("a count of states by what they have has two figures")
    unit = found.unit
    under = f" under {MODEL_NAMES[claim.model]}" if claim.model else ""
    said = listed(name_of(state) for state in sorted(found.named)) or figure.said
    meaning = f"the states that have {many.said} {_noun(unit, many)}{under} each: {said}"
    when = moment(claim, behind.published, index)
    if when.outside:
        return Answer(claim, "not_in_record", meaning, f"{when.said} is not in the record: {when.outside}.",
                      measure=MEASURE, settles="a list of that time")  # fmt: skip
    places = sorted({place for window in when.windows for place in index.window(window.first, window.last)})
    kind = unit if unit in KINDS else None
    counted = "agencies" if kind else unit
    rows = {state: index.series(counted, Scope((state,), claim.model, kind)) for state in sorted(index.states)}
    fits: list[bool] = []
    last: Mapping[str, int] = {}
    for place in places:
        last = {state: row[place] for state, row in rows.items()}
        fits.append(any(_fits(found, states) for states in _having(last, many)))
    if not each and fits and many.low > max(last.values()):
        return None  # more than any state has: what all of them have together
    if not fits:
        return Answer(claim, "cannot_tell", meaning, "no list of those days is in the record.", measure=MEASURE)
    shown = _shown(found, last, many, under, index, places[-1])
    by_name = bool(found.named or found.listed or found.claim.rank == "only")
    if (when.wide or by_name) and any(fits) != all(fits):
        reason = f"right on some of the days that the sentence covers, not on others; {shown.sentence}."
        return Answer(claim, "cannot_tell", meaning, reason, (shown,), measure=MEASURE, settles="the day")
    return Answer(
        claim, "supported" if any(fits) else "contradicted", meaning, f"{shown.sentence}.", (shown,), measure=MEASURE
    )


KINDS = {"sheriffs": "sheriff's offices", "police": "police departments"}
ONE_OF = {
    "agencies": "agency",
    "agreements": "agreement",
    "sheriffs": "sheriff's office",
    "police": "police department",
}


def _noun(unit: str, many: Figure) -> str:
    """The noun of what is counted, of one or of several."""
    return ONE_OF[unit] if many.value == 1 else KINDS.get(unit, unit)


def _having(values: Mapping[str, int], many: Figure) -> Iterator[frozenset[str]]:
    """The states that have so many; where none is so many too, also without the states that have none."""
    with_none = frozenset(state for state, value in values.items() if many.right_for(value))
    yield with_none
    if many.right_for(0):
        yield frozenset(state for state in with_none if values[state])


def _fits(found: _Found, states: frozenset[str]) -> bool:
    figure = found.claim.figure
    if figure is None:
        return False
    if found.named or found.listed or found.claim.rank == "only":
        exact = states == (found.named or found.listed)
        return exact and (found.claim.rank == "only" or figure.right_for(len(states)))
    return figure.right_for(2 * len(states) if found.share else len(states))


def _shown(found: _Found, values: Mapping[str, int], many: Figure, under: str, index: Index, place: int) -> Evidence:
    states = sorted(next(_having(values, many)), key=lambda state: (-values[state], state))
    names = listed(f"{name_of(state)} ({number(values[state])})" for state in states[:6])
    rest = f" and {len(states) - 6} more" if len(states) > 6 else ""
    states_ = "1 state" if len(states) == 1 else f"{len(states)} states"
    sentence = f"{states_} had {many.said} {_noun(found.unit, many)}{under}" + (f": {names}{rest}" if states else "")
    source = index.lists[place]
    return Evidence(MEASURE, sentence, float(len(states)), None, None, source.day, source.file, source.sha256)
