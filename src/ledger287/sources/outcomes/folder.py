"""A folder of detention workbooks -> each one read once, oldest snapshot first, with what repeats."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger287.core.problem import Problem
from ledger287.sources.outcomes.workbook import DetentionWorkbook, read_workbook

CAPTURED = re.compile(r"^(\d{4})(\d{2})(\d{2})\d{6}\b")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One workbook, and the day by which it was published, where its name tells one."""

    book: DetentionWorkbook
    published: date | None


def published_by(book: DetentionWorkbook) -> date | None:
    """The day by which a workbook was there: its capture by an archive, else the day in its name, where possible."""
    found = CAPTURED.match(book.file)
    if found:
        return date(*map(int, found.groups()))
    named = [clue.day for clue in book.as_of.clues if clue.kind == "file name"]
    day = book.as_of.day
    return next((one for one in named if day is None or one >= day), None)


def read_folder(folder: Path, progress: Progress | None = None) -> tuple[list[ReadFile], list[Problem]]:
    """Every .xlsx of a folder, each content once, ordered by the day of its snapshot; and the files that repeat."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".xlsx" and path.name[:1] not in ".~")
    seen: dict[str, str] = {}
    files: list[ReadFile] = []
    problems: list[Problem] = []
    for at, book in enumerate(_books(paths)):
        if first := seen.get(book.sha256):
            problems.append(
                Problem(
                    "repeated_file", book.file, None, None, None, "a workbook that is not here yet",
                    f"the same bytes as {first}", "It is counted once.", book.sha256,
                )
            )  # fmt: skip
        else:
            seen[book.sha256] = book.file
            files.append(ReadFile(book, published_by(book)))
        if progress:
            progress(at + 1, len(paths))
    files.sort(key=lambda one: (one.book.as_of.day or date.max, one.published or date.max, one.book.file))
    return files, problems


def _books(paths: list[Path]) -> Iterator[DetentionWorkbook]:
    for path in paths:
        yield read_workbook(path.read_bytes(), path.name)
