"""Questions to the record by command: the program, changes, agencies, lists, and where a value was printed."""
