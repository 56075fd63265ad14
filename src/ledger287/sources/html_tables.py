"""The HTML of a page -> its tables: rows of cells, each with its text, its links, and its row's place in the page.

What enters: the text of a page, or its bytes. What leaves: ``HtmlTable`` objects in the page's order. The module
promises that every cell of every row is there, also where end tags are missing or a cell spans rows and columns (then
each place it covers has its text), and that a table inside a cell is a table of its own. A line break is kept.
"""

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_SPANNED = 1000
"""Rows or columns that one cell may cover; more is a slip of the page."""
TEXT_BEFORE = 2000
"""So many letters before a table are kept, where its caption may be."""
BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "table", "ul", "ol"}
HIDDEN = {"script", "style", "template"}
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.IGNORECASE)
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
HEAD = 4096
"""Bytes of a page in which its encoding is declared."""


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """One cell: its text, with line breaks, and the URLs of its links as written."""

    text: str
    links: tuple[str, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """One row: its number among all rows of the page, from 1, and its cells."""

    number: int
    cells: tuple[HtmlCell, ...]


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """One table of a page, and the text before it (its caption, if it has one, last)."""

    rows: tuple[HtmlRow, ...]
    before: str


def decoded(data: bytes) -> str:
    """The text of a page's bytes, by its mark or declaration, else as UTF-8 or, where that fails, Windows-1252."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    declared = CHARSET.search(data[:HEAD])
    ways = [declared.group(1).decode("ascii")] if declared else []
    for encoding in (*ways, "utf-8", "cp1252"):
        # a page that says ISO-8859-1 is read as browsers do, as Windows-1252
        try:
            name = codecs.lookup(encoding).name
            return data.decode("cp1252" if name == "iso8859-1" else name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")


def tables_of(html: str) -> tuple[HtmlTable, ...]:
    """The tables of a page, each before those that are inside it."""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    while reader.open:
        reader.end_table()
    # text of a table outside its cells is its caption
    return tuple(HtmlTable(_rows(each), lines_of("\n".join((each.before, *each.own)))) for each in reader.tables)


@dataclass(slots=True)
class _Cell:
    heading: bool
    across: int
    down: int
    parts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def done(self) -> HtmlCell:
        return HtmlCell(lines_of("".join(self.parts)), tuple(self.links), self.heading)


@dataclass(slots=True)
class _Table:
    before: str
    rows: list[tuple[int, list[_Cell]]] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    in_row: bool = False
    cell: _Cell | None = None


def lines_of(text: str) -> str:
    """A text with each line plain: no double, outer or no-break spaces, no empty lines."""
    lines = (" ".join(line.replace("\xa0", " ").split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _TableReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.before: list[str] = []
        self.hidden = 0
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
            return
        table = self.open[-1] if self.open else None
        if tag == "table":
            self._start_table()
        elif table and tag == "tr":
            self._start_row(table)
        elif table and tag in ("td", "th"):
            given = dict(attrs)
            if not table.in_row:
                self._start_row(table)
            table.cell = _Cell(tag == "th", _span(given.get("colspan")), _span(given.get("rowspan")))
            table.rows[-1][1].append(table.cell)
        elif table and table.cell and tag == "a" and (url := dict(attrs).get("href")):
            table.cell.links.append(url.strip())
        if tag in BREAKS and tag != "table":
            self._put("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
            return
        table = self.open[-1] if self.open else None
        if table and tag == "table":
            self.end_table()
        elif table and tag == "tr":
            table.in_row, table.cell = False, None
        elif table and tag in ("td", "th"):
            table.cell = None
        elif tag in BREAKS:
            self._put("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            # a line break of the source is a space of the page
            self._put(re.sub(r"[\r\n\t\f ]+", " ", data))

    def _put(self, text: str) -> None:
        table = self.open[-1] if self.open else None
        (table.cell.parts if table and table.cell else table.own if table else self.before).append(text)

    def _start_table(self) -> None:
        around = self.open[-1].cell if self.open else None
        table = _Table("".join(around.parts if around else self.before)[-TEXT_BEFORE:])
        self.tables.append(table)
        self.open.append(table)

    def _start_row(self, table: _Table) -> None:
        self.rows += 1
        table.rows.append((self.rows, []))
        table.in_row, table.cell = True, None

    def end_table(self) -> None:
        """End the innermost table."""
        self.open.pop().cell = None


def _span(text: str | None) -> int:
    return min(int(text), MOST_SPANNED) if text and text.strip().isdecimal() and int(text) else 1


def _rows(table: _Table) -> tuple[HtmlRow, ...]:
    """The rows with the cells that span rows and columns in each place that they cover."""
    hanging: dict[int, tuple[HtmlCell, int]] = {}
    rows = []
    for number, cells in table.rows:
        given = list(cells)
        row: list[HtmlCell] = []
        later: dict[int, tuple[HtmlCell, int]] = {}
        while given or any(column >= len(row) for column in hanging):
            column = len(row)
            if column in hanging:
                cell, left = hanging.pop(column)
                row.append(cell)
                if left > 1:
                    later[column] = cell, left - 1
                continue
            if not given:
                row.append(HtmlCell(""))
                continue
            one = given.pop(0)
            done = one.done()
            for _ in range(one.across):
                if one.down > 1:
                    later[len(row)] = done, one.down - 1
                row.append(done)
        hanging = later
        rows.append(HtmlRow(number, tuple(row)))
    return tuple(rows)
