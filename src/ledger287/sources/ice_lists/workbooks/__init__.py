"""A workbook's bytes -> its sheets: the package, the XML of a sheet, its cells; nothing in it is run."""
