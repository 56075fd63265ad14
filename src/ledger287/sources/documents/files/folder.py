"""A folder -> the documents in it.

What enters: a folder or a file. What leaves: the paths of its PDFs, in order. The module promises that a file that is
no PDF by its name is left alone and can be named, that a link to a file that is not there, a pipe, and a folder within
that may not be opened are among them (their rows have the problem), and that a folder without any is refused with what
to type.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.core.text import seen
from ledger287.sources.documents.files.opening import sha256_of


def documents_in(folder: Path) -> list[Path]:
    """The PDFs of a folder, those of folders within it too."""
    if folder.is_file() or is_broken_link(folder):
        return [folder]
    if not folder.exists():
        raise Refused(f"no folder or file {str(folder)!r}; give one that holds PDFs.")
    if not folder.is_dir():
        raise Refused(f"{str(folder)!r} is neither a file nor a folder; give a PDF, or a folder that holds some.")
    found = [path for path in _all_in(folder) if is_named_pdf(path) or path.is_dir()]
    if not found:
        others = f" (it has {_named(left_alone(folder))})" if left_alone(folder) else ""
        raise Refused(f"no PDF in {str(folder)!r}{others}; give a folder that holds some.")
    return sorted(found)


def left_alone(folder: Path) -> list[Path]:
    """The files of a folder that are no PDF by their names; not hidden ones, nor those that `fetch` keeps there."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in _all_in(folder)
        if not path.is_dir() and not is_named_pdf(path) and not path.name.startswith(".")
        if path != folder / "addresses.csv" and path.parent != folder / "parts"
    )


def said_of_left_alone(folder: Path) -> str | None:
    """A line on the files of a folder that were not read; None where there are none."""
    others = left_alone(folder)
    return f"not read, since their names do not end in .pdf: {_named(others)}" if others else None


NAMED = 3
"""So many files are named."""


def _named(paths: list[Path]) -> str:
    shown = ", ".join(seen(path.name) for path in paths[:NAMED])
    return shown + (f" and {len(paths) - NAMED:,} more" if len(paths) > NAMED else "")


def is_named_pdf(path: Path) -> bool:
    """Whether a path that is no folder is a PDF by its name."""
    return path.suffix.casefold() == ".pdf" and not path.is_dir()


def _all_in(folder: Path) -> Iterator[Path]:
    """Every file in a folder and the folders within it, and those of these that may not be opened."""
    shut: list[str] = []
    for place, _, names in os.walk(folder, onerror=lambda error: shut.append(error.filename)):
        yield from (Path(place, name) for name in names)
    yield from map(Path, shut)


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
