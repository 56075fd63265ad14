"""An amount of a sentence: what it counts, where, when, under which model, next to what."""
