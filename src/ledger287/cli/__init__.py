"""The command line: thin; one file per noun; text and --json from the same answer."""
