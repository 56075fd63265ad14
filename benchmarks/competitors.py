"""What a user would use instead, and the physical limit: each in its own process, over the same files.

``python -m benchmarks.competitors {fastexcel,pandas,unzip} [--jobs N] FOLDER`` reads every workbook in
the folder and prints one line of JSON: seconds of the reading alone, files, rows (or bytes), failures.

- ``fastexcel``: ``read_excel`` and ``load_sheet`` of every sheet to polars, as texts and without a
  heading row, which is the quickest way to ask it, and the one in which the build asks it.
- ``pandas``: ``pandas.read_excel(engine="openpyxl", sheet_name=None)``.
- ``unzip``: the bytes read and every part of each package inflated with zlib, nothing else.

With ``--jobs`` the files are shared among so many processes, which send nothing back.
"""

import argparse
import io
import json
import logging
import struct
import subprocess
import sys
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

Reader = Callable[[Path], int]
"""Reads one file; gives how much it found."""


def workbooks(folder: Path) -> list[Path]:
    """The folder's workbooks in a fixed order."""
    return sorted(path for path in folder.rglob("*.xlsx") if path.is_file())


def with_fastexcel() -> Reader:
    import fastexcel
    import polars  # noqa: F401  (loaded before the clock starts, as ``to_polars`` needs it)

    logging.disable(logging.CRITICAL)

    def read(path: Path) -> int:
        book = fastexcel.read_excel(path.read_bytes())
        sheets = [book.load_sheet(name, header_row=None, dtypes="string").to_polars() for name in book.sheet_names]
        return sum(sheet.height for sheet in sheets)

    return read


def with_pandas() -> Reader:
    import openpyxl  # noqa: F401  (as above)
    import pandas

    warnings.simplefilter("ignore")

    def read(path: Path) -> int:
        return sum(map(len, pandas.read_excel(path, engine="openpyxl", sheet_name=None).values()))

    return read


def with_zlib() -> Reader:
    return unzip


def unzip(path: Path) -> int:
    """Inflate every part of a package; gives the bytes."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
    total = 0
    for entry in entries:
        name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
        start = entry.header_offset + 30 + name + extra
        packed = data[start : start + entry.compress_size]
        part = zlib.decompress(packed, -zlib.MAX_WBITS, entry.file_size or 1) if entry.compress_type else packed
        total += len(part)
    return total


READERS: dict[str, Callable[[], Reader]] = {"fastexcel": with_fastexcel, "pandas": with_pandas, "unzip": with_zlib}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.competitors")
    options.add_argument("reader", choices=READERS)
    options.add_argument("folder", type=Path)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--share", type=int, help="read only this share of the files (a job's own)")
    asked = options.parse_args()
    paths = sorted(workbooks(asked.folder), key=lambda path: -path.stat().st_size)
    jobs = []
    if asked.share is None:
        this = [sys.executable, "-m", "benchmarks.competitors", asked.reader, str(asked.folder), f"--jobs={asked.jobs}"]
        others = range(1, asked.jobs)
        jobs = [subprocess.Popen([*this, f"--share={number}"], stdout=subprocess.DEVNULL) for number in others]
    read = READERS[asked.reader]()
    began, found, failures = time.perf_counter(), 0, 0
    share = paths[asked.share or 0 :: asked.jobs]
    for path in share:
        try:
            found += read(path)
        except Exception:  # a damaged file; their number is reported
            failures += 1
    codes = [job.wait() for job in jobs]
    if any(codes):
        raise SystemExit("a job ended early")
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "files": len(share), "found": found, "failures": failures}))


if __name__ == "__main__":
    main()
