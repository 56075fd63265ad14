"""Documents -> the shipped table of their facts, ``declared/documents/read.csv``; run by ``make documents``.

What enters: a folder with ``index.csv`` (sha256, pages and path of each document), ``text.jsonl.gz`` (the text of their
pages) and ``pdf/`` (those at hand as PDF). What leaves: one line a document, by sha256: facts and hashes, none of its
text. A document belongs to the agreement whose row of ICE's lists links a file of its name; where several do, to the
one of its model. The module promises that nothing of the index but sha256, path and pages enters a fact.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ledger287.sources.documents.files.children import read_all
from ledger287.sources.documents.reading import read_texts
from ledger287.sources.documents.rows import as_row

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

COLUMNS = (
    "sha256", "file", "agreement", "basis", "pages", "model", "version", "version_certainty", "agency",
    "agency_name_certainty", "state", "signed_page", "ice_signed", "ice_certainty", "agency_signed", "agency_certainty",
)  # fmt: skip


def main(folder: Path, out: Path) -> None:
    """Read every document of a folder and write the table."""
    from ledger287.ledger.query.ledger import Ledger
    from ledger287.ledger.store.folder import open_record

    ledger = Ledger(open_record(None), date.today)
    index = list(csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline="")))
    texts = dict(_texts(folder / "text.jsonl.gz"))
    here = {row["sha256"]: folder / "pdf" / row["file_here"] for row in index if row["file_here"]}
    seen = dict(zip(here, read_all(list(here.values())), strict=True))
    links = _links(ledger)
    rows = []
    for row in sorted(index, key=lambda row: row["sha256"]):
        sha256, file = row["sha256"], unquote(Path(row["source_path"]).name)
        read = seen.get(sha256) or as_row(read_texts(file, sha256, texts.get(sha256, ())))
        fitting = links.get(file.casefold(), [])
        model = read["model"]["value"]
        agreement = next((id_ for id_, of in fitting if of == model), fitting[0][0] if fitting else "")
        rows.append(_line(read, file, agreement, "pages" if sha256 in seen else "text", row["pages"]))
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stdout.write(f"{len(rows):,} documents in {out}\n")


def _texts(path: Path) -> Iterator[tuple[str, list[str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield row["sha256"], row["pages"]


def _links(ledger: "Ledger") -> dict[str, list[tuple[str, str]]]:
    """Name of a document's file -> the agreements whose rows link it, with their models; the newest first."""
    import polars as pl

    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    spans = ledger.table("history").select("agreement_id", "print").unique()
    printed = ledger.table("prints").select("print", "moa", "model").drop_nulls("moa")
    for agreement, address, model in (
        spans.join(printed, on="print").select("agreement_id", "moa", "model").unique().sort(pl.all()).iter_rows()
    ):
        entry = (agreement, model)
        name = unquote(str(address).rsplit("/", 1)[-1]).casefold()
        if entry not in found[name]:
            found[name].append(entry)
    return found


def _line(read: dict[str, Any], file: str, agreement: str, basis: str, pages: str) -> dict[str, Any]:
    line = {name: read[name]["value"] or "" for name in ("model", "version", "agency", "state")}
    days = {name: read[name]["value"] or "" for name in ("ice_signed", "agency_signed")}
    return {
        "sha256": read["sha256"],
        "file": file,
        "agreement": agreement,
        "basis": basis,
        "pages": pages,
        **line,
        **days,
        "version_certainty": read["version"]["certainty"],
        "agency_name_certainty": read["agency"]["certainty"],
        "signed_page": read["ice_signed"]["page"] or read["agency_signed"]["page"] or "",
        "ice_certainty": read["ice_signed"]["certainty"],
        "agency_certainty": read["agency_signed"]["certainty"],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
