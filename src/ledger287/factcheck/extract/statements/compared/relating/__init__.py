"""Statements that set places, models or months against each other: ranks, thresholds, relations."""
