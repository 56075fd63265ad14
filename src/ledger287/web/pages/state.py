"""A state's page, and the page of all states."""

from collections.abc import Iterable, Mapping

import polars as pl

from ledger287.foundation.problems import Refused
from ledger287.record.ledger import MODELS, read_state
from ledger287.web.asked import Asked, Missing
from ledger287.web.edition import Edition
from ledger287.web.page import Kind, Page, once


def make_states(edition: Edition, asked: Asked) -> Page:
    """All states by agreements on a day."""
    status = edition.atlas.status(asked.on, known_on=asked.known_on)
    agreements = edition.atlas.as_of(asked.on, known_on=asked.known_on)
    table = (
        agreements.group_by("state")
        .agg(
            agreements=pl.len(),
            agencies=pl.col("agency_id").n_unique(),
            **{model: (pl.col("model") == model).sum() for model in MODELS},
        )
        .with_columns(name=pl.col("state").replace_strict(edition.state_names))
        .sort(pl.col("agreements"), "name", descending=[True, False])
        .select("state", "name", "agreements", "agencies", *MODELS)
    )
    held = set(table["state"].to_list())
    without = [code for code in edition.states if code not in held]
    return Page(
        {
            "on": asked.on,
            "known_on": asked.known_on,
            "list": status.list,
            "states": table.to_dicts(),
            "without": without,
        },
        status.list,
        table,
        {"status": status, "states": table.to_dicts(), "without": without},
    )


def make_state(edition: Edition, asked: Asked, state: str) -> Page:
    """One state on a day: its totals, its agencies, its coverage."""
    try:
        code = read_state(state) or ""
    except Refused as refused:
        raise Missing(str(refused)) from None
    status = edition.atlas.status(asked.on, known_on=asked.known_on, state=code)
    agreements = edition.atlas.as_of(asked.on, known_on=asked.known_on).filter(pl.col("state") == code)
    table = agreements.select("agreement_id", "agency_id", "agency", "county", "type", "model", "signed").sort(
        "agency", "model", "signed"
    )
    coverage = edition.atlas.coverage(asked.on, known_on=asked.known_on, state=code)
    return Page(
        {"status": status, "coverage": coverage, "agreements": table.to_dicts()},
        status.list,
        table,
        {
            "status": status,
            "code": code,
            "name": edition.state_names[code],
            "coverage": coverage,
            "rows": table.to_dicts(),
        },
    )


def every_state(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The addresses of the states' pages."""
    return ({"state": code} for code in edition.states)


KINDS = (
    Kind("states", "/states", make_states, once, table=True),
    Kind("state", "/state/{state}", make_state, every_state, table=True),
)
