"""The kinds of problem that reading and fetching ICE's lists raises."""

from ledger287.core.problem import declare_kinds

KINDS = declare_kinds(
    "sources.ice_lists",
    {
        "not_a_workbook": "A file that is not a workbook.",
        "encrypted": "A workbook that is encrypted or of the older .xls kind.",
        "truncated": "A workbook or a download that ends early.",
        "too_large": "A file or a part of it over the size limit.",
        "not_fetched": "A URL that gave no file.",
        "no_links": "A program page with no links to lists.",
        "other_format": "A list on the program page in a format that is not read.",
        "later_than_download": "A list dated after the day on which it was downloaded.",
        "no_rows": "A workbook with no rows of data.",
        "unknown_layout": "A sheet whose columns are not known.",
        "unknown_sheet": "A sheet that is not known.",
        "unknown_column": "A column whose heading is not known.",
        "second_heading": "A second heading row.",
        "error_cell": "A cell that holds an error of the spreadsheet program.",
        "formula": "A cell that holds a formula.",
        "merged_cells": "Cells that are merged.",
        "invisible_signs": "A text with control characters or marks of direction.",
    },
)
