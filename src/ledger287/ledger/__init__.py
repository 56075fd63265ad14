"""Rows as printed -> agencies and agreements through time, and the record that ships."""
