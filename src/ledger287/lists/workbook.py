"""A workbook's bytes -> its sheets, each a grid of printed texts with links, errors and oddities.

fastexcel reads the cells. What it leaves out is read from the workbook's own XML: the addresses
behind linked cells, error cells (which it returns empty), formulas, merged cells, and the instant at
which the workbook was last saved. Nothing is read from a file that fails the checks made first:
it must be an unencrypted workbook, whole, and no larger than any list could be.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape

import fastexcel

from ledger287.foundation.citations import column_index, column_letters
from ledger287.foundation.problems import ProblemKind

LARGEST_UNPACKED = 96 * 1024 * 1024
"""Bytes. The largest list so far unpacks to 2 MB; a package that says more is not read."""
MOST_ROWS = 100_000
"""Rows of one sheet. The longest list so far has under 2,000."""

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Grid = list[tuple[str | None, ...]]


class Unreadable(Exception):
    """A file that cannot be read as a workbook; carries the kind of problem and what to do."""

    def __init__(self, kind: ProblemKind, expected: str, found: str, remedy: str) -> None:
        super().__init__(f"expected {expected}; found {found}. {remedy}")
        self.kind, self.expected, self.found, self.remedy = kind, expected, found, remedy


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``grid[0][0]`` is cell A1; texts are as fastexcel prints them, None where empty.

    ``links`` maps (row, column), both from 0, to the raw address behind the cell; ``formulas`` and
    ``merges`` name cells by their letters and number; ``errors`` are error cells, already filled
    into the grid with their printed text (``#N/A``).
    """

    name: str
    grid: Grid
    links: dict[tuple[int, int], str]
    errors: tuple[tuple[int, int], ...] = ()
    formulas: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in their order, and the workbook's own last-saved instant (UTC) where it has one."""

    sheets: tuple[Sheet, ...]
    saved_at: datetime | None = None
    notes: tuple[str, ...] = field(default=())


def read_workbook(data: bytes) -> Workbook:
    """Read the bytes of one workbook. Raises Unreadable, never anything else, for a bad file."""
    package = _open_package(data)
    parts = _read_parts(package)
    try:
        reader = fastexcel.read_excel(data)
        names = list(reader.sheet_names)
        places = _sheet_places(parts)
        sheets = tuple(_read_sheet(reader, name, parts, places.get(name)) for name in names)
    except Unreadable:
        raise
    except Exception as error:  # whatever the cell reader raises, the list is set aside with it
        raise Unreadable(
            "not_a_workbook",
            "a workbook whose cells can be read",
            str(error).split("\n")[0][:200] or type(error).__name__,
            "Open it in a spreadsheet program and save it again as .xlsx, or fetch it once more.",
        ) from None
    return Workbook(sheets, _saved_at(parts))


def _open_package(data: bytes) -> zipfile.ZipFile:
    if data[:8] == OLE_MAGIC:
        raise Unreadable(
            "encrypted",
            "an unencrypted .xlsx workbook",
            "an encrypted workbook, or one of the older .xls kind",
            "Save it without a password as .xlsx.",
        )
    if data[:2] != b"PK":
        looks_like = "an HTML page" if data[:200].lstrip().lower().startswith((b"<!doc", b"<html")) else ""
        raise Unreadable(
            "not_a_workbook",
            "an .xlsx workbook (a zip package)",
            looks_like or ("an empty file" if not data else f"a file that begins {data[:8]!r}"),
            "Check where the file came from, and fetch it again.",
        )
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable(
            "truncated", "a whole .xlsx workbook", f"a damaged or cut-off package ({error})", "Fetch it again."
        ) from None


def _read_parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML parts that matter, unpacked under a limit and checked against their checksums."""
    entries = package.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(
            "encrypted", "an unencrypted .xlsx workbook", "an encrypted package", "Save it without a password."
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable(
            "too_large",
            f"a list that unpacks to at most {LARGEST_UNPACKED // 2**20} MB",
            f"one that unpacks to {unpacked // 2**20} MB",
            "If it truly is a list, delete the unused sheets and rows and save it again.",
        )
    parts = {}
    try:
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")) and "/theme/" not in entry.filename:
                parts[entry.filename] = package.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable(
            "truncated", "a whole .xlsx workbook", f"a damaged part ({error})", "Fetch it again."
        ) from None
    if "xl/workbook.xml" not in parts:
        raise Unreadable(
            "not_a_workbook", "an .xlsx workbook", "a zip package without one", "Check the file and fetch it again."
        )
    return parts


ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
RELATIONSHIP = re.compile(r"<Relationship\s([^>]*)>")
SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
USUAL_RELATIONSHIP = re.compile(r'<Relationship Id="([^"]*)" Type="[^"]*" Target="([^"]*)"')
USUAL_HYPERLINK = re.compile(r'<hyperlink ref="([A-Z]+)(\d+)" r:id="([^"]*)"[^>]*>')
HYPERLINK = re.compile(r"<(?:\w+:)?hyperlink\s([^>]*)>")
MERGE = re.compile(r'<(?:\w+:)?mergeCell\s+ref="([^"]+)"')
REFERENCE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$")
CELL_START = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*>')
CELL_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")


def _attributes(text: str) -> dict[str, str]:
    return {key: unescape(value) for key, value in ATTRIBUTE.findall(text)}


def _targets(parts: dict[str, bytes], part: str) -> dict[str, str]:
    """Relationship id -> target of one part."""
    folder, _, name = part.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{name}.rels", b"").decode("utf-8", "replace")
    usual = USUAL_RELATIONSHIP.findall(rels)
    if len(usual) == rels.count("<Relationship "):
        return {key: unescape(target) if "&" in target else target for key, target in usual}
    found = (_attributes(text) for text in RELATIONSHIP.findall(rels))
    return {row["Id"]: row.get("Target", "") for row in found if "Id" in row}


def _sheet_places(parts: dict[str, bytes]) -> dict[str, str]:
    """Name of a sheet -> its XML part."""
    targets = _targets(parts, "xl/workbook.xml")
    places = {}
    for text in SHEET.findall(parts["xl/workbook.xml"].decode("utf-8", "replace")):
        sheet = _attributes(text)
        target = targets.get(next((v for k, v in sheet.items() if k.endswith(":id")), ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        places[sheet.get("name", "")] = path
    return places


def _read_sheet(
    reader: fastexcel.ExcelReader, name: str, parts: dict[str, bytes], place: str | None
) -> Sheet:
    loaded = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    if loaded.height > MOST_ROWS:
        raise Unreadable(
            "too_large",
            f"a sheet of at most {MOST_ROWS:,} rows",
            f"{loaded.height:,} rows in sheet {name!r}",
            "Delete the unused rows and save it again.",
        )
    xml = parts.get(place or "", b"")
    grid: Grid = loaded.rows()
    offset = _column_offset(grid, xml)
    if offset:
        grid = [(None,) * offset + row for row in grid]
    body, tail = _split_after_cells(xml)
    errors = _error_cells(body)
    grid = _fill(grid, errors)
    return Sheet(
        name,
        grid,
        _links(tail, _targets(parts, place) if place else {}),
        tuple(errors),
        _formulas(body),
        tuple(MERGE.findall(tail)),
    )


def _split_after_cells(xml: bytes) -> tuple[bytes, str]:
    """The cells as bytes, and the short rest (links, merges) as text."""
    cut = xml.rfind(b"sheetData>")
    if cut < 0:
        return b"", xml.decode("utf-8", "replace")
    return xml[:cut], xml[cut:].decode("utf-8", "replace")


def _column_offset(grid: Grid, xml: bytes) -> int:
    """How many leading empty columns the cell reader left out.

    It starts a sheet at its first used column. The first row with a value tells by how much: the
    letters that the XML gives for a cell of that row, less the place the reader gave it.
    """
    for number, row in enumerate(grid, 1):
        column = next((index for index, text in enumerate(row) if text is not None), None)
        if column is None:
            continue
        start = re.search(rb'<(?:\w+:)?row\s[^>]*?r="%d"[^>]*>' % number, xml)
        if start is None:
            return 0
        position = start.end()
        while cell := CELL_START.search(xml, position):
            after = xml[cell.end() : cell.end() + 4]
            if not cell.group(0).endswith(b"/>") and after[:3] != b"</c":
                return max(0, column_index(cell.group(1).decode()) - column)
            position = cell.end()
        return 0
    return 0


def _error_cells(body: bytes) -> dict[tuple[int, int], str]:
    """(row, column) from 0 -> printed error, for cells of type ``e``."""
    errors = {}
    position = body.find(b't="e"')
    while position >= 0:
        cell = CELL_START.match(body, body.rfind(b"<", 0, position))
        value = CELL_VALUE.search(body, position)
        if cell:
            place = (int(cell.group(2)) - 1, column_index(cell.group(1).decode()))
            errors[place] = value.group(1).decode("utf-8", "replace") if value else "#ERROR"
        position = body.find(b't="e"', position + 5)
    return errors


def _formulas(body: bytes) -> tuple[str, ...]:
    """Cells that hold a formula, as in ``F12``; their stored result is what was printed."""
    cells: list[str] = []
    if b"<f" not in body and b":f" not in body:
        return ()
    for match in re.finditer(rb"<(?:\w+:)?f[\s>/]", body):
        cell = CELL_START.match(body, body.rfind(b"<c ", 0, match.start()))
        if cell:
            cells.append((cell.group(1) + cell.group(2)).decode())
    return tuple(cells)


def _fill(grid: Grid, errors: dict[tuple[int, int], str]) -> Grid:
    """The grid with the printed text of error cells, grown where they stand outside of it."""
    if not errors:
        return grid
    rows = [list(row) for row in grid]
    for (row, column), text in errors.items():
        while len(rows) <= row:
            rows.append([])
        if len(rows[row]) <= column:
            rows[row] += [None] * (column + 1 - len(rows[row]))
        if rows[row][column] is None:
            rows[row][column] = text
    width = max(map(len, rows))
    return [tuple(row) + (None,) * (width - len(row)) for row in rows]


def _links(tail: str, targets: dict[str, str]) -> dict[tuple[int, int], str]:
    """(row, column) from 0 -> raw address, for each cell that a link covers."""
    links: dict[tuple[int, int], str] = {}
    usual = USUAL_HYPERLINK.findall(tail)
    if len(usual) == tail.count("hyperlink ") and " location=" not in tail:
        places = {letters: column_index(letters) for letters in {found[0] for found in usual}}
        return {
            (int(row) - 1, places[letters]): targets[key] for letters, row, key in usual if targets.get(key)
        }
    for text in HYPERLINK.findall(tail):
        link = _attributes(text)
        address = targets.get(next((v for k, v in link.items() if k.endswith(":id")), ""), "")
        span = REFERENCE.match(link.get("ref", ""))
        if not address or not span:
            continue
        if link.get("location"):
            address += f"#{link['location']}"
        first, top, last, bottom = span.groups()
        for row in range(int(top) - 1, min(int(bottom or top), MOST_ROWS)):
            for column in range(column_index(first), column_index(last or first) + 1):
                links[row, column] = address
    return links


def _saved_at(parts: dict[str, bytes]) -> datetime | None:
    core = parts.get("docProps/core.xml", b"").decode("utf-8", "replace")
    found = re.search(r"<dcterms:modified[^>]*>([^<]+)<", core)
    if not found:
        return None
    try:
        saved = datetime.fromisoformat(found.group(1).strip())
    except ValueError:
        return None
    return (saved if saved.tzinfo else saved.replace(tzinfo=UTC)).astimezone(UTC)


def cell_name(row: int, column: int) -> str:
    """(0, 5) -> F1."""
    return f"{column_letters(column)}{row + 1}"
