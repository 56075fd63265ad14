"""The month with the most or the fewest signings: October was the slowest month since the spring.

What enters: a parsed sentence and the index. What leaves: an answer that compares that month's signings with those of
each month between. Promise: only a month that had ended, of the entire country, with a beginning whose days are known.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger287.core.patterns import when_needed
from ledger287.core.text import MONTHS
from ledger287.factcheck.extract.amounts.times.seasons import month_days
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.amounts.times.windows import month_number, resolve
from ledger287.factcheck.extract.model import Claim, Days, Figure, InOrder, Phrasing, Span, When, Where
from ledger287.factcheck.measures.index import Index, Scope
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer

EXTREME = when_needed(r"(?i)\b(?:(?:the|its|ICE[’']s) )?(?P<word>busiest|slowest) month\b")
NARROWING = ("PLACE", "NAME", "MODEL", "PENDING", "LEAVE", "STATEWIDE")


MONTH = rf"(?:{'|'.join(MONTHS)})"
OF_YEAR = (
    r"(?: (?:of|in) (?P<{0}>the (?:calendar )?year|this year|last year|20\d\d)| (?P<{0}2>this year|so far this year)"
    r"| so far(?= ?[,.:;]|$))"
)
YEARLY = when_needed(
    rf"(?P<a>{MONTH})(?: (?P<ay>20\d\d))? (?:was|is|remains|became|has been)(?: (?:so far|still|by far|easily|also))* "
    rf"(?:the|its|ICE[’']s|the (?:program|agency)[’']s) (?:(?P<word>busiest|slowest) month(?: for signings)?"
    rf"|month with (?:the )?(?P<many>most|more|fewest|least) (?:signings|(?:new )?agreements signed))"
    + OF_YEAR.format("of")
    + rf"|[Mm]ore (?:new )?agreements were signed in (?P<b>{MONTH})(?: (?P<by>20\d\d))? than in any other month"
    + OF_YEAR.format("in")
)


def months_of_year(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """``April was the busiest month of the year``: of the months of that year up to the story."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    said = YEARLY.search(text) if "month" in text else None
    last = behind.published.last if behind.published else None
    if said is None or last is None or parsed.kinds() & (set(NARROWING) - {"LEAVE"}):
        return
    number = month_number(said["a"] or said["b"])
    of = said["of"] or said["of2"] or said["in"] or said["in2"] or ""
    year = int(of) if of.isdigit() else last.year - ("last" in of)
    named = said["ay"] or said["by"]
    if not of.isdigit() and number > last.month and "last" not in of:
        year -= 1
    month = month_days(year, number)
    if (named and int(named) != year) or month.last > last:
        return
    span = Span(said.start() + offset, said.end() + offset)
    fewest = said["word"] == "slowest" or said["many"] in ("fewest", "least")
    figure = Figure(1, 1, 1, "exact", span, said[0])
    when = When((month,), True, False, said["a"] or said["b"], span, True)
    claim = Claim(
        "rank",
        figure,
        "agreements",
        Where((), True, "the nation"),
        when,
        span,
        parsed.sentence.span,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=((span, "rank"),)),
        terms=InOrder(rank="slowest" if fewest else "busiest"),
    )
    others = [month_days(year, one) for one in range(1, 13) if one != number and month_days(year, one).last <= last]
    yield _among(claim, month, others, index)


def extreme_months(parsed: Parsed, behind: Background, index: Index) -> Iterator[Answer]:
    """The answer on a month that is called the busiest or the slowest since some time."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    said = EXTREME.search(text)
    counted = any(one.kind == "UNIT" and one.value == "agreements" for one in parsed.tokens) or "signings" in text
    if said is None or not counted or parsed.kinds() & set(NARROWING):
        return
    dated = [one for one in parsed.tokens if one.kind == "WHEN" and one.dated]
    since = [one for one in dated if one.text.lower().startswith("since")]
    whens = [resolve(one.dated, behind.published, behind.years) for one in dated if one not in since and one.dated]
    whens = whens or list(_as_subject(text[: said.start()], offset, behind))
    if len(since) != 1 or len(whens) != 1 or since[0].dated is None:
        return
    if not 0 <= since[0].span.start - offset - said.end() <= 1:
        return
    start = resolve(since[0].dated, behind.published, behind.years)
    month = whens[0].windows[0] if len(whens[0].windows) == 1 else None
    if month is None or len(start.windows) != 1 or month != month_days(month.first.year, month.first.month):
        return
    last = behind.published.last if behind.published else index.days[-1]
    first = date.min if start.windows[0].first < index.days[0] else start.windows[0].last + timedelta(days=1)
    if last <= month.last or first == date.min:
        return
    span = Span(said.start("word") + offset, said.end() + offset)
    figure = Figure(1, 1, 1, "exact", span, said["word"])
    times = tuple((one.span, "time") for one in whens if one.span)
    covers = ((Span(said.start() + offset, said.end() + offset), "rank"), (since[0].span, "time"), *times)
    claim = Claim(
        "rank",
        figure,
        "agreements",
        Where((), True, "the nation"),
        whens[0],
        span,
        parsed.sentence.span,
        wording=Phrasing(speaker=parsed.sentence.speaker, covers=covers),
        terms=InOrder(rank=said["word"].lower()),
    )
    yield _answer(claim, month, first, index)


SUBJECT = when_needed(
    rf"(?:^|[.—:“,] )(?P<m>{MONTH})(?: (?P<y>20\d\d))? (?:was|is|became|remains|has been)(?: (?:also|still|by far))* $"
)


def _as_subject(before: str, offset: int, behind: Background) -> Iterator[When]:
    """The month that a sentence speaks of as its subject, the last one of that name which had ended by the story."""
    said, last = SUBJECT.search(before), behind.published.last if behind.published else None
    if said is None or last is None:
        return
    number = month_number(said["m"])
    year = int(said["y"]) if said["y"] else last.year - (number >= last.month)
    span = Span(said.start("m") + offset, said.end("m") + offset)
    yield When((month_days(year, number),), True, False, said["m"], span, True)


def _answer(claim: Claim, month: Days, first: date, index: Index) -> Answer:
    others: list[Days] = []
    while first < month.first:
        days = month_days(first.year, first.month)
        others += [days] if days.first >= first else []
        first = days.last + timedelta(days=1)
    return _among(claim, month, others, index)


def _among(claim: Claim, month: Days, others: list[Days], index: Index) -> Answer:
    """A month's signings set against those of others."""
    counts = [(index.signed(one.first, one.last, Scope()), one) for one in others]
    own = index.signed(month.first, month.last, Scope())
    busiest = claim.rank == "busiest"
    meaning = f"of the months since then, {month} had the {'most' if busiest else 'fewest'} signings"
    if not counts:
        return Answer(claim, "cannot_tell", meaning, "no complete month is between.", settles="the time that is meant")
    number, other = max(counts, key=lambda one: one[0]) if busiest else min(counts, key=lambda one: one[0])
    right = own > number if busiest else own < number
    bound = "at most" if busiest else "at least"
    reason = f"{own} agreements were signed in it; in each month between {bound} {number}, {other}."
    return Answer(claim, "supported" if right else "contradicted", meaning, reason, measure="signed_agreements")
