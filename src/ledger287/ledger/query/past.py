"""Questions on days before January 2021: the page tables of ICE, older rosters, and bounds where there is neither.

What enters: a ledger of the lists since 2021, and the store of history. What leaves: the ledger's own answers, with
the models of that time. A day is answered by the newest page or roster of then; from September 2017 to January 2021,
and before the first roster of September 2007, only bounds are given (``OnlyBounds``), never a count between two others.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.core.problem import Refused
from ledger287.core.time import at_eastern, day_of
from ledger287.ledger.past.building import open_past
from ledger287.ledger.query.answers import AgencyAnswer, ListRef, SourceAnswer, Status
from ledger287.ledger.query.history import Listed
from ledger287.ledger.query.indexes import gathered
from ledger287.ledger.query.ledger import Ledger
from ledger287.ledger.query.parameters import read_model, read_state
from ledger287.ledger.store.folder import Stored
from ledger287.sources.ice_rosters.words import models_then

if TYPE_CHECKING:
    from ledger287.ledger.query.bounds import Bounds
    from ledger287.sources.figures.model import Figure

MODELS_THEN = tuple(one.code for one in models_then())


@dataclass(frozen=True, slots=True)
class PastListRef(ListRef):
    """A page or roster of then. ``caption`` is what the page printed above its table; it may be stale.

    ``published`` are the counts that others published of days near the day asked about; they may differ.
    """

    grade: str = "list"
    publisher: str = "ICE"
    title: str = ""
    known_on: date | None = None
    caption: str | None = None
    caption_as_of: date | None = None
    page: str | None = None
    published: "tuple[Figure, ...]" = ()


class OnlyBounds(Refused):
    """A day on which no list or page was published: ``bounds`` says what is known of it all the same."""

    def __init__(self, bounds: "Bounds", says: str) -> None:
        super().__init__(says)
        self.bounds = bounds


@dataclass(frozen=True, slots=True)
class Roster:
    """A page or roster that answers for the days from ``as_of`` on; ``number`` is the list's in the store, if any."""

    file: str
    as_of: date
    known_on: date
    published_at: datetime
    sha256: str
    number: int | None
    ref: dict[str, Any]


class PageLedger(Ledger):
    """The store of history, as a ledger of its own, with nothing before it; what is after it the lists say."""

    def _warn_past(self, until: date, known_on: date | None, level: int = 4) -> None:
        """No warning: the days after the last page are those of the lists."""

    @cached_property
    def past(self) -> None:
        """Nothing is before the pages."""
        return


def past_of(ledger: Ledger) -> "Past | None":
    """The history before a record's lists; None where the record begins later than the program's lists do."""
    first = next(iter(ledger.history.lists()), None)
    limit: date = _rules()["joined_to"]["first_list_by"]
    if first is None or first.day > limit:
        return None
    own = ledger.stored.folder / "past"
    return Past(ledger, open_past(own if own.is_dir() else None), ledger.today)


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.load(declared.text("history/pages.yml"), declared.Loader)
    return rules


class Past:
    """The history before a ledger's first list."""

    def __init__(self, ledger: Ledger, stored: Stored, today: Callable[[], date]) -> None:
        self.first_list: Listed = ledger.history.lists()[0]
        self.ledger, self.pages = ledger, PageLedger(stored, today)
        self._rows: dict[str, pl.DataFrame] = {}
        self.kept: dict[str, list[tuple[str, date | None]]] = {}
        rules = _rules()
        self.pages_end: date = rules["last_page_answers_until"]
        self.program_begins: date = rules["program_begins"]

    def covers(self, on: date, known_on: date | None) -> bool:
        """Whether a question is of a day before the ledger's first list, but not before the program."""
        first: date = self.first_list.day
        return self.program_begins <= min(on, known_on or on) < first

    @cached_property
    def attested(self) -> pl.DataFrame:
        """What the lesser sources say, a row a statement."""
        return self.pages.table("attested")

    @cached_property
    def rosters(self) -> list[Roster]:
        """The rosters and pages that answer for a day, by the day that they are of."""
        captures = {row["list"]: row for row in self.pages.table("captures").iter_rows(named=True)}
        found = [
            Roster(
                row["file"],
                day_of(row["published_at"]),
                day_of(row["published_at"]),
                row["published_at"],
                row["sha256"],
                row["list"],
                {
                    "title": "ICE fact sheet on 287(g), table of agreements",
                    "caption": captures[row["list"]]["caption"],
                    "caption_as_of": captures[row["list"]]["caption_as_of"],
                    "page": captures[row["list"]]["page"],
                },
            )
            for row in self.pages.table("lists").iter_rows(named=True)
        ]
        taken = {one.file: one for one in found}
        told = self.attested.filter(pl.col("says").is_in(["listed", "pending"])).unique("document", keep="first")
        for row in told.iter_rows(named=True):
            copy = taken.get(row["same_as"] or "")
            if copy and row["as_of"] >= copy.as_of:
                continue  # the very page, of the very day
            at = at_eastern(row["as_of"], time(12))
            about = {"grade": row["grade"], "publisher": row["publisher"], "title": row["title"]}
            sha256 = copy.sha256 if copy else self._sha256(row["document"])
            found.append(Roster(row["document"], row["as_of"], row["known_on"], at, sha256, None, about))
        return sorted(found, key=lambda one: (one.as_of, one.known_on))

    def _sha256(self, document: str) -> str:
        import hashlib

        rows = self.attested.filter(pl.col("document") == document).select("state_printed", "agency_printed", "says")
        return hashlib.sha256("\n".join("\t".join(row) for row in rows.iter_rows()).encode()).hexdigest()

    def roster_of(self, on: date, known_on: date | None) -> Roster | None:
        """The newest page or roster of a day; None where there is none, or it is too long ago to answer."""
        known = [one for one in self.rosters if known_on is None or one.known_on <= known_on]
        place = bisect_right([one.as_of for one in known], min(on, known_on or on))
        if not place or min(on, known_on or on) > self.pages_end:
            return None
        return known[place - 1]

    # -- questions ---------------------------------------------------------------------------------

    def status(
        self,
        on: date,
        known_on: date | None,
        state: str | None,
        model: str | None,
        among: Collection[str] | None = None,
    ) -> Status:
        """The program on a day, by the newest page or roster of then. Raises OnlyBounds where there is none."""
        state, model = read_state(state), read_model_then(model)
        found = self.roster_of(on, known_on)
        if found is None:
            raise self._only_bounds(on, known_on)
        rows = self.rows_on(found)
        pending = self._pending_on(found)
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
        told = rows["model"].null_count() < rows.height or not rows.height
        ref = _ref(found, on, known_on)
        return Status(
            on,
            ref,
            int(rows["times"].sum()),
            agreements.height,
            rows["agency_id"].n_unique(),
            len(by_state.keys() & states),
            len(by_state.keys() - states),
            {code: by_model.get(code, 0) for code in MODELS_THEN if model in (None, code)} if told else {},
            by_state,
            pending.height if pending.height or found.file == "oig-10-63" else None,
            ref if pending.height else None,
            known_on,
            state,
            model,
        )

    def rows_on(self, found: Roster) -> pl.DataFrame:
        """The rows of a page or roster that say an agreement stands, in the columns of ``Ledger.statements``."""
        rows = self._rows.get(found.file)
        if rows is None:
            rows = self._rows[found.file] = self._made_rows(found)
        return rows

    def _made_rows(self, found: Roster) -> pl.DataFrame:
        if found.number is not None:
            return self.pages.history.on_list(found.number)
        names = pl.col("agency_printed").str.replace_all(r"\s+", " ").str.strip_chars()
        rows = self.attested.filter(pl.col("document") == found.file, pl.col("says") == "listed")
        return rows.select(
            agreement_id=pl.lit(None, pl.String),
            agency_id="agency_id",
            agency=names,
            state="state",
            county=pl.lit(None, pl.String),
            type=pl.lit(None, pl.String),
            model="model",
            signed="signed",
            moa=pl.lit(None, pl.String),
            moa_awaited=pl.lit(False),
            addendum=pl.lit(None, pl.String),
            print=pl.lit(None, pl.Int32),
            times=pl.lit(1, pl.Int32),
            first_list=pl.lit(None, pl.Int32),
            last_list=pl.lit(None, pl.Int32),
        ).sort("state", "agency")

    def _pending_on(self, found: Roster) -> pl.DataFrame:
        return self.attested.filter(pl.col("document") == found.file, pl.col("says") == "pending")

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

    def is_page(self, file: str) -> bool:
        """Whether this is the name of a page or roster."""
        return any(one.file == file for one in self.rosters)

    def list_rows(self, file: str) -> pl.DataFrame:
        """The rows of a page or roster as printed."""
        from ledger287.ledger.query.lookup import list_rows

        found = next(one for one in self.rosters if one.file == file)
        if found.number is not None:
            return list_rows(self.pages, file)
        rows = self.attested.filter(pl.col("document") == file).sort("line")
        nothing = {
            name: pl.lit(None, pl.String)
            for name in ("type_printed", "county_printed", "moa_printed", "addendum_printed", "moa_link")
        }
        return rows.select(
            pl.col("line").alias("row"),
            "state_printed",
            "agency_printed",
            "model_printed",
            pl.col("signed").cast(pl.String).alias("signed_printed"),
            **nothing,
            addendum_link=pl.lit(None, pl.String),
        ).select(list_rows(self.pages, self.pages.lists()["file"][0]).columns)

    def has_agreement(self, agreement_id: str) -> bool:
        """Whether a page prints an agreement."""
        return agreement_id in gathered(self.pages).history_of

    def source(self, agreement_id: str, field: str | None) -> tuple[SourceAnswer, ...]:
        """Where a value was printed: on the pages, and on the lists where they have the agreement too."""
        from ledger287.ledger.query.lookup import source_answers

        found = source_answers(self.pages, agreement_id, field)
        if agreement_id in gathered(self.ledger).history_of:
            found += source_answers(self.ledger, agreement_id, field)
        return found

    def names(self) -> list[tuple[str, str, str]]:
        """Every name of the pages and of the lesser sources: the agency's id and state, and the name."""
        return self._names

    @cached_property
    def _names(self) -> list[tuple[str, str, str]]:
        states = self.pages.table("agencies").select("agency_id", "state")
        printed = self.pages.table("names").join(states, on="agency_id").select("agency_id", "state", "name_printed")
        said = self.attested.select("agency_id", "state", pl.col("agency_printed").alias("name_printed"))
        return list(pl.concat([printed, said]).unique(maintain_order=True).iter_rows())

    def agency(self, agency_id: str, known_on: date | None) -> AgencyAnswer:
        """All that lists, pages and lesser sources say of an agency."""
        from ledger287.ledger.query.whole_life import whole_life

        return whole_life(self, agency_id, known_on)

    def _only_bounds(self, on: date, known_on: date | None) -> OnlyBounds:
        from ledger287.ledger.query.bounds import bounds_on, in_words

        found = bounds_on(self, on, known_on)
        return OnlyBounds(found, in_words(found))


def _ref(found: Roster, on: date, known_on: date | None) -> PastListRef:
    from ledger287.ledger.query.bounds import published_near

    age = (on - found.as_of).days
    near = published_near(on, known_on)
    return PastListRef(
        found.file, found.published_at, found.sha256, age, known_on=found.known_on, published=near, **found.ref
    )


def read_model_then(text: str | None) -> str | None:
    """A model of 2002 to 2017 as people type it -> its code; one of today's is taken too."""
    if text is None:
        return None
    for one in models_then():
        if bare(text) in (bare(one.code), bare(one.name), *map(bare, one.words)):
            return one.code
    return read_model(text)
