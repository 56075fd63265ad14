"""Agreements in force and jurisdictions -> bounds on the people who live where one is in force."""
