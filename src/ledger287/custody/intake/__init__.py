"""A jail's files -> cases and events, and what could not be read."""
