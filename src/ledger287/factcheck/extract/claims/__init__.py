"""Claims by kind: counts, shares, multiples, parts of a total, comparisons."""
