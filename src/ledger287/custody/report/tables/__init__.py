"""The tables of a report: totals, lists of cases, and what to work on first."""
