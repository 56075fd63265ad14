"""The store of the program before January 2021, as tables: pages, rosters, and what lesser sources say.

What enters: a ledger of the lists since 2021, and the store of history. What leaves: the page or roster that answers
for a day, its rows in the columns of the lists', and the statements of lesser sources. Nothing is concluded here.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.core.time import at_eastern, day_of
from ledger287.ledger.query.history import DatedList
from ledger287.ledger.query.indexes import indexes_of
from ledger287.ledger.query.list_ledger import ListLedger
from ledger287.ledger.store.folder import Stored


@dataclass(frozen=True, slots=True)
class DatedRoster:
    """A page or roster that answers for the days from ``as_of`` on; ``number`` is the list's in the store, if any."""

    file: str
    as_of: date
    known_on: date
    published_at: datetime
    sha256: str
    number: int | None
    ref: dict[str, Any]


def page_rules() -> dict[str, Any]:
    """The declared rules on which page answers for which day."""
    rules: dict[str, Any] = declared.declared_yaml("history/pages.yml")
    return rules


class PastTables:
    """The history before a ledger's first list, as tables."""

    def __init__(self, ledger: ListLedger, stored: Stored, today: Callable[[], date]) -> None:
        self.first_list: DatedList = ledger.history.lists()[0]
        self.ledger, self.pages = ledger, ListLedger(stored, today)
        self._rows: dict[str, pl.DataFrame] = {}
        self.kept: dict[str, list[tuple[str, date | None, str, str | None]]] = {}
        rules = page_rules()
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
    def attested_of(self) -> dict[str, list[dict[str, Any]]]:
        """The statements of the lesser sources on each agency, the oldest first."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.attested.sort("as_of", "document", "line").iter_rows(named=True):
            found.setdefault(row["agency_id"], []).append(row)
        return found

    @cached_property
    def rosters(self) -> list[DatedRoster]:
        """The rosters and pages that answer for a day, by the day that they are of."""
        captures = {row["list"]: row for row in self.pages.table("captures").iter_rows(named=True)}
        found = [
            DatedRoster(
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
        documents = self.attested.filter(pl.col("says").is_in(["listed", "pending"])).unique("document", keep="first")
        for row in documents.iter_rows(named=True):
            copy = taken.get(row["same_as"] or "")
            if copy and row["as_of"] >= copy.as_of:
                continue  # this exact page, of this exact day
            at = at_eastern(row["as_of"], time(12))
            about = {"grade": row["grade"], "publisher": row["publisher"], "title": row["title"]}
            sha256 = copy.sha256 if copy else self._sha256(row["document"])
            found.append(DatedRoster(row["document"], row["as_of"], row["known_on"], at, sha256, None, about))
        return sorted(found, key=lambda one: (one.as_of, one.known_on))

    def _sha256(self, document: str) -> str:
        import hashlib

        rows = self.attested.filter(pl.col("document") == document).select("state_printed", "agency_printed", "says")
        return hashlib.sha256("\n".join("\t".join(row) for row in rows.iter_rows()).encode()).hexdigest()

    def roster_of(self, on: date, known_on: date | None) -> DatedRoster | None:
        """The newest page or roster of a day; None where there is none, or it is too long ago to answer."""
        known = [one for one in self.rosters if known_on is None or one.known_on <= known_on]
        place = bisect_right([one.as_of for one in known], min(on, known_on or on))
        if not place or min(on, known_on or on) > self.pages_end:
            return None
        return known[place - 1]

    def rows_on(self, found: DatedRoster) -> pl.DataFrame:
        """The rows of a page or roster that say an agreement is in force, in the columns of ``Ledger.statements``."""
        rows = self._rows.get(found.file)
        if rows is None:
            rows = self._rows[found.file] = self._made_rows(found)
        return rows

    def _made_rows(self, found: DatedRoster) -> pl.DataFrame:
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

    def pending_on(self, found: DatedRoster) -> pl.DataFrame:
        return self.attested.filter(pl.col("document") == found.file, pl.col("says") == "pending")

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
        return agreement_id in indexes_of(self.pages).history_of

    def names(self) -> list[tuple[str, str, str]]:
        """Every name of the pages and of the lesser sources: the agency's id and state, and the name."""
        return self._names

    @cached_property
    def _names(self) -> list[tuple[str, str, str]]:
        states = self.pages.table("agencies").select("agency_id", "state")
        printed = self.pages.table("names").join(states, on="agency_id").select("agency_id", "state", "name_printed")
        said = self.attested.select("agency_id", "state", pl.col("agency_printed").alias("name_printed"))
        return list(pl.concat([printed, said]).unique(maintain_order=True).iter_rows())
