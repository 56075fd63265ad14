"""The head of a file with rows of persons: its parts, its headings, and where they begin.

What enters: a file, or a folder of parts of one kind. What leaves: the paths of the parts and the kind of each; a sheet
of a workbook from its headings on. DuckDB reads the headings for every engine, so that all refuse the same files.
"""

from collections.abc import Callable
from pathlib import Path

import fastexcel
import polars as pl

from ledger287.core.problem import Refused

HEADING_ROWS = 15
EXPECTED = "expected a .parquet, .csv, .tsv, .csv.gz or .xlsx file"


def ending(path: Path) -> str:
    """What a file is by its name: ``parquet``, ``csv``, ``xlsx``, or nothing that is known."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    last = suffixes[-1] if suffixes else ""
    gzipped = path.suffix.lower() == ".gz"
    if last in (".csv", ".tsv", ".txt"):
        return "csv"
    if gzipped:
        return ""
    return {".parquet": "parquet", ".xlsx": "xlsx", ".xlsm": "xlsx"}.get(last, "")


def parts_of(path: Path) -> tuple[Path, ...]:
    """The file, or the parts in a folder, by name: all Parquet or all CSV; what begins with . or _ is no part."""
    if not path.is_dir():
        if not ending(path):
            raise Refused(f"{path.name}: {EXPECTED}.")
        return (path,)
    parts = tuple(sorted(one for one in path.rglob("*") if one.is_file() and not _hidden(one, path)))
    kinds = {ending(one) for one in parts}
    if len(kinds) != 1 or not kinds <= {"parquet", "csv"}:
        found = ", ".join(one.name for one in parts[:5]) or "nothing"
        raise Refused(f"{path}: expected a folder of .parquet files or of .csv files alone, found {found}.")
    return parts


def _hidden(one: Path, folder: Path) -> bool:
    return any(name[0] in "._" for name in one.relative_to(folder).parts)


def sheet(path: Path, known: Callable[[list[str]], object]) -> pl.DataFrame:
    """The first sheet with known headings, under whatever lines are above them."""
    try:
        reader = fastexcel.read_excel(str(path))
        for name in reader.sheet_names:
            top = reader.load_sheet(name, header_row=None, n_rows=HEADING_ROWS, dtypes="string").to_polars()
            for at, row in enumerate(top.iter_rows()):
                if known([text for text in row if text]):
                    return reader.load_sheet(name, header_row=at, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise unreadable(path, error) from None
    raise Refused(f"{path.name}: no sheet has the headings of arrests, detainers or detentions in its first rows.")


def unreadable(path: Path, error: Exception) -> Refused:
    """What a file that breaks while it is read is refused with."""
    said = str(error).strip().splitlines()[0][:160].rstrip(".: ")
    return Refused(f"{path.name}: cannot be read ({said}). Fetch it again, or save it as .parquet or as CSV in UTF-8.")
