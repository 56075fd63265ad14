"""The public Python API, complete: ``import ledger287`` gives every name of it.

A day is a date or text such as ``"2025-08-14"``. Tables are polars frames; ``.to_pandas()`` gives a pandas one.

>>> import ledger287
>>> ledger = ledger287.open()
>>> ledger.status(on="2025-08-14").agreements
895
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger287.core.problem import Problem, Refused
from ledger287.core.query_error import Field, QueryError, as_text
from ledger287.core.time import Day, as_day, day_of, needed_day
from ledger287.ledger.query.answers import AgencyAnswer, SourceAnswer, Status
from ledger287.ledger.query.ledger import Ledger
from ledger287.ledger.store.folder import open_record
from ledger287.places.atlas import Atlas

if TYPE_CHECKING:
    import polars as pl

    from ledger287.analysis.answers.model import QuestionAnswer
    from ledger287.analysis.disagreements import Disagreements
    from ledger287.analysis.outcomes.landmark import LandmarkAnswer
    from ledger287.analysis.timeline import Timeline
    from ledger287.charts.maps.map import MapAnswer
    from ledger287.factcheck.verdicts.answers import Checked
    from ledger287.law.agreements.table import FunctionsAnswer
    from ledger287.law.authority.answers import AuthorityAnswer, AuthorityTable
    from ledger287.law.lawbook.jurisdictions import JurisdictionsAnswer
    from ledger287.law.lawbook.listing import ChangesAnswer, RuleAnswer, RulesAnswer
    from ledger287.law.officers.roster import Officer, RosterAnswer
    from ledger287.ledger.build.building import BuildSummary
    from ledger287.ledger.outcomes.held import HeldAnswer, HeldSnapshot
    from ledger287.ledger.outcomes.identified import IdentifiedAgency
    from ledger287.ledger.store.exporting import Exported
    from ledger287.sources.outcomes.workbook import Workbook

RECORD_VARIABLE = "LEDGER287_RECORD"


def eastern_today() -> date:
    """The calendar day in US Eastern time, by this machine's clock."""
    return day_of(datetime.now(UTC))


def open(record: str | Path | None = None, *, today: Callable[[], date] = eastern_today) -> Atlas:
    """Open a record: the given folder that ``ledger287 build`` wrote, else $LEDGER287_RECORD, else the shipped one.

    ``today`` gives the day that answers are for when no ``on`` is given. Raises Refused when the folder holds no
    record.
    """
    place = record or os.environ.get(RECORD_VARIABLE) or None
    return Atlas(open_record(_path(place, "record") if place else None), today)


def _opened(ledger: Any) -> Atlas:
    """The record that a function was given. Raises QueryError that says how to open one."""
    if isinstance(ledger, Ledger):
        return ledger  # type: ignore[return-value]
    expected = f": expected a record such as ledger287.open() gives, found {ledger!r}."
    raise QueryError("not_a_record", Field("ledger"), expected, fields=("ledger",))


def _path(value: Any, field: str) -> Path:
    """A file or folder that a function was given. Raises QueryError that says what to give."""
    if isinstance(value, str | Path):
        return Path(value)
    expected = f": expected a file or folder as text or as a Path, found {value!r}."
    raise QueryError("not_a_path", Field(field), expected, fields=(field,))


def build(lists: "str | Path | Sequence[str | Path]", out: str | Path) -> "BuildSummary":
    """Build the record of the lists in a folder, or in several. A record in ``out`` is replaced when all is done.

    Returns counts, the lists that were excluded with the reason, and every problem with its cell. Raises Refused when
    nothing there is a list, or the record cannot be written.
    """
    from ledger287.ledger.build.building import build as build_record

    folders = lists if isinstance(lists, Sequence) and not isinstance(lists, str) else [lists]
    return build_record([_path(folder, "lists") for folder in folders], _path(out, "out"))


def check(story: str | Path, *, published: Day | None = None, ledger: Ledger | None = None) -> "Checked":
    """Check what a news story says of the program: its text as ``str``, or a ``Path`` of a text, HTML or PDF file.

    ``published`` is the story's day, by default the one that it gives itself. Raises Refused where there is no text.
    """
    from ledger287.factcheck.checking import Checker
    from ledger287.factcheck.extract.model import Days
    from ledger287.factcheck.text.cleaning import read_article

    day = as_day(published, "published")
    if isinstance(story, Path):
        try:
            name, data = story.name, story.read_bytes()
        except OSError as error:
            raise Refused(
                f"{story}: cannot be read ({error.strerror}). Name a file, or give its text as str."
            ) from None
    else:
        name, data = "the story", as_text(story, "story", "ICE had 895 agreements on August 14, 2025.").encode()
    return Checker(_opened(ledger) if ledger is not None else open()).check(
        read_article(data, name, Days(day, day) if day else None)
    )


def export(ledger: Atlas, folder: str | Path, format: str = "parquet") -> "Exported":
    """Write every table of a record into a folder: as parquet, csv, json, sqlite or xlsx.

    ``datapackage.json`` next to them declares each column's type and meaning. Raises Refused for another format, for a
    folder that holds anything but an earlier export, and where it cannot be written; then nothing is changed.
    """
    from ledger287.ledger.past.exported import past_tables
    from ledger287.ledger.store.exporting import export as write
    from ledger287.places.jurisdictions.tables import place_tables

    ledger = _opened(ledger)
    return write(ledger.stored, _path(folder, "folder"), format, [*place_tables(ledger), *past_tables(ledger)])


def agreements(
    ledger: Atlas | None = None,
    on: Day | None = None,
    *,
    known_on: Day | None = None,
    state: str | None = None,
    model: str | None = None,
    county: str | None = None,
    ever: bool = False,
) -> "pl.DataFrame":
    """The agreements in force on a day as one flat table, or all that were ever listed; the newest signed first.

    A row has names, state, signing and listing days, place, people and document (columns: docs/record.md, "One flat
    table"). Warns (PastNewestList) where the day is after the newest list.
    """
    from ledger287.analysis.answers.flat import flat_agreements

    record = _opened(ledger) if ledger is not None else open()
    return flat_agreements(record, on, known_on=known_on, state=state, model=model, county=county, ever=ever).frame


def answer(question: str, ledger: Atlas | None = None, **options: "Day | str | bool | None") -> "QuestionAnswer":
    """The answer to a usual question: ``waits``, ``returns``, ``shares``, ``ranks`` or ``growth``.

    ``options`` are those of the command of that name: ``known_on``, ``state``, ``model``; of shares and ranks also
    ``on``; of ranks ``of`` and ``by``, of growth ``by``, of returns ``all_left``. ``.frame`` is a table, ``.summary``
    its figures, ``.sentences`` the answer in words. Raises Refused for another question, and for an option or a value
    that the question does not take.
    """
    from ledger287.analysis.answers.questions import QUESTIONS

    if question not in QUESTIONS:
        raise Refused(f"no question {question!r}. Expected one of: {', '.join(QUESTIONS)}.")
    asked = QUESTIONS[question].answer
    taken = list(signature(asked).parameters)[1:]
    for name in options:
        if name not in taken:
            expected = f": no option of {question!r}. Expected one of: {', '.join(taken)}."
            raise QueryError("unknown_option", Field(name), expected, fields=(name,), choices=taken)
    return asked(_opened(ledger) if ledger is not None else open(), **options)


def draw_map(
    ledger: Atlas,
    out: str | Path,
    on: Day | None = None,
    *,
    known_on: Day | None = None,
    state: str | None = None,
    model: str | None = None,
) -> "MapAnswer":
    """Draw the agreements in force on a day by county, as SVG, PNG, HTML or GeoJSON by the file's extension.

    The answer says what was drawn and where; its agreements in counties, of entire states and not placed add up to
    those of ``status``. Raises Refused for another extension, an unknown state or model, and a file that cannot be
    written.
    """
    on = as_day(on, "on")
    known_on = as_day(known_on, "known_on")
    from ledger287.charts.maps.map import draw_map as draw

    return draw(_opened(ledger), _path(out, "out"), on, known_on=known_on, state=state, model=model)


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
    function = as_text(function, "function", "serve-arrest-warrant")
    agency = as_text(agency, "agency", "Collier County Sheriff's Office")
    when, known = _day_or_time(on), as_day(known_on, "known_on")
    answer = answer_for(_opened(ledger), function, agency, state, when, setting, officer, known_on=known)
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
) -> "AuthorityTable":
    """The answers of ``authority`` for every function of one agency on a day; the same words and refusals."""
    from ledger287.law.authority.deciding import authority_table as answer_for

    when, agency = _day_or_time(on), as_text(agency, "agency", "Collier County Sheriff's Office")
    return answer_for(_opened(ledger), agency, state, when, setting, known_on=as_day(known_on, "known_on"))


def rules_on(on: Day, state: str | None = None) -> "RulesAnswer":
    """The rules in force on a day, including those in doubt on it; with ``state``, those of the state and the nation.

    A day means its noon in US Eastern time. Raises Refused for an unknown state.
    """
    on = needed_day(on, "on")
    from ledger287.law.lawbook.listing import rules_on as answer_for

    return answer_for(on, state)


def rule_on(rule: str, on: Day, state: str | None = None) -> "RuleAnswer":
    """One rule by its id, in full, as it applies on a day; with ``state``, also whether it applies in that state.

    Raises Refused with the closest ids, and for an unknown state.
    """
    on = needed_day(on, "on")
    from ledger287.law.lawbook.listing import rule_on as answer_for

    return answer_for(as_text(rule, "rule", "usc-8-1357-g"), on, state)


def changes_of_law(before: Day, after: Day, state: str | None = None) -> "ChangesAnswer":
    """What the law said on one day and not on another. Raises Refused for an unknown state, and days swapped."""
    before = needed_day(before, "before")
    after = needed_day(after, "after")
    from ledger287.law.lawbook.listing import changes_of_law as answer_for

    return answer_for(before, after, state)


def jurisdictions_on(on: Day, state: str | None = None) -> "JurisdictionsAnswer":
    """What the law of each state, DC and the territories does to holds and to agreements on a day, side by side.

    One whose law on holds was not checked says so, and a hold there is ``cannot tell``. Raises Refused for an unknown
    state.
    """
    on = needed_day(on, "on")
    from ledger287.law.lawbook.jurisdictions import jurisdictions_on as answer_for

    return answer_for(on, state)


def functions_table() -> "FunctionsAnswer":
    """Every function by model and version: whether the form lists it, in what words, and on which page."""
    from ledger287.law.agreements.table import functions_table as answer_for

    return answer_for()


def people_held(on: Day | None = None) -> "HeldAnswer":
    """How many people ICE held on a day (today in US Eastern time if left out), by its last snapshot up to then.

    ``.snapshot`` has the numbers by row and column of ICE's own table, with the workbook's file, sha256 and cells;
    ``.days_before`` says how old it was. Raises Refused before the first snapshot.
    """
    from ledger287.ledger.outcomes.held import held_on

    return held_on(as_day(on, "on") or eastern_today())


def people_held_series(first: Day | None = None, last: Day | None = None) -> "tuple[HeldSnapshot, ...]":
    """Every snapshot of people held from one day to another, both included; every one if none is given."""
    from ledger287.ledger.outcomes.held import series

    return series(as_day(first, "first"), as_day(last, "last"))


def people_identified(agency: str, state: str | None = None) -> "IdentifiedAgency":
    """How many people one agency identified and had removed under 287(g), by fiscal year, 2006 to 2013.

    The numbers are ICE's, with the cell of each. Raises Refused for an agency that the table does not have.
    """
    from ledger287.ledger.outcomes.flows import state_code
    from ledger287.ledger.outcomes.identified import find

    return find(agency, state_code(state) if state else None)


def people_held_in(place: str, first: Day | None = None, last: Day | None = None) -> dict[str, Any]:
    """How many people were held for ICE by day in a state or county, with the keys of ``outcomes population --json``.

    Numbers of people, from the Deportation Data Project; small ones are withheld. Raises Refused for an unknown place,
    with the closest ones.
    """
    from ledger287.analysis.outcomes.population import population_in

    return population_in(place, as_day(first, "first"), as_day(last, "last"))


def read_detention_statistics(file: str | Path) -> "Workbook":
    """Read one of ICE's detention workbooks: its day and why, people held, every table, every problem.

    Raises Refused for a file that cannot be read.
    """
    from ledger287.sources.outcomes.workbook import read_workbook

    path = _path(file, "file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}). Name a workbook (.xlsx) of ICE's.") from None
    return read_workbook(data, path.name)


def landmark(ledger: Atlas, text: str, on: Day | None = None, state: str | None = None) -> "LandmarkAnswer":
    """The agency with an agreement on a day, or the county, that an apprehension site names; or ``cannot tell``.

    ``text`` is the site as typed, such as ``CAP - LEE COUNTY JAIL, AL STATE``; ``state`` is used where it names none.
    """
    from ledger287.analysis.outcomes.landmark import Matcher
    from ledger287.ledger.outcomes.flows import state_code

    text = as_text(text, "text", "CAP - LEE COUNTY JAIL, AL STATE")
    return Matcher(_opened(ledger), as_day(on, "on")).match(text, state_code(state) if state else None)


def read_roster(
    file: str | Path, drop: Iterable[str] = (), ledger: Ledger | None = None
) -> "tuple[tuple[Officer, ...], tuple[Problem, ...]]":
    """The officers of a roster (CSV, xlsx or Parquet; by number, without names), and what was not understood.

    ``drop`` names columns to leave unread. With ``ledger`` an agency that the record does not have is a problem too.
    Raises Refused for a file that cannot be used, and for columns that look like data on persons.
    """
    from ledger287.law.officers.roster_file import read_roster as read

    return read(_path(file, "file"), drop, ledger)


def roster(officers: "Iterable[Officer]", on: Day | None = None, within: int = 30) -> "RosterAnswer":
    """Which officers are current on a day (today in US Eastern time if left out), and who lapses within N days.

    ``officers`` are those that ``read_roster`` gives. Nobody is looked up: the answer is by the roster alone.
    """
    on = as_day(on, "on")
    from ledger287.law.officers.roster import Officer
    from ledger287.law.officers.roster import roster as answer_for

    given = list(officers) if isinstance(officers, Iterable) and not isinstance(officers, str) else None
    if given is None or not all(isinstance(one, Officer) for one in given):
        expected = f": expected officers such as read_roster(file)[0] gives, found {officers!r}."
        raise QueryError("not_officers", Field("officers"), expected, fields=("officers",))
    return answer_for(given, on or eastern_today(), within)


def timeline(
    ledger: Atlas,
    state: str | None = None,
    agency: str | None = None,
    kinds: Iterable[str] = (),
    since: Day | None = None,
    until: Day | None = None,
) -> "Timeline":
    """What happened, by day, in the nation, a state or around an agency, each with its source.

    Raises Refused for an unknown state, agency or kind.
    """
    from ledger287.analysis.timeline import timeline as answer_for

    first, last = as_day(since, "since"), as_day(until, "until")
    wanted = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    return answer_for(_opened(ledger), state=state, agency=agency, kinds_wanted=wanted, since=first, until=last)


def disagreements(ledger: Atlas) -> "Disagreements":
    """Where the sources on the program differ, each with its reason or "unresolved"; published counts compared."""
    from ledger287.analysis.disagreements import disagreements as answer_for

    return answer_for(_opened(ledger))


__all__ = [
    "AgencyAnswer",
    "Atlas",
    "Ledger",
    "Problem",
    "QueryError",
    "Refused",
    "SourceAnswer",
    "Status",
    "agreements",
    "answer",
    "authority",
    "authority_table",
    "build",
    "changes_of_law",
    "check",
    "disagreements",
    "draw_map",
    "eastern_today",
    "export",
    "functions_table",
    "jurisdictions_on",
    "landmark",
    "open",
    "people_held",
    "people_held_in",
    "people_held_series",
    "people_identified",
    "read_detention_statistics",
    "read_roster",
    "roster",
    "rule_on",
    "rules_on",
    "timeline",
]
