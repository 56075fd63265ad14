"""``ledger287 documents show``: what an agreement's own document says, and a picture of the place that says it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, State, console, ledger, print_json, replacing
from ledger287.core.problem import Refused
from ledger287.core.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.console import Console

    from ledger287.law.agreements.documents import ReadDocument
    from ledger287.sources.documents.files.children import ReadingProcess
    from ledger287.sources.documents.versions.clause_change import ClauseChange

PLACES = ("model", "version", "agency", "ice_signed", "agency_signed", "ice_office", "agency_office", "effective",
          "term", "ending_by_ice", "ending_by_agency")  # fmt: skip


def show(
    agreement: Annotated[
        str, typer.Argument(metavar="AGREEMENT", help="An agreement's id, or an agency's name where it has one only.")
    ],
    picture: Annotated[
        Path | None,
        typer.Option("--picture", metavar="FILE", help="Write the page with a box around the field, as PNG."),
    ] = None,
    field: Annotated[str, typer.Option("--field", metavar="NAME", help="The field whose place to draw.")] = (
        "agency_signed"
    ),
    of: Annotated[
        Path | None,
        typer.Option("--documents", metavar="DIR", help="Where the document is, as `documents fetch` keeps it."),
    ] = None,
    state: State = None,
    json: Json = False,
) -> None:
    """What an agreement's own document says: form, agency, days, term, addenda, and where it was read.

    An agency's name leads to its one agreement; of an agency with several, the ids are listed to choose from.

    With --picture, the page of the document, from the folder of documents, is drawn with a box around the field:
    model, version, agency, ice_signed, agency_signed, ice_office, agency_office, effective, term, ending_by_ice or
    ending_by_agency. With --documents, the names of the signers are read from the page too. Exits 1 where the
    document was not read.

    Keys of --json: agreement, read, document (sha256, file, agreement, basis, pages, model, version, agency, state,
    signed_page, ice_signed, ice_certainty, agency_signed, agency_certainty, ice_office, agency_office, effective,
    effective_certainty, term, ending_by_ice, ending_by_agency, ice_why, agency_why), addenda (each with page,
    agreement_effective, ice_signed, ice_certainty, agency_signed, agency_certainty), appendices (letter, title, page,
    contacts), changes (kind, bears_on, section, page, before, after); ice_why and agency_why say why a day is a doubt,
    or unread; with --documents also names (ice, agency: each with value,
    certainty, page, box, confidence, why), the signers' names as printed, which no table of the record has.

    Example: ledger287 documents show ag-at5gpss-tfm-2025-03-10
    """
    from ledger287.law.agreements.documents import addenda_of, appendices_of, changes_of, document_of
    from ledger287.law.agreements.signing_days import signing_days

    if field not in PLACES:
        raise Refused(f"no field {field!r}. Expected one of: {', '.join(PLACES)}.")
    agreement = _agreement_named(agreement, state)
    found = document_of(agreement)
    answer: dict[str, Any] = {"agreement": agreement, "read": found is not None, "document": found}
    if found is not None:
        answer["addenda"], answer["appendices"] = addenda_of(found.sha256), appendices_of(found.sha256)
        answer["changes"] = changes_of(agreement)
        answer["days"] = signing_days(found, _listed(agreement))
        if of is not None:
            answer["names"] = _names(found, of)
    if found is not None and picture is not None:
        with replacing(picture):
            _draw(found, field, picture, of)
    if json:
        print_json(answer)
    elif found is None:
        console().print(
            f"{agreement}: its own document was not read: template assumed, its model's form, in all answers."
        )
    else:
        show_facts(console(), found, answer)
    if found is None:
        raise typer.Exit(WITH_PROBLEMS)


def _listed(agreement: str) -> "date | None":
    """The day of signing as ICE's list prints it; None where the record that ships has no such agreement or day."""
    row = _row_of(agreement)
    return row[1] if row else None


def _row_of(agreement: str) -> "tuple[str, date | None] | None":
    """An agreement's model and day of signing in the record that ships; None where it has no such agreement."""
    import polars as pl

    rows = ledger(None).table("agreements").filter(pl.col("agreement_id") == agreement)
    return next(rows.select("model", "signed").iter_rows(), None)


def _agreement_named(said: str, state: str | None) -> str:
    """The id of the agreement that an id or an agency's name means. Raises Refused with the ids to choose from."""
    from ledger287.law.agreements.documents import document_of

    if document_of(said) is not None:
        return said
    if said.startswith("ag-") and said.count("-") > 1:
        ledger(None).source(said)  # refuses an id that no agreement has
        return said
    agency = ledger(None).agency(said, state=state)
    ids = [one.agreement_id for one in agency.agreements]
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise Refused(f"{agency.name}, {agency.state}, has no agreement on any list, so there is no document of one.")
    read = [f"{one}{'' if document_of(one) else ' (its document was not read)'}" for one in ids]
    raise Refused(f"{agency.name}, {agency.state}, has {plural(len(ids), 'agreement')}. Name one: {'; '.join(read)}.")


def _names(found: "ReadDocument", folder: Path) -> dict[str, Any]:
    """The names of the signers as printed, read from the document itself: no table of the record has them."""
    from ledger287.sources.documents.files.children import ReadingProcess

    child = ReadingProcess()
    try:
        row = child.read(_file_of(found, folder))
    finally:
        child.stop()
    return {side: row[f"{side}_name"] for side in ("ice", "agency")}


def _file_of(found: "ReadDocument", folder: Path) -> Path:
    """The file of a document. Raises Refused where the folder does not have it."""
    from ledger287.sources.documents.files.folder import by_sha256

    path = by_sha256(folder, found.sha256)
    if path is None:
        expected = "Fetch it (ledger287 documents fetch), or name the folder that holds it with --documents DIR"
        raise Refused(f"{folder}: no document with sha256 {found.sha256}. {expected}.")
    return path


def _draw(found: "ReadDocument", field: str, picture: Path, folder: Path | None) -> None:
    """Write the picture of a field's place. Raises Refused where the document or the place is not available."""
    from ledger287.ledger.build.updating import user_record
    from ledger287.sources.documents.files.children import ReadingProcess

    _has_folder(picture)
    where = folder or user_record().with_name("ledger287-documents")
    path = _file_of(found, where)
    child = ReadingProcess()
    try:
        page, boxes = _place(found, field) or _place_read(child, found, field, path)
        done = child.draw(path, picture, page, boxes)
    finally:
        child.stop()
    if not done.get("written"):
        raise Refused(f"{found.file}: page {page} could not be drawn.")


Place = tuple[int, list[Any]]
"""A page, and the boxes on it."""


def _place(found: "ReadDocument", field: str) -> Place | None:
    """Where a field is, by the table that ships; None where the table does not have it."""
    from ledger287.law.agreements.documents import places_of

    return next(((one.page, [one.box]) for one in places_of(found.sha256) if one.field == field), None)


def _place_read(child: "ReadingProcess", found: "ReadDocument", field: str, path: Path) -> Place:
    """Where a field is, by reading the document again. Raises Refused where it is not read."""
    row = child.read(path)
    place = row[field]
    if place["page"] is None:
        raise Refused(f"{found.file}: {field} was not read; {reason(row, place)}.")
    return place["page"], [place["box"]] if place["box"] else []


def _has_folder(picture: Path) -> None:
    if not picture.parent.is_dir():
        raise Refused(f"{picture}: cannot be written: no folder {picture.parent}. Name a file in a folder that exists.")


def draw_change(
    child: "ReadingProcess", path: Path, changes: "Sequence[ClauseChange]", number: int, picture: Path
) -> None:
    """Write the picture of a change's place. Raises Refused where there is no such change, or no such page."""
    _has_folder(picture)
    if number > len(changes):
        raise Refused(f"{path.name}: no change {number}; it has {plural(len(changes), 'change')}.")
    change = changes[number - 1]
    if change.page is None:
        raise Refused(f"{path.name}: the page of change {number} is not known.")
    if not child.draw_words(path, picture, change.page, change.context, change.after).get("written"):
        raise Refused(f"{path.name}: page {change.page} could not be drawn.")


def reason(row: dict[str, Any], place: dict[str, Any]) -> str:
    """Why a field has no place: the reader's own word, or what stopped the reading of the document."""
    if place["why"]:
        return str(place["why"])
    found = [
        f"expected {one['expected']}; found {one['found']}. {one['remedy'].rstrip('.')}" for one in row["problems"]
    ]
    return "; ".join(found) or "no place is known"


def _assumed(agreement: str) -> str | None:
    """That answers by an agreement's text rest on its model's form, where its own was not read as far as that."""
    from ledger287.law.agreements.clauses import text_of
    from ledger287.law.authority.authority_answer import OWN_NOT_READ

    row = _row_of(agreement)
    if row is None:
        return None
    text = text_of(agreement, *row)
    return None if text.basis == "document read" else f"template assumed in answers: {OWN_NOT_READ[text.own_text]}"


def show_facts(out: "Console", found: "ReadDocument", more: dict[str, Any]) -> None:
    """Print the facts of a document as text."""
    from rich.markup import escape

    from ledger287.law.agreements.documents import undated_forms

    out.print(f"[bold]{escape(found.file)}[/bold]  [dim]sha256 {found.sha256}[/dim]", soft_wrap=True)
    seen = "its pages were read" if found.basis == "pages" else "only its text was read"
    out.print(f"  {plural(found.pages, 'page')}; {seen}")
    if found.agreement and (assumed := _assumed(found.agreement)):
        out.print(f"  {assumed}")
    form = undated_forms().get(found.agreement or "")
    by_words = f"no printed date; by its words {form}" if form else "no printed date"
    out.print(f"  {found.model or 'unknown model'}, form of {found.version or by_words}")
    out.print(f"  {escape(found.agency or 'agency unread')}, {found.state or 'state unread'}")
    page = f", page {found.signed_page}" if found.signed_page else ""
    for name, day, sure, office, why in (
        ("ICE", found.ice_signed, found.ice_certainty, found.ice_office, found.ice_why),
        ("the agency", found.agency_signed, found.agency_certainty, found.agency_office, found.agency_why),
    ):
        printed = more.get("names", {}).get("ice" if name == "ICE" else "agency", {})
        sure_of = "" if printed.get("certainty") == "read" else " (doubt)"
        signer = [f"{printed['value']}{sure_of}"] if printed.get("value") else []
        signer += [office] if office else []
        by = f" ({escape(', '.join(signer))})" if signer else ""
        because = f": {escape(why)}" if why else ""
        out.print(f"  signed by {name}{by}: {day or '-'}  [dim]{sure}{page}{because}[/dim]", soft_wrap=True)
        if sure == "doubt" and found.basis == "pages" and found.agreement:
            field = "ice_signed" if name == "ICE" else "agency_signed"
            see = f"ledger287 documents show {found.agreement} --field {field} --picture page.png"
            out.print(f"    a doubt: look at its place in the document once it is fetched: {see}", soft_wrap=True)
    out.print("  days of signing, and what goes by each:")
    for one in more["days"]:
        how = f" ({one.certainty})" if one.certainty in ("doubt", "unread") else ""
        out.print(f"    {one.name}: {one.day or 'no day'}{how}  [dim]{escape(one.used_for)}[/dim]", soft_wrap=True)
    out.print(f"  in effect from: {found.effective or '-'}  [dim]{found.effective_certainty}[/dim]")
    out.print(f"  lasts: {found.term or 'unread'}")
    out.print(f"  ended by ICE: {found.ending_by_ice or 'unread'}; by the agency: {found.ending_by_agency or 'unread'}")
    for addendum in more["addenda"]:
        days = (
            f"ICE {addendum.ice_signed or '-'} ({addendum.ice_certainty}), the agency {addendum.agency_signed or '-'}"
        )
        out.print(f"  addendum on page {addendum.page}: {days} ({addendum.agency_certainty})")
    for appendix in more["appendices"]:
        out.print(f"  appendix {appendix.letter}, page {appendix.page}: {escape(appendix.title or 'title unread')}")
    for change in more["changes"]:
        said = f"{change.kind} on {listed(change.bears_on)}, page {change.page or '-'}"
        out.print(
            f"  {said}: {escape(change.before or 'nothing')} -> {escape(change.after or 'nothing')}", soft_wrap=True
        )
