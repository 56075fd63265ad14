"""Bytes -> located values -> statements: a folder for each kind of source, all with the same doors."""
