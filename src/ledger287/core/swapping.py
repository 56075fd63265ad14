"""A folder or file that was written aside -> in the place of another by one rename; what killed runs left, swept.

Promises: whoever looks finds the old folder or the new one, never none, where the system can exchange two folders
(Linux); elsewhere two renames follow each other, and the next run puts back what a kill between them took away.
"""

import ctypes
import errno
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2
_NOT_HERE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def aside_of(folder: Path, word: str = "part") -> Path:
    """Where this process writes what is to take the folder's place."""
    return folder.with_name(f".{folder.name}.{os.getpid()}.{word}")


def put_in_place(aside: Path, folder: Path) -> None:
    """Put a complete folder in the place of another, or of none; the other is removed. Raises OSError."""
    if not folder.exists():
        aside.rename(folder)
        return
    if not _exchanged(aside, folder):
        old = aside_of(folder, "old")
        folder.rename(old)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)


def write_file(path: Path, data: bytes) -> None:
    """Write a file aside, then rename it: what was there remains until the new one is complete. Raises OSError.

    What is not a file (a pipe, a terminal) is written to as it is.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    place = path.resolve()
    sweep(place)
    aside = aside_of(place)
    try:
        aside.write_bytes(data)
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what runs that were killed left; put the old folder back where one took it away and left none."""
    left = re.compile(re.escape(f".{folder.name}.") + r"(\d+)\.(part|old)")
    for path in sorted(folder.parent.glob(f".{folder.name}.*")) if folder.parent.is_dir() else ():
        found = left.fullmatch(path.name)
        if not found or _runs(int(found.group(1))):
            continue
        if found.group(2) == "old" and not folder.exists():
            path.rename(folder)
        elif not path.is_dir():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _runs(process: int) -> bool:
    """Whether a process of that number runs."""
    if process == os.getpid():
        return False
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True
