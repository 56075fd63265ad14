"""One agency with its history, one list's rows, one value's cells: the closer looks at a record."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.core.searching.near import likely_names, offer
from ledger287.core.text import format_date
from ledger287.core.time import end_of_day
from ledger287.ledger.fold.changes import CHANGE_COLUMNS, KINDS
from ledger287.ledger.query.answers import AgencyAnswer, AgreementAnswer, CellAnswer, Name, PendingAnswer, SourceAnswer
from ledger287.ledger.query.indexes import LedgerIndexes, indexes_of
from ledger287.ledger.query.links import link_remarks
from ledger287.ledger.query.opened import OpenTables

FIELDS = ("state", "agency", "type", "county", "model", "signed", "moa", "addendum")


def agency_answer(ledger: OpenTables, agency_id: str, known_on: date | None) -> AgencyAnswer:
    """All that the lists published by the end of ``known_on`` (or all of them) say of an agency."""
    known = _Known(ledger, agency_id, known_on)
    agency = known.held.agencies.get(agency_id)
    if agency is None:
        raise Refused(f"{agency_id} was on no list.")
    if not known.printed:
        raise Refused(
            f"{agency['name']} ({agency_id}) was on no list published by "
            f"{format_date(known_on) if known_on else 'today'}."
        )

    def last(column: str) -> str | None:
        printed_values = (
            (lists[-1], row["print"], row[column]) for row, lists in known.printed if row[column] is not None
        )
        return next((str(value) for *_, value in sorted(printed_values, reverse=True)), None)

    return AgencyAnswer(
        agency_id,
        declared.display_names().get(agency_id) or " ".join((last("agency_printed") or "").split()),
        agency["state"],
        last("type"),
        last("county"),
        _names(known),
        tuple(_agreements(known)),
        tuple(_pendings(known)),
        tuple(_changes(known)),
    )


class _Known:
    """What the lists known by the end of a day say of an agency.

    ``days`` are those lists with their days; ``printed`` are the agency's prints, each with the accepted ones of
    these lists that have it, once for each row; ``standing`` are the changes not withdrawn by the end of the day, in
    the order in which they became known.
    """

    def __init__(self, ledger: OpenTables, agency_id: str, known_on: date | None) -> None:
        self.ledger, self.held = ledger, indexes_of(ledger)
        held = self.held
        self.agency_id, self.known_on = agency_id, known_on
        self.bound = end_of_day(known_on) if known_on else None
        self.days = held.days
        if self.bound:
            self.days = {n: day for n, day in held.days.items() if held.lists[n]["published_at"] <= self.bound}
        usable = held.accepted & self.days.keys() if self.bound else held.accepted
        found = ((row, [n for n in held.lists_with(row["print"]) if n in usable]) for row in held.prints_of(agency_id))
        self.printed = [(row, lists) for row, lists in found if lists]

    @cached_property
    def standing(self) -> list[dict[str, Any]]:
        """The agency's changes that were not withdrawn by the end of the day."""
        return sorted(filter(self._was_listed, self.held.changes_of(self.agency_id)), key=lambda row: row["known_from"])

    def _was_listed(self, change: dict[str, Any]) -> bool:
        gone = change["withdrawn_at"]
        if self.bound is None:
            return gone is None
        return bool(change["known_from"] <= self.bound and (gone is None or gone > self.bound))

    def lists(self, kind: str) -> list[int]:
        """The accepted lists of a kind, in their order."""
        return [number for number in self.held.of_kind[kind] if number in self.days]


def _names(known: _Known) -> tuple[Name, ...]:
    spellings: dict[tuple[str, str], list[int]] = {}
    for row, lists in known.printed:
        spellings.setdefault((row["state_printed"], row["agency_printed"]), []).extend(lists)
    ordered = sorted(spellings.items(), key=lambda item: (min(item[1]), [(part is not None, part) for part in item[0]]))
    return tuple(
        Name(name, state, known.days[min(lists)], known.days[max(lists)], len(lists))
        for (state, name), lists in ordered
    )


def _agreements(known: _Known) -> Iterable[AgreementAnswer]:
    days, lists = known.days, known.lists("participating")
    place = {number: index for index, number in enumerate(lists)}
    runs = [row for row in known.held.statements_of(known.agency_id) if row["first_list"] in place]
    replaced = _replaced(known)
    replaces = {new: old for old, new in replaced.items()}
    for agreement_id, group in groupby(runs, key=lambda row: row["agreement_id"]):
        rows = list(group)
        last = max(min(row["last_list"], lists[-1]) for row in rows)
        newest = max(rows, key=lambda row: row["first_list"])
        following = place[last] + 1
        gone = lists[following] if following < len(lists) else None
        yield AgreementAnswer(
            agreement_id,
            newest["model"],
            newest["signed"],
            "listed" if gone is None else "delisted",
            days[min(row["first_list"] for row in rows)],
            days[last],
            days[gone] if gone else None,
            newest["moa"],
            newest["addendum"],
            replaces.get(agreement_id),
            replaced.get(agreement_id),
            link_remarks(known.ledger, newest, last),
        )


def _replaced(known: _Known) -> dict[str, str]:
    """Agreement -> the one that replaced it, according to the changes known by then."""
    found: dict[str, str] = {}
    for change in known.standing:
        if change["kind"] in ("renewed", "switched"):
            found[change["other_id"]] = change["agreement_id"]
        elif change["kind"] == "relisted":
            found.pop(change["agreement_id"], None)
    return found


def _pendings(known: _Known) -> Iterable[PendingAnswer]:
    days, bound = known.days, known.bound
    gone = {row["model"]: row["first_list"] for row in known.standing if row["kind"] == "pending_dropped"}
    for row in known.held.pending_of(known.agency_id):
        if row["first_list"] not in days:
            continue
        outcome_known = row["outcome_known_from"] is not None and (bound is None or row["outcome_known_from"] <= bound)
        left = gone.get(row["model"], 0) > row["first_list"]
        last = row["last_list"] if row["last_list"] in days else _last_pending(known, row["model"])
        yield PendingAnswer(
            row["model"],
            days[row["first_list"]],
            days[last],
            row["outcome"] if outcome_known else "dropped" if left else "pending",
            row["agreement_id"] if outcome_known else None,
            row["days_to_signing"] if outcome_known else None,
        )


def _last_pending(known: _Known, model: str) -> int:
    """The last accepted pending list of these days that has the agency under the model."""
    pending = set(known.lists("pending"))
    return max(n for row, lists in known.printed if row["model"] == model for n in lists if n in pending)


def _changes(known: _Known) -> Iterable[dict[str, Any]]:
    """The agency's changes as ``Ledger.changes`` gives them."""
    agency, files = known.held.agencies[known.agency_id], known.held.lists
    name = agency["name"] if known.known_on is None else _last_name(known)

    def order(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["day"], row["known_from"], row["model"], KINDS.index(row["kind"]), row["field"] or "")

    signed = known.ledger.signing_days(known.known_on) if known.known_on else {}
    changes = [
        {**row, "day": signed.get(row["agreement_id"], row["day"])} if row["kind"] == "signed" else row
        for row in filter(known._was_listed, known.held.changes_of(known.agency_id))
    ]
    for row in sorted(changes, key=order):
        shown = {"agency": name, "state": agency["state"]}
        shown |= {key: files[row[key]]["file"] if row[key] else None for key in ("last_list", "first_list")}
        yield {column: shown[column] if column in shown else row[column] for column in CHANGE_COLUMNS}


def _last_name(known: _Known) -> str:
    """The agency's name as the lists known printed it last."""
    row, _ = max(known.printed, key=lambda each: (each[1][-1], each[1][0], each[0]["print"]))
    return " ".join(row["agency_printed"].split())


def list_rows(ledger: OpenTables, file: str) -> pl.DataFrame:
    """The rows of one list as printed. Raises Refused with the closest file names."""
    lists = ledger.dated_lists
    found = lists.filter(
        (pl.col("file") == file)
        | (pl.col("file") == f"{file}.xlsx")
        | (pl.col("sha256").str.starts_with(file.lower()) if len(file) >= 8 else pl.lit(False))
    )
    if found.is_empty():
        names = lists["file"].to_list()
        near = offer(" The closest names: {}.", likely_names(file, names, 3))
        raise Refused(f"no list {file!r}." + (near or f" Expected the name of a list, such as {names[-1]}."))
    entry = found.row(0, named=True)
    stamp = entry["captured_at"].strftime("%Y%m%d%H%M%S") if entry["captured_at"] else "{capture}"
    return (
        ledger.stored.scan("rows")
        .filter(pl.col("list") == entry["list"])
        .join(ledger.stored.scan("prints"), on="print", how="left", maintain_order="left")
        .select("row", *(f"{field}_printed" for field in FIELDS), "moa_link", "addendum_link")
        .with_columns(pl.col(pl.String).str.replace_all("{capture}", stamp, literal=True))
        .collect()
    )


def source_answers(ledger: OpenTables, agreement_id: str, field: str | None) -> tuple[SourceAnswer, ...]:
    """Each value of each field of an agreement, in the order of printing, with its first and last cell."""
    if field is not None and field not in FIELDS:
        raise Refused(f"no field {field!r}. Expected one of: {', '.join(FIELDS)}.")
    held = indexes_of(ledger)
    runs = held.history_of(agreement_id)
    if not runs:
        ids = ledger.table("agreements")["agreement_id"].to_list()
        near = offer(" The closest ids: {}.", likely_names(agreement_id, ids, 3, least=80))
        expected = f" Expected the id of an agreement, such as {ids[-1]}: agency, model, date signed."
        raise Refused(f"no agreement {agreement_id!r}." + (near or expected))
    prints = {number: held.print(number) for number in {run["print"] for run in runs}}
    readings = {(row["print"], row["field"]): row for number in prints for row in held.readings(number)}
    cells = _Cells(held)
    answers = []
    for name in [field] if field else FIELDS:
        for spell in _spells(runs, prints, name, cells):
            first, last = spell[0], spell[-1]
            row = prints[first["print"]]
            value = row["agency_printed"] if name == "agency" else row[name]
            reading = readings.get((first["print"], name)) or {}
            printed = row[f"{name}_printed"]
            if name in ("moa", "addendum"):
                printed = cells.held.with_stamp(row[f"{name}_link"] or printed, first["first_list"])
            answers.append(
                SourceAnswer(
                    agreement_id,
                    name,
                    None if value is None else " ".join(str(value).split()) if name == "agency" else str(value),
                    printed,
                    cells.cell(first["first_list"], first["print"], name),
                    cells.cell(last["last_list"], last["print"], name),
                    reading.get("by"),
                    reading.get("reason"),
                    reading.get("source"),
                )
            )
    return tuple(answers)


def _spells(
    runs: list[dict[str, Any]], prints: dict[int, dict[str, Any]], name: str, cells: "_Cells"
) -> Iterable[list[dict[str, Any]]]:
    """Adjacent runs that print the same text in one field, joined; runs whose list has no such column are left out."""

    def text(run: dict[str, Any]) -> tuple[Any, ...]:
        row = prints[run["print"]]
        return (row[f"{name}_printed"], row.get(f"{name}_link"))

    shown = [run for run in runs if cells.has(run["first_list"], name) and any(text(run))]
    for _, group in groupby(shown, key=text):
        yield list(group)


class _Cells:
    """Finds the cell in which a list prints a row's field."""

    def __init__(self, held: LedgerIndexes) -> None:
        self.held = held

    def has(self, number: int, name: str) -> bool:
        """Whether a list has a column for the field."""
        return name in self.held.lists[number]["columns"]

    def cell(self, number: int, print_number: int, name: str) -> CellAnswer:
        """The cell; of several rows printed alike, the first."""
        row = self.held.lists[number]
        return CellAnswer(
            row["file"],
            row["sha256"],
            row["day"],
            row["sheet"],
            self.held.row(number, print_number),
            row["columns"][name],
        )
