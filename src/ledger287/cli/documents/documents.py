"""``ledger287 documents``: the agreements themselves, read from their PDFs."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, Model, Record, State, console, ledger, print_json, replacing
from ledger287.cli.documents.rows_read import show_documents
from ledger287.cli.documents.shown import draw_change, show
from ledger287.core.text import plural, seen

if TYPE_CHECKING:
    from rich.console import Console

    from ledger287.sources.documents.files.fetching import Fetched, WantedDocument
    from ledger287.sources.documents.versions.clause_change import ClauseChange

documents = typer.Typer(name="documents", help="The agreements themselves: read from their PDFs.", no_args_is_help=True)
documents.command()(show)
MOST_WORDS = 80
SURE = ("same", "differs")


@documents.command()
def read(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of PDFs, or one PDF.")],
    json: Json = False,
) -> None:
    """Read agreements: model, form, agency, state, days and offices of both signatures, term, addenda, appendices.

    Each document is read in a child process with limits of time and memory; nothing inside it is run. A value is
    "read" where readings agree, "doubt" where there is only one or another contradicts it, "unread" where there
    is none; nothing is guessed. Scans need an OCR reader: Debian's tesseract, or the extra ledger287[documents].
    Files whose names do not end in .pdf are not read; a line names them. Exits 1 when a document has problems.

    Keys of --json: a list with file (behind the folders within FOLDER that hold it), sha256, model, version, agency,
    state, ice_signed, agency_signed (each with value, certainty, page, box, confidence, why), problems (each with kind,
    page, expected, found, remedy), then ice_office, agency_office, ice_name, agency_name, effective, term,
    ending_by_ice, ending_by_agency (as the others), addenda (each with page, agreement_effective, ice_signed,
    agency_signed), appendices (each with letter, title, contacts), sizes (page, width, height) and also (further
    agreements in the same file).

    Example: ledger287 documents read agreements/ --json
    """
    from ledger287.sources.documents.files.folder import said_of_left_alone

    rows = _with_progress(folder)
    if json:
        print_json(rows)
    else:
        show_documents(console(), rows)
    if others := said_of_left_alone(folder):
        typer.echo(others, err=True)
    if any(row["problems"] for row in rows):
        raise typer.Exit(WITH_PROBLEMS)


@documents.command()
def fetch(
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="DIR",
            help="Where to keep them; if left out, ledger287-documents next to your own record.",
            show_default=False,
        ),
    ] = None,
    urls: Annotated[
        Path | None,
        typer.Option("--urls", metavar="FILE", help="Fetch these URLs, one a line, not those of the lists."),
    ] = None,
    most: Annotated[
        int | None, typer.Option("--most", metavar="N", min=1, help="Request at most so many documents.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also ask whether documents that are here have changed.")] = (
        False
    ),
    state: State = None,
    model: Model = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """Fetch the agreements' documents that ICE's lists link, and keep them by sha256.

    Keeps the URL of every document that a list ever linked in `addresses.csv`, newest lists first. Requests one file at
    a time, waits between files, resumes a download that broke off, and requests nothing that is here already. What is
    not a PDF is not kept. Exits 1 when a document could not be had.

    Keys of --json: folder, `addresses` (URLs in its table), taken (each with url, file, sha256, bytes, known,
    agreements), unchanged, left (still to be fetched), problems (each with kind, file, expected, found, remedy).

    Example: ledger287 documents fetch --into agreements --state FL --most 50
    """
    from ledger287.law.agreements.addresses import addresses_of
    from ledger287.ledger.build.updating import user_record
    from ledger287.ledger.query.parameters import read_model, read_state
    from ledger287.sources.documents.files.url_file import read_urls

    wanted = read_urls(urls) if urls else addresses_of(ledger(record), read_state(state), read_model(model))
    done = _fetch_with_progress(wanted, into or user_record().with_name("ledger287-documents"), again, most)
    if json:
        print_json(done)
    else:
        show_fetched(console(), done)
    if done.problems:
        raise typer.Exit(WITH_PROBLEMS)


def _fetch_with_progress(wanted: "Sequence[WantedDocument]", folder: Path, again: bool, most: int | None) -> "Fetched":
    from ledger287.sources.documents.files.fetching import fetch_documents

    if not sys.stderr.isatty():
        return fetch_documents(wanted, folder, None, again, most)
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("fetching", total=None)

        def show(file: str, done: int, total: int | None) -> None:
            bar.update(task, description=file, completed=done, total=total)

        return fetch_documents(wanted, folder, None, again, most, show)


def show_fetched(out: "Console", done: "Fetched") -> None:
    """Print what was fetched, what was here, and what is left."""
    from rich.markup import escape

    out.print(f"[bold]{plural(len(done.taken), 'document')}[/bold] fetched into {escape(done.folder)}", soft_wrap=True)
    for taken in done.taken:
        here = ", the same bytes as another here" if taken.known else ""
        out.print(f"  {escape(taken.file)}  [dim]sha256 {taken.sha256[:16]}{here}[/dim]", soft_wrap=True)
    out.print(
        f"  {done.unchanged:,} here before, {done.left:,} still to be fetched; {plural(done.addresses, 'URL')} known"
    )
    for problem in done.problems:
        out.print(f"  problem: {escape(str(problem))}", soft_wrap=True)
    out.print(f"  [dim]read them: ledger287 documents read {escape(done.folder)}[/dim]", soft_wrap=True)


@documents.command()
def clauses(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One agreement's PDF.")],
    picture: Annotated[
        Path | None,
        typer.Option("--picture", metavar="FILE", help="Write the page of one change with a box around it, as PNG."),
    ] = None,
    change: Annotated[
        int, typer.Option("--change", metavar="N", min=1, help="The change to draw, as numbered here.")
    ] = 1,
    json: Json = False,
) -> None:
    """What one agreement omits, adds or changes of its form, word by word.

    The document is aligned to the version that it prints (a form without a date: to that of its model's time), and an
    addendum that is bound with it to the form of addenda. Names, days and slips of OCR are not called changes. With
    --picture the page of a change is drawn with a box around its lines; of what was omitted, around the words before
    it. Exits 1 when the text could not be read, its version is
    unknown, an addendum has words that no known form of addenda has, or a script or file inside was not run.

    Each change says which parts of an answer on authority it bears on: functions, hold, supervision, reporting, term,
    complaints, training; "sure" is false where it can be a slip of OCR.

    Keys of --json: file, model, version, changes (each with kind, section, before, after, page, context, bears_on,
    sure), problems (scripts or attachments inside, which are never run; addenda not compared), unread (places, as
    changes have them, whose words could not be read).

    Example: ledger287 documents clauses agreement.pdf
    """
    from rich.markup import escape

    from ledger287.sources.documents.files.children import ReadingProcess

    child = ReadingProcess()
    try:
        aligned = child.align(file)
        if picture is not None:
            with replacing(picture):
                draw_change(child, file, aligned.changes, change, picture)
    finally:
        child.stop()
    if json:
        print_json(aligned)
    else:
        out = console()
        form = f"form of {aligned.version}" if aligned.version else "its form is not known, so nothing was compared"
        out.print(f"[bold]{escape(seen(file.name))}[/bold]: {aligned.model or 'no model'}, {form}")
        if aligned.version is not None:
            show_changes(out, aligned.changes, read=True)
        if aligned.unread:
            pages = sorted({one.page for one in aligned.unread if one.page})
            where = f" (page {', '.join(map(str, pages))})" if pages else ""
            many = plural(len(aligned.unread), "further place")
            out.print(f"[yellow]{many} could not be read{where}[/yellow]: look at the page; --json has them.")
        for problem in aligned.problems:
            said = f"expected {problem.expected}; found {problem.found}. {problem.remedy}"
            out.print(f"  [yellow]problem[/yellow]: {escape(said)}", soft_wrap=True)
    if aligned.version is None or aligned.problems:
        raise typer.Exit(WITH_PROBLEMS)


def diff_template(
    one: Annotated[str, typer.Argument(metavar="VERSION", help="As printed: 02/12/2025, or an id: TFM 2025-01.")],
    other: Annotated[str, typer.Argument(metavar="VERSION", help="The version to compare it with.")],
    model: Annotated[
        str | None, typer.Option("--model", metavar="JEM|WSO|TFM", help="Needed where models share a date.")
    ] = None,
    json: Json = False,
) -> None:
    """What differs between two versions of a model's form, word by word.

    Keys of --json: one, other (ids), words (the number in each), changes (each with kind, section, before, after,
    page, context, bears_on, sure).

    Example: ledger287 diff-template 02/12/2025 03/07/2025 --model TFM
    """
    from ledger287.sources.documents.versions.clauses import compare_versions, version_named

    left, right = version_named(one, model), version_named(other, model)
    changes = compare_versions(left, right)
    if json:
        words = [len(left.words), len(right.words)]
        print_json({"one": left.id, "other": right.id, "words": words, "changes": changes})
        return
    out = console()
    out.print(f"[bold]{left.id}[/bold] and [bold]{right.id}[/bold]")
    show_changes(out, changes)


def shortened(words: str) -> str:
    """The beginning and the end of a long text, with how many words are between; --json has all of them."""
    parts = words.split()
    if len(parts) <= MOST_WORDS:
        return words
    half = MOST_WORDS // 2
    return f"{' '.join(parts[:half])} [{len(parts) - 2 * half:,} words more] {' '.join(parts[-half:])}"


def show_changes(out: "Console", changes: "Sequence[ClauseChange]", read: bool = False) -> None:
    """Print changes as text; of a document that was ``read``, with those that can be slips of OCR marked."""
    from rich.markup import escape

    from ledger287.core.text import listed

    for number, change in enumerate(changes, 1):
        page = f", page {change.page}" if change.page else ""
        bears = f"; bears on {listed(change.bears_on)}" if change.bears_on else ""
        sure = "  [dim](can be a slip of OCR)[/dim]" if read and not change.sure else ""
        out.print(
            f"  {number}. {change.kind} in {escape(change.section.capitalize())}{page}{bears}{sure}", soft_wrap=True
        )
        out.print(f"    [dim]... {escape(change.context)}[/dim]", soft_wrap=True)
        for sign, words in (("-", change.before), ("+", change.after)):
            if words:
                out.print(f"    {sign} {escape(shortened(words))}", soft_wrap=True)
    out.print(f"[dim]{plural(len(changes), 'difference')} of words[/dim]")


@documents.command()
def older(json: Json = False) -> None:
    """The older forms, 2002 to 2017, that are known by their openings: what they are, and where their text is.

    Their clauses were not read. Keys of --json: a list with agreement, signed, form, pages, `address`.

    Example: ledger287 documents older
    """
    from rich.markup import escape

    from ledger287.core import declared

    rows = list(declared.rows("documents/older_forms.csv"))
    if json:
        print_json(rows)
        return
    out = console()
    for row in rows:
        out.print(f"  {row['signed']}  {escape(row['agreement'])}: {escape(row['form'])}", soft_wrap=True)
        out.print(f"              [dim]{escape(row['address'])}[/dim]", soft_wrap=True)


@documents.command()
def compare(record: Record = None, json: Json = False) -> None:
    """The documents that were read against the rows of ICE's lists that link them.

    Differences on model, agency (a document on the wrong row) and signing day; only what was read without doubt
    makes a difference of days. Exits 1 when there are differences.

    Keys of --json: compared (documents with an agreement), days_compared, days_equal, differences (each with file,
    agreement, about, document, listed), days (each document with the list's day and its own: file, agreement, listed,
    ice_signed, ice_certainty, agency_signed, agency_certainty, page, result).

    Example: ledger287 documents compare
    """
    from rich.markup import escape

    from ledger287.law.agreements.comparing import compare_all

    done = compare_all(ledger(record))
    if json:
        print_json(done)
    else:
        out = console()
        out.print(f"{plural(done.compared, 'document')} compared with the rows that link them")
        out.print(f"  ICE's signing days: {done.days_equal} of {done.days_compared} that were read are the list's")
        counted = Counter(row.result for row in done.days)
        rest = ", ".join(f"{many} {result}" for result, many in sorted(counted.items()) if result not in SURE)
        if rest:
            out.print(f"  the rest: {rest}")
        for one in done.differences:
            said = f"{one.about}: the document says {one.document}, the list {one.listed}"
            out.print(f"  {escape(one.file)}  [dim]{one.agreement}[/dim]\n    {escape(said)}", soft_wrap=True)
    if done.differences:
        raise typer.Exit(WITH_PROBLEMS)


def _with_progress(folder: Path) -> list[dict[str, Any]]:
    from ledger287.sources.documents.files.children import read_folder
    from ledger287.sources.documents.files.folder import documents_in

    if not sys.stderr.isatty():
        return read_folder(folder)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=len(documents_in(folder)))
        step: Callable[[str], None] = lambda name: bar.update(task, advance=1, description=name)  # noqa: E731
        return read_folder(folder, step)
