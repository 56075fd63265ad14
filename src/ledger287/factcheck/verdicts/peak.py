"""Claims on the most agreements before a year -> what pages, rosters and lists have.

What enters: a parsed sentence, and the program before the lists. What leaves: an answer, or none where the sentence
speaks of a part of the agreements. Promise: of the years without page or list a higher number is never ruled out.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import format_date
from ledger287.factcheck.extract.model import Claim, OfTopic, Phrasing, Span, When, Where
from ledger287.factcheck.measures.figures import figures_for
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer, Evidence, number
from ledger287.factcheck.verdicts.said_figures import NUMBER, figure_at, line_of
from ledger287.ledger.query.before.past import Past

IN_FORCE = "287(g) agreements in force"
NO_LAW = r"(?<!\d)(?!287 ?\(?g\b|20\d\d\b)"
"""The number of the section, or a year, is no number of agreements."""
RANKED = r"(?:the )?(?:most|highest|record|peak\w*|largest|maximum|never (?:had more than|exceeded|topped|surpassed))"
MOST_BEFORE = when_needed(
    r"(?P<when>(?:before|until|prior to|up to) (?P<year>20\d\d)).{0,60}?\b(?P<rank>"
    + RANKED
    + r")\b.{0,80}?"
    + NO_LAW
    + NUMBER.replace("{name}", "n")
    + r"|\b(?P<rank2>"
    + RANKED
    + r")\b.{0,60}?(?P<when2>(?:before|until|prior to) (?P<year2>20\d\d)).{0,30}?"
    + NO_LAW
    + NUMBER.replace("{name}", "m"),
    re.IGNORECASE,
)


PARTS = (("when", "time"), ("rank", "rank"), ("when2", "time"), ("rank2", "rank"))
"""What the named parts of such a sentence are."""


OF_PART = when_needed(
    r"sheriff|police|jail|task force|warrant|count(?:y|ies)\b|\bstates?\b|agenc|depart", re.IGNORECASE
)


@cache
def _of_all() -> frozenset[str]:
    """Words next to which the most is still that of all agreements."""
    return frozenset(declared.declared_yaml("factcheck/most.yml"))


def _is_of_all(parsed: Parsed, found: re.Match[str]) -> bool:
    """Whether such a sentence speaks of all agreements in force, not of a state's, a model's or some agencies'."""
    text = parsed.sentence.text
    if "agreement" not in text.lower() or OF_PART.search(text) or parsed.kinds() & {"PLACE", "MODEL", "NAME"}:
        return False
    read = [found.span(name) for name in ("when", "rank", "when2", "rank2", "n", "m") if found[name]]
    rest = "".join(
        " " if any(start <= at < end for start, end in read) else text[at] for at in range(found.start(), found.end())
    )
    return not {word.lower() for word in re.findall(r"[^\W\d_]+", rest)} - _of_all()


def most_before(parsed: Parsed, past: Past) -> Iterator[Answer]:
    """The most agreements that any page, roster or list had before a year."""
    found = MOST_BEFORE.search(parsed.sentence.text)
    if found is None or not _is_of_all(parsed, found):
        return
    group = "n" if found["n"] else "m"
    start = parsed.sentence.span.start
    span = found.span(group)
    figure = figure_at(parsed, Span(start + span[0], start + span[1]), found[group])
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
    bound = (found["rank"] or found["rank2"]).lower().startswith("never")
    value = figure.value  # never more than that: all that is known has to be as low
    right = (
        (most <= value and all((one.value or 0) <= value for one in published))
        if bound
        else (figure.right_for(most) and not published)
    )
    unknown = most <= value if bound else published or (figure.low > most and end > past.pages_end)
    spans = (figure.span, parsed.sentence.span)
    covers = [(found.span(name), role) for name, role in PARTS if found.groupdict().get(name)]
    covers += [(word.span(), "rank") for word in re.finditer(r"(?i)\bever\b", parsed.sentence.text)]
    read = tuple((Span(start + one[0], start + one[1]), role) for one, role in covers)
    claim = Claim(
        "other",
        figure,
        "agreements",
        Where(),
        When(),
        *spans,
        wording=Phrasing(covers=read),
        terms=OfTopic(topic="most-before"),
    )
    said = f"{number(most)} agreements on {file}, of {format_date(day)}, the most of any page or list before {end.year}"
    yield Answer(
        claim,
        "supported" if right else "cannot_tell" if unknown else "contradicted",
        f"the most agreements before {end.year}",
        f"{said}{'; between August 2017 and January 2021 there was neither' if end > past.pages_end else ''}.",
        evidence=(Evidence("most", said, float(most), round(figure.value - most, 3), None, day, None, None),),
        notes=tuple(f"a higher figure was published: {line_of(one)}" for one in published),
        measure="most",
    )
