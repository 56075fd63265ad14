"""How fast a folder is read by the two processes that read it: ``python -m benchmarks.documents_speed [FOLDER]``.

Reads the documents whose pages all have text, in this process, and prints what each step took: the signature blocks
apart, of which days and names are looked at in pictures where they are written or stamped. Then, each as
``documents read`` does: the same documents; of these, once more, those whose days are printed; and some scans. Prints
pages a second: on the clock, and of processor time by two cores. Other work on the machine makes the clock slower;
processor time shows what two free cores do. A look at a picture takes as long as four to eight pages of text.
"""

import csv
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger287.sources.documents import addenda, reading
from ledger287.sources.documents.fields.signed_pages import signing
from ledger287.sources.documents.files.children import CHILDREN, read_all
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages import ocr, text_layer
from ledger287.sources.documents.reading import read_document


def main(folder: Path) -> None:
    index = list(csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline="")))
    texts = [folder / "pdf" / row["file_here"] for row in index if row["file_here"] and row["kind"] == "text"]
    scans = [folder / "pdf" / row["file_here"] for row in index if row["file_here"] and row["kind"] == "scan"]
    only = [path for path in texts if all_text(path)]
    steps(only)
    rows = timed("text", only)
    plain = [path for path, row in zip(only, rows, strict=True) if all(map(printed, days(row)))]
    timed("text, days printed", plain)
    timed(f"the same {TIMES} times, so that starting counts little", plain * TIMES)
    timed("scans", scans[:MOST])


def steps(paths: list[Path]) -> None:
    """Pages a second in this process: signature blocks apart, since their days and names are looked at in pictures."""
    pages = sum(opened.pages for path in paths if (opened := open_document(path)[0]))
    ocr.strip_reader()  # loaded once for a process
    spent: dict[str, float] = defaultdict(float)
    with watched(spent):
        began = time.process_time()
        for path in paths:
            read_document(path)
        took = time.process_time() - began
    blocks = sum(spent[name] for name in BLOCKS)
    text = took - blocks
    print(f"one process: {pages:,} pages in {took:.1f} s of processor time, {pages / took:.1f} a second")
    print(f"  everything but the signature blocks: {text:.1f} s, {pages / text:.0f} pages a second on one core, "
          f"{CHILDREN * pages / text:.0f} on {CHILDREN}")  # fmt: skip
    many = sum(spent[f"{name} times"] for name in BLOCKS)
    print(f"  {many:.0f} signature blocks: {blocks:.1f} s, {blocks / many:.2f} each")
    for step in STEPS:
        if step not in BLOCKS and spent[f"{step} times"]:
            print(f"    {step}: {spent[step]:.2f} s, {spent[f'{step} times']:,.0f} times")


BLOCKS = ("an agreement's signature block", "an addendum's signature block")
STEPS = {
    BLOCKS[0]: (reading, "signed_on"),
    BLOCKS[1]: (addenda, "days_on"),
    "looks at a line": (ocr, "recognized"),
    "parts of pages drawn": (ocr, "draw"),
    "lines found in a picture": (ocr, "found_lines"),
    "days held against looks": (signing, "read_written"),
    "lines across a day": (signing, "is_struck_in_picture"),
    "text of a page": (text_layer, "plain_text"),
    "words of a page with places": (text_layer, "read_page"),
    "agency and state": (reading, "_agency"),
    "opening, scripts, sha256": (reading, "open_document"),
    "term and ending": (reading, "placed_terms"),
}
"""Each step that is watched, and the function that does it."""


@contextmanager
def watched(spent: dict[str, float]) -> Iterator[None]:
    """While this lasts, the processor time and the number of calls of each step are counted."""
    kept = {name: getattr(module, function) for name, (module, function) in STEPS.items()}

    def counting(name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return kept[name](*given, **named)
            finally:
                spent[name] += time.process_time() - began
                spent[f"{name} times"] += 1

        return call

    for name, (module, function) in STEPS.items():
        setattr(module, function, counting(name))
    try:
        yield
    finally:
        for name, (module, function) in STEPS.items():
            setattr(module, function, kept[name])


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
