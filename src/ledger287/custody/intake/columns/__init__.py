"""Which column of a file is which field: by headings, by a map, by a proposal that a person checks."""
