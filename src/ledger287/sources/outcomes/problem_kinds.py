"""The kinds of problem that reading ICE's detention statistics raises."""

from ledger287.core.problem import declare_kinds

KINDS = declare_kinds(
    "sources.outcomes",
    {
        "not_a_workbook": "A file that is not a workbook.",
        "truncated": "A workbook that ends early.",
        "error_cell": "A cell that holds an error of the spreadsheet program.",
        "formula_without_value": "A cell whose formula was saved without its value.",
        "missing_value": "A required value that is blank.",
        "unknown_table": "A table whose kind is not known.",
        "unplaced_number": "A number under no heading.",
        "unlabeled_number": "A number without a label.",
        "hidden_cells": "Cells that the workbook hides.",
        "wrong_as_of": "A printed as-of day that the content rules out.",
        "unknown_as_of": "A workbook whose as-of day is unknown.",
        "no_tables": "A workbook with no table that is known.",
        "no_held": "A workbook that does not print how many are held.",
        "unknown_part": "A row or column of the people held whose meaning is not known.",
        "doubtful_part": "Two cells that say different numbers of the same people.",
        "negative_count": "A number of people below zero.",
        "rows_of_persons": "A file with a row for each person, which is counted and never shown.",
        "unread_cell": "A cell in a column of numbers whose text is no number.",
        "sum_differs": "A printed total that differs from the sum of its parts.",
        "replaced_file": "A file whose counts take the place of an earlier one's.",
        "ended_before": "A stay that ends before it begins.",
        "repeated_file": "A file that repeats another.",
    },
)
