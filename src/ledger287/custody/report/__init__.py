"""Decisions -> findings, summaries, and the report in its formats."""
