"""Verdicts withheld for their day: none is named, no calendar has it, or no list is of it yet."""
