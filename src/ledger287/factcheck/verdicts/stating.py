"""Claims that no list holds -> what dated figures, pages and rosters say of them.

What enters: the answers of an article and its parsed sentences. What leaves: the answers, with those that were "not in
the record" answered from what sources state, and with statements added that no figure was read from. Promise: what
only somebody's statement supports is "as stated", never "supported"; sources that differ are all named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import format_date
from ledger287.factcheck.extract.model import Claim, Days, Figure, OfTopic, Phrasing, Span, When, Where
from ledger287.factcheck.measures.figures import figures_for, fits, largest
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.peak import most_before
from ledger287.factcheck.verdicts.said_figures import NUMBER, figure_at, line_of
from ledger287.factcheck.verdicts.stating_then import evidence_of, of_then
from ledger287.ledger.query.before.past import Past
from ledger287.sources.figures.model import PublishedFigure as Stated

OTHERS_NAMED = 6
IN_FORCE = "287(g) agreements in force"


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
    about: tuple[tuple[str, re.Pattern[str]], ...] = ()
    unless: re.Pattern[str] | None = None
    over: bool = False
    to_come: bool = False
    given: bool = False


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
            tuple((key, when_needed(one, re.IGNORECASE)) for key, one in row.get("about", {}).items()),
            when_needed(row["unless"], re.IGNORECASE) if "unless" in row else None,
            row.get("over", False),
            row.get("to_come", False),
            row.get("given", False),
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
    said = {one.sentence.span: one for one in parsed}
    found = [of_then(answer, past, said.get(answer.claim.sentence)) if past else answer for answer in answers]
    decided: dict[Span, list[Span]] = defaultdict(list)
    for answer in found:
        if answer.verdict != "not_in_record":
            decided[answer.claim.sentence].append(answer.claim.span)
    for sentence in parsed:
        counting = _has_open_figure(sentence, decided[sentence.sentence.span])
        for one in (
            *(most_before(sentence, past) if past else ()),
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
    over = next((kind.over for kind in patterns() if kind.id == one.claim.topic), False)
    open_ = ("not_in_record", "cannot_tell") if over else ("not_in_record",)
    if any(answer.verdict not in open_ for answer in same) and one.measure != "most":
        return answers
    if not same:
        return [*answers, one]
    kept = [answer for answer in answers if answer not in same]
    if over:
        return [*kept, one]
    first = same[0]
    claim = replace(
        first.claim.worded(covers=(*first.claim.wording.covers, *one.claim.wording.covers)),
        terms=OfTopic(topic=one.claim.topic),
    )
    return [*kept, replace(one, claim=claim, measure=first.measure, notes=(*one.notes, *first.notes))]


# -- claims of declared kinds --------------------------------------------------------------------------


def _stated_in(parsed: Parsed, published: Days | None, *, counting: bool) -> Iterator[Answer]:
    """A claim of each declared kind, the numbers of each its own; after the first one only those that have a number."""
    text, taken = parsed.sentence.text, list[Span]()
    for kind in patterns():
        if not counting and kind.compare != "event" and not kind.over:
            continue
        found = kind.pattern.search(text)
        if (
            found is None
            or not all(one.search(text) for one in kind.also)
            or (kind.unless and kind.unless.search(text))
        ):
            continue
        group = next((name for name in "nmklj" if name in found.groupdict() and found[name]), None)
        span = found.span(group) if group else found.span()
        start = parsed.sentence.span.start
        place = Span(start + span[0], start + span[1])
        figure = figure_at(parsed, place, found[group]) if group else None
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
                wording=Phrasing(speaker=parsed.sentence.speaker),
                terms=OfTopic(topic=kind.id),
            )
            if taken and (figure is None or any(place.start < one.end and one.start < place.end for one in taken)):
                continue
            taken.append(place)
            yield _answer(kind, claim, chosen, when, parsed)


def _is_of(one: Stated, kind: Pattern) -> bool:
    return one.id in kind.figures if kind.figures else bool(kind.subjects)


def _answer(kind: Pattern, claim: Claim, chosen: Sequence[Stated], when: date | None, parsed: Parsed) -> Answer:
    text = parsed.sentence.text
    meant = [one for one in chosen if _is_about(kind, one, text) and _is_of_then_and_there(kind, one, parsed)]
    fitting = [one for one in meant if _fits(kind, claim.figure, one, meant) and _is_near(kind, one, when)]
    meaning = kind.meaning
    if not fitting:
        return _differs(claim, meaning, chosen)
    first = fitting[0]
    others = [one for one in chosen if one not in fitting and kind.compare in ("value", "most")]
    notes = [f"another source states: {line_of(one)}" for one in others if one.subject == first.subject][:OTHERS_NAMED]
    notes += [first.note] if first.note else []
    return Answer(
        claim,
        "as_stated",
        meaning,
        f"as stated by {first.by} on {format_date(first.as_of)}: {first.says}.",
        evidence=tuple(evidence_of(one, claim.figure) for one in (fitting if kind.compare != "value" else fitting[:3])),
        citations=tuple(dict.fromkeys(f"{one.source} ({one.grade}; {one.locator})" for one in fitting[:3])),
        settles="a record of the thing itself; a statement by someone does not settle it",
        notes=tuple(notes),
        measure="stated",
    )


PLACE = when_needed(r"\b[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)* (?:County|Parish)\b|\b(?:[Ss]heriff|[Pp]olice) of [A-Z]")
YEARS = when_needed(r"\b(?:in|of|since) (20\d\d)\b|\b(20\d\d) (?:report|finding|ruling|investigation)", re.IGNORECASE)


def _is_about(kind: Pattern, one: Stated, text: str) -> bool:
    """Whether a sentence may speak of what a figure is about: it names that, or nothing else, and no other year."""
    if not kind.about:
        return True
    named = [key for key, words in kind.about if words.search(text)]
    years = {int(found[1] or found[2]) for found in YEARS.finditer(text)}
    if years and one.as_of.year not in years:
        return False
    return one.id in named if named else not PLACE.search(text)


YEAR = when_needed(
    r"(?i)\b(?:in|of|since|by|during|until|before|after|from|(?:jan|febr)uary|march|april|may|june|july|august|"
    r"(?:sept|nov|dec)ember|october|(?<=\d),) ((?:19|20)\d\d)\b"
)


NEWSPAPER = when_needed(
    r"\*? (?:Examiner|Post|Times|Tribune|Republic|Phoenix|Herald|News|Today|Journal|Observer|Star|Standard|Public|Gov|"
    r"Governor|Sen|Senator|Rep|Representative|Attorney General|Republican|Democrat)\b"
)
"""Behind a state: that it is a newspaper's, or somebody's who speaks."""


def _is_of_then_and_there(kind: Pattern, one: Stated, parsed: Parsed) -> bool:
    """Whether a sentence names no other years and no other states than those of the figure."""
    years = {int(year) for year in YEAR.findall(parsed.sentence.text)} if kind.compare != "year" else set[int]()
    first = (one.since or one.as_of).year
    if kind.to_come and years and max(years) < first:
        return False
    if not kind.to_come and years and not any(first <= year <= one.as_of.year for year in years):
        return False
    offset = parsed.sentence.span.start
    found = kind.pattern.search(parsed.sentence.text) if kind.compare == "number" else None
    behind = found.end() if found else 0  # what is before a number of findings is who reports them
    named = {
        token.value
        for token in parsed.tokens
        if token.kind == "PLACE"
        and token.span.start - offset >= behind
        and not NEWSPAPER.match(parsed.sentence.text, token.span.end - offset)
    }
    if kind.compare == "number" and one.state is None:
        return True
    return kind.compare not in ("value", "most", "number") or not named or one.state in named


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
    lines = "; ".join(line_of(one) for one in shown)
    return Answer(
        claim,
        "cannot_tell",
        meaning,
        f"no source in the record states this{' figure' if claim.figure else ''}. Other sources state: {lines}.",
        evidence=tuple(evidence_of(one, claim.figure) for one in shown),
        citations=tuple(dict.fromkeys(f"{one.source} ({one.grade}; {one.locator})" for one in shown)),
        settles="the source of the figure" if claim.figure else "the finding or report itself",
        measure="stated",
    )


# -- counts before the lists ---------------------------------------------------------------------------
