"""Questions to a record, and their answers as data."""
