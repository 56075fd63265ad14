"""One document -> what it omits, adds or changes compared with the version of its form.

What enters: a PDF's path. What leaves: ``Aligned``. Pages without a text layer are read from their pictures. The module
promises to name no version where the document's own could not be determined.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ledger287.core.problem import Problem, Refused
from ledger287.sources.documents.declaring import forms
from ledger287.sources.documents.faults import damaged, not_seen, too_large
from ledger287.sources.documents.fields.identity import model_of, undated_of, version_of
from ledger287.sources.documents.fields.parties.agency import agency_of
from ledger287.sources.documents.fields.signed_pages.signatures import is_addendum, is_signing
from ledger287.sources.documents.files.inside import pdfium
from ledger287.sources.documents.files.opening import OpenedDocument, fault, open_document
from ledger287.sources.documents.known_pages import KnownPages, opens, runs_backwards
from ledger287.sources.documents.pages import text_layer
from ledger287.sources.documents.versions.addenda import addenda_of, against_form, own_pages
from ledger287.sources.documents.versions.clause_change import ClauseChange
from ledger287.sources.documents.versions.clauses import Version, alignment, versions
from ledger287.sources.documents.versions.words import words_of

FEW = 0.5
"""Without a form's date on its pages, a paper of fewer of the form's words is not the form with clauses left out."""
COMPLETE = "What it omits is not what an agreement omits. Give the complete agreement."


@dataclass(frozen=True, slots=True)
class Aligned:
    """A document against its version; ``version`` is None where it could not be determined."""

    file: str
    model: str | None
    version: str | None
    changes: tuple[ClauseChange, ...]
    problems: tuple[Problem, ...] = ()
    unread: tuple[ClauseChange, ...] = ()
    """Places in which the document has letters, and hardly any words: what it says there is not known."""


def align_file(path: Path) -> Aligned:
    """A document aligned to its version, in this process. Raises Refused where it cannot be opened."""
    if path.is_dir():
        raise Refused(f"{str(path)!r} is a folder; give one PDF. `ledger287 documents read` reads a folder.")
    if not path.is_file():
        raise Refused(f"no file {str(path)!r}; give the PDF of an agreement.")
    opened, problems = open_document(path)
    if opened is None:
        raise Refused(str(problems[-1]))
    texts, further = _texts_of(path, opened)
    problems += further
    first, *others = [number for number, text in texts.items() if opens(text)] or [1]
    if others:
        expected, said = "one agreement in a file", f"another that begins on page {others[0]}, which was not compared"
        problems.append(fault(path, "several_agreements", expected, said, APART, others[0]))
    signed = next((number for number, text in texts.items() if is_signing(text) and not is_addendum(text)), None)
    if signed and not others and runs_backwards(texts, first, signed):
        own = {first + 1 - number: text for number, text in sorted(texts.items(), reverse=True) if number <= first}
        aligned = _turned_back(align_texts(path.name, own), first)
    else:
        last = min(others, default=opened.pages + 1)
        own = {number: text for number, text in texts.items() if first <= number < last}
        aligned = align_texts(path.name, own)
    return replace(aligned, problems=(*problems, *aligned.problems, *_too_little(path, aligned, own)))


def _turned_back(aligned: Aligned, first: int) -> Aligned:
    """What was found in a document whose pages are in reverse order, with the numbers that they have in its file."""

    def back(changes: tuple[ClauseChange, ...]) -> tuple[ClauseChange, ...]:
        return tuple(replace(one, page=first + 1 - one.page if one.page else one.page) for one in changes)

    problems = tuple(replace(one, row=first + 1 - one.row if one.row else one.row) for one in aligned.problems)
    return replace(aligned, changes=back(aligned.changes), unread=back(aligned.unread), problems=problems)


def _texts_of(path: Path, opened: OpenedDocument) -> tuple[dict[int, str], list[Problem]]:
    """The text of each page that can be opened, and what keeps others from being read."""
    work, unseen = KnownPages(opened, 1, opened.pages), []
    for number in range(1, opened.pages + 1):
        try:
            text = text_layer.plain_text(opened.document[number - 1])
        except pdfium().PdfiumError:
            work.damaged.append(number)
            continue
        if text_layer.believed(text):
            work.texts[number] = text
        elif work.may_look:
            work.texts[number] = work.page(number).text
        else:
            unseen.append(number)
    problems = [*(damaged(path, work) if work.damaged else ()), *too_large(path, work)]
    return work.texts, [*problems, not_seen(path, unseen)] if unseen else problems


APART = "Cut them apart, and compare each by itself."


def _too_little(path: Path, aligned: Aligned, texts: dict[int, str]) -> Iterator[Problem]:
    """A document of far fewer words than its form: an agenda that names a model, or one page of an agreement."""
    form = _version(aligned.model, aligned.version)
    words = len(words_of(texts))
    dated = version_of(texts, aligned.model).certainty == "read"
    if form is not None and not dated and words < FEW * len(form.words):
        found = f"{words:,} words, where the form has {len(form.words):,}"
        yield fault(path, "not_an_agreement", "a complete memorandum of agreement", found, COMPLETE)


def align_texts(file: str, texts: dict[int, str]) -> Aligned:
    """The text of a document's pages aligned to its version."""
    model = model_of(texts).value
    printed = version_of(texts, model)
    version = _version(model, _clauses_of(model, printed.value))
    if version is None and printed.certainty != "read":
        version = _version(model, undated_of(model, texts))
    if version is None:
        return Aligned(file, model, None, ())
    agency, _ = agency_of(texts, {})
    names = [agency.value or ""]
    found = alignment(version, own_pages(texts), names)
    changes, lost, problems = _addenda(file, texts, names)
    return Aligned(file, model, version.printed, (*found.changes, *changes), tuple(problems), (*found.unread, *lost))


def _addenda(
    file: str, texts: dict[int, str], names: list[str]
) -> tuple[list[ClauseChange], list[ClauseChange], list[Problem]]:
    """What differs in the addenda bound behind: places, those that could not be read, and addenda of no known form."""
    changes: list[ClauseChange] = []
    lost: list[ClauseChange] = []
    problems: list[Problem] = []
    for addendum in addenda_of(texts):
        found = against_form(addendum, names)
        if found is None:
            said = f"an addendum with other words on page {min(addendum)}"
            problems.append(
                fault(Path(file), "addendum_not_compared", "an addendum of a known form", said, READ_IT, min(addendum))
            )
        else:
            changes += found[1].changes
            lost += found[1].unread
    return changes, lost, problems


READ_IT = "Read it: its text was not compared, and it can change any clause of the agreement."


def _clauses_of(model: str | None, printed: str | None) -> str | None:
    """Under which name the clauses of a printed date are declared: a date on few prints of a form is that form's."""
    rows = (row for row in forms()["versions"] if row["model"] == model and row["printed"] == printed)
    return next((str(row["clauses"]) for row in rows if "clauses" in row), printed)


def _version(model: str | None, printed: str | None) -> Version | None:
    """The version of a printed date, or of the name of a form without one."""
    return next((one for one in versions() if one.model == model and one.printed == printed), None)
