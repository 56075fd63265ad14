"""Rosters and single statements on the program's early years -> who says what of which agency, as of when.

What enters: the tables of rosters, of statements and of the press. What leaves: a ``StatedRow`` for each row, with its
line, its document, that document's grade, and the day from which it was known; no row is lost. Nothing is decided here.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.time import day_of
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_rosters.saved_page import SavedPage
from ledger287.sources.ice_rosters.table import PageLine, read_day, read_table
from ledger287.sources.ice_rosters.words import model_then, state_then

ROSTERS, STATEMENTS, PRESS = "rosters_2007_2017.csv", "historical_claims.csv", "press_claims.csv"
ROSTER_HEADINGS = ("source", "as_of", "wayback_capture", "state", "st", "agency", "model", "signed", "status")
STATEMENT_HEADINGS = (
    "source",
    "document",
    "document_row",
    "as_of_given",
    "capture_day",
    "state",
    "agency",
    "says",
    "model",
    "signed_day",
    "document_file",
)
PRESS_HEADINGS = ("state", "agency", "event", "date", "evidence", "note")
SAYS = {
    "listed": "listed",
    "signed": "listed",
    "pending": "pending",
    "document": "document",
    "rescinded": "rescinded",
    "expired": "expired",
}


@dataclass(frozen=True, slots=True)
class RosterDocument:
    """A document that rosters or statements were typed from."""

    name: str
    starts: str | None
    roster: str | None
    publisher: str
    title: str
    as_of: date
    known_on: date
    grade: str
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What one row says of one agency. ``signed`` is the day of signing that it gives, if it gives one."""

    table: str
    line: int
    document: RosterDocument
    as_of: date
    state_printed: str
    agency_printed: str
    state: str
    says: str
    model_printed: str | None
    model: str | None
    signed: date | None
    document_file: str | None
    note: str | None


@cache
def documents() -> tuple[RosterDocument, ...]:
    """The declared documents."""
    data: list[dict[str, Any]] = declared.declared_yaml("history/documents.yml")
    return tuple(
        RosterDocument(
            one["name"],
            one.get("starts"),
            one.get("roster"),
            one["publisher"],
            one["title"],
            one["as_of"],
            one["known_on"],
            one["grade"],
            one.get("same_as"),
        )
        for one in data
    )


def read_statements(folder: Path) -> list[StatedRow]:
    """Every row of the three tables, in their order. Raises Refused where a cell cannot be understood."""
    said = [_of_roster(line) for line in read_table(folder, ROSTERS, ROSTER_HEADINGS)]
    said += [_of_statement(line) for line in read_table(folder, STATEMENTS, STATEMENT_HEADINGS)]
    return [*said, *(_of_press(line) for line in read_table(folder, PRESS, PRESS_HEADINGS))]


def of_saved_page(page: SavedPage) -> list[StatedRow]:
    """What a saved page without models says: that each agency of it is listed, as of the day of its capture."""
    day = day_of(page.capture.captured_at)
    title = f"ICE partners page, {page.capture.rows} rows, captured {page.capture.day}"
    document = RosterDocument(page.capture.file, None, None, "ICE", title, day, day, "list")
    rows = zip(page.rows.rows, page.rows.prints, strict=True)
    said = []
    for number, row in rows:
        cells = {"state": row.state or "", "agency": row.agency or ""}
        signed = values.signed(row.signed).value
        said.append(
            _said(str(page.rows.sheet), PageLine(number, cells), document, day, "listed", "", signed, row.moa, None)
        )
    return said


def _of_roster(line: PageLine) -> StatedRow:
    found = next((one for one in documents() if one.roster == line["as_of"]), None)
    if found is None:
        raise Refused(_undeclared(ROSTERS, line, line["as_of"]))
    says = "pending" if line["status"] == "pending" else "listed"
    signed = read_day(ROSTERS, line, "signed")
    return _said(ROSTERS, line, found, found.as_of, says, line["model"], signed, None, None)


def _of_statement(line: PageLine) -> StatedRow:
    found = _document(STATEMENTS, line, line["document"])
    as_of = read_day(STATEMENTS, line, "as_of_given") or found.as_of
    signed, file = read_day(STATEMENTS, line, "signed_day"), line["document_file"] or None
    says = "signed" if found.name == "ice-release-2006-12" else _says(STATEMENTS, line, "says")
    return _said(STATEMENTS, line, found, as_of, says, line["model"], signed, file, None)


def _of_press(line: PageLine) -> StatedRow:
    found = _document(PRESS, line, line["evidence"])
    as_of = read_day(PRESS, line, "date") or found.as_of
    says = "signed" if line["event"] == "signed" else _says(PRESS, line, "event")
    signed = as_of if says == "signed" else None
    return _said(PRESS, line, found, as_of, says, "", signed, None, line["note"] or None)


def _said(
    table: str,
    line: PageLine,
    document: RosterDocument,
    as_of: date,
    says: str,
    model: str,
    signed: date | None,
    file: str | None,
    note: str | None,
) -> StatedRow:
    state = state_then(line["state"]).value
    if state is None:
        raise Refused(f"{table} line {line.line}, state: expected a state, found {line['state']!r}. Correct the cell.")
    code = model_then(model)
    if model and code is None:
        raise Refused(
            f"{table} line {line.line}, model: found {model!r}, which is no model in declared/history/models.yml."
        )
    printed = model or None
    return StatedRow(
        table, line.line, document, as_of, line["state"], line["agency"], state, says, printed, code, signed, file, note
    )


def _says(table: str, line: PageLine, heading: str) -> str:
    found = SAYS.get(line[heading])
    if found is None:
        raise Refused(
            f"{table} line {line.line}, {heading}: expected one of {', '.join(SAYS)}; found {line[heading]!r}."
        )
    return found


def _document(table: str, line: PageLine, text: str) -> RosterDocument:
    found = next((one for one in documents() if one.starts and text.startswith(one.starts)), None)
    if found is None:
        raise Refused(_undeclared(table, line, text))
    return found


def _undeclared(table: str, line: PageLine, text: str) -> str:
    return f"{table} line {line.line}: the document {text!r} is not declared. Add it to declared/history/documents.yml."
