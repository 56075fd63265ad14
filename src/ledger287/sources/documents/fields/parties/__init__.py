"""Which agency a document names, and how its name is printed."""
