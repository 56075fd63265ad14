"""Logs of events and stays of one case -> one row a case."""
