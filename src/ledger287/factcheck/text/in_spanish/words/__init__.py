"""Spanish words: the lexicon, forms of verbs, and names that are left as they are."""
