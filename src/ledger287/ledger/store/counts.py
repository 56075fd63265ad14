"""The tables of a record -> one small file from which its counts on a day can be read without any table.

What enters: the tables ``lists``, ``history``, ``prints``, ``agencies`` and ``rows``. What leaves: lines of JSON,
gzipped in parts that follow each other: a head, then the accepted lists in blocks. The same tables give the same bytes;
a record that grew has the full blocks of the one before as they were. ``ledger.query.quick`` reads it, so that the
commonest question needs neither polars nor the tables. Promise: it holds nothing that the tables do not hold; a record
without it gives the same answers.
"""

import gzip
import json
import zlib
from dataclasses import dataclass
from typing import Any

import polars as pl

from ledger287 import __version__
from ledger287.core import declared
from ledger287.core.time import EASTERN

COUNTS = "counts.json.gz"
BLOCK = 1024
"""How many lists a block has."""

PendingCounts = list[list[Any]]
"""State, model, places of the first and the last of pending lists in a row, and how many each of them lists."""


@dataclass(frozen=True, slots=True)
class CountedBefore:
    """What the file of a record says of the lists that a record grown from it has too."""

    pending: PendingCounts
    blocks: tuple[bytes, ...]
    """Full blocks, as written."""


def counts_file(tables: dict[str, pl.DataFrame], earlier: CountedBefore | None = None) -> bytes:
    """The file of a record's tables; with what was counted earlier, ``rows`` need only be of later lists."""
    blocks = _blocks(tables["lists"], earlier.blocks if earlier else ())
    head = {
        "software": __version__,
        "models": [code.code for code in declared.models()],
        "states": [code.code for code in declared.states()],
        "territories": [code.code for code in declared.territories()],
        "pending_days": declared.limits()["known_list_age"]["pending_days"],
        "runs": _runs(tables),
        "pending_counts": _pending(tables, earlier.pending if earlier else []),
        "blocks": [[len(block), zlib.crc32(block)] for block in blocks],
    }
    return b"".join((_part(head), *blocks))


def counted(file: bytes, lists: int) -> CountedBefore | None:
    """What a record's file says of that many accepted lists; None where it is damaged, or not of these."""
    try:
        unpacking = zlib.decompressobj(wbits=31)
        head = json.loads(unpacking.decompress(file))
        rest, blocks = unpacking.unused_data, []
        for size, check in head["blocks"]:
            blocks.append(rest[:size])
            if zlib.crc32(blocks[-1]) != check:
                return None
            rest = rest[size:]
        if head["software"] != __version__ or len(blocks) != -(-lists // BLOCK):
            return None
        return CountedBefore([list(entry) for entry in head["pending_counts"]], tuple(blocks[: lists // BLOCK]))
    except (ValueError, LookupError, TypeError, zlib.error):
        return None


def _part(content: Any) -> bytes:
    text = json.dumps(content, separators=(",", ":"), sort_keys=True) + "\n"
    return gzip.compress(text.encode(), 6, mtime=0)


def _blocks(lists: pl.DataFrame, earlier: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The accepted lists: number, time of publication, its day, file, hash, rows, kind."""
    day = pl.col("published_at").dt.convert_time_zone(EASTERN.key).dt.date().cast(pl.String).alias("day")
    later = lists.filter(pl.col("accepted")).slice(len(earlier) * BLOCK)
    rows = later.select("list", "published_at", day, "file", "sha256", "rows", "kind").rows()
    said = [[number, at.isoformat(), *rest] for number, at, *rest in rows]
    return (*earlier, *(_part(said[place : place + BLOCK]) for place in range(0, len(said), BLOCK)))


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


def _pending(tables: dict[str, pl.DataFrame], earlier: PendingCounts) -> PendingCounts:
    """Agencies and models of each pending list by state and model, equal counts of lists in a row as one entry."""
    lists = tables["lists"].filter(pl.col("accepted"), pl.col("kind") == "pending")["list"].to_list()
    place = {number: at for at, number in enumerate(lists)}
    after = max((last for _, _, _, last, _ in earlier), default=-1)
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
        .filter(pl.col("list").is_in(lists[after + 1 :]))
        .join(slots.select("print", "slot", "group"), on="print")
        .unique(["list", "slot"])
        .group_by("group", "list")
        .len()
        .join(slots.select("group", "state", "model").unique(), on="group")
        .select("state", "model", "list", "len")
        .sort("state", "model", "list")
    )
    found = [list(entry) for entry in earlier]
    newest = {(state, model): entry for entry in found for state, model in [entry[:2]]}
    for state, model, number, count in counts.iter_rows():
        last = newest.get((state, model))
        if last and last[3] == place[number] - 1 and last[4] == count:
            last[3] += 1
        else:
            newest[state, model] = [state, model, place[number], place[number], count]
            found.append(newest[state, model])
    return sorted(found)
