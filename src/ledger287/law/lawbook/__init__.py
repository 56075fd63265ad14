"""Declared provisions, read and checked, and what is in force when."""
