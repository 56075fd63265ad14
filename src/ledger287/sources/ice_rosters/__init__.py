"""ICE's page tables of 2007 to 2017 and the lesser sources of those years: bytes in, located rows out."""
