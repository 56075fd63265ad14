"""Sentences said again in the plain words that the reading knows, each character with its place in the text."""
