"""The record: built, exported, its agreements as a table, the usual questions, its map, its timeline."""

from collections.abc import Iterable, Sequence
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.api.arguments import opened, or_opened, path_of
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField, as_text, as_texts
from ledger287.core.time import Day, as_day
from ledger287.places.atlas import Atlas

if TYPE_CHECKING:
    import polars as pl

    from ledger287.analysis.answers.model import QuestionAnswer
    from ledger287.analysis.disagreements import Disagreements
    from ledger287.analysis.timeline import Timeline
    from ledger287.charts.maps.map import MapAnswer
    from ledger287.ledger.build.building import BuildSummary
    from ledger287.ledger.store.exporting import Exported


def build(lists: "str | Path | Sequence[str | Path]", out: str | Path) -> "BuildSummary":
    """Build the record of the lists in a folder, or in several. A record in ``out`` is replaced when all is done.

    Returns counts, the lists that were excluded with the reason, and every problem with its cell. Raises Refused when
    nothing there is a list, or the record cannot be written.
    """
    from ledger287.ledger.build.building import build as build_record

    folders = lists if isinstance(lists, Sequence) and not isinstance(lists, str) else [lists]
    return build_record([path_of(folder, "lists") for folder in folders], path_of(out, "out"))


def export(ledger: Atlas, folder: str | Path, format: str = "parquet") -> "Exported":
    """Write every table of a record into a folder: as parquet, csv, json, sqlite or xlsx.

    ``datapackage.json`` next to them declares each column's type and meaning. Raises Refused for another format, for a
    folder that holds anything but an earlier export, and where it cannot be written; then nothing is changed.
    """
    from ledger287.ledger.past.exported import past_tables
    from ledger287.ledger.store.exporting import export as write
    from ledger287.places.jurisdictions.tables import place_tables

    ledger = opened(ledger)
    return write(
        ledger.stored,
        path_of(folder, "folder"),
        as_text(format, "format", "csv"),
        [*place_tables(ledger), *past_tables(ledger)],
    )


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

    record = or_opened(ledger)
    return flat_agreements(record, on, known_on=known_on, state=state, model=model, county=county, ever=ever).frame


def answer(question: str, ledger: Atlas | None = None, **options: "Day | str | bool | None") -> "QuestionAnswer":
    """The answer to a usual question: ``waits``, ``returns``, ``shares``, ``ranks`` or ``growth``.

    ``options`` are those of the command of that name: ``known_on``, ``state``, ``model``; of shares and ranks also
    ``on``; of ranks ``of`` and ``by``, of growth ``by``, of returns ``all_left``. ``.frame`` is a table, ``.summary``
    its figures, ``.sentences`` the answer in words. Raises Refused for another question, and for an option or a value
    that the question does not take.
    """
    from ledger287.analysis.answers.questions import QUESTIONS

    if as_text(question, "question", "ranks") not in QUESTIONS:
        raise Refused(f"no question {question!r}. Expected one of: {', '.join(QUESTIONS)}.")
    answer_for = QUESTIONS[question].answer
    taken = list(signature(answer_for).parameters)[1:]
    for name in options:
        if name not in taken:
            expected = f": no option of {question!r}. Expected one of: {', '.join(taken)}."
            raise QueryError("unknown_option", QueryField(name), expected, fields=(name,), choices=taken)
    return answer_for(or_opened(ledger), **options)


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

    return draw(opened(ledger), path_of(out, "out"), on, known_on=known_on, state=state, model=model)


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
    wanted = as_texts(kinds, "kinds", "law")
    return answer_for(opened(ledger), state=state, agency=agency, kinds_wanted=wanted, since=first, until=last)


def disagreements(ledger: Atlas) -> "Disagreements":
    """Where the sources on the program differ, each with its reason or "unresolved"; published counts compared."""
    from ledger287.analysis.disagreements import disagreements as answer_for

    return answer_for(opened(ledger))
