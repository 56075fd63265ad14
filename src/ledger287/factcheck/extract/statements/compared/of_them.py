"""What most of those that were just counted are: sheriff's offices, under one model, signed since a day.

What enters: a parsed sentence (or clause) and what the text before has settled. What leaves: claims on shares of what
was counted last; and the count with the words on some of them, which say nothing of the count. Promise: a pattern
names every token of its stretch; what was counted has to be known, and to be a count of what is held.
"""

from collections.abc import Iterator
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, When, Where
from ledger287.factcheck.extract.statements.statements import PORTIONS, UNDER
from ledger287.factcheck.extract.statements.tag_line import TagLine, line_of
from ledger287.factcheck.parse.numbers import hedges
from ledger287.factcheck.parse.parsing import Parsed

KIND = r"#U:(?:sheriffs|police|state_agencies|county_agencies|campuses|constables)"
OF_THEM = r"(?: of (?:them|those|these|which|whom))?"
POINTS = r"(?= of (?:them|those|these|which|whom)| (?:are|were|is|was|being|use|follow|fall|have|had) )"
"""What has to follow "most": most of them; most are. Most sheriffs are others than those that were counted."""
BEING = r"(?:(?:are|were|is|was|being) )?(?:with )?"
CLOSES = r"(?= ?[.!,]| ?$)"
OF_KIND = when_needed(
    rf"^(?:and |but |with )?(?P<said>{PORTIONS}|all){POINTS}{OF_THEM} {BEING}(?P<kind>{KIND})"
    r"(?= ?[.!,]| ?$| in | outside )"
)
SIGNED_THEN = when_needed(
    rf"^(?:and |but |with )?(?P<said>{PORTIONS}|all|half){OF_THEM} (?:(?:have|has|had) been |(?:are|were|was|is) )?"
    rf"(?:signed|approved|struck|reached|inked|added) (?:up )?(?P<when>#W){CLOSES}"
)
UNDER_MODEL = when_needed(rf"^(?:and |but |with )?(?P<said>{PORTIONS}|all){POINTS}{OF_THEM} (?:for )?{UNDER}{CLOSES}")
MAKING_UP = when_needed(
    rf"(?:^|(?<=, ))(?P<kind>{KIND}) (?:(?:now|also|still) )?(?:make up|makes up|made up|account for|accounted for|"
    rf"are|were|represent|comprise|constitute) (?P<said>{PORTIONS}|half)(?: of)?(?: (?:the|all|its|those))*"
    r" (?:(?:#R|active|current|participating|program|signed) )*(?P<of>#U:(?:agencies|partnerships|agreements))"
    r"(?: (?:in|of) (?:the )?(?:(?P<place>#P)|(?:program|#R|#N)))?(?= |$)"
)
HALF = (49.5, 50.5)


def of_them(parsed: Parsed, behind: Background) -> Iterator[Claim]:
    """The claims on most of those counted last, and on the kind of agency that most participants are."""
    low = parsed.sentence.text.lower()
    if not any(word in low for word in ("most", "all", "major", "bulk", "half", "share")):
        return
    line = line_of(parsed)
    last = behind.last
    if last is not None and last.shape == "count" and not last.pending and not last.model:
        yield from _of_last(line, last, behind)
    for found in MAKING_UP.finditer(line.text):
        token = line.tokens(*found.span("place"))[0] if found["place"] else None
        where = Where((token.value,), True, token.text) if token else behind.where or Where((), True, "the nation")
        unit = "agreements" if found["of"].endswith("agreements") else "agencies"
        claim = _share(line, found.span("said"), found.span(), unit, where)
        when = times(parsed.tokens, parsed.amounts, behind).leading
        yield replace(claim, kind=found["kind"].removeprefix("#U:"), when=when or claim.when)


def _of_last(line: TagLine, last: Claim, behind: Background) -> Iterator[Claim]:
    agencies = last.unit in ("agencies", "partnerships")
    for found in OF_KIND.finditer(line.text):
        if agencies or last.unit == "agreements":
            claim = _share(line, found.span("said"), found.span(), "agencies" if agencies else "agreements", last.where)
            yield replace(claim, kind=found["kind"].removeprefix("#U:"), when=last.when)
    if last.unit != "agreements":
        return
    for found in SIGNED_THEN.finditer(line.text):
        spots = times(line.parsed.tokens, line.parsed.amounts, behind)
        when = spots.since or spots.leading or spots.trailing
        if when and when.windows and (when.period or when.since):
            claim = _share(line, found.span("said"), found.span(), "agreements", last.where)
            yield replace(claim, sense="signed", when=when)
    for found in UNDER_MODEL.finditer(line.text):
        claim = _share(line, found.span("said"), found.span(), "agreements", last.where)
        claim = replace(claim, model=line.value(found, "model"), when=last.when)
        yield replace(claim, sense="of_place") if last.where.states else claim


def _share(line: TagLine, at: tuple[int, int], all_of_it: tuple[int, int], unit: str, where: Where) -> Claim:
    span, said = line.span(*at), line.text[slice(*at)].replace("_", " ")
    low, high = HALF if said == "half" else hedges()["portions"].get(said, (100.0, 100.0))
    shown = hedges()["portions_shown"].get(said, (low + high) / 2)
    figure = Figure(float(shown), float(low), float(high), "range", span, said)
    claim = Claim("share", figure, unit, where, When(), line.span(*all_of_it), line.parsed.sentence.span)
    return claim.worded(speaker=line.parsed.sentence.speaker, spelled=True)
