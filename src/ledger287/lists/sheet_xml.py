"""The XML of one sheet -> what the cell reader leaves out of it, and how far its cells reach.

The cell reader gives no links, no formulas, no merged cells and returns error cells empty; and it makes
room for every cell up to the last, so that one far away would end the process. Both are told here.
Almost every sheet is written in one plain way, which is searched without being parsed; any other is
parsed. A sheet whose cells reach too far is refused, naming the cell.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

from ledger287.foundation.citations import column_index, column_letters
from ledger287.lists.package import Unreadable, limits

Place = tuple[int, int]
"""Row and column, both from 0."""

UNUSUAL_CELL = re.compile(rb'<c(?! r="[A-Z]\d{1,5}"[ >/])')
"""A cell that is not written plainly, or stands beyond column Z or row 99,999."""
CELL = re.compile(rb'<c r="([A-Z])(\d+)"[^>]*>')
VALUE = re.compile(rb"<v>([^<]*)<")
FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>([^<]*)<)")
USUAL_HYPERLINK = re.compile(r'<hyperlink ref="([A-Z]+)(\d+)" r:id="([^"]*)"[^>]*>')
USUAL_MERGE = re.compile(r'<mergeCell ref="([^"]+)"')
LINK_FORMULA = re.compile(r'\s*HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$", re.IGNORECASE)


@dataclass(slots=True)
class SheetFacts:
    """What the XML of a sheet says beside its values.

    ``errors`` are the printed texts of error cells; ``formulas`` maps a cell to its formula and whether
    a result is stored; ``merges`` are spans as written. ``links`` maps a cell to the raw address behind
    it; ``inner_links`` are cells that link to a place in the workbook.
    """

    has_cells: bool = False
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, tuple[str, bool]] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    links: dict[Place, str] = field(default_factory=dict)
    spans: list[tuple[str, str, str]] = field(default_factory=list)


def sheet_facts(name: str, xml: bytes, targets: Mapping[str, str]) -> SheetFacts:
    """The facts of one sheet; ``targets`` are its relationships. Raises Unreadable for one too large."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"sheetData>")
    body = xml[start:end] if 0 <= start < end else b""
    if _is_usual(body):
        facts = SheetFacts(True, _error_cells(body), _formulas(body))
        tail = xml[end:].decode("utf-8", "replace")
        if "yperlink" in tail or "erge" in tail:
            _read_tail(name, facts, tail, targets)
    else:
        facts = SheetFacts()
        _Parsed(name, facts).parse(xml)
        _spread(name, facts, targets)
    _links_of_formulas(facts)
    return facts
