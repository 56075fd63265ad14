"""The lawbook for readers: lists of a day, differences, the 56 side by side, the document."""
