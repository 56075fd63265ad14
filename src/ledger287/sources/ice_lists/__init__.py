"""Bytes of ICE's workbooks -> located cells -> rows as printed, and what each value means."""
