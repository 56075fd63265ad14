"""Rows as ICE printed them -> the cells of a table, made once for each row however many lists print it.

A link is in the cells as a URL with ``AGENCY`` in it; what a cell was read as is in words with ``VALUE``.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from ledger287.ledger.query.indexes import LedgerIndexes
from ledger287.ledger.query.lookup import FIELDS
from ledger287.web.render.csv_text import csv_line

Cells = dict[str, Any]
PRINTED_COLUMNS = (*(f"{field}_printed" for field in FIELDS), "moa_link", "addendum_link")
CAPTURE = "{capture}"
"""Where a URL has the date and time of the capture that its list was taken from."""


class Printed:
    """The caches hold each print once for every way in which it is shown, so they are bounded by the record."""

    def __init__(self, held: LedgerIndexes) -> None:
        self.held = held
        self._cells: dict[int, Cells] = {}
        self._made: dict[tuple[Any, ...], str] = {}
        self._lines: dict[int, tuple[str, str]] = {}

    def cells(self, number: int) -> Cells:
        """A row as printed, its links, its agency, and what was read otherwise; with ``{capture}`` as it is kept."""
        found = self._cells.get(number)
        if found is None:
            row = self.held.print(number)
            found = self._cells[number] = {
                "agency_id": row["agency_id"],
                "printed": {field: row[f"{field}_printed"] for field in FIELDS},
                "links": {field: row[field] for field in ("moa", "addendum") if row[field]},
                "read_as": {each["field"]: each["value"] for each in self.held.readings(number)},
            }
        return found

    def cells_of(self, entry: int, number: int) -> Cells:
        """A row of one list: a URL of the archive has the time of that list's capture."""
        found = self.cells(number)
        if any(CAPTURE in (text or "") for text in found["printed"].values()):
            stamped = {field: self.held.with_stamp(text, entry) for field, text in found["printed"].items()}
            return {**found, "printed": stamped}
        return found

    def stamp(self, entry: int) -> str:
        """The date and time of a list's capture as a URL of the archive has it."""
        return self.held.with_stamp(CAPTURE, entry) or CAPTURE

    def csv(self, entry: int) -> bytes:
        """Every row of a list, with the agency and agreement that it was read as."""
        stamp = self.stamp(entry)
        lines = [csv_line(("row", *PRINTED_COLUMNS, "agency_id", "agreement_id"))]
        for number, print_number in self.held.rows_of(entry):
            made = self._lines.get(print_number)
            if made is None:
                row = self.held.print(print_number)
                printed = csv_line(row[name] for name in PRINTED_COLUMNS)[:-1]
                made = self._lines[print_number] = printed, row["agency_id"]
            printed, agency = made
            if CAPTURE in printed:
                printed = printed.replace(CAPTURE, stamp)
            lines.append(f"{number},{printed},{csv_line((agency, self.held.agreement(entry, print_number)))}")
        return "".join(lines).encode()

    def html(
        self,
        entry: int,
        rows: Iterable[Cells],
        fields: Sequence[str],
        agency: str,
        where: str,
        read_as: str,
        lang: str = "en",
    ) -> Markup:
        """The rows of a list as those of a table; the number of each leads to the cells of its agreement, ``where``.

        The cells are English, ``read_as`` is in the language of the page.
        """
        parts = []
        for row in rows:
            number, agreement = row["row"], row["agreement_id"]
            cell = f'<a href="{where.replace("AGREEMENT", agreement)}">{number}</a>' if agreement else number
            made = self.row_html(row["print"], fields, agency, read_as, lang)
            if CAPTURE in made:
                made = made.replace(CAPTURE, self.stamp(entry))
            parts.append(f'<tr id="r{number}"><td class="num">{cell}</td>{made}</tr>\n')
        return Markup("".join(parts))  # every part was escaped when it was made

    def row_html(self, number: int, fields: Sequence[str], agency: str, read_as: str, lang: str = "en") -> str:
        """The cells of a row but that of its number, for every list that prints it: with ``{capture}``."""
        key = (number, tuple(fields), agency, read_as, lang)
        made = self._made.get(key)
        if made is None:
            spoken = f' lang="{lang}">{escape(read_as)}' if lang != "en" else f">{escape(read_as)}"
            row = self.cells(number)
            made = self._made[key] = "".join(_cell_html(row, field, agency, spoken) for field in fields)
        return made


def _cell_html(row: Cells, field: str, agency: str, read_as: str) -> str:
    text = escape(row["printed"][field] or "")
    link = row["links"].get(field, "")
    if field == "agency" and row["agency_id"]:
        text = Markup('<a href="{}">{}</a>').format(agency.replace("AGENCY", row["agency_id"]), text)
    elif link.startswith(("https://", "http://")):
        text = Markup('<a class="link" href="{}" rel="noreferrer">{}</a>').format(link, text or "↗")
    kind = ' class="day"' if field == "signed" else ""
    read = ""
    if field in row["read_as"]:
        kind = ' class="read"'
        words = read_as.replace("VALUE", escape(row["read_as"][field] or ""))
        read = f'<span class="under"{words}</span>'
    tag, scope = ("th", ' scope="row"') if field == "agency" else ("td", "")
    return f"<{tag}{scope}{kind}>{text}{read}</{tag}>"
