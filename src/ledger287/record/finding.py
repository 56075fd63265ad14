"""One agency with its history, one list's rows, one value's cells: the closer looks at a record."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

import polars as pl
from rapidfuzz import process
from rapidfuzz.fuzz import token_sort_ratio

from ledger287.foundation.problems import Refused
from ledger287.foundation.spans import end_of_day
from ledger287.record.answers import (
    AgencyAnswer,
    AgreementAnswer,
    CellAnswer,
    Name,
    PendingAnswer,
    SourceAnswer,
)
from ledger287.record.names import plain, words_that_tell

if TYPE_CHECKING:
    from ledger287.record.ledger import Ledger

FIELDS = ("state", "agency", "type", "county", "model", "signed", "moa", "addendum")


def find_agency(ledger: "Ledger", query: str, state: str | None) -> str:
    """The id of the one agency meant. Raises Refused: none (with the closest names), or several."""
    agencies = ledger.table("agencies")
    if query in agencies["agency_id"]:
        return query
    names = (
        ledger.table("names")
        .join(agencies.select("agency_id", "state"), on="agency_id")
        .select("agency_id", "state", "name_printed", own=pl.col("correction").is_null())
        .unique(maintain_order=True)
    )
    if state:
        names = names.filter(pl.col("state") == state)
    rows = list(names.select("agency_id", "state", "name_printed").iter_rows())
    own = list(names.filter("own").select("agency_id", "state", "name_printed").iter_rows())
    wanted = plain(query)
    found: dict[str, str] = {}
    for named in (own, rows):
        found = found or {agency_id: where for agency_id, where, name in named if plain(name) == wanted}
    found = found or {
        agency_id: where
        for agency_id, where, name in rows
        if words_that_tell(where, name) == words_that_tell(where, query)
    }
    if len(found) == 1:
        return next(iter(found))
    if found:
        where = ", ".join(sorted(found.values()))
        raise Refused(
            f"{len(found)} agencies are named {query!r}, in {where}. Say which with --state, "
            f"or by id: {', '.join(sorted(found))}."
        )
    near = process.extract(query, [name for *_, name in rows], limit=40, processor=plain, scorer=token_sort_ratio)
    if not near:
        raise Refused(f"no agency {query!r}" + (f" in {state}." if state else "."))
    closest = {rows[place][0]: f"{' '.join(name.split())}, {rows[place][1]}" for name, _, place in reversed(near)}
    offers = "\n  ".join(f"{label}  ({agency_id})" for agency_id, label in list(reversed(closest.items()))[:5])
    raise Refused(f"no agency {query!r}" + (f" in {state}" if state else "") + f". The closest names:\n  {offers}")


def agency_answer(ledger: "Ledger", agency_id: str, known_on: date | None) -> AgencyAnswer:
    """All that the lists published by the end of ``known_on`` (or all of them) say of an agency."""
    days = _days(ledger, known_on)
    agency = ledger.table("agencies").row(by_predicate=pl.col("agency_id") == agency_id, named=True)
    printed = _printed(ledger, agency_id, days)
    if printed.is_empty():
        raise Refused(f"{agency['name']} ({agency_id}) was on no list published by {known_on}.")
    newest = printed.sort("list", "print")

    def last(column: str) -> str | None:
        told = newest[column].drop_nulls()
        return None if told.is_empty() else str(told[-1])

    return AgencyAnswer(
        agency_id,
        " ".join((last("agency_printed") or "").split()),
        agency["state"],
        last("type"),
        last("county"),
        _names(printed, days),
        tuple(_agreements(ledger, agency_id, days, known_on)),
        tuple(_pendings(ledger, agency_id, days, known_on)),
        tuple(_changes(ledger, agency_id, known_on)),
    )


def _printed(ledger: "Ledger", agency_id: str, days: dict[int, date]) -> pl.DataFrame:
    """Every row of the accepted lists of these days that prints the agency."""
    prints = ledger.table("prints").filter(pl.col("agency_id") == agency_id)
    accepted = ledger._lists.filter(pl.col("accepted"), pl.col("list").is_in(list(days)))["list"].to_list()
    return (
        ledger.stored.scan("rows")
        .filter(pl.col("print").is_in(prints["print"].to_list()), pl.col("list").is_in(accepted))
        .collect()
        .join(prints, on="print")
    )


def _names(printed: pl.DataFrame, days: dict[int, date]) -> tuple[Name, ...]:
    spellings = (
        printed.group_by("state_printed", "agency_printed")
        .agg(first=pl.col("list").min(), last=pl.col("list").max(), rows=pl.len())
        .sort("first", "state_printed", "agency_printed")
    )
    return tuple(
        Name(name, state, days[first], days[last], rows) for state, name, first, last, rows in spellings.iter_rows()
    )


def _days(ledger: "Ledger", known_on: date | None) -> dict[int, date]:
    """Number of each list known by then -> its Eastern day."""
    lists = ledger._lists.filter(pl.col("day").is_not_null())
    if known_on:
        lists = lists.filter(pl.col("published_at") <= end_of_day(known_on))
    return dict(lists.select("list", "day").iter_rows())


def _agreements(
    ledger: "Ledger", agency_id: str, days: dict[int, date], known_on: date | None
) -> Iterable[AgreementAnswer]:
    lists = [row["list"] for row in ledger._accepted["participating"][1] if row["list"] in days]
    place = {number: index for index, number in enumerate(lists)}
    runs = ledger.statements.filter(pl.col("agency_id") == agency_id, pl.col("first_list").is_in(list(place))).sort(
        "agreement_id", "first_list"
    )
    replaced = _replaced(ledger, agency_id, known_on)
    replaces = {new: old for old, new in replaced.items()}
    for agreement_id, group in groupby(runs.iter_rows(named=True), key=lambda row: row["agreement_id"]):
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
        )


def _standing(ledger: "Ledger", agency_id: str, known_on: date | None) -> pl.DataFrame:
    """An agency's changes that stood at the end of a day, in the order in which they became known."""
    found = ledger.table("changes").filter(pl.col("agency_id") == agency_id)
    if known_on is None:
        return found.filter(pl.col("withdrawn_at").is_null()).sort("known_from", maintain_order=True)
    bound = end_of_day(known_on)
    stood = pl.col("withdrawn_at").is_null() | (pl.col("withdrawn_at") > bound)
    return found.filter(pl.col("known_from") <= bound, stood).sort("known_from", maintain_order=True)


def _replaced(ledger: "Ledger", agency_id: str, known_on: date | None) -> dict[str, str]:
    """Agreement -> the one that stands in its place, as the changes known by then tell it."""
    found: dict[str, str] = {}
    for change in _standing(ledger, agency_id, known_on).iter_rows(named=True):
        if change["kind"] in ("renewed", "switched"):
            found[change["other_id"]] = change["agreement_id"]
        elif change["kind"] == "relisted":
            found.pop(change["agreement_id"], None)
    return found


def _pendings(
    ledger: "Ledger", agency_id: str, days: dict[int, date], known_on: date | None
) -> Iterable[PendingAnswer]:
    bound = end_of_day(known_on) if known_on else None
    dropped = _standing(ledger, agency_id, known_on).filter(pl.col("kind") == "pending_dropped")
    gone = dict(dropped.select("model", "first_list").iter_rows())
    for row in ledger.table("pending").filter(pl.col("agency_id") == agency_id).sort("first_list", "model").to_dicts():
        if row["first_list"] not in days:
            continue
        told = row["outcome_known_from"] is not None and (bound is None or row["outcome_known_from"] <= bound)
        left = gone.get(row["model"], 0) > row["first_list"]
        last = row["last_list"] if row["last_list"] in days else _last_pending(ledger, agency_id, row["model"], days)
        yield PendingAnswer(
            row["model"],
            days[row["first_list"]],
            days[last],
            row["outcome"] if told else "dropped" if left else "pending",
            row["agreement_id"] if told else None,
            row["days_to_signing"] if told else None,
        )


def _last_pending(ledger: "Ledger", agency_id: str, model: str, days: dict[int, date]) -> int:
    """The last accepted pending list of these days that has the agency under the model."""
    pending = [row["list"] for row in ledger._accepted["pending"][1] if row["list"] in days]
    printed = _printed(ledger, agency_id, days).filter(pl.col("model") == model, pl.col("list").is_in(pending))
    return int(printed["list"].max())  # type: ignore[arg-type]


def _changes(ledger: "Ledger", agency_id: str, known_on: date | None) -> Iterable[dict[str, Any]]:
    found = ledger.changes(date.min, date.max, known_on=known_on)
    return found.filter(pl.col("agency_id") == agency_id).to_dicts()


def list_rows(ledger: "Ledger", file: str) -> pl.DataFrame:
    """The rows of one list as printed. Raises Refused with the closest file names."""
    lists = ledger._lists
    found = lists.filter(
        (pl.col("file") == file)
        | (pl.col("file") == f"{file}.xlsx")
        | (pl.col("sha256").str.starts_with(file.lower()) if len(file) >= 8 else pl.lit(False))
    )
    if found.is_empty():
        near = process.extract(file, lists["file"].to_list(), limit=3)
        raise Refused(f"no list {file!r}. The closest names: {', '.join(name for name, *_ in near)}.")
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


def source_answers(ledger: "Ledger", agreement_id: str, field: str | None) -> tuple[SourceAnswer, ...]:
    """Each value of each field of an agreement, in the order of printing, with its first and last cell."""
    if field is not None and field not in FIELDS:
        raise Refused(f"no field {field!r}. Expected one of: {', '.join(FIELDS)}.")
    runs = ledger.table("history").filter(pl.col("agreement_id") == agreement_id).sort("first_list", "print")
    if runs.is_empty():
        ids = ledger.table("agreements")["agreement_id"].to_list()
        near = process.extract(agreement_id, ids, limit=3)
        raise Refused(f"no agreement {agreement_id!r}. The closest ids: {', '.join(name for name, *_ in near)}.")
    prints = {
        row["print"]: row
        for row in ledger.table("prints").filter(pl.col("print").is_in(runs["print"].to_list())).iter_rows(named=True)
    }
    cells = _Cells(ledger, runs)
    readings = {
        (row["print"], row["field"]): row
        for row in ledger.table("readings").filter(pl.col("print").is_in(list(prints))).iter_rows(named=True)
    }
    answers = []
    for name in [field] if field else FIELDS:
        for spell in _spells(runs.to_dicts(), prints, name, cells):
            first, last = spell[0], spell[-1]
            row = prints[first["print"]]
            value = row["agency_printed"] if name == "agency" else row[name]
            reading = readings.get((first["print"], name)) or {}
            printed = row[f"{name}_printed"]
            if name in ("moa", "addendum"):
                printed = cells.with_stamp(row[f"{name}_link"] or printed, first["first_list"])
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
    """Neighbouring runs that print the same text in one field; runs whose list has no such column left out."""

    def text(run: dict[str, Any]) -> tuple[Any, ...]:
        row = prints[run["print"]]
        return (row[f"{name}_printed"], row.get(f"{name}_link"))

    shown = [run for run in runs if cells.has(run["first_list"], name) and any(text(run))]
    for _, group in groupby(shown, key=text):
        yield list(group)


class _Cells:
    """Finds the cell in which a list prints a row's field."""

    def __init__(self, ledger: "Ledger", runs: pl.DataFrame) -> None:
        wanted = pl.concat([runs["first_list"], runs["last_list"]]).unique().to_list()
        numbers = runs["print"].unique().to_list()
        self.lists = {
            row["list"]: row for row in ledger._lists.filter(pl.col("list").is_in(wanted)).iter_rows(named=True)
        }
        self.columns = {
            number: dict(pair.split("=", 1) for pair in row["columns"].split()) for number, row in self.lists.items()
        }
        found = (
            ledger.stored.scan("rows")
            .filter(pl.col("list").is_in(wanted), pl.col("print").is_in(numbers))
            .collect()
            .sort("list", "row", descending=True)
        )
        self.rows = {(entry, number): row for entry, row, number in found.iter_rows()}

    def has(self, number: int, name: str) -> bool:
        """Whether a list has a column for the field."""
        return name in self.columns[number]

    def cell(self, number: int, print_number: int, name: str) -> CellAnswer:
        """The cell; of several rows printed alike, the first."""
        row = self.lists[number]
        return CellAnswer(
            row["file"],
            row["sha256"],
            row["day"],
            row["sheet"],
            self.rows[number, print_number],
            self.columns[number][name],
        )

    def with_stamp(self, text: str | None, number: int) -> str | None:
        """An address with the time stamp of the list's capture put back."""
        captured = self.lists[number]["captured_at"]
        return text.replace("{capture}", captured.strftime("%Y%m%d%H%M%S")) if text and captured else text
