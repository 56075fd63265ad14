"""A problem -> its words, its details for programs, its response."""
