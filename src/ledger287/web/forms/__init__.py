"""What a visitor sends: a story to check, one hold, a report of an error, which alone is kept."""
