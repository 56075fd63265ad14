"""A news story -> its quantitative claims about the program -> a verdict on each, from the record alone."""
