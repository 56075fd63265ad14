"""Statements of a sentence: of agencies, ranks, ordinals, law, people, and counts without a figure."""
