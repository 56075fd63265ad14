"""Cells that hold a time -> values: in Python, by column in SQL, days alone."""
