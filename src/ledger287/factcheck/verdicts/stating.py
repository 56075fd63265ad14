"""Claims that no list holds -> what dated figures, pages and rosters say of them.

What enters: the answers of an article and its parsed sentences. What leaves: the answers, with those that were "not in
the record" answered from what sources state, and with statements added that no figure was read from. Promise: what
only somebody's statement supports is "as stated", never "supported"; sources that differ are all named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import format_date
from ledger287.factcheck.extract.model import Claim, Days, Figure, Span, When, Where
from ledger287.factcheck.measures.figures import counts_then, figures_for, fits, largest, published_then
from ledger287.factcheck.parse.numbers import words_value
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence, number
from ledger287.ledger.query.before.past import Past
from ledger287.sources.figures.model import PublishedFigure as Stated

NUMBER = (
    r"(?P<{name}>(?:\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|half a|"
    r"a(?=[ -](?:million|billion)))"
    r"(?:[ -](?:hundred|thousand|million|billion))?)"
)
OTHERS_NAMED = 6
IN_FORCE = "287(g) agreements in force"
FRESH = timedelta(days=7)
"""A page so old answers for a day, as the newest list does."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A declared kind of claim, and the figures that bear on it."""

    id: str
    pattern: re.Pattern[str]
    also: tuple[re.Pattern[str], ...]
    subjects: tuple[str, ...]
    figures: tuple[str, ...]
    kinds: tuple[str, ...]
    compare: str
    meaning: str
    within: int | None = None


@cache
def patterns() -> tuple[Pattern, ...]:
    """The declared kinds of claims."""
    rows: list[dict[str, Any]] = declared.declared_yaml("factcheck/stated.yml")
    return tuple(
        Pattern(
            row["id"],
            when_needed(_numbered(row["pattern"]), re.IGNORECASE),
            tuple(when_needed(one, re.IGNORECASE) for one in row.get("also", ())),
            tuple(row.get("subjects", ())),
            tuple(row.get("figures", ())),
            tuple(row.get("kinds", ())),
            row["compare"],
            row["meaning"],
            row.get("within"),
        )
        for row in rows
    )


def _numbered(text: str) -> str:
    """A declared pattern with its number written out; a second one in another branch has a name of its own."""
    names = iter("nmklj")
    return re.sub(r"\{n\}", lambda _: NUMBER.replace("{name}", next(names)), text)


def with_stated(
    answers: Sequence[Answer], parsed: Sequence[Parsed], published: Days | None, past: Past | None
) -> list[Answer]:
    """The answers, with what sources state in place of "not in the record", and statements of events added."""
    found = [_of_then(answer, past) if past else answer for answer in answers]
    decided: dict[Span, list[Span]] = defaultdict(list)
    for answer in found:
        if answer.verdict != "not_in_record":
            decided[answer.claim.sentence].append(answer.claim.span)
    for sentence in parsed:
        counting = _has_open_figure(sentence, decided[sentence.sentence.span])
        for one in (
            *(_most_before(sentence, past) if past else ()),
            *_stated_in(sentence, published, counting=counting),
        ):
            found = _placed(found, one)
    return sorted(found, key=lambda answer: (answer.claim.span.start, answer.claim.span.end))


def _has_open_figure(parsed: Parsed, decided: Sequence[Span]) -> bool:
    """Whether a sentence has a number that no other reading has answered, which alone a source's figure can answer."""
    return any(
        not any(one.start < amount.figure.span.end and amount.figure.span.start < one.end for one in decided)
        for amount in parsed.amounts
    )


def _placed(answers: list[Answer], one: Answer) -> list[Answer]:
    """One more answer among the others: in place of one that found nothing, left out where another answered."""
    same = [
        answer
        for answer in answers
        if answer.claim.span.start < one.claim.span.end and one.claim.span.start < answer.claim.span.end
    ]
    if any(answer.verdict != "not_in_record" for answer in same) and one.measure != "most":
        return answers
    if not same:
        return [*answers, one]
    kept = [answer for answer in answers if answer not in same]
    first = same[0]
    claim = replace(first.claim, topic=one.claim.topic)
    return [*kept, replace(one, claim=claim, measure=first.measure, notes=(*one.notes, *first.notes))]


# -- claims of declared kinds --------------------------------------------------------------------------


def _stated_in(parsed: Parsed, published: Days | None, *, counting: bool) -> Iterator[Answer]:
    """A claim of each declared kind, the numbers of each its own; after the first one only those that have a number."""
    text, taken = parsed.sentence.text, list[Span]()
    for kind in patterns():
        if not counting and kind.compare != "event":
            continue
        found = kind.pattern.search(text)
        if found is None or not all(one.search(text) for one in kind.also):
            continue
        group = next((name for name in "nmklj" if name in found.groupdict() and found[name]), None)
        span = found.span(group) if group else found.span()
        start = parsed.sentence.span.start
        place = Span(start + span[0], start + span[1])
        figure = _figure(parsed, place, found[group]) if group else None
        if kind.compare != "event" and figure is None:
            continue
        when = published.last if published else None
        chosen = [one for one in figures_for(kind.kinds, kind.subjects, figure, when) if _is_of(one, kind)]
        if chosen:
            claim = Claim(
                "other",
                figure,
                "statement",
                Where(),
                When(),
                figure.span if figure else place,
                parsed.sentence.span,
                speaker=parsed.sentence.speaker,
                topic=kind.id,
            )
            if taken and (figure is None or any(place.start < one.end and one.start < place.end for one in taken)):
                continue
            taken.append(place)
            yield _answer(kind, claim, chosen, when)


NO_LAW = r"(?<!\d)(?!287 ?\(?g\b|20\d\d\b)"
"""The number of the section, or a year, is no number of agreements."""
MOST_BEFORE = when_needed(
    r"(?:before|until|prior to|up to) (?P<year>20\d\d).{0,60}?(?:most|highest|record|peak|largest|maximum).{0,80}?"
    + NO_LAW
    + NUMBER.replace("{name}", "n")
    + r"|(?:most|highest|record|peak|largest|maximum).{0,60}?(?:before|until|prior to) (?P<year2>20\d\d).{0,30}?"
    + NO_LAW
    + NUMBER.replace("{name}", "m"),
    re.IGNORECASE,
)


def _most_before(parsed: Parsed, past: Past) -> Iterator[Answer]:
    """The most agreements that any page, roster or list had before a year."""
    found = MOST_BEFORE.search(parsed.sentence.text)
    if found is None or "agreement" not in parsed.sentence.text.lower():
        return
    group = "n" if found["n"] else "m"
    start = parsed.sentence.span.start
    span = found.span(group)
    figure = _figure(parsed, Span(start + span[0], start + span[1]), found[group])
    end = date(int(found["year"] or found["year2"]), 1, 1)
    if figure is None or end <= past.program_begins:
        return
    counts = [(past.rows_on(one).height, one.as_of, one.file) for one in past.rosters if one.as_of < end]
    lists, levels = past.ledger.history.lists(), past.ledger.history.by_model()
    counts += [
        (sum(each[place] for each in levels.values()), one.day, one.file)
        for place, one in enumerate(lists)
        if one.day < end
    ]
    if not counts:
        return
    most, day, file = max(counts, key=lambda one: (one[0], one[1]))
    published = [one for one in figures_for(("count",), (IN_FORCE,)) if one.as_of < end and (one.value or 0) > most]
    right = figure.right_for(most) and not published
    spans = (figure.span, parsed.sentence.span)
    claim = Claim("other", figure, "agreements", Where(), When(), *spans, topic="most-before")
    said = f"{number(most)} agreements on {file}, of {format_date(day)}, the most of any page or list before {end.year}"
    yield Answer(
        claim,
        "supported" if right else "cannot_tell" if published else "contradicted",
        f"the most agreements before {end.year}",
        f"{said}; between August 2017 and January 2021 there was neither.",
        evidence=(Evidence("most", said, float(most), round(figure.value - most, 3), None, day, None, None),),
        notes=tuple(f"a higher figure was published: {_line(one)}" for one in published),
        measure="most",
    )


def _is_of(one: Stated, kind: Pattern) -> bool:
    return one.id in kind.figures if kind.figures else bool(kind.subjects)


def _figure(parsed: Parsed, place: Span, said: str) -> Figure | None:
    """The number at a place, as it was read with its hedge; else by its words alone."""
    for amount in parsed.amounts:
        if amount.figure.span.start < place.end and place.start < amount.figure.span.end:
            return amount.figure
    text = said.replace(",", "")
    value = float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else words_value(said)
    return None if value is None else Figure(value, value, value, "exact", place, said)


def _answer(kind: Pattern, claim: Claim, chosen: Sequence[Stated], when: date | None) -> Answer:
    fitting = [one for one in chosen if _fits(kind, claim.figure, one, chosen) and _is_near(kind, one, when)]
    meaning = kind.meaning
    if not fitting:
        return _differs(claim, meaning, chosen)
    first = fitting[0]
    others = [one for one in chosen if one not in fitting and kind.compare in ("value", "most")]
    notes = [f"another source states: {_line(one)}" for one in others if one.subject == first.subject][:OTHERS_NAMED]
    notes += [first.note] if first.note else []
    return Answer(
        claim,
        "as_stated",
        meaning,
        f"as stated by {first.by} on {format_date(first.as_of)}: {first.says}.",
        evidence=tuple(_evidence(one, claim.figure) for one in (fitting if kind.compare != "value" else fitting[:3])),
        citations=tuple(dict.fromkeys(f"{one.source} ({one.grade}; {one.locator})" for one in fitting[:3])),
        settles="a record of the thing itself; a statement by someone does not settle it",
        notes=tuple(notes),
        measure="stated",
    )


def _is_near(kind: Pattern, one: Stated, when: date | None) -> bool:
    """Whether a figure is of a day near the article's, where what it counts changes from month to month."""
    return kind.within is None or (when is not None and abs((when - one.as_of).days) <= kind.within)


def _fits(kind: Pattern, claimed: Figure | None, one: Stated, chosen: Sequence[Stated]) -> bool:
    if kind.compare == "event" or claimed is None:
        return True
    if kind.compare == "number":
        return claimed.right_for(len(chosen))
    if kind.compare == "year":
        return int(claimed.value) == one.as_of.year
    if kind.compare == "most":
        return one.value == largest(chosen) and fits(claimed, one)
    return fits(claimed, one)


def _differs(claim: Claim, meaning: str, chosen: Sequence[Stated]) -> Answer:
    """No source states the figure: each that bears on it is named. Whose own posts they are may contradict it."""
    shown = sorted(chosen, key=lambda one: (-(one.value or 0), one.as_of))[:OTHERS_NAMED]
    lines = "; ".join(_line(one) for one in shown)
    return Answer(
        claim,
        "cannot_tell",
        meaning,
        f"no source in the record states this figure. Other sources state: {lines}.",
        evidence=tuple(_evidence(one, claim.figure) for one in shown),
        citations=tuple(dict.fromkeys(f"{one.source} ({one.grade}; {one.locator})" for one in shown)),
        settles="the source of the figure",
        measure="stated",
    )


def _line(one: Stated) -> str:
    """A figure with who says it and when; of an event, what happened."""
    what = one.amount() or one.says
    return f"{what}, {one.by}, {format_date(one.as_of)}"


def _evidence(one: Stated, claimed: Figure | None) -> Evidence:
    value = float(one.value) if one.value is not None else 0.0
    difference = round(claimed.value - value, 3) if claimed and one.value is not None else None
    says = f"{one.by}, {format_date(one.as_of)}: {one.says} ({one.source}; {one.grade})"
    return Evidence("stated", says, value, difference, None, one.as_of, None, None)


# -- counts before the lists ---------------------------------------------------------------------------


def _of_then(answer: Answer, past: Past) -> Answer:
    """A count of a time before the first list, answered from pages, rosters and published counts."""
    claim = answer.claim
    figure, windows = claim.figure, claim.when.windows
    if answer.verdict != "not_in_record" or claim.shape != "count" or figure is None or claim.pending or not windows:
        return answer
    window = windows[0]
    if window.last >= past.first_list.day or window.last < past.program_begins:
        return answer
    counts, published = counts_then(past, claim, window), published_then(claim, window)
    if not counts and not published:
        return answer
    evidence = tuple(
        Evidence(
            "then",
            f"{number(one.value)} {claim.unit} on {one.file}, of {format_date(one.day)} ({one.grade})",
            float(one.value),
            round(figure.value - one.value, 3),
            None,
            one.day,
            None,
            None,
        )
        for one in counts
    )
    stated = [one for one, value in published if figure.right_for(value)]
    others = tuple(f"another source states: {_line(one)}" for one, value in published if not figure.right_for(value))
    meaning = answer.meaning
    first_day = window.first - FRESH
    inside = [one for one in counts if first_day <= one.day <= window.last and one.grade == "list"]
    if any(figure.right_for(one.value) for one in inside):
        right = tuple(Days(one.day, one.day) for one in inside if figure.right_for(one.value))
        reason = f"ICE's page of {format_date(right[0].first)} gives it."
        return replace(
            answer, verdict="supported", reason=reason, evidence=evidence, right=right, notes=others, settles=None
        )
    if stated:
        first = stated[0]
        return replace(
            answer,
            verdict="as_stated",
            meaning=meaning,
            reason=f"as stated by {first.by} on {format_date(first.as_of)}: {first.says}.",
            evidence=(*evidence, *(_evidence(one, figure) for one in stated)),
            citations=tuple(f"{one.source} ({one.grade}; {one.locator})" for one in stated),
            notes=others,
            settles="a list or page of that day",
        )
    return _against_then(answer, evidence, [*(one.value for one in counts), *(value for _, value in published)], others)


def _against_then(
    answer: Answer, evidence: tuple[Evidence, ...], values: Sequence[float], others: tuple[str, ...]
) -> Answer:
    """None gives the figure: against the record where it is outside of all that pages and sources give."""
    figure = answer.claim.figure
    low, high = min(values), max(values)
    outside = figure is not None and bool(evidence) and (figure.high < low or figure.low > high)
    between = "the pages and sources near that time give " + (
        number(low) if low == high else f"{number(low)} to {number(high)}"
    )
    return replace(
        answer,
        verdict="contradicted" if outside else "cannot_tell",
        reason=f"{between}; none gives the figure.",
        evidence=evidence,
        notes=others,
    )
