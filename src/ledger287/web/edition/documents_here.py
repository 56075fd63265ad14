"""Which agreements' own documents are on this machine, so that pages can show their places as pictures.

What enters: the sha256 of a document. What leaves: its PDF, or None. The folder is the one that ``LEDGER287_DOCUMENTS``
names, else the one where ``documents fetch`` keeps them.
"""

import os
from pathlib import Path

from ledger287.law.agreements.documents import places_of
from ledger287.ledger.build.updating import user_record
from ledger287.sources.documents.files.folder import documents_by_sha256

VARIABLE = "LEDGER287_DOCUMENTS"


def kept_in() -> Path:
    """The folder of documents."""
    return Path(os.environ.get(VARIABLE) or user_record().with_name("ledger287-documents"))


def document_here(sha256: str) -> Path | None:
    """The PDF of a document; None where it is not here."""
    return documents_by_sha256(kept_in()).get(sha256)


def version() -> tuple[str, ...]:
    """Changes with the documents that are here and have places to show."""
    try:
        return tuple(sorted(sha256 for sha256 in documents_by_sha256(kept_in()) if places_of(sha256)))
    except (OSError, RuntimeError):  # a folder that cannot be read, or no home
        return ()
