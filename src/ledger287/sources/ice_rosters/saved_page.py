"""ICE's page of 2007 to 2017, saved as HTML -> its table as a list of that day, each row with its place in the page.

What enters: the name and the bytes of a saved page, such as a capture by a web archive. What leaves: a ``SavedPage``:
the capture with its caption, and its rows as one list as printed (of a table without models the rows only say that an
agency is listed). The day is that of the capture: by the file's name, by the archive's own note in the page, or by the
URLs that the archive rewrote. Nothing is read by guess: a page without a day, without such a table, or with a column or
a row that cannot be understood is refused, with the row. A row for two agreements gives both.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.core.locator import column_letters
from ledger287.core.problem import Refused
from ledger287.sources.html_tables import HtmlRow, HtmlTable, decoded, tables_of
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.printed import Print, PrintedList
from ledger287.sources.ice_rosters.pages import Capture
from ledger287.sources.ice_rosters.words import model_then, state_then

MOST_BYTES = 8 * 1024 * 1024
STAMP = "%Y%m%d%H%M%S"
IN_NAME = re.compile(r"(?<!\d)(20[012]\d{11})(?!\d)")
NOTE = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d [A-Z][a-z]{2} \d{1,2}, \d{4})")
ARCHIVED = re.compile(
    r"(?:https?:)?//web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://[^\s\"'<>]+)|/web/(\d{14})/http"
)
CAPTION = re.compile(r"[^\n(]*\((\d{1,4})\)\s*as of\s*(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
PARTS = re.compile(r"\n|;|/|,")
"""What separates two models, days or documents in one cell."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A saved page: its capture, and its rows as a list; ``has_models`` is False for a list of partners without models.

    ``notes`` are rows of the table that are one cell across all columns, and no state: its footnotes.
    """

    capture: Capture
    rows: PrintedList
    has_models: bool
    notes: tuple[str, ...]


def read_saved_page(path: Path) -> SavedPage:
    """Read one file. Raises Refused where it is no such page, saying what was expected."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: expected a saved page; {error.strerror or error}.") from None
    return saved_page(path.name, data)


def saved_page(name: str, data: bytes) -> SavedPage:
    """Read the bytes of a page saved under a name. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(f"{name}: expected a page of at most {MOST_BYTES:,} bytes, found {len(data):,}.")
    html = decoded(data)
    at = _captured_at(name, html)
    tables = [(table, *found) for table in tables_of(html) if (found := _headings(name, table))]
    if not tables:
        raise Refused(
            f"{name}: expected a table with the headings STATE and an agency's (such as MOA NAME, SUPPORT TYPE, "
            "SIGNED, MOA); none was found. Save the page itself, complete, as HTML."
        )
    first = tables[0][2]
    odd = next((columns for _, _, columns in tables if set(columns) != set(first)), None)
    if odd:
        both = " and ".join(", ".join(columns) for columns in (first, odd))
        raise Refused(f"{name}: its tables have different columns ({both}). Save each table as a page of its own.")
    numbers: list[int] = []
    prints: list[Print] = []
    notes: list[str] = []
    for table, heading, columns in tables:
        state = None
        for row in _data_rows(table, heading):
            if across := _across(row):
                state = across if state_then(across).value else state
                notes += [] if state_then(across).value else [f"row {row.number}: {across}"]
                continue
            for one in _prints(name, row, columns, state):
                numbers.append(row.number)
                prints.append(one)
    if not prints:
        raise Refused(f"{name}: the table has headings and no rows.")
    caption = _caption(table.before for table, *_ in tables)
    file = f"ice-287g-page-{at.strftime(STAMP)}"
    count, as_of = (int(caption[1]), values.signed(caption[2]).value) if caption else (None, None)
    capture = Capture(
        file, at.date(), at, " ".join(caption[0].split()) if caption else "", count, as_of, len(prints),
        _page_url(html, at), 0,
    )  # fmt: skip
    sha256 = hashlib.sha256(data).hexdigest()
    listed = PrintedList(
        file, sha256, len(data), at, kind="participating", sheet=name, heading_row=tables[0][1].number,
        columns={field: column_letters(place) for field, place in first.items()}, rows=numbers, prints=prints,
    )  # fmt: skip
    return SavedPage(capture, listed, "model" in first, tuple(notes))


def _across(row: HtmlRow) -> str | None:
    """The text of a row that is one cell across all columns: a state above its rows, or a note."""
    texts = {" ".join(cell.text.split()) for cell in row.cells}
    return next(iter(texts)) if len(texts) == 1 and len(row.cells) > 1 else None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data: dict[str, list[str]] = declared.declared_yaml("history/page_headings.yml")
    return {field: tuple(_plain(word) for word in words) for field, words in data.items()}


def _plain(text: str) -> str:
    return re.sub(r"[\s.:]+", " ", text).strip().casefold()


def _headings(name: str, table: HtmlTable) -> tuple[HtmlRow, dict[str, int]] | None:
    """The heading row of a table of agreements and its columns; None where it is another table."""
    for row in table.rows:
        columns: dict[str, int] = {}
        others: list[str] = []
        for place, cell in enumerate(row.cells):
            field = next((field for field, words in _words().items() if _plain(cell.text) in words), None)
            if field and field not in columns:
                columns[field] = place
            elif cell.text:
                others.append(cell.text)
        if {"state", "agency"} <= columns.keys():
            if others:
                raise Refused(
                    f"{name} row {row.number}: no field is known for the heading {others[0]!r}. Add it to "
                    "declared/history/page_headings.yml."
                )
            return row, columns
    return None


def _data_rows(table: HtmlTable, heading: HtmlRow) -> Iterator[HtmlRow]:
    """The rows below the headings that print anything, but for the headings again."""
    printed = [_plain(cell.text) for cell in heading.cells]
    for row in table.rows:
        anything = any(cell.text or cell.links for cell in row.cells)
        if row.number > heading.number and anything and [_plain(cell.text) for cell in row.cells] != printed:
            yield row


def _prints(name: str, row: HtmlRow, columns: dict[str, int], above: str | None) -> Iterator[Print]:
    """The agreements of a row: one, or as many as it prints models or days. ``above`` is the state of its group."""

    def text(field: str) -> str:
        place = columns.get(field)
        return row.cells[place].text if place is not None and place < len(row.cells) else ""

    width = max(columns.values()) + 1
    if len(row.cells) < width:
        raise Refused(f"{name} row {row.number}: expected {width} cells, found {len(row.cells)}: {_short(row)}")
    beyond = [cell.text for place, cell in enumerate(row.cells) if place not in columns.values() and cell.text]
    if beyond:
        raise Refused(f"{name} row {row.number}: {beyond[0]!r} is under no heading.")
    state, agency = (" ".join(text(field).split()) or None for field in ("state", "agency"))
    state = state or above
    if not state or not agency:
        missing = "a state" if not state else "an agency"
        raise Refused(f"{name} row {row.number}: expected {missing}, found nothing: {_short(row)}")
    models, days = _models(text("model")), _days(text("signed"))
    files = _files(row, columns)
    many = max(len(models), len(days), 1)
    if not all(len(found) in (0, 1, many) for found in (models, days, files)):
        raise Refused(
            f"{name} row {row.number}: {len(models)} models, {len(days)} days of signing and {len(files)} documents; "
            f"expected one of each for each agreement of the row, or one for all: {_short(row)}"
        )
    for place in range(many):
        model, day, file = (_at(found, place) for found in (models, days, files))
        yield Print(state, agency, None, None, model, day, file, None, None, None)


def _at(found: list[str], place: int) -> str | None:
    return (found[place] if len(found) > 1 else found[0]) if found else None


def _models(text: str) -> list[str]:
    """The models of a cell; one that is called by several words (Jail & Task Force) is one."""
    whole = " ".join(text.split())
    if not whole or model_then(whole):
        return [whole] if whole else []
    parts = [" ".join(part.split()) for part in PARTS.split(text) if part.strip()]
    if len(parts) < 2:
        parts = [part.strip() for part in re.split(r"\s(?:and|&)\s", whole)]
    return parts if len(parts) > 1 and all(map(model_then, parts)) else [whole]


def _days(text: str) -> list[str]:
    """The days of a cell, in its order."""
    whole = " ".join(text.split())
    if not whole or values.signed(whole).value:
        return [whole] if whole else []
    parts = [" ".join(part.split()) for part in re.split(r"\n|;|,|\s(?:and|&)\s| (?=\d{1,2}/)", text) if part.strip()]
    return parts if len(parts) > 1 and all(values.signed(part).value for part in parts) else [whole]


def _files(row: HtmlRow, columns: dict[str, int]) -> list[str]:
    """The names of the files that the row links, each once; the links may be at the agency's name or in a column."""
    places = [columns[field] for field in ("moa", "agency", "signed", "model") if field in columns]
    names = [_file_name(link) for place in dict.fromkeys(places) for link in row.cells[place].links]
    return list(dict.fromkeys(filter(None, names)))


def _file_name(link: str) -> str:
    """The file behind a link, without what an archive put in front; empty where it is no document."""
    target = values.address(link) or ""
    name = unquote(urlsplit(re.sub(r"^/web/\d{14}[a-z_]*/", "", target)).path).rpartition("/")[2]
    return name if re.search(r"\.(pdf|docx?)$", name, re.IGNORECASE) else ""


def _captured_at(name: str, html: str) -> datetime:
    """When the page was captured. Raises Refused where nothing says so, or the name and the archive differ."""
    named = IN_NAME.search(name)
    noted = NOTE.search(html)
    stamps = {found[0] or found[2] for found in ARCHIVED.findall(html)}
    by_name = _stamp(named.group(1)) if named else None
    by_note = datetime.strptime(noted.group(1), "%H:%M:%S %b %d, %Y").replace(tzinfo=UTC) if noted else None
    by_links = _stamp(next(iter(stamps))) if len(stamps) == 1 else None
    said = by_note or by_links
    if by_name and by_note and abs((by_name - by_note).total_seconds()) > 1:
        raise Refused(
            f"{name}: the name says that it was captured at {by_name:%Y-%m-%d %H:%M:%S} (UTC), the archive's note in "
            f"the page {by_note:%Y-%m-%d %H:%M:%S}. Save it under the right time."
        )
    if found := by_name or said:
        return found
    raise Refused(
        f"{name}: nothing says when the page was captured. Save it under a name with the time of its capture in UTC, "
        "such as 287g-20120801234737.html."
    )


def _stamp(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _caption(texts: Iterable[str]) -> re.Match[str] | None:
    """The caption nearest to the first table that has one."""
    for text in texts:
        if found := list(CAPTION.finditer(text)):
            return found[-1]
    return None


def _page_url(html: str, at: datetime) -> str:
    """The URL of the archived page, where the archive names it."""
    stamp = at.strftime(STAMP)
    for found in ARCHIVED.finditer(html):
        if found.group(1) == stamp and re.search(r"287g|partners", found.group(2)) and "." in bare(found.group(2)):
            return f"https://web.archive.org/web/{stamp}/{found.group(2)}"
    return ""


def _short(row: HtmlRow) -> str:
    return " | ".join(" ".join(cell.text.split()) for cell in row.cells)[:200]
