"""A workbook as read -> the plain answer that ``outcomes read`` prints, whose keys docs/outcomes.md promises."""

from typing import Any

from ledger287.core.locator import column_letters
from ledger287.core.problem import Problem
from ledger287.sources.outcomes.as_of import AsOf
from ledger287.sources.outcomes.held import AGENCIES, CRIMINALITY, PeopleHeld
from ledger287.sources.outcomes.workbook import DetentionWorkbook, ReadTable


def as_answer(book: DetentionWorkbook, values: bool = True) -> dict[str, Any]:
    """The answer on one workbook. ``values`` false leaves the rows of the tables out."""
    return {
        "file": book.file,
        "sha256": book.sha256,
        "fiscal_year": book.as_of.fiscal_year,
        "as_of": book.as_of.day,
        "as_of_basis": basis_answer(book.as_of),
        "held": held_answer(book.held) if book.held else None,
        "tables": [_table(one, values) for one in book.tables],
        "numbers": {
            "in_file": book.numbers,
            "in_tables": book.numbers_in_tables,
            "in_sentences": book.numbers_in_words,
            "labels": book.numbers - book.numbers_in_tables - book.numbers_in_words - book.numbers_unplaced,
            "unplaced": book.numbers_unplaced,
        },
        "problems": [problem_answer(problem) for problem in book.problems],
    }


def basis_answer(as_of: AsOf) -> dict[str, Any]:
    """How the day is known, with the clues that were weighed."""
    return {
        "basis": as_of.basis,
        "why": as_of.why,
        "year_to_date_through": as_of.through,
        "range": list(as_of.range) if as_of.range else None,
        "clues": [
            {"kind": clue.kind, "day": clue.day, "sheet": clue.sheet, "cell": clue.cell, "says": clue.says}
            for clue in as_of.clues
        ],
    }


def held_answer(held: PeopleHeld) -> dict[str, Any]:
    """The people held: total, make-up, shares of the total, and the cell of each number."""
    total = held.number("total", "total")
    shares = {
        name: round(number / total, 6) if total and number is not None else None
        for name, number in [(c, held.number(c, "total")) for c in CRIMINALITY]
        + [(a, held.number("total", a)) for a in AGENCIES]
    }
    return {
        "total": total,
        "by_criminality": {name: held.number(name, "total") for name in CRIMINALITY},
        "by_arresting_agency": {name: held.number("total", name) for name in AGENCIES},
        "by_criminality_and_agency": {
            name: {agency: held.number(name, agency) for agency in AGENCIES} for name in CRIMINALITY
        },
        "shares": shares,
        "cells": {f"{row}/{column}": f"{part.sheet}!{part.cell}" for (row, column), part in sorted(held.parts.items())},
    }


def _table(one: ReadTable, values: bool) -> dict[str, Any]:
    table = one.table
    first, last = table.columns
    answer: dict[str, Any] = {
        "kind": one.kind.id,
        "says": one.kind.says,
        "title": table.title,
        "sheet": table.sheet,
        "cells": f"{column_letters(first)}{table.rows[0]}:{column_letters(last)}{table.rows[1]}",
        "unit": one.kind.unit,
        "rows": len(table.lines),
        "numbers": sum(len(line.numbers) for line in table.lines),
    }
    if values:
        answer["values"] = [
            {
                "row": list(value.labels),
                "column": list(value.heading),
                "value": value.number,
                "unit": value.unit,
                "cell": value.cell,
            }
            for value in one.values()
        ]
    return answer


def problem_answer(problem: Problem) -> dict[str, Any]:
    """A problem with its place."""
    cell = f"{problem.column}{problem.row}" if problem.row and problem.column else None
    return {
        "kind": problem.kind,
        "file": problem.file,
        "sheet": problem.sheet,
        "cell": cell,
        "expected": problem.expected,
        "found": problem.found,
        "remedy": problem.remedy,
    }
