"""ICE's own figures against the daily counts."""
