"""Detention workbooks as read -> the tables on detention that ship: people held, values, facilities.

``held`` has a row a workbook; ``values`` a row a number, but for the facility tables and the long lists of days
in custody, which repeat in every workbook; ``facility_averages`` a row a facility and workbook. Each has the cell.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from ledger287.core.locator import column_letters
from ledger287.sources.outcomes.facility_rows import facility_table
from ledger287.sources.outcomes.folder import ReadFile
from ledger287.sources.outcomes.held import AGENCIES, CRIMINALITY

LEFT_OUT = ("facilities", "facilities_raw", "in_custody_people", "in_custody_stay", "segregation_by_facility", "other")
"""Kinds whose numbers ship in no table: read them with ``outcomes read``. Facilities have a table of their own."""
ROWS, COLUMNS = ("total", *CRIMINALITY), ("total", *AGENCIES)


def held_table(files: Sequence[ReadFile]) -> pl.DataFrame:
    """One row a workbook that says who was held: its day, how that is known, the numbers and their cells."""
    rows: list[dict[str, Any]] = []
    for one in files:
        book, held = one.book, one.book.held
        if held is None:
            continue
        row: dict[str, Any] = {
            "as_of": book.as_of.day,
            "file": book.file,
            "sha256": book.sha256,
            "published": one.published,
            "fiscal_year": book.as_of.fiscal_year,
            "basis": book.as_of.basis,
            "why": book.as_of.why,
            "through": book.as_of.through,
            "sheet": next(iter(held.parts.values())).sheet,
            "problems": len(book.problems),
        }
        for name in ROWS:
            for agency in COLUMNS:
                part = held.parts.get((name, agency))
                row[f"{name}_{agency}"] = part.people if part else None
                row[f"{name}_{agency}_cell"] = part.cell if part else None
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def values_table(files: Sequence[ReadFile]) -> pl.DataFrame:
    """Every number of the shorter tables of each workbook, with its words, unit and cell."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("file", "kind", "title", "sheet", "row", "column", "unit", "value", "cell")
    }
    for one in files:
        for table in one.book.tables:
            if table.kind.id in LEFT_OUT:
                continue
            for value in table.values():
                columns["file"].append(one.book.file)
                columns["kind"].append(table.kind.id)
                columns["title"].append(" ".join(table.table.title.split()))
                columns["sheet"].append(table.table.sheet)
                columns["row"].append(" / ".join(value.labels))
                columns["column"].append(" / ".join(value.heading))
                columns["unit"].append(value.unit)
                columns["value"].append(value.number)
                columns["cell"].append(f"{column_letters(value.entry.column)}{value.entry.row}")
    words = ("file", "kind", "title", "sheet", "row", "column", "unit")
    return pl.DataFrame(columns).with_columns(pl.col(word).cast(pl.Categorical) for word in words)


def facility_averages_table(files: Sequence[ReadFile]) -> pl.DataFrame:
    """The average population of the year so far by facility and workbook, with the days it covers."""
    rows: list[dict[str, Any]] = []
    for one in files:
        table = facility_table(one.book)
        rows += [
            {
                "file": one.book.file,
                "through": table.through,
                "days": table.days,
                "name": row.name,
                "city": row.city,
                "state": row.state,
                "zip": row.zip.split(".")[0].zfill(5) if row.zip else "",
                "type": row.kind,
                "adp": round(row.adp, 6),
                "criminal": round(row.criminal, 6),
                "non_criminal": round(row.non_criminal, 6),
                "sheet": row.sheet,
                "cell": row.cell,
            }
            for row in table.rows
            if row.adp > 0
        ]
    if not rows:
        return pl.DataFrame()
    words = ("file", "name", "city", "state", "zip", "type", "sheet")
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col(word).cast(pl.Categorical) for word in words
    )
