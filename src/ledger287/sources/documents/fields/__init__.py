"""Fields: each read from the words of pages, with its certainty, page and box."""
