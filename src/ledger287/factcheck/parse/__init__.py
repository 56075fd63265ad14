"""A sentence -> tokens, numbers, days and amounts of the closed vocabulary, each with its span."""
