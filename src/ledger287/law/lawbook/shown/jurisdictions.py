"""The 50 states, DC and the territories next to one another: what the law of each does to holds and to agreements.

What enters: a lawbook and a day. What leaves: one ``JurisdictionLaw`` for each, in the order of the states' codes. The
module promises that every one has an entry for holds on every day, and that one whose law was not checked says so:
it is never shown as if it had no law on holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, get_args

from ledger287.core import declared
from ledger287.core.jsonable import NotebookTable
from ledger287.core.text import brief
from ledger287.core.time import at_eastern
from ledger287.law.lawbook.book import HOLDING, Lawbook, shipped
from ledger287.law.lawbook.provisions import Provision, Standing, first_day, outside_span, state_of, value_holds
from ledger287.law.lawbook.shown.listing import NOT_ADVICE, STATUTE
from ledger287.ledger.query.parameters import read_state

HoldIs = Literal["missed", "cannot tell", "needs a judge's order", "not barred"]
HOLDS: dict[str, str] = {
    "forbid": "bars holds", "restrict": "limits holds", "hold": "limits holds", "honor": "must honor",
    "silent": "silent", "not checked": "not checked",
}  # fmt: skip
WEIGHED = ("hold", "honor")
"""What may both be law: of these the one that was checked best is shown."""
AGREEMENTS: dict[str, str] = {
    "forbid": "bars agreements", "restrict": "limits agreements", "mandate": "requires agreements",
    "allow": "allows agreements",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class JurisdictionEntry:
    """What a jurisdiction's law does, by the rule that decides it; ``settled`` False where its days are in doubt.

    ``since`` is the first day on which that rule is law (where it is in doubt, may be law), ``perhaps_since`` an
    earlier one from which it may have been, and ``doubtful_since`` a later one from which it is unknown whether it
    still is; ``standing`` is the weaker of the rule's own and of its hours'; ``checked_until`` the last day for whose
    law it speaks; ``rules`` are all that are in force.
    ``reaches`` are the kinds of agency that the rule reaches, empty where it reaches all of the jurisdiction's.
    """

    does: str
    since: date | None
    standing: Standing | None
    checked_until: date | None
    settled: bool
    rule: str | None
    citation: str | None
    rules: tuple[str, ...]
    reaches: tuple[str, ...] = ()
    perhaps_since: date | None = None
    doubtful_since: date | None = None


@dataclass(frozen=True, slots=True)
class JurisdictionLaw:
    """One state, DC or territory on a day. ``a_hold_is`` says how an audit finds a hold on a civil detainer there:
    ``needs a judge's order`` where it is missed without one.
    """

    code: str
    name: str
    territory: bool
    holds: JurisdictionEntry
    a_hold_is: HoldIs
    agreements: JurisdictionEntry


@dataclass(frozen=True, slots=True)
class JurisdictionsAnswer(NotebookTable):
    """All jurisdictions on a day, with how many of them do what to holds."""

    on: date
    counts: dict[str, int]
    jurisdictions: tuple[JurisdictionLaw, ...]
    open_questions: tuple[str, ...]
    says: str = NOT_ADVICE


def jurisdictions_on(on: date, state: str | None = None, book: Lawbook | None = None) -> JurisdictionsAnswer:
    """Every jurisdiction's law on holds and on agreements on a day, at noon in US Eastern time.

    With ``state``, only that one. Raises Refused for an unknown state.
    """
    place = read_state(state)
    at, book = at_eastern(on, time(12)), book or shipped()
    territories = declared.territories()
    found = tuple(
        _jurisdiction(book, code.code, code.name, code in territories, at)
        for code in (*declared.states(), *territories)
        if place in (None, code.code)
    )
    counts = dict.fromkeys(dict.fromkeys(HOLDS.values()), 0)
    for one in found:
        counts[one.holds.does] += 1
    return JurisdictionsAnswer(on, counts, found, _open_on(on, book))


def _open_on(on: date, book: Lawbook) -> tuple[str, ...]:
    """What a day leaves open for all of them: it is later than the law that was checked, or before the program's."""
    outside, first = outside_span(on), book.provision(STATUTE).dates.effective
    if first and on < first:
        return (
            f"the day is before {brief(first)}, when the statute on 287(g) became law; no earlier law is known here",
        )
    return (outside,) if outside else ()


def _jurisdiction(book: Lawbook, code: str, name: str, territory: bool, at: datetime) -> JurisdictionLaw:
    laws = [entry for entry in book.state_laws.get(code, ()) if state_of(entry, at) in HOLDING]
    holds = [entry for entry in laws if entry.bears_on_holds and not _federal_court(entry)]
    agreements = [entry for entry in laws if not entry.bears_on_holds and entry.kind != "holding"]
    on_holds = _entry(book, holds, at, HOLDS["not checked"], HOLDS)
    on_agreements = _entry(book, agreements, at, "none encoded", AGREEMENTS)
    return JurisdictionLaw(code, name, territory, on_holds, _hold_is(holds, at), on_agreements)


def _federal_court(entry: Provision) -> bool:
    """Whether a holding says what a hold is without being law of a state: it is cited, and is not a state's entry."""
    return entry.kind == "holding" and entry.state_law is not None and entry.state_law.effect == "hold"


def _rank(entry: Provision, at: datetime, words: Mapping[str, str]) -> tuple[bool, int, bool, int, bool]:
    """A rule in doubt that is written from memory comes last. Otherwise the order is: the strongest effect (a condition
    before a limit of hours alone), the best checked, the settled ones.
    """
    in_force = state_of(entry, at) == "in force"
    effect = entry.state_law.effect if entry.state_law else ""
    order = tuple(words).index("hold" if effect in WEIGHED else effect)
    standing = get_args(Standing).index(entry.standing)
    return not in_force and entry.standing == "unverified", order, not _conditioned(entry, at), standing, not in_force


def _entry(
    book: Lawbook, entries: list[Provision], at: datetime, otherwise: str, words: Mapping[str, str]
) -> JurisdictionEntry:
    """What a jurisdiction does, by the rule that does most."""
    ranked = sorted(entries, key=lambda entry: _rank(entry, at, words))
    if not ranked or ranked[0].state_law is None:
        standing: Standing | None = "unverified" if otherwise == HOLDS["not checked"] else None
        return JurisdictionEntry(otherwise, None, standing, None, False, None, None, ())
    first = ranked[0]
    effect = ranked[0].state_law.effect
    in_force = state_of(first, at) == "in force"
    unchecked = effect == "not checked"
    began = book.provision(first.continues) if first.continues else first
    sure = in_force or began is not first
    gap = began.unsettled
    since = first_day(began) if sure else gap.since if gap else None
    return JurisdictionEntry(
        words[effect],
        None if unchecked else since,
        first.standing,
        first.checked_until,
        in_force and not unchecked,
        first.id,
        first.citation,
        tuple(entry.id for entry in ranked),
        ranked[0].state_law.agency_types,
        gap.since if sure and gap and gap.reaches == "all" else None,
        first.unsettled.since if began is not first and first.unsettled else None,
    )


def _hold_is(holds: list[Provision], at: datetime) -> HoldIs:
    """How a hold on a civil detainer is found: missed, open, only on an order, or not barred by what is encoded."""
    bars = [
        entry
        for entry in holds
        if entry.state_law and entry.state_law.effect in ("forbid", "restrict", "silent", "not checked")
    ]
    if any(_decides(entry, at) for entry in bars):
        return "missed"
    open_ = [
        entry
        for entry in bars
        if entry.state_law
        and (entry.state_law.effect != "restrict" or _conditioned(entry, at))
        and not entry.settled_silence
    ]
    if open_ or not holds:
        return "cannot tell"
    return "needs a judge's order" if any(_ordered(entry, at) for entry in holds) else "not barred"


def _ordered(entry: Provision, at: datetime) -> bool:
    """Whether a hold is allowed at that time only on the order of a judge or magistrate."""
    return any(
        each.name == "judicial_order" and each.value is True and value_holds(each, entry, at)
        for each in entry.parameters
    )


def _decides(entry: Provision, at: datetime) -> bool:
    law = entry.state_law
    return bool(law and law.effect == "forbid" and entry.settles_holds and state_of(entry, at) == "in force")


def _conditioned(entry: Provision, at: datetime) -> bool:
    """Whether a hold is allowed at that time only on a condition, which the record of a hold does not have."""
    return any(each.name == "hold_only_if" and value_holds(each, entry, at) for each in entry.parameters)
