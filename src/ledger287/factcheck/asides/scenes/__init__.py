"""Scenes of a sentence: what is said of the time and the circumstances around its figures."""
