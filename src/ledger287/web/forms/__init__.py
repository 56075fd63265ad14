"""What a visitor sends: a story to check, one hold. Nothing sent is kept."""
