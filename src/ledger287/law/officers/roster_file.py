"""Reads a roster of officers: CSV, a workbook, or Parquet.

What enters: a file with one row per officer and model, officers by number. What leaves: ``(officers, problems)``.
Columns that look like names, birth dates and other personal data are refused unless ``drop`` names them; a row that is
not understood is a problem with its row and column, and the rest is read.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ledger287.core import declared
from ledger287.core.locator import column_letters
from ledger287.core.problem import Problem, Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.law.officers.roster import Officer, field_words
from ledger287.law.officers.roster_table import frame_of, problem
from ledger287.ledger.identity.spelling import plain

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

DAYS = ("nominated", "trained", "certified", "authorised", "authorised_until", "revoked", "refresher")
DAY_OR_YES = ("eligibility_attested", "under_complaint")
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


def read_roster(
    path: str | Path, drop: Iterable[str] = (), ledger: "Ledger | None" = None
) -> tuple[tuple[Officer, ...], tuple[Problem, ...]]:
    """The officers of a roster, and what was not understood.

    ``drop`` names columns to leave unread. With ``ledger`` an agency that the record does not have is a problem
    too; its officers are kept. Raises Refused where the file cannot be used.
    """
    path = Path(path)
    frame, problems = frame_of(path)
    fields, unknown = _columns(path, frame, {declared.bare(word) for word in drop})
    problems += unknown
    wrong = {problem.row for problem in problems}
    rows: dict[tuple[str, str, str], int] = {}
    agencies: set[str] = set()
    officers: list[Officer] = []
    for number, row in enumerate(frame.iter_rows(named=True), start=2):
        if number in wrong or not any(_text(value) for value in row.values()):
            continue
        officer, problems_of_row = _officer(path, number, row, fields, frame.columns)
        problems += problems_of_row
        if officer is None:
            continue
        key = (officer.officer_id, declared.bare(officer.agency), officer.model)
        if key in rows:
            problems.append(_twice(path, number, officer, rows[key]))
            continue
        if ledger is not None and key[1] not in agencies:
            column = column_letters(frame.columns.index(fields["agency"]))
            problems += _of_no_agency(path, number, column, officer.agency, ledger)
        rows[key] = number
        agencies.add(key[1])
        officers.append(officer)
    if not officers and not problems:
        raise Refused(f"{path}: no officers; expected a heading row and one row for each officer.")
    return tuple(officers), tuple(problems)


def _twice(path: Path, number: int, officer: Officer, first: int) -> Problem:
    return problem(
        path,
        "duplicate_officer",
        number,
        None,
        "each officer once for each model",
        f"{officer.officer_id} ({officer.model}), which row {first} has",
        "Keep one of the rows; the first was read.",
    )


def _of_no_agency(path: Path, number: int, column: str, agency: str, ledger: "Ledger") -> list[Problem]:
    """A problem where the record has no agency of a name or id; reported once for each name."""
    from ledger287.law.agreements.held import index

    found = index(ledger)
    if agency in found.agencies or plain(agency) in found.names:
        return []
    near = [found.agencies[each] for each in found.nearest(agency)]
    offers = "; ".join(f"{each.name}, {each.state} ({each.id})" for each in near)
    return [
        problem(
            path,
            "unknown_agency",
            number,
            column,
            "an agency of the record, by any spelling that ICE printed or by its id",
            repr(agency),
            f"The closest: {offers}. Its officers were read all the same.",
        )
    ]


# -- columns -------------------------------------------------------------------------------------------------


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = declared.rules()["roster.yml"]
    return found


def _columns(path: Path, frame: pl.DataFrame, drop: set[str]) -> tuple[dict[str, str], list[Problem]]:
    """Field -> column; personal columns are refused, unknown ones are problems."""
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    if not any(_field(column) for column in frame.columns):  # perhaps a row of a person: nothing of it is shown
        raise Refused(
            f"{path}: expected a line of headings, found none of a roster's ({len(frame.columns)} columns, not shown). "
            f"Expected the headings: {', '.join(_table()['columns'])}."
        )
    for place, column in enumerate(frame.columns):
        if declared.bare(column) in drop:
            continue
        field = _field(column)
        look = _personal(column, frame[column], known=field is not None)
        if look:
            raise QueryError(
                "personal_column",
                f"{path}: column {column_letters(place)} {column!r} looks like {look}; a roster needs officers by "
                "number only. Take it out, or leave it unread with: ",
                QueryField("drop", repr(column)),
            )
        if field is None and not any(map(_text, frame[column])):
            continue
        if field is None:
            problems.append(
                problem(
                    path,
                    "unknown_column",
                    None,
                    column_letters(place),
                    f"one of {', '.join(_table()['columns'])}",
                    column,
                    "Rename it, or name it among the columns to drop.",
                )
            )
        elif field in fields:
            says = f"{path}: columns {fields[field]!r} and {column!r} both mean {field}; drop one with "
            raise QueryError("column_twice", says, QueryField("drop"), ".")
        else:
            fields[field] = column
    missing = [field for field, rule in _table()["columns"].items() if rule["needed"] and field not in fields]
    if missing:
        raise Refused(
            f"{path}: no column for {', '.join(missing)}; found: {', '.join(map(repr, frame.columns)) or 'none'}. "
            f"Expected the headings: {', '.join(_table()['columns'])}."
        )
    return fields, problems


def _field(column: str) -> str | None:
    bare = declared.bare(column).replace("_", " ")
    for field, rule in _table()["columns"].items():
        if bare in (field.replace("_", " "), *rule["words"]):
            return str(field)
    return None


def _personal(column: str, values: pl.Series, *, known: bool) -> str | None:
    """What personal thing a column seems to hold, by its heading or by its values."""
    personal = _table()["personal"]
    words = re.findall(r"[a-z]+", declared.bare(column).replace("_", " "))
    if not known and any(word in personal["words"] for word in words):
        return "data on a person"
    shown = {_text(value) for value in values.drop_nulls()}
    if _field(column) in ("agency", "model"):
        return None
    for what, pattern in personal["looks"].items():
        if any(re.fullmatch(pattern, text) for text in shown):
            return str(what)
    return None


# -- rows ----------------------------------------------------------------------------------------------------


Cells = dict[str, tuple[Any, str]]
"""Field -> what its cell holds, and the letters of its column."""


def _officer(
    path: Path, number: int, row: dict[str, Any], fields: dict[str, str], columns: list[str]
) -> tuple[Officer | None, list[Problem]]:
    """One row as an officer; None, with what was not understood, where anything was not."""
    cells = {field: (row[column], column_letters(columns.index(column))) for field, column in fields.items()}
    words, problems = _words(path, number, cells)
    if problems:
        return None, problems
    days, problems = _days(path, number, cells)
    return (None if problems else Officer(**words, **days)), problems


def _words(path: Path, number: int, cells: Cells) -> tuple[dict[str, Any], list[Problem]]:
    """The officer's number, the agency and the model."""
    found = {field: _text(cells[field][0]) for field in ("officer_id", "agency", "model")}
    problems = [
        problem(
            path,
            "missing_value",
            number,
            cells[field][1],
            f"a value for {field}",
            "a blank",
            "Fill it in; the row was not read.",
        )
        for field, text in found.items()
        if not text
    ]
    models = {declared.bare(word): code.code for code in declared.models() for word in (code.code, code.name)}
    printed = found["model"]
    found["model"] = models.get(declared.bare(printed), "")
    if printed and not found["model"]:
        remedy = "Correct it; the row was not read."
        problems.append(
            problem(path, "unknown_model", number, cells["model"][1], "JEM, WSO or TFM", repr(printed), remedy)
        )
    return found, problems


def _days(path: Path, number: int, cells: Cells) -> tuple[dict[str, Any], list[Problem]]:
    """The days of the row, and what may be a day or yes."""
    found: dict[str, Any] = {}
    problems = []
    for field in (*DAYS, *DAY_OR_YES):
        if field not in cells:
            continue
        value, letters = cells[field]
        try:
            found[field] = _day(value, yes=field in DAY_OR_YES)
        except ValueError:
            expected = "a day such as 2025-08-14" + (", yes or no" if field in DAY_OR_YES else "")
            remedy = "Correct it; the officer was left out, since the day may matter."
            problems.append(problem(path, "unreadable_day", number, letters, expected, repr(value), remedy))
    for before, after in _table()["orders"]:
        one, two = found.get(before), found.get(after)
        if isinstance(one, date) and isinstance(two, date) and two < one:
            expected = f"{field_words(after)} not before {field_words(before)}"
            shown = f"{field_words(after)} {two.isoformat()}, {field_words(before)} {one.isoformat()}"
            remedy = "Correct the day that is wrong; the officer was left out, since the day may matter."
            problems.append(problem(path, "days_out_of_order", number, cells[after][1], expected, shown, remedy))
    return found, problems


def _day(value: Any, *, yes: bool) -> date | bool | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) and yes:
        return value
    text = _text(value)
    if yes and text.casefold() in YES:
        return True
    if yes and text.casefold() in NO:
        return False
    if not text:
        return None
    return datetime.fromisoformat(text).date() if "T" in text or " " in text else date.fromisoformat(text)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
