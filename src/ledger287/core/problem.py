"""A problem: where it was met, what was expected, what was found, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal[
    "not_a_workbook",
    "encrypted",
    "truncated",
    "too_large",
    "not_fetched",
    "no_links",
    "no_rows",
    "unknown_layout",
    "unknown_sheet",
    "unknown_column",
    "second_heading",
    "unknown_state",
    "unknown_model",
    "unknown_type",
    "unreadable_signed",
    "signed_after_list",
    "missing_agency",
    "unknown_document",
    "missing_document",
    "error_cell",
    "formula",
    "merged_cells",
    "undated_list",
    "same_name_other_content",
    "near_miss",
    "unused_correction",
    "stale_correction",
    "registry_conflict",
    "missing_value",
    "unreadable_day",
    "duplicate_officer",
    "unknown_agency",
    "unknown_table",
    "unplaced_number",
    "unlabeled_number",
    "hidden_cells",
    "wrong_as_of",
    "unknown_as_of",
    "no_tables",
    "no_held",
    "sum_differs",
    "repeated_file",
    "not_a_pdf",
    "not_an_agreement",
    "too_many_pages",
    "too_slow",
    "too_much_memory",
    "stopped",
    "active_content",
    "attachment",
    "no_reader",
    "unknown_form",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``row`` is the sheet's own row number (from 1), ``column`` its letters.

    ``sha256`` is that of the file's bytes, where the problem is of a file that was read.
    """

    kind: ProblemKind
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    expected: str
    found: str
    remedy: str
    sha256: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.sheet:
            place += f" [{self.sheet}]"
        if self.row:
            place += f" {self.column or 'row '}{self.row}"
        elif self.column:
            place += f" column {self.column}"
        return f"{place}: expected {self.expected}; found {self.found}. {self.remedy}"


class Refused(Exception):
    """A question or a file that cannot be answered; ``str()`` says what to type or do next."""
