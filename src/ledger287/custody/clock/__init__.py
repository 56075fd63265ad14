"""One hold, asked about by a person: when it must have ended."""
