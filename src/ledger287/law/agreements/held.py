"""Which agreements an agency holds on a day, by the record, and the cell that says so.

What enters: a ledger. What leaves: ``Held``, one for each agreement of an agency, with ``in force``, ``not in force``
or ``cannot tell`` and the reason. An agreement is in force from its signing until it is known to be gone; between the
last list that had it and the first that did not the answer is ``cannot tell``, as it is where no list is near. The
index is built once for a ledger, so that an answer takes microseconds.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import polars as pl

from ledger287.core import declared
from ledger287.core.locator import Cell
from ledger287.core.problem import Refused
from ledger287.core.text import brief
from ledger287.core.time import end_of_day
from ledger287.ledger.identity.spelling import plain
from ledger287.ledger.query.indexes import OfLedger, indexes_of
from ledger287.ledger.query.named.agency_named import find_agency, namesakes_before

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

Standing = Literal["in force", "not in force", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as the record has it; ``kind`` is county, municipality or state, None where not known."""

    id: str
    name: str
    state: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement on a day: whether it was in force, why, the cells that print it, and its documents' URLs."""

    agreement_id: str
    model: str
    signed: date | None
    standing: Standing
    why: str
    cells: tuple[Cell, ...]
    document: str | None
    addendum: str | None
    settled_by: str = "ICE's record of when the agreement ended, or a list of that day"
    """What would settle whether it was in force, where that is unknown."""


@dataclass(frozen=True, slots=True)
class _AgreementRun:
    """Adjacent lists, by their place, that print an agreement; ``absent`` are single ones among them without it."""

    first: int
    last: int
    absent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Agreement:
    """An agreement; ``spans`` are the places of the first and last list with one print, and the print's number."""

    agreement_id: str
    model: str
    signed: date | None
    spans: tuple[tuple[int, int, int], ...]


class AgreementIndex(OfLedger):
    """What the answers need of a ledger, laid out for one agency and one day."""

    def __init__(self, ledger: "Ledger") -> None:
        super().__init__(ledger)
        history = ledger.history
        self.numbers, self.times, self.days = history.numbers, history.times, history.days
        lists = ledger.table("lists").select("list", "file", "sha256", "sheet", "columns")
        facts = {row.pop("list"): row for row in lists.iter_rows(named=True)}
        self.facts: list[dict[str, Any]] = [facts[number] for number in self.numbers]
        self.agencies = {
            row[0]: Agency(*row) for row in ledger.table("agencies").select("agency_id", "name", "state", "type").rows()
        }
        self.agreements = self._agreements()
        self.names = self._names()
        self.documents: dict[int, tuple[str | None, str | None]] = {
            row[0]: (row[1], row[2]) for row in ledger.table("prints").select("print", "moa", "addendum").iter_rows()
        }
        self.signed: dict[int, date | None] = dict(ledger.table("prints").select("print", "signed").iter_rows())
        self.printed = indexes_of(ledger)

    def _names(self) -> dict[str, dict[str, bool]]:
        """Bare spelling -> the agencies printed so, and whether ICE itself printed it there."""
        found: dict[str, dict[str, bool]] = {}
        for agency, name, own in (
            self.ledger.table("names")
            .select("agency_id", "name_printed", pl.col("correction").is_null())
            .unique()
            .iter_rows()
        ):
            agencies = found.setdefault(plain(name), {})
            agencies[agency] = agencies.get(agency, False) or own
        return found

    def _agreements(self) -> dict[str, list[_Agreement]]:
        place = {number: index for index, number in enumerate(self.numbers)}
        spans: dict[str, list[tuple[int, int, int]]] = {}
        for agreement, number, first, last in (
            self.ledger.table("history").select("agreement_id", "print", "first_list", "last_list").iter_rows()
        ):
            if first in place:
                spans.setdefault(agreement, []).append((place[first], place[last], number))
        found: dict[str, list[_Agreement]] = {}
        facts = self.ledger.table("agreements").select("agreement_id", "agency_id", "model", "signed")
        for agreement, agency, model, signed in facts.iter_rows():
            if agreement in spans:
                entry = _Agreement(agreement, model, signed, tuple(sorted(spans[agreement])))
                found.setdefault(agency, []).append(entry)
        return found

    # -- finding ----------------------------------------------------------------------------------------

    def agency(self, query: str, state: str | None) -> Agency:
        """One agency by id or by any spelling ever printed. Raises Refused with the closest names."""
        if not query.strip():
            raise Refused("no agency was named; expected any spelling that ICE printed, or an id such as ag-8zwthaz.")
        if query in self.agencies:
            found = self.agencies[query]
            if state not in (None, found.state):
                raise Refused(f"{query} is {found.name}, {found.state}, not in {state}.")
            return found
        named = {
            agency: own
            for agency, own in self.names.get(plain(query), {}).items()
            if state is None or self.agencies[agency].state == state
        }
        chosen = [agency for agency, own in named.items() if own] or list(named)
        if len(chosen) == 1 and (state or not namesakes_before(query, self._then, self.agencies)):
            return self.agencies[chosen[0]]
        return self.agencies[find_agency(self.ledger, query, state, self._then if chosen else ())]

    @cached_property
    def _then(self) -> list[tuple[str, str, str]]:
        """The names of the years before the lists, where the ledger has them."""
        past = getattr(self.ledger, "past", None)
        return past.names() if past else []

    def nearest(self, name: str) -> list[str]:
        """The agencies of the three spellings that are closest to a name."""
        from rapidfuzz import fuzz, process

        close = process.extract(plain(name), list(self.names), scorer=fuzz.token_sort_ratio, limit=3)
        return list(dict.fromkeys(next(iter(self.names[spelling])) for spelling, *_ in close))

    def near(self, day: date, known: int) -> bool:
        """Whether a list known by then was published near a day."""
        limit = timedelta(days=int(declared.rules()["limits.yml"]["near_list"]["days"]))
        place = bisect_right(self.days, day, hi=known)
        return (place > 0 and day - self.days[place - 1] <= limit) or (
            place < known and self.days[place] - day <= limit
        )

    def near_known(self, day: date, known_on: date | None) -> bool:
        """Whether a list published by the end of ``known_on`` is near a day."""
        return self.near(day, bisect_right(self.times, end_of_day(known_on)) if known_on else len(self.times))

    def held(self, agency: str, day: date, known_on: date | None = None) -> tuple[Held, ...]:
        """Every agreement of an agency that the lists published by the end of ``known_on`` have, on a day."""
        known = bisect_right(self.times, end_of_day(known_on)) if known_on else len(self.times)
        if not known:
            begins = brief(self.days[0])
            raise Refused(f"no list was published by {brief(known_on or day)}; the record begins on {begins}.")
        return tuple(
            self._held(entry, day, known) for entry in self.agreements.get(agency, ()) if entry.spans[0][0] < known
        )

    def _held(self, entry: _Agreement, day: date, known: int) -> Held:
        runs = _runs(entry.spans, known)
        now = bisect_right(self.times, end_of_day(day), hi=known) - 1
        signed = self._signed(entry, known)
        standing, why, place = self._standing(signed, runs, day, now, known)
        documents = [self.documents[number] for first, _, number in reversed(entry.spans) if first <= place]
        return Held(
            entry.agreement_id,
            entry.model,
            signed,
            standing,
            why,
            self._cells(entry, place),
            next((document for document, _ in documents if document), None),
            next((addendum for _, addendum in documents if addendum), None),
        )

    def _signed(self, entry: _Agreement, known: int) -> date | None:
        """The signing day by the newest list that is known; ICE prints some again, with another day."""
        if known == len(self.times):
            return entry.signed
        printed = (self.signed[number] for first, _, number in reversed(entry.spans) if first < known)
        return next((day for day in printed if day), None)

    def _standing(
        self, signed: date | None, runs: list[_AgreementRun], day: date, now: int, known: int
    ) -> tuple[Standing, str, int]:
        """Whether it is in force, why, and the place of the list that the answer rests on."""
        first, end = runs[0].first, runs[-1].last
        begins = signed or self.days[first]
        if day < begins and any(run.first <= now <= run.last for run in runs):
            printed = f"later lists print {brief(begins)} as its signing day"
            return "cannot tell", f"on the list of {brief(self.days[now])}, and {printed}", now
        if day < begins:
            return "not in force", f"signed later, on {brief(begins)}", first
        if now > end:
            gone = self.days[end + 1]
            if day == self.days[end]:
                return "cannot tell", f"on one list of {brief(day)}, and gone from a later one of that day", end
            return "not in force", f"last on the list of {brief(self.days[end])}, gone from that of {brief(gone)}", end
        if not self.near(day, known):
            return "cannot tell", f"no list was published near {brief(day)}", max(first, min(now, end))
        if now < first:
            return "in force", f"signed {brief(begins)}; first on the list of {brief(self.days[first])}", first
        run = next((run for run in reversed(runs) if run.first <= now), runs[0])
        last = run.last
        if now in run.absent:
            alone = f"absent from one list, of {brief(self.days[now])}, and back on the next"
            return "in force", f"signed {brief(begins)}; {alone}", now
        if now <= last and not (now == last and last + 1 < known and day > self.days[last]):
            return "in force", f"signed {brief(begins)}; on the list of {brief(self.days[now])}", now
        after = self.days[last + 1]
        if run is runs[-1]:
            return (
                "cannot tell",
                f"last on the list of {brief(self.days[last])}, gone from that of {brief(after)}: "
                "the lists do not say on which day between it ended",
                last,
            )
        back = self.days[next(other.first for other in runs if other.first > now)]
        return "cannot tell", f"absent from the lists from {brief(after)}, and back on that of {brief(back)}", last

    def _cells(self, entry: _Agreement, place: int) -> tuple[Cell, ...]:
        """The cells of agency, model and signing day in one list."""
        while (row := self._row(entry, place)) is None and place > entry.spans[0][0]:
            place -= 1
        if row is None:
            return ()
        fact = self.facts[place]
        columns = dict(pair.split("=", 1) for pair in fact["columns"].split())
        return tuple(
            Cell(fact["file"], fact["sha256"], fact["sheet"], row, columns[name])
            for name in ("agency", "model", "signed")
            if name in columns
        )

    def _row(self, entry: _Agreement, place: int) -> int | None:
        """The sheet row in which a list prints an agreement; None where it is the one list without it."""
        for first, _, number in reversed(entry.spans):
            row = self.printed.row_if_any(self.numbers[place], number) if first <= place else None
            if row is not None:
                return row
        return None


def _runs(spans: tuple[tuple[int, int, int], ...], known: int) -> list[_AgreementRun]:
    """The spans of the lists that are known, joined where they follow on, or where a single list is missing.

    That a list was the one without the agreement can be said only once the next is known.
    """
    bridge = 1 + int(declared.rules()["limits.yml"]["one_missing_list"]["lists"])
    found: list[_AgreementRun] = []
    for first, newest, _ in spans:
        if first >= known:
            break
        last = min(newest, known - 1)
        if found and first <= found[-1].last + bridge:
            before = found.pop()
            missing = tuple(range(before.last + 1, first))
            found.append(_AgreementRun(before.first, max(before.last, last), (*before.absent, *missing)))
        else:
            found.append(_AgreementRun(first, last, ()))
    return found


_indexes: "WeakKeyDictionary[Ledger, AgreementIndex]" = WeakKeyDictionary()


def index(ledger: "Ledger") -> AgreementIndex:
    """The index of a ledger, built on the first question."""
    found = _indexes.get(ledger)
    if found is None:
        found = _indexes[ledger] = AgreementIndex(ledger)
    return found
