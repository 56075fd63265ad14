"""The pages that explain: how the record is made (with its own figures), what the words mean, what to download."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import Any

import polars as pl

from ledger287.analysis.answers.columns import EVER, IN_FORCE
from ledger287.core import declared
from ledger287.law.lawbook.book import shipped
from ledger287.ledger.store.tables import TABLES, RecordTable
from ledger287.places.jurisdictions.tables import place_tables
from ledger287.web.edition.edition import Edition
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Query


def make_method(edition: Edition, query: Query) -> Page:
    """How the record is made and counted, with the figures of the record that is served."""
    del query
    lists = edition.atlas.lists()
    counts = _counts(edition, lists)
    aside = lists.filter(pl.col("verdict") == "set aside").select("day", "file", "sha256", "rule", "reason").to_dicts()
    checked = [_figure(edition, one) for one in _text("web/figures.yml") if one["day"] >= edition.lists.begins]
    return Page(
        {"counts": counts, "set_aside": aside, "figures": checked},
        shown={"counts": counts, "aside": aside, "figures": checked},
    )


def _counts(edition: Edition, lists: pl.DataFrame) -> dict[str, Any]:
    accepted = lists.filter(pl.col("verdict") == "accepted")
    changes = edition.atlas.table("changes")
    return {
        "files": lists.height,
        "participating": accepted.filter(pl.col("kind") == "participating").height,
        "pending": accepted.filter(pl.col("kind") == "pending").height,
        "first": accepted["day"].min(),
        "newest": edition.newest,
        "newest_pending": accepted.filter(pl.col("kind") == "pending")["day"].max(),
        "apart": _apart(edition),
        "rows": edition.atlas.table("rows").height,
        "different_rows": edition.atlas.table("prints").height,
        "agencies": edition.atlas.table("agencies").height,
        "spellings": edition.atlas.table("names").height,
        "agreements": edition.atlas.table("agreements").height,
        "mended": edition.atlas.table("readings").height,
        "corrected": changes.filter(pl.col("kind") == "corrected").height,
        "version": edition.version,
    }


def _apart(edition: Edition) -> dict[str, Any] | None:
    """The two consecutive lists of participating agencies that are furthest apart; None where there is only one."""
    held = edition.indexes
    spans = list(pairwise(held.days[number] for number in held.of_kind["participating"]))
    if not spans:
        return None
    first, last = max(spans, key=lambda span: span[1] - span[0])
    return {"days": (last - first).days, "first": first, "last": last}


def _figure(edition: Edition, one: Mapping[str, Any]) -> dict[str, Any]:
    """A figure that somebody else published, next to this record's own for that day."""
    status = edition.atlas.status(one["day"])
    return {
        "day": one["day"],
        "said": one["said"],
        "by": one.get("by"),
        "rows": status.rows,
        "agreements": status.agreements,
        "states": status.states,
        "list": status.list,
    }


def _text(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = declared.declared_yaml(name)
    return found


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary, in both languages; ``rule`` is the provision that it rests on."""

    id: str
    en: Mapping[str, str]
    es: Mapping[str, str]
    rule: str | None
    citation: str | None


@cache
def terms() -> tuple[Term, ...]:
    """The declared glossary. Raises Refused where it names a rule that is none."""
    return tuple(
        Term(
            one["id"],
            one["en"],
            one["es"],
            one.get("rule"),
            shipped().provision(one["rule"]).citation if one.get("rule") else None,
        )
        for one in _text("web/glossary.yml")
    )


def make_glossary(edition: Edition, query: Query) -> Page:
    """The terms, in the order of the requested language, with the other language next to it."""
    del edition
    found = sorted(terms(), key=lambda one: (one.es if query.lang == "es" else one.en)["term"].casefold())
    return Page({"terms": found}, shown={"terms": found, "other": "en" if query.lang == "es" else "es"})


def make_download(edition: Edition, query: Query) -> Page:
    """Every table with its files."""
    del query
    read = edition.atlas.stored.read
    tables = [_described(edition, table, read(table.name).height) for table in TABLES]
    places = [_described(edition, table, frame.height) for table, frame in place_tables(edition.atlas)]
    facts = edition.atlas.stored.facts
    flat = [{"name": one.name, "about": one.about, "columns": len(one.columns)} for one in (IN_FORCE, EVER)]
    shown = {"tables": tables, "places": places, "record": edition.version, "newest": edition.newest}
    return Page(
        {"version": edition.version, "record": facts, "tables": [*tables, *places], "flat": flat},
        shown={**shown, "in_force": IN_FORCE, "ever": EVER},
    )


def _described(edition: Edition, table: RecordTable, rows: int) -> dict[str, Any]:
    """A table for the page. The checksum is that of its Parquet file, where the record holds one unchanged."""
    stored = edition.atlas.stored
    own = table.name in {one.name for one in TABLES}
    size, digest = None, None
    if own:
        try:
            data = stored.file(table.name)
            size, digest = len(data), sha256(data).hexdigest()
        except OSError:
            pass  # a newer record is being put in place; the description that is downloaded has its own checksums
    return {
        "name": table.name,
        "about": table.about,
        "columns": len(table.columns),
        "rows": rows,
        "parquet": f"/download/{table.name}.parquet",
        "csv": f"/download/{table.name}.csv",
        "parquet_bytes": size,
        "parquet_sha256": digest,
    }


KINDS = (
    PageKind("method", "/method", make_method, once, timed=False),
    PageKind("glossary", "/glossary", make_glossary, once, timed=False),
    PageKind("download", "/download", make_download, once, timed=False),
)
