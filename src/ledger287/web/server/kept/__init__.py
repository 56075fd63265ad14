"""Answers that are kept: made ahead, packed, on a shelf of bounded size."""
