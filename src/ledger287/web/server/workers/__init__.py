"""Processes that read what visitors send, with limits, and each visitor's share of them."""
