"""One hold, looked up by a person: when it must have ended."""
