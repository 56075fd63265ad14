"""Answers -> bytes: templates, languages, assets, and problem details."""
