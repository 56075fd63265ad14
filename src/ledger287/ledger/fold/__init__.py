"""Lists in the order of their publication -> histories, changes, and what could not be understood."""
