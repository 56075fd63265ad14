"""What the record says of an agency -> the area and people that it serves, and how that is known."""
