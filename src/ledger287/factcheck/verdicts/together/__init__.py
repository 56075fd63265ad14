"""Figures of one text next to each other: what follows from others, and what cannot both hold."""
