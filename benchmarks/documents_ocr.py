"""How well pictures of pages are read: ``python -m benchmarks.documents_ocr [FOLDER] [PAGES] [SCANS] [READER]``.

The sample: of scans, in the order of their sha256, the second and the fourth page, up to ``PAGES`` pages (6), each
read by tesseract and by RapidOCR and held against the same page of a document of that model whose text is drawn, not
recognized. Names and days that were filled in differ and count as errors, so the figures are upper bounds. Then
``SCANS`` scans (2) are read as documents with each reader of pages: model, agency, and both days against the labels.
Prints character and field error, seconds of processor time a page, and memory. With a READER (tesseract, rapidocr) only
that one is measured, so that the memory printed is its own; 40 pages and 17 scans are all that there are, and take
each reader about ten minutes of processor time.
"""

import csv
import os
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from rapidfuzz.distance import Levenshtein

from ledger287.law.agreements.documents import same_agency
from ledger287.sources.documents.declaring import common_words
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages import ocr, text_layer
from ledger287.sources.documents.pages.page import Word, lines
from ledger287.sources.documents.reading import read_document


def main(folder: Path, most: int, scans: int, only: str | None = None) -> None:
    """Read up to ``most`` pages of scans both ways."""
    index = list(csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline="")))
    here = [row for row in index if row["file_here"]]
    truth: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for row in here:
        if row["kind"] == "text" and (row["model"], row["template_version"]) not in truth:
            pages = drawn(folder / "pdf" / row["file_here"])
            if pages:
                truth[row["model"], row["template_version"]] = pages
    errors: dict[str, list[float]] = defaultdict(list)
    spent: dict[str, float] = defaultdict(float)
    read = 0
    for row in sorted(here, key=lambda row: row["sha256"]):
        wanted = next((pages for (model, _), pages in truth.items() if model == row["model"]), None)
        if row["kind"] != "scan" or wanted is None or read >= most:
            continue
        opened, _ = open_document(folder / "pdf" / row["file_here"])
        for number in (2, 4):
            if opened is None or number > opened.pages or number not in wanted or read >= most:
                continue
            read += 1
            picture = ocr.draw(opened.document[number - 1], ocr.DPI)
            for name in [only] if only else list(READERS):
                reader = READERS[name]
                started = processor()
                words = reader(picture, ocr.DPI)
                spent[name] += processor() - started
                errors[name].append(error(words, wanted))
    labels = {row["file"]: row for row in csv.DictReader(LABELS.open(encoding="utf-8", newline=""))}
    some = [row for row in sorted(here, key=lambda row: row["sha256"]) if row["kind"] == "scan"][:scans]
    for name in ([only] if only else list(READERS)) if some else ():
        fields(name, [(folder / "pdf" / row["file_here"], row, labels) for row in some])
    memory, started = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    for name, found in errors.items():
        found.sort()
        middle = found[len(found) // 2]
        print(f"{name:<10} {read} pages: character error {middle:.2%} in the middle, {found[-1]:.2%} at most; "
              f"{spent[name] / read:.1f} seconds a page")  # fmt: skip
    print(f"memory of this process at most: {memory:.0f} MB; of the largest that it started: {started:.0f} MB")


READERS = {"tesseract": ocr.tesseract_words, "rapidocr": ocr.rapid_words}
LABELS = Path(__file__).parent / "data" / "documents_days.csv"


def processor() -> float:
    return time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def fields(reader: str, documents: list[tuple[Path, dict[str, str], dict[str, dict[str, str]]]]) -> None:
    """Model, agency and days of scans, with one reader of pages; strips are read by RapidOCR's model in both."""
    os.environ["LEDGER287_OCR"] = reader
    ocr.page_reader.cache_clear()
    counts: Counter[str] = Counter()
    started = processor()
    for path, row, labels in documents:
        read = read_document(path)
        label = labels.get(unquote(Path(row["source_path"]).name), {})
        for name, found, true in (
            ("model", read.model, row["model"]),
            ("ICE's day", read.ice_signed, label.get("ice")),
            ("agency's day", read.agency_signed, label.get("agency")),
        ):
            if true:
                counts[f"{name} {found.certainty} {'right' if found.value == true else 'wrong or none'}"] += 1
        named = bool(read.agency.value) and same_agency(read.agency.value or "", row["ice_agency"])
        counts[f"agency {read.agency.certainty} {'right' if named else 'wrong or none'}"] += 1
    print(
        f"{reader:<10} {len(documents)} scans as documents, {processor() - started:.0f} seconds:",
        dict(sorted(counts.items())),
    )


def drawn(path: Path) -> dict[int, str]:
    """The text of a document's pages where it is drawn and nearly all its words are words of forms."""
    opened, _ = open_document(path)
    if opened is None:
        return {}
    found = {}
    for number in range(1, opened.pages + 1):
        text = text_layer.plain_text(opened.document[number - 1])
        words = re.findall(r"[a-z]{3,}", text.casefold())
        if len(words) > 100 and sum(word in common_words() for word in words) > 0.97 * len(words):
            found[number] = text
    return found if len(found) >= 5 else {}


def error(words: tuple[Word, ...], pages: dict[int, str]) -> float:
    """The share of characters that differ from the page of the form that is nearest, edges left out."""
    said = _plain(" ".join(line.text for line in lines(words)))[200:-200]
    best = 1.0
    together = _plain(" ".join(text for _, text in sorted(pages.items())))
    from rapidfuzz import fuzz

    near: Any = fuzz.partial_ratio_alignment(said, together)
    if near is not None:
        true = together[near.dest_start : near.dest_end]
        best = Levenshtein.distance(said, true) / max(1, len(true))
    return best


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        Path(given[0] if given else "../shared/documents"),
        int(given[1]) if given[1:] else 6,
        int(given[2]) if given[2:] else 2,
        given[3] if given[3:] else None,
    )
