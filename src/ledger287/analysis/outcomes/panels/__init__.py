"""Agreements by county or state and month, next to what published counts say of them."""
