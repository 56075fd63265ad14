"""The page of signatures: its columns, the days in them, and who signed."""
