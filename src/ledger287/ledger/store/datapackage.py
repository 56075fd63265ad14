"""The tables of an export and the files that hold them -> their description, a Frictionless Data Package.

Every column of every table is described from its declaration in ``tables``. A primary key is claimed only
where it holds in this very record: no part of it is empty, and no two rows share it. Nothing here tells the
time or the place of the export, so that equal records have equal descriptions.

Specification: https://specs.frictionlessdata.io/data-package/ (version 1).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ledger287.ledger.store.tables import RecordTable, TableColumn

NAME = "ledger287-record"
TITLE = "The 287(g) program as a record that can be checked"
ABOUT = (
    "Agreements by which US Immigration and Customs Enforcement (ICE) delegates functions of immigration "
    "officers to state and local law enforcement agencies under section 287(g) of the Immigration and "
    "Nationality Act, read by ledger287 from the lists that ICE published. Values in columns named 'printed' "
    "are as ICE printed them; the table readings says which others were read otherwise, and why. A list's "
    "silence about an agreement does not say that it ended. Dates with a time are in UTC; the day of a list is its "
    "day in "
    "US Eastern time."
)
LICENCE = {
    "name": "other-pd",
    "path": "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title17-section105",
    "title": "Public domain: facts stated in works of the US government (17 U.S.C. 105)",
}
SOURCES = (
    {
        "title": "US Immigration and Customs Enforcement: lists of participating and pending 287(g) agencies",
        "path": "https://www.ice.gov/identify-and-arrest/287g",
    },
    {
        "title": "Captures of that page and of its lists by the Internet Archive",
        "path": "https://web.archive.org/web/*/https://www.ice.gov/identify-and-arrest/287g",
    },
    {
        "title": "Census Bureau: county population totals, 2020 to 2023 (tables jurisdictions and counties)",
        "path": "https://www.census.gov/data/tables/time-series/demo/popest/2020s-counties-total.html",
    },
    {
        "title": "FBI: Law Enforcement Employees data (tables jurisdictions and counties)",
        "path": "https://cde.ucr.cjis.gov/",
    },
)

FACTS = ("format", "tables", "lists", "accepted", "newest_list", "rows")


@dataclass(frozen=True, slots=True)
class Format:
    """A format of export, and what a reader has to know of it beyond its name.

    ``tabular`` is whether the specification's tabular profile covers it, which is for CSV alone.
    ``missing`` are the strings that stand for a missing value.
    """

    name: str
    mediatype: str
    about: str
    encoding: str | None = None
    tabular: bool = False
    missing: tuple[str, ...] = ()
    dialect: dict[str, Any] = field(default_factory=dict)


FORMATS = {
    known.name: known
    for known in (
        Format("parquet", "application/vnd.apache.parquet", "The record's own Parquet files, byte for byte."),
        Format(
            "csv",
            "text/csv",
            "CSV by RFC 4180. An empty field is a missing value. Values are exact, none is altered or prefixed: "
            "a spreadsheet program may take one that begins with =, +, - or @ for a formula and run it. To look "
            "at the record in a spreadsheet, export it as xlsx, where such values are plain text.",
            encoding="utf-8",
            tabular=True,
            missing=("",),
            dialect={"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        ),
        Format(
            "json",
            "application/json",
            "An array of objects for each table, one object per row, one per line. A missing value is null; dates "
            "and times "
            "are strings in ISO 8601.",
            encoding="utf-8",
        ),
        Format(
            "sqlite",
            "application/vnd.sqlite3",
            "One SQLite database with every table, its keys and indexes. A missing value is NULL; dates and "
            "times are text in ISO 8601, booleans 0 and 1.",
        ),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "One workbook with a sheet for each table, and the sheet 'columns' that describes every column. An empty "
            "cell "
            "is a missing value. Text is plain text: no formulas, no links.",
            missing=("",),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table, or a part of a table too long for one sheet, and the file that holds it.

    ``key_fault`` says why the declared key is not claimed; ``dialect`` where in the file the part is.
    """

    name: str
    table: RecordTable
    path: str
    rows: int
    key_fault: str | None
    dialect: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a file in bytes and its SHA-256 in hexadecimal."""

    bytes: int
    sha256: str


def key_fault(table: RecordTable, frame: pl.DataFrame) -> str | None:
    """Why a table's declared key does not identify its rows, in words; None where it does."""
    keys = frame.select(table.key)
    if keys.n_unique() < frame.height:
        return f"No primary key is given: several rows share their {_and(table.key)}."
    empty = [name for name, count in keys.null_count().row(0, named=True).items() if count]
    return f"No primary key is given: {_and(empty)} may be empty." if empty else None


def describe(form: Format, parts: Sequence[TablePart], sizes: dict[str, Size], facts: dict[str, Any]) -> dict[str, Any]:
    """The descriptor of an export. ``facts`` are those of the record's ``record.json``."""
    once = {name for name, count in Counter(part.table.name for part in parts).items() if count == 1}
    return {
        "profile": "tabular-data-package" if form.tabular else "data-package",
        "name": NAME,
        "title": TITLE,
        "description": f"{ABOUT} {form.about}",
        "keywords": ["287(g)", "ICE", "immigration enforcement", "law enforcement agencies", "agreements"],
        "licenses": [LICENCE],
        "sources": list(SOURCES),
        "record": {name: facts.get(name) for name in FACTS},
        "resources": [_resource(form, part, sizes[part.path], once) for part in parts],
    }


def _resource(form: Format, part: TablePart, size: Size, once: set[str]) -> dict[str, Any]:
    described = {
        "profile": "tabular-data-resource" if form.tabular else "data-resource",
        "name": part.name,
        "path": part.path,
        "format": form.name,
        "mediatype": form.mediatype,
        "description": " ".join(filter(None, (part.table.about, part.key_fault))),
        "bytes": size.bytes,
        "hash": f"sha256:{size.sha256}",
        "schema": _schema(form, part, once),
    }
    if form.encoding:
        described["encoding"] = form.encoding
    if dialect := form.dialect | part.dialect:
        described["dialect"] = dialect
    return described


def _schema(form: Format, part: TablePart, once: set[str]) -> dict[str, Any]:
    """A table's schema. References to a table in several parts are left out, since each names one file."""
    keyed = part.key_fault is None
    schema: dict[str, Any] = {
        "fields": [_field(column, keyed and column.name in part.table.key) for column in part.table.columns],
        "missingValues": list(form.missing),
    }
    if keyed:
        schema["primaryKey"] = list(part.table.key)
    references = [
        {"fields": [column.name], "reference": {"resource": "" if to == part.name else to, "fields": [name]}}
        for column in part.table.columns
        if column.refers_to
        for to, name in [column.refers_to]
        if to in once
    ]
    if references:
        schema["foreignKeys"] = references
    return schema


def _field(column: TableColumn, required: bool) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.type in ("date", "datetime"):
        described["format"] = "default"
    described["description"] = column.about
    if required:
        described["constraints"] = {"required": True}
    return described


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
