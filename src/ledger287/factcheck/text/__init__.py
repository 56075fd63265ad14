"""A file's bytes -> the blocks and sentences of an article, with offsets into the original."""
