"""Makes workbooks for the tests. Every agency, day and URL in them is synthetic, and says so by its name.

``workbook_bytes`` makes a workbook as a spreadsheet program would; ``raw_workbook`` makes one from the
XML of its sheets, for what such a program would never write. Both give the same bytes for the same
arguments, so a test can name a list by its sha256.

    data = workbook_bytes(made_up_rows(20), links={"G2": "https://example.org/made-up.pdf"})
    (folder / list_name(date(2025, 5, 1))).write_bytes(data)
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import xlsxwriter

PARTICIPATING = (
    "STATE",
    "LAW ENFORCEMENT AGENCY",
    "TYPE",
    "COUNTY",
    "SUPPORT TYPE",
    "SIGNED",
    "MOA",
    "ADDENDUM",
)
PENDING = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "MOA")

MODELS = ("Jail Enforcement Model", "Warrant Service Officer", "Task Force Model")
STATES = ("FLORIDA", "TEXAS", "GEORGIA", "TENNESSEE", "UTAH", "OKLAHOMA", "ALABAMA")
# Two sets of words of four letters: no name made of them is within a misprint of another.
FIRST = (
    "Brak", "Dorv", "Fimp", "Gusk", "Hjel", "Jorm", "Klid", "Lupt", "Mosk", "Nerg",
    "Pluv", "Quib", "Rask", "Snod", "Trel", "Vong", "Wext", "Yarb", "Zulf",
)  # fmt: skip
LAST = (
    "Adda", "Bekk", "Colt", "Dunn", "Ebbo", "Figg", "Gorp", "Hulm", "Inks", "Jess",
    "Kott", "Lamm", "Mirr", "Noff", "Orly", "Pugh", "Rolf", "Stam", "Tuck",
)  # fmt: skip

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula, and the result stored with it."""

    text: str
    result: Any = 0


def made_up_agency(number: int) -> tuple[str, str]:
    """State and name of the synthetic agency of that number; 2,527 of them, no two alike."""
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    return STATES[number % len(STATES)], f"Made-up {first} {last} County Sheriff's Office"


def made_up_rows(count: int, *, start: int = 0, pending: bool = False) -> list[list[Any]]:
    """Rows of a participating list (or a pending one), agency by agency; SIGNED in early 2025."""
    rows = []
    for number in range(start, start + count):
        state, agency = made_up_agency(number)
        row: list[Any] = [state, agency, "County", f"Made-up {number}", MODELS[number % 3]]
        signed = date(2025, 1, 2) + timedelta(days=number % 90)
        rows.append([*row, "link"] if pending else [*row, signed, "link", None])
    return rows


def list_name(day: date, part: str = "am", *, pending: bool = False) -> str:
    """A file's name as ICE gives it: participatingAgencies05012025am.xlsx."""
    return f"{'pending' if pending else 'participating'}Agencies{day:%m%d%Y}{part}.xlsx"


def workbook_bytes(
    rows: Rows,
    headings: Sequence[str | None] | None = PARTICIPATING,
    *,
    links: Mapping[str, str] | None = None,
    saved_at: datetime | None = None,
    sheet: str = "287(g) Agreements",
    at: str = "A1",
    merges: Iterable[str] = (),
    more: Mapping[str, Rows] | None = None,
) -> bytes:
    """A workbook whose first sheet has its table at ``at``; ``more`` are further sheets, from A1.

    ``headings`` None leaves the heading row out. ``links`` maps cells (``G2``) to raw URLs; left out, every cell that
    says ``link`` gets one made from its row, so that such a list has no problem. A date is written as a day with a
    number format, a ``Formula`` with its stored result, any text as a text.
    """
    table = ([list(headings)] if headings is not None else []) + [list(row) for row in rows]
    top, left = _place(at)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    # A list without signing days has only its saving to doubt a name by, so that one comes after every name here.
    early = headings is None or "SIGNED" in headings
    book.set_properties({"created": saved_at or datetime(2025 if early else 2040, 1, 1, 12)})
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    _write_table(page, table, top, left, day_format)
    for cell, address in (_made_up_links(table, top, left) if links is None else links).items():
        row, column = _place(cell)
        inside = 0 <= row - top < len(table) and 0 <= column - left < len(table[row - top])
        text = table[row - top][column - left] if inside else None
        page.write_url(row, column, address, string="" if text is None else str(text))
    for span in merges:
        row, column = _place(span.partition(":")[0])
        page.merge_range(span, "")
        _write(page, row, column, table[row - top][column - left], day_format)
    for name, cells in (more or {}).items():
        _write_table(book.add_worksheet(name), cells, 0, 0, day_format)
    book.close()
    return buffer.getvalue()


def _made_up_links(table: Rows, top: int, left: int) -> dict[str, str]:
    """Cell -> URL, for each cell that says ``link``; the same row has the same one in every list."""
    links = {}
    for number, row in enumerate(table):
        for column, text in enumerate(row):
            if text == "link":
                words = re.sub(r"[^a-z0-9]+", "-", " ".join(str(part) for part in row[:5]).lower())
                cell = f"{_letters(left + column)}{top + number + 1}"
                links[cell] = f"https://example.org/{words.strip('-')}.pdf"
    return links


def _write_table(page: Any, table: Rows, top: int, left: int, day_format: Any) -> None:
    for row, cells in enumerate(table, top):
        for column, value in enumerate(cells, left):
            _write(page, row, column, value, day_format)


def _write(page: Any, row: int, column: int, value: Any, day_format: Any) -> None:
    if isinstance(value, Formula):
        page.write_formula(row, column, value.text, None, value.result)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), day_format)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    elif value is not None:
        page.write(row, column, value)


def _place(cell: str) -> tuple[int, int]:
    """G2 -> (1, 6)."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    if not found:
        raise ValueError(f"expected a cell such as G2, found {cell!r}")
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1


def _letters(column: int) -> str:
    """6 -> G."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def three_lists(folder: Path) -> Path:
    """A folder of three participating lists of May 2025, of 20, 21 and 23 agreements, without a problem."""
    folder.mkdir()
    for day, count in ((1, 20), (3, 21), (5, 23)):
        (folder / list_name(date(2025, 5, day))).write_bytes(workbook_bytes(made_up_rows(count)))
    return folder


def standing(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, to tell whether anything in it was touched."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def raw_workbook(
    sheets: Mapping[str, str],
    *,
    links: Mapping[str, str] | None = None,
    strings: str | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    main: str = MAIN,
    office: str = OFFICE,
) -> bytes:
    """A workbook from the XML of its sheets, as in ``{"Sheet1": "<sheetData>...</sheetData>"}``.

    A text that begins ``<?xml`` or ``<x:`` is taken as the complete part. ``links`` are the relationships of the first
    sheet (id -> URL), ``strings`` the items of the shared strings, ``parts`` further or other parts of the package by
    name.
    """
    names = list(sheets)
    styles = (
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        + ('<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>')
    )
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    related = {f"rId{n}": (f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, len(names) + 1)}
    related |= {"rIdA": ("styles.xml", "styles"), "rIdB": ("sharedStrings.xml", "sharedStrings")}
    root = f'xmlns="{main}" xmlns:r="{office}"'
    package: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(len(names)),
        "_rels/.rels": _relationships({"rId1": ("xl/workbook.xml", "officeDocument")}, office),
        "xl/workbook.xml": f"<workbook {root}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relationships(related, office),
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings or ""}</sst>',
    }
    for number, body in enumerate(sheets.values(), 1):
        whole = body.startswith(("<?xml", "<x:", "<worksheet"))
        package[f"xl/worksheets/sheet{number}.xml"] = body if whole else f"<worksheet {root}>{body}</worksheet>"
    if links:
        package["xl/worksheets/_rels/sheet1.xml.rels"] = _relationships(
            {key: (address, "hyperlink") for key, address in links.items()}, office, external=True
        )
    return zip_bytes(package | dict(parts or {}))


def zip_bytes(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip package of some parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _relationships(targets: Mapping[str, tuple[str, str]], office: str, *, external: bool = False) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if external else "/>")
        for key, (target, kind) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _content_types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, sheets + 1)}
    parts |= {
        "/xl/workbook.xml": "sheet.main",
        "/xl/styles.xml": "styles",
        "/xl/sharedStrings.xml": "sharedStrings",
    }
    rows = "".join(f'<Override PartName="{part}" ContentType="{kind}.{name}+xml"/>' for part, name in parts.items())
    usual = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{usual}{rows}</Types>'
