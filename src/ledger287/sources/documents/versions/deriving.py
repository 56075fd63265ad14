"""Text of documents -> the declared versions of forms, ``declared/documents/versions``; run by ``make documents``.

What enters: ``index.csv`` and ``text.jsonl.gz`` of a folder of documents. What leaves: for each version one file with
the section and the hashed words of each clause; no text. A word belongs to a version where a third of its
documents with sound text have it in its place, and no third has other words there, so that names, days, places of
offices and slips fall out; ``from`` says of how many.
"""

import csv
import gzip
import json
import re
import sys
from pathlib import Path

from ledger287.sources.documents.declaring import common_words
from ledger287.sources.documents.fields.identity import model_of, undated_of, version_of
from ledger287.sources.documents.fields.signed_pages.signatures import is_addendum, is_signing
from ledger287.sources.documents.pages.text_layer import believed
from ledger287.sources.documents.versions.clauses import hash_of, words_of

NAMED = frozenset(
    ["county", "sheriffs", "police", "captain", "florida", "texas", "atlanta", "baltimore", "boston", "buffalo",
     "chicago", "dallas", "denver", "detroit", "houston", "jacksonville", "miami", "newark", "orlando", "orleans",
     "philadelphia", "phoenix", "seattle", "tampa"]
)  # fmt: skip
"""Words of names that are filled in, of agencies and of ICE's offices; where most documents of a version are from one
state, they are in the same place on most of them."""
SHARED = 0.3
"""The share of documents that must have a word in its place: OCR joins words (ofthis) in more than half of some."""
TRIED = 5
"""So many of the soundest documents are tried as the one whose words the others are held against."""
HEADING = re.compile(r"(?m)^\s*(?:[IVXJDTWSlU1]{1,6}[.,]\s*\n?\s*)?([A-Z][A-Z,\- ]{5,70}[A-Z])\s*$")


def main(folder: Path, out: Path) -> None:
    """Write every version that at least one sound document has."""
    groups: dict[tuple[str, str], list[dict[int, str]]] = {}
    sizes = {row["sha256"]: row for row in csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline=""))}
    with gzip.open(folder / "text.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            texts = {number: text for number, text in enumerate(row["pages"], 1) if believed(text)}
            if row["sha256"] not in sizes or len(texts) < 9:
                continue
            name = model_of(texts).value
            if name:
                version = version_of(texts, name)
                printed = version.value or undated_of(name, texts)
                if printed and (version.certainty == "read" or version.value is None):
                    groups.setdefault((name, printed), []).append(texts)
    out.mkdir(parents=True, exist_ok=True)
    for (model, printed), documents in sorted(groups.items()):
        file = f"{model.lower()}-{printed.replace('/', '-')}.yml"
        (out / file).write_text(_file(model, printed, documents), encoding="utf-8")
        sys.stdout.write(f"{file}: {len(documents)} documents\n")


def _file(model: str, printed: str, documents: list[dict[int, str]]) -> str:
    read = [[word.text for word in words_of(texts)] for texts in documents]
    known = common_words()
    whole = max(len(texts) for texts in documents if len(texts) <= 15)
    sound = [at for at, texts in enumerate(documents) if whole - 1 <= len(texts) and is_signed(texts)]
    ranked = sorted(sound or range(len(read)), key=lambda at: -sum(word in known for word in read[at]) / len(read[at]))
    tried = {at: _held(read[at], read) for at in ranked[:TRIED]}
    least = max(1, round(SHARED * len(read)))
    best = max(tried, key=lambda at: sum(many for many in tried[at][0] if many >= least))
    reference, (held, filled) = read[best], tried[best]
    sections = _sections(documents[best], reference)
    clauses: list[tuple[str, list[str]]] = []
    section, started = "PARTIES", False
    for at, word in enumerate(reference):
        new = sections.get(at)
        if new or not started:
            section, started = new or section, True
            clauses.append((section, []))
        filled_in = word in NAMED or filled[at] > max(1, SHARED * len(read))
        if held[at] >= least and (word in known or word.isdigit()) and not filled_in:
            clauses[-1][1].append(hash_of(word))
    lines = [
        "# Derived by `make documents`: hashes of words, no text. The words of a version are those that a third of its",
        "# documents with sound text have in their place.",
        f"id: {model} {printed}",
        f"model: {model}",
        f'printed: "{printed}"',
        f"from: {len(documents)}",
        "clauses:",
    ]
    lines += [f'- {{section: "{name}", words: "{"".join(marks)}"}}' for name, marks in clauses if marks]
    return "\n".join(lines) + "\n"


def _held(reference: list[str], read: list[list[str]]) -> tuple[list[int], list[int]]:
    """For each word of one document, how many of all have it in its place, and how many have other words there."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    held, filled = [0] * len(reference), [0] * len(reference)
    for words in read:
        for block in Levenshtein.opcodes(reference, words):
            places = range(block.src_start, block.src_end)
            ours, theirs = reference[block.src_start : block.src_end], words[block.dest_start : block.dest_end]
            if block.tag == "equal":
                for at in places:
                    held[at] += 1
            elif block.tag == "replace" and fuzz.ratio("".join(ours), "".join(theirs)) < LIKE_WORDS:
                for at in places:
                    filled[at] += 1
    return held, filled


LIKE_WORDS = 60
"""Words that are less alike are other words, not the same ones with slips: another office's place."""


def is_signed(texts: dict[int, str]) -> bool:
    """Whether the page of signatures is among the pages with sound text."""
    return any(is_signing(text) and not is_addendum(text) for text in texts.values())


def _sections(texts: dict[int, str], reference: list[str]) -> dict[int, str]:
    """The places of the words that begin a section, by its heading."""
    found: dict[int, str] = {}
    at = 0
    for text in texts.values():
        for match in HEADING.finditer(text):
            title = " ".join(match[1].split())
            words = re.findall(r"[a-z0-9]+", title.casefold())
            place = next(
                (spot for spot in range(at, len(reference)) if reference[spot : spot + len(words)] == words), None
            )
            if place is not None and len(words) < 10 and all(word in common_words() for word in words):
                found[place], at = title, place + len(words)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
