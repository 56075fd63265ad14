"""Drawings that only one kind of page has: bars of changes by week, lanes of an agency."""
