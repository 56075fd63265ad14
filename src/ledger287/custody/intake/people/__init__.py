"""People in an export: the names and numbers of persons, found so that the file or the cell goes no further."""
