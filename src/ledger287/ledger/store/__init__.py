"""A fold <-> a record in a folder: tables, files in several formats, and their description."""
