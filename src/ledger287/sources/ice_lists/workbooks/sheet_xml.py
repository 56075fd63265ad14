"""The XML of one sheet -> what the cell reader leaves out of it, and how far its cells reach.

The cell reader gives no links, formulas or merged cells, and returns error cells empty; and it allocates memory for
every cell up to the last, so that one far away would end the process. Both are reported here. Almost every sheet is
written in one plain way, which is searched without being parsed; any other is parsed. A sheet whose cells reach too far
is refused, naming the first cell that does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

from ledger287.core.locator import column_index, column_letters
from ledger287.sources.ice_lists.workbooks.package import Unreadable, limits

Place = tuple[int, int]
"""Row and column, both from 0."""

UNUSUAL_CELL = re.compile(rb'<c(?! r="[A-Z]\d{1,5}"[ >/])')
"""A cell that is not written plainly, or is beyond column Z or row 99,999."""
PREFIXED_CELL = re.compile(rb":c[\s>/]")
SINGLE_QUOTED_ERROR = re.compile(rb"'e'")
FORMULA_END = re.compile(rb"</f>")
CELL = re.compile(rb'<c r="([A-Z])(\d+)"[^>]*>')
USUAL_ERROR = re.compile(rb'<c r="([A-Z])(\d+)"[^>]*[^/]><v>([^<&]+)<')
VALUE = re.compile(rb"<v>([^<]*)<")
FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>([^<]*)<)")
USUAL_HYPERLINK = re.compile(r'<hyperlink ref="([A-Z]+)(\d+)" r:id="([^"]*)"[^>]*>')
USUAL_MERGE = re.compile(r'<mergeCell ref="([^"]+)"')
LINK_FORMULA = re.compile(r'\s*HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?$", re.IGNORECASE)
NO_TEXT = "#ERROR"
"""What stands for an error cell that does not say which error it is."""


@dataclass(frozen=True, slots=True)
class Formula:
    """The formula of a cell as written, and whether its result is stored with it."""

    text: str
    stored: bool


@dataclass(slots=True)
class SheetFacts:
    """What the XML of a sheet says in addition to its values.

    ``errors`` are the printed texts of error cells; ``merges`` are spans as written; ``links`` maps a cell to the raw
    URL behind it, and ``wide_links`` the first and last cell of a span to one.
    """

    has_cells: bool = False
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    links: dict[Place, str] = field(default_factory=dict)
    wide_links: list[tuple[Place, Place, str]] = field(default_factory=list)


def sheet_facts(name: str, xml: bytes, targets: Mapping[str, str]) -> SheetFacts:
    """The facts of one sheet; ``targets`` are its relationships. Raises Unreadable for one too large."""
    start, end = xml.find(b"sheetData") - 1, xml.rfind(b"sheetData>")
    body = xml[start:end] if xml.startswith(b"<", max(start, 0)) and xml.startswith(b"</", max(end - 2, 0)) else b""
    if not _is_usual(body):
        facts = SheetFacts()
        _Parsing(name, facts, targets).read(xml)
    else:
        facts = SheetFacts(True, _error_cells(body), _formulas(body))
        _read_tail(name, facts, xml[end:].decode("utf-8", "replace").partition(">")[2], targets)
    for place, formula in facts.formulas.items():
        if place not in facts.links and (address := LINK_FORMULA.match(formula.text)):
            facts.links[place] = address.group(1).replace('""', '"')
    return facts


def _is_usual(body: bytes) -> bool:
    """Whether the cells are written as nearly every program writes them, and reach no further than Z99999."""
    return (
        bool(body)
        and UNUSUAL_CELL.search(body) is None
        and PREFIXED_CELL.search(body) is None
        and SINGLE_QUOTED_ERROR.search(body) is None
        and not (b"!" in body and b"<!" in body)  # a comment, or text that may look like a cell
    )


def _error_cells(body: bytes) -> dict[Place, str]:
    position = body.find(b' t="e"')
    errors = {}
    while position >= 0:
        start = body.rfind(b"<", 0, position)
        if usual := USUAL_ERROR.match(body, start):
            column, row, printed = usual.groups()
            errors[int(row) - 1, column[0] - 65] = printed.decode("utf-8", "replace")
        elif (cell := CELL.match(body, start)) and not cell.group().endswith(b"/>"):
            value = VALUE.search(body, cell.end(), body.find(b"</c>", cell.end()))
            text = value.group(1).decode("utf-8", "replace") if value else ""
            errors[int(cell.group(2)) - 1, cell.group(1)[0] - 65] = unescape(text) or NO_TEXT
        position = body.find(b' t="e"', position + 6)
    return errors


def _formulas(body: bytes) -> dict[Place, Formula]:
    formulas: dict[Place, Formula] = {}
    if FORMULA_END.search(body) is None:
        return formulas
    for found in FORMULA.finditer(body):
        cell = CELL.match(body, body.rfind(b"<c ", 0, found.start()))
        if cell:
            value = VALUE.search(body, found.end() - 1, body.find(b"</c>", found.end() - 1))
            text = unescape((found.group(1) or b"").decode("utf-8", "replace"))
            place = (int(cell.group(2)) - 1, cell.group(1)[0] - 65)
            formulas[place] = Formula(text, bool(value and value.group(1)))
    return formulas


def _read_tail(name: str, facts: SheetFacts, tail: str, targets: Mapping[str, str]) -> None:
    """The merged cells and links, which come after the cells."""
    linked, merged = USUAL_HYPERLINK.findall(tail), USUAL_MERGE.findall(tail)
    as_usual = len(linked) == tail.count("hyperlink ") and len(merged) == tail.count("mergeCell ")
    if not as_usual or " location=" in tail:
        _Parsing(name, facts, targets).read(b"<x>%s</x>" % tail[: tail.rfind("</")].encode())
        return
    facts.merges = merged
    places = {letters: column_index(letters) for letters in {found[0] for found in linked}}
    facts.links = {(int(row) - 1, places[letters]): targets[key] for letters, row, key in linked if targets.get(key)}


class _Parsing:
    """Reads any well-formed XML of a sheet, whatever its prefixes, quotes and missing references."""

    def __init__(self, name: str, facts: SheetFacts, targets: Mapping[str, str]) -> None:
        self.name, self.facts, self.targets = name, facts, targets
        self.most = limits()["sheet"]
        self.row = self.column = -1
        self.last_row = self.last_column = 0
        self.filled = self.is_error = False
        self.formula: str | None = None
        self.texts: dict[str, list[str]] = {"v": [], "f": []}
        self.collecting: list[str] | None = None

    def read(self, xml: bytes) -> None:
        """Parse it all. Raises Unreadable for XML that is not well-formed, or reaches too far."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise self._damaged(f"a damaged part ({error})") from None

    def _damaged(self, found: str) -> Unreadable:
        return Unreadable("truncated", "a complete .xlsx workbook", found, sheet=self.name)

    def _doctype(self, *_: object) -> None:
        raise self._damaged("a document type in the part of a sheet")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "c":
            self._start_cell(attributes)
        elif kind in ("v", "f", "is"):
            self._note_filled()
            self.collecting = self.texts.get(kind)
            if kind == "f":
                self.formula = ""
        elif kind == "row":
            said = attributes.get("r", "")
            self.row = int(said) - 1 if said.isascii() and said.isdigit() else self.row + 1
            self.column = -1
        elif kind == "sheetData":
            self.facts.has_cells = True
        elif kind == "mergeCell":
            self.facts.merges.append(attributes.get("ref", ""))
        elif kind == "hyperlink":
            self._take_link(attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        if said is None:
            self.column += 1
        else:
            place = REFERENCE.match(said)
            if not place or place.group(3):
                raise self._damaged(f"a cell that says it is at {said[:40]!r}")
            self.row, self.column = int(place.group(2)) - 1, column_index(place.group(1).upper())
        self.filled, self.formula, self.is_error = False, None, attributes.get("t") == "e"

    def _note_filled(self) -> None:
        if self.filled:
            return
        self.filled = True
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.row >= self.most["rows"] or (self.last_row + 1) * (self.last_column + 1) > self.most["cells"]:
            raise Unreadable(
                "too_large",
                f"a sheet of at most {self.most['rows']:,} rows and {self.most['cells']:,} cells",
                "a cell with a value farther away",
                "Delete what does not belong to the list and save it again.",
                sheet=self.name,
                row=self.row + 1,
                column=column_letters(self.column),
            )

    def _text(self, text: str) -> None:
        if self.collecting is not None:
            self.collecting.append(text)

    def _end(self, tag: str) -> None:
        kind = tag.rpartition(":")[2]
        if kind in ("v", "f"):
            self.collecting = None
        elif kind == "c":
            value, formula = ("".join(self.texts[name]) for name in ("v", "f"))
            if self.is_error and self.filled:
                self.facts.errors[self.row, self.column] = value or NO_TEXT
            if self.formula is not None:
                self.facts.formulas[self.row, self.column] = Formula(formula, bool(value))
            for texts in self.texts.values():
                texts.clear()

    def _take_link(self, attributes: dict[str, str]) -> None:
        key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        address, span = self.targets.get(key), REFERENCE.match(attributes.get("ref", ""))
        if not address or not span:
            return  # a link to a place within the workbook leads to no document
        if attributes.get("location"):
            address += f"#{attributes['location']}"
        first, top, last, bottom = span.groups()
        start = (int(top) - 1, column_index(first.upper()))
        if last is None:
            self.facts.links[start] = address
        else:
            self.facts.wide_links.append((start, (int(bottom) - 1, column_index(last.upper())), address))
