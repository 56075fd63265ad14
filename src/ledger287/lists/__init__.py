"""Bytes of ICE's workbooks -> addressed cells -> rows as printed, and what each value means."""
