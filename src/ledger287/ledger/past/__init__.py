"""The program before January 2021: its store, how it is built, and what people decided about it."""
