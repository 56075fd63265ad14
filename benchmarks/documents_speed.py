"""How fast a folder is read by the two processes that read it: ``python -m benchmarks.documents_speed [FOLDER]``.

Reads, each as ``documents read`` does, first the documents whose pages all have text and whose days are printed, then
the scans, and prints pages a second: on the clock, and of processor time by two cores. Other work on the machine makes
the clock slower; processor time shows what two free cores do. Documents need not be read in all of their pages: the
fields of a scan are sought on the pages that can carry them, so that pages read as pictures are counted apart.
"""

import csv
import os
import resource
import sys
import time
from pathlib import Path

from ledger287.law.agreements.documents import read_documents
from ledger287.sources.documents.files.children import CHILDREN, read_all
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages import text_layer


def main(folder: Path) -> None:
    index = list(csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline="")))
    printed = {row.sha256 for row in read_documents() if row.ice_certainty == row.agency_certainty == "read"}
    texts = [folder / "pdf" / row["file_here"] for row in index if row["file_here"] and row["kind"] == "text"]
    scans = [folder / "pdf" / row["file_here"] for row in index if row["file_here"] and row["kind"] == "scan"]
    only = [path for path in texts if all_text(path)]
    print(f"{len(only)} of {len(texts)} documents with text have it on every page; {len(printed)} have both days")
    timed("text", only)
    timed("scans", scans[:MOST])


MOST = 6
"""So many scans are read: each takes about 20 seconds of processor time."""


def all_text(path: Path) -> bool:
    opened, _ = open_document(path)
    return opened is not None and all(text_layer.believed(text_layer.plain_text(page)) for page in opened.document)


def timed(name: str, paths: list[Path]) -> None:
    pages = 0
    for path in paths:
        opened, _ = open_document(path)
        pages += opened.pages if opened else 0
    began, used = time.perf_counter(), processor()
    read_all(paths)
    clock, spent = time.perf_counter() - began, processor() - used
    free = pages * min(CHILDREN, os.cpu_count() or 1) / spent
    print(f"{name}: {pages:,} pages of {len(paths)} documents by {CHILDREN} processes")
    print(f"  {pages / clock:.1f} pages a second on the clock, {free:.1f} by processor time of two cores")


def processor() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/documents"))
