"""Text of documents -> the declared versions of forms, ``declared/documents/versions``; run by ``make documents``.

What enters: ``index.csv`` and ``text.jsonl.gz`` of a folder of documents. What leaves: for each version one file with
the section and the hashed words of each clause; no text. A word belongs to a version where most of its documents have
it in its place, those of one state counting less by their number; what several others have there is another wording,
and where many have words of their own the place is left open. ``from`` says of how many. Addenda have forms of their
own, those of each form's documents that are alike together.
"""

import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from ledger287.sources.documents.declaring import common_words
from ledger287.sources.documents.fields.identity import by_phrases, undated_of, version_of
from ledger287.sources.documents.fields.signed_pages.signatures import is_addendum, is_signing
from ledger287.sources.documents.pages.text_layer import believed
from ledger287.sources.documents.versions.addenda import addenda_of, own_pages, without_signatures
from ledger287.sources.documents.versions.clauses import hash_of
from ledger287.sources.documents.versions.consensus import FEWEST, FormWords, form_of
from ledger287.sources.documents.versions.slips import is_slip
from ledger287.sources.documents.versions.words import bare_words, plain_words, words_of

TRIED = 0.25
"""The share of the documents, the soundest, of which the one with the most words in its sections is begun with."""
HEADING = re.compile(r"(?m)^\s*(?:[IVXJDTWSlU1]{1,6}[.,]\s*\n?\s*)?([A-Z][A-Z,\- ]{5,70}[A-Z])\s*$")


def main(folder: Path, out: Path) -> None:
    """Write every version that at least one sound document has."""
    groups: dict[tuple[str, str], list[tuple[str, dict[int, str]]]] = {}
    sizes = {row["sha256"]: row for row in csv.DictReader((folder / "index.csv").open(encoding="utf-8", newline=""))}
    with gzip.open(folder / "text.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            texts = {number: text for number, text in enumerate(row["pages"], 1) if believed(text)}
            if row["sha256"] not in sizes or len(texts) < 9:
                continue
            name, state = by_phrases(texts).value, sizes[row["sha256"]]["folder_state"]
            if name:
                version = version_of(texts, name)
                printed = version.value or undated_of(name, texts)
                if printed and (version.certainty == "read" or version.value is None):
                    groups.setdefault((name, printed), []).append((state, texts))
    out.mkdir(parents=True, exist_ok=True)
    for (model, printed), documents in sorted(groups.items()):
        file = f"{model.lower()}-{printed.replace('/', '-')}.yml"
        (out / file).write_text(_agreement(model, printed, documents), encoding="utf-8")
        sys.stdout.write(f"{file}: {len(documents)} documents\n")
        addenda = [(state, without_signatures(one)) for state, texts in documents for one in addenda_of(texts)]
        for number, alike in enumerate(_alike(addenda), 1):
            place = out / "addenda" / (file if number == 1 else file.replace(".yml", f"-{number}.yml"))
            place.parent.mkdir(exist_ok=True)
            place.write_text(_addendum(model, printed, number, alike), encoding="utf-8")
            sys.stdout.write(f"addenda/{place.name}: {len(alike)} documents\n")


Documents = list[tuple[str, dict[int, str]]]


def _alike(addenda: Documents) -> list[Documents]:
    """Addenda of which most words are the same, together; of fewer than a form needs, none is made."""
    from rapidfuzz.distance import Levenshtein

    groups: list[Documents] = []
    for one in addenda:
        words = [word.text for word in words_of(one[1])]
        for group in groups:
            first = [word.text for word in words_of(group[0][1])]
            if Levenshtein.normalized_similarity(words, first) >= ALIKE:
                group.append(one)
                break
        else:
            groups.append([one])
    return [group for group in groups if len(group) >= FEWEST]


ALIKE = 0.6
"""The share of their words that two addenda of one form have in common at least; what is filled in differs."""


def _addendum(model: str, printed: str, number: int, documents: Documents) -> str:
    """The form of addenda to one form of agreements."""
    states, texts = [state for state, _ in documents], [pages for _, pages in documents]
    read = [[word.text for word in words_of(pages)] for pages in texts]
    form = form_of(read, states, _soundest(read, range(len(read))), is_slip)
    name = f"{printed} addendum" + (f" {number}" if number > 1 else "")
    return _file(model, name, len(documents), form, {0: "ADDENDUM"})


def _soundest(read: list[list[str]], of: Sequence[int]) -> list[int]:
    """Those of some documents with the largest share of words of the forms."""
    known = common_words()
    share = [sum(word in known for word in words) / len(words) for words in read]
    return sorted(of, key=lambda at: -share[at])[: max(1, round(TRIED * len(read)))]


def _agreement(model: str, printed: str, documents: Documents) -> str:
    states = [state for state, _ in documents]
    texts = [own_pages(pages) for _, pages in documents]
    read = [[word.text for word in words_of(pages)] for pages in texts]
    whole = max(len(pages) for pages in texts if len(pages) <= 15)
    sound = [at for at, pages in enumerate(texts) if whole - 1 <= len(pages) and is_signed(pages)] or range(len(read))
    form = form_of(read, states, _soundest(read, sound), is_slip)
    return _file(model, printed, len(documents), form, _sections(texts, read, form.words))


def _file(model: str, printed: str, many: int, form: FormWords, sections: dict[int, str]) -> str:
    lines = [
        "# Derived by `make documents`: hashes of words, no text. The words of a version are those that most of its",
        "# documents have, wordings what several others have in place of some, filled the places that are left open.",
        f"id: {model} {printed}",
        f"model: {model}",
        f'printed: "{printed}"',
        f"from: {many}",
        "clauses:",
    ]
    places = [*sections, len(form.words)]
    for start, end in pairwise(places):
        marks = "".join(hash_of(word) for word in form.words[start:end])
        lines.append(f'- {{section: "{sections[start]}", words: "{marks}"}}')
    lines.append("wordings:" if form.wordings else "wordings: []")
    for one in form.wordings:
        marks = "".join(hash_of(word) for word in one.words)
        lines.append(f'- {{first: {one.first}, last: {one.last}, words: "{marks}"}}')
    lines.append(f"filled: [{', '.join(f'[{start}, {end}]' for start, end in form.filled)}]")
    return "\n".join(lines) + "\n"


def is_signed(texts: dict[int, str]) -> bool:
    """Whether the page of signatures is among the pages with sound text."""
    return any(is_signing(text) and not is_addendum(text) for text in texts.values())


def _sections(documents: list[dict[int, str]], read: list[list[str]], words: Sequence[str]) -> dict[int, str]:
    """The places of the words that begin a section, where most documents print its heading on a line of its own."""
    from rapidfuzz.distance import Levenshtein

    counted: Counter[tuple[str, int]] = Counter()
    for texts, said in zip(documents, read, strict=True):
        there = {
            step.dest_start + off: step.src_start + off
            for step in Levenshtein.opcodes(words, said)
            if step.tag == "equal"
            for off in range(step.src_end - step.src_start)
        }
        counted.update({(title, there[place]) for place, title in _headings(texts, said) if place in there})
    found: dict[int, str] = {}
    for title in dict.fromkeys(title for title, _ in counted):
        many, place = max((many, -at) for (one, at), many in counted.items() if one == title)
        if many >= HEADED * len(documents):
            found[-place] = title
    return dict(sorted(({0: "PARTIES"} | found).items()))


def _headings(texts: dict[int, str], said: list[str]) -> Iterator[tuple[int, str]]:
    """Each heading of a document, and the place of its first word among the document's words."""
    at = 0
    for text in texts.values():
        for match in HEADING.finditer(text):
            title = " ".join(match[1].split())
            wanted = plain_words(title)
            place = next((spot for spot in range(at, len(said)) if said[spot : spot + len(wanted)] == wanted), None)
            if place is not None and len(wanted) < 10 and all(word in common_words() for word in wanted):
                at = place + len(wanted)
                yield place, title if bare_words(title) == wanted else " ".join(wanted).upper()


HEADED = 0.3
"""The share of documents that must print a heading on its own line."""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
