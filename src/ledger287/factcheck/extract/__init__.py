"""Tokens and amounts -> claims: what is counted, where, when, under which model, by whose account."""
