"""Pages of law and holds: rules, and the hold clock."""
