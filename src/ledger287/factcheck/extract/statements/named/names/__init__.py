"""Which agency a name of a story is: by the record, in another state, or on no list."""
