"""Parameters -> answers: one function for each operation that reads, over the same Python API as the command line.

A function takes the edition, its parameters and what its path names. It raises ``Missing`` where the path names
nothing, and ``Refused`` where a question cannot be answered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import polars as pl

from ledger287.analysis.answers.flat import flat_agreements
from ledger287.analysis.answers.questions import QUESTIONS, answer_of
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.law.agreements.documents import document_of
from ledger287.law.agreements.evidence import evidence_of
from ledger287.law.agreements.table import FunctionsAnswer, functions_table
from ledger287.law.authority.answers import AuthorityAnswer
from ledger287.law.authority.deciding import authority as authority_of
from ledger287.law.lawbook.jurisdictions import JurisdictionsAnswer, jurisdictions_on
from ledger287.law.lawbook.listing import ChangesAnswer, RuleAnswer, RulesAnswer, changes_of_law, rule_on, rules_on
from ledger287.ledger.identity.spelling import plain
from ledger287.ledger.query.before.gap import gap_between
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.places.atlas import CountyStatus, PlacedAgency
from ledger287.places.coverage.people import Coverage
from ledger287.places.nearby import Near
from ledger287.web.api_v1 import asking, rows
from ledger287.web.api_v1.paging import window
from ledger287.web.edition.edition import Edition
from ledger287.web.server.asked import Missing

T = TypeVar("T")


@contextmanager
def _named_by_path() -> Iterator[None]:
    """What is refused in here is refused since the path names nothing."""
    try:
        yield
    except Refused as refused:
        raise Missing(*refused.parts) from None


def _page(edition: Edition, name: str, asked: asking.Paged, items: list[T], **path: str) -> tuple[list[T], str | None]:
    given = asked.model_dump(mode="json", exclude={"limit", "cursor"}, exclude_none=True) | path
    return window(edition, name, given, edition.today(), asked.limit, asked.cursor).cut(items)


def status(edition: Edition, asked: asking.StatusAsked) -> CountyStatus:
    """The program on a day."""
    return edition.atlas.status(
        asked.on, known_on=asked.known_on, state=asked.state, model=asked.model, county=asked.county
    )


def changes(edition: Edition, asked: asking.ChangesAsked) -> rows.Changes:
    """What changed from one day to another."""
    until = asked.until or edition.today()
    found = edition.atlas.changes(
        asked.since,
        until,
        state=asked.state,
        model=asked.model,
        kinds=asked.kind,
        known_on=asked.known_on,
        county=asked.county,
    ).to_dicts()
    part, following = _page(edition, "changes", asked, found)
    part = [{**row, "evidence": evidence_of(row)} for row in part]
    span = (asked.since, until, asked.state, asked.model)
    return {
        "since": asked.since,
        "until": until,
        "known_on": asked.known_on,
        "gap": None if asked.county else gap_between(edition.atlas, *span, known_on=asked.known_on),
        "changes": [row for row in part if row["kind"] != "corrected"],  # type: ignore[misc]
        "corrections": [row for row in part if row["kind"] == "corrected"],  # type: ignore[misc]
        "total": len(found),
        "next": following,
        "cannot_tell_after": edition.atlas.cannot_tell_after(until, asked.known_on),
        "pending_cannot_tell_after": edition.atlas.cannot_tell_after(until, asked.known_on, kind="pending"),
    }


def agencies(edition: Edition, asked: asking.AgenciesAsked) -> rows.Agencies:
    """Agencies that were ever printed, with the models of their agreements in force."""
    on = asked.on or edition.today()
    state, model = read_state(asked.state), read_model(asked.model)
    held = edition.atlas.as_of(on, known_on=asked.known_on).group_by("agency_id").agg("model")
    models = {agency_id: set(found) for agency_id, found in held.iter_rows()}
    table = edition.atlas.table("agencies").sort("state", "name", "agency_id")
    if state:
        table = table.filter(pl.col("state") == state)
    if asked.county:
        table = table.filter(pl.col("agency_id").is_in(edition.atlas.local_agencies(asked.county)[1]))
    if model:
        table = table.filter(pl.col("agency_id").is_in([key for key, found in models.items() if model in found]))
    if asked.q:
        table = table.filter(pl.col("agency_id").is_in(_called(edition, asked.q)))
    part, following = _page(edition, "agencies", asked, list(table.iter_rows(named=True)))
    return {
        "on": on,
        "known_on": asked.known_on,
        "agencies": [_agency_row(edition, row, models) for row in part],
        "total": table.height,
        "next": following,
        "cannot_tell_after": edition.atlas.cannot_tell_after(on, asked.known_on),
    }


def _agency_row(edition: Edition, row: dict[str, Any], models: dict[str, set[str]]) -> rows.AgencyRow:
    place = edition.atlas.jurisdiction_of[row["agency_id"]]
    told = {name: row[name] for name in ("agency_id", "name", "state", "type", "county")}
    held = models.get(row["agency_id"], set())
    return {
        **told,  # type: ignore[typeddict-item]
        "kind": place.kind,
        "counties": list(place.counties),
        "models": [code for code in MODELS if code in held],
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


def agency(edition: Edition, asked: asking.AgencyAsked, agency_id: str) -> PlacedAgency:
    """One agency, by its id."""
    if agency_id not in edition.atlas.jurisdiction_of and agency_id not in edition.then:
        raise Missing(f"No agency has the id {agency_id!r}. Look for one with /api/v1/agencies?q=NAME.")
    return edition.atlas.agency(agency_id, known_on=asked.known_on)


def agreements(edition: Edition, asked: asking.AgreementsAsked) -> rows.Agreements:
    """The agreements in force on a day, or all of them."""
    found = flat_agreements(
        edition.atlas,
        asked.on if asked.ever else asked.on or edition.today(),
        known_on=asked.known_on,
        state=asked.state,
        model=asked.model,
        county=asked.county,
        ever=asked.ever,
    )
    part, following = _page(edition, "agreements", asked, found.frame.to_dicts())
    return {
        "on": found.on or edition.today(),
        "ever": asked.ever,
        "known_on": asked.known_on,
        "agreements": part,  # type: ignore[typeddict-item]
        "total": found.frame.height,
        "next": following,
        "cannot_tell_after": found.cannot_tell_after,
    }


def lists(edition: Edition, asked: asking.ListsAsked) -> rows.Lists:
    """Every list with its verdict."""
    found = edition.atlas.lists(set_aside=asked.set_aside).to_dicts()
    part, following = _page(edition, "lists", asked, found)
    return {"lists": part, "total": len(found), "next": following}  # type: ignore[typeddict-item]


def one_list(edition: Edition, asked: asking.ListAsked, list_id: str) -> rows.RowsOfList:
    """One list, by its file's name or the beginning of its sha256, with its rows as printed."""
    with _named_by_path():
        found = edition.atlas.list_rows(list_id).to_dicts()
    of_all = edition.atlas.lists()
    named = of_all.filter((pl.col("file") == list_id) | (pl.col("file") == f"{list_id}.xlsx"))
    by_hash = of_all.filter(pl.col("sha256").str.starts_with(list_id.lower()))
    row = (named if named.height else by_hash).row(0, named=True)
    part, following = _page(edition, "list", asked, found, list_id=list_id)
    return {"list": row, "rows": part, "total": len(found), "next": following}  # type: ignore[typeddict-item]


def source(edition: Edition, asked: asking.SourceAsked, agreement_id: str) -> rows.Source:
    """Where each value of an agreement was printed."""
    with _named_by_path():
        values = edition.atlas.source(agreement_id, field=asked.field)
    return {"agreement_id": agreement_id, "values": values, "document": document_of(agreement_id)}


def coverage(edition: Edition, asked: asking.CoverageAsked) -> Coverage:
    """How many people live where an agreement is in force."""
    return edition.atlas.coverage(asked.on, known_on=asked.known_on, state=asked.state, model=asked.model)


def near(edition: Edition, asked: asking.NearAsked) -> Near:
    """Who has an agreement at a place."""
    return edition.atlas.near(asked.place, on=asked.on, known_on=asked.known_on, state=asked.state)


def rules(edition: Edition, asked: asking.RulesAsked) -> RulesAnswer:
    """The rules in force on a day."""
    return rules_on(asked.on or edition.today(), asked.state)


def jurisdictions(edition: Edition, asked: asking.JurisdictionsAsked) -> JurisdictionsAnswer:
    """What the law of each jurisdiction does to holds and to agreements."""
    return jurisdictions_on(asked.on or edition.today(), asked.state)


def law_changes(edition: Edition, asked: asking.LawChangesAsked) -> ChangesAnswer:
    """What the law said on one day and not on another."""
    del edition
    return changes_of_law(asked.before, asked.after, asked.state)


def functions(edition: Edition, asked: asking.FunctionsAsked) -> FunctionsAnswer:
    """Every function by model and version."""
    del edition, asked
    return functions_table()


def rule(edition: Edition, asked: asking.RuleAsked, rule_id: str) -> RuleAnswer:
    """One rule as it is on a day."""
    with _named_by_path():
        return rule_on(rule_id, asked.on or edition.today())


def authority(edition: Edition, asked: asking.AuthorityAsked) -> AuthorityAnswer:
    """Whether an agency's agreement lists a function."""
    return authority_of(
        edition.atlas,
        asked.function,
        asked.agency,
        asked.state,
        asked.on or edition.today(),
        asked.setting,
        known_on=asked.known_on,
    )


def usual(edition: Edition, asked: asking.QuestionAsked, question: str) -> rows.UsualAnswer:
    """The answer to a usual question; of one that is not of a day, from the lists published by the day."""
    if question not in QUESTIONS:
        raise Missing(f"No question {question!r}. Expected one of: {', '.join(QUESTIONS)}.")
    one = QUESTIONS[question]
    choices = dict(one.choices)
    own: dict[str, str] = {}
    for name, given in (("of", asked.of), ("by", asked.by)):
        if given is None:
            continue
        if given not in choices.get(name, ()):
            expected = f"expected one of: {', '.join(choices[name])}" if name in choices else f"{question} takes none"
            raise Refused(f"{name}: {expected}; found {given!r}.")
        own[name] = given
    filters = {"state": read_state(asked.state), "model": read_model(asked.model)}
    found = answer_of(edition.atlas, one, asked.on, asked.known_on, edition.today(), {**filters, **own})
    part, following = _page(edition, "usual", asked, found.rows, question=question)
    return {**found.as_json(), "rows": part, "total": len(found.rows), "next": following}  # type: ignore[typeddict-item]
