"""A record -> one flat table of agreements: those in force on a day, or all that were ever listed.

What enters: a record, and a question of time, state, model and county. What leaves: ``FlatAgreements``, one row per
agreement, with the columns that ``columns.py`` declares. Promises: the agreements are those of ``Ledger.as_of``; days
of listing, and what replaced an agreement, are derived only from the lists known by ``known_on``; an agency whose place
cannot be determined keeps its row, with these fields empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from ledger287.analysis.answers.columns import AS_PRINTED, EVER, IN_FORCE
from ledger287.core import declared
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.time import Day, as_day, end_of_day
from ledger287.ledger.query.answers import ListRef
from ledger287.ledger.query.history import History
from ledger287.ledger.query.list_ledger import ListLedger
from ledger287.ledger.query.parameters import note_of_model, read_model_ever, read_state
from ledger287.ledger.store.tables import RecordTable
from ledger287.places.atlas import Atlas
from ledger287.sources.ice_rosters.words import models_then


@dataclass(frozen=True, slots=True)
class FlatAgreements:
    """A flat table of agreements, and what it rests on. ``on`` is None where all agreements were requested."""

    on: date | None
    known_on: date | None
    list: ListRef | None
    cannot_tell_after: date | None
    frame: pl.DataFrame
    model_note: str | None = None

    @property
    def table(self) -> RecordTable:
        """The declaration of its columns."""
        return EVER if self.on is None else IN_FORCE


def flat_agreements(
    atlas: Atlas,
    on: Day | None = None,
    *,
    known_on: Day | None = None,
    state: str | None = None,
    model: str | None = None,
    county: str | None = None,
    ever: bool = False,
) -> FlatAgreements:
    """Agreements in force on a day, or all that were ever listed; the newest signed first."""
    day, known = as_day(on, "on"), as_day(known_on, "known_on")
    if ever and day:
        raise QueryError(
            "ever_on_a_day", "leave out ", QueryField("on"), ", or ", QueryField("ever"), ": all agreements or one day."
        )
    ref, after = None, None
    if ever:
        rows = pl.concat([_ever_listed(one, known) for one in _ledgers(atlas)]).unique(
            "agreement_id", keep="first", maintain_order=True
        )
    else:
        day = day or atlas.today()
        ref = atlas.status(day, known_on=known).list
        after = atlas.cannot_tell_after(day, known)
        rows = atlas.as_of(day, known_on=known)
    rows = _narrowed(atlas, rows, state, model, county)
    placed = (
        rows.join(_days(atlas, known), on="agreement_id", how="left", maintain_order="left")
        .join(_replaced(atlas, known), on="agreement_id", how="left", maintain_order="left")
        .join(_places(atlas, rows["agency_id"].unique()), on="agency_id", how="left", maintain_order="left")
    )
    table = EVER if ever else IN_FORCE
    placed = placed.with_columns(
        state_name=_named("state", {code: one.name for code, one in atlas.geography.states.items()}),
        model_name=_named("model", _model_names()),
    ).select(pl.col(name).cast(kind) for name, kind in table.schema.items())
    order = ["signed", "state", "agency", "model", "agreement_id"]
    placed = placed.sort(order, descending=[True, False, False, False, False], nulls_last=True)
    return FlatAgreements(day, known, ref, after, placed, note_of_model(read_model_ever(model), known))


def _ledgers(atlas: Atlas) -> list[ListLedger]:
    """The lists since 2021 and, where the record joins them, the pages before."""
    return [atlas, atlas.past.pages] if atlas.past else [atlas]


def _ever_listed(ledger: ListLedger, known_on: date | None) -> pl.DataFrame:
    """Each agreement as the last of the known lists that has it printed it, in the columns of ``as_of``."""
    numbers = ledger.history.numbers[: ledger.history.known(None, known_on)]
    newest = numbers[-1] if numbers else -1
    on_a_list = [run[0] for run in _spans(ledger.history, len(numbers))]
    rows = ledger.statements.filter(
        pl.col("first_list") <= newest, pl.col("agreement_id").is_in(list(dict.fromkeys(on_a_list)))
    )
    return (
        rows.sort("last_list", "first_list", descending=True, maintain_order=True)
        .unique("agreement_id", keep="first", maintain_order=True)
        .select(column.name for column in AS_PRINTED)
    )


def _narrowed(
    atlas: Atlas, rows: pl.DataFrame, state: str | None, model: str | None, county: str | None
) -> pl.DataFrame:
    if code := read_state(state):
        rows = rows.filter(pl.col("state") == code)
    if model:
        rows = rows.filter(pl.col("model") == read_model_ever(model))
    return rows.filter(pl.col("agency_id").is_in(atlas.local_agencies(county)[1])) if county else rows


def _named(column: str, names: dict[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)


def _model_names() -> dict[str, str]:
    return {one.code: one.name for one in models_then()} | {code.code: code.name for code in declared.models()}


# -- days of listing -------------------------------------------------------------------------------


def _spans(history: History, count: int) -> Iterable[tuple[str, int, int]]:
    """Each run that is on one of the first ``count`` lists: agreement, first and last place among them."""
    for run in history.runs:
        if run.first < count:
            yield run.agreement_id, run.first, min(run.last, count - 1)


def _days(atlas: Atlas, known_on: date | None) -> pl.DataFrame:
    """Agreement -> when it was listed first and last, when it was gone, by the lists known."""
    found: dict[str, dict[str, Any]] = {}
    for ledger in reversed(_ledgers(atlas)):
        count = ledger.history.known(None, known_on)
        days = ledger.history.days[:count]
        spans: dict[str, tuple[int, int]] = {}
        for agreement_id, first, last in _spans(ledger.history, count):
            held = spans.get(agreement_id, (first, last))
            spans[agreement_id] = min(held[0], first), max(held[1], last)
        following = _first_of_lists(atlas, known_on) if ledger is not atlas else None
        for agreement_id, (first, last) in spans.items():
            gone = days[last + 1] if last + 1 < count else following
            earlier = found.get(agreement_id, {}).get("first_listed", days[first])
            found[agreement_id] = {"first_listed": earlier, "last_listed": days[last], "delisted": gone}
    rows = [
        {"agreement_id": key, **each, "status": "delisted" if each["delisted"] else "listed"}
        for key, each in found.items()
    ]
    names = {"agreement_id": pl.String, **dict.fromkeys(("first_listed", "last_listed", "delisted"), pl.Date)}
    return pl.DataFrame(rows, schema={**names, "status": pl.String})


def _first_of_lists(atlas: Atlas, known_on: date | None) -> date | None:
    """The first list after the pages before 2021: what they had and it has not is gone by then."""
    return atlas.history.days[0] if atlas.history.known(None, known_on) else None


def _replaced(atlas: Atlas, known_on: date | None) -> pl.DataFrame:
    """Agreement -> those that it replaces and that replace it, by the changes known and not withdrawn then."""
    changes = atlas.table("changes").filter(pl.col("kind").is_in(["renewed", "switched", "relisted"]))
    if known_on is None:
        changes = changes.filter(pl.col("withdrawn_at").is_null())
    else:
        bound = end_of_day(known_on)
        valid = pl.col("withdrawn_at").is_null() | (pl.col("withdrawn_at") > bound)
        changes = changes.filter(pl.col("known_from") <= bound, valid)
    new_of: dict[str, str] = {}
    order = changes.sort("known_from", maintain_order=True).select("kind", "agreement_id", "other_id")
    for kind, agreement_id, other_id in order.iter_rows():
        if kind == "relisted":
            new_of.pop(agreement_id, None)
        elif other_id:
            new_of[other_id] = agreement_id
    old_of = {new: old for old, new in new_of.items()}
    ids = sorted({*new_of, *old_of})
    return pl.DataFrame(
        {
            "agreement_id": ids,
            "replaces": [old_of.get(one) for one in ids],
            "replaced_by": [new_of.get(one) for one in ids],
        },
        schema=dict.fromkeys(("agreement_id", "replaces", "replaced_by"), pl.String),
    )


# -- places ----------------------------------------------------------------------------------------

PLACED = {
    "agency_id": pl.String,
    "kind": pl.String,
    "statewide": pl.Boolean,
    "county_fips": pl.String,
    "county_names": pl.String,
    "place": pl.String,
    "county_population": pl.Int64,
    "population_served": pl.Int64,
    "officers": pl.Int64,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
}


def _places(atlas: Atlas, agencies: Iterable[str]) -> pl.DataFrame:
    """Agency -> its place."""
    return pl.DataFrame(
        [_place(atlas, agency_id) for agency_id in sorted(agencies)], schema=PLACED, infer_schema_length=None
    )


def _place(atlas: Atlas, agency_id: str) -> dict[str, Any]:
    its = atlas.jurisdiction_of.get(agency_id) or atlas.jurisdiction_then.get(agency_id)
    if its is None:
        return {**dict.fromkeys(PLACED), "agency_id": agency_id}
    counties = [atlas.geography.every_county[fips] for fips in its.counties]
    people = [county.population for county in counties]
    return {
        "agency_id": agency_id,
        "kind": its.kind,
        "statewide": its.ground == "state",
        "county_fips": ";".join(its.counties) or None,
        "county_names": ";".join(county.name for county in counties) or None,
        "place": its.place,
        "county_population": sum(each or 0 for each in people) if people and None not in people else None,
        "population_served": its.population_served,
        "officers": its.officers,
        "latitude": its.latitude,
        "longitude": its.longitude,
    }
