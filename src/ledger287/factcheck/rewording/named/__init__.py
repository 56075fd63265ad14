"""Clauses on agencies that a sentence names, by their structure: subject, verb, end; each said again by itself."""
