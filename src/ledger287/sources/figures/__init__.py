"""Dated figures and events of the program: who says what, as of when, with source, grade and place."""
