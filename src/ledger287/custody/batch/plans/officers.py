"""The officers of a roster through time: whether the one who served, or who held, was authorized on that day.

What enters: officers as ``rules.roster_file`` reads them, by the number that their agency gives them. What leaves: a
standing for an officer at a date and time, one by one or as rows to join a table to. An officer has authority under a
model only where the agency has an agreement of that model on the day, as far as that is known. The day is the jail's
own; where its time zone is not known, only what holds in every zone is given. A number that the roster does not have is
never guessed at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import pairwise

from ledger287.custody.case.facts import JEM, MODEL_UNKNOWN, TFM, WSO, Case
from ledger287.custody.case.limits import hold_of
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, number
from ledger287.custody.duties.both_forms import SERVICES
from ledger287.custody.duties.table import PROBLEM
from ledger287.law.clocks.calendar import DAY, EPOCH, zones
from ledger287.law.lawbook.book import Lawbook
from ledger287.law.officers.roster import Officer, standing_of
from ledger287.ledger.identity.spelling import plain

ROLES: dict[str, tuple[str, ...]] = {"served_by": SERVICES, "held_by": ()}
"""The column of an officer's number -> the events on whose day the standing counts: the first that is recorded, else
the hold's start."""
AUTHORISED = number("officer_standing", "authorised")
NOT_AUTHORISED = number("officer_standing", "not_authorised")
CODES = {
    "current": AUTHORISED, "lapsed": NOT_AUTHORISED, "revoked": NOT_AUTHORISED, "removed": NOT_AUTHORISED,
    "not yet": NOT_AUTHORISED, "incomplete": NOT_UNDERSTOOD, "cannot tell": NOT_UNDERSTOOD,
}  # fmt: skip
"""What the roster shows of an officer -> the standing; an entry that the roster lacks may only not be written down."""
EARLIEST, LATEST = -(2**40), 2**40
EASTMOST, WESTMOST = 14 * 3600, -12 * 3600
"""Bounds, with a margin, for the UTC offsets of every time zone of the United States."""

MODELS = {"JEM": JEM, "WSO": WSO, "TFM": TFM}
Standings = tuple[int | None, ...]
"""An officer's standing under each model, in the order of ``MODELS``; none where the roster has no row of it."""
Span = tuple[int, Standings]
"""From a day, counted from 1970, until the next span: standings."""


def under(standings: Standings, models: int) -> int:
    """The standing in an agency of these models: the best of theirs; no authority where the roster has none of them.

    Where the agency's models are not known, each row of the roster counts.
    """
    return _best(
        {
            code
            for code, bit in zip(standings, MODELS.values(), strict=True)
            if code is not None and models & (bit | MODEL_UNKNOWN)
        }
    )


def _best(codes: set[int]) -> int:
    return next((code for code in (AUTHORISED, NOT_UNDERSTOOD) if code in codes), NOT_AUTHORISED)


@dataclass(frozen=True, slots=True)
class Roster:
    """Standings by agency (in plain words) and officer, as spans of days in order; the first begins long ago."""

    spans: Mapping[tuple[str, str], tuple[Span, ...]]

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies of the roster, in plain words."""
        return frozenset(agency for agency, _ in self.spans)

    def key(self, agency: str | None, officer: str) -> tuple[str, str] | None:
        """The officer's place in the roster; where no agency is written, the roster's only agency is used."""
        named = plain(agency) if agency else next(iter(self.agencies)) if len(self.agencies) == 1 else None
        found = (named or "", officer)
        return found if found in self.spans else None

    def standing(
        self,
        agency: str | None,
        officer: str | None,
        at: int | None,
        zone: str | None,
        models: int = MODEL_UNKNOWN,
    ) -> int:
        """The standing of an officer at a given time in an agency of these models: none where no officer is written."""
        if not officer:
            return BLANK
        key = self.key(agency, officer)
        if key is None or at is None:
            return NOT_UNDERSTOOD
        found = next(found for since, until, found in instants(self.spans[key], zone) if since <= at < until)
        return under(found, models)


def roster_of(officers: Iterable[Officer], book: Lawbook) -> Roster:
    """A roster, an officer's rows taken together: authorized if any row authorizes, not authorized if none does."""
    rows: dict[tuple[str, str], list[Officer]] = {}
    for officer in officers:
        rows.setdefault((plain(officer.agency), officer.officer_id), []).append(officer)
    return Roster({key: _spans(mine, book) for key, mine in rows.items()})


def _spans(rows: Sequence[Officer], book: Lawbook) -> tuple[Span, ...]:
    """The standings of one officer, by model, from each day on which one of the rows changes."""
    days = {date.min}
    for row in rows:
        known_days = {day for field in fields(row) if isinstance(day := getattr(row, field.name), date)}
        known_days |= {_next(day) for day in known_days}
        days |= known_days | {_next(last) for day in known_days if (last := standing_of(row, day, book).current_to)}
    found: list[Span] = []
    for day in sorted(days):
        by_model = {model: [row for row in rows if row.model == model] for model in MODELS}
        standings = tuple(
            _best({CODES[standing_of(row, day, book).standing] for row in mine}) if mine else None
            for mine in by_model.values()
        )
        if not found or found[-1][1] != standings:
            found.append(((day - EPOCH).days, standings))
    return tuple(found)


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def instants(spans: Sequence[Span], zone: str | None) -> list[tuple[int, int, Standings]]:
    """Spans of days as spans of UTC times that cover all time; without a time zone, those that every zone agrees on."""
    found: list[tuple[int, int, Standings]] = []
    at = EARLIEST
    for (_, standings), (day, _) in pairwise(spans):
        low, high = _midnight(day, zone)
        found.append((at, max(at, low), standings))
        found.append((max(at, low), high, tuple(None if one is None else NOT_UNDERSTOOD for one in standings)))
        at = high
    found.append((at, LATEST, spans[-1][1]))
    return [span for span in found if span[0] < span[1]]


def _midnight(day: int, zone: str | None) -> tuple[int, int]:
    """When a local day begins; without a zone, from when until when it begins somewhere."""
    where = zones().get(zone or "")
    known = None if where is None else where.midnight(EPOCH + timedelta(days=day))
    if known is not None:
        return known, known
    return day * DAY - EASTMOST, day * DAY - WESTMOST


def with_roster(case: Case, roster: Roster) -> Case:
    """A case with the standings of its officers on the day that each served or held, as the roster has them."""
    _, start, _ = hold_of(case)
    found, problems = [], case.problems
    for column, events in ROLES.items():
        officer: str | None = getattr(case, column)
        event = next((event for event in events if not case.absent(event)), None)
        at = start if event is None else case.at.get(event)
        found.append(roster.standing(case.agency, officer, at, case.zone, case.model))
        if officer and roster.key(case.agency, officer) is None:
            problems |= PROBLEM["unknown_officer"]
    return replace(case, by_roster=tuple(found), problems=problems)


Row = tuple[str, str, str, int, int, int | None, int | None, int | None]
ROW = ("agency", "officer", "zone", "since", "until", *(f"standing_{name.lower()}" for name in MODELS))


def officer_rows(roster: Roster, agencies: Iterable[str], zones_used: Iterable[str]) -> list[Row]:
    """Rows to join to: agency as a table writes it, officer, zone (blank for none), since, until, standings."""
    rows: list[Row] = []
    for agency in sorted({"", *agencies}):
        named = {key for officer in {officer for _, officer in roster.spans} if (key := roster.key(agency, officer))}
        rows += [
            (agency, key[1], zone, since, until, *standings)  # type: ignore[misc]
            for key in sorted(named)
            for zone in sorted({"", *zones_used})
            for since, until, standings in instants(roster.spans[key], zone)
        ]
    return rows
