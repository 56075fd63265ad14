"""A fold -> the tables of the record, each sorted so that equal folds give equal bytes."""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from ledger287.core.problem import Problem
from ledger287.ledger.fold.folding import Fold
from ledger287.ledger.store.tables import BY_NAME

Tables = dict[str, pl.DataFrame]


def _frame(name: str, rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    """A table of these rows; made column by column, which takes polars half the time."""
    schema = BY_NAME[name].schema
    columns = zip(schema.items(), zip(*rows, strict=True), strict=False)
    return pl.DataFrame([pl.Series(column, cells, dtype=kind) for (column, kind), cells in columns], schema=schema)


def tabulate(fold: Fold, problems: Iterable[Problem]) -> Tables:
    """Every table of the record."""
    rows = rows_of(fold)
    tables = {
        "lists": lists_of(fold),
        "prints": prints_of(fold),
        "rows": rows,
        "history": history_of(fold),
        "changes": changes_of(fold),
        "readings": readings_of(fold),
        "problems": problems_of(problems),
    }
    return derived(fold, tables, seen_of(fold, rows))


def derived(fold: Fold, tables: Tables, seen: pl.DataFrame) -> Tables:
    """The tables with those that are made of all that a fold knows; ``seen`` says where each print was seen."""
    printed = tables["prints"].join(seen, on="print").filter(pl.col("agency_id").is_not_null())
    by_signing = fold.agreements.state.by_signing
    datings = _frame("datings", ((found, *signing) for signing, found in by_signing.items()))
    made = {
        **tables,
        "agencies": _agencies(fold, printed),
        "names": _names(tables["readings"], printed),
        "agreements": _agreements(fold),
        "datings": datings.sort("agency_id", "model", "signed"),
        "pending": _pending(fold),
        "history": tables["history"].sort("agreement_id", "first_list", "print"),
        "changes": _sorted_changes(fold, tables["changes"]),
        "readings": tables["readings"].sort("print", "field", "by"),
        "problems": tables["problems"].sort(pl.all()),
    }
    return {name: made[name] for name in BY_NAME}


def seen_of(fold: Fold, rows: pl.DataFrame) -> pl.DataFrame:
    """Each print of the accepted lists: the first and the last that has it, and how many rows print it."""
    return (
        rows.join(fold_accepted(fold), on="list")
        .group_by("print")
        .agg(first_list=pl.col("list").min(), last_list=pl.col("list").max(), rows=pl.len().cast(pl.Int32))
        .sort("print")
    )


def history_of(fold: Fold) -> pl.DataFrame:
    """The runs of equal printing that the fold ended."""
    runs = fold.agreements.runs
    return _frame("history", ((r.agreement_id, r.print, r.times, r.first_list, r.last_list) for r in runs))


def readings_of(fold: Fold) -> pl.DataFrame:
    """The values that were read other than printed, of the prints that the fold read first."""
    return _frame(
        "readings",
        (
            (number, a.field, a.printed, a.value, a.by, a.reason, a.source)
            for number, statement in fold.statements.items()
            for a in statement.applied
            if number >= fold.first
        ),
    )


def problems_of(problems: Iterable[Problem]) -> pl.DataFrame:
    """Problems as rows."""
    return _frame(
        "problems",
        ((p.kind, p.file, p.sheet, p.row, p.column, p.expected, p.found, p.remedy, p.sha256) for p in problems),
    )


def fold_accepted(fold: Fold) -> pl.DataFrame:
    """The numbers of the accepted lists."""
    return pl.DataFrame(
        {"list": [entry.number for entry in fold.lists if entry.verdict.accepted]}, schema={"list": pl.Int32}
    )


def lists_of(fold: Fold) -> pl.DataFrame:
    """The lists that the fold took."""
    return _frame(
        "lists",
        (
            (
                entry.number,
                entry.printed.file,
                entry.printed.sha256,
                entry.printed.bytes,
                entry.printed.kind,
                entry.publication.at,
                entry.publication.basis,
                entry.printed.captured_at,
                entry.printed.saved_at,
                entry.verdict.accepted,
                entry.verdict.rule,
                entry.verdict.reason,
                entry.printed.sheet,
                entry.printed.heading_row,
                " ".join(f"{field}={column}" for field, column in entry.printed.columns.items()),
                len(entry.printed.rows),
                entry.printed.blank_rows,
                entry.agreements,
            )
            for entry in fold.lists
        ),
    )


def rows_of(fold: Fold) -> pl.DataFrame:
    """The rows of the lists that the fold took."""
    lists: list[int] = []
    rows: list[int] = []
    prints: list[int] = []
    for entry in fold.lists:
        lists += [entry.number] * len(entry.print_numbers)
        rows += entry.printed.rows
        prints += entry.print_numbers
    return pl.DataFrame({"list": lists, "row": rows, "print": prints}, schema=BY_NAME["rows"].schema)


def prints_of(fold: Fold) -> pl.DataFrame:
    """The prints that the fold numbered, with what each means."""
    return _frame(
        "prints", ((number, *row, *meaning(fold, number)) for number, row in enumerate(fold.prints, fold.first))
    )


def meaning(fold: Fold, number: int) -> tuple[Any, ...]:
    """What a print was read as, in the columns of the table of prints."""
    statement, meant = fold.statements.get(number), fold.meant.get(number)
    if statement is None:
        return (None,) * 9
    return (
        meant.agency_id if meant else None,
        statement.state,
        statement.type,
        statement.county,
        statement.model,
        statement.signed,
        statement.moa,
        statement.moa_awaited,
        statement.addendum,
    )


def _agencies(fold: Fold, printed: pl.DataFrame) -> pl.DataFrame:
    states = {entry.agency_id: entry.state for entry in fold.identity.entries.values()}
    ordered = printed.sort("last_list", "first_list", "print")
    return (
        ordered.group_by("agency_id", maintain_order=True)
        .agg(
            name=pl.col("agency_printed").last().str.replace_all(r"\s+", " ").str.strip_chars(),
            type=pl.col("type").drop_nulls().last(),
            county=pl.col("county").drop_nulls().last(),
            first_list=pl.col("first_list").min(),
            last_list=pl.col("last_list").max(),
        )
        .with_columns(state=pl.col("agency_id").replace_strict(states, return_dtype=pl.String))
        .select(*BY_NAME["agencies"].schema)
        .sort("agency_id")
    )


def _names(readings: pl.DataFrame, printed: pl.DataFrame) -> pl.DataFrame:
    corrected = readings.filter(pl.col("field") == "agency").select("print", correction="by")
    return (
        printed.join(corrected, on="print", how="left")
        .group_by("agency_id", "state_printed", pl.col("agency_printed").alias("name_printed"), "correction")
        .agg(pl.col("first_list").min(), pl.col("last_list").max(), pl.col("rows").sum().cast(pl.Int32))
        .select(*BY_NAME["names"].schema)
        .sort("agency_id", "first_list", "state_printed", "name_printed", "correction")
    )


def _agreements(fold: Fold) -> pl.DataFrame:
    return _frame(
        "agreements",
        (
            (
                a.id,
                a.agency_id,
                a.model,
                a.signed,
                "listed" if a.listed else "delisted",
                a.first_list,
                a.last_list,
                a.document,
                a.addendum,
                a.replaces,
                a.replaced_by,
            )
            for a in fold.agreements.agreements.values()
        ),
    ).sort("agreement_id")


def _pending(fold: Fold) -> pl.DataFrame:
    return _frame(
        "pending",
        (
            (
                r.id,
                r.agency_id,
                r.model,
                r.first_list,
                r.last_list,
                r.outcome,
                r.agreement_id,
                r.signed,
                r.days_to_signing,
                r.outcome_known_from,
            )
            for r in fold.pendings.runs
        ),
    ).sort("pending_id", "first_list")


def changes_of(fold: Fold) -> pl.DataFrame:
    """The changes that the fold noted."""
    return _frame(
        "changes",
        (
            (
                c.day,
                c.kind,
                c.agency_id,
                c.model,
                c.agreement_id,
                c.other_id,
                c.field,
                c.before,
                c.after,
                c.last_list,
                c.first_list,
                c.known_from,
                c.withdrawn_at,
            )
            for c in fold.log.changes
        ),
    )


def _sorted_changes(fold: Fold, changes: pl.DataFrame) -> pl.DataFrame:
    """The changes in order; a signing has the day that ICE printed last for it, as ``ListLedger.signing_days`` does."""
    every = fold.agreements.agreements.values()
    signed = pl.DataFrame(
        {"agreement_id": [one.id for one in every], "signed": [one.signed for one in every]},
        schema={"agreement_id": pl.String, "signed": pl.Date},
    )
    day = pl.when(pl.col("kind") == "signed").then(pl.coalesce("signed", "day")).otherwise("day")
    dated = changes.join(signed, on="agreement_id", how="left").with_columns(day=day).drop("signed")
    first = ("day", "known_from", "kind", "agency_id", "model", "agreement_id", "field", "first_list")
    return dated.sort(*first, *(name for name in dated.columns if name not in first))
