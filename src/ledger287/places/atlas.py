"""A ledger that knows places: coverage in people, who has an agreement where, and questions about one county.

Places are derived from all that the record has about an agency; unlike agreements, they do not depend on a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField, as_text
from ledger287.core.time import Day, as_day, needed_day
from ledger287.ledger.query.answers import AgencyAnswer, OneRow, Status
from ledger287.ledger.query.before.past import OnlyBounds
from ledger287.ledger.query.history import MODELS, reference
from ledger287.ledger.query.ledger import Ledger
from ledger287.ledger.query.list_ledger import ListLedger
from ledger287.ledger.query.parameters import note_of_model, read_model, read_state
from ledger287.ledger.store.folder import Stored

if TYPE_CHECKING:  # loaded when they are first used, so that questions of time alone remain quick
    from ledger287.ledger.query.answers import ListRef
    from ledger287.ledger.query.before.bounds import DayBounds
    from ledger287.ledger.query.before.past import PastListRef
    from ledger287.places.coverage.people import Coverage
    from ledger287.places.coverage.prisons import InForce
    from ledger287.places.gazetteer.geography import Geography
    from ledger287.places.jurisdictions.deciding import Jurisdiction
    from ledger287.places.nearby import Near
    from ledger287.places.neighbors import Neighbor
    from ledger287.places.spots import Spot
    from ledger287.places.unlisted import RosterNames


@dataclass(frozen=True, slots=True)
class CountyStatus(Status):
    """A status of one county's local agencies; ``county`` is None where all were requested.

    ``list`` says more where it is a page or roster of a day before the lists.
    """

    list: "ListRef | PastListRef | None"
    pending_list: "ListRef | PastListRef | None"
    county: "Spot | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedStatus(OneRow):
    """A day without a list or page: the keys of a status, of which no number is known, and ``bounds`` with what is.

    The bounds are of the state, model and county requested; the counts published of days nearby are of the nation.
    """

    on: date
    list: None = None
    rows: None = None
    agreements: None = None
    agencies: None = None
    states: None = None
    territories: None = None
    by_model: None = None
    by_state: None = None
    pending: None = None
    pending_list: None = None
    known_on: date | None
    state: str | None
    model: str | None
    cannot_tell_after: None = None
    model_note: str | None
    county: "Spot | None"
    bounds: "DayBounds"


@dataclass(frozen=True, slots=True)
class PlacedAgency(AgencyAnswer):
    """An agency with its jurisdiction; ``county_names`` are those of the counties resolved."""

    jurisdiction: "Jurisdiction | None" = None
    county_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _OfAgencies(Stored):
    """A record whose agencies are some of its own, for questions about these alone."""

    ids: tuple[str, ...] = ()

    def scan(self, name: str) -> pl.LazyFrame:
        """One table, lazily."""
        found = Stored.scan(self, name)
        return found.filter(pl.col("agency_id").is_in(self.ids)) if name == "agencies" else found


def _extended(answer: Status, county: "Spot | None" = None) -> CountyStatus:
    return CountyStatus(**{field.name: getattr(answer, field.name) for field in fields(Status)}, county=county)


class Atlas(Ledger):
    """A record, open for questions of time and of place."""

    # -- jurisdictions -----------------------------------------------------------------------------

    @property
    def geography(self) -> "Geography":
        """States, counties, places and the FBI's roster."""
        from ledger287.places.gazetteer.geography import geography

        return geography()

    @cached_property
    def jurisdiction_of(self) -> "dict[str, Jurisdiction]":
        """Id of an agency -> its jurisdiction."""
        from ledger287.places.jurisdictions.of_record import jurisdictions_of

        return {one.agency_id: one for one in jurisdictions_of(self.stored)}

    @cached_property
    def roster_names(self) -> "RosterNames":
        """The names of the FBI's roster, for departments that the record has not."""
        from ledger287.places.unlisted import RosterNames

        agencies = self.table("agencies").select("agency_id", "state")
        names = self.table("names").join(agencies, on="agency_id").select("state", "name_printed").unique()
        then = [(state, name) for _, state, name in self.past.names()] if self.past else []
        listed = (*self.jurisdiction_of.values(), *self.jurisdiction_then.values())
        return RosterNames(self.geography, listed, [*names.iter_rows(), *then])

    @cached_property
    def jurisdiction_then(self) -> "dict[str, Jurisdiction]":
        """Id of an agency that only pages before 2021 have -> its jurisdiction."""
        from ledger287.places.jurisdictions.of_record import jurisdictions_of

        found = jurisdictions_of(self.past.pages.stored) if self.past else ()
        return {one.agency_id: one for one in found if one.agency_id not in self.jurisdiction_of}

    def jurisdictions(self) -> pl.DataFrame:
        """The jurisdiction of every agency, one row each; several codes of counties with ``;`` between.

        Columns: those of ``Jurisdiction`` (see docs/places.md).
        """
        from ledger287.places.jurisdictions.of_record import as_table

        return as_table(tuple(self.jurisdiction_of.values()))

    # -- questions of place ------------------------------------------------------------------------

    def in_force(
        self,
        on: Day | None = None,
        *,
        known_on: Day | None = None,
        state: str | None = None,
        model: str | None = None,
    ) -> "tuple[InForce, ...]":
        """The agencies with an agreement in force on a day, with their models."""
        on = as_day(on, "on")
        known_on = as_day(known_on, "known_on")
        from ledger287.places.coverage.prisons import InForce

        number = self.participating(on or self.today(), known_on).number
        rows = self.history.on_list(number, read_state(state), read_model(model)).filter(pl.col("model").is_in(MODELS))
        found: dict[str, tuple[str, set[str]]] = {}
        for agency_id, name, held in rows.select("agency_id", "agency", "model").iter_rows():
            found.setdefault(agency_id, (name, set()))[1].add(held)
        called = declared.display_names()
        return tuple(
            InForce(
                self.jurisdiction_of[agency_id],
                called.get(agency_id, name),
                tuple(code for code in MODELS if code in held),
            )
            for agency_id, (name, held) in found.items()
        )

    def coverage(
        self,
        on: Day | None = None,
        *,
        known_on: Day | None = None,
        state: str | None = None,
        model: str | None = None,
    ) -> "Coverage":
        """How many people live where an agreement is in force: bounds by state and nation, statewide ones apart."""
        on = as_day(on, "on")
        known_on = as_day(known_on, "known_on")
        from ledger287.places.coverage.people import Coverage, covered
        from ledger287.places.gazetteer.geography import population_year

        day = on or self.today()
        state, model = read_state(state), read_model(model)
        found = self.participating(day, known_on)
        agencies = self.in_force(day, known_on=known_on, state=state, model=model)
        counts = covered(agencies, self.geography, state)
        return Coverage(
            on=day,
            list=reference(found, day),
            known_on=known_on,
            state=state,
            model=model,
            population_year=population_year(state),
            cannot_tell_after=self.cannot_tell_after(day, known_on),
            **counts,
        )

    def near(
        self, place: str, *, on: Day | None = None, known_on: Day | None = None, state: str | None = None
    ) -> "Near":
        """Who has an agreement at a place or in a county on a day. Raises Refused with the closest places."""
        on = as_day(on, "on")
        known_on = as_day(known_on, "known_on")
        from ledger287.places.nearby import Near, placed, there
        from ledger287.places.printed_places import named_by_agency
        from ledger287.places.spots import read_spot

        day = on or self.today()
        text, within = as_text(place, "place", "Naples, FL"), read_state(state)
        in_force = tuple(self.in_force(day, known_on=known_on))
        try:
            spot = read_spot(text, within, self.geography)
        except Refused:
            by_name = named_by_agency(text, within, in_force, self.geography)
            if by_name is None:
                raise
            spot = by_name
        found = self.participating(day, known_on)
        spot = placed(in_force, spot)
        here, perhaps, elsewhere, statewide = there(in_force, spot)
        names = tuple(self.geography.counties[fips].name for fips in spot.counties)
        return Near(
            day,
            reference(found, day),
            known_on,
            spot,
            names,
            tuple(here),
            tuple(elsewhere),
            tuple(statewide),
            self.cannot_tell_after(day, known_on),
            tuple(perhaps),
        )

    def neighbors(self, spot: "Spot", *, on: Day | None = None, known_on: Day | None = None) -> "tuple[Neighbor, ...]":
        """The counties that border on those of a place, as ``near`` names it, with agencies, residents and rate."""
        from ledger287.places.neighbors import by_county, neighbors

        in_force = self.in_force(as_day(on, "on") or self.today(), known_on=as_day(known_on, "known_on"))
        return neighbors(by_county(in_force), spot, self.geography)

    # -- questions of the ledger, by county --------------------------------------------------------

    def local_agencies(self, county: str) -> "tuple[Spot, list[str]]":
        """A county by code or name, and the ids of the local agencies that reach into it."""
        from ledger287.places.spots import read_county

        spot = read_county(county, self.geography)
        mine = set(spot.counties)
        return spot, [
            agency_id for agency_id, one in self.jurisdiction_of.items() if mine & {*one.counties, *one.reaches}
        ]

    def status(
        self,
        on: Day | None = None,
        *,
        known_on: Day | None = None,
        state: str | None = None,
        model: str | None = None,
        county: str | None = None,
    ) -> CountyStatus:
        """The program on a day, of one county's local agencies if ``county`` names one.

        Raises OnlyBounds for a day without a list or page; ``status_or_bounds`` gives what is known of it as data.
        """
        on = as_day(on, "on")
        known_on = as_day(known_on, "known_on")
        if county is None:
            return _extended(super().status(on, known_on=known_on, state=state, model=model))
        spot, ids = self.local_agencies(county)
        if state and read_state(state) != spot.state:
            where = f"{spot.name} is in {spot.state}, not in {read_state(state)}; leave "
            raise QueryError("county_in_other_state", where, QueryField("state"), " out.", fields=("county", "state"))
        narrowed = ListLedger(
            _OfAgencies(self.stored.folder, self.stored.tables, self.stored.facts, tuple(ids)), self.today
        )
        narrowed.statements = self.statements.filter(pl.col("agency_id").is_in(ids))
        if past := self._past_for(on or self.today(), known_on):
            mine = set(spot.counties)
            then = [key for key, one in self.jurisdiction_then.items() if mine & {*one.counties, *one.reaches}]
            return _extended(past.status(on or self.today(), known_on, spot.state, model, {*ids, *then}), spot)
        return _extended(narrowed.status(on, known_on=known_on, state=spot.state, model=model), spot)

    def status_or_bounds(
        self,
        on: Day | None = None,
        *,
        known_on: Day | None = None,
        state: str | None = None,
        model: str | None = None,
        county: str | None = None,
    ) -> CountyStatus | BoundedStatus:
        """The program on a day as ``status`` gives it; of a day without a list or page, bounds under the same keys."""
        try:
            return self.status(on, known_on=known_on, state=state, model=model, county=county)
        except OnlyBounds as only:
            spot = self.local_agencies(county)[0] if county else None
            return BoundedStatus(
                on=only.bounds.on,
                known_on=only.bounds.known_on,
                state=only.among.state,
                model=only.among.model,
                model_note=note_of_model(only.among.model, only.bounds.known_on),
                county=spot,
                bounds=only.bounds,
            )

    def changes(
        self,
        since: Day,
        until: Day | None = None,
        *,
        state: str | None = None,
        model: str | None = None,
        kinds: Sequence[str] = (),
        known_on: Day | None = None,
        county: str | None = None,
    ) -> pl.DataFrame:
        """What changed from one day to another, of one county's local agencies if ``county`` names one."""
        since = needed_day(since, "since")
        until = as_day(until, "until")
        known_on = as_day(known_on, "known_on")
        found = super().changes(since, until, state=state, model=model, kinds=kinds, known_on=known_on)
        return found.filter(pl.col("agency_id").is_in(self.local_agencies(county)[1])) if county else found

    def agency(self, query: str, *, state: str | None = None, known_on: Day | None = None) -> PlacedAgency:
        """One agency by its id or by any spelling ever printed, with its jurisdiction.

        Where departments of the FBI's roster have the name and are on no list or page, the note of the answer, or the
        refusal, says so.
        """
        from ledger287.ledger.query.named.other_wordings import NoAgency
        from ledger287.places.unlisted import also_called, on_no_list

        known_on = as_day(known_on, "known_on")
        try:
            answer = super().agency(query, state=state, known_on=known_on)
        except QueryError:
            raise
        except Refused as refused:
            missing = self.roster_names.unlisted(query, read_state(state))
            if (
                not missing
                and isinstance(refused, NoAgency)
                and not refused.near
                and (fixed := self.roster_names.corrected(query))
            ):
                query, missing = fixed, self.roster_names.unlisted(fixed, read_state(state))
            raise (on_no_list(query, missing, refused) if missing else refused) from None
        note = also_called(answer, self.roster_names.unlisted(query, read_state(state)))
        its = self.jurisdiction_of.get(answer.id) or self.jurisdiction_then.get(answer.id)
        names = tuple(self.geography.every_county[fips].name for fips in its.counties) if its else ()
        values = {field.name: getattr(answer, field.name) for field in fields(AgencyAnswer)} | {"note": note}
        return PlacedAgency(**values, jurisdiction=its, county_names=names)
