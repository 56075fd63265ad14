"""How well pictures of pages are read: ``python -m benchmarks.documents_ocr [FOLDER] [PAGES]``.

For scans that print the date of their form, each page is read by tesseract and by RapidOCR, and held against the same
page of a document of that form whose text is drawn, not recognized. Names and days that were filled in differ and count
as errors, so the figures are upper bounds. Prints character error, seconds of processor time a page, and memory.
"""

import csv
import re
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from ledger287.sources.documents.declaring import common_words
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages import ocr, text_layer
from ledger287.sources.documents.pages.page import Word, lines


def main(folder: Path, most: int) -> None:
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
    for row in here:
        wanted = next((pages for (model, _), pages in truth.items() if model == row["model"]), None)
        if row["kind"] != "scan" or wanted is None or read >= most:
            continue
        opened, _ = open_document(folder / "pdf" / row["file_here"])
        for number in (2, 4):
            if opened is None or number > opened.pages or number not in wanted or read >= most:
                continue
            read += 1
            picture = ocr.draw(opened.document[number - 1], ocr.DPI)
            for name, reader in (("tesseract", ocr.tesseract_words), ("rapidocr", ocr.rapid_words)):
                started = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
                words = reader(picture, ocr.DPI)
                spent[name] += time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started
                errors[name].append(error(words, wanted))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, found in errors.items():
        found.sort()
        middle = found[len(found) // 2]
        print(f"{name:<10} {read} pages: character error {middle:.2%} in the middle, {found[-1]:.2%} at most; "
              f"{spent[name] / read:.1f} seconds a page")  # fmt: skip
    print(f"memory of this process, both readers loaded: {memory:.0f} MB")


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
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/documents"), int(sys.argv[2]) if sys.argv[2:] else 12)
