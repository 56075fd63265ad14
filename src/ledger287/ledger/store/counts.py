"""The tables of a record -> one small file from which its counts on a day can be read without any table.

What enters: the tables ``lists``, ``history``, ``prints``, ``agencies`` and ``rows``. What leaves: gzipped JSON, the
same bytes for the same tables. ``ledger.query.quick`` reads it, so that the commonest question needs neither polars
nor the tables. Promise: it holds nothing that the tables do not hold; a record without it gives the same answers.
"""

import gzip
import json
from typing import Any

import polars as pl

from ledger287 import __version__
from ledger287.core import declared
from ledger287.core.time import day_of

COUNTS = "counts.json.gz"


def counts_file(tables: dict[str, pl.DataFrame]) -> bytes:
    """The file of a record's tables."""
    content = {
        "software": __version__,
        "models": [code.code for code in declared.models()],
        "states": [code.code for code in declared.states()],
        "territories": [code.code for code in declared.territories()],
        "pending_days": declared.limits()["known_list_age"]["pending_days"],
        "participating": _lists(tables["lists"], "participating"),
        "pending": _lists(tables["lists"], "pending"),
        "runs": _runs(tables),
        "pending_counts": _pending(tables),
    }
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), 6, mtime=0)


def _lists(lists: pl.DataFrame, kind: str) -> list[list[Any]]:
    found = lists.filter(pl.col("accepted"), pl.col("kind") == kind)
    rows = found.select("list", "published_at", "file", "sha256", "rows").iter_rows()
    return [[number, at.isoformat(), day_of(at).isoformat(), *rest] for number, at, *rest in rows]


def _runs(tables: dict[str, pl.DataFrame]) -> list[list[Any]]:
    """Each run: state, model, number of the agreement and of the agency, first and last list, times."""
    agency_state = tables["agencies"].select("agency_id", "state")
    rows = (
        tables["history"]
        .join(tables["prints"].select("print", "agency_id", "model"), on="print", how="left", maintain_order="left")
        .join(agency_state, on="agency_id", how="left", maintain_order="left")
        .select(
            "state",
            pl.col("model").fill_null(""),
            pl.col("agreement_id").rank("dense").cast(pl.Int64),
            pl.col("agency_id").rank("dense").cast(pl.Int64),
            "first_list",
            "last_list",
            "times",
        )
    )
    return [list(row) for row in rows.iter_rows()]


def _pending(tables: dict[str, pl.DataFrame]) -> list[list[Any]]:
    """Agencies and models of each pending list by state and model, equal counts of lists in a row as one entry."""
    numbers = [row[0] for row in _lists(tables["lists"], "pending")]
    place = {number: at for at, number in enumerate(numbers)}
    slots = (
        tables["prints"]
        .join(tables["agencies"].select("agency_id", "state"), on="agency_id")
        .select(
            "print",
            "state",
            pl.col("model").fill_null(""),
            slot=pl.struct("agency_id", pl.col("model").fill_null("")).rank("dense"),
            group=pl.struct("state", pl.col("model").fill_null("")).rank("dense"),
        )
    )
    counts = (
        tables["rows"]
        .filter(pl.col("list").is_in(numbers))
        .join(slots.select("print", "slot", "group"), on="print")
        .unique(["list", "slot"])
        .group_by("group", "list")
        .len()
        .join(slots.select("group", "state", "model").unique(), on="group")
        .select("state", "model", "list", "len")
        .sort("state", "model", "list")
    )
    found: list[list[Any]] = []
    for state, model, number, count in counts.iter_rows():
        last = found[-1] if found else None
        if last and last[:2] == [state, model] and last[3] == place[number] - 1 and last[4] == count:
            last[3] += 1
        else:
            found.append([state, model, place[number], place[number], count])
    return found
