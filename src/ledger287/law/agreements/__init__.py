"""Which agreements an agency holds on a day, and what their model's text says."""
