"""A model's page: how many agreements, where, and what its text lets officers do, with each clause's citation."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from ledger287.charts.series.steps import Series
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.law.agreements.clauses import clause, text_of
from ledger287.law.agreements.functions import functions
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import Provision
from ledger287.ledger.query.history import MODELS
from ledger287.ledger.query.parameters import note_of_model, read_model_ever
from ledger287.sources.figures.reading import figures
from ledger287.sources.ice_rosters.words import ModelOfThen, ended_model, models_then
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.snapshot import latest, snapshot, status
from ledger287.web.pages.home import growth_charts, names, national
from ledger287.web.pages.places.map import holding
from ledger287.web.pages.then import PastSubject, is_before_lists, then_page
from ledger287.web.render import languages
from ledger287.web.render.page import Page, PageKind
from ledger287.web.server.query import Missing, Query

CHANGES_SHOWN = 12


def make(edition: Edition, query: Query, model: str) -> Page:
    """The page of one model on a day."""
    try:
        code = read_model_ever(model) or ""
    except Refused as refused:
        raise Missing(*refused.parts) from None
    ended = ended_model(code)
    if code not in MODELS and not (ended and edition.atlas.past):
        raise Missing(f"no model {model[:40]!r} has a page. Expected one of: {', '.join(MODELS)}.")
    if is_before_lists(edition, query):
        return then_page(edition, query, PastSubject(model=code))
    if ended:
        return ended_page(edition, query, ended)
    nation = status(edition, query)
    rows = snapshot(edition, query).agreements.filter(pl.col("model") == code)
    states = (
        rows.group_by("state")
        .agg(agreements=pl.len(), agencies=pl.col("agency_id").n_unique())
        .with_columns(name=pl.col("state").replace_strict(edition.state_names, return_dtype=pl.String))
        .sort("agreements", "name", descending=[True, False])
        .select("state", "name", "agreements", "agencies")
    )
    territories = {one.code for one in declared.territories()}
    outside = sum(state in territories for state in states["state"])
    text, listed, limits = _text(code, query)
    changes = latest(edition, query).of(CHANGES_SHOWN, model=code)
    answer = {
        "on": query.on,
        "known_on": query.known_on,
        "list": nation.list,
        "model": code,
        "agreements": rows.height,
        "agencies": rows["agency_id"].n_unique(),
        "states": states.height - outside,
        "territories": outside,
        "by_state": states.to_dicts(),
        "text": text,
        "functions": [_plain(name, rule) for name, rule in listed],
        "limits": [_plain(rule.clause.topic if rule.clause else "", rule) for rule in limits],
        "changes": changes,
    }
    every = national(edition, query)
    series = every and Series(every.days, {code: every.counts[code]}, names(query))
    title = languages.translations(query.lang).gettext("Agreements in force under this model since January 2021")
    shown = {
        "status": nation,
        "code": code,
        "told": answer,
        "charts": growth_charts(series, query, title),
        "text": text,
        "functions": listed,
        "limits": limits,
        "changes": changes,
        "since": latest(edition, query).since,
        **holding(edition, query, code),
    }
    return Page(answer, nation.list, states, shown)


def ended_page(edition: Edition, query: Query, model: ModelOfThen) -> Page:
    """The page of a model that ended before the lists: none is in force; who had one, and what others counted."""
    nation, past = status(edition, query), edition.atlas.past
    if past is None:
        raise ValueError("a record without its past has no such page")
    held = past.attested.filter(pl.col("says") == "listed", pl.col("model") == model.code)
    rows = held.select("as_of", "state", "agency_id", "signed", "title", "grade", agency="agency_printed")
    counts = [one for one in figures() if one.parts.get(model.code) and one.known_on <= (query.known_on or query.today)]
    if query.known_on:
        rows = rows.filter(held["known_on"] <= query.known_on)
    rows = rows.sort("as_of", "state", "agency")
    answer = {
        "on": query.on,
        "known_on": query.known_on,
        "list": nation.list,
        "model": model.code,
        "ended": model.ended,
        "model_note": note_of_model(model.code, query.known_on),
        "agreements": 0,
        "rows": rows.to_dicts(),
        "published": counts,
    }
    shown = {"model": model, "rows": rows.to_dicts(), "published": counts, "linked": edition.indexes.agencies}
    return Page(answer, nation.list, rows, {**shown, "note": answer["model_note"]}, "ended")


def _text(code: str, query: Query) -> tuple[Any, list[tuple[str, Provision]], list[Provision]]:
    """The version of the model's text on a day, what it says of each function, and its other clauses."""
    book, text = shipped(), text_of("", code, query.on)
    listed = [(name, rule) for key, name in functions().items() if (rule := clause(book, text, key))]
    said = {rule.id for _, rule in listed}
    topics = dict.fromkeys(
        entry.clause.topic for entry in book.provisions if entry.clause and entry.clause.model == code
    )
    rules = (clause(book, text, topic) for topic in topics)
    return text, listed, [rule for rule in rules if rule and rule.id not in said]


def _plain(name: str, rule: Provision) -> Mapping[str, Any]:
    held = rule.clause
    return {
        "what": name,
        "listed": held.lists if held else None,
        "setting": held.setting if held else None,
        "says": rule.says,
        "rule": rule.id,
        "citation": rule.citation,
    }


def every_model(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the models' pages, of those too that ended before the lists."""
    ended = [one.code for one in models_then() if one.ended] if edition.atlas.past else []
    return ({"model": code} for code in (*MODELS, *ended))


KINDS = (PageKind("model", "/model/{model}", make, every_model, table=True),)
