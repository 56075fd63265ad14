"""Asides of a sentence: where they are, and the sentence without them."""
