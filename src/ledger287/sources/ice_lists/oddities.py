"""What is in a list in addition to its rows; each becomes a problem that names file, sheet, row and column.

Cells outside of the declared columns, headings printed again, links on other cells than those of documents, formulas,
merged cells, errors, and entire sheets that are not a list. A list with more of them than any list could have is
excluded entirely.
"""

import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Protocol

from ledger287.core.locator import column_index, column_letters
from ledger287.core.problem import Problem
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.layout import FIELDS, Layout
from ledger287.sources.ice_lists.workbooks.package import Unreadable, limits
from ledger287.sources.ice_lists.workbooks.sheet_xml import REFERENCE, Place
from ledger287.sources.ice_lists.workbooks.workbook import Sheet, cell_name

DECLARED_TO_SAY_NOTHING: dict[str, Callable[[str | None], values.Meaning[str]]] = {
    "type": values.agency_type,
    "county": values.county,
}
"""The columns in which an error may be declared to say nothing."""
LONGEST_SHOWN = 200
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
"""Categories of characters that show nothing of themselves."""


class Reported(Protocol):
    """What takes problems: a list that is being read."""

    file: str
    problems: list[Problem]


def report(found: Reported, kind: str, sheet: str, place: Place | None, expected: str, text: str, remedy: str) -> None:
    """Add a problem of one cell. Raises Unreadable where a list has more of them than any could have."""
    row, column = (place[0] + 1, column_letters(place[1])) if place else (None, None)
    most: int = limits()["strays"]["cells"]
    if len(found.problems) >= most:
        raise Unreadable(
            "too_large",
            f"at most {most:,} cells that do not belong to the list",
            "more of them",
            "Check the list; if it really is a list, delete what does not belong to it and save it again.",
            sheet=sheet,
            row=row,
            column=column,
        )
    found.problems.append(Problem(kind, found.file, sheet, row, column, expected, text, remedy))


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "...")


def is_blank(sheet: Sheet) -> bool:
    """Whether a sheet holds nothing at all."""
    has_text = any(text and text.strip() for row in sheet.grid for text in row)
    return not (has_text or sheet.formulas or sheet.links)


def report_sheet(found: Reported, sheet: Sheet) -> None:
    """A sheet that is not a list, or the second of them."""
    texts = {
        (row, column): text
        for row, cells in enumerate(sheet.grid)
        for column, text in enumerate(cells)
        if text and text.strip()
    }
    for place, formula in sheet.formulas:
        texts.setdefault(place, f"={formula.text}")
    for place, address in sheet.links.items():
        texts.setdefault(place, address)
    first = min(texts)
    rows, columns = {row for row, _ in texts}, {column for _, column in texts}
    span = f"{cell_name(min(rows), min(columns))} to {cell_name(max(rows), max(columns))}"
    report(
        found,
        "unknown_sheet",
        sheet.name,
        first,
        "one sheet with the headings STATE and LAW ENFORCEMENT AGENCY",
        f"{'a hidden sheet of ' if sheet.hidden else ''}{len(texts)} cells within {span} "
        f"that belong to no list, beginning {_shown(texts[first])}",
        "If it is a list, declare its headings in declared/headings.yml; if not, declare it ignored there.",
    )


def report_cells(found: Reported, sheet: Sheet, number: int, known: Container[int], expected: str = "") -> None:
    """The cells of a row outside of the known columns."""
    for index, text in enumerate(sheet.grid[number]):
        if text and index not in known and text.strip():
            report(
                found,
                "unknown_column",
                sheet.name,
                (number, index),
                expected or "no value outside of the declared columns",
                repr(text),
                "Check the list; declare the column in declared/headings.yml if ICE has added one.",
            )


def report_heading_row(found: Reported, sheet: Sheet, layout: Layout) -> None:
    """The headings that are not declared, and what is above them."""
    if layout.heading_row is None:
        return
    for number in range(layout.heading_row):
        report_cells(found, sheet, number, (), "the heading row first")
    for index, text in layout.unknown.items():
        report(
            found,
            "unknown_column",
            sheet.name,
            (layout.heading_row, index),
            "one of the declared headings, once",
            repr(text),
            "Declare the heading in declared/headings.yml; until then its cells are kept as problems.",
        )


def report_second_heading(found: Reported, sheet: Sheet, layout: Layout, number: int) -> None:
    """A row that prints the headings again."""
    texts = [(index, text) for index, text in enumerate(sheet.grid[number]) if text and text.strip()]
    moved = layout.repeated[number] != layout.columns
    report(
        found,
        "second_heading",
        sheet.name,
        (number, texts[0][0]),
        "one heading row",
        f"the headings again{', in other places' if moved else ''}: {', '.join(text for _, text in texts)}",
        "It is not counted as a row."
        + (" The rows below it were read by the first headings: check them." if moved else ""),
    )


def report_stray_links(found: Reported, sheet: Sheet, links: Mapping[Place, str]) -> None:
    """Links on other cells than the MOA and ADDENDUM of a row."""
    for place, address in links.items():
        report(
            found,
            "unknown_column",
            sheet.name,
            place,
            "links only on the MOA and ADDENDUM cells of rows",
            f"a link to {address}",
            "Check the cell; the URL is kept only here.",
        )


def visible(found: Reported, sheet: Sheet, number: int, layout: Layout, cells: list[str | None]) -> list[str | None]:
    """The texts of a row without signs that nobody sees: marks of direction, zero widths, controls; each reported.

    Such a sign can turn a name around on a page, or make two names of one.
    """
    columns = [layout.columns.get(field) for field in (*FIELDS, "moa", "addendum")]
    for place, text in enumerate(cells):
        signs = sorted({sign for sign in text or "" if _is_unseen(sign)})
        if text is None or not signs:
            continue
        names = ", ".join(f"U+{ord(sign):04X}" for sign in signs)
        where = columns[place] if place < len(columns) else None
        report(
            found,
            "invisible_signs",
            sheet.name,
            (number, where if where is not None else 0),
            "text without control characters or marks of direction",
            f"{ascii(text)[:LONGEST_SHOWN]}, with {names}, read without",
            "Look at the cell in the workbook; if two agencies differ in nothing else, they are one here.",
        )
        cells[place] = "".join(sign for sign in text if not _is_unseen(sign))
    return cells


def _is_unseen(sign: str) -> bool:
    return not sign.isspace() and unicodedata.category(sign) in UNSEEN


def report_oddities(found: Reported, sheet: Sheet, layout: Layout) -> None:
    """Formulas, merged cells, and error cells in columns where they are not declared to say nothing."""
    remedy = "Check the cell; add a correction if it stands for something else."
    for place, formula in sheet.formulas:
        result = "its stored result is taken as printed" if formula.stored else "without a result, read as empty"
        text = f"the formula {_shown('=' + formula.text)}, {result}"
        report(found, "formula", sheet.name, place, "a plain value", text, remedy)
    for span in sheet.merges:
        text = f"merged cells {span}; only the first has the value"
        report(found, "merged_cells", sheet.name, _first_of(span), "one cell for each value", text, remedy)
    for place in _spreadsheet_errors(sheet, layout):
        text = f"the error {sheet.grid[place[0]][place[1]]}"
        report(found, "error_cell", sheet.name, place, "a value", text, remedy)


def _first_of(span: str) -> Place | None:
    """B2:B5 -> the place of B2; None where it is not a span."""
    found = REFERENCE.match(span)
    if not found:
        return None
    return int(found.group(2)) - 1, column_index(found.group(1).upper())


def _spreadsheet_errors(sheet: Sheet, layout: Layout) -> Iterable[Place]:
    """The error cells but those of rows in a column where their text is declared to say nothing."""
    quiet = {layout.columns[field]: read for field, read in DECLARED_TO_SAY_NOTHING.items() if field in layout.columns}
    for place in sheet.errors:
        read = quiet.get(place[1])
        if read is None or read(sheet.grid[place[0]][place[1]]).how != "ignored":
            yield place
