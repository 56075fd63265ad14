"""The clauses of a sentence by its structure: where each begins, how they hang together, which bear on a claim."""
