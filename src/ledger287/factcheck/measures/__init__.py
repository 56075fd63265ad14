"""Named queries over the record, and the readings of a claim as measures."""
