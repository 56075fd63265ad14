"""Agreements folded from participating lists: placed, noted, kept with their runs."""
