"""How fast a folder is read by the two processes that read it: ``python -m benchmarks.documents_speed [FOLDER]``.

Reads, each as ``documents read`` does: the documents whose pages all have text; of these, once more, those whose days
are printed; and some scans. Prints pages a second: on the clock, and of processor time by two cores. Other work on the
machine makes the clock slower; processor time shows what two free cores do. A written day is looked at in its picture,
which takes as long as a hundred pages of text.
"""

import csv
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from ledger287.sources.documents.files.children import CHILDREN, read_all
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages import text_layer


def main(folder: Path) -> None:
    index = list(csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline="")))
    texts = [folder / "pdf" / row["file_here"] for row in index if row["file_here"] and row["kind"] == "text"]
    scans = [folder / "pdf" / row["file_here"] for row in index if row["file_here"] and row["kind"] == "scan"]
    only = [path for path in texts if all_text(path)]
    rows = timed("text", only)
    plain = [path for path, row in zip(only, rows, strict=True) if all(map(printed, days(row)))]
    timed("text, days printed", plain)
    timed(f"the same {TIMES} times, so that starting counts little", plain * TIMES)
    timed("scans", scans[:MOST])


def days(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The days of a document's row, those of its addenda too."""
    return [one[side] for one in (row, *row["addenda"]) for side in ("ice_signed", "agency_signed")]


def printed(day: dict[str, Any]) -> bool:
    return str(day["why"]).startswith("printed")


TIMES = 6
MOST = 6
"""So many scans are read: each takes about 20 seconds of processor time."""


def all_text(path: Path) -> bool:
    opened, _ = open_document(path)
    return opened is not None and all(text_layer.believed(text_layer.plain_text(page)) for page in opened.document)


def timed(name: str, paths: list[Path]) -> list[dict[str, Any]]:
    pages = 0
    for path in paths:
        opened, _ = open_document(path)
        pages += opened.pages if opened else 0
    began, used = time.perf_counter(), processor()
    rows = read_all(paths)
    clock, spent = time.perf_counter() - began, processor() - used
    free = pages * min(CHILDREN, os.cpu_count() or 1) / spent
    print(f"{name}: {pages:,} pages of {len(paths)} documents by {CHILDREN} processes")
    print(f"  {pages / clock:.1f} pages a second on the clock, {free:.1f} by processor time of two cores")
    return rows


def processor() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/documents"))
