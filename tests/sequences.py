"""Records of synthetic sequences of lists: rows -> workbooks -> ``build`` -> a ledger, and its history to compare.

Every agency, day and URL here is synthetic. ``Row`` is one printed row; ``participating`` and ``pending``
make a workbook of some; ``ledger_of`` builds the record of some workbooks by file name and opens it.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

import ledger287
from ledger287.api import Ledger
from ledger287.ledger.build.building import build
from making import PARTICIPATING, PENDING, made_up_agency, workbook_bytes

WSO, JEM, TFM = "Warrant Service Officer", "Jail Enforcement Model", "Task Force Model"
TODAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Row:
    """One row of a synthetic list. Without a ``document`` its MOA cell says that the link is pending."""

    agency: str = "Synthetic Brak Adda County Sheriff's Office"
    state: str | None = "TEXAS"
    model: str | None = WSO
    signed: date | str | None = date(2025, 3, 3)
    type: str | None = "County"
    county: str | None = "Made-up"
    document: str | None = None
    addendum: str | None = None
    moa: str | None = None

    def but(self, **cells: Any) -> "Row":
        """The same row with other cells."""
        return replace(self, **cells)


def rows(count: int, *, start: int = 0, signed: date = date(2025, 3, 3)) -> list[Row]:
    """Rows of a number of synthetic agencies, each with one agreement and its document."""
    found = []
    for number in range(start, start + count):
        state, agency = made_up_agency(number)
        found.append(Row(agency, state, (WSO, JEM, TFM)[number % 3], signed, document=f"made-up-{number}.pdf"))
    return found


def participating(printed: Sequence[Row], *, saved_at: datetime | None = None) -> bytes:
    """A workbook of participating rows."""
    cells = [
        [r.state, r.agency, r.type, r.county, r.model, r.signed, _moa(r), "link" if r.addendum else None]
        for r in printed
    ]
    links = {f"G{n}": _address(r.document) for n, r in enumerate(printed, 2) if r.document}
    links |= {f"H{n}": _address(r.addendum) for n, r in enumerate(printed, 2) if r.addendum}
    return workbook_bytes(cells, PARTICIPATING, links=links, saved_at=saved_at)


def pending(printed: Sequence[Row], *, saved_at: datetime | None = None) -> bytes:
    """A workbook of pending rows."""
    cells = [[r.state, r.agency, r.type, r.county, r.model, _moa(r)] for r in printed]
    return workbook_bytes(cells, PENDING, links={}, saved_at=saved_at)


def _moa(row: Row) -> str:
    return row.moa or ("link" if row.document else "link pending")


def _address(name: str) -> str:
    return f"https://example.org/{name}"


def without_stamp(data: bytes) -> bytes:
    """A workbook that does not say when it was saved."""
    return _rewritten(data, lambda core: re.sub(r"<dcterms:(created|modified).*?</dcterms:\1>", "", core))


def saved(data: bytes, at: datetime) -> bytes:
    """A workbook that says it was last saved at another time."""
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    return _rewritten(data, lambda core: re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", core))


def _rewritten(data: bytes, change: Any) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part.decode()) if name == "docProps/core.xml" else part)
    return buffer.getvalue()


def ledger_of(folder: Path, lists: Mapping[str, bytes | Path]) -> Ledger:
    """The record of some workbooks by file name, built in a folder and opened.

    It does not warn of days past its newest list: a test that reads every change means all of them.
    """
    place = folder / "lists"
    place.mkdir(parents=True)
    for name, content in lists.items():
        (place / name).write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    build([place], folder / "record")
    ledger = ledger287.open(folder / "record", today=lambda: TODAY)
    ledger.warns_past_newest_list = False
    return ledger


def verdicts(ledger: Ledger) -> dict[str, str]:
    """File -> ``accepted``, or the rule that set it aside."""
    return {row["file"]: row["rule"] or row["verdict"] for row in ledger.lists().iter_rows(named=True)}


def told(ledger: Ledger, known_on: date | None = None) -> list[tuple[Any, ...]]:
    """Every change as (day, kind, model, field, before, after), in the order of days."""
    found = ledger.changes(date.min, date.max, known_on=known_on)
    return list(found.select("day", "kind", "model", "field", "before", "after").iter_rows())


def kinds(ledger: Ledger, known_on: date | None = None) -> list[str]:
    """The kinds of every change, in the order of days."""
    return [change[1] for change in told(ledger, known_on)]


PRINTED = (
    "state_printed", "agency_printed", "type_printed", "county_printed", "model_printed", "signed_printed",
    "moa_printed", "addendum_printed", "moa_link", "addendum_link",
)  # fmt: skip


def history(ledger: Ledger, *, lists_by: str = "file") -> dict[str, list[tuple[Any, ...]]]:
    """The tables that hold the history, with each list by its file (or sha256) and each print by what it prints.

    Numbers of lists and prints differ from build to build; with these names, two records with the same history are
    equal.
    """
    lists = dict(ledger.table("lists").select("list", lists_by).iter_rows())
    prints = ledger.table("prints")
    print_names = dict(zip(prints["print"], prints.select(PRINTED).rows(), strict=True))
    meanings = prints.select(pl.exclude("print")).rows()
    in_history = set(ledger.table("history")["print"])
    found: dict[str, list[tuple[Any, ...]]] = {
        "prints": [row for number, row in zip(prints["print"], meanings, strict=True) if number in in_history],
        "readings": [
            (print_names[number], *row) for number, *row in ledger.table("readings").iter_rows() if number in in_history
        ],
    }
    for name in ("agencies", "names", "agreements", "datings", "history", "pending", "changes"):
        table = ledger.table(name)
        if name == "names" and lists_by != "file":
            table = table.drop("rows")
        places = {"first_list": lists, "last_list": lists, "print": print_names}
        columns = [
            [places[column].get(cell) for cell in table[column]] if column in places else table[column].to_list()
            for column in table.columns
        ]
        found[name] = list(zip(*columns, strict=True))
    return {name: sorted(rows, key=repr) for name, rows in found.items()}
