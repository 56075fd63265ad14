"""A second reader of sentences: a grammar whose rules compose the meaning of a sentence that it parses completely."""
