"""Officers' standing on a day, from a roster of officers by number: who is current, who lapses, what is missing.

What enters: officers as ``roster_file`` reads them. What leaves: one ``OfficerStanding`` each. Only conditions that the
statute or the agreement states are checked: the length of training is none of them. The module knows no names, and
finds nobody by anything but the agency's own number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from ledger287.core import declared
from ledger287.core.finding import Citation
from ledger287.core.jsonable import NotebookTable
from ledger287.core.text import brief, plural
from ledger287.law.authority.statelaw import cited
from ledger287.law.lawbook.book import Lawbook, shipped

Shown = Literal["current", "not yet", "incomplete", "lapsed", "revoked", "removed", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Officer:
    """A row of a roster. ``under_complaint`` is the day since, True where the day is not known, False or None.

    ``eligibility_attested`` likewise: a day, yes, no, or no entry. ``refresher`` is the last refresher training: it is
    kept and shown, and no text that was read makes an officer lapse without one.
    """

    officer_id: str
    agency: str
    model: str
    nominated: date | None = None
    eligibility_attested: date | bool | None = None
    trained: date | None = None
    certified: date | None = None
    authorised: date | None = None
    authorised_until: date | None = None
    revoked: date | None = None
    under_complaint: date | bool | None = None
    refresher: date | None = None


@dataclass(frozen=True, slots=True)
class OfficerStanding:
    """An officer on a day. ``current_to`` is the last day of the authority, where one is known.

    ``missing`` are entries that the roster lacks; ``reasons`` say what each conclusion rests on; ``entry`` is the
    row as the roster has it.
    """

    officer_id: str
    agency: str
    model: str
    standing: Shown
    current_to: date | None
    missing: tuple[str, ...]
    reasons: tuple[str, ...]
    citations: tuple[Citation, ...]
    entry: Officer


@dataclass(frozen=True, slots=True)
class RosterAnswer(NotebookTable):
    """A roster on a day: counts, every officer, and who lapses within some days of it."""

    on: date
    within: int
    officers: int
    counts: dict[str, int]
    lapsing: tuple[OfficerStanding, ...]
    standings: tuple[OfficerStanding, ...]
    says: str = (
        "By the roster as given; no officer was looked up. It grants no authority, and is not legal advice. "
        "No agreement's text makes the length of training a condition, and it is not checked."
    )


def roster(officers: Iterable[Officer], on: date, within: int = 30, book: Lawbook | None = None) -> RosterAnswer:
    """Every officer's standing on a day, and those whose authority ends within so many days of it."""
    found = tuple(standing_of(officer, on, book or shipped()) for officer in officers)
    counts: dict[str, int] = {}
    for each in found:
        counts[each.standing] = counts.get(each.standing, 0) + 1
    until = on + timedelta(days=within)
    lapsing = tuple(
        sorted(
            (each for each in found if each.standing == "current" and each.current_to and each.current_to < until),
            key=lambda each: (each.current_to or on, each.officer_id),
        )
    )
    return RosterAnswer(on, within, len(found), counts, lapsing, found)


def standing_of(officer: Officer, on: date, book: Lawbook) -> OfficerStanding:
    """One officer's standing: what ends the authority comes first, then what is missing, then what is to come."""
    table = _table()
    last, end_rule, end_why = _end(book, officer)
    needed = {name: rules[officer.model] for name, rules in table["conditions"].items()}
    missing = tuple(name for name in needed if not getattr(officer, name))
    if officer.nominated is None:
        missing += ("nominated",)
    ended = _ended(book, officer, on, last, end_why)
    if ended:
        standing, why, rule = ended
        return _shown(book, officer, standing, None, missing, [why], [rule or end_rule])
    lacking = [name for name in needed if name in missing]
    if lacking:
        reasons = [f"{_lacks(officer, name)}: {book.provision(needed[name]).says}" for name in lacking]
        return _shown(book, officer, "incomplete", None, missing, reasons, [needed[name] for name in lacking])
    later = [name for name in needed if isinstance(day := getattr(officer, name), date) and day > on]
    if later:
        reasons = [f"{field_words(name)} only on {brief(getattr(officer, name))}" for name in later]
        return _shown(book, officer, "not yet", last, missing, reasons, [needed[name] for name in later])
    begun = f"authorized on {brief(officer.authorised)}" if officer.authorised else "authorized"
    end = f", to the end of {brief(last)} ({end_why})" if last else "; the text fixes no end, and the roster gives none"
    notes = [begun + end, *_notes(book, officer)]
    return _shown(book, officer, "current", last, missing, notes, [*dict.fromkeys(needed.values()), end_rule])


def _ended(
    book: Lawbook, officer: Officer, on: date, last: date | None, why: str
) -> tuple[Shown, str, str | None] | None:
    """What ends the authority on a day, if anything: revocation, a complaint where the text says so, its term."""
    if officer.revoked and on >= officer.revoked:
        return "revoked", f"revoked on {brief(officer.revoked)}", _table()["ends"]["revoked"][officer.model]
    since = officer.under_complaint
    removing = _removing(book, officer.model)
    if removing and since and (since is True or on >= since):
        begun = f"since {brief(since)}" if isinstance(since, date) else "since a day that the roster does not give"
        return "removed", f"under complaint {begun}: {book.provision(removing).says}", removing
    if last and on > last:
        if officer.authorised_until and on <= officer.authorised_until:
            return (
                "cannot tell",
                f"{why}; the roster has {brief(officer.authorised_until)}, which only an extension allows",
                None,
            )
        if officer.authorised_until is None:
            return "cannot tell", f"{why} ended on {brief(last)}; the roster does not say whether it was extended", None
        return "lapsed", f"{why} ended on {brief(last)}", None
    return None


def _removing(book: Lawbook, model: str) -> str | None:
    """The clause that takes an officer under complaint off the work, where the model's text has one."""
    rule: str = _table()["ends"]["under_complaint"][model]
    removes = any(entry.name == "removed_until_adjudicated" for entry in book.provision(rule).parameters)
    return rule if removes else None


def _end(book: Lawbook, officer: Officer) -> tuple[date | None, str, str]:
    """The last day of the authority, the earliest of the roster's and the text's; its rule; and why."""
    rule: str = _table()["ends"]["authorised_until"][officer.model]
    ends = [(officer.authorised_until, "the authorization as the roster has it")] if officer.authorised_until else []
    years = next((entry.value for entry in book.provision(rule).parameters if entry.name == "initial_years"), None)
    if years and officer.authorised:
        first = f"the first authorization of {plural(int(years), 'year')}"
        ends.append((_years_after(officer.authorised, int(years)), first))
    last, why = min(ends) if ends else (None, "")
    return last, rule, why


def _years_after(day: date, years: int) -> date:
    """The last day of a term of years: the day before the anniversary, the earlier reading."""
    try:
        anniversary = day.replace(year=day.year + years)
    except ValueError:
        anniversary = date(day.year + years, 3, 1)
    return anniversary - timedelta(days=1)


def _notes(book: Lawbook, officer: Officer) -> list[str]:
    found = []
    if officer.under_complaint:
        rule = _table()["ends"]["under_complaint"][officer.model]
        found.append(f"under complaint: {book.provision(rule).says}")
    if officer.nominated is None:
        found.append("the roster has no entry for nominated; no text that was read makes it a condition")
    return found


def _shown(
    book: Lawbook,
    officer: Officer,
    standing: Shown,
    last: date | None,
    missing: tuple[str, ...],
    reasons: list[str],
    rules: Iterable[Any],
) -> OfficerStanding:
    citations = tuple(cited(book.provision(rule)) for rule in dict.fromkeys(rules))
    return OfficerStanding(
        officer.officer_id, officer.agency, officer.model, standing, last, missing, tuple(reasons), citations, officer
    )


def _lacks(officer: Officer, name: str) -> str:
    says_no = getattr(officer, name) is False
    return f"the roster {'says no' if says_no else 'has no entry'} for {field_words(name)}"


def field_words(name: str) -> str:
    """A roster's field as readers write it; its name, a heading of files, has the older spelling."""
    return name.replace("_", " ").replace("authorised", "authorized")


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = declared.rules()["roster.yml"]
    return found
