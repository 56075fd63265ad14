"""Rows that stop a file: a number that has lost digits, and the heading of another table.

What enters: a source and its staged rows. What leaves: nothing, or a refusal that names the row. It promises that no
cell is read under a heading that is not its own, and that no two cases are read as one for lost digits.
"""

from collections.abc import Callable
from typing import Any

from ledger287.core.problem import Refused
from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.opening.opened_files import ExportFile
from ledger287.custody.intake.times.cell_sql import as_text

Run = Callable[[str], Any]


def refuse_rows(source: ExportFile, run_sql: Run) -> None:
    """Refuses a file with a row that cannot be read as one of its table."""
    _refuse_shortened(source, run_sql)
    _refuse_other_tables(source, run_sql)


def _refuse_shortened(source: ExportFile, run_sql: Run) -> None:
    """Of case numbers that a spreadsheet has shortened several could be the same, though the cases are not."""
    shortened = as_text(vocabulary()["shortened_number"])
    found = run_sql(
        f'select row, "case" from named where contains("case", \'E+\') and regexp_matches("case", {shortened}) '
        "order by row limit 1"
    ).fetchone()
    if found:
        raise Refused(
            f"{source.path}: expected case numbers in column {source.head_of('case')!r}, found {found[1]!r} at row "
            f"{found[0]}: a spreadsheet shortened it, and its last digits are lost. Show the column as text, or as a "
            "whole number, and export it again."
        )


def _refuse_other_tables(source: ExportFile, run_sql: Run) -> None:
    """Below a second heading, with other columns or in another order, each cell would be read under the wrong one.

    One whose number has another place is refused as a case number of words.
    """
    # Only a file that has such a row is read once more.
    again = "select row from named where left_out = 'heading' and not heading"
    if run_sql(f"{again} limit 1").fetchone():
        differs = " or ".join(
            f"(coalesce(trim(c{place}), '') <> '' and lower(trim(c{place})) <> {as_text(head.strip().lower())})"
            for place, head in enumerate(source.heads)
        )
        found = run_sql(f"select min(row) from cells where row in ({again}) and ({differs})").fetchone()[0]
        if found is not None:
            raise Refused(
                f"{source.path}: expected rows under one heading, found another heading at row {found}, with other "
                "columns or in another order. Put each table in a file of its own, and name both files."
            )
