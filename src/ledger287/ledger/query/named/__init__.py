"""What people type for an agency -> the agency meant: names, initials, usual names of state agencies."""
