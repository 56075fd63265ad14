"""Stretches of a sentence that do not bear on a figure: other clauses, asides, sources, parts with their own number."""
