"""The agreements themselves: read from their PDFs, aligned to their forms, compared with the lists.

Documents are read in child processes with limits of time and memory; nothing inside them is run.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger287.api.arguments import or_opened, path_of
from ledger287.core.query_error import as_text, as_text_or_none
from ledger287.ledger.query.ledger import Ledger

if TYPE_CHECKING:
    from ledger287.law.agreements.comparing import Compared
    from ledger287.sources.documents.versions.aligning import Aligned
    from ledger287.sources.documents.versions.clause_change import ClauseChange


def read_documents(folder: str | Path) -> list[dict[str, Any]]:
    """What the PDFs of a folder say, or one PDF: a list with the keys of ``ledger287 documents read --json``.

    Each value is ``read``, in ``doubt`` or ``unread``, with its page; nothing is guessed. Scans need an OCR reader.
    Raises Refused where there is no such folder.
    """
    from ledger287.sources.documents.files.children import read_folder

    return read_folder(path_of(folder, "folder"))


def clauses_of(file: str | Path) -> "Aligned":
    """What one agreement omits, adds or changes of its form, word by word. Raises Refused where it cannot be opened."""
    from ledger287.sources.documents.files.children import align_apart

    return align_apart(path_of(file, "file"))


def changes_of_form(one: str, other: str, model: str | None = None) -> "tuple[ClauseChange, ...]":
    """What differs between two versions of a model's form: printed dates such as ``02/12/2025``, or ids.

    Raises Refused for a version that is not known, and where several models have it and none is named.
    """
    from ledger287.sources.documents.versions.clauses import compare_versions, version_named

    one, other = (as_text(text, field, "02/12/2025") for text, field in ((one, "one"), (other, "other")))
    model = as_text_or_none(model, "model", "TFM")
    return compare_versions(version_named(one, model), version_named(other, model))


def compare_documents(ledger: Ledger | None = None) -> "Compared":
    """The documents that were read against the rows of ICE's lists that link them: model, agency, signing day."""
    from ledger287.law.agreements.comparing import compare_all

    return compare_all(or_opened(ledger))
