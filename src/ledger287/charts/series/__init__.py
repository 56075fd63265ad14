"""Agreements through time -> stacked steps and bars."""
