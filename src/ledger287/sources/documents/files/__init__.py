"""Files of documents: found in a folder, fetched, opened within limits, and read in child processes."""
