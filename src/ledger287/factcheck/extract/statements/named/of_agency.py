"""How many agreements a named agency is said to have: the Polk County Sheriff's Office has two 287(g) agreements.

What enters: a parsed sentence, the names of the record, the index. What leaves: an answer on that agency's own number,
so that it is neither taken for the nation's nor passed over. Promise: a name that fits no agency, or several, and a
bare "one", are left to the other readings; signings are counted where the sentence names their days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief, plural
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Days, Figure, OfAgencies, Phrasing, Sense, Span, When, Where
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.elsewhere import elsewhere_too
from ledger287.factcheck.extract.statements.named.newest_list import is_of_now
from ledger287.factcheck.extract.statements.tag_line import line_of
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.measures.readings import moment
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence

HAS = when_needed(
    r"(?P<name>#A)(?: (?:in|of) #P| , #P ,)?(?: (?:now|currently|already|also|still))* "
    r"(?P<said>(?:(?:has|have|had|holds|held|maintains)(?: signed)?|signed) (?:(?P<only>only|just) )?(?P<count>#1|one) "
    r"(?:(?:#R|active|current|separate|different|such|existing|signed) )*#U:(?:agreements|partnerships))"
    r"(?= (?:with|under|in|on|at|as|and|,|;|\.|#W|#R)|$)"
)


def own_numbers(
    parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index
) -> Iterator[Answer]:
    """The answer on each agency that a number of agreements is said of."""
    if "NAME" not in parsed.kinds() or any(token.kind == "MODEL" for token in parsed.tokens):
        return
    line = line_of(parsed)
    stated = tuple(dict.fromkeys(token.value for token in parsed.tokens if token.kind == "PLACE"))
    for found in HAS.finditer(line.text):
        name, count = (line.tokens(*found.span(part))[0] for part in ("name", "count"))
        agencies = names.find(name.value, states, stated=stated)
        amount = next((one.figure for one in parsed.amounts if one.figure.span.start <= count.span.start
                       and count.span.end <= one.figure.span.end), None)  # fmt: skip
        value = 1.0 if found["count"] == "one" else count.number
        if len(agencies) != 1 or value is None or (value == 1 and not found["only"]):
            continue
        figure = amount or Figure(value, value, value, "exact", count.span, count.text)
        said = line.span(*found.span("said"))
        spots = times(parsed.tokens, (), behind)
        when = _until_now(spots.leading or spots.trailing or spots.since or When(), behind, index)
        sense: Sense = "own_signed" if "signed" in found["said"] else "own"
        if sense == "own" and _is_of_signing(parsed, said, when):
            when = When()  # has two agreements, both of which it signed on that day
        claim = Claim(
            "holds",
            figure,
            "agreements",
            Where(stated, True, "stated") if stated else Where(),
            when,
            Span(name.span.start, said.end),
            parsed.sentence.span,
            None,
            wording=Phrasing(speaker=parsed.sentence.speaker, covers=((said, "what is held"),)),
            terms=OfAgencies(agencies=agencies),
            sense=sense,
        )
        yield elsewhere_too(_answer(claim, name.value, behind, index), name.value, stated or states, index)


SIGNED = when_needed(r"(?i)\b(?:sign(?:ed|ing)|inked|entered|dated|struck)\b")


def _is_of_signing(parsed: Parsed, said: Span, when: When) -> bool:
    """Whether a day behind what an agency has is that of a signing, and not that of the having."""
    if when.span is None or when.span.start < said.end:
        return False
    start = parsed.sentence.span.start
    return SIGNED.search(parsed.sentence.text, said.end - start, when.span.start - start) is not None


def _until_now(when: When, behind: Background, index: Index) -> When:
    """A beginning as the stretch from it to the story's day."""
    if not (when.since and when.windows):
        return when
    last, first = behind.published.last if behind.published else index.days[-1], when.windows[0].first
    return replace(when, windows=(Days(first, max(first, last)),), since=False, period=True)


def _answer(claim: Claim, name: str, behind: Background, index: Index) -> Answer:
    figure, agency = claim.figure, claim.agencies[0]
    if figure is None:
        raise ValueError("a number of agreements has a figure")
    verb = "signed" if claim.sense == "own_signed" else "held"
    meaning = f"{name} {verb} {figure.said} {'agreement' if figure.value == 1 else 'agreements'}"
    when = moment(claim, behind.published, index)
    if when.outside:
        reason = f"{when.said} is not in the record: {when.outside}."
        return Answer(claim, "not_in_record", meaning, reason, measure="holds", settles="a list of that time")
    places = sorted({place for window in when.windows for place in index.window(window.first, window.last)})
    mine = [run for run in index.runs if run.agency_id == agency]
    counts = {place: {run.agreement_id for run in mine if run.first <= place <= run.last} for place in places}
    numbers = {place: len(found) for place, found in counts.items()}
    if claim.sense == "own_signed" and claim.when.windows:
        signed = sum(row[2] == agency and any(one.first <= row[0] <= one.last for one in claim.when.windows)
                     for row in index.signings)  # fmt: skip
        numbers = dict.fromkeys(places[-1:], signed)
    right = [place for place, number in numbers.items() if figure.right_for(number)]
    at = (right or places)[-1]
    listed, number = index.lists[at], numbers[at]
    models = ", ".join(sorted({run.model for run in mine if run.first <= at <= run.last})) or "none"
    label = f"{index.agencies[agency][0]}, {index.agencies[agency][1]}"
    shown = Evidence("holds", f"{label}: {plural(number, 'agreement')} ({models})", float(number),
                     figure.value - number, None, listed.day, listed.file, listed.sha256)  # fmt: skip
    holds = bool(right) and (len(right) == len(numbers) or not when.wide)
    reason = f"{label} had {plural(number, 'agreement')} on the list of {brief(listed.day)}: {models}."
    if claim.sense == "own_signed" and claim.when.windows:
        reason = f"{label} signed {plural(number, 'agreement')} then; on the list of {brief(listed.day)}: {models}."
    if holds and is_of_now(claim, when.windows) and at != places[-1]:
        newest = index.lists[places[-1]].day
        reason = f"{reason.rstrip('.')}; {numbers[places[-1]]} on the newest by the story's day, of {brief(newest)}."
        return Answer(claim, "cannot_tell", meaning, reason, (shown,), measure="holds",
                      settles="which of the two lists is meant")  # fmt: skip
    if holds:
        return Answer(claim, "supported", meaning, reason, (shown,), measure="holds")
    settles = "the day that is meant"
    if right or when.wide:
        return Answer(claim, "cannot_tell", meaning, reason, (shown,), measure="holds", settles=settles)
    return Answer(claim, "contradicted", meaning, reason, (shown,), measure="holds")
