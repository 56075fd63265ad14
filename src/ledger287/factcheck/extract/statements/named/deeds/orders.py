"""The place of a named agency in the order of joining: became the second jurisdiction in the state, after Polk County.

What enters: a parsed sentence. What leaves: an answer for each agency that is said to be the first, second or 23rd of
its place. Promise: so many were in the program when it was listed first, by the list before and that list, or had
signed before it; where several came on one day the order among them is "cannot tell", unless the sentence gives both
their places. Held against an agency is only a place that is too early: more were on the list before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.amounts.times.windows import resolve
from ledger287.factcheck.extract.model import Claim, Figure, OfAgencies, Phrasing, Span, When, Where
from ledger287.factcheck.extract.statements.named.deeds.judging import stated_for
from ledger287.factcheck.extract.statements.named.deeds.subjects import Mention, mentions_of, subjects_of
from ledger287.factcheck.extract.statements.named.deeds.words import data, doubted, supposed, undone, with_macros
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.measures.readings import name_of
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.parse.tokens import ORDINALS
from ledger287.factcheck.verdicts.answers import Answer

TERRITORIES = frozenset(one.code for one in declared.territories())


@dataclass(frozen=True, slots=True)
class JoiningField:
    """Among whom somebody has a place: the kind of agency, where, and under which model."""

    kind: str
    states: tuple[str, ...]
    outside: str | None
    model: str | None


@dataclass(frozen=True, slots=True)
class JoiningOrder:
    """What the record has of an agency's joining: its possible places by list and by day, and who was there before."""

    by_list: tuple[int, int]
    by_day: tuple[int, int]
    before: frozenset[str]
    said: str

    def places(self, *, of_signing: bool) -> tuple[int, int]:
        """The places that it may have; of those who signed, or who joined."""
        within = self.by_list[0] <= self.by_day[0] <= self.by_list[1]
        return self.by_day if of_signing or within else self.by_list

    def least(self, *, of_signing: bool) -> int:
        """No place before this one is possible."""
        return self.by_day[0] if of_signing else min(self.by_list[0], self.by_day[0])


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    order = data()["order"]
    states = "|".join(re.escape(one.name) for one in sorted(declared.states(), key=lambda one: -len(one.name)))
    kinds = "|".join(re.escape(one) for one in sorted(order["kinds"], key=len, reverse=True))
    own = {"NUMBER": order["number"], "KIND": kinds, "STATE": states, "NAME": with_macros(order["name"])}
    return tuple(when_needed(with_macros(form, own)) for form in order["forms"])


def orders(parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index) -> Iterator[Answer]:
    """The answers on places in an order that a sentence gives."""
    text = parsed.sentence.text
    if "?" in text or doubted().search(text):
        return
    for form in _forms():
        for found in form.finditer(text):
            before = text[: found.start()]
            if undone().search(before) or supposed().search(before):
                continue
            if not (found["before"] or found["there"] or found["tail"] or found["place"] or "state" in found["become"]):
                continue
            yield from _answers(found, parsed, behind, states, names, index)


def _answers(
    found: "re.Match[str]", parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index
) -> Iterator[Answer]:
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    mentions = [one for one in mentions_of(parsed) if one.end <= found.start()]
    places = [_number(found["n"]), *([_number(found["m"])] if found["m"] else [])]
    group = _subjects(found, text, mentions, len(places))
    if group is None:
        return
    named = _named_state(found)
    agencies = [_one(mention, parsed, states, names, named) for mention in group]
    span = Span(found.start() + offset, found.end() + offset)
    for mention, agency in zip(group, agencies, strict=True):
        where = named or (index.agencies[agency][1] if agency and _is_of_state(found) else None)
        figure = _figure(found, offset)
        plain = agency is not None and bool(where or _kind(found) == "territories" or found["outside"])
        whose = Span(mention.start + offset, mention.end + offset)
        covers = ((span, "rank"), (whose, "agency")) if plain else ()
        model = next((one.value for one in parsed.tokens if one.kind == "MODEL"
                      and span.start <= one.span.start < span.end), None)  # fmt: skip
        claim = Claim(
            "holds", figure, "agreements", Where((where,), True, "first") if where else Where(), When(),
            Span(figure.span.start, span.end), parsed.sentence.span, model,
            wording=Phrasing(speaker=parsed.sentence.speaker, covers=covers, role="deed" if plain else ""),
            terms=OfAgencies(agencies=(agency,) if agency else ()), sense="ordinal",
        )  # fmt: skip
        meaning = f"{mention.name} was the {found['n']} to join there"
        by = behind.published.last if behind.published else index.days[-1]
        if agency is None or not plain:
            reason = "which agency is meant, or of which state, is not plain."
            yield Answer(claim, "cannot_tell", meaning, reason, measure="signed_first", settles="the agency")
            continue
        field = JoiningField(_kind(found), (where,) if where else (), found["outside"], model)
        answer = _judged(claim, meaning, agency, places, len(group), found, field, by, names, index)
        if answer.verdict == "supported" and len(group) == 1:  # a day next to a wrong place in the order stays unread
            days = tuple((one, "time") for one in _own_days(parsed, span, agency, behind, index))
            answer = replace(answer, claim=claim.worded(covers=(*covers, *days)))
        yield answer


def _own_days(parsed: Parsed, span: Span, agency: str, behind: Background, index: Index) -> Iterator[Span]:
    """The time right before or behind what is said of an order, where it is that of a signing: on March 28 became …"""
    tokens = [one for one in parsed.tokens if one.text != ","]
    signed = [day for day, _, signer, _, _ in index.signings if signer == agency]
    for at, token in enumerate(tokens):
        near = (at + 1 < len(tokens) and tokens[at + 1].span.start == span.start) or (
            at > 0 and tokens[at - 1].span.start < span.end <= tokens[at - 1].span.end
        )
        if near and token.dated is not None and token.kind == "WHEN":
            windows = resolve(token.dated, behind.published, behind.years).windows
            if any(one.first <= day <= one.last for one in windows for day in signed):
                yield token.span


def _subjects(
    found: "re.Match[str]", text: str, mentions: Sequence[Mention], places: int
) -> tuple[Mention, ...] | None:
    """Whose place it is: the agencies right before it, or the one that the sentence is about."""
    verb = re.compile(r"(?P<verb>)(?P<object>)").match(text, found.start())
    if verb is None or not mentions:
        return None
    subjects = subjects_of(verb, text, mentions, (), continued=False)
    if subjects is not None and subjects.plain and len(subjects.mentions) == places:
        return subjects.mentions
    if places == 1 and len({one.name for one in mentions}) == 1 and not found["become"].startswith(("is ", "was ")):
        return (mentions[0],)
    return None


def _number(said: str) -> int:
    digits = re.match(r"\d+", said)
    return int(digits[0]) if digits else ORDINALS.index(said.lower()) + 1


def _figure(found: "re.Match[str]", offset: int) -> Figure:
    value = float(_number(found["n"]))
    return Figure(value, value, value, "exact", Span(found.start("n") + offset, found.end("n") + offset), found["n"])


def _kind(found: "re.Match[str]") -> str:
    return str(data()["order"]["kinds"][found["kind"]])


def _one(mention: Mention, parsed: Parsed, states: Sequence[str], names: Names, named: str | None) -> str | None:
    stated = (named,) if named else stated_for(parsed, mention)
    agencies = names.find(mention.name, stated or states, stated=stated)
    return agencies[0] if len(agencies) == 1 else None


def _named_state(found: "re.Match[str]") -> str | None:
    """The state that the order itself names."""
    groups = found.groupdict()
    said = groups.get("before") or groups.get("in") or groups.get("last") or groups.get("owner")
    return next((one.code for one in declared.states() if one.name == said), None)


def _is_of_state(found: "re.Match[str]") -> bool:
    """Whether the order is said to be of the agency's own state."""
    there = found["there"] or found["place"] or ""
    return "state" in found["become"] or there.startswith(" in the state")


def _judged(
    claim: Claim, meaning: str, agency: str, places: Sequence[int], together: int, found: "re.Match[str]",
    field: JoiningField, by: date, names: Names, index: Index,
) -> Answer:  # fmt: skip
    order = _order(agency, field, by, index)
    if order is None:
        reason = "the record has no joining of it by then."
        return Answer(claim, "cannot_tell", meaning, reason, measure="signed_first", settles="the days of signing")
    number, name = places[0], index.agencies[agency][0]
    missing = _missing(found["names"], order, field, names)
    reason = f"{name}: {order.said}."
    if missing:
        reason = f"{reason.rstrip('.')}; {missing} was not there before it."
        return Answer(claim, "cannot_tell", meaning, reason, measure="signed_first", settles="the days of signing")
    of_signing = (found["tail"] or "").startswith(" to sign")
    low, high = order.places(of_signing=of_signing)
    exact = low == high == number
    pair = together == len(places) > 1 and low == min(places) and high == max(places)
    if exact or pair:
        notes = (f"of the agreements listed since {brief(index.days[0])}",) if number == 1 else ()
        return Answer(claim, "supported", meaning, reason, measure="signed_first", notes=notes)
    if number < order.least(of_signing=of_signing):
        return Answer(claim, "contradicted", meaning, reason, measure="signed_first")
    return Answer(claim, "cannot_tell", meaning, reason, measure="signed_first", settles="the order of the signings")


def _order(agency: str, field: JoiningField, by: date, index: Index) -> JoiningOrder | None:
    """The places that an agency may have: by the list that had it first, and by the days of signing."""
    mine = [run for run in index.runs if run.agency_id == agency and index.days[run.first] <= by
            and under(field.model, run.model)]  # fmt: skip
    signed = min((day for day, _, one, _, model in index.signings if one == agency and day <= by
                  and under(field.model, model)), default=None)  # fmt: skip
    if not mine or signed is None or min(run.first for run in mine) == 0:
        return None
    first = min(run.first for run in mine)
    there, earlier = members(field, first, index), members(field, first - 1, index)
    before = there & earlier
    days = _first_days(field, by, index)
    own = _unit_of(agency, field, index)
    sooner = sum(day < signed for one, day in days.items() if one in there and one != own)
    same = sum(day == signed for one, day in days.items() if one in there and one != own)
    after = _members_after(field, first, index) - there
    late = sum(day <= signed for one, day in days.items() if one in after)
    said = (
        f"signed on {brief(signed)}, first on the list of {brief(index.days[first])} with {len(there)} there; "
        f"{len(before)} on the list before it, {sooner} of those there had signed before it"
    )
    by_list = len(before) + 1, len(there)
    return JoiningOrder(by_list, (sooner + 1, sooner + same + late + 1), frozenset(before), said)


def _first_days(field: JoiningField, by: date, index: Index) -> dict[str, date]:
    """The first day of signing of each of a field."""
    found: dict[str, date] = {}
    for day, _, agency, state, model in index.signings:
        if day <= by and under(field.model, model) and _is_in(agency, state, field, index):
            found.setdefault(_unit(agency, state, field), day)
    return found


def _members_after(field: JoiningField, place: int, index: Index) -> set[str]:
    """Those of a field that were listed later than on one list."""
    return {_unit(run.agency_id, run.state, field) for run in index.runs
            if run.first > place and under(field.model, run.model)}  # fmt: skip


def members(field: JoiningField, place: int, index: Index) -> set[str]:
    """The agencies, or the territories, of a field on one list."""
    return {
        _unit(run.agency_id, run.state, field)
        for run in index.runs
        if run.first <= place <= run.last
        and under(field.model, run.model)
        and _is_in(run.agency_id, run.state, field, index)
    }


def _unit(agency: str, state: str, field: JoiningField) -> str:
    return state if field.kind == "territories" else agency


def _unit_of(agency: str, field: JoiningField, index: Index) -> str:
    return _unit(agency, index.agencies[agency][1], field)


def _is_in(agency: str, state: str, field: JoiningField, index: Index) -> bool:
    if field.kind == "territories":
        return state in TERRITORIES
    if field.states and state not in field.states:
        return False
    if field.outside and name_of(state) == field.outside:
        return False
    return not field.kind or index.kinds.get(agency) == field.kind


def _missing(said: str | None, order: JoiningOrder, field: JoiningField, names: Names) -> str | None:
    """The first of the agencies that are named as earlier ones and were not there before."""
    for said_name in re.split(r",? and (?:the )?|, (?:the )?", said) if said else ():
        name = said_name.rstrip(".")
        full = name if name.endswith(("County", "Parish")) else f"{name} County"
        agencies = names.find(full, field.states, stated=field.states)
        if not (len(agencies) == 1 and agencies[0] in order.before):
            return full
    named = len(re.split(r",? and |, ", said)) if said else 0
    return None if not said or named == len(order.before) else "another agency"
