"""Readings with their values -> one verdict, with reasons and evidence."""
