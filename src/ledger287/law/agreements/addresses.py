"""The URLs of all agreements' documents that ICE's lists ever linked, with the agreements whose rows link each.

What enters: a ledger. What leaves: ``WantedDocument`` for each URL, those of the newest lists first. The module
promises that a URL that a later list dropped is still among them, and that each is there once.
"""

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ledger287.sources.documents.files.fetching import WantedDocument

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger


def addresses_of(ledger: "Ledger", state: str | None = None, model: str | None = None) -> list[WantedDocument]:
    """Every URL of a document, the newest first; of one state or model where they are named."""
    import polars as pl

    spans = ledger.table("history").group_by("agreement_id", "print").agg(pl.col("last_list").max())
    printed = ledger.table("prints").select("print", "state", "model", "moa", "addendum")
    rows = spans.join(printed, on="print")
    if state:
        rows = rows.filter(pl.col("state") == state)
    if model:
        rows = rows.filter(pl.col("model") == model)
    newest: dict[tuple[str, str], int] = {}
    agreements: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows.iter_rows(named=True):
        for kind, url in (("agreement", row["moa"]), ("addendum", row["addendum"])):
            if url:
                newest[url, kind] = max(newest.get((url, kind), 0), row["last_list"])
                agreements[url, kind].add(row["agreement_id"])
    found: dict[str, WantedDocument] = {}
    for url, kind in sorted(newest, key=lambda key: (-newest[key], key)):
        name = unquote(url.rsplit("/", 1)[-1]) or url
        found.setdefault(url, WantedDocument(url, name, kind, tuple(sorted(agreements[url, kind]))))
    return list(found.values())
