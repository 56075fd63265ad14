"""Parameters -> answers: one function for each operation that reads, over the same Python API as the command line.

A function takes the edition, its parameters and what its path names. It raises ``Missing`` where the path names
nothing, and ``Refused`` where a question cannot be answered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import polars as pl

from ledger287.analysis.answers.flat import flat_agreements
from ledger287.analysis.answers.questions import QUESTIONS, answer_of
from ledger287.analysis.answers.ranks import PLURALS
from ledger287.analysis.timeline import timeline as timeline_of
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.law.agreements.documents import document_of
from ledger287.law.agreements.evidence import evidence_of
from ledger287.law.agreements.table import FunctionsAnswer, functions_table
from ledger287.law.authority.authority_answer import AuthorityAnswer
from ledger287.law.authority.deciding import authority as authority_of
from ledger287.law.lawbook.shown.jurisdictions import JurisdictionsAnswer, jurisdictions_on
from ledger287.law.lawbook.shown.listing import (
    ChangesAnswer,
    RuleAnswer,
    RulesAnswer,
    changes_of_law,
    rule_on,
    rules_on,
)
from ledger287.ledger.identity.spelling import plain
from ledger287.ledger.query.before.gap import gap_between
from ledger287.ledger.query.edges import edges_of
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.named.agency_named import closest, read_as
from ledger287.ledger.query.named.other_wordings import in_usual_words, near_corrected
from ledger287.ledger.query.parameters import note_of_model, read_model, read_model_ever, read_state
from ledger287.places.atlas import BoundedStatus, CountyStatus, PlacedAgency
from ledger287.places.coverage.people import Coverage
from ledger287.places.nearby import Near
from ledger287.sources.ice_rosters.words import models_then
from ledger287.web.api_v1 import parameters, rows
from ledger287.web.api_v1.paging import window
from ledger287.web.edition.edition import Edition
from ledger287.web.server.query import Missing

T = TypeVar("T")
ENDED = tuple(one.code for one in models_then() if one.ended)
"""Models that ended before the lists."""
NEAR_NAMES = "No name has these words; these agencies have names that are nearly so spelled."


@contextmanager
def _named_by_path() -> Iterator[None]:
    """What is refused in here is refused since the path names nothing."""
    try:
        yield
    except Refused as refused:
        raise Missing(*refused.parts) from None


def _page(
    edition: Edition, name: str, taken: parameters.Paged, items: list[T], **path: str
) -> tuple[list[T], str | None]:
    given = taken.model_dump(mode="json", exclude={"limit", "cursor"}, exclude_none=True) | path
    return window(edition, name, given, edition.today(), taken.limit, taken.cursor).cut(items)


def status(edition: Edition, taken: parameters.StatusParameters) -> CountyStatus | BoundedStatus:
    """The program on a day."""
    return edition.atlas.status_or_bounds(
        taken.on, known_on=taken.known_on, state=taken.state, model=taken.model, county=taken.county
    )


def changes(edition: Edition, taken: parameters.ChangesParameters) -> rows.Changes:
    """What changed from one day to another."""
    until = taken.until or edition.today()
    found = edition.atlas.changes(
        taken.since,
        until,
        state=taken.state,
        model=taken.model,
        kinds=taken.kind,
        known_on=taken.known_on,
        county=taken.county,
    ).to_dicts()
    part, following = _page(edition, "changes", taken, found)
    part = [{**row, "evidence": evidence_of(row)} for row in part]
    span = (taken.since, until, taken.state, taken.model)
    return {
        "since": taken.since,
        "until": until,
        "known_on": taken.known_on,
        "gap": None if taken.county else gap_between(edition.atlas, *span, known_on=taken.known_on),
        "changes": [row for row in part if row["kind"] != "corrected"],  # type: ignore[misc]
        "corrections": [row for row in part if row["kind"] == "corrected"],  # type: ignore[misc]
        "total": len(found),
        "next": following,
        **edges_of(edition.atlas, taken.since, until, taken.known_on, taken.model),
    }


def agencies(edition: Edition, taken: parameters.AgenciesParameters) -> rows.Agencies:
    """Agencies that were ever printed, with the models of their agreements in force."""
    on = taken.on or edition.today()
    state, model = read_state(taken.state), read_model_ever(taken.model)
    held = edition.atlas.as_of(on, known_on=taken.known_on).group_by("agency_id").agg("model")
    models = {agency_id: set(found) for agency_id, found in held.iter_rows()}
    table = edition.atlas.table("agencies").sort("state", "name", "agency_id")
    if state:
        table = table.filter(pl.col("state") == state)
    if taken.county:
        table = table.filter(pl.col("agency_id").is_in(edition.atlas.local_agencies(taken.county)[1]))
    if model:
        table = table.filter(pl.col("agency_id").is_in([key for key, found in models.items() if model in found]))
    q_note = None
    if taken.q:
        called, q_note = _agencies_by_words(edition, taken.q)
        table = table.filter(pl.col("agency_id").is_in(called))
    part, following = _page(edition, "agencies", taken, list(table.iter_rows(named=True)))
    return {
        "on": on,
        "known_on": taken.known_on,
        "agencies": [_agency_row(edition, row, models) for row in part],
        "total": table.height,
        "next": following,
        "cannot_tell_after": edition.atlas.cannot_tell_after(on, taken.known_on),
        "model_note": note_of_model(model, taken.known_on),
        "q_note": q_note,
    }


def _agency_row(edition: Edition, row: dict[str, Any], models: dict[str, set[str]]) -> rows.AgencyRow:
    place = edition.atlas.jurisdiction_of[row["agency_id"]]
    own = {name: row[name] for name in ("agency_id", "name", "state", "type", "county")}
    held = models.get(row["agency_id"], set())
    return {
        **own,  # type: ignore[typeddict-item]
        "kind": place.kind,
        "counties": list(place.counties),
        "models": [code for code in (*MODELS, *ENDED) if code in held],
    }


def _called(edition: Edition, words: str) -> list[str]:
    """The agencies of which some printed name has all of these words, or beginnings of them."""
    wanted = plain(words).split()
    if not wanted:
        return []
    names = edition.atlas.table("names").select("agency_id", "name_printed").unique()
    found = set()
    for agency_id, name in (*names.iter_rows(), *declared.display_names().items()):
        has = f" {plain(name)}"
        if all(f" {word}" in has for word in wanted):
            found.add(agency_id)
    return sorted(found)


def _agencies_by_words(edition: Edition, words: str) -> tuple[list[str], str | None]:
    """The agencies that words find, which may be Spanish; else those of near names, with a note; none where none is."""
    if called := _called(edition, words):
        return called, None
    usual, _ = in_usual_words(words) or (words, None)
    if usual != words and (called := _called(edition, usual)):
        return called, read_as(words, usual)
    near = closest(usual, edition.spellings) or near_corrected(usual, edition.spellings)
    return [agency_id for agency_id, *_ in near], NEAR_NAMES if near else None


def agency(edition: Edition, taken: parameters.AgencyParameters, agency_id: str) -> PlacedAgency:
    """One agency, by its id."""
    if agency_id not in edition.atlas.jurisdiction_of and agency_id not in edition.then:
        raise Missing(f"No agency has the id {agency_id!r}. Look for one with /api/v1/agencies?q=NAME.")
    return edition.atlas.agency(agency_id, known_on=taken.known_on)


def agreements(edition: Edition, taken: parameters.AgreementsParameters) -> rows.Agreements:
    """The agreements in force on a day, or all of them."""
    found = flat_agreements(
        edition.atlas,
        taken.on if taken.ever else taken.on or edition.today(),
        known_on=taken.known_on,
        state=taken.state,
        model=taken.model,
        county=taken.county,
        ever=taken.ever,
    )
    part, following = _page(edition, "agreements", taken, found.frame.to_dicts())
    return {
        "on": found.on or edition.today(),
        "ever": taken.ever,
        "known_on": taken.known_on,
        "agreements": part,  # type: ignore[typeddict-item]
        "total": found.frame.height,
        "next": following,
        "cannot_tell_after": found.cannot_tell_after,
        "model_note": found.model_note,
    }


def lists(edition: Edition, taken: parameters.ListsParameters) -> rows.Lists:
    """Every list with its verdict."""
    found = edition.atlas.lists(set_aside=taken.set_aside).to_dicts()
    part, following = _page(edition, "lists", taken, found)
    return {"lists": part, "total": len(found), "next": following}  # type: ignore[typeddict-item]


def one_list(edition: Edition, taken: parameters.ListParameters, list_id: str) -> rows.RowsOfList:
    """One list, by its file's name or the beginning of its sha256, with its rows as printed."""
    with _named_by_path():
        found = edition.atlas.list_rows(list_id).to_dicts()
    of_all = edition.atlas.lists()
    named = of_all.filter((pl.col("file") == list_id) | (pl.col("file") == f"{list_id}.xlsx"))
    by_hash = of_all.filter(pl.col("sha256").str.starts_with(list_id.lower()))
    row = (named if named.height else by_hash).row(0, named=True)
    part, following = _page(edition, "list", taken, found, list_id=list_id)
    return {"list": row, "rows": part, "total": len(found), "next": following}  # type: ignore[typeddict-item]


def source(edition: Edition, taken: parameters.SourceParameters, agreement_id: str) -> rows.Source:
    """Where each value of an agreement was printed."""
    with _named_by_path():
        values = edition.atlas.source(agreement_id, field=taken.field)
    return {"agreement_id": agreement_id, "values": values, "document": document_of(agreement_id)}


def coverage(edition: Edition, taken: parameters.CoverageParameters) -> Coverage:
    """How many people live where an agreement is in force."""
    return edition.atlas.coverage(taken.on, known_on=taken.known_on, state=taken.state, model=taken.model)


def near(edition: Edition, taken: parameters.NearParameters) -> Near:
    """Who has an agreement at a place; with its neighbors where they are wanted."""
    found = edition.atlas.near(taken.place, on=taken.on, known_on=taken.known_on, state=taken.state)
    if not taken.neighbors:
        return found
    return replace(found, neighbors=edition.atlas.neighbors(found.spot, on=taken.on, known_on=taken.known_on))


def timeline(edition: Edition, taken: parameters.TimelineParameters) -> rows.TimelineRows:
    """What happened, by day, in the nation, a state or of an agency."""
    found = timeline_of(
        edition.atlas,
        state=taken.state,
        agency=taken.agency,
        kinds_wanted=taken.kind,
        since=taken.since,
        until=taken.until,
    )
    part, following = _page(edition, "timeline", taken, list(found.entries))
    return {
        "state": found.state,
        "agency_id": found.agency_id,
        "agency": found.agency,
        "kinds": found.kinds,
        "since": found.since,
        "until": found.until,
        "entries": part,
        "total": len(found.entries),
        "next": following,
        "cannot_tell_after": found.cannot_tell_after,
    }


def rules(edition: Edition, taken: parameters.RulesParameters) -> RulesAnswer:
    """The rules in force on a day."""
    return rules_on(taken.on or edition.today(), taken.state)


def jurisdictions(edition: Edition, taken: parameters.JurisdictionsParameters) -> JurisdictionsAnswer:
    """What the law of each jurisdiction does to holds and to agreements."""
    return jurisdictions_on(taken.on or edition.today(), taken.state)


def law_changes(edition: Edition, taken: parameters.LawChangesParameters) -> ChangesAnswer:
    """What the law said on one day and not on another."""
    del edition
    return changes_of_law(taken.before, taken.after, taken.state)


def functions(edition: Edition, taken: parameters.FunctionsParameters) -> FunctionsAnswer:
    """Every function by model and version."""
    del edition, taken
    return functions_table()


def rule(edition: Edition, taken: parameters.RuleParameters, rule_id: str) -> RuleAnswer:
    """One rule as it is on a day."""
    with _named_by_path():
        return rule_on(rule_id, taken.on or edition.today())


def authority(edition: Edition, taken: parameters.AuthorityParameters) -> AuthorityAnswer:
    """Whether an agency's agreement lists a function."""
    return authority_of(
        edition.atlas,
        taken.function,
        taken.agency,
        taken.state,
        taken.on or edition.today(),
        taken.setting,
        known_on=taken.known_on,
    )


def usual(edition: Edition, taken: parameters.QuestionParameters, question: str) -> rows.UsualAnswer:
    """The answer to a usual question; of one that is not of a day, from the lists published by the day."""
    if question not in QUESTIONS:
        raise Missing(f"No question {question!r}. Expected one of: {', '.join(QUESTIONS)}.")
    one = QUESTIONS[question]
    choices = dict(one.choices)
    own: dict[str, str] = {}
    for name, given in (("of", PLURALS.get(taken.of or "", taken.of)), ("by", taken.by)):
        if given is None:
            continue
        if given not in choices.get(name, ()):
            expected = f"expected one of: {', '.join(choices[name])}" if name in choices else f"{question} takes none"
            raise Refused(f"{name}: {expected}; found {given!r}.")
        own[name] = given
    filters = {"state": read_state(taken.state), "model": read_model(taken.model)}
    found = answer_of(edition.atlas, one, taken.on, taken.known_on, edition.today(), {**filters, **own})
    part, following = _page(edition, "usual", taken, found.rows, question=question)
    return {**found.as_json(), "rows": part, "total": len(found.rows), "next": following}  # type: ignore[typeddict-item]
