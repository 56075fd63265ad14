"""Two copies of one page of signatures: its printed words are the same, what is signed and dated on them may not be.

What enters: the text of two pages. What leaves: whether they are copies. The module promises that pages with other
sentences are none, however alike their signature blocks are.
"""

import re

ALIKE = 95.0
"""How alike, of 100, the words above the signatures are on two copies of a page, which readers may have slips of."""
LEAST = 80
"""The fewest letters by which two pages are held against each other."""
BLOCK = re.compile(r"(?i)bound\s+there|effective\s+upon\s+sign|^\W*for\s+(?:the\s+)?(?:lea|ice)\b", re.MULTILINE)
"""Where the words above the signatures end."""


def are_copies(one: str, other: str) -> bool:
    """Whether two pages print the same words above their signatures."""
    from rapidfuzz import fuzz

    left, right = _above(one), _above(other)
    return min(len(left), len(right)) >= LEAST and fuzz.ratio(left, right, score_cutoff=ALIKE) >= ALIKE


def _above(text: str) -> str:
    ends = [match.start() for match in BLOCK.finditer(text)]
    return re.sub(r"[^a-z0-9]", "", text[: ends[0] if ends else None].casefold())
