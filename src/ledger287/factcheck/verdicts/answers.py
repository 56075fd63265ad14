"""What the checker says of a claim, as data, and how a reading is said in English.

What enters: claims, readings and points. What leaves: ``Answer`` and ``Checked``, which text, HTML and JSON
share. Promise: each answer names its list, day and sha256 where it rests on one; docs/claims.md gives the keys.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from ledger287.core import declared
from ledger287.core.finding import Finding
from ledger287.core.locator import Cell, EveryRow, Locator
from ledger287.core.patterns import when_needed
from ledger287.core.text import brief, listed
from ledger287.factcheck.coverage.account import UNREAD, Account, Part
from ledger287.factcheck.extract.amounts.unconnected import UNCONNECTED
from ledger287.factcheck.extract.model import Claim, Days, Figure
from ledger287.factcheck.measures.measures import Point, Reading, measures
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.verdicts.names import AGAINST, KIND_NAMES, MODEL_NAMES, VERDICT_NAMES

Verdict = Literal[
    "supported",
    "supported_if",
    "contradicted",
    "was_true",
    "became_true",
    "arithmetic_holds",
    "arithmetic_fails",
    "law",
    "not_in_record",
    "cannot_tell",
    "figure_fits",
    "as_stated",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reading gives: its sentence, value, and the list or workbook that it rests on, with table and cells."""

    measure: str
    sentence: str
    value: float
    difference: float | None
    requires: str | None
    day: date | None
    file: str | None
    sha256: str | None
    table: str | None = None
    cells: tuple[str, ...] = ()

    def locators(self) -> tuple[Locator, ...]:
        """The cells where they are known, otherwise the file of which every row counts; none without a file."""
        if self.file is None or self.sha256 is None:
            return ()
        named = [CELL.fullmatch(cell) for cell in self.cells]
        found = tuple(Cell(self.file, self.sha256, one[1], int(one[3]), one[2]) for one in named if one)
        return found or (EveryRow(self.file, self.sha256),)


CELL = when_needed(r"(.+)!([A-Z]+)(\d+)")
"""A cell as an answer prints it: the sheet, the column, the row."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with its reasons. ``meaning`` is the plain reading in English; ``right`` the days on which it held."""

    claim: Claim
    verdict: Verdict
    meaning: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    near: tuple[Evidence, ...] = ()
    right: tuple[Days, ...] = ()
    requires: str | None = None
    citations: tuple[str, ...] = ()
    settles: str | None = None
    notes: tuple[str, ...] = ()
    same_as: int | None = None
    law_holds: bool | None = None
    measure: str = ""
    account: Account = field(default_factory=Account)

    @property
    def finding(self) -> Finding:
        """The same as every checker answers: verdict, reasons, where each value was printed, what would settle it."""
        where = dict.fromkeys(locator for one in (*self.evidence, *self.near) for locator in one.locators())
        reasons = tuple(filter(None, (self.reason, *self.citations, *self.notes)))
        return Finding(VERDICT_NAMES[self.verdict], reasons, tuple(where), (), (self.settles,) if self.settles else ())

    @property
    def compared(self) -> bool:
        """Whether this was held against the record at all; what was not is only named, so that nobody thinks it was."""
        return self.claim.shape != "other" or self.claim.sense != UNCONNECTED or self.claim.figure is not None

    @property
    def against(self) -> bool:
        """Whether the sentence contradicts the record, the law or its own figures."""
        return self.verdict in AGAINST or self.law_holds is False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of one text that cannot both hold."""

    one: int
    other: int
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An article with the answers to its claims."""

    article: Article
    answers: tuple[Answer, ...]
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]
    record_first: date
    record_last: date

    @property
    def compared(self) -> tuple[Answer, ...]:
        """The answers without what was only named as not compared with the record."""
        return tuple(answer for answer in self.answers if answer.compared)

    @property
    def against(self) -> int:
        """How many claims are contradicted."""
        return sum(answer.against for answer in self.answers if answer.same_as is None)

    def as_json(self) -> dict[str, Any]:
        """The complete answer as plain JSON values."""
        return as_json(self)


WHICH_SCOPE = "which place, model and day the figure is of"


def number(value: float, *, share: bool = False) -> str:
    """A value as printed: whole numbers with commas, others to one place."""
    if value == int(value) and not share:
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) < 1000 else f"{value:,.0f}"


def given(reading: Reading, value: float) -> str:
    """What the record gives, with its unit where that is no count: 58.5%; 1.6 times."""
    said = reading.measure.sentence
    if "{value}%" in said:
        return f"{number(value)}%"
    return f"{number(value)} times" if "{value} times" in said else number(value)


MOST_NAMED = 40
"""So many states are named by those that are left out."""


def place(states: tuple[str, ...], counties: tuple[str, ...] = ()) -> str:
    """Where, in words; the counties that are meant alone, with their state."""
    if counties:
        from ledger287.places.gazetteer.geography import geography

        named = listed(geography().counties[code].name for code in counties)
        return f"in {named}, {_names(states)}" if states else f"in {named}"
    if not states:
        return "nationwide"
    if len(states) > MOST_NAMED:
        every = (code.code for code in declared.states() + declared.territories())
        return "outside " + _names(tuple(code for code in every if code not in states))
    return "in " + _names(states)


def _names(states: tuple[str, ...]) -> str:
    """Texas; Texas and Florida; nothing for none."""
    return listed(name_of(state) for state in states if len(state) == 2)


def evidence(reading: Reading, point: Point, claimed: float | None) -> Evidence:
    """What a reading gives at one point, as evidence."""
    listed = point.listed
    difference = None if claimed is None else claimed - point.value
    return Evidence(
        reading.measure.id,
        sentence(reading, point),
        round(point.value, 3),
        None if difference is None else round(difference, 3),
        reading.requires,
        listed.day if listed else None,
        listed.file if listed else None,
        listed.sha256 if listed else None,
    )


BY_AGENCY = ("left_agencies", "left_any", "gap_agencies")
"""Measures whose agencies may be of one kind, which they then name."""
HEDGED = {
    "about": "about ",
    "under": "nearly ",
    "justover": "just over ",
    "over": "more than ",
    "least": "at least ",
    "upto": "as many as ",
    "most": "at most ",
    "below": "fewer than ",
}
"""What the rule of a figure is called."""


def meant(reading: Reading, figure: Figure) -> str:
    """What a claim is taken to mean: its reading's sentence with its own figure, hedge and all."""
    if reading.measure.evaluator.startswith("rank"):
        among = figure.rule == "range" and figure.low < figure.value
        place = f"among the first {number(figure.value)}" if among else ordinal(figure.value)
        return sentence(reading, None, value=place)
    if figure.rule == "range" and figure.low != figure.high:
        value = f"{number(figure.low)} to {number(figure.high)}"
    elif figure.value == 0 and figure.rule == "over":
        value = "" if reading.measure.evaluator.startswith("gap") else "some"
    elif figure.value == 0:
        value = "" if figure.rule == "over" else "no"
    else:
        value = HEDGED.get(figure.rule, "") + number(figure.value)
    return " ".join(sentence(reading, None, value=value, single=figure.value == 1).replace(" by some", "").split())


def ordinal(value: float) -> str:
    """1st, 2nd, 3rd, 11th."""
    place = abs(int(value))
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def sentence(reading: Reading, point: Point | None, name: str = "", *, value: str = "…", single: bool = False) -> str:
    """A reading in the measure's own English sentence, with the value of a point or a given one."""
    measure, scope = reading.measure, reading.scope
    share = measure.evaluator in (
        "share",
        "share_signed",
        "share_kind",
        "share_model",
        "growth",
        "multiple",
        "pending_share",
        "county_share",
        "state_share",
        "times",
    )
    ranked = measure.evaluator.startswith("rank")
    falling, changing = reading.falling, measure.evaluator in ("growth", "change", "difference")
    fewer = point is not None and measure.evaluator.startswith("gap") and point.value < 0
    if point is not None and point.value < 0 and (changing or fewer):
        # what went the other way is named by the way that it went
        falling, point = not falling if changing else falling, replace(point, value=-point.value)
    if point is not None:
        value = ordinal(point.value) if ranked else number(point.value, share=share)
    one = single or (point is not None and point.value == 1)
    units = measure.one if one else measure.many
    if measure.id in BY_AGENCY and scope.kind in measures():
        units = measures()[scope.kind].one if one else measures()[scope.kind].many
    where = place(scope.states, scope.counties)
    model = f" under {MODEL_NAMES[scope.model]}" if scope.model and (scope.states or not ranked) else ""
    share_of = (
        " ".join(part for part in (where if scope.states else "", model.strip()) if part)
        or "in a part that is not named"
    )
    template = measure.sentence
    if measure.evaluator == "share" and scope.states and scope.model:  # of those under the model, not of all
        template, share_of = template.replace(" {were} {scope}", "{model} {were} {scope}"), where
    return (
        template.format(
            value=value,
            units=units,
            model=model,
            place=where,
            days=_days(reading, point),
            were="was" if one else "were",
            scope=share_of,
            kind=KIND_NAMES.get(scope.kind or "", ""),
            name=name or _names(scope.states) or MODEL_NAMES.get(scope.model or "", "one state"),
            against=_names(scope.against) or "another",
            rival=(MODEL_NAMES | KIND_NAMES).get("".join(scope.against), "another"),
        )
        .replace("grew by", "fell by" if falling else "grew by")
        .replace(" more " if fewer else "  ", " fewer " if fewer else " ")
        .replace("  ", " ")
        .strip()
    )


def _days(reading: Reading, point: Point | None) -> str:
    evaluator = reading.measure.evaluator
    if (
        evaluator in ("growth", "multiple", "difference", "change", "rank_growth")
        and point
        and point.base
        and point.listed
    ):
        return f"from {brief(point.base.day)} to {brief(point.listed.day)}"
    if evaluator in ("signed", "left", "signed_and_listed", "share_signed") and reading.windows:
        first, last = reading.windows[0].first, reading.windows[-1].last
        return f"on {brief(first)}" if first == last else f"from {brief(first)} to {brief(last)}"
    if point and point.listed:
        return f"on {brief(point.listed.day)}"
    if evaluator in ("growth", "multiple", "change", "rank_growth") and reading.base and reading.windows:
        return f"from {brief(reading.base[0].first)} to {brief(reading.windows[-1].last)}"
    if reading.windows:
        window = reading.windows[0]
        return (
            f"on {brief(window.first)}"
            if window.length == 1
            else f"from {brief(window.first)} to {brief(reading.windows[-1].last)}"
        )
    return ""


def as_json(checked: Checked) -> dict[str, Any]:
    """The complete answer as plain JSON values, with the keys that docs/claims.md gives."""
    article = checked.article
    return {
        "name": article.name,
        "kind": article.kind,
        "published": [article.published.first.isoformat(), article.published.last.isoformat()]
        if article.published
        else None,
        "record": [checked.record_first.isoformat(), checked.record_last.isoformat()],
        "notes": list(checked.notes),
        "against": checked.against,
        "claims": [_answer_json(number_, answer, article) for number_, answer in enumerate(checked.answers, 1)],
        "conflicts": [{"claims": [one.one, one.other], "reason": one.reason} for one in checked.conflicts],
    }


def _answer_json(place_: int, answer: Answer, article: Article) -> dict[str, Any]:
    claim = answer.claim
    return {
        "claim": place_,
        "sentence": article.text[claim.sentence.start : claim.sentence.end],
        "sentence_span": [article.original(claim.sentence.start), article.original(claim.sentence.end - 1) + 1],
        "span": [article.original(claim.span.start), article.original(claim.span.end - 1) + 1],
        "page": article.page(claim.span.start),
        "said": article.text[claim.span.start : claim.span.end],
        "speaker": claim.wording.speaker,
        "figure": _figure_json(claim),
        "shape": claim.shape,
        "unit": claim.unit,
        "states": list(claim.where.states),
        "model": claim.model,
        "days": [[one.first.isoformat(), one.last.isoformat()] for one in claim.when.windows],
        "verdict": answer.verdict,
        "compared": answer.compared,
        "measure": answer.measure,
        "meaning": answer.meaning,
        "reason": answer.reason,
        "requires": answer.requires,
        "law_holds": answer.law_holds,
        "right": [[one.first.isoformat(), one.last.isoformat()] for one in answer.right],
        "evidence": [_evidence_json(one) for one in answer.evidence],
        "near": [_evidence_json(one) for one in answer.near],
        "citations": list(answer.citations),
        "settles": answer.settles,
        "notes": list(answer.notes),
        "same_as": answer.same_as,
        "read": [_part_json(part, article) for part in dict.fromkeys(answer.account.parts) if part.role != UNREAD],
        "unread": [_part_json(part, article) for part in answer.account.unread],
    }


def _part_json(part: Part, article: Article) -> dict[str, Any]:
    span = [article.original(part.span.start), article.original(part.span.end - 1) + 1]
    return {"span": span, "said": part.said, "role": part.role}


def _figure_json(claim: Claim) -> dict[str, Any] | None:
    figure = claim.figure
    if figure is None:
        return None
    high = None if figure.high == float("inf") else figure.high
    return {"value": figure.value, "low": figure.low, "high": high, "rule": figure.rule, "said": figure.said}


def _evidence_json(one: Evidence) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "sentence": one.sentence,
        "value": one.value,
        "difference": one.difference,
        "requires": one.requires,
        "day": one.day.isoformat() if one.day else None,
        "list": one.file,
        "sha256": one.sha256,
        "table": one.table,
        "cells": list(one.cells),
    }
