"""A folder -> the documents in it.

What enters: a folder or a file. What leaves: the paths of its PDFs, in order. The module promises that a file that is
no PDF by its name is left alone, that a link to a file that is not there is among them (its row has the problem), and
that a folder without any is refused with what to type.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.sources.documents.files.opening import sha256_of


def documents_in(folder: Path) -> list[Path]:
    """The PDFs of a folder, those of folders within it too."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise Refused(f"no folder or file {str(folder)!r}; give one that holds PDFs.")
    found = sorted(
        path
        for path in folder.rglob("*")
        if (path.is_file() or is_broken_link(path)) and path.suffix.casefold() == ".pdf"
    )
    if not found:
        raise Refused(f"no PDF in {str(folder)!r}; give a folder that holds some.")
    return found


def is_broken_link(path: Path) -> bool:
    """Whether a path is a link to a file that is not there."""
    return path.is_symlink() and not path.exists()


def within(folder: Path, path: Path) -> str:
    """How a document of a folder is named: its file's name, behind those of the folders within it that hold it."""
    return path.relative_to(folder).as_posix() if folder in path.parents else path.name


def by_sha256(folder: Path, sha256: str) -> Path | None:
    """The document of a sha256 in a folder: by its name, else by its bytes; None where it is not there."""
    named = folder / f"{sha256}.pdf"
    if named.is_file():
        return named
    if not folder.is_dir():
        return None
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.casefold() == ".pdf")
    return next((path for path in found if sha256_of(path) == sha256), None)


def documents_by_sha256(folder: Path) -> Mapping[str, Path]:
    """Every document of a folder by its sha256: by its name where that is one, else by its bytes, read once."""
    if not folder.is_dir():
        return {}
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix.casefold() == ".pdf")
    return {_sha256(path, path.stat().st_size, path.stat().st_mtime_ns): path for path in sorted(paths)}


@lru_cache(maxsize=10_000)
def _sha256(path: Path, *state: int) -> str:  # noqa: ARG001  (its state renews what is remembered)
    return path.stem if re.fullmatch("[0-9a-f]{64}", path.stem) else sha256_of(path)
