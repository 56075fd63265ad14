"""What a user names as inputs -> the files to read: files, folders, patterns, and ``file:`` URIs.

What enters: names as they are typed. What leaves: the files, each once, in the order of their names within a folder or
a pattern. A folder is read with every folder in it; files that begin with a dot or an underscore are an engine's own,
and are left out. Folders named ``state=TX`` give that field to every file in them.
"""

import glob
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError
from ledger287.custody.intake.columns.headings import Shape, held

READ = (".parquet", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson")
"""Extensions of the files of a folder that are read; a file that is named is read whatever its extension."""
NONE_GIVEN = "__HIVE_DEFAULT_PARTITION__"
"""What engines write into the name of a folder for a field that is blank."""


def expand(names: Iterable[str | Path]) -> tuple[Path, ...]:
    """Every file that the names stand for. Raises Refused where a name stands for none."""
    found: dict[Path, None] = {}
    faults = []
    for name in names:
        try:
            found |= dict.fromkeys(_files(str(name)))
        except Refused as refused:
            faults.append(refused)
    if faults:
        raise one_refusal(faults)
    return tuple(found)


def one_refusal(refusals: Sequence[Refused]) -> Refused:
    """Several refusals as one, a line each."""
    unlike = list({str(refused): refused for refused in refusals}.values())
    if len(unlike) == 1:
        return unlike[0]
    parts = [part for refused in unlike for part in ("\n", *refused.parts)]
    return QueryError("several", *parts[1:])


def _files(name: str) -> Sequence[Path]:
    path = Path(local_path(name))
    if path.is_dir():
        mine = _within(path)
        if not mine:
            raise Refused(f"{name}: this folder has no file to read; expected names that end in {', '.join(READ)}.")
        return mine
    if path.exists() or not glob.has_magic(str(path)):
        return [path]
    first = next(place for place, part in enumerate(path.parts) if glob.has_magic(part))
    matches = sorted(Path(*path.parts[:first]).glob(str(Path(*path.parts[first:]))))
    folders = [one for one in matches if one.is_dir()]
    mine = [one for one in matches if one.is_file() and not one.name.startswith((".", "_"))]
    for folder in folders if not mine else ():
        mine += _within(folder)
    if not mine:
        raise Refused(f"{name}: no file has a name like this.")
    return list(dict.fromkeys(mine))


def remote(name: str) -> bool:
    """Whether a name is a URI of some store, not of this machine."""
    return bool(re.match(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]*://", name))


def local_path(name: str) -> str:
    """A ``file:`` URI as a path. A URI of a store is refused, with what to do."""
    if remote(name):
        scheme = name.split("://", 1)[0]
        raise Refused(f"{name}: expected a file or folder of this machine, found a URI ({scheme}://).")
    return unquote(urlsplit(name).path) if re.match(r"file:/", name) else name


def _within(folder: Path) -> list[Path]:
    """Every file to read in a folder and in the folders in it. Raises Refused where one of them cannot be read."""

    def stopped(error: OSError) -> None:
        raise Refused(f"{error.filename}: this folder cannot be read: {error.strerror}.")

    found = [Path(at) / name for at, _, names in os.walk(folder, onerror=stopped) for name in names]
    return sorted(one for one in found if _readable(one, folder))


def _readable(path: Path, within: Path) -> bool:
    names = path.relative_to(within).parts
    return path.is_file() and path.suffix.lower() in READ and not any(one.startswith((".", "_")) for one in names)


def keys_of(path: Path, shape: Shape) -> dict[str, str | None]:
    """The fields that the folders of a file give, as ``state=TX``: field -> value; none for a blank one."""
    found: dict[str, str | None] = {}
    for part in path.parts[:-1]:
        key, sign, value = part.partition("=")
        mine = held(key, shape) if sign and key else None
        if mine is not None and mine.part == "both":
            text = unquote(value)
            found[mine.field] = None if text in ("", NONE_GIVEN) else text
    return found


def keys_unread(path: Path, shape: Shape) -> tuple[str, ...]:
    """The names of folders such as ``county=``, whose key is not a field."""
    keys = [part.partition("=")[0] for part in path.parts[:-1] if "=" in part]
    return tuple(key for key in keys if held(key, shape) is None)
