"""Authority and law: what an agreement lists, the rules of a day, officers of a roster."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger287.api.arguments import eastern_today, lawbook_of, opened, path_of
from ledger287.core.problem import Problem
from ledger287.core.query_error import QueryError, QueryField, as_text, as_texts
from ledger287.core.time import Day, as_day, needed_day
from ledger287.ledger.query.ledger import Ledger

if TYPE_CHECKING:
    from ledger287.law.agreements.table import FunctionsAnswer
    from ledger287.law.authority.authority_answer import AuthorityAnswer, AuthorityTable
    from ledger287.law.lawbook.book import Lawbook
    from ledger287.law.lawbook.shown.jurisdictions import JurisdictionsAnswer
    from ledger287.law.lawbook.shown.listing import ChangesAnswer, RuleAnswer, RulesAnswer
    from ledger287.law.officers.roster import Officer, RosterAnswer


def authority(
    ledger: Ledger,
    function: str,
    agency: str,
    *,
    state: str | None = None,
    on: Day | datetime | None = None,
    setting: str | None = None,
    officer: "str | Path | Officer | Sequence[Officer] | None" = None,
    known_on: Day | None = None,
    lawbook: "Lawbook | None" = None,
) -> "AuthorityAnswer":
    """Whether an agency's agreement lists a function on a day, with its limits. It grants no authority.

    ``function`` is a key such as ``serve-arrest-warrant``, or its name in words; ``agency`` any spelling that ICE ever
    printed, or an id; ``state`` a code or name, needed where several states have such an agency. ``setting`` is
    ``jail`` or ``field``. ``officer`` is a roster's file, or officers that ``read_roster`` read; rows that could not be
    read, and other agencies' officers, are in ``left_out``.

    ``on`` is a day, which means noon of that day in the state's own time zone (that of its capital), or a date and time
    with its time zone (``2026-05-08T10:00-04:00``); the ledger's today if left out. Lists are by days in US Eastern
    time; ``known_on`` answers only from those published by the end of that day.

    Raises Refused for a function, agency, state or setting that is not known (with the closest names), a time without a
    time zone, a roster that cannot be used, and one that has nobody of the agency. Every finding cites its provisions
    (``rule_on`` gives one in full, with its source) and the cell that prints the agreement.
    """
    from ledger287.law.authority.deciding import authority as answer_for

    problems: tuple[Problem, ...] = ()
    if isinstance(officer, str | Path):
        officer, problems = read_roster(officer)
    elif officer is not None:
        officer = _officers(officer, "officer")
    function = as_text(function, "function", "serve-arrest-warrant")
    agency = as_text(agency, "agency", "Collier County Sheriff's Office")
    when, known = _day_or_time(on), as_day(known_on, "known_on")
    answer = answer_for(
        opened(ledger), function, agency, state, when, setting, officer, known_on=known, book=lawbook_of(lawbook)
    )
    return replace(answer, left_out=(*answer.left_out, *map(str, problems)))


def _day_or_time(on: Day | datetime | None) -> date | datetime | None:
    """A day, or a date and time, each as such or as text: ``2026-05-08``, ``2026-05-08T10:00-04:00``."""
    if isinstance(on, str) and len(on.strip()) > len("2026-05-08"):
        with suppress(ValueError):
            return datetime.fromisoformat(on.strip())
    return on if isinstance(on, datetime) else as_day(on, "on")


def authority_table(
    ledger: Ledger,
    agency: str,
    *,
    state: str | None = None,
    on: Day | datetime | None = None,
    setting: str | None = None,
    known_on: Day | None = None,
    lawbook: "Lawbook | None" = None,
) -> "AuthorityTable":
    """The answers of ``authority`` for every function of one agency on a day; the same words and refusals."""
    from ledger287.law.authority.deciding import authority_table as answer_for

    when, agency = _day_or_time(on), as_text(agency, "agency", "Collier County Sheriff's Office")
    known, book = as_day(known_on, "known_on"), lawbook_of(lawbook)
    return answer_for(opened(ledger), agency, state, when, setting, known_on=known, book=book)


def open_lawbook(rules: str | Path | None = None) -> "Lawbook":
    """The lawbook that ships; with ``rules``, a file or folder of provisions, those replace the ones of their ids.

    Pass it as ``lawbook`` where a function takes one. Raises Refused where a provision is not understood, by file and
    id.
    """
    from ledger287.law.lawbook.book import open_lawbook as open_book

    return open_book(path_of(rules, "rules") if rules else None)


def rules_on(on: Day, state: str | None = None, lawbook: "Lawbook | None" = None) -> "RulesAnswer":
    """The rules in force on a day, including those in doubt on it; with ``state``, those of the state and the nation.

    A day means its noon in US Eastern time. Raises Refused for an unknown state.
    """
    on = needed_day(on, "on")
    from ledger287.law.lawbook.shown.listing import rules_on as answer_for

    return answer_for(on, state, lawbook_of(lawbook))


def rule_on(rule: str, on: Day, state: str | None = None, lawbook: "Lawbook | None" = None) -> "RuleAnswer":
    """One rule by its id, in full, as it applies on a day; with ``state``, also whether it applies in that state.

    Raises Refused with the closest ids, and for an unknown state.
    """
    on = needed_day(on, "on")
    from ledger287.law.lawbook.shown.listing import rule_on as answer_for

    return answer_for(as_text(rule, "rule", "ina-287-g-1"), on, state, lawbook_of(lawbook))


def changes_of_law(
    before: Day, after: Day, state: str | None = None, lawbook: "Lawbook | None" = None
) -> "ChangesAnswer":
    """What the law said on one day and not on another. Raises Refused for an unknown state, and days swapped."""
    before = needed_day(before, "before")
    after = needed_day(after, "after")
    from ledger287.law.lawbook.shown.listing import changes_of_law as answer_for

    return answer_for(before, after, state, lawbook_of(lawbook))


def jurisdictions_on(on: Day, state: str | None = None, lawbook: "Lawbook | None" = None) -> "JurisdictionsAnswer":
    """What the law of each state, DC and the territories does to holds and to agreements on a day, side by side.

    One whose law on holds was not checked says so, and a hold there is ``cannot tell``. Raises Refused for an unknown
    state.
    """
    on = needed_day(on, "on")
    from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on as answer_for

    return answer_for(on, state, lawbook_of(lawbook))


def functions_table(lawbook: "Lawbook | None" = None) -> "FunctionsAnswer":
    """Every function by model and version: whether the form lists it, in what words, and on which page."""
    from ledger287.law.agreements.table import functions_table as answer_for

    return answer_for(lawbook_of(lawbook))


def read_roster(
    file: str | Path, drop: Iterable[str] = (), ledger: Ledger | None = None
) -> "tuple[tuple[Officer, ...], tuple[Problem, ...]]":
    """The officers of a roster (CSV, xlsx or Parquet; by number, without names), and what was not understood.

    ``drop`` names columns to leave unread. With ``ledger`` an agency that the record does not have is a problem too.
    Raises Refused for a file that cannot be used, and for columns that look like data on persons.
    """
    from ledger287.law.officers.roster_file import read_roster as read

    given = None if ledger is None else opened(ledger)
    return read(path_of(file, "file"), as_texts(drop, "drop", "Badge number"), given)


def roster(officers: "Iterable[Officer]", on: Day | None = None, within: int = 30) -> "RosterAnswer":
    """Which officers are current on a day (today in US Eastern time if left out), and who lapses within N days.

    ``officers`` are those that ``read_roster`` gives. Nobody is looked up: the answer is by the roster alone.
    """
    on = as_day(on, "on")
    from ledger287.law.officers.roster import roster as answer_for

    given = _officers(officers, "officers")
    if not isinstance(within, int):
        expected = f": expected a number of days such as 30, found {within!r}."
        raise QueryError("not_a_number", QueryField("within"), expected, fields=("within",))
    return answer_for(given, on or eastern_today(), within)


def _officers(value: Any, field: str) -> "list[Officer]":
    """Officers that a function was given: one, or several. Raises QueryError that says where they come from."""
    from ledger287.law.officers.roster import Officer

    several = isinstance(value, Iterable) and not isinstance(value, str)
    given = [value] if isinstance(value, Officer) else list(value) if several else None
    if given is None or not all(isinstance(one, Officer) for one in given):
        expected = f": expected officers such as read_roster(file)[0] gives, found {value!r}."
        raise QueryError("not_officers", QueryField(field), expected, fields=(field,))
    return given
