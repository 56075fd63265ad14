"""Shares of all sheriffs of one state: three in four Texas sheriffs; more than half of Tennessee's 95 sheriffs.

What enters: a parsed sentence and the index. What leaves: an answer, by the number of the state's sheriff's offices
with an agreement among its counties. Promise: only where every county has one sheriff, and a number of sheriffs that is
stated is that of the counties; the pattern names every token of the stretch that it reads.
"""

from collections.abc import Iterator
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Figure, Phrasing, When, Where
from ledger287.factcheck.extract.statements.statements import OPENS
from ledger287.factcheck.extract.statements.tag_line import line_of
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, number
from ledger287.factcheck.verdicts.judging import judge

MEASURE = "share_of_sheriffs"
HEDGED = r"(?:(?:about|nearly|some|roughly|only|just|almost|around|more_than|fewer_than|less_than|over|barely) )*"
JOINED = (
    r"(?: , #1 (?:of|out of) #1 ,)? (?:now )?(?:(?:is|are) (?:now )?(?:in|on_board|aboard|part of|enrolled|signed_up|"
    r"members of)(?: (?:the )?(?:#R|program))?|(?:has|have) (?:now )?(?:signed(?:_up|_on)?|joined|agreements|an|"
    r"(?:an? )?(?:#R )?#U:agreements)|takes? part|take_part|participates?|hold|holds|signed)"
)
SHARE = when_needed(
    rf"{OPENS}(?P<said>{HEDGED}(?:a_little_more_than |a_bit_more_than |well_over |slightly_more_than )?"
    r"(?:#1 (?:in|of|out of|of every|in every) #1|half|#1 (?:percent|%)|a quarter|a third|two_thirds|three_quarters|"
    r"[a-z_-]*(?:quarters?|thirds?|fifths?|fourths?))) (?:of )?(?:the |all )*"
    rf"(?P<place>#P) (?:(?P<all>#1) )?#U:sheriffs(?={JOINED})"
)
AGREED = r"(?:an? )?(?:#R )?#U:agreements(?= (?:[.,;]|with|#W|to|in|for|as)|$)"
OWN = (
    rf"(?:(?:now|already|currently) )?(?:(?:(?:have|has) (?:(?:now|already) )?(?:signed )?|holds? |signed ){AGREED}|"
    r"(?:(?:have|has) (?:(?:now|already) )?)?joined (?:the )?(?:#R|program)|"
    r"(?:takes?_part|take part|participates?) in (?:the )?(?:#R|program))"
)
SHARE_IN = when_needed(
    rf"{OPENS}(?P<said>{HEDGED}(?:(?:#1|one) (?:in|of|out of|of every|in every|of each|in each) (?:#1|one)|half|"
    r"#1 (?:percent|%)|[a-z_-]*(?:quarters?|thirds?|fifths?|fourths?))) (?:of )?(?:(?:the|all) )*"
    rf"#U:sheriffs (?:in|of|across) (?P<place>#P) {OWN}"
)
"""Half of the sheriffs in Tennessee have agreements."""
SIGNED = when_needed(r"\b(?:signed(?:_up|_on)?|joined)\b")
SLACK = 2.5
"""Points to either side of a share that is said in round words."""
BOUNDED = ("below", "over", "least", "most", "upto", "justover")
"""Hedges that name one side of a share: more than half, fewer than half."""
NO_SHERIFFS = ("AK", "CT", "HI", "RI", "VA", "MD", "MO", "NV", "DC")
"""Places without sheriffs, or with independent cities, where counties do not count the sheriffs."""


def of_sheriffs(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """The answer on a share of all sheriffs of a state."""
    from ledger287.places.gazetteer.geography import geography

    if not any(one.value == "sheriffs" and one.kind == "UNIT" for one in parsed.tokens):
        return
    line = line_of(parsed)
    found = SHARE.search(line.text) or SHARE_IN.search(line.text)
    if found is None or any(one.kind == "MODEL" for one in parsed.tokens):
        return
    spots = times(parsed.tokens, parsed.amounts, behind)
    when = spots.leading or spots.trailing or When()
    if when.windows and (when.period or when.since) and SIGNED.search(line.text):
        return  # who signed in that time, not who has an agreement
    state = line.tokens(*found.span("place"))[0].value
    begins, span = line.span(*found.span("said")), line.span(*found.span())
    share = next((one.figure for one in parsed.amounts if one.kind in ("ratio", "percent", "portion")
                  and one.figure.span.start <= begins.end and begins.start < one.figure.span.end), None)  # fmt: skip
    total = len(geography().counties_of.get(state, ()))
    stated = line.tokens(*found.span("all"))[0].number if found.groupdict().get("all") else total
    if share is None or state in NO_SHERIFFS or not total or stated != total or share.high > 100:
        return
    low, high = share.low, share.high
    if share.rule not in BOUNDED and (low <= share.value - SLACK / 2 or low == high or (low < share.value < high)):
        low, high = min(low, share.value - SLACK), max(high, share.value + SLACK)
    low, high = low * total / 100, high * total / 100
    figure = Figure(share.value * total / 100, low, high, "about", share.span, share.said)
    claim = Claim(
        "count",
        figure,
        "sheriffs",
        Where((state,), True, name_of(state)),
        when,
        span,
        parsed.sentence.span,
        wording=Phrasing(speaker=parsed.sentence.speaker, spelled=True, covers=((span, "figure"),)),
    )
    answer = judge(claim, behind.published, index)
    given = answer.evidence[0].value if answer.evidence else None
    firm = answer.verdict in ("supported", "contradicted", "was_true", "became_true") and given is not None
    reason = f"{number(given)} of {total} sheriff's offices, {100 * given / total:.0f}%." if given is not None else ""
    shown = replace(claim, figure=share, shape="share")
    meaning = f"{share.said} of the sheriffs in {name_of(state)} held an agreement"
    if answer.verdict in ("was_true", "became_true"):
        reason = answer.reason
    if not firm:
        return
    yield replace(answer, claim=shown, meaning=meaning, reason=reason, measure=MEASURE)
