"""The reference files -> states, counties, places, their shapes and neighbors."""
