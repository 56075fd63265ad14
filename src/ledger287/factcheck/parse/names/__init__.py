"""Names of places and everyday names of agencies and models in a sentence, before any of its words is read."""
