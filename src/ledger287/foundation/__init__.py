"""Spans of time, citations of cells, problems. Imports nothing else of ledger287."""
