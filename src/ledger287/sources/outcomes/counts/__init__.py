"""Published files of counts, and files with rows of persons that are counted while they are read; no row is kept."""
