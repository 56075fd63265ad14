"""What the reader of documents gets right: ``python -m benchmarks.documents [FOLDER] [LABELS] [SCANS]``.

Reads the text of a folder's documents (index.csv, text.jsonl.gz) and compares model, version and agency with the index;
puts each document on another row of its state and counts how many are found; plants one word a document (shall to may)
and counts how many are found, and in a quarter also words that turn a clause (not, only, unless, another number). The
third of documents whose sha256 is divisible by three was kept from the building of the rules; figures are given for it
and for the rest. ``LABELS`` is a CSV of file, ice, agency with the days as seen on the pages, against which the shipped
table is held. ``SCANS`` is how many scans are read page by page (20 seconds each): on one page of each the picture of a
"may" from the same document is pasted over a "shall", and the page is read again.
The texts take about two minutes of processor time.
"""

import csv
import gzip
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from ledger287.law.agreements.documents import differences, read_documents
from ledger287.sources.documents.declaring import common_words
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages import ocr
from ledger287.sources.documents.pages.page import Word, lines
from ledger287.sources.documents.pages.text_layer import believed
from ledger287.sources.documents.reading_texts import read_texts
from ledger287.sources.documents.versions.aligning import align_texts
from ledger287.sources.documents.versions.clause_change import ClauseChange


def kept(sha256: str) -> bool:
    return int(sha256[:8], 16) % 3 == 0


def main(folder: Path, labels: Path | None, scans: int) -> None:
    index = {row["sha256"]: row for row in csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline=""))}
    names: dict[str, set[str]] = defaultdict(set)
    for row in index.values():
        names[row["ice_state"]].add(row["ice_agency"])
    chance = random.Random(287)
    counts: Counter[tuple[str, str]] = Counter()
    started, pages = time.process_time(), 0
    with gzip.open(folder / "text.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            document = json.loads(line)
            row = index[document["sha256"]]
            part = "kept third" if kept(document["sha256"]) else "the rest"
            texts = {number: text for number, text in enumerate(document["pages"], 1) if believed(text)}
            if len(texts) < 9:
                continue
            pages += len(texts)
            read = read_texts("", document["sha256"], document["pages"])
            printed = re.search(r"\d\d/\d\d/\d{4}", row["template_version"])
            counts[part, f"model {read.model.certainty} {read.model.value == row['model']}"] += 1
            if printed:
                counts[part, f"version {read.version.certainty} {read.version.value == printed[0]}"] += 1
            if read.agency.value and row["ice_agency"]:
                others = sorted(names[row["ice_state"]] - {row["ice_agency"]})
                own = differences(
                    "", None, (None, read.agency.value, None, "unread"), ("", row["ice_agency"], None), others
                )
                counts[part, f"own row called wrong: {bool(own)}"] += 1
                if others:
                    wrong = chance.choice(others)
                    rest = sorted(names[row["ice_state"]] - {wrong})
                    found = differences("", None, (None, read.agency.value, None, "unread"), ("", wrong, None), rest)
                    counts[part, f"wrong row found: {bool(found)}"] += 1
            done = clauses_planted(texts, chance)
            for kind, how in done.items():
                counts[part, f"clause {kind}: {how}"] += 1
            aligned = align_texts("", texts)
            if aligned.version:
                form = f"{aligned.model} {aligned.version}"
                for how in done.values():
                    counts[form, f"clause: {how}"] += 1
                counts[form, f"{len(aligned.changes)} differences in the document itself"] += 1
            spots = [
                (number, match.start()) for number, text in texts.items() for match in re.finditer(r"\bshall\b", text)
            ]
            if spots and align_texts("", texts).version:
                number, at = chance.choice(spots)
                planted = {**texts, number: texts[number][:at] + "may" + texts[number][at + 5 :]}
                changes = set(align_texts("", planted).changes) - set(align_texts("", texts).changes)
                answered = any("shall" in one.before.split() and "may" in one.after.split() for one in changes)
                counts[part, f"planted word found: {answered}"] += 1
            for name, found_ in turned(texts, chance).items() if aligned.version and chance.random() < TRIED else ():
                counts["turned", f"{name}: {found_}"] += 1
    spent = time.process_time() - started
    for (part, what), many in sorted(counts.items()):
        print(f"{part:<11} {what:<32} {many}")
    for part in sorted({part for part, what in counts if what.startswith("clause")}):
        print(f"{part:<11} F1 of planted clauses {alignment(counts, part)}")
    print(f"{pages:,} pages in {spent:.0f} seconds of processor time, with every comparison above")
    if labels:
        days(labels)
    if scans:
        planted_on_scans(folder, scans, chance)


TRIED = 0.25
"""The share of the documents in which the words of ``TURNS`` are planted as well, one at a time."""
TURNS = (
    ("not left out", r"\bnot (?=\w)", ""),
    ("not put in", r"\b(shall|may|will) (?!not)(?=[a-z])", r"\1 not "),
    ("only left out", r"\bonly ", ""),
    ("unless put in", r"(?<=[a-z]) (?=to the ICE|by ICE)", " unless otherwise agreed "),
    ("all to some", r"\ball ", "some "),
    ("and to or", r"(?<=[a-z]) and (?=[a-z])", " or "),
    ("other number", r"\b(\d{1,2}) (?=(years?|days?|hours?)\b)", "120 "),
    ("other number in words", r"\b(two|three|four|five|thirty|ninety) (?=(years?|days?|hours?)\b)", "seven "),
)
"""Words that turn what a clause says: what is done, the place where it can be, and what is put there."""


def turned(texts: dict[int, str], chance: random.Random) -> dict[str, bool]:
    """Of each change of ``TURNS`` that a document has a place for, whether a place that differs is named for it."""
    before, found = set(align_texts("", texts).changes), {}
    for name, pattern, put in TURNS:
        spots = [(number, match) for number, text in texts.items() for match in re.finditer(pattern, text)]
        if spots:
            number, match = chance.choice(spots)
            text = texts[number]
            planted = {**texts, number: text[: match.start()] + match.expand(put) + text[match.end() :]}
            found[name] = bool(set(align_texts("", planted).changes) - before)
    return found


def alignment(counts: "Counter[tuple[str, str]]", part: str) -> str:
    """F1 of the clauses that were left out and put in: found, missed, and other places named as well."""
    right = missed = more = 0
    for (of, what), many in counts.items():
        if of == part and what.startswith("clause"):
            done = what.partition(": ")[2]
            missed += many * (done == "missed")
            right += many * (done != "missed")
            more += many * int(re.sub(r"\D", "", done) or 0)
    return f"{2 * right / max(1, 2 * right + missed + more):.3f} ({right} found, {missed} missed, {more} more)"


def planted_on_scans(folder: Path, most: int, chance: random.Random) -> None:
    """Scans with one "shall" replaced by a picture of "may": how many are found, and by how many other new places."""
    index = list(csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline="")))
    wanted = sorted((row["sha256"], row["file_here"]) for row in index if row["file_here"] and row["kind"] == "scan")
    started, pages, found, done, besides = time.process_time(), 0, 0, 0, 0
    for _, file in wanted[:most]:
        opened, _ = open_document(folder / "pdf" / file)
        if opened is None:
            continue
        pictures = [ocr.draw(opened.document[number], ocr.DPI) for number in range(opened.pages)]
        read = [ocr.tesseract_words(picture, ocr.DPI) for picture in pictures]
        pages += len(read)
        before = align_texts("", {number: text_of(words) for number, words in enumerate(read, 1)})
        small = [(number, word) for number, words in enumerate(read) for word in words if word.text == "may"]
        spots = [(number, word) for number, words in enumerate(read) for word in words if word.text == "shall"]
        if before.version is None or not small or not spots:
            print(f"{file}: no form, or no such words")
            continue
        number, at = chance.choice(spots)
        pasted = paste(pictures[number], at, cut(pictures[small[0][0]], small[0][1]))
        again = [*read]
        again[number] = ocr.tesseract_words(pasted, ocr.DPI)
        after = align_texts("", {place: text_of(words) for place, words in enumerate(again, 1)})
        new = set(after.changes) - set(before.changes)
        hit = any("shall" in one.before.split() and "may" in one.after.split() for one in new)
        done, found, besides = done + 1, found + hit, besides + len(new) - hit
        if not hit:
            print(f"{file}: page {number + 1}, missed; new places: {sorted((one.before, one.after) for one in new)}")
    spent = time.process_time() - started
    print(f"scans: planted word found in {found} of {done}, {besides} other new places; {pages} pages, {spent:.0f} s "
          "of this process (tesseract's own time not counted)")  # fmt: skip


def text_of(words: tuple[Word, ...]) -> str:
    return "\n".join(line.text for line in lines(words))


def cut(picture: Any, word: Word) -> Any:
    left, top, right, bottom = (round(side * ocr.DPI / 72) for side in word.box)
    return picture[top : bottom + 1, left : right + 1]


def paste(picture: Any, word: Word, small: Any) -> Any:
    """A picture with one word whitened and another put on its line."""
    left, top, right, bottom = (round(side * ocr.DPI / 72) for side in word.box)
    done = picture.copy()
    done[top - 1 : bottom + 2, left - 1 : right + 2] = 255
    high, wide = small.shape
    done[bottom + 1 - high + 2 : bottom + 3, left : left + wide] = small
    return done


SENTENCE = re.compile(r"(?<=[.] )([A-Z][^.;:()\d]{80,260}[.])(?= )")
ADDED = (
    "The law enforcement agency shall not detain any alien for ICE without the written approval of the supervisor, "
    "and the authority to serve warrants is limited to the jail during the hours of training. "
)


def clauses_planted(texts: dict[int, str], chance: random.Random) -> dict[str, str]:
    """One sentence left out, and one put in: whether exactly that is found (found, missed, or with others)."""
    plain = {number: " ".join(text.split()) for number, text in texts.items()}
    before = align_texts("", plain)
    spots = [(number, match) for number, text in plain.items() for match in SENTENCE.finditer(text)]
    if before.version is None or not spots:
        return {}
    number, match = chance.choice(spots)
    text = plain[number]
    without = {**plain, number: text[: match.start()] + text[match.end() + 1 :]}
    more = {**plain, number: text[: match.start()] + ADDED + text[match.start() :]}
    return {
        "omitted": judged(before.changes, align_texts("", without).changes, "before", match[1]),
        "added": judged(before.changes, align_texts("", more).changes, "after", ADDED),
    }


def judged(before: tuple[ClauseChange, ...], after: tuple[ClauseChange, ...], side: str, planted: str) -> str:
    """found: one new place, with most of the planted words; more: others as well; missed: none with them."""
    known = {(one.before, one.after) for one in before}
    new = [one for one in after if (one.before, one.after) not in known]
    words = set(re.findall(r"[a-z]{4,}", planted.casefold())) & common_words()  # a form has no names
    holding = [one for one in new if len(words & set(getattr(one, side).split())) >= 0.6 * len(words)]
    return "missed" if not holding else "found" if len(new) == 1 else f"found with {len(new) - 1} more"


def days(labels: Path) -> None:
    read = {row.file: row for row in read_documents() if row.basis == "pages"}
    counts: Counter[tuple[str, str, str]] = Counter()
    for label in csv.DictReader(labels.open(encoding="utf-8", newline="")):
        row = read.get(label["file"])
        if row is None:
            continue
        for side, day, sure in (
            ("ice", row.ice_signed, row.ice_certainty),
            ("agency", row.agency_signed, row.agency_certainty),
        ):
            seen = label[side]
            right = "same" if (day.isoformat() if day else "") == seen else "none" if day is None else "other"
            counts["kept third" if kept(row.sha256) else "the rest", side, f"{sure} {right if seen else 'blank'}"] += 1
    for (part, side, what), many in sorted(counts.items()):
        print(f"{part:<11} {side:<7} {what:<14} {many}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/documents"),
        Path(sys.argv[2]) if sys.argv[2:] else None,
        int(sys.argv[3]) if sys.argv[3:] else 0,
    )
