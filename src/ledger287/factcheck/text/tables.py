"""Rows of a table -> sentences that say the same: "Florida | 344" under "Agreements" is "Florida has 344 agreements."

What enters: the cells of a table, each with its place, and the line above it. What leaves: for each cell that can be
read the pieces of a sentence, and how many rows were left out. Promise: only a table whose first column names states
and whose heads name what is counted, a model or a day is read; one whose day is not plain is left out, and no cell
becomes part of a sentence of the story.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.parse.dates import dates_in

Cell = tuple[str, int]
"""What a cell says, and where it begins."""
UNITS = (
    (when_needed(r"(?i)\b(?:task forces?|TFM)\b"), "task force agreements"),
    (when_needed(r"(?i)\b(?:jail enforcement|JEM)\b"), "jail enforcement agreements"),
    (when_needed(r"(?i)\b(?:warrant service(?: officers?)?|WSO)\b"), "warrant service officer agreements"),
    (when_needed(r"(?i)\b(?:participating )?(?:agencies|agencias)\b"), "participating agencies"),
    (when_needed(r"(?i)\b(?:agreements?|MOAs?|acuerdos|convenios)\b"), "agreements"),
)
"""What a head of a column counts."""
OTHER = when_needed(r"(?i)\b(?:pending|applications?|signed|new|ended|left|change|percent|share|rank|per|%)\b|[%±+]")
"""A head or a line above that speaks of something else, or of a part."""
NUMBER = when_needed(r"\d{1,3}(?:,\d{3})*|\d+")
ALL = when_needed(r"(?i)(?:total|totals|nationwide|united states|u\.?s\.?|all states)")
TIMED = when_needed(
    r"(?i)\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:last|week|month|year)\b"
)
SOURCE = when_needed(r"(?i)^\W*(?:source|note|as of|data|fuente|nota)\b")
"""How the line under a table begins that says of what day it is."""
TABBED = when_needed(r"\t+| *\| *| {3,}")
RULED = when_needed(r"[\s|:=+-]*")
LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class RowSentence:
    """The pieces of a sentence that says what one cell says, each with its place."""

    pieces: tuple[Cell, ...]


def read_table(rows: Sequence[Sequence[Cell]], above: str = "") -> tuple[list[RowSentence], int]:
    """The sentences of a table, and how many of its rows with figures were left out."""
    figured = [row for row in rows if any(NUMBER.fullmatch(said) for said, _ in row[1:])]
    if len(rows) < LEAST_ROWS or rows[0] in figured or OTHER.search(above):
        return [], len(figured)
    heads = [said for said, _ in rows[0]]
    when = _when(above)
    found: list[RowSentence] = []
    left = 0
    for row in figured:
        made = [] if when is None or len(row) != len(heads) else _row(heads, row, above, when)
        found += made
        left += not made
    return found, left


def _row(heads: Sequence[str], row: Sequence[Cell], above: str, when: str) -> list[RowSentence]:
    place, at = row[0]
    states = {one.name.lower() for one in declared.states()}
    if place.lower() not in states and not ALL.fullmatch(place):
        return []
    subject: Cell = (place if place.lower() in states else "ICE", at)
    found = []
    for head, (said, start) in zip(heads[1:], row[1:], strict=True):
        unit, day = _counted(head, above), _when(head) or ""
        if NUMBER.fullmatch(said) and unit and not OTHER.search(head) and (not TIMED.search(head) or day):
            verb = " had " if day or when else " has "
            found.append(RowSentence((subject, (verb, start), (said, start), (f" {unit}{day or when}.", start))))
    return found


def _counted(head: str, above: str) -> str | None:
    """What a column counts: by its head, or by the line above the table where the head is a day alone."""
    named = next((unit for pattern, unit in UNITS if pattern.search(head)), None)
    if named or not TIMED.search(head):
        return named
    return next((unit for pattern, unit in UNITS if pattern.search(above)), None)


def _when(text: str) -> str | None:
    """The one day that a line names, as words for a sentence; empty where it names none, None where it is not plain."""
    found = dates_in(text, 0)
    if not found:
        return None if TIMED.search(text) else ""
    rest = text[: found[0].span.start] + text[found[0].span.end :]
    if len(found) > 1 or TIMED.search(rest):
        return None  # from January to March 2026
    said = text[found[0].span.start : found[0].span.end].strip(" ,")
    if found[0].prep:
        return f" {said}"
    return f" on {said}" if found[0].kind in ("day", "iso", "slashed") else f" in {said}"


def tables_in(text: str) -> list[tuple[list[list[Cell]], str]]:
    """The tables of a plain text, parted by tabs, bars or blanks, each with the line above it."""
    found: list[tuple[list[list[Cell]], str]] = []
    rows: list[list[Cell]] = []
    above = last = ""
    for line in re.finditer(r"[^\n]*(?:\n|$)", text):
        said = line[0].strip()
        cells = _cells(line[0], line.start()) if said else []
        if said and RULED.fullmatch(said):
            continue
        if len(cells) >= LEAST_ROWS:
            above = above if rows else last
            rows.append(cells)
            continue
        if not said and rows and line.end() < len(text):
            continue  # a blank line, and perhaps the source under it
        if len(rows) >= LEAST_ROWS:
            found.append((rows, f"{above} {said}" if SOURCE.match(said) else above))
        rows, above, last = [], "", said or last
    return found


def _cells(line: str, start: int) -> list[Cell]:
    cells: list[Cell] = []
    at = 0
    for cut in [*TABBED.finditer(line), None]:
        stop = cut.start() if cut else len(line)
        said = line[at:stop].strip()
        if said:
            cells.append((said, start + at + line[at:stop].index(said)))
        at = cut.end() if cut else stop
    return cells


def said_of_rows(read: int, left: int) -> tuple[str, ...]:
    """The notes on the rows of tables: how many figures were read as sentences, how many rows were left out."""
    notes = []
    plain = "columns do not say plainly what they count, of which state and day"
    if read:
        notes.append(f"{read} figure{'' if read == 1 else 's'} of tables read as sentences of their own")
    if left == 1:
        notes.append(f"1 row of a table was left out; its {plain}")
    elif left:
        notes.append(f"{left} rows of tables were left out; their {plain}")
    return tuple(notes)
