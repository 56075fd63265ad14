"""Synthetic cases with a known number of each fault."""
