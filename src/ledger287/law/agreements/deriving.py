"""Documents -> the shipped tables of their facts, ``declared/documents/*.csv``; run by ``make documents``.

What enters: a folder with ``index.csv`` (sha256, pages and path of each document), ``text.jsonl.gz`` (the text of
their pages) and ``pdf/`` (those available as PDF). What leaves: ``read.csv``, one line per document, by sha256;
``addenda.csv``, one per addendum; ``appendices.csv``, one per appendix. They hold facts and hashes, and no person's
name. Changes of a form that affect an answer are only printed, for a person to look at: those that are on the page
are kept by hand in ``changes.csv``. ``undated.csv`` names the form of each document that prints no version, by its
words: only where all of its pages could be read. A document belongs to the agreement whose row of ICE's lists links a
file of its name; where several do, to the one of its model. The module promises that nothing of the index but sha256,
path and pages enters a fact.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ledger287.law.agreements.documents import changes_of
from ledger287.sources.documents.files.children import read_all
from ledger287.sources.documents.files.opening import open_document
from ledger287.sources.documents.pages.text_layer import believed, read_page
from ledger287.sources.documents.reading_texts import read_texts
from ledger287.sources.documents.rows import as_row
from ledger287.sources.documents.versions.aligning import align_texts
from ledger287.sources.documents.versions.places import boxes_of_words

if TYPE_CHECKING:
    from ledger287.ledger.query.ledger import Ledger

COLUMNS = (
    "sha256", "file", "agreement", "basis", "pages", "model", "version", "version_certainty", "agency",
    "agency_name_certainty", "state", "signed_page", "ice_signed", "ice_certainty", "agency_signed", "agency_certainty",
    "ice_office", "agency_office", "effective", "effective_certainty", "term", "ending_by_ice", "ending_by_agency",
    "ice_why", "agency_why",
)  # fmt: skip
ADDENDA = (
    "sha256", "file", "page", "agreement_effective", "ice_signed", "ice_certainty", "agency_signed", "agency_certainty",
)  # fmt: skip
PLACES = ("sha256", "field", "page", "left", "top", "right", "bottom", "width", "height")
PLACED = ("agency", "version", "ice_signed", "agency_signed", "effective", "term", "ending_by_ice", "ending_by_agency")
APPENDICES = ("sha256", "file", "letter", "title", "page", "contacts")
FORMS = {
    "JEM 2020": "JEM 2020",
    "WSO 2019-20": "WSO 2019-20",
    "WSO 2020-07": "WSO 2020-07",
    "TFM 2025-01": "TFM unversioned",
}
"""The undated forms as the reader of documents names them -> the versions of ``declared/law/templates.yml``."""
UNDATED = ("sha256", "file", "agreement", "form")
UNDATED_UNTIL = date(2025, 2, 12)
"""From this day on the forms print a date; one that was not read then is not an undated form."""
MOST_CHANGES = 40
"""Texts with more places that differ from their form, or were not read, are too poor to say which form they have."""
CHANGES = ("sha256", "file", "agreement", "version", "kind", "bears_on", "section", "page", "before", "after")


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
    rows: list[dict[str, Any]] = []
    addenda: list[dict[str, Any]] = []
    appendices: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []
    undated: list[dict[str, Any]] = []
    signed = dict(ledger.table("agreements").select("agreement_id", "signed").iter_rows())
    for row in sorted(index, key=lambda row: row["sha256"]):
        sha256, file = row["sha256"], unquote(Path(row["source_path"]).name)
        read = seen.get(sha256) or as_row(read_texts(file, sha256, texts.get(sha256, ())))
        fitting = links.get(file.casefold(), [])
        model = read["model"]["value"]
        agreement = next((id_ for id_, of in fitting if of == model), fitting[0][0] if fitting else "")
        rows.append(_line(read, file, agreement, "pages" if sha256 in seen else "text", row["pages"]))
        addenda += [_addendum(sha256, file, one) for one in read["addenda"]]
        places += _places(read)
        places += _changed(sha256, here[sha256], agreement) if sha256 in here else []
        appendices += [_appendix(sha256, file, one) for one in read["appendices"]]
        changes += _changes(sha256, file, agreement, texts.get(sha256, ()))
        if read["version"]["certainty"] != "read":
            undated += _undated(sha256, file, agreement, signed.get(agreement), texts.get(sha256, ()))
    _write(out, COLUMNS, rows)
    _write(out.with_name("undated.csv"), UNDATED, undated)
    _write(out.with_name("addenda.csv"), ADDENDA, addenda)
    _write(out.with_name("appendices.csv"), APPENDICES, appendices)
    _write(out.with_name("places.csv"), PLACES, places)
    csv.DictWriter(sys.stdout, CHANGES, lineterminator="\n").writerows(changes)
    sys.stdout.write(f"{len(rows):,} documents in {out}\n")


def _places(read: dict[str, Any]) -> list[dict[str, Any]]:
    """Where on its page each field was read, in points, with the size of the page."""
    sizes = {one["page"]: (one["width"], one["height"]) for one in read["sizes"]}
    return [
        dict(zip(PLACES, (read["sha256"], name, one["page"], *one["box"], *sizes[one["page"]]), strict=True))
        for name in PLACED
        if (one := read[name])["certainty"] == "read" and one["box"] and one["page"] in sizes
    ]


def _changed(sha256: str, path: Path, agreement: str) -> list[dict[str, Any]]:
    """Where the words are that a document adds to its form, of the changes that a person found on the page."""
    opened, _ = open_document(path)
    found = []
    for change in changes_of(agreement):
        if opened is None or change.page is None or not change.after:
            continue
        page = read_page(opened.document[change.page - 1], change.page)
        boxes = boxes_of_words(page, "", change.after)
        if boxes:
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            box = (min(lefts), min(tops), max(rights), max(bottoms))
            sides = (round(side, 1) for side in (*box, page.width, page.height))
            found.append(dict(zip(PLACES, (sha256, "change", change.page, *sides), strict=True)))
    return found


def _write(path: Path, columns: Sequence[str], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _addendum(sha256: str, file: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "sha256": sha256,
        "file": file,
        "page": one["page"],
        "agreement_effective": one["agreement_effective"]["value"] or "",
        "ice_signed": one["ice_signed"]["value"] or "",
        "ice_certainty": one["ice_signed"]["certainty"],
        "agency_signed": one["agency_signed"]["value"] or "",
        "agency_certainty": one["agency_signed"]["certainty"],
    }


def _appendix(sha256: str, file: str, one: dict[str, Any]) -> dict[str, Any]:
    title = one["title"]
    contacts = "; ".join(f"{each['side']}: {each['office']}" for each in one["contacts"])
    read = title["value"] if title["certainty"] == "read" else ""
    return {"sha256": sha256, "file": file, "letter": one["letter"], "title": read, "page": title["page"],
            "contacts": contacts}  # fmt: skip


def _changes(sha256: str, file: str, agreement: str, pages: Sequence[str]) -> list[dict[str, Any]]:
    """The sure changes of a document that prints the date of its form, where they bear on an answer."""
    texts = {number: text for number, text in enumerate(pages, 1) if believed(text)}
    aligned = align_texts(file, texts) if len(texts) == len(pages) and texts else None
    if aligned is None or aligned.version is None or "/" not in aligned.version:
        return []
    return [
        {
            "sha256": sha256,
            "file": file,
            "agreement": agreement,
            "version": f"{aligned.model} {aligned.version}",
            "kind": one.kind,
            "bears_on": " ".join(one.bears_on),
            "section": one.section,
            "page": one.page,
            "before": one.before,
            "after": one.after,
        }
        for one in aligned.changes
        if one.sure and one.bears_on
    ]


def _undated(sha256: str, file: str, agreement: str, signed: date | None, pages: Sequence[str]) -> list[dict[str, Any]]:
    """The form of a document that prints no version, by its words; nothing where a page of it could not be read."""
    texts = {number: text for number, text in enumerate(pages, 1) if believed(text)}
    if not agreement or len(texts) < len(pages) or not texts or signed is None or signed >= UNDATED_UNTIL:
        return []
    aligned = align_texts(file, texts)
    form = FORMS.get(f"{aligned.model} {aligned.version}")
    if form is None or len(aligned.changes) + len(aligned.unread) > MOST_CHANGES:
        return []
    return [{"sha256": sha256, "file": file, "agreement": agreement, "form": form}]


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
        **{
            name: read[name]["value"] if read[name]["certainty"] == "read" else ""
            for name in ("ice_office", "agency_office", "term", "ending_by_ice", "ending_by_agency")
        },
        **{
            f"{side}_why": read[f"{side}_signed"]["why"] or "" if read[f"{side}_signed"]["certainty"] != "read" else ""
            for side in ("ice", "agency")
        },
        "effective": read["effective"]["value"] or "",
        "effective_certainty": read["effective"]["certainty"],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
