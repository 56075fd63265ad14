"""A folder -> the documents in it.

What enters: a folder or a file. What leaves: the paths of its PDFs, in order. The module promises that a file that is
no PDF by its name is left alone, and that a folder without any is refused with what to type.
"""

from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.sources.documents.files.opening import sha256_of


def documents_in(folder: Path) -> list[Path]:
    """The PDFs of a folder, those of folders within it too."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise Refused(f"no folder or file {str(folder)!r}; give one that holds PDFs.")
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.casefold() == ".pdf")
    if not found:
        raise Refused(f"no PDF in {str(folder)!r}; give a folder that holds some.")
    return found


def by_sha256(folder: Path, sha256: str) -> Path | None:
    """The document of a sha256 in a folder: by its name, else by its bytes; None where it is not there."""
    named = folder / f"{sha256}.pdf"
    if named.is_file():
        return named
    if not folder.is_dir():
        return None
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.casefold() == ".pdf")
    return next((path for path in found if sha256_of(path) == sha256), None)
