"""Questions on days before January 2021: ICE's page tables, older rosters, and bounds where there is neither.

What enters: a ledger of the lists since 2021, and the store of history. What leaves: the ledger's own answers, with the
models of that time. A day is answered by the newest page or roster of that time; from September 2017 to January 2021,
and before the first roster of September 2007, only bounds are given (``OnlyBounds``), never a count between two others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.ledger.past.opening import open_past
from ledger287.ledger.query.answers import AgencyAnswer, ListRef, SourceAnswer, Status
from ledger287.ledger.query.before.past_tables import DatedRoster, PastTables, page_rules
from ledger287.ledger.query.indexes import indexes_of
from ledger287.ledger.query.list_ledger import ListLedger
from ledger287.ledger.query.parameters import note_of_model, read_model_ever, read_state
from ledger287.sources.ice_rosters.words import models_then

if TYPE_CHECKING:
    from ledger287.ledger.query.before.bounds import Among, DayBounds
    from ledger287.sources.figures.model import PublishedFigure

MODELS_THEN = tuple(one.code for one in models_then())


@dataclass(frozen=True, slots=True)
class PastListRef(ListRef):
    """A page or roster of that time. ``caption`` is what the page printed above its table; it may be stale.

    ``published`` are the counts that others published for days near the day of the question; they may differ.
    """

    grade: str = "list"
    publisher: str = "ICE"
    title: str = ""
    known_on: date | None = None
    caption: str | None = None
    caption_as_of: date | None = None
    page: str | None = None
    published: "tuple[PublishedFigure, ...]" = ()


class OnlyBounds(Refused):
    """A day on which no list or page was published: ``bounds`` says what is known of it all the same.

    ``among`` is of which agreements they are, as the question was read.
    """

    def __init__(self, bounds: "DayBounds", says: str, among: "Among") -> None:
        super().__init__(says)
        self.bounds, self.among = bounds, among


def past_of(ledger: ListLedger) -> "Past | None":
    """The history before a record's lists; None where the record begins later than the program's lists do."""
    first = next(iter(ledger.history.lists()), None)
    limit: date = page_rules()["joined_to"]["first_list_by"]
    if first is None or first.day > limit:
        return None
    own = ledger.stored.folder / "past"
    return Past(ledger, open_past(own if own.is_dir() else None), ledger.today)


class Past(PastTables):
    """Questions to the history before a ledger's first list."""

    def status(
        self,
        on: date,
        known_on: date | None,
        state: str | None,
        model: str | None,
        among: Collection[str] | None = None,
    ) -> Status:
        """The program on a day, by the newest page or roster of that time. Raises OnlyBounds where there is none."""
        state, model = read_state(state), read_model_ever(model)
        found = self.roster_of(on, known_on)
        if found is None:
            raise self._only_bounds(on, known_on, state, model, among)
        rows = self.rows_on(found)
        pending = self.pending_on(found)
        if state:
            rows, pending = rows.filter(pl.col("state") == state), pending.filter(pl.col("state") == state)
        if model:
            rows, pending = rows.filter(pl.col("model") == model), pending.filter(pl.col("model") == model)
        if among is not None:
            rows = rows.filter(pl.col("agency_id").is_in(list(among)))
            pending = pending.filter(pl.col("agency_id").is_in(list(among)))
        states = {code.code for code in declared.states()}
        agreements = rows.unique(["agency_id", "agreement_id"])
        by_state = dict(agreements.group_by("state").len().sort("state").iter_rows())
        by_model = dict(agreements.group_by("model").len().iter_rows())
        models_known = rows["model"].null_count() < rows.height or not rows.height
        ref = _ref(found, on, known_on)
        return Status(
            on,
            ref,
            int(rows["times"].sum()),
            agreements.height,
            rows["agency_id"].n_unique(),
            len(by_state.keys() & states),
            len(by_state.keys() - states),
            {code: by_model.get(code, 0) for code in MODELS_THEN if model in (None, code)} if models_known else {},
            by_state,
            pending.height if pending.height or found.file == "oig-10-63" else None,
            ref if pending.height else None,
            known_on,
            state,
            model,
            model_note=note_of_model(model, known_on),
        )

    def as_of(self, on: date, known_on: date | None) -> pl.DataFrame:
        """The agreements on a day, one row each, in the columns of ``Ledger.as_of``."""
        found = self.roster_of(on, known_on)
        if found is None:
            raise self._only_bounds(on, known_on)
        return self.rows_on(found).drop("print", "first_list", "last_list")

    def changes(
        self,
        since: date,
        until: date,
        state: str | None,
        model: str | None,
        kinds: Sequence[str],
        known_on: date | None,
    ) -> pl.DataFrame | None:
        """What changed between the pages, as ``Ledger.changes`` gives it; None where the days are all later."""
        if since > self.pages_end:
            return None
        found = self.pages.changes(since, until, state=state, kinds=kinds, known_on=known_on)
        return found.filter(pl.col("model") == model) if model else found

    def source(self, agreement_id: str, field: str | None) -> tuple[SourceAnswer, ...]:
        """Where a value was printed: on the pages, and on the lists where they have the agreement too."""
        from ledger287.ledger.query.lookup import source_answers

        found = source_answers(self.pages, agreement_id, field)
        if agreement_id in indexes_of(self.ledger).history_of:
            found += source_answers(self.ledger, agreement_id, field)
        return found

    def agency(self, agency_id: str, known_on: date | None) -> AgencyAnswer:
        """All that lists, pages and lesser sources say of an agency."""
        from ledger287.ledger.query.before.whole_life import whole_life

        return whole_life(self, agency_id, known_on)

    def _only_bounds(
        self,
        on: date,
        known_on: date | None,
        state: str | None = None,
        model: str | None = None,
        agencies: Collection[str] | None = None,
    ) -> OnlyBounds:
        from ledger287.ledger.query.before.bounds import Among, bounds_on, in_words

        among = Among(state, model, agencies)
        found = bounds_on(self, on, known_on, among)
        return OnlyBounds(found, in_words(found, among), among)


def _ref(found: DatedRoster, on: date, known_on: date | None) -> PastListRef:
    from ledger287.ledger.query.before.bounds import published_near

    age = (on - found.as_of).days
    near = published_near(on, known_on)
    return PastListRef(
        found.file, found.published_at, found.sha256, age, known_on=found.known_on, published=near, **found.ref
    )
