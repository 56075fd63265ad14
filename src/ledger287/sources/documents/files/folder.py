"""A folder -> the documents in it.

What enters: a folder or a file. What leaves: the paths of its PDFs, in order. The module promises that a file that is
no PDF by its name is left alone, and that a folder without any is refused with what to type.
"""

from pathlib import Path

from ledger287.core.problem import Refused


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
