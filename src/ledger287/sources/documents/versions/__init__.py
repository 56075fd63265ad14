"""Versions of the forms: declared as hashes of words, and documents aligned to them word by word."""
